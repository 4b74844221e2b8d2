"""What cloth sounds like where it lands: a soft thud, spread over as long as it takes to come down."""

from __future__ import annotations

import numpy as np

from lichtspiel.sound.air import Rush, noise
from lichtspiel.sound.modes import Array
from lichtspiel.stage.world import Span
from lichtspiel.take import Take

RATE_HZ = 240.0
SOFT_EFFICIENCY = 3e-7
"""Share of a soft blow's energy that is heard: a towel of 0.2 kg at 2 m/s comes to 55 dB at 1 m."""
CORNER_HZ = 420.0
"""Cloth gives way for some milliseconds, so that nothing sharp is left of a blow."""
STOPPED_M_S = 0.25
"""A point that loses so much speed within 4 ms has not been slowed by air or by its neighbours."""
_PASCAL2_PER_WATT = 1.2 * 343.0 / (4 * np.pi)
"""ρc/4π: squared pressure at 1 m of a small source of 1 W."""


def landing(name: str, mass_kg: float, span: Span, take: Take, rng: np.random.Generator) -> Rush | None:
    """The thud of a cloth on what it meets in one shot, or None when it meets nothing."""
    count = int((span.film_end_s - span.film_start_s) * RATE_HZ)
    if count < 8:
        return None
    times = span.world_start_s + np.arange(count) / RATE_HZ * span.rate
    energy, middles = _arriving(np.array([take.cloth(name, float(t)) for t in times]), mass_kg, span.rate)
    if not energy.any():
        return None
    size = np.sqrt(_PASCAL2_PER_WATT * SOFT_EFFICIENCY * energy * RATE_HZ)
    return Rush(span.film_start_s, noise(size, CORNER_HZ, rng, RATE_HZ), middles, RATE_HZ)


def _arriving(frames: Array, mass_kg: float, world_rate: float) -> tuple[Array, Array]:
    """Energy (T,) in joule that the points of a sheet (T, V, 3) lose by stopping, and where (T, 3)."""
    tick_s = world_rate / RATE_HZ
    velocity = np.diff(frames, axis=0, append=frames[-1:]) / tick_s
    squared = np.sum(velocity**2, axis=2)
    before = np.concatenate([squared[:1], squared[:-1]])
    braked = np.sqrt(before) - np.sqrt(squared) > STOPPED_M_S
    braked[:2] = braked[-2:] = False
    lost = np.where(braked, before - squared, 0.0) * (0.5 * mass_kg / frames.shape[1])
    energy = lost.sum(axis=1)
    weight = lost / np.maximum(energy, 1e-12)[:, None]
    spot = np.einsum("tv,tvk->tk", weight, frames)
    return energy, np.where(energy[:, None] > 0, spot, frames.mean(axis=1))
