"""Points that bones carry, bent into a pose and back again: as `rig.skinned`, for shares in a matrix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.clothes.sewing import Weights
from lichtspiel.library.people.rig import Rig, bones_posed, rotate


@dataclass(frozen=True, eq=False)
class Bend:
    """A pose: matrices (B, 3, 3) and shifts (B, 3) that bones move points at rest by."""

    matrices: Array
    shifts: Array

    @classmethod
    def of(cls, rig: Rig, heads: Array, turns: Array) -> Bend:
        """Of bones that are where `bones_posed` says."""
        axes = rotate(turns[:, None, :], np.eye(3)[None])
        matrices = np.swapaxes(axes, 1, 2)
        return cls(matrices, heads - np.einsum("bij,bj->bi", matrices, rig.heads))

    def bent(self, points: Array, weights: Weights) -> Array:
        """Points (N, 3) of the rest pose as they are in this one; weights (N, B)."""
        turn, shift = self._blended(weights)
        return np.asarray(np.einsum("nij,nj->ni", turn, points) + shift)

    def at_rest(self, points: Array, weights: Weights) -> Array:
        """Points (N, 3) of this pose, carried back to the rest pose."""
        turn, shift = self._blended(weights)
        return np.asarray(np.linalg.solve(turn, (points - shift)[..., None])[..., 0])

    def turned_back(self, vectors: Array, weights: Weights) -> Array:
        """Vectors (N, 3) of this pose, as they are at rest."""
        turn, _ = self._blended(weights)
        return np.asarray(np.linalg.solve(turn, vectors[..., None])[..., 0])

    def _blended(self, weights: Weights) -> tuple[Array, Array]:
        both = np.asarray(weights @ np.concatenate([self.matrices.reshape(-1, 9), self.shifts], 1))
        return both[:, :9].reshape(-1, 3, 3), both[:, 9:]


def bends(rig: Rig, poses: Array) -> Iterator[Bend]:
    """Poses (P, B, 4) one after the other."""
    heads, turns = bones_posed(rig, np.zeros(3), poses)
    for head, turn in zip(heads, turns, strict=True):
        yield Bend.of(rig, head, turn)
