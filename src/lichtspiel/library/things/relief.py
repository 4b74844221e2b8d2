"""Carve lines, pictures and hollows into a surface of triangles.

A level line of a field over the surface becomes a line of edges, so that the border between
two looks, or the shoulder of a groove, is smooth however coarse the triangles were.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray, Mesh

Mask = NDArray[np.bool_]
Field = Callable[[Array], Array]
"""Points (N, 3) → values (N,)."""
Inside = Callable[[Array], Mask]
"""Points (N, 3) → whether they are inside (N,)."""
Projection = Callable[[Array], Array]
"""Points near a surface (N, 3) → points on it (N, 3)."""

SNAP = 0.12
"""A line that passes a corner closer than this share of an edge goes through the corner."""


@dataclass(frozen=True, eq=False)
class Skin:
    """Triangles: points (V, 3), triangles (T, 3) counter-clockwise from outside, slots (T,).

    `fixed` (V,) marks points that lie on a line already cut.
    """

    points: Array
    triangles: IntArray
    slots: IntArray
    fixed: Mask

    @property
    def centres(self) -> Array:
        """Middle of every triangle (T, 3)."""
        middles: Array = self.points[self.triangles].mean(axis=1)
        return middles


def skin(points: Array, triangles: NDArray[np.integer]) -> Skin:
    """A skin in slot 0."""
    count = len(triangles)
    return Skin(
        np.asarray(points, float),
        np.asarray(triangles, np.int32),
        np.zeros(count, np.int32),
        np.zeros(len(points), bool),
    )


def to_sphere(points: Array) -> Array:
    """Points moved onto the unit sphere."""
    unit: Array = points / np.linalg.norm(points, axis=-1, keepdims=True)
    return unit


def geodesic_sphere(frequency: int) -> Skin:
    """The unit sphere from an icosahedron, its edges parted into `frequency` pieces each."""
    golden = (1 + 5**0.5) / 2
    corners = to_sphere(np.array([[s, t * golden, 0.0] for s in (-1, 1) for t in (-1, 1)]))
    corners = np.concatenate([corners, np.roll(corners, 1, axis=1), np.roll(corners, 2, axis=1)])
    reach = np.linalg.norm(corners[0] - corners[1:], axis=1).min() * 1.01
    near = np.linalg.norm(corners[:, None] - corners[None], axis=-1) < reach
    faces = [
        (a, b, c)
        for a in range(12)
        for b in range(a + 1, 12)
        for c in range(b + 1, 12)
        if near[a, b] and near[b, c] and near[a, c]
    ]
    return parted(outward(skin(corners, np.array(faces))), frequency)


def outward(rough: Skin) -> Skin:
    """The skin with every triangle turned away from the origin."""
    a, b, c = (rough.points[rough.triangles[:, k]] for k in range(3))
    inward = np.einsum("ij,ij->i", np.cross(b - a, c - a), a + b + c) < 0
    triangles = rough.triangles.copy()
    triangles[inward] = triangles[inward][:, ::-1]
    return replace(rough, triangles=triangles)


def parted(coarse: Skin, frequency: int) -> Skin:
    """Every triangle of a spherical skin parted into frequency² ones on the unit sphere."""
    rows = [(i, j) for i in range(frequency + 1) for j in range(frequency + 1 - i)]
    index = {key: n for n, key in enumerate(rows)}
    weights = np.array([(frequency - i - j, i, j) for i, j in rows]) / frequency
    local = [
        (index[i, j], index[i + 1, j], index[i, j + 1])
        for i in range(frequency)
        for j in range(frequency - i)
    ] + [
        (index[i + 1, j], index[i + 1, j + 1], index[i, j + 1])
        for i in range(frequency)
        for j in range(frequency - i - 1)
    ]
    points = to_sphere(np.einsum("wk,tkx->twx", weights, coarse.points[coarse.triangles]))
    triangles = np.array(local)[None] + (np.arange(len(points)) * len(rows))[:, None, None]
    return joined_points(points.reshape(-1, 3), triangles.reshape(-1, 3))


def joined_points(points: Array, triangles: NDArray[np.integer], tolerance: float = 1e-7) -> Skin:
    """A skin whose coinciding points are one, without triangles that vanish by it."""
    keys = np.round(points / tolerance).astype(np.int64)
    _, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    welded = inverse.ravel()[triangles]
    a, b, c = welded.T
    return skin(points[first], welded[(a != b) & (b != c) & (c != a)])


def refined(coarse: Skin, where: Inside, project: Projection) -> Skin:
    """Triangles whose centre satisfies `where` parted into four, their neighbours to match."""
    edges, sides = edges_of(coarse.triangles)
    marked = np.zeros(len(edges), bool)
    marked[sides[where(coarse.centres)].ravel()] = True
    middle = np.full(len(edges), -1)
    middle[marked] = len(coarse.points) + np.arange(marked.sum())
    points = np.concatenate([coarse.points, project(coarse.points[edges[marked]].mean(axis=1))])
    fixed = np.concatenate([coarse.fixed, coarse.fixed[edges[marked]].all(axis=1)])
    triangles, slots = _split(coarse.triangles, coarse.slots, middle[sides])
    return Skin(points, triangles, slots, fixed)


def cut(whole: Skin, field: Field, levels: Sequence[float], project: Projection) -> Skin:
    """The skin with edges along the level lines of a field, which must be fine enough to cross edges."""
    value = field(whole.points)
    for level in levels:
        whole, value = _cut_once(whole, value, field, level, project)
    return whole


def painted(plain: Skin, inside: Inside, slot: int) -> Skin:
    """The skin with the triangles whose centre is inside put into a slot."""
    return replace(plain, slots=np.where(inside(plain.centres), slot, plain.slots).astype(np.int32))


def without(whole: Skin, inside: Inside) -> Skin:
    """The skin without the triangles whose centre is inside: a hole."""
    keep = ~inside(whole.centres)
    return replace(whole, triangles=whole.triangles[keep], slots=whole.slots[keep])


def borders(open_skin: Skin) -> list[IntArray]:
    """Loops of points around the holes of a skin, counter-clockwise about each hole from outside."""
    ends = np.stack([open_skin.triangles, np.roll(open_skin.triangles, -1, axis=1)], axis=2).reshape(-1, 2)
    count = len(open_skin.points)
    back = np.isin(
        ends[:, 0].astype(np.int64) * count + ends[:, 1], ends[:, 1].astype(np.int64) * count + ends[:, 0]
    )
    following = {int(end): int(start) for start, end in ends[~back]}
    loops = []
    while following:
        loop = [next(iter(following))]
        while (ahead := following.pop(loop[-1], loop[0])) != loop[0]:
            loop.append(ahead)
        loops.append(np.array(loop, np.int32))
    return loops


def as_mesh(done: Skin, smooth_angle_rad: float = 3.1) -> Mesh:
    """The skin as a mesh, without the points that no triangle uses."""
    used, corners = np.unique(done.triangles.ravel(), return_inverse=True)
    sizes = np.full(len(done.triangles), 3, np.int32)
    slots = done.slots.astype(np.int32)
    return Mesh(done.points[used], corners.astype(np.int32), sizes, slots, None, smooth_angle_rad)


def curve_distance(curve: Array) -> Field:
    """Signed angle (rad) of points from a closed curve (N, 3) on the unit sphere; positive on its left."""
    tangent = np.roll(curve, -1, axis=0) - np.roll(curve, 1, axis=0)
    normal = to_sphere(np.cross(curve, tangent))
    tree = cKDTree(curve)

    def distance(points: Array) -> Array:
        unit = to_sphere(points)
        _, nearest = tree.query(unit)
        sine = np.einsum("ij,ij->i", unit, normal[nearest])
        angle: Array = np.arcsin(np.clip(sine, -1, 1))
        return angle

    return distance


def plane_distance(normal: Sequence[float]) -> Field:
    """Signed angle (rad) of points from the great circle across a normal."""
    axis = np.asarray(normal, float) / np.linalg.norm(normal)

    def distance(points: Array) -> Array:
        angle: Array = np.arcsin(np.clip(to_sphere(points) @ axis, -1, 1))
        return angle

    return distance


def pole_distance(pole: Sequence[float] | Array) -> Field:
    """Angle (rad) of points from a pole."""
    axis = np.asarray(pole, float) / np.linalg.norm(pole)

    def distance(points: Array) -> Array:
        angle: Array = np.arccos(np.clip(to_sphere(points) @ axis, -1, 1))
        return angle

    return distance


def groove(distance: Array, half_width: float) -> Array:
    """Depth 0 … 1 of a rounded groove at distances from its middle: flat floor, soft shoulders."""
    place = np.clip((np.abs(distance) / half_width - 0.45) / 1.15, 0, 1)
    depth: Array = 0.5 + 0.5 * np.cos(np.pi * place)
    return depth


GROOVE_LEVELS = (-1.6, -1.2, -0.8, -0.4, 0.4, 0.8, 1.2, 1.6)
"""Level lines, in half widths, that give a `groove` its form."""


def edges_of(triangles: IntArray) -> tuple[IntArray, IntArray]:
    """Edges (E, 2) and, per triangle, the edges from corner k to k + 1 (T, 3)."""
    ahead = np.roll(triangles, -1, axis=1)
    low, high = np.minimum(triangles, ahead).astype(np.int64), np.maximum(triangles, ahead)
    count = int(triangles.max(initial=0)) + 1
    keys, sides = np.unique(low * count + high, return_inverse=True)
    edges = np.stack([keys // count, keys % count], axis=1)
    return edges.astype(np.int32), sides.reshape(-1, 3).astype(np.int32)


def _cut_once(
    whole: Skin, value: Array, field: Field, level: float, project: Projection
) -> tuple[Skin, Array]:
    """The skin cut along one level, and the field's value at its points."""
    gap = value - level
    corner_gap = gap[whole.triangles]
    met = (corner_gap.min(axis=1) < 0) & (corner_gap.max(axis=1) > 0)
    edges, sides = edges_of(whole.triangles[met])
    points, fixed = whole.points.copy(), whole.fixed.copy()
    crossing = gap[edges[:, 0]] * gap[edges[:, 1]] < 0
    ends = edges[crossing]
    share, place = _crossings(points[ends], gap[ends], field, level, project)
    nearest = np.minimum(share, 1 - share)
    # Closest crossings last, so that each corner takes the nearest of those that want it.
    for n in np.argsort(-nearest):
        corner = ends[n, int(share[n] > 0.5)]
        if nearest[n] < SNAP and not whole.fixed[corner]:
            points[corner], gap[corner], fixed[corner] = place[n], 0.0, True
    still = gap[ends[:, 0]] * gap[ends[:, 1]] < 0
    added = int(still.sum())
    middle = np.full(len(edges), -1)
    middle[np.flatnonzero(crossing)[still]] = len(points) + np.arange(added)
    triangles, slots = _split(whole.triangles[met], whole.slots[met], middle[sides])
    done = Skin(
        np.concatenate([points, place[still]]),
        np.concatenate([whole.triangles[~met], triangles]),
        np.concatenate([whole.slots[~met], slots]),
        np.concatenate([fixed, np.ones(added, bool)]),
    )
    return done, np.concatenate([gap, np.zeros(added)]) + level


