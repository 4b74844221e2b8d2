"""The studio's tables from version to version: one file each under versions/, run by Alembic.

A new one is drafted from the difference between the tables and `database.py`:
`python -m lichtspiel.studio.migrations "add what"`.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, text

from lichtspiel.studio.home import StudioError

FOLDER = Path(__file__).parent

_LOCK = 0x4C696368
"""Of PostgreSQL's advisory locks, the one that says: somebody migrates. ASCII for "Lich"."""


def upgrade(engine: Engine) -> None:
    """Bring the tables up to date; processes that start at the same time take turns. Raises StudioError."""
    with engine.begin() as connection:
        _take_turns(connection)
        if _is_older_than_migrations(connection):
            raise StudioError(
                "This studio's database was made by a version before migrations: "
                "move its folder away, or name another in LICHTSPIEL_STUDIO."
            )
        command.upgrade(config(connection), "head")


def downgrade(engine: Engine, revision: str) -> None:
    """Take the tables back to a revision; "base" = there are none."""
    with engine.begin() as connection:
        _take_turns(connection)
        command.downgrade(config(connection), revision)


def config(connection: Connection) -> Config:
    """Alembic's settings for a run on this connection."""
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def _take_turns(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _is_older_than_migrations(connection: Connection) -> bool:
    versioned = MigrationContext.configure(connection).get_current_revision() is not None
    return not versioned and inspect(connection).has_table("videos")
