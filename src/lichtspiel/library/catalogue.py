"""Find and build what the library holds.

Entries are YAML lists under `library/data/`; adding a file there adds its entries.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from lichtspiel.library import clips
from lichtspiel.library.asset import Asset, Vec3
from lichtspiel.library.hearing import MusicalStyleEntry, SoundEntry, VoiceEntry
from lichtspiel.library.motion import MotionEntry, WalkEntry
from lichtspiel.library.place import PlaceAsset
from lichtspiel.library.records import (
    BeardEntry,
    ColourEntry,
    Entry,
    ExpressionEntry,
    EyeColourEntry,
    GarmentEntry,
    HairColourEntry,
    HairStyleEntry,
    LookEntry,
    MaterialEntry,
    PairEntry,
    Parameter,
    PlaceEntry,
    RoleEntry,
    SkinToneEntry,
    ThingEntry,
    TraitEntry,
)
from lichtspiel.library.score import Score
from lichtspiel.screenplay import Light, TimeOfDay, Weather

Generator = np.random.Generator


@dataclass(frozen=True)
class Wish:
    """What the screenplay asks of a thing beyond its entry."""

    material: str
    """Physical material of its body; the entry's own where the screenplay is silent."""
    look: str | None = None
    """Look of that material; None where the thing keeps its own looks."""
    colour: Vec3 | None = None
    scale: float = 1.0


@dataclass(frozen=True)
class Surroundings:
    """What the screenplay asks of a place."""

    time_of_day: TimeOfDay
    weather: Weather
    light: Light
    ground: str | None = None
    """Material for the floor or table top of the action; None = the place's own."""
    doorway: bool = False
    """The way out of a room is open for a door of its own that somebody works."""


ThingBuilder = Callable[[Mapping[str, Parameter], Wish, Generator], Asset]
PlaceBuilder = Callable[[Mapping[str, Parameter], Surroundings, Generator], PlaceAsset]


def things() -> Mapping[str, ThingEntry]:
    """All things by id."""
    return _read("things", ThingEntry)


def motions() -> Mapping[str, MotionEntry]:
    """All motions by id, people's own among them."""
    own = clips.entries(clips.folder())
    return {**own, **_read("motions", MotionEntry)} if own else _read("motions", MotionEntry)


def walks() -> Mapping[str, WalkEntry]:
    """Normal walks by id, from very slow to very fast."""
    return _read("gaits", WalkEntry)


def scores() -> Mapping[str, Score]:
    """How motions go, by the motion's id; of own ones how long they last and where they end."""
    own = clips.scores(clips.folder())
    return {**own, **_read("scores", Score)} if own else _read("scores", Score)


def clip(motion: str) -> clips.Clip | None:
    """The recording of one of people's own motions; None of the library's, which have scores."""
    root = clips.folder()
    return clips.clip(root, motion) if motion in clips.entries(root) else None


def sounds() -> Mapping[str, SoundEntry]:
    """All sounds by id, ambiences among them."""
    return _read("sounds", SoundEntry)


def musical_styles() -> Mapping[str, MusicalStyleEntry]:
    """All styles of music by id."""
    return _read("music", MusicalStyleEntry)


def places() -> Mapping[str, PlaceEntry]:
    """All places by id."""
    return _read("places", PlaceEntry)


def looks() -> Mapping[str, LookEntry]:
    """All looks by id."""
    return _read("looks", LookEntry)


def materials() -> Mapping[str, MaterialEntry]:
    """All physical materials by id."""
    return _read("materials", MaterialEntry)


def colours() -> Mapping[str, ColourEntry]:
    """All colours by id."""
    return _read("colours", ColourEntry)


def roles() -> Mapping[str, RoleEntry]:
    """All roles that people can have, by id."""
    return _read("roles", RoleEntry)


def skin_tones() -> Mapping[str, SkinToneEntry]:
    """All tones of skin by id, from fair to dark."""
    return _read("people/skin_tones", SkinToneEntry)


def eye_colours() -> Mapping[str, EyeColourEntry]:
    """All colours of the iris by id."""
    return _read("people/eye_colours", EyeColourEntry)


def hair_colours() -> Mapping[str, HairColourEntry]:
    """All colours that hair grows in, by id."""
    return _read("people/hair_colours", HairColourEntry)


def hair_styles() -> Mapping[str, HairStyleEntry]:
    """All hair styles of the head, by id."""
    return _read("hair/styles", HairStyleEntry)


def beards() -> Mapping[str, BeardEntry]:
    """All beards by id, `none` among them."""
    return _read("hair/beards", BeardEntry)


def garments() -> Mapping[str, GarmentEntry]:
    """Everything people can wear, by id."""
    return _read("garments", GarmentEntry)


def traits() -> Mapping[str, TraitEntry]:
    """All traits that tell faces and bodies apart, by id."""
    return _read("people/traits", TraitEntry)


def expressions() -> Mapping[str, ExpressionEntry]:
    """What a face does to show each expression of the screenplay, by its name."""
    return _read("people/expressions", ExpressionEntry)


def voices() -> Mapping[str, VoiceEntry]:
    """All voices that people can have, by id."""
    return _read("voices", VoiceEntry)


@cache
def pairs() -> Mapping[frozenset[str], PairEntry]:
    """What is known of two materials against each other, by the set of their ids."""
    entries = [PairEntry.model_validate(item) for item in _items("pairs")]
    return {frozenset((entry.first, entry.second)): entry for entry in entries}


def build_thing(thing: str, wish: Wish, rng: Generator) -> Asset:
    """Build a thing. Raises KeyError for an unknown id."""
    entry = things()[thing]
    builder: ThingBuilder = _function("things", entry.builder)
    return builder(entry.parameters, wish, rng)


def build_place(place: str, surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """Build a place. Raises KeyError for an unknown id."""
    entry = places()[place]
    builder: PlaceBuilder = _function("places", entry.builder)
    return builder(entry.parameters, surroundings, rng)


@cache
def _read[E: Entry](folder: str, schema: type[E]) -> Mapping[str, E]:
    entries: dict[str, E] = {}
    for item in _items(folder):
        entry = schema.model_validate(item)
        name = str(getattr(entry, "id"))  # noqa: B009 - every schema read here has an id
        if name in entries:
            raise ValueError(f"the library holds two {folder} called {name}")
        entries[name] = entry
    return entries


def _items(folder: str) -> list[dict[str, Any]]:
    data = files("lichtspiel.library") / "data"
    sheet, root = data / f"{folder}.yaml", data / folder
    if sheet.is_file():
        return list(yaml.safe_load(sheet.read_text("utf-8")) or [])
    sheets = sorted((s for s in root.iterdir() if s.name.endswith(".yaml")), key=lambda s: s.name)
    return [item for sheet in sheets for item in yaml.safe_load(sheet.read_text("utf-8")) or []]


def _function(folder: str, name: str) -> Any:
    module, function = name.split(":")
    return getattr(importlib.import_module(f"lichtspiel.library.{folder}.{module}"), function)
