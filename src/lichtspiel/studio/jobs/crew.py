"""A worker's side of the process that makes films: starts it, gives it orders, ends it."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lichtspiel.engines import EngineError, FilmError, Progress
from lichtspiel.studio.jobs.confine import Limits, kill, resident_bytes

_LOOK_S = 0.5
_IDLE_S = 120.0
"""After which a process without work is ended: what it keeps of the last film takes memory."""


class UnwantedError(Exception):
    """Nobody wants the video any more."""


class UnreadableError(Exception):
    """No film can be made of these words; the message says what to do."""


class PackWantedError(Exception):
    """A pack must be fetched before the step can be done; the argument is its name."""


class Hand:
    """A process that does one step after the other. One caller at a time; the others wait."""

    def __init__(self, engine: str, limits: Limits, *, ready: bool = False) -> None:
        """`ready` keeps a fresh process at hand between films, since starting one takes seconds."""
        self._command = [sys.executable, "-m", "lichtspiel.studio.jobs.hand", engine]
        self._limits, self._ready = limits, ready
        self._fresh = False
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._idle_since = 0.0
        self._lock = threading.Lock()

    @property
    def group(self) -> int | None:
        """The process group, where there is one."""
        return None if self._process is None else self._process.pid

    def do(
        self,
        order: dict[str, Any],
        progress: Progress,
        wanted: Callable[[], bool],
        wall_s: float | None = None,
    ) -> None:
        """Have an order followed, within `wall_s` where it may take less than a step may by itself.

        `wanted` is asked now and then. Raises UnreadableError, FilmError, UnwantedError, PackWantedError, and
        EngineError when the process failed, died or was ended for what it took.
        """
        limits = self._limits if wall_s is None else replace(self._limits, wall_s=wall_s)
        with self._lock:
            try:
                self._follow(self._given(order), limits, progress, wanted)
            except (UnreadableError, FilmError, PackWantedError):
                raise
            except BaseException:
                self._end()
                raise
            finally:
                self._idle_since = time.monotonic()

    def rest(self) -> None:
        """End the process when it has had nothing to do for long, and see that there is one where wished."""
        if self._lock.acquire(blocking=False):
            try:
                idle_s = time.monotonic() - self._idle_since
                if self._process is not None and not self._fresh and idle_s > _IDLE_S:
                    self._end()
                if self._process is None and self._ready:
                    self._process = self._started()
            finally:
                self._lock.release()

    def close(self) -> None:
        """End the process, whatever it does, for good."""
        self._ready = False
        if self._process is not None:
            kill(self._process.pid)
        with self._lock:
            self._end()

    def _given(self, order: dict[str, Any]) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = self._started()
        self._fresh = False
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise EngineError("The rendering process has ended.") from error
        return self._process

    def _started(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        assert process.stdout is not None
        lines = process.stdout

        def listen() -> None:
            for line in lines:
                answers.put(line)
            answers.put("")

        threading.Thread(target=listen, daemon=True).start()
        self._answers, self._fresh = answers, True
        return process

    def _follow(
        self,
        process: subprocess.Popen[str],
        limits: Limits,
        progress: Progress,
        wanted: Callable[[], bool],
    ) -> None:
        started = heard = time.monotonic()
        looked = 0.0
        while True:
            try:
                line = self._answers.get(timeout=_LOOK_S)
            except queue.Empty:
                line = None
            now = time.monotonic()
            if line is not None:
                heard = now
                if not line:
                    raise EngineError(_died(process))
                answer = json.loads(line)
                if "progress" not in answer:
                    return _concluded(answer)
                progress(*answer["progress"])
            if now - looked > _LOOK_S:
                looked = now
                _check(process, limits, now - started, now - heard)
                if not wanted():
                    raise UnwantedError

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            kill(process.pid)
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    _close(stream)


def _check(process: subprocess.Popen[str], limits: Limits, working_s: float, silent_s: float) -> None:
    """Raise EngineError when a step takes more than it may."""
    if resident_bytes(process.pid) > limits.memory_bytes:
        raise EngineError(f"It needed more than {limits.memory_bytes / 1e9:.1f} GB of memory.")
    if silent_s > limits.silence_s:
        raise EngineError(f"It made no progress for {limits.silence_s:.0f} s.")
    if working_s > limits.wall_s:
        raise EngineError(f"It was not done after {limits.wall_s:.0f} s.")


def _close(stream: Any) -> None:
    try:
        stream.close()
    except BrokenPipeError:
        return  # what was still to be said to it does not matter


def _concluded(answer: dict[str, Any]) -> None:
    if "pack" in answer:
        raise PackWantedError(answer["pack"])
    if "unreadable" in answer:
        raise UnreadableError(answer["unreadable"])
    if "failed" in answer:
        raise FilmError(answer["failed"])
    if "broken" in answer:
        raise EngineError(answer["broken"])


def _died(process: subprocess.Popen[str]) -> str:
    code = process.wait()
    if code == -9:
        return "The system ended the rendering process, most likely for want of memory."
    return f"The rendering process ended unexpectedly ({code})."
