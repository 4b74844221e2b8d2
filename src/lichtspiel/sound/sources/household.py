"""Things of the house: clocks, doors, keys and motors, by what strikes, sticks and spins in them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library.records import Parameter
from lichtspiel.sound.sources.grains import add, burst, scattered, sprinkled, struck
from lichtspiel.sound.sources.noise import (
    Array,
    Generator,
    along,
    band,
    clock,
    coloured,
    count_of,
    phase_of,
    stereo,
    swell,
    unit,
)
from lichtspiel.sound.sources.throat import mouth

Parameters = Mapping[str, Parameter]


def ticking(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A clock from a watch (`size` 0) to a wall clock, (N,): tick and tock differ."""
    size, total = _number(parameters, "size"), np.zeros(count_of(seconds))
    beat = 0.2 + 0.3 * np.ceil(size)
    case = 2600 * (1 - size) ** 2 + 520
    for number, at in enumerate(np.arange(rng.uniform(0.03, beat * 0.6), seconds, beat)):
        tone = 1.0 if number % 2 else 1.13
        frequency = case * tone * np.array([1.0, 1.9, 3.1, 4.7, 7.3])
        tick = struck(
            frequency,
            np.array([0.05, 0.04, 0.03, 0.02, 0.012]) * (0.5 + size),
            np.array([0.8, 1, 0.8, 0.6, 0.5]),
            0.07,
        )
        # An escapement knocks twice: the drop of the wheel, then the lock.
        for later, loud in ((0.0, 0.4), (0.011, 1.0)):
            click = np.zeros(len(tick))
            noise = band(burst(0.003, rng), 2000, 9000)
            click[: len(noise)] = 0.4 * noise
            add(total, float(at) + later, loud * rng.uniform(0.93, 1.0) * (tick + click))
    return total


