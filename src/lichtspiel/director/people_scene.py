"""What a prompt has said of people so far, and who its next words are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lichtspiel.director import people_cast
from lichtspiel.director.discourse import Discourse
from lichtspiel.director.lexicon import Role, Size
from lichtspiel.director.people_ages import Age
from lichtspiel.director.people_cast import ANYONE, DraftCharacter
from lichtspiel.director.people_lexicon import (
    BodyWord,
    Group,
    Quality,
)
from lichtspiel.director.people_words import (
    GarmentName,
    KindName,
    RoleName,
    Span,
)
from lichtspiel.director.props import describe_with
from lichtspiel.director.senses import ColourName, CueWord, Item, MaterialName, ThingName
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Action, Placement, Relation

MAX_COUNT = 200
PLURAL_COUNT = 3
_STANDING: dict[Role, Relation] = {
    "beside": Relation.BESIDE, "behind": Relation.BEHIND, "in_front_of": Relation.IN_FRONT_OF,
    "at": Relation.BESIDE, "against": Relation.AGAINST,
}  # fmt: skip


@dataclass
class DraftDeed:
    """Something people do, while the prompt is read."""

    people: list[DraftCharacter]
    action: Action
    item: Item
    fields: dict[str, Any] = field(default_factory=dict)
    items: list[tuple[Item, str]] = field(default_factory=list)
    """What else of the prompt it realises, with the field."""


@dataclass
class PeopleReading:
    """What a prompt says of people, and the words that speak of the rest."""

    cast: dict[str, DraftCharacter] = field(default_factory=dict)
    deeds: list[DraftDeed] = field(default_factory=list)
    cues: list[tuple[Item, CueWord, int]] = field(default_factory=list)
    places: list[tuple[Item, tuple[str, ...]]] = field(default_factory=list)
    home: str | None = None
    """Place that has the spots the prompt names."""
    cuts: list[Item] = field(default_factory=list)
    """Where new shots begin that the prompt counts."""
    photo: bool = False
    items: tuple[Item, ...] = ()
    """What the prompt was cut into."""


class Scene:
    """What was said so far of people, while a prompt is read."""

    def __init__(self, spans: Sequence[Span], discourse: Discourse) -> None:
        self.discourse, self.spans, self.ledger = discourse, spans, discourse.ledger
        self.tokens, self.language = discourse.tokens, discourse.words.language
        self.undone = False
        """The last verb is of something that people cannot do."""
        self.reading = PeopleReading()
        self.items: list[Item] = []
        """What the prompt was cut into, for the ledger."""
        self.modifiers: list[Span] = []
        self.number: tuple[Item, int] | None = None
        self.group: tuple[Item, Group] | None = None
        self.without: Item | None = None
        self.role: Role | None = None
        self.subjects: list[DraftCharacter] = []
        """Who was named in this clause before a verb."""
        self.topic: list[DraftCharacter] = []
        """Who was spoken of last."""
        self.owner: list[DraftCharacter] = []
        """Whose clothes and hair come next."""
        self.deed: DraftDeed | None = None
        self.pace: tuple[Item, float] | None = None
        self.cloth = False
        self.same: Item | None = None
        self.counted = 0
        self.sentence = 0

    def name_person(self, span: Span, name: RoleName) -> None:
        several = name.plural or self.group is not None or (self.number is not None and self.number[1] > 1)
        person = None if several else self.known(name, span)
        if person is None:
            person = self.add(name, several)
        elif self.number:
            self.ledger.realise(self.number[0], f"{person.slot}.count")
        if self.same:
            self.ledger.realise(self.same, person.slot, "one record in every shot")
        self.ledger.realise(span.item, person.slot, person.role)
        people_cast.describe(person, self.modifiers, self.ledger)
        self.forget()
        self.owner = [person]
        relation = self.role
        self.role = None
        target = self.deed if self.deed and relation not in (None, "with", "of", "in", "by") else None
        if target is not None and person not in target.people:
            self.toward(target, person, relation, span)
            return
        if self.deed is not None:
            self.deed, self.subjects = None, []
        self.subjects.append(person)
        self.topic = list(self.subjects)

    def toward(self, deed: DraftDeed, person: DraftCharacter, relation: Role | None, span: Span) -> None:
        standing = _STANDING.get(relation) if relation else None
        if deed.action in (Action.LOOK, Action.WALK):
            deed.fields.setdefault("target", person.id)
        elif standing is not None:
            for one in deed.people:
                one.placement = one.placement or Placement(relation=standing, target=person.id)
        self.ledger.realise(span.item, person.slot)

    def known(self, name: RoleName, span: Span) -> DraftCharacter | None:
        before = self.spans[self.spans.index(span) - 1] if span is not self.spans[0] else None
        definite = self.same is not None or (before is not None and before.item.word("definite"))
        if not definite:
            return None
        alike = [one for one in self.reading.cast.values() if one.role == name.role]
        general = name.role in ("man", "woman", "person", "child", "boy", "girl")
        if not alike and general:
            sex = name.sex
            alike = [one for one in self.reading.cast.values() if sex in (None, one.sex) and one.count == 1]
        return alike[-1] if alike else None

    def add(self, name: RoleName, several: bool) -> DraftCharacter:
        number, person_id = 1, name.role
        while person_id in self.reading.cast or person_id in ("ground", "camera"):
            number += 1
            person_id = f"{name.role}_{number}"
        person = DraftCharacter(person_id, name.role, name.sex)
        self.reading.cast[person_id] = person
        if self.number:
            person.count = min(max(self.number[1], 1), MAX_COUNT)
            self.ledger.realise(self.number[0], f"{person.slot}.count")
        elif self.group and self.group[1].count:
            person.count = self.group[1].count
            self.ledger.fill("count", f"{person.slot}.count", f"{person.count}: the prompt gives no number")
        elif several:
            person.count = PLURAL_COUNT
            self.ledger.fill("count", f"{person.slot}.count", f"{person.count}: the prompt gives no number")
        if self.group:
            person.arrangement = self.group[1].arrangement
            self.ledger.realise(self.group[0], f"{person.slot}.arrangement")
        return person

    def gather(self, span: Span, group: Group) -> None:
        if group.count is None and self.topic:
            for person in self.topic:
                person.arrangement = group.arrangement
                self.ledger.realise(span.item, f"{person.slot}.arrangement")
            return
        self.group = (span.item, group)

    def say_age(self, span: Span, age: Age) -> None:
        item = span.item
        ahead = next((one for one in self.spans if one.start >= age.end), None)
        before_name = ahead is not None and (
            ahead.sense(RoleName) is not None or ahead.sense(Quality) is not None
        )
        people = [] if before_name else self.owner or self.topic
        for person in people:
            person.set("age_years", age.years, item, self.ledger)
        if not people:
            self.modifiers.append(span)

    def garment(self, span: Span, name: GarmentName) -> None:
        people = self.owner or self.topic
        if not people:
            self.forget("nobody wears it")
            self.ledger.refuse(span.item, "nobody wears it")
            return
        if self.without is not None:
            kinds = {catalogue.garments()[one].kind for one in name.garments}
            for person in people:
                person.wears_not += sorted(kinds) if len(kinds) == 1 else list(name.garments)
                self.ledger.realise(span.item, f"{person.slot}.wears_not")
                self.ledger.realise(self.without, f"{person.slot}.wears_not")
            self.forget()
            return
        people_cast.dress(people, name, self.modifiers, span.item, self.ledger)
        self.forget()
        self.cloth = True

    def leave_off(self, span: Span, kind: KindName) -> None:
        people = self.owner or self.topic
        if kind.bare and not people:
            self.modifiers.append(span)
            return
        if (self.without is None and not kind.bare) or not people:
            self.ledger.refuse(span.item, "the library has several: name one")
            self.forget("of clothes that are not shown")
            return
        for person in people:
            person.wears_not.append(kind.kind)
            self.ledger.realise(span.item, f"{person.slot}.wears_not")
            if self.without is not None:
                self.ledger.realise(self.without, f"{person.slot}.wears_not")
        self.forget()

    def grow(self, name: str, value: str, span: Span) -> None:
        people = self.owner or self.topic
        if self.without is not None and name == "beard":
            value = "none"
            self.ledger.realise(self.without, "cast", "clean-shaven")
        if not people:
            self.modifiers.append(span)
            return
        people_cast.grow(people, name, value, self.modifiers, span.item, self.ledger)
        self.forget()

    def body(self, span: Span, body: BodyWord) -> None:
        people = self.owner or self.topic
        if not people or body.part == "face":
            self.forget("not understood of a face")
            self.ledger.realise(span.item, "cast", "everyone has one")
            return
        if people_cast.describe_part(people, self.modifiers, body, self.ledger):
            self.ledger.realise(span.item, f"{people[-1].slot}.{body.part}")
        else:
            self.ledger.realise(span.item, "cast", "everyone has some")
        self.forget()

    def predicate(self, span: Span) -> None:
        """An adjective behind its person: she is tired."""
        people = self.topic or self.owner
        quality = span.sense(Quality)
        looks = self.deed is not None and self.deed.action is Action.LOOK and not self.deed.fields
        if self.deed is not None and looks and quality is not None and quality.expression is not None:
            self.deed.action, self.deed.fields = Action.EXPRESS, {"expression": quality.expression}
            self.deed.items.append((span.item, "expression"))
            return
        for person in people:
            people_cast.describe(person, [span], self.ledger)
        if not people:
            self.modifiers.append(span)

    def take_pace(self, item: Item, speed: float) -> None:
        assert self.deed is not None
        self.deed.fields["speed"] = speed
        self.deed.items.append((item, "speed"))
        self.pace = None

    def end_clause(self) -> None:
        """Close what is open."""
        if self.group and not self.reading.cast:
            self.name_person(
                Span(self.group[0].start, self.group[0].end, (), self.group[0]), RoleName(ANYONE, None, True)
            )
        if self.group and self.group[1].arrangement and self.topic:
            for person in self.topic:
                person.arrangement = person.arrangement or self.group[1].arrangement
                self.ledger.realise(self.group[0], f"{person.slot}.arrangement")
        for modifier in self.modifiers:
            if modifier.sense(Quality) and (self.topic or self.owner):
                people_cast.describe((self.topic or self.owner)[-1], [modifier], self.ledger)
        self.group = None
        self.forget("not understood here")

    def forget(self, reason: str = "") -> None:
        """Nothing before a noun holds beyond it."""
        for modifier in self.modifiers if reason else ():
            self.ledger.refuse(modifier.item, reason)
        self.modifiers, self.number, self.without, self.same = [], None, None, None
        if not reason:
            self.group = None

    # --- things beside them -------------------------------------------------------------

    def thing(self, span: Span, name: ThingName) -> None:
        """A thing that people look at, sit on or stand by."""
        thing = name.ids[0]
        if self.undone or thing in self.reading.cast:
            self.forget("people cannot handle things yet")
            self.ledger.refuse(span.item, "people cannot handle things yet")
            return
        prop = self.discourse.of_thing(name.ids) if self.modifiers == [] else None
        prop = prop or self.discourse.add(thing)
        for modifier in self.modifiers:
            sense = next(
                (s for s in modifier.item.senses if isinstance(s, (ColourName, MaterialName, Size))), None
            )
            if sense is None:
                self.ledger.refuse(modifier.item, "not understood of a thing")
            else:
                describe_with(prop, modifier.item, sense, self.discourse.words, self.ledger)
        if self.number:
            prop.count = min(max(self.number[1], 1), MAX_COUNT)
            self.ledger.realise(self.number[0], f"props.{prop.id}.count")
        self.ledger.realise(span.item, f"props.{prop.id}")
        self.forget()
        self._by(prop.id)
        self.role = None

    def _by(self, prop: str) -> None:
        """What the thing is to whoever acts or stands there."""
        deed, standing = self.deed, _STANDING.get(self.role) if self.role else None
        if deed is not None and deed.action in (Action.LOOK, Action.WALK, Action.SIT) and self.role:
            deed.fields.setdefault("target", prop)
            return
        people = (deed.people if deed else self.subjects or self.topic) if standing else []
        for person in people:
            relation = standing or Relation.BESIDE
            person.placement = person.placement or Placement(relation=relation, target=prop)
