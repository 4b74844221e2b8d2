"""Who rolls over an edge or jumps down: where they set off, leave the ground, land and roll out."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array, Vec3
from lichtspiel.library.motion import MotionEntry
from lichtspiel.screenplay import Beat
from lichtspiel.stage.blocking import Blocking, level
from lichtspiel.stage.instance import Instance, as_vec3, facing_yaw
from lichtspiel.stage.people import Actor, people_ground

_RUN_UP_M, _BEFORE_M = 1.0, 0.18
"""Way on top before the edge, and how far before it the wheels leave the ground."""
_DOWN = "jump_down"
_BEYOND_M, _ROLLS_OUT_M = 0.15, 3.0


def over_edge(blocking: Blocking, beat: Beat, motion: MotionEntry, actor: Actor) -> tuple[Vec3, ...]:
    """Put who rolls on a board on top of what is jumped over, facing the way down.

    Returns where they leave the ground, land and come to; nothing where the beat's target
    has no edge to jump from, or the motion is done on foot.
    """
    things = blocking.cast.get(beat.target or "", [])
    rolls = any(hold.part == "feet" for hold in motion.holds)
    if not things or not rolls:
        return ()
    edge, below = things[0].spot("edge"), things[0].spot("end_ahead")
    if edge is None or below is None:
        return ()
    ahead = level(below - edge)
    ahead = ahead / np.linalg.norm(ahead)
    board_m = _board_m(blocking, motion)
    up = np.array([0.0, 0.0, board_m])
    actor.position = edge - _RUN_UP_M * ahead + up
    actor.yaw = facing_yaw(ahead)
    landing = below + _BEYOND_M * ahead + up
    return tuple(as_vec3(p) for p in (edge - _BEFORE_M * ahead + up, landing, landing + _ROLLS_OUT_M * ahead))


def off_top(
    blocking: Blocking, motion: MotionEntry, actor: Actor, mount: Instance | None
) -> tuple[Vec3, ...]:
    """The way of who jumps down from a thing that they stand on: straight down, as far as its top is high.

    How far ahead they come is the score's; nothing of who stands on the ground.
    """
    floor_m = float(people_ground(blocking.place).centre[2])
    if mount is None or actor.stands_on is None or motion.id != _DOWN:
        return ()
    below = np.array([*actor.position[:2], floor_m])
    return (as_vec3(actor.position), as_vec3(below), as_vec3(below))


def _board_m(blocking: Blocking, motion: MotionEntry) -> float:
    """Height of the board that is rolled on."""
    boards = [group[0] for group in blocking.cast.values() if group[0].entry.id == motion.on]
    top: Array | None = boards[0].spot("top") if boards else None
    return 0.0 if top is None else float(top[2] - boards[0].position[2])
