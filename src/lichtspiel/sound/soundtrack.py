"""The finished sound of a film."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 48_000

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Measurements:
    """What was measured on a finished soundtrack."""

    integrated_lufs: float
    """ITU-R BS.1770-4; -inf for silence."""
    true_peak_dbtp: float
    """Of the samples oversampled four times."""
    impacts_sounded: int
    """Knocks that can be heard, after repeats within one contact were joined."""
    impacts_dropped: int
    """Knocks too soft to hear beside the others."""
    loudest: str = ""
    """The loudest event in words."""
    loudest_film_s: float | None = None
    limiting_db: float = 0.0
    """Most that the limiter took away."""
    note: str = ""
    """Why a film is not at -16 LUFS, in words; empty when it is."""


@dataclass(frozen=True)
class Caption:
    """Words for what is heard, on the film's clock."""

    film_start_s: float
    film_end_s: float
    text: str
    words: tuple[tuple[float, str], ...] = ()
    """When each of the words with which the text ends is said; empty where none are."""


@dataclass(frozen=True)
class Onset:
    """When a knock is heard at the camera."""

    film_s: float
    """Film time of the contact."""
    heard_s: float
    """Film time at which its sound arrives."""
    energy: float
    """Against the loudest knock of the film, 0 … 1, as mixed."""
    words: str


@dataclass(frozen=True, eq=False)
class Soundtrack:
    """Sound as long as the film to the sample."""

    samples: Samples
    """(N, 2) at 48 000 Hz, full scale 1; or (N, 6): left, right, centre, bass, rear left, rear right."""
    measurements: Measurements
    captions: tuple[Caption, ...] = ()
    onsets: tuple[Onset, ...] = ()
    """The knocks that can be told apart from what sounds already, in time order."""
    stems: dict[str, Samples] = field(default_factory=dict)
    """What adds up to the samples: `effects`, `ambience`, and `dialogue` and `music` if any."""
    arrivals_s: tuple[float, ...] = ()
    """Film times at which knocks arrive, told apart or not."""
