"""The body's texture layout, texel by texel: where each one lies on the base mesh.

Everything that is drawn on skin is drawn in these places, on the base mesh that all bodies share,
so that a cheek is a cheek on every face.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.basis import Basis, load

Floats = NDArray[np.floating[Any]]
"""Numbers of either precision: single for pictures, where it is enough."""

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


@lru_cache(maxsize=3)
def texels(size: int) -> Texels:
    """The layout at a size of `size` by `size` texels."""
    basis = load()
    faces = basis.faces_of("body")
    corners, uv = basis.faces[faces], basis.uv[basis.face_uv[faces]]
    normals = _normals(basis, faces)
    flat = [np.concatenate([basis.vertices, normals], 1)[corners]]
    triangles = np.concatenate([flat[0][:, [0, 1, 2]], flat[0][:, [0, 2, 3]]])
    spots = np.concatenate([uv[:, [0, 1, 2]], uv[:, [0, 2, 3]]])
    picture = np.full((size * size, 6), np.nan, np.float32)
    owner = np.zeros(size * size, np.int32)
    pixel = np.stack([spots[..., 0], 1 - spots[..., 1]], -1) * size - 0.5
    for face, values, corner in zip(np.tile(faces, 2), triangles, pixel, strict=True):
        index, shares = _inside(corner, size)
        picture[index] = shares @ values
        owner[index] = face
    covered = np.flatnonzero(~np.isnan(picture[:, 0])).astype(np.int32)
    found = picture[covered]
    normal = found[:, 3:] / np.maximum(np.linalg.norm(found[:, 3:], axis=1, keepdims=True), 1e-9)
    return Texels(size, covered, found[:, :3].copy(), normal, owner[covered])


def _inside(corner: Array, size: int) -> tuple[IntArray, Array]:
    """Flat indices of the texels in a triangle (3, 2) and their shares (K, 3) of its corners."""
    low = np.maximum(np.floor(corner.min(0)).astype(int), 0)
    high = np.minimum(np.ceil(corner.max(0)).astype(int), size - 1)
    x, y = np.meshgrid(np.arange(low[0], high[0] + 1), np.arange(low[1], high[1] + 1))
    (ax, ay), (bx, by), (cx, cy) = corner
    area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    if abs(area) < 1e-9:
        return np.zeros(0, np.int32), np.zeros((0, 3))
    second = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / area
    third = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / area
    shares = np.stack([1 - second - third, second, third], -1)
    # A little beyond the rim, so that no texel between two triangles is missed.
    kept = (shares > -0.02).all(-1)
    return (y[kept] * size + x[kept]).astype(np.int32), shares[kept]


def _normals(basis: Basis, faces: IntArray) -> Array:
    corners = basis.vertices[basis.faces[faces]]
    outward = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    normals = np.zeros_like(basis.vertices)
    for corner in range(4):
        np.add.at(normals, basis.faces[faces][:, corner], outward)
    return normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
