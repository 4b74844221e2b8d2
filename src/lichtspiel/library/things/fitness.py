"""What people train with: barbell and skipping rope."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Joint, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.forms import (
    bar,
    disc,
    rod_sound,
    seen,
    single,
    solid,
)
from lichtspiel.library.things.joinery import capsule, fused
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]

QUARTER = np.pi / 2


def barbell(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """An Olympic bar along x with bumper plates (IWF: 2.2 m, 20 kg; discs of 450 mm)."""
    mass, radius = number(parameters, "mass"), 0.225
    made = [bar((-1.1, 0, radius), (1.1, 0, radius), 0.014, segments=16)]
    shapes = [capsule((-0.65, 0, radius), (0.65, 0, radius), 0.014, "steel", "grip")]
    for s in (-1.0, 1.0):
        made.append(bar((s * 0.66, 0, radius), (s * 1.1, 0, radius), 0.025, segments=20))
        made.append(disc(0.036, 0.03, (s * 0.665, 0, radius), (1, 0, 0)))
        for d, wide, slot in ((0.71, 0.055, 1), (0.762, 0.045, 2)):
            profile = np.array(
                [
                    (0.026, -0.5),
                    (0.07, -0.5),
                    (0.075, -0.35),
                    (0.19, -0.32),
                    (0.2, -0.5),
                    (0.22, -0.5),
                    (0.225, -0.42),
                    (0.225, 0.42),
                    (0.22, 0.5),
                    (0.2, 0.5),
                    (0.19, 0.32),
                    (0.075, 0.35),
                    (0.07, 0.5),
                    (0.026, 0.5),
                ]
            )
            ring_ = meshes.loft(
                np.array(
                    [
                        np.column_stack(
                            [
                                r * np.cos(a := np.linspace(0, 2 * np.pi, 64, endpoint=False)),
                                r * np.sin(a),
                                np.full(64, z * wide),
                            ]
                        )
                        for r, z in profile
                    ]
                ),
                slot,
                0.6,
                closed=True,
            )
            made.append(meshes.moved(ring_, (s * d, 0, radius), meshes.turn((0, 1, 0), QUARTER)))
        made.append(disc(0.034, 0.05, (s * 0.82, 0, radius), (1, 0, 0), slot=0))
        shapes.append(
            Shape(
                "cylinder",
                (radius, 0.055),
                "rubber",
                (s * 0.735, 0, radius),
                meshes.turn((0, 1, 0), QUARTER),
                label="plate",
            )
        )
    surfaces = (
        surface(wish, "chrome"),
        Surface("black_rubber", (0.36, 0.012, 0.012)),
        Surface("black_rubber"),
    )
    spots = {
        "grip": (0.0, 0.0, radius),
        "top": (0.0, 0.0, 2 * radius),
        "grip_left": (0.42, 0.0, radius),
        "grip_right": (-0.42, 0.0, radius),
    }
    return single(
        "barbell",
        [solid(shapes, made[0]), seen(*made[1:])],
        surfaces,
        wish,
        mass,
        rod_sound("steel", 2.2, 0.014),
        spots,
    )


def jump_rope(_: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A skipping rope lying in an arc, nearly a troposkein, with turned handles on its axis."""
    t = np.linspace(0, 1, 60)
    reach, lift = 0.35, 0.016
    path = np.column_stack([reach * (2 * t - 1), -1.08 * np.sin(np.pi * t) ** 0.7, np.zeros(60)])
    rope = fused(
        "rope",
        [seen(meshes.sweep(path, 0.0045, 8))],
        (surface(wish, "hemp_strand"),),
        # Its weight is on the axis: it is swung, and does not swing by itself.
        mass_kg=0.09,
        inertia=(0.03, 0.004, 0.03),
        position=(0.0, 0.0, lift),
        parent="handles",
        joint=Joint("hinge", (1.0, 0.0, 0.0)),
    )
    ends = [((s * (reach - 0.02), 0.0, 0.0), (s * (reach + 0.12), 0.0, 0.0)) for s in (-1, 1)]
    handles = fused(
        "handles",
        [
            solid(
                [capsule(start, end, 0.014, "wood", "grip")],
                bar(start, end, 0.014, segments=16),
            )
            for start, end in ends
        ],
        (Surface("lacquered_wood"),),
        mass_kg=0.12,
        resonator=rod_sound("wood", 0.14, 0.014),
        position=(0.0, 0.0, lift),
    )
    spots = {
        "grip": (-reach - 0.05, 0.0, lift),
        "grip_2": (reach + 0.05, 0.0, lift),
        "top": (0.0, 0.0, 2 * lift),
    }
    return assembled([handles, rope], wish.scale, spots=spots)
