"""The air of places: room tone, the city far off and behind walls, traffic, rigging in the wind."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library.records import Parameter
from lichtspiel.sound.sources import engines
from lichtspiel.sound.sources.grains import add, struck
from lichtspiel.sound.sources.noise import (
    Array,
    Generator,
    band,
    clock,
    coloured,
    count_of,
    panned,
    stereo,
    swell,
)

Parameters = Mapping[str, Parameter]


def tone(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A room with nobody in it, (2, N): low noise of the building, a trace of hiss."""
    low, high, slope, hiss = (_number(parameters, name) for name in ("low_hz", "high_hz", "slope_db", "hiss"))
    samples = count_of(seconds)
    body = [coloured(samples, low, high, slope, rng) * swell(samples, 3.0, 0.12, rng) for _ in range(2)]
    air = [coloured(samples, 300, 6500, -4.0, rng) * swell(samples, 4.0, 0.1, rng) for _ in range(2)]
    return stereo(body, 0.6) + hiss * stereo(air, 0.9)


def far_traffic(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A city some streets away, (2, N): a steady wash out of which single cars rise."""
    samples = count_of(seconds)
    wash = stereo(
        [coloured(samples, 40, 350, -4.0, rng) * swell(samples, 3.0, 0.25, rng) for _ in range(2)], 0.7
    )
    wash += 0.3 * stereo(
        [coloured(samples, 300, 1800, -5.0, rng) * swell(samples, 2.2, 0.3, rng) for _ in range(2)], 0.8
    )
    for _ in range(1 + rng.poisson(seconds * 0.15)):
        wash += _passing(samples, rng, 900.0) * rng.uniform(0.3, 0.7)
    return wash


def traffic(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Cars that pass near by, now from the one side, now from the other, (2, N)."""
    samples = count_of(seconds)
    total = np.zeros((2, samples))
    at = -rng.uniform(1.0, 3.5)
    while at < seconds:
        lasting = 6.0
        speed, closest = rng.uniform(9, 14), rng.uniform(5, 11)
        car = engines.passing({"speed": float(speed), "closest_m": float(closest)}, lasting, rng)
        car *= np.sin(np.linspace(0, np.pi, car.shape[1])) ** 0.6
        for ear, side in enumerate(car if rng.random() < 0.5 else car[::-1]):
            add(total[ear], float(at), side)
        at += rng.uniform(2.0, 5.5)
    return total + 0.004 * far_traffic(parameters, seconds, rng)


def muffled(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """The city behind closed windows, (2, N)."""
    sound = far_traffic(parameters, seconds, rng)
    return np.array([band(side, None, 260, 2) for side in sound])


def halyards(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Ropes that knock against masts of aluminium as the wind comes and goes, (2, N)."""
    samples = count_of(seconds)
    total = np.zeros((2, samples))
    for _ in range(5):
        ratio = np.array([1.0, 2.76, 5.4, 8.9])
        mast = struck(rng.uniform(420, 980) * ratio, 0.5 / ratio**0.7, np.array([1, 0.7, 0.4, 0.2]), 0.5)
        pan, loud = rng.uniform(-0.9, 0.9), rng.uniform(0.2, 1.0)
        pace = rng.uniform(1.2, 3.0)
        at = rng.uniform(-1, 0.6)
        while at < seconds:
            for ear, side in enumerate(panned(mast * loud * rng.uniform(0.2, 1.0), pan)):
                add(total[ear], float(at), side)
            at += rng.uniform(0.7, 1.4) / pace + (rng.uniform(0.5, 2.0) if rng.random() < 0.15 else 0.0)
    return total


def _passing(samples: int, rng: Generator, corner_hz: float) -> Array:
    seconds = samples / 48_000
    middle, width = rng.uniform(-2, seconds + 2), rng.uniform(1.5, 3.5)
    way = np.clip((clock(samples) - middle) / width, -4, 4) * rng.choice([-1.0, 1.0])
    pan = 0.5 + 0.45 * np.tanh(way)
    noise = coloured(samples, 60, corner_hz, -4.0, rng) / (1 + way**2)
    return np.asarray(noise * np.sqrt(np.array([1 - pan, pan])))


def _number(parameters: Parameters, name: str) -> float:
    return float(parameters[name])  # type: ignore[arg-type]
