"""Which workers are alive, told by locks that the system takes from the dead.

A worker holds a lock on a file in its studio's folder, which tells at once, and with PostgreSQL an
advisory lock too, which tells other machines. No clocks are compared and nothing has to be renewed.
Names of workers are never used again, so a dead one cannot come back.
"""

from __future__ import annotations

import fcntl
import logging
import secrets
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from lichtspiel.studio.home import Home

GRACE_S = 15.0
"""How long a worker of another machine must have been missing: it may be about to connect again."""

_LOOK_S = 1.0
CLASS = 0x4C53
"""What tells these advisory locks from others in the database."""

_KEEPALIVE = {"keepalives_idle": 5, "keepalives_interval": 5, "keepalives_count": 3}
_SERVER_KEEPALIVE = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
"""So that the server notices within half a minute when a machine is gone without a word."""

_log = logging.getLogger(__name__)


class Presence:
    """This worker's presence, and what it sees of the others'. `name` is its own."""

    def __init__(self, folder: Path, name: str, engine: Engine | None) -> None:
        self.name = name
        self._folder, self._engine = folder, engine
        self._held: set[int] = set()
        """Advisory locks that were held when last looked."""
        self._missing_since: dict[str, float] = {}
        self._lock = threading.Lock()
        if engine is not None:
            threading.Thread(target=self._stay, args=(engine,), daemon=True).start()

    def is_dead(self, worker: str) -> bool:
        """Whether a worker has ended for certain; ask again and again about those of other machines."""
        file = self._folder / f"{worker}.lock"
        if file.exists():
            return not _is_locked(file)
        if self._engine is None:
            return True
        with self._lock:
            if not self._held or _key(worker) in self._held:
                self._missing_since.pop(worker, None)
                return False
            since = self._missing_since.setdefault(worker, time.monotonic())
        return time.monotonic() - since >= GRACE_S

    def count(self) -> int:
        """How many workers there are, this one too."""
        local = sum(_is_locked(file) for file in self._folder.glob("*.lock"))
        with self._lock:
            return max(1, local, len(self._held))

    def forget(self, worker: str) -> None:
        """Nothing is left to do for a dead worker."""
        (self._folder / f"{worker}.lock").unlink(missing_ok=True)
        with self._lock:
            self._missing_since.pop(worker, None)

    def _stay(self, engine: Engine) -> None:
        while True:
            try:
                with engine.connect() as connection:
                    self._watch(connection)
            except SQLAlchemyError as error:
                _log.debug("presence: %s", error)
            with self._lock:  # whoever is out of sight cannot tell who else is
                self._held = set()
                self._missing_since = {}
            time.sleep(_LOOK_S)

    def _watch(self, connection: Connection) -> None:
        mine = {"of": CLASS, "key": _key(self.name)}
        connection.execute(text("SELECT pg_advisory_lock(:of, :key)"), mine)
        connection.commit()
        while True:
            held = connection.scalars(
                text(
                    "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND granted "
                    "AND classid = :of AND database = (SELECT oid FROM pg_database "
                    "WHERE datname = current_database())"
                ),
                {"of": CLASS},
            ).all()
            connection.commit()
            with self._lock:
                self._held = set(held)
            time.sleep(_LOOK_S)


@contextmanager
def present(home: Home, place: URL) -> Iterator[Presence]:
    """Be there as a worker until the block or this process ends, however it does."""
    folder = home.folder / "workers"
    folder.mkdir(exist_ok=True)
    name = f"worker-{secrets.token_hex(8)}"
    engine = None
    if place.get_backend_name() == "postgresql":
        engine = create_engine(
            place, poolclass=NullPool, connect_args={**_KEEPALIVE, "options": _SERVER_KEEPALIVE}
        )
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Presence(folder, name, engine)


def _is_locked(file: Path) -> bool:
    try:
        with file.open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def _key(worker: str) -> int:
    """31 bits of a worker's name."""
    return zlib.crc32(worker.encode()) & 0x7FFFFFFF
