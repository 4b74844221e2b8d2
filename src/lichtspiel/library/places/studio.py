"""Places without weather: the studio's cyclorama and the Moon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import log2, pi

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh, Part, Vec3
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import Acoustics, Lamp, PlaceAsset, Sky, Spot
from lichtspiel.library.places import scenery
from lichtspiel.library.places.grounds import floor_of
from lichtspiel.library.places.interior import GREY_CARD_IRRADIANCE, irradiance
from lichtspiel.library.places.pieces import Piece, fixed, floor, piece, solid
from lichtspiel.library.places.scenery import rolling
from lichtspiel.library.places.sky import candle, direction_from, spotlight
from lichtspiel.library.records import Parameter
from lichtspiel.screenplay import Light, TimeOfDay

MOON_ALBEDO_EV = 1.0
"""The regolith reflects about 12 %; the exposure of films shot there lifts it to near mid grey."""


def studio(_: Mapping[str, Parameter], surroundings: Surroundings, _rng: Generator) -> PlaceAsset:
    """A cyclorama with key, fill and rim softboxes; warm, cold, soft or hard as asked."""
    look, material = floor_of(surroundings, "cyclorama", "linoleum")
    sweep = _cyclorama((-12.0, -12.0), (12.0, 4.6), corner=3.0, radius=2.2, height=11.0)
    if surroundings.ground is None:
        pieces = [piece(look, sweep)]
    else:
        sheet_points = np.array([[-2.4, -2.2, 0], [2.4, -2.2, 0], [2.4, 1.9, 0], [-2.4, 1.9, 0]], float)
        slab = meshes.from_polygons(sheet_points, [(0, 1, 2, 3)])
        backdrop = replace(sweep, vertices=sweep.vertices - [0, 0, 0.004])
        pieces = [piece("cyclorama", backdrop), piece(look, slab)]
    parts: list[Part] = [floor("floor", pieces, material)]
    parts.append(fixed("backdrop", [], [solid((-7, 4.6, 0), (7, 4.9, 6), "plaster", "wall")]))
    target: Vec3 = (0.0, 0.0, 0.4)
    lamps, exposure = _studio_lamps(surroundings.light, target)
    level = {
        Light.DARK: 0.02,
        Light.SPOTLIGHT: 0.004,
        Light.CANDLE: 0.004,
        Light.SOFT: 0.35,
        Light.BRIGHT: 0.3,
        Light.HARD: 0.03,
    }.get(surroundings.light, 0.12)
    sky = Sky("gradient", level, 0.5, pi, 0.0, 1.0, (0.9, 0.95, 1.0), (1.0, 1.0, 1.0))
    main = Spot((0, 0, 0), size_m=(4.0, 3.6))
    bounds = ((-6.5, -6.8, 0.05), (6.5, 3.4, 4.5))
    acoustics = Acoustics((14.0, 12.0, 6.0), 0.45, "studio", -62.0)
    return PlaceAsset(tuple(parts), lamps, sky, acoustics, {"main": main, "floor": main}, exposure, bounds)


def _studio_lamps(light: Light, target: Vec3) -> tuple[tuple[Lamp, ...], float]:
    """Three-point light: a key from the left, half its fill from the right, a rim from behind."""
    size = {Light.SOFT: 3.0, Light.HARD: 0.25}.get(light, 1.5)
    ratio = {Light.SOFT: 0.7, Light.HARD: 0.12, Light.DARK: 0.1, Light.BRIGHT: 0.7}.get(light, 0.38)
    tint: Vec3 = {Light.WARM: (1.0, 0.80, 0.56), Light.COLD: (0.70, 0.86, 1.0)}.get(light, (1.0, 1.0, 1.0))
    key = _softbox((-2.3, -2.0, 3.1), target, 260.0, (size, size), tint)
    fill = _softbox((3.0, -2.3, 1.9), target, 260.0 * ratio, (2.0, 2.0), tint)
    rim = _softbox((1.5, 2.6, 3.0), target, 200.0, (0.5, 1.6), tint)
    # One for each wall, also for the one that only those see who look back.
    washes = (
        _softbox((0.0, -0.5, 6.0), (0.0, 4.6, 1.8), 330.0, (7.0, 1.6), tint),
        _softbox((0.0, -5.6, 6.0), (0.0, -12.0, 1.8), 1000.0, (9.0, 1.6), tint),
    )
    lamps: tuple[Lamp, ...] = (key, fill, rim, *washes)
    if light is Light.BACKLIGHT:
        lamps = (replace(rim, power_w=420.0), replace(fill, power_w=30.0), *washes)
    elif light is Light.DARK:
        lamps = (key, fill, rim, *(replace(wash, power_w=14.0) for wash in washes))
    elif light in (Light.SPOTLIGHT, Light.CANDLE):
        lamp = spotlight(target) if light is Light.SPOTLIGHT else candle(target)
        lamps = (lamp, replace(rim, power_w=lamp.power_w * 0.03))
    metered = sum(irradiance(lamp, target) for lamp in lamps) * 1.2
    offset = {
        Light.DARK: -0.9,
        Light.BRIGHT: 0.5,
        Light.CANDLE: -0.5,
        Light.SPOTLIGHT: -0.2,
        Light.BACKLIGHT: -0.2,
    }
    return lamps, log2(GREY_CARD_IRRADIANCE / metered) + offset.get(light, 0.0)


def _softbox(position: Vec3, target: Vec3, power_w: float, size_m: tuple[float, float], colour: Vec3) -> Lamp:
    toward = np.subtract(target, position)
    toward /= np.linalg.norm(toward)
    return Lamp(
        "area", power_w, colour, position, (float(toward[0]), float(toward[1]), float(toward[2])), size_m
    )


def _cyclorama(
    low: tuple[float, float], high: tuple[float, float], corner: float, radius: float, height: float
) -> Mesh:
    """Floor that curves up into walls all round, whose corners are round, too."""
    turn = np.linspace(0, np.pi / 2, 17)
    inset = np.append(radius - radius * np.sin(turn), 0.0)
    level = np.append(radius - radius * np.cos(turn), height)
    quarter = np.linspace(0, np.pi / 2, 9)
    rings = []
    for inward, up in zip(inset, level, strict=True):
        ring = []
        for number, (x, y) in enumerate(((1, 1), (0, 1), (0, 0), (1, 0))):
            angle = quarter + number * np.pi / 2
            middle = [
                (high[0] - corner) if x else (low[0] + corner),
                (high[1] - corner) if y else (low[1] + corner),
            ]
            bend = (corner - inward) * np.column_stack([np.cos(angle), np.sin(angle)])
            ring.append(np.column_stack([middle + bend, np.full(len(angle), up)]))
        rings.append(np.vstack(ring))
    n = len(rings[0])
    walls = [
        (k * n + i, (k + 1) * n + i, (k + 1) * n + (i + 1) % n, k * n + (i + 1) % n)
        for k in range(len(rings) - 1)
        for i in range(n)
    ]
    return meshes.from_polygons(np.vstack(rings), [tuple(range(n)), *walls], smooth_angle_rad=1.0)


def moon(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A plain on the Moon: craters, boulders, hills on a near horizon, the Earth in a black sky."""
    look, material = floor_of(surroundings, "regolith", "regolith")
    parts: list[Part] = [
        floor("plain", [piece(look, _near_terrain(rng)), piece(look, _far_terrain(rng))], material)
    ]
    spread = rng.uniform(4.0, 40.0, 130)
    turn = rng.uniform(0, 2 * np.pi, 130)
    sizes = np.clip(rng.pareto(2.2, 130) * 0.14 + 0.06, 0, 1.5)
    where = np.column_stack([spread * np.cos(turn), spread * np.sin(turn), np.full(130, -0.03)])
    clear = spread - sizes > 3.2
    scene: list[Piece] = [
        scenery.stones(rng, where[clear], sizes[clear], "regolith", (0.17, 0.165, 0.155)),
        scenery.hills(rng, 420, 52, (0.3, 2.9), "regolith", (0.15, 0.145, 0.14)),
        scenery.hills(rng, 380, 30, (2.6, 6.9), "regolith", (0.15, 0.145, 0.14)),
        piece("earth", meshes.moved(meshes.sphere(17.0, 40, 24), (-130.0, 560.0, 225.0))),
    ]
    parts.append(fixed("scenery", scene))
    early = surroundings.time_of_day in (
        TimeOfDay.DAWN,
        TimeOfDay.SUNRISE,
        TimeOfDay.SUNSET,
        TimeOfDay.DUSK,
        TimeOfDay.GOLDEN_HOUR,
    )
    elevation = 0.16 if early else 0.42
    azimuth = pi * (0.36 if surroundings.light is Light.BACKLIGHT else 1.13)
    toward = direction_from(elevation, azimuth)
    power = 8.0
    lamps: tuple[Lamp, ...] = (
        Lamp("sun", power, (1.0, 0.98, 0.95), (0, 0, 50), toward, (0.0093, 0.0093)),
        # Light thrown back by the sunlit ground lifts the shadows a little.
        Lamp("sun", 0.22, (0.95, 0.97, 1.0), (0, 0, 50), (0.4, 0.75, -0.35), (1.2, 1.2)),
    )
    exposure = log2(GREY_CARD_IRRADIANCE / power) + MOON_ALBEDO_EV
    exposure += {Light.DARK: -1.2, Light.BRIGHT: 0.5}.get(surroundings.light, 0.0)
    if surroundings.time_of_day is TimeOfDay.NIGHT:
        exposure -= 0.6
    sky = Sky("stars", 0.25, elevation, azimuth, 0.0, 0.0, (0, 0, 0), (0, 0, 0))
    main = Spot((0, 0, 0), size_m=(6.0, 6.0))
    acoustics = Acoustics(None, 1.0, "none", -90.0)
    return PlaceAsset(tuple(parts), lamps, sky, acoustics, {"main": main, "floor": main}, exposure)


