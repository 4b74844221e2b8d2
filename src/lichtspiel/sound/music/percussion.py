"""Drums and what else is struck in time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lichtspiel.sound.sources.grains import struck
from lichtspiel.sound.sources.noise import Array, Generator, band, clock, count_of, phase_of

Drum = Callable[[float, Generator], Array]
"""Force 0 to 1 and a generator, to samples (N,) with peaks about 1."""


def _swept(start_hz: float, end_hz: float, fall_s: float, decay_s: float, click: float) -> Drum:
    def drum(force: float, rng: Generator) -> Array:
        time = clock(count_of(decay_s * 1.3))
        pitch = end_hz + (start_hz - end_hz) * np.exp(-time / fall_s)
        body = np.sin(phase_of(pitch)) * np.exp(-6.9 * time / decay_s) * np.minimum(time / 0.001, 1)
        snap = band(rng.standard_normal(len(time)), 1500, 7000) * np.exp(-time / 0.003)
        return np.asarray(body + click * force * snap)

    return drum


def _snare(tone_hz: float, decay_s: float, wires: float) -> Drum:
    def drum(force: float, rng: Generator) -> Array:
        time = clock(count_of(decay_s * 1.4))
        head = np.sin(2 * np.pi * tone_hz * time) + 0.6 * np.sin(2 * np.pi * 1.78 * tone_hz * time)
        noise = band(rng.standard_normal(len(time)), 1200, 9000)
        rattle = noise * (np.exp(-6.9 * time / decay_s) + 0.6 * np.exp(-time / 0.008))
        return np.asarray(0.55 * head * np.exp(-time / 0.035) + wires * (0.6 + 0.4 * force) * rattle)

    return drum


def _metal(low_hz: float, decay_s: float, ring: float, attack: float = 1.0) -> Drum:
    """Cymbals: six squares that clash (as in old drum machines) over noise, all of it high."""

    def drum(force: float, rng: Generator) -> Array:
        time = clock(count_of(decay_s * 1.2))
        clash = sum(
            np.sign(np.sin(2 * np.pi * f * 40.0 * time + f)) for f in (8.22, 10.53, 13.5, 9.35, 12.02, 14.7)
        )
        noise = rng.standard_normal(len(time)) + 0.35 * ring * np.asarray(clash)
        shape = np.exp(-6.9 * time / decay_s) + attack * 0.8 * np.exp(-time / 0.006)
        return (
            0.45 * band(noise, low_hz * (1.15 - 0.25 * force), 15000) * shape * np.minimum(time / 0.0008, 1)
        )

    return drum


def _modal(
    frequencies: tuple[float, ...], decays: tuple[float, ...], gains: tuple[float, ...], snap: float
) -> Drum:
    def drum(force: float, rng: Generator) -> Array:
        ring = struck(np.array(frequencies), np.array(decays), np.array(gains), max(decays) * 1.1)
        time = clock(len(ring))
        noise = band(rng.standard_normal(len(time)), 300, 6000) * np.exp(-time / 0.004)
        return np.asarray(ring * np.minimum(time / 0.0015, 1) + snap * force * noise)

    return drum


def _clap(_force: float, rng: Generator) -> Array:
    time = clock(count_of(0.28))
    noise = band(rng.standard_normal(len(time)), 800, 4500)
    shape = sum(np.exp(-np.maximum(time - late, 0) / 0.004) * (time >= late) for late in (0.0, 0.011, 0.023))
    return np.asarray(
        noise * (0.7 * np.asarray(shape) + 0.8 * np.exp(-np.maximum(time - 0.03, 0) / 0.055) * (time >= 0.03))
    )


def _shaken(low_hz: float, decay_s: float, jingles: bool) -> Drum:
    def drum(force: float, rng: Generator) -> Array:
        time = clock(count_of(decay_s * 1.6))
        shape = np.minimum(time / (0.02 - 0.012 * force), 1) * np.exp(
            -np.maximum(time - 0.02, 0) * 6.9 / decay_s
        )
        sound = band(rng.standard_normal(len(time)), low_hz, 14000)
        if jingles:
            pitches = rng.uniform(5200, 11000, 8)
            sound = sound + 0.7 * np.sum(np.sin(2 * np.pi * np.outer(pitches, time)), axis=0) / 2
        return np.asarray(0.5 * sound * shape)

    return drum


def _brush(_force: float, rng: Generator) -> Array:
    time = clock(count_of(0.25))
    return np.asarray(
        0.5
        * band(rng.standard_normal(len(time)), 1500, 8000)
        * np.sin(np.pi * np.minimum(time / 0.2, 1)) ** 2
    )


def _chip_noise(_force: float, rng: Generator) -> Array:
    held_ = np.repeat(rng.choice([-0.5, 0.5], count_of(0.09) // 6 + 1), 6)[: count_of(0.09)]
    return np.asarray(held_ * np.ceil(15 * np.exp(-clock(len(held_)) / 0.03)) / 15)


KIT: dict[str, tuple[Drum, float, float]] = {
    "kick": (_swept(130, 52, 0.025, 0.32, 0.12), 0.0, 0.0),
    "snare": (_snare(185, 0.22, 0.8), -3.0, 0.05),
    "hat": (_metal(7000, 0.07, 1.0), -15.0, 0.3),
    "pedal_hat": (_metal(6000, 0.05, 1.0, 0.3), -16.0, 0.3),
    "ride": (_metal(4500, 0.9, 1.4), -16.0, -0.3),
    "crash": (_metal(3200, 1.8, 0.6), -9.0, -0.2),
    "cymbals": (_metal(2400, 1.4, 0.5), -9.0, 0.1),
    "tom": (_swept(190, 105, 0.05, 0.4, 0.05), -4.0, -0.2),
    "rim": (_modal((480, 1680, 2900), (0.06, 0.04, 0.02), (0.6, 0.7, 0.3), 0.4), -8.0, 0.1),
    "brush": (_brush, -10.0, 0.1),
    "clap": (_clap, -6.0, 0.0),
    "shaker": (_shaken(5000, 0.08, jingles=False), -15.0, 0.35),
    "tambourine": (_shaken(4500, 0.2, jingles=True), -13.0, -0.35),
    "triangle": (_modal((4050, 6730, 9800), (1.6, 1.1, 0.7), (0.5, 0.4, 0.3), 0.05), -16.0, 0.35),
    "timpani": (
        _modal((98, 147, 194, 239, 285), (1.6, 1.2, 0.9, 0.7, 0.5), (1.0, 0.7, 0.5, 0.3, 0.2), 0.08),
        -2.0,
        0.15,
    ),
    "bass_drum": (_swept(80, 46, 0.05, 0.7, 0.03), -2.0, 0.0),
    "electronic_kick": (_swept(190, 46, 0.03, 0.38, 0.1), 1.0, 0.0),
    "electronic_snare": (_snare(170, 0.3, 1.0), -3.0, 0.0),
    "electronic_hat": (_metal(8000, 0.055, 1.2), -14.0, 0.2),
    "chip_kick": (_swept(240, 50, 0.02, 0.12, 0.0), -2.0, 0.0),
    "chip_noise": (_chip_noise, -11.0, 0.0),
}
"""Drum → how it sounds, its level in dB against the bass drum, and where it stands."""
