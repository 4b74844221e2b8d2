"""Figures: what their bodies and faces do from the first moment of the take to the last."""

from lichtspiel.motion.perform import perform
from lichtspiel.motion.postures import lying, seated, standing
from lichtspiel.motion.rehearse import rehearse

__all__ = ["lying", "perform", "rehearse", "seated", "standing"]
