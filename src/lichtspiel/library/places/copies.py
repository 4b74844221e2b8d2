"""Many copies of one mesh at once, with NumPy: boards, books, bricks, leaves, blades of grass."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, IntArray, Mesh, Vec3

CHAMFERED = 0.6
"""Smoothing angle that keeps 45° chamfers crisp, so that large flats stay flat in the light."""


def copies(
    mesh: Mesh,
    offsets: Array,
    turns: Array | None = None,
    scales: Array | float = 1.0,
    slots: IntArray | None = None,
) -> Mesh:
    """One mesh of N copies, scaled, then turned about z, then shifted.

    offsets: (N, 3) metres. turns: (N,) radians. scales: (N, 3), (N,) or one number.
    slots: (N,) surface slot of each copy; None keeps the mesh's own.
    """
    offsets = np.asarray(offsets, float).reshape(-1, 3)
    count = len(offsets)
    factors = np.asarray(scales, float)
    if factors.ndim == 1:
        factors = factors[:, None]
    points = mesh.vertices[None] * np.broadcast_to(factors, (count, 3))[:, None]
    if turns is not None:
        c, s = np.cos(turns)[:, None], np.sin(turns)[:, None]
        x, y = points[..., 0], points[..., 1]
        points = np.stack([c * x - s * y, s * x + c * y, points[..., 2]], axis=-1)
    points = points + offsets[:, None]
    corners = mesh.corners[None] + (np.arange(count) * len(mesh.vertices))[:, None]
    chosen = (
        np.tile(mesh.slots, count)
        if slots is None
        else np.repeat(np.asarray(slots, np.int32), len(mesh.sizes))
    )
    return Mesh(
        points.reshape(-1, 3),
        corners.reshape(-1).astype(np.int32),
        np.tile(mesh.sizes, count),
        chosen.astype(np.int32),
        None if mesh.uv is None else np.tile(mesh.uv, (count, 1)),
        np.tile(mesh.smooth_angle_rad, count)
        if isinstance(mesh.smooth_angle_rad, np.ndarray)
        else mesh.smooth_angle_rad,
    )


def boxes(centres: Array, sizes: Array, bevel: float = 0.0, turns: Array | None = None) -> Mesh:
    """Boxes with chamfered edges: centres (N, 3), full edge lengths (N, 3), all in metres.

    The chamfer shrinks where a box is too thin for it.
    """
    centres = np.asarray(centres, float).reshape(-1, 3)
    half = np.broadcast_to(np.asarray(sizes, float), centres.shape) / 2
    if bevel <= 0:
        return copies(meshes.box((1.0, 1.0, 1.0)), centres, turns, half * 2)
    template, corner, along = _chamfered_box()
    radius = np.minimum(bevel, half.min(axis=1) * 0.49)[:, None, None]
    points = corner[None] * (half[:, None] - radius) + along[None] * radius
    joined = copies(template, centres, turns)
    if turns is not None:
        c, s = np.cos(turns)[:, None], np.sin(turns)[:, None]
        points = np.stack(
            [
                c * points[..., 0] - s * points[..., 1],
                s * points[..., 0] + c * points[..., 1],
                points[..., 2],
            ],
            axis=-1,
        )
    return replace(joined, vertices=(points + centres[:, None]).reshape(-1, 3))


def box(low: Vec3, high: Vec3, bevel: float = 0.0) -> Mesh:
    """One chamfered box between two opposite corners."""
    a, b = np.array(low, float), np.array(high, float)
    middle, half = (a + b) / 2, np.abs(b - a) / 2
    if bevel <= 0:
        plain = _plain_box()
        return replace(plain, vertices=plain.vertices * half + middle)
    template, corner, along = _chamfered_box()
    radius = min(bevel, float(half.min()) * 0.49)
    return replace(template, vertices=corner * (half - radius) + along * radius + middle)


def strips(paths: list[Array], width: float, height: float) -> Mesh:
    """Flat painted lines facing +z: each path (N, 2) in metres becomes a band of `width`.

    The bands have mitred joints and lie at `height`.
    """
    pieces = []
    for path in paths:
        points = np.asarray(path, float)
        ahead = np.diff(points, axis=0)
        ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
        before, after = np.vstack([ahead[:1], ahead]), np.vstack([ahead, ahead[-1:]])
        if np.allclose(points[0], points[-1]):
            before[0], after[-1] = ahead[-1], ahead[0]
        middle = before + after
        middle /= np.linalg.norm(middle, axis=1, keepdims=True)
        normal = np.column_stack([-middle[:, 1], middle[:, 0]])
        reach = width / 2 / np.maximum((middle * after).sum(axis=1), 0.3)
        left, right = points + normal * reach[:, None], points - normal * reach[:, None]
        vertices = np.column_stack([np.vstack([right, left]), np.full(2 * len(points), height)])
        n = len(points)
        polygons = [(i, i + 1, n + i + 1, n + i) for i in range(n - 1)]
        pieces.append(meshes.from_polygons(vertices, polygons))
    return meshes.joined(*pieces)


def arc(
    centre: tuple[float, float], radius: float, start_rad: float, end_rad: float, count: int = 48
) -> Array:
    """Points (count, 2) along a circle's arc, counter-clockwise for end > start."""
    angle = np.linspace(start_rad, end_rad, count)
    return np.column_stack([centre[0] + radius * np.cos(angle), centre[1] + radius * np.sin(angle)])


def sheet(low: tuple[float, float], high: tuple[float, float], height: float, cells: int = 1) -> Mesh:
    """A flat rectangle facing +z between two corners, of cells x cells polygons, without UVs."""
    flat = meshes.grid(high[0] - low[0], high[1] - low[1], cells + 1, cells + 1)
    middle = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, height)
    return replace(meshes.moved(flat, middle), uv=None)


@cache
def _plain_box() -> Mesh:
    """A box of edge 2 about the origin."""
    return meshes.box((2.0, 2.0, 2.0))


@cache
def _chamfered_box() -> tuple[Mesh, Array, Array]:
    """A box of edge 2 (24 vertices), its corner signs and the axis each vertex keeps in full."""
    signs = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
    corner, along = np.repeat(signs, 3, axis=0), np.tile(np.eye(3), (8, 1)) * np.repeat(signs, 3, axis=0)
    groups = [[3 * c + a for a in range(3)] for c in range(8)]
    for a in range(3):
        b = (a + 1) % 3
        for sign in (-1, 1):
            groups.append([3 * c + a for c in range(8) if signs[c, a] == sign])
        for first in (-1, 1):
            for second in (-1, 1):
                ends = [c for c in range(8) if signs[c, a] == first and signs[c, b] == second]
                groups.append([3 * c + axis for c in ends for axis in (a, b)])
    vertices = corner * 0.8 + along * 0.2
    polygons = [_around(vertices, group) for group in groups]
    return meshes.from_polygons(vertices, polygons, smooth_angle_rad=CHAMFERED), corner, along


def _around(vertices: Array, group: list[int]) -> list[int]:
    """Indices of a flat convex polygon's vertices, counter-clockwise seen from outside."""
    points = vertices[group]
    middle = points.mean(axis=0)
    outward = middle / np.linalg.norm(middle)
    across = points[0] - middle
    upward = np.cross(outward, across)
    angles = np.arctan2((points - middle) @ upward, (points - middle) @ across)
    return [group[i] for i in np.argsort(angles)]
