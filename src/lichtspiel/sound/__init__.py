"""A film's sound: what happens in its take, what is said, what its place and screenplay add, its score."""

from lichtspiel.sound.composition import score
from lichtspiel.sound.headroom import delivered
from lichtspiel.sound.inspection import Fault, faults
from lichtspiel.sound.layout import STEREO, SURROUND
from lichtspiel.sound.soundtrack import (
    SAMPLE_RATE_HZ,
    Caption,
    Measurements,
    Onset,
    Soundtrack,
)

__all__ = [
    "SAMPLE_RATE_HZ",
    "STEREO",
    "SURROUND",
    "Caption",
    "Fault",
    "Measurements",
    "Onset",
    "Soundtrack",
    "delivered",
    "faults",
    "score",
]
