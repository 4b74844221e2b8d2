"""Boards, rods and rings: the mesh of each with the convex solids that stand for it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.interpolate import PchipInterpolator

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import ORIGIN, UPRIGHT, Array, Joint, Mesh, Part, Quat, Shape, Surface, Vec3
from lichtspiel.library.things.assembly import vector

TURN = 2 * np.pi
FIXED = Joint("fixed")


@dataclass(frozen=True, eq=False)
class Piece:
    """A mesh and its collision solids, in the frame of a part."""

    mesh: Mesh
    shapes: tuple[Shape, ...] = ()


def fused(name: str, pieces: Sequence[Piece], surfaces: Sequence[Surface], **rest: Any) -> Part:
    """One rigid part of all pieces; `rest` are further fields of the part."""
    mesh = meshes.joined(*(piece.mesh for piece in pieces))
    shapes = tuple(shape for piece in pieces for shape in piece.shapes)
    return Part(name, shapes, mesh, tuple(surfaces), **rest)


def shown(mesh: Mesh) -> Piece:
    """A piece for the eye only."""
    return Piece(mesh)


def board(
    size: Vec3,
    material: str,
    position: Vec3 = ORIGIN,
    *,
    bevel: float = 0.002,
    slot: int = 0,
    orientation: Quat = UPRIGHT,
    label: str = "",
) -> Piece:
    """A box of full edge lengths with rounded edges."""
    solid = meshes.moved(meshes.box(size, bevel, 2, slot), position, orientation)
    half = vector(np.array(size) / 2)
    return Piece(solid, (Shape("box", half, material, position, orientation, label=label),))


def rod(
    start: Vec3,
    end: Vec3,
    radius: float,
    material: str,
    *,
    slot: int = 0,
    segments: int = 20,
    bevel: float = 0.001,
    label: str = "",
) -> Piece:
    """A round bar between two points, with flat ends."""
    position, orientation, half = between(start, end)
    bar = meshes.cylinder(radius, 2 * half, segments, bevel, slot)
    return Piece(
        meshes.moved(bar, position, orientation),
        (Shape("cylinder", (radius, half), material, position, orientation, label=label),),
    )


def turned(
    profile: Array, position: Vec3 = ORIGIN, *, slot: int = 0, segments: int = 32, axis: Vec3 = (0, 0, 1)
) -> Piece:
    """A lathed piece for the eye, its axis along `axis`."""
    solid = meshes.lathe(profile, segments, slot)
    return Piece(meshes.moved(solid, position, aligned(axis)))


def wire(path: Array, radius: float, *, slot: int = 0, segments: int = 10, closed: bool = False) -> Piece:
    """A round wire for the eye along a path (N, 3)."""
    return Piece(meshes.sweep(path, radius, segments, slot, closed))


def capsule(start: Vec3, end: Vec3, radius: float, material: str, label: str = "") -> Shape:
    """A capsule whose ends are centred on two points."""
    position, orientation, half = between(start, end)
    return Shape("capsule", (radius, half), material, position, orientation, label=label)


def capsule_chain(path: Array, radius: float, material: str, label: str = "") -> tuple[Shape, ...]:
    """Capsules along a path (N, 3)."""
    return tuple(capsule(vector(a), vector(b), radius, material, label) for a, b in itertools.pairwise(path))


def ring_path(radius: float, segments: int, axis: Vec3 = (0.0, 0.0, 1.0), centre: Vec3 = ORIGIN) -> Array:
    """A closed circle (segments + 1, 3) about an axis, first point repeated at the end."""
    angles = np.linspace(0, TURN, segments + 1)
    circle = np.stack([radius * np.cos(angles), radius * np.sin(angles), np.zeros(segments + 1)], axis=1)
    moved: Array = circle @ meshes.rotation_matrix(aligned(axis)).T + np.array(centre)
    return moved


def hull(points: Array, material: str, label: str = "") -> Shape:
    """The convex hull of points (N, 3)."""
    return Shape("hull", (), material, vertices=np.asarray(points, float), label=label)


def between(start: Vec3, end: Vec3) -> tuple[Vec3, Quat, float]:
    """Middle, orientation that lays z along the line, and half its length."""
    a, b = np.array(start), np.array(end)
    return vector((a + b) / 2), aligned(vector(b - a)), float(np.linalg.norm(b - a)) / 2


def aligned(direction: Vec3) -> Quat:
    """The shortest turn that carries +z to a direction."""
    unit = np.asarray(direction, float) / np.linalg.norm(direction)
    if unit[2] < -1 + 1e-9:
        return (0.0, 1.0, 0.0, 0.0)
    quaternion = np.array([1 + unit[2], -unit[1], unit[0], 0.0])
    quaternion /= np.linalg.norm(quaternion)
    w, x, y, z = (float(value) for value in quaternion)
    return (w, x, y, z)


def prism(outline: Array, depth: float, bevel: float, slot: int = 0) -> Mesh:
    """A prism of a convex outline (N, 2), counter-clockwise, from z = 0 to `depth`, edges bevelled."""
    if bevel <= 0:
        return meshes.extrude(outline, depth, slot)
    inner = inset(outline, bevel)
    middle = inset(outline, bevel * 0.3)
    levels = [
        (inner, 0.0), (middle, bevel * 0.3), (outline, bevel),
        (outline, depth - bevel), (middle, depth - bevel * 0.3), (inner, depth),
    ]  # fmt: skip
    rings = np.array([np.column_stack([shape, np.full(len(shape), z)]) for shape, z in levels])
    return meshes.loft(rings, slot, smooth_angle_rad=0.9)


def inset(outline: Array, distance: float) -> Array:
    """A convex outline (N, 2), counter-clockwise, with every side moved inward."""
    outline = np.asarray(outline, float)
    ahead = np.roll(outline, -1, axis=0) - outline
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    inward = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)
    before = np.roll(inward, 1, axis=0)
    # The corner moves along the bisector so that both its sides move by `distance`.
    bisector = inward + before
    shift = bisector * (2 * distance / (bisector * bisector).sum(axis=1, keepdims=True))
    moved: Array = outline + shift
    return moved


def rounded_rectangle(width: float, height: float, radius: float, steps: int = 4) -> Array:
    """Outline (4·(steps + 1), 2) about the origin, counter-clockwise."""
    corners = []
    for k, (sx, sy) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        angles = np.linspace(k * TURN / 4, (k + 1) * TURN / 4, steps + 1)
        centre = np.array([sx * (width / 2 - radius), sy * (height / 2 - radius)])
        corners.append(centre + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1))
    return np.concatenate(corners)


def in_slot(piece: Piece, slot: int) -> Piece:
    """The piece with its mesh in another slot."""
    return replace(piece, mesh=meshes.in_slot(piece.mesh, slot))


def curve_through(points: Array, count: int) -> Array:
    """Evenly spread points (count, 2 or 3) on a smooth curve that does not overshoot the given ones."""
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    curve: Array = PchipInterpolator(length, points, axis=0)(np.linspace(0, length[-1], count))
    curve[np.abs(curve[:, 0]) < 1e-9, 0] = 0.0
    return curve
