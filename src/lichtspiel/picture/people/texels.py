"""The body's texture layout, texel by texel: where each one lies on the base mesh.

Everything that is drawn on skin is drawn in these places, on the base mesh that all bodies share,
so that a cheek is a cheek on every face.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.basis import Basis, load

Floats = NDArray[np.floating[Any]]
"""Numbers of either precision: single for pictures, where it is enough."""

Part = Literal["body", "head", "hands"]

_WRIST_M = 0.02
"""Hands begin so far above the wrists."""
_BLEED = 4
"""Texels around the islands of the layout that are filled too, for filtered look-ups."""


@dataclass(frozen=True, eq=False)
class Texels:
    """Texels that show skin, row by row; row 0 is the top of the picture."""

    size: int
    covered: IntArray
    """(N,) flat indices into the picture."""
    place: Floats
    """(N, 3) metres on the base mesh."""
    normal: Floats
    """(N, 3) unit, outward."""
    faces: IntArray
    """(N,) faces of the basis that they lie on."""

    @cached_property
    def face(self) -> Floats:
        """(N, 3) in half eye distances from between the eyes: to the person's left, forward, up."""
        basis = load()
        left, right = (basis.vertices[basis.group(f"helper-{side}-eye")].mean(0) for side in "lr")
        half = (left[0] - right[0]) / 2
        origin = ((left + right) / 2).astype(np.float32)
        return np.asarray((self.place - origin) * np.array([1, -1, 1], np.float32) / np.float32(half))

    def part(self, chosen: NDArray[np.bool_]) -> Texels:
        """Only the chosen texels (N,)."""
        return Texels(
            self.size, self.covered[chosen], self.place[chosen], self.normal[chosen], self.faces[chosen]
        )

    def mask(self, name: str) -> Floats:
        """(N,) 0..1 of one of the basis's masks."""
        return np.asarray(_mask(name, self.size)[self.covered])

    @cached_property
    def tree(self) -> cKDTree:
        """Finds texels by their place."""
        return cKDTree(self.place, balanced_tree=False, compact_nodes=False)

    def picture(self, values: Floats) -> Floats:
        """(size, size, C) of values (N, C), bled outward over the rims of the islands."""
        whole = np.zeros((self.size, self.size, values.shape[1]), np.float32)
        filled = np.zeros((self.size, self.size), bool)
        whole.reshape(-1, values.shape[1])[self.covered] = values
        filled.ravel()[self.covered] = True
        for _ in range(_BLEED):
            for axis, step in ((0, 1), (0, -1), (1, 1), (1, -1)):
                # Islands never touch the picture's rim, so that rolling around it does no harm.
                rim = np.roll(filled, step, axis) & ~filled
                whole[rim] = np.roll(whole, step, axis)[rim]
                filled |= rim
        return whole


@lru_cache(maxsize=32)
def _mask(name: str, size: int) -> Floats:
    picture = load().mask(name).astype(np.float32) / 255
    if len(picture) != size:
        picture = ndimage.zoom(picture, size / len(picture), order=1)
    return np.asarray(picture.ravel(), np.float32)


