"""Break vessels turned on a lathe into shards that fill their place exactly.

A wall is a surface with a thickness: its middle is parted into cells around scattered points
(Voronoi), small ones near where it was struck and long ones away from there; the borders are
bent by smooth noise, and every cell keeps the outer, the inner and the crack faces of the wall.
Neighbours share the points of their crack, so that together they are the wall again.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from scipy.spatial import ConvexHull, QhullError

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Fracture, IntArray, Mesh, Part, Resonator, Shape, Surface
from lichtspiel.library.things import cracks
from lichtspiel.library.things.handles import Handle
from lichtspiel.library.things.profiles import Stem, Vessel, Wall
from lichtspiel.library.things.relief import edges_of
from lichtspiel.library.things.substance import density, volume_and_centre

STRENGTH_PA = {"glass": 6.0e7, "porcelain": 8.0e7, "ceramic": 5.0e7}
"""Bending strength of used ware under a blow of a millisecond.

Soda-lime glass with handling flaws 30-60 MPa for long loads, about a half more for short ones
(Ashby; Wereszczak et al., J. Eur. Ceram. Soc. 2014); glazed hard porcelain 70-100 MPa;
stoneware 40-60 MPa (Carty & Senapati, J. Am. Ceram. Soc. 81, 1998).
"""

CONTACT_S = 0.0005
"""Length of a blow of glass or china on stone at some m/s (Hertz, slowed by the wall's own bending)."""

STRESS_FACTOR = 2.0
"""Peak bending stress over F/h² under a force F on a small spot of a plate of thickness h.

Timoshenko & Woinowsky-Krieger, Theory of Plates and Shells: (3/2π)(1+ν) ln(R/0.7h) ≈ 1.5 … 2.5.
"""


def is_brittle(material: str) -> bool:
    """Whether things made of it shatter."""
    return material in STRENGTH_PA


def breaking_impulse(material: str, thickness: float) -> float:
    """Normal impulse in N·s that breaks a wall of this thickness (m) where it is struck.

    The blow is a half sine of CONTACT_S: J = (2/π) F T, and the wall holds a peak force
    F = σ h² / STRESS_FACTOR. A wine glass with an edge of its foot of 3 mm holds 0.086 N·s: put
    down at 0.2 m/s its 0.15 kg bring 0.03 … 0.04 N·s, dropped from 0.75 m (3.8 m/s) 0.3 … 0.7.
    T grows with the size of the thing, so J grows with its mass; T is for things of a hand's size.
    """
    return 2 / np.pi * CONTACT_S * STRENGTH_PA[material] * thickness**2 / STRESS_FACTOR


def shatter(
    part: str,
    vessel: Vessel,
    surfaces: tuple[Surface, ...],
    material: str,
    impulse_ns: float,
    rng: np.random.Generator,
) -> Fracture:
    """The fracture of a part that is this vessel; its crack faces have the last of the surfaces."""
    crack = len(surfaces) - 1
    pieces: list[tuple[Mesh, float]] = []
    share = vessel.body_share()
    pieces += _wall_pieces(
        vessel.body, vessel.segments, round(30 * share) + 4, crack, vessel.inside_slot, rng
    )
    if vessel.foot is not None and vessel.stem is not None:
        pieces += _wall_pieces(vessel.foot, vessel.segments, round(30 * (1 - share)) + 4, crack, 0, rng)
        pieces += _stem_pieces(vessel.stem, vessel.segments, 3, crack, rng)
    for handle in vessel.handles:
        pieces += _handle_pieces(handle, 3, crack, rng)
    shards = [
        _shard(f"{part}_shard_{number}", piece, thickness, surfaces, material)
        for number, (piece, thickness) in enumerate(pieces)
    ]
    return Fracture(part, impulse_ns, tuple(shards))


def _shard(name: str, piece: Mesh, thickness: float, surfaces: tuple[Surface, ...], material: str) -> Part:
    """A shard whose frame is at its centre of mass."""
    volume, centre = volume_and_centre(piece)
    centred = meshes.moved(piece, -centre)
    extent = np.sort(np.ptp(centred.vertices, axis=0))[::-1]
    sizes = {"length": float(extent[0]), "width": float(extent[1]), "thickness": thickness}
    return Part(
        name=name,
        shapes=(Shape("hull", (), material, vertices=_hull_points(centred.vertices)),),
        mesh=centred,
        surfaces=surfaces,
        mass_kg=volume * density(material),
        position=(float(centre[0]), float(centre[1]), float(centre[2])),
        resonator=Resonator("plate", material, sizes),
    )


def _wall_pieces(
    wall: Wall, segments: int, count: int, crack: int, inside_slot: int, rng: np.random.Generator
) -> list[tuple[Mesh, float]]:
    """Shards of a wall, each with the thickness of the wall there."""
    outer, inner, triangles = _lathe_grid(wall, segments)
    middle = (outer + inner) / 2
    weights, faces, owner = cracks.cells(middle, triangles, count, rng)
    outer, inner = weights @ outer, weights @ inner
    thick = np.linalg.norm(outer - inner, axis=1)
    owner = cracks.without_crumbs((outer + inner) / 2, thick, faces, owner)
    rows = 3 if float(np.median(thick)) > 0.0022 else 2
    bends = rng.normal(size=(len(outer), rows - 1, 3)) * (0.09 * np.minimum(thick, 0.004))[:, None, None]
    pieces = []
    for cell in np.unique(owner):
        piece = _slab(outer, inner, faces[owner == cell], bends, crack, inside_slot)
        here = np.unique(faces[owner == cell])
        pieces.append((piece, float(thick[here].mean())))
    return pieces


def _lathe_grid(wall: Wall, segments: int) -> tuple[Array, Array, IntArray]:
    """Outer and inner points (V, 3) facing each other, and triangles (T, 3) seen from outside."""
    turn = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)

    def spun(side: Array) -> Array:
        rings = np.concatenate(
            [np.column_stack([circle * radius, np.full(segments, height)]) for radius, height in side[1:]]
        )
        return np.concatenate([[[0.0, 0.0, side[0, 1]]], rings])

    i, j = np.arange(segments), (np.arange(segments) + 1) % segments
    faces = [np.stack([np.zeros(segments, int), 1 + j, 1 + i], axis=1)]
    for row in range(len(wall.outer) - 2):
        low, high = 1 + row * segments, 1 + (row + 1) * segments
        faces += [np.stack([low + i, low + j, high + j], 1), np.stack([low + i, high + j, high + i], 1)]
    faces[0] = faces[0][:, [0, 1, 2]]
    return spun(wall.outer), spun(wall.inner), np.concatenate(faces).astype(np.int32)


