"""Cars: saloon, police car, taxi, delivery van."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Resonator, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.coachwork import (
    CHROME,
    GLASS,
    LAMP,
    PAINT,
    PLATE,
    SECOND,
    TAIL,
    TRIM,
    Cabin,
    Hull,
    Level,
    Line,
    both_sides,
    four_wheels,
    lamp,
    plate_at,
    seam,
    seats,
    vehicle_surfaces,
    wheel_mesh,
)
from lichtspiel.library.things.forms import bar, block, disc, ribbon, ring, seen, slab, solid, tube
from lichtspiel.library.things.joinery import fused
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]
_CAST_WALL_M = 0.0015
SIDE_COLUMNS = (0.0, 0.05, 0.16, 0.30, 0.43, 0.48, 0.62, 0.80, 0.86, 0.94, 1.0)


def sedan(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A four-door saloon with glass one sees through; seat_1 is the driver's, on the left."""
    kit = str(parameters.get("kit", ""))
    hull = _saloon_hull()
    cabin = _saloon_cabin()
    details = [*_saloon_front(hull), *_saloon_rear(hull), *_saloon_sides(hull, kit == "police"), *_interior()]
    paint: tuple[float, float, float] | None = None
    if kit == "police":
        details += _light_bar()
        paint = (0.72, 0.72, 0.70)
    elif kit == "taxi":
        details += _taxi_sign()
        paint = (0.74, 0.42, 0.015)
    material = wish.material
    shapes = [
        block((1.72, 4.3, 0.50), material, (0, 0, 0.50), label="body"),
        block((1.70, 0.9, 0.10), material, (0, -1.45, 0.76), label="bonnet"),
        block((1.62, 2.0, 0.14), material, (0, 0.55, 0.82)),
        block((1.10, 1.05, 0.06), material, (0, 0.45, 1.40), label="roof"),
    ]
    second = Surface("car_paint", (0.012, 0.045, 0.16)) if kit == "police" else Surface("emissive_warm")
    body = fused(
        "body",
        [solid(shapes, hull.mesh(), cabin.mesh()), seen(*details)],
        vehicle_surfaces(surface(wish, "car_paint", paint), second),
        mass_kg=number(parameters, "mass") - 88.0,
        resonator=Resonator("plate", "steel", {"length": 1.2, "width": 0.9, "thickness": 0.0009}),
    )
    wheels = four_wheels(wheel_mesh(0.322, 0.215, 0.225), 0.322, 0.215, 1.56, hull.axles, 22.0)
    return assembled([body, *wheels], wish.scale, spots=_car_spots())


