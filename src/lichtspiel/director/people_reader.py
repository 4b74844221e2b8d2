"""Read what a prompt says of people: who they are, what they wear, where they are and what they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lichtspiel.director.discourse import Discourse
from lichtspiel.director.language import Language
from lichtspiel.director.ledger import is_empty
from lichtspiel.director.lexicon import Cue, Number, Pace, Preposition, Size
from lichtspiel.director.people_ages import Age, number_of
from lichtspiel.director.people_cast import ANYONE
from lichtspiel.director.people_lexicon import (
    BodyWord,
    Deed,
    Group,
    HairShape,
    Pattern,
    Quality,
    SpotWord,
    Undone,
    Way,
    people_lexicon,
)
from lichtspiel.director.people_scene import DraftDeed, PeopleReading, Scene
from lichtspiel.director.people_words import (
    BeardName,
    Evident,
    GarmentName,
    KindName,
    PeopleSense,
    RoleName,
    ShadeName,
    Span,
    StyleName,
    ToneName,
)
from lichtspiel.director.senses import (
    ColourName,
    CueWord,
    Item,
    MaterialName,
    PlaceName,
    ThingName,
    VerbWord,
    Word,
)
from lichtspiel.screenplay import Action, Sex

_PRONOUNS: dict[Language, dict[str, Sex]] = {
    "en": {
        **dict.fromkeys(("he", "his", "him", "himself"), Sex.MALE),
        **dict.fromkeys(("she", "her", "hers", "herself"), Sex.FEMALE),
    },
    "de": {},
}
"""Words that tell the sex of whom they mean. German ones follow the noun's gender instead."""


def read_people(spans: Sequence[Span], discourse: Discourse) -> PeopleReading:
    """Read all spans of a prompt from left to right. Things that it names join the discourse."""
    scene = Scene(spans, discourse)
    reader = _Reader(scene)
    for at, span in enumerate(spans):
        reader.take(at, span)
    scene.end_clause()
    scene.reading.items = tuple(scene.items)
    return scene.reading


