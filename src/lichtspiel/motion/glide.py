"""Going along without steps: riding, skating, swimming. Who plays a score is carried along a way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import turns
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.path import Path
from lichtspiel.motion.tracks import eased
from lichtspiel.motion.walk import RATE_HZ

_G = 9.81
_START_S, _STOP_S = 1.2, 1.2
_MOST_LEAN = 0.6


def gone_m(count: int, speed_m_s: float, length_m: float, from_rest: bool, stops: bool) -> Array:
    """(T,) way covered: up to speed, along, and down at the end of the way."""
    times = np.arange(count) / RATE_HZ
    rising = eased(times / _START_S) if from_rest else np.ones(count)
    up_m = speed_m_s * _START_S / 2 if from_rest else 0.0
    down_m = speed_m_s * _STOP_S / 2
    share = min(1.0, length_m / (up_m + down_m))
    if not stops:
        return np.asarray(np.cumsum(rising) * speed_m_s / RATE_HZ)
    cruise_s = max(0.0, length_m / share - up_m - down_m) / speed_m_s
    begin = _START_S if from_rest else 0.0
    pace = share * rising * (1 - eased((times - begin - cruise_s) / _STOP_S))
    return np.asarray(np.cumsum(pace) * speed_m_s / RATE_HZ)


def carried(played: Controls, way: Path, gone: Array) -> Controls:
    """Controls (T) of a figure's own frame, carried along a way and leaning into its bends."""
    heading = way.heading(gone)
    position = way.at(gone)
    speed = np.gradient(gone) * RATE_HZ
    lean = np.clip(np.gradient(heading) * RATE_HZ * speed / _G, -_MOST_LEAN, _MOST_LEAN)
    kernel = np.hanning(25) / np.hanning(25).sum()
    lean = np.convolve(np.pad(lean, 12, mode="edge"), kernel, "valid")
    turn = turns.about_z(heading) @ turns.about_y(lean)
    changed = {
        name: _turned(turn, getattr(played, name)) + _row(position, getattr(played, name))
        for name in ("hips", "ankles", "hands")
    }
    changed |= {
        name: _turned(turn, getattr(played, name)) for name in ("hand_along", "hand_thumb", "elbow_poles")
    }
    angles = np.stack([heading, np.zeros_like(heading), lean], -1)
    changed |= {
        name: getattr(played, name) + _row(angles, getattr(played, name))
        for name in ("pelvis", "thorax", "head", "feet")
    }
    return replace(played, **changed)


def _turned(turn: Array, values: Array) -> Array:
    turn = turn if values.ndim == 2 else turn[:, None]
    return turns.turned(turn, values)


def _row(values: Array, like: Array) -> Array:
    return values if like.ndim == 2 else values[:, None]
