"""Library meshes as Blender meshes, with coordinates in metres for the procedural patterns.

Every mesh carries three attributes that the materials read. They belong to the rest shape, so a
pattern stays on its surface when the vertices move (cloth):

- `place`: the vertex itself.
- `grain`: per connected piece, turned so that x runs along the piece's longest edge, and shifted
  at random, so that no two boards show the same wood.
- `flat`: two coordinates in the surface, from the UVs or by projection along the axis that the
  polygon faces most.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import bpy
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from lichtspiel.library.asset import Array, IntArray, Mesh

SMOOTH_ANGLE = "smooth_angle"
"""Attribute that carries each polygon's angle through Blender's own cleaning."""
_COAT_M, _COATS = 3e-5, 6
"""Distance by which pieces of something of a metre or more differ, and of how many such distances."""


def make(name: str, mesh: Mesh, materials: Sequence[Any]) -> Any:
    """A Blender mesh with these materials in its slots.

    `name` seeds the random shift of the grain: same name, same picture.
    """
    data = bpy.data.meshes.new(name)
    starts = _starts(mesh.sizes)
    data.vertices.add(len(mesh.vertices))
    data.vertices.foreach_set("co", mesh.vertices.astype(np.float32).ravel())
    data.loops.add(len(mesh.corners))
    data.loops.foreach_set("vertex_index", mesh.corners.astype(np.int32))
    data.polygons.add(len(mesh.sizes))
    data.polygons.foreach_set("loop_start", starts)
    slots = np.minimum(mesh.slots, max(len(materials) - 1, 0)).astype(np.int32)
    data.polygons.foreach_set("material_index", slots)
    for material in materials:
        data.materials.append(material)
    _store(data, "place", "POINT", mesh.vertices)
    _store(data, "grain", "POINT", _grain(name, mesh))
    _store(data, "flat", "CORNER", _flat(mesh, starts))
    _store_angles(data, mesh)
    data.update(calc_edges=True)
    data.validate()
    _harden(data)
    return data


def fill_quads(data: Any, vertices: Array, quads: IntArray) -> None:
    """Give an empty Blender mesh smooth quads (F, 4) over vertices (V, 3)."""
    data.vertices.add(len(vertices))
    data.vertices.foreach_set("co", vertices.astype(np.float32).ravel())
    data.loops.add(quads.size)
    data.loops.foreach_set("vertex_index", quads.astype(np.int32).ravel())
    data.polygons.add(len(quads))
    data.polygons.foreach_set("loop_start", np.arange(0, quads.size, 4, dtype=np.int32))
    data.update(calc_edges=True)
    data.validate()


def _store(data: Any, name: str, domain: str, values: Array) -> None:
    layer = data.attributes.new(name, "FLOAT_VECTOR", domain)
    layer.data.foreach_set("vector", values.astype(np.float32).ravel())


def _store_angles(data: Any, mesh: Mesh) -> None:
    layer = data.attributes.new(SMOOTH_ANGLE, "FLOAT", "FACE")
    angles = np.broadcast_to(mesh.smooth_angle_rad, mesh.sizes.shape)
    layer.data.foreach_set("value", angles.astype(np.float32))


def _harden(data: Any) -> None:
    """Marks edges hard where two polygons meet at more than the smaller of their smooth angles."""
    angles = np.empty(len(data.polygons), np.float32)
    data.attributes[SMOOTH_ANGLE].data.foreach_get("value", angles)
    data.attributes.remove(data.attributes[SMOOTH_ANGLE])
    normals = np.empty((len(data.polygons), 3), np.float32)
    data.polygons.foreach_get("normal", normals.ravel())
    sizes = np.empty(len(data.polygons), np.int32)
    data.polygons.foreach_get("loop_total", sizes)
    edges = np.empty(len(data.loops), np.int32)
    data.loops.foreach_get("edge_index", edges)
    order = np.argsort(edges, kind="stable")
    uses = np.bincount(edges, minlength=len(data.edges))
    sharp = uses > 2
    shared = np.flatnonzero(uses == 2)
    pairs = np.repeat(np.arange(len(sizes)), sizes)[order][(np.cumsum(uses) - uses)[shared, None] + [0, 1]]
    turns = np.arccos((normals[pairs[:, 0]] * normals[pairs[:, 1]]).sum(1).clip(-1.0, 1.0))
    sharp[shared] = turns > angles[pairs].min(1)
    layer = data.attributes.new("sharp_edge", "BOOLEAN", "EDGE")
    layer.data.foreach_set("value", sharp)


def _starts(sizes: IntArray) -> IntArray:
    starts: IntArray = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32)
    return starts


def _next_corner(sizes: IntArray, starts: IntArray) -> IntArray:
    """Index of the following corner in the same polygon, for every corner."""
    following = np.arange(1, int(sizes.sum()) + 1)
    following[starts + sizes - 1] = starts
    return following.astype(np.int32)


def apart(name: str, mesh: Mesh) -> Mesh:
    """The mesh with each connected piece a hair's breadth larger than the one before it.

    Where two faces lie in one plane, light that leaves the one is caught by the other, and they are black.
    """
    _, piece = _pieces(mesh)
    points = mesh.vertices[mesh.corners]
    starts = _starts(mesh.sizes)
    polygon = np.add.reduceat(np.cross(points, points[_next_corner(mesh.sizes, starts)]), starts, axis=0)
    normals = np.zeros_like(mesh.vertices)
    np.add.at(normals, mesh.corners, np.repeat(polygon, mesh.sizes, axis=0))
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    coat = _COAT_M * min(1.0, float(np.ptp(mesh.vertices, axis=0).max()))
    coats = (piece + zlib.crc32(name.encode()) % _COATS) % _COATS
    return replace(mesh, vertices=mesh.vertices + coat * coats[:, None] * normals)


def _pieces(mesh: Mesh) -> tuple[int, IntArray]:
    """How many connected pieces there are, and (V,) of which each vertex is, in the order of vertices."""
    count = len(mesh.vertices)
    following = mesh.corners[_next_corner(mesh.sizes, _starts(mesh.sizes))]
    links = coo_array((np.ones(len(following), bool), (mesh.corners, following)), (count, count))
    pieces, piece = connected_components(links, directed=False)
    return int(pieces), piece


def _grain(name: str, mesh: Mesh) -> Array:
    pieces, piece = _pieces(mesh)
    low, high = np.full((pieces, 3), np.inf), np.full((pieces, 3), -np.inf)
    np.minimum.at(low, piece, mesh.vertices)
    np.maximum.at(high, piece, mesh.vertices)
    longest = np.argmax(high - low, axis=1)
    axes = (longest[:, None] + np.arange(3)) % 3
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    shift = rng.uniform((-5, 0.06, 0.06), (5, 0.25, 0.25), (pieces, 3))
    shift *= rng.choice((-1.0, 1.0), (pieces, 3))
    turned: Array = np.take_along_axis(mesh.vertices - low[piece], axes[piece], axis=1) + shift[piece]
    return turned


def _flat(mesh: Mesh, starts: IntArray) -> Array:
    points = mesh.vertices[mesh.corners]
    following = _next_corner(mesh.sizes, starts)
    flat = np.zeros((len(points), 3))
    if mesh.uv is not None:
        for axis in range(2):
            flat[:, axis] = mesh.uv[:, axis] * _metres_per_unit(points, mesh.uv, following, axis)
        return flat
    normals = np.add.reduceat(np.cross(points, points[following]), starts, axis=0)
    facing = np.repeat(np.argmax(np.abs(normals), axis=1), mesh.sizes)
    # Walls keep z upwards, so that bricks and tiles stand in level rows.
    for normal_axis, (across, up) in enumerate(((1, 2), (0, 2), (0, 1))):
        chosen = facing == normal_axis
        flat[chosen, 0], flat[chosen, 1] = points[chosen, across], points[chosen, up]
    return flat


def _metres_per_unit(points: Array, uv: Array, following: IntArray, axis: int) -> float:
    """Mean length of a unit of one UV axis, from the edges that run along it."""
    step = uv[following] - uv
    along = np.abs(step[:, axis]) > 4 * np.abs(step[:, 1 - axis])
    if not along.any():
        return 1.0
    lengths = np.linalg.norm(points[following] - points, axis=1)[along]
    return float(lengths.sum() / np.abs(step[along, axis]).sum())
