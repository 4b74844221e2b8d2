"""Running, sneaking, hopping: a body carried along a way on feet that stand, push off and swing.

Between two contacts the body flies: its height follows the parabola of gravity, and the legs that catch it
bend by as much as its speed asks for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import gaussian_filter1d, minimum_filter1d

from lichtspiel.library.asset import Array
from lichtspiel.motion import controls as control
from lichtspiel.motion import feet, turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import OUTWARD
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.gaits import Stride
from lichtspiel.motion.path import Path, ahead
from lichtspiel.motion.styles import Bearing
from lichtspiel.motion.tracks import eased, through
from lichtspiel.motion.walk import RATE_HZ, Walk

_G = 9.81
_STOP_S = 0.7
_CLOSE = 0.2
_NEVER = 1e9
_FLAT = (0.2, 0.55)
"""Parts of a stand between which the foot is flat."""
_RUN_MIDDLE = 0.42
"""When, in its stand, the foot of one who flies is below the hips: it lands nearer to them than it leaves."""
_BEHIND = 0.42
"""How far, in leg lengths, a foot stays behind a body that sets off."""


@dataclass(frozen=True, eq=False)
class _Run:
    """What all feet of one stretch share."""

    actor: Actor
    how: Stride
    way: Path
    times: Array
    pace: Array
    gone: Array
    phase: Array
    before: Controls | None
    after: Controls
    stride_m: float
    gravity: float

    def at(self, phase: float) -> float:
        """Time at which the left foot's cycle is at a phase."""
        return float(np.interp(phase, self.phase, self.times))

    def value(self, of: Array, time_s: float) -> float:
        return float(np.interp(time_s, self.times, of))


def speed_m_s(actor: Actor, how: Stride, factor: float) -> float:
    """Of a person who goes at `factor` times the usual pace."""
    leg = actor.body.leg + actor.body.ankle_height
    old = float(np.clip((actor.person.age_years - 60) / 30, 0, 1))
    return how.froude * factor * actor.manner.pace * (1 - 0.35 * old) * float(np.sqrt(_G * leg))


def stride_m(actor: Actor, how: Stride, factor: float) -> float:
    """Way of a person in a cycle at `factor` times the usual pace; negative backwards."""
    return how.stride * (actor.body.leg + actor.body.ankle_height) * float(np.sqrt(abs(factor)))


def strides(
    actor: Actor,
    how: Stride,
    way: Path,
    factor: float,
    bearing: Bearing,
    before: Controls | None,
    still: Controls,
    count: int,
    gravity: float,
) -> Walk:
    """`count` samples along a way; before and still as in `walk`."""
    speed = speed_m_s(actor, how, factor)
    stride = stride_m(actor, how, factor)
    cycle_s = stride / speed
    tail = int(1.5 * cycle_s * RATE_HZ) + 2
    lead = 0 if before is not None else int(1.5 * cycle_s * RATE_HZ)
    times = np.arange(-lead, count + tail) / RATE_HZ
    pace = _pace(times, abs(speed), way.length_m, how, before is not None)
    gone = np.cumsum(pace) * abs(speed) / RATE_HZ
    gone -= gone[lead] if before is None else 0.0
    phase = np.cumsum((0.8 + 0.2 * pace) / cycle_s / RATE_HZ)
    phase += (how.stands[-1][1] - 0.08) if before is not None else 0.0
    end_yaw = float(way.headings[-1])
    after = control.placed(still, way.points[-1], end_yaw)
    run = _Run(actor, how, way, times, pace, gone, phase, before, after, stride, gravity)
    carried = _carried(run, bearing)
    if before is not None:
        moved = way.at(gone) - way.at(np.zeros(1))
        first = control.shifted(control.held(before, len(times)), hips=moved)
        carried = control.mix(first, carried, eased(times / how.start_s))
    ankles, angles, toes, strikes, done = _feet(run)
    if done < times[-1]:
        arrived = eased((times - done + 0.6 * _STOP_S) / _STOP_S)
        carried = control.mix(carried, control.held(after, len(times)), arrived)
    whole = _on_feet(actor, _drawn_up(actor, replace(carried, ankles=ankles, feet=angles, toes=toes)))
    return Walk(control.part(whole, slice(lead, lead + count)), strikes)


