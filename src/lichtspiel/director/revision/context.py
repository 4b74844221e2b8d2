"""Read clauses about a film that is already there: its people and things are those spoken of before."""

from __future__ import annotations

from dataclasses import dataclass, field

from lichtspiel.director.clauses import read_clauses
from lichtspiel.director.discourse import Discourse, Referent
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.people_beats import built_beats, built_lines, finish
from lichtspiel.director.people_cast import ANYONE, DraftCharacter
from lichtspiel.director.people_reader import read_people
from lichtspiel.director.people_senses import RoleName, Span
from lichtspiel.director.plot import read_frame
from lichtspiel.director.props import DraftProp
from lichtspiel.director.segments import Segment
from lichtspiel.director.senses import CueWord, Item
from lichtspiel.director.shots import DraftShot
from lichtspiel.director.story import Story
from lichtspiel.director.tokens import Token
from lichtspiel.director.vocabulary import Vocabulary
from lichtspiel.screenplay import Action, Beat, Character, Line, Placement, Prop, Screenplay


@dataclass(frozen=True)
class Clauses:
    """Clauses of a prompt, cut for both readers."""

    tokens: tuple[Token, ...]
    spans: tuple[Span, ...]
    items: tuple[Item, ...]
    """The same words as the reader of things takes them."""
    parts: tuple[Segment, ...]


@dataclass
class Told:
    """What clauses add to a film."""

    beats: tuple[Beat, ...] = ()
    lines: tuple[Line, ...] = ()
    people: dict[str, DraftCharacter] = field(default_factory=dict)
    """Everyone, those of the film with what the clauses say of them alone."""
    props: dict[str, DraftProp] = field(default_factory=dict)
    """All things, those of the film as they are."""
    items: tuple[Item, ...] = ()
    """What the clauses were cut into."""
    cues: list[tuple[Item, CueWord, int]] = field(default_factory=list)
    places: list[tuple[Item, tuple[str, ...]]] = field(default_factory=list)


def draft_of(character: Character) -> DraftCharacter:
    """Somebody of the film, of whom nothing is said yet."""
    return DraftCharacter(character.id, character.role or ANYONE, character.sex, character.count)


def draft_prop(prop: Prop) -> DraftProp:
    """A thing of the film as it is."""
    placed = prop.placement if prop.placement != Placement() else None
    return DraftProp(
        prop.id, prop.thing, prop.count, prop.colour, prop.material, prop.scale, False, prop.varied_size,
        prop.arrangement, placed,
    )  # fmt: skip


def read_within(film: Screenplay, clauses: Clauses, words: Vocabulary, ledger: Ledger) -> Told:
    """What clauses say that go on speaking of a film."""
    props = {prop.id: draft_prop(prop) for prop in film.props}
    mentioned = frozenset(prop.thing for prop in film.props)
    discourse = Discourse(words, clauses.tokens, ledger, mentioned, props)
    acting = [beat.subject for beat in film.beats if beat.subject in props and beat.action is not Action.REST]
    discourse.topic = tuple(dict.fromkeys(acting))[:1] or tuple(props)[:1]
    if film.cast or any(span.sense(RoleName) for span in clauses.spans):
        return _of_people(film, clauses, discourse, ledger)
    return _of_things(clauses, discourse, ledger)


def _of_people(film: Screenplay, clauses: Clauses, discourse: Discourse, ledger: Ledger) -> Told:
    known = [draft_of(character) for character in film.cast]
    reading = read_people(clauses.spans, discourse, clauses.parts, clauses.items, known)
    finish(reading, discourse)
    lines = built_lines(reading, ledger)
    beats = built_beats(reading, [DraftShot(0, 0)], film.duration_s, ledger)
    return Told(beats, lines, reading.cast, discourse.props, reading.items, reading.cues, reading.places)


def _of_things(clauses: Clauses, discourse: Discourse, ledger: Ledger) -> Told:
    words = discourse.words
    reading = read_clauses(clauses.tokens, clauses.items, words.lexicon.words, words.language)
    story = Story(discourse, ledger)
    story.earlier = Referent(props=discourse.topic)
    for frame in reading.frames:
        read_frame(story, frame)
    for item, why in reading.evident:
        ledger.realise(item, "beats", why)
    for item, reason in reading.left:
        ledger.refuse(item, reason)
    story.account()
    beats = tuple(beat.built() for beat in story.beats)
    places = list(discourse.place_mentions)
    return Told(beats, (), {}, discourse.props, clauses.items, reading.cues, places)
