"""Ways over the ground: a line through points, its corners rounded, measured by its length."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion.tracks import eased

_ROUNDINGS = 3
_STEP_M = 0.05
_TURN_M = 0.7
"""Way over which a walker who sets off in another direction turns into it."""


@dataclass(frozen=True, eq=False)
class Path:
    """Points (N, 3) at lengths (N,) from the start, and the heading (N,) there, which does not jump."""

    lengths: Array
    points: Array
    headings: Array

    @property
    def length_m(self) -> float:
        return float(self.lengths[-1])

    def at(self, lengths: Array) -> Array:
        """(..., 3) points; before the start and after the end the way goes straight on."""
        inside = np.clip(lengths, 0.0, self.length_m)
        point = np.stack([np.interp(inside, self.lengths, self.points[:, axis]) for axis in range(3)], -1)
        return np.asarray(point + (lengths - inside)[..., None] * ahead(self._along(inside)))

    def heading(self, lengths: Array) -> Array:
        """(...) yaw of one who walks here."""
        return np.interp(lengths, self.lengths, self.headings)

    def _along(self, lengths: Array) -> Array:
        edges = np.diff(self.points, axis=0)
        first, last = (yaw_of(edges[i]) for i in (0, -1))
        return np.where(lengths <= 0, first, last)


def shortened(way: Path, length_m: float) -> Path:
    """The way up to this length."""
    if length_m >= way.length_m:
        return way
    inside = np.append(way.lengths[way.lengths < length_m], length_m)
    if len(inside) < 2:
        inside = np.array([0.0, length_m])
    return Path(inside, way.at(inside), way.heading(inside))


def arriving(way: Path) -> Array:
    """(N,) how much of the last turn, in its last half metre, has been made."""
    return eased((way.lengths - way.length_m + 0.5) / 0.5)


def ahead(yaw: Array) -> Array:
    """Unit vectors (..., 3) of yaws (...)."""
    return np.stack([np.sin(yaw), -np.cos(yaw), np.zeros_like(yaw)], -1)


def yaw_of(direction: Array) -> Array:
    """Yaws (...) of directions (..., 3)."""
    return np.arctan2(direction[..., 0], -direction[..., 1])


def path(start: Array, yaw: float, corners: Array, length_m: float) -> Path:
    """The way from a start that faces a yaw over corners (K, 3); without corners, straight ahead."""
    if not len(corners):
        corners = start[None] + max(length_m, 1.0) * ahead(np.array([yaw]))
    line = np.concatenate([start[None], corners])
    line = line[np.concatenate([[True], np.linalg.norm(np.diff(line, axis=0), axis=1) > 1e-3])]
    if len(line) < 2:
        line = np.concatenate([start[None], start[None] + 0.01 * ahead(np.array([yaw]))])
    for _ in range(_ROUNDINGS):
        # Chaikin's corner cutting; both ends stay.
        cut = np.stack([0.75 * line[:-1] + 0.25 * line[1:], 0.25 * line[:-1] + 0.75 * line[1:]], 1)
        line = np.concatenate([line[:1], cut.reshape(-1, 3)[1:-1], line[-1:]])
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    even = np.linspace(0.0, lengths[-1], max(2, int(lengths[-1] / _STEP_M) + 2))
    points = np.stack([np.interp(even, lengths, line[:, axis]) for axis in range(3)], -1)
    course = np.unwrap(yaw_of(np.gradient(points, axis=0)))
    # The walker's own count of turns goes on from where it faces.
    course += 2 * np.pi * np.round((yaw - course[0]) / (2 * np.pi))
    share = np.clip(even / _TURN_M, 0.0, 1.0)
    eased = share * share * (3 - 2 * share)
    return Path(even, points, course + (1 - eased) * (yaw - course[0]))
