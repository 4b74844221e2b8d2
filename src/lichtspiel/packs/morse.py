"""Takes the grain of skin out of a Blender file of the MORSE simulator's data.

The file holds a texture of MakeHuman's, in the layout of the base mesh that all bodies here share. Of it only
what is finer than a centimetre is kept, as shares of the colour around: pores and mottling fit every tone,
eyes, lips and shadows of one man's face do not.
"""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

SOURCE = "human_rig.blend"
SIZE = 2048
_NUMBER = 5
"""Of the skin among the pictures packed in the file."""
_BEGINS, _ENDS = b"\x89PNG\r\n\x1a\n", b"IEND"
_CHECKSUM = 4
_FINE_TEXELS = 10.0
"""Deviation of what counts as around: about half a centimetre."""
MIDDLE, DEEPEST = 128, 0.3
"""Value of skin that is no lighter than what is around, and the share that the whole range spans each way."""


def convert(source: Path, target: Path) -> None:
    """Write `grain.png`, three channels of `SIZE` texels. Raises ValueError where there is no skin."""
    pictures = _pictures(gzip.decompress((source / SOURCE).read_bytes()))
    if len(pictures) <= _NUMBER:
        raise ValueError(f"there are {len(pictures)} pictures in {SOURCE}, and none is the skin")
    with Image.open(io.BytesIO(pictures[_NUMBER])) as picture:
        skin = np.asarray(picture.convert("RGB").resize((SIZE, SIZE)), np.float32) / 255
    target.mkdir(parents=True)
    Image.fromarray(grain(skin**2.2)).save(target / "grain.png", optimize=True)


def grain(skin: NDArray[np.floating]) -> NDArray[np.uint8]:
    """(S, S, 3) how much lighter linear colours are than those around them."""
    around = ndimage.gaussian_filter(skin, (_FINE_TEXELS, _FINE_TEXELS, 0))
    share = np.clip((skin / np.maximum(around, 1e-3) - 1) / DEEPEST, -1, 1)
    return np.asarray(np.round(MIDDLE + 127 * share), np.uint8)


def _pictures(data: bytes) -> list[bytes]:
    """All PNG files within other data, in their order."""
    found, begin = [], data.find(_BEGINS)
    while begin >= 0:
        end = data.index(_ENDS, begin) + len(_ENDS) + _CHECKSUM
        found.append(data[begin:end])
        begin = data.find(_BEGINS, end)
    return found
