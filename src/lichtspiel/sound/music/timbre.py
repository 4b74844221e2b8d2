"""Tones from tables of one period: harmonics that fade at different rates, players that never quite agree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.sound.sources.noise import Array, Generator, band, clock, coloured, count_of

TABLE = 2048
HIGHEST_HZ = 15_000.0
BANDS = ((1, 1), (2, 3), (4, 6), (7, 11), (12, 20), (21, 60))
"""Harmonics that share one envelope."""


def table(amplitudes: Array, pitch_hz: float, rng: Generator) -> Array:
    """One period (TABLE + 1,) of harmonics with amplitudes from the first on, none beyond hearing."""
    most = max(1, min(len(amplitudes), int(HIGHEST_HZ / pitch_hz)))
    spectrum = np.zeros(TABLE // 2 + 1, complex)
    spectrum[1 : most + 1] = amplitudes[:most] * np.exp(1j * rng.uniform(0, 2 * np.pi, most))
    wave = np.fft.irfft(spectrum, TABLE) * TABLE / 2
    return np.append(wave, wave[0])


def read(wave: Array, phase: Array) -> Array:
    """A table read at phases in periods."""
    place = (phase % 1.0) * TABLE
    low = place.astype(np.int32)
    result: Array = wave[low] + (place - low) * (wave[low + 1] - wave[low])
    return result


def plucked(
    pitch_hz: float,
    seconds: float,
    amplitudes: Array,
    decay_s: float,
    damping: float,
    rng: Generator,
    stretch: float = 0.0,
    strings: Sequence[float] = (0.0,),
) -> Array:
    """A string that is plucked or struck, (N,): the higher a harmonic, the faster it dies away.

    decay_s: of the lowest harmonics, by 60 dB. damping: how much faster high ones go. stretch: of a stiff
    string, B in f = n·f₁·√(1 + B·n²). strings: detuning of each, in cents.
    """
    count = count_of(seconds)
    time = clock(count)
    total = np.zeros(count)
    for low, high in BANDS:
        if low * pitch_hz > HIGHEST_HZ or low > len(amplitudes):
            break
        part = np.zeros(len(amplitudes))
        part[low - 1 : high] = amplitudes[low - 1 : high]
        if not part.any():
            continue
        wave = table(part, pitch_hz, rng)
        middle = (low + min(high, len(amplitudes))) / 2
        lasting = decay_s / (1 + damping * middle * pitch_hz / 1000.0)
        stiff = np.sqrt(1 + stretch * middle**2)
        for cents in strings:
            phase = time * pitch_hz * stiff * 2 ** (cents / 1200) + rng.uniform()
            # Strings fall fast at first, while they feed the bridge together, and then slowly.
            fall = 0.75 * np.exp(-6.9 * time / lasting) + 0.25 * np.exp(-6.9 * time / (3 * lasting))
            total += read(wave, phase) * fall / len(strings)
    return total


def bowed(
    pitch_hz: float,
    envelope: Array,
    dark: Array,
    bright: Array,
    rng: Generator,
    players: int = 1,
    spread_cents: float = 0.0,
    vibrato: tuple[float, float] = (5.5, 12.0),
    brightness: Array | float = 0.5,
) -> Array:
    """A tone that is kept up, (N,): its table goes from dark to bright as `brightness` 0 to 1 has it.

    vibrato: rate in Hz and depth in cents, which grows in after the beginning.
    """
    count = len(envelope)
    time = clock(count)
    tables = [table(amplitudes, pitch_hz, rng) for amplitudes in (dark, bright)]
    share = np.broadcast_to(np.asarray(brightness, float), count)
    total = np.zeros(count)
    grown = np.clip((time - 0.15) / 0.35, 0, 1)
    for _ in range(players):
        rate, depth = vibrato[0] * rng.uniform(0.92, 1.08), vibrato[1] * rng.uniform(0.7, 1.2)
        cents = depth * grown * np.sin(2 * np.pi * rate * time + rng.uniform(0, 6.3))
        cents = cents + (rng.normal(0, spread_cents) if spread_cents else 0.0)
        phase = np.cumsum(pitch_hz * (1 + cents * (np.log(2) / 1200))) / SAMPLE_RATE_HZ + rng.uniform()
        total += read(tables[0], phase) * (1 - share) + read(tables[1], phase) * share
    return np.asarray(total / np.sqrt(players) * envelope)


def bars(pitch_hz: float, seconds: float, ratios: Array, decays_s: Array, gains: Array) -> Array:
    """A bar or a bell that is struck, (N,)."""
    time = clock(count_of(seconds))
    kept = ratios * pitch_hz < HIGHEST_HZ
    wave = np.sin(2 * np.pi * np.outer(ratios[kept] * pitch_hz, time))
    return np.asarray(gains[kept] @ (wave * np.exp(-np.outer(6.9 / decays_s[kept], time))))


def held(
    seconds: float, attack_s: float, release_s: float, sustain: float = 1.0, decay_s: float = 0.3
) -> Array:
    """An envelope (N,) of a tone held for a time, and let go after it."""
    count, tail = count_of(seconds), count_of(release_s)
    time = clock(count + tail)
    rise = np.clip(time / attack_s, 0, 1)
    level = sustain + (1 - sustain) * np.exp(-np.maximum(time - attack_s, 0) / decay_s)
    fall = np.clip((seconds + release_s - time) / release_s, 0, 1)
    return np.asarray(np.sin(rise * np.pi / 2) ** 2 * level * np.sin(fall * np.pi / 2) ** 2)


def release(signal: Array, seconds: float, release_s: float) -> Array:
    """A ringing tone (N,) that is damped after a time."""
    count = min(len(signal), count_of(seconds + release_s))
    time = clock(count)
    return np.asarray(signal[:count] * np.clip((seconds + release_s - time) / release_s, 0, 1) ** 1.5)


def formant(amplitudes: Array, pitch_hz: float, peaks: Sequence[tuple[float, float, float]]) -> Array:
    """Harmonics as a body colours them: peaks of (Hz, width in Hz, dB) over what is between them."""
    frequency = pitch_hz * np.arange(1, len(amplitudes) + 1)
    gain = np.full(len(amplitudes), 10 ** (-14 / 20))
    for centre, width, level_db in peaks:
        gain += 10 ** (level_db / 20) / (1 + ((frequency - centre) / width) ** 2)
    return np.asarray(amplitudes * gain)


def hiss(count: int, low_hz: float, high_hz: float, rng: Generator) -> Array:
    """Air or bow hair (N,), RMS 1."""
    return band(coloured(count, low_hz, high_hz, -2.0, rng), low_hz, None, 1)
