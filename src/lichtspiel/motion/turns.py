"""Rotation matrices (..., 3, 3) over time: made from angles and directions, taken apart, and blended.

Axes of a figure: x to its left, -y to its front, z up. Positive yaw turns to the left, positive
pitch bends forward (nods), positive roll leans to the left.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from lichtspiel.library.asset import Array


def euler(angles: ArrayLike) -> Array:
    """Turn by roll about y, then pitch about x, then yaw about z; angles (..., 3) are yaw, pitch, roll."""
    yaw, pitch, roll = np.moveaxis(np.asarray(angles, float), -1, 0)
    cy, sy = np.cos(yaw), np.sin(yaw)
    cp, sp = np.cos(pitch), np.sin(pitch)
    cr, sr = np.cos(roll), np.sin(roll)
    turn = np.empty((*yaw.shape, 3, 3))
    turn[..., 0, 0] = cy * cr - sy * sp * sr
    turn[..., 0, 1] = -sy * cp
    turn[..., 0, 2] = cy * sr + sy * sp * cr
    turn[..., 1, 0] = sy * cr + cy * sp * sr
    turn[..., 1, 1] = cy * cp
    turn[..., 1, 2] = sy * sr - cy * sp * cr
    turn[..., 2, 0] = -cp * sr
    turn[..., 2, 1] = sp
    turn[..., 2, 2] = cp * cr
    return turn


def angles(turn: Array) -> Array:
    """Yaw, pitch and roll (T, 3) of turns (T, 3, 3) over time, counted on through whole turns.

    Of the two ways to say a turn, each sample takes the one nearer to the sample before it, so that pitch
    goes on beyond upside down.
    """
    ways = _ways(turn)
    found = np.empty((len(turn), 3))
    before = ways[0, 0]
    for sample, way in enumerate(ways):
        near = way + 2 * np.pi * np.round((before - way) / (2 * np.pi))
        before = near[np.abs(near - before).sum(1).argmin()]
        found[sample] = before
    return found


def angles_near(turn: Array, near: Array) -> Array:
    """Yaw, pitch and roll (T, 3) of turns (T, 3, 3): of all ways to say each, the one nearest to `near`."""
    ways = _ways(turn)
    ways = ways + 2 * np.pi * np.round((near[:, None] - ways) / (2 * np.pi))
    best = np.abs(ways - near[:, None]).sum(-1).argmin(1)
    return np.asarray(ways[np.arange(len(ways)), best])


def _ways(turn: Array) -> Array:
    """(T, 2, 3) both ways to say turns by yaw, pitch and roll."""
    pitch = np.arcsin(np.clip(turn[:, 2, 1], -1.0, 1.0))
    yaw = np.arctan2(-turn[:, 0, 1], turn[:, 1, 1])
    roll = np.arctan2(-turn[:, 2, 0], turn[:, 2, 2])
    return np.stack([[yaw, pitch, roll], [yaw + np.pi, np.pi - pitch, roll + np.pi]]).transpose(2, 0, 1)


def about_x(angle: ArrayLike) -> Array:
    """Turn that bends forward; angle (...)."""
    return _about(angle, 1, 2)


def about_y(angle: ArrayLike) -> Array:
    """Turn that leans to the left."""
    return _about(angle, 2, 0)


def about_z(angle: ArrayLike) -> Array:
    """Turn to the left."""
    return _about(angle, 0, 1)


def _about(angle: ArrayLike, first: int, second: int) -> Array:
    angles = np.asarray(angle, float)
    turn = np.zeros((*angles.shape, 3, 3))
    turn[..., range(3), range(3)] = 1.0
    turn[..., first, first] = turn[..., second, second] = np.cos(angles)
    turn[..., second, first] = np.sin(angles)
    turn[..., first, second] = -turn[..., second, first]
    return turn


def unit(vectors: Array) -> Array:
    """Vectors (..., 3) of length one; a null vector stays null."""
    length = np.sqrt(np.einsum("...i,...i->...", vectors, vectors))[..., None]
    return np.asarray(vectors / np.maximum(length, 1e-12))


def cross(first: Array, second: Array) -> Array:
    """Cross product along the last axis; several times faster than NumPy's for few vectors."""
    a, b, c = first[..., 0], first[..., 1], first[..., 2]
    x, y, z = second[..., 0], second[..., 1], second[..., 2]
    return np.stack([b * z - c * y, c * x - a * z, a * y - b * x], -1)


