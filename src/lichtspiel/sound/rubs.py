"""Rolling and scraping: the surfaces' roughness, read at the speed of travel, drives both bodies.

The profile under the contact is noise over distance; its finest detail is the contact's patch,
so the force's bandwidth is speed over patch length (van den Doel, Kry & Pai, SIGGRAPH 2001; Rath
& Rocchesso, *Continuous sonic feedback from a rolling ball*, IEEE MultiMedia 12 (2005)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, fftconvolve, sosfilt

from lichtspiel.library.records import MaterialEntry
from lichtspiel.sound.impacts import ring
from lichtspiel.sound.modes import AIR_DENSITY, SPEED_OF_SOUND, Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.sound.voices import Voice
from lichtspiel.stage.world import Span
from lichtspiel.take import Rub

FADE_S = 0.012
SLOWEST = 0.004
"""m/s below which nothing is heard."""
LOWEST_HZ = {"roll": 45.0, "slide": 90.0}
"""Bodies that rub are small against the waves of what is lower: they move the air and radiate nothing."""
RASP, RASP_HARDNESS, RASP_LOWEST_HZ, RASP_FINER = 1e-6, 0.15, 300.0, 0.2
"""Share of the power of friction that surfaces give to the air at once, before any body rings: of paper under
a pencil, in proportion for what is harder or softer (about 38 dB at 1 m for one who writes); what they
radiate, and how much finer than the roughness what catches is."""
FRICTION = 0.35
SLIDE_SHARE = 0.25
"""Force fluctuation against the normal force when sliding at 1 m/s on ordinary roughness (20 µm)."""
ROLL_SHARE, MOST_ROLL_SHARE = 0.3, 4.0
"""The same when rolling over roughness as high as the contact is deep, and when it hops all the time."""


@dataclass(frozen=True, eq=False)
class Rubbing:
    """A rub's sound on the film's clock: pascal at 1 m, and the contact's path at a rate."""

    film_s: float
    signal: Array
    positions: Array
    rate_hz: float


def rubbing(
    rub: Rub,
    span: Span,
    first: Voice,
    second: Voice,
    materials: Mapping[str, MaterialEntry],
    rng: np.random.Generator,
) -> Rubbing | None:
    """The part of a rub that a shot shows, or None when it shows none that can be heard.

    In slow motion the sound keeps its pitch: texture is read at the world's speed for as long as
    the shot shows it.
    """
    end_s = rub.start_s + len(rub.speed) / rub.rate_hz
    start, end = max(rub.start_s, span.world_start_s), min(end_s, span.world_end_s)
    seconds = (end - start) / span.rate
    if seconds < 2 * FADE_S or float(np.max(rub.speed, initial=0.0)) < SLOWEST:
        return None
    count = int(seconds * SAMPLE_RATE_HZ)
    clock = (start - rub.start_s) + np.arange(count) / SAMPLE_RATE_HZ * span.rate
    index = clock * rub.rate_hz
    known = np.arange(len(rub.speed))
    speed = np.interp(index, known, rub.speed)
    load = np.interp(index, known, rub.normal_force)
    surfaces = (materials[rub.first_material], materials[rub.second_material])
    turning = first if np.isfinite(first.mass_kg) else second
    force = _force(
        rub.kind, speed, load, surfaces, min(first.curvature_m, second.curvature_m), turning.turning_m, rng
    )
    fade = int(FADE_S * SAMPLE_RATE_HZ)
    force[:fade] *= np.linspace(0, 1, fade)
    force[-fade:] *= np.linspace(1, 0, fade)
    response = _response(first, rng, rests=rub.kind == "slide"), _response(second, rng, rests=True)
    longest = max(len(one) for one in response)
    joint = sum(np.pad(one, (0, longest - len(one))) for one in response)
    signal = fftconvolve(force, joint) / SAMPLE_RATE_HZ
    if rub.kind == "slide":
        rasp = _rasp(speed, load, surfaces, rng)
        rasp[:fade] *= np.linspace(0, 1, fade)
        rasp[-fade:] *= np.linspace(1, 0, fade)
        signal[: len(rasp)] += rasp
    signal = _above(signal, LOWEST_HZ[rub.kind])
    rate = 50.0
    steps = index[:: int(SAMPLE_RATE_HZ / rate)]
    path = np.stack([np.interp(steps, known, rub.position[:, axis]) for axis in range(3)], axis=1)
    return Rubbing(span.film_start_s + (start - span.world_start_s) / span.rate, signal, path, rate)


