"""Things that go from hand to hand: who gives holds them until both have hold of them, then who takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lichtspiel.library.motion import APPROACH_S, STEP_UP_S, HoldingPart, MotionEntry
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.holding import NEVER_S, grips
from lichtspiel.stage.instance import Instance
from lichtspiel.stage.people import Actor
from lichtspiel.stage.world import Direction, Grip

_FACES: dict[HoldingPart, HoldingPart] = {"hand_l": "hand_r", "hand_r": "hand_l"}
"""The other's hand that is before one's own where two face each other."""
_AT_ONCE_S = 0.5
"""Who is to do something together so early stands there from the start."""
_STEP_M = 0.32


def hand_over(
    blocking: Blocking,
    motion: MotionEntry,
    pair: tuple[Actor, Actor],
    things: Sequence[Instance],
    told: Direction,
) -> None:
    """Give what the first of a pair has in hand to the second, when the motion says."""
    giver, taker = pair
    if motion.hands_over_s is None:
        return
    at_s = told.start_s + _comes_s(motion, giver, taker, told) + motion.hands_over_s / told.speed
    bodies = {thing.root_body for thing in things}
    held = [grip for grip in blocking.grips if grip.body in bodies and grip.figure == giver.name]
    blocking.grips = [
        replace(grip, end_s=min(grip.end_s, at_s)) if grip in held else grip for grip in blocking.grips
    ]
    for thing in things:
        parts: list[HoldingPart] = [grip.part for grip in held if grip.body == thing.root_body]
        part = parts[0] if parts else "hands"
        blocking.grips += [_in(part, grip) for grip in grips(taker, [thing], at_s, NEVER_S)]


def _in(part: HoldingPart, grip: Grip) -> Grip:
    """The grip of the hand that is before the giver's."""
    return replace(grip, part=_FACES[part]) if part in _FACES and grip.part in _FACES else grip


def _comes_s(motion: MotionEntry, giver: Actor, taker: Actor, told: Direction) -> float:
    """How long the two take to come to each other first."""
    if told.start_s <= _AT_ONCE_S:
        return 0.0
    apart = float(np.linalg.norm((taker.position - giver.position)[:2]))
    return APPROACH_S if abs(apart - motion.apart_m) / 2 > _STEP_M else STEP_UP_S
