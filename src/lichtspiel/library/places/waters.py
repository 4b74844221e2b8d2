"""Water to be on: the open sea and a lake among woods. Their level is z = 0.

What floats rests at the level; the plane that carries it stands for buoyancy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh, Part
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import Acoustics, PlaceAsset, Spot
from lichtspiel.library.places import scenery
from lichtspiel.library.places.copies import boxes, sheet
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.grounds import floor_of, open_air
from lichtspiel.library.places.pieces import Piece, fixed, floor, piece, solid
from lichtspiel.library.places.sky import outdoors
from lichtspiel.library.records import Parameter
from lichtspiel.screenplay import Weather

SWELL_M = {Weather.RAIN: 0.09, Weather.OVERCAST: 0.06, Weather.CLOUDY: 0.045}
"""Height of the swell by weather; calm water has less."""
CALM_M = 0.03


def sea(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """The open sea in sight of land: low swell, two sails and a far coast on the horizon."""
    look, material = floor_of(surroundings, "calm_sea", "water")
    swell = SWELL_M.get(surroundings.weather, CALM_M)
    parts: list[Part] = [floor("water", [piece(look, surface(rng, 1600.0, swell))], material)]
    far = [
        scenery.hills(rng, 1500, 80, (1.85, 2.95), "far_land", (0.10, 0.13, 0.15)),
        scenery.hills(rng, 2400, 120, (0.15, 1.0), "far_land", (0.17, 0.20, 0.24)),
        *placed(_sailing_boat(), (-46.0, 120.0, 0.0), 0.7),
        *placed(_sailing_boat(), (70.0, 210.0, 0.0), -0.4),
        *placed(_buoy(), (9.5, 17.0, 0.0)),
    ]
    parts.append(fixed("coast", far))
    light = outdoors(surroundings, (0, 0, 0.8), lift_ev=-0.1)
    return _afloat(open_air(parts, light, (12.0, 8.0), Acoustics(None, 0.9, "beach", -46.0)), 0.0)


def lake(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A mountain lake: wooded shores, ridges behind, a jetty to the left."""
    look, material = floor_of(surroundings, "lake_water", "water")
    swell = 0.5 * SWELL_M.get(surroundings.weather, 0.6 * CALM_M)
    parts: list[Part] = [floor("water", [piece(look, surface(rng, 170.0, swell))], material)]
    x, y = np.meshgrid(np.linspace(-420, 420, 121), np.linspace(-260, 520, 121))
    reach = np.hypot(x / 1.25, y - 30)
    land = np.clip((reach - 92 - 9 * scenery.rolling(rng, x, y, 60.0, 2)) / 60, -0.06, None)
    rise = 3.0 * land + 26.0 * np.clip(land - 0.5, 0, None) ** 1.25 * (
        1 + 0.45 * scenery.rolling(rng, x, y, 190.0, 4)
    )
    shore = scenery.relief((-420, -260), (420, 520), np.minimum(rise, 120.0))
    at = rng.uniform([-240, -40], [240, 260], (900, 2))
    away = np.hypot(at[:, 0] / 1.25, at[:, 1] - 30)
    at = at[(away > 106) & (away < 190)][:230]
    level = rise[np.searchsorted(y[:, 0], at[:, 1]), np.searchsorted(x[0], at[:, 0])]
    crowns = np.repeat(np.column_stack([at, level]), 130, axis=0)
    u = rng.uniform(0, 1, len(crowns))
    spread = 3.4 * np.sqrt(1 - 0.9 * u)
    crowns = crowns + np.column_stack(
        [rng.normal(0, 0.55, len(u)) * spread, rng.normal(0, 0.55, len(u)) * spread, 0.5 + 13.0 * u]
    )
    wood = piece("tree_leaves", scenery.leaves(crowns, 1.7, rng), colour=(0.028, 0.065, 0.02))
    parts.append(fixed("shore", [piece("hedge", shore, colour=(0.035, 0.062, 0.022)), wood]))
    jetty = [
        piece(
            "pine",
            boxes(np.array([[0.0, 0.16 * k, 0.42] for k in range(56)]), np.array([1.5, 0.145, 0.03]), 0.004),
            boxes(
                np.array([[s * 0.62, 2.0 + 2.1 * k, -0.3] for k in range(4) for s in (-1, 1)]),
                np.array([0.13, 0.13, 1.6]),
                0.02,
            ),
            colour=(0.26, 0.20, 0.14),
        )
    ]
    ridges = [
        scenery.hills(rng, 900, 210, (0.2, 2.9), "far_land", (0.10, 0.13, 0.15)),
        scenery.hills(rng, 1500, 420, (0.5, 2.6), "far_land", (0.22, 0.26, 0.32)),
    ]
    solids = [solid((-6.45, 3.0, 0.30), (-4.95, 12.0, 0.435), "wood", "jetty")]
    parts.append(fixed("jetty", [*placed(jetty, (-5.7, 3.1, 0.0)), *ridges], solids))
    light = outdoors(surroundings, (0, 0, 0.8), lift_ev=0.0)
    place = _afloat(open_air(parts, light, (9.0, 6.0), Acoustics(None, 0.8, "park", -48.0)), 0.0)
    return replace(place, spots={**place.spots, "jetty": Spot((-5.7, 6.0, 0.435), size_m=(1.2, 5.0))})


