"""Weight over the feet: who keeps still stands with the centre of mass above what the feet cover.

A score says how a pose looks; how far the hips must go for it to stand depends on the body that takes it: a
big belly, a child's head. Who moves may hang over: the next step catches it.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

from lichtspiel.library.asset import Array
from lichtspiel.library.people.segments import segments
from lichtspiel.motion import controls as control
from lichtspiel.motion import solve, turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.walk import RATE_HZ

_EVERY = 4
"""Samples of a performance between two at which balance is looked at."""
_STILL_M_S, _MOVES_M_S = 0.15, 0.3
_STILL_M_S2, _MOVES_M_S2 = 1.0, 2.5
"""Below the first a body keeps still, above the second it is on its way."""
_AROUND = np.stack([np.cos(np.arange(16) * np.pi / 8), np.sin(np.arange(16) * np.pi / 8)], -1)
_HALF_FOOT, _LOW = 0.026, 0.024
"""Half of a foot's breadth about its points, and its height while it bears weight; against body height."""
_INSIDE = 0.008
"""How far within the edge of the feet the weight comes to lie, against body height."""
_CARRIED = 0.85
"""Share of the body's mass that goes along with the hips over standing feet."""
_WIDTH_S = 0.15
_ROUNDS = 5
_MOST = 0.16
"""Farthest that hips go for it, in leg lengths."""


def aside(actor: Actor, controls: Controls, ground: Array) -> Array:
    """(T, 3) by how much the hips must go, level, for the body to stand on its feet while it keeps still.

    ground: (T,) its height. Zero where nothing is amiss.
    """
    body = actor.body
    count = len(controls.hips)
    none = np.zeros((count, 3))
    chosen = slice(None, None, _EVERY)
    if count < 4 * _EVERY:
        return none
    some = control.part(controls, chosen)
    root, pose, _ = solve.solve(body, some)
    centre = segments(actor.physique).centre_of_mass(root, pose)
    still = _still(centre, RATE_HZ / _EVERY)
    soles = np.concatenate([_sole(actor, some, side) for side in (0, 1)], axis=1)
    down = soles[..., 2] < ground[chosen, None] + _LOW * body.height_m
    still = still * down.any(1)
    bears = np.where(down.any(1)[:, None], down, True)
    reach = np.where(bears[..., None], soles[..., :2] @ _AROUND.T, -np.inf).max(1)
    reach += (_HALF_FOOT - _INSIDE) * body.height_m
    moved = np.zeros((len(centre), 2))
    width = _WIDTH_S * RATE_HZ / _EVERY
    for _ in range(_ROUNDS):
        off = (centre[:, :2] + _CARRIED * moved) @ _AROUND.T - reach
        worst = off.argmax(1)
        far = np.maximum(np.take_along_axis(off, worst[:, None], 1), 0.0) * still[:, None]
        if not far.any():
            break
        moved -= gaussian_filter1d(far * _AROUND[worst], width, axis=0, mode="nearest") / _CARRIED
    if not moved.any():
        return none
    size = np.linalg.norm(moved, axis=1, keepdims=True)
    most = _MOST * body.leg
    moved *= most * np.tanh(size / most) / np.maximum(size, 1e-9)
    at = np.arange(count)
    level = [np.interp(at, at[chosen], moved[:, axis]) for axis in (0, 1)]
    return np.stack([*(gaussian_filter1d(v, _EVERY / 2, mode="nearest") for v in level), np.zeros(count)], -1)


def _still(centre: Array, rate_hz: float) -> Array:
    """(T,) from 0, on its way, to 1, at rest."""
    speed = np.gradient(centre, 1 / rate_hz, axis=0)
    push = np.gradient(speed, 1 / rate_hz, axis=0)
    slow = np.interp(np.linalg.norm(speed, axis=-1), [_STILL_M_S, _MOVES_M_S], [1.0, 0.0])
    calm = np.interp(np.linalg.norm(push, axis=-1), [_STILL_M_S2, _MOVES_M_S2], [1.0, 0.0])
    return np.asarray(slow * calm)


def _sole(actor: Actor, controls: Controls, side: int) -> Array:
    """(T, 2, 3) heel and ball of a foot."""
    turn = turns.euler(controls.feet[:, side])
    points = [turn @ point for point in actor.sole.points(actor.body, side)]
    return np.asarray(controls.ankles[:, side, None] + np.stack(points, 1))
