"""Points that bones carry through a performance: what hangs on a body and what it hangs against."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from lichtspiel.library.asset import Array
from lichtspiel.library.people.rig import Rig, Skin, bones_posed
from lichtspiel.motion import turns


class Bones:
    """Where the bones of a rig are, as matrices (T, B, 3, 4) that move points at rest."""

    def __init__(self, rig: Rig, root: Array, pose: Array) -> None:
        heads, quats = bones_posed(rig, root, pose)
        self._rows = _matrices(rig, heads, quats)

    def __len__(self) -> int:
        return len(self._rows)

    def carry(self, sample: int, skin: Skin, points: Array) -> Array:
        """Points (V, 3) at rest, where they are at a sample."""
        blend = self.blend(sample, skin)
        return np.asarray(turns.turned(blend[..., :3], points) + blend[..., 3])

    def blend(self, sample: int, skin: Skin) -> Array:
        """(V, 3, 4) matrices of points that several bones share."""
        count, slots = skin.bones.shape
        rows = np.repeat(np.arange(count), slots)
        shape = (count, self._rows.shape[1])
        shares = sparse.csr_array((skin.shares.ravel(), (rows, skin.bones.ravel())), shape)
        return np.asarray((shares @ self._rows[sample].reshape(-1, 12)).reshape(-1, 3, 4))


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


def part(skin: Skin, vertices: Array) -> Skin:
    """The skin of some of the vertices, by index."""
    return Skin(skin.bones[vertices], skin.shares[vertices])