def swimming_pool(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """An open-air pool with six lanes; one stands on its tiled edge, the water lies behind."""
    look, material = floor_of(surroundings, "pool_deck", "tile")
    edge, width, length, level = 1.2, 15.0, 25.0, -0.12
    deck = [
        sheet((-40, -30), (40, edge), 0.0),
        sheet((-40, edge + length), (40, 60), 0.0),
        sheet((-40, edge), (-width / 2, edge + length), 0.0),
        sheet((width / 2, edge), (40, edge + length), 0.0),
    ]
    parts: list[Part] = [floor("deck", [piece(look, *deck)], material)]
    columns, rows = 60, 90
    sx, sy = np.meshgrid(np.linspace(-width / 2, width / 2, columns), np.linspace(edge, edge + length, rows))
    ripple = level + 0.008 * scenery.rolling(rng, sx, sy, 2.2, 3)
    water = scenery.relief((-width / 2, edge), (width / 2, edge + length), ripple)
    basin = [
        sheet((-width / 2, edge), (width / 2, edge + length), -1.9),
        boxes(
            np.array([[s * (width / 2 + 0.15), edge + length / 2, -0.95] for s in (-1, 1)]),
            np.array([0.3, length, 1.9]),
        ),
        boxes(
            np.array([[0, edge + (-0.15 if s < 0 else length + 0.15), -0.95] for s in (-1, 1)]),
            np.array([width + 0.6, 0.3, 1.9]),
        ),
    ]
    lanes = np.linspace(-width / 2, width / 2, 7)
    marks = [
        sheet((x - 0.12, edge + 2), (x + 0.12, edge + length - 2), -1.895)
        for x in (lanes[1:] + lanes[:-1]) / 2
    ]
    ropes = [
        boxes(
            np.array([[x, edge + 0.1 + 0.22 * k, level + 0.02] for k in range(113)]),
            np.array([0.10, 0.13, 0.10]),
            0.03,
        )
        for x in lanes[1:-1]
    ]
    blocks = boxes(
        np.array([[x, edge - 0.42, 0.36] for x in (lanes[1:] + lanes[:-1]) / 2]),
        np.array([0.52, 0.62, 0.72]),
        0.04,
    )
    kerb = boxes(
        np.array([[s * (width / 2 + 0.15), edge + length / 2, 0.01] for s in (-1, 1)]),
        np.array([0.3, length, 0.05]),
        0.01,
    )
    far = np.column_stack([np.linspace(-44, 44, 15) + rng.normal(0, 2, 15), 44 + rng.normal(0, 3, 15)])
    scene = [
        piece("pool_tile", *basin),
        piece("pool_tile", *marks, colour=(0.01, 0.03, 0.09)),
        piece("pool_water", water),
        piece("glossy_plastic", *ropes[::2], colour=(0.45, 0.02, 0.02)),
        piece("glossy_plastic", *ropes[1::2], colour=(0.55, 0.55, 0.54)),
        piece("painted_metal", blocks, colour=(0.70, 0.70, 0.69)),
        piece("stone", kerb, colour=(0.60, 0.58, 0.53)),
        *scenery.hedge((-30, 36, 0), (30, 37.4, 1.7), rng, 50, 0.2),
        *scenery.grove(rng, far, rng.uniform(8, 11, 15), 2, 900, 0.5),
    ]
    shapes = [solid((-width / 2, edge, -0.4), (width / 2, edge + length, level), "water", "water")]
    parts.append(fixed("pool", scene, shapes))
    light = outdoors(surroundings, (0, 1.0, 0.8), lift_ev=0.0)
    place = open_air(parts, light, (9.0, 2.0), Acoustics(None, 0.4, "park", -50.0))
    people = Spot((0.0, -0.2, 0.0), size_m=(8.0, 1.6))
    return replace(
        place, spots={**place.spots, "people": people, "water": Spot((0, 5.0, level), size_m=(8.0, 6.0))}
    )


def surface(rng: Generator, reach_m: float, swell_m: float) -> Mesh:
    """Water about the origin out to a distance, in rings that widen, with waves of random phase."""
    rings, around = 70, 150
    radius = np.concatenate([[0.0], 0.6 * (reach_m / 0.6) ** np.linspace(0, 1, rings - 1)])
    angle = np.linspace(0, 2 * np.pi, around, endpoint=False)
    r, a = np.meshgrid(radius[1:], angle, indexing="ij")
    x, y = r * np.cos(a), r * np.sin(a)
    # Waves shorter than the cells would alias: each fades out where the rings get as wide as it is long.
    z = np.zeros_like(x)
    for wave, share in ((9.0, 1.0), (5.0, 0.7), (2.6, 0.4), (1.4, 0.22)):
        turn, phase = rng.uniform(-0.7, 0.7), rng.uniform(0, 6.3)
        k = 2 * np.pi / wave
        fade = np.clip(1.5 - 0.12 * r * 4 / wave, 0, 1)
        z += share * fade * np.sin(k * (x * np.sin(turn) + y * np.cos(turn)) + phase)
    return _polar(x, y, swell_m * z / 2)


def _polar(x: Array, y: Array, z: Array) -> Mesh:
    rings, around = x.shape
    points = np.vstack([[[0.0, 0.0, float(z[0].mean())]], np.column_stack([x.ravel(), y.ravel(), z.ravel()])])
    polygons: list[tuple[int, ...]] = [(0, 1 + i, 1 + (i + 1) % around) for i in range(around)]
    for k in range(rings - 1):
        low, high = 1 + k * around, 1 + (k + 1) * around
        polygons += [
            (low + i, high + i, high + (i + 1) % around, low + (i + 1) % around) for i in range(around)
        ]
    return meshes.from_polygons(points, polygons, smooth_angle_rad=3.1)


def _sailing_boat() -> list[Piece]:
    """A sloop of nine metres, seen from afar."""
    t = np.linspace(0, 1, 12)
    half = 1.4 * np.sin(np.pi * np.clip(t * 0.75 + 0.22, 0, 1)) ** 0.8
    rings = [
        np.array([(-w, y, 0.9), (-0.7 * w, y, -0.1), (0, y, -0.4), (0.7 * w, y, -0.1), (w, y, 0.9)])[::-1]
        for w, y in zip(half, -4.5 + 9 * t, strict=True)
    ]
    hull = meshes.loft(np.array(rings), 0, 1.0)
    main = meshes.from_polygons(
        np.array([(0.0, -0.2, 1.6), (0.0, -0.2, 12.0), (0.9, 2.0, 5.5), (0.7, 4.0, 1.7)]), [(0, 3, 2, 1)]
    )
    jib = meshes.from_polygons(np.array([(0.0, -4.3, 1.0), (0.0, -0.4, 10.2), (0.7, -0.6, 1.5)]), [(0, 2, 1)])
    mast = meshes.moved(meshes.cylinder(0.08, 11.6, 10), (0, -0.3, 6.6))
    return [
        piece("glossy_plastic", hull, colour=(0.72, 0.72, 0.70)),
        piece("linen", main, jib, colour=(0.80, 0.79, 0.75)),
        piece("aluminium", mast),
    ]


def _buoy() -> list[Piece]:
    line = np.array(
        [
            (0, -0.3),
            (0.5, -0.25),
            (0.55, 0.1),
            (0.4, 0.3),
            (0.12, 0.5),
            (0.09, 1.3),
            (0.2, 1.34),
            (0.2, 1.6),
            (0, 1.75),
        ]
    )
    return [piece("painted_metal", meshes.lathe(line, 28), colour=(0.48, 0.03, 0.02))]


def _afloat(place: PlaceAsset, level: float) -> PlaceAsset:
    return replace(
        place,
        spots={
            **place.spots,
            "people": Spot((0, 0, level), size_m=(8.0, 5.0)),
            "water": Spot((0, 0, level), size_m=(12.0, 8.0)),
        },
    )
