"""Pairs of sounds that differ in one physical thing, and the descriptor that it must move, and which way.

Heavier, harder, larger, faster, nearer, inside, fuller, of metal: what people hear of the world without
looking. Each side is made by the sound room alone, in pascals at the camera, before anything is mixed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Resonator, Shape
from lichtspiel.library.place import Acoustics
from lichtspiel.sound import happenings
from lichtspiel.sound.ambience import through_wall
from lichtspiel.sound.dice import Dice
from lichtspiel.sound.sources import engines, household, rain, throats, thunder, water, wind
from lichtspiel.sound.space import Space
from lichtspiel.stage.world import Body, World
from lichtspiel.take import Rub, Take
from tests.sound import scenes

FS = 48_000
Array = NDArray[np.float64]
Sound = Callable[[], Array]
Descriptor = Callable[[Array], float]
OUT = scenes.OUTDOORS


@dataclass(frozen=True)
class Pair:
    """Two sounds, of which the second has more of a descriptor."""

    name: str
    descriptor: Descriptor
    margin: float
    """Least ratio of the two, or least difference where decibels are measured."""
    less: Sound
    more: Sound

    def measured(self) -> tuple[float, float]:
        """Descriptor of the first and of the second."""
        return self.descriptor(self.less()), self.descriptor(self.more())

    def holds(self, first: float, second: float) -> bool:
        """Whether the second has more, by the margin."""
        return second - first >= self.margin if self.descriptor is level_db else second >= first * self.margin


def level_db(sound: Array) -> float:
    """Level of the whole, dB re 20 µPa·√s."""
    return float(10 * np.log10(np.sum(sound**2) / FS / 4e-10 + 1e-30))


def centroid_hz(sound: Array) -> float:
    """Centre of the power spectrum."""
    power = np.abs(np.fft.rfft(sound)) ** 2
    return float(np.sum(power * np.fft.rfftfreq(len(sound), 1 / FS)) / np.sum(power))


def peak_hz(sound: Array) -> float:
    """Strongest frequency above 40 Hz."""
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    frequency = np.fft.rfftfreq(len(sound), 1 / FS)
    return float(frequency[np.argmax(np.where(frequency > 40, power, 0.0))])


def decay_s(sound: Array) -> float:
    """Time in which 99 % of what follows the peak has been heard (Schroeder's integral, 20 dB)."""
    start = int(np.argmax(np.abs(sound)))
    left = np.cumsum(sound[start:][::-1] ** 2)[::-1]
    return float(np.argmax(left < 0.01 * left[0])) / FS


def rolling_s(thunders: Array) -> float:
    """Mean time in which several sounds (K, N) die away."""
    return float(np.mean([decay_s(one) for one in thunders]))


def late_share(sound: Array) -> float:
    """Energy later than 60 ms after the first tenth of the peak, against that before."""
    start = int(np.argmax(np.abs(sound) > 0.1 * np.abs(sound).max()))
    edge = start + int(0.06 * FS)
    return float(np.sum(sound[edge:] ** 2) / np.sum(sound[:edge] ** 2))


def onset_s(sound: Array) -> float:
    """When the sound begins."""
    return float(np.argmax(np.abs(sound) > 0.1 * np.abs(sound).max())) / FS


def smoothness(sound: Array) -> float:
    """How evenly its power is spread over time: 1 over the kurtosis of the samples."""
    centred = sound - sound.mean()
    return float(np.mean(centred**2) ** 2 / np.mean(centred**4))


def falling(sound: Array) -> float:
    """Centroid of the first third against that of the last."""
    third = len(sound) // 3
    return _tone(sound[:third]) / _tone(sound[-third:])


def _tone(sound: Array) -> float:
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    frequency = np.fft.rfftfreq(len(sound), 1 / FS)
    inside = (frequency > 300) & (frequency < 3000)
    return float(np.exp(np.sum(power[inside] * np.log(frequency[inside])) / np.sum(power[inside])))


def knock(
    body: Body,
    floor: Body,
    impulse: float = 0.1,
    speed: float = 2.0,
    distance: float = 2.0,
    place: Acoustics = OUT,
) -> Sound:
    """A body that knocks once on a floor."""

    def sound() -> Array:
        world = scenes.world(body, floor, acoustics=place, seconds=3.0)
        take = scenes.take(body, floor, impacts=(scenes.knock(0.2, body, floor, impulse, speed),))
        return _at_camera(world, take, distance)

    return sound


def rub(kind: str, speed: float, force: float = 5.0, ground: str = "wood") -> Sound:
    """A ball that rolls or slides for a second."""

    def sound() -> Array:
        ball, floor = scenes.ball("wood", 0.05), scenes.floor(ground, 0.03)
        one = Rub(
            "roll" if kind == "roll" else "slide",
            ball.name,
            floor.name,
            "wood",
            ground,
            0.3,
            100.0,
            np.full(100, speed),
            np.full(100, force),
            np.zeros((100, 3)),
        )
        return _at_camera(scenes.world(ball, floor), scenes.take(ball, floor, rubs=(one,)), 2.0)

    return sound


def plate(material: str, edge: float = 0.2, thickness: float = 0.004) -> Body:
    """A square plate, which rings."""
    resonator = Resonator("plate", material, {"length": edge, "width": 0.8 * edge, "thickness": thickness})
    return scenes.thing("plate", resonator, Shape("box", (edge / 2, 0.4 * edge, thickness / 2), material))


def source(builder: Callable[..., Array], seconds: float, **parameters: float | str) -> Sound:
    """A sound of the library, one channel of it."""

    def sound() -> Array:
        made = builder(parameters, seconds, np.random.default_rng(11))
        return np.asarray(made if made.ndim == 1 else made[0])

    return sound


def strikes(distance_m: float) -> Sound:
    """Thunder (K, N) of the same strikes at a distance: how a channel winds matters as much as that."""

    def sound() -> Array:
        made = [source(thunder.thunder, 9.0, distance_m=distance_m, shape=float(n))() for n in range(5)]
        return np.array(made)

    return sound


def bottle(level: float, volume: float = 0.75, height: float = 0.26) -> Sound:
    """Half a second of water running into a bottle that is so full already."""
    parameters = {"volume_l": volume, "height_m": height, "neck_radius_m": 0.011, "neck_length_m": 0.07}

    def sound() -> Array:
        return water.filling(parameters, np.full(FS // 2, level), 0.05, np.random.default_rng(3))

    return sound


def engine(rev_min: float) -> Sound:
    """A car's engine at a speed of revolution."""
    steady = np.full(FS, rev_min)
    return lambda: engines.running(engines.CAR, steady, np.full(FS, 0.6), np.random.default_rng(2))


def _at_camera(world: World, take: Take, distance: float) -> Array:
    dice = Dice(1)
    space = Space(world, scenes.camera(distance, world.duration_s), dice.of("space"))
    happenings.play(world, take, space, dice)
    return space.heard().mean(axis=0)


def pairs() -> tuple[Pair, ...]:
    """All pairs: name, what is measured, by how much it must grow, the sound with less and that with more."""
    steel, wood, rubber = (scenes.ball(m, 0.03) for m in ("steel", "wood", "rubber"))
    stone, hardwood = scenes.floor("stone"), scenes.floor("hardwood", 0.025)
    room, hall = Acoustics((5, 4, 2.8), 0.15, "none", -60), Acoustics((24, 16, 9), 0.15, "none", -60)
    soft = Acoustics((5, 4, 2.8), 0.5, "none", -60)
    near, far = knock(steel, stone, distance=1.5, place=room), knock(steel, stone, distance=4.0, place=room)
    # fmt: off
    table: tuple[tuple[str, Descriptor, float, Sound, Sound], ...] = (
        ("heavier blow: louder", level_db, 6.0, knock(wood, hardwood, 0.05), knock(wood, hardwood, 0.5)),
        ("faster blow: brighter", centroid_hz, 1.05,
         knock(wood, hardwood, 0.1, 0.4), knock(wood, hardwood, 0.1, 5)),
        ("steel against rubber: brighter", centroid_hz, 1.5, knock(rubber, hardwood), knock(steel, hardwood)),
        ("steel against wood: brighter", centroid_hz, 1.05, knock(wood, stone), knock(steel, stone)),
        ("stone against soft floor: brighter", centroid_hz, 1.2,
         knock(wood, scenes.floor("carpet", 0.02)), knock(wood, stone)),
        ("metal against wood: rings longer", decay_s, 2.0,
         knock(plate("wood"), stone), knock(plate("steel"), stone)),
        ("glass against wood: rings longer", decay_s, 1.5,
         knock(plate("wood"), stone), knock(plate("glass"), stone)),
        ("ceramic against plastic: rings longer", decay_s, 1.5,
         knock(plate("plastic"), stone), knock(plate("ceramic"), stone)),
        ("metal against plastic: brighter", centroid_hz, 1.1,
         knock(plate("plastic"), stone), knock(plate("steel"), stone)),
        ("smaller plate: higher", centroid_hz, 1.2,
         knock(plate("steel", 0.4), stone), knock(plate("steel", 0.12), stone)),
        ("thicker plate: higher", peak_hz, 1.5,
         knock(plate("glass", 0.2, 0.002), stone), knock(plate("glass", 0.2, 0.006), stone)),
        ("larger ball of the same stuff: louder", level_db, 10.0,
         knock(scenes.ball("wood", 0.02), hardwood, 0.02), knock(scenes.ball("wood", 0.08), hardwood, 1.2)),
        ("nearer: louder", level_db, 9.0,
         knock(steel, stone, distance=8.0), knock(steel, stone, distance=2.0)),
        ("farther in a room: more of the room", late_share, 1.2, near, far),
        ("nearer outdoors: brighter", centroid_hz, 1.03,
         knock(steel, stone, distance=90.0), knock(steel, stone, distance=3.0)),
        ("farther: later", onset_s, 1.3,
         knock(steel, stone, distance=3.0), knock(steel, stone, distance=60.0)),
        ("inside against outside: rings on", late_share, 3.0,
         knock(steel, stone), knock(steel, stone, place=room)),
        ("hall against room: rings on longer", decay_s, 1.3,
         knock(wood, stone, place=room), knock(wood, stone, place=hall)),
        ("bare against furnished room: rings on", late_share, 1.5,
         knock(wood, stone, place=soft), knock(wood, stone, place=room)),
        ("faster rolling: brighter", centroid_hz, 1.2, rub("roll", 0.3), rub("roll", 3.0)),
        ("faster rolling: louder", level_db, 3.0, rub("roll", 0.3), rub("roll", 3.0)),
        ("heavier rolling: louder", level_db, 3.0, rub("roll", 1.0, 2.0), rub("roll", 1.0, 40.0)),
        ("faster sliding: brighter", centroid_hz, 1.2, rub("slide", 0.2), rub("slide", 2.5)),
        ("rougher ground: louder scrape", level_db, 1.0,
         rub("slide", 1.0, 5.0, "glass"), rub("slide", 1.0, 5.0, "concrete")),
        ("fuller bottle: higher", peak_hz, 1.8, bottle(0.1), bottle(0.9)),
        ("smaller bottle: higher", peak_hz, 1.3, bottle(0.4, 1.5, 0.32), bottle(0.4, 0.25, 0.18)),
        ("thinner jet: brighter", centroid_hz, 1.1,
         source(water.pour, 2.0, flow=0.4), source(water.pour, 2.0, flow=0.03)),
        ("lighter body into water: brighter", centroid_hz, 1.3,
         source(water.splash, 1.5, mass_kg=40.0, speed=4.0),
         source(water.splash, 1.5, mass_kg=0.2, speed=4.0)),
        ("faster wind: brighter", centroid_hz, 1.1,
         source(wind.wind, 3.0, speed=4.0), source(wind.wind, 3.0, speed=18.0)),
        ("stronger rain: denser", smoothness, 1.3,
         source(rain.rain, 3.0, surface="ground", strength=0.1),
         source(rain.rain, 3.0, surface="ground", strength=1.0)),
        ("rain on metal against roof tiles: brighter", centroid_hz, 1.5,
         source(rain.rain, 3.0, surface="roof", strength=0.5),
         source(rain.rain, 3.0, surface="metal", strength=0.5)),
        ("nearer thunder: brighter", centroid_hz, 1.5,
         source(thunder.thunder, 6.0, distance_m=6000.0), source(thunder.thunder, 6.0, distance_m=200.0)),
        ("farther thunder: rolls longer", rolling_s, 1.2, strikes(150.0), strikes(3000.0)),
        ("faster car: falls farther as it passes", falling, 1.03,
         source(engines.passing, 3.0, vehicle="car", speed=8.0, closest_m=4.0),
         source(engines.passing, 3.0, vehicle="car", speed=40.0, closest_m=4.0)),
        ("faster engine: higher", peak_hz, 1.5, engine(1200.0), engine(4800.0)),
        ("smaller dog: higher", centroid_hz, 1.2,
         source(throats.dog, 3.0, size=1.2), source(throats.dog, 3.0, size=0.5)),
        ("watch against wall clock: brighter", centroid_hz, 1.3,
         source(household.ticking, 2.0, size=0.9), source(household.ticking, 2.0, size=0.0)),
        ("outside against behind a wall: brighter", centroid_hz, 2.0,
         lambda: through_wall(source(rain.rain, 2.0, surface="ground", strength=0.5)()),
         source(rain.rain, 2.0, surface="ground", strength=0.5)),
    )
    # fmt: on
    return tuple(Pair(*row) for row in table)
