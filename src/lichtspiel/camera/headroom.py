"""Where people stand in the height of a picture whose width their arms set: near its upper edge."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lichtspiel.camera.framing import Format, axes
from lichtspiel.camera.moves import Setup
from lichtspiel.camera.people import NEAR_SIZES
from lichtspiel.camera.track import Array
from lichtspiel.screenplay import Angle, Shot
from lichtspiel.stage.world import World

_LEVEL_RAD = 0.2
"""A camera that looks further up or down than this shows the ground or the sky on purpose."""
_TO_THIGHS = 0.576
"""Of a person's height, from the eyes down to the middle of the thighs: no picture of who stands ends
between there and the feet."""
_UNDER_FEET = 0.08
"""Share of the picture's height that the ground before the feet may take up at the lower edge."""


def lowered(
    world: World, shot: Shot, setup: Setup, points: Array, eyes: Array, picture: Format, fill: float
) -> Setup:
    """The set-up, lowered until what is highest is as near to the upper edge as `fill` asks.

    In a tall picture outspread arms keep the camera away, and half of the room above heads and below
    hips would stay empty: what a nearer shot has to spare belongs below, where the legs are, as far as
    they go. points: (N, 3) and eyes: (T, F, 3) of all who are shown.
    """
    if shot.size not in NEAR_SIZES or shot.part is not None or shot.angle is not Angle.EYE_LEVEL:
        return setup
    figures = [f for f in world.figures if not shot.subjects or f.character in shot.subjects]
    if not figures or abs(setup.elevation_rad) > _LEVEL_RAD:
        return setup
    frame = axes(setup.toward_camera)
    local = (points - setup.centre) @ frame.T
    tangent = picture.half_height_mm / setup.focal_mm
    spare = float(np.min(fill * tangent * (setup.distance_m - local[:, 2]) - local[:, 1]))
    half_m = tangent * setup.distance_m
    lowest = setup.centre[2] - half_m
    feet = min(figure.position[2] for figure in figures) - 2 * _UNDER_FEET * half_m
    thighs = float(eyes[..., 2].max()) - _TO_THIGHS * max(figure.person.height_m for figure in figures)
    drop = lowest - feet if spare > lowest - feet else min(spare, lowest - thighs)
    return setup if drop <= 0 else replace(setup, centre=setup.centre - drop * frame[1])
