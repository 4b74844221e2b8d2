"""Clears away what belongs to no video any more.

Only files of videos that the database knows to be over are deleted: rows of videos stay for ever, so
files it does not know belong to another studio, or to one that is being restored.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from lichtspiel.studio.database import Sessions
from lichtspiel.studio.home import Home
from lichtspiel.studio.jobs import queue
from lichtspiel.studio.jobs.shelf import Shelf
from lichtspiel.studio.media import Media

KEEP_BYTES = 4 << 30
"""The work on completed videos stays up to this size, the most recent first."""

_AT_ONCE = 500
_PREFIX = "video_"


def tidy(
    home: Home, database: Sessions, media: Media, shelf: Shelf | None, keep_bytes: int = KEEP_BYTES
) -> None:
    """Delete files of videos that were deleted, failed or expired, and work that nobody goes on with."""
    for video, (status, over) in _known(database, media.folders()):
        if over or status == "failed":
            media.delete(video)
    if shelf is not None:
        for video, (status, over) in _known(database, shelf.videos()):
            if over or status not in _UNFINISHED:
                shelf.clear(video)
    works = [folder for folder in home.work("").glob(f"{_PREFIX}*") if folder.is_dir()]
    done = []
    for video, (status, over) in _known(database, (folder.name for folder in works)):
        if over or status == "failed":
            shutil.rmtree(home.work(video), ignore_errors=True)
        elif status == "completed":
            done.append(home.work(video))
    _trim(done, keep_bytes)


_UNFINISHED = ("queued", "in_progress")


def _known(database: Sessions, videos: Iterable[str]) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Those videos that the studio knows, with their status and whether their files are to go."""
    for some in itertools.batched(
        (name for name in videos if name.startswith(_PREFIX)), _AT_ONCE, strict=False
    ):
        yield from queue.known(database, some).items()


def _trim(folders: list[Path], keep_bytes: int) -> None:
    total = 0
    for folder in sorted(folders, key=lambda folder: -folder.stat().st_mtime):
        total += sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        if total > keep_bytes:
            shutil.rmtree(folder, ignore_errors=True)
