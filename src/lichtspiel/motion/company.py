"""Pairs: who does what with whom, where they meet, and what each needs to know of the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.motion import APPROACH_S, STEP_UP_S
from lichtspiel.motion import controls as control
from lichtspiel.motion import solve
from lichtspiel.motion.acting import Motion, motion_of
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import Anatomy
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.path import yaw_of
from lichtspiel.motion.solve import Skeleton
from lichtspiel.motion.walk import RATE_HZ
from lichtspiel.stage.world import Direction, PlacedFigure

_APPROACH_M_S = 0.75
_SETTLE_S = 1.1
_NEAR_M, _STEP_M = 0.1, 0.32
"""Who is so near is there; who has no farther to go than this takes a step."""
_USUAL_M = 1.72
"""Mean height of two people who stand as far apart as the motion's entry says."""
_TOGETHER_S = 0.6
"""Directions that begin within this time of each other are one."""


@dataclass(frozen=True, eq=False)
class Member:
    """One of the cast as the others see it: controls over the whole take."""

    order: int
    figure: PlacedFigure
    actor: Actor
    controls: Controls


Company = Mapping[str, Member]


@dataclass(frozen=True, eq=False)
class Meeting:
    """Where one of a pair is to stand, which way to face, and after how long both are there."""

    position: Array
    yaw: float
    waits_s: float
    answers: bool
    partner: Member
    stays: bool
    """The partner has not been asked to do it too and does not move."""
    middle: Array
    """(3,) between the two."""


def pairs_of(figure: PlacedFigure) -> list[Direction]:
    """Directions of a figure that need a partner."""
    found = []
    for direction in figure.directions:
        motion = motion_of(direction)
        if motion is not None and motion.entry.kind == "pair" and direction.partner:
            found.append(direction)
    return found


def meeting(company: Company, name: str, direction: Direction, motion: Motion) -> Meeting | None:
    """Where a figure meets the partner of a direction; None without one."""
    own, other = company.get(name), company.get(direction.partner or "")
    if own is None or other is None:
        return None
    together = any(
        d.motion == direction.motion
        and d.partner == name
        and abs(d.start_s - direction.start_s) < _TOGETHER_S
        for d in pairs_of(other.figure)
    )
    sample = int(np.clip(direction.start_s * RATE_HZ - 1, 0, len(own.controls.hips) - 1))
    here, there = own.controls.hips[sample] * [1, 1, 0], other.controls.hips[sample] * [1, 1, 0]
    line = there - here
    length = float(np.linalg.norm(line))
    along = line / length if length > 1e-3 else np.array([0.0, -1.0, 0.0])
    apart = motion.entry.apart_m * 0.5 * (own.actor.body.height_m + other.actor.body.height_m) / _USUAL_M
    ground = np.array([0.0, 0.0, own.figure.position[2]])
    middle = 0.5 * (here + there) if together else there - 0.5 * apart * along
    aside = motion.entry.aside_m * apart / motion.entry.apart_m * np.array([-along[1], along[0], 0.0])
    position = middle - 0.5 * apart * along + (1.0 if together else 2.0) * aside + ground
    way = abs(length - apart) * (0.5 if together else 1.0)
    walks_s = max(way / _APPROACH_M_S + _SETTLE_S, APPROACH_S) if way > _STEP_M else STEP_UP_S
    waits = walks_s if way > _NEAR_M and direction.start_s > 0 else 0.0
    leads = not direction.answers if motion.score.leads == "doer" else _leads(own, other, motion)
    answers = together and not leads
    yaw = float(yaw_of(along))
    return Meeting(position, yaw, waits, answers, other, not together, middle + ground)


def _leads(own: Member, other: Member, motion: Motion) -> bool:
    if motion.score.leads == "taller":
        return own.actor.body.height_m > other.actor.body.height_m
    return own.order < other.order


def partner_of(met: Meeting, samples: slice) -> tuple[Anatomy, Skeleton]:
    """The partner's body during some samples of the take."""
    body = met.partner.actor.body
    return body, solve.torso(body, control.part(met.partner.controls, samples))
