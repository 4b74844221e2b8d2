"""Smooth solids that lathe and box cannot make: bent tubes, ribbons, plates, lofted bodies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.interpolate import CubicSpline

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import (
    ORIGIN,
    UPRIGHT,
    Array,
    Asset,
    Joint,
    Mesh,
    Quat,
    Resonator,
    Shape,
    Surface,
    Vec3,
)
from lichtspiel.library.catalogue import Wish
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.joinery import Piece, between, fused

TURN = 2 * np.pi
Points = Array | Sequence[Sequence[float]]
Point = Array | Sequence[float]


def smooth(points: Points, count: int, closed: bool = False) -> Array:
    """Points (count, D) on a cubic spline through the given ones (M, D), evenly spread by chord length.

    closed: the curve runs on from the last point to the first, which is not repeated.
    """
    given = np.asarray(points, float)
    if closed:
        given = np.vstack([given, given[:1]])
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(given, axis=0), axis=1))])
    spline = CubicSpline(way, given, axis=0, bc_type="periodic" if closed else "natural")
    places = np.linspace(0, way[-1], count, endpoint=not closed)
    curve: Array = spline(places)
    return curve


def tube(
    points: Points,
    radius: float | Point,
    *,
    slot: int = 0,
    count: int = 24,
    segments: int = 12,
    closed: bool = False,
) -> Mesh:
    """A round bent bar through points (M, 3), its ends rounded; `radius` is one number or one per point."""
    path = smooth(points, count, closed)
    given = np.asarray(radius, float)
    if given.ndim:
        radii = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, len(given)), given)
    else:
        radii = np.full(count, float(given))
    if closed:
        return meshes.sweep(path, radii, segments, slot, closed=True)
    # A quarter circle in three rings rounds each end.
    first, last = path[0] - path[1], path[-1] - path[-2]
    first, last = first / np.linalg.norm(first), last / np.linalg.norm(last)
    bends = np.sin(np.array([1.0, 0.66, 0.33]) * np.pi / 2), np.cos(np.array([0.94, 0.66, 0.33]) * np.pi / 2)
    start = path[0] + first * radii[0] * bends[0][:, None]
    end = (path[-1] + last * radii[-1] * bends[0][:, None])[::-1]
    path = np.vstack([start, path, end])
    radii = np.concatenate([radii[0] * bends[1], radii, radii[-1] * bends[1][::-1]])
    return meshes.sweep(path, radii, segments, slot)


def bar(start: Point, end: Point, radius: float, *, slot: int = 0, segments: int = 12) -> Mesh:
    """A straight round bar between two points."""
    return meshes.sweep(np.array([start, end], float), radius, segments, slot)


def ribbon(
    path: Points,
    widths: float | Array,
    thicknesses: float | Array,
    side: Vec3,
    *,
    slot: int = 0,
    rounding: float = 1.0,
) -> Mesh:
    """A flat bar along a path (N, 3), broad along `side`: blades, straps, runners, boards.

    widths and thicknesses: full measures, one number or one per point. rounding: 1 for round narrow
    edges, towards 0 for sharp corners.
    """
    spine = np.asarray(path, float)
    count = len(spine)
    ahead = np.gradient(spine, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    across = np.asarray(side, float) - ahead * (ahead @ np.asarray(side, float))[:, None]
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    up = np.cross(ahead, across)
    half = np.broadcast_to(np.asarray(widths, float), (count,))[:, None] / 2
    thick = np.broadcast_to(np.asarray(thicknesses, float), (count,))[:, None] / 2
    turn = np.linspace(-np.pi / 2, np.pi / 2, 5) * 0.96
    inset = np.minimum(thick * rounding, half * 0.98)
    right_x = half - inset + inset * np.cos(turn)
    right_z = thick * np.sin(turn) / np.sin(turn[-1])
    x = np.concatenate([right_x, -right_x[:, ::-1]], axis=1)
    z = np.concatenate([right_z, right_z[:, ::-1]], axis=1)
    rings = spine[:, None] + x[..., None] * across[:, None] + z[..., None] * up[:, None]
    return meshes.loft(rings, slot, smooth_angle_rad=0.9)


def superellipse(width: float, height: float, power: float = 2.5, count: int = 48) -> Array:
    """An outline (count, 2) about the origin, counter-clockwise: 2 is an ellipse, more is squarer."""
    angle = np.linspace(0, TURN, count, endpoint=False)
    c, s = np.cos(angle), np.sin(angle)
    shape = np.stack([np.sign(c) * np.abs(c) ** (2 / power), np.sign(s) * np.abs(s) ** (2 / power)], axis=1)
    outline: Array = shape * [width / 2, height / 2]
    return outline


def mirrored(half: Points) -> Array:
    """A closed outline from its right half (x >= 0) given from bottom to top; counter-clockwise."""
    right = np.asarray(half, float)
    left = right[::-1] * [-1, 1]
    keep = np.abs(left[:, 0]) > 1e-9
    return np.vstack([right, left[keep]])


def plate(outline: Points, thickness: float, bevel: float = 0.0, *, slot: int = 0) -> Mesh:
    """A flat solid of a smooth outline (N, 2), counter-clockwise, from z = 0 up, with eased edges.

    The outline may be concave where its curvature is wider than the bevel.
    """
    shape = np.asarray(outline, float)
    if bevel <= 0:
        return meshes.extrude(shape, thickness, slot)
    ahead = np.roll(shape, -1, axis=0) - np.roll(shape, 1, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    inward = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)
    rings: list[Array] = []
    for inset, z in (
        (1.0, 0.0),
        (0.3, 0.3),
        (0.0, 1.0),
        (0.0, -1.0),
        (0.3, -0.3),
        (1.0, -0.0),
    ):
        low = len(rings) < 3
        height = z * bevel if low else thickness + z * bevel
        rings.append(np.column_stack([shape + inward * inset * bevel, np.full(len(shape), height)]))
    return meshes.loft(np.array(rings), slot, smooth_angle_rad=0.9)


def body(
    sections: Sequence[tuple[float, Array]], axis: int = 2, *, slot: int = 0, angle: float = 0.9
) -> Mesh:
    """A closed skin through outlines (N, 2) at places along an axis, in rising order.

    The outlines are counter-clockwise in the plane of the two axes that follow `axis` cyclically:
    (x, y) for z, (y, z) for x, (z, x) for y.
    """
    rings = []
    for place, outline in sections:
        ring = np.empty((len(outline), 3))
        ring[:, axis] = place
        ring[:, (axis + 1) % 3] = outline[:, 0]
        ring[:, (axis + 2) % 3] = outline[:, 1]
        rings.append(ring)
    return meshes.loft(np.array(rings), slot, smooth_angle_rad=angle)


def slab(
    size: Vec3, position: Vec3 = ORIGIN, bevel: float = 0.003, *, slot: int = 0, turn: Quat = UPRIGHT
) -> Mesh:
    """A box of full edge lengths with rounded edges at a place."""
    return meshes.moved(meshes.box(size, bevel, 2, slot), position, turn)


def disc(
    radius: float,
    thickness: float,
    position: Vec3 = ORIGIN,
    axis: Vec3 = (0.0, 0.0, 1.0),
    *,
    slot: int = 0,
    bevel: float = 0.002,
    segments: int = 40,
) -> Mesh:
    """A cylinder about a point along an axis, its edges eased."""
    made = meshes.cylinder(radius, thickness, segments, bevel, slot)
    ahead = np.asarray(axis, float) / np.linalg.norm(axis)
    _, turn, _ = between((0.0, 0.0, 0.0), (float(ahead[0]), float(ahead[1]), float(ahead[2])))
    return meshes.moved(made, position, turn)


def ring(
    radius: float,
    thickness: float,
    position: Vec3 = ORIGIN,
    axis: Vec3 = (0.0, 0.0, 1.0),
    *,
    slot: int = 0,
    count: int = 48,
    segments: int = 10,
) -> Mesh:
    """A torus: `radius` to the middle of its tube, `thickness` its tube's radius."""
    angle = np.linspace(0, TURN, count, endpoint=False)
    circle = np.stack([radius * np.cos(angle), radius * np.sin(angle), 0 * angle], axis=1)
    ahead = np.asarray(axis, float) / np.linalg.norm(axis)
    _, turn, _ = between((0.0, 0.0, 0.0), (float(ahead[0]), float(ahead[1]), float(ahead[2])))
    return meshes.moved(meshes.sweep(circle, thickness, segments, slot, closed=True), position, turn)


