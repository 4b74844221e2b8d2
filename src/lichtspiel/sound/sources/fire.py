"""Fire that roars, hisses and crackles; fat that sizzles."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library.records import Parameter
from lichtspiel.sound.sources.grains import burst, scattered, sprinkled, struck
from lichtspiel.sound.sources.noise import Array, Generator, band, coloured, count_of, swell, unit


def fire(parameters: Mapping[str, Parameter], seconds: float, rng: Generator) -> Array:
    """Burning wood, (N,), from a candle to a house (`size` 0 to 1): flames lap, pores of the wood burst."""
    samples, size = count_of(seconds), float(parameters["size"])  # type: ignore[arg-type]
    lapping = swell(samples, 0.5, 0.5, rng) * swell(samples, 0.12, 0.35, rng)
    roar = coloured(samples, 35, 260, -3.0, rng) * lapping
    hiss = coloured(samples, 1200, 9000, -2.0, rng) * swell(samples, 0.8, 0.6, rng)
    return unit(_crackle(samples, 9 + 16 * size, rng)) + (0.25 + 1.2 * size**2) * roar + 0.12 * hiss


def sizzle(_parameters: Mapping[str, Parameter], seconds: float, rng: Generator) -> Array:
    """Food in hot fat, (N,): drops of water that burst into steam, by the hundred."""
    samples = count_of(seconds)
    pops = [band(burst(rng.uniform(0.0015, 0.006), rng), 2500, 12000) for _ in range(16)]
    times = scattered(350 * swell(samples, 0.7, 0.4, rng), samples, rng)
    spitting = sprinkled(samples, times, rng.pareto(2.2, len(times)) + 0.2, pops, rng)
    return unit(spitting) + 0.7 * coloured(samples, 3000, 12000, -1.0, rng) * swell(samples, 1.0, 0.2, rng)


def _crackle(samples: int, rate_hz: float, rng: Generator) -> Array:
    """Bursts whose sizes have no typical size: many faint ones, now and then a snap that rings the log."""
    grains = []
    for _ in range(24):
        low = rng.uniform(500, 2500)
        snap = band(burst(rng.uniform(0.0015, 0.012), rng, 0.00008), low, low * rng.uniform(2.5, 5))
        grain = np.zeros(count_of(0.05))
        grain[: len(snap)] = snap / np.abs(snap).max()
        frequency = rng.uniform(300, 1900, 3)
        grain += 0.12 * struck(frequency, rng.uniform(0.01, 0.03, 3), rng.normal(0, 1, 3), 0.05)
        grains.append(grain)
    times = scattered(rate_hz * swell(samples, 0.6, 0.9, rng), samples, rng)
    # Cracks come in runs: one opens the next.
    runs = np.concatenate([times, *(times[: len(times) // 3] + rng.exponential(0.03) for _ in range(4))])
    return sprinkled(samples, runs, rng.pareto(1.6, len(runs)).clip(0, 12) + 0.05, grains, rng)
