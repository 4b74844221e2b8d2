"""Two-wheelers: bicycle and kick scooter. They face -y and stand on a prop stand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Joint, Mesh, Part, Resonator, Shape, Surface, Vec3
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
CRANKS, CRANK_M = "cranks", 0.165
DEVELOPMENT_M = 4.05
"""How far a bicycle goes in one turn of its cranks, as who rides it pedals."""
_CRANKS_KG, _CHAIN_X = 1.1, -0.042


def bicycle(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A city bicycle with a diamond frame, mudguards, chain, bell and lamp; wheels and cranks turn."""
    radius, base = number(parameters, "wheel"), number(parameters, "wheelbase")
    front, rear = -base / 2, base / 2
    bottom, seat, head = (0.0, 0.07, 0.285), (0.0, 0.235, 0.80), (0.0, -0.315, 0.82)
    head_low, saddle = (0.0, -0.345, 0.70), (0.0, 0.26, 0.945)
    made: list[Mesh] = [
        bar(head, seat, 0.0145),
        bar(head_low, bottom, 0.017),
        bar(bottom, (0.0, 0.255, 0.88), 0.0145),
        bar(head, head_low, 0.019),
        bar((0, -0.305, 0.86), head, 0.013, slot=CHROME),
        bar((0, 0.255, 0.86), (0, 0.262, 0.925), 0.0125, slot=CHROME),
        disc(0.022, 0.075, bottom, (1, 0, 0), slot=CHROME),
    ]
    sides = [
        bar((0.018, seat[1], seat[2] - 0.03), (0.066, rear, radius), 0.0075),
        bar((0.02, bottom[1], bottom[2]), (0.066, rear, radius), 0.0085),
        tube(
            [(0.0, -0.348, 0.69), (0.045, -0.355, 0.655), (0.055, -0.42, 0.46), (0.055, front, radius)],
            [0.014, 0.013, 0.011, 0.008],
            count=30,
        ),
        bar((0.03, -0.43, radius * 1.02), (0.05, front, radius), 0.003, slot=CHROME),
        tube(
            [(0.0, -0.31, 0.955), (0.12, -0.345, 0.985), (0.23, -0.30, 1.01), (0.29, -0.14, 1.0)],
            0.0115,
            slot=CHROME,
            count=40,
        ),
        bar((0.275, -0.19, 1.003), (0.297, -0.10, 0.998), 0.0165, slot=DARK),
        bar((0.22, -0.33, 0.99), (0.285, -0.26, 0.98), 0.005, slot=CHROME),
        disc(0.012, 0.012, (0.07, rear, radius), (1, 0, 0), slot=CHROME),
        disc(0.011, 0.012, (0.062, front, radius), (1, 0, 0), slot=CHROME),
    ]
    made += both_sides(*sides)
    made += _saddle(saddle) + _drive(bottom, rear, radius) + _fittings(front, rear, radius)
    shapes = [
        pillar((0, -0.32, 0.55), (0, -0.31, 0.95), 0.02, wish.material),
        block((0.03, 0.58, 0.03), wish.material, (0, -0.04, 0.81), label="frame"),
        block((0.03, 0.5, 0.05), wish.material, (0, -0.13, 0.50), meshes.turn((1, 0, 0), -0.78)),
        block((0.15, 0.24, 0.06), "leather", (0, 0.27, 0.93), label="seat"),
        block((0.58, 0.05, 0.04), wish.material, (0, -0.2, 0.99), label="handlebar"),
        block((0.12, 0.5, 0.04), wish.material, (0, 0.28, 0.30)),
        pillar((-0.02, 0.16, 0.26), (-0.21, 0.20, 0.008), 0.008, wish.material),
    ]
    surfaces = (
        surface(wish, "car_paint", (0.02, 0.12, 0.11)),
        Surface("tyre_rubber"),
        Surface("chrome"),
        Surface("black_rubber"),
        Surface("leather"),
        Surface("headlamp"),
        Surface("tail_lamp"),
    )
    body = fused(
        "body",
        [solid(shapes, made[0]), seen(*made[1:])],
        surfaces,
        mass_kg=number(parameters, "mass") - 3.2 - _CRANKS_KG,
        resonator=Resonator("tube", "steel", {"radius": 0.0145, "length": 0.58, "thickness": 0.001}),
    )
    cranks = _cranks(bottom, surfaces)
    wheels = [_spoked(name, radius, y) for name, y in (("wheel_front", front), ("wheel_rear", rear))]
    spots: dict[str, Vec3] = {
        "seat": (0.0, 0.27, 0.965),
        "top": (0.0, 0.27, 0.965),
        "grip_left": (0.287, -0.14, 1.0),
        "grip_right": (-0.287, -0.14, 1.0),
        "pedal_left": (0.13, 0.07 - CRANK_M, 0.285),
        "pedal_right": (-0.13, 0.07 + CRANK_M, 0.285),
        "crank": bottom,
        "tip": (0.0, front - radius, radius),
    }
    return assembled([body, cranks, *wheels], wish.scale, spots=spots)


