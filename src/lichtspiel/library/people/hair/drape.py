"""Grow hairs over a body: combed along the scalp, pulled down by gravity, kept off the skin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array
from lichtspiel.library.people.hair.scalp import ear_vertices
from lichtspiel.library.people.hair.surface import SkinSurface

_NEIGHBOURS = 4
_DEEP_M = 0.45
"""Hair reaches at most so far below the eyes."""

_COVERED_M, _OUTWARD = 0.06, 0.2
"""Cloth covers what is no farther below it; cosine to the skin's normal from which on it faces outward."""

Pull = Callable[[Array, NDArray[Any], Array], Array]
"""(points, surface places, arc share) → direction pulls (N, 3) at the growing tips."""


@dataclass(frozen=True, eq=False)
class Obstacle:
    """A surface of points with normals that hairs may not enter."""

    tree: cKDTree
    points: Array
    normals: Array
    vertices: NDArray[Any]
    """(M,) the basis' vertex of each point."""

    def probe(self, points: Array) -> tuple[Array, Array, NDArray[Any]]:
        """Signed distance (N,) metres, outward normal (N, 3), nearest basis vertex (N,)."""
        distance, near = self.tree.query(points, _NEIGHBOURS)
        share = 1.0 / (distance + 1e-4) ** 2
        share /= share.sum(1, keepdims=True)
        height = np.einsum("nkx,nkx->nk", points[:, None] - self.points[near], self.normals[near])
        normal = np.einsum("nk,nkx->nx", share, self.normals[near])
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
        return (share * height).sum(1), normal, self.vertices[near[:, 0]]


def obstacle(surface: SkinSurface, eye_height_m: float, layers: Sequence[Layer] = ()) -> Obstacle:
    """The skin from the chest up, and what of these layers of clothes, the outermost first, lies over it.

    Ears count as bulges of the head, so that hair passes over them.
    """
    used = np.unique(surface.faces)
    used = used[surface.points[used, 2] > eye_height_m - _DEEP_M]
    normals = surface.normals.copy()
    ears = ear_vertices()
    side = np.sign(surface.points[ears, 0])
    inner = surface.normals[ears, 0] * side < 0.25  # the ear's back and hollows
    normals[ears] = np.stack([side * 0.93, np.full(len(ears), 0.2), np.full(len(ears), 0.3)], -1)
    used = np.setdiff1d(used, ears[inner])
    skin = Layer(surface.points[used], normals[used])
    shown = _shown([*(layer.above(eye_height_m - _DEEP_M) for layer in layers), skin], skin)
    nearest = cKDTree(skin.points).query(shown.points)[1]
    return Obstacle(cKDTree(shown.points), shown.points, shown.normals, used[nearest])


@dataclass(frozen=True, eq=False)
class Layer:
    """Points (N, 3) of skin or cloth and its unit normals there (N, 3)."""

    points: Array
    normals: Array

    def __getitem__(self, rows: NDArray[np.bool_]) -> Layer:
        return Layer(self.points[rows], self.normals[rows])

    def above(self, height_m: float) -> Layer:
        return self[self.points[:, 2] > height_m]

    def under(self, other: Layer) -> NDArray[np.bool_]:
        """(N,) which points lie beneath another layer."""
        away, near = cKDTree(other.points).query(self.points)
        lower = ((self.points - other.points[near]) * other.normals[near]).sum(1) < 0
        return np.asarray(lower & (away < _COVERED_M))


def _shown(layers: Sequence[Layer], skin: Layer) -> Layer:
    """What is outside of layers, the outermost first; what faces inward, of hems and collars, is not."""
    tree, found = cKDTree(skin.points), Layer(np.zeros((0, 3)), np.zeros((0, 3)))
    for layer in layers:
        outward = (layer.normals * skin.normals[tree.query(layer.points)[1]]).sum(1) > _OUTWARD
        seen = layer[outward]
        seen = seen[~seen.under(found)] if len(found.points) else seen
        found = Layer(np.vstack([found.points, seen.points]), np.vstack([found.normals, seen.normals]))
    return found


@dataclass(frozen=True, eq=False)
class Start:
    """Where and how hairs begin.

    roots, normals, directions: (N, 3). lengths, layers: (N,) metres; a layer is the distance from the
    skin at which a hair lies once it has left its root.
    """

    roots: Array
    normals: Array
    directions: Array
    lengths: Array
    layers: Array


def grow(
    body: Obstacle, start: Start, steps: int, stiffness: float, pull: Pull, rise_m: Array | float
) -> Array:
    """Hairs (N, steps + 1, 3) from their roots. rise_m: way along each until it is in its layer."""
    points = np.empty((len(start.roots), steps + 1, 3))
    points[:, 0] = start.roots
    heading = start.directions.copy()
    stride = (start.lengths / steps)[:, None]
    place = body.probe(start.roots)[2]
    for step in range(steps):
        share = np.full(len(heading), step / steps)
        wanted = stiffness * heading + (1 - stiffness) * pull(points[:, step], place, share)
        heading = wanted / np.maximum(np.linalg.norm(wanted, axis=1, keepdims=True), 1e-9)
        tip = points[:, step] + heading * stride
        height, normal, place = body.probe(tip)
        way = (step + 1) * stride[:, 0]
        clear = start.layers * np.clip(way / rise_m, 0, 1) ** 0.7
        inside = np.maximum(clear - height, 0)
        # A hair pushed out of the skin turns along it; what is short does not come out of a collar over it.
        tip = tip + normal * np.minimum(np.minimum(inside, 0.02)[:, None], 2 * stride)
        away = np.minimum((heading * normal).sum(1), 0) * (inside > 0)
        heading = heading - 0.8 * away[:, None] * normal
        points[:, step + 1] = tip
    return points
