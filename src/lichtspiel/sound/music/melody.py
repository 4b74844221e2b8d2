"""Melodies: two motifs that come back changed, on the chords that pass under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lichtspiel.sound.music.harmony import Chord, Key, nearest

PLANS = ("aaba", "abac", "aabb", "abab")
LEAP = 5
"""Half tones after which a melody turns back."""
REACH = 9
"""Half tones that a melody stays within about its middle."""


@dataclass(frozen=True)
class Tone:
    """A note of a melody, in steps of its bar."""

    step: int
    steps: int
    note: int
    """MIDI."""


@dataclass(frozen=True)
class Motif:
    """A rhythm of a bar, and by how many degrees of the scale each note moves from the one before."""

    rhythm: tuple[tuple[int, int], ...]
    """First step and length of every note."""
    moves: tuple[int, ...]


def motif_of(rhythm: str, rng: np.random.Generator) -> Motif:
    """A motif on a rhythm, with a contour that arches: small steps, one leap, and back."""
    notes = rhythm_of(rhythm)
    moves = []
    leaps = 0
    for index in range(len(notes)):
        leap = leaps == 0 and index > 0 and rng.random() < 0.35
        leaps += leap
        size = rng.integers(2, 5) if leap else rng.choice([1, 1, 1, 2, 0])
        rising = 1 if index < len(notes) / 2 else -1
        moves.append(int(size) * (rising if rng.random() < 0.72 else -rising))
    return Motif(notes, tuple(moves))


def rhythm_of(pattern: str) -> tuple[tuple[int, int], ...]:
    """First steps and lengths of the notes of a pattern."""
    text = pattern.replace(" ", "")
    notes: list[tuple[int, int]] = []
    for step, sign in enumerate(text):
        if sign in "xX":
            notes.append((step, 1))
        elif sign == "-" and notes and sum(notes[-1]) == step:
            notes[-1] = (notes[-1][0], notes[-1][1] + 1)
    return tuple(notes)


def melody(
    bars: Sequence[tuple[Chord, ...]],
    key: Key,
    rhythms: Sequence[str],
    centre: int,
    steps_per_bar: int,
    rng: np.random.Generator,
) -> list[list[Tone]]:
    """Tones of every bar. Where a motif comes back it begins elsewhere, is turned, or ends differently."""
    names = "abc"
    drawn = rng.permutation(len(rhythms))
    motifs = {name: motif_of(rhythms[drawn[i % len(drawn)]], rng) for i, name in enumerate(names)}
    plan = PLANS[int(rng.integers(len(PLANS)))]
    last, found = float(centre), []
    for number, chords in enumerate(bars):
        motif = motifs[plan[number % len(plan)]]
        if number >= len(plan) and rng.random() < 0.4:
            motif = Motif(motif.rhythm, tuple(-move for move in motif.moves))
        tones, last = _sung(motif, chords, key, centre, last, steps_per_bar)
        if number % 4 == 3 and len(tones) > 2:
            # A phrase breathes out: its last note is held.
            tones = [*tones[:-2], Tone(tones[-2].step, steps_per_bar - tones[-2].step - 1, tones[-2].note)]
        found.append(tones)
    return found


def counter(
    bars: Sequence[tuple[Chord, ...]], centre: int, steps_per_bar: int, rng: np.random.Generator
) -> list[list[Tone]]:
    """Long notes that go from chord to chord by the smallest steps, on thirds and sevenths before others."""
    last, found = float(centre + rng.integers(-2, 3)), []
    for chords in bars:
        share = steps_per_bar // len(chords)
        tones = []
        for number, chord in enumerate(chords):
            guides = chord.classes[1:2] + chord.classes[3:] + chord.classes[2:3]
            note = min(
                (nearest([c], last) + (0.9 * i) / 10 for i, c in enumerate(guides)),
                key=lambda n: abs(n - last),
            )
            last = 0.85 * round(note) + 0.15 * centre
            tones.append(Tone(number * share, share, round(note)))
        found.append(tones)
    return found


def _sung(
    motif: Motif, chords: tuple[Chord, ...], key: Key, centre: int, last: float, steps_per_bar: int
) -> tuple[list[Tone], float]:
    tones: list[Tone] = []
    pitch = last
    for (step, steps), move in zip(motif.rhythm, motif.moves, strict=True):
        chord = chords[min(len(chords) - 1, step * len(chords) // steps_per_bar)]
        strong = step % (steps_per_bar // 2 or 1) == 0 or steps >= steps_per_bar // 2
        wanted = pitch + 1.7 * move
        wanted += (centre - wanted) * (0.3 if abs(wanted - centre) > REACH - 2 else 0.06)
        # What is long or on the beat belongs to the chord; the rest passes through the scale.
        colours = set(chord.classes) | {
            c for c in key.scale if all((c - d) % 12 not in (1, 11) for d in chord.classes)
        }
        note = nearest(chord.classes if strong else tuple(colours), wanted)
        if tones and abs(note - tones[-1].note) > LEAP + 2:
            note = nearest(chord.classes, (note + 2 * tones[-1].note) / 3)
        tones.append(Tone(step, steps, note))
        pitch = float(note)
    return tones, pitch
