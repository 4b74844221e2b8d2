"""Animals by their voices, from the beat of their folds, the shape of their mouths, and how they call."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from lichtspiel.library.records import Parameter
from lichtspiel.sound.sources.grains import add
from lichtspiel.sound.sources.noise import (
    Array,
    Generator,
    along,
    clock,
    coloured,
    count_of,
    phase_of,
    swell,
    unit,
)
from lichtspiel.sound.sources.throat import breath, folds, mouth, moving_mouth, rough, shaped

Parameters = Mapping[str, Parameter]
Call = Callable[[Generator], Array]


def dog(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A dog that barks in runs of two to four (`size` 1 a shepherd), (N,)."""
    size = float(parameters["size"])  # type: ignore[arg-type]
    return _calls(lambda dice: _bark(size, dice), seconds, (0.16, 0.3), rng, (2, 4), (0.7, 1.6))


def growl(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A dog that growls, (N,)."""
    samples = count_of(seconds)
    voice = folds(72 * swell(samples, 0.5, 0.12, rng), rng, 0.5, 0.06, 0.4) + 0.3 * breath(
        samples, 200, 2500, rng
    )
    through = mouth(voice, [(330, 140, 0), (780, 200, -4), (1700, 350, -12)])
    return shaped(rough(through, 27, 0.6, rng), 0.15, 0.3) * swell(samples, 0.9, 0.4, rng)


def cat(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A cat that mews, (N,)."""
    return _calls(_meow, seconds, (0.9, 2.2), rng)


def purr(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A cat that purrs in and out, (N,): muscles that twitch 26 times a second."""
    samples = count_of(seconds)
    time = clock(samples)
    out = 0.5 + 0.5 * np.tanh(6 * np.sin(2 * np.pi * time / 2.3))
    beats = folds((24 + 3 * out) * swell(samples, 0.4, 0.03, rng), rng, 0.45, 0.03)
    thud = mouth(beats, [(140, 90, 0), (420, 160, -5), (1100, 400, -14)])
    air = breath(samples, 300, 3000, rng) * np.clip(np.sin(phase_of(np.full(samples, 26.0))), 0, None) ** 2
    effort = np.abs(np.sin(np.pi * time / 2.3)) ** 0.4
    return np.asarray((unit(thud) + 0.25 * air) * (0.55 + 0.45 * out) * (0.3 + 0.7 * effort))


def horse(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A horse that neighs, (N,): a high tremulous squeal that falls to a low nicker."""
    return _calls(_neigh, seconds, (1.5, 3.0), rng)


def hooves(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Shod hooves on hard ground (`gait` trot or gallop), (N,)."""
    beats, round_s = {"trot": ((0.0, 0.5), 0.72), "gallop": ((0.0, 0.2, 0.36, 0.44), 0.5)}[
        str(parameters["gait"])
    ]
    total, at = np.zeros(count_of(seconds + 0.1)), rng.uniform(0, 0.2)
    while at < seconds:
        for number, beat in enumerate(beats):
            for again in (0.0, 0.018):
                knock = _hoof(number, rng) * rng.uniform(0.7, 1.0) * (1.0 if not again else 0.55)
                add(total, at + beat * round_s + again + rng.normal(0, 0.004), knock)
        at += round_s * rng.uniform(0.98, 1.02)
    return total[: count_of(seconds)]


def cow(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A cow that moos, (N,)."""
    return _calls(_moo, seconds, (1.8, 3.5), rng)


def sheep(parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A sheep (`size` 1) or a goat (0.8) that bleats, (N,)."""
    size = float(parameters["size"])  # type: ignore[arg-type]
    return _calls(lambda dice: _bleat(size, dice), seconds, (0.7, 2.2), rng)


def pig(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A pig that grunts, (N,)."""
    return _calls(_grunt, seconds, (0.12, 0.35), rng, (2, 5), (0.4, 1.0))


def wolf(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Wolves that howl, a second one joining the first, (N,)."""
    first = _calls(_howl, seconds, (1.5, 3.0), rng)
    second = np.zeros_like(first)
    add(second, min(1.8, seconds / 3), _calls(_howl, seconds, (2.0, 4.0), rng))
    return first + 0.45 * second


def lion(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A lion that roars, (N,)."""
    return _calls(_roar, seconds, (0.35, 0.8), rng)


def frog(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Frogs about a pond, (N,): croaks made of a few dozen pulses a second."""
    total = np.zeros(count_of(seconds))
    for _ in range(4):
        carrier, pulses, loud = rng.uniform(550, 1100), rng.uniform(38, 62), rng.lognormal(-0.4, 0.6)
        own = _calls(lambda dice, c=carrier, p=pulses: _croak(c, p, dice), seconds, (0.15, 1.1), rng)  # type: ignore[misc]
        total += loud * own
    return total


def rooster(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A cock that crows, (N,): four syllables, the last drawn out and falling."""
    return _calls(_crow_of_cock, seconds, (2.0, 4.0), rng)


def hen(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Hens that cluck, now and then with a long one, (N,)."""
    return _calls(_cluck, seconds, (0.14, 0.5), rng, (3, 7), (0.3, 0.9))


def duck(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A duck that quacks in falling runs, (N,)."""
    return _calls(_quack, seconds, (0.1, 0.2), rng, (2, 6), (0.6, 1.5))


def crow(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """A crow that caws, (N,)."""
    return _calls(_caw, seconds, (0.25, 0.45), rng, (2, 4), (1.0, 2.5))


def gull(_parameters: Parameters, seconds: float, rng: Generator) -> Array:
    """Gulls near and far, (2, N)."""
    sides = [_calls(_gull_cry, seconds, (0.12, 0.25), rng, (2, 6), (0.8, 3.0)) for _ in range(3)]
    return np.array([sides[0] + 0.5 * sides[1], 0.35 * sides[1] + 0.5 * sides[2]])


def _calls(
    call: Call,
    seconds: float,
    gap_s: tuple[float, float],
    rng: Generator,
    run: tuple[int, int] = (1, 1),
    rest_s: tuple[float, float] = (0.0, 0.0),
) -> Array:
    """Calls with gaps between them, in runs with rests between those."""
    total = np.zeros(count_of(seconds))
    at = rng.uniform(0.0, min(0.3, 0.1 * seconds))
    while at < seconds:
        for _ in range(rng.integers(run[0], run[1] + 1)):
            sound = call(rng)
            add(total, at, sound * rng.uniform(0.75, 1.0))
            at += len(sound) / 48_000 + rng.uniform(*gap_s)
        at += rng.uniform(*rest_s)
    return total


def _bark(size: float, rng: Generator) -> Array:
    count = count_of(rng.uniform(0.13, 0.19) * size**0.4)
    high = 620 / size**1.2 * rng.uniform(0.9, 1.1)
    pitch = along([(0, high * 0.55), (0.25, high), (0.6, high * 0.8), (1, high * 0.4)], count)
    voice = folds(pitch, rng, 0.4, 0.05, 0.25) + 0.5 * breath(count, 300, 6000, rng) * along(
        [(0, 1.2), (0.4, 0.5), (1, 0.7)], count
    )
    formants = [(f / size**0.6, 160, g) for f, g in ((620, 0), (1250, -2), (2300, -8), (3600, -14))]
    wide = [(f * 1.25, b, g) for f, b, g in formants]
    return shaped(moving_mouth(voice, [formants, wide, formants], [0, 0.35, 1]), 0.008, 0.07)


def _meow(rng: Generator) -> Array:
    count = count_of(rng.uniform(0.6, 0.95))
    base = rng.uniform(430, 540)
    pitch = along([(0, base), (0.3, base * 1.45), (0.6, base * 1.35), (1, base * 0.85)], count)
    voice = folds(
        pitch * (1 + 0.012 * np.sin(phase_of(np.full(count, 7.0)))), rng, 0.45, 0.01
    ) + 0.05 * breath(count, 1000, 7000, rng)
    shut = [(430.0, 90.0, 0.0), (2500.0, 200.0, -8.0), (3700.0, 300.0, -14.0)]
    open_ = [(1050.0, 140.0, 0.0), (1750.0, 180.0, -3.0), (3500.0, 300.0, -10.0)]
    round_ = [(560.0, 100.0, 0.0), (1050.0, 140.0, -6.0), (3000.0, 300.0, -20.0)]
    return shaped(moving_mouth(voice, [shut, open_, round_], [0.05, 0.4, 0.95]), 0.06, 0.2)


def _neigh(rng: Generator) -> Array:
    count = count_of(rng.uniform(1.6, 2.1))
    top = rng.uniform(950, 1200)
    pitch = along(
        [
            (0, top * 0.6),
            (0.08, top),
            (0.35, top * 0.95),
            (0.7, top * 0.55),
            (0.85, top * 0.16),
            (1, top * 0.1),
        ],
        count,
    )
    shake = phase_of(along([(0, 9.0), (0.5, 12.5), (1, 17.0)], count))
    deep = along([(0, 0.01), (0.3, 0.06), (1, 0.13)], count)
    voice = folds(pitch * (1 + deep * np.sin(shake)), rng, 0.35, 0.015) * (
        1 - 3.0 * deep * (0.5 - 0.5 * np.sin(shake))
    )
    voice = unit(voice) + 0.22 * breath(count, 800, 7000, rng) * along(
        [(0, 0.4), (0.6, 0.5), (1, 1.5)], count
    )
    high = [(1100.0, 250.0, 0.0), (2300.0, 350.0, -3.0), (3900.0, 500.0, -8.0)]
    low = [(500.0, 150.0, 0.0), (1200.0, 250.0, -4.0), (2600.0, 400.0, -12.0)]
    return shaped(moving_mouth(voice, [high, high, low], [0, 0.6, 0.95]), 0.04, 0.25)


def _hoof(number: int, rng: Generator) -> Array:
    """A cup of horn and iron on stone: a click, a hollow knock, a thud."""
    time = clock(count_of(0.11))
    hollow = (820, 1010, 900, 1120)[number % 4] * rng.uniform(0.97, 1.03)
    knock = np.sin(2 * np.pi * hollow * time) * np.exp(-time / 0.011) + 0.5 * np.sin(
        2 * np.pi * 2.3 * hollow * time
    ) * np.exp(-time / 0.006)
    thud = 0.8 * np.sin(2 * np.pi * 110 * time) * np.exp(-time / 0.018)
    return np.asarray(knock + thud + 0.5 * rng.standard_normal(len(time)) * np.exp(-time / 0.0018))


def _moo(rng: Generator) -> Array:
    count = count_of(rng.uniform(1.3, 2.0))
    base = rng.uniform(105, 130)
    pitch = along([(0, base * 0.85), (0.3, base * 1.25), (0.7, base * 1.35), (1, base * 1.05)], count)
    voice = folds(pitch, rng, 0.5, 0.012, 0.05) + 0.05 * breath(count, 300, 3000, rng)
    shut = [(230.0, 60.0, 0.0), (800.0, 200.0, -14.0), (2200.0, 300.0, -24.0)]
    open_ = [(480.0, 90.0, 0.0), (880.0, 120.0, -3.0), (2300.0, 250.0, -12.0), (3200.0, 300.0, -16.0)]
    return shaped(moving_mouth(voice, [shut, open_, open_, shut], [0.0, 0.35, 0.75, 1.0]), 0.12, 0.35)


def _bleat(size: float, rng: Generator) -> Array:
    count = count_of(rng.uniform(0.7, 1.1))
    base = rng.uniform(260, 330) / size
    shake = np.sin(phase_of(np.full(count, rng.uniform(7.5, 9.5) / size)))
    pitch = along([(0, base * 0.9), (0.2, base * 1.08), (1, base * 0.92)], count) * (1 + 0.035 * shake)
    voice = folds(pitch, rng, 0.38, 0.015) * (1 - 0.45 * (0.5 - 0.5 * shake)) + 0.12 * breath(
        count, 800, 5000, rng
    )
    narrow_ = [(500.0 / size, 100.0, 0.0), (1500.0 / size, 150.0, -6.0), (2700.0, 250.0, -12.0)]
    wide = [
        (760.0 / size, 110.0, 0.0),
        (1750.0 / size, 160.0, -2.0),
        (2800.0, 250.0, -8.0),
        (4000.0, 400.0, -14.0),
    ]
    return shaped(moving_mouth(voice, [narrow_, wide, wide], [0, 0.15, 1]), 0.04, 0.18)


def _grunt(rng: Generator) -> Array:
    count = count_of(rng.uniform(0.12, 0.28))
    pitch = along([(0, 75.0), (0.4, rng.uniform(95, 130)), (1, 70.0)], count)
    voice = unit(folds(pitch, rng, 0.4, 0.12, 0.4)) + 0.5 * breath(count, 200, 3000, rng)
    return shaped(
        rough(mouth(voice, [(380, 120, 0), (1150, 220, -5), (2300, 350, -10)]), 34, 0.5, rng), 0.02, 0.08
    )


def _howl(rng: Generator) -> Array:
    count = count_of(rng.uniform(3.2, 4.6))
    top = rng.uniform(520, 640)
    pitch = along(
        [
            (0, top * 0.55),
            (0.12, top),
            (0.3, top * 1.04),
            (0.6, top * 0.95),
            (0.85, top * 0.82),
            (1, top * 0.6),
        ],
        count,
    )
    pitch *= 1 + 0.008 * np.sin(phase_of(np.full(count, 4.6))) + 0.01 * (swell(count, 0.4, 1.0, rng) - 1)
    phase = phase_of(pitch)
    tone = sum(10 ** (-g / 20) * np.sin(k * phase) for k, g in ((1, 0), (2, 10), (3, 19), (4, 26)))
    tone = np.asarray(tone) + 0.015 * breath(count, 500, 3000, rng)
    return shaped(tone * along([(0, 0.3), (0.25, 1.0), (0.7, 0.9), (1, 0.3)], count), 0.15, 0.5)


def _roar(rng: Generator) -> Array:
    count = count_of(rng.uniform(1.0, 1.7))
    pitch = along([(0, 120.0), (0.25, rng.uniform(190, 230)), (0.6, 170.0), (1, 85.0)], count)
    voice = unit(folds(pitch, rng, 0.35, 0.07, 0.5)) + 0.45 * breath(count, 120, 3500, rng)
    low = [(260.0, 90.0, 0.0), (720.0, 150.0, -6.0), (1500.0, 300.0, -14.0)]
    wide = [(480.0, 110.0, 0.0), (980.0, 160.0, -2.0), (1900.0, 300.0, -8.0), (3000.0, 500.0, -16.0)]
    return shaped(rough(moving_mouth(voice, [low, wide, low], [0, 0.35, 1]), 31, 0.45, rng), 0.12, 0.45)


def _croak(carrier: float, pulses: float, rng: Generator) -> Array:
    count = count_of(rng.uniform(0.18, 0.4))
    time = clock(count)
    cycle = (time * pulses * (1 - 0.1 * time)) % 1.0
    tone = np.sin(2 * np.pi * carrier * time) + 0.6 * np.sin(2 * np.pi * 2.1 * carrier * time)
    return shaped(tone * np.exp(-cycle * 5) * np.minimum(cycle * 12, 1), 0.05, 0.05)


def _crow_of_cock(rng: Generator) -> Array:
    syllables = (
        ([520, 780, 700], 0.16, 0.03),
        ([700, 960, 900], 0.2, 0.02),
        ([640, 820, 780], 0.16, 0.02),
        ([760, 1050, 980, 560], 0.95, 0.0),
    )
    parts = []
    for pitches, lasting, pause in syllables:
        count = count_of(lasting)
        pitch = along([(i / (len(pitches) - 1), float(p)) for i, p in enumerate(pitches)], count)
        voice = unit(folds(pitch * rng.uniform(0.97, 1.03), rng, 0.35, 0.02)) + 0.12 * breath(
            count, 1000, 8000, rng
        )
        through = mouth(voice, [(950, 200, 0), (1900, 250, -2), (3100, 400, -6), (4600, 500, -12)])
        parts += [shaped(through, 0.02, 0.06 if pause else 0.35), np.zeros(count_of(pause))]
    return np.concatenate(parts)


def _cluck(rng: Generator) -> Array:
    long = rng.random() < 0.12
    count = count_of(rng.uniform(0.4, 0.6) if long else rng.uniform(0.05, 0.09))
    pitch = along([(0, 420.0), (0.5, 620.0 if not long else 760.0), (1, 380.0)], count)
    voice = unit(folds(pitch, rng, 0.4, 0.04)) + 0.2 * breath(count, 800, 5000, rng)
    return shaped(mouth(voice, [(800, 180, 0), (1600, 250, -3), (2900, 400, -9)]), 0.008, 0.04)


def _quack(rng: Generator) -> Array:
    count = count_of(rng.uniform(0.14, 0.22))
    pitch = along([(0, 195.0), (0.3, 235.0), (1, 160.0)], count) * rng.uniform(0.92, 1.05)
    voice = folds(pitch, rng, 0.25, 0.03, 0.15)
    return shaped(
        mouth(voice, [(650, 200, -6), (1250, 180, 0), (2300, 260, -2), (3400, 400, -6)]), 0.012, 0.06
    )


def _caw(rng: Generator) -> Array:
    count = count_of(rng.uniform(0.28, 0.42))
    pitch = along([(0, 380.0), (0.25, 520.0), (1, 400.0)], count)
    voice = unit(folds(pitch, rng, 0.3, 0.08, 0.35)) + 0.6 * breath(count, 700, 5000, rng)
    return shaped(
        rough(mouth(voice, [(950, 200, -3), (1500, 220, 0), (2600, 400, -5)]), 62, 0.4, rng), 0.03, 0.1
    )


def _gull_cry(rng: Generator) -> Array:
    count = count_of(rng.uniform(0.25, 0.5))
    top = rng.uniform(1150, 1500)
    pitch = along([(0, top * 0.65), (0.2, top), (0.5, top * 0.9), (1, top * 0.55)], count)
    voice = unit(folds(pitch, rng, 0.35, 0.02)) + 0.08 * coloured(count, 1500, 8000, -2.0, rng)
    return shaped(mouth(voice, [(1400, 350, 0), (2600, 450, -2), (4200, 700, -8)]), 0.03, 0.12)
