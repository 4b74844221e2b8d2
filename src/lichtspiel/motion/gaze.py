"""Looking: the eyes jump, the head follows, the trunk helps where the neck ends.

Eyes and head move as people move them: an eye's jump lasts 21 ms and 2.2 ms for each degree (Carpenter,
Movements of the Eyes, 1988); the head sets off later and takes on a part of the turn that grows with it
(Freedman and Sparks, 1997), while the eyes hold the target and turn back in the head.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import turns
from lichtspiel.motion.anatomy import Anatomy
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.manner import Manner
from lichtspiel.motion.solve import Skeleton

_FAR_M = 8.0
_EYE_LIMIT = np.radians([38.0, 28.0])
"""How far an eye turns in the head, sideways and up or down."""
_NECK_LIMIT = np.radians([68.0, 42.0])
_FREE = np.radians(8.0)
"""Turns up to this are left to the eyes."""
_HEAD_PART = 0.75
_TRUNK_FROM, _TRUNK_PART = np.radians(40.0), 0.45
_SACCADE_S, _SACCADE_S_RAD = 0.021, 2.2e-3 * 180 / np.pi
_HEAD_LATER_S = 0.07


@dataclass(frozen=True, eq=False)
class Target:
    """What is looked at from a moment on: points (T, 3) over the whole take, or None for straight ahead."""

    start_s: float
    points: Array | None
    speed: float = 1.0
    """Against the usual speed; who looks up slowly lets the eyes go along with the head."""


@dataclass(frozen=True, eq=False)
class Gaze:
    """Where the eyes aim: points (T, 3) in the world; and the moments of jumps that blinks go with."""

    points: Array
    jumps_s: tuple[float, ...]


def look(
    controls: Controls,
    times: Array,
    body: Anatomy,
    manner: Manner,
    targets: list[Target],
    rng: np.random.Generator,
) -> tuple[Controls, Gaze]:
    """Controls with head and trunk turned to the targets, which are in order of time."""
    axes = turns.euler(controls.head)
    eyes = between_eyes(body, controls)
    gaze = np.zeros((len(times), 2))
    neck, trunk = gaze.copy(), gaze.copy()
    distance = np.full(len(times), _FAR_M)
    jumps = []
    for target in targets:
        angles, away = _angles(target.points, axes, eyes)
        head, chest = _divided(angles)
        if target.start_s <= 0.0:
            gaze, neck, trunk, distance = angles, head, chest, away
            continue
        turn = float(
            np.abs(angles - gaze)[np.searchsorted(times, target.start_s).clip(max=len(times) - 1)].max()
        )
        jump = _SACCADE_S + _SACCADE_S_RAD * turn
        # The larger the turn, the longer it takes; the fastest heads turn by some 200° a second.
        head_s = (0.32 + 0.42 * turn) / target.speed
        jump = max(jump, (1 - target.speed) * head_s, 1 / 48)
        shift = _eased((times - target.start_s) / jump)
        later = _eased((times - target.start_s - _HEAD_LATER_S) / head_s)
        last = _eased((times - target.start_s - 2 * _HEAD_LATER_S) / (1.4 * head_s))
        gaze = gaze + shift[:, None] * (angles - gaze)
        neck = neck + later[:, None] * (head - neck)
        trunk = trunk + last[:, None] * (chest - trunk)
        distance = distance + shift * (away - distance)
        if turn > 0.35:
            jumps.append(target.start_s)
    watched = np.zeros(len(times), bool)
    for target in targets:
        watched = np.where(times >= target.start_s, target.points is not None, watched)
    gaze = gaze + _glances(times, manner, watched, distance, rng)
    ahead = np.stack(
        [
            np.sin(gaze[:, 0]) * np.cos(gaze[:, 1]),
            -np.cos(gaze[:, 0]) * np.cos(gaze[:, 1]),
            -np.sin(gaze[:, 1]),
        ],
        -1,
    )
    aim = eyes + distance[:, None] * turns.turned(axes, ahead)
    none = np.zeros((len(times), 1))
    turned = replace(
        controls,
        look=controls.look + np.concatenate([neck, none], 1),
        thorax=controls.thorax + np.concatenate([trunk[:, :1], 0.4 * trunk[:, 1:], none], 1),
        head=controls.head + np.concatenate([trunk[:, :1], none, none], 1),
    )
    return turned, Gaze(aim, tuple(jumps))


def between_eyes(body: Anatomy, controls: Controls) -> Array:
    """(T, 3) where the eyes are, close enough to aim at and from, before the body is solved."""
    offset = turns.turned(turns.euler(controls.thorax), body.neck - body.hip_centre)
    head = turns.turned(turns.euler(controls.head), body.eyes.mean(0) - body.neck)
    return np.asarray(controls.hips + offset + head)


def _angles(points: Array | None, axes: Array, eyes: Array) -> tuple[Array, Array]:
    """Yaw and downward pitch (T, 2) against the head's axes, and the distance (T,)."""
    if points is None:
        return np.zeros((len(eyes), 2)), np.full(len(eyes), _FAR_M)
    local = turns.turned(turns.back(axes), points - eyes)
    yaw = np.arctan2(local[:, 0], -local[:, 1])
    # What is behind is looked at over one shoulder, not over both in turn.
    yaw = np.unwrap(yaw)
    away = np.linalg.norm(local, axis=1)
    return np.stack([yaw, -np.arcsin(np.clip(local[:, 2] / away, -1, 1))], -1), np.maximum(away, 0.25)


