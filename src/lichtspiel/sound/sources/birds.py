"""Birds by their songs: whistles that glide, chirps, trills and coos, as the species are described."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from lichtspiel.library.records import Parameter
from lichtspiel.sound.sources.grains import add
from lichtspiel.sound.sources.noise import Array, Generator, along, clock, count_of, panned, phase_of

Parameters = Mapping[str, Parameter]
Phrase = Callable[[Generator], Array]


def blackbird(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A blackbird, (N,): fluted phrases at 1.6 to 3 kHz that end in a scratchy twitter."""
    return _repeated(_blackbird, seconds, (1.6, 3.4), rng)


def sparrow(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """House sparrows, (N,): chirps that rise and fall within a twelfth of a second."""
    return _repeated(_sparrow, seconds, (0.05, 0.7), rng)


def great_tit(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A great tit, (N,): two notes over and over, the first the higher."""
    return _repeated(_great_tit, seconds, (1.5, 3.0), rng)


def nightingale(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A nightingale, (N,): swelling whistles, then fast trills."""
    return _repeated(_nightingale, seconds, (0.6, 1.6), rng)


def cuckoo(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A cuckoo, (N,): a falling third near 660 and 540 Hz."""
    return _repeated(_cuckoo, seconds, (0.55, 0.8), rng)


def owl(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A tawny owl, (N,): a long hoot, a pause, and a quavering one."""
    return _repeated(_owl, seconds, (2.0, 4.0), rng)


def dove(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A wood pigeon, (N,): five coos, the second the longest."""
    return _repeated(_dove, seconds, (0.7, 1.8), rng)


def chorus(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Songbirds here and there (`density` of phrases per second), (2, N)."""
    samples, density = count_of(seconds), float(parameters["density"])  # type: ignore[arg-type]
    total = np.zeros((2, samples))
    singers = [_blackbird, _great_tit, _sparrow, _sparrow, _warbler, _warbler, _robin]
    for singer in rng.permutation(len(singers)):
        pan, loud = rng.uniform(-0.9, 0.9), rng.lognormal(-0.6, 0.7)
        at, gap = rng.uniform(-1.0, 3.0), len(singers) / density
        while at < seconds:
            phrase = loud * rng.uniform(0.7, 1.2) * singers[singer](rng)
            for ear, channel in enumerate(panned(phrase, pan)):
                add(total[ear], at, channel)
            at += len(phrase) / 48_000 + gap * rng.uniform(0.25, 1.2)
    return total


def _note(
    pitch: list[tuple[float, float]],
    seconds: float,
    overtone: float = 0.08,
    vibrato: tuple[float, float] = (0.0, 0.0),
) -> Array:
    """A whistle through (share, Hz) points; vibrato is (Hz, share of the pitch)."""
    count = count_of(seconds)
    curve = along(pitch, count) * (1 + vibrato[1] * np.sin(2 * np.pi * vibrato[0] * clock(count)))
    phase = phase_of(curve)
    rise = max(2, min(count_of(0.012), count // 3))
    shape = np.ones(count)
    shape[:rise] = np.sin(np.linspace(0, np.pi / 2, rise)) ** 2
    shape[-rise:] = np.sin(np.linspace(np.pi / 2, 0, rise)) ** 2
    return np.asarray((np.sin(phase) + overtone * np.sin(2 * phase)) * shape)


def _joined(notes: list[tuple[Array, float]]) -> Array:
    """Notes one after another, each with the pause after it."""
    pauses = [np.concatenate([note, np.zeros(count_of(pause))]) for note, pause in notes]
    return np.concatenate(pauses)


def _repeated(phrase: Phrase, seconds: float, gap_s: tuple[float, float], rng: Generator) -> Array:
    total = np.zeros(count_of(seconds))
    at = rng.uniform(0.0, 0.35)
    while at < seconds:
        part = phrase(rng)
        add(total, at, part * rng.uniform(0.8, 1.0))
        at += len(part) / 48_000 + rng.uniform(*gap_s)
    return total


def _blackbird(rng: Generator) -> Array:
    notes: list[tuple[Array, float]] = []
    base = rng.uniform(1800, 2300)
    for _ in range(rng.integers(4, 7)):
        start = base * float(rng.choice([0.8, 0.9, 1.0, 1.12, 1.25]))
        end = start * rng.uniform(0.8, 1.25)
        note = _note(
            [(0, start), (0.5, (start + end) / 2 * rng.uniform(0.95, 1.05)), (1, end)], rng.uniform(0.1, 0.3)
        )
        notes.append((note * rng.uniform(0.7, 1.0), rng.uniform(0.015, 0.09)))
    for _ in range(rng.integers(5, 10)):
        start = rng.uniform(3800, 6500)
        notes.append(
            (0.35 * _note([(0, start), (1, start * rng.uniform(0.7, 1.3))], rng.uniform(0.02, 0.05)), 0.01)
        )
    return _joined(notes)


def _sparrow(rng: Generator) -> Array:
    low, high = rng.uniform(2600, 3400), rng.uniform(4400, 6200)
    first = [(0, low), (0.4, high), (0.7, low * 1.2), (1, low * 0.95)]
    chirps = [(_note(first, rng.uniform(0.07, 0.12), 0.25), rng.uniform(0.02, 0.06))]
    if rng.random() < 0.5:
        chirps.append((0.7 * _note([(0, high * 0.9), (1, low)], 0.05, 0.25), 0.02))
    return _joined(chirps)


def _great_tit(rng: Generator) -> Array:
    high, ratio = rng.uniform(4300, 5200), rng.uniform(0.7, 0.8)
    pair = [
        (_note([(0, high * 1.03), (1, high)], 0.09), 0.04),
        (_note([(0, high * ratio), (1, high * ratio * 0.97)], 0.14), 0.07),
    ]
    return _joined(pair * int(rng.integers(4, 8)))


def _nightingale(rng: Generator) -> Array:
    notes: list[tuple[Array, float]] = []
    whistle = rng.uniform(1500, 2600)
    for step in range(rng.integers(3, 6)):
        notes.append((_note([(0, whistle * 1.06), (1, whistle)], 0.24) * (0.25 + 0.17 * step), 0.06))
    top, count = rng.uniform(3000, 5200), rng.integers(9, 18)
    notes += [(_note([(0, top), (0.5, top * 0.55), (1, top * 0.9)], 0.045, 0.2), 0.012) for _ in range(count)]
    notes.append((_note([(0, top * 0.8), (1, top * 1.25)], 0.12), 0.0))
    return _joined(notes)


def _warbler(rng: Generator) -> Array:
    base = rng.uniform(3200, 5600)
    steps = base * np.exp(np.cumsum(rng.normal(-0.02, 0.12, rng.integers(7, 14))))
    notes = [
        (_note([(0, p), (1, p * rng.uniform(0.75, 1.2))], rng.uniform(0.03, 0.08)), rng.uniform(0.01, 0.03))
        for p in steps.clip(2300, 7500)
    ]
    return _joined(notes)


def _robin(rng: Generator) -> Array:
    notes = []
    for _ in range(rng.integers(5, 10)):
        pitch = rng.choice([1.0, 1.6, 2.2]) * rng.uniform(2300, 2900)
        wave = (float(rng.choice([0.0, 28.0])), 0.05)
        notes.append(
            (
                _note([(0, pitch), (1, pitch * rng.uniform(0.8, 1.1))], rng.uniform(0.05, 0.2), 0.05, wave),
                0.02,
            )
        )
    return _joined(notes)


def _cuckoo(rng: Generator) -> Array:
    high = 662 * rng.uniform(0.99, 1.01)
    first = _note([(0, high * 0.97), (0.2, high), (1, high)], 0.16, 0.05)
    second = _note([(0, high * 0.81), (1, high * 0.8)], 0.24, 0.05)
    return _joined([(first, 0.16), (0.9 * second, 0.0)])


def _owl(rng: Generator) -> Array:
    base = 760 * rng.uniform(0.95, 1.05)
    long = _note([(0, base * 0.95), (0.3, base), (1, base * 0.9)], 0.8, 0.12)
    quaver = _note([(0, base), (0.3, base * 1.05), (1, base * 0.86)], 1.3, 0.12, (13.0, 0.03))
    beat = 0.65 + 0.35 * np.sin(2 * np.pi * 13 * clock(len(quaver)))
    return _joined([(long, 1.0), (0.4 * _note([(0, base), (1, base)], 0.09), 0.25), (quaver * beat, 0.0)])


def _dove(rng: Generator) -> Array:
    base = 470 * rng.uniform(0.96, 1.04)
    lengths, pauses = (0.28, 0.62, 0.36, 0.24, 0.24), (0.09, 0.1, 0.2, 0.1, 0.0)
    notes = []
    for length, pause in zip(lengths, pauses, strict=True):
        note = _note(
            [(0, base * 0.92), (0.4, base * (1.06 if length > 0.5 else 1.0)), (1, base * 0.93)], length, 0.2
        )
        notes.append((note * (0.8 + 0.2 * np.sin(2 * np.pi * 26 * clock(len(note)))), pause))
    return _joined(notes)
