"""Plays a score on a body: the keys of trunk, limbs and hands laid over a posture or a walk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.ndimage import gaussian_filter1d, maximum_filter1d, minimum_filter1d

from lichtspiel.library.asset import Array
from lichtspiel.library.score import Key, Reach
from lichtspiel.motion import feet, limbs, poise, solve, turns, wrists
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import DOWN, FRONT, OUTWARD, Anatomy
from lichtspiel.motion.controls import Controls, sided_mix
from lichtspiel.motion.keys import Moment, channel, sided, sided_channel, times_of
from lichtspiel.motion.path import ahead
from lichtspiel.motion.reaches import Placed, Room, place
from lichtspiel.motion.rest import sunk
from lichtspiel.motion.shapes import shape
from lichtspiel.motion.tracks import eased, through, through_moving
from lichtspiel.motion.walk import RATE_HZ

_LAG_S = {"trunk": 0.02, "head": 0.05, "shoulders": 0.02, "elbow": 0.035, "wrist": 0.07, "fingers": 0.04}
"""Movements run from the middle of the body outward, each joint some hundredths of a second behind the one
that carries it (Putnam, 1993)."""
_REACH = 0.998
_LOWER = 0.6
"""How much lower, in arm lengths, a hand goes of whose swing nothing is left."""
_KINK_M_S, _ROLLS = 1.6, 4
"""Change of a resting body's speed within a frame from which on it is rounded off, and in how many rounds."""
_SINKS_M = 0.009
_OPPOSITE = -0.2
"""Cosine between two places of a hand, seen from the shoulder, that it swings between in a curve."""


@dataclass(frozen=True, eq=False)
class Part:
    """A stretch of performing: what is played, on which clock, and where."""

    moments: list[Moment]
    clock: Array
    """(T,) seconds of the performer's own clock."""
    heading: Array
    """(T,) yaw of the figure before the score turns it."""
    origin: Array
    """(T, 3) ground that the figure stands on."""
    room: Room
    lead_s: float
    begun: bool = False
    """Already at it at the first sample."""
    rests: bool = False
    stands: bool = False
    """On its own feet, holding on to nothing: it keeps its balance."""
    swing: float = 1.0
    """How large movements are that hands make in the air."""
    stance: Controls | None = None
    """What the figure stands like when it is over; None = it stays in the last key."""
    stance_from_s: float = 0.0
    stance_until_s: float = 0.0


def play(actor: Actor, base: Controls, part: Part) -> Controls:
    """The score over `base`, whose samples are those of the part's clock."""
    body = actor.body
    told = _trunk(body, base, part)
    told = feet.stepped(actor, base, told, part)
    told = on_planted(body, told, part.origin[:, 2])
    played = _hands(actor, told, part)
    if part.stands:
        moved = poise.aside(actor, played, part.origin[:, 2])
        if moved.any():
            leaned = on_planted(body, replace(told, hips=told.hips + moved), part.origin[:, 2])
            return _hands(actor, leaned, part)
    if not part.rests:
        return played
    fall = _rolled(sunk(actor, played, part.origin[:, 2]))
    lowered = replace(told, hips=told.hips - fall[:, None] * [0.0, 0.0, 1.0])
    return _hands(actor, feet.stepped(actor, base, lowered, part), part)


def _rolled(fall: Array) -> Array:
    """The fall (T,) of a body that comes to rest on its next part: it rolls from one on to the other."""
    found = fall
    for turn in range(_ROLLS):
        kink = np.pad(np.abs(np.diff(found, 2)), 1) * RATE_HZ > _KINK_M_S
        if not kink.any():
            break
        width = 1.0 + 0.4 * turn
        share = gaussian_filter1d(maximum_filter1d(kink.astype(float), 5), width)
        low = gaussian_filter1d(minimum_filter1d(found, 3), width, mode="nearest")
        found = np.minimum(found + share * (low - found), fall + _SINKS_M)
    return found


