"""Water that drips, pours, fills, splashes and breaks: noise of the jet, and bubbles that ring."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library.records import Parameter
from lichtspiel.sound.sources.grains import add, bubble, bubbles, burst
from lichtspiel.sound.sources.noise import (
    Array,
    Generator,
    band,
    clock,
    coloured,
    count_of,
    narrow,
    stereo,
    swell,
    unit,
)

SPEED_OF_SOUND = 343.0
Parameters = Mapping[str, Parameter]


def drip(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Single drops into standing water, one about every `every_s`, (N,)."""
    total, every = np.zeros(count_of(seconds)), _number(parameters, "every_s")
    at = rng.uniform(0.05, 0.4)
    while at < seconds:
        add(total, at, 0.15 * band(burst(0.004, rng), 1500, 9000))
        # The bubble is caught some 15 ms after the drop has met the water.
        ring = bubble(rng.uniform(0.0016, 0.0026), 0.1)
        add(total, at + rng.uniform(0.012, 0.02), ring / np.abs(ring).max())
        at += every * rng.uniform(0.92, 1.1)
    return total


def pour(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A jet into an open vessel, (N,), with a flow in litres per second."""
    return _jet(count_of(seconds), _number(parameters, "flow"), rng)


def fill(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A bottle that is filled within the time, (N,); see `filling`."""
    samples = count_of(seconds)
    return filling(parameters, np.linspace(0.02, 0.99, samples), _number(parameters, "flow"), rng)


def filling(parameters: Parameters, level: Array, flow_l_s: float, rng: Generator) -> Array:
    """A vessel with a neck whose filled share is `level` (N,) 0 to 1 while water runs in, (N,).

    The air above the water resonates: as a Helmholtz resonator with the body's rest of volume, and at least
    as high as a tube of the rest of its height, closed below (Cabe & Pittenger, J. Exp. Psychol. Hum.
    Percept. Perform. 26 (2000) 313).
    """
    volume, height = _number(parameters, "volume_l") * 1e-3, _number(parameters, "height_m")
    radius, neck = _number(parameters, "neck_radius_m"), _number(parameters, "neck_length_m")
    pitch = resonance_hz(level, volume, height, radius, neck)
    samples = len(level)
    jet = _jet(samples, flow_l_s, rng)
    drive = swell(samples, 0.25, 0.5, rng)
    column = narrow(pitch, 30.0, rng) + 0.4 * narrow(np.minimum(2.9 * pitch, 9000), 90.0, rng)
    # Deep in a nearly empty bottle the jet has the longest fall, and the body is loudest.
    return unit(jet) * 0.45 + column * drive


def resonance_hz(
    level: Array, volume_m3: float, height_m: float, neck_radius_m: float, neck_m: float
) -> Array:
    """Pitch of the air in a bottle that is filled to a share of its height."""
    area = np.pi * neck_radius_m**2
    rest = np.maximum(volume_m3 * (1 - level), 2e-6)
    end = neck_m + 1.45 * neck_radius_m
    helmholtz = SPEED_OF_SOUND / (2 * np.pi) * np.sqrt(area / (rest * end))
    tube = SPEED_OF_SOUND / (4 * (height_m * (1 - level) + 0.6 * neck_radius_m))
    # Both limits hold their own end: stiffness of a small volume, inertia of a long column.
    return np.asarray((helmholtz**-4 + tube**-4) ** -0.25)


def splash(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A body (`mass_kg`, `speed` m/s) that falls into water, (N,): slap, the cavity's closing, spray."""
    mass, speed, samples = _number(parameters, "mass_kg"), _number(parameters, "speed"), count_of(seconds)
    size, time = mass ** (1 / 3), clock(samples)
    total = np.zeros(samples)
    slap = coloured(samples, 120 / size, 5000, -2.5, rng) * np.exp(-time / (0.02 + 0.03 * size))
    total += slap * np.minimum(time / 0.002, 1) * speed / 4
    for _ in range(4):
        radius = 0.012 * size * rng.uniform(0.7, 1.8)
        ring = bubble(radius, 0.06)
        add(total, float(rng.uniform(0.08, 0.2) * size), ring / np.abs(ring).max() * rng.uniform(0.15, 0.35))
    rate = 1500 * size * np.exp(-np.maximum(time - 0.12, 0) / 0.35) * (time > 0.05)
    spray = bubbles(samples, rate, (0.0004, 0.005 * size), rng)
    fizz = coloured(samples, 1500, 9000, -2.0, rng) * np.exp(-np.maximum(time - 0.1, 0) / 0.3)
    return (
        total + 0.6 * spray / max(float(np.abs(spray).max()), 1e-9) + 0.25 * fizz * np.minimum(time / 0.1, 1)
    )


def tap(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A tap that runs into a basin, (N,)."""
    samples = count_of(seconds)
    hiss = coloured(samples, 600, 9000, -2.5, rng) * swell(samples, 0.4, 0.15, rng)
    drum = band(coloured(samples, 150, 900, -2.0, rng), 250, 700) * swell(samples, 0.2, 0.3, rng)
    return unit(_jet(samples, 0.15, rng)) + 0.6 * hiss + 0.5 * unit(drum)


def stream(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Running water from a brook to a fall (`flow` 0 to 1), (2, N)."""
    samples, flow = count_of(seconds), _number(parameters, "flow")
    sides = []
    for _ in range(2):
        rate = (120 + 900 * flow) * swell(samples, 0.6, 0.5, rng)
        babble = bubbles(samples, rate, (0.0008, 0.004 + 0.004 * flow), rng, 36)
        rush = coloured(samples, 250 - 120 * flow, 7000, -2.5, rng) * swell(samples, 1.0, 0.2, rng)
        sides.append(unit(unit(babble) * (1.15 - flow) + rush * (0.25 + 1.2 * flow**1.5)))
    return stereo(sides, 0.8)


def boil(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Water that boils in a pot, (N,)."""
    samples = count_of(seconds)
    rolling = bubbles(samples, 70 * swell(samples, 0.3, 0.6, rng), (0.003, 0.011), rng)
    return unit(rolling) + 0.12 * coloured(samples, 800, 7000, -3.0, rng)


def waves(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Waves of a height in metres that roll in, break and run out over the sand, (2, N)."""
    samples, height = count_of(seconds), _number(parameters, "height_m")
    total, time = np.zeros((2, samples)), clock(samples)
    layers = [
        stereo([coloured(samples, *corners, slope, rng) for _ in range(2)], 0.8)
        for corners, slope in (((45, 350), -3.0), ((250, 5000), -3.5), ((1800, 11000), -1.5))
    ]
    at = -rng.uniform(0, 4)
    while at < seconds + 2:
        since, size = time - at, height * rng.uniform(0.6, 1.3)
        rolling = np.exp(-((since / 1.6) ** 2)) * 0.9
        rise = np.where(since < 0, np.exp(-((since / 0.45) ** 2)), np.exp(-since / (0.7 + size)))
        run_out = np.clip(since / 1.2, 0, 1) ** 2 * np.exp(-np.maximum(since - 1.2, 0) / 1.6) * 0.35
        pan = rng.uniform(-0.4, 0.4)
        sides = np.array([[1 - max(pan, 0)], [1 + min(pan, 0)]])
        for layer, shape in zip(layers, (rolling * size, rise * size, run_out * size), strict=True):
            total += layer * shape * sides
        at += rng.uniform(4.5, 7.5)
    base = layers[1] * 0.1 * swell(samples, 3.0, 0.3, rng) + layers[0] * 0.15
    return total + base


def lapping(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Small waves against a quay or a hull, (2, N)."""
    samples = count_of(seconds)
    sides = []
    for _ in range(2):
        side = np.zeros(samples)
        at = -rng.uniform(0, 0.8)
        while at < seconds:
            length = count_of(rng.uniform(0.35, 0.8))
            shape = np.sin(np.pi * np.linspace(0, 1, length)) ** 2
            slosh = coloured(length, 180, 1800, -4.0, rng) * shape
            gulps = bubbles(length, 45 * shape + 1, (0.003, 0.012), rng, 10)
            peak = max(float(np.abs(gulps).max()), 1e-9)
            add(side, at, rng.uniform(0.3, 1.0) * (slosh * 0.4 + 0.8 * gulps / peak * shape))
            at += rng.uniform(0.35, 1.3)
        sides.append(side + 0.08 * coloured(samples, 100, 1500, -4.0, rng))
    return stereo(sides, 0.8)


def _jet(samples: int, flow_l_s: float, rng: Generator) -> Array:
    """A jet that drags air under: the more of it, the larger its bubbles."""
    largest = 0.0022 + 0.02 * flow_l_s
    rate = (200 + 2500 * flow_l_s) * swell(samples, 0.15, 0.6, rng) * swell(samples, 0.9, 0.3, rng)
    ring = bubbles(samples, rate, (0.0007, largest), rng, 36)
    rush = coloured(samples, 500, 8000, -3.0, rng) * swell(samples, 0.2, 0.3, rng)
    return unit(ring) + 0.3 * rush


def _number(parameters: Parameters, name: str) -> float:
    return float(parameters[name])  # type: ignore[arg-type]
