"""Keeps workers at work on this machine, each in a process group of its own."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from dataclasses import dataclass

from lichtspiel.studio.home import Home, StudioError
from lichtspiel.studio.jobs.confine import default_limits, kill
from lichtspiel.studio.jobs.hand import check
from lichtspiel.studio.jobs.settings import FORM, QUEUES, Settings


@dataclass(frozen=True)
class Crew:
    """The workers of one machine."""

    engine: str = "world"
    count: int = 1
    queues: tuple[str, ...] = QUEUES
    memory_bytes: int | None = None
    """What one step of a film may take; None = most of the machine's, shared among them."""

    def settings(self, home: Home) -> Settings:
        """How each of them works for a studio. Raises StudioError."""
        try:
            check(self.engine)
        except ValueError as error:
            raise StudioError(f"--engine {error}") from error
        unknown = sorted(set(self.queues) - set(QUEUES))
        if unknown or not self.queues:
            raise StudioError(f"--queues {','.join(unknown)}: choose among {', '.join(QUEUES)}.")
        memory = self.memory_bytes or default_limits().memory_bytes // max(1, self.count)
        return Settings(home.folder, self.engine, self.queues, memory)


_PAUSE_S = 1.0
"""Before a worker that died is replaced."""

_log = logging.getLogger(__name__)


class Supervisor:
    """Starts workers, replaces those that die, and ends them with all their groups."""

    def __init__(self, settings: Settings, count: int = 1) -> None:
        self._command = [
            sys.executable,
            "-m",
            "lichtspiel.studio.jobs.worker",
            FORM.dump_json(settings).decode(),
        ]
        self._closing = threading.Event()
        self._threads = [threading.Thread(target=self._keep, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End the workers for good; what they were at is taken up by those that come."""
        self._closing.set()
        for thread in self._threads:
            thread.join()

    def _keep(self) -> None:
        """Have one worker at work until the end."""
        while not self._closing.is_set():
            process = subprocess.Popen(self._command, stdin=subprocess.PIPE, start_new_session=True)
            try:
                while process.poll() is None and not self._closing.wait(_PAUSE_S / 4):
                    continue
            finally:
                _end(process)
            if not self._closing.is_set():
                _log.warning("a worker ended (%d); another takes its place", process.returncode)
                self._closing.wait(_PAUSE_S)


def _end(process: subprocess.Popen[bytes]) -> None:
    kill(process.pid)
    process.wait()
    if process.stdin is not None:
        process.stdin.close()
