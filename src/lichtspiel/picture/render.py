"""Run the render process of a job folder: watch it, and end it with this one."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

from lichtspiel.picture import job as jobs

Progress = Callable[[int, int], None]
"""Called with the frames that are done and the frames there will be."""

_TAIL_LINES = 12
_GOODBYE_S = 10.0


class RenderError(RuntimeError):
    """Rendering failed; the message ends with the last words of the render process."""


def render(folder: Path, progress: Progress) -> tuple[Path, ...]:
    """Render the job in a folder that `job.write` filled; return its frames in order.

    Frames that are already there are kept, so after an interruption or an error the same call
    goes on where it stopped. Raises RenderError when the process fails; when this process is
    interrupted or ends, the render process ends too.
    """
    chosen = jobs.read(folder).frames
    with Renderer(folder) as renderer:
        frames = range(renderer.frame_count) if chosen is None else chosen
        renderer.render(frames, progress)
    return tuple(jobs.frame_path(folder, frame) for frame in frames)


class Renderer:
    """A render process at work on a job folder, which can be given frames one after the other.

    Building the scene takes seconds, so a process is kept for as many frames as possible. Raises
    RenderError when the process fails. Its words are in `render.log`, or in another file.
    """

    def __init__(self, folder: Path, log: str = "render.log") -> None:
        self.folder = folder
        self._log = folder / log
        command = [sys.executable, "-m", "lichtspiel.picture.process", str(folder), str(os.getpid())]
        with self._log.open("wb") as words:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=words
            )
        try:
            self.frame_count = int(self._answer()["frames"])
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is None and self._process.stdin is not None:
            self._process.stdin.close()  # it tidies up and ends
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_GOODBYE_S)
        self.close()

    def render(self, frames: Sequence[int], progress: Progress) -> None:
        """See that these frames are there, in this order."""
        progress(0, len(frames))
        self._ask(frames)
        done = 0
        while "done" not in self._answer():
            done += 1
            progress(done, len(frames))

    def close(self) -> None:
        """End the process."""
        _end(self._process)

    def _ask(self, frames: Sequence[int]) -> None:
        stream = self._process.stdin
        assert stream is not None
        with contextlib.suppress(BrokenPipeError):  # what it died of is told by the answer
            stream.write(json.dumps(list(frames)).encode() + b"\n")
            stream.flush()

    def _answer(self) -> dict[str, Any]:
        for line in self._process.stdout or ():
            if line.startswith(b"{"):  # Blender greets before the process can send its words elsewhere
                answer: dict[str, Any] = json.loads(line)
                return answer
        raise RenderError(_reason(self._process.wait(), self._log))


def _end(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(BrokenPipeError):
                stream.close()
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _reason(code: int, log: Path) -> str:
    """Why the process failed, in words."""
    with log.open(encoding="utf-8", errors="replace") as words:
        tail = "".join(deque(words, _TAIL_LINES)).strip()
    if code == -signal.SIGKILL:
        why = "The system ended the renderer, most likely for want of memory: close other programs"
    elif code < 0:
        why = f"The renderer crashed ({signal.Signals(-code).name})"
    else:
        why = "The renderer failed"
    return f"{why}. Finished frames are kept: run the same command again to go on.\n{tail}"
