"""What hanging cloth covers where somebody stands at ease, and how far that stands out of it in a pose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people import basis
from lichtspiel.library.people.clothes import pressed
from lichtspiel.library.people.clothes.distance import above_surface
from lichtspiel.library.people.clothes.fit import rim
from lichtspiel.library.people.clothes.sewing import Weights, basis_weights
from lichtspiel.library.people.clothes.sight import triangles_of
from lichtspiel.library.people.figure import Garment
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import Rig, Skin
from lichtspiel.motion import turns
from lichtspiel.motion.cloth.coarse import around, normals
from lichtspiel.motion.cloth.nearest import spread_over
from lichtspiel.take import SKIN

Mask = NDArray[np.bool_]
_UNDER_M = 0.0015
"""How far below cloth what gives way comes to lie."""
_NEARLY_M = 0.0005
"""What is this much less below it may stay."""
_MOST_M = 0.06
"""How far anything gives way at most."""
_COVERS = 0.065
"""How far cloth at most is above what it covers at ease, in body heights."""
_STRAIGHT, _ALIKE = 0.5, 0.3
"""Least cosines between the way to the cloth and its normal, and between that and the covered one's."""
_GOES = 0.99
"""Cloth that is pinned by this much goes with the body, and so does what is beneath."""
_HEM_RINGS = 3
"""Of vertices that the edge of a hem is folded over."""
_REACH_M = 0.08
"""What is farther than this from cloth has nothing to do with it any more."""
_PROBES_M, _AROUND_M = 0.02, 0.05
"""Distance of the points that are looked at first, and how far around one that stands out all are."""
_FADING_M = 0.02
"""What lies deeper than this below cloth does not give way with what is around it."""
_LEAVES = 48
"""Points that a search for the nearest one looks through one by one."""
_FOLLOWS_M = 0.015
"""Folds of hems, edges and buttons go with what is as near to them as this at ease."""
_ROUNDS, _SMOOTHED = 4, 3
_SHOULDER = 0.72
"""Height, in body heights, above which what hangs covers arms."""
_ARMS = ("upperarm", "lowerarm")
_NEVER = ("wrist", "finger", "metacarpal", "neck", "head")
"""Bones of hands and those that all of the head hangs from: what they carry does not give way."""


@dataclass(frozen=True, eq=False)
class Layer:
    """Skin or a garment at rest: vertices (V, 3), triangles (F, 3), bones; `level` as in the library."""

    name: str
    level: int
    points: Array
    triangles: IntArray
    skin: Skin
    weights: Weights
    """(V, B), as `skin`."""

    garment: Garment | None = None

    @classmethod
    def of_skin(cls, worn: Sequence[Garment], physique: Physique) -> Layer:
        """The skin of a body that is seen beneath what it wears; vertices are those of the basis."""
        base = basis.load()
        hidden = np.concatenate([np.zeros(0, np.int32), *(garment.hides for garment in worn)])
        faces = base.faces[np.setdiff1d(base.faces_of("body"), hidden)]
        triangles = np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]]).astype(np.int32)
        weights = basis_weights(physique.skin, len(physique.rig.names))
        return cls(SKIN, -1, pressed(physique, worn), triangles, physique.skin, weights)

    @classmethod
    def of(cls, garment: Garment, rig: Rig) -> Layer:
        """A garment."""
        mesh = garment.mesh
        level = catalogue.garments()[garment.garment].layer
        triangles = triangles_of(mesh.corners, mesh.sizes)
        weights = basis_weights(garment.skin, len(rig.names))
        return cls(garment.garment, level, mesh.vertices, triangles, garment.skin, weights, garment)


@dataclass(frozen=True, eq=False)
class Cover:
    """A garment of which some hangs. triangles: (F, 3) of that part, whole: (G, 3) of all, so that they face
    outward. vertices: (N,) of that part. rim: (V,) what is at a hem, pinned: (V,) as in `Hang`."""

    triangles: IntArray
    whole: IntArray
    vertices: IntArray
    rim: Mask
    pinned: Array
    ease: Array
    """(V, 3) of all of the garment, on somebody who stands at ease."""

    facing: Array
    """(V, 3) its normals there."""

    around: sparse.csr_array
    """(V, G) which of all triangles meet at each vertex."""

    @classmethod
    def of(cls, layer: Layer, ease: Array) -> Cover:
        """Of a garment at ease (V, 3)."""
        garment = layer.garment
        assert garment is not None
        assert garment.hang is not None
        whole = layer.triangles
        if not _faces_out(ease, whole[(garment.hang.pinned[whole] < _GOES).any(1)]):
            whole = np.ascontiguousarray(whole[:, ::-1])
        triangles = whole[(garment.hang.pinned[whole] < _GOES).any(1)]
        edge = rim(garment.mesh, _HEM_RINGS)
        facing = normals(ease, whole)
        meet = around(whole, len(ease))
        return cls(triangles, whole, np.unique(triangles), edge, garment.hang.pinned, ease, facing, meet)

    @cached_property
    def at_ease(self) -> cKDTree:
        """Of all of the garment at ease."""
        return cKDTree(self.ease)

    def at(self, cloth: Array) -> Draped:
        """Where it is when all of the garment is at (V, 3)."""
        return Draped(self, cloth)


