"""What happened: poses and contact events, the one source of picture and sound."""

from lichtspiel.take.files import load, save
from lichtspiel.take.model import (
    SKIN,
    Break,
    Dents,
    Fall,
    Footfall,
    Impact,
    Performance,
    Rub,
    Span,
    Take,
    Utterance,
    Verdict,
)

__all__ = [
    "SKIN",
    "Break",
    "Dents",
    "Fall",
    "Footfall",
    "Impact",
    "Performance",
    "Rub",
    "Span",
    "Take",
    "Utterance",
    "Verdict",
    "load",
    "save",
]
