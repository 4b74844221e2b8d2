"""Open country: corn field, meadow, forest, desert."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh, Part
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import Acoustics, PlaceAsset, Spot
from lichtspiel.library.places import scenery
from lichtspiel.library.places.copies import box, boxes, copies, sheet
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.grounds import floor_of, open_air
from lichtspiel.library.places.pieces import Piece, fixed, floor, piece, solid
from lichtspiel.library.places.scenery import relief, rolling
from lichtspiel.library.places.sky import outdoors
from lichtspiel.library.records import Parameter

RIDE_M = 26.0
"""How far to each side the meadow is level."""


def corn_field(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A field of ripe maize behind a farm track; a barn with a roof of tin stands at its edge."""
    look, material = floor_of(surroundings, "farm_track", "soil")
    ground = [
        piece(look, sheet((-90, -60), (90, 3.2), 0.0)),
        piece("soil", sheet((-90, 3.2), (90, 150), -0.01)),
    ]
    parts: list[Part] = [floor("track", ground, material)]
    stalks = [_maize(rng) for _ in range(3)]
    xs, ys = np.meshgrid(np.arange(-21, 21.1, 0.75), 3.7 + 0.34 * np.arange(11))
    near = np.column_stack([xs.ravel(), ys.ravel()])
    near = near + rng.normal(0, 0.05, near.shape)
    kinds = rng.integers(0, 3, len(near))
    plants: list[Piece] = []
    for kind, stalk in enumerate(stalks):
        feet = near[kinds == kind]
        offsets = np.column_stack([feet, np.full(len(feet), -0.01)])
        turns, tall = rng.uniform(0, 6.3, len(feet)), rng.uniform(0.85, 1.12, len(feet))
        for item in stalk:
            plants.append(Piece(item.surface, copies(item.mesh, offsets, turns, tall)))
    parts.append(fixed("corn", plants))
    canopy = _canopy(rng, 7.4, 140.0)
    barn = placed(_barn(), (15.0, 13.0, 0.0), -0.5)
    scene = [
        canopy,
        *barn,
        scenery.hills(rng, 420, 26, (0.1, 3.04), "hedge", (0.05, 0.075, 0.04)),
        *scenery.hedge((-60, 118, 0), (60, 121, 4.0), rng, 10, 0.9),
        piece(
            "grass_blade",
            copies(
                scenery.grass_blades(rng, (0, 0), 0.5, 60, 0.16),
                np.column_stack([np.arange(-20, 20, 0.5), np.full(80, 3.1), np.zeros(80)]),
            ),
            colour=(0.16, 0.18, 0.05),
        ),
        *placed(scenery.board_fence(16.0, 1.0, rng), (-26.0, 2.6, 0.0)),
    ]
    parts.append(
        fixed(
            "farm",
            scene,
            [
                solid((10.5, 9.5, 0), (19.5, 17.0, 4.0), "wood", "barn"),
                solid((-21, 3.5, 0), (21, 7.4, 1.9), "grass", "corn"),
            ],
        )
    )
    light = outdoors(surroundings, (0, 0, 0.9), lift_ev=0.25)
    place = open_air(parts, light, (11.0, 5.0), Acoustics(None, 0.75, "wind", -48.0))
    return replace(place, spots={**place.spots, "people": Spot((0, 0.6, 0), size_m=(9.0, 3.0))})


