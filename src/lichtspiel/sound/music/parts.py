"""What each player of a score plays: melody, counter-melody, chords, bass, drums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.hearing import MusicalStyleEntry, PartEntry
from lichtspiel.sound.music.form import Form
from lichtspiel.sound.music.harmony import Chord, Key, chord_of, nearest, voiced
from lichtspiel.sound.music.melody import Tone, counter, melody

LAST_BEATS = 3.0
"""How long the last chord is held."""


@dataclass(frozen=True)
class Note:
    """A note on the score's clock."""

    beat: float
    beats: float
    note: int
    """MIDI."""
    force: float
    """0 soft … 1 hard."""


@dataclass(frozen=True)
class Line:
    """What one instrument plays."""

    instrument: str
    level_db: float
    pan: float
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Stroke:
    """A stroke on a drum."""

    drum: str
    beat: float
    force: float


def lines(
    style: MusicalStyleEntry,
    key: Key,
    form: Form,
    chords: Sequence[tuple[Chord, ...]],
    instruments: Sequence[str],
    rng: np.random.Generator,
) -> tuple[Line, ...]:
    """Parts of all melodic instruments. `instruments` replaces those of the style from the first part on."""
    found = []
    for number, part in enumerate(style.parts):
        own = np.random.default_rng(rng.integers(0, 2**63))
        instrument = instruments[number] if number < len(instruments) else part.instrument
        first = int(np.ceil(part.enters * form.bars - 0.5)) if form.bars > 2 else 0
        notes = [n for n in _played(part, style, key, form, chords, own) if n.beat >= first * form.beats]
        notes += _ending(part, key, form)
        found.append(
            Line(instrument, part.level_db, part.pan, tuple(sorted(notes, key=lambda n: (n.beat, n.note))))
        )
    return tuple(found)


