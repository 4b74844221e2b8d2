"""Which knocks can be told apart from what sounds already."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.signal import butter, sosfilt

from lichtspiel.sound.modes import Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ

STEP = SAMPLE_RATE_HZ // 1000
"""A millisecond of samples."""
ATTACK_S, BEFORE_S = 0.006, 0.015
NEIGHBOURHOOD = 20
"""Milliseconds after its arrival in which a limited knock must peak."""
STANDS_OUT_DB = 8.0
"""Rise over what sounded just before that makes a knock an event of its own."""
_ATTACK_BAND = butter(2, 200.0, "highpass", fs=SAMPLE_RATE_HZ, output="sos")


def attack(signal: Array) -> float:
    """Greatest energy of a millisecond in a sound's first 6 ms, above 200 Hz, squared units."""
    first = np.zeros(int(ATTACK_S * SAMPLE_RATE_HZ))
    count = min(len(first), len(signal))
    first[:count] = signal[:count]
    return float(_per_step(first).max())


def standing_out(heard_s: Sequence[float], attacks: Sequence[float], mix: Array) -> list[bool]:
    """Whether the finished mix (C, N) lets knocks be told apart that arrive at these times.

    The attacks are in the mix's own units, before limiting, which caps them at the loudest of the
    neighbourhood; what counts is the knock's own rise over the mean of the 15 ms before it arrives.
    """
    energy = np.sum([_per_step(channel) for channel in mix], axis=0)
    steps = round(BEFORE_S * 1000)
    found = []
    for time, own in zip(heard_s, attacks, strict=True):
        arrival = int(time * 1000)
        before = energy[max(0, arrival - steps) : max(1, arrival)]
        level = float(before.mean()) + 1e-12 if len(before) else 1e-12
        around = energy[max(0, arrival - steps) : arrival + NEIGHBOURHOOD]
        rise = min(own, float(around.max(initial=0.0)))
        found.append(10 * np.log10(1 + rise / level) >= STANDS_OUT_DB)
    return found


def _per_step(signal: Array) -> Array:
    filtered = np.asarray(sosfilt(_ATTACK_BAND, signal))
    count = len(filtered) // STEP
    result: Array = np.mean(filtered[: count * STEP].reshape(count, STEP) ** 2, axis=1)
    return result
