"""Which way a head of hair faces as one surface, and not hair by hair."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array

_ACROSS = 0.5
"""How far the surface turns with the hairs: 1 would be at right angles to every one of them."""


def outward(points: Array) -> Array:
    """(N, K, 3) unit vectors away from the head, for the K points of N hairs from root to tip.

    A ribbon that a few samples meet is as often lit from one edge as from the other, which shows as grains;
    and where hundreds of hairs lie in a pixel, light falls on the surface that they make together.
    Above the middle of the roots that is round like a skull, below it hangs like a curtain.
    """
    away = points - points[:, 0].mean(axis=0)
    away[..., 2] = np.maximum(away[..., 2], 0.0)
    away = _unit(away)
    along = _unit(np.gradient(points, axis=1))
    return _unit(away - _ACROSS * (away * along).sum(axis=-1, keepdims=True) * along)


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9))
