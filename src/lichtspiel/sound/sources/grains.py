"""Sounds made of many small ones: drops, bubbles, crackles, claps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.signal import oaconvolve

from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.sound.sources.noise import Array, Generator, clock, count_of


def struck(frequency_hz: Array, decay_s: Array, gain: Array, seconds: float) -> Array:
    """Modes (M,) that ring after a blow: each a sine that falls by 60 dB in its decay time."""
    time = clock(count_of(seconds))
    wave = np.sin(2 * np.pi * np.outer(frequency_hz, time)) * np.exp(-np.outer(6.9078 / decay_s, time))
    return np.asarray(gain @ wave)


def burst(seconds: float, rng: Generator, attack_s: float = 0.0002) -> Array:
    """White noise that rises at once and falls by 60 dB in a time."""
    time = clock(count_of(seconds))
    return (
        rng.standard_normal(len(time)) * np.minimum(time / attack_s, 1.0) * np.exp(-6.9078 * time / seconds)
    )


def add(total: Array, at_s: float, sound: Array) -> None:
    """Add a sound (n,) to a track (N,) at a time; what lies outside is cut off."""
    start = round(at_s * SAMPLE_RATE_HZ)
    skip = max(0, -start)
    end = min(start + len(sound), len(total))
    if end > start + skip:
        total[start + skip : end] += sound[skip : end - start]


def scattered(rate_hz: Array | float, samples: int, rng: Generator) -> Array:
    """Times (K,) in seconds of independent events that come at a rate, which may change (N,)."""
    rate = np.broadcast_to(np.asarray(rate_hz, float), samples)
    total = np.cumsum(rate) / SAMPLE_RATE_HZ
    count = int(rng.poisson(total[-1]))
    return np.asarray(np.searchsorted(total, np.sort(rng.uniform(0, total[-1], count))) / SAMPLE_RATE_HZ)


def sprinkled(samples: int, times_s: Array, sizes: Array, grains: Sequence[Array], rng: Generator) -> Array:
    """A track (N,) of events at times with sizes, each sounding like one of some grains."""
    which = rng.integers(0, len(grains), len(times_s))
    place = np.minimum((times_s * SAMPLE_RATE_HZ).astype(np.int64), samples - 1)
    total = np.zeros(samples)
    for number, grain in enumerate(grains):
        train = np.zeros(samples)
        chosen = which == number
        np.add.at(train, place[chosen], sizes[chosen])
        if chosen.any():
            total += oaconvolve(train, grain)[:samples]
    return total


def bubble(radius_m: float, rise: float) -> Array:
    """A bubble that rings as it is pinched off and comes up.

    Pitch 3.26 m/s over the radius (Minnaert, Phil. Mag. 16 (1933) 235), damping and rising pitch after
    van den Doel, ACM Trans. Appl. Percept. 2 (2005) 534.
    """
    pitch = 3.26 / radius_m
    damping = 0.13 / radius_m + 0.0072 * radius_m**-1.5
    time = clock(count_of(min(0.12, 7.0 / damping)))
    phase = 2 * np.pi * pitch * (time + 0.5 * rise * damping * time**2)
    return np.asarray(radius_m * 1e3 * np.sin(phase) * np.exp(-damping * time) * np.minimum(time * 4000, 1.0))


def bubbles(
    samples: int, rate_hz: Array | float, radii_m: tuple[float, float], rng: Generator, kinds: int = 28
) -> Array:
    """Many bubbles (N,) whose radii are spread evenly in their logarithm, small ones more often soft."""
    radii = np.exp(rng.uniform(np.log(radii_m[0]), np.log(radii_m[1]), kinds))
    grains = [bubble(float(radius), float(rng.choice([0.0, 0.03, 0.1]))) for radius in radii]
    times = scattered(rate_hz, samples, rng)
    return sprinkled(samples, times, rng.lognormal(0.0, 0.8, len(times)), grains, rng)
