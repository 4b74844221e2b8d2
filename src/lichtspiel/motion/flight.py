"""Bodies in the air: the centre of mass flies a parabola and the angular momentum stays what it was.

Only forces from outside change either, and in the air there is none but weight. So of a jump's pose
only the joints are free: where the body is and how it is turned follow from the take-off. What this
module finds is the take-off with which the body arrives where and how it has to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.optimize import least_squares

from lichtspiel.library.asset import Array, Vec3
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import multiply, rotate
from lichtspiel.library.people.segments import Segments, segments

_LONGEST_STEP_S = 0.006
"""Of the integration."""
_TRIES = 20
_ENOUGH_RAD = 1e-5
_UNSEEN_RAD = 0.06
"""Rotation that is rather spread over a flight than had by a take-off far from the usual one: people steer by
as much with arms and hips."""
_ELSEWHERE = np.array(
    [[0, 0, 0], [0, 0.06, 0], [0, -0.06, 0], [0, 0, 0.06], [0.3, 0.3, 0], [0.3, 0, 0.3], [0, 0.3, 0.3]]
)
"""Other first guesses, against its size: a body that tumbles about its middle axis is touchy."""
_SMALL = 1e-3
"""Change of momentum, against the first guess, by which slopes are measured."""


@dataclass(frozen=True, eq=False)
class Flight:
    """What a body does in the air. T samples, as of the poses that it was asked for."""

    times: Array
    """(T,) seconds after take-off."""
    root: Array
    """(T, 3) and"""
    pose: Array
    """(T, B, 4) as in `Performance`."""
    centre: Array
    """(T, 3) of mass, metres."""
    velocity: Array
    """(3,) of the centre of mass at take-off."""
    momentum: Array
    """(3,) about the centre of mass, kg·m²/s, world axes."""
    spin: Array
    """(2, 3) angular velocity of the root at take-off and at landing, rad/s, world axes."""
    root_velocity: Array
    """(2, 3) of the root at take-off and at landing, m/s."""
    forced_rad: float
    """Rotation that no take-off gives and that was spread over the flight instead; 0 in all usual ones."""


def air_time(speed_up: float, rise_m: float, gravity: float) -> float:
    """Seconds from take-off to landing with the centre of mass `rise_m` higher (lower: negative).

    speed_up: of the centre of mass at take-off, m/s. gravity: downward, m/s². Raises ValueError when it
    does not get so high.
    """
    left = speed_up**2 - 2 * gravity * rise_m
    if left < 0:
        raise ValueError(f"a take-off at {speed_up:.2f} m/s does not rise by {rise_m:.2f} m")
    return (speed_up + float(np.sqrt(left))) / gravity


def speed_for(height_m: float, gravity: float) -> float:
    """Take-off speed of the centre of mass that rises by a height, m/s."""
    return float(np.sqrt(2 * gravity * max(height_m, 0.0)))


def fly(
    physique: Physique,
    times: Array,
    poses: Array,
    start: tuple[Array, Array],
    end: tuple[Array, Array],
    gravity: Vec3,
    turns: Vec3 = (0.0, 0.0, 0.0),
) -> Flight:
    """The flight of a body that begins and ends as wanted, its joints moving as given.

    times: (T,) seconds from take-off, 0 to landing, rising. poses: (T, B, 4); what they say of the root
    counts for nothing. start, end: offset (3,) and turn (4,) of the root, as in `Performance`, at
    take-off and landing. gravity: m/s², world axes. turns: rotation on the way, as an axis in the world
    times its angle in radians: (2π, 0, 0) is a forward somersault of somebody who faces -y,
    (-2π, 0, 0) a backward one, (0, 0, π) half a twist to the left; what `end` says of the turn holds
    exactly, and `turns` only says how many times round it is come to.

    The flight's own duration sets how high it goes: `air_time`. A pure function; the last of them are
    kept.
    """
    return _fly(
        physique,
        times.tobytes(),
        np.ascontiguousarray(poses).tobytes(),
        tuple(np.concatenate([*start, *end]).tolist()),
        tuple(gravity),
        tuple(turns),
    )


@lru_cache(maxsize=64)
def _fly(
    physique: Physique,
    times: bytes,
    poses: bytes,
    ends: tuple[float, ...],
    gravity: Vec3,
    turns: Vec3,
) -> Flight:
    body = segments(physique)
    clock = np.frombuffer(times)
    pose = np.frombuffer(poses).reshape(len(clock), -1, 4).copy()
    start_root, start_turn, end_root, end_turn = np.split(np.array(ends), [3, 7, 10])
    shape = _Shape(body, clock, pose)
    momentum, turned, forced_rad = _momentum(shape, start_turn, end_turn, np.array(turns))
    pose[:, 0] = turned
    # The root where the centre of mass of the body, so turned, is where it flies.
    own = body.centre_of_mass(np.zeros((len(clock), 3)), pose)
    first, last = start_root + own[0], end_root + own[-1]
    duration, weight = float(clock[-1]), np.array(gravity)
    velocity = (last - first) / duration - weight * duration / 2
    centre = first + clock[:, None] * velocity + clock[:, None] ** 2 * weight / 2
    root = centre - own
    spin = np.stack([shape.spin(0, turned[0], momentum), shape.spin(len(clock) - 1, turned[-1], momentum)])
    slope = np.gradient(root, clock, axis=0, edge_order=2)
    return Flight(clock, root, pose, centre, velocity, momentum, spin, slope[[0, -1]], forced_rad)


class _Shape:
    """Inertia of a body over time as its joints move, seen from its root."""

    def __init__(self, body: Segments, times: Array, poses: Array) -> None:
        self.times = times
        still = poses.copy()
        still[:, 0] = (1.0, 0.0, 0.0, 0.0)
        centres, turned = body.posed(np.zeros((len(times), 3)), still)
        masses = body.masses
        arms = centres - (masses @ centres.reshape(len(times), len(masses), 3) / masses.sum())[:, None]
        matrices = _matrices(turned)
        own = matrices @ body.inertias @ np.swapaxes(matrices, -1, -2)
        about = np.einsum("tsk,tsk->ts", arms, arms)[..., None, None] * np.eye(3) - np.einsum(
            "tsi,tsj->tsij", arms, arms
        )
        self.inertia = np.asarray((own + masses[:, None, None] * about).sum(1))
        """(T, 3, 3) about the centre of mass, in the root's axes."""
        steps = np.diff(times)[:, None, None]
        speed = np.diff(arms, axis=0) / steps
        swing = _vector(multiply(turned[1:], turned[:-1] * [1, -1, -1, -1])) / steps
        middle, whole = (arms[1:] + arms[:-1]) / 2, (own[1:] + own[:-1]) / 2
        moving = masses[:, None] * np.cross(middle, speed) + np.einsum("tsij,tsj->tsi", whole, swing)
        self.inner = np.asarray(moving.sum(1))
        """(T - 1, 3) angular momentum of the moving joints by themselves, from each sample to the next."""

    def spin(self, sample: int, turn: Array, momentum: Array) -> Array:
        """Angular velocity of the root, world axes."""
        about = self.inner[max(sample - 1, 0) : sample + 1].mean(0)
        inner = rotate(turn * [1, -1, -1, -1], momentum) - about
        return rotate(turn, np.linalg.solve(self.inertia[sample], inner))

    def integrate(self, start: Array, momenta: Array) -> Array:
        """Turns (T, N, 4) of the root from a first one (4,) on, for several momenta (N, 3).

        Midpoint rule on the rotations: ω = I⁻¹(Rᵀ·L - h), from L = R(I·ω + h).
        """
        count = int(np.ceil(float(np.diff(self.times).max()) / _LONGEST_STEP_S))
        samples = np.arange((len(self.times) - 1) * count + 1) / count
        fine = np.interp(samples, np.arange(len(self.times)), self.times)
        middles = (fine[1:] + fine[:-1]) / 2
        back = np.linalg.inv(_between(self.inertia, self.times, middles))
        inner = np.repeat(self.inner, count, axis=0)[..., None]
        turns = np.empty((len(self.times), 4, len(momenta)))
        now: Array = np.repeat(start[:, None], len(momenta), axis=1)
        turns[0] = now
        wanted = np.ascontiguousarray(momenta.T)
        rate = back[0] @ (_carried_back(now, wanted) - inner[0])
        for step, width in enumerate(np.diff(fine)):
            for _ in range(2):  # The turn at the middle of the step, found twice over.
                rate = back[step] @ (_carried_back(_on(now, rate * (width / 2)), wanted) - inner[step])
            now = _on(now, rate * width)
            if (step + 1) % count == 0:
                turns[(step + 1) // count] = now
        turns /= np.sqrt((turns * turns).sum(1, keepdims=True))
        return np.asarray(turns.swapaxes(1, 2))


def _momentum(shape: _Shape, start: Array, end: Array, turns: Array) -> tuple[Array, Array, float]:
    """The angular momentum (3,) that turns a body from `start` to `end`, the turns (T, 4) on the way,
    and by what angle it would miss."""
    mean = np.mean([_about(shape, k, start) for k in range(0, len(shape.times), 4)], axis=0)
    duration = float(shape.times[-1])
    short = _missing(start[None], end)[0]
    guess = mean @ (turns if np.linalg.norm(turns) > np.pi else short) / duration
    if np.linalg.norm(turns) > np.pi:
        guess = _wound(shape, start, guess, turns)
    size = max(float(np.linalg.norm(guess)), float(np.trace(mean)) / 3)
    best, best_off = guess, float(np.linalg.norm(_missing(shape.integrate(start, guess[None])[-1], end)))
    for start_from in guess + size * _ELSEWHERE:
        found = _solved(shape, start, end, start_from, size)
        off = float(np.linalg.norm(_missing(shape.integrate(start, found[None])[-1], end)))
        # Far from the first guess lie other numbers of turns.
        if off < best_off and np.linalg.norm(found - guess) < size:
            best, best_off = found, off
        if best_off < _UNSEEN_RAD:
            break
    turned = shape.integrate(start, best[None])
    rest = _missing(turned[-1], end)[0]
    share = (shape.times / shape.times[-1])[:, None] * rest
    forced = 0.0 if best_off < _ENOUGH_RAD else best_off
    return best, multiply(_turns_by(share), turned[:, 0]), forced


def _solved(shape: _Shape, start: Array, end: Array, guess: Array, size: float) -> Array:
    """The momentum near a guess that leads to `end`, by Levenberg's and Marquardt's method."""
    nudges = np.vstack([np.zeros(3), _SMALL * size * np.eye(3)])
    kept: dict[bytes, Array] = {}

    def missing(momentum: Array) -> Array:
        key = momentum.tobytes()
        if key not in kept:
            kept.clear()
            kept[key] = _missing(shape.integrate(start, momentum + nudges)[-1], end)
        return kept[key]

    solution = least_squares(
        lambda m: missing(m)[0],
        guess,
        jac=lambda m: (missing(m)[1:] - missing(m)[0]).T / (_SMALL * size),
        method="lm",
        x_scale=size,
        xtol=1e-12,
        ftol=1e-12,
        max_nfev=_TRIES,
    )
    return np.asarray(solution.x)


def _missing(turned: Array, end: Array) -> Array:
    """(N, 3) rotations from turns (N, 4) to a wanted one."""
    return _vector(multiply(np.broadcast_to(end, turned.shape), turned * [1, -1, -1, -1]))


def _wound(shape: _Shape, start: Array, guess: Array, turns: Array) -> Array:
    """The guess scaled until the body comes round as far as it is to, counted along the axis."""
    whole = float(np.linalg.norm(turns))
    axis = turns / whole
    for _ in range(4):
        turned = shape.integrate(start, guess[None])[:, 0]
        steps = _vector(multiply(turned[1:], turned[:-1] * [1, -1, -1, -1]))
        come = float((steps @ axis).sum())
        guess = guess * float(np.clip(whole / max(come, 0.1 * whole), 0.4, 2.5))
    return guess


def _about(shape: _Shape, sample: int, start: Array) -> Array:
    turn = _matrices(start)
    return np.asarray(turn @ shape.inertia[sample] @ turn.T)


def _between(values: Array, times: Array, at: Array) -> Array:
    flat = values.reshape(len(times), -1)
    columns = [np.interp(at, times, column) for column in flat.T]
    return np.stack(columns, -1).reshape(len(at), *values.shape[1:])


def _vector(turns: Array) -> Array:
    """Axis times angle (..., 3) of turns (..., 4), at most half a turn."""
    turns = np.where(turns[..., :1] < 0, -turns, turns)
    sine = np.linalg.norm(turns[..., 1:], axis=-1, keepdims=True)
    angle = 2 * np.arctan2(sine, turns[..., :1])
    return np.asarray(turns[..., 1:] * np.where(sine > 1e-12, angle / np.maximum(sine, 1e-12), 2.0))


def _turns_by(vectors: Array) -> Array:
    """Turns (..., 4) by axis times angle (..., 3)."""
    half = np.linalg.norm(vectors, axis=-1, keepdims=True) / 2
    return np.concatenate([np.cos(half), vectors * np.sinc(half / np.pi) / 2], -1)


def _on(turns: Array, vectors: Array) -> Array:
    """Turns (4, N) after which one by axis times angle (3, N), in their own axes, follows."""
    half = np.sqrt((vectors * vectors).sum(0)) / 2
    scale = np.sinc(half / np.pi) / 2
    a, (b, c, d) = np.cos(half), vectors * scale
    w, x, y, z = turns
    return np.stack(
        [
            w * a - x * b - y * c - z * d,
            w * b + x * a + y * d - z * c,
            w * c - x * d + y * a + z * b,
            w * d + x * c - y * b + z * a,
        ]
    )


def _carried_back(turns: Array, vectors: Array) -> Array:
    """Vectors (3, N) of the world in the axes of turns (4, N) of length one, or nearly so."""
    w, x, y, z = turns
    p, q, r = vectors
    a, b, c = z * q - y * r, x * r - z * p, y * p - x * q
    return np.stack(
        [
            p + 2 * (w * a + z * b - y * c),
            q + 2 * (w * b + x * c - z * a),
            r + 2 * (w * c + y * a - x * b),
        ]
    )


def _matrices(turns: Array) -> Array:
    """(..., 3, 3)"""
    basis = np.eye(3)
    return np.stack([rotate(turns, np.broadcast_to(b, (*turns.shape[:-1], 3))) for b in basis], -1)
