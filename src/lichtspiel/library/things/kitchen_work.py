"""What is worked on in a kitchen: dough, washing-up bowl, with sponge and wooden spoon."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Mesh, Resonator, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import triple
from lichtspiel.library.things.forms import (
    bar,
    block,
    plate_sound,
    rod_sound,
    seen,
    single,
    slab,
    solid,
    superellipse,
    tube,
)
from lichtspiel.library.things.joinery import capsule
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]


def dough(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A lump of dough, flattened by its own weight, with dents of hands in it."""
    radius, height = number(parameters, "radius"), number(parameters, "height")
    lump = meshes.scaled(meshes.sphere(1.0, 64, 36), (radius, radius * 0.82, height * 0.62))
    points = lump.vertices.copy()
    angle = np.arctan2(points[:, 1], points[:, 0])
    high = np.clip(points[:, 2] / (height * 0.62), -1, 1)
    for waves in (2, 3, 5):
        turned, deep = rng.uniform(0, 2 * np.pi), 0.05 / waves
        points[:, :2] *= (1 + deep * np.sin(waves * angle + turned) * (1 - high**2))[:, None]
    for x, y in ((-0.35, 0.25), (0.35, 0.25), (0.0, -0.2)):
        off = np.hypot(points[:, 0] / radius - x, points[:, 1] / radius - y)
        points[:, 2] -= 0.16 * height * np.exp(-((off / 0.26) ** 2)) * (points[:, 2] > 0)
    points[:, 2] = np.maximum(points[:, 2], -0.38 * height)
    made = Mesh(points, lump.corners, lump.sizes, lump.slots, None, 3.1)
    shape = block((1.5 * radius, 1.2 * radius, 0.9 * height), wish.material, (0, 0, 0.06 * height))
    return single(
        "dough",
        [solid(shape, made)],
        (surface(wish, "dough"),),
        wish,
        1.1,
        Resonator("block", wish.material, {"x": radius, "y": radius, "z": height}),
        {"top": (0.0, 0.0, 0.5 * height)},
    )


def washing_up_bowl(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A bowl full of water and suds, a plate sticking out of it."""
    width, depth, height = triple(parameters)
    rings = []
    for z, grows, wall in ((0.0, 0.84, 0), (height, 1.0, 0), (height, 1.0, 0.006), (0.01, 0.85, 0.006)):
        outline = superellipse(width * grows - 2 * wall, depth * grows - 2 * wall, 4.0, 48)
        rings.append(np.column_stack([outline, np.full(48, z)]))
    basin = meshes.loft(np.array(rings), 0, 0.6)
    rim = tube(
        np.column_stack([superellipse(width, depth, 4.0, 48), np.full(48, height)]),
        0.006,
        count=96,
        closed=True,
    )
    water = meshes.moved(
        meshes.extrude(superellipse(width * 0.94, depth * 0.94, 4.0, 48), 0.004, 1), (0, 0, height * 0.72)
    )
    suds = [
        meshes.moved(meshes.sphere(r, 12, 8, 2), (x * width * 0.4, y * depth * 0.38, height * 0.74))
        for x, y, r in np.column_stack(
            [rng.uniform(-1, 1, 70), rng.uniform(-1, 1, 70), rng.uniform(0.008, 0.026, 70)]
        )
    ]
    dish = meshes.lathe(
        np.array([(0, 0), (0.07, 0), (0.12, 0.016), (0.12, 0.02), (0.07, 0.006), (0, 0.006)]), 48, 3
    )
    stuck = meshes.moved(dish, (0.28 * width, 0.0, height * 0.8), meshes.turn((0.25, 1, 0), -1.25))
    shapes = [
        block((width * 0.9, depth * 0.9, 0.012), wish.material, (0, 0, 0.006)),
        *(block((0.012, depth, height), wish.material, (s * width * 0.47, 0, height / 2)) for s in (-1, 1)),
        *(block((width, 0.012, height), wish.material, (0, s * depth * 0.47, height / 2)) for s in (-1, 1)),
    ]
    surfaces = (
        surface(wish, "matte_plastic", (0.10, 0.26, 0.42)),
        Surface("water"),
        Surface("suds"),
        Surface("porcelain"),
    )
    return single(
        "bowl",
        [solid(shapes, basin, rim), seen(water, *suds, stuck)],
        surfaces,
        wish,
        6.0,
        plate_sound("plastic", width, depth, 0.003),
        {"top": (0.0, 0.0, height)},
    )


def sponge(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A kitchen sponge with its scouring side."""
    width, depth, height = triple(parameters)
    body = slab((width, depth, height * 0.8), (0, 0, height * 0.4), 0.006)
    scourer = slab((width, depth, height * 0.2), (0, 0, height * 0.9), 0.003, slot=1)
    return single(
        "sponge",
        [solid(block((width, depth, height), wish.material, (0, 0, height / 2)), body), seen(scourer)],
        (surface(wish, "foam", (0.82, 0.62, 0.06)), Surface("felt_green")),
        wish,
        0.02,
        Resonator("block", "foam", {"x": width, "y": depth, "z": height}),
        {"top": (0.0, 0.0, height)},
    )


def wooden_spoon(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A cook's wooden spoon lying along x, its bowl at +x."""
    length, lift = number(parameters, "length"), 0.008
    stem = bar((-length / 2, 0, lift), (length / 2 - 0.05, 0, lift), 0.006, segments=12)
    head = meshes.moved(
        meshes.scaled(meshes.sphere(1.0, 24, 14), (0.038, 0.027, 0.008)), (length / 2 - 0.036, 0, lift)
    )
    shape = capsule((-length / 2, 0, lift), (length / 2 - 0.01, 0, lift), 0.006, wish.material, "grip")
    return single(
        "spoon",
        [solid(shape, stem), seen(head)],
        (surface(wish, "beech"),),
        wish,
        0.05,
        rod_sound(wish.material, length, 0.006),
        {"grip": (-0.2 * length, 0.0, lift), "tip": (length / 2, 0.0, lift), "top": (0.0, 0.0, 2 * lift)},
    )
