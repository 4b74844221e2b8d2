"""What people sound like who say nothing: their clothes as they move, their breath in the cold."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.catalogue import garments
from lichtspiel.library.people.segments import segments
from lichtspiel.motion.manner import manner
from lichtspiel.motion.sway import breath
from lichtspiel.screenplay import Weather
from lichtspiel.sound import whereabouts
from lichtspiel.sound.air import REFERENCE_PA, Rush
from lichtspiel.sound.modes import Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.sound.sources.noise import coloured, count_of
from lichtspiel.sound.space import PATH_HZ
from lichtspiel.stage.world import PlacedFigure, Span, World
from lichtspiel.take import Performance, Take

RUSTLE_DB = 31.0
"""Level at 1 m of everyday clothes whose limbs move at 1 m/s against the trunk: softer than a whisper."""
OUTER_DB = 5.0
"""What coats and jackets add, which are stiffer and rub on what is below."""
RUSTLE_HZ = (700.0, 7000.0)
STILL_M_S = 0.12
"""Slower than that, cloth goes along without rubbing."""
BREATH_DB, BREATH_HZ = 37.0, (500.0, 5200.0)
"""Level at 1 m of breathing through the mouth in the cold."""
COLD = ("snowfield", "snow_valley")


def rustling(
    placed: PlacedFigure, performance: Performance, span: Span, rng: np.random.Generator
) -> Rush | None:
    """Clothes that rub as limbs move against the trunk in one shot, or None where nothing does."""
    count = int((span.film_end_s - span.film_start_s) * PATH_HZ)
    if count < 4 or not placed.person.wears:
        return None
    times = span.world_start_s + np.arange(count) / PATH_HZ * span.rate
    poses = [performance.at(float(time)) for time in times]
    body = segments(placed.physique)
    places, _ = body.carried(np.array([root for root, _ in poses]), np.array([pose for _, pose in poses]))
    trunk = places[:, body.index("chest")]
    steps = np.diff(places - trunk[:, None], axis=0, prepend=(places - trunk[:, None])[:1])
    speed = np.sqrt(np.mean(np.sum(steps**2, axis=2), axis=1)) * PATH_HZ
    # At a cut a figure may be elsewhere at once, which is no motion.
    speed = np.where(speed < 6.0, np.maximum(speed - STILL_M_S, 0.0), 0.0)
    if not speed.any():
        return None
    kinds = garments()
    outer = any(wear.garment in kinds and kinds[wear.garment].kind == "outer" for wear in placed.person.wears)
    level = REFERENCE_PA * 10 ** ((RUSTLE_DB + OUTER_DB * outer) / 20)
    return Rush(span.film_start_s, _shaped(level * speed**1.2, RUSTLE_HZ, rng), trunk, PATH_HZ)


def breathing(
    world: World, take: Take, placed: PlacedFigure, span: Span, rng: np.random.Generator
) -> Rush | None:
    """Breath in the cold, where it is seen and expected, in one shot; None elsewhere. Speakers hold it."""
    setting = world.screenplay.setting
    if setting.weather is not Weather.SNOW and setting.place not in COLD:
        return None
    seconds = span.film_end_s - span.film_start_s
    count = int(seconds * PATH_HZ)
    if count < 4:
        return None
    film = span.film_start_s + np.arange(count) / PATH_HZ
    world_s = span.world_start_s + (film - span.film_start_s) * span.rate
    flow = np.gradient(breath(world_s, manner(placed.person)))
    flow /= max(float(np.abs(flow).max()), 1e-9)
    # Air is let out with more noise than it is drawn in with.
    size = np.where(flow < 0, -flow, 0.55 * flow) ** 1.3
    for utterance in take.utterances:
        if utterance.figure == placed.name:
            size[(film > utterance.film_s - 0.2) & (film < utterance.film_s + utterance.duration_s + 0.1)] = (
                0.0
            )
    path = whereabouts.of_mouth(world, take, placed.name, span.film_start_s, seconds)
    level = REFERENCE_PA * 10 ** (BREATH_DB / 20)
    return Rush(span.film_start_s, _shaped(level * size, BREATH_HZ, rng), path.positions, PATH_HZ)


def _shaped(size: Array, band_hz: tuple[float, float], rng: np.random.Generator) -> Array:
    """Noise of a band whose RMS follows a curve at PATH_HZ."""
    samples = count_of(len(size) / PATH_HZ)
    smooth = np.convolve(np.pad(size, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    envelope = np.interp(np.arange(samples) / SAMPLE_RATE_HZ, np.arange(len(size)) / PATH_HZ, smooth)
    envelope *= np.minimum(1.0, np.minimum(np.arange(samples), samples - 1 - np.arange(samples)) / 480)
    return np.asarray(coloured(samples, *band_hz, -3.0, rng) * envelope)
