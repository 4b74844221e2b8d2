"""Doors that people open, close and come in by: where they stand, and when their hand is on the handle."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.motion import HoldingPart
from lichtspiel.screenplay import Action, Beat
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.doorways import DOORWAY
from lichtspiel.stage.instance import Instance, as_vec3, facing_yaw
from lichtspiel.stage.people import Actor, people_ground
from lichtspiel.stage.world import Direction, Grip

OPENING, CLOSING = "open_door", "close_door"
_HOLDS = {OPENING: (0.32, 0.8), CLOSING: (0.24, 0.62)}
"""When the hand takes the handle and lets it go, in shares of the motion."""
_AJAR_RAD = 0.8
"""How far a door stands open that somebody closes."""
_LEAF = "leaf"
_INSET_M, _HANDLE_M = 0.13, 0.07
"""From the leaf's free edge to the middle of its handle, and from the leaf to the handle."""
_BESIDE, _BEFORE = 0.125, 0.36
"""How far beside and before the handle one stands whose right hand takes it, against body height: far enough
aside for the leaf to swing past."""


_OUTSIDE, _BEHIND_M, _BEHIND_S = 0.32, 0.75, 0.7
"""How far behind the door one waits who comes in, against body height; and those who follow, metres and
seconds."""
_SHORT_M = 0.6
"""How far from the middle of the room they stop, and from the door their way turns there."""
_REACHES_S, _TAKES_S, _OPENS_S = 0.6, 0.1, 1.05
"""Until they walk; how long before that the hand has the handle, and after that it lets go."""


def leaf_of(door: Instance) -> bool:
    """Whether a thing has a leaf on a hinge."""
    return any(part.name == _LEAF and part.joint.kind == "hinge" for part in door.asset.parts)


def at_door(blocking: Blocking, door: Instance, actor: Actor) -> tuple[Array, float]:
    """Where someone stands whose right hand is nearer to the handle, and which way they face."""
    part = next(part for part in door.asset.parts if part.name == _LEAF)
    low = min(shape.position[0] - shape.size[0] for shape in part.shapes)
    front, right = door.direction((0.0, -1.0, 0.0)), door.direction((1.0, 0.0, 0.0))
    handle = door.to_world(np.array([part.position[0] + low + _INSET_M, -_HANDLE_M, 0.0]))
    tall = actor.person.height_m
    place = handle - _BESIDE * tall * right + _BEFORE * tall * front
    return np.array([*place[:2], people_ground(blocking.place).centre[2]]), facing_yaw(-front)


def hold_handle(
    blocking: Blocking, door: Instance, actor: Actor, motion: str, start: float, lasts_s: float
) -> None:
    """The hand on the handle, so that the leaf goes where the hand goes and swings on from there."""
    if motion not in _HOLDS:
        return
    if motion == CLOSING:
        door.joint_offsets[_LEAF] = _AJAR_RAD
    takes, lets_go = _HOLDS[motion]
    body = door.body(_LEAF)
    blocking.grips.append(
        Grip(actor.name, "hand_r", body, start + takes * lasts_s, start + lets_go * lasts_s)
    )


def come_in(blocking: Blocking, door: Instance, beat: Beat, actor: Actor, number: int, start: float) -> None:
    """Into the room by its closed door: from outside, the hand on the handle, after those who go before."""
    spot = blocking.place.spots[DOORWAY]
    threshold, inward = np.array(spot.position), np.array(spot.facing)
    outside = _OUTSIDE * actor.person.height_m + number * _BEHIND_M
    actor.position, actor.yaw = threshold - outside * inward, facing_yaw(inward)
    way = people_ground(blocking.place).centre - threshold
    end = threshold + way - _SHORT_M * way / float(np.linalg.norm(way))
    goes_s = start + _REACHES_S + number * _BEHIND_S
    path = (as_vec3(threshold + _SHORT_M * inward), as_vec3(np.array([*end[:2], threshold[2]])))
    actor.directions.append(Direction(Action.WALK, goes_s, path=path, speed=beat.speed))
    if number:
        return
    handle, left = -door.direction((1.0, 0.0, 0.0)), np.cross([0.0, 0.0, 1.0], inward)
    part: HoldingPart = "hand_l" if float(handle @ left) > 0 else "hand_r"
    blocking.grips.append(
        Grip(actor.name, part, door.body(_LEAF), goes_s - _TAKES_S, goes_s + _OPENS_S / beat.speed)
    )
