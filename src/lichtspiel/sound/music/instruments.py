"""Instruments: how each makes a note of a pitch, a length and a force."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from lichtspiel.sound.music.timbre import bars, bowed, formant, held, hiss, plucked, release
from lichtspiel.sound.sources.noise import Array, Generator, clock, count_of

Voice = Callable[[float, float, float, Generator], Array]
"""Pitch in Hz, length in seconds, force 0 to 1, and a generator, to samples (N,)."""

N = np.arange(1, 61).astype(float)
SAW, SQUARE = 1 / N, np.where(N % 2 == 1, 1 / N, 0.0)
VIOLIN = ((290.0, 60.0, 4.0), (470.0, 90.0, 5.0), (1000.0, 250.0, 3.0), (2400.0, 700.0, 6.0))
CELLO = ((110.0, 40.0, 3.0), (220.0, 60.0, 5.0), (450.0, 150.0, 4.0), (1500.0, 600.0, 0.0))
BRASS = ((650.0, 400.0, 4.0), (1300.0, 600.0, 3.0))
HORN = ((340.0, 250.0, 6.0), (750.0, 300.0, -2.0))
CHOIR = ((620.0, 130.0, 10.0), (1080.0, 170.0, 6.0), (2650.0, 300.0, -3.0), (3300.0, 350.0, -6.0))


def _piano(pitch: float, seconds: float, force: float, rng: Generator) -> Array:
    position = np.abs(np.sin(N * np.pi / 8.3)) + 0.08
    dull = np.exp(-N * pitch / (900 + 3800 * force**1.5))
    decay = float(np.clip(11.0 * (110.0 / pitch) ** 0.55, 0.9, 14.0))
    stiffness = float(np.clip(2.2e-4 * (pitch / 130.0) ** 1.2, 1.2e-4, 6e-3))
    ring = plucked(
        pitch, seconds + 0.35, position * dull / N**0.35, decay, 0.55, rng, stiffness, (-0.9, 0.2, 0.9)
    )
    knock = hiss(count_of(0.04), 120, 900 + 1500 * force, rng) * np.exp(-clock(count_of(0.04)) / 0.008)
    peak = float(np.abs(ring).max())
    ring[: len(knock)] += 0.07 * force * peak * knock[: len(ring)]
    ring *= np.minimum(clock(len(ring)) / 0.0015, 1)
    return release(ring, seconds, 0.3)


def _electric_piano(pitch: float, seconds: float, force: float, _rng: Generator) -> Array:
    count = count_of(seconds + 0.3)
    time = clock(count)
    index = (0.4 + 1.9 * force**2) * np.exp(-time / 0.5)
    tine = (
        0.35 * force * np.exp(-time / 0.06) * np.sin(2 * np.pi * 14 * pitch * time)
        if 14 * pitch < 15000
        else 0.0
    )
    body = np.sin(2 * np.pi * pitch * time + index * np.sin(2 * np.pi * pitch * time))
    fall = np.exp(-time / (1.9 * (220 / pitch) ** 0.4)) * np.minimum(time / 0.003, 1)
    return release((body + tine) * fall, seconds, 0.2)


def _guitar(nylon: bool) -> Voice:
    def voice(pitch: float, seconds: float, force: float, rng: Generator) -> Array:
        place = 0.24 if nylon else 0.14
        comb = np.abs(np.sin(N * np.pi * place)) + 0.03
        bright = np.exp(-N * pitch / ((1300 if nylon else 3200) * (0.5 + force)))
        ring = plucked(
            pitch,
            seconds + 0.5,
            comb * bright / N**0.6,
            3.2 if nylon else 4.5,
            1.1 if nylon else 0.6,
            rng,
            4e-5,
        )
        nail = hiss(count_of(0.012), 1500, 7000, rng) * np.exp(-clock(count_of(0.012)) / 0.003)
        ring[: len(nail)] += 0.12 * float(np.abs(ring).max()) * force * nail
        return release(ring * np.minimum(clock(len(ring)) / 0.001, 1), seconds, 0.35)

    return voice


def _electric_guitar(pitch: float, seconds: float, force: float, rng: Generator) -> Array:
    comb = np.abs(np.sin(N * np.pi * 0.17)) * np.exp(-N * pitch / (2500 * (0.5 + force))) / N**0.3
    ring = plucked(pitch, seconds + 0.1, comb, 6.0, 0.5, rng, 3e-5)
    return release(ring, seconds, 0.06)


def _bass(bright_hz: float, decay_s: float, place: float) -> Voice:
    def voice(pitch: float, seconds: float, force: float, rng: Generator) -> Array:
        comb = (
            (np.abs(np.sin(N * np.pi * place)) + 0.05)
            * np.exp(-N * pitch / (bright_hz * (0.5 + force)))
            / N**0.4
        )
        ring = plucked(pitch, seconds + 0.15, comb, decay_s, 1.2, rng, 6e-5)
        return release(ring * np.minimum(clock(len(ring)) / 0.002, 1), seconds, 0.1)

    return voice


def _pizzicato(pitch: float, _seconds: float, force: float, rng: Generator) -> Array:
    comb = (np.abs(np.sin(N * np.pi * 0.3)) + 0.03) * np.exp(-N * pitch / (1500 * (0.5 + force))) / N**0.5
    parts = [
        plucked(pitch * 2 ** (c / 1200), 0.7, formant(comb, pitch, VIOLIN), 0.75, 1.6, rng)
        for c in (-7, 0, 6)
    ]
    return np.asarray(np.sum(parts, axis=0) * np.minimum(clock(len(parts[0])) / 0.002, 1))


def _strings(
    peaks: tuple[tuple[float, float, float], ...], players: int, attack_s: float, vibrato: float
) -> Voice:
    def voice(pitch: float, seconds: float, force: float, rng: Generator) -> Array:
        attack = min(attack_s, 0.4 * seconds + 0.02) * (1.3 - 0.6 * force)
        envelope = held(seconds, attack, 0.14 if players == 1 else 0.28, 0.9, 0.4)
        bright = formant(SAW, pitch, peaks)
        dark = bright * np.exp(-N * pitch / 2600)
        share = np.clip(0.25 + 0.6 * force, 0, 1) * (0.6 + 0.4 * envelope)
        tone = bowed(
            pitch, envelope, dark, bright, rng, players, 6.0 if players > 1 else 0.0, (5.6, vibrato), share
        )
        scratch = envelope * 0.012 * (2 - np.minimum(clock(len(envelope)) / 0.12, 1))
        bow = hiss(len(envelope), 1800, 8000, rng) * scratch
        return np.asarray(tone + bow * float(np.abs(tone).max()))

    return voice


def _brass(
    peaks: tuple[tuple[float, float, float], ...], players: int, attack_s: float, edge: float
) -> Voice:
    def voice(pitch: float, seconds: float, force: float, rng: Generator) -> Array:
        envelope = held(seconds, min(attack_s, 0.3 * seconds + 0.02), 0.1, 0.85, 0.15)
        bright = formant(1 / N**0.75, pitch, peaks) * np.exp(-N * pitch / 5200)
        dark = bright * np.exp(-N * pitch / (700 + 400 * edge))
        # A horn is the brighter the louder it is blown: its air steepens on the way.
        share = np.clip(envelope**1.5 * (0.15 + edge * force), 0, 1)
        return bowed(
            pitch, envelope, dark, bright, rng, players, 5.0 if players > 1 else 0.0, (5.0, 5.0), share
        )

    return voice


def _flute(pitch: float, seconds: float, force: float, rng: Generator) -> Array:
    envelope = held(seconds, min(0.07, 0.3 * seconds + 0.01), 0.09)
    dark = np.array([1.0, 0.28 * force, 0.12, 0.05, 0.02])
    tone = bowed(pitch, envelope, dark, dark * [1, 1.8, 1.6, 1.5, 1.5], rng, 1, 0.0, (5.2, 14.0), force)
    air = hiss(len(envelope), max(600.0, 0.9 * pitch), min(4.0 * pitch, 12000), rng) * envelope
    return np.asarray(tone * (1 + 0.1 * np.sin(2 * np.pi * 5.2 * clock(len(tone)))) + 0.035 * air)


def _whistle(pitch: float, seconds: float, force: float, rng: Generator) -> Array:
    envelope = held(seconds, min(0.05, 0.3 * seconds), 0.07)
    tone = bowed(
        pitch, envelope, np.array([1.0, 0.04]), np.array([1.0, 0.08]), rng, 1, 0.0, (6.0, 20.0), force
    )
    return tone + 0.03 * hiss(len(envelope), 1500, 9000, rng) * envelope


def _choir(pitch: float, seconds: float, force: float, rng: Generator) -> Array:
    envelope = held(seconds, min(0.22, 0.45 * seconds), 0.4)
    bright = formant(1 / N**1.1, pitch, CHOIR)
    return bowed(
        pitch,
        envelope,
        bright * np.exp(-N * pitch / 1800),
        bright,
        rng,
        6,
        11.0,
        (5.3, 22.0),
        0.3 + 0.5 * force,
    )


def _organ(drawbars: Mapping[float, float], click: float, chorus_cents: float) -> Voice:
    def voice(pitch: float, seconds: float, force: float, rng: Generator) -> Array:
        envelope = held(seconds, 0.012 if click else 0.05, 0.03 if click else 0.16)
        low = min(drawbars)
        amplitudes = np.zeros(40)
        for ratio, gain in drawbars.items():
            amplitudes[round(ratio / low) - 1] = gain
        pipes = 2 if chorus_cents else 1
        tone = bowed(
            pitch * low,
            envelope,
            amplitudes,
            amplitudes,
            rng,
            pipes,
            chorus_cents,
            (6.6, 7.0 if click else 0.0),
        )
        return tone * (0.8 + 0.2 * force)

    return voice


def _accordion(pitch: float, seconds: float, force: float, rng: Generator) -> Array:
    envelope = held(seconds, min(0.05, 0.3 * seconds), 0.07) * (0.7 + 0.3 * force)
    reed = formant(1 / N**0.8, pitch, ((900.0, 500.0, 3.0), (2400.0, 800.0, 1.0)))
    reeds = [
        bowed(
            pitch * 2 ** (c / 1200), envelope, reed * np.exp(-N * pitch / 3000), reed, rng, 1, 0.0, (5.0, 0.0)
        )
        for c in (-9, 0, 10)
    ]
    return np.asarray(
        np.sum(reeds, axis=0) + 0.5 * bowed(pitch / 2, envelope, reed, reed, rng, 1, 0.0, (5.0, 0.0))
    )


def _vibraphone(pitch: float, seconds: float, force: float, rng: Generator) -> Array:
    ring = bars(
        pitch,
        seconds + 0.8,
        np.array([1.0, 4.0, 10.0]),
        np.array([3.2, 0.9, 0.2]),
        np.array([1.0, 0.22 * force, 0.08 * force]),
    )
    motor = 1 + 0.22 * np.sin(2 * np.pi * 5.4 * clock(len(ring)) + rng.uniform(0, 6))
    return release(ring * motor * np.minimum(clock(len(ring)) / 0.002, 1), seconds, 0.7)


def _celesta(pitch: float, seconds: float, force: float, _rng: Generator) -> Array:
    ratios, gains = (
        np.array([1.0, 2.0, 3.9, 5.4, 9.2]),
        np.array([1.0, 0.25, 0.2 * force, 0.15 * force, 0.08 * force]),
    )
    ring = bars(pitch, seconds + 1.2, ratios, np.array([2.2, 1.2, 0.6, 0.4, 0.15]), gains)
    return release(ring, seconds, 1.0)


def _synth(
    waves: tuple[float, ...],
    attack_s: float,
    release_s: float,
    sweep: tuple[float, float, float],
    square: bool = False,
) -> Voice:
    """Detuned oscillators (cents) through a low-pass; `sweep` is its corners and the time between."""

    def voice(pitch: float, seconds: float, force: float, rng: Generator) -> Array:
        envelope = held(seconds, attack_s, release_s, 0.85)
        time = clock(len(envelope))
        start, end, fall = sweep
        shape = SQUARE if square else SAW
        bright = shape / np.sqrt(1 + (N * pitch / (start * (0.6 + 0.6 * force))) ** 4)
        dark = shape / np.sqrt(1 + (N * pitch / end) ** 4)
        share = np.exp(-time / fall) if fall > 0 else np.full(len(time), 0.5)
        tones = [
            bowed(pitch * 2 ** (c / 1200), envelope, dark, bright, rng, 1, 0.0, (5.0, 2.0), share)
            for c in waves
        ]
        return np.asarray(np.sum(tones, axis=0) / len(waves) ** 0.5)

    return voice


def _sub_bass(pitch: float, seconds: float, force: float, _rng: Generator) -> Array:
    envelope = held(seconds, 0.012, 0.08, 0.8, 0.5)
    return np.tanh(1.6 * np.sin(2 * np.pi * pitch * clock(len(envelope)))) * envelope * (0.7 + 0.3 * force)


def _pulse(duty: float, vibrato: float) -> Voice:
    """A pulse of a sound chip: full bandwidth below hearing's end, fifteen loudness steps."""

    def voice(pitch: float, seconds: float, force: float, rng: Generator) -> Array:
        envelope = held(seconds, 0.002, 0.01, 0.65, 0.12)
        amplitudes = np.abs(np.sin(np.pi * N * duty)) / N
        stepped = np.round(envelope * 15) / 15
        return bowed(pitch, stepped, amplitudes, amplitudes, rng, 1, 0.0, (6.0, vibrato)) * (
            0.7 + 0.3 * force
        )

    return voice


