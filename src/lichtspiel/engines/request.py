"""What a film is asked to be beyond its screenplay."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lichtspiel.picture import STANDARD, Quality
from lichtspiel.screenplay import Screenplay, Understanding


@dataclass(frozen=True)
class FilmRequest:
    """One film to make. `output` is the file it shall become."""

    screenplay: Screenplay
    understanding: Understanding
    output: Path
    quality: Quality = STANDARD
    save_blend: Path | None = None
    """Also leave the whole scene as a Blender file there."""

    @property
    def frame_count(self) -> int:
        return max(1, round(self.screenplay.duration_s * self.quality.fps))
