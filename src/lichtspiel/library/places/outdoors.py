"""Open places without a built court: lawn, beach, stairway."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Part
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import Acoustics, PlaceAsset
from lichtspiel.library.places import buildings, furniture, scenery
from lichtspiel.library.places.copies import box, boxes, copies, sheet
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.grounds import floor_of, open_air
from lichtspiel.library.places.pieces import Piece, fixed, floor, piece, solid
from lichtspiel.library.places.scenery import relief, rolling
from lichtspiel.library.places.sky import outdoors
from lichtspiel.library.records import Parameter
from lichtspiel.screenplay import TimeOfDay

LAWN_COLOUR = (0.105, 0.16, 0.042)
LOW_SUN_BEARINGS = (52.0, 128.0, 168.0)
"""Degrees; no tree of the park stands where the low sun comes from."""
SQUARE_SUN = {TimeOfDay.SUNRISE: -24, TimeOfDay.GOLDEN_HOUR: 206, TimeOfDay.SUNSET: 206}
"""Degrees; past the houses to the left and right of the square."""
QUARTER_TURN = float(np.pi / 2)


def lawn(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A mown lawn in a park: trees, a hedge, a gravel path with a bench and a lamp."""
    look, material = floor_of(surroundings, "lawn", "grass")
    ground = [piece(look, sheet((-90, -60), (90, 110), 0.0), colour=LAWN_COLOUR if look == "lawn" else None)]
    if material == "grass":
        ground.append(piece("grass_blade", scenery.mown_grass(rng)))
    parts: list[Part] = [floor("lawn", ground, material)]
    positions = np.array(
        [
            [-7.5, 11],
            [8.5, 13.5],
            [-15, 19],
            [2.5, 24],
            [17, 24],
            [-24, 27],
            [10.5, 33],
            [-9, 34],
            [-13, 2],
            [15, 3],
            [27, 12],
            [-30, 12],
            [-6, -26],
            [9, -28],
        ]
    )
    heights = np.array([8.5, 9.5, 10, 11, 10, 11, 12, 12, 8, 9, 11, 11, 10, 10.5])
    open_view = _away_from_low_sun(positions)
    trees = scenery.grove(rng, positions[open_view], heights[open_view], 2, 3300, 0.31)
    parts.append(fixed("trees", trees))
    far = np.column_stack([np.linspace(-60, 60, 16) + rng.normal(0, 2, 16), 56 + rng.normal(0, 5, 16)])
    far = far[_away_from_low_sun(far)]
    parts.append(fixed("wood", scenery.grove(rng, far, rng.uniform(11, 15, len(far)), 2, 700, 0.6)))
    path = np.array([[-40, 9.0], [-14, 8.2], [-4, 7.6], [5, 8.3], [14, 10.2], [40, 16.0]])
    t = np.linspace(0, 1, 60)
    smooth = np.column_stack([np.interp(t, np.linspace(0, 1, 6), path[:, a]) for a in (0, 1)])
    smooth = np.column_stack(
        [np.convolve(np.pad(smooth[:, a], 6, "edge"), np.ones(13) / 13, "valid") for a in (0, 1)]
    )
    left, right = smooth + [0, 0.95], smooth - [0, 0.95]
    track = np.column_stack([np.vstack([right, left]), np.full(120, 0.012)])
    walk = meshes.from_polygons(track, [(i, i + 1, 61 + i, 60 + i) for i in range(59)])
    scene = [
        scenery.hills(rng, 170, 13, (0.2, 2.95), "hedge", (0.03, 0.06, 0.025)),
        piece("gravel", walk),
        *scenery.hedge((-26, 40, 0), (26, 41.2, 1.6), rng, 60, 0.2),
        *placed(scenery.bench(), (-3.2, 9.6, 0)),
        *placed(scenery.street_lamp(4.0), (5.6, 10.0, 0)),
        *placed(scenery.street_lamp(4.0), (-10.0, 9.8, 0)),
    ]
    parts.append(fixed("park", scene))
    lanterns = (
        scenery.lantern_light((5.6, 10.0), 4.0, 300),
        scenery.lantern_light((-10.0, 9.8), 4.0, 300),
        scenery.lantern_light((-2.2, -1.5), 4.5, 260),
    )
    light = outdoors(surroundings, (0, 0, 0.5), lanterns, lift_ev=0.35)
    return open_air(parts, light, (10.0, 10.0), Acoustics(None, 0.6, "park", -47.0))


