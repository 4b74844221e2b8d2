"""Cloth that has been drawn apart goes back together: no thread is longer than woven cloth lets it be.

Where two neighbours are pushed off different sides of a leg, what is between them would be torn. Pulls on
threads that are too long are shared out between all that meet (Provot, 1995), some rounds of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array, IntArray

Fine = NDArray[np.floating]
_MOST = 1.4
"""Times its length that a thread can be."""
_THICK_M = 0.002
"""The same in metres, of those that are shorter than cloth is thick."""
_ROUNDS, _FURTHER = 20, 1.8
"""Times that threads pull, and how much of what they lack: each spoils some of what the others did."""


@dataclass(frozen=True, eq=False)
class Strain:
    """Threads between vertices first and second (E,), the most that each of them can be long (E,), and how
    freely vertices (V,) move, from 0 to 1."""

    first: IntArray
    second: IntArray
    most_m: Fine
    loose: Fine

    @classmethod
    def of(cls, triangles: IntArray, shape: Array, loose: Array) -> Strain:
        """Of cloth of triangles (F, 3) whose vertices (V, 3) are relaxed."""
        edges = np.unique(np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1), axis=0)
        first, second = edges[(loose[edges] > 0).any(1)].T.copy()
        length = np.linalg.norm(shape[second] - shape[first], axis=1)
        most = np.maximum(_MOST * length, length + _THICK_M)
        return cls(first, second, most.astype(np.float32), np.maximum(loose, 0).astype(np.float32))

    def limit(self, cloth: Fine) -> None:
        """Move vertices at places (V, 3) until hardly any thread is too long."""
        over, ways = self._too_long(np.arange(len(self.first)), cloth)
        for _ in range(_ROUNDS):
            if not len(over):
                return
            moved = np.zeros(len(cloth), bool)
            moved[self.first[over]] = moved[self.second[over]] = True
            vertices = np.flatnonzero(moved)
            slot = np.empty(len(cloth), np.int32)
            slot[vertices] = np.arange(len(vertices))
            ends = slot[np.concatenate([self.first[over], self.second[over]])]
            total = np.stack([np.bincount(ends, along) for along in ways.T], 1)
            cloth[vertices] += (_FURTHER / np.maximum(np.bincount(ends), _FURTHER))[:, None] * total
            # What has not moved is as long as before.
            over, ways = self._too_long(np.flatnonzero(moved[self.first] | moved[self.second]), cloth)

    def _too_long(self, some: NDArray[np.integer], cloth: Fine) -> tuple[NDArray[np.integer], Fine]:
        """Which of some threads (K,) are too long (E,), and how far they would pull all their first ends and
        then all their second ones (2E, 3)."""
        at = np.ascontiguousarray(cloth.T)
        first, second = self.first[some], self.second[some]
        apart = at.take(second, 1) - at.take(first, 1)
        size = np.sqrt(apart[0] * apart[0] + apart[1] * apart[1] + apart[2] * apart[2])
        over = np.flatnonzero(size > self.most_m[some])
        one, two = self.loose[first[over]], self.loose[second[over]]
        pull = apart[:, over] * ((1 - self.most_m[some[over]] / size[over]) / np.maximum(one + two, 1e-6))
        return some[over], np.concatenate([pull * one, -pull * two], 1).T
