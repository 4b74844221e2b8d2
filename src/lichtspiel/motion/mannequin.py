"""The body as strips draw it: faces of the base mesh in the plain colours of hair, skin, eyes and clothes."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people import basis
from lichtspiel.library.people.hair.scalp import Growth, above_hairline, ear_vertices, place
from lichtspiel.library.people.physique import Physique

_COLOURS = {
    "skin": (214, 170, 142), "shirt": (92, 128, 168), "trousers": (70, 72, 84), "shoe": (40, 36, 34),
    "hair": (92, 60, 38), "eye": (246, 246, 242), "iris": (44, 34, 30), "lips": (176, 88, 84),
    "brow": (92, 62, 44),
}  # fmt: skip
_IRIS = 0.82
"""Cosine from straight ahead of what is dark of an eye: larger than it is, so that small pictures show it."""
_LIPS = 110
"""Of 255, from which on the mask of the lips counts."""
_EYES = ("helper-l-eye", "helper-r-eye")
_BROW_Z, _BROW_X = (0.014, 0.027), (0.012, 0.052)
"""Between which heights above the eyes, and how far from the middle, brows are; metres of the base mesh."""


@cache
def _faces() -> tuple[IntArray, IntArray]:
    """Faces (F, 4) of skin and eyes, and their rows in the base mesh."""
    base = basis.load()
    rows = base.faces_of("body", *_EYES)
    return np.asarray(base.faces[rows]), rows


_PAINTED: dict[int, tuple[IntArray, Array]] = {}


def painted(body: Physique) -> tuple[IntArray, Array]:
    """Faces (F, 4) of the body and its eyes, and their colours (F, 3), as if dressed."""
    if not _PAINTED:
        faces, rows = _faces()
        carrier = np.take_along_axis(body.skin.bones, body.skin.shares.argmax(1)[:, None], axis=1)[:, 0]
        bones = np.array([_region(name) for name in body.rig.names])[carrier]
        regions = bones[faces[:, 0]].astype("U8")
        _paint_head(regions, faces, rows)
        _PAINTED[0] = faces, np.array([_COLOURS[region] for region in regions], float)
    return _PAINTED[0]


def _paint_head(regions: NDArray[np.str_], faces: IntArray, rows: IntArray) -> None:
    """Hair, brows, lips and eyes among the regions (F,) of the faces."""
    base = basis.load()
    places = place(base.vertices[faces].mean(1))
    high = (places[:, 2] > -0.1) & (np.abs(places[:, 0]) < 0.12)
    ears = np.isin(faces[:, 0], ear_vertices())
    regions[high & ~ears & (above_hairline(places, Growth()) > 0)] = "hair"
    aside, front = np.abs(places[:, 0]), places[:, 1] < 0.01
    brow = (places[:, 2] > _BROW_Z[0]) & (places[:, 2] < _BROW_Z[1])
    regions[front & brow & (aside > _BROW_X[0]) & (aside < _BROW_X[1])] = "brow"
    regions[high & _in_mask("lips", rows)] = "lips"
    for name in _EYES:
        ball = base.vertices[base.group(name)]
        away = base.vertices[faces].mean(1) - (ball.min(0) + ball.max(0)) / 2
        own = np.isin(faces[:, 0], base.group(name))
        ahead = -away[:, 1] / np.linalg.norm(away, axis=1)
        regions[own] = np.where(ahead[own] > _IRIS, "iris", "eye")


def _in_mask(name: str, rows: IntArray) -> NDArray[np.bool_]:
    """(F,) whether faces lie on a mask of the body's skin."""
    base = basis.load()
    mask = base.mask(name)
    uv = base.uv[base.face_uv[rows]].mean(1)
    down = np.clip(((1 - uv[:, 1]) * len(mask)).astype(int), 0, len(mask) - 1)
    across = np.clip((uv[:, 0] * len(mask)).astype(int), 0, len(mask) - 1)
    return np.asarray(mask[down, across] > _LIPS)


def _region(bone: str) -> str:
    name = bone.split(".", maxsplit=1)[0]
    if name.startswith(("foot", "toe")):
        return "shoe"
    if name.startswith(("upperleg", "lowerleg", "pelvis", "root")):
        return "trousers"
    if name.startswith(("spine", "clavicle", "upperarm", "shoulder", "breast")):
        return "shirt"
    return "skin"
