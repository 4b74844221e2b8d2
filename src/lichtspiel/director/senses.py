"""What a span of the prompt may mean, and the spans once read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lichtspiel.director.lexicon import Arrangement, Cue, Left, Part, ParticleName, Preposition, Role, Verb

WordKind = Literal[
    "definite", "indefinite", "every", "both", "other", "pronoun", "conjunction", "subordinator", "sequel",
    "relative", "passive", "copula", "light_verb", "causative", "negation", "function", "ground", "varied",
    "together", "self_evident", "person", "tail",
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
class PartName:
    part: Part


@dataclass(frozen=True)
class SizeWord:
    scale: float


@dataclass(frozen=True)
class FormationWord:
    arrangement: Arrangement


@dataclass(frozen=True)
class NumberWord:
    value: int
    about: bool = False


@dataclass(frozen=True)
class PaceWord:
    speed: float


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
class PrepositionWord:
    preposition: Preposition


@dataclass(frozen=True)
class PronominalWord:
    """A preposition and what it speaks of in one word: dagegen."""

    role: Role


@dataclass(frozen=True)
class ParticleWord:
    particle: ParticleName


@dataclass(frozen=True)
class LeftWord:
    left: Left


@dataclass(frozen=True)
class Word:
    kind: WordKind


TAIL = Word("tail")
"""The part of a verb phrase that stands apart from its verb: liegen in `bleibt vor der Tür liegen`."""

Sense = (
    ThingName | PlaceName | MaterialName | ColourName | PartName | SizeWord | FormationWord | NumberWord
    | PaceWord | CueWord | VerbWord | PrepositionWord | PronominalWord | ParticleWord | LeftWord | Word
)  # fmt: skip


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
