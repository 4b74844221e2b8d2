"""What a spoken line is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lichtspiel.screenplay import Sex, Voice

Floats = NDArray[np.float32]

RATE_HZ = 48000


@dataclass(frozen=True)
class Speaker:
    """Who speaks: what of a person the voice depends on. The same speaker has the same voice in all films."""

    sex: Sex
    age_years: float
    seed: int
    voice: Voice = field(default_factory=Voice)


@dataclass(frozen=True)
class Timed:
    """A word, or a phoneme in IPA; seconds after the speech begins."""

    start_s: float
    end_s: float
    text: str


@dataclass(frozen=True, eq=False)
class Speech:
    """A line as it is spoken."""

    samples: Floats
    """(N,) sound pressure in pascals a metre in front of the mouth, at RATE_HZ."""
    words: tuple[Timed, ...]
    phonemes: tuple[Timed, ...]
    stressed: tuple[float, ...]
    """Seconds at which stressed syllables have their peak."""
    effort: float
    """From 0, a whisper, to 1, a shout."""
    clip: str
    """By this text `load` finds the speech again, or makes it again."""
    note: str = ""
    """What has to be said about how it is spoken: with an accent, by a robot. Empty = nothing."""

    @property
    def duration_s(self) -> float:
        return len(self.samples) / RATE_HZ
