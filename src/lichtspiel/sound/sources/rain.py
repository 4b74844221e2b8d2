"""Rain and hail: single drops on what they fall on, over the wash of all the far ones.

A drop's impact is a click; in water it then traps a bubble that rings (Pumphrey & Elmore, J. Fluid Mech.
220 (1990) 539); on plates it excites their modes, thin metal longer than glass, glass longer than tiles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.records import Parameter
from lichtspiel.sound.sources.grains import bubble, burst, scattered, sprinkled, struck
from lichtspiel.sound.sources.noise import Array, Generator, band, coloured, count_of, stereo, swell, unit


@dataclass(frozen=True)
class _Surface:
    """What drops fall on."""

    low_hz: float
    high_hz: float
    """Where its modes lie."""
    decay_s: float
    """How long they ring; 0 = it does not."""
    wet: bool
    click_hz: tuple[float, float]
    wash_hz: tuple[float, float]
    wash_slope_db: float
    wash: float
    """How loud the far drops are against the near ones."""


_SURFACES = {
    "ground": _Surface(0, 0, 0, True, (1500, 9000), (500, 11000), -1.5, 1.0),
    "glass": _Surface(380, 5200, 0.035, False, (1800, 8000), (400, 7000), -3.5, 0.35),
    "roof": _Surface(140, 1100, 0.03, False, (300, 2500), (150, 3500), -4.5, 0.9),
    "metal": _Surface(320, 6500, 0.16, False, (1500, 9000), (500, 8000), -2.5, 0.3),
    "leaves": _Surface(400, 2600, 0.008, False, (700, 6000), (600, 9000), -2.0, 0.8),
}
MODES_PER_DROP, KINDS = 7, 20


def rain(parameters: Mapping[str, Parameter], seconds: float, rng: Generator) -> Array:
    """Rain on a surface (`surface`), from drizzle to downpour (`strength` 0 to 1), (2, N)."""
    surface = _SURFACES[str(parameters["surface"])]
    strength = float(parameters["strength"])  # type: ignore[arg-type]
    return stereo([_side(surface, strength, seconds, rng) for _ in range(2)], 0.85)


def hail(_parameters: Mapping[str, Parameter], seconds: float, rng: Generator) -> Array:
    """Hailstones that rattle on hard ground and on sheet metal, (2, N)."""
    return stereo([_hail_side(seconds, rng) for _ in range(2)], 0.8)


def _side(surface: _Surface, strength: float, seconds: float, rng: Generator) -> Array:
    samples = count_of(seconds)
    rate = (15 + 260 * strength**1.3) * swell(samples, 2.5, 0.25, rng)
    times = scattered(rate, samples, rng)
    # Drop sizes follow Marshall and Palmer: many small ones, and energy grows with the cube.
    sizes = rng.exponential(1.0, len(times)) ** 1.5 + 0.05
    near = sprinkled(samples, times, sizes, [_drop(surface, rng) for _ in range(KINDS)], rng)
    wash = coloured(samples, *surface.wash_hz, surface.wash_slope_db, rng) * swell(samples, 3.0, 0.15, rng)
    share = surface.wash * (0.4 + 0.8 * strength)
    return unit(unit(near) + share * wash)


def _drop(surface: _Surface, rng: Generator) -> Array:
    grain = np.zeros(count_of(max(0.012, surface.decay_s * 1.2)))
    click = band(burst(rng.uniform(0.002, 0.006), rng), *surface.click_hz)
    grain[: len(click)] += click[: len(grain)]
    if surface.decay_s:
        frequency = np.exp(rng.uniform(np.log(surface.low_hz), np.log(surface.high_hz), MODES_PER_DROP))
        decay = surface.decay_s * (surface.low_hz / frequency) ** 0.35 * rng.uniform(0.6, 1.3, MODES_PER_DROP)
        gain = (surface.low_hz / frequency) ** 0.5 * rng.normal(0, 1, MODES_PER_DROP)
        ring = struck(frequency, decay, gain, len(grain) / 48_000)
        grain += 0.8 * ring[: len(grain)]
    if surface.wet and rng.random() < 0.5:
        ring = bubble(float(np.exp(rng.uniform(np.log(0.0003), np.log(0.0014)))), 0.0)
        ring = ring / max(float(np.abs(ring).max()), 1e-9) * rng.uniform(0.3, 1.2)
        length = min(len(ring), len(grain))
        grain[:length] += ring[:length]
    return grain


def _hail_side(seconds: float, rng: Generator) -> Array:
    samples = count_of(seconds)
    times = scattered(110 * swell(samples, 2.0, 0.4, rng), samples, rng)
    grains = []
    for _ in range(KINDS):
        hard = band(burst(rng.uniform(0.004, 0.012), rng), 700, 9000)
        grain = np.zeros(count_of(0.08))
        grain[: len(hard)] += hard
        frequency = rng.uniform(500, 5200, 6)
        grain += 0.5 * struck(frequency, rng.uniform(0.02, 0.07, 6), rng.normal(0, 1, 6), 0.08)
        grains.append(grain)
    near = sprinkled(samples, times, rng.lognormal(0, 0.8, len(times)), grains, rng)
    return unit(unit(near) + 0.5 * coloured(samples, 700, 9000, -1.5, rng))
