"""Carries the work on a film between machines that have no folder in common.

Where they have one, or where there is but one machine, nothing is carried.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lichtspiel.engines.engine import frame_name
from lichtspiel.studio.media import Media

FOLDER = "work"
"""In the studio's files; below it the films in the making by the ids of their videos."""

_FRAMES = frame_name(0).rpartition("/")[0]
_AT_ONCE = 8


class Shelf:
    """The studio's files as a place for unfinished work."""

    def __init__(self, media: Media) -> None:
        self._media = media

    def put(self, video: str, folder: Path, names: Iterable[str]) -> None:
        """Leave files of a work folder for other machines."""
        with ThreadPoolExecutor(_AT_ONCE) as many:
            list(many.map(lambda name: self._media.put(_name(video, name), folder / name), names))

    def fetch(self, video: str, folder: Path, *, frames: bool) -> None:
        """Bring what others have left, and is not there yet, into a work folder; frames only if asked."""
        start = _name(video, "")
        left = [name.removeprefix(start) for name in self._media.names(start.rstrip("/"))]
        wanted = [name for name in left if frames or not name.startswith(_FRAMES)]
        missing = [name for name in wanted if not (folder / name).exists()]
        with ThreadPoolExecutor(_AT_ONCE) as many:
            list(many.map(lambda name: self._media.fetch(_name(video, name), folder / name), missing))

    def clear(self, video: str) -> None:
        """Forget the work on a film."""
        self._media.delete(_name(video, "").rstrip("/"))

    def videos(self) -> list[str]:
        """The films that there is work of."""
        return self._media.folders(FOLDER)


def _name(video: str, name: str) -> str:
    return f"{FOLDER}/{video}/{name}"
