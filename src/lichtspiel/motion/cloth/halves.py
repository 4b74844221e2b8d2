"""Places half way between two vertices of a sheet, which what it lies on must not come through either."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import IntArray
from lichtspiel.motion.cloth.coarse import edges

Fine = NDArray[np.floating]
_FINE = np.float32
DEEP_M, ASIDE_M = 0.1, 0.05
"""How far below a point that it lies on, and how far beside it, cloth is still held off by it."""


@dataclass(frozen=True, eq=False)
class Halves:
    """Places half way between two vertices that are solved for: what is smaller than the distance between
    them must not come through there."""

    first: IntArray
    second: IntArray
    clearance: Fine
    free: Fine
    """(V,) 1 where a vertex is free, else 0."""

    @classmethod
    def of(cls, triangles: IntArray, free: Fine, clearance: Fine) -> Halves:
        """Of the edges of triangles (F, 3) of which some vertices (V,) are free (1) and some are not (0)."""
        sides = edges(triangles)
        first, second = sides[free[sides].any(1)].T.copy()
        return cls(first, second, np.minimum(clearance[first], clearance[second]), free)

    def some(self, chosen: NDArray[np.integer]) -> Halves:
        """Some of them."""
        return Halves(
            self.first.take(chosen), self.second.take(chosen), self.clearance.take(chosen), self.free
        )

    def places(self, place: Fine) -> Fine:
        """(N, 3) where they are when the vertices are at places (V, 3)."""
        return np.asarray((place.take(self.first, 0) + place.take(self.second, 0)) * _FINE(0.5))

    def keep_off(self, place: Fine, points: Fine, normals: Fine) -> None:
        """Move the vertices at places (V, 3) so that these keep off points (N, 3) near to each."""
        hit, depth = held_off(self.places(place), self.clearance, points, normals)
        if len(hit):
            ends = np.concatenate([self.first.take(hit), self.second.take(hit)])
            push = np.tile(depth * normals.take(hit, 0).T, 2)
            count = len(place)
            share = self.free / np.maximum(np.bincount(ends, minlength=count), 1)
            for axis in range(3):
                place[:, axis] += share * np.bincount(ends, push[axis], count)


def held_off(places: Fine, clearance: Fine, points: Fine, normals: Fine) -> tuple[NDArray[np.integer], Fine]:
    """Which of some places (K, 3) are nearer to a surface than they should, each at a point (K, 3) of it,
    and by how much."""
    apart = places - points
    height = along(apart, normals)
    aside = along(apart, apart) - height * height
    hit = np.flatnonzero((height < clearance) & (aside < ASIDE_M**2) & (height > -DEEP_M))
    return hit, clearance.take(hit) - height.take(hit)


def along(first: Fine, second: Fine) -> Fine:
    """(N,) products of vectors (N, 3) with others: for few numbers each, faster than any sum over an axis."""
    (a, b, c), (x, y, z) = first.T, second.T
    return np.asarray(a * x + b * y + c * z)
