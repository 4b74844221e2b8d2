"""Cloth that has been drawn apart goes back together: no thread is longer than woven cloth lets it be.

Where two neighbours are pushed off different sides of a leg, what is between them would be torn. Pulls on
threads that are too long are shared out between all that meet (Provot, 1995), some rounds of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.motion.cloth.coarse import edges

Fine = NDArray[np.floating]
_MOST = 1.4
"""Times its length that a thread can be."""
_THICK_M = 0.002
"""The same in metres, of those that are shorter than cloth is thick."""
_ROUNDS, _FURTHER = 60, 1.8
"""Times that threads at most pull, and how much of what they lack: each spoils some of what others did."""
_HARDLY = 1.005
"""Times the most that it can be that the longest thread may still be."""


@dataclass(frozen=True, eq=False)
class Strain:
    """Threads between vertices first and second (E,), the most that each of them can be long (E,), and how
    freely vertices (V,) move, from 0 to 1."""

    first: IntArray
    second: IntArray
    most_m: Fine
    loose: Fine
    meeting: IntArray
    """(V, K) which threads meet at a vertex, and then E."""

    @classmethod
    def of(cls, triangles: IntArray, shape: Array, loose: Array) -> Strain:
        """Of cloth of triangles (F, 3) whose vertices (V, 3) are relaxed."""
        sides = edges(triangles)
        first, second = sides[(loose[sides] > 0).any(1)].T.copy()
        length = np.linalg.norm(shape[second] - shape[first], axis=1)
        most = np.maximum(_MOST * length, length + _THICK_M)
        meeting = _meeting(np.concatenate([first, second]), len(shape))
        return cls(first, second, most.astype(np.float32), np.maximum(loose, 0).astype(np.float32), meeting)

    def limit(self, cloth: Fine) -> None:
        """Move vertices at places (V, 3) until hardly any thread is too long."""
        some = np.arange(len(self.first))
        slot = np.empty(len(cloth), np.int32)
        for _ in range(_ROUNDS):
            over, longest, ways = self._too_long(some, cloth)
            if longest < _HARDLY:
                return
            ends = np.concatenate([self.first.take(over), self.second.take(over)])
            slot[ends] = np.arange(len(ends))
            # One of those that are the same, each.
            vertices = ends[slot[ends] == np.arange(len(ends))]
            slot[vertices] = np.arange(len(vertices))
            here = slot[ends]
            total = np.stack([np.bincount(here, along) for along in ways], 1)
            cloth[vertices] += (_FURTHER / np.maximum(np.bincount(here), _FURTHER))[:, None] * total
            # What has not moved is as long as before.
            again = np.zeros(len(self.first) + 1, bool)
            again[self.meeting[vertices]] = True
            some = np.flatnonzero(again[:-1])

    def _too_long(self, some: NDArray[np.integer], cloth: Fine) -> tuple[NDArray[np.integer], float, Fine]:
        """Which of some threads (K,) are too long (E,), the length of the longest of all in the most that it
        can have, and how far they would pull all their first ends and then all second ones (3, 2E)."""
        at = np.ascontiguousarray(cloth.T)
        apart = at.take(self.second.take(some), 1)
        apart -= at.take(self.first.take(some), 1)
        size = np.sqrt(apart[0] * apart[0] + apart[1] * apart[1] + apart[2] * apart[2])
        size /= self.most_m.take(some)
        long = np.flatnonzero(size > 1)
        over = some.take(long)
        one, two = self.loose.take(self.first.take(over)), self.loose.take(self.second.take(over))
        share = (1 - 1 / size.take(long)) / np.maximum(one + two, 1e-6)
        pull = apart.take(long, 1) * share
        ways = np.concatenate([pull * one, -pull * two], 1)
        return over, float(size.max(initial=0.0)), ways


def _meeting(ends: IntArray, count: int) -> IntArray:
    """(V, K) which threads meet at each of so many vertices, and E where there are no more; ends: (2E,) first
    ones of all threads and then second ones."""
    threads, order = len(ends) // 2, np.argsort(ends, kind="stable")
    number = np.bincount(ends, minlength=count)
    found = np.full((count, number.max(initial=0)), threads, np.int32)
    place = np.arange(len(ends)) - np.repeat(np.cumsum(number) - number, number)
    found[ends[order], place] = order % threads
    return found
