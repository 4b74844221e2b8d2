"""Where the single sounds of a prompt belong among its deeds and lines: where its words have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lichtspiel.director.heard import Sound
from lichtspiel.director.ledger import Ledger
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Cue, Status

EACH_S = 2.5
"""So long each of several sounds is heard that follow one another."""
_TOLD = re.compile(r"(lines|beats)\.(\d+)")


def placed(sounds: Iterable[Sound], ledger: Ledger) -> tuple[Cue, ...]:
    """The cues; single ones after what is told before them and before what is told after them.

    Sounds that go on are heard throughout, or from then on where one is told to follow another.
    """
    told = sorted(
        (start, f"{match[1]}[{match[2]}]")
        for start, (status, slot, _) in ledger.entries.items()
        if status is Status.REALISED and (match := _TOLD.match(slot))
    )
    listed = tuple(sounds)
    return tuple(_cue(number, listed, told) for number in range(len(listed)))


def calls(sounds: Iterable[Sound], lines: Sequence[int]) -> int:
    """How many of the lines that begin at these tokens wait for a sound before them."""
    single = [min(sound.at) for sound in sounds if sound.at and _is_single(sound)]
    since = [0, *lines]
    return sum(any(since[i] <= at < line for at in single) for i, line in enumerate(lines))


def row_s(sounds: Sequence[Sound]) -> float:
    """Seconds that sounds need which are told to come one after another; 0 where none is."""
    later = sum(sound.later for sound in sounds)
    return EACH_S * (later + 1) if later else 0.0


def _is_single(sound: Sound) -> bool:
    entry = catalogue.sounds()[sound.sound]
    return entry.duration_s is not None or entry.sudden


def _cue(number: int, sounds: Sequence[Sound], told: list[tuple[int, str]]) -> Cue:
    sound = sounds[number]
    if sound.later and number and not any(_within(sounds[number - 1], start, sound) for start, _ in told):
        return Cue(sound=sound.sound, after=f"sounds[{number - 1}]")
    if not _is_single(sound):
        return Cue(sound=sound.sound)
    first = min(sound.at)
    after = [path for start, path in told if start < first]
    before = [path for start, path in told if start > first]
    return Cue(sound=sound.sound, after=after[-1] if after else None, before=before[0] if before else None)


def _within(first: Sound, start: int, second: Sound) -> bool:
    """Whether something is told between two sounds."""
    return max(first.at, default=start) < start < min(second.at, default=start)
