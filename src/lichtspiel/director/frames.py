"""What the clauses of a prompt say, before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lichtspiel.director.lexicon import Meaning, ParticleName, Role, SideName, Verb
from lichtspiel.director.senses import CueWord, Item, Sense, VerbWord

Determiner = Literal["none", "definite", "indefinite", "every", "both", "other"]


@dataclass(eq=False)
class NounPhrase:
    """A thing, place, part, surface or person of the prompt, with what is said about it."""

    head: Item | None = None
    """None: an adjective or number alone: `one red and one blue ball`, `on concrete`."""
    determiner: Determiner = "none"
    modifiers: list[tuple[Item, Sense]] = field(default_factory=list)
    share: tuple[Item, int] | None = None
    """Three of the ten pins: three."""
    contents: list[tuple[Item, Sense]] = field(default_factory=list)
    """Materials behind a bare `of`: a bucket of sand."""
    owner: NounPhrase | None = None
    """The hoop, in `the rim of the hoop`."""
    nameless: bool = False
    """Adjectives of something that the library does not hold."""
    camera: bool = False
    """The camera looks at it."""
    apposition: bool = False
    """It says more about `kin`: three marbles, one red, one blue."""
    kin: NounPhrase | None = None
    """For `a red and a blue ball`: the phrase that holds the noun."""

    @property
    def empty(self) -> bool:
        return self.head is None and not self.modifiers and self.share is None


@dataclass(eq=False)
class Relation:
    """A noun phrase behind a preposition."""

    role: Role
    phrase: NounPhrase
    anchor: NounPhrase | None
    """Noun phrase that stands right before the preposition."""
    side: SideName | None = None


@dataclass(eq=False)
class Frame:
    """A clause: who does what to what, where."""

    verb: tuple[Item, VerbWord] | None = None
    particles: list[tuple[Item, ParticleName]] = field(default_factory=list)
    subjects: list[NounPhrase] = field(default_factory=list)
    objects: list[NounPhrase] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    passive: bool = False
    causative: bool = False
    participle: bool = False
    infinitive: bool = False
    """It has no subject of its own: ohne den Rand zu berühren."""
    negation: Item | None = None
    camera: bool = False
    paces: list[tuple[Item, float]] = field(default_factory=list)
    headings: list[tuple[Item, SideName]] = field(default_factory=list)
    amounts: list[tuple[Item, CueWord]] = field(default_factory=list)
    together: list[Item] = field(default_factory=list)
    aside: bool = False
    """Says something of a thing in passing: `a plank lying between two bricks`."""
    inherits: bool = False
    """The subject is that of an earlier clause."""


@dataclass
class Reading:
    """What the clauses hold."""

    frames: list[Frame] = field(default_factory=list)
    cues: list[tuple[Item, CueWord, int]] = field(default_factory=list)
    """Each cue with the number of its sentence."""
    left: list[tuple[Item, str]] = field(default_factory=list)
    """Items that no slot takes, and why."""
    evident: list[tuple[Item, str]] = field(default_factory=list)
    """Items that come true by themselves, and how."""


def role_sense(verb: Verb, relation: Relation) -> Meaning | None:
    """What the verb means with this preposition, where that is an outcome."""
    sense = verb.roles.get(relation.role)
    return sense if sense and sense.outcome else None


def particle_sense(frame: Frame, verb: Verb) -> Meaning | None:
    """What the verb means with the particle that stands with it, where that is a sense of its own."""
    return next((verb.particles[name] for _, name in frame.particles if name in verb.particles), None)
