"""A film of people: from what was read of them to a screenplay and its ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lichtspiel.director.acting_lexicon import OutcomeWord, acting_lexicon
from lichtspiel.director.assembly import film_length, film_title
from lichtspiel.director.background import put_in_background
from lichtspiel.director.claims import Claims, without_told
from lichtspiel.director.cue_order import calls, placed
from lichtspiel.director.discourse import Discourse
from lichtspiel.director.gazetteer import items
from lichtspiel.director.heard import animals
from lichtspiel.director.language import Language
from lichtspiel.director.ledger import Ledger, is_empty, understanding
from lichtspiel.director.lexicon import Preposition
from lichtspiel.director.people_beats import built_beats, built_lines, chosen_music, finish
from lichtspiel.director.people_bystanders import add_bystanders
from lichtspiel.director.people_cast import ANYONE, DraftCharacter
from lichtspiel.director.people_deeds import DraftDeed
from lichtspiel.director.people_dress import dress_for_occasions
from lichtspiel.director.people_framing import (
    MANY,
    deed_share_s,
    follow_fast,
    keep_to_single,
    show_deed_first,
    show_places_wide,
)
from lichtspiel.director.people_lengths import needed_s
from lichtspiel.director.people_lexicon import Deed, Group, Quality, Undone, people_lexicon
from lichtspiel.director.people_others import add_company
from lichtspiel.director.people_parts import show_parts
from lichtspiel.director.people_reader import read_people
from lichtspiel.director.people_reading import PeopleReading
from lichtspiel.director.people_senses import Claimed, GarmentName, HairName, RoleName, Span
from lichtspiel.director.people_struck import struck_by
from lichtspiel.director.people_trades import play_their_own
from lichtspiel.director.people_words import spans
from lichtspiel.director.quotes import Quote
from lichtspiel.director.senses import Item, PlaceName, ThingName, VerbWord
from lichtspiel.director.setting import choose_look, choose_setting
from lichtspiel.director.shots import DraftShot, built_shots, draft_shots
from lichtspiel.director.surroundings import floors_named
from lichtspiel.director.thing_clauses import stranger_in
from lichtspiel.director.tokens import Token
from lichtspiel.director.verb_phrases import Act, MotionName
from lichtspiel.director.vocabulary import Vocabulary, names_of
from lichtspiel.library import catalogue
from lichtspiel.library.records import ThingEntry
from lichtspiel.screenplay import (
    Action,
    Gaze,
    Gravity,
    Screenplay,
    Setting,
    Sex,
    ShotSize,
    Understanding,
    View,
    Weather,
)

_LOW_LEGS = -0.2
"""Hips this far down, in leg lengths, take the body out of a medium shot."""
_OWN_DEEDS = frozenset({Action.SIT, Action.WALK, Action.LOOK, Action.EXPRESS, Action.STAND, Action.LIE})
_ANYBODY = frozenset({"person", "man", "woman", "boy", "girl"})
"""Roles that stand in for somebody who might be a thing as well: a neighbour, a driver."""
_OUTDOORS = {Weather.SNOW: "snowfield", Weather.RAIN: "street", Weather.FOG: "street"}
"""Where it rains and snows on people whose place the prompt leaves open."""
_PUDDLES = "street"
"""Where there are puddles."""
_OPEN = "lawn"
"""Where people throw things whose place the prompt leaves open."""
_INDOORS = "living_room"
"""Where people sit, lie and stand at doors whose place the prompt leaves open."""


def speaks_of_people(cut: Sequence[Span], claims: Claims) -> bool:
    """Whether the prompt names people."""
    roles = [role for span in cut if (role := span.sense(RoleName)) is not None]
    known = any(_known(span) for span in cut) or any(_crowd(span) for span in cut)
    # A domino has neighbours, too: who is in no library and has no trade of it must do something.
    players = {name for one in acting_lexicon().players for name in one.who}
    plays = any(role.called in players for role in roles)
    return known or plays or (bool(roles) and people_act(cut, claims))


def _known(span: Span) -> bool:
    """Whether a word names somebody of the library, or somebody of a trade that it has: a striker."""
    role = span.sense(RoleName)
    if role is None or (role.called and span.sense(GarmentName) is not None):
        return False
    return not role.called or role.role not in _ANYBODY


def people_act(cut: Sequence[Span], claims: Claims) -> bool:
    """Whether a verb of the prompt is one of people alone: sits, hugs, smiles, says something."""
    if any(span.sense(Quote) is not None or _of_people(span, cut, claims) for span in cut):
        return True
    if any(struck_by(cut, span) is not None or _blows_out(span, cut) for span in cut):
        return True
    if _described(cut) and any(span.sense(Act) is not None for span in cut):
        return True
    strong = _OWN_DEEDS - {Action.STAND, Action.LIE}
    dressed = any(span.sense(GarmentName) is not None for span in cut)
    deeds = [deed for span in cut if (deed := span.sense(Deed)) is not None]
    return any(deed.action in strong or (deed.cloth and dressed) for deed in deeds)


def _blows_out(span: Span, cut: Sequence[Span]) -> bool:
    """Whether a verb of several words is one of people that nobody can do: what things do is another."""
    return span.sense(Undone) is not None and span.end - span.start > 1 and _someone_before(span, cut)


def _of_people(span: Span, cut: Sequence[Span], claims: Claims) -> bool:
    """Whether a verb cannot be one of things: `hugs`, or `throws up his hands`."""
    act = span.sense(Act)
    if act is None or isinstance(act.sense, OutcomeWord):
        return False
    mine = [other for other in cut if other.start in act.others]
    apart = any(other.item.sense(ThingName) is None and not is_empty(other.item) for other in mine)
    if span.item.sense(VerbWord) is None or apart:
        return True
    named = any(other.item.sense(ThingName) is not None for other in mine)
    alone = isinstance(act.sense, MotionName) and not catalogue.motions()[act.sense.motion].using
    if named or (alone and (_rides(act, span, cut) or not _done_to_a_thing(span, cut))):
        part = next((part for part in claims.parts if part[0] <= span.start < part[1]), (0, span.start))
        return _someone_before(span, [one for one in cut if one.start >= part[0]])
    return False


def _rides(act: Act, span: Span, cut: Sequence[Span]) -> bool:
    """`drives a taxi`: a verb behind which stands what it is done on."""
    assert isinstance(act.sense, MotionName)
    mounts = catalogue.motions()[act.sense.motion].mounts
    after = (one.item.sense(ThingName) for one in cut if one.start >= span.end)
    thing = next((name for name in after if name is not None), None)
    return thing is not None and not mounts.isdisjoint(thing.ids)


def _done_to_a_thing(span: Span, cut: Sequence[Span]) -> bool:
    """`rolls a ball`: a verb whose object is a thing right behind it."""
    for one in cut:
        if one.start < span.end:
            continue
        if one.item.sense(ThingName) is not None and one.sense(RoleName) is None:
            return True
        if one.item.mark or one.item.sense(Preposition) is not None or one.sense(RoleName) is not None:
            return False
    return False


def _someone_before(span: Span, cut: Sequence[Span]) -> bool:
    """Whether the first noun before a verb that things share with people is somebody."""
    for one in cut:
        if one.start < span.start and one.sense(RoleName) is not None:
            return True
        named = (one.item.sense(ThingName), one.item.sense(PlaceName))
        if one.start >= span.start or any(named):
            return False
    return False


def _described(cut: Sequence[Span]) -> bool:
    """Whether the prompt speaks of more than one plain person."""
    roles = [role for span in cut if (role := span.sense(RoleName)) is not None]
    kinds = (Quality, GarmentName, HairName, Group)
    told = any(isinstance(sense, kinds) for span in cut for sense in span.senses)
    return len(roles) > 1 or any(role.plural for role in roles) or (bool(roles) and told)


def cut_anew(
    tokens: Sequence[Token], read: Sequence[Item], words: Vocabulary, other: Vocabulary, claims: Claims
) -> tuple[Span, ...]:
    """The prompt in spans, with the words about people among them."""

    def alone(at: int) -> Item:
        return replace(items(tokens[at : at + 1], words, other)[0], start=at, end=at + 1)

    known: dict[int, Claimed] = {at: Claimed(at + 1, held) for at, held in claims.acts.items()}
    known |= {at: Claimed(at + 1, (tail,)) for at, tail in claims.tails.items()}
    known |= {at: Claimed(at + 1, (told,)) for at, told in claims.told.items()}
    known |= {quote.start: Claimed(quote.end, (quote,)) for quote in claims.quotes}
    cut = spans(tokens, read, words.language, alone, known)
    return _with_strangers(tokens, cut, claims, words.language)


def _may_be_somebody(word: str, language: Language) -> bool:
    """Whether a noun that nobody knows looks like one of people: locksmith, Klavierlehrer."""
    strangers = acting_lexicon().strangers
    fits = word.endswith(names_of(strangers.endings, language))
    return fits and word not in (*names_of(strangers.never, language), *animals(language))


def _is_a_thing(tokens: Sequence[Token], cut: Sequence[Span], span: Span, language: Language) -> bool:
    """Whether the name of somebody is one of a thing here: its driver, a pitcher of water."""
    if span.start and tokens[span.start - 1].key == "its":
        return True
    active = (word for word in acting_lexicon().stand_ins if word.active)
    if tokens[span.end - 1].key.removesuffix("s") not in {
        n for word in active for n in names_of(word, language)
    }:
        return False
    following = next((one for one in cut if one.start == span.end), None)
    return following is None or following.sense(Act) is None


def _with_strangers(
    tokens: Sequence[Token], cut: Sequence[Span], claims: Claims, language: Language
) -> tuple[Span, ...]:
    """Take unknown words for people where they do what only people do."""
    found = [
        replace(span, senses=())
        if span.sense(RoleName) is not None and _is_a_thing(tokens, cut, span, language)
        else span
        for span in cut
    ]
    for part in claims.parts:
        span = stranger_in(tokens, cut, part, language)
        key = tokens[span.start].key if span is not None else ""
        if span is None or not _may_be_somebody(key, language):
            continue
        female, male = key.endswith(("in", "frau", "woman")), key.endswith(("mann", "man"))
        sex = Sex.FEMALE if female and language == "de" else Sex.MALE if male else None
        role = RoleName(ANYONE, sex, called=key)
        found[found.index(span)] = replace(span, senses=(role,))
    return tuple(found)


def film_of_people(
    prompt: str,
    tokens: tuple[Token, ...],
    cut: Sequence[Span],
    read: Sequence[Item],
    claims: Claims,
    words: Vocabulary,
    seed: int,
    duration_s: float | None,
) -> tuple[Screenplay, Understanding] | None:
    """The screenplay of a prompt about people; None when nobody of it can be cast.

    read: the prompt as the reader of things takes it.
    """
    ledger = Ledger()
    mentioned = {thing for item in read if (name := item.sense(ThingName)) for thing in name.ids}
    discourse = Discourse(words, tokens, ledger, frozenset(mentioned))
    reading = read_people(cut, discourse, claims.parts, without_told(read, claims))
    if not reading.cast:
        return None
    play_their_own(reading, cut, words.language, ledger)
    finish(reading, discourse)
    floors_named(discourse, reading.items, open_place=not reading.places)
    setting = _setting(reading, discourse, ledger)
    drafts = draft_shots(reading.cues, ledger)
    passing = {beat.subject for beat in reading.story.beats if beat.action in (Action.ROLL, Action.SLIDE)}
    put_in_background(
        tokens, reading.items, claims.parts, reading.cast, discourse.props, passing, drafts, ledger
    )
    apart_s = show_deed_first(drafts, reading, ledger)
    show_parts(drafts, reading, tokens, words.language, ledger)
    show_places_wide(drafts, reading)
    keep_to_single(drafts, reading, ledger)
    add_company(reading, ledger)
    around = add_bystanders(reading, tokens, words.language, setting.place, claims.sounds, drafts, ledger)
    _sizes(drafts, reading, ledger)
    follow_fast(drafts, reading, discourse.props, setting.place, ledger)
    called = calls(claims.sounds, [min(i.start for i in line.items) for line in reading.lines if line.items])
    length = film_length(
        reading.cues, duration_s, ledger, max(needed_s(reading, len(drafts), called), apart_s)
    )
    if apart_s:
        drafts[0].fields["duration_s"] = deed_share_s(length)
    dress_for_occasions(reading, discourse, ledger)
    beats = (*built_beats(reading, drafts, length, ledger), *around)
    lines = built_lines(reading, ledger)
    screenplay = Screenplay(
        title=film_title(prompt),
        prompt=prompt,
        language=words.language,
        seed=seed,
        duration_s=length,
        look=choose_look(reading.cues, ledger),
        setting=setting,
        cast=tuple(person.built() for person in reading.cast.values()),
        props=tuple(draft.built() for draft in discourse.props.values()),
        beats=beats,
        lines=lines,
        sounds=placed(claims.sounds, ledger),
        music=chosen_music(claims.music, beats, ledger),
        shots=built_shots(drafts, [beat.action for beat in beats], ledger),
    )
    for item, cue, _ in reading.cues:
        if cue.cue.reason:
            ledger.refuse(item, cue.cue.reason)
    _silent(reading, ledger)
    return screenplay, understanding(prompt, tokens, reading.items, ledger)


def _crowd(span: Span) -> bool:
    group = span.sense(Group)
    return group is not None and group.people


def _setting(reading: PeopleReading, discourse: Discourse, ledger: Ledger) -> Setting:
    """Place, time and light; a place that the prompt leaves open is where such people are found."""
    twins = people_lexicon().homes
    known = discourse.words.library.places
    natural = [
        *(deed.motion.home for deed in reading.deeds if deed.motion is not None),
        *(person.entry.home for person in reading.cast.values()),
    ]
    for item, named in reading.places:
        # Of places with one name, the one where such people are found: Platz.
        ids = (*(place for place in named if place in natural), *named)
        better = tuple(twin for place in ids if (twin := twins.get(place)) in known and twin)
        discourse.place_mentions.append((item, (*better, *ids)))
    setting = choose_setting(reading.cues, discourse, (), ledger)
    if not setting.is_wet and any(deed.motion is not None and deed.motion.wet for deed in reading.deeds):
        setting = setting.model_copy(update={"wet": True})
        ledger.fill("ground", "setting.wet", "wet, with puddles to step into")
    beyond = setting.gravity is not Gravity.EARTH
    if discourse.place_mentions or beyond:
        return setting
    things = catalogue.things()
    done = [deed.motion for deed in reading.deeds if deed.motion is not None]
    homes = (
        reading.home,
        *(motion.home for motion in done if motion.is_bound),
        _OUTDOORS.get(setting.weather),
        _PUDDLES if setting.wet else None,
        _INDOORS if discourse.grounds else None,
        _INDOORS if any(_falls_off_a_seat(deed, discourse) for deed in reading.deeds) else None,
        *(motion.home for motion in done),
        _OPEN if any(deed.motion is not None and deed.motion.release for deed in reading.deeds) else None,
        *(person.entry.home for person in reading.cast.values()),
        *(one.home for draft in discourse.props.values() if _tells_place(one := things[draft.thing])),
        _INDOORS if any(_needs_room(deed) for deed in reading.deeds) else None,
    )
    home = next((one for one in homes if one in known), None)
    if home is None:
        return setting
    ledger.filled[:] = [one for one in ledger.filled if one.slot != "setting.place"]
    ledger.fill("place", "setting.place", home)
    return setting.model_copy(update={"place": home})


def _tells_place(thing: ThingEntry) -> bool:
    """Whether who uses a thing is where it stands: in a bedroom's bed, on a park's bench."""
    home = catalogue.places().get(thing.home or "")
    return "lain_on" in thing.tags or ("seat" in thing.tags and home is not None and not home.indoors)


def _falls_off_a_seat(deed: DraftDeed, discourse: Discourse) -> bool:
    """Whether somebody falls off a chair as they stand at tables, behind which nobody would see it."""
    draft = discourse.props.get(str(deed.fields.get("target")))
    if draft is None or deed.motion is None or deed.motion.kind != "collapse":
        return False
    entry = catalogue.things()[draft.thing]
    home = catalogue.places().get(entry.home or "")
    return "seat" in entry.tags and home is not None and "table" in home.furnishes


def _needs_room(deed: DraftDeed) -> bool:
    at_spot = {"spot", "destination"} & deed.fields.keys()
    at_door = deed.motion is not None and deed.motion.on == "door"
    return deed.action in (Action.SIT, Action.LIE) or bool(at_spot) or at_door


def _sizes(drafts: Sequence[DraftShot], reading: PeopleReading, ledger: Ledger) -> None:
    """Shot sizes that suit the number of people, where the prompt names none."""
    everyone = sum(person.count for person in reading.cast.values())
    walks = any(deed.action is Action.WALK or _needs_space(deed) for deed in reading.deeds)
    walks |= any(beat.target in reading.cast for beat in reading.story.beats)
    for index, draft in enumerate(drafts):
        shown = [person.count for person in reading.cast.values() if person.id in draft.subjects]
        count = sum(shown) or everyone
        if "size" not in draft.fields and (count > 1 or walks):
            size = ShotSize.WIDE if count >= MANY else ShotSize.FULL
            draft.fields["size"] = size.value
            ledger.fill("size", f"shots.{index}.size", size.value)
        elif "size" not in draft.fields and reading.deeds and all(map(_shows_in_face, reading.deeds)):
            draft.fields["size"] = ShotSize.MEDIUM_CLOSE_UP.value
            ledger.fill("size", f"shots.{index}.size", "medium_close_up: it happens in the face")
        comes = any(deed.fields.get("gaze") is Gaze.CAMERA for deed in reading.deeds)
        # Two who turn to each other are both seen only from the side of their line.
        between = any(deed.with_partner or _gives(deed, reading) for deed in reading.deeds)
        told = (deed.motion.view for deed in reading.deeds if deed.motion is not None)
        best = next((view for view in told if view is not None), None)
        if "view" not in draft.fields and (best or comes or reading.photo or between):
            view = best or View.FRONT
            draft.fields["view"] = view.value
            ledger.fill("view", f"shots.{index}.view", view.value)


def _gives(deed: DraftDeed, reading: PeopleReading) -> bool:
    """Whether something goes from hand to hand."""
    entry = deed.motion
    return entry is not None and entry.to_person is not None and deed.fields.get("target") in reading.cast


def _shows_in_face(deed: DraftDeed) -> bool:
    """Whether a picture of head and shoulders has all of it: a nod, a hand at the glasses."""
    if deed.motion is None or deed.using:
        return False
    bare = deed.motion.kind == "gesture" and not deed.motion.using
    return bare and catalogue.scores()[deed.motion.id].shows_in_face


def _needs_space(deed: DraftDeed) -> bool:
    """Whether a motion is one of the whole body, or brings it down."""
    if deed.motion is None or deed.motion.kind != "posture":
        return deed.motion is not None and deed.motion.kind != "gesture"
    score = catalogue.scores()[deed.motion.id]
    lowest = min((key.hips[2] for key in score.keys if key.hips is not None), default=0.0)
    rises = deed.motion.id == "stand_up"
    return deed.motion.whole or score.rests or score.base != "stand" or lowest < _LOW_LEGS or rises


def _silent(reading: PeopleReading, ledger: Ledger) -> None:
    """Say what the prompt leaves open of everyone."""
    for person in reading.cast.values():
        for name, text in _open_fields(person):
            ledger.fill(f"{person.id}: {name}", f"{person.slot}.{name}", text)


def _open_fields(person: DraftCharacter) -> list[tuple[str, str]]:
    drawn = "drawn from the seed"
    found = [] if person.sex else [("sex", drawn)]
    if "age_years" not in person.fields:
        low, high = person.entry.ages
        found.append(("age_years", f"{drawn}, {low:g} to {high:g}"))
    if not person.wears:
        found.append(("wears", "what the role, the age and the weather suggest"))
    return found
