"""What a place sounds like when nothing happens in it, in its weather and at its time of day.

The bed is made for the film's whole length of layers that change slowly, so that it never repeats and runs
on across cuts.
"""

from __future__ import annotations

import numpy as np

from lichtspiel.library.catalogue import sounds
from lichtspiel.library.hearing import SoundEntry
from lichtspiel.screenplay import Weather
from lichtspiel.sound.dice import Dice
from lichtspiel.sound.mix import in_the_mix
from lichtspiel.sound.modes import Array
from lichtspiel.sound.reverberation import low_passed
from lichtspiel.sound.sounding import at_level, layered
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.stage.world import World

WALL_HZ, WALL_DB = 500.0, -14.0
"""What windows and walls leave of sounds outside: the bass, and of the whole so much."""
RAIN = {"rain:rain"}
STILL_M_S = 3.0
"""Wind below this is not heard over a place's own sounds."""


def bed(world: World, samples: int, dice: Dice) -> Array:
    """Ambience (2, N) of the film's place, full scale. Raises ValueError for an unknown one."""
    total = np.zeros((2, samples))
    if world.acoustics.bed == "none" or world.air_density <= 0:
        return total
    entry = ambience_of(world)
    base = max(world.acoustics.bed_level_db, in_the_mix(entry.level_db))
    total += _made(world, entry, samples, base, dice)
    for extra in _weather(world, world.acoustics.room_m is not None):
        level_db = extra.level_db + (WALL_DB if is_outside(extra, world) else 0.0)
        total += _made(world, extra, samples, in_the_mix(level_db), dice)
    return total


def ambience_of(world: World) -> SoundEntry:
    """The ambience that belongs to the film's place, or that the place names."""
    setting = world.screenplay.setting
    for entry in sounds().values():
        if setting.place in entry.places:
            return entry
    try:
        return sounds()[world.acoustics.bed]
    except KeyError:
        known = ", ".join(e.id for e in sounds().values() if e.layers)
        raise ValueError(f"there is no ambience called {world.acoustics.bed!r}; there are {known}") from None


def all_around(world: World, entry: SoundEntry, seconds: float, rng: np.random.Generator) -> Array:
    """A sound (2, N) as it is where the film plays, in pascal: a room hears through its walls."""
    sound = layered(entry, world.screenplay.setting, seconds, rng)
    return at_level(through_wall(sound), entry.level_db + WALL_DB) if is_outside(entry, world) else sound


def _made(world: World, entry: SoundEntry, samples: int, level_dbfs: float, dice: Dice) -> Array:
    sound = all_around(world, entry, samples / SAMPLE_RATE_HZ, dice.of(f"ambience {entry.id}"))
    sound = np.pad(sound, ((0, 0), (0, max(0, samples - sound.shape[1]))))[:, :samples]
    size = float(np.sqrt(np.mean(sound**2)))
    return sound * (10 ** (level_dbfs / 20) / size) if size > 0 else sound


def through_wall(sound: Array) -> Array:
    """The treble of a sound (…, N) outside is lost on its way into a room."""
    return low_passed(sound, WALL_HZ, order=2)


def is_outside(entry: SoundEntry, world: World) -> bool:
    """Whether a sound without a source in the film comes to the action through walls."""
    room = world.acoustics.room_m
    if room is None:
        return False
    if entry.outdoors is not None:
        return entry.outdoors
    far = not entry.around and entry.distance_m > float(np.linalg.norm(room))
    return entry.kind in ("weather", "vehicle") or far


def _weather(world: World, indoors: bool) -> list[SoundEntry]:
    """What the film's weather adds, unless a cue of the screenplay has it already."""
    setting, found = world.screenplay.setting, []
    cued = {sounds()[cue.sound].builder for cue in world.screenplay.sounds}
    if setting.weather is Weather.RAIN and not cued & RAIN:
        found += [sounds()["rain_on_window"], sounds()["rain"]] if indoors else [sounds()["rain"]]
    speed = setting.wind_m_s or 0.0
    if speed > STILL_M_S and not indoors:
        entry = sounds()["strong_wind" if speed > 11 else "wind"]
        # Wind's noise grows with the cube of its speed in amplitude, about 18 dB per doubling.
        usual = float(entry.parameters["speed"])  # type: ignore[arg-type]
        level = float(np.clip(entry.level_db + 60 * np.log10(speed / usual), 20, 90))
        found.append(entry.model_copy(update={"parameters": {"speed": speed}, "level_db": level}))
    return found