def _triangle_bass(pitch: float, seconds: float, _force: float, _rng: Generator) -> Array:
    time = clock(count_of(seconds + 0.005))
    wave = 2 * np.abs(2 * ((pitch * time) % 1.0) - 1) - 1
    return np.asarray(np.round(wave * 7.5) / 7.5 * np.clip((seconds + 0.005 - time) / 0.005, 0, 1))


INSTRUMENTS: dict[str, Voice] = {
    "piano": _piano,
    "electric_piano": _electric_piano,
    "acoustic_guitar": _guitar(nylon=False),
    "nylon_guitar": _guitar(nylon=True),
    "harp": _guitar(nylon=True),
    "clean_guitar": _electric_guitar,
    "distorted_guitar": _electric_guitar,
    "lead_guitar": _electric_guitar,
    "electric_bass": _bass(700.0, 4.0, 0.18),
    "upright_bass": _bass(420.0, 1.6, 0.3),
    "pizzicato": _pizzicato,
    "violin": _strings(VIOLIN, 1, 0.07, 18.0),
    "viola": _strings(
        ((220.0, 60.0, 4.0), (380.0, 90.0, 5.0), (900.0, 250.0, 3.0), (2000.0, 700.0, 3.0)), 1, 0.08, 16.0
    ),
    "cello": _strings(CELLO, 2, 0.07, 14.0),
    "strings": _strings(VIOLIN, 6, 0.13, 13.0),
    "trumpet": _brass(((1100.0, 500.0, 5.0), (2300.0, 800.0, 2.0)), 1, 0.035, 0.9),
    "horn": _brass(HORN, 2, 0.06, 0.5),
    "brass": _brass(BRASS, 3, 0.045, 0.75),
    "tuba": _brass(((230.0, 150.0, 5.0), (480.0, 250.0, 0.0)), 1, 0.05, 0.4),
    "flute": _flute,
    "whistle": _whistle,
    "choir": _choir,
    "organ": _organ({0.5: 0.7, 1.0: 1.0, 1.5: 0.6, 2.0: 0.5, 3.0: 0.3, 4.0: 0.25}, 1.0, 0.0),
    "pipe_organ": _organ({1.0: 1.0, 2.0: 0.7, 3.0: 0.25, 4.0: 0.45, 6.0: 0.15, 8.0: 0.2}, 0.0, 3.0),
    "accordion": _accordion,
    "vibraphone": _vibraphone,
    "celesta": _celesta,
    "synth_lead": _synth((-7.0, 0.0, 7.0), 0.015, 0.12, (5000.0, 2200.0, 0.35)),
    "synth_pad": _synth((-11.0, -4.0, 0.0, 5.0, 12.0), 0.35, 0.7, (1200.0, 1700.0, 1.5)),
    "synth_pluck": _synth((-6.0, 6.0), 0.003, 0.12, (6500.0, 500.0, 0.09)),
    "synth_bass": _synth((-4.0, 4.0), 0.004, 0.05, (1900.0, 320.0, 0.12), square=True),
    "sub_bass": _sub_bass,
    "pulse": _pulse(0.5, 0.0),
    "pulse_lead": _pulse(0.25, 14.0),
    "triangle_bass": _triangle_bass,
}
"""Every instrument by its name in the styles."""
