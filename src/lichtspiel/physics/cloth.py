"""Cloth: a sheet of point masses held together by distances, in wind and over solid things.

Position-based dynamics with small steps (Müller et al., 2007; Macklin et al., 2019). The sheet follows the
bodies and does not push back: a cloth weighs little against what it falls on. It does not feel itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array, Shape
from lichtspiel.physics.barrier import push_out
from lichtspiel.physics.errors import SimulationError
from lichtspiel.physics.mechanism import RATE_HZ
from lichtspiel.physics.motion import Scene, half_extent
from lichtspiel.physics.rotation import conjugate, cross, rotate
from lichtspiel.physics.surfaces import touch
from lichtspiel.stage.world import Hold, PlacedCloth

SUBSTEPS = 2
"""Steps in one sample of a take: 960 Hz."""

_TOLD_SAMPLES = 48
"""Samples between two words on how far it is."""

_STRETCH, _SHEAR, _BEND = 1.0, 0.3, 0.03
"""Share of each error that is put right in a step: woven cloth hardly stretches, shears and bends easily."""
_NORMAL_DRAG, _ALONG_DRAG = 1.2, 0.05
"""Coefficients of a plate across and along a stream (Hoerner, Fluid-Dynamic Drag, 1965)."""
_GUST = 0.25
"""Speed of the eddies that a wind carries along, against its own: gusts over open ground."""
_EDDY_M = 0.9
_FADING_PER_S = 0.6
"""Rate at which bending and rubbing in the weave take speed away."""


@dataclass(frozen=True, eq=False)
class _Bonds:
    """Bonds of one direction that share no vertex, so that all can be put right at once."""

    first: tuple[slice, slice]
    second: tuple[slice, slice]
    length: Array
    strength: float


def sheets(scene: Scene, progress: Callable[[float], None]) -> dict[str, Array]:
    """Vertices (T, V, 3) of every cloth of the world through the take, in metres.

    `progress` is told the share that is done. Raises SimulationError when a cloth's mesh is not the
    grid that it says.
    """
    cloths = scene.world.cloths

    def told(before: int) -> Callable[[float], None]:
        return lambda done: progress((before + done) / len(cloths))

    return {cloth.name: _sheet(scene, cloth, told(i)) for i, cloth in enumerate(cloths)}


def _sheet(scene: Scene, placed: PlacedCloth, progress: Callable[[float], None]) -> Array:
    cloth, world, count = placed.cloth, scene.world, len(scene.take.positions)
    if cloth.rows * cloth.columns != len(cloth.mesh.vertices):
        raise SimulationError(f"{placed.name} is not a grid of {cloth.rows} by {cloth.columns} vertices")
    flat = np.asarray(placed.position) + rotate(placed.orientation, cloth.mesh.vertices)
    place = flat.reshape(cloth.rows, cloth.columns, 3)
    bonds = list(_bonds(place))
    pinned = np.zeros(cloth.rows * cloth.columns, bool)
    pinned[list(cloth.pinned)] = True
    loose = (~pinned).reshape(cloth.rows, cloth.columns, 1).astype(float)
    pins = _pins(scene, placed, flat)
    held_s = max((c.until_s for c in world.controls if isinstance(c, Hold) and _same(c, placed)), default=0.0)
    frames = np.empty((count, len(flat), 3))
    step = 1 / RATE_HZ / SUBSTEPS
    speed = np.zeros_like(place)
    gravity = np.asarray(world.gravity)
    mass = cloth.mass_kg / len(flat)
    for sample in range(count):
        frames[sample] = place.reshape(-1, 3)
        if sample % _TOLD_SAMPLES == 0:
            progress(sample / count)
        if sample / RATE_HZ < held_s:
            continue
        obstacles = _obstacles(scene, sample, place, cloth.material)
        for part in range(SUBSTEPS):
            time = sample / RATE_HZ + part * step
            push = _air(place, speed, time, world.air_density, np.asarray(world.wind)) / mass
            # Air cannot do more than carry the cloth along within a step.
            limit = np.linalg.norm(push, axis=2, keepdims=True) * step / (_fastest(world.wind, speed) + 1e-9)
            push /= np.maximum(limit, 1.0)
            speed = (speed + step * (gravity + push)) * (1 - _FADING_PER_S * step)
            before = place
            place = before + step * speed * loose
            if len(cloth.pinned):
                place.reshape(-1, 3)[pinned] = pins[min(sample + 1, count - 1)]
            for bond in bonds:
                _put_right(place, loose, bond)
            for shape, position, orientation, friction in obstacles:
                place = push_out(
                    shape, position, orientation, place, before, cloth.thickness_m / 2, friction, loose
                )
            speed = (place - before) / step
        if not np.isfinite(place).all():
            raise SimulationError(f"{placed.name} flew apart at {sample / RATE_HZ:.2f} s")
    return frames


def _same(control: Hold, placed: PlacedCloth) -> bool:
    """Whether the control is about the thing that the cloth belongs to."""
    return control.body.split("/")[0] == placed.name.split("/")[0]


def _fastest(wind: tuple[float, float, float], speed: Array) -> float:
    return float(np.linalg.norm(wind)) * (1 + _GUST) + float(np.abs(speed).max())


def _pins(scene: Scene, placed: PlacedCloth, flat: Array) -> Array:
    """(T, K, 3) where the pinned vertices are."""
    points = flat[list(placed.cloth.pinned)]
    if placed.cloth.pinned_to is None:
        return np.broadcast_to(points, (len(scene.take.positions), *points.shape))
    body = scene.world.body(placed.cloth.pinned_to)
    local = rotate(conjugate(body.orientation), points - np.asarray(body.position))
    position, orientation = scene.pose(body.name)
    return np.asarray(position[:, None] + rotate(orientation[:, None], local[None]))


def _bonds(place: Array) -> Iterator[_Bonds]:
    """Weave, diagonals and stiffness against bending, split so that no two of a set share a vertex."""
    rows, columns = place.shape[:2]
    families = (
        (0, 1, _STRETCH),
        (1, 0, _STRETCH),
        (1, 1, _SHEAR),
        (1, -1, _SHEAR),
        (0, 2, _BEND),
        (2, 0, _BEND),
    )
    for down, across, strength in families:
        length = columns - across if down == 0 else rows - down
        # Bonds over one vertex alternate; over two, every fourth is free of the others.
        period = 2 * max(down, abs(across))
        for start in range(min(period, length)):
            yield _bond(place, (down, across), strength, (start, period), down == 0)


def _bond(
    place: Array, offset: tuple[int, int], strength: float, stride: tuple[int, int], along_rows: bool
) -> _Bonds:
    rows, columns = place.shape[:2]
    down, across = offset
    start, step = stride
    if along_rows:
        first = (slice(None), slice(start, columns - across, step))
        second = (slice(None), slice(start + across, columns, step))
    else:
        low, high = max(0, -across), columns - max(0, across)
        first = (slice(start, rows - down, step), slice(low, high))
        second = (slice(start + down, rows, step), slice(low + across, high + across))
    length = np.linalg.norm(place[second] - place[first], axis=2, keepdims=True)
    return _Bonds(first, second, length, strength)


def _put_right(place: Array, loose: Array, bond: _Bonds) -> None:
    apart = place[bond.second] - place[bond.first]
    length = np.sqrt((apart * apart).sum(axis=2, keepdims=True))
    share_first, share_second = loose[bond.first], loose[bond.second]
    error = bond.strength * (1 - bond.length / np.maximum(length, 1e-9))
    move = apart * error / np.maximum(share_first + share_second, 1e-9)
    place[bond.first] += share_first * move
    place[bond.second] -= share_second * move


def _air(place: Array, speed: Array, time_s: float, density: float, wind: Array) -> Array:
    """Force of the air on every vertex, N."""
    if density <= 0:
        return np.zeros_like(place)
    right = np.gradient(place, axis=1)
    down = np.gradient(place, axis=0)
    patch = cross(right, down)
    area = np.linalg.norm(patch, axis=2, keepdims=True)
    normal = patch / np.maximum(area, 1e-12)
    stream = wind + _eddies(place, time_s, wind) - speed
    across = (stream * normal).sum(axis=2, keepdims=True)
    along = stream - across * normal
    total = np.linalg.norm(stream, axis=2, keepdims=True)
    return np.asarray(
        0.5 * density * area * (_NORMAL_DRAG * np.abs(across) * across * normal + _ALONG_DRAG * total * along)
    )


def _eddies(place: Array, time_s: float, wind: Array) -> Array:
    """Sideways gusts that drift with the wind (Taylor's frozen turbulence), of three sizes."""
    speed = float(np.linalg.norm(wind))
    if speed < 1e-6:
        return np.zeros_like(place)
    ahead = wind / speed
    side = cross(np.array([0.0, 0.0, 1.0]), ahead)
    if np.linalg.norm(side) < 1e-6:
        side = np.array([1.0, 0.0, 0.0])
    drift = place @ ahead - speed * time_s
    height = place[..., 2]
    gust = sum(
        share * np.sin(2 * np.pi * drift / size + phase + 2.1 * height / size)
        for share, size, phase in ((1.0, _EDDY_M, 0.0), (0.6, 0.53 * _EDDY_M, 1.7), (0.8, 2.3 * _EDDY_M, 4.1))
    )
    return np.asarray(_GUST * speed * np.asarray(gust)[..., None] * side)


def _obstacles(
    scene: Scene, sample: int, place: Array, material: str
) -> list[tuple[Shape, Array, Array, float]]:
    """Shapes near the cloth, with the poses of their frames and their friction."""
    low, high = place.min(axis=(0, 1)) - 0.05, place.max(axis=(0, 1)) + 0.05
    found = []
    time_s = sample / RATE_HZ
    for body in scene.world.bodies:
        if body.name in scene.take.names and not scene.take.is_present(body.name, time_s):
            continue
        if not body.part.shapes:
            continue
        if body.name in scene.take.names:
            column = scene.take.index(body.name)
            position = scene.take.positions[sample, column]
            orientation = scene.take.orientations[sample, column]
        else:
            position, orientation = np.array(body.position), np.array(body.orientation)
        for shape in body.part.shapes:
            centre = position + rotate(orientation, np.asarray(shape.position))
            reach = float(np.linalg.norm(half_extent(shape)))
            near = (centre + reach >= low).all() and (centre - reach <= high).all()
            if shape.collides and near:
                friction = touch(shape.material, material).friction
                found.append((shape, position, orientation, friction))
    return found