def _pace(times: Array, speed: float, length_m: float, how: Stride, from_rest: bool) -> Array:
    up_m = speed * how.start_s / 2 if from_rest else 0.0
    down_m = speed * _STOP_S / 2
    share = min(1.0, length_m / (up_m + down_m))
    cruise_s = max(0.0, length_m / share - up_m - down_m) / speed
    begin = how.start_s if from_rest else 0.0
    rising = eased(times / how.start_s) if from_rest else np.ones(len(times))
    return np.asarray(share * rising * (1 - eased((times - begin - cruise_s) / _STOP_S)))


def _feet(run: _Run) -> tuple[Array, Array, Array, list[tuple[float, int, Array, float]], float]:
    count = len(run.times)
    ankles, angles, toes = np.zeros((count, 2, 3)), np.zeros((count, 2, 3)), np.zeros((count, 2))
    strikes: list[tuple[float, int, Array, float]] = []
    done = 0.0
    ground = run.way.at(run.gone)[:, 2]
    for side in (0, 1):
        if side == 1 and run.how.free_foot is not None:
            course = _free(run)
        else:
            keys, found, last = _keys(run, side)
            strikes += found
            done = max(done, last)
            times = np.array([key[0] for key in keys])
            keep = np.concatenate([[True], np.diff(times) > 1e-4])
            course = through(times[keep], np.array([key[1] for key in keys])[keep], run.times)
        ankles[:, side], angles[:, side], toes[:, side] = feet.planted(run.actor, side, course, ground)
    return ankles, angles, toes, strikes, done


_Key = tuple[float, tuple[float, float, float, float, float]]


def _keys(run: _Run, side: int) -> tuple[list[_Key], list[tuple[float, int, Array, float]], float]:
    """Keys of one foot's ball, its strikes, and when it has come to its last place (or never)."""
    how, actor = run.how, run.actor
    keys: list[_Key] = []
    strikes: list[tuple[float, int, Array, float]] = []
    place: tuple[float, float, float, float, float] | None = None
    lift_s = 0.0
    if run.before is not None:
        place = feet.ball_of(actor, run.before, side, -1)
        keys.append((float(run.times[0]) - 0.01, place))
    shift = how.offset if side else 0.0
    cycle = float(np.floor(run.phase[0] - shift))
    while cycle + shift < run.phase[-1]:
        for index, (landing, lift) in enumerate(how.stands):
            begin, end = run.at(cycle + shift + landing), run.at(cycle + shift + lift)
            if end <= run.times[0] + 1e-6:
                continue
            if run.before is not None and begin <= run.times[0] + 1e-6:
                # A foot goes with the body before the leg is stretched.
                lift_s = min(end, float(np.interp(_BEHIND * actor.body.leg, run.gone, run.times)))
                assert place is not None
                keys.append((lift_s, (*place[:4], np.radians(how.push) * run.value(run.pace, lift_s))))
                continue
            new, final = _landing(run, side, begin, end)
            if place is not None:
                short = index > 0
                keys += _swing(run, place, new, lift_s, begin, how.short_swing if short else how.swing)
            keys += _stand(run, new, begin, end, final)
            strikes.append((begin, side, np.array(new[:3]), run.value(run.pace, begin)))
            place, lift_s = new, end
            if final:
                return keys, strikes, begin
        cycle += 1
    return keys, strikes, _NEVER


def _landing(
    run: _Run, side: int, begin: float, end: float
) -> tuple[tuple[float, float, float, float, float], bool]:
    """Where a foot comes down, and whether it stays there."""
    how, body = run.how, run.actor.body
    middle = begin + (_RUN_MIDDLE if how.stands[0][1] < 0.5 else 0.5) * (end - begin)
    gone = run.value(run.gone, middle)
    left = run.way.length_m - gone
    stopped = run.value(run.pace, begin) < 0.12 and begin > 1.5 * how.start_s
    if stopped or left < _CLOSE * abs(run.stride_m) * 0.5:
        return feet.ball_of(run.actor, run.after, side, 0), True
    heading = float(run.way.heading(np.array(gone)))
    out = how.width * body.leg * (1 + how.unsteady * np.sin(7.3 * begin + 2 * side))
    aside = OUTWARD[side] * out * np.array([np.cos(heading), np.sin(heading), 0.0])
    ball = 0.09 * body.leg * ahead(np.array(heading))
    point = run.way.at(np.array(gone)) + aside + ball
    yaw = heading + OUTWARD[side] * np.radians(how.toe_out)
    return (float(point[0]), float(point[1]), float(point[2]), float(yaw), 0.0), False


