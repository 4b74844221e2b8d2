"""Feet that walk: where and when they stand, how they roll over the ground, and how they swing.

A foot that stands is fixed to the ground by its heel, its sole or its ball, one after the other (Perry's
rockers), so that it cannot slide. A foot that swings follows the leg's usual angles from the one stand
to the next.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import turns
from lichtspiel.motion.anatomy import Anatomy
from lichtspiel.motion.gait import Cycle
from lichtspiel.motion.path import ahead
from lichtspiel.motion.soles import Sole

_FLAT = (0.04, 0.09, 0.22, 0.34)
"""Phases between which the sole comes down flat, and those between which the heel begins to rise."""
_TOES_LIMIT = 1.05
_CLEARANCE_M = 0.004
_LEAVING = 0.1
"""Share of the speed against the usual course with which a foot leaves the ground that lasts on."""


@dataclass(frozen=True, eq=False)
class Stand:
    """One foot on the ground: from the cycle `since` (in cycles of the walk, its own count) to lift-off."""

    landing: float
    """Phase of the foot at which it comes down; -inf for a foot that stood before."""
    lift: float
    ankle: Array
    """(3,) of the foot when it is flat."""
    yaw: float
    strike: float
    """How much of the usual angle the foot strikes the ground with, 0 to 1."""
    push: float
    """How much of the usual angle it pushes off with."""


@dataclass(frozen=True, eq=False)
class FootTrack:
    """One foot over time."""

    ankle: Array
    angles: Array
    """(T, 3) yaw, pitch, roll."""
    toes: Array
    stands: Array
    """(T,) whether it is on the ground."""


def track(
    body: Anatomy,
    sole: Sole,
    side: int,
    stands: list[Stand],
    phase: Array,
    hips: Array,
    heading: Array,
    cycle: Cycle,
) -> FootTrack:
    """A foot through its stands.

    phase: (T,) of this foot. hips: (T, 3) where its hip joint is. heading: (T,) of the body.
    """
    count = len(phase)
    ankle, angles, toes = np.zeros((count, 3)), np.zeros((count, 3)), np.zeros(count)
    grounded = np.zeros(count, bool)
    windows = []
    for stand in stands:
        samples = np.flatnonzero((phase >= stand.landing) & (phase < stand.lift))
        if len(samples):
            ankle[samples], angles[samples], toes[samples] = _stood(
                body, sole, side, stand, phase[samples], cycle
            )
            grounded[samples] = True
            windows.append((samples[0], samples[-1]))
    reach, drop = cycle.foot_under_hip(phase, float(body.thigh[side]), float(body.shin[side]))
    usual = hips + reach[:, None] * ahead(heading) - drop[:, None] * [0.0, 0.0, 1.0]
    for (_, last), (first, _) in itertools.pairwise(windows):
        _swing(last, first, cycle.foot_pitch(phase), usual, ankle, angles, toes, sole.pitch(body))
        _clear(body, sole, side, slice(last, first + 1), ankle, angles, toes)
    return FootTrack(ankle, angles, toes, grounded)


def _stood(
    body: Anatomy, sole: Sole, side: int, stand: Stand, phase: Array, cycle: Cycle
) -> tuple[Array, Array, Array]:
    """Ankle, angles and toes while the foot stands."""
    base = sole.pitch(body)
    since = phase - (stand.landing if np.isfinite(stand.landing) else np.floor(stand.lift))
    usual = cycle.foot_pitch(since)
    early = _eased((_FLAT[1] - since) / (_FLAT[1] - _FLAT[0])) * (since < 0.5)
    late = _eased((since - _FLAT[2]) / (_FLAT[3] - _FLAT[2])) * (since < 1.0)
    strike = (
        np.minimum(usual, 0.0) * early * stand.strike if np.isfinite(stand.landing) else np.zeros(len(since))
    )
    push = np.maximum(usual, 0.0) * late * stand.push if np.isfinite(stand.lift) else np.zeros(len(since))
    # In high heels the foot starts from where the heel holds it.
    push = push * (1 - base / np.radians(75))
    yaw = np.full(len(since), stand.yaw)
    flat = turns.euler(np.array([stand.yaw, base, 0.0]))
    heel, ball = sole.points(body, side)
    ankle = np.broadcast_to(stand.ankle, (len(since), 3))
    for pivot, angle in ((heel, strike), (ball, push)):
        tilted = turns.euler(np.stack([yaw, base + angle, np.zeros(len(since))], -1))
        ankle = ankle + flat @ pivot - tilted @ pivot
    pitch = base + strike + push
    return ankle, np.stack([yaw, pitch, np.zeros(len(since))], -1), np.clip(base + push, 0.0, _TOES_LIMIT)


def _swing(
    last: int, first: int, pitch: Array, usual: Array, ankle: Array, angles: Array, toes: Array, base: float
) -> None:
    """Fill in the samples between two stands: the usual course, bent to leave and to arrive smoothly."""
    between = np.arange(last + 1, first)
    if not len(between):
        return
    share = (between - last) / (first - last)
    course = np.concatenate([usual, (base + pitch)[:, None]], 1)
    fixed = np.concatenate([ankle, angles[:, 1:2]], 1)
    off = fixed - course
    span = first - last
    before = off[last] - off[last - 1] if last else np.zeros(4)
    after = off[first + 1] - off[first] if first + 1 < len(pitch) else np.zeros(4)
    moved = course[between] + _hermite(share, off[last], off[first], _LEAVING * before * span, after * span)
    ankle[between] = moved[:, :3]
    angles[between, 1] = moved[:, 3]
    angles[between, 0] = angles[last, 0] + _eased(share) * (angles[first, 0] - angles[last, 0])
    toes[between] = toes[last] + _eased(2.5 * share) * (toes[first] - toes[last])


def _clear(
    body: Anatomy, sole: Sole, side: int, samples: slice, ankle: Array, angles: Array, toes: Array
) -> None:
    """Lift a swinging foot so that it clears the ground by what people's toes do (Winter, 1992)."""
    heel, ball = sole.points(body, side)
    foot = turns.euler(angles[samples])
    tip = foot @ turns.about_x(-toes[samples]) @ (body.toe - body.ball)[side]
    lowest = np.minimum(np.minimum((foot @ heel)[:, 2], (foot @ ball)[:, 2]), (foot @ ball + tip)[:, 2])
    share = np.linspace(0, 1, len(foot))
    ends = np.interp(share, [0, 1], [ankle[samples][0, 2] + lowest[0], ankle[samples][-1, 2] + lowest[-1]])
    arch = np.sin(np.pi * share) ** 2
    missing = ends + _CLEARANCE_M * arch - (ankle[samples, 2] + lowest)
    ankle[samples, 2] += arch * max(0.0, float((missing / np.maximum(arch, 0.3)).max()))


def _hermite(share: Array, start: Array, end: Array, start_slope: Array, end_slope: Array) -> Array:
    s = share[:, None]
    return np.asarray(
        (2 * s**3 - 3 * s**2 + 1) * start
        + (s**3 - 2 * s**2 + s) * start_slope
        + (3 * s**2 - 2 * s**3) * end
        + (s**3 - s**2) * end_slope
    )


def _eased(share: Array) -> Array:
    s = np.clip(share, 0.0, 1.0)
    return np.asarray(s * s * (3 - 2 * s))
