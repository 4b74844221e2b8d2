"""Read what a prompt says of people: who they are, what they wear, where they are and what they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lichtspiel.director.acting_lexicon import IntensityWord, LanguageWord, Manner, RepeatWord
from lichtspiel.director.choice import is_noun
from lichtspiel.director.discourse import Discourse
from lichtspiel.director.ledger import is_empty
from lichtspiel.director.lexicon import Cue, Heading, Left, Number, Pace, Preposition, Size
from lichtspiel.director.people_acts import already_at, begin, plays_own, take_act
from lichtspiel.director.people_adverbs import take_adverb, take_name
from lichtspiel.director.people_ages import Age, number_of
from lichtspiel.director.people_cast import ANYONE, DraftCharacter
from lichtspiel.director.people_clauses import done_before, done_by_another, dresses, is_home
from lichtspiel.director.people_fixtures import fixture_end, take_fixture
from lichtspiel.director.people_lexicon import (
    BodyWord,
    Deed,
    Group,
    HairShape,
    Pattern,
    Quality,
    Shade,
    SpotWord,
    Undone,
    Way,
    people_lexicon,
)
from lichtspiel.director.people_places import begins_noun, take_hour, take_spot, take_way
from lichtspiel.director.people_pronouns import pronoun_end, take_pronoun
from lichtspiel.director.people_reading import PeopleReading
from lichtspiel.director.people_roles import names_whom, role_of
from lichtspiel.director.people_scene import Scene
from lichtspiel.director.people_senses import (
    Evident,
    GarmentName,
    HairName,
    KindName,
    PeopleSense,
    RoleName,
    Span,
    ToneName,
)
from lichtspiel.director.people_speech import pace_line, take_quote
from lichtspiel.director.people_struck import struck_by
from lichtspiel.director.people_things import see_thing, take_thing
from lichtspiel.director.quotes import Quote
from lichtspiel.director.segments import Segment
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
from lichtspiel.director.thing_clauses import thing_clauses
from lichtspiel.director.things_beside import things_act
from lichtspiel.director.verb_phrases import Act, Tail, Told
from lichtspiel.screenplay import Action

_IT = frozenset({"it", "ihn", "ihm", "es"})


def read_people(
    spans: Sequence[Span],
    discourse: Discourse,
    parts: Sequence[Segment],
    items: Sequence[Item],
    known: Sequence[DraftCharacter] = (),
) -> PeopleReading:
    """Read all spans of a prompt from left to right. Things that it names join the discourse.

    parts: where clauses may end. items: what the reader of things takes the prompt for. known: people
    who were spoken of before.
    """
    scene = Scene(spans, discourse, parts)
    scene.reading.cast = {person.id: person for person in known}
    scene.topic = list(known)
    reader = _Reader(scene)
    clauses = thing_clauses(discourse.tokens, spans, parts, discourse.words.language)
    done = 0
    for at, span in enumerate(spans):
        clause = next((one for one in clauses if one.start <= span.start < one.end), None)
        if span.start < done:
            continue
        if past := done_before(discourse.tokens, spans, at):
            done = past[-1].end
            scene.leave(past, "it was done before the film begins")
            continue
        if clause is not None and span.start == clause.start:
            inside = [item for item in items if clause.start <= item.start and item.end <= clause.end]
            within = (one for one in spans if clause.start <= one.start < clause.end)
            hits = any(struck_by(spans, one) is not None for one in within)
            if inside and inside[-1].end == clause.end and not hits:
                things_act(scene, clause, inside)
                done = clause.end
                continue
        reader.take(at, span)
    scene.end_clause()
    scene.reading.items = tuple(sorted(scene.items, key=lambda item: item.start))
    return scene.reading


class _Reader:
    """Reads from left to right."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.read_to = 0
        self.early: list[Span] = []
        """What somebody does who is named right behind it: a sleeping child."""

    def take(self, at: int, span: Span) -> None:
        """Take the next span."""
        if span.start < self.read_to:
            return
        until = pronoun_end(self.scene, span) if not span.sense(Told) else None
        meant = until is not None
        item = Item(span.start, until or span.end, (Word("pronoun"),)) if meant else span.item
        self.scene.items.append(item)
        if meant and until is not None:
            self.read_to = until
            take_pronoun(self.scene, span, until)
        elif end := fixture_end(self.scene, span.start):
            self.scene.items[-1] = Item(span.start, end)
            self.read_to = end
            take_fixture(self.scene, span, end)
        elif age := span.sense(Age):
            self.scene.say_age(span, age)
        elif quote := span.sense(Quote):
            take_quote(self.scene, span, quote)
        elif told := span.sense(Told):
            self.scene.ledger.realise(span.item, told.slot, told.note)
            cue = span.item.sense(CueWord)
            if cue is not None and "weather" in cue.cue.setting:
                # Rain that is heard on the window falls before it.
                self.scene.reading.cues.append((span.item, cue, self.scene.sentence))
        elif tail := span.sense(Tail):
            self._tail(span, tail)
        elif span.item.mark:
            self._mark(span)
        elif span.senses:
            self._people_word(at, span)
        else:
            self._other_word(at, span)

    def _tail(self, span: Span, tail: Tail) -> None:
        """A word that belongs to a verb: the guitar that is played, the shoulders that are shrugged."""
        scene = self.scene
        thing, preposition = span.item.sense(ThingName), span.item.sense(Preposition)
        spot = span.sense(SpotWord)
        deed = scene.deed
        if take_name(scene, span, tail):
            pass
        elif deed is not None and spot is not None and deed.motion and deed.motion.on == spot.spot:
            deed.fields.setdefault("spot", spot.spot)
            deed.note(span.item, "spot")
            scene.forget()
        elif scene.role not in (None, "like") and (role := span.sense(RoleName)):
            # Who dances with a robot has company; who dances like one does not.
            scene.name_person(span, role)
        elif thing is not None and not scene.undone:
            take_thing(scene, span, thing)
        elif scene.role is not None and (place := span.item.sense(PlaceName)):
            scene.reading.places.append((span.item, place.ids))
            scene.forget()
        elif preposition is not None:
            following = scene.from_token(span.end)
            leads = following is not None and begins_noun(following)
            scene.role = preposition.role if leads else scene.role
        else:
            scene.reading.tails.append((tail.of, span.item))
            scene.role = None
            scene.forget(
                "said of what is done, it changes nothing" if scene.modifiers and not scene.undone else ""
            )

    def _people_word(self, at: int, span: Span) -> None:
        following = self.scene.spans[at + 1] if at + 1 < len(self.scene.spans) else None
        if span.mark("photos"):
            self.scene.reading.photo = True
        if span.sense(Act) and self._acts(at, span):
            return
        if any(isinstance(sense, (Manner, IntensityWord, RepeatWord, LanguageWord)) for sense in span.senses):
            self._adverb(at, span, following)
        elif span.mark("wearing") and following is not None:
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
        elif role := role_of(self.scene, span):
            self._somebody(span, role)
        elif self._is_adjective(span, following):
            self.scene.modifiers.append(span)
        else:
            self._noun(at, span)

    def _acts(self, at: int, span: Span) -> bool:
        """Take a verb of people; False where another meaning of the word counts."""
        if span.mark("wearing") and dresses(self.scene.spans, at):
            return False
        if self._describes_next(span) or take_act(self.scene, span):
            return True
        if not span.sense(Deed):
            self._other_word(at, span)
        return span.sense(Deed) is None

    def _somebody(self, span: Span, role: RoleName) -> None:
        """Somebody is named, perhaps behind what they do."""
        person = self.scene.name_person(span, role)
        for early in self.early:
            already_at(self.scene, early, person)
        self.early = []

    def _counts_things(self, span: Span) -> bool:
        """`five glasses` are drunk from; glasses are worn."""
        return span.item.sense(ThingName) is not None and self.scene.number is not None

    def _adverb(self, at: int, span: Span, following: Span | None) -> None:
        adjective = any(isinstance(s, (Quality, HairShape, Shade)) for s in span.senses)
        before_noun = following is not None and not following.item.mark
        if (adjective and before_noun and self._describes(following)) or names_whom(span, following):
            self.scene.modifiers.append(span)
        elif not take_adverb(self.scene, span):
            if adjective and self._describes(following):
                self.scene.modifiers.append(span)
            elif adjective and self.scene.deed is None and (self.scene.topic or self.scene.owner):
                self.scene.predicate(span)
            elif span.item.sense(Pace):
                self._other_word(at, span)
            else:
                self.scene.manners.append(span)

    def _noun(self, at: int, span: Span) -> None:
        sense = next(
            (s for s in span.senses if not isinstance(s, (ToneName, HairShape, Pattern, Shade))), None
        )
        match sense:
            case GarmentName() as name if not self._counts_things(span):
                self.scene.garment(span, name)
            case GarmentName():
                self._other_word(at, span)
            case KindName() as name:
                self.scene.leave_off(span, name)
            case HairName(part=part, id=name):
                self.scene.grow(part, name, span)
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
                take_way(self.scene, at, span, way)
            case SpotWord() if is_home(self.scene.deed, span):
                self._other_word(at, span)
            case SpotWord() as spot:
                take_spot(self.scene, span, spot)
            case Group() as group:
                self.scene.gather(span, group)
            case Undone() if plays_own(self.scene, span):
                pass
            case Undone(reason=reason):
                self.scene.ledger.refuse(span.item, reason)
                self.scene.undone = True
            case Evident(note=note):
                self.scene.ledger.realise(span.item, "setting.place", note)

    def _is_adjective(self, span: Span, following: Span | None) -> bool:
        """Whether it stands before the noun that it describes."""
        kinds = (Quality, HairShape, Pattern, ToneName, Shade)
        if not any(isinstance(sense, kinds) for sense in span.senses):
            return False
        if any(isinstance(s, (GarmentName, HairName, Way, Deed)) for s in span.senses):
            return self._describes(following) and bool(span.sense(Quality) or span.sense(HairShape))
        return self._describes(following) or span.sense(Quality) is None

    def _describes(self, following: Span | None) -> bool:
        if following is None:
            return False
        if following.item.mark:
            return following.item.mark == ","
        nouns = (RoleName, GarmentName, HairName, BodyWord, Quality, HairShape, Pattern, ToneName)
        if any(isinstance(sense, nouns) for sense in following.senses):
            return True
        looks = (ColourName, MaterialName, ThingName)
        return any(following.item.sense(kind) is not None for kind in looks) or (
            following.item.word("conjunction") and bool(self.scene.modifiers)
        )

    def _deed(self, span: Span, deed: Deed) -> None:
        if deed.cloth:
            if not self.scene.cloth:
                self.scene.ledger.refuse(span.item, "nothing that anyone wears blows")
                return
        elif self._describes_next(span):
            return
        if stranger := self.scene.stranger(span):
            self.scene.ledger.refuse(span.item, stranger)
            self.scene.undone = True
            return
        fields: dict[str, Any] = {"expression": deed.expression} if deed.expression else {}
        if deed.spot:
            fields["spot"] = deed.spot
        if deed.gaze:
            fields["gaze"] = deed.gaze
        begin(self.scene, span, deed.action, fields)

    def _describes_next(self, span: Span) -> bool:
        """`a waiting man`, `ein sitzendes Kind`: a deed before the name of who does it."""
        text = self.scene.tokens[span.end - 1].key
        bent = text.endswith("ing") if self.scene.language == "en" else "end" in text[-5:]
        later = self.scene.from_token(span.end)
        if bent and later is not None and later.sense(RoleName) is not None:
            self.early.append(span)
            return True
        return False

    def _other_word(self, at: int, span: Span) -> None:
        item = span.item
        number = item.sense(Number)
        value = number_of(self.scene.tokens[span.start], self.scene.language)
        if place := item.sense(PlaceName):
            self.scene.reading.places.append((item, place.ids))
            take_hour(self.scene, item)
            self.scene.forget("places are as they are")
        elif cue := item.sense(CueWord):
            self._cue(span, cue)
        elif value is not None and item.end - item.start == 1 and not item.word("indefinite"):
            self._number(at, span, int(value))
        elif number is not None:
            self._number(at, span, number.value)
        elif pace := item.sense(Pace):
            self._pace(item, pace)
        elif preposition := item.sense(Preposition):
            self.scene.role = preposition.role
            # A number whose noun nobody knows counts nothing behind a preposition.
            self.scene.number = self.scene.number if preposition.role == "of" else None
        elif item.word("conjunction", "subordinator", "sequel"):
            self._joins(span)
        elif item.word("relative") and done_by_another(self.scene.spans, at):
            self.scene.direct, self.scene.role, self.scene.subjects = False, None, []
        elif item.end - item.start == 1 and self.scene.tokens[item.start].key in _IT and self._looks():
            see_thing(self.scene)
        elif self._is_thing(at, span) and (thing := item.sense(ThingName)):
            take_thing(self.scene, span, thing)
        elif item.sense(ColourName) or item.sense(MaterialName) or item.sense(Size):
            self.scene.modifiers.append(span)
        else:
            self._beside_people(span)

    def _pace(self, item: Item, pace: Pace) -> None:
        if self.scene.line is not None and not self.scene.line.text:
            pace_line(self.scene, item, pace.speed)
        elif self.scene.deed:
            self.scene.take_pace(item, pace.speed)
        else:
            self.scene.pace = (item, pace.speed)

    def _looks(self) -> bool:
        deed = self.scene.deed
        return deed is not None and deed.action is Action.LOOK and self.scene.direct

    def _is_thing(self, at: int, span: Span) -> bool:
        """`ein Glas` is a thing, `a glass bottle` is made of it."""
        following = self.scene.spans[at + 1] if at + 1 < len(self.scene.spans) else None
        of_next = following is not None and is_noun(following.item) and self.scene.language == "en"
        return span.item.sense(ThingName) is not None and not of_next

    def _beside_people(self, span: Span) -> None:
        """Things, animals, and what only things do."""
        if thing := span.item.sense(ThingName):
            take_thing(self.scene, span, thing)
        elif span.item.sense(Heading):
            self.scene.ledger.refuse(span.item, "directions are chosen by the stage")
        elif left := span.item.sense(Left):
            self.scene.forget(left.reason)
            self.scene.ledger.refuse(span.item, left.reason)
        elif span.item.word("person"):
            self.scene.forget("animals cannot be cast yet")
            self.scene.ledger.refuse(span.item, "animals cannot be cast yet")
        elif span.item.sense(VerbWord) and not is_empty(span.item):
            following = self.scene.from_token(span.end)
            describes = following is not None and following.item.sense(ThingName) is not None
            state = "how a thing is at the start has no slot yet"
            self.scene.ledger.refuse(span.item, state if describes else people_lexicon().undone[0].reason)

    def _number(self, at: int, span: Span, value: int) -> None:
        if self.scene.group is not None and value >= 1:
            person = self._crowd(at, span, value)
            if person:
                return
        self.scene.number = (span.item, value)

    def _crowd(self, at: int, span: Span, value: int) -> bool:
        """`A crowd of sixty`: people without another name."""
        following = self.scene.spans[at + 1] if at + 1 < len(self.scene.spans) else None
        if following is not None and any(isinstance(s, (RoleName, Quality)) for s in following.senses):
            return False
        self.scene.number = (span.item, value)
        self.scene.name_person(span, RoleName(ANYONE, None, plural=True))
        return True

    def _joins(self, span: Span) -> None:
        if span.item.word("subordinator") and span.start not in self.scene.openings:
            return
        if span.item.word("subordinator"):
            self.scene.cloth, self.scene.subjects = False, []
        self.scene.direct = False
        if not span.item.word("conjunction"):
            self.scene.role = None

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
            self.scene.end_sentence()
        elif mark == ",":
            self.scene.direct = False
            self.scene.role = self.scene.role if self.scene.modifiers else None
