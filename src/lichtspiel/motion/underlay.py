"""What hanging cloth lies on: the skin of a body, by points spread over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people import basis
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import Skin
from lichtspiel.motion import carried, turns

_SPACING_M = 0.022
"""Distance of the points, of somebody 1.7 m tall."""
_BRUSHING = ("lowerarm02", "wrist", "finger", "metacarpal", "foot", "toe")
_ARMS = ("upperarm", "lowerarm")
_LEGS = ("upperleg", "lowerleg")
_BETWEEN = (0.15, 0.32, 0.5, 0.68, 0.85)
"""Shares of the way from one leg to the other."""
_AHEAD = 0.6
"""Least cosine to the front, or back, of what faces that way."""


@dataclass(frozen=True, eq=False)
class Underlay:
    """points, normals: (P, 3) at rest; skin: their bones."""

    points: Array
    normals: Array
    skin: Skin

    @classmethod
    def of(cls, physique: Physique) -> Underlay:
        """The body; hands brush by and feet step out from under hems: they are left out."""
        return cls._without(physique, _BRUSHING)

    @classmethod
    def below_skirts(cls, physique: Physique) -> Underlay:
        """The body without arms, that hang outside, and with what is between the legs.

        Skirts span the way from leg to leg, in front and behind, as their lining makes them do.
        """
        body = cls._without(physique, (*_BRUSHING, *_ARMS))
        carriers = np.array([name.startswith(_LEGS) for name in physique.rig.names])
        on_leg = carriers[body.skin.bones[np.arange(len(body.points)), body.skin.shares.argmax(1)]]
        ahead = on_leg & (np.abs(body.normals[:, 1]) > _AHEAD)
        left = np.flatnonzero(ahead & (body.points[:, 0] > 0)).astype(np.int32)
        right = np.flatnonzero(ahead & (body.points[:, 0] < 0))
        # Fronts go with fronts and backs with backs: what faces away is made to lie far off.
        facing = np.sign(body.normals[:, 1:2])
        _, near = cKDTree(np.c_[body.points[right] * [-1, 1, 1], facing[right]]).query(
            np.c_[body.points[left], facing[left]]
        )
        bridges = [_bridge(body, left, right[near], share) for share in _BETWEEN]
        return _joined([_padded(body), *bridges])

    @classmethod
    def _without(cls, physique: Physique, bones: Sequence[str]) -> Underlay:
        body = basis.load().group("body")
        passing = np.array([name.startswith(tuple(bones)) for name in physique.rig.names])
        carrier = physique.skin.bones[body, physique.skin.shares[body].argmax(1)]
        body = body[~passing[carrier]]
        cells = np.floor(physique.vertices[body] / (_SPACING_M * physique.height_m / 1.7)).astype(int)
        _, first = np.unique(cells, axis=0, return_index=True)
        chosen = body[np.sort(first)]
        return cls(physique.vertices[chosen], _normals(physique)[chosen], carried.part(physique.skin, chosen))

    def at(self, bones: carried.Bones) -> list[tuple[Array, Array]]:
        """Points (P, 3) and normals at every sample of a performance."""
        points = bones.carry(self.skin, self.points)
        normals = turns.unit(bones.turn(self.skin, self.normals))
        return list(zip(points, normals, strict=True))


def _bridge(body: Underlay, left: IntArray, right: NDArray[np.intp], share: float) -> Underlay:
    """Points between those of two legs. Legs swing about the axis from hip to hip, so a point
    beside a leg goes with it as if it were part of it."""
    mixed = Skin(
        np.concatenate([body.skin.bones[left], body.skin.bones[right]], 1),
        np.concatenate([(1 - share) * body.skin.shares[left], share * body.skin.shares[right]], 1),
    )
    points = (1 - share) * body.points[left] + share * body.points[right]
    normals = (1 - share) * body.normals[left] + share * body.normals[right]
    return Underlay(points, turns.unit(normals * [0.0, 1.0, 1.0]), mixed)


def _padded(body: Underlay) -> Underlay:
    """The same with room for twice as many bones at each point."""
    bones, shares = body.skin.bones, body.skin.shares
    skin = Skin(np.concatenate([bones, bones], 1), np.concatenate([shares, 0 * shares], 1))
    return Underlay(body.points, body.normals, skin)


def _joined(parts: Sequence[Underlay]) -> Underlay:
    skin = Skin(
        np.concatenate([part.skin.bones for part in parts]),
        np.concatenate([part.skin.shares for part in parts]),
    )
    points, normals = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("points", "normals")
    )
    return Underlay(points, normals, skin)


def _normals(physique: Physique) -> Array:
    faces = basis.load().faces[basis.load().faces_of("body")]
    corner = physique.vertices[faces]
    across = turns.cross(corner[:, 2] - corner[:, 0], corner[:, 3] - corner[:, 1])
    normals = np.zeros_like(physique.vertices)
    for slot in range(4):
        np.add.at(normals, faces[:, slot], across)
    return turns.unit(normals)
