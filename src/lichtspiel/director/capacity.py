"""How much a film can hold: what a prompt asks for beyond it is said in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lichtspiel.director.draft import Film
from lichtspiel.screenplay import Character, Prop, Reading, Screenplay, Status, Understanding

MOST_THINGS = 40
"""Props with a name of their own."""
MOST_COPIES = 200
"""Things in all."""
MOST_PEOPLE = 16
"""Characters with a record of their own."""
MOST_BODIES = 200
"""People in all, crowds among them."""
MOST_BEATS = 80
SHORTEST_SHOT_S = 0.8


def is_beyond(screenplay: Screenplay) -> bool:
    """Whether a film has more things, people or deeds than it can hold."""
    many = max(len(screenplay.props) - MOST_THINGS, len(screenplay.cast) - MOST_PEOPLE) > 0
    things, people = (sum(one.count for one in group) for group in (screenplay.props, screenplay.cast))
    return many or things > MOST_COPIES or people > MOST_BODIES or len(screenplay.beats) > MOST_BEATS


def fitting(screenplay: Screenplay, ledger: Understanding) -> tuple[Screenplay, Understanding]:
    """The screenplay with as much of a long prompt as one film holds, the first first."""
    gone = {
        **_beyond(screenplay.props, MOST_THINGS, MOST_COPIES, f"a film holds {MOST_THINGS} kinds of things"),
        **_beyond(screenplay.cast, MOST_PEOPLE, MOST_BODIES, f"a film holds {MOST_PEOPLE} characters"),
    }
    beats = [i for i, beat in enumerate(screenplay.beats) if beat.subject not in gone]
    shots = max(1, int(screenplay.duration_s / SHORTEST_SHOT_S))
    if not gone and len(beats) <= MOST_BEATS and len(screenplay.shots) <= shots:
        return screenplay, ledger
    film = Film(screenplay)
    film.remove(*gone)
    kept = beats[:MOST_BEATS]
    film.set(beats=film.screenplay.beats[:MOST_BEATS], shots=film.screenplay.shots[:shots])
    numbers = {old: new for new, old in enumerate(kept)}
    lines = [i for i, line in enumerate(screenplay.lines) if line.speaker not in gone]
    readings = tuple(
        _told(reading, gone, {"beats": numbers, "lines": {old: new for new, old in enumerate(lines)}}, shots)
        for reading in ledger.readings
    )
    return film.screenplay, Understanding(
        prompt=ledger.prompt, readings=tuple(one for one in readings if one is not None)
    )


def _beyond(entities: Sequence[Prop | Character], most: int, in_all: int, why: str) -> dict[str, str]:
    """Ids of what is too much, with the reason."""
    found: dict[str, str] = {}
    count = kinds = 0
    for entity in entities:
        if kinds >= most or count + entity.count > in_all:
            found[entity.id] = why
        else:
            kinds, count = kinds + 1, count + entity.count
    return found


def _told(
    reading: Reading, gone: Mapping[str, str], numbers: Mapping[str, Mapping[int, int]], shots: int
) -> Reading | None:
    """What became of a word once the film is cut down; None where a choice is no longer needed."""
    root, _, inner = reading.slot.partition(".")
    name, _, field = inner.partition(".")
    if root in ("props", "cast") and name in gone:
        return _refused(reading, gone[name])
    if root in numbers and name.isdigit():
        place = numbers[root].get(int(name))
        if place is None:
            return _refused(reading, f"a film of {MOST_BEATS} deeds is full")
        return reading.model_copy(update={"slot": ".".join(filter(None, (root, str(place), field)))})
    if root == "shots" and name.isdigit() and int(name) >= shots:
        return _refused(reading, f"a shot lasts at least {SHORTEST_SHOT_S:g} s")
    return reading


def _refused(reading: Reading, why: str) -> Reading | None:
    if reading.status is not Status.REALISED:
        return None
    return reading.model_copy(update={"status": Status.NOT_REALISED, "slot": "", "note": why})