def block(size: Vec3, material: str, position: Vec3 = ORIGIN, turn: Quat = UPRIGHT, label: str = "") -> Shape:
    """A collision box of full edge lengths."""
    return Shape("box", (size[0] / 2, size[1] / 2, size[2] / 2), material, position, turn, label=label)


def pillar(start: Vec3, end: Vec3, radius: float, material: str, label: str = "") -> Shape:
    """A collision cylinder between two points."""
    position, orientation, half = between(start, end)
    return Shape("cylinder", (radius, half), material, position, orientation, label=label)


def seen(*parts: Mesh) -> Piece:
    """Meshes for the eye only, as one piece."""
    return Piece(parts[0] if len(parts) == 1 else meshes.joined(*parts))


def solid(shapes: Shape | Sequence[Shape], *parts: Mesh) -> Piece:
    """Meshes with the collision solids that stand for them."""
    given = (shapes,) if isinstance(shapes, Shape) else tuple(shapes)
    return Piece(parts[0] if len(parts) == 1 else meshes.joined(*parts), given)


def single(
    name: str,
    pieces: Sequence[Piece],
    surfaces: Sequence[Surface],
    wish: Wish,
    mass_kg: float,
    resonator: Resonator,
    spots: dict[str, Vec3],
    *,
    fixed: bool = False,
    hung: bool = False,
) -> Asset:
    """A thing of one rigid part, free to move unless `fixed`, set on the ground unless `hung`.

    Spots of things that are held: `grip` where a hand closes round it, `grip_2` for the other hand,
    `tip` its working end.
    """
    joint = Joint("fixed") if fixed else Joint()
    low = 0.0 if hung else min(float(piece.mesh.vertices[:, 2].min()) for piece in pieces)
    part = fused(
        name,
        pieces,
        surfaces,
        mass_kg=mass_kg,
        resonator=resonator,
        joint=joint,
        position=(0.0, 0.0, -low),
    )
    placed = {spot: (x, y, z - low) for spot, (x, y, z) in spots.items()}
    return assembled([part], wish.scale, spots=placed)


def rod_sound(material: str, length: float, radius: float) -> Resonator:
    """What rings in a rod."""
    return Resonator("bar", material, {"length": length, "width": 2 * radius, "thickness": 2 * radius})


def plate_sound(material: str, length: float, width: float, thickness: float) -> Resonator:
    """What rings in a plate."""
    return Resonator("plate", material, {"length": length, "width": width, "thickness": thickness})
