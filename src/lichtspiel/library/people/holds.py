"""Where a body holds things: frames in the palm, between the hands, on shoulders, head and back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from lichtspiel.library.asset import Array, Quat, Vec3
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import bones_posed, multiply, rotate

_PALM = 0.62
"""Middle of the palm, from the wrist to the knuckle of the middle finger."""
SEATED_HIP = 0.049
"""Height of the hip joints above a seat, against body height."""
SEATED_BACK = 0.14
"""How far behind the place they sit on the hip joints lie, against the length of the leg."""
_TRUNK = "spine01"
_HIP = 2.2
"""No hip is farther out than so many times its joint."""
_BLADES, _RISE = 0.06, 0.04
"""The shoulder blades below the shoulders, and the muscle above them at most, against body height."""


@dataclass(frozen=True, eq=False)
class Frame:
    """A frame that a bone carries, at rest."""

    bone: int
    origin: Array
    axes: Array
    """(4,) quaternion."""


def held(
    physique: Physique,
    part: str,
    position: Vec3 | Array,
    orientation: Quat | Array,
    root: Array,
    pose: Array,
) -> tuple[Array, Array]:
    """Positions (T, 3) and orientations (T, 4) of a thing that a part of a posed body holds.

    part, position, orientation: as in stage.world.Grip, or one for each moment, (T, 3) and (T, 4). In the
    frame of a hand, x is to the knuckles, y to the back of the hand and z to the thumb's side, from the
    middle of the palm's skin; the pose is meant for a left hand, and a right one holds the thing as its
    mirror image does (a thing's left and right aretaken as alike). Between the hands, x is to the
    knuckles and y from the right palm to the left. Below a seat, z is up and the front level, from below
    the hip joints by what sits on it. On shoulders, head, back and hips the axes are the figure's own,
    and below the soles of feet too. Below both feet, y is from the left foot to the right one. root: (T,
    3), pose: (T, B, 4).
    """
    place, turn = np.asarray(position, float), np.asarray(orientation, float)
    if part == "hands":
        origin, axes = _between_hands(physique, root, pose)
    elif part == "feet":
        origin, axes = _below_feet(physique, root, pose)
    elif part.startswith(("bow", "draw")):
        origin, axes = _drawing(physique, part, root, pose)
    elif part == "seat":
        origin, axes = _below_seat(physique, root, pose)
    else:
        if part == "hand_r":
            place, turn = place * [-1, 1, 1], turn * [1, 1, -1, -1]
        origin, axes = _carried(physique, frames(physique)[part], root, pose)
    turns = multiply(axes, np.broadcast_to(turn, axes.shape))
    return origin + rotate(axes, np.broadcast_to(place, origin.shape)), turns


@lru_cache(maxsize=256)
def frames(physique: Physique) -> dict[str, Frame]:
    """The frames of a body at rest. That of a right hand has its x to the wrist, so that it is a rotation."""
    rig = physique.rig

    def head(bone: str) -> Array:
        return np.asarray(rig.heads[rig.index(bone)])

    found = {}
    skin = physique.vertices[load().group("body")]
    trunk = rig.index(_TRUNK)
    for side, outward in (("l", 1.0), ("r", -1.0)):
        tag = f".{side.upper()}"
        wrist, knuckle = head(f"wrist{tag}"), head(f"finger3-1{tag}")
        x = outward * _unit(knuckle - wrist)
        across = head(f"finger2-1{tag}") - head(f"finger5-1{tag}")
        z = _unit(across - (across @ x) * x)
        y = np.cross(z, x)
        middle = wrist + _PALM * (knuckle - wrist)
        off = skin - middle
        beside = (np.abs(off @ x) < 0.012) & (np.abs(off @ z) < 0.012) & (np.abs(off @ y) < 0.06)
        origin = middle + float((off @ y)[beside].min()) * y
        found[f"hand_{side}"] = Frame(rig.index(f"wrist{tag}"), origin, _quaternion(x, y, z))
        joint = (head(f"upperarm01{tag}") + head(f"clavicle{tag}")) / 2
        found[f"shoulder_{side}"] = Frame(trunk, _topmost(skin, joint, _RISE * physique.height_m), _upright())
        ankle, toe = head(f"foot{tag}"), head(f"toe1-1{tag}")
        under = skin[np.linalg.norm(skin[:, :2] - (ankle + toe)[:2] / 2, axis=1) < 0.05]
        sole = np.array([*((ankle + toe) / 2)[:2], under[:, 2].min()])
        found[f"foot_{side}"] = Frame(rig.index(f"foot{tag}"), sole, _upright())
    crown = skin[skin[:, 2].argmax()] * [0.0, 1.0, 1.0]
    found["head"] = Frame(rig.index("head"), crown, _upright())
    chest = (head("upperarm01.L") + head("upperarm01.R")) / 2
    below = chest[2] - _BLADES * physique.height_m
    level = skin[(np.abs(skin[:, 2] - below) < 0.02) & (np.abs(skin[:, 0]) < 0.1)]
    rear = np.array([0.0, level[:, 1].max(), level[:, 2].mean()])
    found["back"] = Frame(trunk, rear, _upright())
    for side, outward in (("l", 1.0), ("r", -1.0)):
        joint = head(f"upperleg01.{side.upper()}")
        out = outward * skin[np.abs(skin[:, 2] - joint[2]) < 0.02, 0]
        # Arms hang farther out.
        widest = float(out[out < _HIP * abs(joint[0])].max())
        flank = np.array([outward * widest, joint[1], joint[2]])
        found[f"hip_{side}"] = Frame(rig.index("root"), flank, _upright())
    return found


def _carried(physique: Physique, frame: Frame, root: Array, pose: Array) -> tuple[Array, Array]:
    """Origin (T, 3) and axes (T, 4) of a frame in a pose."""
    heads, turns = bones_posed(physique.rig, root, pose)
    turn = turns[..., frame.bone, :]
    arm = np.broadcast_to(frame.origin - physique.rig.heads[frame.bone], root.shape)
    axes = multiply(turn, np.broadcast_to(frame.axes, turn.shape))
    return heads[..., frame.bone, :] + rotate(turn, arm), axes


def _between_hands(physique: Physique, root: Array, pose: Array) -> tuple[Array, Array]:
    rest = frames(physique)
    left, left_axes = _carried(physique, rest["hand_l"], root, pose)
    right, right_axes = _carried(physique, rest["hand_r"], root, pose)
    x_axis = np.broadcast_to(np.array([1.0, 0.0, 0.0]), left.shape)
    y = _unit(left - right)
    along = rotate(left_axes, x_axis) - rotate(right_axes, x_axis)
    x = _unit(along - (along * y).sum(-1, keepdims=True) * y)
    return (left + right) / 2, _quaternion(x, y, np.cross(x, y))


def span(physique: Physique, root: Array, pose: Array) -> Array:
    """(T,) metres between the palms."""
    rest = frames(physique)
    left, right = (_carried(physique, rest[f"hand_{side}"], root, pose)[0] for side in "lr")
    return np.asarray(np.linalg.norm(left - right, axis=-1))


def _drawing(physique: Physique, part: str, root: Array, pose: Array) -> tuple[Array, Array]:
    """At the hand that holds a bow, or at that which draws it; y is from the first to the second, z up."""
    rest = frames(physique)
    palms = {side: _carried(physique, rest[f"hand_{side}"], root, pose)[0] for side in "lr"}
    own, other = palms[part[-1]], palms["r" if part[-1] == "l" else "l"]
    y = _unit(own - other if part.startswith("draw") else other - own)
    up = np.broadcast_to(np.array([0.0, 0.0, 1.0]), y.shape)
    z = _unit(up - (up * y).sum(-1, keepdims=True) * y)
    return own, _quaternion(np.cross(y, z), y, z)


def _below_feet(physique: Physique, root: Array, pose: Array) -> tuple[Array, Array]:
    rest = frames(physique)
    left, left_axes = _carried(physique, rest["foot_l"], root, pose)
    right, right_axes = _carried(physique, rest["foot_r"], root, pose)
    y = _unit(right - left)
    up = np.broadcast_to(np.array([0.0, 0.0, 1.0]), left.shape)
    z = rotate(left_axes, up) + rotate(right_axes, up)
    z = _unit(z - (z * y).sum(-1, keepdims=True) * y)
    return (left + right) / 2, _quaternion(np.cross(y, z), y, z)


def _below_seat(physique: Physique, root: Array, pose: Array) -> tuple[Array, Array]:
    rig = physique.rig
    heads, turns = bones_posed(rig, root, pose)
    joints = (rig.heads[rig.index("upperleg01.L")] + rig.heads[rig.index("upperleg01.R")]) / 2
    turn = turns[..., 0, :]
    hips = heads[..., 0, :] + rotate(turn, np.broadcast_to(joints - rig.heads[0], root.shape))
    left = rotate(turn, np.broadcast_to(np.array([1.0, 0.0, 0.0]), root.shape)) * [1.0, 1.0, 0.0]
    up = np.broadcast_to(np.array([0.0, 0.0, 1.0]), root.shape)
    left = _unit(left)
    return hips - SEATED_HIP * physique.height_m * up, _quaternion(left, np.cross(up, left), up)


def _topmost(skin: Array, over: Array, within_m: float) -> Array:
    """The skin above a point, not higher above it than this."""
    near = skin[(np.linalg.norm(skin[:, :2] - over[:2], axis=1) < 0.03) & (skin[:, 2] < over[2] + within_m)]
    return np.array([over[0], over[1], near[:, 2].max()])


def _upright() -> Array:
    return np.array([1.0, 0.0, 0.0, 0.0])


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12))


def _quaternion(x: Array, y: Array, z: Array) -> Array:
    """Quaternions (..., 4) of frames by their axes (..., 3), neighbours in the same half space.

    After Bar-Itzhack (2000): the eigenvector of the largest eigenvalue of a symmetric matrix.
    """
    m = np.stack([x, y, z], -1)
    k = np.empty((*m.shape[:-2], 4, 4))
    k[..., 0, 0] = m[..., 0, 0] + m[..., 1, 1] + m[..., 2, 2]
    axis = np.stack(
        [m[..., 2, 1] - m[..., 1, 2], m[..., 0, 2] - m[..., 2, 0], m[..., 1, 0] - m[..., 0, 1]], -1
    )
    k[..., 0, 1:] = k[..., 1:, 0] = axis
    k[..., 1:, 1:] = m + np.swapaxes(m, -1, -2) - k[..., 0, 0][..., None, None] * np.eye(3)
    found = np.asarray(np.linalg.eigh(k)[1][..., -1])
    if found.ndim > 1:
        agree = np.sign((found[1:] * found[:-1]).sum(-1))
        found[1:] *= np.cumprod(np.where(agree == 0, 1.0, agree), axis=0)[..., None]
    return found
