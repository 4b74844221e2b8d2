"""What a prompt has said of people so far, and who its next words are about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from lichtspiel.director import people_cast
from lichtspiel.director.acting_lexicon import acting_lexicon
from lichtspiel.director.discourse import Discourse
from lichtspiel.director.ledger import is_empty
from lichtspiel.director.lexicon import Role
from lichtspiel.director.people_ages import Age
from lichtspiel.director.people_cast import ANYONE, DraftCharacter
from lichtspiel.director.people_deeds import DraftDeed, DraftLine
from lichtspiel.director.people_dress import at_work
from lichtspiel.director.people_lexicon import BodyWord, Group, Quality
from lichtspiel.director.people_reading import PeopleReading, id_of
from lichtspiel.director.people_senses import GarmentName, KindName, RoleName, Span
from lichtspiel.director.segments import Segment
from lichtspiel.director.senses import Item
from lichtspiel.director.story import Story
from lichtspiel.director.thing_clauses import subject_of
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Action, Placement, Relation, Sex

MAX_COUNT = 200
PLURAL_COUNT = 3
STANDING: dict[Role, Relation] = {
    "beside": Relation.BESIDE, "behind": Relation.BEHIND, "in_front_of": Relation.IN_FRONT_OF,
    "at": Relation.BESIDE, "against": Relation.AGAINST,
}  # fmt: skip


_POSSESSIVES = ("sein", "ihr", "mein", "unser")


class Scene:
    """What was said so far of people, while a prompt is read."""

    def __init__(self, spans: Sequence[Span], discourse: Discourse, parts: Sequence[Segment] = ()) -> None:
        self.discourse, self.spans, self.ledger = discourse, spans, discourse.ledger
        self.parts, self.openings = parts, {start for start, _ in parts}
        self.tokens, self.language = discourse.tokens, discourse.words.language
        self.undone = False
        """The last verb is of something that people cannot do."""
        self.reading = PeopleReading(Story(discourse, discourse.ledger))
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
        self.picked: list[DraftCharacter] = []
        """Who was picked out of several, in the order of the prompt."""
        self.owner: list[DraftCharacter] = []
        """Whose clothes and hair come next."""
        self.deed: DraftDeed | None = None
        self.pace: tuple[Item, float] | None = None
        self.cloth = False
        self.same: Item | None = None
        self.counted = 0
        self.sentence = 0
        self.direct = False
        """What is named now is what the verb right before it is done to."""
        self.loose: list[tuple[str, Item, Role | None]] = []
        """Things named in this clause before its verb."""
        self.manners: list[Span] = []
        """Adverbs before their verb."""
        self.line: DraftLine | None = None
        """What somebody begins to say."""

    def from_token(self, at: int) -> Span | None:
        """The first span from a token on."""
        place = bisect_left(self.spans, at, key=lambda span: span.start)
        return self.spans[place] if place < len(self.spans) else None

    def place_of(self, span: Span) -> int:
        """Where a span stands among all."""
        return bisect_left(self.spans, span.start, key=lambda one: one.start)

    def before(self, span: Span) -> Span | None:
        """The span right before."""
        place = self.place_of(span)
        return self.spans[place - 1] if place else None

    def part_of(self, span: Span) -> Segment:
        """The stretch of the prompt between marks and joining words that a span stands in."""
        place = bisect_right(self.parts, span.start, key=lambda part: part[0]) - 1
        inside = place >= 0 and span.start < self.parts[place][1]
        return self.parts[place] if inside else (span.start, span.end)

    def stranger(self, span: Span) -> str:
        """Why nobody of the cast does this, where the clause names somebody else who does."""
        kind = subject_of(self.tokens, self.spans, self.part_of(span), self.language)
        return "who does this is not in the library" if kind == "stranger" else ""

    def call_group(self) -> None:
        """`A family eats`: the group itself acts."""
        if self.group is not None and self.group[1].people and not self.subjects:
            item = self.group[0]
            self.name_person(Span(item.start, item.end, (), item), RoleName(ANYONE, None, True))

    def name_person(self, span: Span, name: RoleName) -> DraftCharacter:
        """Somebody is named: a new character, or one who is known."""
        several = name.plural or self.group is not None or (self.number is not None and self.number[1] > 1)
        person = None if several else self.known(name, span)
        if person is None:
            person = self.add(name, several)
            person.at = span.end - 1
            person.called = self.tokens[span.end - 1].key.removesuffix("'s").removesuffix("’s")
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
        if not self._of_deed(person, relation, span):
            if self.deed is not None:
                self.deed, self.subjects = None, []
            self.subjects.append(person)
            self.topic = list(self.subjects)
        return person

    def _of_deed(self, person: DraftCharacter, relation: Role | None, span: Span) -> bool:
        """Whether the verb of this clause takes the person up: who does it, or whom it is done to."""
        deed, line = self.deed, self.line
        if line is not None and self.direct and person not in line.people:
            if line.people:
                line.to = person.id
                return True
            # What was said stands before who says it.
            line.people = [person]
            return False
        if deed is None or person in deed.people:
            return deed is not None and relation is not None
        performs = deed.action is Action.PERFORM
        joins = performs and relation == "with" and not deed.with_partner
        if joins or (deed.waits and relation is None):
            deed.people.append(person)
            self.topic = list(deed.people)
            self.subjects = self.subjects if joins else list(deed.people)
            return True
        meant = (performs or deed.action is Action.LOOK) and self.direct and relation is None
        if meant or relation not in (None, "of", "in", "by", *(() if performs else ("with",))):
            self.toward(deed, person, relation, span)
            return True
        return False

    def toward(self, deed: DraftDeed, person: DraftCharacter, relation: Role | None, span: Span) -> None:
        standing = STANDING.get(relation) if relation else None
        if deed.action in (Action.LOOK, Action.WALK, Action.PERFORM):
            deed.fields.setdefault("target", person.id)
        elif standing is not None:
            for one in deed.people:
                one.placement = one.placement or Placement(relation=standing, target=person.id)
        self.ledger.realise(span.item, person.slot)

    def known(self, name: RoleName, span: Span) -> DraftCharacter | None:
        """Somebody named before whom `the man` means; `his man` is another."""
        before = self.before(span)
        definite = before is not None and before.item.word("definite")
        if before is not None and self.tokens[before.start].key.startswith(_POSSESSIVES):
            definite = False
        if not definite and self.same is None:
            return None
        alike = [one for one in self.reading.cast.values() if one.role == name.role]
        if name.called:
            return next((one for one in alike if one.id.startswith(id_of(name))), None)
        if not alike and name.role in ("man", "woman", "person", "child", "boy", "girl"):
            sex = name.sex
            alike = [one for one in self.reading.cast.values() if sex in (None, one.sex) and one.count == 1]
        return alike[-1] if alike else None

    def add(self, name: RoleName, several: bool) -> DraftCharacter:
        person_id = self.reading.free_id(id_of(name))
        person = DraftCharacter(person_id, name.role, name.sex)
        if name.called:
            self.ledger.fill(f"{person_id}: role", f"{person.slot}.wears", acting_lexicon().stand_in_note)
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

    def part_from(self, person: DraftCharacter, count: int = 1) -> DraftCharacter:
        """Make some of several people a character of their own, who takes part in all they did."""
        one = self.reading.part_from(person, count)
        for people in (self.topic, self.subjects):
            if person in people and one not in people:
                people.append(one)
        return one

    def gather(self, span: Span, group: Group) -> None:
        if group.count is None and self.topic:
            for person in self.topic:
                person.arrangement = group.arrangement
                self.ledger.realise(span.item, f"{person.slot}.arrangement")
            return
        if group.couple:
            number = self.number
            for role, sex in (("man", Sex.MALE), ("woman", Sex.FEMALE)):
                self.number = number
                self.name_person(span, RoleName(role, sex))
            return
        self.group = (span.item, group)

    def say_age(self, span: Span, age: Age) -> None:
        item = span.item
        ahead = self.from_token(age.end)
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
        people_cast.dress(people, at_work(name, people), self.modifiers, span.item, self.ledger)
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
            faces = [one for one in self.modifiers if (q := one.sense(Quality)) and q.expression]
            for person in people if body.part == "face" else ():
                people_cast.describe(person, faces, self.ledger)
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
        for deed in self.reading.deeds:
            if deed.waits and not deed.people:
                deed.people = list(self.topic)
        self.loose = []
        self.direct = False
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

    def end_sentence(self) -> None:
        """Close the clause; the next sentence begins anew."""
        self.end_clause()
        self.sentence += 1
        self.subjects, self.deed, self.role, self.line = [], None, None, None

    def leave(self, spans: Sequence[Span], reason: str) -> None:
        """These words are told and not shown."""
        for span in spans:
            self.items.append(span.item)
            if not is_empty(span.item):
                self.ledger.refuse(span.item, reason)

    def forget(self, reason: str = "") -> None:
        """Nothing before a noun holds beyond it."""
        for modifier in self.modifiers if reason else ():
            self.ledger.refuse(modifier.item, reason)
        self.modifiers, self.number, self.without, self.same = [], None, None, None
        if not reason:
            self.group = None
