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
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import ConvexHull, QhullError

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Fracture, IntArray, Mesh, Part, Resonator, Shape, Surface
from lichtspiel.library.things.handles import Handle
from lichtspiel.library.things.profiles import Stem, Vessel, Wall
from lichtspiel.library.things.substance import density

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

CHIP_AREA_M2 = 2.5e-6
"""Smaller cells stay with their neighbour: fragments below 1.5 mm are dust, not shards."""


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
    volume, centre = _volume_and_centre(piece)
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
    labels, weights, faces, owner = _cells(middle, triangles, count, rng)
    del labels
    outer, inner = weights @ outer, weights @ inner
    owner = _without_crumbs((outer + inner) / 2, faces, owner)
    thick = np.linalg.norm(outer - inner, axis=1)
    rows = 3 if float(np.median(thick)) > 0.0022 else 2
    bends = rng.normal(size=(len(outer), rows - 1, 3)) * (0.09 * thick)[:, None, None]
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


def _cells(
    points: Array, triangles: IntArray, count: int, rng: np.random.Generator
) -> tuple[IntArray, coo_matrix, IntArray, IntArray]:
    """Part a surface into cells.

    Returns the site of each point, a sparse matrix that makes the points of the parted surface
    from the old ones, its triangles (F, 3), and the cell of each triangle (F,).
    """
    distance = _distances(points, triangles, count, rng)
    label = distance.argmin(axis=1).astype(np.int32)
    site = label[triangles]
    different = np.stack([site[:, k] != site[:, (k + 1) % 3] for k in range(3)], axis=1)
    ends = np.stack([triangles, np.roll(triangles, -1, axis=1)], axis=2)
    edges, sides = np.unique(np.sort(ends.reshape(-1, 2), axis=1), axis=0, return_inverse=True)
    sides = sides.reshape(-1, 3)
    first, second = edges.T
    cracked = label[first] != label[second]
    gap_first = distance[first, label[second]] - distance[first, label[first]]
    gap_second = distance[second, label[first]] - distance[second, label[second]]
    share = np.clip(gap_first / np.maximum(gap_first + gap_second, 1e-12), 0.04, 0.96)
    new = np.full(len(edges), -1)
    new[cracked] = len(points) + np.arange(cracked.sum())
    middle = new[sides]
    lone = different.sum(axis=1) == 2
    meeting = np.flatnonzero(different.all(axis=1))
    hubs = len(points) + int(cracked.sum()) + np.arange(len(meeting))

    faces = [triangles[~different.any(axis=1)]]
    owner = [site[~different.any(axis=1), 0]]
    # One corner lies in another cell than the other two.
    rows = np.flatnonzero(lone)
    start = np.argmax(different[rows] & np.roll(different[rows], 1, axis=1), axis=1)
    order = (start[:, None] + np.arange(3)) % 3
    a, b, c = np.take_along_axis(triangles[rows], order, axis=1).T
    ab, _, ca = np.take_along_axis(middle[rows], order, axis=1).T
    one, other = np.take_along_axis(site[rows], order, axis=1)[:, :2].T
    faces += [np.stack([a, ab, ca], 1), np.stack([ab, b, c], 1), np.stack([ab, c, ca], 1)]
    owner += [one, other, other]
    # Three cells meet in a triangle.
    for k in range(3):
        corner, ahead = triangles[meeting, k], middle[meeting, k]
        behind = middle[meeting, (k + 2) % 3]
        faces += [np.stack([corner, ahead, hubs], 1), np.stack([corner, hubs, behind], 1)]
        owner += [site[meeting, k]] * 2

    weights = _mixing(len(points), edges[cracked], share[cracked], triangles[meeting])
    return label, weights, np.concatenate(faces).astype(np.int32), np.concatenate(owner).astype(np.int32)


def _mixing(count: int, edges: IntArray, share: Array, hubs: IntArray) -> coo_matrix:
    """Matrix (V, count): the old points, then points on edges, then middles of triangles."""
    line, middle = np.arange(len(edges)) + count, np.arange(len(hubs)) + count + len(edges)
    rows = np.concatenate([np.arange(count), line, line, np.repeat(middle, 3)])
    columns = np.concatenate([np.arange(count), edges[:, 0], edges[:, 1], hubs.ravel()])
    values = np.concatenate([np.ones(count), 1 - share, share, np.full(3 * len(hubs), 1 / 3)])
    return coo_matrix((values, (rows, columns)), (count + len(edges) + len(hubs), count)).tocsr()


