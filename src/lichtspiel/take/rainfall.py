"""When it begins to rain or to snow: with the weather, or later, where the sounds tell so."""

from __future__ import annotations

from lichtspiel.library.catalogue import sounds
from lichtspiel.library.hearing import SoundEntry
from lichtspiel.screenplay import Weather
from lichtspiel.stage.world import World
from lichtspiel.take.cues import timed
from lichtspiel.take.model import Take

RAIN = ("rain:rain", "rain:hail")
"""Builders of the sounds of rain."""
DRY_S = 0.5
"""Ground that is seen for longer than this before the rain begins is dry."""


def begins_s(world: World, take: Take) -> float:
    """Film time from which what the weather brings falls; 0 where no sound tells that it begins later."""
    if world.screenplay.setting.weather is not Weather.RAIN:
        return 0.0
    return min((item.start_s for item in timed(world, take) if _rains(item.entry)), default=0.0)


def begins_dry(world: World, take: Take) -> bool:
    """Whether the film sees the ground before any rain has fallen on it."""
    return begins_s(world, take) > DRY_S


def _rains(entry: SoundEntry) -> bool:
    known = sounds()
    return any(one.builder in RAIN for one in (entry, *(known[layer.sound] for layer in entry.layers)))
