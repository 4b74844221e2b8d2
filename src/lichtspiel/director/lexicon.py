"""The director's lexicon: YAML sheets of words and what they mean, checked when they are read.

Phrases are written in dictionary form (`pull back`, `warm licht`): singular nouns, infinitives
and uninflected adjectives, so that every inflection of the prompt finds them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from lichtspiel.screenplay import Action, Look, OutcomeKind, Setting, Shot

Role = Literal[
    "from", "onto", "on", "into", "in", "through", "down", "up", "along", "across", "against", "with", "of",
    "under", "beside", "behind", "in_front_of", "above", "towards", "around", "between", "at", "by", "after",
    "past", "until", "without", "out_of", "like",
]  # fmt: skip
ParticleName = Literal[
    "over", "off", "away", "down", "back", "in", "out", "apart", "past", "up", "on", "still"
]
DimensionName = Literal["height", "length", "width", "depth", "thickness", "diameter"]
SideName = Literal["left", "right"]
Arrangement = Literal["row", "stack", "pyramid", "scatter", "circle"]


class Sheet(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Phrases(Sheet):
    """Ways to say it, in each language."""

    en: tuple[str, ...] = ()
    de: tuple[str, ...] = ()


class Cue(Phrases):
    """Words about the film rather than the action: camera, time, light, look, speed."""

    shot: dict[str, Any] = {}
    """Fields of the shot."""
    setting: dict[str, Any] = {}
    """Fields of the setting."""
    look: Look | None = None
    sound: str | None = None
    """Sound of the library that it brings: thunder."""
    camera: bool = False
    """What follows is what the camera looks at: `close-up of`, `the camera tracks`."""
    cut: bool = False
    """A new shot begins."""
    amount: (
        Literal["focal_length_mm", "f_stop", "duration_s", "at_s", "height_m", "slowdown", "fps"] | None
    ) = None
    """The phrase holds a number, written `#`, for this."""
    factor: float = 1.0
    """Unit of that number: 0.01 for centimetres."""
    note: str = ""
    reason: str = ""
    """Why the film does not show it; empty = it does."""

    @model_validator(mode="after")
    def _fields_exist(self) -> Cue:
        for name, record, fields in (("shot", Shot, self.shot), ("setting", Setting, self.setting)):
            sample = {"place": "studio"} if name == "setting" else {}
            record.model_validate({**sample, **fields})
        return self


class Meaning(Sheet):
    """What a verb means in one construction."""

    action: Action | None = None
    outcome: OutcomeKind | None = None


class Verb(Phrases):
    """A verb. Regular forms are found by rule; irregular ones are listed with it."""

    action: Action | None = None
    """What its subject does; None = it only says how something ends."""
    patient: Action | None = None
    """What its object does when no thing of the film is the doer: `a ball is dropped`."""
    outcome: OutcomeKind | None = None
    """What the verb itself says happens, to its object if it has one."""
    then: OutcomeKind | None = None
    """What it says happens when the subject is already under way."""
    cause: OutcomeKind | None = None
    """What it adds to the doer's outcomes when the subject was hit by something before."""
    self_evident: bool = False
    """It happens by itself in the course of the action: wobbling, gathering speed."""
    passes: bool = False
    """A vehicle that does it goes by whoever looks on."""
    static: bool = False
    """It says where the subject is, not that it moves."""
    speed: Annotated[float, Field(gt=0)] = 1.0
    """Of the usual pace of who does it: a horse that trots."""
    particles: dict[ParticleName, Meaning] = {}
    roles: dict[Role, Meaning] = {}


class Preposition(Phrases):
    role: Role
    side: SideName | None = None
    """To the left of it."""
    motion: Role | None = None
    """Role with a German accusative: auf den Tisch."""


class Part(Phrases):
    """A part of a thing that outcomes may name."""

    part: str
    of: tuple[str, ...]
    """Things that have it; the first is taken when the prompt names none of them."""


class Size(Phrases):
    scale: Annotated[float, Field(ge=0.1, le=10)]


class Unit(Phrases):
    """A unit of length: `# cm` with what it measures in `dimensions`."""

    metres: Annotated[float, Field(gt=0)]


class Dimension(Phrases):
    """Which extent a length is, behind its unit: `30 cm tall`."""

    dimension: DimensionName
    before: Phrases = Phrases()
    """Said before it: `with a diameter of 30 cm`."""


class Side(Phrases):
    """Where in the picture a thing stands: on the left, der linke."""

    side: SideName


class Formation(Phrases):
    arrangement: Arrangement


class Number(Phrases):
    value: int
    about: bool = False
    """Not an exact number: several, many."""


class Pace(Phrases):
    speed: Annotated[float, Field(gt=0, le=5)]


class Heading(Phrases):
    """Which way something goes through the picture: from left to right."""

    to: SideName


class Habit(Sheet):
    """What things of a kind do, or how several of them stand, when the prompt is silent."""

    tag: str | None = None
    thing: str | None = None
    action: Action | None = None
    arrangement: Arrangement | None = None
    count: int | None = None


class Coloured(Phrases):
    """A noun that says a thing and its colour: Schimmel, a white horse."""

    thing: str
    colour: str


class Left(Phrases):
    """Words that the film cannot show yet, and why."""

    reason: str


class Particle(Phrases):
    particle: ParticleName


class Words(Sheet):
    """Closed classes."""

    definite: Phrases
    indefinite: Phrases
    every: Phrases
    both: Phrases
    other: Phrases
    pronouns: Phrases
    conjunctions: Phrases
    subordinators: Phrases
    sequels: Phrases
    relatives: Phrases
    passive: Phrases
    copula: Phrases
    light_verbs: Phrases
    causatives: Phrases
    negations: Phrases
    absent: Phrases
    """Negations of a noun: kein."""
    almost: Phrases
    """Negations after which the action is still tried: almost falls over."""
    function: Phrases
    ground: Phrases
    varied: Phrases
    together: Phrases
    self_evident: Phrases
    pronominal: dict[str, Role]
    """German adverbs that stand for a preposition and a pronoun: dagegen."""
    accusative: tuple[str, ...]
    dative: tuple[str, ...]
    verb_prefixes: dict[str, ParticleName]


class Lexicon(Sheet):
    words: Words
    cues: tuple[Cue, ...]
    verbs: tuple[Verb, ...]
    particles: tuple[Particle, ...]
    prepositions: tuple[Preposition, ...]
    parts: tuple[Part, ...]
    sizes: tuple[Size, ...]
    units: tuple[Unit, ...]
    dimensions: tuple[Dimension, ...]
    sides: tuple[Side, ...]
    formations: tuple[Formation, ...]
    numbers: tuple[Number, ...]
    paces: tuple[Pace, ...]
    headings: tuple[Heading, ...]
    habits: tuple[Habit, ...]
    coloured: tuple[Coloured, ...]
    left: tuple[Left, ...]
    people: Phrases
    bystander: str
    """Thing that stands in a landscape of which the prompt names nothing else."""
    afloat: dict[str, str]
    """What floats there instead, by place, where the ground is water."""


@cache
def lexicon() -> Lexicon:
    """All sheets under `director/lexicon/`, merged. Raises ValidationError for a faulty sheet."""
    merged: dict[str, Any] = {}
    root = files("lichtspiel.director") / "lexicon"
    for sheet in sorted((s for s in root.iterdir() if s.name.endswith(".yaml")), key=lambda s: s.name):
        for key, value in yaml.safe_load(sheet.read_text("utf-8")).items():
            if isinstance(value, list):
                merged.setdefault(key, []).extend(value)
            else:
                merged[key] = value
    return Lexicon.model_validate(merged)
