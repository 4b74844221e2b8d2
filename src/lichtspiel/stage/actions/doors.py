"""Doors that people open and close: where they stand, and how long their hand is on the handle."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.instance import Instance, facing_yaw
from lichtspiel.stage.people import Actor, people_ground
from lichtspiel.stage.world import Grip

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


def leaf_of(door: Instance) -> bool:
    """Whether a thing has a leaf on a hinge."""
    return any(part.name == _LEAF and part.joint.kind == "hinge" for part in door.asset.parts)


def at_door(blocking: Blocking, door: Instance, actor: Actor) -> tuple[Array, float]:
    """Where someone stands to take the handle with the right hand, and which way they face."""
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
    if motion not in _HOLDS or actor.person.left_handed:
        return
    if motion == CLOSING:
        door.joint_offsets[_LEAF] = _AJAR_RAD
    takes, lets_go = _HOLDS[motion]
    body = door.body(_LEAF)
    blocking.grips.append(
        Grip(actor.name, "hand_r", body, start + takes * lasts_s, start + lets_go * lasts_s)
    )
