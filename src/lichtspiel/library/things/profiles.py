"""Things turned on a lathe: walls and stems by their cross-section, as mesh and as collision shapes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.interpolate import PchipInterpolator

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh, Shape
from lichtspiel.library.things.handles import Handle

FLAT = 0.0004
"""Metres within which a bottom counts as flat."""


@dataclass(frozen=True, eq=False)
class Wall:
    """Half the cross-section of a wall, from the axis to its edge.

    outer, inner: (N, 2) radius and height in metres of points that face each other across the
    wall; the last pair is one point. The first `joint` rows lie against a stem.
    """

    outer: Array
    inner: Array
    joint: int = 0

    @property
    def middle(self) -> Array:
        """(N, 2) half-way between outer and inner."""
        halfway: Array = (self.outer + self.inner) / 2
        return halfway


@dataclass(frozen=True, eq=False)
class Stem:
    """A solid of revolution between two walls: (N, 2) radius and height from its foot up."""

    profile: Array


@dataclass(frozen=True, eq=False)
class Vessel:
    """A hollow body, if need be on a stem and a foot, with handles. Its polygons form one mesh.

    The foot's outer side is its underside. The hollow has the surface `inside_slot`, handles
    have `handle_slot`.
    """

    body: Wall
    segments: int
    stem: Stem | None = None
    foot: Wall | None = None
    handles: tuple[Handle, ...] = ()
    inside_slot: int = 0
    handle_slot: int = 0
    handle_pieces: int = 5
    """Capsules per handle; 0 for edges and bails that touch nothing."""

    def mesh(self) -> Mesh:
        """The closed turned mesh, joined with the handles."""
        body, before = self.body, self.body.outer
        if self.stem is not None and self.foot is not None:
            top = self.foot.inner[-2 : self.foot.joint - 1 : -1]
            before = np.concatenate([self.foot.outer, top, self.stem.profile, body.outer[body.joint :]])
        profile = np.concatenate([before, body.inner[-2::-1]])
        outside = len(before) - 1
        slots = [0] * outside + [self.inside_slot] * (len(profile) - 1 - outside)
        turned = revolved(profile, self.segments, slots)
        return meshes.joined(turned, *(handle.mesh(self.handle_slot) for handle in self.handles))

    def shapes(self, material: str, tolerance: float) -> tuple[Shape, ...]:
        """Collision shapes of the whole."""
        shapes = wall_shapes(self.body, material, tolerance=tolerance)
        if self.stem is not None and self.foot is not None:
            shapes += stem_shapes(self.stem, material) + foot_shapes(self.foot, material)
        for handle in self.handles:
            shapes += handle.shapes(material, self.handle_pieces) if self.handle_pieces else []
        return tuple(shapes)

    def body_share(self) -> float:
        """Share of the body in the surface of body and foot, 0 … 1."""
        if self.foot is None:
            return 1.0
        body, foot = (_surface_area(wall.middle) for wall in (self.body, self.foot))
        return body / (body + foot)


def wall(controls: Sequence[Sequence[float]], step: float, joint: float = 0.0) -> Wall:
    """A wall through rows of (outer radius, outer height, inner radius, inner height).

    The rows run from the axis to the edge, which is rounded; `step` is the length between the
    points in between. A wall of a radius of `joint` or less around the axis lies against a stem.
    """
    table = np.asarray(controls, float)
    middle = (table[:, :2] + table[:, 2:]) / 2
    rows = PchipInterpolator(pace := _pace(middle), table)(_places(pace, step))
    outer, inner = _with_round_edge(rows[:, :2], rows[:, 2:])
    against = np.maximum(outer[:, 0], inner[:, 0]) <= joint + 1e-9
    return Wall(outer, inner, int(against.sum()) if joint else 0)


def smooth_line(points: Array, step: float) -> Array:
    """A smooth line (N, 2) through points (M, 2) in steps of about `step`."""
    line: Array = PchipInterpolator(pace := _pace(points), points)(_places(pace, step))
    return line


def sheet(line: Array, thickness: float) -> Wall:
    """A wall of even thickness inside of a line (N, 2) of (radius, height) from the axis outward."""
    along = np.gradient(line, axis=0)
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    normal[0] = (0.0, 1.0)
    outer, inner = _with_round_edge(line, line + normal * thickness)
    return Wall(outer, inner)


def revolved(profile: Array, segments: int, slots: Sequence[int] | None = None) -> Mesh:
    """A mesh of revolution; `slots` gives the surface of each band between two points."""
    turned = meshes.lathe(profile, segments, smooth_angle_rad=0.7)
    if slots is None:
        return turned
    return replace(turned, slots=np.repeat(np.asarray(slots, np.int32), segments))


def segments_for(radius: float) -> int:
    """How many segments make a circle of this radius look round: an edge of about 3 mm, 64 … 144."""
    return int(np.clip(round(2 * np.pi * radius / 0.003 / 8) * 8, 64, 144))


def wall_shapes(body: Wall, material: str, sectors: int = 24, tolerance: float = 0.0012) -> list[Shape]:
    """Collision shapes of a wall: a disc to stand on, and rings of convex wedges around a free inside.

    The last ring is labelled `rim`. Walls thinner than 1.5 mm are thickened to the outside.
    """
    low = float(body.outer[:, 1].min())
    stand = float(body.outer[body.outer[:, 1] < low + FLAT, 0].max())
    floor = float(body.inner[0, 1])
    level = (np.abs(body.inner[:, 1] - floor) < tolerance) & (body.inner[:, 0] <= stand * 1.001)
    first = int(np.argmin(level)) - 1 if not level.all() else len(level) - 1
    half = max((floor - low) / 2, 0.0002)
    disc = Shape("cylinder", (stand, half), material, (0.0, 0.0, low + half))
    bands = _bands(body, max(first, 0), tolerance)
    outer = _thickened(body)
    shapes = [disc]
    for number, (start, end) in enumerate(bands):
        label = "rim" if number == len(bands) - 1 else ""
        rows = [outer[start], outer[end], body.inner[start], body.inner[end]]
        shapes += _ring(rows, sectors, material, label)
    return shapes


def stem_shapes(stem: Stem, material: str, pieces: int = 3) -> list[Shape]:
    """Cylinders along a stem."""
    heights = np.linspace(stem.profile[0, 1], stem.profile[-1, 1], pieces + 1)
    shapes = []
    for low, high in itertools.pairwise(heights):
        between = np.linspace(low, high, 9)
        radius = float(np.interp(between, stem.profile[:, 1], stem.profile[:, 0]).mean())
        shapes.append(
            Shape("cylinder", (radius, float(high - low) / 2), material, (0.0, 0.0, float(low + high) / 2))
        )
    return shapes


def foot_shapes(foot: Wall, material: str) -> list[Shape]:
    """A disc to stand on, as thick as the foot's edge, and a cone on it."""
    edge = int(np.argmax(foot.outer[:, 0]))
    radius = float(foot.outer[edge, 0])
    low = float(foot.outer[:, 1].min())
    half = max(float(foot.inner[edge - 4 : edge, 1].mean() - low) / 2, 0.0005)
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    rings = [
        np.column_stack([circle * share, np.full(24, height)])
        for share, height in ((radius * 0.95, low + half), (foot.inner[foot.joint, 0], foot.inner[0, 1]))
    ]
    return [
        Shape("cylinder", (radius, half), material, (0.0, 0.0, low + half), label="foot"),
        Shape("hull", (), material, vertices=np.concatenate(rings), label="foot"),
    ]


