"""Motorcycles. They face -y and stand on their stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Joint, Mesh, Part, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.coachwork import both_sides
from lichtspiel.library.things.forms import bar, block, disc, pillar, ribbon, ring, seen, slab, solid, tube
from lichtspiel.library.things.joinery import fused
from lichtspiel.library.things.spokes import spokes
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]

FRAME, RUBBER, CHROME, DARK, SEAT, LAMP, TAIL = range(7)


def motorcycle(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A classic roadster: teardrop tank, finned twin engine, chromed pipes, round lamp."""
    radius, base = number(parameters, "wheel"), number(parameters, "wheelbase")
    front, rear = -base / 2, base / 2
    tank = _lofted(
        [
            (-0.40, 0.05, 0.05, 0.86),
            (-0.36, 0.11, 0.085, 0.875),
            (-0.24, 0.145, 0.115, 0.88),
            (-0.08, 0.135, 0.105, 0.86),
            (0.06, 0.09, 0.075, 0.835),
            (0.10, 0.05, 0.04, 0.825),
        ],
        FRAME,
    )
    seat = _lofted(
        [
            (0.04, 0.09, 0.03, 0.80),
            (0.10, 0.125, 0.045, 0.795),
            (0.35, 0.14, 0.05, 0.79),
            (0.60, 0.125, 0.05, 0.815),
            (0.72, 0.10, 0.035, 0.825),
            (0.745, 0.06, 0.02, 0.825),
        ],
        SEAT,
    )
    made = [tank, seat]
    for z in (0.40, 0.47):
        made.append(slab((0.30, 0.34, 0.07), (0, -0.02, z), 0.03, slot=CHROME))
    for k in range(7):
        made += [
            slab((0.24, 0.13, 0.008), (0, y, 0.535 + 0.026 * k), 0.002, slot=CHROME) for y in (-0.10, 0.06)
        ]
    made += [slab((0.16, 0.10, 0.22), (0, y, 0.62), 0.02, slot=DARK) for y in (-0.10, 0.06)]
    made += both_sides(
        disc(0.085, 0.03, (0.155, 0.02, 0.42), (1, 0, 0), slot=CHROME),
        bar((0.055, -0.44, 0.93), (0.085, front, radius), 0.022, slot=CHROME),
        bar((0.07, -0.51, 0.72), (0.088, front, radius), 0.028, slot=DARK),
        tube(
            [
                (0.06, -0.16, 0.62),
                (0.11, -0.25, 0.52),
                (0.15, -0.20, 0.30),
                (0.17, 0.10, 0.24),
                (0.17, 0.35, 0.25),
            ],
            0.021,
            slot=CHROME,
            count=50,
        ),
        tube(
            [(0.17, 0.33, 0.25), (0.175, 0.45, 0.26), (0.18, 0.78, 0.30), (0.18, 0.84, 0.305)],
            [0.024, 0.042, 0.046, 0.034],
            slot=CHROME,
            count=30,
        ),
        bar((0.10, 0.28, 0.42), (0.13, rear, radius), 0.022, slot=DARK),
        bar((0.14, 0.45, 0.76), (0.145, rear + 0.02, radius + 0.04), 0.016, slot=CHROME),
        _coil(0.1425, (0.46, 0.74), (rear + 0.015, radius + 0.08)),
        tube(
            [(0.0, -0.42, 0.99), (0.14, -0.43, 1.02), (0.30, -0.34, 1.07), (0.40, -0.20, 1.05)],
            0.012,
            slot=CHROME,
            count=36,
        ),
        bar((0.32, -0.31, 1.066), (0.40, -0.20, 1.05), 0.018, slot=DARK),
        bar((0.28, -0.38, 1.05), (0.30, -0.40, 1.16), 0.005, slot=CHROME),
        disc(0.052, 0.012, (0.31, -0.40, 1.20), (0, 1, 0.1), slot=CHROME),
        slab((0.11, 0.025, 0.018), (0.22, 0.16, 0.36), 0.006, slot=DARK),
        disc(0.018, 0.05, (0.13, 0.72, 0.74), (0, 1, 0), slot=LAMP),
        bar((0.05, -0.40, 0.72), (0.06, 0.05, 0.36), 0.018, slot=DARK),
        bar((0.07, 0.05, 0.34), (0.10, 0.32, 0.46), 0.018, slot=DARK),
        bar((0.10, 0.30, 0.46), (0.11, 0.66, 0.76), 0.014, slot=DARK),
    )
    made += [
        meshes.moved(
            meshes.scaled(meshes.sphere(1.0, 32, 20, CHROME), (0.098, 0.10, 0.098)), (0, -0.53, 0.90)
        ),
        disc(0.088, 0.012, (0, -0.612, 0.90), (0, 1, 0), slot=LAMP),
        disc(0.045, 0.05, (0, -0.46, 1.02), (0, 0.6, 1), slot=CHROME),
    ]
    for y, start, end, r in ((front, 0.3, 2.2, radius + 0.03), (rear, 0.55, 2.35, radius + 0.04)):
        a = np.linspace(start, end, 26)
        made.append(
            ribbon(
                np.column_stack([0 * a, y + r * np.cos(a), radius + r * np.sin(a)]),
                0.15,
                0.008,
                (1, 0, 0),
                slot=FRAME,
            )
        )
    made += [
        slab((0.13, 0.05, 0.07), (0, 0.86, 0.70), 0.02, slot=TAIL),
        slab((0.2, 0.01, 0.14), (0, 0.90, 0.56), 0.004, slot=CHROME),
        bar((0.06, 0.1, 0.30), (0.24, 0.14, 0.008), 0.012, slot=DARK),
    ]
    shapes = [
        block((0.30, 0.9, 0.34), wish.material, (0, 0.05, 0.48), label="engine"),
        block((0.26, 0.45, 0.2), wish.material, (0, -0.16, 0.87), label="tank"),
        block((0.26, 0.62, 0.09), "leather", (0, 0.38, 0.79), label="seat"),
        block((0.78, 0.06, 0.05), wish.material, (0, -0.24, 1.05), label="handlebar"),
        block((0.18, 0.2, 0.2), wish.material, (0, -0.53, 0.9)),
        pillar((0.06, 0.1, 0.30), (0.24, 0.14, 0.008), 0.012, wish.material),
        pillar((-0.06, 0.1, 0.30), (-0.24, 0.14, 0.008), 0.012, wish.material),
    ]
    made.append(bar((-0.06, 0.1, 0.30), (-0.24, 0.14, 0.008), 0.012, slot=DARK))
    surfaces = (
        surface(wish, "car_paint", (0.012, 0.05, 0.026)),
        Surface("tyre_rubber"),
        Surface("chrome"),
        Surface("car_trim"),
        Surface("leather", (0.09, 0.035, 0.016)),
        Surface("headlamp"),
        Surface("tail_lamp"),
    )
    body = fused(
        "body",
        [solid(shapes, made[0]), seen(*made[1:])],
        surfaces,
        mass_kg=number(parameters, "mass") - 26.0,
        resonator=Resonator("block", "steel", {"x": 0.3, "y": 0.34, "z": 0.3}),
    )
    wheels = [
        _fat_wheel(name, radius, y, w)
        for name, y, w in (("wheel_front", front, 0.10), ("wheel_rear", rear, 0.13))
    ]
    spots: dict[str, Vec3] = {
        "seat": (0.0, 0.26, 0.84),
        "pillion": (0.0, 0.58, 0.86),
        "top": (0.0, 0.3, 0.84),
        "grip_left": (0.37, -0.24, 1.055),
        "grip_right": (-0.37, -0.24, 1.055),
        "pedal_left": (0.22, 0.16, 0.375),
        "pedal_right": (-0.22, 0.16, 0.375),
        "tip": (0.0, front - radius, radius),
    }
    return assembled([body, *wheels], wish.scale, spots=spots)


