"""What is kept of a finished video."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Variant:
    """One file of a video."""

    file: str
    media_type: str


VARIANTS: Mapping[str, Variant] = {
    "video": Variant("video.mp4", "video/mp4"),
    "thumbnail": Variant("thumbnail.webp", "image/webp"),
    "spritesheet": Variant("spritesheet.jpg", "image/jpeg"),
}
