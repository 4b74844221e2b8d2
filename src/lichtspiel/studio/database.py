"""The studio's tables."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Engine, Integer, cast, create_engine, event, extract, false, func
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

Sessions = sessionmaker[Session]

NOW = cast(extract("epoch", func.now()), Integer)
"""Unix seconds by the database's clock, the one that all processes share."""

_WAIT_S = 30
"""How long one process waits for another's write."""


class Base(DeclarativeBase):
    pass


class Key(Base):
    """An API key, of which only the hash is kept."""

    __tablename__ = "keys"

    hash: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[int] = mapped_column(default=NOW)


class Video(Base):
    """A video and the job that makes it. Times are unix seconds."""

    __tablename__ = "videos"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's way to say it

    number: Mapped[int] = mapped_column(primary_key=True)
    """Counts up; the order of lists and of the queue."""
    id: Mapped[str] = mapped_column(unique=True)
    model: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    """queued, in_progress, completed or failed."""
    progress: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[int] = mapped_column(default=NOW)
    completed_at: Mapped[int | None]
    prompt: Mapped[str]
    seconds: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    quality: Mapped[str]
    fps: Mapped[int]
    seed: Mapped[int]
    remixed_from: Mapped[str | None]
    error_code: Mapped[str | None]
    error_message: Mapped[str | None]
    ledger: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """The readings of the prompt, as JSON."""
    notes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    attempts: Mapped[int] = mapped_column(default=0)
    """Of making it, since the last one that got further than those before."""
    deleted: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Deleted videos keep their place, so that a page that ended with one still has a next page."""


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
