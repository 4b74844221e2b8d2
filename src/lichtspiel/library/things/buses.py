"""Buses and railway carriages: long glazed boxes with rows of seats."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Mesh, Resonator, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.coachwork import (
    CHROME,
    GLASS,
    LAMP,
    PAINT,
    SECOND,
    TAIL,
    TRIM,
    Cabin,
    Level,
    both_sides,
    four_wheels,
    lamp,
    plate_at,
    seats,
    vehicle_surfaces,
    wheel_mesh,
)
from lichtspiel.library.things.forms import bar, block, disc, plate, ring, seen, slab, solid
from lichtspiel.library.things.joinery import fused
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]
ACROSS = (-1.0, -0.97, -0.9, -0.55, -0.02, 0.02, 0.55, 0.9, 0.97, 1.0)


def bus(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A city bus, with one deck or two (`decks`); doors on its right side."""
    length, half, decks = (
        number(parameters, "length"),
        number(parameters, "width") / 2,
        int(number(parameters, "decks")),
    )
    front, rear = -length / 2, length / 2
    levels, bands = _bus_levels(front, rear, half, decks)
    count = int(length / 1.45)
    edges = np.linspace(0.03, 0.98, count + 1)
    side: list[float] = [0.0, 0.02]
    kinds = "p"
    for low, high in itertools.pairwise(edges):
        side += [float(low) + 0.004, float(high) - 0.004]
        kinds += "pg"
    side += [0.99, 1.0]
    kinds += "pp"
    cabin = Cabin(
        levels,
        bands,
        ACROSS,
        "ppggpggpp",
        tuple(side),
        kinds,
        ACROSS,
        "ppggpggpp",
        pillar=TRIM,
        roof_crown=0.07,
        squareness=5.0,
    )
    axles = (front + 2.35, rear - 2.55)
    top = levels[-1].height + 0.07
    made = _bus_front(front, half, decks) + _bus_rear(rear, half) + _bus_sides(half, axles, front)
    floors = [0.72, 2.50][:decks]
    for deck in floors:
        rows = [(float(y), (half - 0.42, -half + 0.42)) for y in np.arange(front + 2.2, rear - 0.9, 0.95)]
        made += seats(rows, deck + 0.42, 0.62)
        made.append(slab((2 * half - 0.12, length - 0.35, 0.05), (0, 0.05, deck), 0.01, slot=TRIM))
    made += seats([(front + 0.75, (half - 0.62,))], 1.08, 0.5)
    made.append(slab((2 * half - 0.3, 0.34, 0.24), (0, front + 0.42, 1.14), 0.08, slot=TRIM))
    made.append(
        meshes.moved(
            ring(0.24, 0.016, slot=TRIM, count=40),
            (half - 0.62, front + 0.60, 1.32),
            meshes.turn((1, 0, 0), 0.5),
        )
    )
    shapes = [
        block(
            (2 * half - 0.06, length - 0.2, top - 0.45),
            wish.material,
            (0, 0, 0.40 + (top - 0.45) / 2),
            label="body",
        ),
    ]
    body = fused(
        "body",
        [solid(shapes, cabin.mesh()), seen(*made)],
        vehicle_surfaces(surface(wish, "car_paint", (0.42, 0.008, 0.010)), Surface("display_amber")),
        mass_kg=number(parameters, "mass") - 4 * 90.0,
        resonator=Resonator("plate", "steel", {"length": 1.6, "width": 1.2, "thickness": 0.0012}),
    )
    wheels = four_wheels(
        wheel_mesh(0.48, 0.28, 0.29, steel=True), 0.48, 0.28, 2 * half - 0.17, axles, 90.0, "steel_rim"
    )
    spots: dict[str, Vec3] = {
        "top": (0.0, 0.0, top),
        "seat_1": (half - 0.62, front + 0.75, 1.08),
        "door": (-half - 0.45, front + 0.95, 0.0),
        "tip": (0.0, front, 1.0),
        "window": (half, 0.0, 1.6),
    }
    return assembled([body, *wheels], wish.scale, spots=spots)


def _bus_levels(
    front: float, rear: float, half: float, decks: int
) -> tuple[tuple[Level, ...], tuple[int, ...]]:
    """Skirt, waist, windows and roof; a second row of windows for an upper deck."""
    rows: list[tuple[float, float, float, int]] = [
        (0.30, 0.04, 0.985, TRIM),
        (0.38, 0.0, 0.997, PAINT),
        (1.20, 0.0, 1.0, PAINT),
        (1.26, 0.01, 0.998, GLASS),
        (2.18, 0.07, 0.992, PAINT),
    ]
    if decks == 2:
        rows += [
            (2.26, 0.08, 0.990, PAINT),
            (2.84, 0.11, 0.988, GLASS),
            (3.72, 0.20, 0.975, PAINT),
            (3.98, 0.25, 0.955, PAINT),
        ]
        rows += [(4.16, 0.34, 0.90, PAINT), (4.24, 0.48, 0.82, PAINT)]
    else:
        rows += [
            (2.52, 0.10, 0.985, PAINT),
            (2.78, 0.14, 0.96, PAINT),
            (2.92, 0.24, 0.91, PAINT),
            (2.98, 0.36, 0.84, PAINT),
        ]
    levels = tuple(
        Level(z, front + lean, rear - 0.5 * lean, half * share, 0.20, 0.10) for z, lean, share, _ in rows
    )
    return levels, tuple(row[3] for row in rows[:-1])


