"""Fields over the places of skin: smooth noise, spots and steps."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from lichtspiel.picture.people.texels import Floats

_LATTICE = 48


def noise(rng: np.random.Generator, place: Floats, per_metre: float, octaves: int = 1) -> Floats:
    """(N,) smooth noise of mean 0 and deviation near 1; each octave has half the strength."""
    total = np.zeros(len(place), np.float32)
    for octave in range(octaves):
        lattice = rng.standard_normal((_LATTICE,) * 3).astype(np.float32)
        spots = (place * (per_metre * 2.0**octave) + rng.uniform(0, _LATTICE, 3)).T.astype(np.float32)
        values = ndimage.map_coordinates(lattice, spots, order=1, mode="grid-wrap", output=np.float32)
        total += np.float32(0.5**octave) * values
    # Linear blending of eight independent values has a mean square of 8/27.
    return total / np.float32(0.544 * np.sqrt(sum(0.25**octave for octave in range(octaves))))


def blob(face: Floats, centre: tuple[float, float, float], reach: tuple[float, float, float]) -> Floats:
    """(N,) from 1 at a point of both halves of the face to 0 away from it, in face units."""
    away = (np.abs(face[:, 0]) - centre[0]) ** 2 / reach[0] ** 2
    for axis in (1, 2):
        away = away + (face[:, axis] - centre[axis]) ** 2 / reach[axis] ** 2
    return np.asarray(np.exp(-0.5 * away))


def step(values: Floats, low: float, high: float) -> Floats:
    """Smooth step from 0 at `low` to 1 at `high`; falling where low is above high."""
    share = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(share * share * (3 - 2 * share))
