"""How a thing lies on a surface that need not be level."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array, Asset, Quat, Shape, Vec3
from lichtspiel.library.mesh import rotation_matrix, turn
from lichtspiel.stage.instance import Instance

GAP_M = 0.0005
"""Left between a thing and what it is put on."""
ROUND = 1.06
"""What is nowhere farther from its axis than this share of half its width is round about it."""


def outline(asset: Asset) -> Array:
    """(N, 3) points of all that a thing shows and meets others with, in its own frame."""
    found = []
    for part in asset.parts:
        own = [part.mesh.vertices] if part.mesh is not None else []
        own += [_corners(shape) for shape in part.shapes if shape.collides]
        if own:
            turned = np.concatenate(own) @ rotation_matrix(part.orientation).T
            found.append(np.asarray(part.position) + turned)
    return np.concatenate(found)


def _corners(shape: Shape) -> Array:
    """(N, 3) corners of what has any; what is round lies within its mesh."""
    if shape.vertices is not None:
        points = shape.vertices
    elif shape.kind == "box":
        points = np.array(list(np.ndindex(2, 2, 2))) * 2.0 * shape.size - shape.size
    else:
        points = np.zeros((1, 3))
    return np.asarray(shape.position + points @ rotation_matrix(shape.orientation).T)


def rolling_axis(asset: Asset) -> Vec3 | None:
    """The axis that a thing is round about: a barrel's through its heads; None where there is none."""
    points = outline(asset)
    low, high = points.min(0), points.max(0)
    middle, half = (low + high) / 2, (high - low) / 2
    for axis in sorted(range(3), key=lambda k: -abs(half[k] - np.median(half))):
        across = [k for k in range(3) if k != axis]
        reach = float(np.linalg.norm((points - middle)[:, across], axis=1).max())
        if reach <= ROUND * half[across].min():
            one = np.eye(3)[axis]
            return (float(one[0]), float(one[1]), float(one[2]))
    return None


def lay(instance: Instance, at: Array, normal: Array, orientation: Quat) -> float:
    """Turn a thing so and put it on a surface, its middle over a point.

    at: (3,) on the surface. normal: (3,) unit, away from it. Returns how high its middle is above it.
    """
    points = outline(instance.asset) @ rotation_matrix(orientation).T
    middle = (points.min(0) + points.max(0)) / 2
    lowest = float((points @ normal).min())
    instance.orientation = orientation
    instance.position = at - middle + (middle @ normal - lowest + GAP_M) * normal
    return float(middle @ normal) - lowest


def reach(instance: Instance, way: Array) -> float:
    """How far it reaches from its middle, against a direction (3,)."""
    along = outline(instance.asset) @ rotation_matrix(instance.orientation).T @ way
    return float(np.ptp(along)) / 2


def between(first: Array | Vec3, second: Array | Vec3) -> Quat:
    """The shortest turn of one direction (3,) to another's line."""
    one, other = np.asarray(first, float), np.asarray(second, float)
    other = other if one @ other >= 0 else -other
    axis = np.cross(one, other)
    sine = float(np.linalg.norm(axis))
    if sine < 1e-9:
        return (1.0, 0.0, 0.0, 0.0)
    return turn((axis[0], axis[1], axis[2]), float(np.arctan2(sine, one @ other)))
