"""Independent random numbers by subject, so that one sound more leaves all others as they are."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Dice:
    """Generators that all follow from the screenplay's seed."""

    seed: int

    def of(self, subject: str, number: int = 0) -> np.random.Generator:
        """The generator of a subject, and of the how manieth of it."""
        return np.random.default_rng([self.seed, zlib.crc32(subject.encode()), number])
