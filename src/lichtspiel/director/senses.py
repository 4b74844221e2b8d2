"""What a span of the prompt may mean, and the spans once read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lichtspiel.director.lexicon import (
    Cue,
    DimensionName,
    Formation,
    Heading,
    Left,
    Number,
    Pace,
    Part,
    Particle,
    ParticleName,
    Preposition,
    Role,
    Side,
    Size,
    Verb,
)

WordKind = Literal[
    "definite", "indefinite", "every", "both", "other", "pronoun", "conjunction", "subordinator", "sequel",
    "relative", "passive", "copula", "light_verb", "causative", "negation", "absent", "almost", "function",
    "ground", "varied", "together", "self_evident", "person", "tail",
]  # fmt: skip


@dataclass(frozen=True)
class ThingName:
    ids: tuple[str, ...]
    """Every thing of the library that goes by this name."""


@dataclass(frozen=True)
class PlaceName:
    ids: tuple[str, ...]


@dataclass(frozen=True)
class MaterialName:
    id: str


@dataclass(frozen=True)
class ColourName:
    id: str


@dataclass(frozen=True)
class Measure:
    """A length with its unit: 30 cm tall."""

    dimension: DimensionName | None
    metres: float
    """The length; before its number is read, the unit."""


@dataclass(frozen=True)
class CueWord:
    cue: Cue
    amount: float | None = None


@dataclass(frozen=True)
class VerbWord:
    verb: Verb
    particle: ParticleName | None = None
    """Written in one word with the verb: umfallen."""


@dataclass(frozen=True)
class PronominalWord:
    """A preposition and what it speaks of in one word: dagegen."""

    role: Role


@dataclass(frozen=True)
class Word:
    kind: WordKind


TAIL = Word("tail")
"""The part of a verb phrase that stands apart from its verb: liegen in `bleibt vor der Tür liegen`."""

Sense = (
    ThingName | PlaceName | MaterialName | ColourName | Part | Size | Measure | Side | Formation | Number
    | Pace | Heading | CueWord | VerbWord | Preposition | PronominalWord | Particle | Left | Word
)  # fmt: skip
"""A sheet of the lexicon itself where the prompt adds nothing to it."""

NOUNS = (ThingName, PlaceName, Part)
"""Kinds of senses that may be the head of a noun phrase."""
ADJECTIVES = (ColourName, MaterialName, Size, Measure, Side, Number, Left, Formation)
"""Kinds of senses that may stand before a noun."""


@dataclass(frozen=True)
class Item:
    """A span of tokens [start, end) with the senses it may have; none when nobody knows it."""

    start: int
    end: int
    senses: tuple[Sense, ...] = ()
    mark: str = ""
    """The mark itself, for punctuation."""
    plural: bool = False
    modifiers: tuple[Sense, ...] = field(default=())
    """What the first part of a German compound says: Holz in Holztisch."""

    def sense[S](self, kind: type[S]) -> S | None:
        """The sense of this kind, if it has one."""
        return next((sense for sense in self.senses if isinstance(sense, kind)), None)

    @property
    def unknown(self) -> bool:
        """Whether it is a word that nobody knows."""
        return not self.senses and not self.mark

    def word(self, *kinds: WordKind) -> bool:
        """Whether it is a word of one of these closed classes."""
        return any(isinstance(sense, Word) and sense.kind in kinds for sense in self.senses)