def share_in(part: Part, first_s: float) -> Array:
    """(T,) how far a channel has come from the base into its first key."""
    if part.begun:
        return np.ones(len(part.clock))
    return eased(part.clock / max(first_s, part.lead_s if first_s < 0.1 else 0.1))


def _vectors(part: Part, name: str, lag: float = 0.0) -> Array | None:
    """(T, n) of a channel of trunk or head, scaled by its swing; None where no key tells of it."""
    told: list[tuple[Moment, Any]] = channel(part.moments, lambda key: getattr(key, name))
    if not told:
        return None
    values = np.array([moment.gain * np.array(value, float) for moment, value in told])
    times = times_of(told)
    found = through(times, values, part.clock - lag)
    weight = share_in(part, float(times[0]))
    return np.asarray(found * weight.reshape(-1, *[1] * (found.ndim - 1)))


def _trunk(body: Anatomy, base: Controls, part: Part) -> Controls:
    count = len(part.clock)
    zero = np.zeros((count, 3))

    def angles(name: str) -> Array:
        found = _vectors(part, name, _LAG_S.get(name, 0.0))
        return zero if found is None else np.radians(found)

    turn = _vectors(part, "turn")
    turned = np.zeros(count) if turn is None else np.radians(turn)
    pelvis, trunk, head = angles("pelvis"), angles("trunk"), angles("head")
    pelvis = pelvis + turned[:, None] * [1.0, 0.0, 0.0]
    hips = _vectors(part, "hips")
    moved = base.hips
    if hips is not None:
        side = np.stack([np.cos(part.heading), np.sin(part.heading), np.zeros(count)], -1)
        offset = hips[:, :1] * side + hips[:, 1:2] * ahead(part.heading) + hips[:, 2:] * [0.0, 0.0, 1.0]
        moved = moved + body.leg * offset
    shoulders = _vectors(part, "shoulders", _LAG_S["shoulders"])
    raised = base.shoulders if shoulders is None else base.shoulders + np.radians(shoulders)[:, None, :]
    knees = _vectors(part, "knees")
    return replace(
        base,
        hips=moved,
        pelvis=base.pelvis + pelvis,
        thorax=base.thorax + pelvis + trunk,
        head=base.head + pelvis + 0.5 * trunk + head,
        shoulders=raised,
        knees=base.knees if knees is None else base.knees + np.radians(knees)[:, None],
    )


def on_planted(body: Anatomy, told: Controls, ground: Array) -> Controls:
    """Hips no higher than the legs reach that stand on the ground (T,)."""
    offset = (turns.euler(told.pelvis) @ (body.hip - body.hip_centre).T).swapaxes(1, 2)
    joints = told.hips[:, None] + offset
    away = ((joints - told.ankles)[..., :2] ** 2).sum(-1)
    reach = _REACH * (body.thigh + body.shin)
    top = told.ankles[..., 2] + np.sqrt(np.maximum(reach**2 - away, 0.0)) - offset[..., 2]
    low = told.ankles[..., 2] - ground[:, None] < 1.6 * body.ankle_height + 0.02 * body.leg
    excess = np.where(low, np.minimum(top - told.hips[:, 2:], 0.0), 0.0).min(1)
    if not excess.any():
        return told
    lower = np.minimum(gaussian_filter1d(minimum_filter1d(excess, 5), 1.2, mode="nearest"), excess)
    return replace(told, hips=told.hips + lower[:, None] * [0.0, 0.0, 1.0])


def _hands(actor: Actor, told: Controls, part: Part) -> Controls:
    """Arms, hands and fingers; a hand that is measured from the other comes after it."""
    body = actor.body
    arms = [sided_channel(part.moments, _arm_told, side) for side in (0, 1)]
    if not any(arms) and not any(_said(part, side, "shape") for side in (0, 1)):
        return told
    found = solve.torso(body, told)
    second = [any(isinstance(v, Reach) and v.to == "other" for _, v in told_of) for told_of in arms]
    placed: list[Placed | None] = [None, None]
    for side in sorted((0, 1), key=lambda s: second[s]):
        other = placed[1 - side]
        if second[side] and other is None:
            other = _hanging(body, found, 1 - side)
        told, placed[side] = _hand(actor, told, part, found, side, arms[side], other)
    return told


