"""A restaurant with laid tables and a bar."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Vec3
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import PlaceAsset, Spot
from lichtspiel.library.places import furniture
from lichtspiel.library.places.copies import box, copies
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.grounds import floor_of
from lichtspiel.library.places.interior import pendant
from lichtspiel.library.places.pieces import Piece, fixed, piece, solid
from lichtspiel.library.places.shell import Doorway, Finish, Opening, Shell, furnished, shell_parts
from lichtspiel.library.places.wall_fittings import curtains, door
from lichtspiel.library.records import Parameter

QUARTER_TURN = float(np.pi / 2)

SEAT_M = 0.465


def restaurant(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A restaurant in the evening: laid tables with candles, a bar with bottles, wood and dark green."""
    left = (Opening(0.2, 0.5, 1.8, 2.1, 2), Opening(-3.4, 0.5, 1.8, 2.1, 2))
    out = Doorway("right", -5.2, "dark_wood") if surroundings.doorway else None
    shell = Shell((-5.0, -7.0), (5.2, 4.6), 3.1, {"left": left}, doorway=out)
    finish = Finish(
        wall_colour=(0.11, 0.14, 0.105),
        skirting=0.16,
        skirting_colour=(0.07, 0.035, 0.02),
        ceiling_colour=(0.52, 0.48, 0.40),
    )
    look, material = floor_of(surroundings, "floor_tile", "tile")
    parts = shell_parts(shell, finish, look, material, rng)
    tables = ((-3.0, 0.9), (0.2, 2.2), (3.3, 1.2), (-3.1, -2.6), (3.4, -2.4))
    scene: list[Piece] = []
    shapes = []
    lamps = []
    seats: dict[str, Spot] = {}
    for k, (x, y) in enumerate(tables):
        scene += placed(_laid_table(), (x, y, 0))
        shapes.append(solid((x - 0.42, y - 0.42, 0), (x + 0.42, y + 0.42, 0.745), "wood", "table"))
        lamps.append(pendant((x, y, 0.98), 3.0, 0.012))
        for s in (-1.0, 1.0):
            at, turn = (x + s * 0.74, y), -s * QUARTER_TURN
            scene += placed(furniture.chair("dark_wood", (0.20, 0.03, 0.02)), (*at, 0.0), turn)
            seats[f"seat_{2 * k + (1 if s < 0 else 2)}"] = Spot((*at, SEAT_M), (-s, 0.0, 0.0), (0.42, 0.42))
            shapes.append(
                solid((at[0] - 0.22, at[1] - 0.22, 0), (at[0] + 0.22, at[1] + 0.22, SEAT_M), "wood", "chair")
            )
    scene += placed(_bar(rng), (0.4, 4.6, 0))
    shapes.append(solid((-1.9, 3.35, 0), (2.7, 3.9, 1.1), "wood", "bar"))
    wainscot = [
        box(*shell.slab(side, (a + 0.01, a + 0.74), (0.16, 1.05), (-0.03, 0.001)), bevel=0.008)
        for side in ("back", "right")
        for a in np.arange(shell.span(side)[0], shell.span(side)[1] - 0.7, 0.75)
    ]
    scene += [
        piece("dark_wood", *wainscot),
        *door(shell, "right", -5.2, "dark_wood"),
        *(p for o in left for p in curtains(shell, "left", o, (0.20, 0.04, 0.03), 0.02)),
        *(p for x, y in tables for p in placed(furniture.pendant_lamp(1.95, 3.1, 0.17), (x, y, 0))),
        *placed(
            furniture.picture(1.1, 0.8, ((0.10, 0.06, 0.03), (0.46, 0.30, 0.14), (0.60, 0.52, 0.38))),
            (5.2, 1.0, 1.75),
            -QUARTER_TURN,
        ),
        *placed(
            furniture.picture(0.8, 1.0, ((0.05, 0.08, 0.10), (0.30, 0.10, 0.05), (0.55, 0.42, 0.25))),
            (-3.4, 4.6, 1.8),
        ),
        *placed(furniture.plant(rng, 1.5), (4.6, 3.9, 0)),
        *placed(furniture.plant(rng, 1.3), (-4.5, -0.9, 0)),
    ]
    parts.append(fixed("restaurant", scene, shapes))
    always = (*(pendant((x, y, 2.0), 30) for x, y in tables), pendant((0.4, 4.2, 2.3), 26, 0.1), *lamps)
    main = Spot((0.1, -1.0, 0), size_m=(3.2, 3.0))
    spots = {
        "main": main,
        "floor": main,
        "people": Spot((0.1, -0.8, 0), size_m=(3.2, 2.4)),
        "door": Spot((4.5, -5.2, 0), (-1.0, 0.0, 0.0), (0.8, 0.8)),
        "bar": Spot((0.4, 2.95, 0), (0.0, 1.0, 0.0), (3.0, 0.5)),
        "table": Spot((0.2, 1.45, 0), (0.0, 1.0, 0.0), (0.8, 0.5)),
        "window": Spot((-4.2, -1.6, 0), (-1.0, 0.0, 0.0), (0.8, 0.8)),
        **seats,
    }
    return furnished(shell, parts, surroundings, (), (0.1, -0.8, 1.0), spots, 0.22, always)


