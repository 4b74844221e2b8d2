"""Where bodies of a take are: centres, speeds, tilts and distances between them. T samples."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array, Shape
from lichtspiel.physics.rotation import conjugate, product, rotate
from lichtspiel.stage.world import Body, World
from lichtspiel.take import Take


@dataclass(frozen=True, eq=False)
class Scene:
    """A world and its take."""

    world: World
    take: Take

    @property
    def times(self) -> Array:
        return np.arange(len(self.take.positions)) / self.take.rate_hz

    def pieces(self, name: str) -> set[str]:
        """A body, all that hangs on it, and the shards they break into."""
        found = {name}
        while True:
            more = {body.name for body in self.world.bodies if body.parent in found}
            more |= {s for b in self.world.breakables if b.body in found for s in b.shards}
            if more <= found:
                return found
            found |= more

    def actor(self, name: str) -> str:
        """The body itself when it can move; else the first that hangs on it and can: a pendulum's bob."""
        if self.world.body(name).moves:
            return name
        pieces = self.pieces(name)
        return next((b.name for b in self.world.bodies if b.name in pieces and b.moves), name)

    def pose(self, name: str) -> tuple[Array, Array]:
        """Positions (T, 3) and orientations (T, 4) of a body; of one that never moves, too."""
        if name in self.take.names:
            column = self.take.index(name)
            return self.take.positions[:, column], self.take.orientations[:, column]
        body, count = self.world.body(name), len(self.take.positions)
        return np.tile(body.position, (count, 1)), np.tile(body.orientation, (count, 1))

    def cloth_of(self, name: str) -> Array | None:
        """Vertices (T, V, 3) of the cloth that a body without shapes stands for; None for solid bodies."""
        if self.world.body(name).part.shapes:
            return None
        thing = name.split("/", maxsplit=1)[0]
        return next((v for c, v in self.take.cloths.items() if c.split("/")[0] == thing), None)

    def centre(self, name: str) -> Array:
        """(T, 3) middle of a body's shapes, or of its cloth."""
        if (cloth := self.cloth_of(name)) is not None:
            return np.asarray(cloth.mean(axis=1))
        position, orientation = self.pose(name)
        return position + rotate(orientation, middle(self.world.body(name)))

    def speed(self, name: str) -> Array:
        """(T,) speed of the middle, m/s, over 20 ms."""
        centre = self.centre(name)
        span = max(int(0.02 * self.take.rate_hz), 1)
        moved = np.linalg.norm(centre[span:] - centre[:-span], axis=1) * self.take.rate_hz / span
        return np.concatenate([moved, np.full(len(centre) - len(moved), moved[-1] if len(moved) else 0.0)])

    def tilt(self, name: str) -> Array:
        """(T,) angle between the body's upright axis now and at the start, radians.

        Turning about the upright axis counts for nothing.
        """
        _, orientation = self.pose(name)
        up = rotate(conjugate(orientation[0]), np.array([0.0, 0.0, 1.0]))
        return np.asarray(np.arccos(np.clip(rotate(orientation, up)[:, 2], -1.0, 1.0)))

    def turn_speed(self, name: str) -> Array:
        """(T - 1,) rad/s between neighbouring samples."""
        _, orientation = self.pose(name)
        step = product(orientation[1:], conjugate(orientation[:-1]))
        sine = np.linalg.norm(step[:, 1:], axis=1)
        return np.asarray(2 * np.arctan2(sine, np.abs(step[:, 0])) * self.take.rate_hz)

    def gap(self, name: str, target: str, labels: Collection[str] = ()) -> Array:
        """(T,) clear distance between a body, taken as a ball, and the target's shapes, metres.

        Of a cloth, that of its nearest vertex.
        """
        if (cloth := self.cloth_of(name)) is not None:
            return self._cloth_gap(cloth, target, labels)
        point = self.centre(name)
        position, orientation = self.pose(target)
        local = rotate(conjugate(orientation), point - position)
        shapes = [s for s in self.world.body(target).part.shapes if not labels or s.label in labels]
        gaps = [distance(shape, local) for shape in shapes if shape.collides]
        if not gaps:
            return np.full(len(point), np.inf)
        return np.asarray(np.min(gaps, axis=0) - inner_radius(self.world.body(name)))

    def _cloth_gap(self, cloth: Array, target: str, labels: Collection[str]) -> Array:
        position, orientation = self.pose(target)
        local = rotate(conjugate(orientation)[:, None], cloth - position[:, None])
        shapes = [s for s in self.world.body(target).part.shapes if not labels or s.label in labels]
        gaps = [
            distance(shape, local.reshape(-1, 3)).reshape(local.shape[:2]).min(axis=1)
            for shape in shapes
            if shape.collides
        ]
        return np.asarray(np.min(gaps, axis=0)) if gaps else np.full(len(cloth), np.inf)


