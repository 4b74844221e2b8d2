"""Meshes of balls about the origin: seams, panels, dimples, holes and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.spatial import ConvexHull, cKDTree

from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.things import relief
from lichtspiel.library.things.numerals import stroke_distance, strokes
from lichtspiel.library.things.relief import Field, Mask, Skin

_STRIPS = (-1.0, -0.31, 0.31, 1.0)
"""Where the strips of a volleyball end on a face of the cube with edges at ±1."""

Polygon = Array
"""Corners (N, 3) on the unit sphere, counter-clockwise from outside."""


def seamed(radius: float, seams: Sequence[Field], width: float, depth: float) -> Mesh:
    """A ball with rounded grooves along seams; the grooves' floor is slot 1."""
    half = width / 2 / radius
    ball = _with_grooves(relief.geodesic_sphere(16), seams, half)

    ball = relief.painted(ball, lambda points: _nearest(seams, points) < half * 0.8, 1)
    reach = radius - depth * relief.groove(_nearest(seams, ball.points), half)
    return relief.as_mesh(replace(ball, points=ball.points * reach[:, None]))


def basketball_seams() -> list[Field]:
    """Two great circles and two ovals that part a basketball into eight panels."""
    turns = np.linspace(0, 2 * np.pi, 1200, endpoint=False)
    # The ovals come near the middle at the front and draw back towards the sides above and below.
    tilt = np.radians(53 + 15 * np.cos(2 * turns))
    oval = np.stack([np.cos(tilt), np.sin(tilt) * np.cos(turns), np.sin(tilt) * np.sin(turns)], axis=1)
    return [
        relief.plane_distance((0, 0, 1)),
        relief.plane_distance((1, 0, 0)),
        relief.curve_distance(oval),
        relief.curve_distance(oval * [-1, 1, 1]),
    ]


def tennis_seam() -> list[Field]:
    """The one seam of a tennis ball: the curve of two dumb-bell shaped felts of equal area."""
    t = np.linspace(0, 2 * np.pi, 2400, endpoint=False)
    wide, bend = 0.72, 0.28
    curve = np.stack(
        [
            wide * np.cos(t) + bend * np.cos(3 * t),
            wide * np.sin(t) - bend * np.sin(3 * t),
            2 * np.sqrt(wide * bend) * np.sin(2 * t),
        ],
        axis=1,
    )
    return [relief.curve_distance(relief.to_sphere(curve))]


