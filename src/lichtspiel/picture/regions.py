"""Where a frame differs from the still plate of its shot, and how the two are joined.

A locked camera sees most of the picture unmoved. What moving things touch - themselves, their
shadows, reflections and the light they bounce - is found with a probe: two small renders with the
same random numbers, with and without the moving things. Light paths that meet none of them are
equal to the bit, so every difference is an influence.

Pictures are sRGB arrays (H, W, 3) of 8 bits; boxes are (left, top, right, bottom) in pixels, right
and bottom excluded.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Picture = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Box = tuple[int, int, int, int]

LOUD = 8.0
"""Difference of a probe pixel, of 255, that counts by itself."""
QUIET = 0.8
"""Mean difference over a neighbourhood, of 255, that counts."""
LONE = 8.0
"""No probe pixel counts for more than this in its neighbourhood's mean."""
MARGIN = 2
"""Probe pixels around what is touched."""
BOX_COST = 0.015
"""What another render of a box costs besides its pixels, as a share of the picture."""
UNSEEN, SEEN = 0.9, 3.0
"""Differences between frame and plate, of 255: below the first the plate stays to the bit, from
the second on the frame is taken whole. Between lies what remains of the denoised noise."""


def touched(still: Picture, moving: Picture) -> Mask:
    """Probe pixels that moving things have any influence on."""
    signed = moving.astype(np.float32) - still
    loud = np.abs(signed).max(axis=2) > LOUD
    # Clipped, so that a lone bright path does not pass for an influence on its neighbourhood.
    mean = ndimage.uniform_filter(np.clip(signed, -LONE, LONE), (7, 7, 1))
    quiet = np.abs(mean).max(axis=2) > QUIET
    found: Mask = ndimage.binary_opening(loud | quiet, np.ones((2, 2), bool)) | (loud & quiet)
    return found


def covered(boxes: Iterable[Box], shape: tuple[int, int]) -> Mask:
    """Mask of what lies in any of the boxes, which may reach outside."""
    mask = np.zeros(shape, bool)
    for left, top, right, bottom in boxes:
        mask[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] = True
    return mask


def widened(mask: Mask) -> Mask:
    """The mask with a safety margin around it."""
    wide: Mask = (
        ndimage.binary_dilation(mask, np.ones((3, 3), bool), iterations=MARGIN) if mask.any() else mask
    )
    return wide


def enlarged(mask: Mask, shape: tuple[int, int]) -> Mask:
    """A probe's mask at the size (height, width) of the picture."""
    rows = np.arange(shape[0]) * mask.shape[0] // shape[0]
    columns = np.arange(shape[1]) * mask.shape[1] // shape[1]
    large: Mask = mask[rows[:, None], columns[None]]
    return large


def boxes_around(mask: Mask) -> list[Box]:
    """Few boxes that hold all of the mask, joined where one large render beats two small ones."""
    labels, _ = ndimage.label(mask, np.ones((3, 3), bool))
    boxes = [(c.start, r.start, c.stop, r.stop) for r, c in ndimage.find_objects(labels)]
    extra = BOX_COST * mask.size
    while len(boxes) > 1:
        pairs = itertools.combinations(range(len(boxes)), 2)
        gains = {(i, j): _gain(boxes[i], boxes[j], extra) for i, j in pairs}
        best = max(gains, key=lambda pair: gains[pair])
        if gains[best] <= 0:
            break
        joint = _around(boxes[best[0]], boxes[best[1]])
        boxes = [box for index, box in enumerate(boxes) if index not in best] + [joint]
    return sorted(boxes)


def area(boxes: Iterable[Box]) -> int:
    """Pixels of all boxes together, overlaps counted twice."""
    return sum((right - left) * (bottom - top) for left, top, right, bottom in boxes)


def joined(plate: Picture, crop: Picture, box: Box, mask: Mask) -> Picture:
    """The plate with a rendered box laid in where the mask (H, W) and the difference ask for it.

    Where nothing is laid in, the plate's pixels are kept to the bit.
    """
    left, top, right, bottom = box
    below = plate[top:bottom, left:right].astype(np.float32)
    change = crop.astype(np.float32) - below
    seen = ndimage.uniform_filter(np.abs(change).max(axis=2), 3)
    share = np.clip((seen - UNSEEN) / (SEEN - UNSEEN), 0.0, 1.0)
    soft = ndimage.uniform_filter(mask[top:bottom, left:right].astype(np.float32), 5, mode="nearest")
    weight = (share * np.clip(2 * soft - 1, 0.0, 1.0))[..., None]
    result = plate.copy()
    result[top:bottom, left:right] = np.clip(below + weight * change + 0.5, 0, 255).astype(np.uint8)
    return result


def _around(first: Box, second: Box) -> Box:
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[2], second[2]),
        max(first[3], second[3]),
    )


def _gain(first: Box, second: Box, extra: float) -> float:
    return area((first, second)) + extra - area((_around(first, second),))
