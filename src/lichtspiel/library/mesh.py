"""Make and combine polygon meshes with NumPy. All measures in metres."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lichtspiel.library.asset import Array, IntArray, Mesh, Quat, Vec3


def from_polygons(
    vertices: Array, polygons: Sequence[Sequence[int]], slot: int = 0, smooth_angle_rad: float | Array = 0.6
) -> Mesh:
    """A mesh from vertices (V, 3) and lists of vertex indices, counter-clockwise from outside."""
    sizes = np.array([len(polygon) for polygon in polygons], np.int32)
    corners = np.array([index for polygon in polygons for index in polygon], np.int32)
    slots = np.full(len(polygons), slot, np.int32)
    return Mesh(np.asarray(vertices, float), corners, sizes, slots, None, smooth_angle_rad)


def box(size: Vec3, bevel: float = 0.0, segments: int = 2, slot: int = 0) -> Mesh:
    """A box of full edge lengths `size` about the origin; `bevel` rounds its edges."""
    half = np.array(size, float) / 2
    if bevel <= 0:
        signs = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
        faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
        return from_polygons(signs * half, faces, slot)
    # A rounded box is the sum of a smaller box and a sphere: every corner of the smaller box
    # carries an eighth of the sphere, and the flat sides span between them.
    radius = min(bevel, float(half.min()) * 0.999)
    inner = half - radius
    tangents = np.tan(np.linspace(-1, 0, segments + 1) * np.pi / 4)
    across = np.concatenate([tangents, -tangents[::-1]])
    sides = np.repeat([-1.0, 1.0], segments + 1)
    count = len(across)
    points: list[Array] = []
    faces_out: list[tuple[int, int, int, int]] = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            base = sum(len(block) for block in points)
            direction, corner = np.empty((count, count, 3)), np.empty((count, count, 3))
            direction[..., axis], corner[..., axis] = sign, sign
            direction[..., (axis + 1) % 3], corner[..., (axis + 1) % 3] = across[:, None], sides[:, None]
            direction[..., (axis + 2) % 3], corner[..., (axis + 2) % 3] = across[None], sides[None]
            outward = direction / np.linalg.norm(direction, axis=-1, keepdims=True)
            points.append((corner * inner + outward * radius).reshape(-1, 3))
            for row in range(count - 1):
                for column in range(count - 1):
                    a = base + row * count + column
                    quad = (a, a + count, a + count + 1, a + 1)
                    faces_out.append(quad if sign > 0 else quad[::-1])
    return weld(from_polygons(np.concatenate(points), faces_out, slot, smooth_angle_rad=1.0))


def sphere(radius: float, segments: int = 48, rings: int = 24, slot: int = 0) -> Mesh:
    """A sphere about the origin with poles on z."""
    angles = np.linspace(-np.pi / 2, np.pi / 2, rings + 1)
    profile = np.stack([np.cos(angles) * radius, np.sin(angles) * radius], axis=1)
    profile[0, 0] = profile[-1, 0] = 0.0
    return lathe(profile, segments, slot, smooth_angle_rad=3.1)


def cylinder(radius: float, height: float, segments: int = 32, bevel: float = 0.0, slot: int = 0) -> Mesh:
    """A closed cylinder about the origin along z."""
    top, edge = height / 2, min(bevel, radius / 2, height / 2)
    if edge > 0:
        turn = np.linspace(0, np.pi / 2, 4)
        arc = np.stack([radius - edge + edge * np.sin(turn), -top + edge - edge * np.cos(turn)], axis=1)
        profile = np.concatenate([[[0, -top]], arc, arc[::-1] * [1, -1], [[0, top]]])
    else:
        profile = np.array([[0, -top], [radius, -top], [radius, top], [0, top]])
    return lathe(profile, segments, slot)


def lathe(profile: Array, segments: int = 48, slot: int = 0, smooth_angle_rad: float = 0.6) -> Mesh:
    """Turn a profile (N, 2) of (radius, z) about z; going up along it, the outside is right.

    Points on the axis close the surface. To make a vessel, run the profile up its outside
    and down its inside.
    """
    profile = np.asarray(profile, float)
    turn = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    rows: list[IntArray] = []
    points: list[Array] = []
    count = 0
    for radius, height in profile:
        if radius <= 1e-9:
            points.append(np.array([[0.0, 0.0, height]]))
            rows.append(np.full(segments, count, np.int32))
            count += 1
        else:
            points.append(
                np.stack([radius * np.cos(turn), radius * np.sin(turn), np.full(segments, height)], 1)
            )
            rows.append(np.arange(count, count + segments, dtype=np.int32))
            count += segments
    polygons = []
    for low, high in itertools.pairwise(rows):
        for i in range(segments):
            j = (i + 1) % segments
            corners = [int(low[i]), int(low[j]), int(high[j]), int(high[i])]
            unique = list(dict.fromkeys(corners))
            if len(unique) > 2:
                polygons.append(unique)
    return from_polygons(np.concatenate(points), polygons, slot, smooth_angle_rad)


def sweep(
    path: Array, radius: float | Array, segments: int = 12, slot: int = 0, closed: bool = False
) -> Mesh:
    """A round tube along a path (N, 3). `radius` is one number or one per point."""
    path = np.asarray(path, float)
    radii = np.broadcast_to(np.asarray(radius, float), (len(path),))
    ahead = np.roll(path, -1, 0) - np.roll(path, 1, 0)
    if not closed:
        ahead[0], ahead[-1] = path[1] - path[0], path[-1] - path[-2]
    tangent = ahead / np.linalg.norm(ahead, axis=1, keepdims=True)
    sides = _transported_frames(tangent)
    turn = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    ring = np.cos(turn)[None, :, None] * sides[:, 0, None] + np.sin(turn)[None, :, None] * sides[:, 1, None]
    return loft(path[:, None] + radii[:, None, None] * ring, slot, smooth_angle_rad=1.0, closed=closed)


def loft(rings: Array, slot: int = 0, smooth_angle_rad: float = 0.6, closed: bool = False) -> Mesh:
    """A closed skin through rings (M, N, 3).

    Each ring runs counter-clockwise seen from the side it is left to; the ends are closed by
    one polygon each unless the rings themselves close (`closed`).
    """
    count, points = rings.shape[:2]
    polygons: list[list[int]] = []
    for row in range(count if closed else count - 1):
        following = (row + 1) % count
        for i in range(points):
            j = (i + 1) % points
            polygons.append(
                [row * points + i, row * points + j, following * points + j, following * points + i]
            )
    if not closed:
        polygons.append(list(range(points))[::-1])
        polygons.append([(count - 1) * points + i for i in range(points)])
    return from_polygons(rings.reshape(-1, 3), polygons, slot, smooth_angle_rad)


def extrude(outline: Array, depth: float, slot: int = 0) -> Mesh:
    """A prism: outline (N, 2) in x and y, counter-clockwise, from z = 0 to `depth`."""
    outline = np.asarray(outline, float)
    count = len(outline)
    low = np.column_stack([outline, np.zeros(count)])
    high = np.column_stack([outline, np.full(count, depth)])
    polygons: list[list[int]] = [list(range(count))[::-1], list(range(count, 2 * count))]
    for i in range(count):
        j = (i + 1) % count
        polygons.append([i, j, count + j, count + i])
    return from_polygons(np.concatenate([low, high]), polygons, slot)


def grid(width: float, depth: float, columns: int, rows: int, slot: int = 0) -> Mesh:
    """A flat sheet facing +z: x is `width`, y is `depth`; vertex index = row * columns + column.

    `columns` and `rows` count vertices. It has UV coordinates from 0 to 1.
    """
    x, y = np.linspace(-width / 2, width / 2, columns), np.linspace(-depth / 2, depth / 2, rows)
    across, along = np.meshgrid(x, y)
    points = np.stack([across.ravel(), along.ravel(), np.zeros(rows * columns)], axis=1)
    polygons = [
        (r * columns + c, r * columns + c + 1, (r + 1) * columns + c + 1, (r + 1) * columns + c)
        for r in range(rows - 1)
        for c in range(columns - 1)
    ]
    mesh = from_polygons(points, polygons, slot, smooth_angle_rad=3.1)
    flat = np.stack([across.ravel() / width + 0.5, along.ravel() / depth + 0.5], axis=1)
    return replace(mesh, uv=flat[mesh.corners])


def moved(mesh: Mesh, offset: Vec3 | Array = (0, 0, 0), orientation: Quat = (1, 0, 0, 0)) -> Mesh:
    """The mesh turned, then shifted."""
    turned = mesh.vertices @ rotation_matrix(orientation).T
    return replace(mesh, vertices=turned + np.asarray(offset, float))


def scaled(mesh: Mesh, factors: Vec3 | float) -> Mesh:
    """The mesh scaled about the origin; factors must be positive."""
    return replace(mesh, vertices=mesh.vertices * np.asarray(factors, float))


def in_slot(mesh: Mesh, slot: int) -> Mesh:
    """The mesh with all polygons in one surface slot."""
    return replace(mesh, slots=np.full(len(mesh.sizes), slot, np.int32))


def joined(*meshes: Mesh) -> Mesh:
    """All meshes as one. UVs are kept where all of them have some; each keeps its own hard edges."""
    offsets = np.cumsum([0, *(len(mesh.vertices) for mesh in meshes[:-1])])
    all_uv = [mesh.uv for mesh in meshes if mesh.uv is not None]
    return Mesh(
        np.concatenate([mesh.vertices for mesh in meshes]),
        np.concatenate([m.corners + o for m, o in zip(meshes, offsets, strict=True)]).astype(np.int32),
        np.concatenate([mesh.sizes for mesh in meshes]),
        np.concatenate([mesh.slots for mesh in meshes]),
        np.concatenate(all_uv) if len(all_uv) == len(meshes) else None,
        _angles_of(meshes),
    )


def _angles_of(parts: Sequence[Mesh]) -> float | Array:
    """One smooth angle where all agree, else one per polygon: a box beside a ball stays a box."""
    angles = np.concatenate([np.broadcast_to(part.smooth_angle_rad, part.sizes.shape) for part in parts])
    return float(angles[0]) if len(angles) and (angles == angles[0]).all() else angles


def weld(mesh: Mesh, tolerance: float = 1e-6) -> Mesh:
    """Join vertices that lie in the same place and drop polygons that vanish by it."""
    keys = np.round(mesh.vertices / tolerance).astype(np.int64)
    _, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    corners = inverse.ravel()[mesh.corners]
    polygons, kept, start = [], [], 0
    for index, size in enumerate(mesh.sizes):
        unique = list(dict.fromkeys(corners[start : start + size].tolist()))
        start += size
        if len(unique) > 2:
            polygons.append(unique)
            kept.append(index)
    angle = mesh.smooth_angle_rad
    if isinstance(angle, np.ndarray):
        angle = angle[kept]
    welded = from_polygons(mesh.vertices[first], polygons, 0, angle)
    return replace(welded, slots=mesh.slots[kept])


def rotation_matrix(orientation: Quat | Array) -> Array:
    """3x3 matrix of a unit quaternion (w, x, y, z)."""
    w, x, y, z = orientation
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )


def turn(axis: Vec3, angle_rad: float) -> Quat:
    """Quaternion of a turn about an axis through the origin."""
    unit = np.asarray(axis, float) / np.linalg.norm(axis)
    w, s = float(np.cos(angle_rad / 2)), float(np.sin(angle_rad / 2))
    return (w, float(unit[0] * s), float(unit[1] * s), float(unit[2] * s))


def _transported_frames(tangent: Array) -> Array:
    """Two normals per point (N, 2, 3), carried along the path without twisting."""
    start = np.eye(3)[int(np.argmin(np.abs(tangent[0])))]
    normal = np.cross(tangent[0], start)
    frames = np.empty((len(tangent), 2, 3))
    for i, direction in enumerate(tangent):
        normal = normal - direction * (normal @ direction)
        normal = normal / np.linalg.norm(normal)
        frames[i] = normal, np.cross(direction, normal)
    return frames
