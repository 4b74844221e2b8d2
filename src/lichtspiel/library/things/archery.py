"""What is shot: arrows and their target, a puck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Mesh, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.forms import bar, block, disc, pillar, ring, rod_sound, seen, single, solid
from lichtspiel.library.things.joinery import capsule
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]
QUARTER = np.pi / 2


def puck(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A disc of hard rubber with a knurled edge."""
    radius, height = number(parameters, "radius"), number(parameters, "height")
    body = meshes.moved(meshes.cylinder(radius, height, 48, 0.003), (0, 0, height / 2))
    shape = pillar((0, 0, 0), (0, 0, height), radius, wish.material)
    return single(
        "puck",
        [solid(shape, body)],
        (surface(wish, "black_rubber"),),
        wish,
        number(parameters, "mass"),
        Resonator("disc", wish.material, {"radius": radius, "thickness": height}),
        {"top": (0.0, 0.0, height)},
    )


def arrow(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """An arrow lying along y, its head at -y: shaft, three feathers, nock."""
    length, radius = number(parameters, "length"), 0.0046
    lift = 0.02
    shaft = bar((0, length / 2, lift), (0, -length / 2 + 0.03, lift), radius, segments=10)
    head = meshes.moved(
        meshes.lathe(np.array([(0, -0.012), (0.006, -0.012), (0.009, 0.0), (0, 0.05)]), 12, 1),
        (0, -length / 2 + 0.04, lift),
        meshes.turn((1, 0, 0), QUARTER),
    )
    outline = np.array([(0, 0), (0.0, 0.006), (0.02, 0.026), (0.105, 0.03), (0.12, 0.0)])
    flights = [
        meshes.moved(
            meshes.moved(
                meshes.extrude(outline[::-1], 0.0012, 2 if k else 3),
                (0, 0, 0),
                meshes.turn((0, 0, 1), QUARTER),
            ),
            (0, length / 2 - 0.145, lift),
            meshes.turn((0, 1, 0), k * 2 * np.pi / 3),
        )
        for k in range(3)
    ]
    # Behind its head an arrow slips past bow and hand.
    point = capsule(
        (0, -length / 2 + 0.06, lift), (0, -length / 2 + 0.01, lift), radius, wish.material, "point"
    )
    behind = capsule((0, length / 2 - 0.01, lift), (0, -length / 2 + 0.06, lift), radius, wish.material)
    shapes = (replace(behind, collides=False), point)
    surfaces = (
        surface(wish, "ash_handle"),
        Surface("steel"),
        Surface("feather_vane"),
        Surface("oil_paint", (0.6, 0.03, 0.02)),
    )
    return single(
        "arrow",
        [solid(shapes, shaft), seen(head, *flights)],
        surfaces,
        wish,
        0.032,
        rod_sound(wish.material, length, radius),
        {
            "grip": (0.0, length / 2 - 0.02, lift),
            "nock": (0.0, length / 2, lift),
            "tip": (0.0, -length / 2, lift),
        },
    )


def archery_target(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A straw boss with the five coloured zones on an easel; front -y."""
    radius, middle = number(parameters, "radius"), number(parameters, "height")
    boss = disc(radius * 1.06, 0.16, (0, 0.08, middle), (0, 1, 0), bevel=0.02, segments=64)
    zones: list[Mesh] = []
    for index, slot in enumerate((1, 2, 3, 4, 5)):
        zones.append(
            disc(
                radius * (1 - index / 5),
                0.004,
                (0, -0.001 - 0.0012 * index, middle),
                (0, 1, 0),
                slot=slot,
                bevel=0.0,
                segments=64,
            )
        )
        zones.append(
            ring(radius * (1 - index / 5), 0.002, (0, -0.004 - 0.0012 * index, middle), (0, 1, 0), slot=2)
        )
    legs = [
        bar((s * 0.18, 0.16, middle + radius), (s * 0.5, -0.02, 0.0), 0.025, slot=6, segments=10)
        for s in (-1, 1)
    ]
    legs.append(bar((0, 0.2, middle + radius * 0.9), (0, 0.95, 0.0), 0.025, slot=6, segments=10))
    legs.append(
        bar(
            (-0.42, 0.03, middle - radius * 1.02),
            (0.42, 0.03, middle - radius * 1.02),
            0.022,
            slot=6,
            segments=10,
        )
    )
    shapes = [
        Shape(
            "cylinder",
            (radius, 0.08),
            wish.material,
            (0, 0.08, middle),
            meshes.turn((1, 0, 0), QUARTER),
            label="boss",
        ),
        block((0.8, 0.9, 0.05), "wood", (0, 0.45, 0.025)),
    ]
    surfaces = (
        surface(wish, "straw"),
        Surface("matte_plastic", (0.75, 0.75, 0.72)),
        Surface("matte_plastic", (0.02, 0.02, 0.02)),
        Surface("matte_plastic", (0.02, 0.22, 0.55)),
        Surface("matte_plastic", (0.58, 0.02, 0.02)),
        Surface("matte_plastic", (0.85, 0.6, 0.02)),
        Surface("beech"),
    )
    centre: Vec3 = (0.0, -0.005, middle)
    return single(
        "target",
        [solid(shapes, boss), seen(*zones, *legs)],
        surfaces,
        wish,
        20.0,
        Resonator("disc", wish.material, {"radius": radius, "thickness": 0.16}),
        {"top": (0.0, 0.0, middle + radius), "opening": centre, "bull": centre},
        fixed=True,
    )
