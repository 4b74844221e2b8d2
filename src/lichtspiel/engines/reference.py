"""A picture as a film's first frame: it stands alone at first, then the film takes its place.

The film has the picture's exposure and colours then, as far as `opening.grade` goes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from lichtspiel.engines.opening.grade import grade_towards
from lichtspiel.engines.request import FilmRequest
from lichtspiel.picture import Quality

DISSOLVE_S = 0.5
"""Until nothing is left of the picture."""

FILE = "reference.png"
"""In a film's work folder."""


def digest(picture: Path | None) -> str:
    """What tells one picture from another; empty where there is none."""
    return "" if picture is None else hashlib.sha256(picture.read_bytes()).hexdigest()


def keep(request: FilmRequest, folder: Path) -> None:
    """Leave a request's picture, where it has one, in a work folder: upright and in the film's size."""
    if request.reference is None:
        return
    part = folder / f"{FILE}.{os.getpid()}.part"
    fitted(request.reference, request.quality).save(part, format="png")
    part.replace(folder / FILE)


def fitted(picture: Path, quality: Quality) -> Image.Image:
    """A picture upright and in a film's size; what is too wide or too high for it is cut off evenly."""
    with Image.open(picture) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    return ImageOps.fit(upright, (quality.width, quality.height), Image.Resampling.LANCZOS)


def shown(frames: Sequence[Path], folder: Path, fps: int) -> list[Path]:
    """The film's frames as they are seen: where the work folder has a picture, it lies over the first ones,
    and all of them have its exposure and colours."""
    if not (folder / FILE).exists():
        return list(frames)
    graded = folder / "graded"
    graded.mkdir(exist_ok=True)
    with Image.open(folder / FILE) as opened:
        picture = opened.convert("RGB")
    grade = grade_towards(np.asarray(picture), _pixels(frames[0]))
    length = max(1, round(DISSOLVE_S * fps))
    made = [graded / frame.name for frame in frames]
    for index, (frame, path) in enumerate(zip(frames, made, strict=True)):
        film = Image.fromarray(grade.applied(_pixels(frame)))
        if index < length:
            film = Image.blend(picture, film, _share(index / length))
        film.save(path, format="png", compress_level=1)
    return made


def _pixels(frame: Path) -> NDArray[np.uint8]:
    with Image.open(frame) as opened:
        return np.asarray(opened.convert("RGB"))


def _share(time: float) -> float:
    """Of the film at a time between 0, where there is none, and 1: a smooth step (Hermite)."""
    return time * time * (3 - 2 * time)
