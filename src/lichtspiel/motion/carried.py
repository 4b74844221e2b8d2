"""Points that bones carry through a performance: what hangs on a body and what it hangs against."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.rig import Rig, Skin, bones_posed
from lichtspiel.motion import turns

_AT_ONCE = 8
"""Samples that are worked out together: what fits into a processor's cache."""


class Bones:
    """Where the bones of a rig are, as matrices (T, B, 3, 4) that move points at rest."""

    def __init__(self, rig: Rig, root: Array, pose: Array) -> None:
        heads, quats = bones_posed(rig, root, pose)
        self._rows = _matrices(rig, heads, quats).astype(np.float32)

    def __len__(self) -> int:
        return len(self._rows)

    def moves(self, sample: int) -> tuple[Array, Array]:
        """Matrices (B, 3, 3) and shifts (B, 3) that the bones move points at rest by, at a sample."""
        rows = self._rows[sample].astype(float)
        return rows[..., :3], rows[..., 3]

    def carry(self, skin: Skin, points: Array) -> Array:
        """Points (V, 3) at rest, where they are over time (T, V, 3), to some
        micrometres near the origin."""
        return self._moved(skin, np.concatenate([points, np.ones((len(points), 1))], 1))

    def turn(self, skin: Skin, vectors: Array) -> Array:
        """Vectors (V, 3) at rest as the bones turn them (T, V, 3), shorter where bones disagree."""
        return self._moved(skin, vectors)

    def _moved(self, skin: Skin, parts: Array) -> Array:
        """What the first columns of the matrices make of (V, 3) or (V, 4)."""
        count, slots = skin.bones.shape
        width = parts.shape[1]
        rows = np.repeat(np.arange(count), slots * width)
        columns = (skin.bones[..., None] * width + np.arange(width)).ravel()
        values = (skin.shares[..., None] * parts[:, None]).ravel()
        some = values != 0
        shape = (count, self._rows.shape[1] * width)
        blend = sparse.csr_array((values[some], (rows[some], columns[some])), shape).astype(np.float32)
        found = np.empty((len(self._rows), count, 3), np.float32)
        for first in range(0, len(self._rows), _AT_ONCE):
            matrices = self._rows[first : first + _AT_ONCE, ..., :width]
            moved = blend @ matrices.transpose(1, 3, 0, 2).reshape(blend.shape[1], -1)
            found[first : first + _AT_ONCE] = moved.reshape(count, len(matrices), 3).swapaxes(0, 1)
        return np.asarray(found)


def _matrices(rig: Rig, heads: Array, quats: Array) -> Array:
    w, x, y, z = np.moveaxis(quats, -1, 0)
    turn = np.empty((*quats.shape[:-1], 3, 4))
    turn[..., 0, 0] = 1 - 2 * (y * y + z * z)
    turn[..., 0, 1] = 2 * (x * y - w * z)
    turn[..., 0, 2] = 2 * (x * z + w * y)
    turn[..., 1, 0] = 2 * (x * y + w * z)
    turn[..., 1, 1] = 1 - 2 * (x * x + z * z)
    turn[..., 1, 2] = 2 * (y * z - w * x)
    turn[..., 2, 0] = 2 * (x * z - w * y)
    turn[..., 2, 1] = 2 * (y * z + w * x)
    turn[..., 2, 2] = 1 - 2 * (x * x + y * y)
    turn[..., 3] = heads - turns.turned(turn[..., :3], np.broadcast_to(rig.heads, heads.shape))
    return turn


def part(skin: Skin, vertices: IntArray) -> Skin:
    """The skin of some of the vertices, by index."""
    return Skin(skin.bones[vertices], skin.shares[vertices])
