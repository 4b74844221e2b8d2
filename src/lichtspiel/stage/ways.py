"""How far one can go in a place: along the ground that is seen to be level, past all that stands on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array, Shape
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.place import PlaceAsset
from lichtspiel.stage.layout import Ground

FAR_M = 60.0
"""Nobody goes farther within a film."""
_STEP_M = 0.5
"""Length of the pieces into which a way is cut to look at it."""
_HALF_M = 0.6
"""Half the width that somebody who runs, rides or skis takes up."""
_LEVEL_M = 0.06
"""How far ground may be above or below where feet are, unseen."""
_BOX = np.array([0, 1, 3, 2, 4, 5, 7, 6, 0, 1, 5, 4, 2, 3, 7, 6, 0, 2, 6, 4, 1, 3, 7, 5])
_QUADS = np.full(6, 4)
"""Faces of a box by its corners, the last coordinate counting fastest."""
_SEEN_WHOLE_M, _TOWARD = 2.6, 0.3
"""Nearest at which an upright picture holds a grown-up; least cosine at which a way leads to the camera."""
_SHIN_M, _HEAD_M = 0.45, 2.0
"""What is seen is in the way between these heights: one runs through grass and under branches."""


def stretch(place: PlaceAsset, ground: Ground, heading: Array) -> tuple[float, float]:
    """How far one can go from the middle of a ground against `heading` and along it, metres: (-back, ahead).

    heading: (3,) unit vector along the ground.
    """
    edges = np.arange(-FAR_M, FAR_M + _STEP_M, _STEP_M)
    carried, barred = np.zeros(len(edges) - 1, bool), np.zeros(len(edges) - 1, bool)
    for part in place.parts:
        is_ground = any(shape.kind == "plane" for shape in part.shapes)
        for shape in filter(_is_solid, part.shapes):
            low, high = _within(_along(_corners(shape), ground, heading), _BOX, _QUADS)
            barred |= _touched(low, high, edges, _LEVEL_M, _HEAD_M)
        if part.mesh is None:
            continue
        seen = _along(part.mesh.vertices, ground, heading)
        low, high = _within(seen, part.mesh.corners, part.mesh.sizes)
        barred |= _touched(low, high, edges, _LEVEL_M if is_ground else _SHIN_M, _HEAD_M)
        carried |= _touched(low, high, edges, -_LEVEL_M, _LEVEL_M)
    back, ahead = _around_middle(carried & ~barred)
    before = _before_camera(place, ground, heading)
    return max(back, -before[0]), min(ahead, before[1])


def _before_camera(place: PlaceAsset, ground: Ground, heading: Array) -> tuple[float, float]:
    """How far one can go against `heading` and along it in a room whose camera has a wall behind it, so that
    it still sees all of them."""
    toward = float(heading @ ground.facing)
    if place.camera_bounds is None or abs(toward) < _TOWARD:
        return FAR_M, FAR_M
    wall_m = max(float((np.array(corner) - ground.centre) @ ground.facing) for corner in place.camera_bounds)
    free = max(0.0, wall_m - _SEEN_WHOLE_M) / abs(toward)
    return (FAR_M, free) if toward > 0 else (free, FAR_M)


def _around_middle(free: NDArray[np.bool_]) -> tuple[float, float]:
    """The ends of the free pieces that hang together with the middle one."""
    middle = len(free) // 2
    if not free[middle - 1 : middle + 1].all():
        return 0.0, 0.0
    back, ahead = np.argmin(free[:middle][::-1]), np.argmin(free[middle:])
    return (
        -_STEP_M * float(back if not free[:middle].all() else middle),
        _STEP_M * float(ahead if not free[middle:].all() else len(free) - middle),
    )


def _is_solid(shape: Shape) -> bool:
    return shape.collides and shape.kind in ("box", "cylinder", "hull")


def _corners(shape: Shape) -> Array:
    """Corners (8, 3) of the box about a solid, metres of the place, in the order of `_BOX`."""
    if shape.vertices is not None:
        low, high = shape.vertices.min(0), shape.vertices.max(0)
    else:
        size = shape.size if shape.kind == "box" else (shape.size[0], shape.size[0], shape.size[1])
        low, high = -np.array(size), np.array(size)
    points = np.array([np.where(mask, high, low) for mask in np.ndindex(2, 2, 2)], float)
    return np.asarray(points @ rotation_matrix(shape.orientation).T + np.array(shape.position))


def _within(points: Array, corners: NDArray[np.integer], sizes: NDArray[np.integer]) -> tuple[Array, Array]:
    """Lowest and highest (P, 3) along a way, across it and above the ground of what of each polygon lies
    within its width; ±inf of nothing. Convex polygons as in a mesh, points (V, 3) as of `_along`."""
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    following = np.arange(1, len(corners) + 1)
    following[begins + sizes - 1] = begins
    start = points[corners]
    step = start[following] - start
    # A convex polygon cut to a strip has its corners inside and where its edges cross the borders.
    found = [np.where(np.abs(start[:, 1:2]) <= _HALF_M, start, np.nan)]
    for border in (-_HALF_M, _HALF_M):
        with np.errstate(divide="ignore", invalid="ignore"):
            share = ((border - start[:, 1]) / step[:, 1])[:, None]
            found.append(np.where((share >= 0) & (share <= 1), start + share * step, np.nan))
    low, high = np.fmin.reduce(found), np.fmax.reduce(found)
    low, high = np.fmin.reduceat(low, begins), np.fmax.reduceat(high, begins)
    return np.nan_to_num(low, nan=np.inf), np.nan_to_num(high, nan=-np.inf)


def _along(points: Array, ground: Ground, heading: Array) -> Array:
    across = np.array([-heading[1], heading[0], 0.0])
    return np.asarray((points - ground.centre) @ np.stack([heading, across, [0.0, 0.0, 1.0]], 1))


def _touched(low: Array, high: Array, edges: Array, bottom: float, top: float) -> NDArray[np.bool_]:
    """Which pieces of the way between `edges` boxes (N, 3) reach into, between two heights."""
    near = (low[:, 1] <= _HALF_M) & (high[:, 1] >= -_HALF_M) & (low[:, 2] < top) & (high[:, 2] > bottom)
    first = np.searchsorted(edges, low[near, 0], "right") - 1
    last = np.searchsorted(edges, high[near, 0], "left")
    within = (last > 0) & (first < len(edges) - 1)
    # +1 where a box begins, −1 behind its end: their running sum counts the boxes over each piece.
    count = np.zeros(len(edges) + 1)
    np.add.at(count, np.clip(first[within], 0, len(edges) - 1), 1)
    np.add.at(count, np.clip(last[within], 0, len(edges) - 1), -1)
    return np.asarray(np.cumsum(count)[: len(edges) - 1] > 0)
