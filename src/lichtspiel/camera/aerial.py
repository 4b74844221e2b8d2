"""The way of a drone: from the start of the action back and up, until all of it lies in its setting."""

from __future__ import annotations

import numpy as np

from lichtspiel.camera.action import ActionPoints
from lichtspiel.camera.framing import Format, axes, direction, fit, project
from lichtspiel.camera.moves import Path, Setup, eased, pitched
from lichtspiel.camera.track import Array

RISE_RAD = np.radians(14.0)
"""How much steeper it looks down at the end. The angle that was asked for is the end's."""
LOWEST_RAD = np.radians(14.0)
STEEP_RAD = np.radians(60.0)
"""From here on it looks straight down, all the way."""
FARTHER = 1.9
"""How many times as far away it ends, at least: a way that is felt."""
WHOLE_FILL = 0.9
"""Share of the picture that all of the action takes up in the end."""
LOWER_THIRD = 1 / 3
"""How far below the middle the action lies, as a share of half the picture: its setting lies above."""
KEPT = 0.78
"""Picture coordinate within which lowering keeps the action."""


def opening_elevation_rad(asked: float) -> float:
    """How steeply it looks down at the start of a shot whose angle is `asked`."""
    return asked if asked > STEEP_RAD else max(LOWEST_RAD, asked - RISE_RAD)


def pull_back(setup: Setup, action: ActionPoints, opening: float, picture: Format) -> Path:
    """From the set-up to where the whole action, and what carries it, can be seen.

    opening: share of the shot that the set-up shows.
    """
    share = eased(setup.progress)
    steep = setup.elevation_rad > STEEP_RAD
    last_lift = setup.elevation_rad + (0.0 if steep else RISE_RAD)
    last = direction(setup.facing, setup.azimuth_rad, last_lift)
    whole = np.concatenate([action.everything, action.carriers])
    middle, distance = fit(whole, axes(last), setup.focal_mm, picture, WHOLE_FILL)
    distance = max(distance, FARTHER * setup.distance_m)
    lifts = setup.elevation_rad + (last_lift - setup.elevation_rad) * share
    ways = np.stack([direction(setup.facing, setup.azimuth_rad, float(lift)) for lift in lifts])
    # A retreat is even when its logarithm is: what is seen shrinks by the same share each second.
    distances = setup.distance_m * (distance / setup.distance_m) ** share
    aims = setup.centre + share[:, None] * (middle - setup.centre)
    positions = aims + distances[:, None] * ways
    path = Path(positions, aims, np.full(len(share), setup.focal_mm))
    if steep:
        return path
    first = _room_below(path, 0, action.first_share(opening).everything, picture)
    final = _room_below(path, -1, action.everything, picture)
    lowered_mm = (first + share * (final - first)) * picture.half_height_mm
    return pitched(path, np.arctan(lowered_mm / path.focal_mm))


def _room_below(path: Path, index: int, points: Array, picture: Format) -> float:
    """How far what is shown may sink, as a share of half the picture's height."""
    position, aim = path.positions[index], path.aims[index]
    spots = project(points, position, axes(position - aim), float(path.focal_mm[index]), picture)
    middle = (np.nanmin(spots[:, 1]) + np.nanmax(spots[:, 1])) / 2
    return float(np.clip(min(LOWER_THIRD + middle, KEPT + np.nanmin(spots[:, 1])), 0.0, None))
