"""Winter gear: skis, poles, sled, skates, snowball."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Mesh, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.forms import (
    bar,
    block,
    disc,
    plate_sound,
    ribbon,
    rod_sound,
    seen,
    single,
    slab,
    solid,
    tube,
)
from lichtspiel.library.things.joinery import capsule, fused
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]


def skis(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A pair of carving skis with bindings, side by side along y, tips to -y; each is free."""
    length, gap = number(parameters, "length"), 0.17
    parts = []
    for name, x in (("left", gap / 2), ("right", -gap / 2)):
        t = np.linspace(0, 1, 44)
        y = (t - 0.5) * length
        lift = (
            0.004
            + 0.085 * np.clip((0.13 - t) / 0.13, 0, 1) ** 1.8
            + 0.02 * np.clip((t - 0.95) / 0.05, 0, 1) ** 2
        )
        width = 0.067 + 0.055 * np.abs(2 * (t - 0.54)) ** 1.7
        width = (
            width
            * np.sqrt(np.clip(1 - np.clip((0.035 - t) / 0.036, 0, 1) ** 2, 0.01, 1))
            * np.sqrt(np.clip(1 - np.clip((t - 0.99) / 0.011, 0, 1) ** 2, 0.05, 1))
        )
        spine = np.column_stack([0 * t, y, lift])
        ski = ribbon(
            spine, width, 0.008 + 0.006 * np.exp(-(((t - 0.55) / 0.2) ** 2)), (1, 0, 0), rounding=0.4
        )
        accent = ribbon(spine[6:17] + [0, 0, 0.0062], width[6:17] * 0.7, 0.0008, (1, 0, 0), slot=3)
        made = [
            accent,
            slab((0.05, 0.32, 0.012), (0, 0.09, 0.020), 0.004, slot=1),
            slab((0.075, 0.075, 0.05), (0, -0.06, 0.045), 0.014, slot=1),
            slab((0.07, 0.09, 0.07), (0, 0.27, 0.055), 0.016, slot=1),
            slab((0.05, 0.03, 0.03), (0, -0.11, 0.04), 0.008, slot=2),
        ]
        shapes = [
            block((0.08, length * 0.82, 0.012), wish.material, (0, length * 0.06, 0.007), label="top"),
            block((0.07, 0.42, 0.06), "plastic", (0, 0.1, 0.045)),
        ]
        parts.append(
            fused(
                name,
                [solid(shapes, ski), seen(*made)],
                (
                    surface(wish, "glossy_plastic", (0.02, 0.05, 0.16)),
                    Surface("matte_plastic", (0.02, 0.02, 0.02)),
                    Surface("chrome"),
                    Surface("glossy_plastic", (0.62, 0.30, 0.01)),
                ),
                position=(x, 0.0, 0.0),
                mass_kg=2.7,
                resonator=plate_sound("plywood", length, 0.08, 0.012),
            )
        )
    spots: dict[str, Vec3] = {
        "top": (0.0, 0.1, 0.03),
        "binding_left": (gap / 2, 0.1, 0.03),
        "binding_right": (-gap / 2, 0.1, 0.03),
        "tip": (0.0, -length / 2, 0.08),
    }
    return assembled(parts, wish.scale, spots=spots)


