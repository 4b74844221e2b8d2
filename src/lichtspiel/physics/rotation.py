"""Unit quaternions (w, x, y, z) and poses; arrays of them along leading axes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from lichtspiel.library.asset import Array


def product(first: ArrayLike, second: ArrayLike) -> Array:
    """The turn that does `second`, then `first`."""
    one, other = np.asarray(first, float), np.asarray(second, float)
    aw, ax, ay, az = one[..., 0], one[..., 1], one[..., 2], one[..., 3]
    bw, bx, by, bz = other[..., 0], other[..., 1], other[..., 2], other[..., 3]
    turned = np.empty(np.broadcast(aw, bw).shape + (4,))
    turned[..., 0] = aw * bw - ax * bx - ay * by - az * bz
    turned[..., 1] = aw * bx + ax * bw + ay * bz - az * by
    turned[..., 2] = aw * by - ax * bz + ay * bw + az * bx
    turned[..., 3] = aw * bz + ax * by - ay * bx + az * bw
    return turned


def conjugate(turn: ArrayLike) -> Array:
    """The turn back."""
    return np.asarray(turn, float) * [1.0, -1.0, -1.0, -1.0]


def cross(first: ArrayLike, second: ArrayLike) -> Array:
    """Cross product along the last axis. Several times faster than NumPy's for a few vectors."""
    one, other = np.asarray(first, float), np.asarray(second, float)
    ax, ay, az = one[..., 0], one[..., 1], one[..., 2]
    bx, by, bz = other[..., 0], other[..., 1], other[..., 2]
    across = np.empty(np.broadcast(ax, bx).shape + (3,))
    across[..., 0] = ay * bz - az * by
    across[..., 1] = az * bx - ax * bz
    across[..., 2] = ax * by - ay * bx
    return across


def rotate(turn: ArrayLike, vector: ArrayLike) -> Array:
    """Vectors (..., 3) turned by quaternions (..., 4)."""
    turns, vectors = np.asarray(turn, float), np.asarray(vector, float)
    axis = turns[..., 1:]
    across = 2.0 * cross(axis, vectors)
    turned: Array = vectors + turns[..., :1] * across + cross(axis, across)
    return turned


def relative_pose(
    position: ArrayLike, orientation: ArrayLike, of_position: ArrayLike, of_orientation: ArrayLike
) -> tuple[Array, Array]:
    """A pose as seen from another one."""
    back = conjugate(of_orientation)
    offset = np.asarray(position, float) - np.asarray(of_position, float)
    return rotate(back, offset), product(back, orientation)


def placed_pose(
    position: ArrayLike, orientation: ArrayLike, at_position: ArrayLike, at_orientation: ArrayLike
) -> tuple[Array, Array]:
    """A pose given in the frame of another one, in the world."""
    return np.asarray(at_position, float) + rotate(at_orientation, position), product(
        at_orientation, orientation
    )