def _saddle(at: Vec3) -> list[Mesh]:
    """A leather saddle: narrow nose to the front, broad behind, on two springs."""
    t = np.linspace(0, 1, 16)
    spine = np.column_stack(
        [0 * t, at[1] - 0.145 + 0.28 * t, at[2] + 0.012 - 0.014 * np.sin(np.pi * t) + 0.012 * t]
    )
    width = (
        0.04
        + 0.02 * t
        + 0.125
        * np.clip((t - 0.45) / 0.55, 0, 1) ** 1.2
        * np.sqrt(np.clip(1 - np.clip((t - 0.88) / 0.125, 0, 1) ** 2, 0, 1))
    )
    made = [ribbon(spine, np.maximum(width, 0.03), 0.034, (1, 0, 0), slot=SEAT)]
    turns = np.linspace(0, 5 * 2 * np.pi, 60)
    for s in (-1, 1):
        coil = np.column_stack(
            [
                s * 0.055 + 0.014 * np.cos(turns),
                at[1] + 0.085 + 0.014 * np.sin(turns),
                at[2] - 0.055 + 0.05 * turns / turns[-1],
            ]
        )
        made += [
            meshes.sweep(coil, 0.0025, 5, CHROME),
            bar(
                (s * 0.015, at[1] - 0.12, at[2] - 0.01),
                (s * 0.05, at[1] + 0.085, at[2] - 0.055),
                0.0035,
                slot=CHROME,
            ),
        ]
    return made


def _drive(bottom: Vec3, rear: float, radius: float) -> list[Mesh]:
    """Chain and sprocket, on the right side (-x)."""
    x = _CHAIN_X
    made = [disc(0.036, 0.008, (x, rear, radius), (1, 0, 0), slot=DARK, segments=32)]
    for s in (-1.0, 1.0):
        chain = (x, bottom[1], bottom[2] + s * 0.088), (x, rear, radius + s * 0.034)
        made.append(bar(*chain, 0.0042, slot=DARK, segments=6))
    return made


def _cranks(bottom: Vec3, surfaces: tuple[Surface, ...]) -> Part:
    """Chain wheel, cranks and pedals, which go round their axle together; the left one is ahead."""
    hub = (_CHAIN_X, 0.0, 0.0)
    made = [
        ring(0.088, 0.004, hub, (1, 0, 0), slot=CHROME, count=60),
        ring(0.078, 0.005, hub, (1, 0, 0), slot=CHROME, count=48),
    ]
    for k in range(5):
        a = 2 * np.pi * k / 5
        end = (_CHAIN_X, 0.082 * np.cos(a), 0.082 * np.sin(a))
        made.append(bar(hub, end, 0.006, slot=CHROME, segments=8))
    for s in (-1.0, 1.0):
        tip = (s * 0.062, -s * CRANK_M, 0.0)
        made += [
            ribbon(np.array([(s * 0.055, 0.0, 0.0), tip]), 0.024, 0.014, (0, 0, 1), slot=CHROME),
            slab((0.095, 0.075, 0.022), (s * 0.125, tip[1], tip[2]), 0.006, slot=DARK),
        ]
    reach = _CRANKS_KG * CRANK_M**2 / 3
    return Part(
        CRANKS,
        (),
        meshes.joined(*made),
        surfaces,
        mass_kg=_CRANKS_KG,
        inertia=(reach, reach / 3, reach),
        position=bottom,
        parent="body",
        joint=Joint("hinge", (1, 0, 0)),
    )