def _stand(
    run: _Run, place: tuple[float, float, float, float, float], begin: float, end: float, final: bool
) -> list[_Key]:
    pace = run.value(run.pace, begin)
    strike, push = np.radians(run.how.strike) * pace, np.radians(run.how.push) * run.value(run.pace, end)
    flat = [begin + share * (end - begin) for share in _FLAT]
    keys: list[_Key] = [(begin, (*place[:4], float(strike))), (flat[0], place)]
    if final:
        return [*keys, (run.times[-1] + 1.0, place)]
    return [*keys, (flat[1], place), (end, (*place[:4], float(push)))]


def _swing(
    run: _Run,
    start: tuple[float, float, float, float, float],
    end: tuple[float, float, float, float, float],
    begin_s: float,
    end_s: float,
    swing: tuple[tuple[float, float, float, float], ...],
) -> list[_Key]:
    """Keys in the air. A foot that swings slowly is lifted less."""
    keys: list[_Key] = []
    pace = run.value(run.pace, 0.5 * (begin_s + end_s))
    lift = 0.35 + 0.65 * pace
    leg = run.actor.body.leg
    for share, way, up, pitch in swing:
        mixed = [(1 - way) * a + way * b for a, b in zip(start, end, strict=True)]
        low = max(start[2], end[2]) if abs(end[2] - start[2]) > 0.02 else mixed[2]
        mixed[2] = low + up * leg * lift
        mixed[4] = np.radians(pitch) * pace
        keys.append((begin_s + share * (end_s - begin_s), tuple(float(v) for v in mixed)))  # type: ignore[arg-type]
    return keys


def _free(run: _Run) -> Array:
    """(T, 5) ball of a foot that is held up."""
    assert run.how.free_foot is not None
    at, up, pitch = run.how.free_foot
    leg = run.actor.body.leg
    heading = run.way.heading(run.gone)
    side = np.stack([np.cos(heading), np.sin(heading), np.zeros_like(heading)], -1)
    point = run.way.at(run.gone) + at * leg * ahead(heading) - 0.1 * leg * side
    point[:, 2] += up * leg
    course = np.concatenate([point, heading[:, None], np.full((len(heading), 1), np.radians(pitch))], 1)
    if run.before is not None:
        start = np.array(feet.ball_of(run.actor, run.before, 1, -1))
        share = eased(run.times / 0.5)[:, None]
        course = start + share * (course - start)
    return np.asarray(course)


def _height(run: _Run) -> Array:
    """(T,) of the hips against those of one who stands, metres: parabolas in the air, dips on the ground."""
    how = run.how
    cycle_s = abs(run.stride_m) / max(abs(run.gone[-1] - run.gone[-2]) * RATE_HZ, 1e-6)
    full = speed_m_s(run.actor, how, 1.0)
    cycle_s = abs(run.stride_m / full)
    spans = [(a % 1.0, b) for a, b in how.stands]
    if how.free_foot is None:
        spans += [(a + how.offset, b + how.offset) for a, b in how.stands]
    spans.sort()
    dip = np.zeros(len(run.times))
    place = run.phase % 1.0
    flies = False
    for index, (begin, end) in enumerate(spans):
        following = spans[index + 1][0] if index + 1 < len(spans) else spans[0][0] + 1.0
        air = following - end
        if air <= 0.01:
            continue
        flies = True
        tf = air * cycle_s
        up = run.gravity * tf / 2
        local = (place - end) % 1.0
        flying = local < air
        share = local / air
        dip += np.where(flying, up * tf / 2 * share * (1 - share) * 2, 0.0)
        ground = (place - begin) % 1.0
        width = end - begin
        standing = ground < width
        dip -= np.where(standing, up * width * cycle_s / np.pi * np.sin(np.pi * ground / width) * 0.8, 0.0)
    if flies:
        return dip * run.pace
    lows = 4 * np.pi * (run.phase - 0.08)
    return (
        how.bounce * run.actor.body.leg * -np.cos(lows) * run.pace
        - how.bounce * run.actor.body.leg * run.pace
    )


