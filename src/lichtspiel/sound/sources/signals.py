"""Bells, rings, horns and sirens: things made to be heard."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library.records import Parameter
from lichtspiel.sound.sources.grains import add, burst, struck
from lichtspiel.sound.sources.noise import (
    Array,
    Generator,
    along,
    band,
    clock,
    coloured,
    count_of,
    phase_of,
    swell,
)
from lichtspiel.sound.sources.throat import mouth, shaped

Parameters = Mapping[str, Parameter]

BELL = np.array([0.5, 1.0, 1.2, 1.5, 2.0, 2.5, 2.67, 3.0, 4.0, 5.33, 6.7])
"""Partials of a church bell against its strike note: hum, prime, minor tierce, quint, nominal … (Rossing,
*Science of Percussion Instruments*, ch. 11)."""
BELL_GAIN = np.array([0.5, 0.6, 0.9, 0.3, 1.0, 0.35, 0.3, 0.5, 0.35, 0.2, 0.1])


def church_bells(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Three bells that swing, each at its own pace, (N,)."""
    total = np.zeros(count_of(seconds))
    for note, swing in ((233.1, 1.35), (277.2, 1.18), (349.2, 1.02)):
        at = -rng.uniform(0, 2 * swing)
        strike = _bell(note, 6.5, rng)
        while at < seconds:
            add(total, at, strike * rng.uniform(0.75, 1.0))
            at += swing * rng.uniform(0.985, 1.015)
    return total