def _fittings(front: float, rear: float, radius: float) -> list[Mesh]:
    """Mudguards, carrier, lamp, bell, stand."""
    made = []
    for y, start, end in ((front, 0.25, 2.1), (rear, -0.15, 2.3)):
        a = np.linspace(start, end, 30)
        path = np.column_stack(
            [0 * a, y + (radius + 0.022) * np.cos(a), radius + (radius + 0.022) * np.sin(a)]
        )
        made.append(ribbon(path, 0.052, 0.003, (1, 0, 0), slot=FRAME))
    rack = radius * 2 + 0.045
    for s in (-1.0, 1.0):
        made += [
            bar((s * 0.05, rear - 0.16, rack), (s * 0.05, rear + 0.20, rack), 0.005, slot=DARK),
            bar((s * 0.05, rear + 0.1, rack), (s * 0.068, rear, radius), 0.004, slot=DARK),
        ]
    made += [
        bar((-0.05, rear + d, rack), (0.05, rear + d, rack), 0.005, slot=DARK) for d in (-0.16, 0.02, 0.20)
    ]
    made += [slab((0.05, 0.02, 0.03), (0, rear + 0.21, rack - 0.02), 0.008, slot=TAIL)]
    made += [
        disc(0.036, 0.05, (0, -0.40, 0.86), (0, 1, 0), slot=CHROME),
        disc(0.031, 0.004, (0, -0.427, 0.86), (0, 1, 0), slot=LAMP),
        bar((0, -0.33, 0.84), (0, -0.39, 0.85), 0.006, slot=CHROME),
    ]
    bell = meshes.lathe(
        np.array([(0, -0.008), (0.026, -0.008), (0.027, 0.0), (0.022, 0.014), (0.010, 0.021), (0, 0.022)]),
        28,
        CHROME,
    )
    made += [
        meshes.moved(bell, (-0.20, -0.31, 1.03)),
        bar((-0.02, 0.16, 0.27), (-0.21, 0.20, 0.008), 0.007, slot=DARK),
    ]
    return made


def _spoked(name: str, radius: float, y: float) -> Part:
    """A spoked wheel about the x axis."""
    rim, made = radius - 0.037, []
    made += [
        ring(radius - 0.018, 0.018, axis=(1, 0, 0), slot=0, count=80, segments=12),
        ring(rim + 0.002, 0.010, axis=(1, 0, 0), slot=1, count=80, segments=8),
    ]
    made += [
        disc(0.019, 0.07, axis=(1, 0, 0), slot=1, segments=24),
        disc(0.028, 0.004, (0.03, 0, 0), (1, 0, 0), slot=1),
        disc(0.028, 0.004, (-0.03, 0, 0), (1, 0, 0), slot=1),
    ]
    made += spokes(36, 0.027, 0.03, rim, 0.9, 0.0011)
    shape = Shape(
        "cylinder", (radius, 0.016), "rubber", orientation=meshes.turn((0, 1, 0), np.pi / 2), label="wheel"
    )
    mass = 1.6
    return Part(
        name,
        (shape,),
        meshes.joined(*made),
        (Surface("tyre_rubber"), Surface("chrome")),
        mass_kg=mass,
        inertia=(mass * radius**2 * 0.85, mass * radius**2 * 0.43, mass * radius**2 * 0.43),
        position=(0.0, y, radius),
        parent="body",
        joint=Joint("hinge", (1, 0, 0), damping=0.002),
        resonator=Resonator("disc", "rubber", {"radius": radius, "thickness": 0.03}),
    )


