"""Finds faces in pictures, on this machine: CenterFace (Xu et al. 2019, arXiv 1911.03599)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lichtspiel.packs import store
from lichtspiel.packs.centerface import MODEL

Array = NDArray[np.float32]

LOOKS = (800, 240)
"""Longer sides, in pixels, at which a picture is looked at: small faces need the first, a face that
fills the picture the second."""
CERTAIN = 0.5
"""Of the network's own certainty, 0 … 1."""
_STRIDE = 4
"""Pixels of the picture per number of the answer."""
_STEP = 32
"""The network halves a picture five times."""
_OVERLAP = 0.3
"""Share of two boxes that they have in common when they are of one face."""


@dataclass(frozen=True)
class Face:
    """Where a face is: shares of the picture's width and height, from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    certainty: float


def faces_in(picture: Image.Image) -> tuple[Face, ...]:
    """The faces that an upright picture shows, the most certain first.

    Raises PackMissingError when the finder is not installed.
    """
    found = [face for side in LOOKS if side == LOOKS[-1] or max(picture.size) > LOOKS[-1]
             for face in _looked_at(picture, side)]  # fmt: skip
    apart: list[Face] = []
    for face in sorted(found, key=lambda face: -face.certainty):
        if all(_common(face, other) < _OVERLAP for other in apart):
            apart.append(face)
    return tuple(apart)


def _looked_at(picture: Image.Image, side: int) -> list[Face]:
    small = picture.copy() if max(picture.size) <= side else picture.reduce(max(picture.size) // side)
    small = small.convert("RGB")
    small.thumbnail((side, side), Image.Resampling.BILINEAR)
    width, height = small.size
    padded = np.zeros((_up(height), _up(width), 3), np.float32)
    padded[:height, :width] = np.asarray(small, np.float32)
    heat, size, offset, _ = _network().run(None, {"input.1": padded.transpose(2, 0, 1)[None]})
    return [
        face
        for row, column in zip(*np.nonzero(heat[0, 0] > CERTAIN), strict=True)
        if (face := _face(heat[0, 0], size[0], offset[0], int(row), int(column), width, height)) is not None
    ]


def _face(
    heat: Array, size: Array, offset: Array, row: int, column: int, width: int, height: int
) -> Face | None:
    """What the network says of one place; None for the empty rim beside the picture."""
    tall, wide = _STRIDE * np.exp(size[:, row, column])
    y = _STRIDE * (row + offset[0, row, column] + 0.5)
    x = _STRIDE * (column + offset[1, row, column] + 0.5)
    if x > width or y > height:
        return None
    sides = ((x - wide / 2) / width, (y - tall / 2) / height, (x + wide / 2) / width, (y + tall / 2) / height)
    left, top, right, bottom = (float(np.clip(side, 0, 1)) for side in sides)
    return Face(left, top, right, bottom, float(heat[row, column]))


def _common(one: Face, other: Face) -> float:
    """Of two boxes, what they have in common against what they cover together."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    tall = min(one.bottom, other.bottom) - max(one.top, other.top)
    shared = max(0.0, wide) * max(0.0, tall)
    return shared / max(1e-9, _area(one) + _area(other) - shared)


def _area(face: Face) -> float:
    return (face.right - face.left) * (face.bottom - face.top)


def _up(side: int) -> int:
    return -(-side // _STEP) * _STEP


@cache
def _network() -> Any:
    """The network, on one thread: a server answers others meanwhile."""
    import onnxruntime  # noqa: PLC0415 - films without a picture do without it

    path = store.content("faces", MODEL)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3  # it speaks of weights that nothing uses
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
