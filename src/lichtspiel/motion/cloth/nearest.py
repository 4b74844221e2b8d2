"""Which points of what cloth lies on are nearest to it.

A body bends, and what is beside a point stays beside it. They are looked for among few that are spread over
the body, and then from point to point.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array

Fine = NDArray[np.floating]
Ints = NDArray[np.integer]
_BESIDE = 6
"""Points beside each."""
_SPREAD_M, _WAYS = 0.026, 2
"""Distance of the points among which the nearest is looked for first, and how often then beside it."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """beside: (K, P) for each of a body's points itself and those around it. spread: (S,) some that are
    spread over it."""

    beside: Ints
    spread: Ints

    @classmethod
    def of(cls, points: Array) -> Nearest:
        """Of points (P, 3) of a body at one moment."""
        _, beside = cKDTree(points).query(points, _BESIDE + 1)
        return cls(np.ascontiguousarray(beside.T.astype(np.int32)), spread_over(points, _SPREAD_M))

    def tree(self, points: Fine) -> cKDTree:
        """Of the points (P, 3), where they are now, those that are spread over the body."""
        return cKDTree(points[self.spread], balanced_tree=False, compact_nodes=False)

    def to(self, tree: cKDTree, points: Fine, places: Fine, within_m: float) -> tuple[Ints, Fine]:
        """Which of the points (P, 3) are nearest to places (K, 3), and how far they are; infinitely far where
        that is more than `within_m` and some."""
        away, found = tree.query(places, distance_upper_bound=within_m + _SPREAD_M)
        rows = np.flatnonzero(np.isfinite(away))
        near, far = np.zeros(len(places), np.intp), np.full(len(places), np.inf)
        near[rows], far[rows] = self.nearer(points, places[rows], self.spread[found[rows]])
        return near, far

    def nearer(self, points: Fine, places: Fine, near: Ints) -> tuple[Ints, Fine]:
        """The same, of those around points near (K,) to the places, from each to the one beside it."""
        rows, at, ahead = np.arange(len(places)), np.ascontiguousarray(points.T), places.T[:, None]
        far = np.zeros((1, len(places)))
        best = np.zeros(len(places), np.intp)
        for _ in range(_WAYS):
            beside = self.beside.take(near, 1)
            apart = at.take(beside, 1) - ahead
            far = apart[0] * apart[0] + apart[1] * apart[1] + apart[2] * apart[2]
            best = far.argmin(0)
            near = beside[best, rows]
        return near, np.sqrt(far[best, rows])


def spread_over(points: Array, apart_m: float) -> Ints:
    """Some of the points (P, 3), about so many metres apart: one of each such cell."""
    cells = np.floor(points / apart_m).astype(np.int64)
    if not len(cells):
        return np.zeros(0, int)
    cells -= cells.min(0)
    # One number for each cell sorts far faster than three.
    number = np.ravel_multi_index(tuple(cells.T), tuple(cells.max(0) + 1))
    _, first = np.unique(number, return_index=True)
    return np.sort(first)
