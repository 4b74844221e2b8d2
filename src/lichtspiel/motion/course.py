"""What a figure's body does over the take: postures one after the other, and the ways between them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array
from lichtspiel.motion import acting, glide, posture, styles
from lichtspiel.motion import controls as control
from lichtspiel.motion.acting import Flying, Motion, Setting, motion_of
from lichtspiel.motion.actor import Actor, styled
from lichtspiel.motion.anatomy import Anatomy
from lichtspiel.motion.company import Company, Meeting, meeting, partner_of
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.gait import gait
from lichtspiel.motion.gaits import STRIDES
from lichtspiel.motion.leaping import is_leap, leap, lowest
from lichtspiel.motion.path import Path, arriving, path, shortened
from lichtspiel.motion.planting import planted
from lichtspiel.motion.replay import replayed
from lichtspiel.motion.riding import mounted
from lichtspiel.motion.rounds import Round, at_home, danced
from lichtspiel.motion.solve import Skeleton
from lichtspiel.motion.strides import speed_m_s, strides
from lichtspiel.motion.tracks import eased
from lichtspiel.motion.treads import climbed, climbs
from lichtspiel.motion.walk import RATE_HZ, Walk, walk
from lichtspiel.screenplay import Action
from lichtspiel.stage.world import Direction, PlacedFigure
from lichtspiel.stage.world import Span as Shot

POSTURES = (Action.STAND, Action.SIT, Action.LIE, Action.WALK)
_CHANGE_S = 1.5
"""Sitting down or getting up takes 1.3 to 2 s (Kralj et al., 1990)."""
_SEAT_M = 0.45
_BED_M = 0.0
_GLIDE_M_S = 3.0
_NEVER = 1e6
_LOW, _RISEN = 0.25, 0.8
"""Hips that are further than this from where they act, in leg lengths, come there first; the motion begins
in the last part of that."""
_TAKE_UP_S = 0.35
_LEAN = 0.65
"""Bend of the trunk while the weight passes from seat to feet, radians."""


@dataclass(frozen=True, eq=False)
class Span:
    """One posture with the place where it is held; `cut`: it begins at a cut, without a way to it."""

    direction: Direction
    position: Array
    yaw: float
    start_s: float
    end_s: float
    cut: bool
    walks_until_s: float
    """When a walk should have come to its end."""


@dataclass(frozen=True, eq=False)
class Strike:
    """A heel that comes down: side 0 is the left one; `force` is the share of a full step's."""

    time_s: float
    side: int
    place: Array
    force: float


def spans(figure: PlacedFigure, timeline: tuple[Shot, ...]) -> list[Span]:
    """The postures of a figure from time 0 to the end; a walk goes on into the stand that it ends in.

    Who is told to be elsewhere at the start of a shot is there at once. Who is told to sit elsewhere
    within a shot has been standing before the seat.
    """
    shots = [shot.world_start_s for shot in timeline]
    ordered = sorted((d for d in figure.directions if _is_posture(d)), key=lambda d: d.start_s)
    if not ordered or ordered[0].start_s > 0:
        ordered.insert(0, Direction(Action.STAND, 0.0))
    # Of several that begin before the take, the last holds.
    first = max(i for i, d in enumerate(ordered) if d.start_s <= 0 or i == 0)
    ordered = ordered[first:]
    position, yaw = np.array(figure.position), figure.yaw
    found: list[Span] = []
    for index, direction in enumerate(ordered):
        moved = direction.position is not None or direction.yaw is not None
        at_cut = index == 0 or any(abs(direction.start_s - shot) < 0.5 / RATE_HZ for shot in shots)
        position = position if direction.position is None else np.array(direction.position)
        yaw = yaw if direction.yaw is None else direction.yaw
        start = max(direction.start_s, 0.0) if index else 0.0
        end = ordered[index + 1].start_s if index + 1 < len(ordered) else _NEVER
        after_walk = bool(found) and _goes(found[-1].direction)
        if after_walk and not moved and direction.action is Action.STAND:
            found[-1] = replace(found[-1], end_s=end, walks_until_s=start)
        else:
            if moved and not at_cut and direction.action is Action.SIT and not after_walk:
                found[-1] = replace(found[-1], position=position, yaw=yaw)
                moved = False
            found.append(Span(direction, position, yaw, start, end, moved or index == 0, end))
    return found


