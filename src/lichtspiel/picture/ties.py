"""Strings and rods between bodies: straight while they are taut, hanging in a catenary when not."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import brentq

from lichtspiel.library.asset import Array, Mesh, Surface, Tie, Vec3
from lichtspiel.library.mesh import from_polygons, rotation_matrix
from lichtspiel.picture import animate
from lichtspiel.picture import scene as staging
from lichtspiel.picture.materials import Materials
from lichtspiel.stage.world import World
from lichtspiel.take import Take

LOOKS = {"string": "rope_hemp", "rod": "steel"}
"""How each kind of tie looks. A weld is nothing to see."""
THICKNESS = 0.005
"""Radius as a share of the length."""
THINNEST_M, THICKEST_M = 0.0006, 0.012
STATIONS, SIDES = 33, 8
_TAUT = 1.0005
"""A string up to this many times its ends' distance is straight."""


def add_ties(
    scene: Any, world: World, take: Take, count: int, times: Array, materials: Materials
) -> list[Any]:
    """Every visible tie as a mesh that follows its ends; returns the objects that move."""
    moving = []
    down = np.array(world.gravity) if np.any(world.gravity) else np.array((0.0, 0.0, -1.0))
    for number, tie in enumerate(world.ties, 1):
        if tie.kind not in LOOKS:
            continue
        ends = np.array([_ends(world, take, tie, float(time)) for time in times])
        length = _length(world, tie)
        radius = float(np.clip(THICKNESS * length, THINNEST_M, THICKEST_M))
        shapes = tubes([course(first, second, length, down) for first, second in ends], radius)
        surface = Surface(LOOKS[tie.kind])
        made = staging.add_mesh(scene, f"{tie.kind} {number}", tube_mesh(shapes[0]), (surface,), materials)
        if np.ptp(ends, axis=0).max() > 0:
            animate.key_vertices(made, shapes, count)
            moving.append(made)
        animate.key_presence(made, take, (tie.first, tie.second), count, times)
    return moving


def course(first: Array, second: Array, length_m: float, down: Array) -> Array:
    """(STATIONS, 3) points of a string of this length between two points (3,).

    A slack one hangs in a catenary y = a cosh(x / a), whose a follows from
    sqrt(length² - drop²) = 2 a sinh(span / 2 a) for ends `span` apart across and `drop` in height.
    """
    share = np.linspace(0.0, 1.0, STATIONS)[:, None]
    straight: Array = first + share * (second - first)
    if length_m <= _TAUT * np.linalg.norm(second - first):
        return straight
    down = down / np.linalg.norm(down)
    drop = float((second - first) @ down)
    across = second - first - drop * down
    span = float(np.linalg.norm(across))
    if span < 1e-3 * length_m:  # both halves hang beside each other
        lowest = (length_m + drop) / 2
        along = share[:, 0] * length_m
        return first + share * across + np.minimum(along, 2 * lowest - along)[:, None] * down
    ratio = np.sqrt(length_m**2 - drop**2) / span
    # ratio = sinh(u) / u, with u = span / 2 a
    u = brentq(lambda u: np.sinh(u) / u - ratio, 1e-6, 50.0)
    a = span / (2 * u)
    middle = span / 2 - a * np.arcsinh(-drop / (2 * a * np.sinh(u)))
    # Stations at equal lengths of string.
    start = np.sinh(-middle / a)
    x = middle + a * np.arcsinh(start + share[:, 0] * length_m / a)
    sunk = a * (np.cosh(-middle / a) - np.cosh((x - middle) / a))
    hanging: Array = first + x[:, None] / span * across + sunk[:, None] * down
    return hanging


def tubes(courses: list[Array], radius_m: float) -> Array:
    """(T, STATIONS * SIDES, 3) vertices of a tube along each of T courses."""
    angles = np.arange(SIDES) / SIDES * 2 * np.pi
    made, side = [], np.array((1.0, 0.0, 0.0))
    for line in courses:
        along = np.gradient(line, axis=0)
        along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-12)
        # The side of the course before, so that the tube does not twist from one to the next.
        side = side - (side @ along[0]) * along[0]
        if np.linalg.norm(side) < 0.2:
            side = np.cross(along[0], (0.0, 1.0, 0.0))
        side /= np.linalg.norm(side)
        across = side - (along @ side)[:, None] * along
        across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-12)
        upright = np.cross(along, across)
        rings = (
            across[:, None] * np.cos(angles)[None, :, None] + upright[:, None] * np.sin(angles)[None, :, None]
        )
        made.append((line[:, None] + radius_m * rings).reshape(-1, 3))
    return np.array(made)


def tube_mesh(vertices: Array) -> Mesh:
    """The mesh of one tube (STATIONS * SIDES, 3), open at its ends, which lie inside the bodies."""
    station, side = np.divmod(np.arange((STATIONS - 1) * SIDES), SIDES)
    following = (side + 1) % SIDES
    here, there = station * SIDES, (station + 1) * SIDES
    corners = np.stack([here + side, here + following, there + following, there + side], axis=1)
    return from_polygons(vertices, corners.tolist(), smooth_angle_rad=3.1)


def _ends(world: World, take: Take, tie: Tie, time_s: float) -> tuple[Array, Array]:
    def end(name: str, point: Vec3) -> Array:
        if name in take.names:
            position, orientation = take.pose(name, time_s)
            found: Array = position + rotation_matrix(orientation) @ point
            return found
        return _at_start(world, name, point)

    return end(tie.first, tie.first_point), end(tie.second, tie.second_point)


def _at_start(world: World, name: str, point: Vec3) -> Array:
    """A point of a body, or of the world where the name is empty, at world time 0."""
    if not name:
        return np.array(point, float)
    body = world.body(name)
    found: Array = np.array(body.position) + rotation_matrix(body.orientation) @ point
    return found


def _length(world: World, tie: Tie) -> float:
    if tie.length_m is not None:
        return tie.length_m
    ends = _at_start(world, tie.first, tie.first_point), _at_start(world, tie.second, tie.second_point)
    return float(np.linalg.norm(ends[1] - ends[0]))