def gored(radius: float, gores: int, cap_rad: float, weld: float) -> Mesh:
    """A ball of gores between two caps: caps are slot 0, gores 1 … `gores`, an even number."""
    turns = [2 * np.pi * k / gores for k in range(gores // 2)]
    planes = [relief.plane_distance((-np.sin(turn), np.cos(turn), 0)) for turn in turns]
    half = weld / 2 / radius
    ball = _with_grooves(relief.geodesic_sphere(16), planes, half)
    for plane in planes:
        ball = relief.cut(ball, plane, [0.0], relief.to_sphere)
    north, south = relief.pole_distance((0, 0, 1)), relief.pole_distance((0, 0, -1))
    for pole in (north, south):
        ball = relief.cut(ball, pole, [cap_rad, cap_rad * 1.03], relief.to_sphere)
    for gore in range(gores):

        def in_gore(points: Array, gore: int = gore) -> Mask:
            turn = np.arctan2(points[:, 1], points[:, 0]) % (2 * np.pi)
            inside: Mask = (turn * gores / (2 * np.pi)).astype(int) % gores == gore
            return inside

        ball = relief.painted(ball, in_gore, gore + 1)

    def in_cap(points: Array) -> Mask:
        covered: Mask = np.minimum(north(points), south(points)) < cap_rad
        return covered

    ball = relief.painted(ball, in_cap, 0)
    nearest = _nearest(planes, ball.points)
    # Film welded flat from gores is drawn in along the welds and bulges between them.
    bulge = 0.006 * np.cos(gores * np.arctan2(ball.points[:, 1], ball.points[:, 0]))
    level = np.sqrt(np.clip(1 - ball.points[:, 2] ** 2, 0, 1))
    reach = radius * (1 - 0.006 * level - bulge * level - 0.004 * relief.groove(nearest, half) * level)
    reach = reach + radius * 0.004 * in_cap(ball.points * 1.0)
    return relief.as_mesh(replace(ball, points=ball.points * reach[:, None]))


def dimpled(radius: float, dimple_radius: float, depth: float) -> Mesh:
    """A golf ball: 362 round dimples on the points of a geodesic net (10·6² + 2)."""
    centres = relief.geodesic_sphere(6).points
    tree = cKDTree(centres)

    def from_centre(points: Array) -> Array:
        distance, _ = tree.query(relief.to_sphere(points))
        angle: Array = 2 * np.arcsin(np.clip(distance / 2, 0, 1))
        return angle

    rim = dimple_radius / radius
    ball = relief.cut(
        relief.geodesic_sphere(36), from_centre, [rim * share for share in (1.0, 0.88, 0.5)], relief.to_sphere
    )
    share = np.clip(from_centre(ball.points) / rim, 0, 1)
    bowl = depth * (1 - share**2) * np.clip((1 - share) / 0.12, 0, 1) ** 0.35
    return relief.as_mesh(replace(ball, points=ball.points * (radius - bowl)[:, None]))


def panelled(
    radius: float, panels: Sequence[Polygon], slots: Sequence[int], width: float, depth: float
) -> Mesh:
    """A ball of sewn or glued panels: convex polygons of great circles, puffed between their seams."""
    rows = np.concatenate([np.linspace(0, 0.8, 9), [0.86, 0.9, 0.93, 0.955, 0.975, 0.99, 1.0]])
    points, triangles, owners, base = [], [], [], 0
    for number, corners in enumerate(panels):
        local, faces = _fan(corners, rows)
        edge = relief.to_sphere(np.cross(corners, np.roll(corners, -1, axis=0)))
        distance = np.arcsin(np.clip((local @ edge.T).min(axis=1), 0, 1)) * radius
        # A seam is a sharp valley with rounded shoulders; the panel's middle bulges a little.
        valley = np.exp(-distance / (width / 2)) * depth
        points.append(local * (radius - valley)[:, None])
        triangles.append(faces + base)
        owners.append(np.full(len(faces), slots[number]))
        base += len(local)
    ball = relief.joined_points(np.concatenate(points), np.concatenate(triangles), 1e-6)
    return relief.as_mesh(replace(ball, slots=np.concatenate(owners).astype(np.int32)))


def football_panels() -> tuple[list[Polygon], list[int]]:
    """12 pentagons (slot 1) and 20 hexagons (slot 0) of a truncated icosahedron."""
    corners = relief.geodesic_sphere(1)
    thirds = []
    for a, b, c in corners.triangles:
        for first, second in ((a, b), (b, c), (c, a)):
            thirds.append(corners.points[first] * 2 / 3 + corners.points[second] / 3)
            thirds.append(corners.points[first] / 3 + corners.points[second] * 2 / 3)
    points = np.unique(np.round(thirds, 9), axis=0)
    hull = ConvexHull(points)
    panels, slots = [], []
    for plane in np.unique(np.round(hull.equations, 6), axis=0):
        ring = points[np.abs(points @ plane[:3] + plane[3]) < 1e-5]
        panels.append(_in_order(relief.to_sphere(ring), plane[:3]))
        slots.append(1 if len(ring) == 5 else 0)
    return panels, slots


def volleyball_panels() -> tuple[list[Polygon], list[int]]:
    """18 panels: three strips on each face of a cube; middle strips are slots 1 and 2."""
    panels, slots = [], []
    for axis in range(3):
        for side in (-1.0, 1.0):
            for strip in range(3):
                low, high = _STRIPS[strip : strip + 2]
                # Long edges have points where the strips of the next face of the cube end.
                ring = np.zeros((8, 3))
                ring[:, axis] = side
                ring[:, (axis + 1) % 3] = np.repeat([low, high], 4)
                ring[:, (axis + 2) % 3] = np.tile(_STRIPS, 2)
                panels.append(_in_order(relief.to_sphere(ring), np.eye(3)[axis] * side))
                slots.append(0 if strip != 1 else (1 if side > 0 else 2))
    return panels, slots


def drilled(radius: float, holes: Sequence[tuple[Array, float, float]]) -> Mesh:
    """A bowling ball: finger holes (direction, radius, depth) with rounded edges; holes are slot 1."""
    ball = relief.geodesic_sphere(24)
    axes = [relief.to_sphere(direction) for direction, _, _ in holes]
    for axis, (_, width, _) in zip(axes, holes, strict=True):
        angle = float(np.arcsin(width * 1.12 / radius))
        off = relief.pole_distance(axis)
        ball = relief.refined(ball, lambda p, d=off, e=angle: d(p) < 1.5 * e, relief.to_sphere)  # type: ignore[misc]
        ball = relief.cut(ball, off, [angle], relief.to_sphere)
        ball = relief.without(ball, lambda p, d=off, e=angle: d(p) < e)  # type: ignore[misc]
    ball = replace(ball, points=ball.points * radius)
    skins = [ball]
    for rim in relief.borders(ball):
        middle = relief.to_sphere(ball.points[rim].mean(axis=0))
        nearest = int(np.argmax([middle @ axis for axis in axes]))
        skins.append(_hole(ball.points[rim], axes[nearest], *holes[nearest][1:]))
    offsets = np.cumsum([0] + [len(part.points) for part in skins])
    merged = relief.joined_points(
        np.concatenate([part.points for part in skins]),
        np.concatenate([part.triangles + o for part, o in zip(skins, offsets[:-1], strict=True)]),
        1e-9,
    )
    slots = np.concatenate([part.slots for part in skins]).astype(np.int32)
    return relief.as_mesh(replace(merged, slots=slots), smooth_angle_rad=0.9)


def numbered(radius: float, digits: str, striped: bool) -> Mesh:
    """A pool ball: slot 0 the ball's colour, slot 1 white, slot 2 the figures; digits may be empty."""
    ball = relief.geodesic_sphere(20)
    disc = 0.0096 / 0.0286
    if striped:
        equator = relief.plane_distance((0, 0, 1))
        band = np.radians(31)
        ball = relief.cut(ball, equator, [-band, band], relief.to_sphere)
        ball = relief.painted(ball, lambda points: np.abs(equator(points)) > band, 1)
    for side in (-1.0, 1.0) if digits else ():
        pole = relief.pole_distance((0, side, 0))
        ball = relief.cut(ball, pole, [disc], relief.to_sphere)
        ball = relief.painted(ball, lambda p, d=pole: d(p) < disc, 1)  # type: ignore[misc]
        for _ in range(2):
            ball = relief.refined(ball, lambda p, d=pole: d(p) < disc * 0.85, relief.to_sphere)  # type: ignore[misc]
        figure = _on_side(digits, side, 0.0088 / 0.0286)
        ball = relief.cut(ball, figure, [0.0], relief.to_sphere)
        ball = relief.painted(ball, lambda p, d=figure: d(p) < 0, 2)  # type: ignore[misc]
    return relief.as_mesh(replace(ball, points=ball.points * radius))


def _on_side(digits: str, side: float, height: float) -> Field:
    pieces = strokes(digits, height * (1.0 if len(digits) == 1 else 0.86))
    if digits in ("6", "9"):
        low = -0.62 * height
        line = [[-0.26 * height, low], [0.26 * height, low]]
        pieces = np.concatenate([pieces, np.array([line])])
    from_stroke = stroke_distance(pieces)

    def distance(points: Array) -> Array:
        # Seen from outside, right is -x on the far (+y) side and +x on the near one.
        flat = np.stack([-side * points[:, 0], points[:, 2]], axis=1)
        near = np.abs(flat).max(axis=1) < height
        found = np.full(len(points), 1.0)
        chosen = near & (points[:, 1] * side > 0)
        found[chosen] = from_stroke(flat[chosen]) - height * 0.075
        return found

    return distance


def _nearest(seams: Sequence[Field], points: Array) -> Array:
    """Distance of points from the nearest of the seams."""
    distances = np.stack([seam(points) for seam in seams])
    nearest: Array = np.abs(distances).min(axis=0)
    return nearest


def _with_grooves(ball: Skin, seams: Sequence[Field], half: float) -> Skin:
    levels = [half * level for level in relief.GROOVE_LEVELS]
    for seam in seams:
        ball = relief.cut(ball, seam, levels, relief.to_sphere)
    return ball


def _fan(corners: Polygon, rows: Array, pieces: int = 10) -> tuple[Array, Array]:
    """Points on the sphere and triangles of a polygon, in rings from its middle to its edge."""
    share = np.linspace(0, 1, pieces, endpoint=False)[:, None]
    edge = np.concatenate(
        [(1 - share) * a + share * b for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True)]
    )
    middle = corners.mean(axis=0)
    points = middle + rows[1:, None, None] * (edge - middle)
    count = len(edge)
    flat = np.concatenate([[middle], points.reshape(-1, 3)])
    i, j = np.arange(count), (np.arange(count) + 1) % count
    faces = [np.stack([np.zeros(count, int), 1 + i, 1 + j], axis=1)]
    for row in range(len(rows) - 2):
        low, high = 1 + row * count, 1 + (row + 1) * count
        faces += [np.stack([low + i, high + i, high + j], 1), np.stack([low + i, high + j, low + j], 1)]
    return relief.to_sphere(flat), np.concatenate(faces)


def _in_order(ring: Array, outward: Array) -> Array:
    right = relief.to_sphere(np.cross(outward, np.eye(3)[int(np.argmin(np.abs(outward)))]))
    up = np.cross(outward, right)
    spread = ring - ring.mean(axis=0)
    return ring[np.argsort(np.arctan2(spread @ up, spread @ right))]


def _hole(rim: Array, axis: Array, width: float, depth: float) -> Skin:
    """The wall and floor of a hole that joins its rim (N, 3); all in slot 1 but the rounded edge."""
    spoke = relief.to_sphere(rim - np.outer(rim @ axis, axis))
    top = rim @ axis
    rings = [rim]
    for angle in (0.5, 1.0, np.pi / 2):
        out = width * (1.12 - 0.12 * np.sin(angle))
        rings.append(spoke * out + np.outer(top - 0.12 * width * (1 - np.cos(angle)), axis))
    rings.append(spoke * width + (float(top.mean()) - depth) * axis)
    count = len(rim)
    floor = (float(top.mean()) - depth - width * 0.3) * axis
    i, j = np.arange(count), (np.arange(count) + 1) % count
    faces, slots = [], []
    for row in range(len(rings) - 1):
        low, high = row * count, (row + 1) * count
        faces += [np.stack([low + i, low + j, high + j], 1), np.stack([low + i, high + j, high + i], 1)]
        slots += [np.full(2 * count, 0 if row < 3 else 1)]
    last = (len(rings) - 1) * count
    faces.append(np.stack([last + i, last + j, np.full(count, len(rings) * count)], axis=1))
    slots.append(np.ones(count, int))
    wall = relief.skin(np.concatenate([*rings, [floor]]), np.concatenate(faces))
    return replace(wall, slots=np.concatenate(slots).astype(np.int32))