def _bus_front(front: float, half: float, decks: int) -> list[Mesh]:
    """Lamps, bumper, destination display, mirrors, wipers and plate."""
    high = 2.42 if decks == 2 else 2.36
    made = both_sides(
        lamp((0.34, 0.12, 0.20), (half - 0.36, front + 0.035, 0.78), TRIM, 0.16),
        lamp((0.14, 0.12, 0.14), (half - 0.44, front + 0.015, 0.78), LAMP, 0.1),
        lamp((0.13, 0.12, 0.14), (half - 0.28, front + 0.045, 0.78), LAMP, 0.22),
        bar((half - 0.06, front + 0.16, 2.12), (half + 0.16, front - 0.10, 2.05), 0.018, slot=TRIM),
        slab((0.20, 0.09, 0.36), (half + 0.17, front - 0.10, 1.88), 0.035, slot=TRIM),
    )
    made += [
        slab((2 * half - 0.5, 0.12, 0.22), (0, front + 0.01, 0.46), 0.05, slot=TRIM),
        *plate_at(front - 0.06, 0.46, -1.0),
    ]
    made += [
        slab((1.62, 0.10, 0.30), (0, front + 0.09, high), 0.02, slot=TRIM),
        slab((1.02, 0.012, 0.17), (-0.18, front + 0.036, high), 0.004, slot=SECOND),
    ]
    made.append(slab((0.30, 0.012, 0.19), (0.58, front + 0.036, high), 0.004, slot=SECOND))
    made.append(slab((0.7, 0.04, 0.12), (0, front + 0.0, 0.98), 0.02, slot=TRIM))
    for x in (-0.1, 0.16):
        made.append(bar((x, front - 0.005, 1.24), (x + 0.78, front + 0.03, 1.36), 0.012, slot=TRIM))
    return made


def _bus_rear(rear: float, half: float) -> list[Mesh]:
    made = both_sides(
        lamp((0.12, 0.08, 0.34), (half - 0.16, rear - 0.05, 0.95), TAIL),
        lamp((0.12, 0.08, 0.12), (half - 0.16, rear - 0.05, 0.66), TAIL),
    )
    made += [slab((1.5, 0.03, 0.03), (0, rear + 0.004, 0.56 + 0.06 * k), 0.008, slot=TRIM) for k in range(8)]
    made += [
        slab((2 * half - 0.5, 0.12, 0.16), (0, rear - 0.01, 0.42), 0.04, slot=TRIM),
        *plate_at(rear + 0.03, 1.12, 1.0),
    ]
    return made


def _bus_sides(half: float, axles: tuple[float, float], front: float) -> list[Mesh]:
    """Wheel arches and a bright line on both sides; glazed doors on the right."""
    left = [
        slab(
            (0.012, abs(axles[1] - axles[0]) - 1.4, 0.05),
            (half + 0.004, (axles[0] + axles[1]) / 2, 0.72),
            0.004,
            slot=CHROME,
        )
    ]
    for y in axles:
        # The arch is a half disc: its lower half is under the skirt.
        left.append(_arch(half + 0.016, y))
    made = both_sides(*left)
    for y in (front + 0.95,):
        for k in (-1, 1):
            made.append(slab((0.02, 0.58, 1.78), (-half - 0.002, y + k * 0.30, 1.28), 0.008, slot=TRIM))
            made.append(slab((0.02, 0.44, 1.52), (-half - 0.006, y + k * 0.30, 1.36), 0.02, slot=CHROME))
            made.append(slab((0.02, 0.42, 1.50), (-half - 0.009, y + k * 0.30, 1.36), 0.02, slot=TRIM))
    return made


def _arch(x: float, y: float) -> Mesh:
    """The dark recess of a wheel in a side: a disc cut off at the skirt."""
    angle = np.linspace(-0.3, np.pi + 0.3, 48)
    outline = 0.60 * np.column_stack([np.cos(angle), np.sin(angle)])
    # Drawn in x and y; stood up so that x runs along the vehicle, y up and the thickness outward.
    return meshes.moved(plate(outline, 0.02, slot=TRIM), (x, y, 0.48), (0.5, 0.5, 0.5, 0.5))