def _maize(rng: Generator) -> list[Piece]:
    """A stalk of 2.2 m with arching leaves, a cob in its husk and a tassel."""
    t = np.linspace(0, 1, 6)
    blades: list[Mesh] = []
    for k in range(11):
        base = 0.25 + 0.155 * k
        turn = np.pi * k + rng.normal(0, 0.5)
        length = (0.72 - 0.03 * abs(k - 5)) * rng.uniform(0.85, 1.1)
        out, up = length * (t**0.9), length * (0.75 * t - 0.95 * t**2.1)
        wide = 0.042 * np.sin(np.pi * np.clip(t * 0.92 + 0.08, 0, 1)) ** 0.6
        ahead, side = np.array([np.cos(turn), np.sin(turn), 0]), np.array([-np.sin(turn), np.cos(turn), 0])
        spine = ahead * out[:, None] + np.array([0, 0, 1.0]) * (base + up)[:, None]
        points = np.vstack([spine - side * wide[:, None], spine + side * wide[:, None]])
        blades.append(
            meshes.from_polygons(points, [(i, 6 + i, 7 + i, i + 1) for i in range(5)], smooth_angle_rad=1.5)
        )
    stem = meshes.sweep(
        np.array([(0, 0, 0), (0.01, 0, 1.1), (0, 0.01, 2.15)]), np.array([0.016, 0.013, 0.006]), 5
    )
    cob = meshes.moved(
        meshes.scaled(meshes.sphere(1.0, 8, 6), (0.032, 0.032, 0.12)),
        (0.045, 0, 1.12),
        meshes.turn((0, 1, 0), 0.3),
    )
    rays = []
    for k in range(7):
        a = 2 * np.pi * k / 7
        lean = 0.10 if k else 0.0
        rays.append(
            meshes.sweep(
                np.array(
                    [
                        (0, 0, 2.1),
                        (lean * np.cos(a), lean * np.sin(a), 2.28),
                        (1.8 * lean * np.cos(a), 1.8 * lean * np.sin(a), 2.36),
                    ]
                ),
                0.005,
                3,
            )
        )
    return [
        piece("corn_leaf", *blades),
        piece("corn_leaf", stem, colour=(0.16, 0.20, 0.05)),
        piece("corn_leaf", cob, colour=(0.30, 0.30, 0.08)),
        piece("feather_shaft", *rays, colour=(0.42, 0.30, 0.10)),
    ]


def _canopy(rng: Generator, start: float, end: float) -> Piece:
    """The field beyond the first rows: leaves over a rough surface at the height of the plants."""
    count = 15000
    y = start + (end - start) * rng.uniform(0, 1, count) ** 2.2
    x = rng.uniform(-1, 1, count) * (19 + 0.75 * (y - start))
    z = 1.75 + 0.45 * rng.uniform(-1, 1, count) + 0.12 * np.sin(x / 0.75 * 2 * np.pi)
    size = 0.30 + 0.010 * (y - start)
    made = [
        scenery.leaves(np.column_stack([x, y, z])[band], float(size[band].mean()), rng)
        for band in _bands(y, start, end)
    ]
    under = sheet((-110, start), (110, end), 1.45, 2)
    front = box((-21.5, start - 0.1, 0), (21.5, start, 1.45))
    return piece("corn_leaf", *made, under, front, colour=(0.115, 0.125, 0.03))


def _bands(y: Array, start: float, end: float) -> list[Array]:
    edges = start + (end - start) * np.linspace(0, 1, 7) ** 2.2
    return [np.asarray((y >= a) & (y < b)) for a, b in itertools.pairwise(edges)]


