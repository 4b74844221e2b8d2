"""Screenplay to world: choose, size, place, light and block everything, in metres."""

from lichtspiel.stage.build import build
from lichtspiel.stage.world import Direction, PlacedFigure, World

__all__ = ["Direction", "PlacedFigure", "World", "build"]
