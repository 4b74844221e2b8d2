"""What is aimed: darts and their board, longbow."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Joint, Mesh, Part, Resonator, Shape, Surface
from lichtspiel.library.bows import BRACE_M, HALVES
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.forms import (
    bar,
    block,
    disc,
    ring,
    rod_sound,
    seen,
    single,
    slab,
    solid,
)
from lichtspiel.library.things.joinery import capsule, fused
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]

QUARTER = np.pi / 2


def dart(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A steel-tip dart lying along x: point at +x, knurled barrel, shaft, four flights."""
    length = number(parameters, "length")
    lift = 0.013
    x0 = -length / 2
    profile = np.array(
        [
            (0, 0),
            (0.0012, 0.0005),
            (0.0012, 0.03),
            (0.0022, 0.033),
            (0.0034, 0.045),
            (0.0036, 0.05),
            (0.0030, 0.052),
            (0.0036, 0.054),
            (0.0030, 0.056),
            (0.0036, 0.058),
            (0.0030, 0.060),
            (0.0036, 0.062),
            (0.0036, 0.080),
            (0.0028, 0.083),
            (0.0012, 0.086),
            (0.0011, length - 0.004),
            (0, length),
        ]
    )
    body = meshes.moved(meshes.lathe(profile, 20), (x0, 0, lift), meshes.turn((0, 1, 0), QUARTER))
    flights = []
    for k in range(4):
        turn = meshes.turn((1, 0, 0), k * QUARTER + QUARTER / 2)
        outline = np.array([(0, 0), (0.042, 0), (0.028, 0.018), (0.004, 0.018)])
        flights.append(
            meshes.moved(
                meshes.moved(meshes.extrude(outline, 0.0006, 1), (x0 - 0.001, 0, 0)), (0, 0, lift), turn
            )
        )
    shapes = [
        capsule((x0 + 0.03, 0, lift), (length / 2 - 0.002, 0, lift), 0.003, wish.material, "point"),
        block((0.04, 0.026, 0.026), "plastic", (x0 + 0.02, 0, lift)),
    ]
    surfaces = (surface(wish, "brushed_steel"), Surface("glossy_plastic", (0.42, 0.02, 0.02)))
    spots = {"grip": (x0 + 0.066, 0.0, lift), "tip": (length / 2, 0.0, lift), "top": (0.0, 0.0, 2 * lift)}
    return single(
        "dart",
        [solid(shapes, body), seen(*flights)],
        surfaces,
        wish,
        0.024,
        rod_sound(wish.material, length, 0.003),
        spots,
    )


