"""The prompts of corpus.yaml and the checks that they carry."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lichtspiel.director import read
from lichtspiel.screenplay import Beat, Outcome, Screenplay, Status, Understanding

Entry = dict[str, Any]
Check = tuple[str, bool]
"""What is checked, and whether it holds."""

_SETTING = {
    "place": "place", "time": "time_of_day", "light": "light", "weather": "weather", "ground": "ground",
    "gravity": "gravity",
}  # fmt: skip


@cache
def corpus() -> dict[str, list[Entry]]:
    """Entries by part: reference, tuned, held_out."""
    text = (Path(__file__).parent / "corpus.yaml").read_text("utf-8")
    parts: dict[str, list[Entry]] = yaml.safe_load(text)
    return parts


def checks(entry: Entry) -> list[Check]:
    """Read the prompt and compare every expectation."""
    screenplay, ledger = read(entry["prompt"])
    return [*_film(entry, screenplay), *_action(entry, screenplay), *_admitted(entry, ledger)]


def _film(entry: Entry, screenplay: Screenplay) -> Iterator[Check]:
    for key, field in _SETTING.items():
        if key in entry:
            yield f"{key} {entry[key]}", getattr(screenplay.setting, field) == entry[key]
    whole = {"language": screenplay.language, "look": screenplay.look, "duration": screenplay.duration_s}
    for key, value in whole.items():
        if key in entry:
            yield f"{key} {entry[key]}", value == entry[key]
    for field, value in entry.get("shot", {}).items():
        shots = [getattr(shot, field) for shot in screenplay.shots]
        yield f"shot {field} {value}", any(found == value or list_of(found) == value for found in shots)
    for thing, fields in entry.get("props", {}).items():
        prop = next((prop for prop in screenplay.props if prop.thing == thing), None)
        yield f"prop {thing}", prop is not None
        for field, value in fields.items():
            if field == "side":
                yield f"prop {thing} side {value}", prop is not None and prop.placement.side == value
            elif prop is None or hasattr(prop, field):
                yield f"prop {thing} {field} {value}", prop is not None and getattr(prop, field) == value
            else:
                standing = (prop.placement.relation.value, prop.placement.target)
                yield f"prop {thing} {field} {value}", standing == (field, value)


def _action(entry: Entry, screenplay: Screenplay) -> Iterator[Check]:
    beats = [_words(beat) for beat in screenplay.beats]
    for wanted in entry.get("beats", ()):
        words = wanted.split()
        yield f"beat {wanted}", any(found[: len(words)] == words for found in beats)
    outcomes = [_outcome_words(beat, outcome) for beat in screenplay.beats for outcome in beat.wanted]
    for wanted in entry.get("outcomes", ()):
        words = wanted.split()
        yield f"outcome {wanted}", any(found[: len(words)] == words for found in outcomes)
    forbidden = [
        _outcome_words(beat, outcome)
        for beat in screenplay.beats
        for outcome in beat.outcomes
        if outcome.never
    ]
    for wanted in entry.get("never", ()):
        words = wanted.split()
        yield f"never {wanted}", any(found[: len(words)] == words for found in forbidden)
    for thing, height in entry.get("heights", {}).items():
        found = [beat.height_m for beat in screenplay.beats if beat.subject == thing]
        yield f"height {thing} {height}", height in found


def _admitted(entry: Entry, ledger: Understanding) -> Iterator[Check]:
    admitted = {reading.text for reading in ledger.having(Status.NOT_REALISED)}
    if "admitted" in entry:
        yield f"admits {entry['admitted']}", len(admitted) == entry["admitted"]
    for word in entry.get("not_realised", ()):
        yield f"admits {word}", word in admitted


def _words(beat: Beat) -> list[str]:
    return [beat.subject, beat.action.value, *([beat.target] if beat.target else [])]


def _outcome_words(beat: Beat, outcome: Outcome) -> list[str]:
    target = (
        [f"{outcome.target}.{outcome.part}" if outcome.part else outcome.target] if outcome.target else []
    )
    count = [str(outcome.count)] if outcome.count is not None else []
    return [beat.subject, outcome.kind.value, *[str(word) for word in target], *count]


def list_of(value: object) -> object:
    """Tuples as lists, for comparing with YAML."""
    return list(value) if isinstance(value, tuple) else value
