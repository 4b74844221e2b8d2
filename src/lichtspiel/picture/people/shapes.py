"""Face shapes as Blender shape keys, and a performance's weights on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.picture import animate
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


def add_shapes(thing: Any, shapes: Shapes, performance: Performance, count: int, times: Array) -> None:
    """Give a mesh object these shapes and key them as the performance has them at these world times."""
    if not shapes:
        return
    vertices = np.empty(len(thing.data.vertices) * 3, np.float32)
    thing.data.vertices.foreach_get("co", vertices)
    rest = vertices.reshape(-1, 3)
    thing.shape_key_add(name="rest", from_mix=False)
    faces = [performance.face_at(float(time)) for time in times]
    curves = None
    for name, (index, deltas) in shapes.items():
        moved = rest.copy()
        moved[index] += deltas.astype(np.float32)
        block = thing.shape_key_add(name=name, from_mix=False)
        block.data.foreach_set("co", moved.ravel())
        weights = np.array([[face.get(name, 0.0)] for face in faces])
        block.value = float(weights[0, 0])
        if np.ptp(weights) > _STILL:
            curves = curves or animate.curves_of(thing.data.shape_keys, "KEY")
            animate.key(curves, f'key_blocks["{name}"].value', animate.key_frames(count), weights)