def _craters(
    rng: Generator, x: Array, y: Array, count: int, reach: float, radii: tuple[float, float]
) -> Array:
    """Bowls with raised rims, a fifth as deep as wide; none at the action."""
    heights = np.zeros(x.shape)
    for _ in range(count):
        radius = float(np.clip(radii[0] * (1 + rng.pareto(1.6)), *radii))
        turn = rng.uniform(0, 2 * np.pi)
        away = rng.uniform(3.0 + 2.0 * radius, reach)
        d = np.hypot(x - away * np.cos(turn), y - away * np.sin(turn)) / radius
        bowl = np.where(d < 1, 0.38 * (d**2 - 1) + 0.1, 0.1 * np.exp(-((d - 1) / 0.35)))
        heights += radius * bowl * (d < 2.6)
    return heights


def _near_terrain(rng: Generator) -> Mesh:
    """60 m of ground, level where the action stands."""
    axis = np.sign(np.linspace(-1, 1, 161)) * np.abs(np.linspace(-1, 1, 161)) ** 1.5 * 30
    x, y = np.meshgrid(axis, axis)
    fade = np.clip((np.hypot(x, y) - 2.2) / 4.0, 0, 1)
    heights = fade * (0.10 * rolling(rng, x, y, 7.0, 5) + _craters(rng, x, y, 60, 28.0, (0.35, 3.2)))
    edge = np.clip((30 - np.maximum(np.abs(x), np.abs(y))) / 3, 0, 1)
    terrain = scenery.relief((-30, -30), (30, 30), heights * edge)
    terrain.vertices[:, 0], terrain.vertices[:, 1] = x.ravel(), y.ravel()
    return terrain


def _far_terrain(rng: Generator) -> Mesh:
    """The plain from 30 m out to the hills, as a ring of quadrilaterals."""
    angle = np.linspace(0, 2 * np.pi, 181)
    radius = 29.0 * (440 / 29.0) ** np.linspace(0, 1, 60)
    turn, reach = np.meshgrid(angle, radius)
    x, y = reach * np.cos(turn), reach * np.sin(turn)
    fade = np.clip((reach - 42) / 20, 0, 1)
    heights = fade * (
        1.2 * rolling(rng, x, y, 60.0, 4) + _craters(rng, x, y, 70, 330.0, (3.0, 26.0))
    ) - 0.3 * np.clip((45 - reach) / 15, 0, 1)
    points = np.column_stack([x.ravel(), y.ravel(), heights.ravel()])
    polygons = [
        (r * 181 + i, (r + 1) * 181 + i, (r + 1) * 181 + i + 1, r * 181 + i + 1)
        for r in range(59)
        for i in range(180)
    ]
    return meshes.from_polygons(points, polygons, smooth_angle_rad=1.0)
