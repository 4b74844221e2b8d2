"""Where the single sounds of a prompt belong among its deeds and lines: where its words have them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lichtspiel.director.heard import Sound
from lichtspiel.director.ledger import Ledger
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Cue, Status

_TOLD = re.compile(r"(lines|beats)\.(\d+)")


def placed(sounds: Iterable[Sound], ledger: Ledger) -> tuple[Cue, ...]:
    """The cues; single ones after what is told before them and before what is told after them.

    Sounds that go on are heard throughout.
    """
    told = sorted(
        (start, f"{match[1]}[{match[2]}]")
        for start, (status, slot, _) in ledger.entries.items()
        if status is Status.REALISED and (match := _TOLD.match(slot))
    )
    return tuple(_cue(sound, told) for sound in sounds)


def _cue(sound: Sound, told: list[tuple[int, str]]) -> Cue:
    entry = catalogue.sounds()[sound.sound]
    if entry.duration_s is None and not entry.sudden:
        return Cue(sound=sound.sound)
    first = min(sound.at)
    after = [path for start, path in told if start < first]
    before = [path for start, path in told if start > first]
    return Cue(sound=sound.sound, after=after[-1] if after else None, before=before[0] if before else None)
