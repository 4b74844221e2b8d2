"""What every engine does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from lichtspiel.engines.record import FilmRecord
from lichtspiel.engines.request import FilmRequest

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done and how much there is; from any thread."""


class FilmError(Exception):
    """No film can be made of this; the message is one line that says what to do."""


class EngineError(Exception):
    """The engine failed, and not by the person's fault; the message says where it left its words."""


class Engine(Protocol):
    """Makes films of screenplays."""

    def film(self, request: FilmRequest, progress: Progress) -> FilmRecord:
        """Make the film at the request's path and return what it carries inside.

        The file appears only when it is complete. After an interruption the same request goes
        on where it stopped. Raises FilmError and EngineError.
        """
