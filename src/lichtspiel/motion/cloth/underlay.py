"""What hanging cloth lies on: skin and the clothes that go with it, by points spread over their outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array
from lichtspiel.library.people import basis
from lichtspiel.library.people.clothes.sight import triangles_of
from lichtspiel.library.people.figure import Garment
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import Skin
from lichtspiel.motion import carried, turns
from lichtspiel.motion.cloth.coarse import normals as normals_of
from lichtspiel.motion.cloth.nearest import spread_over

_SPACING_M = 0.013
"""Distance of the points, of somebody 1.7 m tall."""
_ARMS = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
FREE, PINNED = 0.5, 1 - 1e-6
"""Garments that are pinned by more than the first everywhere go with the body; what is pinned by the second
does in all others."""
_OVER_M, _ALIKE = 0.05, 0.3
"""How far off and how much aslant cloth still lies over skin."""
Surface = tuple[Array, Array]
"""Points (P, 3) and unit normals (P, 3) that cloth lies on."""


@dataclass(frozen=True, eq=False)
class Underlay:
    """points, normals: (P, 3) at rest; skin: their bones."""

    points: Array
    normals: Array
    skin: Skin

    @classmethod
    def of(cls, physique: Physique, worn: Sequence[Garment] = ()) -> Underlay:
        """The body and what it wears, from the skin outward; of what hangs, what goes with the body."""
        return cls._outside(physique, worn, ())

    @classmethod
    def below_the_waist(cls, physique: Physique, worn: Sequence[Garment] = ()) -> Underlay:
        """The same without arms, which hang outside of skirts and coat tails."""
        return cls._outside(physique, worn, _ARMS)

    @classmethod
    def _outside(cls, physique: Physique, worn: Sequence[Garment], left_out: tuple[str, ...]) -> Underlay:
        """What is not covered by what is worn, without what some bones carry."""
        skin = _skin(physique)
        layers = [skin, *(_cloth(garment).facing(skin) for garment in worn)]
        passing = np.array([name.startswith(left_out) for name in physique.rig.names])
        parts = []
        for number, layer in enumerate(layers):
            carrier = layer.skin.bones[np.arange(len(layer.points)), layer.skin.shares.argmax(1)]
            kept = layer.some(~passing[carrier]).thinned(_SPACING_M * physique.height_m / 1.7)
            for over in layers[number + 1 :]:
                kept = kept.some(~kept.under(over))
            parts.append(kept)
        return _joined(parts)

    @cached_property
    def _tree(self) -> cKDTree:
        return cKDTree(self.points)

    def some(self, chosen: NDArray[np.bool_] | NDArray[np.integer]) -> Underlay:
        """Some of its points."""
        skin = Skin(self.skin.bones[chosen], self.skin.shares[chosen])
        return Underlay(self.points[chosen], self.normals[chosen], skin)

    def near(self, points: Array, cloth: Array, within_m: float) -> Underlay:
        """Those of its points that, where they are (P, 3), are within so many metres of some cloth (N, 3)."""
        far, _ = cKDTree(cloth).query(points, distance_upper_bound=within_m)
        return self.some(np.isfinite(far))

    def thinned(self, spacing_m: float) -> Underlay:
        """One point of each cell so many metres wide."""
        return self.some(spread_over(self.points, spacing_m))

    def facing(self, skin: Underlay) -> Underlay:
        """What of it faces as the skin beneath does: not the inside of hems."""
        _, near = skin._tree.query(self.points)
        return self.some((skin.normals[near] * self.normals).sum(1) > 0)

    def under(self, cloth: Underlay) -> NDArray[np.bool_]:
        """(P,) which of the points lie straight under some cloth."""
        far, near = cloth._tree.query(self.points, distance_upper_bound=_OVER_M)
        near[np.isinf(far)] = 0
        out = ((cloth.points[near] - self.points) * cloth.normals[near]).sum(1)
        alike = (cloth.normals[near] * self.normals).sum(1) > _ALIKE
        return np.asarray(np.isfinite(far) & alike & (out > 0) & (out > 0.5 * far))

    def at(self, bones: carried.Bones) -> list[Surface]:
        """Points (P, 3) and normals at every sample of a performance."""
        points = bones.carry(self.skin, self.points)
        normals = turns.unit(bones.turn(self.skin, self.normals))
        return list(zip(points, normals, strict=True))


def _skin(physique: Physique) -> Underlay:
    body = basis.load().group("body")
    faces = basis.load().faces[basis.load().faces_of("body")]
    corner = physique.vertices[faces]
    across = turns.cross(corner[:, 2] - corner[:, 0], corner[:, 3] - corner[:, 1])
    normals = np.zeros_like(physique.vertices)
    for slot in range(4):
        np.add.at(normals, faces[:, slot], across)
    return Underlay(physique.vertices[body], turns.unit(normals)[body], carried.part(physique.skin, body))


def _cloth(garment: Garment) -> Underlay:
    mesh = garment.mesh
    normals = normals_of(mesh.vertices, triangles_of(mesh.corners, mesh.sizes))
    whole = Underlay(mesh.vertices, normals, garment.skin)
    if garment.hang is None or (garment.hang.pinned >= FREE).all():
        return whole
    return whole.some(garment.hang.pinned >= PINNED)


def _joined(parts: Sequence[Underlay]) -> Underlay:
    """All of them, with room for as many bones at each point as any has."""
    slots = max(part.skin.bones.shape[1] for part in parts)

    def wide(values: NDArray[np.generic]) -> NDArray[np.generic]:
        return np.pad(values, ((0, 0), (0, slots - values.shape[1])))

    skin = Skin(
        np.concatenate([wide(part.skin.bones) for part in parts]).astype(np.int32),
        np.concatenate([wide(part.skin.shares) for part in parts]),
    )
    points, normals = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("points", "normals")
    )
    return Underlay(points, normals, skin)