def cow_bells(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Bells of grazing cows, (N,): tin that clonks at no pace at all."""
    total = np.zeros(count_of(seconds))
    for _ in range(4):
        base, loud = rng.uniform(480, 900), rng.uniform(0.3, 1.0)
        ratio = np.array([1.0, 1.63, 2.34, 3.1, 4.2, 5.6])
        clonk = struck(base * ratio, 0.35 / ratio**0.8, np.array([1, 0.8, 0.7, 0.4, 0.3, 0.2]), 0.4)
        for at in np.cumsum(rng.exponential(0.55, int(seconds * 2) + 2)) - 0.3:
            add(total, float(at), loud * rng.uniform(0.3, 1.0) * clonk)
    return total


def bicycle_bell(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A bicycle bell, (N,): a thumb's push lets the wheels inside strike the dome a dozen times."""
    total = np.zeros(count_of(seconds))
    dome = np.array([1.0, 1.012, 2.72, 2.75, 5.1])
    ring = struck(2150 * dome, np.array([1.1, 1.0, 0.6, 0.55, 0.3]), np.array([1, 0.8, 0.6, 0.5, 0.2]), 1.2)
    for push in (0.03, 0.4):
        for blow in range(9):
            add(
                total,
                push + blow * 0.021 * rng.uniform(0.9, 1.1),
                ring * rng.uniform(0.3, 0.6) * (1 - blow * 0.06),
            )
    return total


def telephone(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """An old telephone, (N,): a clapper between two gongs, two seconds on and three off."""
    total = np.zeros(count_of(seconds))
    gongs = [_gong(pitch) for pitch in (1230.0, 1490.0)]
    at = 0.15
    while at < seconds:
        for blow in range(44):
            add(total, at + blow / 22.0, gongs[blow % 2] * rng.uniform(0.8, 1.0))
        at += 5.0
    return total


def alarm_clock(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A wind-up alarm clock, (N,)."""
    total = np.zeros(count_of(seconds))
    gongs = [0.7 * _gong(pitch) for pitch in (2350.0, 2640.0)]
    for blow in range(int(seconds * 19)):
        add(total, 0.05 + blow / 19.0, gongs[blow % 2] * rng.uniform(0.7, 1.0))
    return total


def school_bell(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """An electric bell, (N,)."""
    total = np.zeros(count_of(seconds))
    gong = _gong(910.0)
    for blow in range(int(max(seconds - 0.6, 0.3) * 16)):
        add(total, 0.03 + blow / 16.0, gong * rng.uniform(0.8, 1.0))
    return total


def doorbell(_parameters: Parameters, seconds: float, _rng: Generator) -> Array:
    """Two bars, the second a third lower, (N,)."""
    total = np.zeros(count_of(seconds))
    for at, pitch in ((0.03, 659.3), (0.5, 523.3)):
        bar = struck(
            pitch * np.array([1.0, 2.76, 5.4]), np.array([1.9, 0.5, 0.15]), np.array([1, 0.25, 0.15]), 1.9
        )
        add(total, at, bar)
    return total


def chime(_parameters: Parameters, seconds: float, _rng: Generator) -> Array:
    """The gong before an announcement, (N,)."""
    total = np.zeros(count_of(seconds))
    for number, pitch in enumerate((523.3, 659.3, 784.0)):
        tone = struck(
            pitch * np.array([1.0, 2.0, 3.01]), np.array([1.8, 1.0, 0.5]), np.array([1, 0.3, 0.1]), 2.0
        )
        add(total, 0.03 + 0.42 * number, tone)
    return band(total, 250, 5000)


def ringtone(_parameters: Parameters, seconds: float, _rng: Generator) -> Array:
    """A marimba's figure from a small loudspeaker, (N,)."""
    total, at = np.zeros(count_of(seconds)), 0.05
    figure = ((0.0, 76), (0.14, 79), (0.28, 83), (0.42, 79), (0.7, 81), (0.84, 78), (0.98, 74), (1.26, 76))
    while at < seconds:
        for later, note in figure:
            pitch = 440 * 2 ** ((note - 69) / 12)
            add(
                total,
                at + later,
                struck(pitch * np.array([1.0, 3.98]), np.array([0.45, 0.12]), np.array([1, 0.3]), 0.5),
            )
        at += 1.96
    return band(total, 500, 9000)


def vibration(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A telephone that buzzes on a table, (N,)."""
    samples = count_of(seconds)
    on = ((clock(samples) + 0.9) % 1.7 > 0.85).astype(float)
    on = np.asarray(np.convolve(on, np.hanning(2000) / 1000, mode="same"))
    phase = phase_of(158 * swell(samples, 0.2, 0.02, rng))
    rattle = np.asarray(sum(np.sin(k * phase) / k**0.6 for k in range(1, 16))) + 0.5 * coloured(
        samples, 300, 3000, -2.0, rng
    )
    return np.asarray(mouth(rattle, [(190, 80, 0), (620, 200, -4), (1900, 500, -8)]) * on)


def beep(_parameters: Parameters, seconds: float, _rng: Generator) -> Array:
    """A device that beeps once a second, (N,)."""
    total = np.zeros(count_of(seconds))
    tone = np.sin(2 * np.pi * 2048 * clock(count_of(0.14))) + 0.2 * np.sin(
        2 * np.pi * 6144 * clock(count_of(0.14))
    )
    for at in np.arange(0.1, seconds, 1.0):
        add(total, float(at), shaped(tone, 0.004, 0.006))
    return total


def siren(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A siren (`kind` two_tone, wail or yelp) from a horn loudspeaker, (N,)."""
    samples, kind = count_of(seconds), str(parameters["kind"])
    time = clock(samples) + rng.uniform(0, 1)
    if kind == "two_tone":
        # 440 and 585 Hz, each for 0.7 s (DIN 14610).
        pitch = np.where(time % 1.5 < 0.75, 440.0, 585.0)
        pitch = np.convolve(np.pad(pitch, 300, mode="edge"), np.full(601, 1 / 601), mode="valid")
    else:
        period, low, high = (4.4, 500.0, 1450.0) if kind == "wail" else (0.32, 620.0, 1500.0)
        way = (time / period) % 1.0
        pitch = low * (high / low) ** (0.5 - 0.5 * np.cos(2 * np.pi * way**0.85))
    phase = phase_of(pitch)
    wave = np.asarray(sum(np.sin(k * phase) / k**0.9 for k in range(1, 14)))
    return mouth(wave, [(700, 400, 0), (1500, 500, 2), (2600, 700, -2), (4200, 900, -10)])


def horn(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A horn (`kind` car, ship or train), (N,)."""
    kind = str(parameters["kind"])
    pitches, formants, rise = {
        "car": ((405.0, 508.0), [(900.0, 500.0, 0.0), (2100.0, 600.0, 0.0), (3500.0, 800.0, -5.0)], 0.02),
        "ship": ((74.0, 98.5), [(180.0, 120.0, 0.0), (420.0, 200.0, -2.0), (900.0, 400.0, -8.0)], 0.35),
        "train": (
            (311.1, 370.0, 466.2),
            [(650.0, 350.0, 0.0), (1400.0, 500.0, -1.0), (2700.0, 700.0, -8.0)],
            0.12,
        ),
    }[kind]
    samples = count_of(seconds)
    total = np.zeros(samples)
    for pitch in pitches:
        phase = phase_of(pitch * along([(0, 0.97), (min(0.4, 2 * rise / seconds), 1.0), (1, 1.0)], samples))
        total += np.asarray(sum(np.sin(k * phase + k * k) / k**0.5 for k in range(1, 22)))
    air = coloured(samples, 300, 3000, -3.0, rng) * 0.25
    return shaped(mouth(total + air, formants), rise, 0.06 if kind == "car" else 0.5)


def pea_whistle(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A referee's whistle, (N,): two tones that beat, broken by the pea."""
    samples = count_of(seconds)
    pea = phase_of(along([(0, 25.0), (0.2, 46.0), (1, 42.0)], samples))
    pitch = 2750 * along([(0, 0.9), (0.08, 1.0), (0.92, 1.0), (1, 0.88)], samples) * (1 + 0.03 * np.sin(pea))
    tone = (
        np.sin(phase_of(pitch)) + 0.6 * np.sin(phase_of(1.13 * pitch)) + 0.15 * np.sin(phase_of(2.0 * pitch))
    )
    return shaped(
        tone * (0.65 + 0.35 * np.sin(pea)) + 0.1 * coloured(samples, 2000, 9000, 0.0, rng), 0.015, 0.06
    )


def _bell(note_hz: float, decay_s: float, rng: Generator) -> Array:
    frequency = np.repeat(note_hz * BELL, 2) * (1 + np.tile([0.0006, -0.0006], len(BELL)))
    decay = np.repeat(decay_s * 1.5 / (0.5 + BELL), 2) * rng.uniform(0.9, 1.1, 2 * len(BELL))
    ring = struck(frequency, decay, np.repeat(BELL_GAIN, 2) / 2, decay_s)
    ring[: count_of(0.03)] += 0.8 * band(burst(0.03, rng), 1200, 6000)
    return ring


def _gong(pitch_hz: float) -> Array:
    ratio = np.array([1.0, 2.35, 4.1, 6.2])
    return struck(pitch_hz * ratio, np.array([0.7, 0.4, 0.25, 0.15]), np.array([1.0, 0.7, 0.4, 0.2]), 0.5)
