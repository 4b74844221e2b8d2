"""Wrinkles of cloth that is worn: soft folds that hang, drag lines aslant to them, quiet places between.

They are in the normals of a garment, where they cost nothing to render: finer than its silhouette shows,
and carried along by whatever moves its vertices.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lichtspiel.library.asset import Array

Generator = np.random.Generator

_HANGING = np.array([1.0, 1.0, 0.22])
"""Folds that hang are longer down the body than across it."""
_SLANT = 0.75
"""Drag lines fall by so much outward: from the shoulders to the sides, round the sleeves."""
_DRAGGED = np.array([1.0, 0.4, 0.3])
_QUIET_M = 0.17
"""Distance between places with many wrinkles and with few."""
_LEAST_M = 1e-3
"""Slopes are taken over twice as much at least."""
_CELLS = 1024


def wrinkle(data: Any, share: Array, depth_m: float, width_m: float, seed: int) -> None:
    """Tilt the normals of a Blender mesh as wrinkles of such depth and width would.

    share: (V,) how much of it each vertex has; the mesh is at rest, x to the left, z up, in metres.
    A wrinkle's slope is taken from one neighbour to the other: one that is finer than the mesh would tilt
    each vertex as it likes, and light from the side would draw saws.
    """
    points, normals = np.empty((2, len(data.vertices), 3), np.float32)
    data.vertices.foreach_get("co", points.ravel())
    data.vertex_normals.foreach_get("vector", normals.ravel())
    places = points.astype(float)
    sort = quietness(places, seed)
    step = spacing(data, places)
    steep = depth_m * share / (2 * step)
    tilted = normals.astype(float)
    for way in _across(tilted):
        off = step[:, None] * way
        rise = heights(places + off, sort, width_m, seed) - heights(places - off, sort, width_m, seed)
        tilted = tilted - (steep * rise)[:, None] * way
    tilted /= np.linalg.norm(tilted, axis=1, keepdims=True)
    data.normals_split_custom_set_from_vertices(tilted.astype(np.float32))


def spacing(data: Any, places: Array) -> Array:
    """(V,) metres from each vertex of a Blender mesh, which lie at `places`, to its neighbours on average."""
    ends = np.empty(2 * len(data.edges), np.int32)
    data.edges.foreach_get("vertices", ends)
    length = np.repeat(np.linalg.norm(np.subtract(*places[ends.reshape(-1, 2).T]), axis=1), 2)
    count = np.maximum(np.bincount(ends, minlength=len(places)), 1)
    return np.maximum(np.bincount(ends, length, len(places)) / count, _LEAST_M)


def _across(normals: Array) -> tuple[Array, Array]:
    """Two unit vectors (N, 3) in the surface, at right angles."""
    aside = np.where(np.abs(normals[:, :1]) < 0.8, [[1.0, 0.0, 0.0]], [[0.0, 1.0, 0.0]])
    first = np.cross(normals, aside)
    first /= np.maximum(np.linalg.norm(first, axis=1, keepdims=True), 1e-9)
    return first, np.cross(normals, first)


def quietness(points: Array, seed: int) -> Array:
    """(N,) sort of wrinkles that cloth has at points (N, 3), -0.5 … 0.5: low hangs, high is dragged."""
    return noise(points / _QUIET_M, np.random.default_rng((seed, 1)))


def heights(points: Array, sort: Array, width_m: float, seed: int) -> Array:
    """(N,) heights of wrinkles, 0 … 1, at points (N, 3) of cloth at rest. sort: as `quietness` has it."""
    rng = np.random.default_rng(seed)
    x, y, z = points.T
    aside = np.abs(x)
    # The second keeps the left from mirroring the right.
    aslant = np.stack([aside + _SLANT * z, y + 2.0 * x, z - aside], 1)
    hanging = _step(noise(points * _HANGING / width_m, rng), -0.12, 0.35) * (1 - _step(sort, -0.25, 0.12))
    dragged = _step(noise(aslant * _DRAGGED / width_m, rng), -0.1, 0.35) * _step(sort, -0.08, 0.28)
    return np.asarray(np.maximum(hanging, dragged))


def noise(points: Array, rng: Generator) -> Array:
    """(N,) gradient noise, mostly between -0.5 and 0.5, at points (N, 3) (Perlin, 2002)."""
    slopes = rng.normal(size=(_CELLS, 3))
    slopes /= np.linalg.norm(slopes, axis=1, keepdims=True)
    shuffled = rng.permutation(_CELLS)
    cell = np.floor(points).astype(int)
    x, y, z = (points - cell).T
    u, v, w = (t**3 * (t * (t * 6 - 15) + 10) for t in (x, y, z))
    total = np.zeros(len(points))
    for i in (0, 1):
        column = shuffled[(cell[:, 0] + i) % _CELLS]
        for j in (0, 1):
            row = shuffled[(column + cell[:, 1] + j) % _CELLS]
            share = (u if i else 1 - u) * (v if j else 1 - v)
            for k in (0, 1):
                slope = slopes[shuffled[(row + cell[:, 2] + k) % _CELLS]]
                rise = slope[:, 0] * (x - i) + slope[:, 1] * (y - j) + slope[:, 2] * (z - k)
                total += share * (w if k else 1 - w) * rise
    return total


def _step(value: Array, low: float, high: float) -> Array:
    """Smooth step from 0 at `low` to 1 at `high`."""
    t = np.clip((value - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3 - 2 * t))
