"""Many people at once: hands that clap, voices that talk, laugh and cheer."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.signal import resample_poly

from lichtspiel.library.records import Parameter
from lichtspiel.sound.sources.grains import add, burst, sprinkled
from lichtspiel.sound.sources.noise import (
    Array,
    Generator,
    along,
    band,
    coloured,
    count_of,
    panned,
    stereo,
    swell,
    unit,
)
from lichtspiel.sound.sources.throat import breath, folds, mouth, moving_mouth, shaped

Parameters = Mapping[str, Parameter]

VOWELS = (
    ((730.0, 90.0, 0.0), (1200.0, 110.0, -4.0), (2500.0, 170.0, -12.0)),
    ((530.0, 80.0, 0.0), (1850.0, 110.0, -7.0), (2500.0, 170.0, -12.0)),
    ((300.0, 70.0, 0.0), (2250.0, 120.0, -12.0), (3000.0, 180.0, -14.0)),
    ((560.0, 80.0, 0.0), (880.0, 100.0, -5.0), (2450.0, 170.0, -18.0)),
    ((320.0, 70.0, 0.0), (800.0, 100.0, -9.0), (2250.0, 170.0, -24.0)),
)
"""Formants of a, e, i, o, u (Peterson & Barney, J. Acoust. Soc. Am. 24 (1952) 175)."""
LACKING, LACKING_HZ = 2.2, 1700.0
"""A shelf of 10 dB above this."""
LOWERED = 2
"""Murmuring voices are made at half the rate: nothing of theirs lies above 10 kHz."""


def applause(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """People who clap, each at an own pace with own hands, (2, N)."""
    samples = count_of(seconds)
    total = np.zeros((2, samples))
    for _ in range(12):
        group = np.zeros(samples)
        hands = [_clap(rng) for _ in range(3)]
        for _ in range(max(1, int(_number(parameters, "people") / 12))):
            pace = rng.uniform(2.8, 4.8)
            times = np.cumsum(rng.normal(1, 0.06, int(seconds * pace) + 4).clip(0.6)) / pace - rng.uniform(
                0, 1
            )
            sizes = rng.uniform(0.5, 1.0) * rng.uniform(0.8, 1.1, len(times))
            inside = (times > 0) & (times < seconds)
            group += sprinkled(samples, times[inside], sizes[inside], [hands[rng.integers(0, 3)]], rng)
        total += panned(group, rng.uniform(-0.9, 0.9)) * rng.uniform(0.4, 1.0)
    return total


def cheer(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A crowd that shouts for joy, with whistles and clapping, (2, N)."""
    total = _shouts(seconds, 26, (170, 420), rng)
    whistles = np.zeros((2, count_of(seconds)))
    for at in rng.uniform(0.2, max(seconds, 0.5), int(seconds * 0.6)):
        count = count_of(rng.uniform(0.4, 0.9))
        pitch = along([(0, 1700.0), (0.4, rng.uniform(2300, 2900)), (1, 1900.0)], count)
        tone = shaped(np.sin(2 * np.pi * np.cumsum(pitch) / 48_000), 0.05, 0.15) * 0.12
        for ear, side in enumerate(panned(tone, rng.uniform(-0.8, 0.8))):
            add(whistles[ear], float(at), side)
    claps = applause({"people": 50.0}, seconds, rng)
    return total / total.std() + whistles + 0.5 * claps / claps.std()