def _is_posture(direction: Direction) -> bool:
    """Whether it takes the whole body, of which one holds at a time."""
    motion = motion_of(direction)
    return direction.action in POSTURES or (motion is not None and not motion.overlaid)


def _goes(direction: Direction) -> bool:
    """Whether it leads along a path."""
    motion = motion_of(direction)
    return direction.action is Action.WALK or (motion is not None and motion.travels)


def cuts(figure: PlacedFigure, timeline: tuple[Shot, ...]) -> tuple[float, ...]:
    """When the figure is elsewhere at once."""
    return tuple(span.start_s for span in spans(figure, timeline) if span.cut and span.start_s > 0)


@dataclass(frozen=True, eq=False)
class Course:
    """Controls over the take without breath, sway and gaze; strikes of the heels; stretches in the air."""

    controls: Controls
    strikes: list[Strike]
    flights: list[Flying]


def course(
    actor: Actor,
    figure: PlacedFigure,
    timeline: tuple[Shot, ...],
    times: Array,
    company: Company | None = None,
    gravity_m_s2: float = 9.81,
) -> Course:
    """What the whole body of a figure does; what its arms do besides is laid over it afterwards.

    company: all figures as far as they are known, for those who act in pairs.
    """
    parts: list[Controls] = []
    strikes: list[Strike] = []
    flights: list[Flying] = []
    ground, stands = np.zeros(len(times)), np.zeros(len(times), bool)
    whole = spans(figure, timeline)
    arrived: tuple[Array, float] | None = None
    for index, told in enumerate(whole):
        span = told if told.cut or arrived is None else replace(told, position=arrived[0], yaw=arrived[1])
        arrived = None if told.cut else arrived
        samples = (times >= span.start_s) & (times < span.end_s)
        count = int(samples.sum())
        if not count:
            continue
        start_s = float(times[samples][0])
        before = parts[-1] if parts and not span.cut else None
        who = styled(actor, span.direction)
        motion = motion_of(span.direction)
        if _goes(span.direction):
            walked, arrived = _walk(who, span, motion, before, count, gravity_m_s2)
            here = walked.controls
            found = walked.strikes
        elif motion is not None:
            met = meeting(company, figure.name, span.direction, motion) if company else None
            if met is None:
                here, found, flown, arrived = _acted(
                    who, span, motion, before, times[samples], gravity=gravity_m_s2
                )
            else:
                here, found, flown, arrived = _paired(who, span, motion, before, times[samples], met)
            flights += flown
        else:
            still = control.placed(_held(who, span, whole, index), span.position, span.yaw)
            here = control.held(still, count)
            found = []
            if before is not None:
                here = _change(before, here, times[samples] - span.start_s, span)
        since = times[samples] - span.start_s
        share = np.ones(count) if before is None else eased(since / _TAKE_UP_S)
        here = styles.borne(who.body, here, styles.of(span.direction), share, times[samples])
        strikes += [
            Strike(start_s + time_s, side, place, force)
            for time_s, side, place, force in found
            if 0 <= time_s < count / RATE_HZ
        ]
        ground[samples] = lowest(span.direction, motion, span.position)
        stands[samples] = _on_level_ground(span, motion)
        parts.append(here)
    return Course(_planted(actor, control.joined(parts), ground, stands, whole, times), strikes, flights)


def _on_level_ground(span: Span, motion: Motion | None) -> bool:
    """Whether feet that touch the ground in a span are to stand still."""
    path_m = np.array(span.direction.path).reshape(-1, 3)
    level = not len(path_m) or bool(np.ptp(np.append(path_m[:, 2], span.position[2])) < 1e-3)
    carried = motion is not None and (motion.score.gait == "glide" or motion.entry.home == "sea")
    return level and not carried