class _Reader:
    """Reads from left to right."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def take(self, at: int, span: Span) -> None:
        """Take the next span."""
        key = self.scene.tokens[span.start].key
        sex = _PRONOUNS[self.scene.language].get(key)
        self.scene.items.append(Item(span.start, span.end, (Word("pronoun"),)) if sex else span.item)
        age = span.sense(Age)
        if age is not None:
            self.scene.say_age(span, age)
        elif span.item.mark:
            self._mark(span)
        elif sex:
            self._pronoun(span, sex)
        elif span.senses:
            self._people_word(at, span)
        else:
            self._other_word(at, span)

    def _people_word(self, at: int, span: Span) -> None:
        following = self.scene.spans[at + 1] if at + 1 < len(self.scene.spans) else None
        if span.mark("photos"):
            self.scene.reading.photo = True
        if span.mark("wearing") and following is not None:
            self.scene.ledger.realise(span.item, "cast", "what they wear")
        elif span.mark("shots") and self.scene.number and not span.sense(CueWord):
            self.scene.counted = self.scene.number[1]
            self.scene.ledger.realise(span.item, "shots", f"{self.scene.counted} shots")
            self.scene.ledger.realise(self.scene.number[0], "shots")
            self.scene.number = None
        elif span.mark("same"):
            self.scene.same = span.item
        elif span.mark("without"):
            self.scene.without = span.item
        elif role := span.sense(RoleName):
            self.scene.name_person(span, role)
        elif self._is_adjective(span, following):
            self.scene.modifiers.append(span)
        else:
            self._noun(at, span)

    def _noun(self, at: int, span: Span) -> None:
        sense = next(
            (s for s in span.senses if not isinstance(s, (ToneName, HairShape, Pattern, ShadeName))), None
        )
        match sense:
            case GarmentName() as name:
                self.scene.garment(span, name)
            case KindName() as name:
                self.scene.leave_off(span, name)
            case StyleName(style=style):
                self.scene.grow("style", style, span)
            case BeardName(beard=beard):
                self.scene.grow("beard", beard, span)
            case BodyWord() as body:
                self.scene.body(span, body)
            case Quality():
                self.scene.predicate(span)
            case None:
                self.scene.modifiers.append(span)
            case _:
                self._happening(at, span, sense)

    def _happening(self, at: int, span: Span, sense: PeopleSense) -> None:
        match sense:
            case CueWord() as cue:
                self._cue(span, cue)
            case Deed() as deed:
                self._deed(span, deed)
            case Way() as way:
                self._way(at, span, way)
            case SpotWord() as spot:
                self._spot(span, spot)
            case Group() as group:
                self.scene.gather(span, group)
            case Undone(reason=reason):
                self.scene.ledger.refuse(span.item, reason)
                self.scene.undone = True
            case Evident(note=note):
                self.scene.ledger.realise(span.item, "setting.place", note)

    def _is_adjective(self, span: Span, following: Span | None) -> bool:
        """Whether it stands before the noun that it describes."""
        kinds = (Quality, HairShape, Pattern, ToneName, ShadeName)
        if not any(isinstance(sense, kinds) for sense in span.senses):
            return False
        if any(isinstance(s, (GarmentName, StyleName, BeardName, Way, Deed)) for s in span.senses):
            return self._describes(following) and bool(span.sense(Quality) or span.sense(HairShape))
        return self._describes(following) or span.sense(Quality) is None

    def _describes(self, following: Span | None) -> bool:
        if following is None:
            return False
        if following.item.mark:
            return following.item.mark == ","
        nouns = (RoleName, GarmentName, StyleName, BeardName, BodyWord, Quality, HairShape, Pattern, ToneName)
        if any(isinstance(sense, nouns) for sense in following.senses):
            return True
        return bool(following.item.sense(ColourName) or following.item.sense(MaterialName)) or (
            following.item.word("conjunction") and bool(self.scene.modifiers)
        )

    def _deed(self, span: Span, deed: Deed) -> None:
        if deed.cloth:
            if not self.scene.cloth:
                self.scene.ledger.refuse(span.item, "nothing that anyone wears blows")
                return
        elif self._describes_next(span):
            return
        people = list(self.scene.subjects or self.scene.topic)
        if not people:
            self.scene.ledger.refuse(span.item, "nobody is named who does it")
            return
        fields: dict[str, Any] = {"expression": deed.expression} if deed.expression else {}
        made = DraftDeed(people, deed.action, span.item, fields)
        self.scene.reading.deeds.append(made)
        self.scene.deed, self.scene.subjects, self.scene.cloth = made, [], False
        self.scene.undone = False
        self.scene.topic = self.scene.owner = people
        if self.scene.pace:
            self.scene.take_pace(*self.scene.pace)

    def _describes_next(self, span: Span) -> bool:
        """`a waiting man`, `ein sitzendes Kind`: a deed before the name of who does it."""
        text = self.scene.tokens[span.end - 1].key
        bent = text.endswith("ing") if self.scene.language == "en" else "end" in text[-5:]
        later = next((one for one in self.scene.spans if one.start >= span.end), None)
        if bent and later is not None and later.sense(RoleName) is not None:
            self.scene.modifiers.append(span)
            return True
        return False

    def _way(self, at: int, span: Span, way: Way) -> None:
        scene = self.scene
        following = scene.spans[at + 1] if at + 1 < len(scene.spans) else None
        preposition = span.item.sense(Preposition)
        if preposition is not None and following is not None and _begins_noun(following):
            scene.role = preposition.role
            return
        deed = scene.deed
        if deed is None:
            if preposition is None:
                scene.ledger.refuse(span.item, "directions are chosen by the stage")
            return
        if deed.action not in (Action.LOOK, Action.WALK):
            # Who smiles at the camera looks into it.
            deed = DraftDeed(deed.people, Action.LOOK, span.item)
            scene.reading.deeds.append(deed)
        deed.fields.setdefault("gaze", way.gaze)
        deed.items.append((span.item, "gaze"))

    def _spot(self, span: Span, spot: SpotWord) -> None:
        self.scene.reading.home = self.scene.reading.home or spot.place
        for modifier in self.scene.modifiers:
            self.scene.ledger.refuse(modifier.item, "places are furnished as they are")
        self.scene.forget()
        place = span.item.sense(PlaceName)
        if place is not None and self._names_place(span):
            self.scene.reading.places.append((span.item, place.ids))
        deed = self.scene.deed
        people = self.scene.subjects or self.scene.topic
        if deed is None and people:
            sits = spot.seat and self.scene.role in ("on", "onto", "in", None)
            deed = DraftDeed(list(people), Action.SIT if sits else Action.STAND, span.item)
            self.scene.reading.deeds.append(deed)
            self.scene.subjects = []
        elif deed is not None and self.scene.deed is deed and deed.action is Action.WALK:
            self.scene.ledger.refuse(span.item, "a walk goes straight ahead, or to a person or a thing")
            return
        if deed is not None:
            deed.fields.setdefault("spot", spot.spot)
            deed.items.append((span.item, "spot"))
        else:
            self.scene.ledger.refuse(span.item, "nobody is there")
        self.scene.role = None

    def _names_place(self, span: Span) -> bool:
        return len(self.scene.tokens[span.start].key) > 6 or span.end - span.start > 1

    def _other_word(self, at: int, span: Span) -> None:
        item = span.item
        number = item.sense(Number)
        value = number_of(self.scene.tokens[span.start], self.scene.language)
        if place := item.sense(PlaceName):
            self.scene.reading.places.append((item, place.ids))
            self.scene.forget("places are as they are")
        elif cue := item.sense(CueWord):
            self._cue(span, cue)
        elif value is not None and item.end - item.start == 1 and not item.word("indefinite"):
            self._number(at, span, int(value))
        elif number is not None:
            self._number(at, span, number.value)
        elif pace := item.sense(Pace):
            if self.scene.deed:
                self.scene.take_pace(item, pace.speed)
            else:
                self.scene.pace = (item, pace.speed)
        elif preposition := item.sense(Preposition):
            self.scene.role = preposition.role
        elif item.word("conjunction", "subordinator", "sequel"):
            self._joins(span)
        elif item.sense(ColourName) or item.sense(MaterialName) or item.sense(Size):
            self.scene.modifiers.append(span)
        else:
            self._beside_people(span)

    def _beside_people(self, span: Span) -> None:
        """Things, animals, and what only things do."""
        if thing := span.item.sense(ThingName):
            self.scene.thing(span, thing)
        elif span.item.word("person"):
            self.scene.forget("animals cannot be cast yet")
            self.scene.ledger.refuse(span.item, "animals cannot be cast yet")
        elif span.item.sense(VerbWord) and not is_empty(span.item):
            self.scene.ledger.refuse(span.item, people_lexicon().undone[0].reason)

    def _number(self, at: int, span: Span, value: int) -> None:
        if self.scene.group is not None and value >= 1:
            person = self._crowd(at, span, value)
            if person:
                return
        self.scene.number = (span.item, value)

    def _crowd(self, at: int, span: Span, value: int) -> bool:
        """`A crowd of sixty`: people without another name."""
        following = self.scene.spans[at + 1] if at + 1 < len(self.scene.spans) else None
        if following is not None and (
            following.sense(RoleName) is not None or following.sense(Quality) is not None
        ):
            return False
        self.scene.number = (span.item, value)
        self.scene.name_person(span, RoleName(ANYONE, None, plural=True))
        return True

    def _joins(self, span: Span) -> None:
        if span.item.word("subordinator"):
            self.scene.cloth = False
        if not span.item.word("conjunction"):
            self.scene.role = None

    def _pronoun(self, span: Span, sex: Sex) -> None:
        alone = [one for one in self.scene.reading.cast.values() if one.count == 1]
        fitting = [one for one in alone if one.sex in (sex, None)]
        if fitting:
            person = next((one for one in reversed(fitting) if one in self.scene.topic), fitting[-1])
            person.sex = person.sex or sex
            self.scene.topic = self.scene.owner = [person]
            subject = self.scene.tokens[span.start].key in ("he", "she")
            if subject:
                self.scene.subjects, self.scene.deed, self.scene.role = [], None, None

    def _cue(self, span: Span, cue: CueWord) -> None:
        self.scene.reading.cues.append((span.item, cue, self.scene.sentence))
        self.scene.forget()

    def _mark(self, span: Span) -> None:
        mark = span.item.mark
        if self.scene.counted and mark in ":,;." and len(self.scene.reading.cuts) < self.scene.counted:
            self.scene.end_clause()
            self.scene.reading.cuts.append(span.item)
            cut = CueWord(Cue(cut=bool(len(self.scene.reading.cuts) > 1), shot={"time_scale": 1.0}))
            self.scene.reading.cues.append((span.item, cut, self.scene.sentence))
            self.scene.subjects, self.scene.deed = [], None
        elif mark in ".!?;\n":
            self.scene.end_clause()
            self.scene.sentence += 1
            self.scene.subjects, self.scene.deed, self.scene.role = [], None, None
        elif mark == "," and not self.scene.modifiers:
            self.scene.role = None


def _begins_noun(span: Span) -> bool:
    """Whether a preposition right before it belongs to it."""
    if span.item.mark or span.item.word("conjunction", "subordinator"):
        return False
    return span.item.sense(Preposition) is None and span.item.sense(Pace) is None