def strokes(style: MusicalStyleEntry, form: Form, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """Strokes of all drums: patterns by section, fills before hits, and an accent on each."""
    found: list[Stroke] = []
    chosen = {drum: [int(rng.integers(len(p))) for _ in form.sections] for drum, p in style.drums.items()}
    filled = {hit // form.beats - (hit % form.beats == 0) for hit in form.hits} if style.fill else set()
    filled |= {form.bars - 1} if style.fill and form.bars > 2 else set()
    for bar in range(form.bars):
        fill = bar in filled
        for drum in {*style.drums, *(style.fill if fill else ())}:
            pattern = style.drums[drum][chosen[drum][form.section(bar)]] if drum in style.drums else ""
            if fill and drum in style.fill:
                half = len(style.fill[drum]) // 2
                pattern = (pattern or "." * 2 * half)[:half] + style.fill[drum][half:]
            found += _struck(drum, pattern, bar, style, form)
    accent = next(
        (drum for drum in ("crash", "cymbals", "timpani", "bass_drum", "kick") if _has(style, drum)), None
    )
    if accent:
        found += [Stroke(accent, float(hit), 0.9) for hit in form.hits]
        found.append(Stroke(accent, float(form.last_beat), 1.0))
    for drum in ("kick", "electronic_kick", "bass_drum", "timpani", "chip_kick"):
        if drum in style.drums and drum != accent:
            found.append(Stroke(drum, float(form.last_beat), 1.0))
    return tuple(sorted(found, key=lambda stroke: (stroke.beat, stroke.drum)))


def _has(style: MusicalStyleEntry, drum: str) -> bool:
    return drum in style.drums or drum in style.fill


def _struck(drum: str, pattern: str, bar: int, style: MusicalStyleEntry, form: Form) -> list[Stroke]:
    force = {"X": 1.0, "x": 0.75, "o": 0.4}
    signs = enumerate(pattern.replace(" ", ""))
    return [
        Stroke(drum, bar * form.beats + swung(step, style), force[sign])
        for step, sign in signs
        if sign in force
    ]


def swung(step: int, style: MusicalStyleEntry) -> float:
    """Beat of a step in its bar: the second half of a beat is late, at full swing by a sixth of it."""
    beat, inside = divmod(step, style.steps)
    share = inside / style.steps
    late = style.swing / 6 * (1 - abs(2 * share - 1))
    return beat + share + late


def _played(
    part: PartEntry,
    style: MusicalStyleEntry,
    key: Key,
    form: Form,
    chords: Sequence[tuple[Chord, ...]],
    rng: np.random.Generator,
) -> list[Note]:
    centre = 12 * (part.octave + 1)
    steps = style.beats * style.steps
    match part.plays:
        case "melody":
            return _sung(melody(chords, key, style.rhythms, centre, steps, rng), style, form, 0.8)
        case "counter":
            return _sung(counter(chords, centre, steps, rng), style, form, 0.55)
        case "bass":
            return _bass(part, style, form, chords, centre, rng)
        case "chords":
            return _comped(part, style, form, chords, centre, rng)


def _sung(bars: list[list[Tone]], style: MusicalStyleEntry, form: Form, force: float) -> list[Note]:
    notes = []
    for bar, tones in enumerate(bars):
        for tone in tones:
            start = swung(tone.step, style)
            end = swung(tone.step + tone.steps, style)
            strong = 0.12 if tone.step == 0 else 0.05 if tone.step % style.steps == 0 else 0.0
            notes.append(Note(bar * form.beats + start, 0.96 * (end - start), tone.note, force + strong))
    return notes


def _bass(
    part: PartEntry,
    style: MusicalStyleEntry,
    form: Form,
    chords: Sequence[tuple[Chord, ...]],
    centre: int,
    rng: np.random.Generator,
) -> list[Note]:
    notes, last = [], centre
    chosen = [int(rng.integers(len(part.patterns))) for _ in form.sections]
    for bar in range(form.bars):
        pattern = part.patterns[chosen[form.section(bar)]].replace(" ", "")
        for step, length, sign in _signs(pattern, "13568a"):
            chord = _at(chords[bar], step, len(pattern))
            root = nearest([chord.root], 0.6 * centre + 0.4 * last)
            if sign == "a":
                after = chords[min(bar + 1, form.bars - 1)][0]
                goal = nearest([after.root], last)
                note = goal + (1 if last > goal else -1)
            else:
                third, fifth = chord.intervals[1], chord.intervals[2]
                note = root + {"1": 0, "3": third, "5": fifth, "6": 9, "8": 12}[sign]
            last = root
            start, end = swung(step, style), swung(step + length, style)
            force = 0.85 if step == 0 else 0.7
            notes.append(Note(bar * form.beats + start, 0.92 * (end - start), note, force))
    return notes


def _comped(
    part: PartEntry,
    style: MusicalStyleEntry,
    form: Form,
    chords: Sequence[tuple[Chord, ...]],
    centre: int,
    rng: np.random.Generator,
) -> list[Note]:
    notes: list[Note] = []
    voicing: tuple[int, ...] | None = None
    chosen = [int(rng.integers(len(part.patterns))) for _ in form.sections]
    at: Chord | None = None
    for bar in range(form.bars):
        pattern = part.patterns[chosen[form.section(bar)]].replace(" ", "")
        for step, length, sign in _signs(pattern, "xXlh0123"):
            chord = _at(chords[bar], step, len(pattern))
            if voicing is None or chord is not at:
                voicing, at = voiced(chord, voicing, centre), chord
            start, end = swung(step, style), swung(step + length, style)
            force = 0.95 if sign == "X" else 0.72 if step % style.steps == 0 else 0.6
            for note in _chosen(voicing, sign):
                notes.append(Note(bar * form.beats + start, 0.95 * (end - start), note, force))
    return notes


def _chosen(voicing: tuple[int, ...], sign: str) -> tuple[int, ...]:
    if sign in "xX":
        return voicing
    if sign == "l":
        return voicing[:1]
    if sign == "h":
        return voicing[1:]
    number = int(sign)
    return (voicing[number % len(voicing)] + 12 * (number // len(voicing)),)


def _signs(pattern: str, known: str) -> list[tuple[int, int, str]]:
    """Step, length in steps, and sign of every note of a pattern."""
    found: list[tuple[int, int, str]] = []
    for step, sign in enumerate(pattern):
        if sign in known:
            found.append((step, 1, sign))
        elif sign == "-" and found and found[-1][0] + found[-1][1] == step:
            first, length, old = found[-1]
            found[-1] = (first, length + 1, old)
    return found


def _at(chords: tuple[Chord, ...], step: int, steps: int) -> Chord:
    return chords[min(len(chords) - 1, step * len(chords) // steps)]


def _ending(part: PartEntry, key: Key, form: Form) -> list[Note]:
    """The last chord, on the first beat after the last bar: everyone comes home."""
    tonic = chord_of("I" if key.mode == "major" else "i", key)
    centre, beat = 12 * (part.octave + 1), float(form.last_beat)
    match part.plays:
        case "melody":
            notes: tuple[int, ...] = (nearest([tonic.root], centre + 3),)
        case "bass":
            notes = (nearest([tonic.root], centre - 2),)
        case "counter":
            notes = (nearest([tonic.classes[1]], centre),)
        case "chords":
            notes = voiced(tonic, None, centre)
    return [Note(beat, LAST_BEATS, note, 0.9) for note in notes]
