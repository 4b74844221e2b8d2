"""Whether knocks are heard when they should be, with everything else sounding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.films import TOLERANCE_S, onsets
from lichtspiel.sound import SAMPLE_RATE_HZ, Soundtrack

LAST_S = 0.02
"""A knock this close to the end of the film has no time to be heard."""


@dataclass(frozen=True)
class Sync:
    """The knocks of a film that can be told apart."""

    errors_s: tuple[float, ...]
    """Of each: nearest detected onset minus expected arrival."""
    by_chance: float
    """Share of the film's moments that have an onset as near as that: what guessing would reach."""

    @property
    def audible(self) -> int:
        return len(self.errors_s)

    @property
    def in_sync(self) -> int:
        return sum(abs(error) <= TOLERANCE_S for error in self.errors_s)


def sync(soundtrack: Soundtrack, played: NDArray[np.float32] | None = None) -> Sync:
    """Compare detected onsets with expected ones, in the soundtrack or in what was played of it (N, 2)."""
    samples = soundtrack.samples if played is None else played
    seconds = len(soundtrack.samples) / SAMPLE_RATE_HZ
    arrivals = [onset.heard_s for onset in soundtrack.onsets if onset.heard_s < seconds - LAST_S]
    found = onsets(samples)
    if not len(found):
        return Sync(tuple(np.inf for _ in arrivals), 0.0)
    moments = np.arange(0.0, seconds, 0.001)
    near = np.abs(found[np.searchsorted(found, moments).clip(0, len(found) - 1)] - moments)
    before = np.abs(found[(np.searchsorted(found, moments) - 1).clip(0)] - moments)
    chance = float(np.mean(np.minimum(near, before) <= TOLERANCE_S))
    return Sync(tuple(float(found[np.argmin(np.abs(found - time))] - time) for time in arrivals), chance)
