"""From stereo to surround: what is all around goes to the rear too, and low effects to the bass."""

from __future__ import annotations

import numpy as np
from scipy.signal import butter, fftconvolve, sosfilt

from lichtspiel.sound.layout import BASS, LEFT, REAR_LEFT, REAR_RIGHT, RIGHT, SURROUND
from lichtspiel.sound.modes import Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ

REAR_DB = {"ambience": 0.0, "music": -9.0}
"""Level of the rear against the front: ambience surrounds, a score stays in front and only opens up."""
BASS_HZ, BASS_DB = 80.0, -10.0
"""What low effects give to the bass, which players raise by 10 dB (ITU-R BS.775-4)."""
_PULSES_PER_S, _LENGTH_S, _LATE_S = 1500, 0.03, 0.012
"""Velvet noise: sparse pulses of either sign, smooth to the ear, that fade. They are a little later than the
front, so that sounds are still heard from there."""


def widened(stereo: Array, kind: str, rng: np.random.Generator) -> Array:
    """Stereo (2, N) all around (6, N), the rear unlike the front in all but its colour.

    Alary, Politis and Välimäki, Velvet-noise decorrelator, Proc. DAFx (2017) 405.
    """
    total = np.zeros((SURROUND.channels, stereo.shape[1]))
    rear = 10 ** (REAR_DB[kind] / 20)
    # Four loudspeakers are as loud together as two were.
    total[[LEFT, RIGHT]] = stereo / np.sqrt(1 + rear**2)
    for ear, channel in enumerate((REAR_LEFT, REAR_RIGHT)):
        other = fftconvolve(stereo[ear], _velvet(rng))[: stereo.shape[1]]
        total[channel] = other * rear / np.sqrt(1 + rear**2)
    return total


def with_bass(effects: Array) -> Array:
    """Effects (6, N) whose lowest part is heard from the bass as well."""
    low = butter(4, BASS_HZ, fs=SAMPLE_RATE_HZ, output="sos")
    made = effects.copy()
    made[BASS] = 10 ** (BASS_DB / 20) * np.asarray(sosfilt(low, effects.sum(axis=0)))
    return made


def _velvet(rng: np.random.Generator) -> Array:
    """Impulse response of unit energy: one pulse at a random place in each of equal parts."""
    count = round(_PULSES_PER_S * _LENGTH_S)
    part = SAMPLE_RATE_HZ / _PULSES_PER_S
    places = ((np.arange(count) + rng.uniform(0, 1, count)) * part).astype(int)
    late = round(_LATE_S * SAMPLE_RATE_HZ)
    response = np.zeros(late + round(_LENGTH_S * SAMPLE_RATE_HZ) + 1)
    signs = rng.choice([-1.0, 1.0], count)
    response[late + places] = signs * np.exp(-3.0 * np.arange(count) / count)
    return np.asarray(response / np.linalg.norm(response))