def _planted(
    actor: Actor,
    whole: Controls,
    ground: Array,
    stands: NDArray[np.bool_],
    told: list[Span],
    times: Array,
) -> Controls:
    """All stretches between cuts with feet that do not slide."""
    later = [int(np.searchsorted(times, s.start_s)) for s in told if s.cut and s.start_s > 0]
    begins = [0, *later, len(times)]
    stretches = [slice(a, b) for a, b in itertools.pairwise(begins) if b > a]
    return control.joined(
        [planted(actor, control.part(whole, here), ground[here], stands[here]) for here in stretches]
    )


def _acted(
    actor: Actor,
    span: Span,
    motion: Motion,
    before: Controls | None,
    times: Array,
    partner: tuple[Anatomy, Skeleton] | None = None,
    answers: bool = False,
    gravity: float = 9.81,
) -> tuple[Controls, list[tuple[float, int, Array, float]], list[Flying], tuple[Array, float]]:
    """A motion of the whole body: its controls, strikes, flights, and where it leaves the figure."""
    under = control.placed(acting.base(actor, motion, span.direction), span.position, span.yaw)
    since = times - span.start_s
    waits = 0.0
    if before is not None:
        last = control.part(before, slice(-1, None))
        if motion.score.base == "stand" and _stands(actor, last, span):
            under = posture.on_feet_of(actor.body, under, last)
        elif abs(float(last.hips[0, 2] - under.hips[0, 2])) > _LOW * actor.body.leg:
            waits = _RISEN * _CHANGE_S / span.direction.speed
    setting = Setting(
        span.position,
        span.yaw,
        np.maximum(since - waits, 0.0),
        min(span.end_s, float(times[-1])) - span.start_s - waits,
        begun=before is None,
        left_handed=actor.person.left_handed,
        partner=partner,
        answers=answers,
    )
    under = control.held(under, len(times))
    if motion.clip is not None:
        acted = replayed(actor, motion, motion.clip, span.direction, under, setting)
    elif is_leap(span.direction, motion):
        acted = leap(actor, motion, span.direction, under, setting, gravity)
    else:
        acted = acting.perform(actor, motion, span.direction, under, setting)
    here = acted.controls
    if before is not None:
        here = _change(before, here, since, span) if waits else _taken_up(before, here, since)
    begin = span.start_s + waits
    flights = [replace(f, start_s=f.start_s + begin, end_s=f.end_s + begin) for f in acted.flights]
    strikes = []
    for strike in acted.strikes:
        sample = int(np.clip((strike + waits) * RATE_HZ, 0, len(times) - 1))
        side = int(np.argmin(here.ankles[sample, :, 2]))
        strikes.append((strike + waits, side, here.ankles[sample, side], 1.0))
    return here, strikes, flights, (acted.position, acted.yaw)


def _paired(
    actor: Actor, span: Span, motion: Motion, before: Controls | None, times: Array, met: Meeting
) -> tuple[Controls, list[tuple[float, int, Array, float]], list[Flying], tuple[Array, float]]:
    """The same with a partner: first they come to each other."""
    comes: list[Controls] = []
    strikes: list[tuple[float, int, Array, float]] = []
    count = min(int(met.waits_s * RATE_HZ), len(times)) if before is not None else 0
    if count and before is not None:
        last = control.part(before, slice(-1, None))
        steps = gait(actor.person, actor.body, actor.manner, 0.8)
        here = last.hips[0] * [1.0, 1.0, 0.0] + [0.0, 0.0, met.position[2]]
        way = path(here, float(last.pelvis[0, 0]), met.position[None], 0.0)
        way = replace(way, headings=way.headings + _nearest_turn(met.yaw - way.headings[-1]) * arriving(way))
        still = posture.stand(actor.body, actor.manner, actor.sole)
        walked = walk(actor, way, steps, last, still, count)
        comes, strikes = [walked.controls], [s for s in walked.strikes if s[0] < count / RATE_HZ]
        before = walked.controls
    if count >= len(times):
        return comes[0], strikes, [], (met.position, met.yaw)
    first = round(float(times[0]) * RATE_HZ)
    there = slice(first + count, first + len(times))
    moved = replace(span, position=met.position, yaw=met.yaw, start_s=span.start_s + count / RATE_HZ)
    body, found = partner_of(met, there)
    score, clock = motion.score, (times[count:] - moved.start_s) * acting.tempo(span.direction)
    turning = None
    if score.couple is not None and score.cycle is not None and not met.stays:
        leads = met.yaw + (np.pi if met.answers else 0.0)
        turning = Round(score.couple, met.middle, leads, score.cycle[1] - score.cycle[0])
        found = at_home(turning, found, clock)
    acted, hits, flown, arrived = _acted(
        actor, moved, motion, before, times[count:], partner=(body, found), answers=met.answers
    )
    if turning is not None:
        acted = danced(actor, acted, turning, clock, float(met.position[2]))
        turn, _ = turning.gone(clock[-1:])
        arrived = turning.carried(arrived[0][None], clock[-1:])[0], arrived[1] + float(turn[0])
    strikes += [(time_s + count / RATE_HZ, side, place, force) for time_s, side, place, force in hits]
    return control.joined([*comes, acted]), strikes, flown, arrived