def _slab(outer: Array, inner: Array, faces: IntArray, bends: Array, crack: int, inside_slot: int) -> Mesh:
    """A closed piece of a wall: outer faces, inner faces, and rough crack faces between them."""
    ends = np.stack([faces, np.roll(faces, -1, axis=1)], axis=2).reshape(-1, 2)
    _, side = edges_of(faces)
    border = ends[np.bincount(side.ravel())[side.ravel()] == 1]
    count, rows = len(outer), bends.shape[1] + 1
    share = (np.arange(1, rows) / rows)[None, :, None]
    between = outer[:, None] * (1 - share) + inner[:, None] * share + bends
    points = np.concatenate([outer, between.transpose(1, 0, 2).reshape(-1, 3), inner])
    # At the rounded edge of the wall outer and inner points are one.
    name = np.arange(len(points))
    same = np.flatnonzero(np.linalg.norm(outer - inner, axis=1) < 1e-9)
    for row in range(1, rows + 1):
        name[same + row * count] = same
    start, end = border.T
    sides = [
        np.stack(corners, axis=1) + row * count
        for row in range(rows)
        for corners in ((end, start, start + count), (end, start + count, end + count))
    ]
    triangles = name[np.concatenate([faces, faces[:, ::-1] + rows * count, *sides])]
    slots = np.repeat([0, inside_slot, crack], [len(faces), len(faces), len(triangles) - 2 * len(faces)])
    a, b, c = triangles.T
    whole = (a != b) & (b != c) & (c != a)
    used, corners = np.unique(triangles[whole].ravel(), return_inverse=True)
    sizes = np.full(int(whole.sum()), 3, np.int32)
    return Mesh(points[used], corners.astype(np.int32), sizes, slots[whole].astype(np.int32), None, 0.6)


def _stem_pieces(
    stem: Stem, segments: int, count: int, crack: int, rng: np.random.Generator
) -> list[tuple[Mesh, float]]:
    """A stem broken across; its ends are flat against the walls it joins."""
    low, high = float(stem.profile[0, 1]), float(stem.profile[-1, 1])
    heights = np.linspace(low, high, count + 1)
    heights[1:-1] += rng.uniform(-0.25, 0.25, count - 1) * (high - low) / count
    turn = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    rings = 4
    cuts = []
    for number, height in enumerate(heights):
        rough = 0.0 if number in (0, count) else 1.0
        thick = float(np.interp(height, stem.profile[:, 1], stem.profile[:, 0]))
        tilt, aim = rng.uniform(0.1, 0.5), rng.uniform(0, 2 * np.pi)
        share = np.arange(1, rings + 1)[:, None] / rings
        relief = (
            tilt * share * np.cos(turn - aim) + 0.12 * rng.normal(size=(rings, segments)).cumsum(axis=0) * 0.3
        )
        cuts.append((height, height + rough * thick * relief))
    return [
        (_column(stem, cuts[k], cuts[k + 1], turn, crack), 2 * float(stem.profile[:, 0].mean()))
        for k in range(count)
    ]


