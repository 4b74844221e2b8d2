"""What every engine does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
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
    """Makes films of screenplays, whole or step by step.

    The steps of a film are `perform`, then `render` for all of its frames in any number of parts
    and `score` in any order, then `cut`. Each leaves its result in the film's work folder, which
    other processes and machines may go on with; whoever does a step again gets the same bytes.
    All raise FilmError and EngineError; `perform` and `score` raise PackMissingError too.
    """

    def film(self, request: FilmRequest, progress: Progress) -> FilmRecord:
        """Make the film at the request's path and return what it carries inside.

        The file appears only when it is complete. After an interruption the same request goes
        on where it stopped.
        """

    def key(self, request: FilmRequest) -> str:
        """Names what a work folder holds: the same for what would become the same film."""

    def perform(self, request: FilmRequest, folder: Path, progress: Progress) -> None:
        """Stage and simulate the film; the folder then has what all later steps need."""

    def render(self, folder: Path, frames: Sequence[int], progress: Progress) -> None:
        """Render some frames. The same folder as in the last call is cheaper than another one."""

    def score(self, request: FilmRequest, folder: Path, progress: Progress) -> None:
        """Make the sound of the film, and its record."""

    def cut(self, folder: Path, progress: Progress) -> Path:
        """Make one file of frames, sound and record, and return it; beside it lie its archives."""

    def close(self) -> None:
        """End what the engine keeps for the next call."""


PERFORMED = ("screenplay.json", "job.json", "take.json", "take.npz", "camera.npz")
SCORED = ("sound.npy", "record.json")
"""What the steps leave in a work folder for those that follow; frames are `frame_name`s."""


def frame_name(frame: int) -> str:
    """The name of a frame in its work folder."""
    return f"frames/{frame:06d}.png"


def depth_name(frame: int) -> str:
    """The name of a frame's depth in its work folder, where the request asks for it."""
    return f"frames/{frame:06d}.exr"
