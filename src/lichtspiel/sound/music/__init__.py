"""Scores: music that is composed for one film, and played by instruments that are computed."""

from lichtspiel.sound.music.players import Players, best
from lichtspiel.sound.music.score import Played, compose, played

__all__ = ["Played", "Players", "best", "compose", "played"]
