"""Where a studio keeps its database and its films, and who may work there."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs


class StudioError(Exception):
    """The studio cannot open; the message is one line that says what to do."""


@dataclass(frozen=True)
class Home:
    """A studio's own folder, which only its owner can read."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "studio.sqlite"

    def media(self, video: str) -> Path:
        """The folder of a video's film and stills."""
        return self.folder / "media" / video

    def work(self, video: str) -> Path:
        """The folder in which a video is made."""
        return self.folder / "work" / video

    @contextmanager
    def alone(self, role: str, wait: bool) -> Iterator[None]:
        """Hold this role in the studio until the block or this process ends, however it does.

        Without `wait`, raises StudioError when another process holds the role.
        """
        with (self.folder / f"{role}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise StudioError(
                    f"The studio in {self.folder} is open already: close it first, "
                    "or name another folder in LICHTSPIEL_STUDIO."
                ) from error
            yield


def home() -> Home:
    """The studio in `LICHTSPIEL_STUDIO`, else in the user's data; made if need be. Raises StudioError."""
    chosen = os.environ.get("LICHTSPIEL_STUDIO")
    folder = Path(chosen) if chosen else platformdirs.user_data_path("lichtspiel") / "studio"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / "media").mkdir(exist_ok=True)
    except OSError as error:
        raise StudioError(
            f"The studio's folder {folder} cannot be written ({error.strerror}): "
            "name another in LICHTSPIEL_STUDIO."
        ) from error
    return Home(folder.resolve())
