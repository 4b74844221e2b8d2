"""What stands around an open place: trees, hedges, grass, fences, walls, lamps, benches.

Everything stands on z = 0 about the origin unless it says otherwise.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh, Vec3
from lichtspiel.library.catalogue import Generator
from lichtspiel.library.place import Lamp
from lichtspiel.library.places.copies import box, boxes, copies
from lichtspiel.library.places.pieces import Piece, piece

LEAF = np.array([[0.0, -0.5, 0.0], [0.32, -0.05, 0.1], [0.0, 0.5, 0.0], [-0.32, -0.05, 0.1]])
WIDER_TO_M = 3.6
"""Blades of grass grow wider from the middle of their disc to this far out."""


def leaves(points: Array, size_m: float, rng: Generator) -> Mesh:
    """A leaf at every point (N, 3), turned at random, about `size_m` long."""
    count = len(points)
    frames, _ = np.linalg.qr(rng.normal(size=(count, 3, 3)))
    scale = size_m * rng.uniform(0.7, 1.3, count)
    vertices = np.einsum("nij,kj->nki", frames, LEAF) * scale[:, None, None] + points[:, None]
    polygons = np.arange(4 * count, dtype=np.int32)
    return Mesh(
        vertices.reshape(-1, 3), polygons, np.full(count, 4, np.int32), np.zeros(count, np.int32), None, 1.5
    )


def tree(
    rng: Generator, height: float = 7.0, leaf_count: int = 3600, leaf_size: float = 0.27
) -> tuple[Mesh, Mesh]:
    """Wood and leaves of a broad-leaved tree: a trunk, limbs that fork twice, leaves at the twigs."""
    t = np.linspace(0, 1, 8)
    bend = rng.normal(0, 0.25, 2)
    spine = np.column_stack([bend[0] * t**2, bend[1] * t**2, height * 0.72 * t])
    girth = height * 0.028
    wood = [meshes.sweep(spine, girth * (1.25 - t) * (1 + 0.5 * np.exp(-12 * t)), 10)]
    tips: list[Array] = []
    limbs = 9
    for k in range(limbs):
        start_t = 0.38 + 0.6 * k / limbs
        start = np.array([np.interp(start_t, t, spine[:, a]) for a in range(3)])
        turn = k * 2.4 + rng.uniform(-0.4, 0.4)
        length = height * 0.36 * (1.15 - 0.55 * start_t) * rng.uniform(0.85, 1.15)
        limb = _branch(start, turn, rng.uniform(0.3, 0.65), length)
        wood.append(meshes.sweep(limb, girth * 0.42 * (1.2 - start_t) * np.linspace(1, 0.35, len(limb)), 6))
        for j in range(4):
            origin = limb[2 + j % 4]
            twig = _branch(
                origin, turn + rng.uniform(-1.2, 1.2), rng.uniform(0.1, 0.9), length * rng.uniform(0.35, 0.6)
            )
            wood.append(meshes.sweep(twig, girth * 0.12 * np.linspace(1, 0.4, len(twig)), 5))
            tips += [twig[-1], twig[-3], limb[-1]]
    centres = np.array(tips)[rng.integers(0, len(tips), leaf_count)]
    cloud = centres + rng.normal(0, 1, (leaf_count, 3)) * np.array([0.075, 0.075, 0.056]) * height
    cloud = cloud[cloud[:, 2] > height * 0.22]
    return meshes.joined(*wood), leaves(cloud, leaf_size, rng)


def grove(
    rng: Generator,
    positions: Array,
    heights: Array,
    kinds: int = 2,
    leaf_count: int = 3500,
    leaf_size: float = 0.2,
    colours: tuple[Vec3 | None, ...] = (None, (0.075, 0.15, 0.022)),
) -> list[Piece]:
    """Trees at positions (N, 2) with heights (N,), made from a few kinds by turning and scaling."""
    pieces = []
    positions, heights = np.asarray(positions, float), np.asarray(heights, float)
    turns = rng.uniform(0, 2 * np.pi, len(positions))
    for kind in range(kinds):
        chosen = np.arange(len(positions)) % kinds == kind
        if not chosen.any():
            continue
        wood, crown = tree(rng, 7.0, leaf_count, leaf_size)
        offsets = np.column_stack([positions[chosen], np.zeros(int(chosen.sum()))])
        scale = heights[chosen] / 7.0
        pieces.append(piece("tree_bark", copies(wood, offsets, turns[chosen], scale)))
        pieces.append(
            piece(
                "tree_leaves",
                copies(crown, offsets, turns[chosen], scale),
                colour=colours[kind % len(colours)],
            )
        )
    return pieces


def _branch(start: Array, turn: float, rise: float, length: float) -> Array:
    """Six points that leave at an angle and bend upwards."""
    t = np.linspace(0, 1, 6)
    out, up = length * t * np.cos(rise), length * (t * np.sin(rise) + 0.25 * t**2)
    path: Array = start + np.column_stack([out * np.cos(turn), out * np.sin(turn), up])
    return path


def hedge(low: Vec3, high: Vec3, rng: Generator, per_m2: float = 260, leaf_size: float = 0.09) -> list[Piece]:
    """A clipped hedge that fills a box: leaves around a dark core."""
    a, b = np.array(low, float), np.array(high, float)
    size = b - a
    areas = np.array(
        [size[1] * size[2], size[1] * size[2], size[0] * size[2], size[0] * size[2], size[0] * size[1]]
    )
    points = []
    for face, area in enumerate(areas):
        count = int(area * per_m2)
        spread = rng.uniform(0, 1, (count, 3))
        axis, side = (face // 2, face % 2) if face < 4 else (2, 1)
        spread[:, axis] = side
        points.append(a + spread * size)
    cloud = np.vstack(points) + rng.normal(0, 0.035, (sum(len(p) for p in points), 3))
    core = box((a[0] + 0.06, a[1] + 0.06, a[2]), (b[0] - 0.06, b[1] - 0.06, b[2] - 0.06))
    return [
        piece("hedge", core, colour=(0.012, 0.025, 0.006)),
        piece("tree_leaves", leaves(cloud, leaf_size, rng), colour=(0.035, 0.10, 0.018)),
    ]


def mown_grass(rng: Generator) -> Mesh:
    """The blades of a lawn or pitch about its middle, as far as a camera stands that sees a whole group."""
    return grass_blades(rng, (0, 0), 9.0, 36000)


def grass_blades(
    rng: Generator, centre: tuple[float, float], radius: float, count: int, height: float = 0.035
) -> Mesh:
    """Blades of mown grass in a disc, densest in the middle; bent triangles of two polygons.

    Further out, where they stand thinner, they are wider.
    """
    reach = radius * rng.uniform(0, 1, count) ** 0.8
    turn = rng.uniform(0, 2 * np.pi, count)
    foot = np.column_stack(
        [centre[0] + reach * np.cos(turn), centre[1] + reach * np.sin(turn), np.zeros(count)]
    )
    facing = rng.uniform(0, 2 * np.pi, count)
    side = np.column_stack([np.cos(facing), np.sin(facing), np.zeros(count)])
    ahead = np.column_stack([-np.sin(facing), np.cos(facing), np.zeros(count)])
    tall = (height * rng.uniform(0.6, 1.3, count))[:, None]
    lean = rng.uniform(0.1, 0.8, count)[:, None]
    wide = rng.uniform(0.0011, 0.0022, count)[:, None] * (1 + 0.35 * np.minimum(reach, WIDER_TO_M)[:, None])
    up = np.array([0.0, 0.0, 1.0])
    middle = foot + tall * (0.6 * up + 0.25 * lean * ahead)
    tip = foot + tall * (up * (1 - 0.25 * lean) + 0.8 * lean * ahead)
    vertices = np.stack(
        [foot - wide * side, foot + wide * side, middle + 0.7 * wide * side, middle - 0.7 * wide * side, tip],
        axis=1,
    )
    base = np.arange(count, dtype=np.int32)[:, None] * 5
    corners = np.hstack([base + [0, 1, 2, 3], base + [3, 2, 4]]).astype(np.int32)
    sizes = np.tile(np.array([4, 3], np.int32), count)
    return Mesh(vertices.reshape(-1, 3), corners.ravel(), sizes, np.zeros(2 * count, np.int32), None, 1.5)


def chain_link(length: float, height: float, pitch: float = 0.09) -> list[Piece]:
    """A chain-link fence along x from 0 to `length`: ribbons of wire, posts and rails."""
    starts = np.arange(-height, length, pitch)
    ribbons = []
    for slope in (1, -1):
        x0 = starts if slope > 0 else starts + height
        x1 = x0 + slope * height
        z0, z1 = np.zeros(len(x0)), np.full(len(x0), height)
        ends = [_clipped(a, b, za, zb, length) for a, b, za, zb in zip(x0, x1, z0, z1, strict=True)]
        lines = np.array([e for e in ends if e is not None])
        half = 0.0022 * 2**0.5
        quad = np.stack(
            [
                np.column_stack([lines[:, 0] - half, np.full(len(lines), 0.003 * slope), lines[:, 1]]),
                np.column_stack([lines[:, 0] + half, np.full(len(lines), 0.003 * slope), lines[:, 1]]),
                np.column_stack([lines[:, 2] + half, np.full(len(lines), 0.003 * slope), lines[:, 3]]),
                np.column_stack([lines[:, 2] - half, np.full(len(lines), 0.003 * slope), lines[:, 3]]),
            ],
            axis=1,
        )
        count = len(lines)
        ribbons.append(
            Mesh(
                quad.reshape(-1, 3),
                np.arange(4 * count, dtype=np.int32),
                np.full(count, 4, np.int32),
                np.zeros(count, np.int32),
            )
        )
    posts = np.arange(0, length + 0.1, 3.0)
    post = meshes.moved(meshes.cylinder(0.03, height + 0.1, 12, 0.006), (0, 0, (height + 0.1) / 2))
    rail = meshes.moved(
        meshes.cylinder(0.02, length, 10), (length / 2, 0, 0), meshes.turn((0.0, 1.0, 0.0), np.pi / 2)
    )
    frame = [
        copies(post, np.column_stack([posts, np.full(len(posts), 0.04), np.zeros(len(posts))])),
        copies(rail, np.array([[0, 0.02, height], [0, 0.02, 0.08]])),
    ]
    metal: Vec3 = (0.045, 0.075, 0.06)
    return [piece("painted_metal", *ribbons, *frame, colour=metal)]


def _clipped(
    x0: float, x1: float, z0: float, z1: float, length: float
) -> tuple[float, float, float, float] | None:
    """The part of a line from (x0, z0) to (x1, z1) with 0 <= x <= length."""
    if max(x0, x1) <= 0 or min(x0, x1) >= length:
        return None
    slope = (z1 - z0) / (x1 - x0)
    a, b = min(max(x0, 0.0), length), min(max(x1, 0.0), length)
    return (a, z0 + slope * (a - x0), b, z0 + slope * (b - x0))


def board_fence(
    length: float, height: float, rng: Generator, look: str = "pine", colour: Vec3 | None = (0.24, 0.17, 0.11)
) -> list[Piece]:
    """Upright weathered boards along x from 0 to `length`, on two rails and posts."""
    width = 0.14
    count = int(length / (width + 0.012))
    xs = (np.arange(count) + 0.5) * (width + 0.012)
    tall = height + rng.normal(0, 0.008, count)
    planks = boxes(
        np.column_stack([xs, rng.normal(0, 0.003, count), tall / 2 + 0.03]),
        np.column_stack([np.full(count, width), np.full(count, 0.022), tall]),
        0.003,
    )
    rails = [box((0, 0.012, z), (length, 0.06, z + 0.08), 0.003) for z in (0.35, height - 0.3)]
    posts = [
        box((x - 0.05, 0.06, 0), (x + 0.05, 0.16, height + 0.05), 0.004) for x in np.arange(0.1, length, 2.4)
    ]
    return [piece(look, planks, *rails, *posts, colour=colour)]


def street_lamp(height: float = 5.2, reach: float = 0.0) -> list[Piece]:
    """A lamp post with a lantern; its light is `lantern_light`."""
    post = meshes.lathe(
        np.array(
            [[0, 0], [0.11, 0], [0.11, 0.5], [0.07, 0.6], [0.045, height - 0.2], [0.05, height], [0, height]]
        ),
        16,
    )
    hood = meshes.moved(
        meshes.lathe(np.array([[0, 0.24], [0.04, 0.22], [0.2, 0.06], [0.21, 0.03]])[::-1], 20),
        (reach, 0, height),
    )
    lantern = meshes.moved(
        meshes.lathe(np.array([[0, 0], [0.1, 0.0], [0.16, 0.06]]), 20), (reach, 0, height - 0.02)
    )
    return [piece("painted_metal", post, hood, colour=(0.02, 0.025, 0.022)), piece("lantern_glass", lantern)]


def lantern_light(position: tuple[float, float], height: float = 5.2, power_w: float = 160.0) -> Lamp:
    """What a street lamp throws: warm white (3000 K), downwards in a wide cone."""
    return Lamp(
        "spot",
        power_w,
        (1.0, 0.74, 0.44),
        (position[0], position[1], height - 0.08),
        (0.0, 0.0, -1.0),
        (0.12, 0.12),
        2.5,
    )


def bench() -> list[Piece]:
    """A park bench, 1.8 m long, facing -y."""
    slats = boxes(
        np.array([[0, y, 0.45] for y in (-0.2, -0.1, 0.0, 0.1)] + [[0, 0.2, z] for z in (0.6, 0.71, 0.82)]),
        np.array([[1.8, 0.085, 0.035]] * 4 + [[1.8, 0.035, 0.085]] * 3),
        0.005,
    )
    iron = [
        box((x - 0.025, y0, 0), (x + 0.025, y1, z), 0.006)
        for x in (-0.75, 0.75)
        for y0, y1, z in ((-0.24, -0.18, 0.43), (0.21, 0.26, 0.88), (-0.24, 0.24, 0.06))
    ]
    return [
        piece("pine", slats, colour=(0.30, 0.17, 0.08)),
        piece("painted_metal", *iron, colour=(0.02, 0.02, 0.02)),
    ]


def hills(
    rng: Generator, distance: float, height: float, arc_rad: tuple[float, float], look: str, colour: Vec3
) -> Piece:
    """A far ridge around the origin between two bearings, rising `height` above the horizon."""
    bearing = np.linspace(arc_rad[0], arc_rad[1], 90)
    waves = sum(
        rng.uniform(0.4, 1.0) / f * np.sin(f * bearing * 3 + rng.uniform(0, 6))
        for f in (1, 2, 3.7, 6.1, 11.0, 19.0)
    )
    fade = np.clip(np.minimum(bearing - arc_rad[0], arc_rad[1] - bearing) * 4, 0, 1)
    crest = height * np.clip(0.55 + 0.3 * np.asarray(waves), 0.05, 1.2) * fade
    rows = []
    for share, depth in ((0.0, 0.0), (0.55, 0.12), (1.0, 0.3)):
        reach = distance * (1 + depth)
        rows.append(
            np.column_stack(
                [reach * np.cos(bearing), reach * np.sin(bearing), crest * share - 0.5 * (share == 0)]
            )
        )
    polygons = [
        (r * 90 + i + 1, r * 90 + i, (r + 1) * 90 + i, (r + 1) * 90 + i + 1)
        for r in range(2)
        for i in range(89)
    ]
    return piece(look, meshes.from_polygons(np.vstack(rows), polygons, smooth_angle_rad=1.0), colour=colour)


def stones(rng: Generator, positions: Array, sizes: Array, look: str, colour: Vec3 | None = None) -> Piece:
    """Rounded, dented stones at positions (N, 3), half sunk."""
    pieces = []
    positions, sizes = np.asarray(positions, float), np.asarray(sizes, float)
    for kind in range(3):
        ball = meshes.sphere(0.5, 14, 9)
        unit = ball.vertices / np.linalg.norm(ball.vertices, axis=1, keepdims=True)
        dents = sum(0.07 * np.cos(unit @ rng.normal(0, 3.0, 3) + rng.uniform(0, 6)) for _ in range(5))
        rock = replace(
            ball,
            vertices=ball.vertices * (1 + np.asarray(dents))[:, None] * [1, 0.85, 0.65],
            smooth_angle_rad=0.9,
        )
        chosen = np.arange(len(positions)) % 3 == kind
        if chosen.any():
            pieces.append(
                copies(rock, positions[chosen], rng.uniform(0, 6.3, int(chosen.sum())), sizes[chosen])
            )
    return piece(look, *pieces, colour=colour)


def relief(low: tuple[float, float], high: tuple[float, float], heights: Array) -> Mesh:
    """Terrain between two corners from heights (rows along y, columns along x), metres."""
    rows, columns = heights.shape
    flat = meshes.grid(high[0] - low[0], high[1] - low[1], columns, rows)
    middle = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, 0.0)
    vertices = flat.vertices + np.asarray(middle)
    vertices[:, 2] = heights.ravel()
    return replace(flat, vertices=vertices, uv=None)


def rolling(rng: Generator, x: Array, y: Array, wave_m: float, octaves: int = 5) -> Array:
    """Smooth random heights in about -1 … 1 at points, by adding up waves of random direction."""
    total = np.zeros(np.broadcast(x, y).shape)
    for octave in range(octaves):
        for _ in range(3):
            turn, phase = rng.uniform(0, 2 * np.pi, 2)
            k = 2 * np.pi / wave_m * 1.9**octave * rng.uniform(0.8, 1.25)
            total += 0.5**octave / 2 * np.sin(k * (x * np.cos(turn) + y * np.sin(turn)) + phase)
    return total / 1.6
