"""Two who touch do not go through each other: arms lie on the other's body, legs pass beside legs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.segments import segments
from lichtspiel.motion.clear import Line, depth, free, line, smooth
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.embrace import Who, embraced
from lichtspiel.motion.solve import Skeleton, skeleton

_ROUNDS = 9
_MORE = 1.25
_GIVES_M = 0.003
"""How deep flesh lets two people be in each other beyond what their bodies' radii allow for."""
_GIVES_WAY_M = 0.07
"""How far hips and feet are led aside at most."""
_NEAR_M = 1.2
"""Whose hips are farther apart than this do not touch."""
_LEGS = ("thigh_l", "thigh_r", "shank_l", "shank_r")


def parted(first: Who, second: Who) -> tuple[Controls, Controls]:
    """What both do, with what was inside the other led out of them.

    Legs give way by half each, feet in the air go round those of the other; then arms, trunks and heads.
    """
    pair = [first, second]
    apart = np.linalg.norm((first.controls.hips - second.controls.hips)[:, :2], axis=-1)
    near = (apart < _NEAR_M).astype(float)
    if not near.any():
        return first.controls, second.controls
    for _ in range(_ROUNDS):
        lines = [_lines(who, skeleton(who.actor.body, who.controls)) for who in pair]
        changed = [_pushed(pair[i], lines[i], lines[1 - i], near) for i in (0, 1)]
        if all(after is before.controls for after, before in zip(changed, pair, strict=True)):
            break
        pair = [
            replace(who, controls=_near_to(before, controls))
            for who, before, controls in zip(pair, (first, second), changed, strict=True)
        ]
    return embraced(pair[0], pair[1], near)


def _near_to(before: Who, controls: Controls) -> Controls:
    """The same with hips and feet no farther from where they were than a dancer gives way."""
    moved = {}
    for name in ("hips", "ankles"):
        start = getattr(before.controls, name)
        away = getattr(controls, name) - start
        length = np.linalg.norm(away, axis=-1, keepdims=True)
        moved[name] = start + away * np.minimum(1.0, _GIVES_WAY_M / np.maximum(length, 1e-9))
    return replace(controls, **moved)


def _lines(who: Who, found: Skeleton) -> dict[str, Line]:
    return {segment.name: line(who.actor, found, segment) for segment in segments(who.actor.physique).all}


def _pushed(who: Who, own: dict[str, Line], other: dict[str, Line], near: Array) -> Controls:
    """One of two led out of the other, by as much as falls to them."""
    controls = who.controls
    hips = np.zeros_like(controls.hips)
    for limb in _LEGS:
        for body in _LEGS:
            deep, out, _ = depth(own[limb], other[body])
            over = 0.5 * _over(deep, near)[:, None] * out * [1.0, 1.0, 0.0]
            hips = np.where(np.abs(over) > np.abs(hips), over, hips)
    ankles = _feet(who, own, other, near)
    if not (hips.any() or ankles.any()):
        return controls
    return replace(controls, hips=controls.hips + smooth(hips), ankles=controls.ankles + ankles)


def _feet(who: Who, own: dict[str, Line], other: dict[str, Line], near: Array) -> Array:
    """(T, 2, 3) by how much feet in the air go round those of the other."""
    found = np.zeros_like(who.controls.ankles)
    ground = float(who.controls.ankles[..., 2].min()) - who.actor.body.ankle_height
    for side, name in enumerate("lr"):
        push = np.zeros_like(who.controls.hips)
        for body in ("foot_l", "foot_r", "shank_l", "shank_r"):
            deep, out, _ = depth(own[f"foot_{name}"], other[body])
            push += _over(deep, near)[:, None] * out * [1.0, 1.0, 0.0]
        if push.any():
            found[:, side] = free(who.actor, who.controls, side, ground)[:, None] * smooth(push)
    return found


def _over(deep: Array, near: Array) -> Array:
    """(T,) metres by which something is to be led out."""
    return np.asarray(_MORE * near * np.maximum(deep - _GIVES_M, 0.0))
