"""Sound from physics: every knock, roll, scrape and crack of a take, in the place where it happens."""

from lichtspiel.sound.composition import score
from lichtspiel.sound.soundtrack import (
    SAMPLE_RATE_HZ,
    Caption,
    Measurements,
    Onset,
    Soundtrack,
)

__all__ = ["SAMPLE_RATE_HZ", "Caption", "Measurements", "Onset", "Soundtrack", "score"]