def ski_poles(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """Two ski poles lying along x, grips at -x; each is free."""
    length, parts = number(parameters, "length"), []
    for name, y in (("left", 0.09), ("right", -0.09)):
        lift = 0.036
        shaft = meshes.sweep(
            np.array([(-length / 2 + 0.1, 0, lift), (length / 2 - 0.03, 0, lift)]),
            np.array([0.008, 0.0055]),
            14,
        )
        grip = tube(
            [(-length / 2, 0, lift), (-length / 2 + 0.05, 0, lift), (-length / 2 + 0.12, 0, lift)],
            [0.019, 0.0145, 0.016],
            slot=1,
        )
        basket = disc(0.035, 0.006, (length / 2 - 0.09, 0, lift), (1, 0, 0), slot=1)
        tip = meshes.sweep(
            np.array([(length / 2 - 0.04, 0, lift), (length / 2, 0, lift)]), np.array([0.005, 0.001]), 10, 2
        )
        strap = tube(
            [
                (-length / 2 + 0.01, 0, lift),
                (-length / 2 + 0.05, 0.05, 0.012),
                (-length / 2 + 0.15, 0.05, 0.006),
                (-length / 2 + 0.11, 0.012, lift),
            ],
            0.004,
            slot=1,
        )
        shapes = [
            capsule((-length / 2, 0, lift), (length / 2, 0, lift), 0.009, wish.material, "grip"),
            Shape(
                "cylinder",
                (0.035, 0.003),
                "plastic",
                (length / 2 - 0.09, 0, lift),
                meshes.turn((0, 1, 0), np.pi / 2),
            ),
            Shape("sphere", (0.018,), "rubber", (-length / 2, 0, lift)),
        ]
        surfaces = (surface(wish, "polished_aluminium"), Surface("black_rubber"), Surface("chrome"))
        parts.append(
            fused(
                name,
                [solid(shapes, shaft), seen(grip, basket, tip, strap)],
                surfaces,
                position=(0.0, y, 0.0),
                mass_kg=0.26,
                resonator=rod_sound("aluminium", length, 0.007),
            )
        )
    spots: dict[str, Vec3] = {
        "grip": (-length / 2 + 0.06, 0.09, 0.036),
        "tip": (length / 2, 0.09, 0.036),
        "top": (0.0, 0.0, 0.05),
    }
    return assembled(parts, wish.scale, spots=spots)


def sled(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A wooden toboggan with bent runners shod with steel, slats and a rope; it faces -y."""
    length, half = number(parameters, "length"), 0.17
    made: list[Mesh] = []
    shapes = []
    for s in (-1.0, 1.0):
        a = np.linspace(0, 1, 30)
        y = length / 2 - length * 0.86 * a
        bend = np.clip((a - 0.8) / 0.2, 0, 1)
        path = np.vstack(
            [
                np.column_stack([np.full(30, s * half), y, 0.014 + 0.0 * a + 0.05 * bend**2]),
                [
                    (s * half, -length * 0.43, 0.12),
                    (s * half, -length * 0.455, 0.19),
                    (s * half, -length * 0.42, 0.25),
                    (s * half, -length * 0.34, 0.275),
                ],
            ]
        )
        made += [
            ribbon(path, 0.030, 0.024, (1, 0, 0)),
            ribbon(path[:30] - [0, 0, 0.0125], 0.026, 0.003, (1, 0, 0), slot=1),
        ]
        made += [
            bar((s * half, y_, 0.02), (s * half * 0.94, y_, 0.25), 0.013)
            for y_ in (-length * 0.16, length * 0.14, length * 0.38)
        ]
        shapes.append(
            block((0.03, length * 0.8, 0.024), wish.material, (s * half, 0.03, 0.012), label="runner")
        )
    for across in (-length * 0.16, length * 0.14, length * 0.38):
        made.append(slab((2 * half, 0.03, 0.022), (0, across, 0.245), 0.004))
    for x in np.linspace(-0.14, 0.14, 5):
        made.append(slab((0.045, length * 0.78, 0.014), (float(x), length * 0.05, 0.264), 0.004))
    rope = tube(
        [
            (-half, -length * 0.45, 0.20),
            (-0.09, -length * 0.6, 0.02),
            (0, -length * 0.68, 0.008),
            (0.09, -length * 0.6, 0.02),
            (half, -length * 0.45, 0.20),
        ],
        0.005,
        slot=2,
        count=50,
    )
    shapes.append(block((0.33, length * 0.78, 0.25), wish.material, (0, length * 0.05, 0.145), label="top"))
    surfaces = (surface(wish, "ash_handle"), Surface("steel"), Surface("rope"))
    spots = {
        "top": (0.0, 0.05, 0.272),
        "seat": (0.0, 0.1, 0.272),
        "grip": (0.0, -length * 0.68, 0.01),
        "tip": (0.0, -length / 2, 0.2),
    }
    return single(
        "sled",
        [solid(shapes, made[0]), seen(*made[1:], rope)],
        surfaces,
        wish,
        5.2,
        plate_sound("wood", length, 0.33, 0.014),
        spots,
    )


def skates(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A pair of boots on blades (`kind` ice) or on four wheels (`kind` roller); each is free."""
    ice = str(parameters["kind"]) == "ice"
    parts = []
    base = 0.075 if ice else 0.085
    for name, x in (("left", 0.08), ("right", -0.08)):
        rings = []
        for z, y0, y1, half in (
            (0.0, -0.135, 0.125, 0.040),
            (0.03, -0.138, 0.128, 0.046),
            (0.06, -0.105, 0.122, 0.044),
            (0.085, -0.045, 0.115, 0.042),
            (0.12, -0.005, 0.112, 0.043),
            (0.17, 0.0, 0.115, 0.046),
            (0.215, -0.008, 0.122, 0.050),
        ):
            a = np.linspace(0, 2 * np.pi, 36, endpoint=False)
            c, s = np.cos(a), np.sin(a)
            rings.append(
                np.column_stack(
                    [
                        half * np.sign(c) * np.abs(c) ** 0.85,
                        (y0 + y1) / 2 + (y1 - y0) / 2 * s,
                        np.full(36, base + 0.012 + z),
                    ]
                )
            )
        boot = meshes.loft(np.array(rings), 0, 1.0)
        made = [
            slab((0.084, 0.27, 0.014), (0, -0.005, base + 0.008), 0.005, slot=1),
            disc(0.040, 0.004, (0, 0.057, base + 0.2265), slot=4, segments=28),
        ]
        made += [
            bar(
                (-0.022, -0.085 + 0.022 * k, base + 0.064 + 0.02 * k),
                (0.022, -0.085 + 0.022 * k, base + 0.064 + 0.02 * k),
                0.0028,
                slot=3,
                segments=6,
            )
            for k in range(5)
        ]
        if ice:
            blade = np.column_stack(
                [
                    np.zeros(20),
                    np.linspace(-0.15, 0.145, 20),
                    0.012 + 0.02 * np.clip((np.linspace(1, 0, 20) - 0.8) / 0.2, 0, 1) ** 2,
                ]
            )
            made += [
                ribbon(blade, 0.024, 0.004, (0, 0, 1), slot=2),
                *(slab((0.012, 0.09, 0.05), (0, y, base - 0.028), 0.006, slot=1) for y in (-0.085, 0.09)),
            ]
            shapes = [block((0.004, 0.28, 0.024), "steel", (0, 0, 0.012), label="blade")]
        else:
            made += [slab((0.05, 0.24, 0.012), (0, 0, base - 0.014), 0.003, slot=1)]
            made += [
                disc(0.031, 0.032, (s * 0.036, y, 0.031), (1, 0, 0), slot=2, bevel=0.006)
                for s in (-1, 1)
                for y in (-0.09, 0.085)
            ]
            made += [bar((-0.036, y, 0.031), (0.036, y, 0.031), 0.006, slot=1) for y in (-0.09, 0.085)]
            shapes = [
                Shape(
                    "cylinder",
                    (0.031, 0.016),
                    "urethane",
                    (s * 0.036, y, 0.031),
                    meshes.turn((0, 1, 0), np.pi / 2),
                    label="wheel",
                )
                for s in (-1.0, 1.0)
                for y in (-0.09, 0.085)
            ]
        shapes.append(block((0.08, 0.25, 0.2), wish.material, (0, 0, base + 0.11), label="top"))
        surfaces = (
            surface(wish, "boot_leather"),
            Surface("matte_plastic", (0.02, 0.02, 0.02)),
            Surface("polished_steel" if ice else "urethane_wheel"),
            Surface("linen"),
            Surface("linen", (0.05, 0.05, 0.055)),
        )
        parts.append(
            fused(
                name,
                [solid(shapes, boot), seen(*made)],
                surfaces,
                position=(x, 0.0, 0.0),
                mass_kg=0.95,
                resonator=plate_sound("plastic", 0.27, 0.08, 0.01),
            )
        )
    spots: dict[str, Vec3] = {"top": (0.0, 0.06, base + 0.23), "grip": (0.08, 0.06, base + 0.23)}
    return assembled(parts, wish.scale, spots=spots)


def snowball(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A ball of packed snow, a little uneven."""
    radius = number(parameters, "radius")
    ball = meshes.sphere(radius, 72, 36)
    unit = ball.vertices / np.linalg.norm(ball.vertices, axis=1, keepdims=True)
    # Hands press it flat in places; what crumbles leaves a rough skin.
    dents = sum(
        size * np.cos(unit @ rng.normal(0, often, 3) + rng.uniform(0, 6))
        for size, often in [(0.011, 3.0)] * 7 + [(0.004, 12.0)] * 9
    )
    lumpy = meshes.moved(
        Mesh(
            ball.vertices * (1 + np.asarray(dents))[:, None], ball.corners, ball.sizes, ball.slots, None, 3.0
        ),
        (0, 0, radius),
    )
    low = float(lumpy.vertices[:, 2].min())
    lumpy = meshes.moved(lumpy, (0, 0, -low))
    mass = 4 / 3 * np.pi * radius**3 * 480
    return single(
        "ball",
        [solid(Shape("sphere", (radius,), wish.material, (0, 0, radius)), lumpy)],
        (surface(wish, "packed_snow"),),
        wish,
        mass,
        Resonator("sphere", wish.material, {"radius": radius}),
        {"top": (0.0, 0.0, 2 * radius)},
    )
