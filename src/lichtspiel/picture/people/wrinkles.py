"""Wrinkles of cloth that is worn: soft folds that hang, drag lines aslant to them, quiet places between.

They are in the normals of a garment, where they cost nothing to render: finer than its silhouette shows,
and carried along by whatever moves its vertices.
"""

from __future__ import annotations

import itertools
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
_STEP_M = 1e-3
_CELLS = 1024


def wrinkle(data: Any, share: Array, depth_m: float, width_m: float, seed: int) -> None:
    """Tilt the normals of a Blender mesh as wrinkles of such depth and width would.

    share: (V,) how much of it each vertex has; the mesh is at rest, x to the left, z up, in metres.
    """
    points, normals = np.empty((2, len(data.vertices), 3), np.float32)
    data.vertices.foreach_get("co", points.ravel())
    data.vertex_normals.foreach_get("vector", normals.ravel())
    places = points.astype(float)
    here = heights(places, width_m, seed)
    slope = np.stack([heights(places + way, width_m, seed) - here for way in _STEP_M * np.eye(3)], 1)
    slope *= (depth_m * share / _STEP_M)[:, None]
    along = slope - (slope * normals).sum(1, keepdims=True) * normals
    tilted = normals - along
    tilted /= np.linalg.norm(tilted, axis=1, keepdims=True)
    data.normals_split_custom_set_from_vertices(tilted.astype(np.float32))


def heights(points: Array, width_m: float, seed: int) -> Array:
    """(N,) heights of wrinkles, 0 … 1, at points (N, 3) of cloth at rest."""
    rng = np.random.default_rng(seed)
    x, y, z = points.T.astype(float)
    aside = np.abs(x)
    # The second keeps the left from mirroring the right.
    aslant = np.stack([aside + _SLANT * z, y + 2.0 * x, z - aside], 1)
    sort = noise(points / _QUIET_M, rng)
    hanging = _step(noise(points * _HANGING / width_m, rng), -0.12, 0.35) * (1 - _step(sort, -0.25, 0.12))
    dragged = _step(noise(aslant * _DRAGGED / width_m, rng), -0.1, 0.35) * _step(sort, -0.08, 0.28)
    return np.asarray(np.maximum(hanging, dragged))


def noise(points: Array, rng: Generator) -> Array:
    """(N,) gradient noise, mostly between -0.5 and 0.5, at points (N, 3) (Perlin, 2002)."""
    slopes = rng.normal(size=(_CELLS, 3))
    slopes /= np.linalg.norm(slopes, axis=1, keepdims=True)
    shuffled = rng.permutation(_CELLS)
    cell = np.floor(points).astype(int)
    inside = points - cell
    eased = inside**3 * (inside * (inside * 6 - 15) + 10)
    total = np.zeros(len(points))
    for corner in itertools.product((0, 1), repeat=3):
        own = np.zeros(len(points), int)
        for axis in range(3):
            own = shuffled[(own + cell[:, axis] + corner[axis]) % _CELLS]
        total += np.where(corner, eased, 1 - eased).prod(1) * ((inside - corner) * slopes[own]).sum(1)
    return total


def _step(value: Array, low: float, high: float) -> Array:
    """Smooth step from 0 at `low` to 1 at `high`."""
    t = np.clip((value - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3 - 2 * t))
