"""How far one can go in a place: along the ground that is seen to be level, past all that stands on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array, Part, Shape
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
        boxes = [_box(_corners(shape), ground, heading) for shape in part.shapes if _is_solid(shape)]
        for low, high in boxes:
            barred |= _touched(low[None], high[None], edges, _LEVEL_M, _HEAD_M)
        if part.mesh is None:
            continue
        low, high = _polygons(part, ground, heading)
        barred |= _touched(low, high, edges, _LEVEL_M if is_ground else _SHIN_M, _HEAD_M)
        carried |= _touched(low, high, edges, -_LEVEL_M, _LEVEL_M)
    return _around_middle(carried & ~barred) if place.acoustics.room_m is None else (0.0, 0.0)


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
    """Points (N, 3) of a solid, metres of the place; of a cylinder those of its box."""
    if shape.vertices is not None:
        points = shape.vertices
    else:
        size = shape.size if shape.kind == "box" else (shape.size[0], shape.size[0], shape.size[1])
        points = np.array([np.where(mask, size, np.negative(size)) for mask in np.ndindex(2, 2, 2)], float)
    return np.asarray(points @ rotation_matrix(shape.orientation).T + np.array(shape.position))


def _box(points: Array, ground: Ground, heading: Array) -> tuple[Array, Array]:
    """Lowest and highest (3,) of points along a way, across it and above the ground."""
    seen = _along(points, ground, heading)
    return seen.min(0), seen.max(0)


def _polygons(part: Part, ground: Ground, heading: Array) -> tuple[Array, Array]:
    """The same of each polygon of a part, (P, 3)."""
    assert part.mesh is not None
    corners = _along(part.mesh.vertices, ground, heading)[part.mesh.corners]
    begins = np.concatenate([[0], np.cumsum(part.mesh.sizes)[:-1]])
    return np.minimum.reduceat(corners, begins), np.maximum.reduceat(corners, begins)


def _along(points: Array, ground: Ground, heading: Array) -> Array:
    across = np.array([-heading[1], heading[0], 0.0])
    return np.asarray((points - ground.centre) @ np.stack([heading, across, [0.0, 0.0, 1.0]], 1))


def _touched(low: Array, high: Array, edges: Array, bottom: float, top: float) -> NDArray[np.bool_]:
    """Which pieces of the way between `edges` boxes (N, 3) reach into, between two heights."""
    near = (low[:, 1] < _HALF_M) & (high[:, 1] > -_HALF_M) & (low[:, 2] < top) & (high[:, 2] > bottom)
    first = np.searchsorted(edges, low[near, 0], "right") - 1
    last = np.searchsorted(edges, high[near, 0], "left")
    within = (last > 0) & (first < len(edges) - 1)
    # +1 where a box begins, −1 behind its end: their running sum counts the boxes over each piece.
    count = np.zeros(len(edges) + 1)
    np.add.at(count, np.clip(first[within], 0, len(edges) - 1), 1)
    np.add.at(count, np.clip(last[within], 0, len(edges) - 1), -1)
    return np.asarray(np.cumsum(count)[: len(edges) - 1] > 0)
