"""What people hold, throw up and send away, as far as a picture of them shows it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lichtspiel.camera.boxes import box_corners, corners_at
from lichtspiel.library.asset import Array
from lichtspiel.stage.world import PlacedFigure, World
from lichtspiel.take import Take

_LONG_M = 0.6
"""A tool of this length reaches beyond whoever holds it."""
_LEFT_M = 2.5
"""What is farther than this from all that a shot is about has left it."""


def tools(world: World, figure: PlacedFigure, take: Take, world_times: Array) -> list[Array]:
    """Corners (T, 8, 3) of what somebody holds all the while and is as long as a bat or an oar."""
    held = {
        grip.body
        for grip in world.grips
        if grip.figure == figure.name and grip.part.startswith("hand") and grip.end_s > world_times[-1]
    }
    found = []
    for name in sorted(held & set(take.names)):
        corners = box_corners(world.body(name).part)
        if corners is not None and np.ptp(corners, axis=0).max() > _LONG_M:
            found.append(np.stack([corners_at(take, name, corners, t) for t in world_times]))
    return found


def thrown_up(world: World, figure: PlacedFigure, take: Take, world_times: Array, top: Array) -> list[Array]:
    """Corners (T, 8, 3) of what somebody uses and throws above their head, whose height (T,) `top` is."""
    beats = [beat for beat in world.screenplay.beats if beat.subject == figure.character]
    own = {name for beat in beats for prop in beat.using for name in world.framing.get(prop, ())}
    found = []
    for name in sorted(own & set(take.names)):
        corners = box_corners(world.body(name).part)
        if corners is None:
            continue
        points = np.stack([corners_at(take, name, corners, t) for t in world_times])
        aside = np.linalg.norm((points.mean(1) - np.asarray(figure.position))[:, :2], axis=1)
        if (points[..., 2].max(1) > top).any() and aside.max() < _LEFT_M:
            found.append(points)
    return found


def until_it_leaves(points: Array, people: Array, others: Sequence[Array]) -> Array:
    """Corners (T, 8, 3) of a thing, which stay where it was last near people or what stands there.

    people: (T, Q, 3). others: corners (8, 3) of what stands. The picture of a kick is one of who kicks, not
    of the ball's whole way.
    """
    middle = points.mean(1)
    apart = np.linalg.norm(people - middle[:, None], axis=2).min(1)
    for corners in others:
        outside = np.maximum(corners.min(0) - middle, 0) + np.maximum(middle - corners.max(0), 0)
        apart = np.minimum(apart, np.linalg.norm(outside, axis=1))
    near = np.where(apart <= _LEFT_M, np.arange(len(points)), 0)
    return np.asarray(points[np.maximum.accumulate(near)])
