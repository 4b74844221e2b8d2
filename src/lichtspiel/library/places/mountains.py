"""Heights and valleys: a summit over ranges of mountains, a wide valley in snow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Part
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import Acoustics, PlaceAsset, Spot
from lichtspiel.library.places import landmarks, scenery
from lichtspiel.library.places.copies import box
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.grounds import floor_of, open_air
from lichtspiel.library.places.pieces import Piece, fixed, floor, piece
from lichtspiel.library.places.scenery import relief, rolling
from lichtspiel.library.places.sky import outdoors
from lichtspiel.library.records import Parameter
from lichtspiel.screenplay import Weather


def mountain_top(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A rocky summit with a cross, above ranges of mountains and a sea of haze."""
    look, material = floor_of(surroundings, "rock_ground", "stone")
    x, y = np.meshgrid(np.linspace(-40, 40, 121), np.linspace(-40, 40, 121))
    reach = np.hypot(x, y)
    height = -0.55 * np.clip(reach - 5.5, 0, None) ** 1.18 + 0.5 * rolling(rng, x, y, 7.0, 5) * np.clip(
        (reach - 3.6) / 3, 0, 1
    )
    parts: list[Part] = [
        floor("summit", [piece(look, relief((-40, -40), (40, 40), height - 0.01))], material)
    ]
    rocks = np.column_stack([rng.uniform(-6, 6, 26), rng.uniform(2.5, 7.5, 26), np.full(26, -0.15)])
    cross = [box((2.46, 3.94, 0), (2.60, 4.06, 3.0), 0.01), box((1.85, 3.95, 2.15), (3.21, 4.05, 2.28), 0.01)]
    ranges = [
        _mountains(rng, 200, 520, -210, 150, (0.075, 0.085, 0.065)),
        _mountains(rng, 420, 1000, -260, 380, (0.14, 0.165, 0.18)),
        _mountains(rng, 1000, 2000, -330, 640, (0.27, 0.32, 0.40)),
        _mountains(rng, 2000, 3600, -420, 1000, (0.44, 0.51, 0.62)),
    ]
    scene = [
        scenery.stones(rng, rocks, rng.uniform(0.25, 1.3, 26), "stone", (0.26, 0.25, 0.24)),
        piece("pine", *cross, colour=(0.20, 0.15, 0.10)),
        *ranges,
    ]
    parts.append(fixed("mountains", scene))
    light = outdoors(surroundings, (0, 0, 0.8), lift_ev=-0.05)
    return open_air(parts, light, (5.0, 4.0), Acoustics(None, 0.95, "wind", -44.0))


def snow_valley(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A ledge of snow over a wide white valley with a frozen river, woods of firs and high peaks."""
    look, material = floor_of(surroundings, "snow", "snow")
    x, y = np.meshgrid(np.linspace(-320, 320, 161), np.linspace(-60, 580, 161))
    slope = -70 * np.clip((y - 5) / 75, 0, 1) ** 1.15
    sides = 95 * np.clip((np.abs(x + 25 * np.sin(y / 120)) - 55) / 210, 0, 1) ** 1.35
    bumps = 5 * rolling(rng, x, y, 90.0, 4) * np.clip((y - 16) / 50, 0, 1)
    near = 0.35 * rolling(rng, x, y, 14.0, 3) * np.clip((np.hypot(x, y) - 7) / 9, 0, 1)
    height = slope + sides * np.clip((y - 5) / 60, 0, 1) + bumps + near
    parts: list[Part] = [
        floor("snow", [piece(look, relief((-320, -60), (320, 580), height - 0.01))], material)
    ]
    small, firs = landmarks.fir(rng, 10.0, 7), []
    for _k in range(150):
        px, py = float(rng.uniform(-210, 210)), float(rng.uniform(26, 330))
        if abs(px + 25 * np.sin(py / 120)) < 34:
            continue
        level = float(height[int(np.clip((py + 60) / 4, 0, 160)), int(np.clip((px + 320) / 4, 0, 160))])
        firs += placed(small, (px, py, level - 0.6), float(rng.uniform(0, 6)))
    for px, py, tall in ((-8.5, 4.0, 8.0), (9.5, 5.0, 9.5), (13.0, 2.5, 7.0)):
        firs += placed(landmarks.fir(rng, tall, 12), (px, py, -0.3))
    parts.append(fixed("firs", firs))
    u = np.linspace(40, 560, 60)
    middle = -25 * np.sin(u / 120)
    left, right = middle - 5 - u * 0.008, middle + 5 + u * 0.008
    surface = (
        np.array([height[int((v + 60) / 4), int((m + 320) / 4)] for v, m in zip(u, middle, strict=True)])
        + 0.8
    )
    river = meshes.from_polygons(
        np.vstack([np.column_stack([left, u, surface]), np.column_stack([right, u, surface])]),
        [(i, 60 + i, 61 + i, i + 1) for i in range(59)],
        smooth_angle_rad=3.0,
    )
    peaks = [
        _mountains(rng, 560, 1100, -60, 330, (0.62, 0.68, 0.78), "snow_far"),
        _mountains(rng, 1100, 2300, -80, 720, (0.66, 0.74, 0.86), "snow_far"),
    ]
    rocks = np.column_stack([rng.uniform(-7, 7, 12), rng.uniform(3.6, 5.0, 12), np.full(12, -0.1)])
    parts.append(
        fixed(
            "valley",
            [
                piece("ice", river),
                *peaks,
                scenery.stones(rng, rocks, rng.uniform(0.3, 1.0, 12), "stone", (0.20, 0.20, 0.21)),
            ],
        )
    )
    covered = surroundings.weather in (Weather.SNOW, Weather.OVERCAST, Weather.FOG, Weather.RAIN)
    light = outdoors(surroundings, (0, 0, 1.0), lift_ev=-0.25 if covered else -0.55)
    place = open_air(parts, light, (8.0, 6.0), Acoustics(None, 0.8, "wind", -47.0))
    return replace(place, spots={**place.spots, "people": Spot((0, 0.5, 0), size_m=(6.0, 4.0))})


def _mountains(
    rng: Generator,
    near: float,
    far: float,
    base: float,
    height: float,
    colour: tuple[float, float, float],
    look: str = "far_land",
) -> Piece:
    """Ridged slopes behind the action between two distances, their feet at `base`, peaks `height` higher."""
    bearing, share = np.linspace(-0.3, np.pi + 0.3, 190), np.linspace(0, 1, 30)
    reach = near + (far - near) * share[:, None] * np.ones((1, 190))
    x, y = reach * np.cos(bearing), reach * np.sin(bearing)
    wave = 0.8 * (near + far) / 2
    massif = 0.62 + 0.4 * rolling(rng, x, y, 1.5 * wave, 2)
    ridges = np.clip(1 - np.abs(rolling(rng, x, y, wave, 3)), 0, None) ** 1.3
    z = (
        base
        + height
        * np.clip(massif * ridges, 0, None)
        * np.sin(np.pi * np.clip(0.75 * share + 0.04, 0, 1))[:, None] ** 0.8
    )
    points = np.column_stack([x.ravel(), y.ravel(), z.ravel()])
    polygons = [
        (r * 190 + i + 1, r * 190 + i, (r + 1) * 190 + i, (r + 1) * 190 + i + 1)
        for r in range(29)
        for i in range(189)
    ]
    return piece(look, meshes.from_polygons(points, polygons, smooth_angle_rad=0.7), colour=colour)