def frame(along: Array, front: Array) -> Array:
    """Axes as columns: along (..., 3), the part of `front` across it, and the hinge of both."""
    first = unit(along)
    hinge = unit(cross(front, first))
    return np.stack([first, cross(first, hinge), hinge], -1)


def turned(turn: Array, vectors: Array) -> Array:
    """Vectors (..., 3) turned by matrices (..., 3, 3)."""
    return np.asarray((turn @ vectors[..., None])[..., 0])


def back(turn: Array) -> Array:
    """The turns back."""
    return np.swapaxes(turn, -1, -2)


def vector_of(turn: Array) -> Array:
    """Axis times angle (..., 3) of turns by less than half a turn."""
    axis = np.stack(
        [
            turn[..., 2, 1] - turn[..., 1, 2],
            turn[..., 0, 2] - turn[..., 2, 0],
            turn[..., 1, 0] - turn[..., 0, 1],
        ],
        -1,
    )
    twice_sine = np.sqrt(np.einsum("...i,...i->...", axis, axis))
    angle = np.arctan2(twice_sine, np.trace(turn, axis1=-2, axis2=-1) - 1)
    scale = np.where(twice_sine > 1e-9, angle / np.maximum(twice_sine, 1e-9), 0.5)
    return np.asarray(axis * scale[..., None])


def of_vector(vector: Array) -> Array:
    """Turns about vectors (..., 3) by their lengths (Rodrigues' formula)."""
    angle = np.sqrt(np.einsum("...i,...i->...", vector, vector))
    x, y, z = np.moveaxis(vector / np.maximum(angle, 1e-12)[..., None], -1, 0)
    sine, cosine = np.sin(angle), np.cos(angle)
    rest = 1 - cosine
    turn = np.empty((*angle.shape, 3, 3))
    turn[..., 0, 0] = cosine + x * x * rest
    turn[..., 1, 1] = cosine + y * y * rest
    turn[..., 2, 2] = cosine + z * z * rest
    turn[..., 0, 1], turn[..., 1, 0] = x * y * rest - z * sine, x * y * rest + z * sine
    turn[..., 0, 2], turn[..., 2, 0] = x * z * rest + y * sine, x * z * rest - y * sine
    turn[..., 1, 2], turn[..., 2, 1] = y * z * rest - x * sine, y * z * rest + x * sine
    return turn


def share(turn: Array, part: ArrayLike) -> Array:
    """A part of turns: 0 is none, 1 is all of it."""
    return of_vector(vector_of(turn) * np.asarray(part)[..., None])


def quaternions(turn: Array) -> Array:
    """Unit quaternions (T, ..., 4) of turns over time, neighbours in the same half space.

    The largest component is found first (Shepperd, 1978).
    """
    diagonal = np.stack([turn[..., i, i] for i in range(3)], -1)
    trace = diagonal.sum(-1, keepdims=True)
    squares = np.concatenate([1 + trace, 1 + 2 * diagonal - trace], -1)
    best = squares.argmax(-1)
    w2, x2, y2, z2 = np.moveaxis(squares, -1, 0)
    wx, wy, wz = (turn[..., j, i] - turn[..., i, j] for i, j in ((1, 2), (2, 0), (0, 1)))
    xy, xz, yz = (turn[..., i, j] + turn[..., j, i] for i, j in ((0, 1), (0, 2), (1, 2)))
    rows = np.stack(
        [
            np.stack([w2, wx, wy, wz], -1),
            np.stack([wx, x2, xy, xz], -1),
            np.stack([wy, xy, y2, yz], -1),
            np.stack([wz, xz, yz, z2], -1),
        ],
        -2,
    )
    quat = np.take_along_axis(rows, best[..., None, None], -2)[..., 0, :]
    quat /= np.sqrt(np.einsum("...i,...i->...", quat, quat))[..., None]
    # Of the two quaternions of one turn, each sample takes the one next to the sample before it.
    agree = np.sign(np.einsum("t...i,t...i->t...", quat[1:], quat[:-1]))
    quat[1:] *= np.cumprod(np.where(agree == 0, 1.0, agree), axis=0)[..., None]
    return np.asarray(quat * np.where(quat[:1, ..., :1] < 0, -1.0, 1.0))


def of_quaternions(quats: Array) -> Array:
    """Turns (T, 3, 3) of unit quaternions (T, 4)."""
    w, x, y, z = np.moveaxis(quats, -1, 0)
    return np.stack(
        [
            np.stack([1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)], -1),
            np.stack([2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)], -1),
            np.stack([2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)], -1),
        ],
        -2,
    )
