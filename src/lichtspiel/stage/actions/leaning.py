"""Who leans against something has it at the back: a wall, a tree, a lamp post, a car."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.motion import MotionEntry
from lichtspiel.screenplay import Beat
from lichtspiel.stage.blocking import Blocking, shift
from lichtspiel.stage.instance import Instance, yaw
from lichtspiel.stage.people import Actor, people_ground

_BACK = 0.2
"""From where somebody stands to the back that they lean with, in body heights."""
_LOW_M = 0.7
"""What is lower is not leaned against with the back."""
_HIGH_M, _WIDE_M = 1.4, 0.4
"""Upper end and half the width of what touches a back."""


def lean_on(blocking: Blocking, beat: Beat, motion: MotionEntry) -> None:
    """Put the beat's target behind its people, its front to their backs."""
    things = blocking.cast.get(beat.target or "", [])
    actors: list[Actor] = blocking.people[beat.subject]
    if motion.behind is None or not things or things[0].size[2] < _LOW_M or any(a.directions for a in actors):
        return
    thing = things[0]
    middle = np.mean([actor.position for actor in actors], 0)
    tall = float(np.mean([actor.person.height_m for actor in actors]))
    ahead = actors[0].ahead
    for actor in actors:
        actor.yaw = actors[0].yaw
    thing.orientation = yaw(actors[0].yaw)
    where = middle - (_BACK * tall + _front_m(thing)) * ahead
    where[2] = people_ground(blocking.place).centre[2]
    shift([thing], where - thing.position)


def _front_m(thing: Instance) -> float:
    """How far before its middle a thing begins where a back leans on it."""
    points = np.concatenate(
        [part.mesh.vertices + part.position for part in thing.asset.parts if part.mesh is not None]
    )
    beside = np.abs(points[:, 0]) < _WIDE_M
    # A wall has no vertices but at its ends.
    near = points[beside & (points[:, 2] > _LOW_M) & (points[:, 2] < _HIGH_M)]
    return float(-near[:, 1].min()) if len(near) else thing.size[1] / 2
