"""How much care is spent on the picture. The film stays the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

MIN_SIDE, MAX_SIDE = 64, 4096
"""Of a picture, pixels; sides are even, as H.264 wants them."""

MAX_FPS = 60


@dataclass(frozen=True)
class Quality:
    """Size in pixels, frame rate, and samples per pixel."""

    name: str
    width: int
    height: int
    fps: int
    samples: int
    """Per pixel and frame of what moves before a locked camera."""
    still_samples: int
    """Per pixel of what a locked camera sees unmoved; rendered once per shot."""
    accurate: bool
    """Denoise with prefiltered guides and the denoiser's best filter."""

    @property
    def moving_samples(self) -> int:
        """Per pixel and frame when the camera moves: its neighbours' samples count too.

        They do not count in all that flashes past, so the highest tier forgoes none of its own.
        """
        return self.samples if self.accurate else max(1, self.samples // 2)

    def with_size(self, width: int, height: int) -> Quality:
        """The same care at another size."""
        return replace(self, width=width, height=height)

    def with_fps(self, fps: int) -> Quality:
        """The same care at another frame rate."""
        return replace(self, fps=fps)


DRAFT = Quality("draft", 270, 480, 12, samples=6, still_samples=16, accurate=False)
STANDARD = Quality("standard", 480, 854, 24, samples=6, still_samples=48, accurate=False)
PRO = Quality("pro", 720, 1280, 24, samples=64, still_samples=256, accurate=True)

TIERS: Mapping[str, Quality] = {tier.name: tier for tier in (DRAFT, STANDARD, PRO)}
