"""Vehicles and engines: cylinders that fire in their order, rotors that chop, wheels that roll."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from lichtspiel.library.records import Parameter
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.sound.sources.grains import add, burst, struck
from lichtspiel.sound.sources.noise import (
    Array,
    Generator,
    along,
    band,
    clock,
    coloured,
    count_of,
    phase_of,
    swell,
    unit,
)
from lichtspiel.sound.sources.throat import mouth

Parameters = Mapping[str, Parameter]
SPEED_OF_SOUND = 343.0


@dataclass(frozen=True)
class Engine:
    """A piston engine as one hears it."""

    cylinders: int
    strokes: int
    exhaust_m: float
    """Length of the pipe behind the last chamber: it rings at c/4l and odd multiples."""
    muffling_hz: float
    """Above this the muffler takes most."""
    uneven: float
    """How far cylinders differ, 0 to 1."""
    clatter: float
    """Valves, chains and diesel knock against the exhaust."""


CAR = Engine(4, 4, 1.6, 420.0, 0.15, 0.25)
MOTORCYCLE = Engine(2, 4, 0.9, 1500.0, 0.4, 0.35)
MOPED = Engine(1, 2, 0.45, 1800.0, 0.3, 0.5)
BUS = Engine(6, 4, 2.4, 320.0, 0.2, 0.8)
TRUCK = Engine(6, 4, 2.2, 480.0, 0.25, 1.0)
TRACTOR = Engine(3, 4, 1.1, 700.0, 0.4, 0.9)
BOAT = Engine(2, 4, 0.8, 420.0, 0.4, 0.6)
MOWER = Engine(1, 4, 0.25, 1700.0, 0.35, 0.7)
CHAINSAW = Engine(1, 2, 0.12, 3500.0, 0.4, 0.9)
AEROPLANE = Engine(4, 4, 0.4, 1200.0, 0.3, 0.3)


def running(engine: Engine, rev_min: Array, load: Array, rng: Generator) -> Array:
    """An engine whose revolutions per minute and load 0 to 1 are curves (N,), RMS 1 at full load."""
    samples = len(rev_min)
    firings = phase_of(rev_min / 60 * engine.cylinders * 2 / engine.strokes) / (2 * np.pi)
    cycle, number = firings % 1.0, np.floor(firings).astype(np.int64)
    strength = 1 + engine.uneven * rng.normal(0, 0.6, engine.cylinders)[number % engine.cylinders]
    strength = strength * (1 + 0.12 * rng.standard_normal(number[-1] + 1)[number])
    pulse = strength * np.exp(-cycle * 4.5) * np.minimum(cycle * 14, 1.0)
    blow = band(pulse + 0.25 * pulse * rng.standard_normal(samples), 22, None, 1)
    quarter = SPEED_OF_SOUND / (4 * engine.exhaust_m)
    pipe = mouth(
        blow, [(quarter * k, 18 + 0.06 * quarter * k, -3.5 * i) for i, k in enumerate((1, 3, 5, 7, 9))]
    )
    exhaust = lfilter(*_soft(engine.muffling_hz), unit(blow) + 1.2 * unit(pipe))
    knocks = band(rng.standard_normal(samples) * np.exp(-cycle * 16), 900, 5500)
    intake = coloured(samples, 120, 900, -3.0, rng) * (0.5 + 0.5 * np.exp(-cycle * 3))
    mixed = unit(exhaust) + engine.clatter * 0.22 * unit(knocks) + 0.25 * load * intake
    return np.asarray(mixed * (0.35 + 0.65 * load))


def tyres(speed_m_s: Array, rng: Generator) -> Array:
    """Tyres on a road, (N,): a band about 1 kHz; 30 dB per tenfold speed, 1 at 14 m/s."""
    noise = coloured(len(speed_m_s), 500, 2600, -4.0, rng) + 0.5 * coloured(
        len(speed_m_s), 60, 400, -2.0, rng
    )
    return np.asarray(noise * (speed_m_s / 14.0) ** 1.5)


def car(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A car that drives along, (N,)."""
    return _driving(CAR, 2300.0, seconds, rng, 9.0)


