"""Opens the studio's database: SQLite in its folder, or the PostgreSQL that many machines share."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import sessionmaker

from lichtspiel.studio import migrations
from lichtspiel.studio.database import Sessions
from lichtspiel.studio.home import Home, StudioError

VARIABLE = "LICHTSPIEL_DATABASE_URL"

_WAIT_S = 30
"""How long one process waits for another's write."""


def url(home: Home) -> URL:
    """Where the studio's tables are: `LICHTSPIEL_DATABASE_URL`, else its own file. Raises StudioError."""
    chosen = os.environ.get(VARIABLE)
    if not chosen:
        return sqlite(home.database)
    try:
        found = make_url(chosen)
    except ArgumentError as error:
        raise StudioError(
            f"{VARIABLE} is no database URL: write it as postgresql://USER:PASSWORD@HOST/NAME."
        ) from error
    kind = found.get_backend_name()
    if kind not in {"postgresql", "sqlite"}:
        raise StudioError(f"{VARIABLE} names {kind}: the studio needs PostgreSQL or SQLite.")
    return found.set(drivername="postgresql+psycopg") if kind == "postgresql" else found


def sqlite(file: Path) -> URL:
    """The URL of a database in a file."""
    return URL.create("sqlite", database=str(file))


def sessions(place: URL) -> Sessions:
    """Sessions on a database whose tables are brought up to date. Raises StudioError."""
    engine = connected(place)
    try:
        migrations.upgrade(engine)
    except OperationalError as error:
        raise StudioError(
            f"The database {place.render_as_string()} does not open ({_first_line(error)}): "
            f"start it, or mend {VARIABLE}."
        ) from error
    return sessionmaker(engine, expire_on_commit=False)


def connected(place: URL) -> Engine:
    """An engine whose connections are set up for many processes at once."""
    if place.get_backend_name() == "postgresql":
        return create_engine(place, pool_pre_ping=True)
    engine = create_engine(place, connect_args={"timeout": _WAIT_S})
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Let readers and a writer work side by side; what is committed survives a loss of power."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _first_line(error: OperationalError) -> str:
    return str(error.orig).strip().splitlines()[0]
