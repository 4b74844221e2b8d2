"""What those are heard saying who talk or argue and for whom the screenplay has no words.

They take turns in syllables that nobody understands, and fall silent while somebody has a line.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lichtspiel import voice
from lichtspiel.library import catalogue
from lichtspiel.packs.store import PackMissingError
from lichtspiel.screenplay import Action, Delivery, Line
from lichtspiel.stage.world import PlacedFigure, World
from lichtspiel.take import Span, Utterance
from lichtspiel.voice import wordless

MOST = 4
"""So many of those who talk are heard one by one; what more there are is for an ambience."""
BEGINS_S = 0.15
AROUND_S = 0.12
"""Before and after somebody's line."""
WORDED_S = 1.2
"""Who has a line so soon after they have begun to talk says that, and no more."""
SHORTEST_S = 0.5
"""What would have to break off sooner is not begun."""


@dataclass(frozen=True)
class Manner:
    """How people take turns."""

    syllables: tuple[int, int]
    gap_s: tuple[float, float]
    """From one to the next; below zero they fall into each other's words."""
    alone_s: tuple[float, float] = (0.5, 1.4)
    """Pauses of who talks to somebody that is not heard."""


USUAL = Manner((6, 13), (0.05, 0.45))
MANNERS = {Delivery.ANGRY: Manner((4, 9), (-0.45, 0.05), (0.25, 0.7))}


@dataclass(frozen=True)
class _Talk:
    """Who talks with each other in which manner, and from when until when on the film's clock."""

    motion: str
    delivery: Delivery
    figures: tuple[PlacedFigure, ...]
    start_s: float
    end_s: float


def talk(world: World, told: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """All wordless talk beside the lines that are told; none where the voices are not installed."""
    busy = [(one.film_s - AROUND_S, one.film_s + one.duration_s + AROUND_S) for one in told]
    try:
        talks = [one for one in _talks(world) if not _has_words(one, told)]
        return tuple(said for one in talks for said in _turns(world, one, busy))
    except PackMissingError:
        return ()


def _talks(world: World) -> Iterator[_Talk]:
    known = catalogue.motions()
    groups: dict[str, list[tuple[PlacedFigure, float, float]]] = {}
    for figure in world.figures:
        deeds = sorted((d for d in figure.directions if d.motion in known), key=lambda d: d.start_s)
        for number, deed in enumerate(deeds):
            if deed.action is not Action.PERFORM or known[deed.motion].talk is None:
                continue
            later = [one.start_s for one in deeds[number + 1 :] if one.start_s > deed.start_s]
            ends = [end for end in (deed.end_s, *later[:1]) if end is not None]
            start = _film_s(world, deed.start_s)
            groups.setdefault(deed.motion, []).append(
                (figure, start, _film_s(world, min(ends, default=np.inf)))
            )
    for motion, parts in groups.items():
        delivery = known[motion].talk
        if delivery is not None:
            heard = tuple({part[0].name: part[0] for part in parts}.values())[:MOST]
            # When one of them turns to something else it is over for all.
            end = min(part[2] for part in parts)
            yield _Talk(motion, delivery, heard, min(part[1] for part in parts), end)


def _has_words(one: _Talk, told: Sequence[Utterance]) -> bool:
    names = {figure.name for figure in one.figures}
    return any(said.figure in names and said.film_s < one.start_s + WORDED_S for said in told)


def _film_s(world: World, world_s: float) -> float:
    return next(iter(world.film_times(world_s)), world.timeline[-1].film_end_s)


def _turns(world: World, told: _Talk, busy: Sequence[tuple[float, float]]) -> Iterator[Utterance]:
    rng = np.random.default_rng([world.screenplay.seed, zlib.crc32(told.motion.encode())])
    manner = MANNERS.get(told.delivery, USUAL)
    clock, turn = told.start_s + BEGINS_S, int(rng.integers(len(told.figures)))
    while clock < told.end_s - SHORTEST_S:
        inside = next((end for start, end in busy if start - SHORTEST_S < clock < end), None)
        if inside is not None:
            clock = inside
            continue
        until = min([told.end_s, *(start for start, _ in busy if start > clock)])
        figure = told.figures[turn % len(told.figures)]
        mark = "!" if told.delivery is Delivery.ANGRY else str(rng.choice([".", ".", "?"]))
        text = wordless.sentence(rng, int(rng.integers(*manner.syllables)), mark)
        said = _said(world, figure, text, told.delivery, clock, until - clock)
        yield said
        gap = manner.gap_s if len(told.figures) > 1 else manner.alone_s
        clock += said.duration_s + float(rng.uniform(*gap))
        turn += 1


def _said(
    world: World, figure: PlacedFigure, text: str, delivery: Delivery, film_s: float, most_s: float
) -> Utterance:
    screenplay, person = world.screenplay, figure.person
    manner = screenplay.character(figure.character).voice
    speaker = voice.Speaker(person.sex, person.age_years, person.seed, manner)
    line = Line(speaker=figure.character, text=text, delivery=delivery)
    speech = voice.speak(line, speaker, screenplay.language)
    lasts = min(speech.duration_s, most_s)
    return Utterance(
        time_s=world.world_time(film_s),
        film_s=film_s,
        duration_s=lasts,
        figure=figure.name,
        line=-1,
        text="",
        language=screenplay.language,
        words=(),
        phonemes=tuple(Span(p.start_s, p.end_s, p.text) for p in speech.phonemes if p.end_s < lasts),
        stressed=tuple(at for at in speech.stressed if at < lasts),
        clip=speech.clip,
        effort=speech.effort,
    )
