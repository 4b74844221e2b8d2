"""Bones, and how a pose moves them and the skin on them.

A pose gives every bone one rotation. It turns the bone, with all that hangs on it, about the
bone's head, and it is measured in the axes of the figure at rest (x to the person's left, -y to
the front, z up), carried along by the parent. A pose of unit rotations is the rest pose.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array, IntArray


@dataclass(frozen=True, eq=False)
class Rig:
    """Bones at rest, metres in the figure's frame; parents come before their children."""

    names: tuple[str, ...]
    parents: IntArray
    """(B,) index of the parent, -1 for the root."""
    heads: Array
    """(B, 3)"""
    tails: Array
    """(B, 3)"""
    rolls: Array
    """(B,) radians: Blender's roll, which only matters to people who animate there."""

    def index(self, bone: str) -> int:
        """Column of a bone. Raises ValueError."""
        return self.names.index(bone)


@dataclass(frozen=True, eq=False)
class Skin:
    """Which bones carry each vertex: (V, 4) indices and shares that sum to one."""

    bones: IntArray
    shares: Array


def rest_pose(rig: Rig) -> Array:
    """(B, 4) unit quaternions (w, x, y, z)."""
    pose = np.zeros((len(rig.names), 4))
    pose[:, 0] = 1.0
    return pose


def multiply(first: Array, second: Array) -> Array:
    """Product of quaternions (..., 4): the second rotation first."""
    w, x, y, z = first[..., 0], first[..., 1], first[..., 2], first[..., 3]
    a, b, c, d = second[..., 0], second[..., 1], second[..., 2], second[..., 3]
    turned = np.empty((*np.broadcast(w, a).shape, 4))
    turned[..., 0] = w * a - x * b - y * c - z * d
    turned[..., 1] = w * b + x * a + y * d - z * c
    turned[..., 2] = w * c - x * d + y * a + z * b
    turned[..., 3] = w * d + x * c - y * b + z * a
    return turned


def cross(first: Array, second: Array) -> Array:
    """Cross product along the last axis, (..., 3). Several times faster than NumPy's for a few vectors."""
    a, b, c = first[..., 0], first[..., 1], first[..., 2]
    x, y, z = second[..., 0], second[..., 1], second[..., 2]
    across = np.empty((*np.broadcast(a, x).shape, 3))
    across[..., 0] = b * z - c * y
    across[..., 1] = c * x - a * z
    across[..., 2] = a * y - b * x
    return across


def rotate(turn: Array, points: Array) -> Array:
    """Points (..., 3) turned by unit quaternions (..., 4)."""
    w, axis = turn[..., :1], turn[..., 1:]
    across = cross(axis, points)
    return np.asarray(points + 2 * (w * across + cross(axis, across)))


def about(axis: tuple[float, float, float], angle_rad: float) -> Array:
    """Quaternion (4,) of a rotation about a unit axis."""
    return np.array([np.cos(angle_rad / 2), *(np.sin(angle_rad / 2) * np.asarray(axis, float))])


def bones_posed(rig: Rig, root: Array, pose: Array) -> tuple[Array, Array]:
    """Where the bones are: heads (..., B, 3) and turns against rest (..., B, 4), figure's frame.

    root: (..., 3) metres added to the root bone's head. pose: (..., B, 4).
    """
    heads = np.empty((*pose.shape[:-1], 3))
    turns = np.empty(pose.shape)
    for bone, parent in enumerate(rig.parents):
        if parent < 0:
            turns[..., bone, :] = pose[..., bone, :]
            heads[..., bone, :] = rig.heads[bone] + root
        else:
            carried = turns[..., parent, :]
            turns[..., bone, :] = multiply(carried, pose[..., bone, :])
            arm = rig.heads[bone] - rig.heads[parent]
            heads[..., bone, :] = heads[..., parent, :] + rotate(carried, arm)
    return heads, turns


def skinned(rig: Rig, skin: Skin, vertices: Array, heads: Array, turns: Array) -> Array:
    """Vertices (V, 3) of one posed figure, by linear blending, from `bones_posed` of one pose."""
    moved = np.zeros_like(vertices)
    for slot in range(skin.bones.shape[1]):
        # Most vertices hang on few bones, however many some of them have.
        held = np.flatnonzero(skin.shares[:, slot])
        bone = skin.bones[held, slot]
        place = rotate(turns[bone], vertices[held] - rig.heads[bone]) + heads[bone]
        moved[held] += skin.shares[held, slot, None] * place
    return moved
