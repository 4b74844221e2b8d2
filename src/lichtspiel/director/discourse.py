"""What was spoken of so far: the film's things, and which of them a pronoun may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lichtspiel.director.frames import NounPhrase
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.props import DraftProp
from lichtspiel.director.senses import Item, Word
from lichtspiel.director.tokens import Token
from lichtspiel.director.vocabulary import Vocabulary
from lichtspiel.library.records import ThingEntry
from lichtspiel.screenplay import Action


@dataclass(frozen=True)
class Referent:
    """What a noun phrase means."""

    props: tuple[str, ...] = ()
    part: str | None = None
    ground: bool = False
    places: tuple[str, ...] = ()
    person: bool = False
    share: int | None = None
    every: bool = False


@dataclass
class Discourse:
    """All things so far, and which were spoken of last: what later words may refer to."""

    words: Vocabulary
    tokens: tuple[Token, ...]
    ledger: Ledger
    mentioned: frozenset[str] = frozenset()
    """Things that the prompt names anywhere: a ball beside a hoop is a basketball."""
    props: dict[str, DraftProp] = field(default_factory=dict)
    topic: tuple[str, ...] = ()
    """Props that were the subject last."""
    acting: tuple[str, ...] = ()
    """Props that are the subject of the clause being read."""
    topic_before: tuple[str, ...] = ()
    """Props that were the subject before that."""
    other_topic: tuple[str, ...] = ()
    """Props that were spoken of last and were not the subject."""
    action: Action | None = None
    """What the clause being read is about: decides between things of the same name."""
    known: dict[int, Referent] = field(default_factory=dict)
    grounds: list[tuple[Item, str]] = field(default_factory=list)
    """Materials said of the floor or of a place."""
    place_mentions: list[tuple[Item, tuple[str, ...]]] = field(default_factory=list)
    places_left: list[tuple[Item, tuple[str, ...]]] = field(default_factory=list)
    """Places that something only comes from: rolls off the roof."""

    def entry(self, prop_id: str) -> ThingEntry:
        """Library entry of a prop."""
        return self.words.library.things[self.props[prop_id].thing]

    def add(self, thing: str, mentioned: bool = True) -> DraftProp:
        """A new prop of this thing."""
        number, prop_id = 1, thing
        while prop_id in self.props or prop_id == "ground":
            number += 1
            prop_id = f"{thing}_{number}"
        self.props[prop_id] = DraftProp(prop_id, thing, mentioned=mentioned)
        return self.props[prop_id]

    def part_from(self, prop_id: str) -> str:
        """Make one of several things a prop of its own: two balls that collide. Returns its id."""
        group = self.props[prop_id]
        rest = replace(group, id=self.add(group.thing, group.mentioned).id, count=group.count - 1)
        self.props[rest.id] = rest
        group.count = 1
        return rest.id

    def leave_out(self, phrase: NounPhrase) -> None:
        """Account for a thing that the film shall not show."""
        for item in (phrase.head, *(item for item, _ in phrase.modifiers)):
            if item is not None:
                self.ledger.realise(item, "props", "left out, as asked")
        self.known[id(phrase)] = Referent()

    def set_aside(self, phrase: NounPhrase, reason: str) -> None:
        """Account for a thing that is named but not part of the film."""
        for item in (phrase.head, *(item for item, _ in phrase.modifiers)):
            if item is not None:
                self.ledger.refuse(item, reason)
        self.known[id(phrase)] = Referent()

    def refuse_modifiers(self, phrase: NounPhrase, reason: str) -> None:
        """Account for what is said about a thing and cannot be shown."""
        for item, sense in phrase.modifiers:
            if not isinstance(sense, Word) and item is not phrase.head:
                self.ledger.refuse(item, reason)

    def of_thing(self, things: tuple[str, ...]) -> DraftProp | None:
        """The last prop that is one of these things."""
        return next((p for p in reversed(self.props.values()) if p.thing in things), None)


def props_of(referents: Sequence[Referent]) -> list[str]:
    """The props of several noun phrases, each once."""
    return list(dict.fromkeys(prop for referent in referents for prop in referent.props))
