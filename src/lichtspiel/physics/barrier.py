"""Solid shapes as barriers for points: push those that came in out again."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.spatial import ConvexHull

from lichtspiel.library.asset import Array, Shape
from lichtspiel.physics.rotation import conjugate, rotate


def push_out(
    shape: Shape,
    position: Array,
    orientation: Array,
    points: Array,
    before: Array,
    clear_m: float,
    friction: float,
    loose: Array,
) -> Array:
    """Points (..., 3) moved out of a shape of a part at this pose, to `clear_m` above its surface.

    `before` is where they were a step ago: what slips along the surface is braked by Coulomb's law
    against how deep it came in. Points with loose = 0 stay.
    """
    turn = np.asarray(shape.orientation, float)
    local = rotate(
        conjugate(turn), rotate(conjugate(orientation), points - position) - np.asarray(shape.position)
    )
    gap, normal = _surface(shape, local)
    depth = clear_m - gap
    inside = (depth > 0)[..., None] * loose
    if not inside.any():
        return points
    outward = rotate(orientation, rotate(turn, normal))
    moved = points + inside * np.maximum(depth, 0.0)[..., None] * outward
    slip = moved - before
    slip -= (slip * outward).sum(axis=-1, keepdims=True) * outward
    length = np.linalg.norm(slip, axis=-1, keepdims=True)
    held = np.minimum(friction * np.maximum(depth, 0.0)[..., None] / np.maximum(length, 1e-12), 1.0)
    return np.asarray(moved - inside * held * slip)


def _surface(shape: Shape, points: Array) -> tuple[Array, Array]:
    """Signed distance (...) and outward normal (..., 3) of a shape in its own frame."""
    match shape.kind:
        case "plane":
            return points[..., 2], np.broadcast_to([0.0, 0.0, 1.0], points.shape)
        case "sphere" | "capsule":
            core = points.copy()
            if shape.kind == "capsule":
                core[..., 2] -= np.clip(core[..., 2], -shape.size[1], shape.size[1])
            return _round(core, shape.size[0])
        case "ellipsoid":
            return _ellipsoid(points, np.asarray(shape.size, float))
        case "cylinder":
            return _cylinder(points, shape.size[0], shape.size[1])
        case "box":
            return _box(points, np.asarray(shape.size, float))
    return _hull(shape, points)


def _round(points: Array, radius: float) -> tuple[Array, Array]:
    length = np.linalg.norm(points, axis=-1)
    return length - radius, points / np.maximum(length, 1e-12)[..., None]


def _ellipsoid(points: Array, radii: Array) -> tuple[Array, Array]:
    # First order about the surface, which is where cloth meets it.
    scaled = np.linalg.norm(points / radii, axis=-1)
    slope = points / radii**2
    steep = np.maximum(np.linalg.norm(slope, axis=-1), 1e-12)
    return (scaled - 1) * scaled / steep, slope / steep[..., None]


def _cylinder(points: Array, radius: float, half: float) -> tuple[Array, Array]:
    across = np.linalg.norm(points[..., :2], axis=-1)
    side, end = across - radius, np.abs(points[..., 2]) - half
    wall = np.concatenate(
        [points[..., :2] / np.maximum(across, 1e-12)[..., None], np.zeros_like(points[..., :1])], axis=-1
    )
    cap = np.zeros_like(points)
    cap[..., 2] = np.sign(points[..., 2])
    return np.maximum(side, end), np.where((side > end)[..., None], wall, cap)


def _box(points: Array, half: Array) -> tuple[Array, Array]:
    excess = np.abs(points) - half
    axis = np.argmax(excess, axis=-1)
    normal = np.zeros_like(points)
    sign = np.take_along_axis(np.where(points < 0, -1.0, 1.0), axis[..., None], -1)
    np.put_along_axis(normal, axis[..., None], sign, -1)
    return np.asarray(excess.max(axis=-1)), normal


def _hull(shape: Shape, points: Array) -> tuple[Array, Array]:
    assert shape.vertices is not None
    faces = _faces(np.ascontiguousarray(shape.vertices, float).tobytes())
    gaps = points @ faces[:, :3].T + faces[:, 3]
    nearest = np.argmax(gaps, axis=-1)
    return np.asarray(gaps.max(axis=-1)), faces[nearest, :3]


@lru_cache(maxsize=4096)
def _faces(vertices: bytes) -> Array:
    """(F, 4) outward normals and offsets of a convex hull."""
    return np.asarray(ConvexHull(np.frombuffer(vertices).reshape(-1, 3)).equations)
