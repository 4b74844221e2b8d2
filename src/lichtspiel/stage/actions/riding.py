"""Horses, ridden or not: their pieces go with the saddle, each as the gait has it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lichtspiel.library import canter
from lichtspiel.library.asset import Joint, Part
from lichtspiel.library.motion import MotionEntry
from lichtspiel.screenplay import Beat, Gaze
from lichtspiel.stage.blocking import UP, Blocking
from lichtspiel.stage.holding import carried
from lichtspiel.stage.instance import Instance, as_vec3, facing_yaw, yaw
from lichtspiel.stage.people import Actor, people_ground
from lichtspiel.stage.ways import stretch
from lichtspiel.stage.world import Canter, Direction, Grip

CANTER_M_S = 4.9
"""Of the medium canter whose stride `library.canter` has."""
_SLOWER = 2.2
"""Power that makes of a slow ride, at 0.6 of the canter's speed, a walk at 1.6 m/s."""
_ABREAST_M = 1.6
"""Between horses that go side by side."""


def mounted(actor: Actor, mount: Instance, motion: MotionEntry) -> list[Grip]:
    """How what somebody sits or stands on goes along with them."""
    if not motion.canters:
        return carried(actor, mount, motion.holds, 0.0)
    # A horse that stands is one piece; every piece of one that goes is led.
    parts = _taken_apart(mount)
    hold = next(hold for hold in motion.holds if hold.part == "seat")
    pieces = [hold.model_copy(update={"piece": part.name, "thing": mount.entry.id}) for part in parts]
    grips = carried(actor, mount, pieces, 0.0)
    return [replace(grip, gait_of=part.name) for grip, part in zip(grips, parts, strict=True)]


def canters(thing: Instance) -> bool:
    """Whether it has the legs for it."""
    return set(canter.pieces()) <= {part.name for part in thing.asset.parts}


def canter_off(blocking: Blocking, beat: Beat, horse: Instance, index: int) -> None:
    """Straight across the picture, or where the beat says, as far as it comes in the time."""
    ground = people_ground(blocking.place)
    heading = {
        Gaze.LEFT: -ground.right, Gaze.CAMERA: ground.facing, Gaze.AWAY: -ground.facing,
    }.get(beat.gaze or Gaze.RIGHT, ground.right)  # fmt: skip
    way_m = CANTER_M_S * beat.speed * blocking.until_s(beat)
    back, ahead = stretch(blocking.place, ground, heading)
    begins_m = float(np.clip(-way_m / 2, back, max(ahead - way_m, back)))
    aside = index * _ABREAST_M * np.cross(UP, heading)
    horse.position = ground.centre + begins_m * heading + aside
    horse.orientation = yaw(facing_yaw(heading))
    pieces = tuple((horse.body(part), part.name) for part in _taken_apart(horse))
    blocking.canters.append(
        Canter(pieces, as_vec3(horse.position), as_vec3(heading), CANTER_M_S * beat.speed)
    )
    blocking.expect(0.5 * blocking.until_s(beat))


def _taken_apart(horse: Instance) -> tuple[Part, ...]:
    parts = tuple(replace(part, joint=Joint(), parent=None) for part in horse.asset.parts)
    horse.asset = replace(horse.asset, parts=parts)
    return parts


def at_gait(beat: Beat, direction: Direction) -> tuple[Beat, Direction]:
    """The same at the pace of a horse that goes slowly: it walks, at a third of the canter's speed."""
    speed = min(beat.speed, beat.speed**_SLOWER)
    return beat.model_copy(update={"speed": speed}), replace(direction, speed=speed)
