"""What hangs from a body: skirts, coat tails, capes and scarves, moved by the body, the air and their weight.

A coarse sheet is solved for (`sheet`), its garment goes with it (`coarse`) and is laid over what it would
sink into.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.clothes.sight import triangles_of
from lichtspiel.library.people.figure import Garment
from lichtspiel.library.people.physique import Physique
from lichtspiel.motion import carried, turns
from lichtspiel.motion.cloth.breeze import Air
from lichtspiel.motion.cloth.coarse import coarse, normals
from lichtspiel.motion.cloth.sheet import Sheet, moved
from lichtspiel.motion.cloth.strain import Strain
from lichtspiel.motion.cloth.underlay import PINNED, Surface, Underlay
from lichtspiel.motion.cloth.weave import weave

_FINE = np.float32
_APART_M = 0.05
"""Distance of the vertices that are solved for, of somebody 1.7 m tall."""
_LEAST, _MOST = 150, 600
"""About how many of them there are at least and, of what does not need more to bend, at most."""
_OFF_SKIN_M = 0.008
"""How far the coarse sheet keeps off, besides the thickness of its cloth: it cuts corners."""
_LAID_M, _AT_LEAST_M = 0.005, 0.002
"""How far all of the cloth keeps off what it lies on, and where it was cut closer and is held."""
_REACH_M = 0.25
"""What is farther than this from cloth at ease never meets it, of somebody 1.7 m tall."""


@dataclass(frozen=True, eq=False)
class Hanging:
    """A garment with the part of it that moves: `vertices` (N,) of its mesh, triangles (F, 3) of them."""

    garment: Garment
    body: Underlay
    vertices: IntArray
    triangles: IntArray
    sheet: Sheet


def drape(
    hanging: Hanging,
    bones: carried.Bones,
    rate_hz: float,
    air: Air,
    ground_m: float,
    lead: int,
    beneath: Sequence[Surface] = (),
) -> Array:
    """Vertices (T, V, 3) of a garment on a body that moves, the `lead` included.

    The first `lead` samples take the body from standing at ease, where the garment hangs as it was cut,
    to where it is when the take begins, so that cloth is in front of what it belongs in front of.
    beneath: at every sample the cloth that already hangs below this one.
    """
    garment, sheet = hanging.garment, hanging.sheet
    points = garment.mesh.vertices

    def with_the_body(vertices: IntArray) -> Array:
        return bones.carry(carried.part(garment.skin, vertices), points[vertices])

    body = hanging.body.at(bones)
    if beneath:
        body = [joined(skin, cloth) for skin, cloth in zip(body, beneath, strict=True)]
    frames: Array = np.empty((len(bones), len(points), 3), _FINE)
    frames[:, hanging.vertices] = moved(
        sheet, with_the_body(hanging.vertices[sheet.carried]), body, rate_hz, air, ground_m, lead
    )
    rest = np.setdiff1d(np.arange(len(points)), hanging.vertices)
    frames[:, rest] = with_the_body(rest)
    return frames


def surfaces(hanging: Hanging, frames: Array) -> list[Surface]:
    """The outside of a garment's hanging part at vertices (T, V, 3) of all of it, to lie on."""
    cloth = frames[:, hanging.vertices]
    facing = [normals(frame, hanging.triangles) for frame in cloth]
    # Hems are folded over: their inside faces the body.
    away = cloth[0] - cloth[0].mean(0)
    chosen = np.flatnonzero((away[:, :2] * facing[0][:, :2]).sum(1) > 0)
    return [(frame[chosen], normal[chosen]) for frame, normal in zip(cloth, facing, strict=True)]


def joined(first: Surface, second: Surface) -> Surface:
    """Both surfaces."""
    return np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]])


def hung(
    garment: Garment,
    physique: Physique,
    still: carried.Bones,
    worn: Sequence[Garment] = (),
    beneath: Surface | None = None,
) -> Hanging:
    """Make a garment ready to hang: on the body at ease, `still`, its cloth is relaxed.

    worn: what is worn beneath it, from the skin outward; what of that goes with the body counts. beneath:
    cloth that hangs there, at ease.
    """
    assert garment.hang is not None
    free = garment.hang.pinned < PINNED
    triangles = triangles_of(garment.mesh.corners, garment.mesh.sizes)
    triangles = triangles[free[triangles].any(1)]
    vertices, whole = np.unique(triangles, return_inverse=True)
    triangles = whole.reshape(-1, 3).astype(np.int32)
    relaxed = still.carry(garment.skin, garment.mesh.vertices)[0][vertices].astype(float)
    pinned = garment.hang.pinned[vertices]
    # What is small has as many as it needs to bend, and what is wide hangs in wide folds.
    wide_m, fine_m = np.sqrt(_areas(triangles, relaxed).sum() / np.array([_MOST, _LEAST]))
    apart_m = float(np.clip(_APART_M * physique.height_m / 1.7, wide_m, fine_m))
    few = coarse(relaxed, triangles, apart_m)
    elbow = physique.rig.heads[physique.rig.index("lowerarm01.L"), 2]
    # What falls from the waist, arms hang outside of.
    skirt = bool(garment.mesh.vertices[free, 2].max() < elbow)
    body = Underlay.below_the_waist(physique, worn) if skirt else Underlay.of(physique, worn)
    below = body.at(still)[0]
    body = body.near(below[0], relaxed, _REACH_M * physique.height_m / 1.7)
    below = body.at(still)[0]
    gap = _above(relaxed, *(below if beneath is None else joined(below, beneath)))
    least = _AT_LEAST_M + (_LAID_M - _AT_LEAST_M) * (1 - pinned if beneath is None else 1.0)
    laid = np.clip(gap - 0.001, least, _LAID_M)
    most = garment.thickness_m + _OFF_SKIN_M
    some = few.vertices
    threads = weave(few.triangles, relaxed[some], pinned[some])
    hang = garment.hang
    sheet = Sheet(
        few,
        threads,
        Strain.of(triangles, relaxed, np.where(pinned < PINNED, 1 - pinned, 0.0)),
        pinned,
        np.clip(gap[some] - 0.001, laid[some], most),
        laid,
        _areas(few.triangles, relaxed[some]),
        hang.mass_kg_m2,
        hang.bending,
    )
    return Hanging(garment, body, vertices.astype(np.int32), triangles, sheet)


def _above(cloth: Array, points: Array, facing: Array) -> Array:
    """(N,) metres that cloth (N, 3) lies above a surface (P, 3) with these normals."""
    _, nearest = cKDTree(points).query(cloth)
    return np.asarray(np.einsum("ni,ni->n", cloth - points[nearest], facing[nearest]))


def _areas(triangles: IntArray, points: Array) -> Array:
    corner = points[triangles]
    area = np.linalg.norm(turns.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]), axis=1) / 2
    return np.bincount(triangles.ravel(), np.repeat(area / 3, 3), len(points))
