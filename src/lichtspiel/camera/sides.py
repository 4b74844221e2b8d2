"""From which side people are seen who face one way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from lichtspiel.camera.framing import direction
from lichtspiel.library.asset import Array
from lichtspiel.screenplay import View

AGREE = 0.6
"""Length of the mean of several people's headings above which they face one way."""
FACE_TURN_RAD = np.radians(62.0)
"""As far from the front as a face still shows both eyes."""
BESIDE_HANDS_RAD = np.radians(78.0)
"""Hands are seen from beside: what somebody works at is in front of them."""
BEHIND_RAD = np.pi - 0.28
"""From behind, a little to a side: heads do not hide what people aim at or go to."""
BEHIND_ASLANT_RAD = np.radians(118.0)
"""Over a shoulder: what somebody has before them is seen past them, and their face from the side."""

LIES_M, FROM_FEET_RAD = 0.12, np.radians(112.0)
"""Whose head is so far beside the middle of the body lies; from the head round to where one sees them."""


def before_faces(facing: Array, azimuth: float, ahead: Array, most: float = FACE_TURN_RAD) -> float:
    """The azimuth, turned as little as needed to see the faces of people who look elsewhere.

    most: radians that faces may be turned from the camera.
    """
    if np.linalg.norm(ahead) < AGREE:
        return azimuth
    off = angle_between(ahead, direction(facing, azimuth, 0.0))
    return float(azimuth - np.sign(off) * max(0.0, abs(off) - most))


def behind(facing: Array, azimuth: float, ahead: Array) -> float:
    """The azimuth that sees the backs of people who face one way, and past them what is before them."""
    return azimuth if np.linalg.norm(ahead) < AGREE else angle_between(facing, ahead) + BEHIND_RAD


def behind_aslant(facing: Array, azimuth: float, ahead: Array) -> float:
    """The azimuth that sees people from behind and beside, from the side nearer to the wanted one."""
    return _to_a_side(facing, azimuth, ahead, BEHIND_ASLANT_RAD)


def beside(facing: Array, azimuth: float, ahead: Array) -> float:
    """The azimuth that sees people from the side which is nearer to the wanted one."""
    return _to_a_side(facing, azimuth, ahead, BESIDE_HANDS_RAD)


def _to_a_side(facing: Array, azimuth: float, ahead: Array, turn: float) -> float:
    if np.linalg.norm(ahead) < AGREE:
        return azimuth
    front = angle_between(facing, ahead)
    sides = [front + side * turn for side in (-1.0, 1.0)]
    return float(min(sides, key=lambda side: 1 - np.cos(side - azimuth)))


def across(facing: Array, azimuth: float, body: Array) -> float:
    """The azimuth that sees who lies from the side which is nearer to the wanted one, a little from the feet.

    body: (3,) from the middle of the body to its head.
    """
    if np.linalg.norm(body[:2]) < LIES_M:
        return azimuth
    head = angle_between(facing, body)
    sides = [head + side * FROM_FEET_RAD for side in (-1.0, 1.0)]
    return float(min(sides, key=lambda side: 1 - np.cos(side - azimuth)))


def angle_between(facing: Array, flat: Array) -> float:
    """Radians from one direction along the ground to another, to the left."""
    return float(np.arctan2(facing[0] * flat[1] - facing[1] * flat[0], facing[:2] @ flat[:2]))


TURNED: Mapping[View, Callable[[Array, float, Array], float]] = {
    View.BEHIND: behind,
    View.BEHIND_ASLANT: behind_aslant,
}
"""How views are turned that are not to see faces."""
