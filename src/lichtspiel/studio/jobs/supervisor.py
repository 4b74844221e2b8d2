"""Keeps one rendering process at work, in a process group of its own."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading

from lichtspiel.studio.home import Home

ENGINES = ("world", "fake")
"""What a worker can make films with: worlds, or coloured frames for trying programs quickly."""

_PAUSE_S = 1.0
"""Before a worker that died is replaced."""

_log = logging.getLogger(__name__)


class Supervisor:
    """Starts the worker, replaces it when it dies, and ends it with all its group."""

    def __init__(self, home: Home, engine: str) -> None:
        self._command = [sys.executable, "-m", "lichtspiel.studio.jobs.worker", str(home.folder), engine]
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._process = self._started()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def interrupt(self) -> None:
        """End what the worker is doing; another one takes its place."""
        with self._lock:
            _kill(self._process)

    def close(self) -> None:
        """End the worker for good."""
        self._closing.set()
        self.interrupt()
        self._watcher.join()

    def _watch(self) -> None:
        while True:
            code = self._process.wait()
            if not self._closing.is_set():
                _log.warning("the rendering process ended (%d); another takes its place", code)
            if self._closing.wait(_PAUSE_S):
                return
            with self._lock:
                if self._closing.is_set():
                    return
                _kill(self._process)  # what may be left of its group
                self._process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, stdin=subprocess.PIPE, start_new_session=True)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left; macOS says the latter
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin is not None:
        process.stdin.close()
