"""Dialogue in finished mixes: how much of it is understood, and how far it stands over the rest.

The sixty lines of `bench/speech.yaml` are said by the people of twenty films, each with its place, its
sounds, its music and something that falls or rolls (`bench/scenes.yaml`). The films are staged, performed and
mixed, not rendered. A recogniser hears what a viewer hears: the mix after AAC, cut out where a line is.
"""

from __future__ import annotations

import itertools
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from PIL import Image

from bench import lipsync, recogniser
from bench.figures import Figure, at_least, at_most, between
from bench.sync import Sync, sync
from lichtspiel import camera, motion, physics, sound, stage
from lichtspiel.cut import encode, pictures
from lichtspiel.screenplay import Screenplay
from lichtspiel.sound import SAMPLE_RATE_HZ, Soundtrack
from lichtspiel.sound.ducking import gated, speaking
from lichtspiel.stage import World
from lichtspiel.take import Take, Utterance

FOLDER = Path(__file__).parent
AGES = (30, 45, 72, 9, 24)
SEXES = ("female", "male")
LINES_IN_A_FILM = 3
LASTS_S = 12.0
MARGIN_S = 0.15
"""Heard before and after a line."""
MOST_WRONG = {"en": 10.0, "de": 15.0}
"""Per cent of words."""
CLEAR_LU = (6.0, 10.0)
"""Dialogue over everything else while it is spoken."""
LANGUAGES = {"en": "English", "de": "German"}
FPS = 12


@dataclass
class Heard:
    """What was measured on some films."""

    words: int = 0
    wrong: int = 0
    clear_lu: list[float] = field(default_factory=list)
    """Dialogue over the rest, of each film."""
    syncs: list[Sync] = field(default_factory=list)
    lips: lipsync.Tally = field(default_factory=lipsync.Tally)
    faults: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    """Processor seconds for the sound of four seconds of film."""
    misheard: list[str] = field(default_factory=list)

    @property
    def per_cent(self) -> float:
        return 100 * self.wrong / max(1, self.words)


def screenplays() -> Iterator[Screenplay]:
    """The films of the bench: every scene with three lines."""
    scenes: dict[str, list[dict[str, Any]]] = yaml.safe_load((FOLDER / "scenes.yaml").read_text("utf-8"))
    lines: dict[str, list[str]] = yaml.safe_load((FOLDER / "speech.yaml").read_text("utf-8"))
    for language, told in scenes.items():
        parts = itertools.batched(lines[language], LINES_IN_A_FILM, strict=True)
        for number, (scene, texts) in enumerate(zip(told, parts, strict=True)):
            yield _screenplay(language, number, scene, texts)


def _screenplay(language: str, number: int, scene: dict[str, Any], texts: tuple[str, ...]) -> Screenplay:
    """Two people who take turns in a scene."""
    cast = [
        {"id": who, "sex": SEXES[(number + i) % 2], "age_years": AGES[(2 * number + i) % len(AGES)]}
        for i, who in enumerate(("first", "second"))
    ]
    said = [{"speaker": cast[i % 2]["id"], "text": text} for i, text in enumerate(texts)]
    return Screenplay.model_validate(
        {
            "title": f"{language} {number + 1}: {scene['setting']['place']}",
            "language": language,
            "seed": number,
            "duration_s": LASTS_S,
            "cast": cast,
            "lines": said,
            "shots": [{"size": "medium"}],
            **scene,
        }
    )


def performed(screenplay: Screenplay) -> tuple[World, Take]:
    """A film's take."""
    world = stage.build(screenplay)
    acted = physics.perform(world, rehearsal=motion.rehearse(world))
    return world, motion.perform(world, acted)