def _nearest_turn(angle: float) -> float:
    return float((angle + np.pi) % (2 * np.pi) - np.pi)


def _stands(actor: Actor, last: Controls, span: Span) -> bool:
    """Whether a figure stands where it is to act, facing about the way it is to face."""
    near = float(np.linalg.norm((last.ankles.mean(1)[0] - span.position)[:2])) < 0.35 * actor.body.leg
    turned = abs((float(last.pelvis[0, 0]) - span.yaw + np.pi) % (2 * np.pi) - np.pi) < 0.5
    low = float(last.ankles[0, :, 2].max() - span.position[2]) < 2 * actor.body.ankle_height
    return near and turned and low and float(last.hips[0, 2] - span.position[2]) > 0.8 * actor.body.leg


def _taken_up(before: Controls, after: Controls, since: Array) -> Controls:
    """Into a motion that begins on the feet that the figure stands on."""
    last = control.held(control.part(before, slice(-1, None)), len(since))
    mixed = control.mix(
        control.wound(last, control.part(after, slice(0, 1))), after, eased(since / _TAKE_UP_S)
    )
    return replace(mixed, ankles=after.ankles, feet=after.feet, toes=after.toes)


def _walk(
    actor: Actor, span: Span, motion: Motion | None, before: Controls | None, count: int, gravity: float
) -> tuple[Walk, tuple[Array, float]]:
    """The way of a span, and where it ends and which way the figure faces there."""
    lasts = min(span.walks_until_s - span.start_s, count / RATE_HZ)
    stops = span.walks_until_s < span.end_s
    if before is not None:
        before = control.part(before, slice(-1, None))
    gait_name = "walk" if motion is None else motion.score.gait
    if motion is not None and gait_name == "glide":
        return _glide(actor, span, motion, before, count, lasts, stops)
    still = posture.stand(actor.body, actor.manner, actor.sole)
    if climbs(motion, span.direction):
        return climbed(actor, span.direction, span.position, before, still, count)
    if gait_name in STRIDES:
        how = STRIDES[gait_name]
        factor = span.direction.speed
        speed = abs(speed_m_s(actor, how, factor))
        way = _way(span, lasts * speed, speed if stops else None, how.froude < 0)
        manner = styles.of(span.direction)
        walked = strides(actor, how, way, factor, manner, before, still, count, gravity)
    else:
        steps = gait(actor.person, actor.body, actor.manner, span.direction.speed)
        steps = replace(steps, arm_swing=steps.arm_swing * styles.of(span.direction).swing)
        way = _way(span, lasts * steps.speed_m_s, steps.speed_m_s if stops else None)
        walked = walk(actor, way, steps, before, still, count)
    if motion is not None:
        over = acting.lay_along(actor, motion, span.direction, walked.controls, begun=before is None)
        walked = replace(walked, controls=over)
    return walked, (way.points[-1], float(way.headings[-1]))


def _way(span: Span, reach_m: float, stops_within_m: float | None, backwards: bool = False) -> Path:
    """The way of a span, as far as its time lets the figure come; who goes backwards faces away from it."""
    corners = np.array(span.direction.path).reshape(-1, 3)
    way = path(span.position, span.yaw + (np.pi if backwards else 0.0), corners, reach_m)
    if stops_within_m is not None:
        way = shortened(way, max(reach_m - stops_within_m, 0.2))
    return replace(way, headings=way.headings - np.pi) if backwards else way


