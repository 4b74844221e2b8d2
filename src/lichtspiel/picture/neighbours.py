"""Join a frame of a moving camera with the frames before and after it.

What a frame shows was seen by its neighbours too, from elsewhere and with other noise. The depth of
every pixel, the two cameras and the poses of what moves tell exactly where. The mean of the three
has the noise of three times the samples, and it flickers less than any of them.

A neighbour counts only where it sees the same point and where it agrees: reflections, moving
shadows and what was hidden differ, and there the frame keeps its own picture. Since the frame lies
in the middle of its neighbours, what changes evenly in time stays in its place.

Pictures are sRGB arrays (H, W, 3) of 8 bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Picture = NDArray[np.uint8]
Values = NDArray[np.float32]
Matrix = NDArray[np.float64]

FAR_M = 1e5
"""The sky is taken to be this far away."""
DEPTH_TOLERANCE = 0.02
"""Two cameras see the same point when its depths differ by less than this share."""
ALIKE, DIFFERENT = 5.0, 12.0
"""Differences of a neighbour, of 255: up to the first it counts whole, from the second on not at
all. Between lies what the denoiser leaves of the noise."""
EDGE = 0.2
"""Share of the contrast around a pixel by which it may differ more."""


@dataclass(frozen=True, eq=False)
class View:
    """A rendered frame, and what it takes to find its points in another one."""

    picture: Picture
    depth: Values
    """(H, W) metres along the camera's axis."""
    body: NDArray[np.intp]
    """(H, W) number of the moving body that a pixel shows, 0 for what stands still."""
    lens: Matrix
    """(4, 4) from the camera's own coordinates to the picture (OpenGL's clip space)."""
    camera: Matrix
    """(4, 4) pose of the camera in the world."""
    poses: Mapping[int, Matrix]
    """(4, 4) pose of each moving body in the world."""


def settled(view: View, neighbours: Iterable[View]) -> Picture:
    """The picture of a view, joined with its neighbours where they agree with it."""
    own = view.picture.astype(np.float32)
    total, weights = own.copy(), np.ones(own.shape[:2], np.float32)
    for other in neighbours:
        seen, valid = carried(other, view)
        weight = np.where(valid, agreement(own, seen), np.float32(0.0))
        total += weight[..., None] * _within(own, seen)
        weights += weight
    joined: Picture = np.clip(total / weights[..., None] + 0.5, 0.0, 255.0).astype(np.uint8)
    return joined


def carried(source: View, target: View) -> tuple[Values, NDArray[np.bool_]]:
    """The source's picture (H, W, 3) as the target's camera would see it, and where it is seen at all."""
    x, y, depth = _places(source, target)
    height, width = target.depth.shape
    inside = (x >= 0) & (x <= width - 1) & (y >= 0) & (y <= height - 1) & (depth > 0)
    column = np.clip(np.rint(x), 0, width - 1).astype(np.intp)
    row = np.clip(np.rint(y), 0, height - 1).astype(np.intp)
    there = np.minimum(source.depth, FAR_M)
    nearest = ndimage.minimum_filter(there, 3)[row, column] * (1 - DEPTH_TOLERANCE)
    farthest = ndimage.maximum_filter(there, 3)[row, column] * (1 + DEPTH_TOLERANCE)
    same = (source.body[row, column] == target.body) & (depth >= nearest) & (depth <= farthest)
    seen = np.empty(source.picture.shape, np.float32)
    for channel in range(3):
        plane = source.picture[..., channel].astype(np.float32)
        # Cubic: linear steps would soften the picture.
        ndimage.map_coordinates(plane, (y, x), seen[..., channel], order=3, mode="nearest")
    return np.clip(seen, 0.0, 255.0), inside & same


def agreement(own: Values, seen: Values) -> Values:
    """How much (H, W) of a neighbour's picture counts, 0 … 1, by its difference in colour.

    Noise has no mean over a neighbourhood; a change has. Along edges, where few samples leave the
    most noise, the bounds are wider.
    """
    mean = np.abs(ndimage.uniform_filter(seen - own, (5, 5, 1))).max(axis=2)
    grey = own.mean(axis=2)
    mean -= np.float32(EDGE) * (ndimage.maximum_filter(grey, 5) - ndimage.minimum_filter(grey, 5))
    weight: Values = np.clip((DIFFERENT - mean) / (DIFFERENT - ALIKE), 0.0, 1.0).astype(np.float32)
    return weight


def _within(own: Values, seen: Values) -> Values:
    """A neighbour's picture, held to the colours that the frame shows around each pixel.

    So edges are smoothed by all samples, and nothing appears that the frame does not show.
    """
    low, high = ndimage.minimum_filter(own, (3, 3, 1)), ndimage.maximum_filter(own, (3, 3, 1))
    held: Values = np.clip(seen, low - np.float32(ALIKE), high + np.float32(ALIKE))
    return held


def _places(source: View, target: View) -> tuple[Values, Values, Values]:
    """Where the points of the target's pixels are in the source: column, row and depth (H, W)."""
    height, width = target.depth.shape
    depth = np.minimum(target.depth, FAR_M)
    across = ((np.arange(width, dtype=np.float32) + 0.5) / width * 2 - 1)[None, :]
    up = (1 - (np.arange(height, dtype=np.float32) + 0.5) / height * 2)[:, None]
    x = (across + np.float32(target.lens[0, 2])) * depth / np.float32(target.lens[0, 0])
    y = (up + np.float32(target.lens[1, 2])) * depth / np.float32(target.lens[1, 1])
    still = source.lens @ np.linalg.inv(source.camera) @ target.camera
    columns, rows, far = _projected(still, x, y, depth)
    for number in np.unique(target.body):
        if number in source.poses and number in target.poses:
            moved = source.poses[number] @ np.linalg.inv(target.poses[number]) @ target.camera
            here = target.body == number
            columns[here], rows[here], far[here] = _projected(
                source.lens @ np.linalg.inv(source.camera) @ moved, x[here], y[here], depth[here]
            )
    return (columns + 1) / 2 * width - 0.5, (1 - rows) / 2 * height - 0.5, far


def _projected(matrix: Matrix, x: Values, y: Values, depth: Values) -> tuple[Values, Values, Values]:
    """Points in front of a camera, which looks along -z, in the clip space that the matrix leads to."""
    across, up, _, far = (
        np.float32(row[0]) * x + np.float32(row[1]) * y - np.float32(row[2]) * depth + np.float32(row[3])
        for row in matrix
    )
    safe = np.where(np.abs(far) > 1e-9, far, np.float32(1e-9))
    return across / safe, up / safe, far
