"""Insects: wings that rub in pulses, drums that buckle, wings that beat."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library.records import Parameter
from lichtspiel.sound.sources.noise import (
    Array,
    Generator,
    band,
    clock,
    coloured,
    count_of,
    panned,
    phase_of,
    stereo,
    swell,
    unit,
)

Parameters = Mapping[str, Parameter]


def crickets(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Field crickets in the grass, (2, N): chirps of three or four pulses on a carrier of 4 to 5 kHz."""
    samples = count_of(seconds)
    total, time = np.zeros((2, samples)), clock(samples)
    for _ in range(7):
        carrier, chirps, pulses = rng.uniform(4000, 5200), rng.uniform(1.8, 3.2), rng.uniform(26, 34)
        at = (
            time * chirps + rng.uniform(0, 1) + 0.02 * np.sin(2 * np.pi * 0.4 * time + rng.uniform(0, 6))
        ) % 1.0
        inside = at / chirps
        pulse = np.clip(np.sin(np.pi * (inside * pulses % 1.0)), 0, None) ** 1.5 * (
            inside < int(rng.integers(3, 5)) / pulses
        )
        tone = np.sin(2 * np.pi * carrier * time + 0.3 * np.sin(2 * np.pi * pulses * time))
        total += panned(rng.lognormal(-0.9, 0.8) * pulse * tone, rng.uniform(-0.9, 0.9))
    trill = np.sin(phase_of(np.full(samples, 5600.0))) * (0.5 + 0.5 * np.sin(2 * np.pi * 52 * time)) ** 2
    haze = stereo([coloured(samples, 3800, 6500, 0.0, rng) for _ in range(2)])
    return total + 0.04 * trill * swell(samples, 2.0, 0.4, rng) + 0.02 * haze


def cicadas(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Cicadas in hot trees, (2, N): bands at 4 to 9 kHz that rattle and swell."""
    samples = count_of(seconds)
    time = clock(samples)
    sides = []
    for _ in range(2):
        side = np.zeros(samples)
        for _ in range(3):
            centre, rattle = rng.uniform(4500, 7500), rng.uniform(90, 240)
            hiss = band(rng.standard_normal(samples), centre * 0.88, centre * 1.12)
            side += (
                hiss * (0.5 + 0.5 * np.sin(2 * np.pi * rattle * time)) ** 2 * swell(samples, 1.8, 0.7, rng)
            )
        sides.append(unit(side))
    return stereo(sides, 0.8)


def buzz(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Something that flies to and fro (`pitch_hz` of its wings), (N,)."""
    samples, pitch = count_of(seconds), float(parameters["pitch_hz"])  # type: ignore[arg-type]
    turns = swell(samples, 0.5, 0.07, rng) * swell(samples, 0.09, 0.015, rng)
    phase = phase_of(pitch * turns)
    wings = sum(np.sin(k * phase + k) / k ** (0.9 if k < 6 else 1.6) for k in range(1, 22))
    near = swell(samples, 0.8, 0.85, rng) ** 1.5 * swell(samples, 0.25, 0.25, rng)
    return np.asarray(wings) * near
