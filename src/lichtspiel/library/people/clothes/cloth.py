"""Pieces of cloth as sums of vertices of the base mesh, so that one cut fits every physique.

Every vertex of a piece is a fixed weighted mean of vertices of the basis. Cutting and refining
happen once, on the canonical body; dressing somebody is one sparse product.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.clothes.anatomy import Places, canonical

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Piece:
    """A mesh whose vertices are means of vertices of the basis.

    matrix: (N, V) sparse array. corners, sizes, slots: polygons as in library.asset.Mesh.
    """

    matrix: Any
    corners: IntArray
    sizes: IntArray
    slots: IntArray

    @cached_property
    def places(self) -> Places:
        """Canonical places of its vertices."""
        return Places(np.asarray(self.matrix @ canonical().table))

    @cached_property
    def starts(self) -> IntArray:
        return (np.cumsum(self.sizes) - self.sizes).astype(np.int32)

    @cached_property
    def following(self) -> IntArray:
        """(L,) index of the next corner of the same polygon."""
        after = np.arange(1, len(self.corners) + 1)
        after[self.starts + self.sizes - 1] = self.starts
        return after.astype(np.int32)

    @cached_property
    def owner(self) -> IntArray:
        """(L,) polygon of each corner."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes).astype(np.int32)

    @cached_property
    def mean_of_neighbours(self) -> Any:
        """(N, N) matrix that replaces each vertex by the mean of those it shares an edge with."""
        ahead = self.corners[self.following]
        rows = np.concatenate([self.corners, ahead])
        columns = np.concatenate([ahead, self.corners])
        count = self.matrix.shape[0]
        links = sparse.csr_array((np.ones(len(rows)), (rows, columns)), (count, count))
        links.data[:] = 1.0
        return sparse.csr_array(sparse.diags_array(1 / np.maximum(links.sum(1), 1)) @ links)

    def normals(self, points: Array) -> Array:
        """(N, 3) unit normals of vertices at these points, weighted by area."""
        first = points[self.corners[self.starts]][self.owner]
        here, ahead = points[self.corners], points[self.corners[self.following]]
        spokes = np.cross(here - first, ahead - first)
        areas = np.add.reduceat(spokes, self.starts, axis=0)[self.owner]
        count = self.matrix.shape[0]
        total = np.stack([np.bincount(self.corners, areas[:, k], count) for k in range(3)], 1)
        return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-15))

    @cached_property
    def loops(self) -> tuple[IntArray, ...]:
        """Boundary loops: vertices in order, the cloth to their left seen from outside."""
        ahead = self.corners[self.following]
        count = self.matrix.shape[0]
        forward = self.corners.astype(np.int64) * count + ahead
        backward = ahead.astype(np.int64) * count + self.corners
        open_edges = ~np.isin(forward, backward)
        after = dict(zip(self.corners[open_edges].tolist(), ahead[open_edges].tolist(), strict=True))
        loops = []
        while after:
            start, step = after.popitem()
            loop = [start]
            while step != start and step in after:
                loop.append(step)
                step = after.pop(step)
            if len(loop) > 2:
                loops.append(np.array(loop, np.int32))
        return tuple(sorted(loops, key=lambda loop: int(loop.min())))


@lru_cache(maxsize=8)
def shell(group: str, refinements: int = 2) -> Piece:
    """A group of the basis as a piece (`helper-tights` is the cloth of the whole body below the chin)."""
    basis = load()
    faces = basis.faces[basis.faces_of(group)]
    used, corners = np.unique(faces, return_inverse=True)
    matrix = sparse.csr_array(
        (np.ones(len(used)), (np.arange(len(used)), used)), (len(used), len(basis.vertices))
    )
    sizes = np.full(len(faces), 4, np.int32)
    piece = Piece(matrix, corners.ravel().astype(np.int32), sizes, np.zeros(len(faces), np.int32))
    for _ in range(refinements):
        piece = refined(piece)
    return piece


