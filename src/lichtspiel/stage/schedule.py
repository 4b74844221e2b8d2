"""When people do what, where the screenplay gives no times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lichtspiel.library import catalogue
from lichtspiel.library.counted import counted
from lichtspiel.library.motion import APPROACH_S, STEP_UP_S, MotionEntry
from lichtspiel.screenplay import Action, Beat, Screenplay
from lichtspiel.stage.parts import is_added
from lichtspiel.stage.timeline import first_action_s

_USUAL_S: Mapping[Action, float] = {Action.SIT: 1.6, Action.LIE: 2.5, Action.LOOK: 1.0, Action.EXPRESS: 1.0}
"""Least time that something needs to be seen."""
_REACTION_S = 0.3
"""From an event to the first movement of those who see it: choice reaction and onset of the turn."""
_DONE = 0.7
"""Share of a deed after which it is done; the rest is the way back."""
_OPEN = 1.2
"""Least seconds for what goes on and on: walking, dancing, standing."""
_LAST = 0.65
"""Share of what people stay in that must be seen, where it is the last that they do: an embrace."""
_OPENING = 2.5
"""How much longer that goes on which others follow than what goes on between them: an argument, a laugh."""
_HELD = frozenset({Action.STAND, Action.WALK, Action.REST, Action.WAVE})
_POSTURES = frozenset({Action.STAND, Action.SIT, Action.LIE})
_SEVERAL = 2
_OVERLAID = frozenset({Action.LOOK, Action.EXPRESS})


def starts(screenplay: Screenplay, duration_s: float) -> dict[int, float]:
    """World seconds of the beats of people, by index, where something of the cast is performed.

    What one person does comes one after the other in the order of the beats: single deeds take their time,
    what goes on takes the rest in equal parts. Who answers a partner begins with them, and who looks at what
    another has just done begins a moment after it. Beats with a time of their own keep it.

    duration_s: world time of the film, or of its first part where it was extended; what was added has times
    of its own and moves nothing of what was there.
    """
    people = {character.id for character in screenplay.cast}
    own = [(i, beat) for i, beat in enumerate(screenplay.beats) if beat.subject in people]
    told = [(i, beat) for i, beat in own if not is_added(screenplay, beat)]
    things = {prop.id: prop.count for prop in screenplay.props}
    lengths = _lengths(told, duration_s, things)
    lead = first_action_s(screenplay)
    free: dict[str, float] = {}
    found: dict[int, float] = {}
    event: tuple[str, float] | None = None
    for index, beat in told:
        involved = [beat.subject, *([beat.target] if beat.target in people and _pairs(beat) else [])]
        start = max((free.get(name, 0.0) for name in involved), default=0.0)
        if start == 0.0 and not _goes_on(beat):
            start = lead
        if event is not None and event[0] != beat.subject and beat.action in _OVERLAID and start <= lead:
            start = event[1] + _REACTION_S
        if beat.at_s is not None:
            start = beat.at_s
        found[index] = min(start, max(duration_s - 0.5, 0.0))
        for name in involved:
            free[name] = start + lengths[index]
        if beat.action is Action.PERFORM and not _goes_on(beat):
            event = (beat.subject, start + 0.5 * lengths[index])
    return found


def done_s(beat: Beat, start_s: float) -> float:
    """When somebody who begins a beat at a time has done what it is about: let go, sat down, nodded."""
    if beat.motion is None:
        return start_s + _REACTION_S
    entry = _motion(beat)
    if entry.loops:
        return start_s + _REACTION_S
    whole_s = entry.duration_s if entry.release is None else entry.release.at_s
    return start_s + (_DONE if entry.release is None else 1.0) * whole_s / beat.speed


def _lengths(told: list[tuple[int, Beat]], duration_s: float, things: Mapping[str, int]) -> dict[int, float]:
    """How long every beat lasts: deeds as long as they take, squeezed where the film is too short."""
    lengths: dict[int, float] = {}
    for subject in sorted({beat.subject for _, beat in told}):
        # A partner's deed takes their time too.
        own = [(i, b) for i, b in told if b.subject == subject or (b.target == subject and _pairs(b))]
        if _is_background(own):
            lengths[own[0][0]] = 0.0
            own = own[1:]
        takes = {i: _takes(beat, things) + _approach_s(own, i) for i, beat in own}
        last, closing = own[-1]
        score = catalogue.scores().get(closing.motion or "")
        if len(own) > 1 and score is not None and score.stays:
            takes[last] -= (1.0 - _LAST) * _takes(closing, things)
        fixed = sum(takes[i] for i, beat in own if not _goes_on(beat))
        shares = {
            i: _OPENING if i == own[0][0] and len(own) > _SEVERAL else 1.0
            for i, beat in own
            if _goes_on(beat)
        }
        going = sum(shares.values())
        rest = max((duration_s - fixed) / going if going else 0.0, min(_OPEN, duration_s / len(own)))
        whole = fixed + going * rest
        squeeze = min(1.0, duration_s / whole) if len(own) > 1 else 1.0
        for i, _ in own:
            length = squeeze * (rest * shares[i] if i in shares else takes[i])
            lengths[i] = min(length, lengths.get(i, length))
    return lengths


def _is_background(own: Sequence[tuple[int, Beat]]) -> bool:
    """Whether somebody first is in a posture, then does with the hands alone what goes on: who sits and reads
    does both from the beginning."""
    if len(own) < _SEVERAL or own[0][1].action not in _POSTURES or own[0][1].at_s is not None:
        return False
    second = own[1][1]
    gesture = second.motion is not None and catalogue.motions()[second.motion].kind == "gesture"
    return gesture and second.at_s is None and _goes_on(second)


def _approach_s(own: Sequence[tuple[int, Beat]], index: int) -> float:
    """How long two take to come together for a beat that is not their first."""
    place = next(n for n, (i, _) in enumerate(own) if i == index)
    beat = own[place][1]
    if place == 0 or not _pairs(beat):
        return 0.0
    both = {beat.subject, beat.target}
    met = any({b.subject, b.target} == both and b.motion is not None and catalogue.motions()[b.motion].meets
              for _, b in own[:place])  # fmt: skip
    return STEP_UP_S if met else APPROACH_S


def _goes_on(beat: Beat) -> bool:
    """It has no end of its own."""
    if beat.action is Action.PERFORM and beat.motion is not None:
        return _motion(beat).loops
    return beat.action in _HELD


def _motion(beat: Beat) -> MotionEntry:
    """What is performed, as often as it is."""
    entry, score = catalogue.motions()[beat.motion or ""], catalogue.scores().get(beat.motion or "")
    return entry if beat.times is None or score is None else counted(entry, score, beat.times)[0]


def _takes(beat: Beat, things: Mapping[str, int]) -> float:
    if beat.action is Action.PERFORM and beat.motion is not None:
        entry = _motion(beat)
        return entry.lasts_s(things.get(beat.target or "", 1)) / beat.speed
    return _USUAL_S.get(beat.action, _OPEN) / beat.speed


def _pairs(beat: Beat) -> bool:
    return beat.motion is not None and catalogue.motions()[beat.motion].kind == "pair"
