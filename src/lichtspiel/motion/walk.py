"""Walking: a body carried along a way by steps, from standing or in full stride, to a stand at its end."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import gaussian_filter1d, minimum_filter1d

from lichtspiel.library.asset import Array
from lichtspiel.motion import controls as control
from lichtspiel.motion import steps, turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import OUTWARD, Anatomy
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.gait import Gait, bears
from lichtspiel.motion.manner import Manner
from lichtspiel.motion.path import Path, ahead
from lichtspiel.motion.soles import Sole
from lichtspiel.motion.steps import FootTrack, Stand

RATE_HZ = 48.0
_START_S, _STOP_S = 1.1, 1.0
_SLOWEST = 0.85
"""Cadence of the first and last steps against the usual one."""
_REACH = 0.9993
_STANDING = 0.999
"""Height of the hips of one who stands, against the leg."""
_CLOSE = 0.15
"""Steps that end nearer than this, in steps, to where the walk ends, end there."""
_TOE_OUT = 0.11
_NEVER = 1e9


@dataclass(frozen=True, eq=False)
class Walk:
    """Controls of a walk, and the strikes of its heels: time, side, place (3,), share of full speed."""

    controls: Controls
    strikes: list[tuple[float, int, Array, float]]


def walk(actor: Actor, way: Path, gait: Gait, before: Controls | None, still: Controls, count: int) -> Walk:
    """`count` samples along a way.

    before: how the figure stands at the first sample; None = it comes walking.
    still: how it stands, in its own frame, when it has arrived.
    """
    body, manner, sole = actor.body, actor.manner, actor.sole
    lead = 0 if before is not None else int(1.6 * RATE_HZ / gait.cycles_hz)
    tail = int(1.6 * RATE_HZ / gait.cycles_hz) + 2
    times = (np.arange(-lead, count + tail)) / RATE_HZ
    pace = _pace(times, gait, way.length_m, before is not None)
    gone = np.cumsum(pace) * gait.speed_m_s / RATE_HZ
    gone += -gone[lead] if before is None else 0.0
    first_side = manner.weight_side if before is not None else 0
    # The foot that sets off first is the one that bears no weight, just before its heel rises.
    start = 0.48 if before is not None else manner.phase / (2 * np.pi)
    cadence = gait.cycles_hz * (_SLOWEST + (1 - _SLOWEST) * pace) / RATE_HZ
    phase = np.cumsum(cadence)
    phase += start - phase[lead]
    phases = np.stack([phase, phase], 1)
    phases[:, first_side if before is not None else 1] -= 0.5
    end_yaw = float(way.headings[-1])
    after = control.placed(still, way.points[-1], end_yaw)
    plan = _Plan(body, sole, way, gait, times, pace, gone, before, after)
    stands = [plan.stands(side, phases[:, side]) for side in (0, 1)]
    carried = _carried(body, manner, way, gait, phases[:, 0], gone, pace)
    if before is not None:
        carried = control.mix(control.held(before, len(times)), carried, _eased(times / _START_S))
    done = plan.done_s(stands, phases)
    if done < times[-1]:
        arrived = _eased((times - done + _STOP_S) / (1.15 * _STOP_S))
        carried = control.mix(carried, control.held(after, len(times)), arrived)
    heading = way.heading(gone)
    tracks = _tracks(body, sole, stands, phases, carried, heading, gait)
    carried = _borne(body, carried, tracks, phases, pace, gait)
    tracks = _tracks(body, sole, stands, phases, carried, heading, gait)
    whole = _on_feet(body, carried, tracks)
    strikes = [
        (float(np.interp(stand.landing, phases[:, side], times)), side, stand.ankle, stand.strike)
        for side in (0, 1)
        for stand in stands[side]
        if np.isfinite(stand.landing)
    ]
    return Walk(control.part(whole, slice(lead, lead + count)), strikes)


def _pace(times: Array, gait: Gait, length_m: float, from_rest: bool) -> Array:
    """(T,) speed against the full one: up, along, and down so that the way ends where the walk does."""
    up_m = gait.speed_m_s * _START_S / 2 if from_rest else 0.0
    down_m = gait.speed_m_s * _STOP_S / 2
    share = min(1.0, length_m / (up_m + down_m))
    cruise_s = max(0.0, length_m / share - up_m - down_m) / gait.speed_m_s
    begin = _START_S if from_rest else 0.0
    rising = _eased(times / _START_S) if from_rest else np.ones(len(times))
    falling = 1 - _eased((times - begin - cruise_s) / _STOP_S)
    return np.asarray(share * rising * falling)


@dataclass(frozen=True, eq=False)
class _Plan:
    """Where and when feet come down."""

    body: Anatomy
    sole: Sole
    way: Path
    gait: Gait
    times: Array
    pace: Array
    gone: Array
    before: Controls | None
    after: Controls

    def stands(self, side: int, phase: Array) -> list[Stand]:
        """All stands of one foot; phase (T,) is its own."""
        found = []
        landing = float(np.ceil(phase[0]))
        if self.before is not None:
            lift = landing - 1 + self.gait.stance
            lift += 1.0 if lift < phase[0] else 0.0
            landing = np.floor(lift) + 1
            found.append(self._first(side, lift, phase))
        while landing < phase[-1]:
            stand = self._stand(side, landing, phase)
            found.append(stand)
            if not np.isfinite(stand.lift):
                break
            landing += 1.0
        return found

    def done_s(self, stands: list[list[Stand]], phases: Array) -> float:
        """When both feet have come to their last place."""
        if not all(np.isinf(s[-1].lift) for s in stands):
            return _NEVER
        landings = [np.interp(s[-1].landing, phases[:, side], self.times) for side, s in enumerate(stands)]
        return float(max(landings))

    def _first(self, side: int, lift: float, phase: Array) -> Stand:
        assert self.before is not None
        push = self._pace_at(lift, phase)
        return Stand(
            -np.inf, lift, self.before.ankles[-1, side], float(self.before.feet[-1, side, 0]), 0.0, push
        )

    def _pace_at(self, moment: float, phase: Array) -> float:
        return float(np.interp(moment, phase, self.pace))

    def _stand(self, side: int, landing: float, phase: Array) -> Stand:
        pace = self._pace_at(landing, phase)
        gone = float(np.interp(landing, phase, self.gone))
        place = gone + self.gait.cycle.strike_ahead(self.body) * pace
        left = self.way.length_m - place
        if left < _CLOSE * self.gait.step_m:
            yaw = float(self.after.feet[0, side, 0])
            return Stand(landing, np.inf, self.after.ankles[0, side], yaw, 0.4 * pace, 0.0)
        at = np.array(place)
        heading = float(self.way.heading(at))
        aside = OUTWARD[side] * self.gait.width_m / 2 * np.array([np.cos(heading), np.sin(heading), 0.0])
        _, _, height = self.sole.flat(self.body)
        ankle = self.way.at(at) + aside + [0.0, 0.0, height]
        push = self._pace_at(landing + self.gait.stance, phase)
        return Stand(
            landing, landing + self.gait.stance, ankle, heading + OUTWARD[side] * _TOE_OUT, pace, push
        )


def _carried(
    body: Anatomy, manner: Manner, way: Path, gait: Gait, phase: Array, gone: Array, pace: Array
) -> Controls:
    """Hips, trunk and arms of the walk; phase (T,) is the left foot's. Amplitudes go with the step.

    Courses of pelvis and trunk: Perry and Burnfield (2010), chapters 7 and 8.
    """
    effort = gait.stride * pace
    turn = 2 * np.pi * phase
    leg = body.leg
    heading = way.heading(gone)
    side = np.stack([np.cos(heading), np.sin(heading), np.zeros_like(heading)], -1)
    to_side = (0.2 * gait.width_m + 0.005) * np.cos(turn - 2 * np.pi * 0.32)
    standing = body.ankle_height + leg * _STANDING
    height = standing + pace * (gait.cycle.hip_height(phase, body) - standing)
    hips = way.at(gone) + to_side[:, None] * side + height[:, None] * [0.0, 0.0, 1.0]
    hips += (0.008 * effort * np.sin(2 * turn))[:, None] * ahead(heading)
    zero = np.zeros_like(heading)
    pelvis = np.stack(
        [
            heading - 0.085 * effort * np.cos(turn),
            0.035 + 0.02 * effort * np.cos(2 * turn),
            -0.05 * effort * np.cos(turn - 2 * np.pi * 0.2),
        ],
        -1,
    )
    stoop = manner.stoop + 0.02 + 0.02 * effort
    thorax = np.stack(
        [
            heading + 0.075 * effort * np.cos(turn - 0.2),
            stoop + 0.015 * effort * np.cos(2 * turn + 0.6),
            0.018 * effort * np.cos(turn - 2 * np.pi * 0.3),
        ],
        -1,
    )
    head = np.stack([heading, 0.03 + 0.1 * manner.stoop + zero - 0.012 * effort * np.cos(2 * turn), zero], -1)
    count = len(phase)
    # Each arm goes with the other side's leg, a little late; the elbow bends as it comes forward.
    swing = -np.cos(turn[:, None] - 0.25) * OUTWARD * gait.arm_swing * pace[:, None]
    forward = np.clip(swing / max(gait.arm_swing, 1e-6), -1, 1)
    arms = np.stack(
        [
            swing - 0.06 * pace[:, None] + stoop[:, None] + manner.arm_swing,
            np.broadcast_to(body.arm_room + 0.06, (count, 2)),
            0.3 + 0.12 * forward,
        ],
        -1,
    )
    elbows = np.array(manner.elbow) + (0.1 + 0.16 * (1 + forward)) * pace[:, None]
    return Controls(
        hips=hips, pelvis=pelvis, thorax=thorax, head=head, look=np.zeros((count, 3)),
        shoulders=np.stack([np.full((count, 2), -0.1), 0.06 + 0.3 * manner.stoop + 0.05 * forward], -1),
        arms=arms, elbows=elbows,
        palms=np.full((count, 2), 0.8 * manner.palm),
        wrists=np.stack([np.full((count, 2), 0.06), 0.06 - 0.08 * forward], -1),
        fingers=np.full((count, 2, 5), 1.15 * manner.curl),
        hands=np.zeros((count, 2, 3)),
        hand_along=np.zeros((count, 2, 3)) + [0.0, 0.0, -1.0],
        hand_thumb=np.zeros((count, 2, 3)) + [0.0, -1.0, 0.0],
        elbow_poles=np.zeros((count, 2, 3)) + [0.0, 1.0, 0.0],
        grip=np.zeros((count, 2)),
        ankles=np.zeros((count, 2, 3)), feet=np.zeros((count, 2, 3)), toes=np.zeros((count, 2)),
        knees=np.zeros((count, 2)),
    )  # fmt: skip


def _tracks(
    body: Anatomy,
    sole: Sole,
    stands: list[list[Stand]],
    phases: Array,
    carried: Controls,
    heading: Array,
    gait: Gait,
) -> list[FootTrack]:
    pelvis = turns.euler(carried.pelvis)
    joints = [carried.hips + pelvis @ (body.hip[side] - body.hip_centre) for side in (0, 1)]
    return [
        steps.track(body, sole, side, stands[side], phases[:, side], joints[side], heading, gait.cycle)
        for side in (0, 1)
    ]


def _borne(
    body: Anatomy, carried: Controls, tracks: list[FootTrack], phases: Array, pace: Array, gait: Gait
) -> Controls:
    """Hips as high as knees hold them that are bent as usual, those of the legs that bear the weight."""
    offset = (turns.euler(carried.pelvis) @ (body.hip - body.hip_centre).T).swapaxes(1, 2)
    total, shares = np.zeros(len(phases)), np.full(len(phases), 1e-6)
    for side, track in enumerate(tracks):
        place = phases[:, side] % 1.0
        bent = np.pi - gait.cycle.knee(place)
        thigh, shin = body.thigh[side], body.shin[side]
        length = thigh**2 + shin**2 - 2 * thigh * shin * np.cos(bent)
        joint = carried.hips + offset[:, side]
        away = ((joint - track.ankle)[:, :2] ** 2).sum(-1)
        height = track.ankle[:, 2] + np.sqrt(np.maximum(length - away, 0.01)) - offset[:, side, 2]
        share = bears(place)
        total += share * (height - carried.hips[:, 2])
        shares += share
    moved = gaussian_filter1d(np.clip(pace, 0, 1) * total / shares, 1.2, mode="nearest")
    return replace(carried, hips=carried.hips + moved[:, None] * [0.0, 0.0, 1.0])


def _on_feet(body: Anatomy, carried: Controls, tracks: list[FootTrack]) -> Controls:
    """The body on its feet: hips no higher than both legs reach, knees where the feet point."""
    ankles = np.stack([track.ankle for track in tracks], 1)
    feet = np.stack([track.angles for track in tracks], 1)
    offset = (turns.euler(carried.pelvis) @ (body.hip - body.hip_centre).T).swapaxes(1, 2)
    joints = carried.hips[:, None] + offset
    away = ((joints - ankles)[..., :2] ** 2).sum(-1)
    reach = _REACH * (body.thigh + body.shin)
    top = ankles[..., 2] + np.sqrt(np.maximum(reach**2 - away, 0.01)) - offset[..., 2]
    excess = np.minimum(top.min(1) - carried.hips[:, 2], 0.0)
    span = 3
    lower = gaussian_filter1d(minimum_filter1d(excess, 2 * span + 1), span / 2)
    hips = carried.hips + lower[:, None] * [0.0, 0.0, 1.0]
    return replace(
        carried,
        hips=hips,
        ankles=ankles,
        feet=feet,
        toes=np.stack([track.toes for track in tracks], 1),
        knees=0.6 * OUTWARD * (feet[..., 0] - carried.pelvis[:, None, 0]),
    )


def _eased(share: Array) -> Array:
    s = np.clip(share, 0.0, 1.0)
    return np.asarray(s * s * (3 - 2 * s))
