"""Pendulums that people draw aside and let go: where they stand, and how long a hand is on the bob."""

from __future__ import annotations

from typing import Literal

import numpy as np

from lichtspiel.library.asset import Array, Part
from lichtspiel.library.motion import MotionEntry
from lichtspiel.stage.actions.swinging import swing_axis
from lichtspiel.stage.blocking import Blocking, level, shift
from lichtspiel.stage.instance import Instance, facing_yaw
from lichtspiel.stage.layout import RAISED_M
from lichtspiel.stage.people import Actor, people_ground
from lichtspiel.stage.world import Grip

_TAKES_S = 0.62
"""When the hand has come to the bob, at the usual speed."""
_ASIDE = 0.24
"""How far beside whoever takes it the bob hangs, against body height: they draw it to themselves."""
_BEHIND_M = 0.22
"""Clear way between a table and who stands at it."""


def hangs(thing: Instance) -> bool:
    """Whether a thing has a bob that swings on a hinge."""
    return thing.spot("bob") is not None and swing_axis(thing) is not None


def at_pendulum(
    blocking: Blocking, thing: Instance, motion: MotionEntry, actor: Actor
) -> tuple[Array, float]:
    """Where someone stands behind a pendulum whose bob their hand takes, and which way they face.

    On a table it stands as near to them as they reach over its edge.
    """
    assert motion.release is not None
    ground = blocking.ground
    tall = actor.person.height_m
    aside, ahead = _ASIDE * tall, motion.release.at[1] * tall
    if ground.centre[2] > RAISED_M:
        bob = thing.spot("bob")
        assert bob is not None
        wanted = ground.size_m[1] / 2 + _BEHIND_M - ahead
        back = min(wanted, (ground.size_m[1] - thing.size[1]) / 2)
        shift([thing], -ground.facing * (back + float((bob - ground.centre) @ ground.facing)))
    bob = thing.spot("bob")
    assert bob is not None
    # Who faces the camera has their right hand on the left of the picture.
    side = -1.0 if actor.person.left_handed else 1.0
    place = bob + side * aside * ground.right - ahead * level(ground.facing)
    return np.array([*place[:2], people_ground(blocking.place).centre[2]]), facing_yaw(ground.facing)


def hold_bob(
    blocking: Blocking, thing: Instance, motion: MotionEntry, actor: Actor, start: float, speed: float
) -> None:
    """The hand on the bob from when it comes to it until it lets go; from there on it swings by itself."""
    assert motion.release is not None
    part = _swinging(thing)
    lets_go = start + motion.release.at_s / speed
    hand: Literal["hand_l", "hand_r"] = "hand_l" if actor.person.left_handed else "hand_r"
    blocking.grips.append(Grip(actor.name, hand, thing.body(part), start + _TAKES_S / speed, lets_go))
    blocking.let_go[thing.prop.id] = lets_go


def bobs(blocking: Blocking) -> tuple[str, ...]:
    """Body names of what people let swing, which is seen with them."""
    things = [blocking.cast[name][0] for name in blocking.let_go if hangs(blocking.cast[name][0])]
    return tuple(thing.body(_swinging(thing)) for thing in things)


def _swinging(thing: Instance) -> Part:
    return next(part for part in thing.hanging_parts() if part.joint.kind == "hinge")
