"""Moving air: wind that swells, howls about edges and stirs leaves; the swish of something swung."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library.records import Parameter
from lichtspiel.sound.sources.grains import burst, scattered, sprinkled
from lichtspiel.sound.sources.noise import (
    Array,
    Generator,
    along,
    band,
    coloured,
    count_of,
    narrow,
    stereo,
    swell,
    unit,
)

STROUHAL = 0.2
"""Rate at which a cylinder sheds eddies, times its diameter over the speed."""


def gusts(samples: int, speed: float, rng: Generator) -> Array:
    """Speed (N,) in m/s of a wind about its mean: gusts of seconds, with flutter upon them."""
    return (
        speed
        * swell(samples, 4.0, 0.45, rng)
        * swell(samples, 1.1, 0.25, rng)
        * swell(samples, 0.3, 0.1, rng)
    )


def wind(parameters: Mapping[str, Parameter], seconds: float, rng: Generator) -> Array:
    """Wind about one's ears, (2, N): louder and brighter the faster (`speed`, m/s)."""
    samples, speed = count_of(seconds), _number(parameters, "speed")
    blow = gusts(samples, speed, rng)
    return stereo([_turbulent(blow, rng) for _ in range(2)], 0.75)


def howl(parameters: Mapping[str, Parameter], seconds: float, rng: Generator) -> Array:
    """A strong wind that also whistles about wires, edges and chimneys, (2, N)."""
    samples, speed = count_of(seconds), _number(parameters, "speed")
    blow = gusts(samples, speed, rng)
    whistles = []
    for _ in range(2):
        side = np.zeros(samples)
        for diameter in rng.uniform(0.004, 0.016, 3):
            own = 0.5 * blow + 0.5 * speed * swell(samples, 2.2, 0.35, rng)
            pitch = STROUHAL * own / diameter
            loud = np.clip(own / speed - 0.75, 0, None) ** 1.5
            side += narrow(pitch, 14.0, rng) * loud + 0.25 * narrow(2 * pitch, 24.0, rng) * loud
        whistles.append(unit(side))
    return stereo([_turbulent(blow, rng) + 0.5 * whistle for whistle in whistles], 0.75)


def leaves(parameters: Mapping[str, Parameter], seconds: float, rng: Generator) -> Array:
    """Leaves that brush against each other as gusts go through them, (2, N)."""
    samples, speed = count_of(seconds), _number(parameters, "speed")
    blow = gusts(samples, speed, rng) / speed
    sides = []
    for _ in range(2):
        own = blow * swell(samples, 0.8, 0.5, rng)
        rush = coloured(samples, 1400, 9000, -2.0, rng) * own**2
        flicks = [band(burst(rng.uniform(0.004, 0.02), rng, 0.002), 1500, 9000) for _ in range(12)]
        times = scattered(90 * own**2, samples, rng)
        near = sprinkled(samples, times, rng.lognormal(0, 0.7, len(times)), flicks, rng)
        low = coloured(samples, 80, 500, -4.0, rng) * own
        sides.append(unit(rush) + 0.5 * unit(near) + 0.25 * low)
    return stereo(sides, 0.85)


def whoosh(_parameters: Mapping[str, Parameter], seconds: float, rng: Generator) -> Array:
    """Something swung past: noise whose band rises and falls with its speed, (N,)."""
    samples = count_of(seconds)
    speed = along([(0, 0.0), (0.45, 1.0), (1, 0.0)], samples)
    low = coloured(samples, 150, 900, -3.0, rng) * speed**2
    high = coloured(samples, 900, 6000, -3.0, rng) * speed**4
    return low + 0.9 * high


def _turbulent(blow: Array, rng: Generator) -> Array:
    """Noise of unit RMS whose bands grow the steeper with speed the higher they are."""
    samples, ratio = len(blow), blow / float(blow.mean())
    strength = float(blow.mean()) / 8.0
    low = coloured(samples, 45, 260, -3.0, rng) * ratio**2
    middle = coloured(samples, 220, 1000, -4.0, rng) * ratio**3 * 0.6 * strength**0.5
    high = coloured(samples, 900, 5000, -5.0, rng) * ratio**4 * 0.18 * strength
    return unit(low + middle + high)


def _number(parameters: Mapping[str, Parameter], name: str) -> float:
    return float(parameters[name])  # type: ignore[arg-type]
