"""What moving air sounds like: the whoosh of fast things, the flapping of cloth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.sound.modes import Array
from lichtspiel.sound.reverberation import low_passed
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.stage.world import Body, Span
from lichtspiel.take import Take

CONTROL_HZ = 60.0
REFERENCE_PA = 2e-5
SLOWEST_HEARD = 2.5
"""m/s below which a thing moves through air in silence."""


@dataclass(frozen=True, eq=False)
class Rush:
    """Noise of air about a moving thing: pascal at 1 m, and its path on the film's clock."""

    film_s: float
    signal: Array
    positions: Array
    rate_hz: float


def whoosh(body: Body, area_m2: float, span: Span, take: Take, rng: np.random.Generator) -> Rush | None:
    """The wake of a body in one shot, or None for slow ones.

    Power grows with the sixth power of speed (dipole law of Curle, Proc. R. Soc. A 231 (1955));
    a ball of 12 cm radius at 10 m/s comes to about 46 dB at 1 m. Its eddies' rate is 0.2 v/d.
    """
    times, positions = _path(body.name, span, take)
    if len(times) < 3:
        return None
    speed = np.linalg.norm(np.gradient(positions, axis=0), axis=1) * CONTROL_HZ / span.rate
    start, end = take.present[take.index(body.name)]
    speed *= (times >= start) & (times < end)
    # A jump of a pose is not a flight.
    speed = np.where(speed < 60.0, speed, 0.0)
    if float(speed.max()) < SLOWEST_HEARD:
        return None
    level_db = 60 * np.log10(np.maximum(speed, 0.1)) + 10 * np.log10(area_m2)
    size = np.where(speed > 1.0, REFERENCE_PA * 10 ** (level_db / 20), 0.0)
    eddies = 0.2 * float(speed.max()) / np.sqrt(area_m2)
    return Rush(span.film_start_s, noise(size, eddies * 8, rng), positions, CONTROL_HZ)


def flapping(name: str, span: Span, take: Take, rng: np.random.Generator) -> Rush | None:
    """The flutter of a cloth in one shot: louder the faster and the more jerkily it moves."""
    count = int((span.film_end_s - span.film_start_s) * CONTROL_HZ)
    times = span.world_start_s + np.arange(count) / CONTROL_HZ * span.rate
    if count < 4:
        return None
    frames = np.array([take.cloth(name, float(t)) for t in times])
    velocity = np.gradient(frames, axis=0) * CONTROL_HZ / span.rate
    jerky = np.linalg.norm(np.gradient(velocity, axis=0), axis=2) * CONTROL_HZ / span.rate
    speed = np.sqrt(np.mean(np.sum(velocity**2, axis=2), axis=1))
    snap = np.mean(jerky, axis=1)
    size = REFERENCE_PA * 10 ** (38 / 20) * speed**1.5 * (0.15 + snap / 10.0)
    if float(size.max()) < REFERENCE_PA:
        return None
    return Rush(span.film_start_s, noise(size, 900.0, rng), frames.mean(axis=1), CONTROL_HZ)


def _path(name: str, span: Span, take: Take) -> tuple[Array, Array]:
    count = int((span.film_end_s - span.film_start_s) * CONTROL_HZ)
    times = span.world_start_s + np.arange(count) / CONTROL_HZ * span.rate
    return times, np.array([take.pose(name, float(t))[0] for t in times]).reshape(-1, 3)


def noise(size: Array, corner_hz: float, rng: np.random.Generator, rate_hz: float = CONTROL_HZ) -> Array:
    """Low noise with a rough envelope given at a rate."""
    count = int(len(size) / rate_hz * SAMPLE_RATE_HZ)
    clock = np.arange(count) / SAMPLE_RATE_HZ
    smooth = np.convolve(np.pad(size, 2, mode="edge"), np.full(5, 0.2), mode="valid")
    envelope = np.interp(clock, np.arange(len(size)) / rate_hz, smooth)
    corner = float(np.clip(corner_hz, 120.0, 6000.0))
    hiss = low_passed(rng.standard_normal(count), corner)
    hiss = hiss - low_passed(hiss, 50.0)
    fade = min(480, count // 2)
    envelope[:fade] *= np.linspace(0, 1, fade)
    envelope[-fade:] *= np.linspace(1, 0, fade)
    return np.asarray(hiss / max(float(np.std(hiss)), 1e-12) * envelope)
