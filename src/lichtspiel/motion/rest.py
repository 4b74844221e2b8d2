"""What a body rests on: its lowest points, by which one that lies, kneels or stands on its hands is carried."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import solve, turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import SIDES
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.solve import Skeleton

_ROUND = {
    "spine01": 0.07, "spine03": 0.075, "head": 0.045, "upperarm01": 0.035, "lowerarm01": 0.022,
    "wrist": 0.014, "lowerleg01": 0.034, "foot": 0.024,
}  # fmt: skip
"""Radius of the flesh about a joint, in body heights: half of breadths and depths of adults (Drillis and
Contini, 1966)."""


def lowest(actor: Actor, controls: Controls, found: Skeleton) -> Array:
    """(T,) height of the lowest point of a body; hands and feet that are placed do not count."""
    body = actor.body
    height = body.height_m
    points = [found.heads["spine01"][:, 2] - _ROUND["spine01"] * height]
    points.append(found.heads["spine03"][:, 2] - _ROUND["spine03"] * height)
    skull = found.heads["head"] + found.turns["head"] @ (np.array([0.0, -0.01, 0.055]) * height)
    points.append(skull[:, 2] - _ROUND["head"] * 1.4 * height)
    pelvis = turns.euler(controls.pelvis)
    buttocks = controls.hips + pelvis @ np.array([0.0, 0.35 * body.back, -0.3 * body.back])
    points.append(buttocks[:, 2] - 0.65 * body.back)
    for side, name in enumerate(SIDES):
        free = np.where(controls.grip[:, side] > 0.5, np.inf, 0.0)
        for bone in ("upperarm01", "lowerarm01", "wrist"):
            points.append(found.heads[f"{bone}.{name}"][:, 2] - _ROUND[bone] * height + free)
        hand = found.turns[f"wrist.{name}"] @ turns.back(body.hand_neutral[side])
        palm = found.heads[f"wrist.{name}"] + hand @ (np.array([0.0, 0.0, -0.07]) * height)
        points.append(palm[:, 2] - 0.012 * height + free)
        points.append(found.heads[f"lowerleg01.{name}"][:, 2] - _ROUND["lowerleg01"] * height)
        points.append(found.heads[f"foot.{name}"][:, 2] - _ROUND["foot"] * height)
        foot = turns.euler(controls.feet[:, side])
        for point in (*actor.sole.points(body, side), body.toe[side]):
            points.append((controls.ankles[:, side] + foot @ point)[:, 2])
    return np.asarray(np.min(points, axis=0))


def sunk(actor: Actor, controls: Controls, ground: Array) -> Array:
    """(T,) by how much a body is above the ground (T,)."""
    _, _, found = solve.solve(actor.body, controls)
    return np.asarray(lowest(actor, controls, found) - ground)
