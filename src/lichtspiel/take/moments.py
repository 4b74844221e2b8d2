"""When the lines and beats of a screenplay are on the film's clock, and what stands beside them is heard."""

from __future__ import annotations

import re

from lichtspiel.screenplay import Cue
from lichtspiel.stage.lines import AFTER_S
from lichtspiel.stage.world import World
from lichtspiel.take.model import Take

BEFORE_S = 0.3
"""What precedes one has been heard for so long at least, where it lasts longer than there is time."""


_PATH = re.compile(r"(\w+)\[(\d+)\]")


def followed(cue: Cue) -> int | None:
    """Number of the cue that a cue follows, if it follows one."""
    match = _PATH.fullmatch(cue.after or "")
    return int(match[2]) if match and match[1] == "sounds" else None


def beside(world: World, take: Take, cue: Cue, seconds: float) -> float | None:
    """Film time at which a cue starts that lasts so long; None where nothing says it.

    What follows a thing's fall, roll or blow comes after its first knock.
    """
    if cue.after is not None and (span := _span(world, take, cue.after)) is not None:
        return span[1] + AFTER_S
    if cue.before is not None and (span := _span(world, take, cue.before)) is not None:
        return max(0.0, span[0] - max(seconds, BEFORE_S))
    return None


def answered_s(world: World, take: Take, cue: Cue) -> float | None:
    """Film time at which somebody answers what goes on until then: a phone that rings before a line."""
    said = cue.before is not None and cue.before.startswith("lines")
    span = _span(world, take, cue.before) if said and cue.before is not None else None
    return None if span is None else span[0]


def _span(world: World, take: Take, path: str) -> tuple[float, float] | None:
    """Film times at which a line or a beat begins and has had its effect."""
    kind, number = _PATH.fullmatch(path).groups()  # type: ignore[union-attr]
    if kind == "sounds":
        return None
    if kind == "lines":
        said = next((one for one in take.utterances if one.line == int(number)), None)
        return (said.film_s, said.film_s + said.duration_s) if said else None
    return _beat(world, take, int(number))


def _beat(world: World, take: Take, number: int) -> tuple[float, float] | None:
    if number >= len(world.screenplay.beats):
        return None
    beat = world.screenplay.beats[number]
    figure = next((one for one in world.figures if one.character == beat.subject), None)
    if figure is not None:
        deeds = (one for one in figure.directions if one.action is beat.action)
        told = next((one for one in deeds if one.motion == (beat.motion or "")), None)
        start = None if told is None else _film(world, told.start_s)
        if told is None or start is None:
            return None
        end = None if told.end_s is None else _film(world, told.end_s)
        return start, start if end is None else end
    own = {body.name for body in world.bodies if body.prop == beat.subject}
    knocks = [hit.time_s for hit in take.impacts if own & {hit.first, hit.second} and hit.time_s > 0.05]
    start = beat.at_s if beat.at_s is not None else 0.0
    known = [moment for knock in knocks for moment in world.film_times(knock) if moment >= start]
    return (start, min(known, default=start))


def _film(world: World, world_s: float) -> float | None:
    return next(iter(world.film_times(world_s)), None)
