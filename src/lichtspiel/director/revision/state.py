"""Where the reading of an instruction stands: what was named, and what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lichtspiel.director.draft import Film
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.people_lexicon import BodyWord
from lichtspiel.director.people_senses import GarmentName, Span
from lichtspiel.director.revision.lexicon import Degree, Found
from lichtspiel.director.revision.people import Wardrobe
from lichtspiel.director.revision.things import look_of
from lichtspiel.director.senses import Item, ThingName
from lichtspiel.director.tokens import Token
from lichtspiel.director.vocabulary import Vocabulary
from lichtspiel.screenplay import Relation


@dataclass
class Clause:
    """What was read since the last mark of the prompt."""

    mode: str = "set"
    marked: bool = False
    into: bool = False
    """What comes next takes the place of what was named."""
    things: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    garment: GarmentName | None = None
    body: BodyWord | None = None
    fresh: tuple[Span, ThingName, tuple[Span, ...]] | None = None
    """A thing that the film does not have, with what is said of it."""
    relation: Relation | None = None
    camera: bool = False
    """What the camera shows was just spoken of."""


@dataclass
class State:
    """The film, the prompt's words, and what of them is still open."""

    film: Film
    tokens: Sequence[Token]
    marks: Mapping[int, Found]
    words: Vocabulary
    ledger: Ledger
    wardrobe: Wardrobe
    clause: Clause = field(default_factory=Clause)
    pending: list[Span] = field(default_factory=list)
    """Adjectives that wait for what they are said of."""
    degrees: list[tuple[Item, Degree]] = field(default_factory=list)
    number: tuple[Item, int] | None = None
    more: Item | None = None
    """The number comes on top of those that are there."""
    musical: bool = False
    """The clause speaks of music."""

    def begin(self, musical: bool) -> None:
        """A new clause; what kind of change it names, and of what, holds on until another is named."""
        held = self.clause
        mode = held.mode if held.mode in ("set", "add", "remove") else "set"
        self.clause = Clause(mode, held.marked, things=held.things, people=held.people)
        self.musical = musical


def look_at(state: State, item: Item, subjects: Sequence[str]) -> None:
    """The camera shows these."""
    state.film.shots(lambda _: {"subjects": tuple(subjects)})
    state.ledger.realise(item, "shots.0.subjects")
    state.clause.camera = False
    named_again(state, "shots.0.subjects")


def stranger(state: State, span: Span) -> None:
    """A noun that the film has nothing of."""
    state.ledger.refuse(span.item, "the film has none")
    for look in state.pending:
        state.ledger.refuse(look.item, "said of what the film does not have")
    state.pending, state.number = [], None


def named_again(state: State, slot: str) -> None:
    """Adjectives and numbers that only told which one was meant."""
    for span in state.pending:
        state.ledger.realise(span.item, slot, "named again")
    if state.number is not None:
        state.ledger.realise(state.number[0], slot)
    state.pending, state.number = [], None


def has_look(state: State, known: Sequence[str], span: Span) -> bool:
    """Whether one of these things has the colour or material that an adjective says."""
    props = [prop for prop in state.film.screenplay.props if prop.id in known]
    look = look_of(span)
    held = {getattr(prop, name) for prop in props for name in ("colour", "material")}
    return getattr(look, "id", "") in held
