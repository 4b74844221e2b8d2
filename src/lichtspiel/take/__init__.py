"""What happened: poses and contact events, the one source of picture and sound."""

from lichtspiel.take.files import load, save
from lichtspiel.take.model import Break, Impact, Rub, Take, Verdict

__all__ = ["Break", "Impact", "Rub", "Take", "Verdict", "load", "save"]