def _force(
    kind: str,
    speed: Array,
    load: Array,
    surfaces: tuple[MaterialEntry, MaterialEntry],
    radius_m: float,
    turning_m: float,
    rng: np.random.Generator,
) -> Array:
    roughness = float(np.hypot(surfaces[0].roughness_m, surfaces[1].roughness_m))
    softest = min(surface.hardness for surface in surfaces)
    if kind == "roll":
        patch = float(np.clip(np.sqrt(radius_m * roughness), 3e-4, 8e-3))
        depth = _indentation(float(np.median(load)), radius_m, surfaces)
        share = float(np.clip(ROLL_SHARE * roughness / depth, 0.02, MOST_ROLL_SHARE))
    else:
        patch = float(np.clip(2e-4 + 2 * roughness, 2e-4, 4e-3))
        share = SLIDE_SHARE * float(np.clip((roughness / 2e-5) ** 0.4, 0.25, 4.0))
    patch *= 1 + 3 * (1 - softest)
    travelled = np.cumsum(speed) / SAMPLE_RATE_HZ
    texture = _texture(travelled / patch, rng)
    finer = _texture(travelled / (patch * 0.618), rng)
    waves = _texture(travelled / (patch * 23.0), rng)
    moving = np.clip(speed, 0.0, 12.0) ** 0.8 * (speed > SLOWEST)
    # Bodies bounce minutely: the load flutters, which keeps long rubs from sounding like a hiss.
    turns = travelled / turning_m
    flutter = 1 + 0.3 * _texture(turns / (2 * np.pi), rng)
    if kind == "roll":
        # Nothing is perfectly round: once a turn it presses harder, which a settling coin makes a whirr.
        flutter = flutter + 0.35 * np.cos(turns)
    result: Array = share * load * moving * (0.6 * texture + 0.5 * finer + 0.6 * waves) * flutter
    return result


def _rasp(
    speed: Array, load: Array, surfaces: tuple[MaterialEntry, MaterialEntry], rng: np.random.Generator
) -> Array:
    """Pascal at 1 m of the noise of surfaces that slip on each other: p² = ρc W / 4π of its power W."""
    softest = min(surface.hardness for surface in surfaces)
    grain = 1e-5 + RASP_FINER * float(np.hypot(surfaces[0].roughness_m, surfaces[1].roughness_m))
    noise = _above(_texture(np.cumsum(speed) / SAMPLE_RATE_HZ / grain, rng), RASP_LOWEST_HZ)
    noise /= max(float(np.std(noise)), 1e-9)
    power = RASP * softest / RASP_HARDNESS * FRICTION * load * speed * (speed > SLOWEST)
    return np.asarray(noise * np.sqrt(AIR_DENSITY * SPEED_OF_SOUND * power / (4 * np.pi)))


def _above(signal: Array, hz: float) -> Array:
    return np.asarray(sosfilt(butter(2, hz, "highpass", fs=SAMPLE_RATE_HZ, output="sos"), signal))


def _indentation(load_n: float, radius_m: float, surfaces: tuple[MaterialEntry, MaterialEntry]) -> float:
    """How deep a ball sinks in at rest, metres: (9 N² / (16 R E*²))^(1/3) [Johnson §4.2]."""
    compliance = sum((1 - one.poisson_ratio**2) / one.youngs_modulus for one in surfaces)
    return float(max((9 * load_n**2 * compliance**2 / (16 * radius_m)) ** (1 / 3), 1e-9))


def _texture(place: Array, rng: np.random.Generator) -> Array:
    """Noise of unit variance per step, read at places along it."""
    steps = int(place[-1]) + 3
    if steps > 4_000_000:
        place, steps = place * (4_000_000 / steps), 4_000_003
    noise = rng.standard_normal(steps)
    low = place.astype(np.int64)
    share = place - low
    result: Array = noise[low] * (1 - share) + noise[low + 1] * share
    return result


def _response(voice: Voice, rng: np.random.Generator, rests: bool) -> Array:
    """Impulse response of a body at an ordinary point, pascal at 1 m per N·s."""
    modes = voice.modes
    extra = np.pi * modes.frequency_hz * (0.5 * modes.rest_loss if rests else 0.0)
    signs = rng.choice([-1.0, 1.0], len(modes.gain))
    amplitude = modes.gain * signs
    floor = 1e-3 * float(modes.gain.max(initial=1e-9))
    return ring(modes.frequency_hz, modes.loss_per_s + extra, amplitude, 0.8, floor)
