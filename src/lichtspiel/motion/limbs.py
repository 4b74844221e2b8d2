"""Inverse kinematics of arms and legs: two bones, a hinge between them, solved in closed form."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import turns
from lichtspiel.motion.anatomy import DOWN, FRONT

_REACH = 0.9998
"""Share of a limb's length that it stretches to: a straight limb has no plane."""

_ELBOW = np.array([[0.4, -0.07, -0.35], [-0.25, -0.35, 0.0], [-0.1, 0.0, -0.7], [0.1, 0.85, 0.0]])
"""Where an elbow goes (out, ahead, up in the thorax) when nothing draws it elsewhere, and how that changes
with
where the hand is, out, ahead and up of the shoulder: below a hand in front, behind a hanging one, before a
raised one."""
_KNEE = turns.unit(np.array([0.0, -1.0, 0.45]))
"""Where a knee goes, in the pelvis: forward, and up where the thigh is forward itself."""
_ACROSS = np.array([0.15, 0.5])
"""How far `_KNEE` lies to the front of a leg where it says nothing about the knee, and where it says all."""


def knee_pole(pelvis: Array, yaw: Array, away: Array) -> Array:
    """(..., 3) to where the knee goes.

    A leg that goes far back or above the hip lies along `_KNEE` or has it behind itself. Its knee is where
    the swing of the hip takes it, by the shortest way from hanging: the knee of a hind leg in the splits is
    below.

    pelvis: turns (..., 3, 3). yaw: (...) radians by which the knee points to the left of the pelvis's front.
    away: (..., 3) from hip to ankle.
    """
    along = turns.unit(turns.turned(turns.back(pelvis), away))
    level = turns.about_z(yaw)
    usual, front = turns.turned(level, _KNEE), turns.turned(level, FRONT)
    # The turn that takes DOWN to `along` by the shortest way, of what is across DOWN (Rodrigues).
    ahead = np.einsum("...i,...i->...", along, front) / np.maximum(1 - along[..., 2], 1e-6)
    swung = front - ahead[..., None] * (along + DOWN)
    across = np.einsum("...i,...i->...", usual, swung)
    part = np.clip((across - _ACROSS[0]) / (_ACROSS[1] - _ACROSS[0]), 0.0, 1.0)
    share = (part * part * (3 - 2 * part))[..., None]
    return turns.turned(pelvis, share * usual + (1 - share) * swung)


def natural_pole(trunk: Array, away: Array, outward: Array) -> Array:
    """(..., 3) to where the elbow goes by itself.

    trunk: turns (..., 3, 3) of the thorax. away: (..., 3) from the shoulder to the wrist. outward: (...)
    sign of x on the arm's side.
    """
    mirror = np.stack([outward, -np.ones_like(outward), np.ones_like(outward)], -1)
    local = turns.unit(turns.turned(turns.back(trunk), away)) * mirror
    return turns.unit(turns.turned(trunk, (_ELBOW[0] + local @ _ELBOW[1:]) * mirror))


def around(start: Array, first: Array, second: Array, share: Array, aside: Array) -> Array:
    """(..., 3) points on the way from one end of a limb that begins at `start` to another, in an arc.

    share: (..., 1) of the way. aside: (..., 3) to which side the limb goes between opposite ends.
    """
    one, two = first - start, second - start
    length = (1 - share) * np.linalg.norm(one, axis=-1, keepdims=True)
    length = length + share * np.linalg.norm(two, axis=-1, keepdims=True)
    one, two = turns.unit(one), turns.unit(two)
    opposite = np.clip(0.6 - (one * two).sum(-1, keepdims=True), 0.0, 1.6)
    along = (1 - share) * one + share * two + 2.5 * share * (1 - share) * opposite * aside
    return np.asarray(start + length * turns.unit(along))


def bent(
    start: Array, end: Array, upper: Array, lower: Array, pole: Array
) -> tuple[Array, Array, Array, Array]:
    """Where the hinge and the reached end are, and the directions of hinge axes, of a limb.

    start, end, pole: (..., 3); the hinge is bent towards the pole. upper, lower: (...) lengths.
    Returns hinge (..., 3), reached end (..., 3), and the frames (..., 3, 3) of upper and lower bone
    as `turns.frame` with the pole's side as front.
    """
    line = end - start
    length = np.sqrt(np.einsum("...i,...i->...", line, line))
    along = line / np.maximum(length, 1e-9)[..., None]
    reach = np.clip(length, 1.02 * np.abs(upper - lower) + 1e-4, _REACH * (upper + lower))
    side = turns.unit(pole - np.einsum("...i,...i->...", pole, along)[..., None] * along)
    cosine = (upper**2 + reach**2 - lower**2) / (2 * upper * reach)
    sine = np.sqrt(np.maximum(1 - cosine**2, 0.0))
    hinge = start + upper[..., None] * (cosine[..., None] * along + sine[..., None] * side)
    reached = start + reach[..., None] * along
    # The front of both bones lies in the limb's plane, on the pole's side of the limb.
    axis = turns.cross(side, along)
    first, second = turns.unit(hinge - start), turns.unit(reached - hinge)
    upper_frame = np.stack([first, turns.cross(first, axis), axis], -1)
    lower_frame = np.stack([second, turns.cross(second, axis), axis], -1)
    return hinge, reached, upper_frame, lower_frame
