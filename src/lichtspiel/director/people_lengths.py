"""How long a film of people has to be: what they do, say and send off takes its time."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.people_deeds import DraftDeed, DraftLine, lay_out
from lichtspiel.director.people_reading import PeopleReading
from lichtspiel.library import catalogue
from lichtspiel.library.motion import APPROACH_S, STEP_UP_S
from lichtspiel.screenplay import Action, Beat

_BEGINS_S, _EFFECT_S = 0.4, 0.8
"""Before the first deed, and after what is sent off has arrived: pins fall, a ball drops through a net."""
_USUAL_GRAVITY = 9.81
_SEVERAL = 2
_LETTERS_PER_S = 13.0
"""Of English and German at a calm pace: about 2.5 words a second."""
_PAUSE_S, _LEAD_S = 0.6, 0.6
_VOCAL_S = 2.0
"""A laugh, a sigh, a cough."""
_CALL_S = 1.8
"""What is heard of a phone before it is answered, with the pauses around it."""
_GLANCE_S, _STAY_S = 1.0, 1.5
"""Least time of a look or a mood, and of what goes on and on."""
_OPENING_S, _AT_END = 4.0, 0.35
"""Time of what goes on before two or more other deeds; share of the last, held one that need not be seen."""
_DOOR, _ENTERS_S = "door", 2.6
"""The spot where people enter, and how long it takes to open a door and come in."""
_SHOT_S = 1.3
"""Least time of a shot."""


def needed_s(reading: PeopleReading, shots: int, calls: int = 0) -> float:
    """Seconds of film that the longest run of deeds of one person and all that is said take.

    calls: so many sounds are heard before lines that wait for them.
    """
    longest = 0.0
    for person in reading.cast.values():
        own = [deed for deed in lay_out(reading.deeds) if person in deed.people]
        longest = max(longest, _run_s(own) if len(own) > 1 or any(d.things > 1 for d in own) else 0.0)
        longest = max([longest, *(_seen_s(deed) for deed in own)])
    spoken = [line for line in reading.lines if line.people]
    said = calls * _CALL_S + _LEAD_S
    for line in spoken:
        said = (
            max(said, _told_before_s(line, reading)) + len(line.text) / _LETTERS_PER_S / line.pace + _PAUSE_S
        )
        if line.vocal is not None:
            share = _share_before(line, reading)
            uttered = _VOCAL_S + len(line.text) / _LETTERS_PER_S / line.pace + 2 * _PAUSE_S
            said = max(said + _VOCAL_S + _done_before_s(line, reading), uttered / (1.0 - share))
    enters = any(_enters(deed) for deed in reading.deeds)
    return max(longest, said if spoken else 0.0, shots * (_ENTERS_S if enters else _SHOT_S))


def _seen_s(deed: DraftDeed) -> float:
    """Seconds until everybody has seen what comes of a deed that is counted or sends something off."""
    entry = deed.motion
    if entry is None or deed.people[0].count > 1 or deed.count > 1:
        return 0.0
    there_s = max(entry.arrives_s(_USUAL_GRAVITY), entry.duration_s if "times" in deed.fields else 0.0)
    return _BEGINS_S + there_s / float(deed.fields.get("speed", 1.0)) + _EFFECT_S if there_s else 0.0


def _run_s(own: Sequence[DraftDeed]) -> float:
    """Seconds of several deeds of one person: what goes on first lasts, and an embrace at the end need not be
    let go."""
    pairs = [deed for deed in own[1:] if deed.motion is not None and deed.motion.kind == "pair"]
    met = own[0].motion is not None and own[0].motion.meets and own[0].with_partner
    repeated = _BEGINS_S if any(deed.count > 1 for deed in own) else 0.0
    seconds = (
        repeated + sum(takes_s(deed) for deed in own) + sum(STEP_UP_S if met else APPROACH_S for _ in pairs)
    )
    opening, closing = own[0].motion, own[-1].motion
    if opening is not None and opening.loops and len(own) > _SEVERAL:
        seconds += _OPENING_S - _STAY_S
    if closing is not None and closing.id in (scores := catalogue.scores()) and scores[closing.id].stays:
        seconds -= _AT_END * takes_s(own[-1])
    return seconds


def _done_before_s(line: DraftLine, reading: PeopleReading) -> float:
    """Seconds of what somebody does before they laugh or cry."""
    first = min((item.start for item in line.items), default=0)
    own = [deed for deed in lay_out(reading.deeds) if line.people[-1] in deed.people]
    return sum(takes_s(deed) for deed in own if deed.item.start < first)


def _share_before(line: DraftLine, reading: PeopleReading) -> float:
    """Share of the film that passes before somebody laughs or cries: what goes on and on has equal parts."""
    first = min((item.start for item in line.items), default=0)
    own = [deed for deed in lay_out(reading.deeds) if line.people[-1] in deed.people]
    going = [deed for deed in own if deed.motion is not None and deed.motion.loops]
    before = sum(deed.item.start < first for deed in going)
    return before / len(going) if before < len(going) else 0.0


def _told_before_s(line: DraftLine, reading: PeopleReading) -> float:
    """Seconds until what comes before a line is done."""
    last = done_before(line, reading)
    if last is None:
        return 0.0
    own = [
        deed for deed in reading.deeds[: reading.deeds.index(last) + 1] if deed.people[:1] == last.people[:1]
    ]
    return _LEAD_S + sum(takes_s(deed) for deed in own)


def _enters(deed: DraftDeed) -> bool:
    """Whether somebody comes in by a door, which is opened first."""
    return deed.action is Action.WALK and deed.fields.get("spot") == _DOOR and "target" not in deed.fields


def takes_s(deed: DraftDeed) -> float:
    """Seconds of film that a deed takes."""
    entry = deed.motion
    if entry is None and _enters(deed):
        return _ENTERS_S
    if entry is None:
        return _GLANCE_S if deed.action in (Action.LOOK, Action.EXPRESS) else _STAY_S
    return _STAY_S if entry.loops else entry.lasts_s(deed.things) / float(deed.fields.get("speed", 1.0))


def built_takes_s(beat: Beat) -> float:
    """Seconds of film that a finished beat takes."""
    if beat.motion is not None:
        entry = catalogue.motions()[beat.motion]
        return _STAY_S if entry.loops else entry.duration_s / beat.speed
    return _GLANCE_S if beat.action in (Action.LOOK, Action.EXPRESS) else _STAY_S


def done_before(line: DraftLine, reading: PeopleReading) -> DraftDeed | None:
    """What a line waits for: the last deed that is told before it and comes to an end."""
    first = min((item.start for item in line.items), default=0)
    told = [
        deed for deed in reading.deeds
        if deed.item.start < first and deed.motion is not None and not deed.motion.loops and deed.people
    ]  # fmt: skip
    return told[-1] if told and line.text else None
