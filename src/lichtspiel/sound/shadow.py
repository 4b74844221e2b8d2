"""Sound that comes round walls: what stands in its way takes its treble.

Attenuation of a screen after Maekawa, Noise reduction by screens, Appl. Acoust. 1 (1968) 157, as
10 log(3 + 20 N) dB, where N is the detour round its edge in half wavelengths.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Shape
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.sound.modes import SPEED_OF_SOUND, Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.stage.world import Body, World

SMALLEST_M = 0.5
"""What is narrower in two directions casts no shadow that is heard."""
NEAR_M = 0.06
"""A sound so near to a thing is a sound of that thing, or of something that touches it."""
MOST_DB = 24.0
"""More comes round no screen less than that, and through it (ISO 9613-2 has 20 to 25 dB)."""
GAP_M = 0.03
"""What stands lower over the ground than that stands on it."""
FEWEST_BLOCKS, CLOSED_SHARE = 4, 0.6
"""What so many loose blocks fill so far is a wall."""
FARTHEST_M = 4.0
"""A longer detour loses no more."""


def _edge_points() -> Array:
    """Points (P, 3) along the twelve edges of a cube from -1 to 1."""
    found = []
    for axis in range(3):
        for signs in itertools.product((-1.0, 1.0), repeat=2):
            edge = np.tile(np.insert(np.array(signs), axis, 0.0), (9, 1))
            edge[:, axis] = np.linspace(-1, 1, 9)
            found.append(edge)
    return np.concatenate(found)


_EDGES = _edge_points()
_SHARED = ((np.abs(_EDGES[:, None]) == 1) & (_EDGES[:, None] == _EDGES[None])).any(axis=2)
"""Which two of them lie on one face."""


@dataclass(frozen=True, eq=False)
class Screens:
    """Boxes that never move: (K, 3) centres, (K, 3, 3) axes as columns, (K, 3) half edges."""

    centres: Array
    axes: Array
    halves: Array
    ground_m: float
    """Height of the ground, under which nothing goes."""

    def detour_m(self, source: Array, ears: Array) -> float:
        """How much longer the way round is for sound than the straight one; 0 where nothing stands in it."""
        if not len(self.centres):
            return 0.0
        start, way = self._within(source), self._within(ears) - self._within(source)
        inside = (np.abs(start) < self.halves + NEAR_M).all(axis=1)
        inside |= (np.abs(start + way) < self.halves + NEAR_M).all(axis=1)
        blocking = np.flatnonzero(_crossed(start, way, self.halves) & ~inside)
        if not len(blocking):
            return 0.0
        direct = float(np.linalg.norm(ears - source))
        return max(self._round(int(one), start[one], way[one]) for one in blocking) - direct

    def _within(self, point: Array) -> Array:
        """A point (3,) in the axes of every box, (K, 3)."""
        return np.asarray(np.einsum("kji,kj->ki", self.axes, point - self.centres))

    def _round(self, box: int, start: Array, way: Array) -> float:
        """Length of the shortest way over an edge of a box, or over one of its faces from edge to edge."""
        points = _EDGES * (self.halves[box] + 1e-3)
        above = self.centres[box, 2] + points @ self.axes[box, 2] > self.ground_m + GAP_M
        there, back = points - start, start + way - points
        half = self.halves[box]
        first = above & ~_crossed(np.broadcast_to(start, points.shape), there, half)
        last = above & ~_crossed(points, back, half)
        between = np.linalg.norm(points[first][:, None] - points[last][None], axis=2)
        length = (
            np.linalg.norm(there[first], axis=1)[:, None] + between + np.linalg.norm(back[last], axis=1)[None]
        )
        length = np.where(_SHARED[np.ix_(first, last)], length, np.inf)
        # Where no edge is seen from either side, the way is longer than any that matters.
        return min(float(length.min(initial=np.inf)), float(np.linalg.norm(way)) + FARTHEST_M)


def screens_of(world: World, ground_m: float) -> Screens:
    """What stands in the way of sound in a world."""
    found = []
    for body in world.bodies:
        if body.moves:
            continue
        turned = rotation_matrix(np.array(body.orientation))
        for shape in body.part.shapes:
            half = np.array(shape.size[:3], float)
            if shape.kind == "box" and np.sort(2 * half)[1] >= SMALLEST_M:
                centre = np.array(body.position) + turned @ np.array(shape.position)
                found.append((centre, turned @ rotation_matrix(np.array(shape.orientation)), half))
    found += _masonry(world)
    if not found:
        return Screens(np.zeros((0, 3)), np.zeros((0, 3, 3)), np.zeros((0, 3)), ground_m)
    centres, axes, halves = zip(*found, strict=True)
    return Screens(np.array(centres), np.array(axes), np.array(halves), ground_m)


def _masonry(world: World) -> list[tuple[Array, Array, Array]]:
    """Centre, axes and half edges of walls that are laid of loose blocks, as they stand at first."""
    found = []
    for prop in world.screenplay.props:
        blocks = [body for body in world.bodies if body.prop == prop.id and body.moves]
        shapes = [(body, shape) for body in blocks for shape in body.part.shapes if shape.kind == "box"]
        if len(shapes) < FEWEST_BLOCKS or len(shapes) < len(blocks):
            continue
        turned = rotation_matrix(np.array(blocks[0].orientation))
        corners = np.concatenate([_corners(body, shape) for body, shape in shapes]) @ turned
        low, high = corners.min(axis=0), corners.max(axis=0)
        filled = sum(8 * float(np.prod(shape.size[:3])) for _, shape in shapes) / float(np.prod(high - low))
        if filled > CLOSED_SHARE and np.sort(high - low)[1] >= SMALLEST_M:
            found.append((turned @ (low + high) / 2, turned, (high - low) / 2))
    return found


def _corners(body: Body, shape: Shape) -> Array:
    """Corners (8, 3) of a box of a body in the world."""
    signs = np.array(list(itertools.product((-1.0, 1.0), repeat=3)))
    within = signs * np.array(shape.size[:3]) @ rotation_matrix(np.array(shape.orientation)).T
    placed = within + np.array(shape.position)
    return np.asarray(placed @ rotation_matrix(np.array(body.orientation)).T + np.array(body.position))


def shaded(signal: Array, detour_m: float) -> Array:
    """A sound (N,) behind a screen, as what comes round it."""
    if detour_m <= 0:
        return signal
    count = len(signal) + 512
    spectrum = np.fft.rfft(signal, count)
    hertz = np.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ)
    loss_db = 10 * np.log10(3 + 40 * detour_m * hertz / SPEED_OF_SOUND)
    return np.fft.irfft(spectrum * 10 ** (-np.minimum(loss_db, MOST_DB) / 20), count)[: len(signal)]


def _crossed(start: Array, way: Array, halves: Array) -> NDArray[np.bool_]:
    """Whether ways (K, 3) from starts (K, 3) lead through boxes of half edges (K, 3) about the origin."""
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (-halves - start) / way, (halves - start) / way
    first = np.nanmax(np.minimum(one, other), axis=1)
    last = np.nanmin(np.maximum(one, other), axis=1)
    return np.asarray((first < last) & (first < 1 - 1e-6) & (last > 1e-6))
