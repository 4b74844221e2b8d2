"""Thunder, blasts and fireworks: shock waves and what the land gives back of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.signal import oaconvolve

from lichtspiel.library.records import Parameter
from lichtspiel.sound.modes import SPEED_OF_SOUND
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.sound.sources.grains import add, burst
from lichtspiel.sound.sources.noise import (
    Array,
    Generator,
    band,
    clock,
    coloured,
    count_of,
    phase_of,
    stereo,
    swell,
)
from lichtspiel.take.lightning import SEGMENT_M, channel


def thunder(parameters: Mapping[str, Parameter], seconds: float, rng: Generator) -> Array:
    """Thunder of a flash that strikes at a distance (`distance_m`), from its first clap on, (2, N).

    `shape`: seed of its channel, where the film shows it.

    The channel is a chain of short pieces, each of which sends out a shock; those that lie across the line of
    sight are heard as claps, those along it as rumble (Ribner & Roy, J. Acoust. Soc. Am. 72 (1982) 1911).
    """
    distance, samples = float(parameters["distance_m"]), count_of(seconds)  # type: ignore[arg-type]
    sides = []
    shape = int(parameters.get("shape", rng.integers(2**31)))  # type: ignore[arg-type]
    train = _channel(distance, samples, shape, rng)
    for _ in range(2):
        shocks = oaconvolve(train * (1 + 0.3 * rng.standard_normal(samples)), _shock(0.012))[:samples]
        shocks += 0.6 * oaconvolve(train, _shock(0.004))[:samples]
        sides.append(_through_land(shocks, distance, rng))
    return stereo(sides, 0.7)


def blast(_parameters: Mapping[str, Parameter], seconds: float, rng: Generator) -> Array:
    """An explosion, (N,): its front, the fireball's roar and what falls down after it."""
    samples = count_of(seconds)
    time = clock(samples)
    roar = coloured(samples, 35, 700, -4.0, rng) * np.exp(-time / 0.45) * np.minimum(time / 0.01, 1)
    total = roar + _through_land(_single(samples), 40.0, rng) * 1.5
    front = np.zeros(samples)
    add(front, 0.0, 9 * _shock(0.02))
    debris = np.zeros(samples)
    for at in rng.uniform(0.4, seconds, 40):
        add(debris, float(at), band(burst(rng.uniform(0.01, 0.05), rng), 300, 4000) * rng.uniform(0.02, 0.15))
    return total + front + debris * np.exp(-time / 1.5)


def fireworks(_parameters: Mapping[str, Parameter], seconds: float, rng: Generator) -> Array:
    """Rockets that whistle up, burst and crackle, one after another, (N,)."""
    samples = count_of(seconds)
    total, at = np.zeros(samples), -0.5
    while at < seconds:
        rise = rng.uniform(0.7, 1.1)
        way = np.linspace(0, 1, count_of(rise))
        pitch = rng.uniform(2200, 3200) * (1 - 0.35 * way)
        add(total, at, 0.04 * np.sin(phase_of(pitch)) * np.sin(np.pi * way) ** 0.5)
        add(total, at + rise, 3.0 * _shock(0.006))
        boom = band(burst(0.9, rng), 40, 900)
        add(total, at + rise, 0.8 * boom)
        for crackle in rng.exponential(0.5, rng.integers(10, 40)):
            add(total, at + rise + 0.5 + float(crackle), 0.25 * burst(0.004, rng))
        at += rise + rng.uniform(0.2, 1.6)
    return total + 0.3 * _through_land(total, 200.0, rng)


def _channel(distance: float, samples: int, shape: int, rng: Generator) -> Array:
    """Impulses (N,) of the pieces of a channel as they arrive, the nearest first."""
    points = channel(distance, shape)
    pieces = len(points)
    steps = np.diff(points, axis=0, prepend=[[0.0, distance, 0.0]])
    away = np.linalg.norm(points, axis=1)
    across = 1 - (np.sum(steps * points, axis=1) / (away * SEGMENT_M)) ** 2
    arrival = (away - away.min()) / SPEED_OF_SOUND
    place = (arrival * SAMPLE_RATE_HZ).astype(np.int64)
    train = np.zeros(samples)
    heard = place < samples
    loud = across**2 * rng.lognormal(0, 0.6, pieces) * away.min() / away * 10 ** (-(away - away.min()) / 4000)
    np.add.at(train, place[heard], loud[heard])
    return train


def _shock(lasting_s: float) -> Array:
    """The N-shaped wave of a weak shock, rounded by its way."""
    count = count_of(lasting_s)
    wave = np.concatenate([np.linspace(1, -1, count), np.zeros(count)])
    return np.convolve(wave, np.hanning(max(3, count // 8)), mode="same") / max(1, count // 16)


def _single(samples: int) -> Array:
    wave = np.zeros(samples)
    add(wave, 0.0, _shock(0.015))
    return wave


def _through_land(shocks: Array, distance: float, rng: Generator) -> Array:
    """What arrives after air has taken the treble, with the rolling answer of hills and clouds."""
    corner = float(np.clip(2.2e6 / (distance + 150.0) ** 1.15, 90.0, 6000.0))
    direct = band(shocks, None, corner, 1)
    length = count_of(5.0)
    time = clock(length)
    hills = (
        rng.standard_normal(length)
        * np.exp(-time / 1.3)
        * swell(length, 0.5, 0.9, rng)
        * np.minimum(time / 0.2, 1)
    )
    rolling = oaconvolve(band(shocks, None, min(corner, 220.0), 1), band(hills, None, 400.0, 1))[
        : len(shocks)
    ]
    size = float(np.abs(rolling).max()) or 1.0
    share = float(np.clip(0.15 + distance / 6000, 0.15, 0.8))
    return np.asarray(direct + share * float(np.abs(direct).max()) * rolling / size)
