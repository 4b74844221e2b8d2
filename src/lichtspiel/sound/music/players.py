"""Who plays a score: computed instruments, or sampled ones where there are any."""

from __future__ import annotations

from dataclasses import dataclass

from lichtspiel.sound.music import sampled
from lichtspiel.sound.music.instruments import INSTRUMENTS
from lichtspiel.sound.music.percussion import KIT
from lichtspiel.sound.sources.noise import Array, Generator


@dataclass(frozen=True)
class Players:
    """Everybody who can play. Without samples, all instruments are computed."""

    samples: sampled.Samples | None = None

    def note(self, instrument: str, pitch_hz: float, seconds: float, force: float, rng: Generator) -> Array:
        """A note (N,) of any level. Raises KeyError for an instrument that nobody plays."""
        if self.samples is not None and sampled.has(self.samples, instrument):
            return sampled.note(self.samples, instrument, pitch_hz, seconds, force, rng)
        return INSTRUMENTS[instrument](pitch_hz, seconds, force, rng)

    def stroke(self, drum: str, force: float, rng: Generator) -> Array:
        """A stroke (N,) with a peak about 1. Raises KeyError for a drum that nobody plays."""
        if self.samples is not None and sampled.has(self.samples, drum):
            return sampled.stroke(self.samples, drum, force, rng)
        return KIT[drum][0](force, rng)


def best() -> Players:
    """The best players that are installed."""
    return Players(sampled.samples())
