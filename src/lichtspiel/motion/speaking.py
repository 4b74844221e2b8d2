"""What figures say in the take: the lines of the world with their words and phonemes in time."""

from __future__ import annotations

import numpy as np

from lichtspiel import voice
from lichtspiel.library.asset import Array
from lichtspiel.motion import conversation
from lichtspiel.stage.world import SpokenLine, World
from lichtspiel.take import Span, Utterance


def spoken(world: World) -> tuple[Utterance, ...]:
    """All lines as they are spoken, and talk without words between them.

    Raises PackMissingError without the voices that the lines need.
    """
    told = tuple(_uttered(world, item) for item in world.utterances)
    return (*told, *conversation.talk(world, told))


def _uttered(world: World, item: SpokenLine) -> Utterance:
    screenplay = world.screenplay
    line = screenplay.lines[item.line]
    person = world.figure(item.figure).person
    manner = screenplay.character(line.speaker).voice
    speaker = voice.Speaker(person.sex, person.age_years, person.seed, manner)
    speech = voice.speak(line, speaker, screenplay.language)
    return Utterance(
        time_s=world.world_time(item.film_s),
        film_s=item.film_s,
        duration_s=speech.duration_s,
        figure=item.figure,
        line=item.line,
        text=line.text,
        language=line.language or screenplay.language,
        words=tuple(Span(word.start_s, word.end_s, word.text) for word in speech.words),
        phonemes=tuple(Span(sound.start_s, sound.end_s, sound.text) for sound in speech.phonemes),
        stressed=speech.stressed,
        clip=speech.clip,
        effort=speech.effort,
    )


def film_clock(world: World, times: Array) -> Array:
    """(T,) film seconds at which world times are first shown; where none is, as near as can be."""
    starts = np.array([span.world_start_s for span in world.timeline])
    spans = [world.timeline[int(np.clip(np.searchsorted(starts, t, "right") - 1, 0, None))] for t in times]
    shown = [
        span.film_start_s + (float(t) - span.world_start_s) / span.rate
        for span, t in zip(spans, times, strict=True)
    ]
    return np.array(shown)