def murmur(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """People who talk to each other, none of them to be understood, (2, N)."""
    voices = int(np.clip(_number(parameters, "people") / 2.5, 5, 12))
    total = np.zeros((2, count_of(seconds)))
    for _ in range(voices):
        voice = _talk(seconds, float(rng.choice([rng.uniform(95, 140), rng.uniform(170, 235)])), rng)
        total += panned(voice, rng.uniform(-0.95, 0.95)) * rng.lognormal(-0.3, 0.5)
    total = _with_consonants(total)
    air = stereo([coloured(total.shape[1], 180, 1500, -4.0, rng) for _ in range(2)])
    return total / total.std() + 0.3 * air


def laughter(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """An audience that laughs at the same joke, (2, N): rising fast, dying away one by one."""
    samples = count_of(seconds)
    total = np.zeros((2, samples))
    for _ in range(int(_number(parameters, "people"))):
        start = float(rng.gamma(2.0, 0.12))
        laugh = _laugh(rng, min(seconds - start, rng.uniform(0.9, 3.2)))
        pan, loud = rng.uniform(-0.95, 0.95), rng.lognormal(-0.3, 0.5)
        for ear, side in enumerate(panned(laugh * loud, pan)):
            add(total[ear], start, side)
    return _with_consonants(total)


def children(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Children who run about and call, (2, N)."""
    samples = count_of(seconds)
    total = np.zeros((2, samples))
    for _ in range(max(3, int(seconds * 2.2))):
        count = count_of(rng.uniform(0.25, 0.9))
        base = rng.uniform(330, 520)
        pitch = along(
            [(0, base), (0.4, base * rng.uniform(1.1, 1.7)), (1, base * rng.uniform(0.8, 1.3))], count
        )
        voice = folds(pitch, rng, 0.5, 0.015) + 0.08 * breath(count, 1500, 6000, rng)
        first, second = (_child(VOWELS[i]) for i in rng.integers(0, 5, 2))
        call = shaped(moving_mouth(voice, [first, second], [0.1, 0.9]), 0.04, 0.12) * rng.lognormal(-0.5, 0.6)
        at = rng.uniform(-0.2, seconds)
        for ear, side in enumerate(panned(call, rng.uniform(-0.9, 0.9))):
            add(total[ear], float(at), side)
    background = murmur({"people": 14.0}, seconds, rng)
    return total + 0.25 * background / background.std()


def stadium(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Thousands in a stadium, (2, N): a roar that swells, with songs somewhere in it."""
    samples = count_of(seconds)
    swelling = swell(samples, 3.0, 0.5, rng)
    roar = stereo(
        [
            mouth(coloured(samples, 200, 4500, -3.0, rng), [(f, 5 * b, g) for f, b, g in VOWELS[0]])
            for _ in range(2)
        ]
    )
    shouts = _shouts(seconds, 14, (140, 330), rng)
    mixed = roar / roar.std() * swelling + 0.7 * shouts / shouts.std()
    return np.array([band(side, 120, 3200, 1) for side in mixed])


def _clap(rng: Generator) -> Array:
    """Anybody's hands."""
    return clap(float(np.exp(rng.uniform(np.log(750), np.log(2600)))), rng)


def clap(centre: float, rng: Generator) -> Array:
    """Cupped hands (N,): a burst of air that the hollow between them colours about a frequency in hertz."""
    noise = burst(rng.uniform(0.012, 0.028), rng, 0.0004)
    return unit(mouth(noise, [(centre, centre / 3, 0), (2.2 * centre, centre, -6)]) + 0.15 * noise)


def _talk(seconds: float, base_hz: float, rng: Generator) -> Array:
    """Someone who talks without words, (N,): syllables of random vowels and hisses, in phrases."""
    samples = count_of(seconds)
    count = samples // LOWERED + 1
    rate = 48_000 / LOWERED
    syllables = int(seconds * 5) + 4
    heights = base_hz * np.exp(0.16 * np.clip(rng.standard_normal(syllables), -2, 2))
    index = np.arange(count) / rate * 5 * rng.uniform(0.85, 1.15) + rng.uniform(0, 1)
    index = np.minimum(index, syllables - 1.01)
    pitch = np.interp(index, np.arange(syllables), heights)
    # At half the rate everything is made an octave too high, and comes down when it is read slower.
    voice = folds(pitch * LOWERED, rng, 0.6, 0.015)
    which = rng.integers(0, len(VOWELS), syllables)
    total = np.zeros(count)
    for number in set(which.tolist()):
        weight = np.interp(index, np.arange(syllables), (which == number).astype(float))
        shape = [(f * LOWERED, b * LOWERED, g) for f, b, g in VOWELS[number]]
        total += mouth(voice, shape) * weight
    loud = np.abs(np.sin(np.pi * (index % 1.0))) ** 0.6
    speaking = np.interp(index, np.arange(syllables), (rng.random(syllables) < 0.85).astype(float))
    phrases = np.clip(swell(count, 1.6 / LOWERED, 1.0, rng) * 1.6 - 0.4, 0, 1)
    hiss = breath(count, 4500, 14000, rng) * (1 - loud) * 0.12
    talk = (unit(total) * loud + hiss) * speaking * phrases
    return np.asarray(resample_poly(talk, LOWERED, 1))[:samples]


def _laugh(rng: Generator, seconds: float) -> Array:
    """Ha-ha-ha: breaths four to five times a second that fall in pitch and strength."""
    count = count_of(max(seconds, 0.3))
    base = rng.choice([rng.uniform(130, 190), rng.uniform(230, 340)])
    rate = rng.uniform(4.2, 5.6)
    cycle = (np.arange(count) / 48_000 * rate) % 1.0
    pulse = np.sin(np.pi * np.minimum(cycle / 0.55, 1.0)).clip(0) ** 0.8
    pitch = base * along([(0, 1.25), (0.2, 1.5), (1, 0.8)], count) * (1.12 - 0.3 * cycle)
    voice = unit(folds(pitch, rng, 0.6, 0.02)) * pulse + 0.35 * breath(count, 600, 5000, rng) * np.clip(
        pulse + 0.2, 0, 1
    ) * (cycle > 0.3)
    vowel = VOWELS[int(rng.choice([0, 0, 0, 1, 3]))]
    return mouth(voice, vowel) * along([(0, 0.8), (0.15, 1.0), (0.6, 0.5), (1, 0.0)], count)


def _with_consonants(voices: Array) -> Array:
    """Voices (2, N) with what vowels alone lack above a kilohertz against people's average spectrum.

    Byrne et al., An international comparison of long-term average speech spectra, J. Acoust. Soc. Am. 96
    (1994) 2108.
    """
    return np.array([side + LACKING * band(side, LACKING_HZ, None, 1) for side in voices])


def _shouts(seconds: float, voices: int, pitches: tuple[float, float], rng: Generator) -> Array:
    samples = count_of(seconds)
    total = np.zeros((2, samples))
    for _ in range(voices):
        at = rng.uniform(-1.0, max(seconds - 0.4, 0.2))
        count = count_of(rng.uniform(0.8, 2.2))
        base = rng.uniform(*pitches)
        pitch = along([(0, base * 0.8), (0.2, base * 1.15), (0.7, base), (1, base * 0.7)], count)
        voice = unit(folds(pitch, rng, 0.4, 0.03)) + 0.25 * breath(count, 500, 6000, rng)
        call = shaped(mouth(voice, VOWELS[int(rng.choice([0, 0, 1, 3]))]), 0.12, 0.4)
        for ear, side in enumerate(panned(call * rng.lognormal(-0.2, 0.4), rng.uniform(-0.9, 0.9))):
            add(total[ear], float(at), side)
    return total


def _child(vowel: tuple[tuple[float, float, float], ...]) -> list[tuple[float, float, float]]:
    return [(1.35 * f, 1.3 * b, g) for f, b, g in vowel]


def _number(parameters: Parameters, name: str) -> float:
    return float(parameters[name])  # type: ignore[arg-type]
