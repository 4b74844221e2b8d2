"""Measures of performances: do feet stand, does nothing sink, are joints and bodies in their bounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import bones_posed, multiply, rotate
from lichtspiel.library.people.segments import Segment, Segments, segments
from lichtspiel.motion import turns
from lichtspiel.motion.anatomy import anatomy
from lichtspiel.take import Performance
from tests.motion.inside import pairs_inside

TOUCH_M = 0.004
"""What is no higher than this above the lowest that a foot can be is on the ground."""
_ROUGH_M = 0.004
LIMITS = {
    "knee": (-3.0, 160.0), "elbow": (-3.0, 155.0), "trunk": (0.0, 105.0), "neck": (0.0, 95.0),
    "wrist": (0.0, 100.0), "hip": (0.0, 150.0),
    "forearm": (-90.0, 90.0),
}  # fmt: skip
"""Degrees. Active range of motion with what passive stretch adds (AAOS; Kapandji, The Physiology of the
Joints)."""


@dataclass(frozen=True, eq=False)
class Measures:
    """Of one performance over time (T,), metres, degrees beyond limits, m/s²."""

    slide_m: Array
    """How far the foot that slides the most has gone while it touched the ground."""
    sunk_m: Array
    inside_m: Array
    """How deep parts of the body are in each other, beyond what flesh gives."""
    beyond_deg: Array
    jerked: Array
    """Greatest change of speed of a joint within a frame, m/s."""

    def in_bounds(self) -> Array:
        return np.asarray(
            (self.slide_m < 0.01)
            & (self.sunk_m < 0.01)
            & (self.inside_m < 0.03)
            & (self.beyond_deg < 5)
            & (self.jerked < 2.5)
        )


def measure(body: Physique, performance: Performance, ground_m: float = 0.0) -> Measures:
    parts = segments(body)
    heads, turned = parts.carried(performance.root, performance.pose)
    rest = body.rig.heads[parts.bones]

    def moved(segment: int, points: Array) -> Array:
        """(T, P, 3) of points at rest."""
        arms = np.broadcast_to(points - rest[segment], (len(heads), *points.shape))
        turns = np.broadcast_to(turned[:, segment, None], (*arms.shape[:2], 4))
        return np.asarray(heads[:, segment, None] + rotate(turns, arms))

    ends = {i: _capsules(s) for i, s in enumerate(parts.all)}
    lines = {
        i: (moved(i, start), moved(i, end), radius) for i, (start, end, radius) in ends.items() if len(radius)
    }
    sunk = np.zeros(len(heads))
    slide = np.zeros(len(heads))
    for i, (start, end, radius) in lines.items():
        low = np.minimum(start[..., 2], end[..., 2]).min(1) - radius.max() - ground_m
        if not parts.all[i].name.startswith("foot"):
            soft = 0.35 * radius.max() + _ROUGH_M
            sunk = np.maximum(sunk, -low - soft)
    for side, name in enumerate("LR"):
        soles = _sole(body, performance, side, name)
        sunk = np.maximum(sunk, ground_m - soles[..., 2].min(1) - 0.002)
        slide = np.maximum(slide, _slid(soles, ground_m))
    return Measures(
        slide,
        sunk,
        _inside(body, performance),
        np.maximum(_beyond(parts, heads, turned), _wrung(body, performance)),
        _jerked(parts, heads, performance),
    )


_LEVEL = np.stack([np.cos(np.arange(24) * np.pi / 12), np.sin(np.arange(24) * np.pi / 12)], -1)
_HALF_FOOT_M, _LOW_M = 0.05, 0.04
"""Half of what a sole covers about its points, and the height of a foot that is put down or about to be."""
_STILL_M_S, _STILL_M_S2 = 0.15, 1.0


def spins_up(body: Physique, performance: Performance, first: int, last: int) -> float:
    """How much a body comes to turn of itself in the air between two samples: change of its angular momentum
    about its centre of mass against its mean moment of inertia, rad/s."""
    parts = segments(body)
    root, pose = performance.root[first : last + 1], performance.pose[first : last + 1]
    centres, turned = parts.posed(root, pose)
    masses = parts.masses
    arms = centres - (masses @ centres / masses.sum())[:, None]
    step = 1 / performance.rate_hz
    speed = np.gradient(arms, step, axis=0, edge_order=2)
    agree = np.sign((turned[1:] * turned[:-1]).sum(-1))
    signs = np.concatenate(
        [np.ones((1, turned.shape[1])), np.cumprod(np.where(agree == 0, 1, agree), axis=0)]
    )
    turned = turned * signs[..., None]
    # Half a turn of three samples, exact for a steady spin.
    between = multiply(turned[2:], turned[:-2] * [1, -1, -1, -1])
    sine = np.linalg.norm(between[..., 1:], axis=-1, keepdims=True)
    spin = between[..., 1:] / np.maximum(sine, 1e-12) * 2 * np.arctan2(sine, between[..., :1]) / (2 * step)
    within = slice(1, -1)
    local = rotate(turned[within] * [1, -1, -1, -1], spin)
    own = rotate(turned[within], np.einsum("sij,tsj->tsi", parts.inertias, local))
    total = (masses[:, None] * np.cross(arms, speed))[within].sum(1) + own.sum(1)
    inertia = (masses * (arms**2).sum(-1)).sum(1).mean() * 2 / 3 + np.trace(parts.inertias.sum(0)) / 3
    return float(np.linalg.norm(total - np.median(total, axis=0), axis=-1).max() / inertia)


def unsupported(body: Physique, performance: Performance, ground_m: float = 0.0) -> Array:
    """(T,) metres by which the centre of mass of a body that keeps still on its feet is beside what they
    cover; 0 where it moves, because who moves may fall from step to step, or stands on nothing."""
    centre = segments(body).centre_of_mass(performance.root, performance.pose)
    rate = performance.rate_hz
    speed = np.gradient(centre, 1 / rate, axis=0)
    push = np.gradient(speed, 1 / rate, axis=0)
    still = (np.linalg.norm(speed, axis=-1) < _STILL_M_S) & (np.linalg.norm(push, axis=-1) < _STILL_M_S2)
    soles = np.concatenate([_sole(body, performance, side, name) for side, name in enumerate("LR")], axis=1)
    down = soles[..., 2] < ground_m + _LOW_M
    reach = np.where(down[..., None], soles[..., :2] @ _LEVEL.T, -np.inf).max(1) + _HALF_FOOT_M
    beside = np.maximum((centre[:, :2] @ _LEVEL.T - reach).max(1), 0.0)
    return np.where(still & down.any(1), beside, 0.0)


def _capsules(segment: Segment) -> tuple[Array, Array, Array]:
    flesh = segment.flesh
    return (
        np.array([c.start for c in flesh]).reshape(-1, 3),
        np.array([c.end for c in flesh]).reshape(-1, 3),
        np.array([c.radius for c in flesh]),
    )


def _sole(body: Physique, performance: Performance, side: int, name: str) -> Array:
    """(T, 3, 3) heel, ball and toe of a bare foot."""
    shape = anatomy(body)
    heads, turned = bones_posed(body.rig, performance.root, performance.pose)
    column = body.rig.index(f"foot.{name}")
    points = np.array([shape.foot_neutral[side].T @ p[side] for p in (shape.heel, shape.ball)])
    arms = np.broadcast_to(points, (len(heads), 2, 3))
    quats = np.broadcast_to(turned[:, column, None], (len(heads), 2, 4))
    return np.asarray(heads[:, column, None] + rotate(quats, arms))


def _slid(soles: Array, ground_m: float) -> Array:
    """(T,) metres that a foot has slid since it touched the ground: as far as its stillest point has."""
    down = soles[..., 2] < ground_m + TOUCH_M
    step = np.linalg.norm(np.diff(soles[..., :2], axis=0), axis=-1)
    both = down[1:] & down[:-1]
    stillest = np.where(both.any(1), np.where(both, step, np.inf).min(1), 0.0)
    slid = np.zeros(len(soles))
    for i in range(1, len(soles)):
        slid[i] = slid[i - 1] + stillest[i - 1] if both[i - 1].any() else 0.0
    return slid


def _inside(body: Physique, performance: Performance) -> Array:
    return np.asarray(np.max(list(pairs_inside(body, performance).values()), axis=0)).clip(0.0)


def _between(a0: Array, a1: Array, b0: Array, b1: Array) -> Array:
    """(T,) least distance of two line segments, by samples along both."""
    share = np.linspace(0, 1, 5)
    first = a0[:, None] + share[:, None] * (a1 - a0)[:, None]
    second = b0[:, None] + share[:, None] * (b1 - b0)[:, None]
    return np.asarray(np.linalg.norm(first[:, :, None] - second[:, None], axis=-1).min((1, 2)))


def _beyond(parts: Segments, heads: Array, turned: Array) -> Array:
    """(T,) degrees by which the worst joint is beyond its limit."""
    worst = np.zeros(len(heads))
    for side in "lr":
        for joint, upper, lower in (
            ("knee", "thigh", "shank"), ("elbow", "upper_arm", "forearm"), ("wrist", "forearm", "hand"),
            ("hip", "pelvis", "thigh"),
        ):  # fmt: skip
            first = upper if upper == "pelvis" else f"{upper}_{side}"
            angle = _bend(parts, turned, first, f"{lower}_{side}")
            worst = np.maximum(worst, angle - LIMITS[joint][1])
    worst = np.maximum(worst, _bend(parts, turned, "pelvis", "chest") - LIMITS["trunk"][1])
    return np.maximum(worst, _bend(parts, turned, "chest", "head") - LIMITS["neck"][1])


def _wrung(body: Physique, performance: Performance) -> Array:
    """(T,) degrees by which the worse forearm is turned about itself beyond its limit: the part of a hand's
    turn that is about the forearm (swing and twist of a quaternion)."""
    shape, names = anatomy(body), body.rig
    _, turned = bones_posed(names, performance.root, performance.pose)
    worst = np.zeros(len(turned))
    for side, name in enumerate("LR"):
        lower = turns.of_quaternions(turned[:, names.index(f"lowerarm01.{name}")])
        hand = turns.of_quaternions(turned[:, names.index(f"wrist.{name}")])
        turn = turns.back(lower @ shape.forearm_neutral[side].T) @ (hand @ shape.hand_neutral[side].T)
        angle = np.arctan2(turn[:, 1, 0] - turn[:, 0, 1], turn[:, 0, 0] + turn[:, 1, 1])
        worst = np.maximum(worst, np.degrees(np.abs(angle)) - LIMITS["forearm"][1])
    return worst


def _bend(parts: Segments, turned: Array, first: str, second: str) -> Array:
    """(T,) degrees between the axes of two segments, against how they are at neutral."""
    axis = {name: _axis(parts.all[parts.index(name)]) for name in (first, second)}
    a = rotate(turned[:, parts.index(first)], np.broadcast_to(axis[first], (len(turned), 3)))
    b = rotate(turned[:, parts.index(second)], np.broadcast_to(axis[second], (len(turned), 3)))
    return np.asarray(np.degrees(np.arccos(np.clip((a * b).sum(-1), -1, 1))))


def _axis(segment: Segment) -> Array:
    if segment.name in ("pelvis", "waist", "chest", "head"):
        return np.array([0.0, 0.0, -1.0])
    line = segment.centre - segment.joint
    return np.asarray(line / np.linalg.norm(line))


def _jerked(parts: Segments, heads: Array, performance: Performance) -> Array:
    """(T,) greatest change of velocity of trunk, head and arms; feet that land stop at once."""
    names = [segment.name for segment in parts.all]
    free = [i for i, name in enumerate(names) if not name.startswith(("foot", "shank", "thigh"))]
    speed = np.diff(heads[:, free], axis=0) * performance.rate_hz
    change = np.linalg.norm(np.diff(speed, axis=0), axis=-1).max(1)
    return np.concatenate([[0.0], change, [0.0]])


def between(first: tuple[Physique, Performance], second: tuple[Physique, Performance]) -> dict[str, Array]:
    """(T,) how deep parts of two people are in each other, beyond what flesh gives, by names of parts; hands
    lie on whom they touch."""
    ones, others = (_placed(*who) for who in (first, second))
    found = {}
    for name, (a0, a1, ar) in ones.items():
        for other, (b0, b1, br) in others.items():
            if "hand" in name or "hand" in other:
                continue
            deep = np.zeros(len(a0))
            for p in range(a0.shape[1]):
                for q in range(b0.shape[1]):
                    gap = _between(a0[:, p], a1[:, p], b0[:, q], b1[:, q])
                    deep = np.maximum(deep, 0.8 * (ar[p] + br[q]) - gap)
            found[f"{name} in {other}"] = deep
    return found


def _placed(body: Physique, performance: Performance) -> dict[str, tuple[Array, Array, Array]]:
    """Capsules of all segments over time: ends (T, P, 3) and radii (P,)."""
    parts = segments(body)
    heads, turned = parts.carried(performance.root, performance.pose)
    rest = body.rig.heads[parts.bones]
    found = {}
    for i, segment in enumerate(parts.all):
        start, end, radius = _capsules(segment)
        if not len(radius):
            continue
        placed = []
        for points in (start, end):
            arms = np.broadcast_to(points - rest[i], (len(heads), *points.shape))
            turns = np.broadcast_to(turned[:, i, None], (*arms.shape[:2], 4))
            placed.append(heads[:, i, None] + rotate(turns, arms))
        found[segment.name] = (placed[0], placed[1], radius)
    return found
