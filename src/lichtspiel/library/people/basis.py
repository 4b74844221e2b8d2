"""The base mesh, shape targets, rig and masks that every body is made of, from the `people` pack."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.packs import anny, store

PACK = "people"


@dataclass(frozen=True, eq=False)
class Basis:
    """What the pack holds. Vertices include helper geometry: eyes, teeth, tongue, lashes, tights, skirt."""

    arrays: Mapping[str, NDArray[Any]]
    """By file name, see lichtspiel.packs.anny."""

    @cached_property
    def vertices(self) -> Array:
        """(V, 3) metres, feet below zero; add targets, then put the soles on the ground."""
        return np.asarray(self.arrays["vertices"], np.float64)

    @property
    def faces(self) -> IntArray:
        """(F, 4) vertex indices, counter-clockwise from outside."""
        return np.asarray(self.arrays["faces"])

    @property
    def face_uv(self) -> IntArray:
        """(F, 4) rows of `uv`."""
        return np.asarray(self.arrays["face_uv"])

    @property
    def uv(self) -> Array:
        return np.asarray(self.arrays["uv"], np.float64)

    @cached_property
    def bone_names(self) -> tuple[str, ...]:
        return tuple(str(name) for name in self.arrays["bone_names"])

    @cached_property
    def macro(self) -> dict[str, Any]:
        """MakeHuman's table of what its main sliders blend."""
        table: dict[str, Any] = json.loads(self.arrays["macro_json"].tobytes())["macrotargets"]
        return table

    @cached_property
    def _targets(self) -> dict[str, int]:
        return {str(name): row for row, name in enumerate(self.arrays["target_names"])}

    @cached_property
    def target_names(self) -> tuple[str, ...]:
        return tuple(self._targets)

    def target(self, name: str) -> tuple[IntArray, Array]:
        """Vertices a target moves (N,) and by how much (N, 3) metres. Raises KeyError."""
        row = self._targets[name]
        low, high = self.arrays["target_offsets"][row : row + 2]
        deltas = np.asarray(self.arrays["target_deltas"][low:high], np.float64) * anny.DELTA_UNIT_M
        return np.asarray(self.arrays["target_index"][low:high]), deltas

    def group(self, name: str) -> IntArray:
        """Vertices of a group: body, helper-tights, helper-l-eye, joint-neck … Raises KeyError."""
        row = self._groups[name]
        low, high = self.arrays["group_offsets"][row : row + 2]
        return np.asarray(self.arrays["group_index"][low:high])

    @cached_property
    def _groups(self) -> dict[str, int]:
        return {str(name): row for row, name in enumerate(self.arrays["group_names"])}

    def faces_of(self, *groups: str) -> IntArray:
        """Indices of the faces of these groups, in the mesh's order."""
        names = [str(name) for name in self.arrays["face_group_names"]]
        wanted = [names.index(group) for group in groups]
        return np.flatnonzero(np.isin(self.arrays["face_group"], wanted)).astype(np.int32)

    def mask(self, name: str) -> NDArray[np.uint8]:
        """(1024, 1024) picture in the body's texture space: lips, fingernails, ears … Raises KeyError."""
        return np.asarray(self.arrays[f"mask_{name}"])

    def joint_points(self, end: str, vertices: Array) -> Array:
        """(B, 3) `head` or `tail` of every bone on a body of these vertices."""
        offsets = self.arrays[f"{end}_offsets"]
        points = vertices[self.arrays[f"{end}_index"]]
        sums = np.add.reduceat(points, offsets[:-1], axis=0)
        return np.asarray(sums / np.diff(offsets)[:, None])


@lru_cache(maxsize=1)
def load() -> Basis:
    """The installed basis, mapped from disk. Raises PackMissingError."""
    folder = store.content(PACK, "vertices.npy").parent
    return Basis({path.stem: np.load(path, mmap_mode="r") for path in sorted(folder.glob("*.npy"))})
