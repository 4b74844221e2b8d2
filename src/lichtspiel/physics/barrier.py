"""Solid shapes as barriers for points: push those that came in out again.

Points and vectors are (3, N), one row for each axis: several times faster than (N, 3) for a few hundred.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.spatial import ConvexHull

from lichtspiel.library.asset import Array, Shape
from lichtspiel.physics.rotation import product, rotate


@dataclass(frozen=True, eq=False)
class Barrier:
    """A shape at a place."""

    shape: Shape
    centre: Array
    """(3, 1) of the shape's own frame."""
    frame: Array
    """(3, 3) its axes, one in each column."""
    friction: float


def barrier(shape: Shape, position: Array, orientation: Array, friction: float) -> Barrier:
    """A shape of a part that stands at this pose."""
    turn = product(orientation, shape.orientation)
    centre = position + rotate(orientation, np.asarray(shape.position))
    return Barrier(shape, centre[:, None], rotate(turn, np.eye(3)).T, friction)


def push_out(solid: Barrier, points: Array, before: Array, clear_m: float, loose: Array) -> None:
    """Move points (3, N) out of a solid, to `clear_m` above its surface, in place.

    `before` is where they were a step ago: what slips along the surface is braked by Coulomb's law
    against how deep it came in. Points with loose = 0 stay.
    """
    local = solid.frame.T @ (points - solid.centre)
    gap = _gap(solid.shape, local)
    moved = np.flatnonzero((gap < clear_m) & (loose > 0))
    if not len(moved):
        return
    outward = solid.frame @ _normal(solid.shape, local[:, moved])
    depth = clear_m - gap[moved]
    place = points[:, moved] + depth * outward
    slip = place - before[:, moved]
    slip -= np.sum(slip * outward, axis=0) * outward
    length = np.sqrt(np.sum(slip * slip, axis=0))
    points[:, moved] = place - np.minimum(solid.friction * depth / np.maximum(length, 1e-12), 1.0) * slip


def _gap(shape: Shape, points: Array) -> Array:
    """(N,) signed distance from a shape, in its own frame."""
    match shape.kind:
        case "plane":
            return np.asarray(points[2])
        case "sphere" | "capsule":
            return _length(_core(shape, points)) - shape.size[0]
        case "ellipsoid":
            # First order about the surface, which is where cloth meets it.
            radii = np.asarray(shape.size, float)[:, None]
            scaled = _length(points / radii)
            return np.asarray((scaled - 1) * scaled / np.maximum(_length(points / radii**2), 1e-12))
        case "cylinder":
            return np.maximum(  # type: ignore[no-any-return]
                np.hypot(points[0], points[1]) - shape.size[0], np.abs(points[2]) - shape.size[1]
            )
        case "box":
            return np.asarray((np.abs(points) - np.asarray(shape.size, float)[:, None]).max(axis=0))
    faces = _hull(shape)
    return np.asarray((faces[:, :3] @ points + faces[:, 3:]).max(axis=0))


def _normal(shape: Shape, points: Array) -> Array:
    """(3, N) outward normals of a shape, in its own frame."""
    normal = np.zeros_like(points)
    match shape.kind:
        case "plane":
            normal[2] = 1.0
        case "sphere" | "capsule":
            normal = _unit(_core(shape, points))
        case "ellipsoid":
            normal = _unit(points / np.asarray(shape.size, float)[:, None] ** 2)
        case "cylinder":
            side = np.hypot(points[0], points[1]) - shape.size[0] > np.abs(points[2]) - shape.size[1]
            normal[:2] = np.where(side, _unit(points[:2]), 0.0)
            normal[2] = np.where(side, 0.0, np.sign(points[2]))
        case "box":
            axis = np.argmax(np.abs(points) - np.asarray(shape.size, float)[:, None], axis=0)
            along = np.arange(points.shape[1])
            normal[axis, along] = np.where(points[axis, along] < 0, -1.0, 1.0)
        case _:
            faces = _hull(shape)
            nearest = np.argmax(faces[:, :3] @ points + faces[:, 3:], axis=0)
            normal = faces[nearest, :3].T
    return normal


def _core(shape: Shape, points: Array) -> Array:
    """From the middle of a sphere, or from the axis of a capsule."""
    if shape.kind == "sphere":
        return points
    core = points.copy()
    core[2] -= np.clip(core[2], -shape.size[1], shape.size[1])
    return core


def _length(vectors: Array) -> Array:
    return np.asarray(np.sqrt(np.sum(vectors * vectors, axis=0)))


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.maximum(_length(vectors), 1e-12))


def _hull(shape: Shape) -> Array:
    assert shape.vertices is not None
    return _faces(np.ascontiguousarray(shape.vertices, float).tobytes())


@lru_cache(maxsize=4096)
def _faces(vertices: bytes) -> Array:
    """(F, 4) outward normals and offsets of a convex hull."""
    return np.asarray(ConvexHull(np.frombuffer(vertices).reshape(-1, 3)).equations)
