"""When every line is spoken, who looks at whom meanwhile, and what does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lichtspiel import voice
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Action, Line, Relation, Screenplay, Vocal
from lichtspiel.stage.instance import facing_yaw
from lichtspiel.stage.parts import first_part
from lichtspiel.stage.people import Actor
from lichtspiel.stage.world import Direction, SpokenLine

FIRST_S = 0.4
"""Before the first line, so that a shot is seen before it is heard."""
TURN_S = 0.2
"""Between two speakers; the usual gap of talk in all languages (Stivers et al., 2009)."""
AFTER_S = 0.25
"""From a line to a sound that follows it."""
PAUSE_S = 0.45
"""Between two lines of one speaker."""
BREAKS_OFF = 0.72
"""Share of a line after which an interruption sets in."""
CALL_S = 1.5
"""What calls for an answer, a phone or a knock, is heard for so long at most before the line that follows."""
LAST_S = 0.25
"""After the last line."""
_FASTER = 1.25
"""Lines that are too long for the film are spoken up to so much faster."""
_OPEN = 1.4
"""How much more those who talk face each other than the camera."""
_LISTENERS = 6
"""So many people turn to a speaker; a crowd does not."""


@dataclass(frozen=True)
class Dialogue:
    """All lines in time."""

    spoken: tuple[SpokenLine, ...]
    lines: tuple[Line, ...]
    """The screenplay's lines, with the pace at which they fit."""
    notes: tuple[tuple[str, str], ...]


def dialogue(
    screenplay: Screenplay, people: Mapping[str, list[Actor]], done_s: Mapping[str, float]
) -> Dialogue:
    """Lay all lines out on the film's clock. Raises PackMissingError without the voices.

    done_s: film seconds at which beats that lines come after have done what they are about, by their path.
    """
    lines = screenplay.lines
    for end_s in (*screenplay.goes_on_s, screenplay.duration_s):
        lines = _hurried(screenplay, lines, people, done_s, end_s)
    spoken = _laid_out(screenplay, lines, people, done_s)
    notes = [
        (
            f"lines[{item.line}]",
            f"needs a film of {item.film_s + item.duration_s + LAST_S:.1f} s to be heard whole",
        )
        for item in spoken
        if item.film_s + item.duration_s > screenplay.duration_s + 0.02
    ]
    return Dialogue(tuple(spoken), lines, tuple(notes))


def _hurried(
    screenplay: Screenplay,
    lines: tuple[Line, ...],
    people: Mapping[str, list[Actor]],
    done_s: Mapping[str, float],
    end_s: float,
) -> tuple[Line, ...]:
    """Lines of the part of a film that ends at a time, faster where they are too long for it."""
    starts = [end for end in screenplay.goes_on_s if end < end_s]
    since_s = starts[-1] if starts else 0.0
    first = _first_at(lines, since_s) if starts else 0
    last = _first_at(lines, end_s) if end_s < screenplay.duration_s else len(lines)
    needed = _end(_laid_out(screenplay, lines[:last], people, done_s)) + LAST_S - since_s
    lasts_s = end_s - since_s
    if first >= last or needed <= lasts_s + 1e-6:
        return lines
    faster = min(_FASTER, needed / lasts_s)
    hurried = (line.model_copy(update={"pace": min(2.5, line.pace * faster)}) for line in lines[first:last])
    return (*lines[:first], *hurried, *lines[last:])


def _first_at(lines: Sequence[Line], film_s: float) -> int:
    """Index of the first line that is said at a time or later."""
    late = (i for i, line in enumerate(lines) if line.at_s is not None and line.at_s >= film_s)
    return next(late, len(lines))


def turn_to_each_other(screenplay: Screenplay, people: Mapping[str, list[Actor]]) -> None:
    """Those who talk stand half turned to each other, as people do whom one looks on at."""
    screenplay = first_part(screenplay)
    talkers = {line.speaker for line in screenplay.lines}
    talkers |= {line.to for line in screenplay.lines if line.to}
    talkers |= {b.subject for b in screenplay.beats if b.motion and catalogue.motions()[b.motion].addressed}
    far = {name for name in talkers if name in people and _in_background(people[name])}
    circles = [talkers - far, *({name} for name in sorted(far))]
    for names in circles:
        _turn_inward([actor for name, actors in people.items() if name in names for actor in actors])


def _in_background(actors: Sequence[Actor]) -> bool:
    return actors[0].character.placement.relation is Relation.IN_BACKGROUND


def _turn_inward(circle: Sequence[Actor]) -> None:
    if not 2 <= len(circle) <= _LISTENERS:
        return
    middle = np.mean([actor.position for actor in circle], axis=0)
    for actor in circle:
        inward = (middle - actor.position) * [1.0, 1.0, 0.0]
        reach = float(np.linalg.norm(inward))
        if reach > 0.05:
            turned = actor.ahead + _OPEN * inward / reach
            actor.yaw = facing_yaw(turned / np.linalg.norm(turned))