@lru_cache(maxsize=6)
def texels(size: int, part: Part = "body") -> Texels:
    """The layout at a size of `size` by `size` texels, or the part of it that shows head and throat or the
    hands."""
    basis = load()
    faces = basis.faces_of("body")
    middles = basis.vertices[basis.faces[faces]].mean(1)
    if part == "head":
        faces = faces[middles[:, 2] > _throat(basis)]
    elif part == "hands":
        faces = faces[_beyond_wrists(basis, middles) > -_WRIST_M]
    uv = basis.uv[basis.face_uv[faces]]
    spots = np.concatenate([uv[:, [0, 1, 2]], uv[:, [0, 2, 3]]])
    pixel = np.stack([spots[..., 0], 1 - spots[..., 1]], -1) * size - 0.5
    owner = _owners(pixel, size)
    covered = np.flatnonzero(owner >= 0).astype(np.int32)
    triangle = owner[covered]
    shares = _shares(pixel[triangle], np.stack([covered % size, covered // size], -1))
    corners = basis.faces[faces]
    corners = np.concatenate([corners[:, [0, 1, 2]], corners[:, [0, 2, 3]]])[triangle]
    place, normal = (_blended(shares, values, corners) for values in (basis.vertices, _normals(basis)))
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    face = faces[triangle % len(faces)].astype(np.int32)
    return Texels(size, covered, place.astype(np.float32), normal.astype(np.float32), face)


def _blended(shares: Array, values: Array, corners: IntArray) -> Array:
    """(N, 3) values of vertices (V, 3), by the shares (N, 3) of triangles' corners (N, 3)."""
    total = shares[:, :1] * values[corners[:, 0]]
    for corner in (1, 2):
        total += shares[:, [corner]] * values[corners[:, corner]]
    return total


def _beyond_wrists(basis: Basis, places: Array) -> Array:
    """(N,) metres of places (N, 3) beyond the nearer wrist, along its arm."""
    heads = basis.joint_points("head", basis.vertices)
    elbow, wrist = (heads[basis.bone_names.index(bone)] for bone in ("lowerarm01.L", "wrist.L"))
    down = (wrist - elbow) / np.linalg.norm(wrist - elbow)
    mirrored = np.column_stack([np.abs(places[:, 0]), places[:, 1:]])
    return np.asarray(np.where(mirrored[:, 0] > wrist[0] - 0.06, (mirrored - wrist) @ down, -1.0))


def _throat(basis: Basis) -> float:
    """Height above which faces belong to the head and the throat below it, metres."""
    eyes = basis.vertices[basis.group("helper-l-eye")].mean(0)
    return float(eyes[2] - 5.5 * abs(eyes[0]))


def _owners(pixel: Array, size: int) -> IntArray:
    """(size * size,) the triangle (T, 3, 2) that each texel lies in, -1 for none.

    Every triangle is strewn with points that lie denser than texels.
    """
    owner = np.full(size * size, -1, np.int32)
    edges = np.linalg.norm(pixel - np.roll(pixel, 1, axis=1), axis=-1).max(1)
    steps = (2 ** np.ceil(np.log2(np.maximum(2.2 * edges, 2.0)))).astype(int)
    for count in np.unique(steps):
        chosen = np.flatnonzero(steps == count)
        first, second = np.meshgrid(np.arange(count + 1), np.arange(count + 1))
        inside = first + second <= count
        shares = np.stack([first[inside], second[inside], count - first[inside] - second[inside]], -1) / count
        columns, rows = (
            np.clip(np.rint(pixel[chosen, :, axis] @ shares.T), 0, size - 1).astype(np.int32)
            for axis in range(2)
        )
        owner[rows * size + columns] = chosen[:, None]
    return owner


def _shares(corner: Array, spot: IntArray) -> Array:
    """(N, 3) shares of the corners of triangles (N, 3, 2) in spots (N, 2)."""
    (ax, ay), (bx, by), (cx, cy) = (corner[:, index].T for index in range(3))
    x, y = spot.T
    area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    area = np.where(np.abs(area) < 1e-9, 1e-9, area)
    second = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / area
    third = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / area
    shares = np.clip(np.stack([1 - second - third, second, third], -1), 0, 1)
    return np.asarray(shares / shares.sum(1, keepdims=True))


@lru_cache(maxsize=1)
def _normals(basis: Basis) -> Array:
    """(V, 3) unit normals of the body's vertices."""
    faces = np.asarray(basis.faces[basis.faces_of("body")])
    corners = basis.vertices[faces]
    outward = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    normals = np.zeros_like(basis.vertices)
    for corner in range(4):
        np.add.at(normals, faces[:, corner], outward)
    return np.asarray(normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12))