def _carried(run: _Run, bearing: Bearing) -> Controls:
    """Hips, trunk, head and arms."""
    how, body, manner = run.how, run.actor.body, run.actor.manner
    turn = 2 * np.pi * (run.phase - 0.5 * how.stands[0][1])
    heading = run.way.heading(run.gone)
    side = np.stack([np.cos(heading), np.sin(heading), np.zeros_like(heading)], -1)
    wobble = how.unsteady
    drift = wobble * (0.05 * np.sin(2.1 * run.times) + 0.03 * np.sin(3.7 * run.times + 1))
    to_side = how.sway * body.leg * np.cos(turn) + drift * body.leg
    height = body.ankle_height + body.leg * (0.995 - how.crouch) + _height(run) * bearing.bounce
    height -= how.limp * 0.05 * body.leg * (0.5 + 0.5 * np.cos(turn - np.pi)) * run.pace
    hips = run.way.at(run.gone) + to_side[:, None] * side + height[:, None] * [0.0, 0.0, 1.0]
    swing = np.cos(turn + np.pi / 2) * run.pace
    lean = np.radians(how.lean) * (0.35 + 0.65 * run.pace) + manner.stoop
    zero = np.zeros_like(heading)
    tilt = np.radians(how.roll) * np.cos(turn) * run.pace + wobble * 0.12 * np.sin(2.6 * run.times + 0.5)
    pelvis = np.stack([heading - np.radians(how.pelvis) * swing, 0.45 * lean, -0.5 * tilt], -1)
    thorax = np.stack(
        [heading + np.radians(how.pelvis) * swing, lean, tilt + how.limp * 0.06 * np.cos(turn)], -1
    )
    head = np.stack([heading, zero + 0.2 * lean + np.radians(how.nod), -0.3 * tilt], -1)
    arm = np.radians(how.arm) * bearing.swing
    swung = OUTWARD * swing[:, None] * arm + np.radians(how.arm_ahead) + lean[:, None] * 0.8
    forward = OUTWARD * swing[:, None]
    count = len(heading)
    start = control.held(run.after, count)
    return replace(
        start,
        hips=hips, pelvis=pelvis, thorax=thorax, head=head, look=np.zeros((count, 3)),
        shoulders=np.stack([np.full((count, 2), 0.0), 0.1 + 0.08 * forward], -1),
        arms=np.stack(
            [
                swung,
                np.full((count, 2), np.radians(how.arm_out)) + body.arm_room,
                0.35 + 0.25 * np.maximum(forward, 0),
            ],
            -1,
        ),
        elbows=np.radians(how.elbow) * (0.3 + 0.7 * run.pace[:, None]) + 0.18 * forward,
        palms=np.full((count, 2), 0.35),
        wrists=np.full((count, 2, 2), [0.1, 0.0]),
        fingers=np.full((count, 2, 5), how.fist),
        grip=np.zeros((count, 2)),
        knees=np.zeros((count, 2)),
    )  # fmt: skip


def _drawn_up(actor: Actor, whole: Controls) -> Controls:
    """Feet that swing drawn towards the hip before the leg is straight, so that no knee snaps."""
    body = actor.body
    joints = whole.hips[:, None] + (turns.euler(whole.pelvis) @ (body.hip - body.hip_centre).T).swapaxes(1, 2)
    line = whole.ankles - joints
    length = np.linalg.norm(line, axis=-1)
    speed = np.linalg.norm(np.gradient(whole.ankles, axis=0), axis=-1) * RATE_HZ
    most, free = 0.99 * (body.thigh + body.shin), 0.93 * (body.thigh + body.shin)
    over = np.maximum(length - free, 0.0)
    softened = np.where(over > 0, free + (most - free) * (1 - np.exp(-over / (most - free))), length)
    share = eased((speed - 1.0) / 1.5)
    scale = 1 + share * (softened / length - 1)
    return replace(whole, ankles=joints + scale[..., None] * line)


def _on_feet(actor: Actor, whole: Controls) -> Controls:
    """Hips no higher than the leg reaches that stands, knees where the feet point."""
    body = actor.body
    offset = (turns.euler(whole.pelvis) @ (body.hip - body.hip_centre).T).swapaxes(1, 2)
    joints = whole.hips[:, None] + offset
    line = joints - whole.ankles
    reach = 0.997 * (body.thigh + body.shin)
    away = (line[..., :2] ** 2).sum(-1)
    top = whole.ankles[..., 2] + np.sqrt(np.maximum(reach**2 - away, 0.0)) - offset[..., 2]
    flat = (np.abs(np.gradient(whole.ankles, axis=0)[..., :2]).sum(-1) * RATE_HZ < 0.6) & (away < reach**2)
    excess = np.where(flat, np.minimum(top - whole.hips[:, 2:], 0.0), 0.0).min(1)
    smooth = gaussian_filter1d(minimum_filter1d(excess, 7), 1.6, mode="nearest")
    hips = whole.hips + np.minimum(smooth, excess)[:, None] * [0.0, 0.0, 1.0]
    return replace(whole, hips=hips, knees=0.6 * OUTWARD * (whole.feet[..., 0] - whole.pelvis[:, None, 0]))