def dartboard(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A bristle board of twenty sectors on a stand, its bull's eye 1.73 m up (WDF rules)."""
    radius, height = 0.2255, number(parameters, "height")
    bull = (0.0, -0.03, height)
    made: list[Mesh] = [disc(radius, 0.038, (0, -0.011, height), (0, 1, 0), slot=0, segments=80, bevel=0.004)]
    rings_m = (
        (0.0, 0.00635, 4),
        (0.00635, 0.0159, 3),
        (0.0159, 0.099, 0),
        (0.099, 0.107, 1),
        (0.107, 0.162, 0),
        (0.162, 0.170, 1),
    )
    for low, high, kind in rings_m:
        for k in range(20 if kind < 2 else 1):
            slot = ((2, 5) if kind == 0 else (4, 3))[k % 2] if kind < 2 else kind
            made.append(_sector(low, high, k, 1 if kind >= 2 else 20, height, slot))
    for r in (0.0159, 0.099, 0.107, 0.162, 0.170):
        made.append(ring(r, 0.0008, (0, -0.0325, height), (0, 1, 0), slot=6, count=80, segments=6))
    for k in range(20):
        a = (k + 0.5) * 2 * np.pi / 20
        c, s = np.cos(a), np.sin(a)
        made.append(
            bar(
                (0.0159 * c, -0.0325, height + 0.0159 * s),
                (0.17 * c, -0.0325, height + 0.17 * s),
                0.0007,
                slot=6,
                segments=6,
            )
        )
    made += [
        slab((0.06, 0.03, height), (0, 0.03, height / 2), 0.006, slot=7),
        slab((0.7, 0.5, 0.03), (0, 0.1, 0.015), 0.008, slot=7),
    ]
    made.append(slab((0.52, 0.02, 0.52), (0, 0.02, height), 0.01, slot=7))
    shapes = [
        Shape(
            "cylinder",
            (radius, 0.02),
            wish.material,
            (0, -0.011, height),
            meshes.turn((1, 0, 0), QUARTER),
            label="board",
        ),
        block((0.06, 0.03, height), "wood", (0, 0.03, height / 2)),
        block((0.7, 0.5, 0.03), "wood", (0, 0.1, 0.015)),
    ]
    surfaces = (
        surface(wish, "black_rubber"),
        Surface("black_rubber"),
        Surface("matte_plastic", (0.02, 0.02, 0.02)),
        Surface("felt_green", (0.02, 0.22, 0.06)),
        Surface("felt_green", (0.42, 0.02, 0.02)),
        Surface("matte_plastic", (0.62, 0.54, 0.38)),
        Surface("chrome"),
        Surface("dark_wood"),
    )
    spots = {"top": (0.0, 0.0, height + radius), "bull": bull, "opening": bull}
    return single(
        "board",
        [solid(shapes, made[0]), seen(*made[1:])],
        surfaces,
        wish,
        14.0,
        Resonator("disc", "cork", {"radius": radius, "thickness": 0.038}),
        spots,
        fixed=True,
    )


def _sector(low: float, high: float, number_: int, count: int, height: float, slot: int) -> Mesh:
    steps = 3 if count > 1 else 40
    start = (number_ - 0.5) * 2 * np.pi / count
    angle = start + np.linspace(0, 2 * np.pi / count, steps + 1)
    inner = np.column_stack([max(low, 1e-4) * np.cos(angle), max(low, 1e-4) * np.sin(angle)])
    outer = np.column_stack([high * np.cos(angle), high * np.sin(angle)])
    outline = np.vstack([outer, inner[::-1]])
    return meshes.moved(
        meshes.extrude(outline, 0.002, slot), (0, -0.030, height), meshes.turn((1, 0, 0), QUARTER)
    )


def longbow(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A strung yew longbow lying in the plane x, y, its back to +y."""
    length, lift = number(parameters, "length"), 0.014
    t = np.linspace(-1, 1, 50)
    spine = np.column_stack([t * length / 2, -0.16 * t**2 + 0.08, 0 * t + lift])
    stave = meshes.sweep(spine, 0.0145 - 0.0085 * np.abs(t) ** 1.4, 12)
    # Each half reaches beyond the middle, since a drawn string is the longer way.
    half = bar((0.0, 0.0, 0.0), (-1.13 * length / 2, 0.0, 0.0), 0.0016, slot=1, segments=6)
    grip = meshes.sweep(spine[22:28], 0.0165, 14, 2)
    horns = [
        meshes.sweep(
            np.array([(s * length / 2 * 0.98, -0.075, lift), (s * (length / 2 + 0.02), -0.085, lift)]),
            np.array([0.0075, 0.003]),
            10,
            3,
        )
        for s in (-1, 1)
    ]
    shapes = [
        capsule(
            (spine[a][0], spine[a][1], lift), (spine[b][0], spine[b][1], lift), 0.011, wish.material, "grip"
        )
        for a, b in ((0, 12), (12, 37), (37, 49))
    ]
    spots = {"grip": (0.0, 0.08, lift), "string": (0.0, -0.08, lift), "top": (0.0, 0.08, 2 * lift)}
    surfaces = (surface(wish, "oiled_wood"), Surface("linen"), Surface("leather"), Surface("bakelite"))
    stave_part = fused(
        "bow",
        [solid(shapes, stave), seen(grip, *horns)],
        surfaces,
        mass_kg=0.75,
        resonator=rod_sound("wood", length, 0.012),
    )
    strings = [
        Part(
            name,
            (),
            meshes.moved(half, orientation=meshes.turn((0, 0, 1), 0.0 if side > 0 else np.pi)),
            surfaces,
            mass_kg=0.005,
            inertia=(1e-5, 5e-4, 5e-4),
            position=(side * length / 2, 0.08 - BRACE_M, lift),
            parent="bow",
            joint=Joint("fixed"),
        )
        for name, side in HALVES.items()
    ]
    return assembled([stave_part, *strings], wish.scale, spots=spots)