def refined(piece: Piece) -> Piece:
    """Catmull and Clark's subdivision (1978); boundaries become cubic curves of their own."""
    count, faces = piece.matrix.shape[0], len(piece.sizes)
    here, ahead = piece.corners, piece.corners[piece.following]
    low, high = np.minimum(here, ahead), np.maximum(here, ahead)
    keys, edge = np.unique(low.astype(np.int64) * count + high, return_inverse=True)
    edges, edge = len(keys), edge.ravel()
    ends = np.stack([keys // count, keys % count], 1).astype(np.int32)
    to_face = sparse.csr_array(
        (1 / piece.sizes[piece.owner].astype(float), (piece.owner, here)), (faces, count)
    )
    around = sparse.csr_array((np.ones(len(edge)), (edge, piece.owner)), (edges, faces))
    inner = np.asarray(around.sum(1)) == 2
    halves = sparse.csr_array(
        (np.full(2 * edges, 0.5), (np.tile(np.arange(edges), 2), ends.T.ravel())), (edges, count)
    )
    share = sparse.diags_array(np.where(inner, 0.5, 0.0))
    to_edge = sparse.diags_array(np.where(inner, 0.5, 1.0)) @ halves + 0.5 * share @ around @ to_face
    to_vertex = _vertex_rule(piece, to_face, halves, ends, inner)
    matrix = sparse.csr_array(sparse.vstack([to_vertex, to_edge, to_face]) @ piece.matrix)
    before = np.empty(len(here), np.int32)
    before[piece.following] = np.arange(len(here))
    quads = np.stack([here, count + edge, count + edges + piece.owner, count + edge[before]], 1)
    return Piece(
        matrix,
        quads.ravel().astype(np.int32),
        np.full(len(quads), 4, np.int32),
        piece.slots[piece.owner],
    )


def _vertex_rule(piece: Piece, to_face: Any, halves: Any, ends: IntArray, inner: Mask) -> Any:
    count, edges = piece.matrix.shape[0], len(ends)
    at = sparse.csr_array(
        (np.ones(2 * edges), (ends.T.ravel(), np.tile(np.arange(edges), 2))), (count, edges)
    )
    valence = np.maximum(np.asarray(at.sum(1)), 1.0)
    rim_at = at @ sparse.diags_array((~inner).astype(float))
    rim = np.asarray(rim_at.sum(1)) > 0
    of_face = sparse.csr_array(
        (np.ones(len(piece.corners)), (piece.corners, piece.owner)), (count, len(piece.sizes))
    )
    mean_face = sparse.diags_array(1 / np.maximum(of_face.sum(1), 1)) @ of_face @ to_face
    mean_edge = sparse.diags_array(1 / valence) @ at @ halves
    here = sparse.eye_array(count, format="csr")
    smooth = (
        sparse.diags_array(1 / valence) @ mean_face
        + sparse.diags_array(2 / valence) @ mean_edge
        + sparse.diags_array((valence - 3) / valence) @ here
    )
    along = sparse.diags_array(0.5 / np.maximum(rim_at.sum(1), 1)) @ rim_at @ halves + 0.5 * here
    pick = sparse.diags_array(rim.astype(float))
    return sparse.csr_array(pick @ along + (here - pick) @ smooth)


def clipped(piece: Piece, field: Array) -> Piece:
    """What lies where the field (N,) is not positive, cut along its zero line."""
    both = split(piece, field, 1)
    return kept(both.piece, both.inside)


@dataclass(frozen=True, eq=False)
class Split:
    piece: Piece
    inside: Mask
    """(P,) bool: polygons where the field was not positive."""


def split(piece: Piece, field: Array, slot: int) -> Split:
    """Cut along the zero line of a field (N,) and keep both sides; the positive one gets the slot."""
    field = np.where(np.abs(field) < 1e-5, -1e-5, field)
    here, ahead = piece.corners, piece.corners[piece.following]
    crossing = (field[here] > 0) != (field[ahead] > 0)
    count = piece.matrix.shape[0]
    low, high = np.minimum(here, ahead)[crossing], np.maximum(here, ahead)[crossing]
    keys, made = np.unique(low.astype(np.int64) * count + high, return_inverse=True)
    first, second = keys // count, keys % count
    share = field[first] / (field[first] - field[second])
    rows = np.arange(len(keys))
    cut = sparse.csr_array(
        (np.concatenate([1 - share, share]), (np.tile(rows, 2), np.concatenate([first, second]))),
        (len(keys), count),
    )
    matrix = sparse.csr_array(sparse.vstack([piece.matrix, cut @ piece.matrix]))
    new = np.full(len(here), -1, np.int64)
    new[crossing] = count + made.ravel()
    parts = [_half(piece, (field[here] <= 0), new), _half(piece, (field[here] > 0), new)]
    corners, sizes, slots, inside = [], [], [], []
    for part, (polygon_corners, polygon_sizes, owner) in enumerate(parts):
        corners.append(polygon_corners)
        sizes.append(polygon_sizes)
        slots.append(piece.slots[owner] if part == 0 else np.full(len(owner), slot))
        inside.append(np.full(len(owner), part == 0))
    joined = Piece(
        matrix,
        np.concatenate(corners).astype(np.int32),
        np.concatenate(sizes).astype(np.int32),
        np.concatenate(slots).astype(np.int32),
    )
    return Split(joined, np.concatenate(inside))


def _half(
    piece: Piece, wanted: Mask, new: NDArray[np.int64]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Corners, sizes and polygons of origin of the wanted side of every polygon."""
    emitted = np.stack([np.where(wanted, piece.corners, -1), new], 1).ravel()
    owner = np.repeat(piece.owner, 2)
    # A crossing belongs to both sides, but only of polygons that have a wanted corner.
    touched = np.bincount(piece.owner, wanted, len(piece.sizes)) > 0
    keep = (emitted >= 0) & touched[owner]
    sizes = np.bincount(owner[keep], minlength=len(piece.sizes))
    whole = sizes > 2
    keep &= whole[owner]
    return emitted[keep], sizes[whole], np.flatnonzero(whole)


def kept(piece: Piece, polygons: Mask) -> Piece:
    """Some polygons (P,) of a piece, without the vertices that nothing uses any more."""
    corners = piece.corners[polygons[piece.owner]]
    used, renamed = np.unique(corners, return_inverse=True)
    return Piece(
        sparse.csr_array(piece.matrix[used]),
        renamed.ravel().astype(np.int32),
        piece.sizes[polygons],
        piece.slots[polygons],
    )


def in_slot(piece: Piece, slot: int) -> Piece:
    """The piece with all its polygons in one surface slot."""
    return replace(piece, slots=np.full(len(piece.sizes), slot, np.int32))