def _column(stem: Stem, low: tuple[float, Array], high: tuple[float, Array], turn: Array, crack: int) -> Mesh:
    """The piece of a stem between two cuts: height at the axis, and heights (rings, segments)."""
    segments, rings = len(turn), len(low[1])
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)

    def ring(heights: Array, share: float) -> Array:
        radius = np.interp(heights, stem.profile[:, 1], stem.profile[:, 0]) * share
        return np.column_stack([circle * radius[:, None], heights])

    levels = np.linspace(0, 1, 25)[1:-1]
    rows = [ring(low[1][k], (k + 1) / rings) for k in range(rings)]
    rows += [ring((1 - t) * low[1][-1] + t * high[1][-1], 1.0) for t in levels]
    rows += [ring(high[1][k], (k + 1) / rings) for k in reversed(range(rings))]
    points = np.concatenate([[[0, 0, low[0]]], *rows, [[0, 0, high[0]]]])
    i, j = np.arange(segments), (np.arange(segments) + 1) % segments
    last = 1 + (len(rows) - 1) * segments
    polygons = [(0, 1 + int(b), 1 + int(a)) for a, b in zip(i, j, strict=True)]
    slots = [crack] * segments
    for row in range(len(rows) - 1):
        below, above = 1 + row * segments, 1 + (row + 1) * segments
        polygons += [(below + a, below + b, above + b, above + a) for a, b in zip(i, j, strict=True)]  # type: ignore[misc]
        side = rings - 1 <= row < len(rows) - rings
        slots += [0 if side else crack] * segments
    polygons += [(last + int(a), last + int(b), len(points) - 1) for a, b in zip(i, j, strict=True)]
    slots += [crack] * segments
    made = meshes.from_polygons(points, polygons)
    return Mesh(made.vertices, made.corners, made.sizes, np.array(slots, np.int32), None, 0.6)


def _handle_pieces(
    handle: Handle, count: int, crack: int, rng: np.random.Generator
) -> list[tuple[Mesh, float]]:
    """A handle broken across."""
    whole = handle.mesh()
    rows = len(handle.path)
    rings = whole.vertices.reshape(rows, -1, 3)
    stops = np.linspace(0, rows - 1, count + 1).round().astype(int)
    stops[1:-1] += rng.integers(-2, 3, count - 1)
    pieces = []
    for low, high in itertools.pairwise(stops):
        around = rings.shape[1]
        points = rings[low : high + 1].reshape(-1, 3)
        made = meshes.from_polygons(points, _tube_faces(int(high - low) + 1, around), 0, 0.7)
        slots = made.slots.copy()
        slots[-2:] = crack
        thickness = 2 * float(handle.radii[low : high + 1].mean())
        pieces.append((Mesh(made.vertices, made.corners, made.sizes, slots, None, 0.7), thickness))
    return pieces


def _tube_faces(rows: int, around: int) -> Sequence[Sequence[int]]:
    faces: list[list[int]] = []
    for row in range(rows - 1):
        for i in range(around):
            j = (i + 1) % around
            faces.append([row * around + i, row * around + j, (row + 1) * around + j, (row + 1) * around + i])
    faces.append(list(range(around))[::-1])
    faces.append([(rows - 1) * around + i for i in range(around)])
    return faces


def _hull_points(points: Array, directions: int = 40) -> Array:
    """At most `directions` points whose hull is nearly that of all, drawn in by 2 %.

    Shards that bend have hulls that bulge into their neighbours; drawn in they do not start
    by pushing each other apart.
    """
    index = np.arange(directions) + 0.5
    polar, turn = np.arccos(1 - 2 * index / directions), np.pi * (1 + 5**0.5) * index
    rays = np.stack([np.cos(turn) * np.sin(polar), np.sin(turn) * np.sin(polar), np.cos(polar)], axis=1)
    _, frame = np.linalg.eigh(np.cov(points.T))
    spread = (points - points.mean(axis=0)) @ frame
    chosen = np.unique((spread / np.ptp(spread, axis=0) @ rays.T).argmax(axis=0))
    corners = points[chosen]
    try:
        corners = corners[ConvexHull(corners).vertices]
    except QhullError:
        corners = points[ConvexHull(points).vertices]
    middle = corners.mean(axis=0)
    drawn: Array = middle + 0.98 * (corners - middle)
    return drawn
