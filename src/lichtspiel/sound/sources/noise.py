"""Noise of a colour, slow random curves, and tones whose pitch moves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfftfreq
from scipy.signal import butter, sosfilt

from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ

Array = NDArray[np.float64]
Generator = np.random.Generator


def clock(samples: int) -> Array:
    """Seconds (N,) of the samples."""
    return np.arange(samples) / SAMPLE_RATE_HZ


def count_of(seconds: float) -> int:
    """Samples in a time, at least one."""
    return max(1, round(seconds * SAMPLE_RATE_HZ))


def coloured(samples: int, low_hz: float, high_hz: float, slope_db: float, rng: Generator) -> Array:
    """Noise (N,) of unit RMS that falls off by `slope_db` per octave between two corners and fast beyond."""
    size = next_fast_len(samples, real=True)
    frequency = np.maximum(rfftfreq(size, 1 / SAMPLE_RATE_HZ), 1.0)
    shape = 10 ** (slope_db / 20 * np.maximum(np.log2(frequency / low_hz), 0))
    shape = shape / (1 + (low_hz / frequency) ** 4) / (1 + (frequency / high_hz) ** 4)
    spectrum = rng.standard_normal(len(frequency)) + 1j * rng.standard_normal(len(frequency))
    return unit(np.asarray(irfft(spectrum * shape, size))[:samples])


def unit(signal: Array) -> Array:
    """The signal with an RMS of 1; silence stays silence."""
    size = float(np.sqrt(np.mean(signal**2)))
    return signal / size if size > 0 else signal


def swell(samples: int, period_s: float, depth: float, rng: Generator) -> Array:
    """A smooth random curve (N,) about 1, 0.03 at least, that changes over some period."""
    points = int(samples / SAMPLE_RATE_HZ / period_s * 2) + 4
    values = np.clip(1 + depth * rng.uniform(-1, 1, points), 0.03, None)
    return between(values, np.arange(samples) / SAMPLE_RATE_HZ / period_s * 2 + rng.uniform(0, 1))


def between(values: Array, place: Array) -> Array:
    """Values read at fractional places, eased from one to the next."""
    low = np.minimum(place.astype(np.int64), len(values) - 2)
    share = 0.5 - 0.5 * np.cos(np.pi * np.clip(place - low, 0.0, 1.0))
    result: Array = values[low] * (1 - share) + values[low + 1] * share
    return result


def along(points: list[tuple[float, float]], samples: int) -> Array:
    """A curve (N,) through (share of its length, value) points, eased."""
    places, values = np.array(points).T
    way = np.linspace(0, 1, samples)
    index = np.clip(np.searchsorted(places, way, side="right") - 1, 0, len(places) - 2)
    share = (way - places[index]) / np.maximum(places[index + 1] - places[index], 1e-9)
    share = 0.5 - 0.5 * np.cos(np.pi * np.clip(share, 0, 1))
    result: Array = values[index] * (1 - share) + values[index + 1] * share
    return result


def phase_of(pitch_hz: Array) -> Array:
    """Phase (N,) in radians of a tone whose pitch moves."""
    return 2 * np.pi * np.cumsum(pitch_hz) / SAMPLE_RATE_HZ


def narrow(pitch_hz: Array, width_hz: float, rng: Generator) -> Array:
    """Noise (N,) in a narrow band about a pitch that moves, as of a resonance that turbulence excites."""
    samples = len(pitch_hz)
    slow = np.array([coloured(samples, 0.5, width_hz / 2, 0.0, rng) for _ in range(2)])
    phase = phase_of(pitch_hz)
    return np.asarray((slow[0] * np.cos(phase) + slow[1] * np.sin(phase)) / np.sqrt(2))


def band(signal: Array, low_hz: float | None, high_hz: float | None, order: int = 2) -> Array:
    """What of a signal lies between two corners; None leaves a side open."""
    if low_hz and high_hz:
        filters = butter(order, (low_hz, high_hz), "bandpass", fs=SAMPLE_RATE_HZ, output="sos")
    elif low_hz:
        filters = butter(order, low_hz, "highpass", fs=SAMPLE_RATE_HZ, output="sos")
    else:
        filters = butter(order, high_hz, "lowpass", fs=SAMPLE_RATE_HZ, output="sos")
    return np.asarray(sosfilt(filters, signal))


def stereo(parts: list[Array], width: float = 0.7) -> Array:
    """Two channels (2, N) of one or two unrelated signals; 0 is mono, 1 is far apart."""
    first, second = parts[0], parts[-1]
    near, far = np.cos(np.pi / 4 * (1 - width)), np.sin(np.pi / 4 * (1 - width))
    return np.array([near * first + far * second, far * first + near * second])


def panned(signal: Array, pan: float) -> Array:
    """A signal (2, N) placed from -1, left, to 1, right, at constant power."""
    angle = (pan + 1) * np.pi / 4
    return np.array([np.cos(angle) * signal, np.sin(angle) * signal])