def motorcycle(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A motorcycle that speeds up and shifts, (N,)."""
    samples = count_of(seconds)
    rev = along(
        [(0, 2600.0), (0.35, 5200.0), (0.4, 3700.0), (0.8, 6000.0), (0.84, 4300.0), (1, 4800.0)], samples
    )
    load = along(
        [(0, 0.9), (0.34, 1.0), (0.37, 0.2), (0.42, 1.0), (0.8, 1.0), (0.83, 0.2), (1, 0.7)], samples
    )
    return running(MOTORCYCLE, rev * swell(samples, 0.3, 0.01, rng), load, rng)


def moped(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A moped at full throttle, (N,)."""
    return _driving(MOPED, 5200.0, seconds, rng, 5.0)


def bus(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A bus that pulls away, (N,)."""
    samples = count_of(seconds)
    rev = along([(0, 700.0), (0.15, 900.0), (0.55, 1900.0), (0.6, 1300.0), (1, 1800.0)], samples)
    load = along([(0, 0.3), (0.2, 0.9), (0.54, 1.0), (0.58, 0.3), (0.65, 1.0), (1, 0.8)], samples)
    hiss = burst(0.5, rng, 0.01)
    total = running(BUS, rev, load, rng)
    add(total, 0.02, 0.35 * band(hiss, 1800, 9000))
    return total


def truck(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A lorry that drives along, (N,)."""
    return _driving(TRUCK, 1500.0, seconds, rng, 10.0)


def tractor(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A tractor at work, (N,)."""
    return _driving(TRACTOR, 1300.0, seconds, rng, 1.0)


def boat(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A small motor boat, (N,): exhaust that gurgles, and its wash."""
    samples = count_of(seconds)
    wash = coloured(samples, 150, 2500, -3.5, rng) * swell(samples, 0.3, 0.4, rng)
    return _driving(BOAT, 1500.0, seconds, rng, 0.0) * swell(samples, 0.2, 0.25, rng) + 0.3 * wash


def mower(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A lawn mower, (N,): one cylinder and a blade."""
    samples = count_of(seconds)
    rev = 2900 * swell(samples, 0.8, 0.03, rng)
    blade = coloured(samples, 300, 5000, -3.0, rng) * (0.7 + 0.3 * np.sin(phase_of(rev / 60 * 2)))
    return running(MOWER, rev, np.ones(samples), rng) + 0.35 * blade


def chainsaw(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A chain saw that bites and is let go, (N,)."""
    samples = count_of(seconds)
    bite = np.clip(swell(samples, 1.0, 0.8, rng), 0.2, 1.4) / 1.4
    rev = 9500 - 3000 * bite
    rasp = band(rng.standard_normal(samples), 1500, 7000) * bite * 0.5
    return running(CHAINSAW, rev, 0.4 + 0.6 * bite, rng) + rasp


def start(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A car that is started, (N,): the starter's whine, then the engine catches and idles."""
    samples = count_of(seconds)
    caught = min(1.1, seconds / 3)
    time = clock(samples)
    whine = np.sin(phase_of(190 + 30 * np.sin(2 * np.pi * 5.2 * time))) + 0.5 * np.sin(
        phase_of(np.full(samples, 620.0))
    )
    groan = (whine + 0.6 * coloured(samples, 300, 3000, -2.0, rng)) * (
        0.6 + 0.4 * np.sin(2 * np.pi * 5.2 * time)
    )
    groan *= np.clip((caught - time) / 0.08, 0, 1) * np.clip(time / 0.03, 0, 1)
    rev = (
        250 + 1500 * np.exp(-np.maximum(time - caught, 0) / 0.6) + 550 * np.clip((time - caught) / 0.1, 0, 1)
    )
    on = np.clip((time - caught) / 0.12, 0, 1)
    return 0.35 * groan + running(CAR, rev, 0.3 + 0.5 * np.exp(-np.maximum(time - caught, 0) / 0.5), rng) * on


def passing(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A car that passes from left to right (`speed` m/s, `closest_m`), as heard beside the road, (2, N).

    Each ear hears the car as it was when the sound left it, so that its pitch falls as it passes.
    """
    speed, closest = float(parameters["speed"]), float(parameters["closest_m"])  # type: ignore[arg-type]
    samples, lead = count_of(seconds), 0.2
    own = count_of(seconds + lead)
    rev = np.full(own, 2600.0) * swell(own, 1.5, 0.01, rng)
    sound = 0.6 * running(CAR, rev, np.full(own, 0.6), rng) + tyres(np.full(own, speed), rng)
    time = clock(samples) - seconds / 2
    ears = []
    for offset in (-0.09, 0.09):
        sent = time.copy()
        for _ in range(4):
            sent = time - np.hypot(speed * sent - offset, closest) / SPEED_OF_SOUND
        distance = np.hypot(speed * sent - offset, closest)
        side = 0.62 + 0.38 * np.sign(offset) * speed * sent / distance
        heard = np.interp(sent + seconds / 2 + lead, clock(own), sound)
        ears.append(heard * side / distance)
    return np.array(ears)


def train(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A train on jointed rails, (N,): wheels that roll and knock in fours."""
    samples = count_of(seconds)
    roll = coloured(samples, 250, 3500, -3.0, rng) * swell(samples, 0.7, 0.25, rng)
    rumble = coloured(samples, 35, 220, -2.0, rng)
    total = unit(roll) + 0.9 * rumble
    at = rng.uniform(0, 0.6)
    while at < seconds:
        for later in (0.0, 0.135, 0.52, 0.655):
            ring = struck(rng.uniform(300, 2600, 6), rng.uniform(0.03, 0.12, 6), rng.normal(0, 1, 6), 0.15)
            thump = struck(np.array([62.0, 95.0]), np.array([0.15, 0.12]), np.array([2.0, 1.5]), 0.15)
            add(total, at + later, (1.6 * ring + 1.5 * thump) * rng.uniform(1.2, 1.8))
        at += 1.15 * rng.uniform(0.98, 1.02)
    squeal = np.sin(phase_of(2900 * swell(samples, 0.6, 0.01, rng))) * np.clip(
        swell(samples, 1.2, 1.0, rng) - 1.4, 0, 1
    )
    return total + 0.3 * squeal


def steam_train(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A steam engine under way, (N,): four exhausts per turn of its wheels."""
    samples = count_of(seconds)
    turns = phase_of(along([(0, 3.4), (1, 4.2)], samples)) / (2 * np.pi)
    cycle, number = turns % 1.0, np.floor(turns).astype(np.int64)
    strength = np.array([1.0, 0.8, 0.92, 0.75])[number % 4]
    chuff = (
        coloured(samples, 140, 3500, -3.0, rng) * strength * np.exp(-cycle * 4.0) * np.minimum(cycle * 12, 1)
    )
    return (
        unit(chuff)
        + 0.25 * unit(train(parameters, seconds, rng))
        + 0.08 * coloured(samples, 2500, 9000, -2.0, rng)
    )


def tram(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A tram that speeds up, (N,): motors that sing, wheels that roll."""
    samples = count_of(seconds)
    speed = along([(0, 0.2), (0.7, 1.0), (1, 1.0)], samples)
    phase = phase_of(900 * speed)
    song = np.sin(phase) + 0.5 * np.sin(1.51 * phase) + 0.35 * np.sin(2 * phase) + 0.2 * np.sin(3.03 * phase)
    return 0.4 * song + coloured(samples, 80, 1800, -3.0, rng) * speed**1.3


def jet(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A jet overhead, (N,): the roar of its exhaust, and the fan's whine while it comes nearer."""
    samples = count_of(seconds)
    roar = coloured(samples, 60, 900, -3.0, rng) * swell(samples, 0.5, 0.2, rng) + 0.35 * coloured(
        samples, 400, 4000, -3.5, rng
    )
    whine = np.sin(phase_of(along([(0, 2350.0), (0.5, 2100.0), (1, 1700.0)], samples)))
    return roar + 0.06 * whine * along([(0, 1.0), (0.6, 0.4), (1, 0.1)], samples)


def propeller(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A small aeroplane, (N,): its propeller's beat and its engine's."""
    samples = count_of(seconds)
    rev = 2350 * swell(samples, 1.5, 0.008, rng)
    blades = phase_of(rev / 60 * 2)
    chop = sum(np.sin(k * blades + 0.4 * k * k) / k**0.8 for k in range(1, 14))
    return unit(np.asarray(chop)) + 0.6 * running(AEROPLANE, rev, np.ones(samples), rng)


def helicopter(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A helicopter, (N,): slaps of the main rotor, the tail rotor's drone, the turbine's whine."""
    samples = count_of(seconds)
    main = phase_of(np.full(samples, 13.2) * swell(samples, 2.0, 0.01, rng)) / (2 * np.pi)
    cycle = main % 1.0
    thump = np.exp(-(((cycle - 0.3) / 0.035) ** 2)) - 0.6 * np.exp(-(((cycle - 0.38) / 0.05) ** 2))
    wash = coloured(samples, 60, 1200, -3.0, rng) * (0.4 + np.exp(-(((cycle - 0.35) / 0.15) ** 2)))
    tail = phase_of(np.full(samples, 63.0))
    drone = sum(np.sin(k * tail) / k for k in range(1, 8))
    whine = np.sin(phase_of(np.full(samples, 3100.0))) + 0.5 * np.sin(phase_of(np.full(samples, 4730.0)))
    return unit(band(thump, 25, None, 1)) + 0.6 * unit(wash) + 0.18 * np.asarray(drone) + 0.03 * whine


def drone(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A quadcopter, (N,): four rotors that never quite agree."""
    samples = count_of(seconds)
    total = np.zeros(samples)
    for _ in range(4):
        pitch = rng.uniform(175, 205) * swell(samples, 0.4, 0.05, rng) * swell(samples, 0.08, 0.01, rng)
        phase = phase_of(pitch)
        total += np.asarray(sum(np.sin(k * phase + rng.uniform(0, 6)) / k**0.7 for k in range(1, 18)))
    return unit(total) + 0.25 * coloured(samples, 1200, 9000, -2.0, rng)


def _driving(engine: Engine, rev: float, seconds: float, rng: Generator, speed: float) -> Array:
    samples = count_of(seconds)
    revs = rev * swell(samples, 2.0, 0.06, rng) * swell(samples, 0.2, 0.006, rng)
    load = np.clip(0.65 * swell(samples, 1.5, 0.35, rng), 0, 1)
    return running(engine, revs, load, rng) + 0.5 * tyres(np.full(samples, max(speed, 1e-3)), rng)


def _soft(corner_hz: float) -> tuple[list[float], list[float]]:
    """Coefficients of a one-pole low-pass."""
    pole = np.exp(-2 * np.pi * corner_hz / SAMPLE_RATE_HZ)
    return [1 - pole], [1.0, -pole]