def _distances(points: Array, triangles: IntArray, count: int, rng: np.random.Generator) -> Array:
    """Distance (V, S) of the points from scattered sites, bent by smooth noise."""
    corner = points[triangles]
    area = np.linalg.norm(np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]), axis=1)
    pick = rng.choice(len(triangles), 40 * count, p=area / area.sum())
    weight = rng.dirichlet((1.0, 1.0, 1.0), len(pick))
    candidates = np.einsum("nk,nkx->nx", weight, corner[pick])
    struck = candidates[:2]
    size = float(np.ptp(points, axis=0).max())
    # Half of the sites lie far from each other, a third crowd around where it is struck, and
    # the rest make the chips there.
    wide = max(3, round(0.5 * count))
    sites = [candidates[0]]
    while len(sites) < wide:
        apart = np.linalg.norm(candidates[:, None] - np.array(sites)[None], axis=2).min(axis=1)
        sites.append(candidates[int(np.argmax(apart * rng.uniform(0.6, 1.0, len(apart))))])
    for reach, number in ((0.22 * size, count - wide - count // 6), (0.035 * size, count // 6)):
        near = np.linalg.norm(candidates[:, None] - struck[None], axis=2).min(axis=1)
        chance = np.exp(-((near / reach) ** 2)) + 1e-12
        chosen = rng.choice(len(candidates), number, replace=False, p=chance / chance.sum())
        sites += list(candidates[chosen])
    centre = np.array(sites)
    away = centre - struck[np.linalg.norm(centre[:, None] - struck[None], axis=2).argmin(axis=1)]
    length = np.linalg.norm(away, axis=1, keepdims=True)
    ray = away / np.maximum(length, 1e-9)
    # Cracks run outward from the blow: cells are longer along the way from it than across.
    stretch = 1 - 1 / (1 + 1.1 * np.clip(length / size * 3, 0, 1)) ** 2
    offset = (points + _noise(points, size, rng))[:, None] - centre[None]
    along = np.einsum("vsx,sx->vs", offset, ray)
    squared = np.einsum("vsx,vsx->vs", offset, offset) - stretch.ravel() * along**2
    distances: Array = np.sqrt(np.maximum(squared, 0.0))
    return distances


def _noise(points: Array, size: float, rng: np.random.Generator) -> Array:
    """A smooth displacement (N, 3) of some percent of the size, in four octaves."""
    moved = np.zeros_like(points)
    for octave in range(4):
        wave = size * 0.5 / 2.1**octave
        frequency = rng.normal(size=(5, 3)) * 2 * np.pi / wave / 1.7
        phase, swing = rng.uniform(0, 2 * np.pi, 5), rng.normal(size=(5, 3))
        moved += np.sin(points @ frequency.T + phase) @ swing * (0.018 * wave)
    return moved


def _without_crumbs(points: Array, faces: IntArray, owner: IntArray) -> IntArray:
    """The cell of each triangle, where pieces too small to be shards have joined a neighbour."""
    ends = np.sort(np.stack([faces, np.roll(faces, -1, axis=1)], axis=2).reshape(-1, 2), axis=1)
    _, side = np.unique(ends, axis=0, return_inverse=True)
    order = np.argsort(side.ravel(), kind="stable")
    same = np.flatnonzero(np.diff(side.ravel()[order]) == 0)
    left, right = order[same] // 3, order[same + 1] // 3
    corner = points[faces]
    area = np.linalg.norm(np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]), axis=1) / 2
    for _ in range(4):
        within = owner[left] == owner[right]
        links = coo_matrix((np.ones(within.sum()), (left[within], right[within])), (len(faces),) * 2)
        _, piece = connected_components(links, directed=False)
        total = np.bincount(piece, area)
        crumbs = np.flatnonzero(total < CHIP_AREA_M2)
        owner = piece.astype(np.int32)
        for crumb in crumbs:
            touching = np.concatenate(
                [piece[right[piece[left] == crumb]], piece[left[piece[right] == crumb]]]
            )
            touching = touching[touching != crumb]
            if len(touching):
                values, counts = np.unique(touching, return_counts=True)
                owner[piece == crumb] = values[np.argmax(counts)]
        if not len(crumbs):
            break
    return owner


def _slab(outer: Array, inner: Array, faces: IntArray, bends: Array, crack: int, inside_slot: int) -> Mesh:
    """A closed piece of a wall: outer faces, inner faces, and rough crack faces between them."""
    ends = np.stack([faces, np.roll(faces, -1, axis=1)], axis=2).reshape(-1, 2)
    edges, back, times = np.unique(np.sort(ends, axis=1), axis=0, return_inverse=True, return_counts=True)
    del edges
    border = ends[times[back.ravel()] == 1]
    count, rows = len(outer), bends.shape[1] + 1
    share = (np.arange(1, rows) / rows)[None, :, None]
    between = outer[:, None] * (1 - share) + inner[:, None] * share + bends
    points = np.concatenate([outer, between.transpose(1, 0, 2).reshape(-1, 3), inner])
    start, end = border.T
    quads = [
        np.stack([end + k * count, start + k * count, start + (k + 1) * count, end + (k + 1) * count], 1)
        for k in range(rows)
    ]
    corners = np.concatenate(
        [faces.ravel(), (faces[:, ::-1] + rows * count).ravel(), np.concatenate(quads).ravel()]
    )
    sizes = np.concatenate([np.full(2 * len(faces), 3), np.full(rows * len(border), 4)])
    slots = np.concatenate(
        [np.zeros(len(faces)), np.full(len(faces), inside_slot), np.full(rows * len(border), crack)]
    )
    used, corners = np.unique(corners, return_inverse=True)
    piece = Mesh(
        points[used], corners.astype(np.int32), sizes.astype(np.int32), slots.astype(np.int32), None, 0.6
    )
    return meshes.weld(piece, 1e-8)


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


def _volume_and_centre(piece: Mesh) -> tuple[float, Array]:
    """Volume in m³ and centre of mass (3,) of a closed mesh."""
    starts = np.concatenate([[0], np.cumsum(piece.sizes)[:-1]])
    volume, moment = 0.0, np.zeros(3)
    base = piece.vertices.mean(axis=0)
    for size in np.unique(piece.sizes):
        first = starts[piece.sizes == size]
        for k in range(1, int(size) - 1):
            a, b, c = (piece.vertices[piece.corners[first + i]] - base for i in (0, k, k + 1))
            six = np.einsum("ij,ij->i", a, np.cross(b, c))
            volume += float(six.sum()) / 6
            moment += (six[:, None] * (a + b + c)).sum(axis=0) / 24
    return volume, base + moment / volume


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
