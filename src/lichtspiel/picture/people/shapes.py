"""Face shapes as Blender shape keys, and a performance's weights on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.picture import animate
from lichtspiel.picture.people.dents import Dent
from lichtspiel.take import Performance

_STILL = 1e-4
_SHOWN = 1e-3

Shapes = Mapping[str, tuple[IntArray, Array]]
"""Face shape → vertices (N,) of a mesh and their deltas (N, 3) in metres."""


def shown(performance: Performance) -> tuple[str, ...]:
    """Face shapes that the performance ever uses."""
    return tuple(name for name, weights in performance.face.items() if np.max(weights) > _SHOWN)


def compacted(shapes: Shapes, kept: IntArray, vertices: int) -> dict[str, tuple[IntArray, Array]]:
    """The shapes of a mesh of which only the vertices `kept` (N,) are left, in that order."""
    place = np.full(vertices, -1, np.int32)
    place[kept] = np.arange(len(kept))
    found = {}
    for name, (index, deltas) in shapes.items():
        here = place[index]
        if (here >= 0).any():
            found[name] = (here[here >= 0], deltas[here >= 0])
    return found


def add_shapes(
    thing: Any, shapes: Shapes, performance: Performance, count: int, times: Array, dents: Iterable[Dent] = ()
) -> None:
    """Give a mesh object these shapes, keyed as the performance has them at these world times, and dents."""
    faces = [performance.face_at(float(time)) for time in times] if shapes else []
    frames = animate.key_frames(count)
    keyed = _Keyed(thing)
    for name, (index, deltas) in shapes.items():
        weights = np.array([[face.get(name, 0.0)] for face in faces])
        keyed.add(name, index, deltas, frames, weights)
    for dent in dents:
        # It grows from the frame before and is gone in the next, which has its own.
        around = dent.frame + np.array([-1.0, 0.0, 1.0])
        keyed.add(f"dent {dent.frame}", dent.vertices, dent.ways, around, np.array([[0.0], [1.0], [0.0]]))


class _Keyed:
    """The shape keys of a mesh object, made when the first is added."""

    def __init__(self, thing: Any) -> None:
        self._thing = thing
        vertices = np.empty(len(thing.data.vertices) * 3, np.float32)
        thing.data.vertices.foreach_get("co", vertices)
        self._rest = vertices.reshape(-1, 3)
        self._curves: Any = None

    def add(self, name: str, index: IntArray, deltas: Array, frames: Array, values: Array) -> None:
        """One that moves vertices (N,) by deltas (N, 3), with values (K, 1) at frames (K,)."""
        if self._thing.data.shape_keys is None:
            self._thing.shape_key_add(name="rest", from_mix=False)
        moved = self._rest.copy()
        moved[index] += deltas.astype(np.float32)
        block = self._thing.shape_key_add(name=name, from_mix=False)
        block.data.foreach_set("co", moved.ravel())
        block.value = float(values[0, 0])
        if np.ptp(values) > _STILL:
            self._curves = self._curves or animate.curves_of(self._thing.data.shape_keys, "KEY")
            animate.key(self._curves, f'key_blocks["{name}"].value', frames, values)
