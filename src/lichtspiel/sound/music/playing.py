"""Plays a score: players with their places, their looseness and their room."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.signal import oaconvolve

from lichtspiel.library.hearing import MusicalStyleEntry
from lichtspiel.sound.modes import Array
from lichtspiel.sound.music.form import Form
from lichtspiel.sound.music.parts import Line, Stroke
from lichtspiel.sound.music.percussion import KIT
from lichtspiel.sound.music.players import Players
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.sound.sources.grains import add
from lichtspiel.sound.sources.noise import band, clock, count_of, panned, swell

TUNING_HZ = 440.0
SOFTEST = 0.72
"""Force at the beginning of a piece against its peak."""
END_S = 0.12
"""Fade at the end of the film, should a chord still ring."""
DRUMS_DB = -2.0


def performed(
    style: MusicalStyleEntry,
    form: Form,
    lines: Sequence[Line],
    strokes: Sequence[Stroke],
    loudest_beat: int,
    seconds: float,
    players: Players,
    rng: np.random.Generator,
) -> Array:
    """The score as it sounds, (2, N). Raises KeyError for an instrument or a drum that nobody plays."""
    samples = count_of(seconds)
    total = np.zeros((2, samples))
    for line in lines:
        own = np.random.default_rng(rng.integers(0, 2**63))
        track = _played(line, style, form, loudest_beat, samples, players, own)
        total += panned(_levelled(track) * 10 ** (line.level_db / 20), line.pan)
    total += _drummed(style, form, strokes, loudest_beat, samples, players, rng)
    wet = _room(total, style.room_s, rng)
    size, dry = float(np.sqrt(np.mean(wet**2))), float(np.sqrt(np.mean(total**2)))
    total += wet * (10 ** (style.room_db / 20) * dry / size) if size > 0 else 0.0
    fade = min(count_of(END_S), samples)
    total[:, samples - fade :] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(fade) / fade)
    return total


def _played(
    line: Line,
    style: MusicalStyleEntry,
    form: Form,
    loudest_beat: int,
    samples: int,
    players: Players,
    rng: np.random.Generator,
) -> Array:
    track = np.zeros(samples)
    made: dict[tuple[int, int, int], Array] = {}
    seconds = samples / SAMPLE_RATE_HZ
    for note in line.notes:
        start, lasting = form.time(note.beat), note.beats * form.beat_s
        if start < -1e-6:
            # An upbeat: what began before the film is heard from there on.
            start, lasting = 0.0, start + lasting
        if lasting < 0.04 or start >= seconds:
            continue
        force = note.force * _dynamic(note.beat, loudest_beat)
        key = (note.note, round(lasting * 20), round(force * 6))
        if key not in made:
            pitch = TUNING_HZ * 2 ** ((note.note - 69) / 12)
            made[key] = players.note(line.instrument, pitch, min(lasting, seconds - start + 0.2), force, rng)
        loose = float(np.clip(rng.normal(0, style.loose_s), -3 * style.loose_s, 3 * style.loose_s))
        add(track, max(0.0, start + loose), made[key] * (0.35 + 0.65 * force) * rng.uniform(0.94, 1.0))
    return COLOURS[line.instrument](track, rng) if line.instrument in COLOURS and track.any() else track


def _drummed(
    style: MusicalStyleEntry,
    form: Form,
    strokes: Sequence[Stroke],
    loudest_beat: int,
    samples: int,
    players: Players,
    rng: np.random.Generator,
) -> Array:
    total = np.zeros((2, samples))
    made: dict[tuple[str, int, int], Array] = {}
    for stroke in strokes:
        start = form.time(stroke.beat) + float(rng.normal(0, style.loose_s / 2))
        if start < -0.02 or start * SAMPLE_RATE_HZ >= samples:
            continue
        _, level_db, pan = KIT[stroke.drum]
        force = stroke.force * _dynamic(stroke.beat, loudest_beat)
        key = (stroke.drum, round(force * 5), int(rng.integers(0, 3)))
        if key not in made:
            made[key] = players.stroke(stroke.drum, force, rng)
        gain = 10 ** ((level_db + DRUMS_DB) / 20) * force**1.4
        for ear, side in enumerate(panned(made[key] * gain, pan)):
            add(total[ear], max(0.0, start), side)
    return total


def _dynamic(beat: float, loudest_beat: int) -> float:
    """A piece grows towards its peak, and keeps most of that after it."""
    return float(SOFTEST + (1 - SOFTEST) * np.clip(beat / max(loudest_beat, 1), 0, 1))


def _levelled(track: Array) -> Array:
    """A part with loud moments of the same power as all parts, about -14 dB."""
    step = SAMPLE_RATE_HZ // 5
    blocks = np.pad(track, (0, -len(track) % step)).reshape(-1, step)
    power = np.mean(blocks**2, axis=1)
    loud = float(np.mean(np.sort(power)[-max(1, len(power) // 4) :]))
    return track * (0.2 / np.sqrt(loud)) if loud > 0 else track


def _room(dry: Array, decay_s: float, rng: np.random.Generator) -> Array:
    """The answer of a room: a few walls, then a tail whose treble dies first."""
    length = count_of(min(decay_s * 1.1, 4.0))
    time = clock(length)
    response = np.zeros((2, length))
    for ear in range(2):
        noise = rng.standard_normal(length)
        low = band(noise, 180, 1500, 1) * np.exp(-6.9 * time / decay_s)
        high = band(noise, 1500, 7500, 1) * np.exp(-6.9 * time / (0.55 * decay_s))
        response[ear] = (low + 0.8 * high) * np.minimum(time / (0.02 + 0.015 * decay_s), 1)
        for wall in rng.uniform(0.008, 0.06, 6):
            response[ear, min(length - 1, count_of(float(wall)))] += (
                rng.choice([-1, 1]) * 6.0 * np.exp(-wall / 0.05)
            )
    send = band(dry.mean(axis=0), 150, None, 1)
    return np.array([oaconvolve(send, response[ear])[: dry.shape[1]] for ear in range(2)])


def _amplified(drive: float, low_hz: float, high_hz: float) -> Callable[[Array, np.random.Generator], Array]:
    """A valve amplifier that is driven, and its loudspeaker."""

    def colour(track: Array, _rng: np.random.Generator) -> Array:
        level = float(np.quantile(np.abs(track), 0.98)) or 1.0
        driven = np.tanh(drive * band(track, 90, None, 1) / level + 0.15) - np.tanh(0.15)
        return band(driven, low_hz, high_hz, 2)

    return colour


def _turning(track: Array, _rng: np.random.Generator) -> Array:
    """A rotating loudspeaker: pitch and level that go round."""
    time = clock(len(track))
    turn = np.sin(2 * np.pi * 6.3 * time)
    moved = np.interp(time - 0.0004 * (1 + turn), time, track)
    return np.asarray(moved * (1 + 0.18 * turn))


def _worn(track: Array, rng: np.random.Generator) -> Array:
    """A tape that has been played often: it wows, and has lost its treble."""
    time = clock(len(track))
    wow = 0.0016 * np.sin(2 * np.pi * 0.7 * time) + 0.0004 * swell(len(track), 0.12, 1.0, rng)
    return band(np.interp(time - 0.003 - wow, time, track), 80, 4200, 1)


COLOURS: dict[str, Callable[[Array, np.random.Generator], Array]] = {
    "distorted_guitar": _amplified(14.0, 90, 4300),
    "lead_guitar": _amplified(9.0, 120, 4800),
    "clean_guitar": _amplified(1.6, 90, 5200),
    "organ": _turning,
    "electric_piano": _worn,
}
"""What comes after an instrument, for all of its notes together."""