def train_carriage(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A railway passenger carriage on two bogies; its buffers point along y."""
    length, half = number(parameters, "length"), number(parameters, "width") / 2
    front, rear = -length / 2, length / 2
    rows = [
        (1.02, 0.05, 0.97, TRIM),
        (1.12, 0.0, 0.995, PAINT),
        (2.02, 0.0, 1.0, PAINT),
        (2.08, 0.0, 0.998, GLASS),
        (2.98, 0.0, 0.985, PAINT),
        (3.35, 0.02, 0.955, SECOND),
        (3.62, 0.05, 0.86, SECOND),
        (3.80, 0.10, 0.70, SECOND),
    ]
    levels = tuple(
        Level(z, front + lean, rear - lean, half * share, 0.05, 0.05) for z, lean, share, _ in rows
    )
    count = 10
    edges = np.linspace(0.11, 0.89, count + 1)
    side: list[float] = [0.0, 0.05]
    kinds = "."
    for low, high in itertools.pairwise(edges):
        side += [float(low) + 0.009, float(high) - 0.009]
        kinds += ".g"
    side += [0.95, 1.0]
    kinds += ".."
    across = (-1.0, -0.9, -0.3, 0.3, 0.9, 1.0)
    cabin = Cabin(
        levels,
        tuple(r[3] for r in rows[:-1]),
        across,
        ".....",
        tuple(side),
        kinds,
        across,
        ".....",
        roof_crown=0.10,
        squareness=8.0,
    )
    made: list[Mesh] = []
    made += seats(
        [(float(y), (half - 0.42, -half + 0.42)) for y in np.arange(front + 3.4, rear - 3.0, 1.05)], 1.72, 0.9
    )
    made.append(slab((2 * half - 0.1, length - 0.4, 0.06), (0, 0, 1.28), 0.01, slot=TRIM))
    left = [
        slab((0.02, 0.9, 1.9), (half + 0.0, y, 2.05), 0.02, slot=SECOND) for y in (front + 1.15, rear - 1.15)
    ]
    left += [
        slab((0.02, 0.42, 0.72), (half + 0.006, y, 2.5), 0.05, slot=TRIM) for y in (front + 1.15, rear - 1.15)
    ]
    left += [
        bar((half + 0.05, y + 0.56, 1.5), (half + 0.05, y + 0.56, 2.4), 0.016, slot=CHROME)
        for y in (front + 1.15, rear - 1.15)
    ]
    left.append(slab((0.016, length - 3.6, 0.12), (half + 0.002, 0, 1.72), 0.004, slot=SECOND))
    for y in (front, rear):
        s = np.sign(y)
        left += [
            bar((0.87, y, 1.05), (0.87, y + s * 0.45, 1.05), 0.07, slot=TRIM),
            disc(0.20, 0.05, (0.87, y + s * 0.47, 1.05), (0, 1, 0), slot=TRIM),
        ]
    made += both_sides(*left)
    shapes = [block((2 * half - 0.1, length - 0.2, 2.85), wish.material, (0, 0, 2.45), label="body")]
    for y in (front + 3.4, rear - 3.4):
        made += [
            slab((2.1, 2.9, 0.22), (0, y, 0.72), 0.06, slot=TRIM),
            slab((1.9, 0.5, 0.5), (0, y, 0.75), 0.05, slot=TRIM),
        ]
        for s in (-1.0, 1.0):
            made += [slab((0.10, 3.1, 0.24), (s * 1.02, y, 0.60), 0.05, slot=TRIM)]
            made += [disc(0.13, 0.14, (s * 1.06, y + d, 0.46), (1, 0, 0), slot=TRIM) for d in (-1.25, 1.25)]
    made.append(slab((1.8, 6.0, 0.5), (0, 0, 0.78), 0.08, slot=TRIM))
    body = fused(
        "body",
        [solid(shapes, cabin.mesh()), seen(*made)],
        vehicle_surfaces(
            surface(wish, "car_paint", (0.03, 0.10, 0.055)), Surface("painted_metal", (0.50, 0.46, 0.36))
        ),
        mass_kg=number(parameters, "mass") - 8 * 350.0,
        resonator=Resonator("plate", "steel", {"length": 2.0, "width": 1.5, "thickness": 0.002}),
    )
    axles = (front + 2.15, front + 4.65, rear - 4.65, rear - 2.15)
    wheels = four_wheels(_rail_wheel(), 0.46, 0.13, 1.50, axles, 350.0, "steel_rim")
    spots: dict[str, Vec3] = {
        "top": (0.0, 0.0, 3.95),
        "door": (half + 0.5, front + 1.15, 0.0),
        "tip": (0.0, front, 1.05),
        "window": (half, 0.0, 2.5),
    }
    return assembled([body, *wheels], wish.scale, spots=spots)


def _rail_wheel() -> Mesh:
    """A solid wheel with a flange on its inner side, its face towards +x."""
    profile = np.array(
        [
            (0, -0.07),
            (0.49, -0.07),
            (0.50, -0.05),
            (0.495, -0.035),
            (0.463, -0.03),
            (0.46, 0.065),
            (0.40, 0.065),
            (0.385, 0.03),
            (0.16, 0.0),
            (0.14, 0.05),
            (0.12, 0.08),
            (0, 0.085),
        ]
    )
    return meshes.moved(meshes.lathe(profile, 64, 1), orientation=meshes.turn((0, 1, 0), np.pi / 2))
