"""The things of the film: which prop each noun phrase means, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lichtspiel.director.frames import NounPhrase
from lichtspiel.director.inflection import dictionary_forms
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.lexicon import Formation, Number, Part
from lichtspiel.director.props import DraftProp, describe, describe_with
from lichtspiel.director.senses import (
    ColourName,
    Item,
    MaterialName,
    PlaceName,
    PronominalWord,
    ThingName,
    VerbWord,
    Word,
)
from lichtspiel.director.tokens import Token
from lichtspiel.director.vocabulary import Vocabulary, names_of
from lichtspiel.library.records import ThingEntry
from lichtspiel.screenplay import Action

_FREE = frozenset({Action.DROP, Action.FALL, Action.THROW, Action.FLOAT, Action.ROLL, Action.BOUNCE})
"""What hanging things do not do: a Feder that falls is a feather, one that swings a spring."""
_PLURAL_PRONOUNS = frozenset({"they", "them", "ihnen"})


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
class Cast:
    """All props so far, and who was spoken of last."""

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

    def referent(self, phrase: NounPhrase, subject: bool = False, as_place: bool = False) -> Referent:
        """What the phrase means; adds a prop where it introduces one.

        as_place: the phrase says where something is, so a name of both a place and a thing
        means the place.
        """
        if id(phrase) not in self.known:
            found = self._resolve(phrase, subject, as_place)
            self.known[id(phrase)] = found
            if found.props and subject:
                self.topic_before = self.topic if self.topic != found.props else self.topic_before
                self.topic = found.props
            elif found.props:
                self.other_topic = found.props
        return self.known[id(phrase)]

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

    def set_aside(self, phrase: NounPhrase, reason: str) -> None:
        """Account for a thing that is named but not part of the film."""
        for item in (phrase.head, *(item for item, _ in phrase.modifiers)):
            if item is not None:
                self.ledger.refuse(item, reason)
        self.known[id(phrase)] = Referent()

    def of_thing(self, things: tuple[str, ...]) -> DraftProp | None:
        """The last prop that is one of these things."""
        return next((p for p in reversed(self.props.values()) if p.thing in things), None)

    # --- resolution --------------------------------------------------------------------

    def _resolve(self, phrase: NounPhrase, subject: bool, as_place: bool) -> Referent:
        head = phrase.head
        if phrase.kin is not None:
            return self._elided(phrase, phrase.kin)
        if phrase.nameless or (head is not None and head.unknown):
            self._refuse_modifiers(phrase, "the library holds no such thing")
            return Referent(person=True)
        if head is None:
            return self._surface(phrase)
        if head.word("pronoun") or head.sense(PronominalWord) is not None:
            return self._pronoun(phrase, subject)
        return self._person(phrase) if head.word("person") else self._named(phrase, head, subject, as_place)

    def _named(self, phrase: NounPhrase, head: Item, subject: bool, as_place: bool) -> Referent:
        part, thing, place = head.sense(Part), head.sense(ThingName), head.sense(PlaceName)
        if part and (not thing or self.of_thing(part.of)):
            return self._part(phrase, part)
        if place and (not thing or as_place):
            return self._place(phrase, place)
        if thing and subject and (some := self._some_of(phrase, thing)):
            return some
        return self._thing(phrase, thing) if thing else self._ground(phrase)

    def _some_of(self, phrase: NounPhrase, thing: ThingName) -> Referent | None:
        """`one pin wobbles`, after ten of them were spoken of."""
        numbers = [(item, sense.value) for item, sense in phrase.modifiers if isinstance(sense, Number)]
        if phrase.head is None or len(numbers) != 1 or len(phrase.modifiers) != 1:
            return None
        item, number = numbers[0]
        for prop in self.props.values():
            if prop.thing in thing.ids and prop.count > number:
                self.ledger.realise(item, "beats", "how many of them")
                self.ledger.realise(phrase.head, f"props.{prop.id}.thing", "named again")
                return Referent(props=(prop.id,), share=number)
        return None

    def _person(self, phrase: NounPhrase) -> Referent:
        reason = "people and animals cannot be cast yet"
        if phrase.head:
            self.ledger.refuse(phrase.head, reason)
        self._refuse_modifiers(phrase, reason)
        return Referent(person=True)

    def _surface(self, phrase: NounPhrase) -> Referent:
        if phrase.share and not phrase.modifiers:
            self.ledger.realise(phrase.share[0], "beats", "how many of them")
            several = [
                p.id
                for p in self.props.values()
                if p.count >= phrase.share[1] > 0 and p.id not in self.acting
            ]
            return Referent(props=tuple(several[-1:]), share=phrase.share[1])
        formed = [prop for prop in self.props.values() if prop.arrangement]
        if formed and any(isinstance(sense, Formation) for _, sense in phrase.modifiers):
            for item, _ in phrase.modifiers:
                self.ledger.realise(item, f"props.{formed[-1].id}.arrangement", "named again")
            return Referent(props=(formed[-1].id,))
        if all(isinstance(sense, Formation) for _, sense in phrase.modifiers):
            self._refuse_modifiers(phrase, "no such formation was spoken of")
            return Referent()
        if any(isinstance(sense, Word) for _, sense in phrase.modifiers):
            for item, _ in phrase.modifiers:
                self.ledger.realise(item, "beats", "all of them")
            return Referent(props=self.topic or tuple(self.props), every=True)
        return self._ground(phrase)

    def _ground(self, phrase: NounPhrase) -> Referent:
        if phrase.head:
            self.ledger.realise(phrase.head, "setting.ground", "the ground the action stands on")
        for item, sense in phrase.modifiers:
            if isinstance(sense, MaterialName):
                self.grounds.append((item, sense.id))
            elif isinstance(sense, PlaceName):
                self.place_mentions.append((item, sense.ids))
            elif not isinstance(sense, Word):
                self.ledger.refuse(item, "only the material of the ground can be chosen yet")
        return Referent(ground=True)

    def _place(self, phrase: NounPhrase, place: PlaceName) -> Referent:
        assert phrase.head is not None
        self.place_mentions.append((phrase.head, place.ids))
        self._ground_in_name(phrase.head)
        for item, sense in phrase.modifiers:
            if isinstance(sense, MaterialName):
                self.grounds.append((item, sense.id))
            elif isinstance(sense, PlaceName):
                self.place_mentions.append((item, sense.ids))
            elif not isinstance(sense, Word):
                self.ledger.refuse(item, "places of the library are as they are, but for their ground")
        return Referent(places=place.ids, ground=True)

    def _ground_in_name(self, head: Item) -> None:
        """`wooden table` as the name of a place still asks for wood."""
        text = self.tokens[head.start].key
        forms = dictionary_forms(text, self.words.language)
        if self.words.language == "de" and head.end - head.start == 1:
            forms = frozenset(text[:cut] for cut in range(3, len(text) - 2))
        if head.end - head.start > 1 or self.words.language == "de":
            for phrase in self.words.single(forms):
                if isinstance(phrase.sense, MaterialName):
                    self.grounds.append((head, phrase.sense.id))
                    return

    def _pronoun(self, phrase: NounPhrase, subject: bool) -> Referent:
        self._refuse_modifiers(phrase, "not understood here")
        if phrase.head is not None and phrase.head.sense(PronominalWord) is not None:
            self.ledger.realise(phrase.head, "beats", "what was spoken of before")
            return Referent(props=self.topic_before or self.other_topic)
        others = next((one for one in (self.other_topic, self.topic_before) if one and one != self.topic), ())
        if subject:
            props = others if others and self._cannot(self.topic) else self.topic
        else:
            props = others if others and self.acting else self.topic or others
        if phrase.head is not None and self.tokens[phrase.head.start].key in _PLURAL_PRONOUNS:
            several = [one for one in (props, self.topic, tuple(self.props)[-1:]) if self._number(one) > 1]
            many = next((prop.id for prop in reversed(self.props.values()) if prop.count > 1), None)
            props = several[0] if several else (many,) if many else props
        if phrase.share:
            self.ledger.realise(phrase.share[0], "beats", "how many of them")
        share = phrase.share[1] if phrase.share else None
        return Referent(props=props or tuple(self.props)[-1:], share=share)

    def _number(self, props: tuple[str, ...]) -> int:
        return sum(self.props[prop].count for prop in props)

    def _cannot(self, props: tuple[str, ...]) -> bool:
        """Whether these cannot do what the clause says: balls do not collapse."""
        return self.action is Action.TOPPLE and any("ball" in self.entry(prop).tags for prop in props)

    def _part(self, phrase: NounPhrase, part: Part) -> Referent:
        assert phrase.head is not None
        owner = self._owner(phrase, part)
        note = f"{part.part} of {owner.id}"
        self.ledger.realise(phrase.head, f"props.{owner.id}", note)
        self._refuse_modifiers(phrase, "parts of things are as the library builds them")
        return Referent(props=(owner.id,), part=part.part)

    def _owner(self, phrase: NounPhrase, part: Part) -> DraftProp:
        owners = [
            sense.ids
            for item, sense in phrase.modifiers
            if isinstance(sense, ThingName) and item is not phrase.head
        ]
        if phrase.owner is not None:
            found = self.referent(phrase.owner)
            if found.props:
                return self.props[found.props[0]]
        if owners:
            known = self.of_thing(owners[0])
            return known or self.add(owners[0][0])
        known = self.of_thing(part.of)
        if known:
            return known
        for prop_id in self.topic:
            for support in self.entry(prop_id).supports:
                if support in part.of:
                    return self._implied(support, phrase)
        return self._implied(next(t for t in part.of if t in self.words.library.things), phrase)

    def _implied(self, thing: str, phrase: NounPhrase) -> DraftProp:
        prop = self.add(thing, mentioned=False)
        assert phrase.head is not None
        text = " ".join(token.text for token in self.tokens[phrase.head.start : phrase.head.end])
        self.ledger.fill(thing, f"props.{prop.id}", f"there because the prompt speaks of its part: {text}")
        return prop

    def _elided(self, phrase: NounPhrase, kin: NounPhrase) -> Referent:
        thing = kin.head.sense(ThingName) if kin.head else None
        if thing is not None and phrase.apposition:
            return self._one_of(phrase, kin)
        if thing is None:
            self._refuse_modifiers(phrase, "not understood here")
            return Referent()
        prop = self.add(self._which(phrase, thing, kin.head))
        self._describe(prop, phrase, plural=False)
        return Referent(props=(prop.id,))

    def _one_of(self, phrase: NounPhrase, kin: NounPhrase) -> Referent:
        """`three marbles, one red, …`: takes the next of them and describes it."""
        whole = self.referent(kin)
        plain = next((p for p in whole.props if self.props[p].colour is None), None)
        if plain is None:
            self._refuse_modifiers(phrase, "there are not so many of them")
            return Referent()
        rest = (self.part_from(plain),) if self.props[plain].count > 1 else ()
        self.known[id(kin)] = replace(whole, props=(*whole.props, *rest))
        self.topic = self.known[id(kin)].props
        for item, sense in phrase.modifiers:
            if isinstance(sense, Number):
                self.ledger.realise(item, f"props.{plain}.count")
            else:
                describe_with(self.props[plain], item, sense, self.words, self.ledger)
        return Referent(props=(plain, *rest))

    def _thing(self, phrase: NounPhrase, thing: ThingName) -> Referent:
        assert phrase.head is not None
        known = self._already(phrase, thing)
        share = phrase.share[1] if phrase.share else None
        every = phrase.determiner == "every" or any(
            isinstance(sense, Word) and sense.kind == "every" for _, sense in phrase.modifiers
        )
        if known:
            slot = f"props.{known[0].id}"
            self.ledger.realise(phrase.head, f"{slot}.thing", "named again")
            for item, sense in phrase.modifiers:
                if not isinstance(sense, Word):
                    self.ledger.realise(item, slot, "named again")
                else:
                    self.ledger.realise(item, f"{slot}.count")
            if phrase.share:
                self.ledger.realise(phrase.share[0], "beats", "how many of them")
            return Referent(props=tuple(prop.id for prop in known), share=share, every=every)
        prop = self.add(self._which(phrase, thing, phrase.head))
        self.ledger.realise(phrase.head, f"props.{prop.id}.thing")
        self._describe(prop, phrase, phrase.head.plural)
        if phrase.share:
            self.ledger.realise(phrase.share[0], "beats", "how many of them")
        return Referent(props=(prop.id,), share=share, every=every)

    def _which(self, phrase: NounPhrase, thing: ThingName, head: Item | None) -> str:
        """The thing meant by a name that several things share, by the material said of it."""
        materials = [sense.id for _, sense in phrase.modifiers if isinstance(sense, MaterialName)]
        things = self.words.library.things
        if materials and head:
            text = self.tokens[head.end - 1].key
            stems = dictionary_forms(text, self.words.language)
            for entry in things.values():
                last = {name.split()[-1] for name in names_of(entry.names, self.words.language)}
                named = entry.id in thing.ids or any(
                    name.endswith(stem) for name in last for stem in stems if len(stem) > 3
                )
                if entry.material in materials and named and self._alike(entry, thing):
                    return entry.id
        if head and head.end - head.start == 1 and not materials:
            stems = dictionary_forms(self.tokens[head.start].key, self.words.language)
            for entry in things.values():
                goals = {one for one in entry.supports if "goal" in things[one].tags}
                if goals & self.mentioned and self._called_so(entry, stems):
                    return entry.id
        hung = {one: "suspended" in things[one].tags for one in thing.ids}
        wanted = None if self.action is None else self.action not in _FREE
        return next((one for one in thing.ids if hung[one] is wanted), thing.ids[0])

    def _alike(self, entry: ThingEntry, thing: ThingName) -> bool:
        tags = {tag for one in thing.ids for tag in self.words.library.things[one].tags}
        return entry.id in thing.ids or bool(tags & set(entry.tags))

    def _already(self, phrase: NounPhrase, thing: ThingName) -> list[DraftProp]:
        """Props that the phrase names again."""
        if phrase.determiner == "indefinite":
            return []
        if phrase.determiner == "none" and not phrase.camera:
            bare = phrase.head is not None and not phrase.head.plural and not phrase.modifiers
            return [prop for prop in self.props.values() if bare and prop.thing == thing.ids[0]][-1:]
        assert phrase.head is not None
        stems = dictionary_forms(self.tokens[phrase.head.end - 1].key, self.words.language)
        matching = [
            prop
            for prop in self.props.values()
            if (prop.thing in thing.ids or self._called(prop, stems)) and self._fits(prop, phrase)
        ]
        if phrase.determiner == "other":
            matching = [prop for prop in matching if prop.id not in self.topic] or matching
        numbers = [sense.value for _, sense in phrase.modifiers if isinstance(sense, Number)]
        several = phrase.head.plural or phrase.determiner in ("every", "both") or any(n > 1 for n in numbers)
        if several and any(n > 1 for n in numbers) and sum(prop.count for prop in matching) < max(numbers):
            return []
        return matching if several else matching[-1:]

    def _called(self, prop: DraftProp, stems: frozenset[str]) -> bool:
        return self._called_so(self.words.library.things[prop.thing], stems)

    def _called_so(self, entry: ThingEntry, stems: frozenset[str]) -> bool:
        names = names_of(entry.names, self.words.language)
        return any(name.endswith(stem) for name in names for stem in stems if len(stem) > 2) or bool(
            stems & set(entry.tags)
        )

    def _fits(self, prop: DraftProp, phrase: NounPhrase) -> bool:
        for _, sense in phrase.modifiers:
            if isinstance(sense, ColourName) and prop.colour != sense.id:
                return False
            own = prop.material or self.words.library.things[prop.thing].material
            if isinstance(sense, MaterialName) and own != sense.id:
                return False
        return True

    def _describe(self, prop: DraftProp, phrase: NounPhrase, plural: bool) -> None:
        places = [(item, sense.ids) for item, sense in phrase.modifiers if isinstance(sense, PlaceName)]
        phrase.modifiers = [
            pair for pair in phrase.modifiers if not isinstance(pair[1], (PlaceName, VerbWord))
        ]
        self.place_mentions.extend(places)
        describe(prop, phrase, plural, self.words, self.ledger)

    def _refuse_modifiers(self, phrase: NounPhrase, reason: str) -> None:
        for item, sense in phrase.modifiers:
            if not isinstance(sense, Word) and item is not phrase.head:
                self.ledger.refuse(item, reason)
