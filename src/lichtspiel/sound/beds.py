"""Ambience: what a place sounds like when nothing happens. Made of noise for the film's whole length,
so it never repeats, and it runs on across cuts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lichtspiel.sound.modes import Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ


@dataclass(frozen=True)
class Layer:
    """Noise falling off by `slope_db` per octave between two corners, swelling slowly."""

    level: float
    low_hz: float
    high_hz: float
    slope_db: float = -3.0
    swell: float = 0.2
    """0 steady … 1 comes and goes."""
    swell_s: float = 2.0
    width: float = 0.7
    """0 mono … 1 two unrelated channels."""


Extra = Callable[[int, np.random.Generator], Array]

LAYERS: dict[str, tuple[Layer, ...]] = {
    "room_tone": (Layer(1.0, 30, 400, -6.0, 0.12, 3.0), Layer(0.10, 300, 6000, -4.0, 0.1, 4.0)),
    "hall_tone": (Layer(1.0, 40, 700, -4.5, 0.15, 4.0), Layer(0.22, 400, 7000, -4.0, 0.1, 5.0)),
    "park": (Layer(1.0, 40, 500, -4.5, 0.4, 2.5), Layer(0.35, 1200, 9000, -2.0, 0.5, 1.7, 0.9)),
    "street": (Layer(1.0, 35, 300, -4.0, 0.35, 3.0), Layer(0.45, 250, 3500, -4.0, 0.4, 2.2, 0.8)),
    "beach": (Layer(0.6, 40, 500, -3.0, 0.7, 3.2), Layer(0.7, 300, 9000, -3.0, 0.85, 3.2, 0.8)),
    "wind": (Layer(1.0, 60, 700, -4.0, 0.6, 1.3), Layer(0.25, 500, 4000, -5.0, 0.7, 0.9, 0.9)),
    "rain": (Layer(0.8, 350, 11000, -1.5, 0.12, 1.5, 0.95), Layer(0.5, 60, 700, -4.0, 0.2, 2.0, 0.8)),
    "studio": (Layer(1.0, 40, 800, -5.0, 0.05, 4.0), Layer(0.06, 500, 6000, -3.0, 0.05, 4.0)),
    "none": (),
}
"""Beds by the names of `Acoustics.bed`."""


def bed(kind: str, level_db: float, samples: int, rng: np.random.Generator) -> Array:
    """Ambience (2, N) with this RMS in dBFS. Raises ValueError for an unknown kind."""
    try:
        layers = LAYERS[kind]
    except KeyError:
        raise ValueError(f"there is no ambience called {kind!r}; there are {', '.join(LAYERS)}") from None
    total = np.zeros((2, samples))
    for layer in layers:
        total += layer.level * _noise(layer, samples, rng)
    if kind in EXTRAS and layers:
        total += EXTRAS[kind](samples, rng)
    size = float(np.sqrt(np.mean(total**2)))
    return total * (10 ** (level_db / 20) / size) if size > 0 else total


def _noise(layer: Layer, samples: int, rng: np.random.Generator) -> Array:
    frequency = np.fft.rfftfreq(samples, 1 / SAMPLE_RATE_HZ)
    octaves = np.log2(np.maximum(frequency, 1.0) / layer.low_hz)
    shape = 10 ** (layer.slope_db / 20 * np.maximum(octaves, 0))
    shape = shape / (1 + (layer.low_hz / np.maximum(frequency, 1.0)) ** 4)
    shape = shape / (1 + (frequency / layer.high_hz) ** 4)
    spectrum = rng.standard_normal((3, len(frequency))) + 1j * rng.standard_normal((3, len(frequency)))
    common, left, right = np.fft.irfft(spectrum * shape, samples, axis=-1)
    apart, together = layer.width, np.sqrt(1 - layer.width**2)
    stereo = np.array([together * common + apart * left, together * common + apart * right])
    stereo /= max(float(np.std(stereo)), 1e-12)
    return stereo * _swell(layer.swell, layer.swell_s, samples, rng)


def _swell(depth: float, period_s: float, samples: int, rng: np.random.Generator) -> Array:
    """A smooth random envelope about 1, changing over some period."""
    points = int(samples / SAMPLE_RATE_HZ / period_s * 2) + 4
    values = np.clip(1 + depth * rng.uniform(-1, 1, points), 0.03, None)
    place = np.arange(samples) / SAMPLE_RATE_HZ / period_s * 2 + rng.uniform(0, 1)
    low = place.astype(np.int64)
    share = 0.5 - 0.5 * np.cos(np.pi * (place - low))
    result: Array = values[low] * (1 - share) + values[low + 1] * share
    return result


def _birds(samples: int, rng: np.random.Generator) -> Array:
    """A few songbirds at some distance: phrases of short chirps that glide in pitch."""
    total = np.zeros((2, samples))
    seconds = samples / SAMPLE_RATE_HZ
    for _ in range(max(1, rng.poisson(seconds * 0.45))):
        start, base = rng.uniform(0, seconds), rng.uniform(2600, 5200)
        pan, loud = rng.uniform(0.15, 0.85), rng.uniform(0.2, 0.9)
        for _ in range(rng.integers(2, 7)):
            lasting, glide = rng.uniform(0.04, 0.14), rng.uniform(-0.35, 0.35)
            count = int(lasting * SAMPLE_RATE_HZ)
            way = np.arange(count) / count
            pitch = base * (1 + glide * way + 0.04 * np.sin(2 * np.pi * 30 * way * lasting))
            chirp = np.sin(2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE_HZ) * np.sin(np.pi * way) ** 2
            at = int(start * SAMPLE_RATE_HZ)
            room = min(count, samples - at)
            if room > 0:
                total[0, at : at + room] += loud * np.sqrt(1 - pan) * chirp[:room]
                total[1, at : at + room] += loud * np.sqrt(pan) * chirp[:room]
            start += lasting + rng.uniform(0.02, 0.12)
            base *= rng.uniform(0.9, 1.12)
    return total


def _traffic(samples: int, rng: np.random.Generator) -> Array:
    """Cars that pass far off, from one side to the other."""
    total = np.zeros((2, samples))
    seconds = samples / SAMPLE_RATE_HZ
    clock = np.arange(samples) / SAMPLE_RATE_HZ
    layer = Layer(1.0, 60, 1200, -4.0, 0.0, 3.0, 0.2)
    for _ in range(1 + rng.poisson(seconds * 0.12)):
        middle, width = rng.uniform(-2, seconds + 2), rng.uniform(1.5, 3.5)
        way = np.clip((clock - middle) / width, -4, 4) * rng.choice([-1.0, 1.0])
        passing = rng.uniform(0.5, 1.3) / (1 + way**2)
        pan = 0.5 + 0.45 * np.tanh(way)
        total += _noise(layer, samples, rng) * passing * np.sqrt(np.array([1 - pan, pan]))
    return total


def _surf(samples: int, rng: np.random.Generator) -> Array:
    """Waves that roll in, break and run out, one after another."""
    total = np.zeros((2, samples))
    clock = np.arange(samples) / SAMPLE_RATE_HZ
    layer = Layer(1.0, 250, 7000, -3.5, 0.1, 0.7, 0.85)
    time = -rng.uniform(0, 5)
    while time < clock[-1] + 2:
        since = clock - time
        rise = np.exp(-((np.minimum(since, 0) / 1.1) ** 2))
        fall = np.exp(-np.maximum(since, 0) / rng.uniform(1.3, 2.4))
        total += rng.uniform(0.7, 1.4) * _noise(layer, samples, rng) * rise * fall
        time += rng.uniform(4.5, 7.5)
    return total


def _drops(samples: int, rng: np.random.Generator) -> Array:
    """Single drops near the microphone: each traps a bubble that rings and fades within milliseconds.

    The bubble's pitch is Minnaert's, 3.26 m/s over its radius; radii of 0.2 to 1.5 mm.
    """
    total = np.zeros((2, samples))
    count = rng.poisson(samples / SAMPLE_RATE_HZ * 70)
    starts = rng.integers(0, max(1, samples - 1), count)
    pitches = 3.26 / rng.uniform(0.0002, 0.0015, count)
    pans, levels = rng.uniform(0, 1, count), rng.lognormal(-0.7, 0.9, count)
    for start, pitch, pan, level in zip(starts, pitches, pans, levels, strict=True):
        length = min(int(0.02 * SAMPLE_RATE_HZ), samples - int(start))
        clock = np.arange(length) / SAMPLE_RATE_HZ
        ring = level * np.exp(-clock * pitch * 0.12) * np.sin(2 * np.pi * pitch * clock)
        total[:, start : start + length] += np.sqrt(np.array([1 - pan, pan]))[:, None] * ring
    return total


EXTRAS: dict[str, Extra] = {"park": _birds, "street": _traffic, "beach": _surf, "rain": _drops}
