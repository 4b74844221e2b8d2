"""Beats, lines and music of a film of people, from what was read of them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from lichtspiel.director.discourse import Discourse
from lichtspiel.director.hearing_lexicon import hearing_lexicon
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.music_words import MusicRead
from lichtspiel.director.people_cast import DraftCharacter
from lichtspiel.director.people_deeds import DraftDeed, DraftLine, lay_out
from lichtspiel.director.people_lengths import done_before
from lichtspiel.director.people_others import bring_others, struck_s
from lichtspiel.director.people_reading import PeopleReading
from lichtspiel.director.people_speech import joined_lines
from lichtspiel.director.props import DraftProp
from lichtspiel.director.shots import DraftShot
from lichtspiel.library import catalogue
from lichtspiel.screenplay import (
    Action,
    Beat,
    Expression,
    Gaze,
    Line,
    Music,
    Outcome,
    OutcomeKind,
    Status,
    Style,
)

_WINDOW, _LIES_DOWN = "window", "lie_down"
_SEVERAL = 2
_BACK_S = 2.3
"""When the second of two throws back what the first has thrown."""
_MOVES = frozenset({Action.WALK, Action.PERFORM})
_AIMED = frozenset({OutcomeKind.MISSES, OutcomeKind.ENTERS})
"""Outcomes of what is thrown, kicked or hit."""
MOODS = {
    Expression.TIRED: Style.TIRED, Expression.ANGRY: Style.ANGRY, Expression.SAD: Style.SAD,
    Expression.SMILE: Style.HAPPY, Expression.LAUGH: Style.HAPPY,
}  # fmt: skip
"""How people move whom the prompt calls tired, angry, sad or happy."""


def finish(reading: PeopleReading, discourse: Discourse) -> None:
    """What follows once the whole prompt is read: who is whose partner, and what a shot needs."""
    for deed in tuple(reading.deeds):
        _answer(reading, deed, discourse)
    bring_others(reading, discourse.ledger)
    _send(reading)
    for deed in reading.deeds:
        _pair(reading, deed)
        _aim(deed, discourse)
        _drink_from(deed, discourse)
        _complete(deed, discourse)
        _go_to_bed(deed, discourse)
        if (aimed := discourse.props.get(str(deed.fields.get("target")))) is not None:
            deed.things = aimed.count
    for prop in reading.plural:
        draft = discourse.props[prop]
        hands = [deed.people for deed in reading.deeds if prop in deed.using]
        draft.count = sum(person.count for person in hands[0]) if hands else draft.count
        why = "one for each of them" if hands else "the prompt gives no number"
        discourse.ledger.fill("count", f"props.{prop}.count", f"{draft.count}: {why}")
    for deed in reading.deeds:
        _share_out(deed, discourse)
    handled = {prop for deed in reading.deeds for prop in deed.using}
    placed = [draft for draft in discourse.props.values() if draft.placement is not None]
    handled |= {draft.id for draft in placed if draft.placement and draft.placement.target in handled}
    for beat in reading.story.beats:
        if beat.subject in handled:
            beat.action = Action.REST
    _turn_heads(reading, discourse)


def _share_out(deed: DraftDeed, discourse: Discourse) -> None:
    """Two knights with two swords have one each."""
    if len(deed.people) < _SEVERAL or any(person.count > 1 for person in deed.people):
        return
    for prop in deed.using:
        for person in deed.people[1:]:
            own = discourse.part_from(prop) if discourse.props[prop].count > 1 else prop
            deed.shares.setdefault(person.id, []).append(own)


def _complete(deed: DraftDeed, discourse: Discourse) -> None:
    """Things in the order in which the motion takes them: the pot that is poured from, then the cup."""
    entry = deed.motion
    wanted = entry.using if entry is not None else ()
    if len(wanted) < _SEVERAL or len(set(wanted)) < len(wanted):
        return
    target = deed.fields.get("target")
    # What it is sent to is not in hand.
    held = target in discourse.props and entry is not None and entry.release is None
    named = [*deed.using, *([str(target)] if held else [])]
    if not named:
        return
    slots: list[str | None] = [None] * len(wanted)
    for prop in named:
        same = [n for n, thing in enumerate(wanted) if thing == discourse.props[prop].thing]
        free = [n for n, held in enumerate(slots) if held is None]
        order = reversed(free) if prop == target else iter(free)
        place = next((n for n in same if n in free), next(order, None))
        if place is not None:
            slots[place] = prop
    known = discourse.words.library.things
    deed.using = [
        held or _added(discourse, thing).id
        for held, thing in zip(slots, wanted, strict=True)
        if held or thing in known
    ]


def _drink_from(deed: DraftDeed, discourse: Discourse) -> None:
    """What one drinks from is in the hand instead of the cup of who names nothing."""
    named = discourse.props.get(str(deed.fields.get("target")))
    entry = deed.motion
    if named is None or deed.using or entry is None or entry.kind != "gesture" or len(entry.using) != 1:
        return
    things = catalogue.things()
    usual = things.get(entry.using[0])
    if usual is not None and set(usual.tags) <= set(things[named.thing].tags):
        deed.using = [str(deed.fields.pop("target"))]


def _go_to_bed(deed: DraftDeed, discourse: Discourse) -> None:
    """Who lies down on a bed lies in it: how one gets into a bed is no motion of the library."""
    bed = discourse.props.get(str(deed.fields.get("target")))
    in_bed = bed is not None and "lain_on" in catalogue.things()[bed.thing].tags
    if deed.motion is None or deed.motion.id != _LIES_DOWN or not in_bed:
        return
    deed.action = Action.LIE
    del deed.fields["motion"], deed.fields["target"]
    discourse.ledger.fill("posture", "beats", "lies in bed from the beginning")


def _turn_heads(reading: PeopleReading, discourse: Discourse) -> None:
    """Who looks, at nothing that the prompt names, looks at what another has just done."""
    for number, deed in enumerate(reading.deeds):
        before = [one for one in reading.deeds[:number] if one.motion is not None and one.people]
        others = [one for one in before if not any(who in deed.people for who in one.people)]
        if deed.action is Action.LOOK and not deed.fields and others:
            seen = others[-1].people[0].id
            deed.fields["target"] = seen
            discourse.ledger.fill("target", "beats", f"{seen}: that is what happens")


def _answer(reading: PeopleReading, deed: DraftDeed, discourse: Discourse) -> None:
    """Of two who play ball the first throws, the other catches it and throws it back."""
    if deed.answer is None or not deed.people:
        return
    if struck := reading.cast.get(str(deed.fields.get("target"))):
        lasts_s = deed.motion.duration_s if deed.motion else 0.0
        fields: dict[str, Any] = {"motion": deed.answer, "at_s": struck_s(lasts_s)}
        reading.deeds.append(DraftDeed([struck], Action.PERFORM, deed.item, fields))
        return
    if len(deed.people) == 1 and deed.people[0].count > 1:
        reading.part_from(deed.people[0], deed.people[0].count - 1)
    if len(deed.people) < _SEVERAL or deed.motion is None:
        return
    first, other = deed.people[:_SEVERAL]
    deed.people, deed.fields["target"] = [first], other.id
    sent_s = deed.motion.release.at_s if deed.motion.release else 0.0
    fields = {"motion": deed.answer, "target": first.id, "at_s": round(sent_s, 2)}
    reading.deeds.append(DraftDeed([other], Action.PERFORM, deed.item, fields))
    if deed.motion.release is None:
        return
    if not deed.using:
        deed.using = [_added(discourse, thing).id for thing in deed.motion.using[:1]]
    for who, to, motion, at_s in (
        (other, first, deed.motion.id, _BACK_S),
        (first, other, deed.answer, _BACK_S + sent_s),
    ):
        fields = {"motion": motion, "target": to.id, "at_s": round(at_s, 2)}
        reading.deeds.append(DraftDeed([who], Action.PERFORM, deed.item, fields))
    reading.deeds[-2].using = list(deed.using)


def _send(reading: PeopleReading) -> None:
    """What somebody throws, at nothing that the prompt names, is thrown to who catches next.

    It is thrown before, also where `the ball that a boy throws` is told behind.
    """
    for pair in itertools.pairwise(tuple(reading.deeds)):
        told_behind = pair[0].motion is not None and pair[0].motion.catches is not None
        deed, later = reversed(pair) if told_behind else pair
        sends = deed.motion is not None and deed.motion.release is not None and bool(deed.people)
        catches = later.motion is not None and later.motion.catches is not None
        if not (sends and catches and later.people) or later.people[0] in deed.people:
            continue
        if deed.fields.get("target") in (None, later.people[0].id):
            deed.fields["target"] = later.people[0].id
            later.fields.setdefault("target", deed.people[0].id)
            first, second = sorted((reading.deeds.index(deed), reading.deeds.index(later)))
            reading.deeds[first], reading.deeds[second] = deed, later


def _pair(reading: PeopleReading, deed: DraftDeed) -> None:
    """Two of a kind who do something to each other become two characters."""
    if deed.with_partner and "target" not in deed.fields and len(deed.people) == 1:
        person = deed.people[0]
        if person.count == 2:
            reading.part_from(person)


def _aim(deed: DraftDeed, discourse: Discourse) -> None:
    """A shot that shall miss or hit needs its ball and its goal."""
    entry = deed.motion
    if entry is None or not any(kind in _AIMED for kind, _ in deed.outcomes):
        return
    for thing in entry.using[:1] if not deed.using else ():
        deed.using.append((discourse.of_thing((thing,)) or _added(discourse, thing)).id)
    known = discourse.words.library.things
    if "target" not in deed.fields and entry.on in known and entry.on is not None:
        deed.fields["target"] = (discourse.of_thing((entry.on,)) or _added(discourse, entry.on)).id


def _added(discourse: Discourse, thing: str) -> DraftProp:
    prop = discourse.add(thing, mentioned=False)
    discourse.ledger.fill(thing, f"props.{prop.id}", "it is done with one")
    return prop


def built_beats(
    reading: PeopleReading, drafts: Sequence[DraftShot], length: float, ledger: Ledger
) -> tuple[Beat, ...]:
    """Beats of the things, then of the people, each in the shot that speaks of it."""
    reading.story.account()
    beats: list[Beat] = [draft.built() for draft in reading.story.beats]
    for deed in lay_out(reading.deeds):
        if deed.action is Action.LOOK and not deed.fields and _at_window(deed, reading):
            deed.fields["spot"] = _WINDOW
        shot = max(index for index, draft in enumerate(drafts) if draft.start <= deed.item.start)
        at_s = round(length * shot / len(drafts), 3) if shot else None
        for person, partner in _partners(deed):
            slot = f"beats.{len(beats)}"
            deed.beat = len(beats) if deed.beat is None else deed.beat
            fields = _fields(deed, person, partner)
            beats.append(Beat.model_validate(
                {"subject": person.id, "action": deed.action, "at_s": at_s, **fields}
            ))  # fmt: skip
            _account(reading, deed, slot, ledger)
    for person in reading.cast.values() if reading.photo else ():
        if not any(beat.subject == person.id and beat.action is Action.LOOK for beat in beats):
            beats.append(Beat(subject=person.id, action=Action.LOOK, gaze=Gaze.CAMERA))
            ledger.fill("gaze", f"beats.{len(beats) - 1}.gaze", "camera: it is a photo")
    _refuse_tails(reading, ledger)
    return tuple(beats)


def _account(reading: PeopleReading, deed: DraftDeed, slot: str, ledger: Ledger) -> None:
    field = "motion" if deed.motion else "action"
    told = (deed.motion.id if deed.motion else "", deed.remark)
    ledger.realise(deed.item, f"{slot}.{field}", ": ".join(part for part in told if part))
    for item, name in deed.items:
        ledger.realise(item, f"{slot}.{name}")
    for index, (_, item) in enumerate(deed.outcomes):
        ledger.realise(item, f"{slot}.outcomes.{index}")
    for at, item in reading.tails:
        if at == deed.item.start:
            ledger.realise(item, f"{slot}.{field}")


def _refuse_tails(reading: PeopleReading, ledger: Ledger) -> None:
    """Words of verbs that came to nothing go the way of their verb."""
    for at, item in reading.tails:
        status, slot, note = ledger.entries.get(at, (None, "", "not understood here"))
        if status is Status.REALISED:
            ledger.realise(item, slot, note)
        else:
            ledger.refuse(item, note)


def _partners(deed: DraftDeed) -> list[tuple[DraftCharacter, str | None]]:
    """Who does it, each with whom they do it to where that is one of them."""
    if not deed.with_partner or "target" in deed.fields or len(deed.people) != 2:
        return [(person, None) for person in deed.people]
    first, second = deed.people
    if deed.motion is not None and deed.motion.kind == "pair":
        return [(first, second.id)]
    return [(first, second.id), (second, first.id)]


def _fields(deed: DraftDeed, person: DraftCharacter, partner: str | None) -> dict[str, object]:
    """Fields of the beat; a look has either a target, a way or a spot."""
    fields = dict(deed.fields)
    if partner is not None:
        fields["target"] = partner
    if fields.get("target") == person.id:
        fields.pop("target")
    if "target" in fields:
        fields.pop("gaze", None)
    style = person.manner or MOODS.get(person.fields.get("expression", Expression.NEUTRAL))
    if deed.action in _MOVES and style is not None:
        fields.setdefault("style", style)
    fields["using"] = tuple(deed.shares.get(person.id, deed.using))
    fields["outcomes"] = tuple(
        Outcome(kind=kind, target=_goal(deed) if kind in _AIMED else None) for kind, _ in deed.outcomes
    )
    return fields


def _goal(deed: DraftDeed) -> str | None:
    target = deed.fields.get("target")
    return str(target) if target else None


def _at_window(deed: DraftDeed, reading: PeopleReading) -> bool:
    """Whether who looks stands at a window, and so looks out of it."""
    return any(
        _WINDOW in (other.fields.get("spot"), other.fields.get("destination")) and other.people == deed.people
        for other in reading.deeds
    )


def built_lines(reading: PeopleReading, ledger: Ledger) -> tuple[Line, ...]:
    """What is said, in order."""
    lines: list[Line] = []
    for draft in joined_lines(reading.lines):
        if not draft.people or not (draft.text or draft.vocal):
            for item in draft.items:
                ledger.refuse(item, "nobody is named who says it" if draft.text else "nothing is said")
            continue
        slot = f"lines.{len(lines)}"
        lines.append(
            Line(
                speaker=draft.people[-1].id if len(draft.people) == 1 else draft.people[0].id,
                text=draft.text,
                vocal=draft.vocal,
                language=draft.language,
                delivery=draft.delivery,
                to=draft.to,
                pace=draft.pace,
                interrupts=draft.interrupts and bool(lines),
                after=_after(draft, reading),
            )
        )
        for item in draft.items:
            ledger.realise(item, slot)
    return tuple(lines)


def _after(line: DraftLine, reading: PeopleReading) -> str | None:
    """What is done before a line because the prompt tells it before, and because it comes to an end."""
    deed = done_before(line, reading)
    return f"beats[{deed.beat}]" if deed is not None and deed.beat is not None else None


def chosen_music(read: MusicRead, beats: Sequence[Beat], ledger: Ledger) -> Music | None:
    """The music that the prompt asks for, else what somebody plays or dances to."""
    if read.silent:
        return None
    lexicon = hearing_lexicon()
    player = next((beat for beat in beats if beat.motion in lexicon.players), None)
    fields = dict(read.fields)
    if player is not None and player.motion is not None:
        played = lexicon.players[player.motion]
        if not read.wanted:
            ledger.fill("music", "music", f"{played.style}: {player.subject} plays it")
        fields = {"style": played.style, "instruments": played.instruments, **fields}
        return Music.model_validate({**fields, "diegetic": player.subject})
    if read.wanted:
        return Music.model_validate(fields)
    dance = next((lexicon.dances[beat.motion] for beat in beats if beat.motion in lexicon.dances), None)
    if dance is None:
        return None
    ledger.fill("music", "music.style", f"{dance}: it is danced to")
    return Music(style=dance)
