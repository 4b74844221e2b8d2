"""The contacts of a run, step by step, gathered by pairs of faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array
from lichtspiel.physics.contact import Contacts
from lichtspiel.physics.mechanism import Face, Mechanism

_CHUNK_STEPS = 256
"""Steps that are condensed at once: few enough for their contacts to stay in the processor's cache."""


@dataclass(frozen=True, eq=False)
class Trace:
    """What two faces did to each other: one row for every step in which they touched. N rows.

    Normals point from the first face to the second.
    """

    first: Face
    second: Face
    step: NDArray[np.int64]
    stride: NDArray[np.int64]
    """How many steps a row stands for: one, or as many as were taken at once."""
    force: Array
    """Sum of the normal forces, N."""
    approach: Array
    """Fastest approach of all points, m/s; negative when all part."""
    depth: Array
    """Of that point, m."""
    position: Array
    """(N, 3) of that point."""
    normal: Array
    """(N, 3)"""
    slip: Array
    """Mean slip by force, m/s."""
    fast_slip: Array
    """Slip of the point that approaches fastest, m/s."""
    travel: Array
    """Speed at which the point of contact rolls along, m/s; mean by force."""


@dataclass
class ContactLog:
    """Collects contacts; long runs are condensed as they go."""

    faces: Sequence[Face]
    _raw: list[tuple[NDArray[Any], ...]] = field(default_factory=list)
    _steps: int = 0
    _rows: list[tuple[NDArray[np.int64], Array]] = field(default_factory=list)

    def add(self, step: int, stride: int, mechanism: Mechanism, contacts: Contacts, force: Array) -> None:
        """Add the contacts of `stride` steps taken at once, with their normal forces."""
        self._raw.append(
            (
                np.full((len(force), 2), (step, stride)),
                mechanism.geom_face[contacts.geoms],
                mechanism.geom_radius[contacts.geoms],
                contacts.depth,
                contacts.normal,
                contacts.position,
                contacts.motion,
                force,
            )
        )
        if len(self._raw) >= _CHUNK_STEPS:
            self.condense()

    def traces(self) -> list[Trace]:
        """Everything so far, by pairs of faces in the order of the faces."""
        self.condense()
        if not self._rows:
            return []
        keys = np.concatenate([k for k, _ in self._rows])
        values = np.concatenate([v for _, v in self._rows])
        pair = keys[:, 1] * len(self.faces) + keys[:, 2]
        order = np.lexsort((keys[:, 0], pair))
        keys, values, pair = keys[order], values[order], pair[order]
        bounds = [0, *(np.flatnonzero(np.diff(pair)) + 1).tolist(), len(pair)]
        traces = []
        for low, high in pairwise(bounds):
            rows = values[low:high]
            traces.append(
                Trace(
                    self.faces[keys[low, 1]],
                    self.faces[keys[low, 2]],
                    keys[low:high, 0],
                    keys[low:high, 3],
                    force=rows[:, 0],
                    approach=rows[:, 1],
                    depth=rows[:, 2],
                    position=rows[:, 3:6],
                    normal=rows[:, 6:9],
                    slip=rows[:, 9],
                    fast_slip=rows[:, 10],
                    travel=rows[:, 11],
                )
            )
        return traces

    def condense(self) -> None:
        """Bring the contacts so far into few numbers for each step and pair."""
        if not self._raw:
            return
        steps, faces, radius, depth, normal, position, motion, force = (
            np.concatenate(column) for column in zip(*self._raw, strict=True)
        )
        self._raw.clear()
        swapped = faces[:, 0] > faces[:, 1]
        faces = np.sort(faces, axis=1)
        normal = np.where(swapped[:, None], -normal, normal)
        approach = -motion[:, 0]
        slip = np.hypot(motion[:, 1], motion[:, 2])
        travel = np.hypot(motion[:, 4], motion[:, 5]) * radius.max(axis=1)
        # The first row of every step and pair is the point that approaches fastest.
        count = len(self.faces)
        key = (steps[:, 0] * count + faces[:, 0]) * count + faces[:, 1]
        order = np.lexsort((-approach, key))
        first = np.flatnonzero(np.diff(key[order], prepend=-1))
        weight = force[order]
        total = np.add.reduceat(weight, first)

        def mean(values: Array) -> Array:
            summed = np.add.reduceat(values[order] * weight, first)
            plain = values[order][first]
            return np.where(total > 0, summed / np.maximum(total, 1e-12), plain)

        lead = order[first]
        rows = np.column_stack(
            [
                total,
                approach[lead],
                depth[lead],
                position[lead],
                normal[lead],
                mean(slip),
                slip[lead],
                mean(travel),
            ]
        )
        keys = np.column_stack([steps[:, 0], faces, steps[:, 1]])[lead]
        self._rows.append((keys, rows))
