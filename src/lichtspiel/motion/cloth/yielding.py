"""What gives way to the cloth that hangs over it: skin and inner clothes, where they would come through.

In a hip that is bent, layers press each other flat; bodies that are simulated over do not. So what a garment
covers where somebody stands at ease, and what stands out of it all the same once it has been solved for, is
drawn in to just below it, and what is around it with it. What has come out from below a hem or through a slit
stays as it is.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.clothes.bending import Bend
from lichtspiel.library.people.clothes.sewing import Weights
from lichtspiel.library.people.figure import Garment
from lichtspiel.library.people.physique import Physique
from lichtspiel.motion.carried import Bones
from lichtspiel.motion.cloth.covering import Below, Cover, Draped, Layer
from lichtspiel.take import Dents

_DEEPER_M = 0.001
"""How much deeper each layer gives way than the one over it."""
_STANDS_OUT_M = -0.0005
_TIMES = 2
"""Times that all that stands out gives way: what is around it turns with it."""
_EVERY = 2
"""Samples from one that is looked at to the next. Between them all gives way as far as at either: nobody sees
how far that is."""


@dataclass(eq=False)
class _Part:
    """A layer through a performance: frames (T, V, 3) of what hangs, and how it gives way, sample → (V, 3)
    metres, at rest where bones carry it."""

    layer: Layer
    bones: Bones
    frames: Array | None
    ways: dict[int, Array] = field(default_factory=dict)

    def give(self, sample: int, below: Below, over: Draped, deeper_m: float) -> None:
        """Let what of it is below cloth, and near to where it stands out of it, give way."""
        bend = Bend(*self.bones.moves(sample))
        out, near, _ = over.over(self._places(sample, below.probing, below.probing_weights, bend))
        near &= out > _STANDS_OUT_M
        if not near.any():
            return
        rows = np.flatnonzero(below.near(near) & below.leads)
        for _ in range(_TIMES if len(rows) else 0):
            places = self._places(sample, below.vertices, below.weights, bend)
            ways, covered = np.zeros((len(below.points), 3)), np.zeros(len(below.points))
            facing = below.facing(places)[rows]
            ways[rows], covered[rows] = over.ways(places[below.slots[rows]], facing, deeper_m)
            if not ways.any():
                return
            self._move(sample, below.points, below.spread(ways, covered), bend)

    def _move(self, sample: int, vertices: IntArray, ways: Array, bend: Bend) -> None:
        """Move some vertices (K,) by ways (K, 3)."""
        moved = np.flatnonzero(ways.any(1))
        vertices, ways = vertices[moved], ways[moved]
        if self.frames is None:
            ways = bend.turned_back(ways, self.layer.weights[vertices])
        self.ways.setdefault(sample, np.zeros_like(self.layer.points))[vertices] += ways

    def _places(self, sample: int, vertices: IntArray, weights: Weights, bend: Bend) -> Array:
        """(N, 3) where some vertices (N,) with these shares of bones are now."""
        ways = self.ways[sample].take(vertices, 0) if sample in self.ways else 0.0
        if self.frames is not None:
            return np.asarray(self.frames[sample].take(vertices, 0) + ways)
        return bend.bent(self.layer.points.take(vertices, 0) + ways, weights)

    def given(self, sample: int) -> Array:
        """(V, 3) where all of what hangs is."""
        assert self.frames is not None
        return np.asarray(self.frames[sample] + self.ways.get(sample, 0.0))

    def hanging(self) -> Array:
        """(T, V, 3) what hangs, once all of it has given way."""
        assert self.frames is not None
        found = self.frames
        if self.ways:
            dents = self.dents()
            found = found.copy()
            found[:, dents.vertices] += dents.ways
        return found

    def dents(self) -> Dents:
        """All of its ways."""
        vertices = np.flatnonzero(np.any([way.any(1) for way in self.ways.values()], axis=0))
        ways = np.zeros((len(self.bones), len(vertices), 3), np.float32)
        for sample, way in self.ways.items():
            ways[sample] = way[vertices]
        for first, last in itertools.pairwise(_looked_at(len(ways))):
            farther = (abs(ways[first]).sum(1) > abs(ways[last]).sum(1))[:, None]
            ways[first + 1 : last] = np.where(farther, ways[first], ways[last])
        return Dents(vertices.astype(np.int32), ways)


def _looked_at(count: int) -> list[int]:
    """Those of so many samples that are looked at."""
    return sorted({*range(0, count, _EVERY), count - 1})


def give_way(
    worn: Sequence[Garment],
    physique: Physique,
    bones: Bones,
    at_ease: Bend,
    cloth: Mapping[str, Array],
) -> tuple[dict[str, Array], dict[str, Dents]]:
    """Hanging cloth by garment (T, V, 3), and what of all else gives way, once it has.

    worn: from the skin outward. bones: of what the body does. at_ease: the pose in which they cover what they
    are to cover.
    """
    layers = [Layer.of_skin(worn, physique), *(Layer.of(garment, physique.rig) for garment in worn)]
    ease = [at_ease.bent(layer.points, layer.weights) for layer in layers]
    parts = [_Part(layer, bones, cloth.get(layer.name)) for layer in layers]
    for outer in reversed(range(1, len(layers))):
        frames = parts[outer].frames
        if frames is None:
            continue
        cover = Cover.of(layers[outer], ease[outer])
        inside = [i for i in range(len(layers)) if i != outer and layers[i].level <= layers[outer].level]
        found = [(i, Below.of(cover, layers[i], ease[i], physique)) for i in inside]
        for sample in _looked_at(len(frames)):
            over = cover.at(parts[outer].given(sample))
            for inner, below in found:
                if below is not None:
                    parts[inner].give(sample, below, over, _DEEPER_M * max(outer - inner - 1, 0))
    hanging = {one.layer.name: one.hanging() for one in parts if one.frames is not None}
    return hanging, {one.layer.name: one.dents() for one in parts if one.ways and one.frames is None}
