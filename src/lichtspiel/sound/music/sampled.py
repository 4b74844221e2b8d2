"""Instruments that were recorded: samples of the pack `instruments`, at the pitches and forces asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lichtspiel.packs import store
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.sound.sources.noise import Array, Generator, clock, count_of

PACK = "instruments"
BORROWED = {"distorted_guitar": "clean_guitar", "lead_guitar": "clean_guitar"}
"""Instruments that are others through an amplifier."""
STROKES = {
    "kick": 36, "rim": 37, "snare": 38, "clap": 39, "hat": 42, "pedal_hat": 44, "tom": 47, "crash": 49,
    "ride": 51, "tambourine": 54, "cymbals": 57, "shaker": 70, "triangle": 81,
}  # fmt: skip
"""Drums by their keys in General MIDI."""
LONGEST_RELEASE_S, SHORTEST_RELEASE_S = 1.2, 0.05
STROKE_S = 2.0
FULL_DB = 100.0
"""What the decay and release times of a sound font stand for."""


@dataclass(frozen=True, eq=False)
class Samples:
    """What the pack holds."""

    zones: dict[str, list[dict[str, Any]]]
    """Zones of every instrument, as the pack's converter writes them."""
    data: NDArray[np.int16]


@cache
def samples() -> Samples | None:
    """The installed pack, or None."""
    try:
        zones = json.loads(store.content(PACK, "zones.json").read_text("utf-8"))
        return Samples(zones, np.load(store.content(PACK, "samples.npy"), mmap_mode="r"))
    except store.PackMissingError:
        return None


def note(
    kept: Samples, instrument: str, pitch_hz: float, seconds: float, force: float, rng: Generator
) -> Array:
    """A note of a sampled instrument, (N,). Raises KeyError for one that is not in the pack."""
    zones = kept.zones[BORROWED.get(instrument, instrument)]
    return _sounded(kept, zones, 69 + 12 * np.log2(pitch_hz / 440.0), seconds, force, rng)


def stroke(kept: Samples, drum: str, force: float, rng: Generator) -> Array:
    """A stroke on a sampled drum, (N,), with a peak of 1."""
    sound = _sounded(kept, kept.zones["drums"], float(STROKES[drum]), STROKE_S, force, rng)
    return sound / max(float(np.abs(sound).max()), 1e-9)


def has(kept: Samples, instrument: str) -> bool:
    """Whether the pack has an instrument, or a drum."""
    return instrument in STROKES or BORROWED.get(instrument, instrument) in kept.zones


def _sounded(
    kept: Samples, zones: Sequence[dict[str, Any]], key: float, seconds: float, force: float, rng: Generator
) -> Array:
    velocity = float(np.clip(30 + 90 * force, 1, 127))
    fitting = [z for z in zones if z["keys"][0] <= round(key) <= z["keys"][1]]
    fitting = fitting or [min(zones, key=lambda z: abs(np.mean(z["keys"]) - key))]
    played = [z for z in fitting if z["forces"][0] <= velocity <= z["forces"][1]]
    played = played or [min(fitting, key=lambda z: abs(np.mean(z["forces"]) - velocity))]
    # Layers that sound together are chorused variants of one; the first is the sound itself.
    return _zone(kept, played[0], key, seconds, rng)


def _zone(kept: Samples, zone: dict[str, Any], key: float, seconds: float, rng: Generator) -> Array:
    release = float(np.clip(zone["release_s"], SHORTEST_RELEASE_S, LONGEST_RELEASE_S))
    count = count_of(seconds + release)
    step = 2 ** ((key - zone["root"]) * zone["scale"] / 12) * zone["rate_hz"] / SAMPLE_RATE_HZ
    place = np.arange(count) * step
    if zone["loop"]:
        start, end = zone["loop"]
        place = np.where(place < end - 1, place, start + (place - start) % (end - 1 - start))
    last = zone["count"] - 2
    wave = kept.data[zone["first"] : zone["first"] + zone["count"]].astype(float) / 32768
    low = np.minimum(place.astype(np.int64), last)
    sound = wave[low] + np.clip(place - low, 0, 1) * (wave[low + 1] - wave[low])
    sound[place > last] = 0.0
    time = clock(count)
    attack = max(zone["attack_s"], 0.002) * rng.uniform(0.95, 1.05)
    fallen = np.maximum(time - attack - zone["hold_s"], 0) / max(zone["decay_s"], 1e-3) * FULL_DB
    level_db = -np.minimum(fallen, zone["sustain_db"]) - np.maximum(time - seconds, 0) / release * 60.0
    edge = np.minimum(time / attack, 1) * np.clip((seconds + release - time) / 0.01, 0, 1)
    return np.asarray(sound * edge * 10 ** ((level_db - zone["attenuation_db"]) / 20))
