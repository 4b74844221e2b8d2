"""The prompts of acting.yaml and the checks that they carry."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lichtspiel.director import read
from lichtspiel.screenplay import Beat, Character, Screenplay, Understanding

Entry = dict[str, Any]
Check = tuple[str, bool]
"""What is checked, and whether it holds."""


@cache
def acting() -> dict[str, list[Entry]]:
    """Entries by part: reference, held_out and so on."""
    text = (Path(__file__).parent / "acting.yaml").read_text("utf-8")
    parts: dict[str, list[Entry]] = yaml.safe_load(text)
    return parts


def read_checks(entry: Entry) -> tuple[list[Check], Understanding]:
    """Read the prompt and compare every expectation."""
    screenplay, ledger = read(entry["prompt"])
    return [*_who(entry, screenplay), *_what(entry, screenplay), *_heard(entry, screenplay)], ledger


def _any(pattern: str, *words: str) -> bool:
    """Whether one of the words fits one of the patterns, `walk*|run*`."""
    return any(fnmatchcase(word, one) for one in pattern.split("|") for word in words)


def _who(entry: Entry, screenplay: Screenplay) -> Iterator[Check]:
    for pattern, count in entry.get("cast", {}).items():
        found = sum(one.count for one in screenplay.cast if _named(pattern, one))
        least = int(str(count).removesuffix("+"))
        yield (
            f"cast {pattern} {count}",
            found >= least if str(count).endswith("+") or "*" in pattern else found == least,
        )
    for pattern, garment in entry.get("wears", {}).items():
        worn = {wear.garment for one in screenplay.cast if _named(pattern, one) for wear in one.wears}
        yield f"wears {garment}", garment in worn
    for pattern, fields in entry.get("props", {}).items():
        prop = next((one for one in screenplay.props if _any(pattern, one.thing)), None)
        yield f"prop {pattern}", prop is not None
        for field, value in fields.items():
            yield f"prop {pattern} {field} {value}", prop is not None and getattr(prop, field) == value
    setting = screenplay.setting
    for key, value in (
        ("place", setting.place),
        ("time", setting.time_of_day),
        ("weather", setting.weather),
        ("light", setting.light),
    ):
        if key in entry:
            yield f"{key} {entry[key]}", _any(entry[key], value)
    if "wet" in entry:
        yield "wet ground", setting.is_wet is entry["wet"]
    for field, value in entry.get("shot", {}).items():
        wanted = tuple(value) if isinstance(value, list) else value
        yield f"shot {field} {value}", any(getattr(shot, field) == wanted for shot in screenplay.shots)
    if "shots" in entry:
        yield f"{entry['shots']} shots", len(screenplay.shots) == entry["shots"]


def _named(pattern: str, character: Character) -> bool:
    return _any(pattern, character.id, character.role or "")


def _done(beat: Beat) -> tuple[str, ...]:
    return (beat.motion or beat.action.value, *([beat.expression.value] if beat.expression else []))


def _what(entry: Entry, screenplay: Screenplay) -> Iterator[Check]:
    roles = {one.id: one.role or one.id for one in screenplay.cast}
    for wanted in entry.get("does", ()):
        deed, _, target = wanted.partition(">")
        who, what = deed.split(" ", 1)
        beats = [b for b in screenplay.beats if b.subject in roles and _any(who, b.subject, roles[b.subject])]
        fits = [beat for beat in beats if _any(what, *_done(beat))]
        yield f"does {wanted}", any(not target or _any(target, beat.target or "") for beat in fits)
    outcomes = {outcome.kind.value for beat in screenplay.beats for outcome in beat.wanted}
    for wanted in entry.get("outcomes", ()):
        yield f"outcome {wanted}", wanted in outcomes
    for pattern, style in entry.get("style", {}).items():
        styles = [
            b.style
            for b in screenplay.beats
            if b.subject in roles and _any(pattern, b.subject, roles[b.subject])
        ]
        yield f"style {style}", style in styles
    if "times" in entry:
        motions = [(beat.subject, beat.motion) for beat in screenplay.beats if beat.motion]
        yield f"{entry['times']} times", any(motions.count(one) == entry["times"] for one in motions)


def _heard(entry: Entry, screenplay: Screenplay) -> Iterator[Check]:
    roles = {one.id: one.role or one.id for one in screenplay.cast}
    for wanted in entry.get("says", ()):
        who, said = wanted.split(": ", 1)
        text, _, delivery = said.partition(" (")
        yield (
            f"says {wanted}",
            any(
                line.text == text
                and _any(who, line.speaker, roles[line.speaker])
                and (not delivery or line.delivery.value == delivery.rstrip(")"))
                for line in screenplay.lines
            ),
        )
    if "vocal" in entry:
        yield f"vocal {entry['vocal']}", any(line.vocal == entry["vocal"] for line in screenplay.lines)
    if "pace" in entry:
        yield "slow", any(line.pace < 1 for line in screenplay.lines)
    if "line_language" in entry:
        yield (
            "language of the line",
            any(line.language == entry["line_language"] for line in screenplay.lines),
        )
    for pattern in entry.get("sounds", ()):
        yield f"sound {pattern}", any(_any(pattern, cue.sound) for cue in screenplay.sounds)
    music = screenplay.music
    if entry.get("music") == "none":
        yield "no music", music is None
    elif "music" in entry:
        yield (
            f"music {entry['music']}",
            music is not None and _any(entry["music"], music.style or "", *music.instruments),
        )
