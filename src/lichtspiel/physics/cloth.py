"""Cloth: a sheet of point masses held together by distances, in wind and over solid things.

Position-based dynamics with small steps (Müller et al., 2007; Macklin et al., 2019). The sheet follows the
bodies and does not push back: a cloth weighs little against what it falls on. It does not feel itself.
Inside, places and speeds are (3, rows, columns).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.surfaces import touch
from lichtspiel.physics.barrier import Barrier, barrier, push_out
from lichtspiel.physics.errors import SimulationError
from lichtspiel.physics.mechanism import RATE_HZ
from lichtspiel.physics.motion import Scene, half_extent
from lichtspiel.physics.rotation import conjugate, rotate
from lichtspiel.stage.world import Body, Hold, PlacedCloth

SUBSTEPS = 2
"""Steps in one sample of a take: 960 Hz."""
_TOLD_SAMPLES = 48
"""Samples between two words on how far it is."""
_REST_M_S, _REST_SAMPLES = 0.005, 48
"""A sheet that has been slower than this for so long, in still air, lies until something near it moves."""

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
    """Bonds of one direction that are put right at once."""

    first: tuple[slice, slice, slice]
    second: tuple[slice, slice, slice]
    length: Array
    first_share: Array
    second_share: Array
    """How much of an error each end takes: half of it, or all of it where the other is pinned."""


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
    place = np.ascontiguousarray(flat.T).reshape(3, cloth.rows, cloth.columns)
    loose = np.ones(len(flat))
    loose[list(cloth.pinned)] = 0.0
    pins = _pins(scene, placed, flat)
    bonds = list(_bonds(place, loose.reshape(cloth.rows, cloth.columns)))
    held_s = max((c.until_s for c in world.controls if isinstance(c, Hold) and _same(c, placed)), default=0.0)
    surroundings = _Surroundings(scene, cloth.material)
    air = _Air(world.air_density, np.asarray(world.wind), cloth.mass_kg / len(flat))
    frames = np.empty((count, len(flat), 3))
    step = 1 / RATE_HZ / SUBSTEPS
    speed = np.zeros_like(place)
    gravity = np.asarray(world.gravity)[:, None, None]
    free = step * loose.reshape(cloth.rows, cloth.columns)
    lying = 0
    for sample in range(count):
        frames[sample] = place.reshape(3, -1).T
        if sample % _TOLD_SAMPLES == 0:
            progress(sample / count)
        solids, unmoved = surroundings.near(sample, place)
        still = unmoved and air.is_still and float(np.abs(speed).max()) < _REST_M_S
        lying = lying + 1 if still and sample / RATE_HZ > held_s else 0
        if sample / RATE_HZ < held_s or lying > _REST_SAMPLES:
            continue
        for part in range(SUBSTEPS):
            push = air.push(place, speed, sample / RATE_HZ + part * step, step)
            speed = (speed + step * (gravity + push)) * (1 - _FADING_PER_S * step)
            before = place
            place = before + speed * free
            if cloth.pinned:
                place.reshape(3, -1)[:, cloth.pinned] = pins[min(sample + 1, count - 1)].T
            for bond in bonds:
                _put_right(place, bond)
            points = place.reshape(3, -1)
            for solid in solids:
                push_out(solid, points, before.reshape(3, -1), cloth.thickness_m / 2, loose)
            speed = (place - before) / step
        if not np.isfinite(place).all():
            raise SimulationError(f"{placed.name} flew apart at {sample / RATE_HZ:.2f} s")
    return frames


def _same(control: Hold, placed: PlacedCloth) -> bool:
    """Whether the control is about the thing that the cloth belongs to."""
    return control.body.split("/")[0] == placed.name.split("/")[0]


def _pins(scene: Scene, placed: PlacedCloth, flat: Array) -> Array:
    """(T, K, 3) where the pinned vertices are."""
    points = flat[list(placed.cloth.pinned)]
    if placed.cloth.pinned_to is None:
        return np.broadcast_to(points, (len(scene.take.positions), *points.shape))
    body = scene.world.body(placed.cloth.pinned_to)
    local = rotate(conjugate(body.orientation), points - np.asarray(body.position))
    position, orientation = scene.pose(body.name)
    return np.asarray(position[:, None] + rotate(orientation[:, None], local[None]))


def _bonds(place: Array, loose: Array) -> Iterator[_Bonds]:
    """Weave, diagonals and stiffness against bending.

    The stiff weave is split into sets in which no two bonds share a vertex; the soft ones may share.
    """
    rows, columns = place.shape[1:]
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
        period = 2 if strength == _STRETCH else 1
        for start in range(min(period, length)):
            yield _bond(place, loose, (down, across), strength, (start, period))


def _bond(
    place: Array, loose: Array, offset: tuple[int, int], strength: float, stride: tuple[int, int]
) -> _Bonds:
    rows, columns = place.shape[1:]
    down, across = offset
    start, step = stride
    every = slice(None)
    if down == 0:
        first = (every, every, slice(start, columns - across, step))
        second = (every, every, slice(start + across, columns, step))
    else:
        low, high = max(0, -across), columns - max(0, across)
        first = (every, slice(start, rows - down, step), slice(low, high))
        second = (every, slice(start + down, rows, step), slice(low + across, high + across))
    length = np.linalg.norm(place[second] - place[first], axis=0)
    ends = loose[first[1:]], loose[second[1:]]
    both = np.maximum(ends[0] + ends[1], 1e-9)
    return _Bonds(first, second, length, strength * ends[0] / both, strength * ends[1] / both)


def _put_right(place: Array, bond: _Bonds) -> None:
    first, second = place[bond.first], place[bond.second]
    apart = second - first
    squares = apart * apart
    length = np.sqrt(squares[0] + squares[1] + squares[2])
    apart *= 1 - bond.length / np.maximum(length, 1e-9)
    first += bond.first_share * apart
    second -= bond.second_share * apart


class _Air:
    """What air and wind do to a sheet."""

    def __init__(self, density: float, wind: Array, mass_kg: float) -> None:
        self._density, self._wind, self._mass_kg = density, wind[:, None, None], mass_kg
        self._wind_m_s = float(np.linalg.norm(wind))
        ahead = wind / max(self._wind_m_s, 1e-9)
        side = np.cross([0.0, 0.0, 1.0], ahead)
        self._ahead = ahead
        self._side = (side if np.linalg.norm(side) > 1e-6 else np.array([1.0, 0.0, 0.0]))[:, None, None]
        self.is_still = density <= 0 or self._wind_m_s < 1e-6

    def push(self, place: Array, speed: Array, time_s: float, step_s: float) -> Array:
        """Acceleration of every vertex by the air, m/s²."""
        if self._density <= 0:
            return np.zeros_like(place)
        patch = _across(_slopes(place, 2), _slopes(place, 1))
        area = np.sqrt(np.sum(patch * patch, axis=0))
        normal = patch / np.maximum(area, 1e-12)
        stream = self._wind + self._eddies(place, time_s) - speed
        across = np.sum(stream * normal, axis=0)
        along = stream - across * normal
        total = np.sqrt(np.sum(stream * stream, axis=0))
        push = (0.5 * self._density / self._mass_kg * area) * (
            _NORMAL_DRAG * np.abs(across) * across * normal + _ALONG_DRAG * total * along
        )
        # Air cannot do more than carry the cloth along within a step.
        fastest = self._wind_m_s * (1 + _GUST) + float(np.abs(speed).max()) + 1e-9
        limit = np.sqrt(np.sum(push * push, axis=0)) * step_s / fastest
        return np.asarray(push / np.maximum(limit, 1.0))

    def _eddies(self, place: Array, time_s: float) -> Array:
        """Sideways gusts that drift with the wind (Taylor's frozen turbulence), of three sizes."""
        if self.is_still:
            return np.zeros_like(place)
        drift = np.tensordot(self._ahead, place, 1) - self._wind_m_s * time_s
        gust = sum(
            share * np.sin(2 * np.pi * drift / size + phase + 2.1 * place[2] / size)
            for share, size, phase in (
                (1.0, _EDDY_M, 0.0),
                (0.6, 0.53 * _EDDY_M, 1.7),
                (0.8, 2.3 * _EDDY_M, 4.1),
            )
        )
        return np.asarray(_GUST * self._wind_m_s * np.asarray(gust) * self._side)


def _slopes(place: Array, axis: int) -> Array:
    """Difference between the neighbours of every vertex along an axis, per vertex; one-sided at the edges."""
    ahead = np.diff(place, axis=axis)
    ends = np.take(ahead, [0], axis), np.take(ahead, [-1], axis)
    padded = np.concatenate([ends[0], ahead, ends[1]], axis=axis)
    return np.asarray(
        0.5
        * (padded.take(range(1, padded.shape[axis]), axis) + padded.take(range(padded.shape[axis] - 1), axis))
    )


def _across(first: Array, second: Array) -> Array:
    """Cross product along the first axis."""
    return np.stack(
        [
            first[1] * second[2] - first[2] * second[1],
            first[2] * second[0] - first[0] * second[2],
            first[0] * second[1] - first[1] * second[0],
        ]
    )


class _Surroundings:
    """The solid shapes of a scene, as barriers for a cloth of one material."""

    def __init__(self, scene: Scene, material: str) -> None:
        self._scene, self._material = scene, material
        self._bodies = [body for body in scene.world.bodies if any(s.collides for s in body.part.shapes)]
        take = scene.take
        fixed = [body for body in self._bodies if body.name not in take.names]
        self._moving = [body for body in self._bodies if body.name in take.names]
        self._fixed = [
            solid
            for body in fixed
            for solid in self._solids(body, np.array(body.position), np.array(body.orientation))
        ]
        columns = [take.index(body.name) for body in self._moving]
        step = np.abs(np.diff(take.positions[:, columns], axis=0)).max(axis=(1, 2), initial=0.0)
        turn = np.abs(np.diff(take.orientations[:, columns], axis=0)).max(axis=(1, 2), initial=0.0)
        self._unmoved = np.append(np.maximum(step, turn) < 1e-7, True)

    def near(self, sample: int, place: Array) -> tuple[list[Barrier], bool]:
        """Shapes near a cloth at a sample, and whether none of the scene moves then."""
        take = self._scene.take
        low, high = place.min(axis=(1, 2)) - 0.05, place.max(axis=(1, 2)) + 0.05
        solids = [solid for solid, reach in self._fixed if _meets(solid, reach, low, high)]
        for body in self._moving:
            if not take.is_present(body.name, sample / RATE_HZ):
                continue
            column = take.index(body.name)
            position, orientation = take.positions[sample, column], take.orientations[sample, column]
            placed = self._solids(body, position, orientation)
            solids += [solid for solid, reach in placed if _meets(solid, reach, low, high)]
        return solids, bool(self._unmoved[sample])

    def _solids(self, body: Body, position: Array, orientation: Array) -> list[tuple[Barrier, float]]:
        return [
            (
                barrier(shape, position, orientation, touch(shape.material, self._material).friction),
                float(np.linalg.norm(half_extent(shape))),
            )
            for shape in body.part.shapes
            if shape.collides
        ]


def _meets(solid: Barrier, reach: float, low: Array, high: Array) -> bool:
    centre = solid.centre[:, 0]
    return bool((centre + reach >= low).all() and (centre - reach <= high).all())