def hum(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A motor's hum over moving air (`base_hz`, `air` 0 to 1), (2, N)."""
    base, air, samples = _number(parameters, "base_hz"), _number(parameters, "air"), count_of(seconds)
    sides = []
    for _ in range(2):
        phase = phase_of(np.full(samples, base)) + rng.uniform(0, 6)
        tone = sum(
            g * np.sin(k * phase + rng.uniform(0, 6))
            for k, g in ((1, 0.5), (2, 1.0), (3, 0.25), (4, 0.45), (6, 0.2), (8, 0.1))
        )
        rush = coloured(samples, 80, 1400, -4.0, rng) * swell(samples, 2.5, 0.12, rng)
        sides.append((1 - air) * np.asarray(tone) * swell(samples, 1.8, 0.12, rng) + (0.15 + air) * rush)
    return stereo(sides, 0.6)


def whirr(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A fast motor with its fan (`pitch_hz`), (N,), running up at first."""
    pitch, samples = _number(parameters, "pitch_hz"), count_of(seconds)
    speed = 1 - 0.75 * np.exp(-clock(samples) / 0.18)
    phase = phase_of(pitch * speed * swell(samples, 0.5, 0.012, rng))
    tone = np.asarray(sum(np.sin(k * phase + k * k) / k**0.8 for k in range(1, 12)))
    return (0.5 * unit(tone) + coloured(samples, 300, 7000, -2.5, rng)) * speed**2


def sewing_machine(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A sewing machine in bursts of stitches, (N,)."""
    samples = count_of(seconds)
    speed = np.clip(12 * (swell(samples, 0.9, 1.0, rng) - 0.45), 0, 14)
    cycle = (phase_of(speed) / (2 * np.pi)) % 1.0
    knock = band(rng.standard_normal(samples), 400, 5000) * (
        np.exp(-cycle * 14) + 0.6 * np.exp(-((cycle - 0.5) % 1.0) * 18)
    )
    motor = np.sin(phase_of(18 * speed)) * 0.3
    return (unit(knock) + motor) * np.clip(speed / 3, 0, 1)


def door(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A room's door (`what` open, close or slam), (N,): latch, hinge, leaf against frame."""
    what, total = str(parameters["what"]), np.zeros(count_of(seconds))
    if what == "open":
        for at, loud in ((0.03, 0.7), (0.14, 1.0)):
            add(total, at, loud * _latch(rng))
        swing = (
            coloured(count_of(0.9), 120, 900, -4.0, rng) * np.sin(np.linspace(0, np.pi, count_of(0.9))) ** 2
        )
        add(total, 0.25, 0.1 * swing)
        turning = count_of(0.5)
        groan = _stick_slip(along([(0, 30.0), (0.5, 55.0), (1, 25.0)], turning), 900.0, rng)
        add(total, 0.35, 0.15 * groan * np.sin(np.linspace(0, np.pi, turning)) ** 1.5)
        return total
    hard = 3.0 if what == "slam" else 1.0
    shut = 0.12 if what == "slam" else 0.35
    air = coloured(count_of(shut + 0.1), 50, 400, -3.0, rng) * np.linspace(0, 1, count_of(shut + 0.1)) ** 3
    add(total, 0.0, 0.12 * hard * air)
    leaf = struck(
        np.array([58.0, 96, 141, 190, 262, 375, 540, 760]),
        np.array([0.28, 0.25, 0.2, 0.18, 0.14, 0.1, 0.08, 0.05]),
        np.array([1, 1, 0.8, 0.8, 0.5, 0.45, 0.3, 0.25]),
        0.5,
    )
    add(total, shut, hard * leaf)
    slap = band(burst(0.03 if what == "slam" else 0.015, rng), 150, 5000 if what == "slam" else 2500)
    add(total, shut, hard * 0.8 * slap)
    add(total, shut + 0.012, 0.5 * _latch(rng))
    add(total, shut + 0.06, 0.25 * _latch(rng))
    return total


def creak(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Wood or a hinge that sticks and slips ever again as it turns, (N,)."""
    samples = count_of(seconds)
    rate = along([(0, 28.0), (0.3, 75.0), (0.55, 46.0), (0.8, 120.0), (1, 35.0)], samples) * swell(
        samples, 0.15, 0.35, rng
    )
    return (
        _stick_slip(rate, 1000.0, rng)
        * np.sin(np.linspace(0.1, np.pi - 0.05, samples)) ** 0.7
        * swell(samples, 0.3, 0.5, rng)
    )


def knocking(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Knuckles on a door, three times, (N,)."""
    total = np.zeros(count_of(seconds))
    for number in range(3):
        leaf = struck(
            np.array([128.0, 205, 331, 480, 760, 1250]),
            np.array([0.16, 0.12, 0.09, 0.06, 0.035, 0.02]),
            rng.uniform(0.6, 1.0, 6),
            0.25,
        )
        leaf[: count_of(0.004)] += band(burst(0.004, rng), 300, 3000)[: count_of(0.004)] * 0.5
        add(total, 0.04 + 0.23 * number + rng.normal(0, 0.008), leaf * (0.8 + 0.1 * number))
    return total


def typing(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Somebody types (`kind` keyboard or typewriter), (N,): each key goes down, and comes up again."""
    old, total = str(parameters["kind"]) == "typewriter", np.zeros(count_of(seconds))
    at, keys = 0.05, 0
    while at < seconds:
        if old:
            frequency = np.exp(rng.uniform(np.log(350), np.log(6500), 10))
            key = struck(frequency, rng.uniform(0.02, 0.07, 10), rng.normal(0, 1, 10), 0.09)
            key[: count_of(0.005)] += 2 * band(burst(0.005, rng), 800, 8000)
            add(total, at, key)
        else:
            for later, loud, low in ((0.0, 1.0, 900), (rng.uniform(0.06, 0.1), 0.45, 1600)):
                click = band(burst(rng.uniform(0.006, 0.014), rng), low, 7000)
                thock = struck(
                    np.array([320.0, 610.0, 1450.0]) * rng.uniform(0.9, 1.1),
                    np.array([0.02, 0.015, 0.01]),
                    np.array([1, 0.7, 0.4]),
                    0.03,
                )
                add(total, at + later, loud * (0.6 * click / 2))
                add(total, at + later, loud * 0.5 * thock)
        keys += 1
        word = rng.random() < 0.18
        at += rng.uniform(0.25, 0.6) if word else rng.lognormal(np.log(0.13), 0.3)
    return total


def paper(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A sheet that is turned, (N,): it rubs, and its creases snap."""
    samples = count_of(seconds)
    motion = (
        np.clip(swell(samples, 0.35, 1.0, rng) - 0.2, 0, None) * np.sin(np.linspace(0, np.pi, samples)) ** 0.5
    )
    creases = [band(burst(rng.uniform(0.001, 0.008), rng), rng.uniform(800, 2500), 11000) for _ in range(16)]
    times = scattered(260 * motion + 0.5, samples, rng)
    snaps = sprinkled(samples, times, rng.pareto(1.8, len(times)).clip(0, 8) + 0.1, creases, rng)
    return unit(snaps) + 0.3 * coloured(samples, 1200, 9000, -2.0, rng) * motion


def shutter(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A camera's mirror and shutter, (N,)."""
    total = np.zeros(count_of(seconds))
    for at, loud in ((0.02, 0.8), (0.05, 0.5), (0.13, 1.0), (0.15, 0.5)):
        add(total, at, loud * _latch(rng))
    return total


def click(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A switch, (N,)."""
    total = np.zeros(count_of(seconds))
    add(total, 0.02, _latch(rng))
    add(total, 0.026, 0.6 * _latch(rng))
    return total


def keys(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A bunch of keys that is shaken, (N,): small bars of brass that ring high."""
    rings = []
    for _ in range(10):
        base = rng.uniform(2400, 5200)
        ratio = np.array([1.0, 1.9, 2.76, 3.9])
        rings.append(struck(base * ratio, np.array([0.16, 0.12, 0.1, 0.06]), rng.uniform(0.3, 1, 4), 0.2))
    samples = count_of(seconds)
    shake = (
        np.clip(np.sin(phase_of(np.full(samples, 4.2))), 0, None) ** 2
        * np.sin(np.linspace(0.2, np.pi, samples)) ** 0.5
    )
    times = scattered(70 * shake + 1, samples, rng)
    return sprinkled(samples, times, rng.lognormal(0, 0.7, len(times)), rings, rng)


def dishes(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Plates, glasses and cutlery that meet now and then, (N,)."""
    rings = []
    for _ in range(14):
        base, lasting = rng.choice([1.0, 1.6, 2.4]) * rng.uniform(1100, 1900), rng.uniform(0.08, 0.5)
        ratio = np.array([1.0, 1.52, 2.3, 2.65, 3.6, 4.4])
        rings.append(struck(base * ratio, lasting / ratio**0.6, rng.uniform(0.2, 1, 6), 0.5))
    samples = count_of(seconds)
    times = scattered(3.5 * np.clip(swell(samples, 0.8, 1.0, rng), 0.1, None), samples, rng)
    runs = np.concatenate([times, times[::2] + rng.uniform(0.03, 0.12, len(times[::2]))])
    return sprinkled(samples, runs, rng.lognormal(0, 0.6, len(runs)), rings, rng)


def heartbeat(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A heart, (N,): its two sounds, the second the shorter."""
    total, at = np.zeros(count_of(seconds)), 0.08
    while at < seconds:
        for later, pitch, lasting, loud in ((0.0, 46.0, 0.14, 1.0), (0.3, 62.0, 0.1, 0.7)):
            time = clock(count_of(lasting * 1.5))
            add(
                total,
                at + later,
                loud
                * np.sin(2 * np.pi * pitch * time)
                * np.sin(np.pi * np.minimum(time / lasting, 1)) ** 1.5,
            )
        at += 0.88 * rng.uniform(0.97, 1.03)
    return total + 0.3 * band(total, 80, 200)


def sawing(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A hand saw, to and fro, (N,)."""
    samples = count_of(seconds)
    stroke = np.sin(phase_of(1.15 * swell(samples, 1.0, 0.08, rng)))
    teeth = np.sin(phase_of(300 * np.abs(stroke) + 5))
    rasp = band(rng.standard_normal(samples) * (0.6 + 0.4 * teeth), 600, 6500)
    body = mouth(rasp, [(450, 150, 0), (1100, 300, 0), (2600, 700, 2)])
    return unit(body + 0.4 * rasp) * np.abs(stroke) ** 1.2 * np.where(stroke > 0, 1.0, 0.5)


def hammering(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A hammer on a nail, (N,)."""
    total, at = np.zeros(count_of(seconds)), 0.1
    while at < seconds:
        for blow in range(rng.integers(4, 7)):
            wood = struck(
                np.array([180.0, 320, 540, 900]),
                np.array([0.12, 0.09, 0.06, 0.04]),
                np.array([1, 0.8, 0.6, 0.4]),
                0.3,
            )
            nail = struck(
                (2100 + 160 * blow) * np.array([1.0, 2.2, 3.4]),
                np.array([0.12, 0.08, 0.05]),
                np.array([0.7, 0.5, 0.4]),
                0.3,
            )
            blow_ = wood + nail
            blow_[: count_of(0.003)] += 2 * burst(0.003, rng)
            add(total, at + blow * 0.42 * rng.uniform(0.95, 1.05), blow_ * rng.uniform(0.8, 1.0))
        at += 3.4
    return total


def _latch(rng: Generator) -> Array:
    """A small steel part that snaps into its place."""
    frequency = np.exp(rng.uniform(np.log(700), np.log(6000), 8))
    ring = struck(frequency, rng.uniform(0.01, 0.045, 8), rng.normal(0, 0.6, 8), 0.06)
    snap = band(burst(0.006, rng), 900, 8000)
    ring[: len(snap)] += 0.6 * snap
    return ring


def _stick_slip(rate_hz: Array, body_hz: float, rng: Generator) -> Array:
    """Slips at a rate, each a jerk that the wood answers."""
    phase = phase_of(rate_hz) / (2 * np.pi)
    jerks = np.diff(np.floor(phase), prepend=0.0) * rng.uniform(0.5, 1.0, len(phase))
    formants = [(body_hz * r, 45 + 25 * r, -3.0 * i) for i, r in enumerate((0.42, 1.0, 1.63, 2.4, 3.7))]
    return unit(mouth(jerks, formants))


def _number(parameters: Parameters, name: str) -> float:
    return float(parameters[name])  # type: ignore[arg-type]
