"""How far points are above a surface of triangles."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array

_NEAR = 24
"""Triangles looked at for each point: those whose middles are nearest."""
_SAME_M = 1e-7
"""Places of two triangles no farther apart than this are one, on an edge of both."""


def above_surface(points: Array, corners: Array) -> Array:
    """(K,) metres that points (K, 3) are above the nearest of some triangles (F, 3, 3) of about equal
    size; negative below it.

    Where the nearest place is on an edge, the triangle that the point lies most squarely above or below
    tells which of both it is: beside a pleat the others face anywhere.
    """
    _, near = cKDTree(corners.mean(1)).query(points, k=min(_NEAR, len(corners)))
    near = near.reshape(len(points), -1)
    own, fans = np.repeat(points, near.shape[1], 0), corners[near.ravel()]
    apart = own - _nearest(own, fans)
    away = np.linalg.norm(apart, axis=1)
    normals = np.cross(fans[:, 1] - fans[:, 0], fans[:, 2] - fans[:, 0])
    length = np.linalg.norm(normals, axis=1) * away
    square = (np.einsum("ni,ni->n", apart, normals) / np.maximum(length, 1e-24)).reshape(near.shape)
    away = away.reshape(near.shape)
    nearest = away.min(1)
    best = np.where(away < nearest[:, None] + _SAME_M, np.abs(square), -1.0).argmax(1)
    return np.asarray(np.where(square[np.arange(len(points)), best] < 0, -nearest, nearest))


def _nearest(points: Array, corners: Array) -> Array:
    """(N, 3) the points of triangles (N, 3, 3) nearest to points (N, 3)."""
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    normals = np.cross(b - a, c - a)
    area = np.maximum((normals * normals).sum(1), 1e-24)
    shares = np.stack(
        [(np.cross(v - u, points - u) * normals).sum(1) / area for u, v in ((b, c), (c, a), (a, b))], 1
    )
    found = (shares[:, :, None] * corners).sum(1)
    outside = (shares < 0).any(1)
    if outside.any():
        edges = [_on_edge(points[outside], u[outside], v[outside]) for u, v in ((a, b), (b, c), (c, a))]
        away = np.stack([np.linalg.norm(points[outside] - at, axis=1) for at in edges])
        found[outside] = np.stack(edges)[away.argmin(0), np.arange(away.shape[1])]
    return np.asarray(found)


def _on_edge(points: Array, start: Array, end: Array) -> Array:
    along = end - start
    share = ((points - start) * along).sum(1) / np.maximum((along * along).sum(1), 1e-24)
    return np.asarray(start + np.clip(share, 0, 1)[:, None] * along)
