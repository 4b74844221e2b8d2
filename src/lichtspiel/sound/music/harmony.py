"""Keys and chords: Roman numerals to notes, and voices that lead from chord to chord."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Mode = Literal["major", "minor"]

SCALES: dict[Mode, tuple[int, ...]] = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}
LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII")
_CHORD = re.compile(r"^(b|#)?([IViv]+)(maj7|7|sus2|sus4|dim)?$")


@dataclass(frozen=True)
class Key:
    """A tonic, as a pitch class with C = 0, and a mode."""

    tonic: int
    mode: Mode

    @property
    def scale(self) -> tuple[int, ...]:
        """Pitch classes of the key, from its tonic."""
        return tuple((self.tonic + step) % 12 for step in SCALES[self.mode])


@dataclass(frozen=True)
class Chord:
    """A root and what stands over it, in half tones."""

    root: int
    intervals: tuple[int, ...]

    @property
    def classes(self) -> tuple[int, ...]:
        """Pitch classes, the root first."""
        return tuple((self.root + interval) % 12 for interval in self.intervals)


def key_of(name: str) -> Key:
    """The key called so: `A minor`, `Bb major`."""
    letter, mode = name.split()
    shift = {"b": -1, "#": 1}.get(letter[1:], 0)
    return Key((LETTERS[letter[0]] + shift) % 12, "major" if mode == "major" else "minor")


def chord_of(numeral: str, key: Key) -> Chord:
    """A chord of a key by its Roman numeral: upper case major, lower case minor.

    Raises ValueError for what is no numeral.
    """
    match = _CHORD.match(numeral)
    if match is None or match[2].upper() not in NUMERALS:
        raise ValueError(f"{numeral!r} is no chord")
    degree = NUMERALS.index(match[2].upper())
    shift = {"b": -1, "#": 1, None: 0}[match[1]]
    # A flat degree of a major key is a half tone below its own; in minor, lowered ones are the scale's.
    root = (key.tonic + SCALES[key.mode][degree] + shift) % 12
    minor = match[2].islower()
    third, fifth = (3 if minor else 4), 7
    if key.mode == "minor" and minor and degree == 1:
        fifth = 6
    match match[3]:
        case "7":
            return Chord(root, (0, third, fifth, 10))
        case "maj7":
            return Chord(root, (0, third, fifth, 11))
        case "sus2":
            return Chord(root, (0, 2, 7))
        case "sus4":
            return Chord(root, (0, 5, 7))
        case "dim":
            return Chord(root, (0, 3, 6))
        case _:
            return Chord(root, (0, third, fifth))


def chords_of(progression: str, key: Key, bars: int) -> list[tuple[Chord, ...]]:
    """Chords of so many bars, the progression over and over; a bar may have several."""
    cells = [tuple(chord_of(name, key) for name in bar.split(",")) for bar in progression.split()]
    return [cells[bar % len(cells)] for bar in range(bars)]


def voiced(chord: Chord, before: Sequence[int] | None, centre: int) -> tuple[int, ...]:
    """Notes of a chord about a centre (MIDI), close to those before: each voice moves as little as it can.

    Without notes before, the chord stands in close position about the centre. Parallel fifths and octaves of
    the outer voices cost as much as a leap.
    """
    choices = []
    for inversion in range(len(chord.classes)):
        classes = chord.classes[inversion:] + chord.classes[:inversion]
        for base in range(centre - 11, centre + 4):
            if base % 12 != classes[0]:
                continue
            notes = [base]
            for pitch in classes[1:]:
                notes.append(notes[-1] + (pitch - notes[-1]) % 12)
            choices.append(tuple(notes))
    return min(choices, key=lambda notes: _cost(notes, before, centre))


def _cost(notes: tuple[int, ...], before: Sequence[int] | None, centre: int) -> float:
    middle = abs(sum(notes) / len(notes) - centre - 3)
    if not before:
        return middle
    moves = sum(min(abs(note - old) for old in before) for note in notes)
    parallel = 0.0
    for (a, b), (c, d) in itertools.product(
        itertools.combinations(sorted(before), 2), itertools.combinations(notes, 2)
    ):
        perfect = (b - a) % 12 in (0, 7) and (d - c) % 12 == (b - a) % 12
        parallel += 2.0 if perfect and c - a == d - b != 0 and abs(c - a) < 5 else 0.0
    return moves + 0.35 * middle + parallel


def nearest(pitch_classes: Sequence[int], note: float) -> int:
    """The MIDI note of one of some pitch classes that lies nearest to a note."""
    found = [round(note) + step for step in range(-7, 8) if (round(note) + step) % 12 in set(pitch_classes)]
    return min(found, key=lambda one: (abs(one - note), one))