@dataclass(frozen=True, eq=False)
class Draped:
    """Cloth in a pose, all vertices (V, 3) of the garment."""

    cover: Cover
    cloth: Array

    @cached_property
    def _tree(self) -> cKDTree:
        places = self.cloth.take(self.cover.vertices, 0)
        return cKDTree(places, _LEAVES, compact_nodes=False, balanced_tree=False)

    def _facing(self, vertices: IntArray) -> Array:
        """(K, 3) unit normals at some vertices (K,)."""
        starts, ends = self.cover.around.indptr[vertices], self.cover.around.indptr[vertices + 1]
        first = np.cumsum(ends - starts) - (ends - starts)
        slots = np.arange((ends - starts).sum()) + np.repeat(starts - first, ends - starts)
        faces = self.cover.whole.take(self.cover.around.indices.take(slots), 0)
        one, two, three = (self.cloth.take(corner, 0) for corner in faces.T)
        return np.asarray(turns.unit(np.add.reduceat(turns.cross(two - one, three - one), first) + 1e-15))

    def over(self, points: Array) -> tuple[Array, Mask, Array]:
        """How far points (K, 3) stand out of it, which are near it and no hem, and its normals (K, 3)."""
        far, near = self._tree.query(points, distance_upper_bound=_REACH_M)
        rows = np.flatnonzero(np.isfinite(far))
        vertices = self.cover.vertices.take(near.take(rows))
        inner = ~self.cover.rim.take(vertices)
        rows, vertices = rows[inner], vertices[inner]
        found, out = np.zeros(len(points), bool), np.full(len(points), -np.inf)
        facing = np.zeros(points.shape)
        if len(rows):
            facing[rows] = normal = self._facing(vertices)
            apart = points.take(rows, 0) - self.cloth.take(vertices, 0)
            found[rows], out[rows] = True, np.einsum("ni,ni->n", apart, normal)
        return out, found, facing

    def _close(self, points: Array) -> IntArray:
        """(F, 3) its triangles where some points (K, 3) are."""
        corner = self.cloth[self.cover.triangles[:, 0]]
        inside = (corner > points.min(0) - _REACH_M) & (corner < points.max(0) + _REACH_M)
        return self.cover.triangles[inside.all(1)]

    def ways(self, points: Array, facing: Array, deeper_m: float) -> tuple[Array, Array]:
        """How points (K, 3) with these normals give way to it (K, 3), and how much it lies on them (K,).

        deeper_m: so much further they go below it where they stand far out.
        """
        way = np.zeros_like(points)
        rows = np.arange(len(points))
        covered = np.zeros(len(points))
        for turn in range(_ROUNDS):
            here = points[rows] + way[rows]
            out, over, normal = self.over(here)
            if not turn:
                covered = over * np.clip(1 + out / _FADING_M, 0, 1)
            over &= np.einsum("ni,ni->n", facing[rows], normal) > 0
            hit = np.flatnonzero(over & (out > _NEARLY_M - _UNDER_M))
            if not len(hit):
                break
            deep = out[hit] + _UNDER_M
            if not turn:
                # Cloth may bulge between its vertices.
                above = above_surface(here[hit], self.cloth[self._close(here[hit])])
                deep = np.minimum(deep, above + _UNDER_M)
            hit, deep = hit[deep > 0], deep[deep > 0]
            rows = rows[hit]
            way[rows] -= (deep + (np.minimum(deep, deeper_m) if not turn else 0.0))[:, None] * normal[hit]
        size = np.linalg.norm(way, axis=1, keepdims=True)
        return way * np.minimum(1.0, _MOST_M / np.maximum(size, 1e-9)), covered


