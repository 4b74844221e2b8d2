"""Whether points of a dressed body can be seen: rays from them into the open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.clothes.cloth import Mask

_CLUSTER = 32
"""Neighbouring triangles that are looked at together."""
_RAYS = 24
_START_M = 0.001
_GRAZING = 0.12
"""Least cosine between a ray and the normal of the surface it leaves."""
_LOWEST = -0.5
"""Nobody looks at people from steeply below: least height of a unit ray."""


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Everything of a posed figure that stops a look.

    points: (V, 3). triangles: (F, 3); the first `solid` of them are of the body, which is solid:
    what has sunk into it can be seen from outside, but not through it.
    """

    points: Array
    triangles: IntArray
    solid: int

    @cached_property
    def _planes(self) -> tuple[Array, Array, Array, Array]:
        """Corners (F, 3, 3), normals (F, 3) twice the area long, middles (F, 3), squared radii (F,)."""
        corners = self.points[self.triangles]
        a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
        middles = (a + b + c) / 3
        reach = [_dot(corner - middles, corner - middles) for corner in (a, b, c)]
        return corners, _cross(b - a, c - a), middles, np.maximum(np.maximum(reach[0], reach[1]), reach[2])

    @cached_property
    def _clusters(self) -> tuple[IntArray, Array, Array]:
        """First triangles (C,) of clusters, and spheres around them: centres (C, 3), radii (C,)."""
        starts = np.arange(0, len(self.triangles), _CLUSTER)
        a, b, c = (self.points[self.triangles[:, k]] for k in range(3))
        low = np.minimum.reduceat(np.minimum(np.minimum(a, b), c), starts)
        high = np.maximum.reduceat(np.maximum(np.maximum(a, b), c), starts)
        return starts.astype(np.int32), (low + high) / 2, np.linalg.norm(high - low, axis=1) / 2

    def seen(self, points: Array, normals: Array) -> Mask:
        """(K,) whether at least one of the rays from a point into the half space it faces gets away."""
        rays = _hemispheres(normals)
        looked = rays[..., 2] > _LOWEST
        which, _ = np.nonzero(looked)
        rays = rays[looked]
        stopped = self.stop(points[which] + _START_M * rays, rays)
        return np.bincount(which[~stopped], minlength=len(points)) > 0

    def stop(self, starts: Array, rays: Array, reach: Array | None = None) -> Mask:
        """(R,) whether rays, unit vectors (R, 3) from starts (R, 3), hit a triangle; within reach (R,) metres
        where that is given."""
        corners, normals, middles, radii = self._planes
        ray, triangle = self._near(starts, rays)
        facing = -_dot(rays[ray], normals[triangle])
        with np.errstate(divide="ignore", invalid="ignore"):
            far = _dot(starts[ray] - corners[triangle, 0], normals[triangle]) / facing
        kept = (far > 0) & np.isfinite(far) & ((facing > 0) | (triangle >= self.solid))
        if reach is not None:
            kept &= far < reach[ray]
        ray, triangle, far = ray[kept], triangle[kept], far[kept]
        at = starts[ray] + far[:, None] * rays[ray]
        apart = at - middles[triangle]
        kept = _dot(apart, apart) <= radii[triangle]
        ray, triangle, at = ray[kept], triangle[kept], at[kept]
        inside = np.ones(len(ray), bool)
        for k in range(3):
            corner, ahead = corners[triangle, k], corners[triangle, (k + 1) % 3]
            inside &= _dot(_cross(ahead - corner, at - corner), normals[triangle]) >= 0
        return np.bincount(ray[inside], minlength=len(rays)) > 0

    def _near(self, starts: Array, rays: Array) -> tuple[IntArray, IntArray]:
        """Rays and triangles that may meet."""
        first, centres, radii = self._clusters
        rows: list[IntArray] = [np.zeros(0, np.int32)]
        columns: list[IntArray] = [np.zeros(0, np.int32)]
        for k, (start, ray) in enumerate(zip(starts, rays, strict=True)):
            apart = centres - start
            along = apart @ ray
            close = (apart * apart).sum(1) - np.maximum(along, 0) ** 2 < radii * radii
            found = np.flatnonzero(close).astype(np.int32)
            rows.append(np.full(len(found), k, np.int32))
            columns.append(found)
        ray = np.repeat(np.concatenate(rows), _CLUSTER)
        triangle = (first[np.concatenate(columns)][:, None] + np.arange(_CLUSTER)).ravel()
        within = triangle < len(self.triangles)
        return ray[within].astype(np.int32), triangle[within].astype(np.int32)


def _dot(first: Array, second: Array) -> Array:
    return np.asarray(np.einsum("ni,ni->n", first, second))


def _cross(first: Array, second: Array) -> Array:
    """As numpy.cross of (N, 3), which is several times slower."""
    a, b, c = first.T
    d, e, f = second.T
    return np.stack([b * f - c * e, c * d - a * f, a * e - b * d], 1)


@lru_cache(maxsize=1)
def _directions() -> Array:
    """(R, 3) spread evenly over the half space above z = 0 (a Fibonacci lattice)."""
    k = np.arange(_RAYS) + 0.5
    up = _GRAZING + (1 - _GRAZING) * k / _RAYS
    level = np.sqrt(1 - up**2)
    turn = np.pi * (3 - np.sqrt(5)) * k
    return np.stack([level * np.cos(turn), level * np.sin(turn), up], 1)


def _hemispheres(normals: Array) -> Array:
    """(K, R, 3) unit vectors about unit normals (K, 3)."""
    aside = np.cross(normals, np.eye(3)[np.abs(normals).argmin(1)])
    aside /= np.linalg.norm(aside, axis=1, keepdims=True)
    axes = np.stack([aside, np.cross(normals, aside), normals], 1)
    return np.asarray(np.einsum("ri,kij->krj", _directions(), axes))


def triangles_of(corners: IntArray, sizes: IntArray) -> IntArray:
    """(F, 3) fans of polygons, as library.asset.Mesh holds them."""
    starts = np.cumsum(sizes) - sizes
    fans: Sequence[Array] = [
        np.stack([corners[starts[big]], corners[starts[big] + k], corners[starts[big] + k + 1]], 1)
        for k in range(1, int(sizes.max(initial=2)) - 1)
        for big in [sizes > k + 1]
    ]
    return np.concatenate(fans).astype(np.int32) if fans else np.zeros((0, 3), np.int32)
