"""How long a film has to be for what people do and say in it."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.library import catalogue
from lichtspiel.screenplay import Action, Beat, Line

LONGEST_S = 12.0
"""Of a film whose length nobody has asked for."""
_GOES_ON_S = 1.8
"""Least seconds of what goes on and on, for it to be seen: dancing, arguing, walking."""
_LOOK_S = 0.9
"""Of a look or a change of the face."""
_A_WORD_S = 0.36
"""Usual talk has 150 to 170 words a minute (Tauroza and Allison, 1990)."""
_A_TURN_S = 0.45
"""Between two lines, and before the first."""
_A_SHOT_S = 2.0
_ENDS_S = 0.7
"""Before the first deed and after the last one."""


def needed_s(beats: Sequence[Beat], lines: Sequence[Line], shots: int) -> float:
    """Seconds, to the half, that a film needs; 0 where nothing asks for a length."""
    subjects = {beat.subject for beat in beats}
    longest = max((_deeds_s(beats, subject) for subject in subjects), default=0.0)
    said = sum(_A_TURN_S + _A_WORD_S * len(line.text.split()) / line.pace + _vocal_s(line) for line in lines)
    acts = any(beat.action is Action.PERFORM for beat in beats)
    if not acts and not lines:
        return 0.0
    deeds = longest + _ENDS_S if acts else 0.0
    needed = max(deeds, said + _ENDS_S if lines else 0.0, shots * _A_SHOT_S)
    return min(LONGEST_S, -(-needed // 0.5) * 0.5)


def _vocal_s(line: Line) -> float:
    return 1.2 if line.vocal is not None else 0.0


def _deeds_s(beats: Sequence[Beat], subject: str) -> float:
    """How long one person is busy, one thing after the other; a partner's deed is theirs too."""
    total = 0.0
    for beat in beats:
        if beat.subject != subject and not (beat.target == subject and _is_pair(beat)):
            continue
        total += _takes_s(beat)
    return total


def _takes_s(beat: Beat) -> float:
    if beat.action is Action.PERFORM and beat.motion is not None:
        motion = catalogue.motions()[beat.motion]
        return (_GOES_ON_S if motion.loops else motion.duration_s) / beat.speed
    return _LOOK_S if beat.action in (Action.LOOK, Action.EXPRESS) else _GOES_ON_S / beat.speed


def _is_pair(beat: Beat) -> bool:
    return beat.motion is not None and catalogue.motions()[beat.motion].kind == "pair"
