"""Pores and mottling of photographed skin, where the pack that holds them is installed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image

from lichtspiel.library.asset import Array
from lichtspiel.packs import store
from lichtspiel.packs.install import is_installed
from lichtspiel.packs.morse import DEEPEST, MIDDLE
from lichtspiel.packs.pack import packs
from lichtspiel.picture.people.fields import step
from lichtspiel.picture.people.pigment import beard_region
from lichtspiel.picture.people.texels import Floats, Texels

PACK = "skin"
_MOST = 0.14
"""Share by which it makes skin lighter or darker at most: moles, lashes and nostrils are drawn, not taken."""
_HAIRLINE = 1.5, 2.6
"""Height in face units over which it fades away: above, the photographed head is shaven."""
_BEARDLESS = 0.8


def sort() -> str:
    """Name of what skin is drawn with: another one, other pictures."""
    return packs()[PACK].sha256 if is_installed(packs()[PACK]) else ""


def grained(where: Texels) -> Floats:
    """(N, 3) factors on the colour of skin; ones where the pack is not installed."""
    if not is_installed(packs()[PACK]):
        return np.ones((1, 3))
    grain = _picture(store.content(PACK, "grain.png"), where.size).reshape(-1, 3)[where.covered]
    head = step(where.face[:, 2], *_HAIRLINE) * (where.face[:, 2] > _HAIRLINE[0])
    bare = (1 - _BEARDLESS * beard_region(where.face)) * (1 - head)
    bare = bare * (1 - where.mask("lips")) * (1 - where.mask("ears"))
    return np.asarray(1 + bare[:, None] * np.clip(grain, -_MOST, _MOST))


@lru_cache(maxsize=2)
def _picture(path: Path, size: int) -> Array:
    """(size, size, 3) lighter or darker by these shares."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").resize((size, size), Image.Resampling.LANCZOS)
    return (np.asarray(small, float) - MIDDLE) / 127 * DEEPEST
