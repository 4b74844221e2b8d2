"""Things turned on a lathe: walls and stems by their cross-section, and their meshes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.interpolate import PchipInterpolator

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.things.handles import Handle

EDGE_ROWS = 4
"""Rows of the half circle over the edge of a wall."""


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
    turns = np.linspace(0, np.pi / 2, EDGE_ROWS + 1)[1:, None]
    rise = middle + ahead * np.sin(turns)
    nose = across * np.cos(turns)
    nose[-1] = 0.0
    return np.concatenate([outer, rise + nose]), np.concatenate([inner, rise - nose])
