"""Feet that stand, stand still: what is left of sliding is taken out of a finished course.

A foot on the ground is bound by its stillest point, heel or ball, for as long as it is there; the way that it
would have slid is spread over the swings before and after (Kovar, Schreiner and Gleicher, Footskate Cleanup
for Motion Capture Editing, 2002). A foot that is drawn along the ground is lifted off it instead, and none
goes into the ground.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, label, maximum_filter1d

from lichtspiel.library.asset import Array
from lichtspiel.motion import turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.play import on_planted
from lichtspiel.motion.walk import RATE_HZ

_TOUCH_M = 0.006
"""A point of the sole that is no higher than this is on the ground."""
_CLEAR_M = 0.011
"""Height of a foot that is drawn along."""
_DRAWN_M_S = 0.2
"""A foot on the ground that is faster than this for longer than it takes to land is drawn along."""
_LANDING = 4
"""Samples in which a foot may still be coming to rest."""
_MOST = 0.09
"""Way, in leg lengths, beyond which a foot is not bound to where it stands but lifted."""
_STILL_M = 1e-4


def planted(actor: Actor, controls: Controls, ground: Array, stands: NDArray[np.bool_]) -> Controls:
    """Controls (T) with feet that do not slide on the ground (T,) at the samples that count, `stands` (T,).

    There the ground is level, and nothing carries the feet.
    """
    ankles = controls.ankles.copy()
    for side in (0, 1):
        arms = _arms(actor, controls, side)
        ankles[:, side, 2] += np.maximum(ground - (ankles[:, side] + arms).min(0)[:, 2], 0.0)
        if stands.any():
            ankles[:, side] = _bound(ankles[:, side], arms, ground, stands, actor.body.leg)
    moved = np.abs(ankles - controls.ankles).max((1, 2)) > _STILL_M
    if not moved.any():
        return controls
    return on_planted(actor.body, replace(controls, ankles=ankles), ground)


def _arms(actor: Actor, controls: Controls, side: int) -> Array:
    """(2, T, 3) from the ankle to heel and ball."""
    foot = turns.euler(controls.feet[:, side])
    return np.stack([foot @ point for point in actor.sole.points(actor.body, side)])


def _bound(ankle: Array, arms: Array, ground: Array, stands: NDArray[np.bool_], leg: float) -> Array:
    """The ankle (T, 3) of one foot, lifted where it is drawn along and still where it stands."""
    step, down = _steps(ankle, arms, ground, stands)
    fast = np.linalg.norm(step, axis=-1) * RATE_HZ > _DRAWN_M_S
    drawn = np.zeros(len(ankle), bool)
    for samples in _runs(fast):
        if len(samples) >= _LANDING:
            drawn[samples[0] : samples[-1] + 2] = True
    for samples in _runs(down & ~drawn):
        way = np.cumsum(step[samples[:-1]], axis=0)
        if len(way) and np.ptp(way, axis=0).max() > _MOST * leg:
            drawn[samples] = True
    if drawn.any():
        lowest = (ankle + arms).min(0)[:, 2] - ground
        need = np.where(drawn, np.maximum(_CLEAR_M - lowest, 0.0), 0.0)
        lift = np.maximum(gaussian_filter1d(maximum_filter1d(need, 5), 1.2, mode="nearest"), need)
        ankle = ankle + lift[:, None] * [0.0, 0.0, 1.0]
        step, down = _steps(ankle, arms, ground, stands)
    offsets, known = np.zeros((len(ankle), 2)), ~stands
    for samples in _runs(down):
        way = np.concatenate([np.zeros((1, 2)), np.cumsum(step[samples[:-1]], axis=0)])
        offsets[samples] = way.mean(0) - way
        known[samples] = True
    if not offsets.any():
        return ankle
    at = np.flatnonzero(known)
    spread = np.stack([np.interp(np.arange(len(ankle)), at, offsets[at, axis]) for axis in (0, 1)], -1)
    return np.asarray(ankle + np.pad(spread, ((0, 0), (0, 1))))


def _steps(
    ankle: Array, arms: Array, ground: Array, stands: NDArray[np.bool_]
) -> tuple[Array, NDArray[np.bool_]]:
    """(T - 1, 2) how far the stillest point on the ground goes from each sample to the next, and (T,) whether
    any is on the ground."""
    points = ankle + arms
    down = (points[..., 2] < ground + _TOUCH_M) & stands
    both = down[:, 1:] & down[:, :-1]
    ways = np.diff(points[..., :2], axis=1)
    length = np.where(both, np.linalg.norm(ways, axis=-1), np.inf)
    step = np.take_along_axis(ways, length.argmin(0)[None, :, None], axis=0)[0]
    return np.where(both.any(0)[:, None], step, 0.0), down.any(0)


def _runs(mask: NDArray[np.bool_]) -> list[NDArray[np.integer]]:
    """Samples of each stretch in which a mask holds."""
    names, count = label(mask)
    return [np.flatnonzero(names == number) for number in range(1, count + 1)]
