"""Who sits in a car is seen from outside of it, through its windows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lichtspiel.camera.boxes import box_corners
from lichtspiel.camera.moves import Setup
from lichtspiel.camera.track import Array
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.stage.world import World
from lichtspiel.take import Take

_GAP_M = 1.2
"""Between a camera and the side of what it goes along with."""
_ASIDE_M = 0.15
"""Who sits so far beside the middle sits on one side."""
_STEP, _MOST = 1.05, 60


def outside(world: World, take: Take, start_s: float, setup: Setup) -> Setup:
    """The same from so far away that the camera is outside of what people sit in or on, with a longer lens
    that shows as much, on the side where they sit. start_s: world time of the shot's beginning."""
    ridden = [grip.body for grip in world.grips if grip.part == "seat" and grip.body in take.names]
    boxes = [_box(world, take, name, start_s) for name in ridden]
    if any(_sits_beyond(setup, *box[:2]) for box in boxes):
        setup = replace(setup, azimuth_rad=-setup.azimuth_rad)
    for _ in range(_MOST):
        position = setup.followed[0] + setup.distance_m * setup.toward_camera
        if not any(_within(position, *box) for box in boxes):
            break
        setup = replace(setup, distance_m=setup.distance_m * _STEP, focal_mm=setup.focal_mm * _STEP)
    return setup


def _sits_beyond(setup: Setup, place: Array, axes: Array) -> bool:
    """Whether people sit in the half of it that is farther from the camera."""
    sits, looks = (axes.T @ way for way in (setup.followed[0] - place, setup.toward_camera))
    return bool(sits[0] * looks[0] < 0 and abs(sits[0]) > _ASIDE_M)


def _box(world: World, take: Take, name: str, time_s: float) -> tuple[Array, Array, Array, Array]:
    """Place, axes (3, 3) and lowest and highest corner of a body at a time."""
    body = world.body(name)
    corners = box_corners(body.part)
    low, high = (np.zeros(3), np.zeros(3)) if corners is None else (corners.min(0), corners.max(0))
    place, turn = take.pose(name, time_s)
    axes = rotation_matrix((float(turn[0]), float(turn[1]), float(turn[2]), float(turn[3])))
    return place, axes, low, high


def _within(point: Array, place: Array, axes: Array, low: Array, high: Array) -> bool:
    local = axes.T @ (point - place)
    return bool(((local > low - _GAP_M) & (local < high + _GAP_M)).all())