def beach(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A sandy beach that slopes into the sea, with dunes, a groyne and a far headland."""
    look, material = floor_of(surroundings, "beach_sand", "sand")
    x, y = np.meshgrid(np.linspace(-60, 60, 121), np.linspace(-40, 14, 91))
    reach = np.hypot(x, y)
    slope = -0.055 * np.clip(y - 3.6, 0, None)
    dune = np.clip((np.abs(x) - 9) / 14, 0, 1) ** 1.4 * np.clip((3 - y) / 8, 0, 1) + np.clip(
        (-y - 14) / 14, 0, 1
    )
    heights = (
        slope
        + dune * (1.5 + 1.0 * rolling(rng, x, y, 11.0, 3))
        + 0.03 * rolling(rng, x, y, 3.0, 3) * np.clip((reach - 4) / 4, 0, 1)
    )
    parts: list[Part] = [floor("sand", [piece(look, relief((-60, -40), (60, 14), heights))], material)]
    sx, sy = np.meshgrid(np.linspace(-300, 300, 91), 4.6 + np.linspace(0, 1, 70) ** 2.2 * 590)
    near = np.exp(-((sy - 4.6) / 40))
    waves = (
        0.10 * np.sin((sy + 1.2 * np.sin(sx * 0.05)) * 0.75) * near
        + 0.02 * np.sin(sx * 0.9 + sy * 1.7) * near
    )
    level = -0.135
    water = relief((-300, 4.6), (300, 594.6), level + waves * np.clip((sy - 7.5) / 6, 0, 1))
    water.vertices[:, 1] = sy.ravel()
    parts.append(fixed("sea", [piece("sea", water), *_surf(rng, level)]))
    tufts = _dune_grass(rng, x, y, heights)
    groyne = boxes(
        np.array([[7.6 + rng.normal(0, 0.04), 3.4 + 0.42 * k, 0.25 - 0.02 * k] for k in range(26)]),
        np.array([0.24, 0.24, 1.5]),
        0.03,
        rng.uniform(0, 0.3, 26),
    )
    rocks = np.column_stack([rng.uniform(-9, -4.5, 9), rng.uniform(5.6, 8.2, 9), np.full(9, -0.12)])
    scene = [
        tufts,
        piece("pine", groyne, colour=(0.085, 0.06, 0.042)),
        scenery.stones(rng, rocks, rng.uniform(0.3, 1.1, 9), "stone", (0.20, 0.19, 0.175)),
        scenery.hills(rng, 1500, 75, (1.75, 3.0), "far_land", (0.11, 0.14, 0.16)),
        scenery.hills(rng, 2300, 60, (0.05, 0.75), "far_land", (0.17, 0.21, 0.25)),
    ]
    parts.append(fixed("shore", scene))
    light = outdoors(surroundings, (0, 0, 0.5), lift_ev=-0.15)
    return open_air(parts, light, (8.0, 6.0), Acoustics(None, 0.7, "beach", -40.0))


def stairway(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A paved square in a southern town, walls and plants round the place where stairs stand."""
    look, material = floor_of(surroundings, "paving", "stone")
    parts: list[Part] = [floor("square", [piece(look, sheet((-60, -50), (60, 60), 0.0))], material)]
    back = 7.5
    town = [
        buildings.Front(3, 3, "plaster", (0.58, 0.42, 0.24), 2.5, 3.0),
        buildings.Front(3, 2, "plaster", (0.62, 0.52, 0.38), 2.6, 3.2),
        buildings.Front(4, 3, "plaster", (0.48, 0.26, 0.15), 2.4, 3.0),
        buildings.Front(3, 4, "plaster", (0.60, 0.50, 0.33), 2.5, 3.0),
    ]
    houses: list[Piece] = []
    x = -19.0
    for front in town:
        houses += placed(buildings.house(front, rng), (x, back + 8.0 + float(rng.uniform(0, 1.5)), 0))
        x += front.width + 0.4
    houses += placed(buildings.house(town[1], rng), (-11.5, -2.5, 0), QUARTER_TURN)
    houses += placed(buildings.house(town[2], rng), (11.5, 8.5, 0), -QUARTER_TURN)
    for k, west in enumerate((-16.0, -8.0, 0.0, 9.0)):
        houses += placed(buildings.house(town[k], rng), (west + town[k].width, -24.0, 0), 2 * QUARTER_TURN)
    parts.append(fixed("town", houses))
    walls = [
        *placed(buildings.garden_wall(8.6, 2.3), (-11.2, back, 0)),
        *placed(buildings.garden_wall(8.6, 2.3), (2.6, back, 0)),
    ]
    pots: list[Piece] = []
    for px, py in ((-3.2, 6.6), (3.2, 6.6), (-4.4, 6.9), (5.6, 6.8), (7.4, 3.2), (-7.4, 3.0)):
        pots += placed(furniture.plant(rng, 1.3, 34), (px, py, 0))
    cypress = [
        p
        for cx, cy, h in ((-5.6, 9.4, 7.0), (-8.3, 10.0, 8.0), (5.4, 9.6, 7.5), (8.6, 9.2, 6.4))
        for p in placed(_cypress(rng, h), (cx, cy, 0))
    ]
    creeper = [
        scenery.leaves(
            np.column_stack(
                [
                    rng.normal(c, 0.55, 700),
                    np.full(700, back - 0.05) + rng.normal(0, 0.05, 700),
                    rng.uniform(0.5, 2.45, 700),
                ]
            ),
            0.1,
            rng,
        )
        for c in (-7.5, 6.8)
    ]
    scene = [
        *walls,
        *pots,
        *cypress,
        piece("tree_leaves", *creeper, colour=(0.05, 0.11, 0.02)),
        *placed(scenery.bench(), (-6.6, 6.6, 0)),
        *placed(scenery.street_lamp(3.6), (4.4, 6.9, 0)),
        *placed(scenery.street_lamp(3.6), (-4.6, 5.9, 0)),
    ]
    shapes = [
        solid((-11.2, back, 0), (-2.6, back + 0.4, 2.3), "stone", "wall"),
        solid((2.6, back, 0), (11.2, back + 0.4, 2.3), "stone", "wall"),
    ]
    parts.append(fixed("walls", scene, shapes))
    lanterns = (
        scenery.lantern_light((4.4, 6.9), 3.6, 170),
        scenery.lantern_light((-4.6, 5.9), 3.6, 170),
        scenery.lantern_light((-3.0, -2.5), 4.5, 260),
    )
    light = outdoors(surroundings, (0, 0, 0.8), lanterns, SQUARE_SUN)
    return open_air(parts, light, (7.0, 9.0), Acoustics(None, 0.25, "park", -50.0))


def _away_from_low_sun(positions: Array) -> NDArray[np.bool_]:
    """Which positions (N, 2) leave the low sun's path to the action free; (N,) booleans."""
    bearing = np.degrees(np.arctan2(positions[:, 1], positions[:, 0]))
    distance = np.hypot(positions[:, 0], positions[:, 1])
    off = np.min([np.abs(bearing - sun) for sun in LOW_SUN_BEARINGS], axis=0)
    return off > np.degrees(3.2 / distance)


def _surf(rng: Generator, level: float) -> list[Piece]:
    """Bands of foam along the water's edge, ragged on both sides."""
    x = np.linspace(-40, 40, 240)
    bands = []
    for y0, width, lift in ((6.05, 0.5, 0.012), (8.6, 0.35, 0.06), (12.4, 0.4, 0.09)):
        middle = y0 + 0.35 * np.sin(x * 0.19 + y0) + 0.16 * np.sin(x * 0.61)
        half = width * (0.3 + 0.7 * np.abs(np.sin(x * 0.37 + y0))) / 2
        low, high = middle - half + rng.normal(0, 0.02, 240), middle + half + rng.normal(0, 0.03, 240)
        z = np.full(240, level + lift)
        points = np.vstack([np.column_stack([x, low, z]), np.column_stack([x, high, z + 0.015])])
        bands.append(meshes.from_polygons(points, [(i, i + 1, 241 + i, 240 + i) for i in range(239)]))
    return [piece("foam_water", *bands)]


def _dune_grass(rng: Generator, x: Array, y: Array, heights: Array) -> Piece:
    """Tufts of long grass on the dunes."""
    high = np.argwhere((heights > 0.9) & (np.hypot(x, y) < 34))
    chosen = high[rng.integers(0, len(high), 420)]
    feet = np.column_stack([x[tuple(chosen.T)], y[tuple(chosen.T)], heights[tuple(chosen.T)]])
    tuft = scenery.grass_blades(rng, (0, 0), 0.16, 34, 0.5)
    wider = meshes.scaled(tuft, (2.2, 2.2, 1.0))
    return piece(
        "grass_blade",
        copies(
            wider,
            feet + rng.normal(0, [0.3, 0.3, 0.0], (420, 3)),
            rng.uniform(0, 6.3, 420),
            rng.uniform(0.7, 1.4, 420),
        ),
        colour=(0.20, 0.19, 0.07),
    )


def _cypress(rng: Generator, height: float) -> list[Piece]:
    """A slender column of leaves on a short trunk."""
    count = 2600
    t = rng.uniform(0, 1, count)
    radius = (
        0.62 * np.sin(np.pi * np.clip(t * 0.92 + 0.08, 0, 1)) ** 0.8 * np.sqrt(rng.uniform(0.55, 1, count))
    )
    turn = rng.uniform(0, 2 * np.pi, count)
    cloud = np.column_stack([radius * np.cos(turn), radius * np.sin(turn), 0.4 + t * (height - 0.4)])
    trunk = box((-0.08, -0.08, 0), (0.08, 0.08, height * 0.7), 0.02)
    core = meshes.moved(
        meshes.scaled(meshes.sphere(1.0, 12, 10), (0.4, 0.4, height * 0.43)), (0, 0, height * 0.5)
    )
    return [
        piece("hedge", core, colour=(0.01, 0.024, 0.008)),
        piece("tree_leaves", scenery.leaves(cloud, 0.2, rng), colour=(0.022, 0.06, 0.018)),
        piece("tree_bark", trunk),
    ]
