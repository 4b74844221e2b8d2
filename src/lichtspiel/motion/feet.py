"""Feet of a score: where they stand, how they step from one place to the next, and legs in the air."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.score import Key
from lichtspiel.motion import turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import DOWN, OUTWARD, Anatomy
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.keys import Moment, channel, sided, sided_channel
from lichtspiel.motion.soles import Sole
from lichtspiel.motion.tracks import eased, through

_STEP_M = 0.006
"""Places of a foot further apart than this, in leg lengths, are a step."""
_TURN = 0.35
"""Turns of a standing foot by more than this, in radians, are a step too."""
_LIFT, _LIFT_MOST = 0.22, 0.11
"""Height of a step against its length, and at most against the leg."""
_PITCH = 0.3
_ON_GROUND = 0.02
_LEAVES = 0.06
"""By how much, in leg lengths, a foot is lifted on its way into the air and back."""
_CLEARANCE_M = 0.012
"""Of a leg that stands on nothing above the ground, in leg lengths."""
_TOES_LIMIT = 1.05


@dataclass(frozen=True)
class _Place:
    """A foot at a moment: ball (x, y, z), yaw and pitch in the world, or a leg that stands on nothing."""

    time_s: float
    ball: tuple[float, float, float, float, float]
    leg: tuple[float, float, float, float] | None = None


def stepped(actor: Actor, base: Controls, told: Controls, part: Any) -> Controls:
    """`told` with ankles, feet and toes of the score, on hips that are already where they belong."""
    ankles, feet, toes = told.ankles.copy(), told.feet.copy(), told.toes.copy()
    for side in (0, 1):
        keys = sided_channel(part.moments, _told, side)
        if not keys:
            continue
        places = _places(actor, base, part, side, keys)
        places = _with_steps(places, actor.body.leg)
        times = np.array([place.time_s for place in places])
        course = through(times, np.array([place.ball for place in places]), part.clock)
        ankles[:, side], feet[:, side], toes[:, side] = planted(actor, side, course, part.origin[:, 2])
        if any(place.leg for place in places):
            _swing(actor, told, part, side, places, ankles, feet, toes)
    return replace(told, ankles=ankles, feet=feet, toes=toes)


def _told(key: Key, side: int) -> Any:
    step = sided(key, "foot", side)
    return (
        ("step", step)
        if step is not None
        else (None if sided(key, "leg", side) is None else ("leg", sided(key, "leg", side)))
    )


def _places(
    actor: Actor, base: Controls, part: Any, side: int, keys: list[tuple[Moment, Any]]
) -> list[_Place]:
    """Keys of one foot, from where it stands in the base to where it stands at the end."""
    turn: list[tuple[Moment, Any]] = channel(part.moments, lambda key: key.turn)
    turn_times = np.array([m.time_s for m, _ in turn] or [0.0])
    turn_values = np.radians(np.array([v for _, v in turn] or [0.0], float))
    first = ball_of(actor, base, side, 0)
    found: list[_Place] = [] if part.begun else [_Place(0.0, first)]
    last = first
    for moment, (kind, value) in keys:
        sample = int(np.clip(np.searchsorted(part.clock, moment.time_s), 0, len(part.clock) - 1))
        if kind == "step":
            yaw = float(part.heading[sample])
            yaw += float(np.interp(moment.time_s, turn_times, turn_values))
            last = _ball(actor.body, part.origin[sample], yaw, side, value)
            found.append(_Place(moment.time_s, last))
        else:
            found.append(_Place(moment.time_s, last, value))
    if part.stance is not None:
        found.append(replace(found[-1], time_s=max(part.stance_from_s, found[-1].time_s + 1e-3)))
        found.append(
            _Place(max(part.stance_until_s, found[-1].time_s + 0.05), ball_of(actor, part.stance, side, -1))
        )
    return [place for i, place in enumerate(found) if i == 0 or place.time_s > found[i - 1].time_s]


def _ball(body: Anatomy, origin: Array, yaw: float, side: int, step: Sequence[float]) -> Any:
    out, ahead, up, toe_out, pitch = step
    x, y = out * OUTWARD[side] * body.leg, -ahead * body.leg
    cos, sin = np.cos(yaw), np.sin(yaw)
    return (
        float(origin[0] + cos * x - sin * y),
        float(origin[1] + sin * x + cos * y),
        float(origin[2] + up * body.leg),
        float(yaw + OUTWARD[side] * np.radians(toe_out)),
        float(np.radians(pitch)),
    )


def ball_of(actor: Actor, controls: Controls, side: int, sample: int) -> Any:
    """Ball (x, y, z), yaw and pitch of a foot in a posture."""
    yaw, pitch, _ = controls.feet[sample, side]
    _, ball = actor.sole.points(actor.body, side)
    place = controls.ankles[sample, side] + turns.euler(controls.feet[sample, side]) @ ball
    return (*(float(v) for v in place), float(yaw), float(pitch - actor.sole.pitch(actor.body)))


def _with_steps(places: list[_Place], leg: float) -> list[_Place]:
    """With a lifted foot between two places on the ground that are apart."""
    found = places[:1]
    for place in places[1:]:
        before = found[-1]
        apart = float(np.hypot(place.ball[0] - before.ball[0], place.ball[1] - before.ball[1])) / leg
        level = abs(place.ball[2] - before.ball[2]) < _ON_GROUND * leg
        turned = abs(place.ball[3] - before.ball[3]) > _TURN and abs(place.ball[4]) < 0.3
        if (apart > _STEP_M or turned) and level and place.leg is None and before.leg is None:
            middle = [(a + b) / 2 for a, b in zip(before.ball, place.ball, strict=True)]
            middle[2] += leg * min(_LIFT * apart + 0.03, _LIFT_MOST)
            middle[4] += _PITCH * min(apart / 0.3, 1.0)
            x, y, z, yaw, pitch = middle
            found.append(_Place((before.time_s + place.time_s) / 2, (x, y, z, yaw, pitch)))
        found.append(place)
    return found


def planted(actor: Actor, side: int, course: Array, ground: Array) -> tuple[Array, Array, Array]:
    """Ankle, angles and toes of a foot from the course (T, 5) of its ball: heel up about the ball, toes up
    about the heel."""
    body, sole = actor.body, actor.sole
    yaw, pitch = course[:, 3], course[:, 4]
    base = sole.pitch(body)
    zero = np.zeros_like(yaw)
    flat = turns.euler(np.stack([yaw, zero + base, zero], -1))
    tilted = turns.euler(np.stack([yaw, base + pitch, zero], -1))
    heel, ball = sole.points(body, side)
    pivot = np.where(pitch[:, None] >= 0, ball, heel)
    ankle = course[:, :3] - flat @ ball + turns.turned(flat, pivot) - turns.turned(tilted, pivot)
    near = 1 - eased((course[:, 2] - ground) / (0.05 * body.leg))
    toes = np.clip(base + near * pitch, base, _TOES_LIMIT)
    return ankle, np.stack([yaw, base + pitch, zero], -1), toes


def _swing(
    actor: Actor,
    told: Controls,
    part: Any,
    side: int,
    places: list[_Place],
    ankles: Array,
    feet: Array,
    toes: Array,
) -> None:
    """Lay the legs that stand on nothing over the feet that stand."""
    times = np.array([place.time_s for place in places])
    free = through(times, np.array([float(place.leg is not None) for place in places]), part.clock)
    legs = [place for place in places if place.leg is not None]
    values = np.radians(np.array([place.leg for place in legs], float))
    angles = through(np.array([place.time_s for place in legs]), values, part.clock)
    ankle, turn, foot = hung(actor.body, actor.sole, told, side, angles)
    if not part.rests:
        ankle = _above(actor, side, ankle, turn, part.origin[:, 2] + _CLEARANCE_M * actor.body.leg)
    ankles[:, side] += free[:, None] * (ankle - ankles[:, side])
    # A foot leaves the ground before it goes anywhere.
    ankles[:, side, 2] += _LEAVES * actor.body.leg * (1 - (1 - free) ** 12) * (1 - free)
    # Feet of a body that has turned over come down the short way, not back through all it has turned.
    gap = (foot - feet[:, side] + np.pi) % (2 * np.pi) - np.pi
    usual = foot - (1 - free)[:, None] * gap
    ground = turns.euler(feet[:, side])
    between = ground @ turns.share(turns.back(ground) @ turn, free)
    feet[:, side] = np.where(free[:, None] > 0, turns.angles_near(between, usual), feet[:, side])
    toes[:, side] *= 1 - free


def _above(actor: Actor, side: int, ankle: Array, turn: Array, ground: Array) -> Array:
    """Ankles lifted so that heel, ball and toes of feet turned (T, 3, 3) are above the ground."""
    points = [*actor.sole.points(actor.body, side), actor.body.toe[side]]
    lowest = np.min([(turn @ point)[:, 2] for point in points], axis=0)
    lift = np.maximum(ground - ankle[:, 2] - lowest, 0.0)
    return np.asarray(ankle + lift[:, None] * [0.0, 0.0, 1.0])


def hung(body: Anatomy, sole: Sole, told: Controls, side: int, angles: Array) -> tuple[Array, Array, Array]:
    """Ankle (T, 3), turn (T, 3, 3) and roughly the angles (T, 3), rounds counted, of the foot of a leg by its
    joints (T, 4), as in `score.Leg`."""
    ahead, out, knee, point = angles.T
    pelvis = turns.euler(told.pelvis)
    aside = pelvis @ turns.about_y(-OUTWARD[side] * out)
    upper, lower = aside @ turns.about_x(-ahead), aside @ turns.about_x(knee - ahead)
    joint = told.hips + pelvis @ (body.hip[side] - body.hip_centre)
    ankle = joint + body.thigh[side] * (upper @ DOWN) + body.shin[side] * (lower @ DOWN)
    yaw, pitch, roll = told.pelvis.T
    bent = knee - ahead + point + sole.pitch(body)
    rounds = np.stack([yaw, pitch + bent, roll - OUTWARD[side] * out], -1)
    return ankle, aside @ turns.about_x(bent), rounds
