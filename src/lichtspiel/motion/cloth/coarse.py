"""Cloth with fewer vertices than its mesh: those that are solved for, and how all others go with them.

The few are spread evenly over the cloth, its edges first, and are joined where the parts of the cloth
nearest to them meet (a geodesic Delaunay triangulation: Peyré and Cohen, 2006). The others follow by moving
least squares, which carry a shift, a turn and a stretch over as they are (Levin, 1998), and keep their
height above the few: so do folds that are finer than the distance between these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.motion import turns

Fine = NDArray[np.floating]
_REACH, _FAR_REACH, _LEAST = 2.0, 3.0, 6
"""How far the few reach, in distances between them, and how far to where fewer than so many would: hems are
folded far in, and what only a row of the few reached would lie on that row."""
_OUTWARD = -0.2
"""Least cosine to the way out of what faces outward; the inside of hems faces inward."""
_FLAT = 0.02
"""Share of their spread by which the few must spread another way for that way to count."""


@dataclass(frozen=True, eq=False)
class Coarse:
    """vertices: (C,) those of the cloth's (N,) that are solved for. triangles: (F, 3) between them."""

    vertices: IntArray
    triangles: IntArray
    along: sparse.csr_array
    """(N, C) shares of the few in where a vertex is."""
    above: sparse.csr_array
    """(N, C) metres that a vertex is above them, along their normals."""

    weight: sparse.csr_array
    """(N, C) how much each of the few counts at a vertex, against the most that one does."""
    nearest: IntArray
    """(N,) which one does."""
    around: sparse.csr_array
    """(C, F) which triangles meet at one of the few."""

    def spread(self, places: Fine) -> Fine:
        """Where all vertices (N, 3) are when the few are at places (C, 3)."""
        corner = [places.take(self.triangles[:, k], 0) for k in range(3)]
        total = shared(self.around, turns.cross(corner[1] - corner[0], corner[2] - corner[0]))
        size = np.sqrt(np.einsum("vi,vi->v", total, total))
        facing = total / np.maximum(size, 1e-12)[:, None]
        return shared(self.along, places) + shared(self.above, facing)


def shared(shares: sparse.csr_array, values: Fine) -> Fine:
    """Shares (N, C) of values (C, 3), one axis after the other: that takes half as long as all at once."""
    return np.stack([shares @ axis for axis in np.ascontiguousarray(values.T)], 1)


def normals(points: Array, triangles: IntArray) -> Array:
    """Unit normals (V, 3) of vertices at points (V, 3)."""
    first, second, third = (points[triangles[:, k]] for k in range(3))
    total = around(triangles, len(points)) @ turns.cross(second - first, third - first)
    return np.asarray(turns.unit(total + 1e-15))


def around(triangles: IntArray, count: int) -> sparse.csr_array:
    """(V, F) which triangles meet at each of so many vertices."""
    faces = np.repeat(np.arange(len(triangles)), 3)
    ones = np.ones(triangles.size, np.float32)
    return sparse.csr_array((ones, (triangles.ravel(), faces)), (count, len(triangles)))


def edges(triangles: IntArray) -> IntArray:
    """(E, 2) the sides of triangles (F, 3), each once and in order, the lower of its vertices first."""
    other = triangles[:, [1, 2, 0]]
    low, high = np.minimum(triangles, other), np.maximum(triangles, other)
    # One number for each sorts far faster than two.
    count = int(triangles.max(initial=0)) + 1
    keys = np.unique(low.astype(np.int64) * count + high)
    return np.stack(np.divmod(keys, count), 1).astype(triangles.dtype)


def coarse(points: Array, triangles: IntArray, apart_m: float) -> Coarse:
    """Cloth of triangles (F, 3) between points (N, 3), with vertices about so many metres apart."""
    facing = normals(points, triangles)
    away = points - points.mean(0)
    way = (away[:, :2] * facing[:, :2]).sum(1) / np.maximum(np.linalg.norm(away[:, :2], axis=1), 1e-9)
    # Meshes may be sewn inside out.
    sign = 1.0 if way.sum() > 0 else -1.0
    outward = sign * way > _OUTWARD
    outside = triangles[outward[triangles].all(1)]
    graph = _graph(points, triangles)
    chosen = _spaced(graph, _order(outside, len(points)), apart_m)
    _, _, owner = csgraph.dijkstra(
        graph, directed=False, indices=chosen, min_only=True, return_predecessors=True
    )
    place = np.full(len(points) + 1, -1, np.int32)
    place[chosen] = np.arange(len(chosen))
    few = _distinct(place[owner[outside]])
    bound = _bound(points, few, chosen, graph, apart_m)
    return Coarse(chosen, few, *bound, place[owner], around(few, len(chosen)))