def _barn() -> list[Piece]:
    """A wooden barn with a gate and a gable roof of corrugated tin, its gate facing -y."""
    planks = boxes(
        np.array([[x, -3.4, 1.75] for x in np.arange(-3.9, 4.0, 0.2)]), np.array([0.185, 0.05, 3.5]), 0.006
    )
    core = box((-4, -3.38, 0), (4, 3.4, 3.5))
    gable = meshes.extrude(np.array([[-4.0, 0], [4.0, 0], [0, 2.6]]), 6.7)
    gable = meshes.moved(gable, (0, 3.35, 3.5), meshes.turn((1, 0, 0), np.pi / 2))
    roof = []
    u = np.linspace(-3.9, 3.9, 91)
    for s in (-1, 1):
        ridge = np.column_stack([np.zeros(91), u, 6.22 + 0.03 * np.sin(u * 40)])
        eaves = np.column_stack([np.full(91, s * 4.5), u, 3.28 + 0.03 * np.sin(u * 40)])
        order = [(i, i + 1, 92 + i, 91 + i) if s < 0 else (i + 1, i, 91 + i, 92 + i) for i in range(90)]
        roof.append(meshes.from_polygons(np.vstack([ridge, eaves]), order, smooth_angle_rad=1.2))
    gate = [
        box((-1.5, -3.5, 0.05), (-0.02, -3.43, 2.8), 0.01),
        box((0.02, -3.5, 0.05), (1.5, -3.43, 2.8), 0.01),
    ]
    brace = [
        box((s * 0.76 - 0.7, -3.53, z), (s * 0.76 + 0.7, -3.49, z + 0.14), 0.005)
        for s in (-1, 1)
        for z in (0.4, 2.3)
    ]
    return [
        piece("pine", planks, core, gable, colour=(0.22, 0.06, 0.04)),
        piece("galvanised_steel", *roof),
        piece("pine", *gate, colour=(0.24, 0.17, 0.11)),
        piece("pine", *brace, colour=(0.55, 0.52, 0.46)),
    ]