def _laid_table() -> list[Piece]:
    """A square table with a cloth to below its edge, plates, glasses, napkins, a candle and a flower."""
    half, drop, top = 0.42, 0.28, 0.745
    u = np.linspace(-1, 1, 25)
    edge = np.concatenate(
        [
            np.column_stack([u, -np.ones(25)]),
            np.column_stack([np.ones(25), u])[1:],
            np.column_stack([-u, np.ones(25)])[1:],
            np.column_stack([-np.ones(25), -u])[1:-1],
        ]
    )
    n = len(edge)
    phase = np.arange(n) * 2 * np.pi / n
    flare = 1.05 + 0.045 * np.sin(phase * 16)
    rings = [
        np.column_stack([edge * half * 0.99, np.full(n, top)]),
        np.column_stack([edge * half * 1.01, np.full(n, top - 0.02)]),
        np.column_stack([edge * half * flare[:, None], np.full(n, top - drop)]),
    ]
    points = np.vstack([[[0, 0, top]], *rings])
    polygons: list[tuple[int, ...]] = [(0, 1 + i, 1 + (i + 1) % n) for i in range(n)]
    for r in (0, 1):
        polygons += [
            (1 + r * n + i, 1 + (r + 1) * n + i, 1 + (r + 1) * n + (i + 1) % n, 1 + r * n + (i + 1) % n)
            for i in range(n)
        ]
    cloth = meshes.from_polygons(points, polygons, smooth_angle_rad=1.0)
    foot = meshes.lathe(
        np.array([(0, 0), (0.24, 0), (0.24, 0.02), (0.05, 0.05), (0.035, 0.2), (0.035, 0.72), (0, 0.72)]), 24
    )
    plate = meshes.lathe(
        np.array([(0, 0), (0.075, 0), (0.13, 0.018), (0.128, 0.022), (0.075, 0.006), (0, 0.006)]), 32
    )
    glass = meshes.lathe(
        np.array(
            [
                (0, 0),
                (0.034, 0.001),
                (0.005, 0.006),
                (0.004, 0.085),
                (0.03, 0.105),
                (0.038, 0.14),
                (0.03, 0.19),
                (0.029, 0.19),
                (0.036, 0.14),
                (0.028, 0.108),
                (0, 0.095),
            ]
        ),
        24,
    )
    fork = box((-0.006, -0.09, 0), (0.006, 0.09, 0.003), 0.001)
    where = np.array([(s * 0.24, 0.0, top) for s in (-1, 1)])
    flame = meshes.lathe(np.array([(0, -0.012), (0.007, 0.0), (0.004, 0.016), (0, 0.028)]), 10)
    napkin = meshes.lathe(np.array([(0, 0), (0.045, 0), (0.03, 0.05), (0, 0.11)]), 5)
    return [
        piece("linen", cloth, colour=(0.68, 0.66, 0.61)),
        piece("iron", foot, colour=(0.02, 0.02, 0.02)),
        piece("porcelain", copies(plate, where)),
        piece("glass", copies(glass, np.array([(s * 0.17, s * 0.20, top) for s in (-1, 1)]))),
        piece(
            "silver",
            copies(
                fork,
                np.array([(s * 0.24, t * 0.165, top) for s in (-1, 1) for t in (-1, 1)]),
                np.full(4, QUARTER_TURN),
            ),
        ),
        piece("linen", copies(napkin, where + [0, 0, 0.007]), colour=(0.30, 0.03, 0.03)),
        piece(
            "wax",
            meshes.moved(meshes.cylinder(0.012, 0.16, 16, 0.002), (0, 0.05, top + 0.09)),
            colour=(0.72, 0.66, 0.52),
        ),
        piece(
            "brass",
            meshes.moved(
                meshes.lathe(np.array([(0, 0), (0.04, 0), (0.035, 0.01), (0.015, 0.03), (0, 0.03)]), 20),
                (0, 0.05, top),
            ),
        ),
        piece("emissive_warm", meshes.moved(flame, (0, 0.05, top + 0.195))),
    ]


def _bar(rng: Generator) -> list[Piece]:
    """A counter of panelled wood, shelves of bottles behind it; the wall is at y = 0."""
    front = [
        box((-2.3, -1.25, 0), (2.3, -0.75, 1.04), 0.01),
        *(box((x, -1.28, 0.18), (x + 0.62, -1.24, 0.92), 0.012) for x in np.arange(-2.2, 1.9, 0.74)),
    ]
    top = box((-2.4, -1.36, 1.04), (2.4, -0.68, 1.09), 0.012)
    shelves = [box((-2.1, -0.22, z), (2.1, 0, z + 0.03), 0.004) for z in (1.25, 1.65, 2.05)]
    bottle = np.array(
        [
            (0, 0),
            (0.036, 0),
            (0.037, 0.17),
            (0.03, 0.2),
            (0.013, 0.23),
            (0.012, 0.29),
            (0.015, 0.29),
            (0.015, 0.3),
            (0, 0.3),
        ]
    )
    shape = meshes.lathe(bottle, 14)
    pieces = [piece("dark_wood", *front, *shelves), piece("granite", top)]
    spots = np.array([(x, -0.12, z + 0.03) for z in (1.25, 1.65, 2.05) for x in np.arange(-2.0, 2.05, 0.115)])
    kinds = rng.integers(0, 4, len(spots))
    colours: tuple[tuple[str, Vec3], ...] = (
        ("tinted_glass", (0.02, 0.05, 0.02)),
        ("tinted_glass", (0.10, 0.04, 0.01)),
        ("tinted_glass", (0.30, 0.28, 0.24)),
        ("tinted_glass", (0.12, 0.01, 0.01)),
    )
    for kind, (look, colour) in enumerate(colours):
        chosen = spots[kinds == kind]
        pieces.append(
            piece(look, copies(shape, chosen, scales=rng.uniform(0.85, 1.08, len(chosen))), colour=colour)
        )
    return pieces
