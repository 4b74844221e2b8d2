"""Screenplay to world: choose, size, place, light and block everything, in metres."""

from lichtspiel.stage.build import build
from lichtspiel.stage.world import World

__all__ = ["World", "build"]
