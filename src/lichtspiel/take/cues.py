"""The sounds that a screenplay asks for, on the film's clock: picture and sound follow the same moments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lichtspiel.library.catalogue import sounds
from lichtspiel.library.hearing import SoundEntry
from lichtspiel.screenplay import Cue
from lichtspiel.stage.world import World
from lichtspiel.take import moments
from lichtspiel.take.model import Take

SHORT_S = 3.0
"""What has no length of its own counts as so long where it has to fit before something."""
POURING = "pouring"
"""The sound of what runs from a pot into a cup."""
SHORTEST_S = 0.02
"""What would be heard for less is left out."""


@dataclass(frozen=True)
class Timed:
    """A cue with its place on the film's clock."""

    cue: Cue
    entry: SoundEntry
    start_s: float
    seconds: float
    number: int


def timed(world: World, take: Take) -> Iterator[Timed]:
    """The cues that begin within the film. Raises KeyError for a sound that the library does not have."""
    end = world.timeline[-1].film_end_s
    cues = world.screenplay.sounds
    free = [
        i
        for i, cue in enumerate(cues)
        if cue.at_s is None and moments.followed(cue) is None and sounds()[cue.sound].duration_s is not None
    ]
    starts: list[float] = []
    for number, cue in enumerate(cues):
        entry = sounds()[cue.sound]
        start = _followed_s(cues, number, starts, end) if cue.at_s is None else cue.at_s
        told = start is not None
        if start is None:
            start = moments.beside(world, take, cue, cue.duration_s or entry.duration_s or SHORT_S)
        if start is None:
            # Single sounds without a moment are spread over the film, in their order.
            start = end * (free.index(number) + 0.5) / (len(free) + 1) if number in free else 0.0
        lasts = cue.duration_s or entry.duration_s
        if lasts is not None and not told and not entry.rings_out:
            start = max(0.0, min(start, end - lasts))
        starts.append(start)
        until = end if lasts is not None else moments.answered_s(world, take, cue) or end
        seconds = min(lasts or end, until - start)
        if seconds > SHORTEST_S:
            yield Timed(cue, entry, start, seconds, number)
    if not any(cue.sound == POURING for cue in cues):
        yield from _poured(world, len(cues), end)


def _poured(world: World, number: int, end_s: float) -> Iterator[Timed]:
    """What people pour is heard where it runs into something, as far as the film shows that time."""
    entry = sounds()[POURING]
    for stream in world.streams:
        begins = world.film_times(stream.start_s)
        if stream.source is None or not begins:
            continue
        ends = world.film_times(stream.end_s)
        seconds = (ends[0] if ends else end_s) - begins[0]
        if seconds > SHORTEST_S:
            cue = Cue(sound=POURING, at_s=begins[0], source=world.body(stream.vessel).prop)
            yield Timed(cue, entry, begins[0], seconds, number)
            number += 1


def _followed_s(cues: Sequence[Cue], number: int, starts: Sequence[float], end_s: float) -> float | None:
    """When a cue sets in that follows another one: those of a row share the film evenly.

    None for a cue that follows none.
    """
    first = moments.followed(cues[number])
    if first is None or first >= number:
        return None
    row = [number]
    for later in range(number + 1, len(cues)):
        if moments.followed(cues[later]) == row[-1]:
            row.append(later)
    return starts[first] + (end_s - starts[first]) / (len(row) + 1)