def _arm_told(key: Key, side: int) -> Any:
    """A reach or the angles of an arm."""
    reach = sided(key, "", side)
    return reach if reach is not None else sided(key, "arm", side)


def _said(part: Part, side: int, name: str) -> list[tuple[Moment, Any]]:
    return channel(part.moments, lambda key: sided(key, name, side))


def _hanging(body: Anatomy, found: solve.Skeleton, side: int) -> Placed:
    """A hand that no key places, roughly."""
    shoulder = found.heads[f"upperarm01.{'LR'[side]}"]
    down = np.broadcast_to([0.0, 0.0, -1.0], shoulder.shape)
    length = float(body.upper_arm[side] + body.forearm[side])
    return Placed(shoulder + length * down, down, down * 0, down * 0)


def _hand(
    actor: Actor,
    told: Controls,
    part: Part,
    found: solve.Skeleton,
    side: int,
    arms: list[tuple[Moment, Any]],
    other: Placed | None,
) -> tuple[Controls, Placed | None]:
    count = len(part.clock)
    fields: dict[str, Array] = {}
    result: Placed | None = None
    weight = np.zeros(count)
    if arms:
        times = times_of(arms)
        weight = share_in(part, float(times[0]))
        angles = [(m, v) for m, v in arms if not isinstance(v, Reach)]
        if angles:
            fields.update(_angles(angles, part, float(actor.body.arm_room[side])))
        reaches = [(m, v) for m, v in arms if isinstance(v, Reach)]
        fields["grip"] = np.zeros(count)
        if reaches:
            bound = np.array([float(isinstance(v, Reach)) for _, v in arms])
            fields["grip"] = through(times, bound, part.clock)
            result = _reached(actor.body, part, found, side, reaches, other)
            fields["hands"] = result.wrist
            fields["hand_along"], fields["hand_thumb"] = result.along, result.thumb
            assert result.pole is not None
            fields["elbow_poles"] = result.pole
    wrists = _said(part, side, "wrist")
    if wrists:
        values = np.radians(np.array([value for _, value in wrists], float))
        fields["wrists"] = through(times_of(wrists), values, part.clock - _LAG_S["wrist"])
    elif arms:
        fields["wrists"] = np.zeros((count, 2)) + [0.08, 0.0]
    fingers = _said(part, side, "shape")
    if not fields and not fingers:
        return told, None
    if fields:
        share = weight if arms else share_in(part, float(times_of(wrists)[0]))
        told = sided_mix(told, fields, side, share)
    if fingers:
        values = np.array([shape(value) for _, value in fingers])
        bends = through(times_of(fingers), values, part.clock - _LAG_S["fingers"])
        share = share_in(part, float(times_of(fingers)[0]))
        told = sided_mix(told, {"fingers": bends}, side, share)
    return told, result


def _angles(told: list[tuple[Moment, Any]], part: Part, room: float) -> dict[str, Array]:
    """Arms that hang are lifted by as much as the body beside them needs."""
    times = times_of(told)
    values = np.radians(np.array([value for _, value in told], float))
    near = through(times, values, part.clock - _LAG_S["shoulders"])
    far = through(times, values, part.clock - _LAG_S["elbow"])
    hanging = np.clip(np.cos(near[:, 0]), 0.0, 1.0) ** 2 * np.clip(1 - near[:, 1], 0.0, 1.0)
    near[:, 1] += hanging * max(room, 0.0)
    return {"arms": near[:, :3], "elbows": far[:, 3], "palms": far[:, 4]}