def _graph(points: Array, triangles: IntArray) -> sparse.csr_array:
    first, second = edges(triangles).T
    length = np.maximum(np.linalg.norm(points[second] - points[first], axis=1), 1e-6)
    both = (np.concatenate([length, length]), (np.r_[first, second], np.r_[second, first]))
    return sparse.csr_array(both, (len(points), len(points)))


def _order(triangles: IntArray, count: int) -> list[int]:
    """Vertices of these triangles, those on their open edges first."""
    sides = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    keys, number = np.unique(sides[:, 0].astype(np.int64) * count + sides[:, 1], return_counts=True)
    single = keys[number == 1]
    edge = np.unique(np.concatenate([single // count, single % count]))
    rest = np.setdiff1d(triangles, edge)
    return [*edge.tolist(), *rest.tolist()]


def _spaced(graph: sparse.csr_array, order: Sequence[int], apart_m: float) -> IntArray:
    """Vertices in an order, without those that are nearer to one before them than so many metres."""
    starts, others, lengths = (part.tolist() for part in (graph.indptr, graph.indices, graph.data))
    taken, chosen = set[int](), []
    for vertex in order:
        if vertex in taken:
            continue
        chosen.append(vertex)
        seen: dict[int, float] = {vertex: 0.0}
        front = [(0.0, vertex)]
        while front:
            far, here = heappop(front)
            if far > seen[here]:
                continue
            for slot in range(starts[here], starts[here + 1]):
                there, reach = others[slot], far + lengths[slot]
                if reach < apart_m and reach < seen.get(there, apart_m):
                    seen[there] = reach
                    heappush(front, (reach, there))
        taken.update(seen)
    return np.array(chosen, np.int32)


def _distinct(triangles: IntArray) -> IntArray:
    """Triangles (F, 3) without those that have shrunk to an edge or that are there already."""
    a, b, c = triangles.T
    whole = triangles[(a != b) & (b != c) & (c != a) & (triangles >= 0).all(1)]
    _, first = np.unique(np.sort(whole, axis=1), axis=0, return_index=True)
    return np.ascontiguousarray(whole[np.sort(first)], np.int32)


def _bound(
    points: Array, triangles: IntArray, chosen: IntArray, graph: sparse.csr_array, apart_m: float
) -> tuple[sparse.csr_array, sparse.csr_array, sparse.csr_array]:
    """`along`, `above` and `weight`."""
    far = csgraph.dijkstra(graph, directed=False, indices=chosen, limit=_FAR_REACH * apart_m)
    scarce = np.count_nonzero(far < _REACH * apart_m, axis=0) < _LEAST
    reach = np.where(scarce, _FAR_REACH, _REACH) * apart_m
    column, row = np.nonzero(far < reach)
    weight = (1 - (far[column, row] / reach[row]) ** 2) ** 2
    count = len(points)
    weight /= np.bincount(row, weight, count)[row]
    few, facing = points[chosen], normals(points[chosen], triangles)

    def summed(values: Array) -> Array:
        flat = values.reshape(len(values), -1)
        sums = [np.bincount(row, weight * flat[:, k], count) for k in range(flat.shape[1])]
        return np.stack(sums, 1).reshape(count, *values.shape[1:])

    centre = summed(few[column])
    arm = few[column] - centre[row]
    size, axes = np.linalg.eigh(summed(arm[:, :, None] * arm[:, None, :]))
    # Across the cloth there is nothing to fit a slope to.
    strength = np.where(size > _FLAT * size[:, 2:], 1 / np.maximum(size, 1e-9), 0.0)
    strength[:, 0] = 0.0
    local = np.einsum("vik,vi->vk", axes, points - centre)
    slope = np.einsum("vik,vk->vi", axes, strength * local)
    share = weight * (1 + np.einsum("ni,ni->n", arm, slope[row]))
    along = sparse.csr_array((share, (row, column)), (count, len(chosen)))
    normal = turns.unit(summed(facing[column]) + 1e-12)
    height = ((points - along @ few) * normal).sum(1)
    above = sparse.csr_array((weight * height[row], (row, column)), (count, len(chosen)))
    most = np.zeros(count)
    np.maximum.at(most, row, weight)
    against = sparse.csr_array((weight / most[row], (row, column)), (count, len(chosen)))
    return along.astype(np.float32), above.astype(np.float32), against.astype(np.float32)
