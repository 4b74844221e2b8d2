"""Voices of bodies: folds that beat, and a throat and mouth that colour what they give."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.signal import lfilter

from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.sound.sources.noise import Array, Generator, band, between, coloured, phase_of, swell, unit

Formant = tuple[float, float, float]
"""Frequency and bandwidth in Hz, and level in dB."""


def folds(
    pitch_hz: Array, rng: Generator, open_share: float = 0.6, jitter: float = 0.01, halved: float = 0.0
) -> Array:
    """Flow (N,) through beating folds, differentiated as the lips do it: Rosenberg's pulse.

    A small `open_share` is a pressed, bright voice. `halved` lets every other beat be weaker (roughness).
    """
    wander = 1 + jitter * (swell(len(pitch_hz), 0.012, 1.0, rng) - 1) * 2
    phase = phase_of(pitch_hz * wander) / (2 * np.pi)
    cycle, number = phase % 1.0, np.floor(phase)
    opening, closing = open_share * 0.7, open_share * 0.3
    flow = np.where(
        cycle < opening,
        0.5 * (1 - np.cos(np.pi * cycle / opening)),
        np.where(cycle < open_share, np.cos(np.pi / 2 * (cycle - opening) / closing), 0.0),
    )
    flow *= 1 - halved * (number % 2)
    return np.diff(flow, prepend=flow[:1]) * SAMPLE_RATE_HZ / 400.0


def mouth(signal: Array, formants: Sequence[Formant]) -> Array:
    """A sound through resonances side by side."""
    total = np.zeros(len(signal))
    for number, (frequency, width, level_db) in enumerate(formants):
        radius = np.exp(-np.pi * width / SAMPLE_RATE_HZ)
        angle = 2 * np.pi * min(frequency, 0.45 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
        poles = [1.0, -2 * radius * np.cos(angle), radius**2]
        zeros = [(1 - radius), 0.0, -(1 - radius)]
        total += (-1) ** number * 10 ** (level_db / 20) * lfilter(zeros, poles, signal)
    return total


def moving_mouth(signal: Array, shapes: Sequence[Sequence[Formant]], places: Sequence[float]) -> Array:
    """A sound through a mouth that changes from shape to shape at shares of the sound's length."""
    way = np.linspace(0, 1, len(signal))
    index = np.interp(way, places, np.arange(len(places)))
    total = np.zeros(len(signal))
    for number, shape in enumerate(shapes):
        weights = np.zeros(len(shapes) + 1)
        weights[number] = 1.0
        total += mouth(signal, shape) * between(weights, index)
    return total


def breath(samples: int, low_hz: float, high_hz: float, rng: Generator) -> Array:
    """Turbulence (N,) of unit RMS in a narrow passage."""
    return coloured(samples, low_hz, high_hz, -3.0, rng)


def rough(signal: Array, rate_hz: float, depth: float, rng: Generator) -> Array:
    """A voice that trembles irregularly at a rate, as in growls and roars."""
    beat = np.sin(phase_of(rate_hz * swell(len(signal), 0.15, 0.35, rng)))
    return signal * (1 - depth * (0.5 + 0.5 * beat))


def shaped(signal: Array, attack_s: float, release_s: float) -> Array:
    """The signal with a soft beginning and end, RMS 1 before that."""
    count = len(signal)
    attack, release = (min(int(t * SAMPLE_RATE_HZ), count // 2) for t in (attack_s, release_s))
    envelope = np.ones(count)
    envelope[:attack] = 0.5 - 0.5 * np.cos(np.pi * np.arange(attack) / max(attack, 1))
    envelope[count - release :] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(release) / max(release, 1))
    return unit(signal) * envelope


def chest(signal: Array, corner_hz: float) -> Array:
    """A voice without what lies below its body's reach."""
    return band(signal, corner_hz, None, 1)
