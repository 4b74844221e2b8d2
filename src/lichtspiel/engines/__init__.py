"""The way through the rooms: from a screenplay to a finished film, cached and resumable."""

from lichtspiel.engines.engine import Engine, EngineError, FilmError, Progress
from lichtspiel.engines.record import FilmRecord
from lichtspiel.engines.request import FilmRequest

# from lichtspiel.engines.world import WorldEngine

__all__ = ["Engine", "EngineError", "FilmError", "FilmRecord", "FilmRequest", "Progress"]
