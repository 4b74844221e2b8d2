"""Opens the studio's database: SQLite in its folder, or the PostgreSQL of many machines."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import sessionmaker

from lichtspiel.studio.database import Base, Sessions

_WAIT_S = 30
"""How long one process waits for another's write."""


def sessions(file: Path) -> Sessions:
    """Sessions on the database in this file, which is made if need be."""
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": _WAIT_S})
    event.listen(engine, "connect", _prepare)
    _create(engine)
    return sessionmaker(engine, expire_on_commit=False)


def _create(engine: Engine) -> None:
    with engine.begin() as connection:
        Base.metadata.create_all(connection)


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Let readers and a writer work side by side; what is committed survives a loss of power."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
