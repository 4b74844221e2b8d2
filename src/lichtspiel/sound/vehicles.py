"""Vehicles of the take: their engines turn and labour as they move, their tyres roll."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library.hearing import SoundEntry
from lichtspiel.sound import whereabouts
from lichtspiel.sound.dice import Dice
from lichtspiel.sound.happenings import busiest, lift_of
from lichtspiel.sound.modes import Array
from lichtspiel.sound.sounding import REFERENCE_PA, sound_of
from lichtspiel.sound.sources import engines
from lichtspiel.sound.sources.engines import Engine
from lichtspiel.sound.sources.noise import coloured, count_of, swell, unit
from lichtspiel.sound.space import PATH_HZ, Space
from lichtspiel.stage.world import World
from lichtspiel.take import Take

STANDING_M_S = 0.3
"""A vehicle that is never faster than this is parked, with its engine off."""
FASTEST_M_S = 80.0
"""What is faster has not driven: a cut has moved it."""
LABOUR_M_S2 = 3.0
"""Acceleration at which an engine has all it can do."""
TYRES = 1.6
"""Of rubber on asphalt at 14 m/s against the engine at full load."""


@dataclass(frozen=True)
class Drive:
    """An engine in its vehicle."""

    engine: Engine
    idle_rev: float
    shift_rev: float
    """Revolutions per minute at which the next gear is taken."""
    gears_m_s: tuple[float, ...]
    """Speed that each gear ends with."""


DRIVES = {
    "car": Drive(engines.CAR, 850, 3300, (4.5, 8.5, 13.5, 20, 60)),
    "motorcycle": Drive(engines.MOTORCYCLE, 1200, 5600, (7, 12, 18, 26, 70)),
    "bus": Drive(engines.BUS, 650, 1900, (3, 6, 10, 15, 30)),
    "truck": Drive(engines.TRUCK, 650, 1800, (3, 6, 10, 15, 30)),
}
"""By the sounds of the library; vehicles without an engine of their own only roll."""


def play(world: World, take: Take, space: Space, loudest: float, dice: Dice) -> None:
    """Sound all vehicles of the film that drive. `loudest` is the energy of the loudest knock."""
    end_s = world.timeline[-1].film_end_s
    for prop in world.screenplay.props:
        entry = sound_of(prop.thing)
        if entry is None or entry.kind != "vehicle":
            continue
        path = whereabouts.of_source(world, take, prop.id, 0.0, end_s)
        speed = _speed(world, path.positions, end_s)
        if float(speed.max()) < STANDING_M_S:
            continue
        signal = driven(entry, speed, dice.of(f"engine {prop.id}"))
        gain = lift_of(busiest(signal) / 4, loudest)
        space.play_along(signal * gain, 0.0, path.heard_from)


def driven(entry: SoundEntry, speed: Array, rng: np.random.Generator) -> Array:
    """A vehicle (N,) in pascal at 1 m, whose speed in m/s is a curve at PATH_HZ."""
    samples = count_of(len(speed) / PATH_HZ)
    clock = np.arange(samples) / count_of(1.0)
    times = np.arange(len(speed)) / PATH_HZ
    smooth = np.convolve(np.pad(speed, 4, mode="edge"), np.full(9, 1 / 9), mode="valid")
    now = np.interp(clock, times, smooth)
    level = REFERENCE_PA * 10 ** (entry.level_db / 20)
    if entry.id not in DRIVES:
        roll = unit(coloured(samples, 60, 2500, -3.0, rng)) * (now / 14.0) ** 1.5
        return level * roll * swell(samples, 0.7, 0.2, rng)
    drive = DRIVES[entry.id]
    gain = np.interp(clock, times, np.gradient(smooth) * PATH_HZ)
    load = np.clip(0.4 + 0.6 * gain / LABOUR_M_S2, 0.15, 1.0)
    rev = _revolutions(drive, now) * swell(samples, 0.6, 0.01, rng)
    return level * (engines.running(drive.engine, rev, load, rng) + TYRES * engines.tyres(now, rng))


def _revolutions(drive: Drive, speed: Array) -> Array:
    """Revolutions per minute (N,) in the gear that each speed is driven in."""
    ends = np.array(drive.gears_m_s)
    gear = np.minimum(np.searchsorted(ends, speed), len(ends) - 1)
    rev = np.maximum(drive.idle_rev, drive.shift_rev * np.minimum(speed / ends[gear], 1.0))
    # A clutch takes a fifth of a second.
    width = count_of(0.2)
    return np.convolve(np.pad(rev, width // 2, mode="edge"), np.full(width, 1 / width), "same")[
        width // 2 : width // 2 + len(rev)
    ]


def _speed(world: World, positions: Array, end_s: float) -> Array:
    """Metres per second of world time (K,) along a path at PATH_HZ on the film's clock."""
    steps = np.linalg.norm(np.diff(positions, axis=0, append=positions[-1:]), axis=1) * PATH_HZ
    rates = [
        next(span.rate for span in world.timeline if min(i / PATH_HZ, end_s - 1e-6) < span.film_end_s)
        for i in range(len(steps))
    ]
    speed = steps / np.array(rates)
    jumps = speed > FASTEST_M_S
    speed[jumps] = (
        np.interp(np.flatnonzero(jumps), np.flatnonzero(~jumps), speed[~jumps]) if (~jumps).any() else 0
    )
    return np.asarray(speed)
