"""Limbs that keep clear of the body: arms off trunk, head and thighs, legs in the air off the other leg.

Scores say where hands and feet go in shares of limbs; how thick a body is, is its own. Where a course would
lead a limb into flesh, the limb is led round it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import gaussian_filter1d, maximum_filter1d

from lichtspiel.library.asset import Array
from lichtspiel.library.people.segments import Segment, segments
from lichtspiel.motion import turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import OUTWARD, SIDES
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.solve import Skeleton, solve
from lichtspiel.motion.tracks import eased

_FIRM = 0.8
"""Share of its radius beyond which flesh does not give way."""
_GIVES_M = 0.018
"""How deep limbs may lie in each other."""
_FLESH = 0.65
"""Share of its radius at which a hand on the ground is carried."""
_ROUNDS = 4
_MORE = 1.25
_ALONG = np.linspace(0.0, 1.0, 5)
_OTHER = "upper_arm_"
_THIGHS = ("thigh_l", "thigh_r")
_ROUND = {
    "forearm": ("chest", "waist", "pelvis", "head", *_THIGHS), "hand": ("chest", *_THIGHS, _OTHER),
    "upper_arm": ("head",),
}  # fmt: skip
"""What parts of an arm go round. Hands lie on waist, hips and face."""
_OTHER_LEG = {"shank": ("shank", "foot", "thigh"), "foot": ("foot", "shank")}
_BONES = {
    "pelvis": "root", "waist": "spine04", "chest": "spine02", "head": "head", "upper_arm": "upperarm01",
    "forearm": "lowerarm01", "hand": "wrist", "thigh": "upperleg01", "shank": "lowerleg01", "foot": "foot",
}  # fmt: skip
_TOUCH_M, _LIFT_M = 0.008, 0.04
"""Height of a foot from which a leg may be led aside, and in which that grows."""


@dataclass(frozen=True, eq=False)
class Line:
    """Capsules of a segment over time: ends (T, C, 3), radii (C,)."""

    start: Array
    end: Array
    radius: Array

    def points(self) -> Array:
        """(T, C, N, 3)"""
        return np.asarray(self.start[:, :, None] + _ALONG[:, None] * (self.end - self.start)[:, :, None])


def cleared(actor: Actor, controls: Controls, ground: float, firm: bool) -> Controls:
    """The same course of one stretch between two cuts with limbs outside of the body.

    firm: hands do not go into the ground either.
    """
    for _ in range(_ROUNDS):
        _, _, found = solve(actor.body, controls)
        lines = {segment.name: line(actor, found, segment) for segment in segments(actor.physique).all}
        changed = [_arm(lines, side, ground if firm else None) for side in (0, 1)]
        fields = {
            name: getattr(controls, name) for name in ("hands", "arms", "elbows", "elbow_poles", "ankles")
        }
        fields = {name: values.copy() for name, values in fields.items()}
        moved = False
        for side in (0, 1):
            push, poled = changed[side]
            if push.any():
                grip = controls.grip[:, side, None]
                fields["hands"][:, side] += grip * push
                fields["elbow_poles"][:, side] += grip * poled
                reach = float(actor.body.upper_arm[side] + actor.body.forearm[side])
                turned = swung(found, push) / reach
                fields["arms"][:, side] += (1 - grip) * turned
                moved = True
        aside = _legs(actor, controls, lines, ground)
        if aside.any():
            fields["ankles"] += aside
            moved = True
        if not moved:
            break
        controls = replace(controls, **fields)
    return controls


def line(actor: Actor, found: Skeleton, segment: Segment) -> Line:
    """The flesh of a segment of a solved body."""
    name = segment.name.removesuffix("_l").removesuffix("_r")
    bone = _BONES[name] + ("" if name == segment.name else f".{segment.name[-1].upper()}")
    rest = actor.body.rig.heads[segment.bone]
    turn, head = found.turns[bone], found.heads[bone]

    def carried(points: list[Array]) -> Array:
        arms = np.array(points).reshape(-1, 3) - rest
        return np.asarray(head[:, None] + (turn @ arms.T).swapaxes(1, 2))

    flesh = segment.flesh
    radius = np.array([c.radius for c in flesh])
    return Line(carried([c.start for c in flesh]), carried([c.end for c in flesh]), radius)


def depth(limb: Line, body: Line) -> tuple[Array, Array, Array]:
    """How deep a limb is in a body (T,), which way out (T, 3), and how far down the limb that is (T,)."""
    count = len(limb.start)
    if not len(limb.radius) or not len(body.radius):
        return np.zeros(count), np.zeros((count, 3)), np.zeros(count)
    a, b = limb.points(), body.points()
    away = a[:, :, :, None, None] - b[:, None, None]
    gap = np.linalg.norm(away, axis=-1)
    firm = _FIRM * (limb.radius[:, None, None, None] + body.radius[:, None])
    deep = np.broadcast_to(firm, gap.shape[1:]) - gap
    shape = deep.shape
    best = deep.reshape(count, -1).argmax(1)
    place = np.unravel_index(best, shape[1:])
    rows = np.arange(count)
    return (
        deep[rows, *place],
        turns.unit(away[rows, *place]),
        _ALONG[place[1]],
    )


def smooth(values: Array) -> Array:
    """Vectors (T, 3) that begin before they are needed and die away after."""
    size = np.linalg.norm(values, axis=-1)
    if not size.any():
        return values
    spread = gaussian_filter1d(maximum_filter1d(size, 7), 2.0, mode="nearest")
    way = gaussian_filter1d(values, 4.0, axis=0, mode="nearest")
    return np.asarray(np.maximum(spread, size)[:, None] * turns.unit(way + values))


def _arm(lines: dict[str, Line], side: int, ground: float | None) -> tuple[Array, Array]:
    """By how much the hand of one side is to be moved (T, 3), and how the pole of its elbow is to turn."""
    hand = lines[f"hand_{'lr'[side]}"]
    push, poled = np.zeros((len(hand.start), 3)), np.zeros((len(hand.start), 3))
    if ground is not None and len(hand.radius):
        low = np.minimum(hand.start[..., 2], hand.end[..., 2]) - _FLESH * hand.radius
        push[:, 2] = np.maximum(ground - low.min(1), 0.0)
    for limb, bodies in _ROUND.items():
        for body in bodies:
            flesh = lines[body + "rl"[side] if body == _OTHER else body]
            deep, out, down = depth(lines[f"{limb}_{'lr'[side]}"], flesh)
            over = np.maximum(deep - _GIVES_M, 0.0)[:, None] * _MORE * out
            share = down[:, None] if limb == "forearm" else 1.0
            push += over * (0.35 + 0.65 * share)
            poled += over * (1 - share) * 8.0
    return smooth(push), smooth(poled)


def swung(found: Skeleton, push: Array) -> Array:
    """Angles (T, 3) of an upper arm that bring its hand about `push` aside and ahead."""
    local = turns.turned(turns.back(found.turns["spine01"]), push)
    return np.stack([-local[:, 1], np.abs(local[:, 0]), -0.5 * np.abs(local[:, 1])], -1)


def _legs(actor: Actor, controls: Controls, lines: dict[str, Line], ground: float) -> Array:
    """(T, 2, 3) by how much ankles in the air are to be led round the other leg."""
    found = np.zeros_like(controls.ankles)
    lifted = np.stack([free(actor, controls, side, ground) for side in (0, 1)], 1)
    for side, name in enumerate(SIDES):
        own, other = name.lower(), "rl"[side]
        higher = controls.ankles[:, side, 2] >= controls.ankles[:, 1 - side, 2]
        push = np.zeros((len(lifted), 3))
        for limb, bodies in _OTHER_LEG.items():
            for body in bodies:
                deep, out, _ = depth(lines[f"{limb}_{own}"], lines[f"{body}_{other}"])
                over = np.where(higher, np.maximum(deep - _GIVES_M, 0.0), 0.0)
                push += _MORE * over[:, None] * _aside(controls, out, side)
        found[:, side] = lifted[:, side, None] * smooth(push)
    return found


def free(actor: Actor, controls: Controls, side: int, ground: float) -> Array:
    """(T,) from 0 for a foot on the ground to 1 for one in the air."""
    foot = turns.euler(controls.feet[:, side])
    points = [*actor.sole.points(actor.body, side), actor.body.toe[side]]
    lowest = np.min([(foot @ point)[:, 2] for point in points], axis=0) + controls.ankles[:, side, 2]
    return eased((lowest - ground - _TOUCH_M) / _LIFT_M)


def _aside(controls: Controls, out: Array, side: int) -> Array:
    """Level directions (T, 3): away from the other leg, rather to the leg's own side than through it."""
    yaw = controls.pelvis[:, 0]
    own = OUTWARD[side] * np.stack([np.cos(yaw), np.sin(yaw), np.zeros_like(yaw)], -1)
    level = out * [1.0, 1.0, 0.0]
    return turns.unit(level + 0.3 * own)
