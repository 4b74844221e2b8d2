"""The models that run here: names for tiers of quality, and the sizes they come in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lichtspiel.picture import MAX_SIDE, MIN_SIDE, TIERS, Quality

_SORA_2 = ("720x1280", "1280x720")
_SORA_2_PRO = (*_SORA_2, "1024x1792", "1792x1024", "1080x1920", "1920x1080")


@dataclass(frozen=True)
class Model:
    """What a model's name stands for."""

    name: str
    quality: Quality
    sizes: tuple[str, ...] | None
    """The sizes it is asked for by, its default first; None = any even sides in bounds."""

    def size(self, wished: str | None) -> tuple[int, int]:
        """Width and height in pixels. Raises ValueError."""
        if wished is None:
            if self.sizes is None:
                return self.quality.width, self.quality.height
            wished = self.sizes[0]
        if self.sizes is not None and wished not in self.sizes:
            raise ValueError(f"{self.name} comes in {', '.join(self.sizes)}")
        match = re.fullmatch(r"([0-9]{2,4})x([0-9]{2,4})", wished)
        sides = (int(match[1]), int(match[2])) if match else (0, 0)
        if any(side % 2 or not MIN_SIDE <= side <= MAX_SIDE for side in sides):
            raise ValueError(f"write it as 720x1280, with even sides of {MIN_SIDE} to {MAX_SIDE} pixels")
        return sides


MODELS: Mapping[str, Model] = {
    model.name: model
    for model in (
        *(Model(name, quality, None) for name, quality in TIERS.items()),
        *(
            Model(name, TIERS["standard"], _SORA_2)
            for name in ("sora-2", "sora-2-2025-10-06", "sora-2-2025-12-08")
        ),
        *(Model(name, TIERS["pro"], _SORA_2_PRO) for name in ("sora-2-pro", "sora-2-pro-2025-10-06")),
    )
}