def _crossings(
    ends: Array, values: Array, field: Field, level: float, project: Projection
) -> tuple[Array, Array]:
    """Where edges (E, 2, 3) meet the level: share of the way (E,) and points (E, 3)."""
    low, high = np.zeros(len(ends)), np.ones(len(ends))
    at_low, at_high = values[:, 0].copy(), values[:, 1].copy()
    share = np.full(len(ends), 0.5)
    place = np.empty((len(ends), 3))
    for step in range(7):
        share = low + (high - low) * (at_low / (at_low - at_high) if step % 2 == 0 else 0.5)
        place = project((1 - share)[:, None] * ends[:, 0] + share[:, None] * ends[:, 1])
        found = field(place) - level
        before = found * at_low > 0
        low, at_low = np.where(before, share, low), np.where(before, found, at_low)
        high, at_high = np.where(before, high, share), np.where(before, at_high, found)
        at_high = np.where(at_high == 0, -at_low * 1e-9, at_high)
    return share, place


def _split(triangles: IntArray, slots: IntArray, middle: IntArray) -> tuple[IntArray, IntArray]:
    """Triangles and slots after new points `middle` (T, 3) on edges; -1 where there is none."""
    count = (middle >= 0).sum(axis=1)
    found = [triangles[count == 0]]
    origin = [np.flatnonzero(count == 0)]
    for marks, first, pieces in _PATTERNS:
        rows = np.flatnonzero(count == marks)
        start = np.argmax(first(middle[rows] >= 0), axis=1) if len(rows) else np.zeros(0, int)
        order = (start[:, None] + np.arange(3)) % 3
        corner = np.take_along_axis(triangles[rows], order, axis=1)
        names = np.concatenate([corner, np.take_along_axis(middle[rows], order, axis=1)], axis=1)
        for piece in pieces:
            found.append(names[:, piece])
            origin.append(rows)
    new = np.concatenate(found).astype(np.int32)
    return new, slots[np.concatenate(origin)]


def _split_edge(marked: Mask) -> Mask:
    return marked


def _lone_corner(marked: Mask) -> Mask:
    # Two edges are parted: start at the corner that lies between them.
    shared: Mask = marked & np.roll(marked, 1, axis=1)
    return shared


_PATTERNS: tuple[tuple[int, Callable[[Mask], Mask], tuple[list[int], ...]], ...] = (
    (1, _split_edge, ([0, 3, 2], [3, 1, 2])),
    (2, _lone_corner, ([0, 3, 5], [3, 1, 2], [3, 2, 5])),
    (3, _split_edge, ([0, 3, 5], [3, 1, 4], [5, 4, 2], [3, 4, 5])),
)
"""How a triangle with 1, 2 or 3 parted edges falls apart: 0-2 are corners, 3-5 the edges' points."""