def middle(body: Body) -> Array:
    """Middle of the box around a body's shapes, in its frame."""
    points = _extremes(body)
    return np.asarray((points.min(0) + points.max(0)) / 2)


def height_m(body: Body) -> float:
    """Extent of a body along its own upright axis."""
    points = _extremes(body)
    return float(np.ptp(points[:, 2]))


def inner_radius(body: Body) -> float:
    """Half of the smallest extent of a body."""
    return float(np.ptp(_extremes(body), axis=0).min() / 2)


def _extremes(body: Body) -> Array:
    corners = [np.zeros((1, 3))]
    shapes = [shape for shape in body.part.shapes if shape.collides and shape.kind != "plane"]
    for shape in shapes:
        half = half_extent(shape)
        if shape.vertices is not None:
            local = shape.vertices
        else:
            local = np.array([half * (x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)])
        corners.append(np.asarray(shape.position) + rotate(shape.orientation, local))
    return np.concatenate(corners[1:] if shapes else corners)


def half_extent(shape: Shape) -> Array:
    """Half of the box around a shape, along its own axes."""
    size = shape.size
    match shape.kind:
        case "sphere":
            return np.full(3, size[0])
        case "cylinder":
            return np.array([size[0], size[0], size[1]])
        case "capsule":
            return np.array([size[0], size[0], size[1] + size[0]])
        case "hull":
            return np.ptp(shape.vertices, axis=0) / 2 if shape.vertices is not None else np.zeros(3)
        case "plane":
            return np.array([np.inf, np.inf, 0.0])
        case _:
            return np.array(size, float)


def distance(shape: Shape, points: Array) -> Array:
    """(N,) distance of points (N, 3) in the part's frame from a shape; hulls by their boxes."""
    local = rotate(conjugate(shape.orientation), points - np.asarray(shape.position))
    if shape.kind == "plane":
        return np.asarray(local[:, 2])
    if shape.kind == "sphere":
        return np.asarray(np.linalg.norm(local, axis=1) - shape.size[0])
    if shape.kind == "capsule":
        local[:, 2] -= np.clip(local[:, 2], -shape.size[1], shape.size[1])
        return np.asarray(np.linalg.norm(local, axis=1) - shape.size[0])
    if shape.kind == "cylinder":
        local = np.column_stack(
            [np.hypot(local[:, 0], local[:, 1]), np.zeros(len(local)), np.abs(local[:, 2])]
        )
        return _outside(local, np.array([shape.size[0], np.inf, shape.size[1]]))
    if shape.kind == "hull" and shape.vertices is not None:
        local = local - (shape.vertices.min(0) + shape.vertices.max(0)) / 2
    return _outside(np.abs(local), half_extent(shape))


def _outside(offset: Array, half: Array) -> Array:
    excess = offset - half
    out = np.linalg.norm(np.maximum(excess, 0.0), axis=1)
    return np.asarray(out + np.minimum(excess.max(axis=1), 0.0))