def attend(
    screenplay: Screenplay,
    people: Mapping[str, list[Actor]],
    told: Dialogue,
    world_s: Sequence[tuple[float, float]],
) -> None:
    """Speakers look at whom they speak to, listeners at the speaker, from a moment before each line.

    world_s: world seconds of the starts of the spoken lines, and of the ends of the parts of the film in
    which they are said. Who is told within that part where to look keeps looking there.
    """
    everyone = [actor for actors in people.values() if not _in_background(actors) for actor in actors]
    looks = {a.name: [d.start_s for d in a.directions if d.action is Action.LOOK] for a in everyone}
    for item, (start, until) in zip(told.spoken, world_s, strict=True):
        directed = {name for name, times in looks.items() if any(time < until for time in times)}
        speaker = next((actor for actor in everyone if actor.name == item.figure), None)
        if speaker is None:
            continue
        line = screenplay.lines[item.line]
        there = [a for a in everyone if (a.character.comes_s or 0.0) <= item.film_s]
        others = [actor for actor in there if actor is not speaker]
        heard_by = people.get(line.to or "", others)
        heard_by = [actor for actor in heard_by if actor is not speaker]
        if heard_by and speaker.name not in directed and len(others) <= _LISTENERS:
            speaker.directions.append(Direction(Action.LOOK, max(start - 0.3, 0.0), follows=heard_by[0].name))
        for listener in others if len(others) <= _LISTENERS else []:
            if listener.name not in directed:
                listener.directions.append(Direction(Action.LOOK, start + 0.25, follows=speaker.name))
        if line.text and line.vocal is not Vocal.CRY:
            _gesture(speaker, start, item.duration_s)


def _too_long(item: SpokenLine) -> str:
    return f"the film would have to last {item.film_s + item.duration_s + LAST_S:.1f} s to hear it whole"


def _gesture(speaker: Actor, start: float, duration_s: float) -> None:
    """Hands speak along, where nothing else is asked of them."""
    busy = any(d.motion and d.start_s <= start + duration_s for d in speaker.directions)
    if not busy:
        speaker.directions.append(
            Direction(Action.PERFORM, max(start - 0.15, 0.0), end_s=start + duration_s, motion="talk")
        )


def _laid_out(
    screenplay: Screenplay,
    lines: Sequence[Line],
    people: Mapping[str, list[Actor]],
    done_s: Mapping[str, float],
) -> list[SpokenLine]:
    found: list[SpokenLine] = []
    for index, line in enumerate(lines):
        actor = people[line.speaker][0]
        lasts = voice.duration(line, speaker_of(actor), screenplay.language)
        latest = screenplay.duration_s - LAST_S - lasts
        start = _start(line, found, actor, _called_s(screenplay, index))
        waits_s = done_s.get(line.after or "", 0.0) if line.at_s is None else 0.0
        start = max(start, min(max(_shown_s(line, actor), waits_s), latest))
        found.append(SpokenLine(index, actor.name, start, lasts))
    return found


def _shown_s(line: Line, actor: Actor) -> float:
    """When the body does what the voice utters: who argues first and laughs then is heard laughing then."""
    if line.vocal is None or line.at_s is not None:
        return 0.0
    shown = (one.start_s for one in actor.directions if one.motion == line.vocal.value)
    return next(shown, 0.0)


def _called_s(screenplay: Screenplay, index: int) -> float:
    """Seconds for which a line waits until what is told before it has been heard; 0 where nothing is.

    Before the first line that is all single sounds with which the film begins.
    """
    first = index == 0
    calls = [
        min(cue.duration_s or catalogue.sounds()[cue.sound].duration_s or CALL_S, CALL_S)
        for cue in screenplay.sounds
        if cue.at_s is None
        and cue.before is not None
        and (cue.before == f"lines[{index}]" or (first and cue.after is None))
    ]
    return max(calls, default=0.0)


def speaker_of(actor: Actor) -> voice.Speaker:
    """What of a person their voice depends on."""
    person = actor.person
    return voice.Speaker(person.sex, person.age_years, person.seed, actor.character.voice)


def _start(line: Line, before: Sequence[SpokenLine], actor: Actor, called_s: float) -> float:
    """When a line begins that waits so long for what calls for it."""
    if line.at_s is not None:
        return line.at_s
    if not before:
        return FIRST_S + (called_s + TURN_S if called_s else 0.0)
    last = before[-1]
    if line.interrupts:
        return last.film_s + BREAKS_OFF * last.duration_s
    gap = PAUSE_S if last.figure == actor.name else TURN_S
    return last.film_s + last.duration_s + (max(gap, AFTER_S + called_s) if called_s else gap)


def _end(spoken: Sequence[SpokenLine]) -> float:
    return max((item.film_s + item.duration_s for item in spoken), default=0.0)
