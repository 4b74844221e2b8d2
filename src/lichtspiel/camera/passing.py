"""What drives past a camera that stands at the roadside: seen coming, near by, and gone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lichtspiel.camera import grammar
from lichtspiel.camera.action import ActionPoints
from lichtspiel.camera.framing import UP, Format, direction
from lichtspiel.camera.moves import Setup
from lichtspiel.camera.sight import Obstacles, inside, spread
from lichtspiel.camera.track import Array
from lichtspiel.screenplay import Action, CameraMove, Gaze, Shot, View
from lichtspiel.stage.world import World

NEAREST_M = 2.0
"""Between a camera at the roadside and the side of what drives past."""
_BACK_M = 0.3
"""Room behind the camera."""
_SHRINK = 0.95
"""Steps in which the camera comes nearer until nothing stands before what it looks at."""
_CROSSES = 0.78
"""Share of half the picture's angle to whose ends a turning camera lets what passes come."""
_COMES_INTO = 0.98
"""Share of half the picture's width within which the way is seen."""


def passes_by(world: World, shot: Shot, action: ActionPoints) -> bool:
    """Whether all that a still shot shows is that vehicles cross the picture."""
    shown = set(shot.subjects)
    beats = [beat for beat in world.screenplay.beats if not shown or beat.subject in shown]
    moving = [beat for beat in beats if beat.action is not Action.REST]
    crossing = all(b.action is Action.ROLL and b.gaze in (Gaze.LEFT, Gaze.RIGHT) for b in moving)
    still = shot.move in (CameraMove.STATIC, CameraMove.HANDHELD)
    sideways = shot.view in (View.SIDE, View.THREE_QUARTER)
    return bool(moving) and crossing and still and sideways and not action.eyes.size


def stand(
    world: World, shot: Shot, action: ActionPoints, obstacles: Obstacles, picture: Format, count: int
) -> tuple[Setup, NDArray[np.bool_]]:
    """Where to stand: at the roadside, as far away as nothing comes between. With it, which samples of the
    action are in the picture, (T,). The set-up has `count` samples.

    The lens is so wide that what passes fills as much of the picture, when it is nearest, as the shot's size
    says. A three-quarter view looks the way it comes from, as far as to where it is nearest.
    """
    facing = np.array(world.facing)
    path = action.path
    way = path[-1] - path[0]
    heading = way / max(float(np.linalg.norm(way)), 1e-9)
    side = 1.0 if heading @ np.cross(UP, facing) > 0 else -1.0
    nearest = (path[0] + path[-1]) / 2
    size = action.moving[0] - path[0]
    length, depth = float(np.ptp(size @ heading)), float(np.ptp(size @ facing))
    half = length / min(grammar.FULLEST, grammar.ROOM_TO_MOVE * grammar.FILL[shot.size]) / 2
    focal = shot.focal_length_mm or grammar.FOCAL_LENGTH_MM[shot.size]
    about = nearest + size
    away = depth / 2 + half * focal / picture.half_width_mm
    while away > depth / 2 + NEAREST_M:
        position = inside(world.camera_bounds, nearest + away * facing)
        behind = position + _BACK_M * facing
        if not obstacles.blocked_share(behind, spread(about), np.zeros((0, 3))):
            break
        away *= _SHRINK
    away = float((inside(world.camera_bounds, nearest + away * facing) - nearest) @ facing)
    focal = float(np.clip(picture.half_width_mm * (away - depth / 2) / half, grammar.WIDEST_MM, focal))
    opening = float(np.arctan(picture.half_width_mm / focal))
    turn = side * (0.0 if shot.view is View.SIDE else opening)
    distance = away / np.cos(turn)
    aim = nearest - away * np.tan(turn) * np.cross(UP, facing)
    elevation = grammar.ELEVATION_RAD[shot.angle]
    seen = _in_picture(path, aim + distance * direction(facing, turn, 0.0), facing, turn, opening)
    followed, progress = np.tile(aim, (count, 1)), np.linspace(0, 1, count)
    return Setup(aim, facing, turn, elevation, float(distance), focal, followed, progress), seen


def _in_picture(
    path: Array, position: Array, facing: Array, turn: float, opening: float
) -> NDArray[np.bool_]:
    """Which of the middles of what passes the picture shows."""
    back = direction(facing, turn, 0.0)
    right = np.cross(UP, back)
    ahead = (path - position) @ -back
    return np.asarray(
        (ahead > 0) & (np.abs((path - position) @ right) < _COMES_INTO * np.tan(opening) * ahead)
    )


def turning_along(setup: Setup, action: ActionPoints, picture: Format) -> Setup:
    """The set-up of a camera that turns after what passes, and less than that: it still crosses the picture
    from one side to the other, and takes the whole shot for it."""
    position = setup.centre + setup.distance_m * setup.toward_camera
    right = np.cross(UP, setup.facing)
    away = action.path - position
    bearing = np.arctan2(away @ right, away @ -setup.facing)
    opening = float(np.arctan(picture.half_width_mm / setup.focal_mm))
    turned = bearing - _CROSSES * opening * bearing / max(float(np.abs(bearing).max()), 1e-6)
    share = np.interp(setup.progress, np.linspace(0, 1, len(turned)), turned)
    level = setup.distance_m * np.cos(setup.elevation_rad)
    ahead = np.cos(share)[:, None] * -setup.facing + np.sin(share)[:, None] * right
    aims = position + level * ahead
    aims[:, 2] = setup.centre[2]
    return replace(setup, followed=aims, slack=np.inf)


def while_seen(action: ActionPoints, seen: NDArray[np.bool_]) -> ActionPoints:
    """The action as far as it is in the picture."""
    return replace(action, times=action.times[seen], moving=action.moving[seen], eyes=action.eyes[seen])
