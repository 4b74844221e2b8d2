"""Whom and how much of people a shot shows besides those it is of."""

from __future__ import annotations

import numpy as np

from lichtspiel.camera.action import ActionPoints
from lichtspiel.camera.framing import Format, fit
from lichtspiel.camera.moves import Setup
from lichtspiel.camera.people import figure_points
from lichtspiel.camera.sight import Obstacles
from lichtspiel.camera.track import SENSOR_MM, Array
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Action, Shot, ShotSize
from lichtspiel.stage.world import Direction, Span, World
from lichtspiel.take import Take

STEP_BACK = 1.25
"""So much farther away a camera stands at most for the faces of those who look on."""
FEW = 6
"""Of so many onlookers the faces count; more are a background."""
POSTURES = (Action.STAND, Action.SIT, Action.LIE, Action.WALK, Action.PERFORM)
LEGS = 0.55
"""Lower share of a person's height, in which something may stand before the legs."""
LYING_EYES = 0.4
"""Height of eyes above the ground, in body heights, below which somebody lies."""
HIDDEN_LEGS = 0.6
"""Share of what is seen of legs below which they are not worth showing: so much of them is hidden."""


def with_onlookers(
    world: World, take: Take, shot: Shot, points: Array, frame: Array, picture: Format, fill: float
) -> Array:
    """The points, and the heads of those who look at whom the shot shows, if a step back takes them in."""
    shown = {body for name in shot.subjects for body in world.framing[name]}
    heads = [
        figure_points(figure, take, ShotSize.CLOSE_UP, np.zeros(1))[0]
        for figure in world.figures
        if figure.name not in shown and any(one.follows in shown for one in figure.directions)
    ]

    def away(some: Array) -> float:
        return fit(some, frame, SENSOR_MM, picture, fill)[1]

    farthest = STEP_BACK * away(points)
    for head in sorted(heads[:FEW], key=lambda head: away(np.concatenate([points, head]))):
        more = np.concatenate([points, head])
        if away(more) <= farthest:
            points = more
    return points


def fills(world: World, shot: Shot, span: Span) -> bool:
    """Whether a shot shows what people fill: one looks down into it."""
    shown = {body for name in shot.subjects for body in world.framing[name]}
    return any(
        stream.source is not None
        and (not shot.subjects or stream.vessel in shown)
        and stream.start_s < span.world_end_s
        and stream.end_s > span.world_start_s
        for stream in world.streams
    )


def all_sit(world: World, shot: Shot, span: Span) -> bool:
    """Whether everyone whom a shot shows sits at its end."""
    shown = [one for one in world.figures if not shot.subjects or one.character in shot.subjects]
    last = [
        [one for one in figure.directions if _is_posture(one) and one.start_s < span.world_end_s - 0.1][-1:]
        for figure in shown
    ]
    return bool(shown) and all(bool(told) and told[0].seat_height_m is not None for told in last)


def _is_posture(direction: Direction) -> bool:
    """Whether it says how somebody sits or stands: who eats does so as they are."""
    entry = catalogue.motions().get(direction.motion)
    return direction.action in POSTURES and (entry is None or entry.kind != "gesture")


def lies_low(world: World, shot: Shot, action: ActionPoints) -> bool:
    """Whether all whom a shot shows keep their eyes low: who swims or sleeps is seen from above."""
    shown = [one for one in world.figures if not shot.subjects or one.character in shot.subjects]
    if not shown or not action.eyes.size:
        return False
    ground = min(figure.position[2] for figure in shown)
    height = min(figure.person.height_m for figure in shown)
    return float(action.eyes[..., 2].max()) < ground + LYING_EYES * height


def legs_hidden(obstacles: Obstacles, setup: Setup, action: ActionPoints) -> bool:
    """Whether something stands before most of the lower half of those who act, from where a camera stands."""
    if not action.eyes.size or not len(obstacles.halves):
        return False
    position = setup.centre + setup.distance_m * setup.toward_camera
    body = action.moving[len(action.moving) // 2]
    ground, crown = float(body[:, 2].min()), float(action.eyes[len(action.eyes) // 2, :, 2].max())
    legs = body[body[:, 2] < ground + LEGS * (crown - ground)]
    return bool(len(legs)) and obstacles.blocked_share(position, legs, np.zeros((0, 3))) > HIDDEN_LEGS
