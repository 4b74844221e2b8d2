"""Inverse kinematics of arms and legs: two bones, a hinge between them, solved in closed form."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import turns

_REACH = 0.9998
"""Share of a limb's length that it stretches to: a straight limb has no plane."""


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
