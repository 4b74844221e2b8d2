"""The folder through which a film is given to the render process.

`job.json` says how to render, `screenplay.json`, the take's files and `camera.npz` what; finished
frames appear as `frames/000000.png` and so on, the process's own words in `render.log`.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lichtspiel import take as takes
from lichtspiel.picture.quality import Quality
from lichtspiel.screenplay import Screenplay
from lichtspiel.take import Take

if TYPE_CHECKING:
    from lichtspiel.camera import CameraTrack


@dataclass(frozen=True)
class Job:
    """How to render a film."""

    quality: Quality
    frames: tuple[int, ...] | None = None
    """Which frames of the film to render; None = all of them."""
    save_blend: Path | None = None
    """Leave the scene as a Blender file there before rendering."""
    depth: bool = False
    """Also leave how far away everything in a frame is, as `frames/000000.exr`."""


def write(folder: Path, job: Job, screenplay: Screenplay, take: Take, track: CameraTrack) -> None:
    """Fill a job folder. Frames that are already in it stay and are not rendered again."""
    from lichtspiel.camera import files  # noqa: PLC0415 - seconds, which those who only give orders save

    (folder / "frames").mkdir(parents=True, exist_ok=True)
    takes.save(take, folder)
    files.save(track, folder)
    (folder / "screenplay.json").write_text(screenplay.model_dump_json(), encoding="utf-8")
    record = dataclasses.asdict(job)
    record["save_blend"] = str(job.save_blend.absolute()) if job.save_blend else None
    (folder / "job.json").write_text(json.dumps(record, indent=1), encoding="utf-8")


def read(folder: Path) -> Job:
    """The job of a folder that `write` filled."""
    record = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    quality = Quality(**record.pop("quality"))
    blend = record.pop("save_blend")
    frames = record.pop("frames")
    chosen = None if frames is None else tuple(frames)
    return Job(quality, chosen, Path(blend) if blend else None, record.get("depth", False))


def frame_path(folder: Path, frame: int) -> Path:
    """Where a frame of the film is, or will be."""
    return folder / "frames" / f"{frame:06d}.png"


def depth_path(folder: Path, frame: int) -> Path:
    """Where the depth of a frame is, or will be: OpenEXR, channel `Z`, metres along the camera's axis."""
    return frame_path(folder, frame).with_suffix(".exr")
