"""Handles: tubes along a bent path."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh, Shape, Vec3


@dataclass(frozen=True, eq=False)
class Handle:
    """A tube along a path (N, 3), `radii` (N,) high in the path's plane and `breadth` times that across."""

    path: Array
    radii: Array
    breadth: float = 1.0
    bore: float = 0.0
    """Share of the radius that is hollow at the path's end, as in a spout."""

    def mesh(self, slot: int = 0) -> Mesh:
        """The closed tube. Its path lies in the plane y = 0, or breadth is 1."""
        tube = meshes.sweep(self.path, self.radii, 20, slot)
        if self.bore > 0:
            tube = self._bored(tube, slot)
        return meshes.scaled(tube, (1.0, self.breadth, 1.0)) if self.breadth != 1.0 else tube

    def _bored(self, tube: Mesh, slot: int) -> Mesh:
        """The tube with a hollow end: its skin turns inward at the path's end and back for some rings."""
        outside = tube.vertices.reshape(len(self.path), 20, 3)
        depth = max(3, len(self.path) // 3)
        ends = slice(len(self.path) - depth, len(self.path))
        inside = self.path[ends, None] + (outside[ends] - self.path[ends, None]) * self.bore
        return meshes.loft(np.concatenate([outside, inside[::-1]]), slot, smooth_angle_rad=0.7)

    def shapes(self, material: str, pieces: int = 5) -> list[Shape]:
        """Capsules along the path."""
        stops = np.linspace(0, len(self.path) - 1, pieces + 1).round().astype(int)
        return [
            capsule(self.path[a], self.path[b], float(self.radii[a : b + 1].mean()), material)
            for a, b in itertools.pairwise(stops)
        ]


def ear(radius: float, low: float, high: float, reach: float, thickness: float) -> Handle:
    """The handle of a cup: out from its side at `high`, round, and back in at `low`."""
    t = np.linspace(0, 1, 33)[:, None]
    bend = np.array(
        [
            (radius - thickness * 0.4, 0.0, high),
            (radius + reach * 1.55, 0.0, high + 0.12 * (high - low)),
            (radius + reach * 1.1, 0.0, low + 0.02 * (high - low)),
            (radius - thickness * 0.4, 0.0, low),
        ]
    )
    path = (
        (1 - t) ** 3 * bend[0]
        + 3 * t * (1 - t) ** 2 * bend[1]
        + 3 * t**2 * (1 - t) * bend[2]
        + t**3 * bend[3]
    )
    # Roots flare into the body as clay that was smoothed on.
    flare = 1 + 0.45 * np.exp(-((t[:, 0] / 0.09) ** 2)) + 0.45 * np.exp(-(((1 - t[:, 0]) / 0.09) ** 2))
    return Handle(path, thickness / 2 * flare, 1.45)


def capsule(start: Array, end: Array, radius: float, material: str, label: str = "") -> Shape:
    """A capsule from point to point."""
    along = end - start
    span = float(np.linalg.norm(along))
    middle = (start + end) / 2
    place: Vec3 = (float(middle[0]), float(middle[1]), float(middle[2]))
    axis = np.cross((0.0, 0.0, 1.0), along / span)
    angle = float(np.arccos(np.clip(along[2] / span, -1, 1)))
    if np.linalg.norm(axis) < 1e-9:
        return Shape("capsule", (radius, span / 2), material, place, label=label)
    turned = meshes.turn((float(axis[0]), float(axis[1]), float(axis[2])), angle)
    return Shape("capsule", (radius, span / 2), material, place, turned, label=label)
