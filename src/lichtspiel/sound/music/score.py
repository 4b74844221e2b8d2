"""Composes the score of a film from its style, its cut and its seed, and has it played."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.catalogue import musical_styles
from lichtspiel.library.hearing import MusicalStyleEntry
from lichtspiel.screenplay import Music, Screenplay
from lichtspiel.sound.modes import Array
from lichtspiel.sound.music import parts
from lichtspiel.sound.music.form import Form, form_of
from lichtspiel.sound.music.harmony import Chord, Key, chord_of, chords_of, key_of
from lichtspiel.sound.music.parts import Line, Stroke
from lichtspiel.sound.music.players import Players
from lichtspiel.sound.music.playing import performed

BRIGHT = {"happy", "heroic", "romantic", "funny", "calm"}
FAST = {
    "happy": 0.75,
    "heroic": 0.6,
    "funny": 0.7,
    "tense": 0.8,
    "sad": 0.1,
    "calm": 0.15,
    "romantic": 0.3,
    "mysterious": 0.25,
}
"""Where in a style's range of tempi a mood lies."""
TONICS = {"major": (0, 2, 3, 5, 7, 9, 10), "minor": (0, 2, 4, 5, 7, 9, 11)}
"""Keys that sit well under hands, from which the seed chooses."""
DEFAULT_STYLE = "piano"


@dataclass(frozen=True)
class Played:
    """A score: who plays what."""

    style: MusicalStyleEntry
    key: Key
    form: Form
    lines: tuple[Line, ...]
    strokes: tuple[Stroke, ...]
    loudest_beat: int
    """The beat that the piece grows towards."""


def compose(
    screenplay: Screenplay,
    music: Music,
    cuts: Sequence[float],
    events: Sequence[float],
    rng: np.random.Generator,
) -> Played:
    """Compose for a film with cuts and main events at film times. Raises KeyError for an unknown style."""
    style = musical_styles()[music.style or _fitting(music, rng)]
    key = _key(music, style, rng)
    tempi = (music.tempo_bpm, music.tempo_bpm) if music.tempo_bpm else style.tempo_bpm
    lively = FAST.get(music.mood or "", 0.45)
    wish = tempi[0] + (tempi[1] - tempi[0]) * lively
    form = form_of(screenplay.duration_s, cuts, events, tempi, style.beats, wish)
    progressions = style.major if key.mode == "major" else style.minor
    chords = chords_of(progressions[int(rng.integers(len(progressions)))], key, form.bars)
    chords = _closing(chords, key)
    lines = parts.lines(style, key, form, chords, music.instruments, rng)
    strokes = parts.strokes(style, form, rng)
    peak = max(form.hits, default=int(0.7 * form.last_beat))
    return Played(style, key, form, lines, strokes, peak)


def played(score: Played, seconds: float, players: Players, rng: np.random.Generator) -> Array:
    """The score as it sounds, (2, N)."""
    return performed(
        score.style, score.form, score.lines, score.strokes, score.loudest_beat, seconds, players, rng
    )


def _fitting(music: Music, rng: np.random.Generator) -> str:
    """A style for the mood, when the screenplay names none."""
    fitting = [style.id for style in musical_styles().values() if music.mood in style.moods]
    return fitting[int(rng.integers(len(fitting)))] if fitting else DEFAULT_STYLE


def _key(music: Music, style: MusicalStyleEntry, rng: np.random.Generator) -> Key:
    if music.key:
        return key_of(music.key)
    mode = style.modes[0]
    if music.mood is not None:
        wanted = "major" if music.mood in BRIGHT else "minor"
        mode = "major" if wanted == "major" and "major" in style.modes else mode
        mode = "minor" if wanted == "minor" and "minor" in style.modes else mode
    return Key(int(rng.choice(TONICS[mode])), mode)


def _closing(chords: list[tuple[Chord, ...]], key: Key) -> list[tuple[Chord, ...]]:
    """The chords with a cadence at the end: whatever was there, the bar before the last chord leads home."""
    if len(chords) < 2:
        return chords
    dominant = chord_of("V", key)
    last = chords[-1]
    leads = (
        last[-1].root in (dominant.root, (key.tonic + 5) % 12, (key.tonic + 10) % 12)
        and last[-1].root != key.tonic
    )
    return chords if leads else [*chords[:-1], (last[0], dominant) if len(chords) > 2 else (dominant,)]
