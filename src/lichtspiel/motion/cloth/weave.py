"""The bonds of a piece of cloth of any shape: what keeps its threads together, and off what it hangs from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.motion.cloth.coarse import edges

_TETHERED = 0.9
"""Pinned by at least this much, a vertex holds those below it."""
_STRAIGHT = -0.8
"""Most cosine between two threads at a vertex that go on from one to the other."""
_ACROSS, _DOWN = 0.42, 0.91
"""Cosines to the plumb line between which a bond runs aslant."""
_SLACK = 1.02
"""Woven cloth stretches by some two parts in a hundred under its own weight."""


@dataclass(frozen=True, eq=False)
class Bonds:
    """Pairs of vertices with the distance between them at rest."""

    first: IntArray
    second: IntArray
    length: Array


@dataclass(frozen=True, eq=False)
class Weave:
    """threads: bonds that keep their length. aslant: bonds that give way to shear. across: bonds against
    bending.

    tether_to: (V,) the holding vertex that each one hangs from, and the most it can be away from it.
    """

    threads: Bonds
    aslant: Bonds
    across: Bonds
    tether_to: IntArray
    tether_m: Array
    triangles: IntArray
    """(F, 3) for areas and normals."""


def weave(triangles: IntArray, shape: Array, pinned: Array) -> Weave:
    """Bonds of cloth of triangles (F, 3) whose vertices (V, 3) are relaxed, and pinned (V,) by so much.

    Cloth hangs on its grain: what runs down or across is a thread, and it gives way aslant.
    """
    sides = edges(triangles)
    away = shape[sides[:, 1]] - shape[sides[:, 0]]
    down = np.abs(away[:, 2]) / np.maximum(np.linalg.norm(away, axis=1), 1e-9)
    aslant = (down > _ACROSS) & (down < _DOWN)
    across = np.unique(np.sort(_across(sides, len(shape), shape), axis=1), axis=0)
    to, reach = _tethers(sides, shape, pinned)
    return Weave(
        _bonds(sides[~aslant], shape), _bonds(sides[aslant], shape), _bonds(across, shape), to, reach,
        triangles,
    )  # fmt: skip


def _bonds(pairs: IntArray, shape: Array) -> Bonds:
    first, second = pairs[:, 0], pairs[:, 1]
    return Bonds(first, second, np.linalg.norm(shape[second] - shape[first], axis=1))


def _across(edges: IntArray, count: int, shape: Array) -> IntArray:
    """Pairs of vertices with one between them in nearly a straight line: they resist bending."""
    ends = np.concatenate([edges, edges[:, ::-1]])
    ends = ends[np.lexsort((ends[:, 1], ends[:, 0]))]
    degree = np.bincount(ends[:, 0], minlength=count)
    slot = np.arange(len(ends)) - np.repeat(np.cumsum(degree) - degree, degree)
    around = np.full((count, int(degree.max(initial=1))), -1)
    around[ends[:, 0], slot] = ends[:, 1]
    away = np.where(around[..., None] >= 0, shape[around] - shape[:, None], 0.0)
    away /= np.maximum(np.linalg.norm(away, axis=-1, keepdims=True), 1e-9)
    vertex, first, second = np.nonzero(np.triu(away @ away.swapaxes(1, 2) < _STRAIGHT))
    return np.stack([around[vertex, first], around[vertex, second]], 1).astype(np.int32)


def _tethers(edges: IntArray, shape: Array, pinned: Array) -> tuple[IntArray, Array]:
    length = np.linalg.norm(shape[edges[:, 1]] - shape[edges[:, 0]], axis=1)
    graph = sparse.csr_array((length, (edges[:, 0], edges[:, 1])), (len(shape), len(shape)))
    holders = np.flatnonzero(pinned >= _TETHERED)
    reach, _, source = csgraph.dijkstra(
        graph, directed=False, indices=holders, min_only=True, return_predecessors=True
    )
    # Pieces that hang from nothing are held by themselves.
    alone = ~np.isfinite(reach)
    to = np.where(alone, np.arange(len(shape)), source)
    return to.astype(np.int32), np.where(alone, np.inf, reach * _SLACK)
