"""Figures: what their bodies and faces do from the first moment of the take to the last."""

from lichtspiel.motion.perform import perform
from lichtspiel.motion.postures import lying, seated, standing

__all__ = ["lying", "perform", "seated", "standing"]
