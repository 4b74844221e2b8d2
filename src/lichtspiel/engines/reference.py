"""A picture as a film's first frame: it stands alone at first, then the film takes its place."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageOps

from lichtspiel.engines.request import FilmRequest

DISSOLVE_S = 0.75
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
    with Image.open(request.reference) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    part = folder / f"{FILE}.{os.getpid()}.part"
    upright.resize((request.quality.width, request.quality.height), Image.Resampling.LANCZOS).save(
        part, format="png"
    )
    part.replace(folder / FILE)


def shown(frames: Sequence[Path], folder: Path, fps: int) -> list[Path]:
    """The film's frames, the first of which the work folder's picture lies over where it has one."""
    if not (folder / FILE).exists():
        return list(frames)
    blended = folder / "blended"
    blended.mkdir(exist_ok=True)
    first = list(frames[: max(1, round(DISSOLVE_S * fps))])
    with Image.open(folder / FILE) as opened:
        picture = opened.convert("RGB")
    over = [blended / frame.name for frame in first]
    for index, (frame, path) in enumerate(zip(first, over, strict=True)):
        with Image.open(frame) as film:
            mixed = Image.blend(picture, film.convert("RGB"), _share(index / len(first)))
        mixed.save(path, format="png")
    return [*over, *frames[len(first) :]]


def _share(time: float) -> float:
    """Of the film at a time between 0, where there is none, and 1: a smooth step (Hermite)."""
    return time * time * (3 - 2 * time)