def inside_box(body: Wall) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Box (low, high) in the hollow of a vessel, from its floor to its edge."""
    floor, top = float(body.inner[0, 1]), float(body.outer[:, 1].max())
    upper = body.inner[body.inner[:, 1] > floor + 0.3 * (top - floor), 0]
    reach = float(np.median(upper)) * 0.85
    return (-reach, -reach, floor), (reach, reach, top)


def _surface_area(line: Array) -> float:
    """Area in m² that a line (N, 2) of (radius, height) sweeps about the axis."""
    lengths = np.linalg.norm(np.diff(line, axis=0), axis=1)
    return float((2 * np.pi * (line[1:, 0] + line[:-1, 0]) / 2 * lengths).sum())


def _pace(line: Array) -> Array:
    """Way along a line (N, 2) to each of its points (N,)."""
    return np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])


def _places(pace: Array, step: float) -> Array:
    """Ways that hold all of `pace` and steps of at most `step` between, at least one."""
    places = [np.zeros(1)]
    for low, high in itertools.pairwise(pace):
        places.append(np.linspace(low, high, max(2, int(np.ceil((high - low) / step)) + 1))[1:])
    return np.concatenate(places)


def _with_round_edge(outer: Array, inner: Array) -> tuple[Array, Array]:
    """The rows with a half circle over the last pair."""
    middle, across = (outer[-1] + inner[-1]) / 2, (outer[-1] - inner[-1]) / 2
    ahead = np.array([-across[1], across[0]])
    if ahead @ (outer[-1] + inner[-1] - outer[-2] - inner[-2]) < 0:
        ahead = -ahead
    turns = np.linspace(0, np.pi / 2, 5)[1:, None]
    rise = middle + ahead * np.sin(turns)
    nose = across * np.cos(turns)
    nose[-1] = 0.0
    return np.concatenate([outer, rise + nose]), np.concatenate([inner, rise - nose])


def _thickened(body: Wall, least: float = 0.0015) -> Array:
    """The outer side moved away from the inner one where the wall is thin, but never below the ground."""
    across = body.outer - body.inner
    thick = np.linalg.norm(across, axis=1)
    row = np.arange(len(thick))
    known = thick > 1e-6
    unit = across / np.maximum(thick, 1e-9)[:, None]
    unit[~known] = unit[known][-1]
    # The rounded edge tapers to nothing; it keeps the thickness of the wall below it.
    grown = body.inner + unit * np.maximum(thick, np.where(row > len(row) - 5, 0.0, least))[:, None]
    grown[:, 1] = np.maximum(grown[:, 1], body.outer[:, 1].min())
    return grown


def _bands(body: Wall, first: int, tolerance: float) -> list[tuple[int, int]]:
    """Runs of rows (start, end) along which both sides are straight within a tolerance."""
    bands, start = [], first
    while start < len(body.outer) - 1:
        end = start + 1
        while end + 1 < len(body.outer) and all(
            _sag(side[start : end + 2]) < tolerance for side in (body.outer, body.inner)
        ):
            end += 1
        bands.append((start, end))
        start = end
    return bands


def _sag(line: Array) -> float:
    """Greatest distance of points (N, 2) from the chord of their ends."""
    chord = line[-1] - line[0]
    span = float(np.linalg.norm(chord))
    if span < 1e-9:
        return float(np.linalg.norm(line - line[0], axis=1).max())
    off = (line - line[0]) @ np.array([-chord[1], chord[0]]) / span
    return float(np.abs(off).max())


def _ring(rows: Sequence[Array], sectors: int, material: str, label: str) -> list[Shape]:
    """Wedges about the z axis between outer rows 0, 1 and inner rows 2, 3 of (radius, height)."""
    half = np.pi / sectors
    # A chord between points on the true circle bulges into the hollow; stretched by half of
    # that, chords are as much inside as outside of the circle.
    stretch = 2 / (1 + np.cos(half))
    shapes = []
    for sector in range(sectors):
        middle = 2 * np.pi * sector / sectors
        points = []
        for turn in (middle - half, middle + half):
            points += [
                (radius * stretch * np.cos(turn), radius * stretch * np.sin(turn), height)
                for radius, height in rows
            ]
        corners = np.unique(np.round(points, 9), axis=0)
        shapes.append(Shape("hull", (), material, vertices=corners, label=label))
    return shapes
