"""How skin and clothes give way to what hangs over them: one shape key for each frame in which they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.take import Performance

_SEEN_M = 2e-4
"""Less than this is not seen to give way."""


@dataclass(frozen=True, eq=False)
class Dent:
    """Vertices (N,) of a mesh and their ways (N, 3) in metres, in a frame."""

    frame: int
    vertices: IntArray
    ways: Array


def dents(performance: Performance, layer: str, times: Array, kept: IntArray | None = None) -> Iterator[Dent]:
    """Of a layer in each frame. times: world seconds, two to a frame.

    kept: (V,) those of the layer's vertices that the mesh has, in rising order; None for all.
    """
    if layer not in performance.dents:
        return
    vertices = performance.dents[layer].vertices
    here = np.ones(len(vertices), bool) if kept is None else np.isin(vertices, kept)
    place = vertices[here] if kept is None else np.searchsorted(kept, vertices[here])
    for frame, middle_s in enumerate(times.reshape(-1, 2).mean(1).tolist()):
        ways = performance.dent_at(layer, middle_s)[here]
        if np.abs(ways).max(initial=0.0) > _SEEN_M:
            yield Dent(frame, place.astype(np.int32), ways)