def _reached(
    body: Anatomy,
    part: Part,
    found: solve.Skeleton,
    side: int,
    reaches: list[tuple[Moment, Any]],
    other: Placed | None,
) -> Placed:
    """The hand through all its places, swung about the shoulder from one to the next."""
    cache: dict[int, Placed] = {}
    each = []
    for moment, reach in reaches:
        if id(moment.key) not in cache:
            cache[id(moment.key)] = place(body, found, part.room, _swung(reach, part.swing), side, other)
        each.append(cache[id(moment.key)])
    times = times_of(reaches)
    shoulder = found.heads[f"upperarm01.{'LR'[side]}"]

    def course(values: list[Array]) -> Array:
        return through_moving(times, np.stack(values, 1), part.clock)

    away = [p.wrist - shoulder for p in each]
    length = course([np.linalg.norm(a, axis=-1) for a in away])
    wrist = shoulder + length[:, None] * turns.unit(_around(times, away, part.clock, found))
    pole = limbs.natural_pole(found.turns["spine01"], wrist - shoulder, np.full(len(wrist), OUTWARD[side]))
    if any(p.pole is not None for p in each):
        pole = turns.unit(course([pole if p.pole is None else p.pole for p in each]))
    shoulders = body.upper_arm[side : side + 1], body.forearm[side : side + 1]
    *_, lower = limbs.bent(shoulder, wrist, *shoulders, pole)
    return Placed(wrist, *_turned(times, each, part.clock, solve.facing(lower), side), pole)


def _turned(times: Array, each: list[Placed], clock: Array, lower: Array, side: int) -> tuple[Array, Array]:
    """Directions (T, 3) of the hand along and to its thumb, from one place to the next."""
    moments, along, thumb = [float(times[0])], [each[0].along], [each[0].thumb]
    for before, after, start, end in zip(each, each[1:], times, times[1:], strict=False):
        middle = 0.5 * float(start + end)
        sample = int(np.clip(np.searchsorted(clock, middle), 0, len(clock) - 1))
        one, two = (turns.frame(p.along, p.thumb) @ solve.HANGING.T for p in (before, after))
        between = wrists.half_way(lower, one, two, sample, side) if end - start > 0.05 else None
        if between is not None:
            moments.append(middle)
            along.append(between @ DOWN)
            thumb.append(between @ FRONT)
        moments.append(float(end))
        along.append(after.along)
        thumb.append(after.thumb)
    both = (through_moving(np.array(moments), np.stack(way, 1), clock) for way in (along, thumb))
    first, second = (turns.unit(way) for way in both)
    return first, second


def _swung(reach: Reach, swing: float) -> Reach:
    """A place in the air further away and higher, or nearer and lower; what is touched stays where it is."""
    if reach.to != "shoulder" or swing == 1.0:
        return reach
    out, ahead, up = reach.by
    return reach.model_copy(update={"by": (swing * out, swing * ahead, up + _LOWER * (swing - 1.0))})


def _around(times: Array, away: list[Array], clock: Array, found: solve.Skeleton) -> Array:
    """(T, 3) from the shoulder to the hand. Between places on opposite sides of it the hand goes by the
    front."""
    front = -found.turns["spine01"][..., 1]
    moments, places = [float(times[0])], [away[0]]
    for before, after, start, end in zip(away, away[1:], times, times[1:], strict=False):
        first, second = turns.unit(before), turns.unit(after)
        sample = int(np.clip(np.searchsorted(clock, 0.5 * (start + end)), 0, len(clock) - 1))
        if first[sample] @ second[sample] < _OPPOSITE and end - start > 0.05:
            length = 0.5 * (np.linalg.norm(before, axis=-1) + np.linalg.norm(after, axis=-1))
            moments.append(0.5 * float(start + end))
            places.append(length[:, None] * turns.unit(first + second + 0.7 * front))
        moments.append(float(end))
        places.append(after)
    return through_moving(np.array(moments), np.stack(places, 1), clock)
