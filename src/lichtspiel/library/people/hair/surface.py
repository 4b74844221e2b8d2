"""The skin that hairs are rooted in: the smooth surface of a body, and points on it.

Pictures subdivide the body's faces (Catmull and Clark), which draws the surface inward of its
vertices by up to a millimetre on a head. Hairs are rooted in the limit of that subdivision.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people import basis
from lichtspiel.library.people.physique import Physique


@dataclass(frozen=True, eq=False)
class SkinSurface:
    """A body's skin, metres. Vertices are numbered as in the basis, so that bodies correspond."""

    points: Array
    """(V, 3) limit positions; rows of vertices that no face of the body uses are unchanged."""
    normals: Array
    """(V, 3) outward unit normals."""
    faces: IntArray
    """(F, 4) faces of the body."""


@dataclass(frozen=True, eq=False)
class Roots:
    """Points on the body's faces that mean the same place on every body."""

    faces: IntArray
    """(N,) rows of SkinSurface.faces."""
    uv: Array
    """(N, 2) place within the face, 0..1."""

    def __getitem__(self, rows: slice | NDArray[Any]) -> Roots:
        return Roots(self.faces[rows], self.uv[rows])

    def weights(self) -> Array:
        """(N, 4) shares of a face's corners in each root."""
        u, v = self.uv.T
        return np.stack([(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v], -1)

    def on(self, surface: SkinSurface, values: Array) -> Array:
        """(N, …) values given at vertices, carried to the roots."""
        corners = values[surface.faces[self.faces]]
        return np.asarray(np.einsum("nc,nc...->n...", self.weights(), corners))


@lru_cache(maxsize=8)
def skin_surface(physique: Physique) -> SkinSurface:
    """The smooth skin of a body."""
    return _surface(physique.vertices)


@lru_cache(maxsize=1)
def reference_surface() -> SkinSurface:
    """The skin of the basis itself, in whose space the places where hair grows are drawn."""
    return _surface(basis.load().vertices)


def _surface(vertices: Array) -> SkinSurface:
    faces = body_faces()
    points = _limit_stencil() @ vertices
    return SkinSurface(points, vertex_normals(points, faces), faces)


@lru_cache(maxsize=1)
def body_faces() -> IntArray:
    """(F, 4) the basis' faces that are skin."""
    base = basis.load()
    return np.ascontiguousarray(base.faces[base.faces_of("body")])


def vertex_normals(points: Array, faces: IntArray) -> Array:
    """(V, 3) unit normals, weighted by area."""
    a, b, c, d = (points[faces[:, corner]] for corner in range(4))
    cross = np.cross(c - a, d - b)
    normals = np.zeros_like(points)
    for corner in range(4):
        for axis in range(3):
            normals[:, axis] += np.bincount(faces[:, corner], cross[:, axis], len(points))
    return normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)


@lru_cache(maxsize=1)
def _limit_stencil() -> sparse.csr_array:
    """(V, V) matrix that takes control vertices to their limits on the subdivision surface.

    (n² v + 4 Σ edge neighbours + Σ face opposites) / (n (n + 5)) for a vertex of n quads (Halstead,
    Kass, DeRose 1993); open borders are left where they are.
    """
    faces = body_faces()
    count = len(basis.load().vertices)
    edges = sparse.csr_array((count, count))
    opposites = sparse.csr_array((count, count))
    ones = np.ones(len(faces))
    for corner in range(4):
        here, following, across = (faces[:, (corner + step) % 4] for step in range(3))
        edges = edges + sparse.csr_array((ones, (here, following)), (count, count))
        opposites = opposites + sparse.csr_array((ones, (here, across)), (count, count))
    one_sided = abs(edges - edges.T)  # each inner edge is run through once in either direction
    border = np.asarray(one_sided.sum(1)) > 0
    valence = np.bincount(faces.ravel(), minlength=count).astype(float)
    free = (valence == 0) | border
    scale = np.where(free, 1.0, valence * (valence + 5))
    keep = sparse.diags_array(np.where(free, 1.0, valence**2))
    inner = sparse.diags_array(np.where(free, 0.0, 1.0))
    stencil = sparse.diags_array(1 / scale) @ (keep + inner @ (4 * edges + opposites))
    return sparse.csr_array(stencil)