def hear(world: World, take: Take, heard: Heard) -> None:
    """Mix a film and add what is measured on it."""
    track = camera.plan(world, take, 9 / 16)
    sound.score(world, take, track)
    start = time.process_time()
    soundtrack = sound.score(world, take, track)
    took_s = time.process_time() - start
    seconds = len(soundtrack.samples) / SAMPLE_RATE_HZ
    heard.slowest_s = max(heard.slowest_s, 4 * took_s / seconds)
    title = world.screenplay.title
    heard.faults += [f"{title}: {fault.kind} at {fault.film_s:.2f} s" for fault in sound.faults(soundtrack)]
    heard.clear_lu.append(clearness(soundtrack))
    played = after_aac(soundtrack, seconds)
    heard.syncs.append(sync(soundtrack, played))
    for utterance in take.utterances:
        _understand(utterance, played, heard)
        lipsync.add(heard.lips, utterance, take.figures[utterance.figure])


def _understand(utterance: Utterance, played: NDArray[np.float32], heard: Heard) -> None:
    first = max(0.0, utterance.film_s - MARGIN_S)
    last = utterance.film_s + utterance.duration_s + MARGIN_S
    part = played[round(first * SAMPLE_RATE_HZ) : round(last * SAMPLE_RATE_HZ)].mean(axis=1)
    said = recogniser.words(utterance.text, utterance.language)
    text = recogniser.transcript(part, SAMPLE_RATE_HZ, utterance.language)
    understood = recogniser.words(text, utterance.language)
    wrong = recogniser.errors(said, understood)
    heard.words += len(said)
    heard.wrong += wrong
    if wrong:
        heard.misheard.append(f"{utterance.text}  →  {' '.join(understood)}")


def clearness(soundtrack: Soundtrack) -> float:
    """Loudness of dialogue over everything else while it is spoken, LU."""
    stems = {name: np.asarray(stem, float).T for name, stem in soundtrack.stems.items()}
    dialogue = stems.pop("dialogue")
    spoken = speaking(dialogue) > 0.9
    return gated(dialogue, spoken) - gated(np.sum(list(stems.values()), axis=0), spoken)


def after_aac(soundtrack: Soundtrack, seconds: float) -> NDArray[np.float32]:
    """The sound (N, 2) as it comes out of the film's file."""
    with tempfile.TemporaryDirectory() as folder:
        frame, film = Path(folder) / "frame.png", Path(folder) / "film.mp4"
        Image.new("RGB", (64, 64)).save(frame)
        count = round(seconds * FPS)
        encode.encode([frame] * count, FPS, encode.Soundtrack(soundtrack.samples), film)
        return pictures.samples(film)


def figures(heard: dict[str, Heard]) -> Iterator[tuple[str, Figure]]:
    """What has to be reached, by language and over all films."""
    for language, part in heard.items():
        name = f"words misheard in the mix, {LANGUAGES[language]}"
        yield name, at_most(part.per_cent, MOST_WRONG[language], "%")
    every = list(heard.values())
    clear = [value for part in every for value in part.clear_lu]
    yield "dialogue over the rest, least", between(min(clear), *CLEAR_LU, "LU")
    yield "dialogue over the rest, most", between(max(clear), *CLEAR_LU, "LU")
    syncs = [one for part in every for one in part.syncs]
    audible, inside = sum(s.audible for s in syncs), sum(s.in_sync for s in syncs)
    yield (
        "impacts within ±10 ms with everything else sounding",
        at_least(100 * inside / max(1, audible), 99, "%"),
    )
    yield "such impacts", at_least(audible, 50, "")
    visemes, ontime = (sum(getattr(part.lips, name) for part in every) for name in ("visemes", "in_time"))
    yield "visemes within a frame of their phonemes", at_least(100 * ontime / max(1, visemes), 98, "%")
    bilabials, closed = (sum(getattr(part.lips, name) for part in every) for name in ("bilabials", "closed"))
    yield "bilabials that close the lips", at_least(100 * closed / max(1, bilabials), 100, "%")
    yield "faults of films with dialogue", at_most(sum(len(part.faults) for part in every), 0, "")
    yield "sound of four seconds, slowest film", at_most(max(part.slowest_s for part in every), 6.0, "s")