def _coil(x: float, top: tuple[float, float], low: tuple[float, float]) -> Mesh:
    """A shock absorber's spring."""
    t = np.linspace(0, 1, 110)
    turns = t * 9 * 2 * np.pi
    y, z = top[0] + (low[0] - top[0]) * t, top[1] + (low[1] - top[1]) * t
    return meshes.sweep(
        np.column_stack([x + 0.026 * np.cos(turns), y + 0.026 * np.sin(turns), z]), 0.0055, 6, CHROME
    )


def _lofted(sections: Sequence[tuple[float, float, float, float]], slot: int) -> Mesh:
    """A rounded body along y through (y, half width, half height, middle height)."""
    angle = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    keys: Array = np.array(sections)
    fine = np.linspace(0, 1, 26)
    rows = np.column_stack([np.interp(fine, np.linspace(0, 1, len(keys)), keys[:, k]) for k in range(4)])
    kernel = np.array([0.25, 0.5, 0.25])
    for k in range(1, 4):
        rows[1:-1, k] = np.convolve(rows[:, k], kernel, "valid")
    c, s = np.cos(angle), np.sin(angle)
    x, z = np.sign(c) * np.abs(c) ** 0.8, np.sign(s) * np.abs(s) ** 0.8
    rings = np.array([np.column_stack([w * x, np.full(32, y), m + h * z]) for y, w, h, m in rows])
    return meshes.loft(rings[:, ::-1], slot, 1.2)


def _fat_wheel(name: str, radius: float, y: float, wide: float) -> Part:
    rim = radius - wide * 0.75
    made = [
        meshes.scaled(
            ring(radius - wide * 0.46, wide * 0.46, axis=(1, 0, 0), slot=0, count=80, segments=18),
            (1.08, 1, 1),
        ),
        ring(rim + 0.012, 0.018, axis=(1, 0, 0), slot=1, count=80),
    ]
    made += [
        disc(0.05, 0.12, axis=(1, 0, 0), slot=1, segments=32),
        disc(0.11, 0.006, (0.075, 0, 0), (1, 0, 0), slot=1, segments=48),
        disc(0.14, 0.004, (-0.072, 0, 0), (1, 0, 0), slot=1, segments=48),
    ]
    made += spokes(40, 0.05, 0.045, rim, 0.7, 0.0022)
    shape = Shape(
        "cylinder", (radius, wide / 2), "rubber", orientation=meshes.turn((0, 1, 0), np.pi / 2), label="wheel"
    )
    return Part(
        name,
        (shape,),
        meshes.joined(*made),
        (Surface("tyre_rubber"), Surface("chrome")),
        mass_kg=13.0,
        position=(0.0, y, radius),
        parent="body",
        joint=Joint("hinge", (1, 0, 0), damping=0.02),
        resonator=Resonator("disc", "rubber", {"radius": radius, "thickness": wide}),
    )
