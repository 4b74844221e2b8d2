"""What a film is asked to be beyond its screenplay: how well and how large it is pictured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lichtspiel.screenplay import Screenplay, Understanding


class Quality(StrEnum):
    """Care that is spent on the picture. The film stays the same."""

    DRAFT = "draft"
    STANDARD = "standard"
    PRO = "pro"


@dataclass(frozen=True)
class Format:
    """Size in pixels and frame rate of a film."""

    width: int
    height: int
    fps: int


FORMATS: Mapping[Quality, Format] = {
    Quality.DRAFT: Format(270, 480, 12),
    Quality.STANDARD: Format(480, 854, 24),
    Quality.PRO: Format(720, 1280, 24),
}


@dataclass(frozen=True)
class FilmRequest:
    """One film to make. `output` is the file it shall become."""

    screenplay: Screenplay
    understanding: Understanding
    output: Path
    quality: Quality = Quality.STANDARD
    format: Format = FORMATS[Quality.STANDARD]
    save_blend: Path | None = None
    """Also leave the whole scene as a Blender file there."""

    @property
    def frame_count(self) -> int:
        return max(1, round(self.screenplay.duration_s * self.format.fps))
