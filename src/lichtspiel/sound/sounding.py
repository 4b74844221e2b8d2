"""The sounds of the library, made: as long as they are asked for, and as loud as they are."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import cache

import numpy as np

from lichtspiel.library.catalogue import sounds
from lichtspiel.library.hearing import SoundEntry, SoundLayer
from lichtspiel.library.records import Parameter
from lichtspiel.screenplay import Setting
from lichtspiel.sound.modes import Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ

Builder = Callable[[Mapping[str, Parameter], float, np.random.Generator], Array]

REFERENCE_PA = 2e-5
LOUD_S, LOUD_SHARE = 0.125, 0.95
"""A sound's loud moments: what 5 % of its eighths of a second exceed, as a level meter set to fast has it."""


def made(entry: SoundEntry, seconds: float, rng: np.random.Generator) -> Array:
    """A sound that is not made of layers, (N,) or (2, N), in pascal at 1 m.

    Raises AttributeError or ImportError for a builder that there is not.
    """
    if entry.builder is None:
        raise ValueError(f"{entry.id} is made of layers: it has a place, not a source")
    signal = _builder(entry.builder)(entry.parameters, seconds, rng)
    return at_level(np.asarray(signal, float), entry.level_db)


def layered(entry: SoundEntry, setting: Setting, seconds: float, rng: np.random.Generator) -> Array:
    """A sound as it is all around, (2, N), in pascal: its layers as time of day and weather have them."""
    if entry.builder is not None:
        return at_level(_wide(made(entry, seconds, rng)), entry.level_db)
    total = np.zeros((2, max(1, round(seconds * SAMPLE_RATE_HZ))))
    for layer in entry.layers:
        # Each layer draws from a generator of its own, so that a layer more leaves the others as they are.
        own = np.random.default_rng(rng.integers(0, 2**63))
        if _heard(layer, setting):
            part = layered(sounds()[layer.sound], setting, seconds, own)
            total += at_level(part, entry.level_db + layer.level_db)
    return at_level(total, entry.level_db)


def sound_of(thing: str) -> SoundEntry | None:
    """The sound that a thing of the library makes of itself."""
    return next((entry for entry in sounds().values() if thing in entry.things), None)


def at_level(signal: Array, level_db: float) -> Array:
    """A signal whose loud moments have this sound pressure level; silence stays silence."""
    mono = signal if signal.ndim == 1 else np.sqrt(np.mean(signal**2, axis=0))
    step = round(LOUD_S * SAMPLE_RATE_HZ)
    blocks = np.pad(mono, (0, -len(mono) % step)).reshape(-1, step)
    loud = float(np.quantile(np.mean(blocks**2, axis=1), LOUD_SHARE, method="higher"))
    return signal * (REFERENCE_PA * 10 ** (level_db / 20) / np.sqrt(loud)) if loud > 0 else signal


def _heard(layer: SoundLayer, setting: Setting) -> bool:
    return (not layer.times or setting.time_of_day in layer.times) and (
        not layer.weathers or setting.weather in layer.weathers
    )


def _wide(signal: Array) -> Array:
    return signal if signal.ndim == 2 else np.array([signal, signal])


@cache
def _builder(name: str) -> Builder:
    module, function = name.split(":")
    found: Builder = getattr(importlib.import_module(f"lichtspiel.sound.sources.{module}"), function)
    return found
