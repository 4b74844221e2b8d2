"""Words of an instruction about people, their clothes and their hair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lichtspiel.director import people_cast
from lichtspiel.director.people_cast import DraftCharacter
from lichtspiel.director.people_lexicon import BodyWord, Quality
from lichtspiel.director.people_reading import id_of
from lichtspiel.director.people_senses import GarmentName, HairName, KindName, RoleName, Span, ToneName
from lichtspiel.director.props import PLURAL_COUNT
from lichtspiel.director.revision import things
from lichtspiel.director.revision.on_film import flush_degrees
from lichtspiel.director.revision.people import known_people, of_sex, swap_person
from lichtspiel.director.revision.state import State, look_at, named_again, stranger
from lichtspiel.director.senses import ColourName, Item
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Character, Sex

PRONOUNS: Mapping[str, Sex | None] = {
    "he": Sex.MALE, "him": Sex.MALE, "his": Sex.MALE,
    "she": Sex.FEMALE, "her": Sex.FEMALE, "hers": Sex.FEMALE,
    "er": Sex.MALE, "ihm": Sex.MALE, "sein": Sex.MALE, "seine": Sex.MALE, "seinen": Sex.MALE,
    "seinem": Sex.MALE, "ihr": Sex.FEMALE, "ihre": Sex.FEMALE, "ihren": Sex.FEMALE, "ihrem": Sex.FEMALE,
    "both": None, "beide": None, "beiden": None, "them": None, "they": None, "their": None,
    "sie": None, "ihnen": None,
}  # fmt: skip
THING_PRONOUNS = frozenset({"it", "its", "they", "them", "es", "ihn", "er", "sie", "sein", "seine"})
_FACELESS = "nobody of the film has a face"


def somebody(state: State, span: Span, name: RoleName) -> None:
    """Somebody is named: one of the cast, or another who comes into the film."""
    clause = state.clause
    known = known_people(state.film, name) if clause.mode != "add" else []
    slot = f"cast.{known[0] if known else ''}"
    if clause.into and clause.people:
        _replace_people(state, span, name)
    elif known and clause.mode == "remove":
        for person in known:
            state.film.remove(person)
            state.wardrobe.forget(person)
        state.ledger.realise(span.item, "cast", "taken out, as asked")
        named_again(state, "cast")
    elif known and clause.camera:
        look_at(state, span.item, known)
    elif known:
        again = bool(clause.people) and set(known) <= set(clause.people)
        flush_before_noun(state, again)
        clause.people, clause.things, clause.garment, clause.body = known, [], None, None
        state.ledger.realise(span.item, slot, "named again")
        _count_people(state, known)
        if again:
            describe_people(state)
        else:
            named_again(state, slot)
    elif clause.people and clause.marked and clause.mode == "set":
        _replace_people(state, span, name)
    elif clause.mode == "add":
        _join(state, span, name)
    else:
        stranger(state, span)


def _join(state: State, span: Span, name: RoleName) -> None:
    """Somebody new comes along."""
    draft = DraftCharacter(state.film.free_id(id_of(name)), name.role, name.sex)
    draft.count = state.number[1] if state.number else PLURAL_COUNT if name.plural else 1
    if state.number:
        state.ledger.realise(state.number[0], f"{draft.slot}.count")
    people_cast.describe(draft, state.pending, state.ledger)
    state.film.set(cast=(*state.film.screenplay.cast, draft.built()))
    state.ledger.realise(span.item, draft.slot, name.role)
    state.clause.people, state.clause.things = [draft.id], []
    state.pending, state.number, state.more = [], None, None


def _replace_people(state: State, span: Span, name: RoleName) -> None:
    clause = state.clause
    for person in clause.people:
        state.wardrobe.forget(person)
    clause.people = [swap_person(state.film, person, name) for person in clause.people]
    state.ledger.realise(span.item, f"cast.{clause.people[0]}", name.role)
    describe_people(state)
    clause.into = False


def _count_people(state: State, people: Sequence[str]) -> None:
    if state.number is not None:
        item, number = state.number
        for person in people:
            held = state.film.screenplay.character(person).count
            state.film.person(person, count=min(max(held + number if state.more else number, 1), 200))
            state.ledger.realise(item, f"cast.{person}.count")
    state.number = state.more = None


def _owners(state: State) -> list[str]:
    """Whose clothes and hair are meant."""
    return state.clause.people or [one.id for one in state.film.screenplay.cast]


def garment(state: State, span: Span, name: GarmentName) -> None:
    """Clothes are put on, taken off or described."""
    people = _owners(state)
    if state.clause.mode != "set" and not state.clause.people:
        named = [one for one in state.film.screenplay.cast if name.garments and _wears(one, name)]
        people = [one.id for one in named] or people
    if not people:
        state.ledger.refuse(span.item, "nobody of the film wears it")
    elif state.clause.mode in ("remove", "instead_of"):
        state.wardrobe.undress(people, name.garments, span.item)
    elif state.clause.mode == "swap" and not state.clause.into:
        state.wardrobe.undress(people, name.garments, span.item, for_others=True)
        state.clause.people = people
    else:
        if state.clause.into and state.clause.garment is not None:
            state.wardrobe.undress(people, state.clause.garment.garments, span.item, for_others=True)
        state.wardrobe.dress(people, name, state.pending, span.item)
        state.pending = []
        state.clause.people, state.clause.garment = people, name


def hair(state: State, span: Span, hair: HairName) -> None:
    """A hair style or a beard."""
    people = _owners(state)
    value = "none" if state.clause.mode == "remove" and hair.part == "beard" else hair.id
    drafts = state.wardrobe.drafts(people)
    people_cast.grow(drafts, hair.part, value, state.pending, span.item, state.ledger)
    state.pending = []
    if not people:
        state.ledger.refuse(span.item, _FACELESS)


def kind_of_garment(state: State, span: Span, kind: KindName) -> None:
    """A kind of clothes comes off: shoes, hats."""
    if state.clause.mode != "remove" and not kind.bare:
        state.ledger.refuse(span.item, "the library has several: name one")
        return
    garments = [one.id for one in catalogue.garments().values() if one.kind == kind.kind]
    state.wardrobe.undress(_owners(state), garments, span.item)


def body(state: State, span: Span, body: BodyWord) -> None:
    """Hair, eyes, skin or face, with the adjectives before it."""
    people = _owners(state)
    state.clause.people, state.clause.body = people, body
    looks = [span for span in state.pending if span.sense(Quality) and not _is_tone(span, body)]
    for draft in state.wardrobe.drafts(people):
        people_cast.describe(draft, looks, state.ledger)
    state.pending = [span for span in state.pending if span not in looks]
    state.ledger.realise(span.item, "cast", "everyone has some" if people else "")
    describe_body(state)


def describe_body(state: State) -> None:
    """Say open adjectives of hair, eyes or skin."""
    clause = state.clause
    drafts = state.wardrobe.drafts(clause.people)
    if state.pending and clause.body is not None:
        people_cast.describe_part(drafts, state.pending, clause.body, state.ledger)
        state.pending = []


def describe_people(state: State) -> None:
    """Say open adjectives of the people named."""
    for draft in state.wardrobe.drafts(state.clause.people):
        people_cast.describe(draft, state.pending, state.ledger)
    state.pending = []


def pronoun(state: State, item: Item, key: str) -> None:
    """`it` is the thing spoken of; `her` is somebody."""
    clause, film = state.clause, state.film
    state.ledger.realise(item, "cast" if film.screenplay.cast else "props", "spoken of before")
    if clause.people or clause.things:
        return
    people = of_sex(film, PRONOUNS.get(key)) if key in PRONOUNS else []
    if people and not (key in THING_PRONOUNS and film.screenplay.props and PRONOUNS.get(key) is None):
        clause.people = people
    elif key in THING_PRONOUNS and film.screenplay.props:
        clause.things = things.main_thing(film)
    else:
        clause.people = people


def flush_before_noun(state: State, again: bool) -> None:
    """Degrees before a noun are said of it; adjectives are taken with it."""
    if not again and (state.clause.things or state.clause.people) and state.degrees:
        flush_degrees(state)


def _is_tone(span: Span, body: BodyWord) -> bool:
    """Whether an adjective is a colour of this part of the body: black hair, blue eyes."""
    tones = any(isinstance(sense, ToneName) and sense.part == body.part for sense in span.senses)
    return tones or (body.part == "hair" and span.item.sense(ColourName) is not None)


def _wears(character: Character, name: GarmentName) -> bool:
    return any(wear.garment in name.garments for wear in character.wears)