def _glide(
    actor: Actor,
    span: Span,
    motion: Motion,
    before: Controls | None,
    count: int,
    lasts: float,
    stops: bool,
) -> tuple[Walk, tuple[Array, float]]:
    speed = (motion.entry.speed_m_s or _GLIDE_M_S) * span.direction.speed * actor.manner.pace
    way = _way(span, lasts * speed, speed if stops else None)
    gone = glide.gone_m(count, speed, way.length_m, before is not None, stops)
    still = control.held(acting.base(actor, motion, span.direction), count)
    since = np.arange(count) / RATE_HZ
    setting = Setting(
        np.zeros(3), 0.0, since, count / RATE_HZ, begun=True, left_handed=actor.person.left_handed
    )
    played = acting.perform(actor, motion, span.direction, still, setting).controls
    rounds = since * acting.tempo(span.direction) / motion.entry.duration_s
    moved = mounted(actor, motion.entry, glide.carried(played, way, gone), rounds)
    walked = Walk(moved if before is None else _change(before, moved, since, span), [])
    return walked, (way.points[-1], float(way.headings[-1]))


def _held(actor: Actor, span: Span, whole: list[Span], index: int) -> Controls:
    body, manner, sole = actor.body, actor.manner, actor.sole
    match span.direction.action:
        case Action.SIT:
            return _seated(actor, span)
        case Action.LIE:
            return posture.lie(body, manner, span.direction.seat_height_m or _BED_M)
        case _:
            standing = posture.stand(body, manner, sole)
            seat = _neighbouring_seat(whole, index)
            return standing if seat is None else posture.on_feet_of(body, standing, _seated(actor, seat))


def _seated(actor: Actor, span: Span) -> Controls:
    motion = motion_of(span.direction)
    if motion is not None:
        return acting.base(actor, motion, span.direction)
    height = span.direction.seat_height_m
    return posture.sit(actor.body, actor.manner, actor.sole, _SEAT_M if height is None else height)


def _neighbouring_seat(whole: list[Span], index: int) -> Span | None:
    """The seat that a standing figure will sit down on, or has got up from."""
    for other, cut in ((index + 1, index + 1), (index - 1, index)):
        if 0 <= other < len(whole) and not whole[cut].cut and _sits(whole[other].direction):
            return whole[other]
    return None


def _sits(direction: Direction) -> bool:
    motion = motion_of(direction)
    return direction.action is Action.SIT or (motion is not None and motion.score.base == "sit")


def _change(before: Controls, after: Controls, since: Array, span: Span) -> Controls:
    """From the last sample of one posture into the next."""
    takes = min(_CHANGE_S / span.direction.speed, max(span.end_s - span.start_s, 0.2))
    share = np.clip(since / takes, 0.0, 1.0)
    eased_share = eased(share)
    last = control.held(control.part(before, slice(-1, None)), len(since))
    last = control.wound(last, control.part(after, slice(0, 1)))
    mixed = control.mix(last, after, eased_share)
    # Hands come down once the body sits, and leave the thighs before it gets up.
    later = np.clip(2 * share - 1, 0, 1) if after.grip.any() else np.clip(2 * share, 0, 1)
    grip = last.grip + (later * later * (3 - 2 * later))[:, None] * (after.grip - last.grip)
    drop = abs(float(after.hips[0, 2] - last.hips[0, 2]))
    # Who ends bent over, on hands and knees, leans that way anyhow.
    upright = np.clip(1 - np.abs(after.thorax[:, 1]) / _LEAN, 0.0, 1.0)
    lean = _LEAN * min(drop / 0.4, 1.0) * upright * np.sin(np.pi * share) ** 2
    bend = np.stack([np.zeros_like(lean), lean, np.zeros_like(lean)], -1)
    mixed = replace(mixed, grip=grip)
    return control.shifted(mixed, thorax=bend, head=0.4 * bend, pelvis=0.6 * bend)