def _divided(angles: Array) -> tuple[Array, Array]:
    """What neck and trunk take of a turn (T, 2)."""
    size = np.abs(angles)
    trunk = np.sign(angles) * _TRUNK_PART * np.maximum(size - _TRUNK_FROM, 0.0)
    trunk = np.clip(trunk, -0.7, 0.7)
    left = angles - trunk * [1.0, 0.4]
    # Soft at both ends, so that a target that moves by does not make the head start or stop at once.
    rest = np.abs(left)
    part = _HEAD_PART * (np.sqrt(rest**2 + _FREE**2) - _FREE)
    part = _NECK_LIMIT * np.tanh(part / _NECK_LIMIT)
    return np.sign(left) * part, trunk


def _eased(share: Array) -> Array:
    """Minimum-jerk course from 0 to 1 (Flash and Hogan, 1985)."""
    s = np.clip(share, 0.0, 1.0)
    return np.asarray(s**3 * (10 - 15 * s + 6 * s**2))


def _glances(
    times: Array, manner: Manner, watched: Array, distance: Array, rng: np.random.Generator
) -> Array:
    """(T, 2) small jumps of the eyes: about a face that is watched, wider when nothing is."""
    moments, offsets = [-1.0], [np.zeros(2)]
    clock = float(rng.uniform(-0.5, 0.8))
    while clock < times[-1]:
        sample = min(int(np.searchsorted(times, clock)), len(times) - 1)
        if watched[sample]:
            spread = np.array([0.05, 0.04]) / max(distance[sample], 0.4) + 0.004
            pause = rng.gamma(3.0, 0.28)
        else:
            spread = np.array([0.13, 0.035])
            pause = rng.gamma(2.5, 0.6)
        moments.append(clock)
        offsets.append(spread * np.clip(rng.standard_normal(2), -2, 2))
        clock += 0.15 + float(pause) / manner.liveliness
    starts = np.array(moments)
    jumps = np.array(offsets)
    knots = np.stack([starts, starts + 0.04], 1).ravel()
    values = np.stack([np.roll(jumps, 1, 0), jumps], 1).reshape(-1, 2)
    values[0] = 0.0
    return np.stack([np.interp(times, knots, values[:, axis]) for axis in (0, 1)], -1)


def eye_turns(body: Anatomy, found: Skeleton, aim: Array) -> Array:
    """(T, 2, 3, 3) turns of the eyes in the head that aim both at the same point."""
    head = found.turns["head"]
    offset = body.eyes - body.rig.heads[body.rig.index("head")]
    centres = found.heads["head"][:, None] + (head @ offset.T).swapaxes(1, 2)
    local = turns.turned(turns.back(head)[:, None], aim[:, None] - centres)
    yaw = np.arctan2(local[..., 0], -local[..., 1])
    pitch = np.arctan2(-local[..., 2], np.hypot(local[..., 0], local[..., 1]))
    angles = np.stack([yaw, pitch], -1)
    angles = np.clip(angles, -_EYE_LIMIT, _EYE_LIMIT)
    return turns.euler(np.concatenate([angles, np.zeros_like(yaw)[..., None]], -1))