def scooter(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A kick scooter: deck, steering column with grips, two small wheels."""
    radius = number(parameters, "wheel")
    front, rear = -0.42, 0.40
    made = [
        slab((0.14, 0.56, 0.028), (0, 0.06, 0.085), 0.010),
        slab((0.125, 0.46, 0.002), (0, 0.06, 0.100), 0.0006, slot=DARK),
        tube([(0, -0.20, 0.085), (0, -0.28, 0.10), (0, -0.335, 0.20), (0, -0.345, 0.26)], 0.020, count=24),
        bar((0, -0.41, 0.16), (0, -0.30, 0.96), 0.017, slot=CHROME),
        bar((-0.24, -0.295, 0.99), (0.24, -0.295, 0.99), 0.013, slot=CHROME),
        bar((0, -0.30, 0.94), (0, -0.295, 0.99), 0.022, slot=DARK),
    ]
    made += both_sides(
        bar((0.13, -0.295, 0.99), (0.255, -0.295, 0.99), 0.0165, slot=DARK),
        bar((0.022, -0.405, 0.20), (0.026, front, radius), 0.009),
        bar((0.05, 0.30, 0.085), (0.03, rear, radius), 0.009),
    )
    a = np.linspace(0.5, 2.4, 14)
    made.append(
        ribbon(
            np.column_stack(
                [0 * a, rear + (radius + 0.012) * np.cos(a), radius + (radius + 0.012) * np.sin(a)]
            ),
            0.05,
            0.004,
            (1, 0, 0),
            slot=DARK,
        )
    )
    shapes = [
        block((0.14, 0.56, 0.028), wish.material, (0, 0.06, 0.085), label="top"),
        pillar((0, -0.40, 0.16), (0, -0.30, 0.96), 0.018, wish.material),
        block((0.5, 0.03, 0.03), wish.material, (0, -0.295, 0.99), label="handlebar"),
        pillar((-0.05, 0.2, 0.08), (-0.13, 0.22, 0.006), 0.008, wish.material),
    ]
    made.append(bar((-0.05, 0.2, 0.08), (-0.13, 0.22, 0.006), 0.007, slot=CHROME))
    surfaces = (
        surface(wish, "polished_aluminium"),
        Surface("tyre_rubber"),
        Surface("chrome"),
        Surface("black_rubber"),
    )
    body = fused(
        "body",
        [solid(shapes, made[0]), seen(*made[1:])],
        surfaces,
        mass_kg=3.6,
        resonator=Resonator("tube", "aluminium", {"radius": 0.017, "length": 0.8, "thickness": 0.002}),
    )
    turn = meshes.turn((0, 1, 0), np.pi / 2)
    wheels = [
        Part(
            name,
            (Shape("cylinder", (radius, 0.012), "urethane", orientation=turn, label="wheel"),),
            meshes.joined(
                disc(radius, 0.024, axis=(1, 0, 0), slot=0, bevel=0.006, segments=48),
                disc(radius * 0.62, 0.026, axis=(1, 0, 0), slot=1),
                disc(radius * 0.2, 0.03, axis=(1, 0, 0), slot=0),
            ),
            (Surface("urethane_wheel"), Surface("polished_aluminium")),
            mass_kg=0.25,
            position=(0.0, y, radius),
            parent="body",
            joint=Joint("hinge", (1, 0, 0), damping=0.0005),
            resonator=Resonator("disc", "urethane", {"radius": radius, "thickness": 0.024}),
        )
        for name, y in (("wheel_front", front), ("wheel_rear", rear))
    ]
    spots: dict[str, Vec3] = {
        "top": (0.0, 0.06, 0.101),
        "grip_left": (0.19, -0.295, 0.99),
        "grip_right": (-0.19, -0.295, 0.99),
        "tip": (0.0, -0.5, 0.1),
    }
    return assembled([body, *wheels], wish.scale, spots=spots)
