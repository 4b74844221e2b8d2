"""Changes of people: which of the cast are meant, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from lichtspiel.director import people_cast
from lichtspiel.director.draft import Film
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.people_beats import MOODS
from lichtspiel.director.people_cast import ANYONE, DraftCharacter
from lichtspiel.director.people_reading import id_of
from lichtspiel.director.people_senses import GarmentName, RoleName, Span
from lichtspiel.director.revision.context import draft_of
from lichtspiel.director.senses import Item
from lichtspiel.library import catalogue
from lichtspiel.library.people.growth import height_m
from lichtspiel.screenplay import Action, Character, Expression, Sex, Wear

_GENERAL = frozenset({"man", "woman", "person", "child", "boy", "girl"})
_AGES = (3.0, 95.0)
_HEIGHTS = (0.5, 2.3)
_ADULT = 35.0
_CHILD_YEARS = 18.0
_TALLER = 0.06
"""Share by which somebody becomes taller or shorter."""
FACES: Mapping[str, Expression] = {
    "happy": Expression.SMILE, "sad": Expression.SAD, "angry": Expression.ANGRY, "calm": Expression.NEUTRAL,
    "tense": Expression.FROWN,
}  # fmt: skip


def known_people(film: Film, name: RoleName) -> list[str]:
    """Who of the cast is meant by the name of a role."""
    cast = film.screenplay.cast
    called = [
        one.id
        for one in cast
        if name.called and (one.id.startswith(id_of(name)) or (one.role or "").endswith(name.called))
    ]
    alike = called or [one.id for one in cast if (one.role or ANYONE) == name.role and not name.called]
    alike = alike or [one.id for one in cast if one.id == name.role]
    # `the player` is a footballer by name, and a basketball player where the film has one.
    kind = name.role.rsplit("_", 1)[-1]
    alike = alike or [one.id for one in cast if (one.role or ANYONE).endswith(f"_{kind}")]
    if not alike and name.role in _GENERAL:
        alike = [
            one.id
            for one in cast
            if (name.sex in (None, one.sex) or one.sex is None) and _child(one.role) is _child(name.role)
        ]
    return alike if name.plural else alike[:1]


def _child(role: str | None) -> bool:
    return catalogue.roles()[role or ANYONE].ages[1] < _CHILD_YEARS


def of_sex(film: Film, sex: Sex | None) -> list[str]:
    """Who a pronoun may mean."""
    cast = film.screenplay.cast
    if sex is None:
        return [one.id for one in cast]
    sure = [one.id for one in cast if one.sex is sex]
    return (sure or [one.id for one in cast if one.sex is None])[:1]


class Wardrobe:
    """What a prompt says of people of a film, gathered until it is all read."""

    def __init__(self, film: Film, ledger: Ledger) -> None:
        self._film, self._ledger = film, ledger
        self._drafts: dict[str, DraftCharacter] = {}
        self._bare: dict[str, set[str]] = {}
        """Garments that come off, by character."""

    def drafts(self, people: Sequence[str]) -> list[DraftCharacter]:
        """What is said of these people so far."""
        for name in people:
            if name not in self._drafts:
                self._drafts[name] = draft_of(self._film.screenplay.character(name))
        return [self._drafts[name] for name in people]

    def forget(self, person: str) -> None:
        """Nothing said so far holds for whoever comes in their place."""
        self._drafts.pop(person, None)
        self._bare.pop(person, None)

    def dress(self, people: Sequence[str], name: GarmentName, looks: Sequence[Span], item: Item) -> None:
        """Put a garment on people; one that they wear already keeps what is not said of it."""
        for person, draft in zip(people, self.drafts(people), strict=True):
            worn = [wear.garment for wear in self._film.screenplay.character(person).wears]
            held = next((one for one in name.garments if one in worn), None)
            meant = replace(name, garments=(held,), along=()) if held else name
            people_cast.dress([draft], meant, looks, item, self._ledger)

    def undress(
        self, people: Sequence[str], garments: Sequence[str], item: Item, for_others: bool = False
    ) -> None:
        """Take garments off people, whether the film names them or the role brings them.

        for_others: others of their kind come in their place.
        """
        kinds = set() if for_others else {catalogue.garments()[one].kind for one in garments}
        for person, draft in zip(people, self.drafts(people), strict=True):
            self._bare.setdefault(person, set()).update(garments)
            draft.wears = [wear for wear in draft.wears if wear["garment"] not in garments]
            draft.wears_not += sorted(kinds) if len(kinds) == 1 else list(garments)
            self._ledger.realise(item, f"{draft.slot}.wears_not")

    def feel(self, people: Sequence[str], expression: Expression, item: Item) -> None:
        """Give people another face."""
        for draft in self.drafts(people):
            draft.set("expression", expression, item, self._ledger)

    def grow_older(self, people: Sequence[str], years: float, item: Item) -> None:
        """Make people older or younger."""
        for person, draft in zip(people, self.drafts(people), strict=True):
            held = self._film.screenplay.character(person).age_years
            low, high = draft.entry.ages
            usual = held if held is not None else min(max(_ADULT, low), high)
            age = min(max(usual + years, _AGES[0]), _AGES[1])
            draft.set("age_years", round(age, 1), item, self._ledger)

    def stretch(self, people: Sequence[str], factor: float, item: Item) -> None:
        """Make people taller or shorter."""
        for person, draft in zip(people, self.drafts(people), strict=True):
            held = self._film.screenplay.character(person)
            low, high = draft.entry.ages
            age = held.age_years if held.age_years is not None else min(max(_ADULT, low), high)
            usual = held.height_m or height_m(held.sex or Sex.MALE, age, 0.0)
            tall = usual * (1 + _TALLER if factor > 1 else 1 - _TALLER)
            draft.set("height_m", round(min(max(tall, _HEIGHTS[0]), _HEIGHTS[1]), 2), item, self._ledger)

    def finish(self) -> None:
        """Write all that was said into the film."""
        for person, draft in self._drafts.items():
            change_person(self._film, draft, self._bare.get(person, set()))


def change_person(film: Film, draft: DraftCharacter, bare: set[str] | frozenset[str] = frozenset()) -> None:
    """Write what a draft says of somebody over their record."""
    held = film.screenplay.character(draft.id)
    said = draft.built()
    fields: dict[str, Any] = {name: getattr(said, name) for name in draft.fields}
    hair = {name: value for name, value in said.hair.model_dump().items() if value is not None}
    if hair:
        fields["hair"] = {**held.hair.model_dump(), **hair}
    if said.wears or bare:
        fields["wears"] = [wear.model_dump() for wear in _worn(held, said, bare)]
    if said.wears_not or said.wears:
        put_on: set[str] = {catalogue.garments()[wear.garment].kind for wear in said.wears}
        put_on |= {wear.garment for wear in said.wears}
        off = dict.fromkeys((*held.wears_not, *said.wears_not))
        fields["wears_not"] = [one for one in off if one in said.wears_not or one not in put_on]
    if draft.placement is not None:
        fields["placement"] = draft.placement.model_dump()
    if draft.count != held.count:
        fields["count"] = draft.count
    if held.sex is None and said.sex is not None:
        fields["sex"] = said.sex
    film.person(draft.id, **fields)
    if "expression" in fields:
        _feel(film, draft.id, fields["expression"])


def _worn(held: Character, said: Character, bare: set[str] | frozenset[str]) -> list[Wear]:
    """What somebody wears then: a new coat takes the place of the old one."""
    known = catalogue.garments()
    kinds = {known[wear.garment].kind for wear in said.wears}
    kept: list[Wear] = []
    new = list(said.wears)
    for wear in held.wears:
        again = next((one for one in new if one.garment == wear.garment), None)
        if again is not None:
            new.remove(again)
            kept.append(
                wear.model_copy(update={k: v for k, v in again.model_dump().items() if v is not None})
            )
        elif wear.garment not in bare and known[wear.garment].kind not in kinds:
            kept.append(wear)
    return [*kept, *new]


def _feel(film: Film, person: str, expression: Expression) -> None:
    """The faces and manners of what somebody does follow their new mood."""
    style = MOODS.get(expression)
    film.beats(
        lambda beat: (
            {}
            if beat.subject != person
            else {"expression": expression}
            if beat.action is Action.EXPRESS
            else {"style": style}
            if beat.style in MOODS.values()
            else {}
        )
    )


def swap_person(film: Film, person: str, name: RoleName) -> str:
    """Put somebody else in the place of one of the cast, as they come; returns their id."""
    held = film.screenplay.character(person)
    new = film.free_id(id_of(name)) if id_of(name) != person else person
    other = Character(
        id=person, role=name.role, sex=name.sex or held.sex, count=held.count, expression=held.expression,
        arrangement=held.arrangement, placement=held.placement,
    )  # fmt: skip
    film.set(cast=tuple(other if one.id == person else one for one in film.screenplay.cast))
    film.rename(person, new)
    return new
