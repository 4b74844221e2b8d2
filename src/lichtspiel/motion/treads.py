"""Stairs: every foot on a tread of its own, the hips from step to step, up or down."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import controls as control
from lichtspiel.motion.acting import Motion
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import OUTWARD
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.feet import ball_of, planted
from lichtspiel.motion.path import ahead, yaw_of
from lichtspiel.motion.tracks import eased, through
from lichtspiel.motion.walk import RATE_HZ, Walk
from lichtspiel.stage.world import Direction

_UP_S, _DOWN_S = 0.62, 0.55
"""Of a step: some 100 in a minute up and 110 down, at one's own pace (Riener, Rabuffetti and Frigo, Stair
ascent and descent at different inclinations, 2002)."""
_SWING = 0.8
"""Share of a step that a foot is in the air before it comes down: two treads in 38 % of its own cycle."""
_BEGINS_S = 0.25
_HALF = 0.052
"""Of the distance between both feet, against body height."""
_BALL_M = 0.045
"""Of the ball of a foot before the middle of the tread."""
_CLEAR_M = 0.06
"""Of a foot over the nose of a tread."""
_REACH = 0.995
_LEANS = (0.2, 0.04)
"""Of the trunk, forward: up and down the stairs, radians."""
_ARMS = 0.26
_TAKE_UP_S = 0.4


def climbs(motion: Motion | None, direction: Direction) -> bool:
    """Whether a way leads over treads."""
    heights = [point[2] for point in direction.path]
    return motion is not None and motion.entry.rises != 0 and bool(heights) and float(np.ptp(heights)) > 0


def climbed(
    actor: Actor, told: Direction, start: Array, before: Controls | None, still: Controls, count: int
) -> tuple[Walk, tuple[Array, float]]:
    """`count` samples over treads, and where the figure is then: place (3,) and yaw.

    told: its path are the middles of the tops of treads. start: (3,) before the first of them. before: how
    the figure stands at the first sample. still: how it stands at rest, in its own frame.
    """
    path, speed = np.array(told.path), told.speed
    times = np.arange(count) / RATE_HZ
    points = np.concatenate([start[None], path])
    rises = points[-1, 2] > points[0, 2]
    step_s = (_UP_S if rises else _DOWN_S) / speed
    yaw = float(yaw_of(points[-1] - points[0]))
    lands: Array = _BEGINS_S + step_s * np.arange(1.0, len(points) + 1)
    base = control.held(control.placed(still, start, yaw), count)
    ankles, feet, toes = base.ankles.copy(), base.feet.copy(), base.toes.copy()
    strikes = []
    for side in (0, 1):
        own = [k for k in range(1, len(points)) if k % 2 != side]
        last = len(points) - 1
        places = [points[k] for k in own] + ([points[last]] if last not in own else [])
        when = [lands[k - 1] for k in own] + ([lands[last]] if last not in own else [])
        first = ball_of(actor, base if before is None else before, side, 0 if before is None else -1)
        balls = [np.array(first)] + [_ball(actor, place, yaw, side) for place in places]
        course = _course(balls, when, step_s, times)
        ankles[:, side], feet[:, side], toes[:, side] = planted(actor, side, course, np.full(count, -1e3))
        strikes += [(t, side, np.array(p), 1.0) for t, p in zip(when, places, strict=True) if t < times[-1]]
    hips = _hips(actor, base, points, lands, step_s, times, ankles)
    lean = np.stack([np.zeros(count), np.full(count, _LEANS[0 if rises else 1]), np.zeros(count)], -1)
    going = (eased(times / 0.5) * (1 - eased((times - lands[-1]) / 0.6)))[:, None]
    here = replace(
        base,
        hips=hips,
        ankles=ankles,
        feet=feet,
        toes=toes,
        thorax=base.thorax + going * lean,
        head=base.head + going * (lean * 0.4 + (0.0 if rises else 1.0) * np.array([0.0, 0.3, 0.0])),
        arms=base.arms + _swung(lands, times, going),
    )
    if before is not None:
        stood = control.held(control.part(before, slice(-1, None)), count)
        mixed = control.mix(control.wound(stood, here), here, eased(times / _TAKE_UP_S))
        here = replace(mixed, ankles=ankles, feet=feet, toes=toes, hips=hips)
    return Walk(here, sorted(strikes, key=lambda strike: strike[0])), (points[-1], yaw)


def _ball(actor: Actor, place: Array, yaw: float, side: int) -> Array:
    """Ball (x, y, z), yaw and pitch of a foot in the middle of a tread."""
    left = np.array([np.cos(yaw), np.sin(yaw), 0.0])
    aside = OUTWARD[side] * _HALF * actor.body.height_m * left
    ball = place + aside + _BALL_M * ahead(np.array(yaw))
    return np.array([*ball, yaw + OUTWARD[side] * 0.09, 0.0])


def _course(balls: list[Array], when: list[float], step_s: float, times: Array) -> Array:
    """(T, 5) of a foot that stands, is lifted over noses, and stands again."""
    keys, values = [-1.0], [balls[0]]
    for (start, end), lands in zip(itertools.pairwise(balls), when, strict=True):
        leaves = max(lands - _SWING * step_s, keys[-1] + 0.02)
        air = lands - leaves
        up = max(end[2] - start[2], 0.0)
        down = max(start[2] - end[2], 0.0)
        shares = ((0.36, 0.08, 0.42), (0.72, 0.8, 0.14)) if up else ((0.34, 0.5, 0.2), (0.68, 0.97, 0.12))
        keys.append(leaves)
        values.append(start)
        for index, (moment, way, pitch) in enumerate(shares):
            between = start + way * (end - start)
            high = (start[2] + (0.8, 1.0)[index] * up) - (0.0, 0.55)[index] * down
            between[2], between[4] = high + _CLEAR_M, pitch
            keys.append(leaves + moment * air)
            values.append(between)
        keys.append(lands)
        values.append(end)
    return through(np.array(keys), np.array(values), times)


def _hips(
    actor: Actor, base: Controls, points: Array, lands: Array, step_s: float, times: Array, ankles: Array
) -> Array:
    """(T, 3): half way between both feet as one comes down, over the foot that bears it after that, and no
    higher than the legs reach."""
    rest = base.hips[0] - points[0]
    rises = points[-1, 2] > points[0, 2]
    keys, values = [0.0], [base.hips[0]]
    for k in range(1, len(points)):
        middle = 0.5 * (points[k - 1] + points[k])
        low = points[k - 1, 2] if rises else points[k, 2]
        keys.append(lands[k - 1])
        values.append(np.array([*middle[:2], low - 0.012]) + [0.0, 0.0, rest[2]])
        keys.append(lands[k - 1] + (0.62 if rises else 0.4) * step_s)
        over = 0.8 * points[k] + 0.2 * points[k - 1]
        values.append(np.array([*over[:2], points[k, 2] - 0.018]) + [0.0, 0.0, rest[2]])
    keys.append(lands[-1] + 0.3)
    values.append(points[-1] + rest)
    hips = through(np.array(keys), np.array(values), times)
    body = actor.body
    reach = _REACH * (body.thigh + body.shin)
    joints = hips[:, None] + (body.hip - body.hip_centre)
    away = ((joints - ankles)[..., :2] ** 2).sum(-1)
    top = ankles[..., 2] + np.sqrt(np.maximum(reach**2 - away, 0.0)) - (joints - hips[:, None])[..., 2]
    hips[:, 2] = np.minimum(hips[:, 2], top.min(1))
    return hips


def _swung(lands: Array, times: Array, going: Array) -> Array:
    """(T, 2, 3) of arms that swing against the legs."""
    keys = np.concatenate([[0.0], lands])
    found = np.zeros((len(times), 2, 3))
    for side in (0, 1):
        forward = [0.0] + [_ARMS if k % 2 == side else -_ARMS for k in range(1, len(lands) + 1)]
        found[:, side, 0] = through(keys, np.array(forward), times) * going[:, 0]
    return found