@dataclass(frozen=True, eq=False)
class Below:
    """What a garment covers of a layer.

    points: (M,) vertices of the layer that may give way; leads: (M,) which of them face the cloth, follows:
    (M,) which of those each of the others goes with. probes: (R,) some of the leads, beside: (M, R) what is
    near to each of them. smooth: (M, M) means of neighbours.
    """

    points: IntArray
    vertices: IntArray
    """(N,) those of all triangles that meet at the points, as the layer counts them."""

    triangles: IntArray
    meet: sparse.csr_array
    """(M, F) which of the triangles meet at each point."""

    weights: Weights
    """(N, B) shares of bones of the vertices."""

    slots: IntArray
    """(M,) where among these vertices the points are."""

    leads: Mask
    follows: IntArray
    probes: IntArray
    probing: IntArray
    """(R,) which vertices of the layer these are."""

    probing_weights: Weights
    """(R, B) their shares of bones."""

    beside: sparse.csr_array
    smooth: sparse.csr_array

    @classmethod
    def of(cls, cover: Cover, layer: Layer, ease: Array, physique: Physique) -> Below | None:
        """Of a layer at ease (V, 3); None for nothing."""
        height = physique.height_m
        used = np.unique(layer.triangles)
        sleeved = bool(cover.ease[cover.vertices, 2].max() > _SHOULDER * height)
        used = used[~_carried_by(layer.skin, used, physique.rig, _NEVER if sleeved else _NEVER + _ARMS)]
        reach_m = _COVERS * height
        low, high = cover.ease.min(0) - reach_m, cover.ease.max(0) + reach_m
        used = used[((ease[used] >= low) & (ease[used] <= high)).all(1)]
        far, near = cover.at_ease.query(ease[used], distance_upper_bound=reach_m)
        used, far, near = used[np.isfinite(far)], far[np.isfinite(far)], near[np.isfinite(far)]
        if not len(used):
            return None
        apart, normal, facing = (
            cover.ease[near] - ease[used],
            cover.facing[near],
            normals(ease, layer.triangles)[used],
        )
        alike = np.einsum("ni,ni->n", facing, normal) > _ALIKE
        straight = np.einsum("ni,ni->n", apart, np.where(alike[:, None], facing, normal)) > _STRAIGHT * far
        straight |= np.einsum("ni,ni->n", apart, normal) > _STRAIGHT * far
        within = straight & (cover.pinned[near] < _GOES)
        points, leads = used[within].astype(np.int32), alike[within]
        if not leads.any():
            return None
        leading = np.flatnonzero(leads)
        apart, lead = cKDTree(ease[points[leads]]).query(ease[points])
        kept = apart < _FOLLOWS_M
        place = np.cumsum(kept) - 1
        points, leads = points[kept], leads[kept]
        follows = place[leading[lead[kept]]].astype(np.int32)
        at = ease[points]
        leading = np.flatnonzero(leads)
        probes = leading[spread_over(at[leading], _PROBES_M)].astype(np.int32)
        pairs = cKDTree(at).sparse_distance_matrix(cKDTree(at[probes]), _AROUND_M, output_type="coo_matrix")
        beside = sparse.csr_array((np.ones(pairs.nnz, np.int32), (pairs.row, pairs.col)), pairs.shape)
        within = np.zeros(len(ease), bool)
        within[points] = True
        some = layer.triangles[within[layer.triangles].any(1)]
        vertices, corners = np.unique(some, return_inverse=True)
        slots = np.searchsorted(vertices, points).astype(np.int32)
        triangles = corners.reshape(-1, 3).astype(np.int32)
        meet = around(triangles, len(vertices))[slots]
        means = _means(some, points, len(ease))
        weights = layer.weights[vertices]
        probing = points[probes]
        return cls(
            points, vertices, triangles, meet, weights, slots, leads, follows, probes, probing,
            layer.weights[probing], beside, means,
        )  # fmt: skip

    def near(self, probes: Mask) -> Mask:
        """(M,) what is around some of the probes (R,)."""
        return np.asarray(self.beside @ probes.astype(np.int32)) > 0

    def facing(self, places: Array) -> Array:
        """(M, 3) normals at the points when its vertices are at places (N, 3)."""
        one, two, three = places[self.triangles.T]
        return np.asarray(turns.unit(self.meet @ turns.cross(two - one, three - one) + 1e-15))

    def spread(self, ways: Array, covered: Array) -> Array:
        """Ways (M, 3) of leads with those of what follows them and, less, of what is covered around them."""
        ways, covered = ways[self.follows], covered[self.follows, None]
        moved = (ways != 0).any(1, keepdims=True)
        found = ways
        for _ in range(_SMOOTHED):
            found = np.where(moved, ways, covered * (self.smooth @ found))
        return np.asarray(found)


def _carried_by(skin: Skin, vertices: IntArray, rig: Rig, roots: tuple[str, ...]) -> Mask:
    """(N,) which vertices bones that begin like this, or that hang from such, carry a good part of."""
    chosen = np.zeros(len(rig.names), bool)
    for bone, parent in enumerate(rig.parents):
        chosen[bone] = rig.names[bone].startswith(roots) or (parent >= 0 and chosen[parent])
    return np.asarray((skin.shares[vertices] * chosen[skin.bones[vertices]]).sum(1) > 0.3)


def _means(triangles: IntArray, points: IntArray, count: int) -> sparse.csr_array:
    """(M, M) means of those of the neighbours of points (M,) that are among them; others count as nought.

    triangles: (F, 3) all that meet at the points.
    """
    sides = triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2).astype(np.int64)
    keys = np.unique(np.concatenate([sides[:, 0] * count + sides[:, 1], sides[:, 1] * count + sides[:, 0]]))
    ends = np.stack([keys // count, keys % count], 1)
    degree = np.bincount(ends[:, 0], minlength=count)
    place = np.full(count, -1, np.int32)
    place[points] = np.arange(len(points))
    inside = ends[(place[ends] >= 0).all(1)]
    values = 1 / degree[inside[:, 0]]
    shape = (len(points), len(points))
    return sparse.csr_array((values, (place[inside[:, 0]], place[inside[:, 1]])), shape)


def _faces_out(points: Array, triangles: IntArray) -> bool:
    """Whether more triangles (F, 3) between points (V, 3) face away from their middle than to it."""
    corner = points[triangles]
    across = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    away = corner.mean(1) - corner.mean((0, 1))
    return bool((across[:, :2] * away[:, :2]).sum() > 0)
