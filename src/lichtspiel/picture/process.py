"""The render process: `python -m lichtspiel.picture.process JOB_FOLDER [PARENT_PID]`.

Prints one JSON object per line to standard output: {"frames": N} when the scene stands. Then every
line of its standard input is a list of frames to render, and is answered by {"frame": i, "seconds": s}
for each frame that is there and {"done": N} after them; when the input ends, so does the process.
Everything Blender says goes to standard error. Frames that exist are kept, so a killed process can be
started again, and several processes may render frames of one folder. Where the system can tell, the
process ends with its parent.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

import bpy
from PIL import Image

from lichtspiel import stage
from lichtspiel import take as takes
from lichtspiel.camera import files
from lichtspiel.picture import exr
from lichtspiel.picture import film as films
from lichtspiel.picture import job as jobs
from lichtspiel.picture.grade import graded
from lichtspiel.picture.shoot import Shooter
from lichtspiel.screenplay import Look, Screenplay

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> int:
    """Render what is asked for of the frames that are missing in a job folder."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    folder = Path(arguments[0])
    if len(arguments) > 1:
        _end_with(int(arguments[1]))
    say = _voice()
    job = jobs.read(folder)
    screenplay = Screenplay.model_validate_json((folder / "screenplay.json").read_text(encoding="utf-8"))
    film = films.build(stage.build(screenplay), takes.load(folder), files.load(folder), job.quality)
    if job.save_blend is not None:
        save_blend(film, job.save_blend)
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=scratch) as own:
        shooter = Shooter(film, job.quality, folder / "plates", Path(own))
        _tell(say, {"frames": film.frame_count, "device": film.device})
        for line in sys.stdin:
            frames = [frame for frame in json.loads(line) if frame in range(film.frame_count)]
            for frame in frames:
                started = time.perf_counter()
                if not jobs.frame_path(folder, frame).exists():
                    finish_frame(shooter, folder, frame, screenplay.look)
                _tell(say, {"frame": frame, "seconds": round(time.perf_counter() - started, 3)})
            if job.depth:
                finish_depths(shooter, folder, frames)
            _tell(say, {"done": len(frames)})
    return 0


def save_blend(film: films.Film, path: Path) -> None:
    """Leave the scene as a Blender file that renders the same film."""
    film.scene.frame_set(0)
    partial = path.with_suffix(".partial.blend")
    bpy.ops.wm.save_as_mainfile(filepath=str(partial), copy=True, compress=True, check_existing=False)
    partial.replace(path)


def finish_frame(shooter: Shooter, folder: Path, frame: int, look: Look) -> None:
    """Render one frame, or copy the one that shows the same; it appears when it is complete."""
    path = jobs.frame_path(folder, frame)
    partial = shooter.scratch / path.name
    same = jobs.frame_path(folder, shooter.film.same_as[frame])
    if same.exists():
        shutil.copyfile(same, partial)
    else:
        picture = shooter.picture(shooter.film.same_as[frame])
        Image.fromarray(graded(picture, look)).save(partial)
    partial.replace(path)


def finish_depths(shooter: Shooter, folder: Path, frames: Iterable[int]) -> None:
    """Leave the depth of frames, where it is not there yet."""
    missing = [frame for frame in frames if not jobs.depth_path(folder, frame).exists()]
    for frame, depth in shooter.depths(missing):
        partial = shooter.scratch / jobs.depth_path(folder, frame).name
        exr.write(partial, "Z", depth)
        partial.replace(jobs.depth_path(folder, frame))


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
