"""What makes a square: market stalls with fruit, a fountain, a church with its steeple."""

from __future__ import annotations

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Mesh, Vec3
from lichtspiel.library.catalogue import Generator
from lichtspiel.library.places.copies import box, boxes, copies
from lichtspiel.library.places.pieces import Piece, piece

FRUIT: tuple[Vec3, ...] = (
    (0.72, 0.24, 0.01),
    (0.46, 0.02, 0.015),
    (0.25, 0.36, 0.03),
    (0.74, 0.52, 0.03),
    (0.10, 0.03, 0.12),
    (0.62, 0.12, 0.02),
)
"""Oranges, apples, pears, lemons, plums, tomatoes."""


def stall(rng: Generator, stripes: tuple[Vec3, Vec3], fineness: int = 14) -> list[Piece]:
    """A stall about the origin, 2.6 m wide: table, striped awning on posts, sloping crates of fruit.

    fineness: segments of a fruit; fewer for stalls that are only seen from afar.
    """
    posts = boxes(
        np.array([[x, y, 1.15] for x in (-1.3, 1.3) for y in (-0.62, 0.62)]),
        np.array([0.06, 0.06, 2.3]),
        0.006,
    )
    beams = [box((-1.36, y - 0.025, 2.2), (1.36, y + 0.025, 2.26), 0.004) for y in (-0.62, 0.62)]
    board = box((-1.25, -0.55, 0.82), (1.25, 0.45, 0.86), 0.006)
    skirt = _skirt()
    count = 13
    awning: list[list[Mesh]] = [[], []]
    edges = np.linspace(-1.55, 1.55, count + 1)
    for k in range(count):
        x0, x1 = float(edges[k]), float(edges[k + 1])
        profile = [(-1.05, 2.02), (-1.05, 2.14), (-0.4, 2.42), (0.15, 2.62), (0.75, 2.36), (0.75, 2.24)]
        points = np.array(
            [
                (x, y, z - 0.02 * np.sin(np.pi * (x - x0) / (x1 - x0)) * 0)
                for x in (x0, x1)
                for y, z in profile
            ]
        )
        n = len(profile)
        awning[k % 2].append(
            meshes.from_polygons(
                points, [(i, n + i, n + i + 1, i + 1) for i in range(n - 1)], smooth_angle_rad=0.4
            )
        )
    crates: list[Mesh] = []
    fruit: dict[int, list[Vec3]] = {k: [] for k in range(len(FRUIT))}
    tilt = meshes.turn((1, 0, 0), 0.34)
    for row in range(2):
        for column in range(4):
            at = np.array([-0.93 + 0.62 * column, -0.36 + 0.42 * row, 0.93 + 0.16 * row])
            walls = [
                box((-0.29, -0.19, -0.06), (0.29, 0.19, -0.045)),
                box((-0.29, -0.19, -0.06), (0.29, -0.178, 0.055), 0.002),
                box((-0.29, 0.178, -0.06), (0.29, 0.19, 0.055), 0.002),
                box((-0.29, -0.19, -0.06), (-0.278, 0.19, 0.055), 0.002),
                box((0.278, -0.19, -0.06), (0.29, 0.19, 0.055), 0.002),
            ]
            crates += [meshes.moved(m, at, tilt) for m in walls]
            kind = 0 if (row, column) in ((0, 1), (0, 2)) else int(rng.integers(0, len(FRUIT)))
            turn = meshes.rotation_matrix(tilt)
            for layer, (nx, ny) in enumerate(((6, 4), (5, 3), (3, 2))):
                for i in range(nx):
                    for j in range(ny):
                        spot = np.array(
                            [(i - (nx - 1) / 2) * 0.078, (j - (ny - 1) / 2) * 0.076, 0.0 + 0.056 * layer]
                        ) + rng.normal(0, 0.004, 3)
                        x, y, z = at + turn @ spot
                        fruit[kind].append((float(x), float(y), float(z)))
    ball = _fruit(fineness)
    pieces = [
        piece("linen", *awning[0], colour=stripes[0]),
        piece("linen", *awning[1], colour=stripes[1]),
        piece("pine", posts, *beams, board, colour=(0.30, 0.20, 0.11)),
        piece("linen", skirt, colour=(0.12, 0.20, 0.12)),
        piece("crate_pine", *crates),
    ]
    for kind, spots in fruit.items():
        if spots:
            places = np.array(spots)
            pieces.append(
                piece(
                    "fruit_skin",
                    copies(
                        ball, places, rng.uniform(0, 6.3, len(places)), rng.uniform(0.92, 1.08, len(places))
                    ),
                    colour=FRUIT[kind],
                )
            )
    scale = [
        meshes.moved(meshes.cylinder(0.12, 0.012, 32, 0.003), (0.95, 0.30, 1.16)),
        box((0.82, 0.2, 0.86), (1.08, 0.4, 1.10), 0.02),
    ]
    pieces += [
        piece("brushed_steel", *scale),
        piece(
            "cardboard",
            *(box((x, -0.50, 1.0), (x + 0.16, -0.495, 1.11)) for x in (-1.0, -0.4, 0.25, 0.85)),
            colour=(0.03, 0.03, 0.03),
        ),
    ]
    return pieces


