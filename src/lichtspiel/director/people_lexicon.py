"""The sheets of words about people, checked when they are read."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from lichtspiel.director.lexicon import Cue, Phrases, Sheet
from lichtspiel.screenplay import Action, Expression, Gaze

BodyPart = Literal["hair", "eyes", "skin", "face"]
GroupForm = Literal["row", "two_rows", "group", "circle", "crowd", "queue"]


class Quality(Phrases):
    """An adjective of a person."""

    years: float | None = None
    """Age of a grown-up of whom it is said; for children, of their role's ages the nearest."""
    children: bool = False
    """Said of children it is their age, of others it is not taken."""
    deviations: float | None = None
    """How much taller than others of their age, in standard deviations."""
    build: float | None = None
    muscle: float | None = None
    features: Literal["african", "asian", "european", "mixed"] | None = None
    skin: str | None = None
    hair: str | None = None
    style: str | None = None
    beard: str | None = None
    expression: Expression | None = None
    accent: Literal["us", "gb"] | None = None
    """Of their English."""


class HairShape(Phrases):
    length: Literal["short", "medium", "long"] | None = None
    texture: Literal["straight", "wavy", "curly", "braided"] | None = None


class BodyWord(Phrases):
    part: BodyPart


class GarmentWord(Phrases):
    """A garment's name beyond those of the library, or of several worn together."""

    garment: str
    along: tuple[str, ...] = ()
    """What is worn with it: the trousers of a suit."""


class KindWord(Phrases):
    """Garments of a kind: shoes, headwear."""

    kind: str


class Pattern(Phrases):
    pattern: Literal["plain", "stripes", "checks", "dots", "floral", "camouflage"]


class Shade(Phrases):
    colour: str


class Deed(Phrases):
    """What people do."""

    action: Action
    expression: Expression | None = None
    cloth: bool = False
    """What a garment does in the wind."""
    spot: str | None = None
    """Spot of the place where it begins: who enters comes through the door."""
    gaze: Gaze | None = None
    """Which way it goes."""


class Way(Phrases):
    """Where a look or a walk goes."""

    gaze: Gaze


class SpotWord(Phrases):
    """A spot of a place that people stand at, sit on or look to."""

    spot: str
    place: str | None = None
    """Place that has it, when the prompt names none."""
    also: tuple[str, ...] = ()
    """Places that have it, too: where such people are found."""
    seat: bool = False


class Fixture(Phrases):
    """What stands in places of a kind anyway: the net of a tennis court."""

    places: tuple[str, ...]


class Group(Phrases):
    arrangement: GroupForm
    count: int | None = None
    """How many, when the prompt gives no number."""
    people: bool = False
    """People are meant, even if it does not say so: a crowd, a family."""
    couple: bool = False
    """A man and a woman."""


class Undone(Phrases):
    reason: str


class Bystander(Sheet):
    """People in the background of a lively place."""

    id: str
    count: int
    side: Literal["left", "right"]
    motion: str
    arrangement: GroupForm | None = None


class Life(Phrases):
    """Places full of people, and the words and sounds that say that they are."""

    places: tuple[str, ...]
    always: tuple[str, ...]
    """Places that are so without a word."""
    sounds: tuple[str, ...]
    bystanders: tuple[Bystander, ...]


class Occasion(Sheet):
    """What people wear for what they do, where neither the prompt nor their role says it."""

    motions: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    """Things that they do it on or with."""
    female: tuple[dict[str, str], ...] = ()
    male: tuple[dict[str, str], ...] = ()
    """Garments with their colours; what goes with them comes along."""
    without: tuple[str, ...] = ()
    """Kinds of garments that they do without: shoes in bed."""


class ClosePart(Phrases):
    """A part of people that a close-up may be of."""

    part: Literal["hands", "feet"]


class WorkDress(Sheet):
    """What the name of a garment means of people who wear another by that name at work."""

    roles: tuple[str, ...]
    said: tuple[str, ...]
    means: str


class PeopleLexicon(Sheet):
    close_parts: tuple[ClosePart, ...]
    work_dress: tuple[WorkDress, ...]
    qualities: tuple[Quality, ...]
    hair_shapes: tuple[HairShape, ...]
    body: tuple[BodyWord, ...]
    garments: tuple[GarmentWord, ...]
    kinds: tuple[KindWord, ...]
    bare: tuple[KindWord, ...]
    patterns: tuple[Pattern, ...]
    shades: tuple[Shade, ...]
    deeds: tuple[Deed, ...]
    ways: tuple[Way, ...]
    spots: tuple[SpotWord, ...]
    fixtures: tuple[Fixture, ...]
    groups: tuple[Group, ...]
    cues: tuple[Cue, ...]
    photos: Phrases
    shots: Phrases
    same: Phrases
    without: Phrases
    wearing: Phrases
    evident: tuple[Undone, ...]
    undone: tuple[Undone, ...]
    life: Life
    occasions: tuple[Occasion, ...]
    homes: dict[str, str]
    """Places that have a twin in which people have more room."""


@cache
def people_lexicon() -> PeopleLexicon:
    """The sheet under `director/lexicon/people/`. Raises ValidationError for a faulty one."""
    sheet = files("lichtspiel.director") / "lexicon" / "people" / "people.yaml"
    return PeopleLexicon.model_validate(yaml.safe_load(sheet.read_text("utf-8")))
