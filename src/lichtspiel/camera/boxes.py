"""Boxes around things, which stand for them in framing."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array, Part, Shape
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.take import Take


def box_corners(part: Part) -> Array | None:
    """The eight corners of the box around a part, in its own frame; None where it has no form."""
    clouds = [part.mesh.vertices] if part.mesh is not None else [_extent(shape) for shape in part.shapes]
    return box_of(np.concatenate(clouds)) if clouds else None


def _extent(shape: Shape) -> Array:
    half = half_extents(shape)
    signs = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
    return np.asarray((signs * half) @ rotation_matrix(shape.orientation).T + shape.position)


def half_extents(shape: Shape) -> Array:
    """Half lengths of the box around a shape in its own frame, metres; zero for a plane."""
    match shape.kind:
        case "sphere":
            return np.full(3, shape.size[0])
        case "box" | "ellipsoid":
            return np.array(shape.size)
        case "cylinder":
            return np.array([shape.size[0], shape.size[0], shape.size[1]])
        case "capsule":
            return np.array([shape.size[0], shape.size[0], shape.size[1] + shape.size[0]])
        case "hull" if shape.vertices is not None:
            return np.abs(shape.vertices).max(0)
        case _:
            return np.zeros(3)


def box_of(points: Array) -> Array:
    """Corners (8, 3) of the box around points."""
    low, high = points.min(0), points.max(0)
    return np.array([np.where(mask, high, low) for mask in np.ndindex(2, 2, 2)])


def corners_at(take: Take, name: str, corners: Array, time_s: float) -> Array:
    """The corners of a body (8, 3) at a world time."""
    # What has broken is looked for where it broke.
    column = take.index(name)
    position, orientation = take.pose(name, float(min(time_s, take.present[column, 1])))
    turned: Array = corners @ rotation_matrix(orientation).T + position
    return turned
