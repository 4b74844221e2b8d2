"""What gives way to the cloth that hangs over it: skin and inner clothes, where they would come through.

In a hip that is bent, layers press each other flat; bodies that are simulated over do not. So what a garment
covers where somebody stands at ease, and what stands out of it all the same once it has been solved for, is
drawn in to just below it, and what is around it with it. What has come out from below a hem or through a slit
stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.clothes.bending import Bend
from lichtspiel.library.people.figure import Garment
from lichtspiel.library.people.physique import Physique
from lichtspiel.motion.carried import Bones, part
from lichtspiel.motion.covering import Below, Cover, Draped, Layer, Mask
from lichtspiel.take import Dents

_DEEPER_M = 0.001
"""How much deeper each layer gives way than the one over it."""
_STANDS_OUT_M = -0.0005
_TIMES = 2
"""Times that all that stands out gives way: what is around it turns with it."""
_EVERY = 2
"""Samples from one in which probes are looked at to the next."""
_AT_ONCE = 32
"""Samples of which probes are worked out together."""


@dataclass(eq=False)
class _Part:
    """A layer through a performance: frames (T, V, 3) of what hangs, else how it gives way, sample → (V, 3)
    metres at rest."""

    layer: Layer
    bones: Bones
    frames: Array | None
    ways: dict[int, Array] = field(default_factory=dict)

    def probes(self, vertices: IntArray, first: int, last: int) -> Array:
        """(T, K, 3) some vertices at every so many samples of a stretch, before they give way."""
        if self.frames is not None:
            return self.frames[first:last:_EVERY, vertices]
        some = part(self.layer.skin, vertices)
        return self.bones.stretch(first, last, _EVERY).carry(some, self.layer.points[vertices])

    def give(self, sample: int, below: Below, over: Draped, near: Mask, deeper_m: float) -> None:
        """Let what of it is below cloth, and near to where it stands out of it, give way."""
        rows, bend = np.flatnonzero(near & below.leads), Bend(*self.bones.moves(sample))
        for _ in range(_TIMES):
            places = self._places(sample, below, bend)
            ways, covered = np.zeros((len(below.points), 3)), np.zeros(len(below.points))
            facing = below.facing(places)[rows]
            ways[rows], covered[rows] = over.ways(places[below.slots[rows]], facing, deeper_m)
            if not ways.any():
                return
            self._move(sample, below.points, below.spread(ways, covered), bend)

    def _move(self, sample: int, vertices: IntArray, ways: Array, bend: Bend) -> None:
        """Move some vertices (K,) by ways (K, 3)."""
        if self.frames is not None:
            self.frames[sample, vertices] += ways
            return
        moved = np.flatnonzero(ways.any(1))
        vertices = vertices[moved]
        total = self.ways.setdefault(sample, np.zeros_like(self.layer.points))
        total[vertices] += bend.turned_back(ways[moved], self.layer.weights[vertices])

    def _places(self, sample: int, below: Below, bend: Bend) -> Array:
        """(N, 3) where the vertices of what is below are now."""
        if self.frames is not None:
            return np.asarray(self.frames[sample, below.vertices])
        rest = self.layer.points[below.vertices]
        if sample in self.ways:
            rest = rest + self.ways[sample][below.vertices]
        return bend.bent(rest, below.weights)

    def dents(self) -> Dents:
        """All of its ways."""
        vertices = np.flatnonzero(np.any([way.any(1) for way in self.ways.values()], axis=0))
        ways = np.zeros((len(self.bones), len(vertices), 3), np.float32)
        for sample, way in self.ways.items():
            ways[sample] = way[vertices]
        return Dents(vertices.astype(np.int32), ways)


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
        for inner, layer in enumerate(layers):
            if inner == outer or layer.level > layers[outer].level:
                continue
            below = Below.of(cover, layer, ease[inner], physique)
            if below is not None:
                _press(cover, frames, below, parts[inner], _DEEPER_M * max(outer - inner - 1, 0))
    hanging = {one.layer.name: one.frames for one in parts if one.frames is not None}
    return hanging, {one.layer.name: one.dents() for one in parts if one.ways}


def _press(cover: Cover, frames: Array, below: Below, inner: _Part, deeper_m: float) -> None:
    """Let what is below a garment at frames (T, V, 3) give way to it at all samples."""
    probes = below.points[below.probes]
    pressed = np.zeros((0, len(probes)), bool)
    for first in range(0, len(frames), _AT_ONCE):
        places = inner.probes(probes, first, first + _AT_ONCE)
        for place, sample in zip(places, range(first, len(frames), _EVERY), strict=False):
            out, near, _ = cover.at(frames[sample]).over(place)
            pressed = np.concatenate([pressed, (near & (out > _STANDS_OUT_M))[None]])
    for sample in range(len(frames)):
        looks = pressed[sample // _EVERY : -(-sample // _EVERY) + 1].any(0)
        if looks.any():
            inner.give(sample, below, cover.at(frames[sample]), below.near(looks), deeper_m)
