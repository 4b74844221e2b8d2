"""The render process: `python -m lichtspiel.picture.process JOB_FOLDER [PARENT_PID]`.

Prints one JSON object per line to standard output: {"frames": N} when the scene stands, then
{"frame": i, "seconds": s} for each frame that is there. Everything Blender says goes to standard
error. Frames that exist are kept, so a killed process can be started again. Where the system can
tell, the process ends with its parent.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any, TextIO

import bpy
import numpy as np
from PIL import Image

from lichtspiel import stage
from lichtspiel import take as takes
from lichtspiel.camera import files
from lichtspiel.picture import film as films
from lichtspiel.picture import job as jobs
from lichtspiel.picture.grade import graded
from lichtspiel.screenplay import Look, Screenplay

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> int:
    """Render every frame that is missing in a job folder."""
    folder = Path(arguments[0])
    if len(arguments) > 1:
        _end_with(int(arguments[1]))
    say = _voice()
    job = jobs.read(folder)
    screenplay = Screenplay.model_validate_json((folder / "screenplay.json").read_text(encoding="utf-8"))
    film = films.build(stage.build(screenplay), takes.load(folder), files.load(folder), job.quality)
    if job.save_blend is not None:
        save_blend(film, job.save_blend)
    last = film.frame_count - 1 if job.last_frame is None else min(job.last_frame, film.frame_count - 1)
    frames = range(job.first_frame, last + 1)
    _tell(say, {"frames": len(frames), "device": film.device})
    for frame in frames:
        started = time.perf_counter()
        path = jobs.frame_path(folder, frame)
        if not path.exists():
            render_frame(film, frame, path, screenplay.look)
        _tell(say, {"frame": frame, "seconds": round(time.perf_counter() - started, 3)})
    return 0


def save_blend(film: films.Film, path: Path) -> None:
    """Leave the scene as a Blender file that renders the same film."""
    film.scene.frame_set(0)
    partial = path.with_suffix(".partial.blend")
    bpy.ops.wm.save_as_mainfile(filepath=str(partial), copy=True, compress=True, check_existing=False)
    partial.replace(path)


def render_frame(film: films.Film, frame: int, path: Path, look: Look) -> None:
    """Render one frame; the file appears only when it is complete."""
    scene = film.scene
    scene.frame_set(frame)
    partial = path.with_name(f".{path.stem}.partial.png")
    scene.render.filepath = str(partial)
    bpy.ops.render.render(write_still=True)
    if look is not Look.NATURAL:
        with Image.open(partial) as image:
            pixels = np.asarray(image.convert("RGB"))
        Image.fromarray(graded(pixels, look)).save(partial)
    partial.replace(path)


def _end_with(parent: int) -> None:
    """Ask Linux to end this process should its parent die without a chance to clean up."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the system was asked
            sys.exit(1)


def _voice() -> TextIO:
    """Standard output for the parent alone: Blender's own messages are sent to standard error."""
    voice = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return voice


def _tell(voice: TextIO, message: dict[str, Any]) -> None:
    voice.write(json.dumps(message) + "\n")
    voice.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
