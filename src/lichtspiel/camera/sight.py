"""Whether the camera sees its subject, and stays inside the room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lichtspiel.camera.boxes import half_extents
from lichtspiel.camera.track import Array
from lichtspiel.library.asset import Vec3
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.stage.world import World

BoolArray = NDArray[np.bool_]
WALL_GAP_M = 0.15
LEAST_M, LEAST_SHARE = 0.02, 0.04
"""A camera is at least so far, and that share of its distance, off what it stands on or beside."""
MOMENTS = 5
"""Of a camera's way at which one looks whether it sees its subject."""


class Obstacles:
    """Boxes of everything solid that stands still; `acts` marks what the action is about, as a track."""

    def __init__(self, world: World) -> None:
        centres, halves, frames, acts = [], [], [], []
        for body in world.bodies:
            if body.moves:
                continue
            turn = rotation_matrix(body.orientation)
            acting = body.name in world.acting
            for shape in body.part.shapes:
                half = half_extents(shape)
                # The box about a hull is too coarse to say what a ball on it is hidden by.
                if shape.collides and half.any() and not (acting and shape.kind == "hull"):
                    acts.append(acting)
                    centres.append(np.array(body.position) + turn @ np.array(shape.position))
                    halves.append(half)
                    frames.append((turn @ rotation_matrix(shape.orientation)).T)
        self.centres = np.array(centres).reshape(-1, 3)
        self.halves = np.array(halves).reshape(-1, 3)
        self.frames = np.array(frames).reshape(-1, 3, 3)
        self.acts = np.array(acts, bool)

    def blocked_share(self, camera: Array, points: Array, path: Array) -> float:
        """How much of the action is hidden, 0..1; 1 when the camera is inside a box.

        Of points (N, 3) the share that some other thing stands before, or of path (M, 3), the
        middles of what moves, the share that anything hides, whichever is more.
        """
        start = np.einsum("bij,bj->bi", self.frames, camera - self.centres)
        if (np.abs(start) < self.halves + _off(camera, points)).all(1).any():
            return 1.0
        others = self._share_behind(~self.acts, start, camera, points)
        return max(others, self._share_behind(np.ones_like(self.acts), start, camera, path))

    def blocked_along(self, positions: Array, moving: Array) -> float:
        """The share of moving points (T, P, 3) that anything hides from a camera that goes along with them
        over `positions` (N, 3), 1 while it is inside a box; 0..1, the mean of some moments."""
        shares = np.linspace(0.0, 1.0, MOMENTS)
        cameras = positions[np.round(shares * (len(positions) - 1)).astype(int)]
        seen = moving[np.round(shares * (len(moving) - 1)).astype(int)]
        none = np.zeros((0, 3))
        pairs = zip(cameras, seen, strict=True)
        return float(np.mean([self.blocked_share(camera, none, spread(points)) for camera, points in pairs]))

    def _share_behind(self, boxes: BoolArray, start: Array, camera: Array, points: Array) -> float:
        if not boxes.any() or not len(points):
            return 0.0
        hits = [self._any_between(boxes, start, camera, point) for point in points]
        return float(np.mean(hits))

    def _any_between(self, boxes: BoolArray, start: Array, camera: Array, point: Array) -> bool:
        # Slab test; the ray ends just before the point, which may lie on a surface.
        start, halves = start[boxes], self.halves[boxes]
        ray = np.einsum("bij,j->bi", self.frames[boxes], point - camera)
        safe = np.where(np.abs(ray) < 1e-12, 1e-12, ray)
        one, two = (-halves - start) / safe, (halves - start) / safe
        enter, leave = np.minimum(one, two).max(1), np.maximum(one, two).min(1)
        return bool(((enter < leave) & (enter > 0.01) & (enter < 0.97)).any())


def _off(camera: Array, points: Array) -> float:
    """How far it is to be off things that it looks past at points (N, 3)."""
    if not len(points):
        return LEAST_M
    return LEAST_M + LEAST_SHARE * float(np.linalg.norm(points.mean(0) - camera))


def inside(bounds: tuple[Vec3, Vec3] | None, position: Array) -> Array:
    """The nearest point that keeps off the walls."""
    if bounds is None:
        return position
    low, high = np.array(bounds[0]) + WALL_GAP_M, np.array(bounds[1]) - WALL_GAP_M
    return np.clip(position, low, high)


def spread(points: Array, count: int = 24) -> Array:
    """A few of many points, evenly picked."""
    step = max(1, len(points) // count)
    return points[::step]


def candidates(azimuth: float, elevation: float, highest: float = np.inf) -> Sequence[tuple[float, float]]:
    """Camera directions to try, the wanted one first, then ever further from it, none above `highest`."""
    turns = np.radians([0, 15, -15, 30, -30, 45, -45, 60, -60, 80, -80])
    lifts = [lift for lift in np.radians([0, 12, 25, 40]) if lift == 0 or elevation + lift <= highest]
    return [(azimuth + turn, min(elevation + lift, np.radians(88))) for lift in lifts for turn in turns]