def _fruit(segments: int) -> Mesh:
    """A round fruit with a dimple, 76 mm across."""
    t = np.linspace(0, np.pi, segments // 2 + 1)
    line = np.column_stack([0.038 * np.sin(t), -0.036 * np.cos(t)])
    line[-1] = (0.0, 0.030)
    line[0, 0] = 0.0
    return meshes.lathe(line, segments, smooth_angle_rad=2.0)


def _skirt() -> Mesh:
    """Cloth that hangs in folds before the table."""
    u = np.linspace(-1.25, 1.25, 121)
    wave = -0.56 - 0.018 * np.sin(u * 36)
    points = np.vstack(
        [
            np.column_stack([u, wave * 1.02, np.full(121, 0.08)]),
            np.column_stack([u, wave, np.full(121, 0.84)]),
        ]
    )
    return meshes.from_polygons(
        points, [(i, i + 1, 122 + i, 121 + i) for i in range(120)], smooth_angle_rad=1.5
    )


def fountain(rng: Generator) -> list[Piece]:
    """A stone fountain about the origin: a pool, a column with a bowl, strings of falling water."""
    pool = np.array(
        [
            (0, 0.0),
            (1.75, 0.0),
            (1.75, 0.10),
            (1.62, 0.12),
            (1.60, 0.46),
            (1.72, 0.50),
            (1.72, 0.58),
            (1.45, 0.58),
            (1.45, 0.30),
            (0, 0.30),
        ]
    )
    column = np.array(
        [
            (0, 0.28),
            (0.42, 0.28),
            (0.40, 0.42),
            (0.22, 0.50),
            (0.16, 0.8),
            (0.19, 1.1),
            (0.30, 1.24),
            (0.66, 1.38),
            (0.78, 1.50),
            (0.74, 1.52),
            (0.60, 1.44),
            (0.16, 1.40),
            (0.11, 1.62),
            (0.15, 1.78),
            (0.09, 1.92),
            (0, 1.95),
        ]
    )
    upper = np.array([(0, 1.44), (0.70, 1.465)])
    water = [meshes.moved(meshes.cylinder(1.44, 0.02, 64), (0, 0, 0.49)), meshes.lathe(upper, 48)]
    jets = []
    for k in range(28):
        a = 2 * np.pi * k / 28 + rng.normal(0, 0.03)
        t = np.linspace(0, 1, 8)
        reach, drop = 0.76 + 0.30 * t, 1.50 - 1.0 * t**2
        jets.append(
            meshes.sweep(np.column_stack([reach * np.cos(a), reach * np.sin(a), drop]), 0.012 + 0.006 * t, 6)
        )
    for k in range(8):
        a = 2 * np.pi * k / 8
        t = np.linspace(0, 1, 9)
        reach, rise = 0.05 + 0.42 * t, 1.93 + 0.55 * t - 1.02 * t**2
        jets.append(meshes.sweep(np.column_stack([reach * np.cos(a), reach * np.sin(a), rise]), 0.010, 6))
    return [
        piece("hewn_stone", meshes.lathe(pool, 64, smooth_angle_rad=0.5), meshes.lathe(column, 48)),
        piece("pool_water", *water),
        piece("foam_water", *jets),
    ]


def church(_rng: Generator) -> list[Piece]:
    """A village church about the origin: tower with clock and spire, nave behind it along +y."""
    tower = [
        box((-2.6, -2.6, 0), (2.6, 2.6, 17.0), 0.05),
        box((-2.8, -2.8, 10.4), (2.8, 2.8, 10.8), 0.05),
        box((-2.85, -2.85, 16.8), (2.85, 2.85, 17.3), 0.05),
    ]
    nave = [box((-4.8, 2.6, 0), (4.8, 20.0, 8.0), 0.03)]
    spire = meshes.loft(
        np.array(
            [
                np.array([(np.cos(a) * r, np.sin(a) * r, z) for a in np.arange(8) * np.pi / 4 + np.pi / 8])
                for z, r in ((17.3, 3.0), (18.4, 2.3), (27.6, 0.10))
            ]
        ),
        0,
        0.2,
    )
    gable = meshes.extrude(np.array([[-5.2, 0.0], [5.2, 0.0], [0.0, 4.6]]), 17.9)
    roof = meshes.moved(gable, (0, 20.3, 8.0), meshes.turn((1, 0, 0), np.pi / 2))
    belfry, panes = [], []
    for y in (-2.62, 2.62):
        belfry += [
            box((x - 0.5, min(y, y * 0.995) - 0.02, 13.4), (x + 0.5, max(y, y * 0.995) + 0.02, 16.0))
            for x in (-1.1, 1.1)
        ]
    for x in (-2.62, 2.62):
        belfry += [box((x - 0.03, y - 0.5, 13.4), (x + 0.03, y + 0.5, 16.0)) for y in (-1.1, 1.1)]
    for y in np.arange(5.0, 19.5, 3.4):
        panes += [
            box((s * 4.82 - 0.03, y - 0.55, 2.4), (s * 4.82 + 0.03, y + 0.55, 6.2), 0.02) for s in (-1, 1)
        ]
    door = [
        box((-1.0, -2.68, 0.15), (1.0, -2.6, 2.9), 0.02),
        meshes.moved(meshes.cylinder(1.0, 0.08, 40), (0, -2.64, 2.9), meshes.turn((1, 0, 0), np.pi / 2)),
    ]
    dial = [
        meshes.moved(
            meshes.cylinder(1.05, 0.08, 56, 0.02), (0, -2.66, 12.0), meshes.turn((1, 0, 0), np.pi / 2)
        ),
        meshes.moved(
            meshes.cylinder(1.05, 0.08, 56, 0.02), (2.66, 0, 12.0), meshes.turn((0, 1, 0), np.pi / 2)
        ),
    ]
    hands = [
        box((-0.05, -2.74, 11.95), (0.05, -2.71, 12.8)),
        box((-0.05, -2.74, 11.95), (0.62, -2.71, 12.05)),
    ]
    cross = [box((-0.05, -0.05, 27.4), (0.05, 0.05, 29.3)), box((-0.42, -0.05, 28.5), (0.42, 0.05, 28.6))]
    steps = [box((-1.6, -3.4 + 0.3 * k, 0), (1.6, -2.6, 0.07 + 0.06 * k), 0.01) for k in range(2)]
    return [
        piece("plaster", *tower, *nave, colour=(0.62, 0.57, 0.47)),
        piece("roof_tiles", roof),
        piece("copper_green", spire),
        piece("tinted_glass", *belfry, *panes),
        piece("dark_wood", *door),
        piece("porcelain", *dial, colour=(0.70, 0.69, 0.64)),
        piece("gold", *hands, *cross),
        piece("stone", *steps),
    ]