def toy_car(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """The saloon as a toy cast of metal, `shrinks` times smaller."""
    small = sedan(parameters, replace(wish, scale=wish.scale / number(parameters, "shrinks")), rng)
    cast = Resonator("plate", wish.material, {"length": 0.07, "width": 0.05, "thickness": _CAST_WALL_M})
    parts = tuple(replace(part, resonator=cast) if part.name == "body" else part for part in small.parts)
    return replace(small, parts=parts)


def _car_spots() -> dict[str, Vec3]:
    return {
        "top": (0.0, 0.45, 1.43),
        "seat_1": (0.36, 0.10, 0.44),
        "seat_2": (-0.36, 0.10, 0.44),
        "seat_3": (0.36, 0.98, 0.46),
        "seat_4": (-0.36, 0.98, 0.46),
        "wheel": (0.36, -0.30, 0.90),
        "door": (1.35, 0.0, 0.0),
        "tip": (0.0, -2.3, 0.5),
        "hood": (0.0, -1.5, 0.86),
        "lamp_left": (0.62, -2.2, 0.64),
        "lamp_right": (-0.62, -2.2, 0.64),
    }


def _saloon_hull() -> Hull:
    return Hull(
        4.62,
        Line((-2.31, -1.9, -1.2, 0.0, 1.4, 2.0, 2.31), (0.78, 0.865, 0.905, 0.905, 0.905, 0.88, 0.82)),
        0.185,
        Line(
            (-2.31, -2.0, -1.3, -0.85, 0.2, 1.3, 1.9, 2.31),
            (0.68, 0.755, 0.85, 0.895, 0.925, 0.955, 0.965, 0.955),
        ),
        0.045,
        (-1.40, 1.32),
        0.375,
        0.322,
        tub=(-0.90, 1.50),
    )


def _saloon_cabin() -> Cabin:
    levels = (
        Level(0.86, -1.02, 1.72, 0.80, 0.24, 0.10),
        Level(0.99, -0.80, 1.56, 0.775, 0.24, 0.10),
        Level(1.12, -0.57, 1.38, 0.735, 0.22, 0.09),
        Level(1.24, -0.35, 1.20, 0.685, 0.20, 0.08),
        Level(1.33, -0.17, 1.04, 0.635, 0.18, 0.07),
        Level(1.375, -0.06, 0.93, 0.595, 0.16, 0.06),
        Level(1.405, 0.05, 0.82, 0.54, 0.12, 0.05),
    )
    across = (-1.0, -0.93, -0.6, -0.2, 0.2, 0.6, 0.93, 1.0)
    return Cabin(
        levels,
        (GLASS, GLASS, GLASS, GLASS, PAINT, PAINT),
        across,
        "pgggggp",
        SIDE_COLUMNS,
        "pgggpggppp",
        across,
        "pgggggp",
        roof_crown=0.035,
    )


def _saloon_front(hull: Hull) -> list[Mesh]:
    """Head lamps, grille with bars, bumper mouth, fog lamps, plate, badge and wipers."""
    made = both_sides(
        lamp((0.38, 0.14, 0.13), (0.535, -2.245, 0.635), TRIM, 0.30),
        lamp((0.15, 0.14, 0.095), (0.455, -2.285, 0.635), LAMP, 0.22),
        lamp((0.15, 0.14, 0.095), (0.615, -2.225, 0.635), LAMP, 0.42),
        lamp((0.10, 0.06, 0.05), (0.58, -2.27, 0.35), LAMP, 0.3),
    )
    made += [
        slab((0.62, 0.08, 0.13), (0, -2.29, 0.60), 0.03, slot=TRIM),
        slab((0.95, 0.08, 0.12), (0, -2.29, 0.33), 0.04, slot=TRIM),
    ]
    made += [slab((0.58, 0.02, 0.010), (0, -2.332, 0.56 + 0.028 * k), 0.004, slot=CHROME) for k in range(4)]
    made.append(ring(0.045, 0.007, (0, -2.338, 0.605), (0, 1, 0), slot=CHROME))
    made += plate_at(-2.335, 0.44, -1.0)
    for x in (-0.28, 0.30):
        made.append(bar((x, -1.00, 0.945), (x + 0.50, -0.90, 0.99), 0.008, slot=TRIM))
    hood = [hull.point(np.linspace(-2.02, -1.0, 14), np.full(14, 0.965), 0.0)]
    made += both_sides(seam(hood[0] + [0, 0, 0.012], 0.008))
    return made


def _saloon_rear(hull: Hull) -> list[Mesh]:
    made = both_sides(
        lamp((0.42, 0.14, 0.14), (0.52, 2.275, 0.78), TAIL, -0.26),
        lamp((0.10, 0.05, 0.05), (0.56, 2.30, 0.36), TAIL, -0.2),
    )
    made += [
        slab((0.9, 0.06, 0.16), (0, 2.29, 0.30), 0.03, slot=TRIM),
        slab((0.66, 0.03, 0.018), (0, 2.312, 0.73), 0.006, slot=CHROME),
    ]
    made += plate_at(2.314, 0.62, 1.0)
    made += [disc(0.035, 0.10, (s * 0.5, 2.27, 0.235), (0, 1, 0), slot=CHROME) for s in (-1, 1)]
    lid = hull.point(np.full(9, 2.10), np.linspace(0.6, 0.97, 9))
    made += both_sides(seam(lid))
    return made


def _saloon_sides(hull: Hull, striped: bool) -> list[Mesh]:
    """Door gaps, handles, mirrors, sills and bright window lines."""
    left: list[Mesh] = []
    for y, low, high in ((-0.86, 0.10, 0.93), (0.24, 0.06, 0.96)):
        share = np.linspace(low, high, 12)
        left.append(seam(hull.point(y + 0.05 * (share - 0.5), share, 0.0005)))
    share = np.linspace(0.42, 0.96, 10)
    left.append(seam(hull.point(1.28 - 0.16 * np.sin((share - 0.42) / 0.54 * np.pi / 2), share, 0.0005)))
    sill = np.linspace(-0.86, 0.86, 20)
    left.append(seam(hull.point(sill, np.full(20, 0.10), 0.0005)))
    for y in (0.06, 1.02):
        (at,) = hull.point(np.array([y]), np.array([0.80]))
        left.append(slab((0.026, 0.20, 0.028), (at[0] + 0.010, at[1], at[2]), 0.011, slot=PAINT))
    belt = np.linspace(-0.80, 1.30, 30)
    line = hull.point(belt, np.full(30, 1.0))
    left.append(ribbon(line + [-0.035, 0, 0.012], 0.012, 0.02, (1, 0, 0), slot=CHROME))
    mirror = meshes.moved(
        meshes.scaled(meshes.sphere(1.0, 24, 16, PAINT), (0.12, 0.075, 0.075)), (0.93, -0.66, 0.985)
    )
    glass = slab((0.17, 0.012, 0.10), (0.935, -0.592, 0.985), 0.005, slot=CHROME)
    left += [
        mirror,
        glass,
        tube([(0.80, -0.66, 0.93), (0.87, -0.66, 0.95), (0.90, -0.66, 0.98)], 0.02, slot=TRIM),
    ]
    if striped:
        band = np.linspace(-0.98, 0.90, 40)
        for middle, tall in ((0.52, 0.13),):
            line = hull.point(band, np.full(40, middle), 0.0015)
            left.append(_band(line, tall))
    return both_sides(*left)


def _band(line: Array, tall: float) -> Mesh:
    """A stripe of another colour along a side."""
    rings = []
    for point in line:
        low, high = point - [0.004, 0, tall / 2], point + [-0.004, 0, tall / 2]
        rings.append(
            [
                low + [0.004, 0, 0],
                point + [0.002, 0, 0],
                high + [0.004, 0, 0],
                high - [0.02, 0, 0],
                low - [0.02, 0, 0],
            ]
        )
    return meshes.loft(np.array(rings)[:, ::-1], SECOND, 0.6)


def _interior() -> list[Mesh]:
    """A dark tub up to the belt line, seats, dashboard and steering wheel."""
    made = [slab((1.56, 2.5, 0.04), (0, 0.35, 0.885), 0.01, slot=TRIM)]
    made += [*seats([(0.18, (0.36, -0.36))], 0.54, 0.48), *seats([(0.72, (0.36, -0.36))], 0.38, 0.48)]
    made.append(slab((1.44, 0.42, 0.16), (0, -0.62, 0.93), 0.06, slot=TRIM))
    lean = meshes.turn((1, 0, 0), 1.15)
    made.append(meshes.moved(ring(0.175, 0.014, slot=TRIM, count=40), (0.36, -0.30, 0.97), lean))
    made.append(meshes.moved(slab((0.30, 0.05, 0.03), slot=TRIM), (0.36, -0.30, 0.97), lean))
    return made


def _light_bar() -> list[Mesh]:
    """Two feet, a clear bar with blue ends, and a word of reflecting film on the bonnet's sides."""
    return [
        slab((1.08, 0.28, 0.03), (0, 0.42, 1.465), 0.012, slot=TRIM),
        slab((0.40, 0.26, 0.11), (0.36, 0.42, 1.53), 0.04, slot=SECOND),
        slab((0.40, 0.26, 0.11), (-0.36, 0.42, 1.53), 0.04, slot=SECOND),
        slab((0.30, 0.25, 0.09), (0, 0.42, 1.52), 0.03, slot=PLATE),
    ]


def _taxi_sign() -> list[Mesh]:
    return [
        slab((0.44, 0.15, 0.13), (0, 0.40, 1.52), 0.035, slot=SECOND),
        slab((0.48, 0.19, 0.025), (0, 0.40, 1.45), 0.01, slot=TRIM),
    ]


def van(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A delivery van: short raked nose, high closed box, sliding door on its right."""
    half, length = 0.98, 5.3
    hull = Hull(
        length,
        Line((-2.65, -2.3, -1.6, 2.3, 2.65), (0.86, 0.945, half, half, 0.95)),
        0.22,
        Line((-2.65, -2.3, -1.72, -1.3, 2.65), (0.86, 0.99, 1.13, 1.2, 1.2)),
        0.02,
        (-1.72, 1.42),
        0.40,
        0.345,
        0.16,
        (-1.75, 2.4),
    )
    levels = tuple(
        Level(z, f, r, w, b, 0.05)
        for z, f, r, w, b in (
            (1.05, -1.98, 2.60, 0.955, 0.30),
            (1.26, -1.80, 2.60, 0.955, 0.30),
            (1.5, -1.58, 2.595, 0.95, 0.26),
            (1.72, -1.38, 2.59, 0.94, 0.24),
            (1.84, -1.26, 2.585, 0.935, 0.22),
            (2.12, -1.0, 2.57, 0.915, 0.18),
            (2.22, -0.86, 2.54, 0.87, 0.14),
            (2.25, -0.76, 2.50, 0.81, 0.12),
        )
    )
    across = (-1.0, -0.93, -0.6, -0.2, 0.2, 0.6, 0.93, 1.0)
    rear = (-1.0, -0.86, -0.5, -0.08, 0.08, 0.5, 0.86, 1.0)
    cabin = Cabin(
        levels,
        (PAINT, GLASS, GLASS, GLASS, PAINT, PAINT, PAINT),
        across,
        "pgggggp",
        (0.0, 0.03, 0.14, 0.24, 0.28, 0.5, 0.75, 0.97, 1.0),
        "pgg....p",
        rear,
        "pggpggp",
        roof_crown=0.03,
        squareness=4.0,
    )
    made = both_sides(
        lamp((0.28, 0.20, 0.24), (0.72, -2.42, 0.86), TRIM, 0.5),
        lamp((0.22, 0.18, 0.18), (0.72, -2.455, 0.86), LAMP, 0.5),
        lamp((0.06, 0.06, 0.62), (0.93, 2.62, 1.18), TAIL),
        slab((0.14, 0.11, 0.26), (1.09, -1.42, 1.36), 0.05, slot=TRIM),
        bar((0.94, -1.42, 1.22), (1.08, -1.42, 1.26), 0.02, slot=TRIM),
        slab((0.03, 3.0, 0.10), (0.985, -0.15, 0.62), 0.012, slot=TRIM),
        slab((0.025, 0.20, 0.03), (0.992, -0.72, 1.02), 0.011, slot=TRIM),
    )
    z = np.linspace(0.28, 2.1, 16)

    def side(y: float) -> Array:
        return np.column_stack(
            [
                np.interp(z, [0.28, 0.6, 1.1, 1.8, 2.1], [0.955, 0.984, 0.962, 0.958, 0.935]) + 0.006,
                np.full(16, y),
                z,
            ]
        )

    made += both_sides(seam(side(-0.52)), seam(side(0.72)))
    made += [
        seam(np.column_stack([np.zeros(12), np.full(12, 2.65), np.linspace(0.4, 2.1, 12)])),
        slab((1.5, 0.10, 0.30), (0, -2.62, 0.42), 0.05, slot=TRIM),
    ]
    made += [
        slab((0.9, 0.06, 0.16), (0, -2.60, 0.80), 0.03, slot=TRIM),
        slab((0.8, 0.02, 0.014), (0, -2.635, 0.80), 0.004, slot=CHROME),
    ]
    made += [
        slab((1.7, 0.10, 0.14), (0, 2.66, 0.40), 0.03, slot=TRIM),
        *plate_at(-2.675, 0.50, -1.0),
        *plate_at(2.665, 0.62, 1.0),
    ]
    made += [
        slab((1.7, 1.2, 0.04), (0, -0.9, 1.12), 0.01, slot=TRIM),
        *seats([(-0.62, (0.45, -0.45))], 0.80, 0.52),
    ]
    made.append(
        meshes.moved(ring(0.20, 0.015, slot=TRIM, count=40), (0.45, -1.12, 1.24), meshes.turn((1, 0, 0), 0.8))
    )
    shapes = [
        block((1.84, 5.0, 0.9), wish.material, (0, 0.05, 0.72), label="body"),
        block((1.78, 3.5, 1.05), wish.material, (0, 0.8, 1.70), label="roof"),
        block((1.7, 1.2, 0.3), wish.material, (0, -1.9, 1.0), label="bonnet"),
    ]
    body = fused(
        "body",
        [solid(shapes, hull.mesh(), cabin.mesh()), seen(*made)],
        vehicle_surfaces(surface(wish, "car_paint", (0.70, 0.70, 0.68))),
        mass_kg=number(parameters, "mass") - 112.0,
        resonator=Resonator("plate", "steel", {"length": 1.6, "width": 1.2, "thickness": 0.0009}),
    )
    wheels = four_wheels(
        wheel_mesh(0.345, 0.22, 0.215, steel=True), 0.345, 0.22, 1.72, hull.axles, 28.0, "steel_rim"
    )
    spots: dict[str, Vec3] = {
        "top": (0.0, 0.9, 2.28),
        "seat_1": (0.45, -0.62, 0.80),
        "seat_2": (-0.45, -0.62, 0.80),
        "door": (1.45, -0.9, 0.0),
        "wheel": (0.45, -1.12, 1.24),
        "tip": (0.0, -2.65, 0.7),
    }
    return assembled([body, *wheels], wish.scale, spots=spots)
