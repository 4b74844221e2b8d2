"""Two who are close: arms lie round the other's body, hands on it, faces beside each other.

A score says where hands go in shares of limbs; how thick two bodies are, and how tall, is their own. What is
in the other is led out by the least that it takes: damped least squares (Levenberg and Marquardt) over hips,
trunk, wrists and elbows of both, at moments that are solved side by side and then smoothed in time.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from lichtspiel.library.asset import Array
from lichtspiel.library.people.segments import segments
from lichtspiel.motion import turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import SIDES
from lichtspiel.motion.clear import Line, line
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.solve import Skeleton, skeleton

_EVERY = 4
"""Of the samples of a course, one in so many is solved for."""
_ROUNDS = ((3.0, 6), (1.5, 3), (0.8, 3), (0.5, 3))
"""How far freedoms are smoothed over moments, from coarse to fine, and steps of the search before."""
_BINDS = 4.0
"""How much more what was smoothed is kept to than the score."""
_FIRM = {"head": 0.95}
_FLESH = 0.8
"""Share of its radius beyond which flesh does not give way."""
_GIVES_M, _DEEP_M = 0.002, 0.003
"""How deep two may be in each other, and what is as bad as a freedom used up to its usual size."""
_TOUCH_M, _WITHIN_M = 0.012, 0.16
"""How near a hand comes to what it lies on, and from how far it is drawn there."""
_PALM = 0.45
"""Where along a hand its palm is."""
_FREE = np.array([0.035, 0.035, 0.09, 0.09, *2 * (0.05, 0.05, 0.05, 0.6)])
"""By how much each freedom is used gladly: hips aside and ahead, metres; trunk bent and leaned, radians; and
of each arm the wrist, metres, and the elbow round the line from shoulder to wrist, radians."""
_MOST = 2.0
_STEP = 0.02
_STILL = 0.005
"""A freedom that changes by less than this share of its usual size has come to where it costs the least."""
_DAMPING = 0.01
_TRUNK = ("pelvis", "waist", "chest", "head")
_ARMS = ("upper_arm_l", "upper_arm_r", "forearm_l", "forearm_r")
_THIGHS = ("thigh_l", "thigh_r")
_OWN = (("head", "forearm"), ("head", "upper_arm"), ("chest", "forearm"), ("waist", "forearm"))
"""Parts of one body that arms are not led into."""


@dataclass(frozen=True, eq=False)
class Who:
    """One of two: whose body it is, what it does (T), and which hands lie on the other (left, right)."""

    actor: Actor
    controls: Controls
    lies: tuple[bool, bool]


@dataclass(frozen=True, eq=False)
class _Part:
    """Somebody at some moments (N), and the lines from its shoulders to its hands (N, 2, 3)."""

    who: Who
    controls: Controls
    reach: Array


def embraced(first: Who, second: Who, near: Array) -> tuple[Controls, Controls]:
    """What both do (T) with arms, trunks and heads out of each other, where `near` (T) is 1 and not 0."""
    count = len(near)
    taken = np.flatnonzero(near)
    if not len(taken):
        return first.controls, second.controls
    moments = np.arange(taken[0], taken[-1] + 1, _EVERY)
    pair = [_part(who, _at(who.controls, moments)) for who in (first, second)]
    freedom = np.zeros((len(moments), 2 * len(_FREE)))
    wished, binds = freedom, 0.0
    for smooth, steps in _ROUNDS:
        freedom = _led_out(pair, freedom, wished, binds, steps)
        freedom = wished = gaussian_filter1d(freedom, smooth, axis=0, mode="nearest")
        binds = _BINDS
    every = np.arange(count)
    found = []
    for who, used in zip((first, second), np.split(freedom, 2, axis=1), strict=True):
        spread = np.stack([np.interp(every, moments, column) for column in used.T], -1)
        spread = gaussian_filter1d(spread, 0.5 * _EVERY, axis=0, mode="nearest")
        fade = gaussian_filter1d(near, 4.0, mode="nearest")
        found.append(_moved(_part(who, who.controls), spread * fade[:, None]))
    return found[0], found[1]


def _part(who: Who, controls: Controls) -> _Part:
    found = skeleton(who.actor.body, controls)
    shoulders = np.stack([found.heads[f"upperarm01.{name}"] for name in SIDES], 1)
    return _Part(who, controls, turns.unit(controls.hands - shoulders))


def _led_out(pair: list[_Part], start: Array, wished: Array, binds: float, steps: int) -> Array:
    """Freedoms (M, 2F) that cost the least; `binds` says how much they are drawn to what is wished."""

    def cost_of(residuals: Array, used: Array, rows: NDArray[np.integer]) -> Array:
        drawn = (used**2).sum(-1) + binds * ((used - wished[rows]) ** 2).sum(-1)
        return np.asarray((residuals**2).sum(-1) + drawn)

    used, residuals = start.copy(), _posed(pair, start)
    # Where nobody is in the other, and nothing is led out, there is nothing to look for.
    rows = fresh = np.flatnonzero(residuals.any(-1) | (np.abs(used) > _STILL).any(-1))
    cost = cost_of(residuals, used, np.arange(len(used)))
    slopes = np.zeros((*residuals.shape, used.shape[1]))
    damping = np.full(len(used), _DAMPING)
    for _ in range(steps):
        if not len(rows):
            break
        if len(fresh):
            slopes[fresh] = _slopes(_some(pair, fresh), used[fresh])
        downhill = np.einsum("mrf,mr->mf", slopes[rows], residuals[rows])
        downhill += used[rows] + binds * (used[rows] - wished[rows])
        change = _damped(slopes[rows], downhill, 1.0 + binds, damping[rows])
        tried = np.clip(used[rows] - change, -_MOST, _MOST)
        found = _posed(_some(pair, rows), tried)
        then = cost_of(found, tried, rows)
        better, moving = then < cost[rows], (np.abs(change) > _STILL).any(-1)
        won = rows[better]
        used[won], residuals[won], cost[won] = tried[better], found[better], then[better]
        damping[rows] = np.where(better, damping[rows] / 4, damping[rows] * 6)
        rows, fresh = rows[moving], rows[better & moving]
    return used


def _damped(slopes: Array, downhill: Array, weight: float, damping: Array) -> Array:
    """Change of freedoms (M, 2F) against what is downhill, by slopes (M, R, 2F) and damping (M,)."""
    square = slopes.swapaxes(1, 2) @ slopes
    mean = np.trace(square, axis1=1, axis2=2) / square.shape[-1]
    weights = weight + damping * (1.0 + mean)
    square = square + weights[:, None, None] * np.eye(square.shape[-1])
    return np.asarray(np.linalg.solve(square, downhill[..., None])[..., 0])


def _some(pair: list[_Part], rows: NDArray[np.integer]) -> list[_Part]:
    """Both at some of the moments."""
    return [_Part(one.who, _at(one.controls, rows), one.reach[rows]) for one in pair]


def _posed(pair: list[_Part], used: Array) -> Array:
    """Residuals (M, R) with freedoms (M, 2F) used."""
    lines = []
    for one, own in zip(pair, np.split(used, 2, axis=1), strict=True):
        who = one.who.actor
        lines.append(_lines(who, skeleton(who.body, _moved(one, own))))
    return _residuals(pair, lines)


def _slopes(pair: list[_Part], used: Array) -> Array:
    """How residuals (M, R) with freedoms used change with each of these: (M, R, 2F)."""
    count, free = len(used), len(_FREE)
    poses = []
    for who, own in zip(pair, np.split(used, 2, axis=1), strict=True):
        # The pose itself, then one for each freedom used a little more: (1 + F) x M.
        tried = np.repeat(own[None], free + 1, axis=0)
        tried[np.arange(1, free + 1), :, np.arange(free)] += _STEP
        reach = np.tile(who.reach, (free + 1, 1, 1))
        part = _Part(who.who, _repeated(who.controls, free + 1), reach)
        controls = _moved(part, tried.reshape(-1, free))
        poses.append(_lines(who.who.actor, skeleton(who.who.actor.body, controls)))
    still = [{n: _tiled(part, count, free + 1) for n, part in lines.items()} for lines in poses]
    both = [_residuals(pair, [poses[0], still[1]]), _residuals(pair, [still[0], poses[1]])]
    slopes = [
        ((each.reshape(free + 1, count, -1)[1:] - each[:count]) / _STEP).transpose(1, 2, 0) for each in both
    ]
    return np.concatenate(slopes, axis=-1)


def _residuals(pair: list[_Part], lines: list[dict[str, Line]]) -> Array:
    """(N, R) how deep things are in each other, and how far hands are from what they lie on."""
    found = _deep(lines)
    for index, who in enumerate(pair):
        for side, name in enumerate("lr"):
            hand = lines[index][f"hand_{name}"]
            if who.who.lies[side] and len(hand.radius):
                found.append(_off(hand, [lines[1 - index][part] for part in _TRUNK[:3]]))
    return np.stack(found, -1)


def _meetings() -> list[tuple[tuple[int, str], tuple[int, str], float, float]]:
    """Pairs of parts, each of one of the two, that may be in each other; the share of the radii at which they
    touch, and how deep that may be."""
    found = []
    for one in (*_TRUNK, *_ARMS):
        found += [((0, one), (1, other), *_firm(one, other)) for other in (*_TRUNK, *_ARMS)]
    for thigh in _THIGHS:
        for limb in (*_THIGHS, *_ARMS):
            found.append(((0, thigh), (1, limb), _FLESH, _GIVES_M))
            found.append(((0, limb), (1, thigh), _FLESH, _GIVES_M))
    for who in (0, 1):
        for trunk, arm in _OWN:
            found += [((who, trunk), (who, f"{arm}_{side}"), _FLESH, 0.01) for side in "lr"]
    return found


def _firm(one: str, other: str) -> tuple[float, float]:
    """Share of the radii at which two parts touch, and how deep that may be: skulls not at all."""
    hard = one == other == "head"
    return (_FIRM["head"], 0.0) if hard else (_FLESH, _GIVES_M)


def _deep(lines: list[dict[str, Line]]) -> list[Array]:
    """How deep parts are in each other: (N,) of all that may be, in units of what is bad."""
    parts = {(who, name): part for who, own in enumerate(lines) for name, part in own.items()}
    begins = dict(zip(parts, np.cumsum([0, *(len(part.radius) for part in parts.values())]), strict=False))
    meetings = _meetings()
    pairs = np.array(
        [
            (begins[one] + p, begins[other] + q, number)
            for number, (one, other, *_) in enumerate(meetings)
            for p in range(len(parts[one].radius))
            for q in range(len(parts[other].radius))
        ]
    )
    first, second, number = pairs.T
    start, end = (
        np.ascontiguousarray(np.concatenate([getattr(part, name) for part in parts.values()], 1).T)
        for name in ("start", "end")
    )
    radius = np.concatenate([part.radius for part in parts.values()])
    firm, gives = np.array([how for *_, how, _ in meetings]), np.array([how for *_, how in meetings])
    touch = firm[number] * (radius[first] + radius[second]) - gives[number]
    # Most are too far apart to meet.
    middle, half = (start + end) / 2, np.linalg.norm(end - start, axis=0) / 2
    away = middle[:, first] - middle[:, second]
    within = np.maximum(half[first] + half[second] + touch[:, None], 0.0)
    which, row = np.nonzero((away * away).sum(0) < within * within)
    one, other = first[which], second[which]
    gap = _apart(*(ends[:, part, row].T for part in (one, other) for ends in (start, end)))
    deepest = np.zeros((len(meetings), start.shape[2]))
    np.maximum.at(deepest, (number[which], row), touch[which] - gap)
    return list(deepest / _DEEP_M)


def _off(hand: Line, body: list[Line]) -> Array:
    """(N,) how far a palm is off the nearest part of a body, in units of what is bad; 0 for one far away."""
    palm = hand.start[:, 0] + _PALM * (hand.end[:, 0] - hand.start[:, 0])
    gaps = [
        _apart(palm, palm, part.start[:, q], part.end[:, q]) - part.radius[q]
        for part in body
        for q in range(len(part.radius))
    ]
    gap = np.min(gaps, axis=0) - _TOUCH_M
    return np.asarray(np.where(gap < _WITHIN_M, gap, 0.0) / (2.5 * _DEEP_M))


def _apart(a0: Array, a1: Array, b0: Array, b1: Array) -> Array:
    """(N,) least distance of two line segments (after Ericson, Real-Time Collision Detection, 5.1.9)."""
    u, v, w = a1 - a0, b1 - b0, a0 - b0
    uu, vv, uv = _dot(u, u) + 1e-12, _dot(v, v) + 1e-12, _dot(u, v)
    uw, vw = _dot(u, w), _dot(v, w)
    along = np.clip((uv * vw - uw * vv) / np.maximum(uu * vv - uv * uv, 1e-12), 0.0, 1.0)
    across = np.clip((uv * along + vw) / vv, 0.0, 1.0)
    along = np.clip((uv * across - uw) / uu, 0.0, 1.0)
    return np.asarray(np.linalg.norm(w + along[:, None] * u - across[:, None] * v, axis=-1))


def _dot(a: Array, b: Array) -> Array:
    return np.asarray(np.einsum("ni,ni->n", a, b))


def _moved(who: _Part, used: Array) -> Controls:
    """What somebody does (N) with freedoms (N, F) used."""
    controls, used = who.controls, used * _FREE
    zero = np.zeros(len(used))
    hips = controls.hips + np.stack([used[:, 0], used[:, 1], zero], -1)
    thorax = controls.thorax + np.stack([zero, used[:, 2], used[:, 3]], -1)
    arms = used[:, 4:].reshape(len(used), 2, 4)
    grip = controls.grip[..., None]
    reach = np.array(who.who.actor.body.upper_arm + who.who.actor.body.forearm)
    hands = controls.hands + grip * arms[..., :3]
    free = controls.arms + (1 - grip) * arms[..., :3] / reach[:, None]
    poles = turns.turned(turns.of_vector(arms[..., 3:] * who.reach), controls.elbow_poles)
    return replace(controls, hips=hips, thorax=thorax, hands=hands, arms=free, elbow_poles=poles)


def _lines(actor: Actor, found: Skeleton) -> dict[str, Line]:
    wanted = (*_TRUNK, *_ARMS, *_THIGHS, *(f"hand_{side.lower()}" for side in SIDES))
    return {
        segment.name: line(actor, found, segment)
        for segment in segments(actor.physique).all
        if segment.name in wanted
    }


def _at(controls: Controls, moments: NDArray[np.integer]) -> Controls:
    return Controls(**{field.name: getattr(controls, field.name)[moments] for field in fields(Controls)})


def _repeated(controls: Controls, times: int) -> Controls:
    return Controls(
        **{field.name: np.concatenate([getattr(controls, field.name)] * times) for field in fields(Controls)}
    )


def _tiled(part: Line, count: int, times: int) -> Line:
    """The first so many samples of a part, several times."""
    start, end = (np.tile(points[:count], (times, 1, 1)) for points in (part.start, part.end))
    return Line(start, end, part.radius)
