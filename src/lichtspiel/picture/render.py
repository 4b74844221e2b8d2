"""Run the render process of a job folder: watch it, and end it with this one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path

from lichtspiel.picture import job as jobs

Progress = Callable[[int, int], None]
"""Called with the frames that are done and the frames there will be."""

_TAIL_LINES = 12


class RenderError(RuntimeError):
    """Rendering failed; the message ends with the last words of the render process."""


def render(folder: Path, progress: Progress) -> tuple[Path, ...]:
    """Render the job in a folder that `job.write` filled; return its frames in order.

    Frames that are already there are kept, so after an interruption or an error the same call
    goes on where it stopped. Raises RenderError when the process fails; when this process is
    interrupted or ends, the render process ends too.
    """
    for leftover in (folder / "frames").glob(".*.partial.png"):
        leftover.unlink()
    log = folder / "render.log"
    command = [sys.executable, "-m", "lichtspiel.picture.process", str(folder), str(os.getpid())]
    with log.open("wb") as words:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=words,
            start_new_session=True,
        )
        try:
            total = _follow(process, progress)
            code = process.wait()
        finally:
            _end(process)
    if code != 0:
        raise RenderError(_reason(code, log))
    return tuple(jobs.frame_path(folder, frame) for frame in jobs.read(folder).frames or range(total))


def _follow(process: subprocess.Popen[bytes], progress: Progress) -> int:
    """Pass on the process's progress until it closes its output; return the number of frames."""
    total = done = 0
    for line in process.stdout or ():
        if not line.startswith(b"{"):
            continue  # Blender greets before the process can send its words elsewhere
        message = json.loads(line)
        if "frames" in message:
            total = message["frames"]
        else:
            done += 1
        progress(done, total)
    return total


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.stdout is not None:
        process.stdout.close()
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=3)
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
