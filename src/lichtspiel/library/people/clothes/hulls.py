"""Outlines of bodies that cloth hangs around."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array


def directions(count: int) -> Array:
    """(count, 2) unit vectors all the way round, from +x on."""
    angles = np.arange(count) / count * 2 * np.pi
    return np.stack([np.cos(angles), np.sin(angles)], 1)


def hull_radius(arms: Array, count: int) -> Array:
    """(count,) how far the convex outline of points (N, 2) reaches from the origin, by direction."""
    facing = directions(count)
    support = (arms @ facing.T).max(0)
    across = facing @ facing.T
    reach = np.where(across > 0.05, support[None, :] / np.maximum(across, 0.05), np.inf)
    return np.asarray(np.maximum(reach.min(1), 0.0))


def sector_of(arms: Array, count: int) -> Array:
    """(N,) direction of points (N, 2) as a fractional index below `count`."""
    return np.asarray((np.arctan2(arms[:, 1], arms[:, 0]) / (2 * np.pi) * count) % count)


def at_sector(radius: Array, rows: NDArray[np.integer], sector: Array) -> Array:
    """(N,) radius (R, count) at rows and fractional sectors, linear between neighbours."""
    count = radius.shape[1]
    low = np.floor(sector).astype(int) % count
    share = sector - np.floor(sector)
    return np.asarray((1 - share) * radius[rows, low] + share * radius[rows, (low + 1) % count])