def meadow(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A summer meadow with tall grass and flowers, a lone oak, hills and woods behind."""
    look, material = floor_of(surroundings, "lawn", "grass")
    x, y = np.meshgrid(np.linspace(-120, 120, 121), np.linspace(-60, 180, 121))
    # Level along x, so that somebody can ride there.
    reach = np.hypot(np.clip(np.abs(x) - RIDE_M, 0, None), y)
    wave = 1.6 * rolling(rng, x, y, 60.0, 3) * np.clip((reach - 9) / 30, 0, 1)
    colour = (0.12, 0.16, 0.045) if look == "lawn" else None
    parts: list[Part] = [
        floor("meadow", [piece(look, relief((-120, -60), (120, 180), wave - 0.01), colour=colour)], material)
    ]
    tufts = scenery.grass_blades(rng, (0, 0), 0.4, 40, 0.28)
    spread = rng.uniform([-14, -5], [14, 22], (1150, 2))
    spread = spread[np.hypot(spread[:, 0], spread[:, 1]) > 1.1]
    grass = copies(
        tufts,
        np.column_stack([spread, _level(wave, spread)]),
        rng.uniform(0, 6.3, len(spread)),
        rng.uniform(0.5, 1.2, len(spread)),
    )
    pieces = [
        piece(
            "grass_blade",
            grass,
            scenery.grass_blades(rng, (0, 0), 2.2, 3500, 0.06),
            colour=(0.16, 0.19, 0.055),
        )
    ]
    blossom = meshes.lathe(np.array([(0, 0), (0.014, 0.004), (0.020, 0.012), (0.004, 0.008), (0, 0.012)]), 7)
    stem = meshes.sweep(np.array([(0, 0, -0.30), (0.0, 0.0, 0.0)]), 0.0022, 3)
    for colour in ((0.62, 0.02, 0.015), (0.72, 0.70, 0.62), (0.70, 0.48, 0.02), (0.16, 0.10, 0.46)):
        at = rng.uniform([-9, -4], [9, 12], (110, 2))
        at = at[np.hypot(at[:, 0], at[:, 1]) > 1.0]
        place_at = np.column_stack([at, _level(wave, at) + rng.uniform(0.16, 0.34, len(at))])
        turns, sizes = rng.uniform(0, 6.3, len(at)), rng.uniform(0.8, 1.5, len(at))
        pieces.append(piece("plant_leaf", copies(blossom, place_at, turns, sizes), colour=colour))
        pieces.append(piece("grass_blade", copies(stem, place_at, turns, 1.0)))
    parts.append(fixed("grass", pieces))
    trees = np.array([[-8.5, 17.0], [26.0, 44.0], [34.0, 50.0], [-34.0, 52.0], [-40.0, 60.0], [12.0, 70.0]])
    parts.append(
        fixed("trees", scenery.grove(rng, trees, np.array([9.5, 11, 10, 12, 11, 12]), 2, 3300, 0.33))
    )
    far = [
        scenery.hills(rng, 260, 22, (0.1, 3.04), "hedge", (0.045, 0.075, 0.035)),
        scenery.hills(rng, 600, 70, (0.2, 2.9), "far_land", (0.13, 0.17, 0.19)),
    ]
    parts.append(fixed("hills", far))
    light = outdoors(surroundings, (0, 0, 0.6), lift_ev=0.3)
    return open_air(parts, light, (8.0, 6.0), Acoustics(None, 0.8, "park", -49.0))


def forest(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A clearing in a wood of beeches and firs; a path, moss, ferns and fallen leaves."""
    look, material = floor_of(surroundings, "forest_floor", "soil")
    x, y = np.meshgrid(np.linspace(-60, 60, 91), np.linspace(-40, 80, 91))
    wave = 0.9 * rolling(rng, x, y, 22.0, 4) * np.clip((np.hypot(x, y) - 4.5) / 8, 0, 1)
    parts: list[Part] = [floor("ground", [piece(look, relief((-60, -40), (60, 80), wave - 0.01))], material)]
    at = rng.uniform([-26, 5.0], [26, 46], (260, 2))
    at = np.vstack([at, rng.uniform([-26, -24], [-6, 5], (24, 2)), rng.uniform([6, -24], [26, 5], (24, 2))])
    kept: list[Array] = []
    for point in at:
        if abs(point[0]) > 1.7 + 0.04 * point[1] and all(
            np.linalg.norm(point - other) > 2.3 for other in kept
        ):
            kept.append(point)
    stems = np.array(kept[:104])
    trunks, crowns = [], []
    for k, (px, py) in enumerate(stems):
        tall, girth = float(rng.uniform(12, 18)), float(rng.uniform(0.13, 0.30))
        lean = rng.normal(0, 0.35, 2)
        t = np.linspace(0, 1, 7)
        spine = np.column_stack([px + lean[0] * t**2, py + lean[1] * t**2, tall * t - 0.4])
        trunks.append(meshes.sweep(spine, girth * (1.1 - 0.75 * t) * (1 + 0.8 * np.exp(-16 * t)), 10))
        count = 620 if np.hypot(px, py) < 30 else 380
        cloud = np.column_stack(
            [
                px + rng.normal(0, 1.7, count),
                py + rng.normal(0, 1.7, count),
                tall * rng.uniform(0.34, 1.02, count),
            ]
        )
        crowns.append(scenery.leaves(cloud, 0.5 if k % 2 else 0.6, rng))
    colour = (0.075, 0.135, 0.022)
    parts.append(fixed("trees", [piece("tree_bark", *trunks), piece("tree_leaves", *crowns, colour=colour)]))
    fern = _fern(rng)
    spots = rng.uniform([-9, -3], [9, 14], (120, 2))
    spots = spots[(np.abs(spots[:, 0]) > 1.6) & (np.hypot(spots[:, 0], spots[:, 1]) > 2.2)]
    ferns = copies(
        fern,
        np.column_stack([spots, _level_of(wave, spots, 60, -40, 120)]),
        rng.uniform(0, 6.3, len(spots)),
        rng.uniform(0.5, 1.1, len(spots)),
    )
    litter = scenery.leaves(
        np.column_stack([rng.uniform(-7, 7, 3600), rng.uniform(-4, 10, 3600), np.full(3600, 0.012)]),
        0.075,
        rng,
    )
    flat = replace(litter, vertices=litter.vertices * [1, 1, 0.25] + [0, 0, 0.012])
    rocks = np.column_stack([rng.uniform(-8, 8, 14), rng.uniform(4, 13, 14), np.zeros(14)])
    scene = [
        piece("plant_leaf", ferns, colour=(0.05, 0.13, 0.025)),
        piece("tree_leaves", flat, colour=(0.16, 0.085, 0.03)),
        scenery.stones(rng, rocks, rng.uniform(0.2, 0.9, 14), "stone", (0.15, 0.16, 0.12)),
        scenery.hills(rng, 52, 22, (0.0, 6.28), "hedge", (0.02, 0.04, 0.014)),
    ]
    parts.append(fixed("undergrowth", scene))
    light = outdoors(surroundings, (0, 0, 0.8), lift_ev=1.1)
    return open_air(parts, light, (3.2, 5.0), Acoustics(None, 0.7, "park", -48.0))


def _fern(rng: Generator) -> Mesh:
    """Fronds that arch from a middle."""
    t = np.linspace(0, 1, 7)
    fronds = []
    for k in range(9):
        turn = 2 * np.pi * k / 9 + rng.normal(0, 0.2)
        length = rng.uniform(0.5, 0.85)
        ahead, side = np.array([np.cos(turn), np.sin(turn), 0]), np.array([-np.sin(turn), np.cos(turn), 0])
        spine = (
            ahead * (length * t)[:, None]
            + np.array([0, 0, 1.0]) * (length * (0.9 * t - 0.75 * t**2))[:, None]
        )
        wide = 0.10 * np.sin(np.pi * np.clip(t * 0.9 + 0.1, 0, 1)) * np.where(np.arange(7) % 2, 1.0, 0.55)
        points = np.vstack([spine - side * wide[:, None], spine + side * wide[:, None]])
        fronds.append(
            meshes.from_polygons(points, [(i, 7 + i, 8 + i, i + 1) for i in range(6)], smooth_angle_rad=0.4)
        )
    return meshes.joined(*fronds)


def desert(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """Sand dunes to the horizon with sharp crests."""
    look, material = floor_of(surroundings, "beach_sand", "sand")
    x, y = np.meshgrid(np.linspace(-260, 260, 221), np.linspace(-90, 430, 221))
    phase = (x * 0.35 + y) / 62 + 0.55 * rolling(rng, x, y, 170.0, 2)
    saw = phase - np.floor(phase)
    dune = np.where(saw < 0.74, (saw / 0.74) ** 1.5, ((1 - saw) / 0.26) ** 1.2)
    height = (
        13.0 * dune * (0.7 + 0.5 * rolling(rng, x, y, 150.0, 2)) * np.clip((np.hypot(x, y) - 9) / 42, 0, 1)
    )
    colour = (0.55, 0.36, 0.18) if look == "beach_sand" else None
    parts: list[Part] = [
        floor("sand", [piece(look, relief((-260, -90), (260, 430), height - 0.01), colour=colour)], material)
    ]
    far = [scenery.hills(rng, 900, 60, (0.1, 3.04), "far_land", (0.36, 0.25, 0.16))]
    rocks = np.column_stack([rng.uniform(-12, 12, 9), rng.uniform(6, 16, 9), np.full(9, -0.05)])
    parts.append(
        fixed(
            "far", [*far, scenery.stones(rng, rocks, rng.uniform(0.15, 0.7, 9), "stone", (0.30, 0.20, 0.12))]
        )
    )
    light = outdoors(surroundings, (0, 0, 0.8), lift_ev=-0.25)
    return open_air(parts, light, (10.0, 8.0), Acoustics(None, 0.9, "wind", -50.0))


def _level(heights: Array, at: Array) -> Array:
    """Heights (N,) of the meadow's ground at points (N, 2)."""
    return _level_of(heights, at, 120, -60, 240)


def _level_of(heights: Array, at: Array, half: float, south: float, depth: float) -> Array:
    rows, columns = heights.shape
    i = np.clip(((at[:, 1] - south) / depth * (rows - 1)).round().astype(int), 0, rows - 1)
    j = np.clip(((at[:, 0] + half) / (2 * half) * (columns - 1)).round().astype(int), 0, columns - 1)
    found: Array = heights[i, j] - 0.01
    return found
