"""What wood is worked on with: plank on trestles, bench with a nailed board, chopping block, log."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Joint, Mesh, Part, Resonator, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled, triple
from lichtspiel.library.things.forms import bar, block, disc, pillar, plate_sound, seen, single, slab, solid
from lichtspiel.library.things.joinery import fused
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]
QUARTER = np.pi / 2
_KG_M3 = 650.0
"""Density of air-dried firewood."""


def sawhorse(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A plank across two trestles, its right end free to be sawn off, the cut begun."""
    width, depth, height = triple(parameters)
    thick, cut = 0.035, number(parameters, "cut")
    top = height - thick
    made: list[Mesh] = []
    for x in (-0.12 * width, 0.36 * width):
        made.append(slab((0.06, depth + 0.3, 0.07), (x, 0, top - 0.035), 0.004))
        for y in (-1, 1):
            for lean in (-1, 1):
                start = (x + 0.02 * lean, y * depth * 0.55, top - 0.02)
                made.append(bar(start, (x + 0.17 * lean, y * depth * 0.9, 0.01), 0.02, segments=8))
            made.append(slab((0.26, 0.02, 0.05), (x, y * depth * 0.76, 0.42 * top), 0.003))
    left = slab((width / 2 - cut, depth, thick), ((width / 2 + cut) / 2, 0, top + thick / 2), 0.003, slot=1)
    kerf = 0.004
    right = slab(
        (width / 2 + cut - kerf, depth, thick),
        ((-width / 2 + cut - kerf) / 2, 0, top + thick / 2),
        0.003,
        slot=1,
    )
    bridge = slab((0.01, depth * 0.7, thick * 0.6), (cut, -depth * 0.1, top + thick * 0.35), 0.0, slot=1)
    dust = meshes.moved(
        meshes.lathe(np.array([(0, 0), (0.12, 0), (0.07, 0.012), (0.02, 0.028), (0, 0.03)]), 24, 2),
        (cut, 0.02, 0.001),
    )
    shapes = [
        block((width, depth, thick), wish.material, (0, 0, top + thick / 2), label="plank"),
        *(
            block((0.3, 1.8 * depth, top), wish.material, (x, 0, top / 2))
            for x in (-0.12 * width, 0.36 * width)
        ),
    ]
    return single(
        "trestle",
        [solid(shapes, *made), seen(left, right, bridge, dust)],
        (surface(wish, "beech"), Surface("pine"), Surface("sawdust")),
        wish,
        24.0,
        plate_sound(wish.material, width, depth, thick),
        {"top": (0.0, 0.0, height)},
        fixed=True,
    )


def nailed_bench(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A work bench with a board on it: one nail stands out, two more are in already."""
    width, depth, height = triple(parameters)
    top, thick = height, 0.04
    stands = number(parameters, "nail")
    legs = [
        slab(
            (0.08, 0.08, top - 0.06),
            (sx * (width / 2 - 0.09), sy * (depth / 2 - 0.08), (top - 0.06) / 2),
            0.004,
        )
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    table = slab((width, depth, 0.06), (0, 0, top - 0.03), 0.004)
    rail = [slab((width - 0.16, 0.03, 0.1), (0, s * (depth / 2 - 0.08), 0.2), 0.004) for s in (-1, 1)]
    board = slab((0.62 * width, 0.16, thick), (0, 0.08, top + thick / 2), 0.003, slot=1)
    nails: list[Mesh] = []
    for x, out in ((0.0, stands), (0.14, 0.004), (0.28, 0.003)):
        nails.append(
            bar((x, 0.08, top + thick - 0.01), (x, 0.08, top + thick + out), 0.0024, slot=2, segments=10)
        )
        nails.append(disc(0.0065, 0.003, (x, 0.08, top + thick + out), slot=2, bevel=0.0006, segments=18))
    shapes = [
        block((width, depth, 0.06), wish.material, (0, 0, top - 0.03), label="top"),
        block((0.62 * width, 0.16, thick), wish.material, (0, 0.08, top + thick / 2), label="board"),
        *(
            block((0.08, depth, top - 0.06), wish.material, (s * (width / 2 - 0.09), 0, (top - 0.06) / 2))
            for s in (-1, 1)
        ),
    ]
    return single(
        "bench",
        [solid(shapes, table, *legs, *rail), seen(board, *nails)],
        (surface(wish, "beech"), Surface("pine"), Surface("steel")),
        wish,
        45.0,
        plate_sound(wish.material, width, depth, 0.06),
        {"top": (0.0, -0.12, height), "nail": (0.0, 0.08, top + thick + stands)},
        fixed=True,
    )


def chopping_block(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A stump with a log on it, whose halves come apart once it is struck; split logs lie about."""
    radius, height = number(parameters, "radius"), number(parameters, "height")
    made = [_trunk(radius, height, rng)]
    lying = meshes.moved(_split(0.075, 0.33), (0, 0, 0), meshes.turn((1, 0, 0), QUARTER))
    for angle, out in ((0.5, 1.75), (2.1, 1.6), (2.7, 2.1), (5.6, 1.9)):
        place = (out * radius * np.cos(angle), out * radius * np.sin(angle), 0.002)
        made.append(meshes.moved(lying, place, meshes.turn((0, 0, 1), 2.2 * angle)))
    surfaces = (surface(wish, "tree_bark"), Surface("softwood"))
    stump = fused(
        "block",
        [solid(pillar((0, 0, 0), (0, 0, height), radius * 0.96, wish.material, "top"), *made)],
        surfaces,
        mass_kg=60.0,
        resonator=Resonator("block", wish.material, {"x": radius, "y": radius, "z": height}),
        joint=Joint("fixed"),
    )
    log, long = number(parameters, "log"), number(parameters, "log_height")
    halves = [_half(side, log, long, height, wish) for side in (-1.0, 1.0)]
    return assembled([stump, *halves], wish.scale, spots={"top": (0.0, 0.0, height + long)})


def _half(side: float, radius: float, long: float, height: float, wish: Wish) -> Part:
    """One half of the log on a stump of this height, left (-1) or right of the blade that parts them."""
    wood = meshes.moved(_split(radius, long), (0, 0, long / 2), meshes.turn((0, 0, 1), -side * QUARTER))
    # An axe has room between them.
    bulk = block((0.65 * radius, 1.1 * radius, long), wish.material, (side * 0.675 * radius, 0, long / 2))
    return fused(
        "half_right" if side > 0 else "half_left",
        [solid(bulk, meshes.moved(wood, (side * 0.0015, 0, 0)))],
        (surface(wish, "tree_bark"), Surface("softwood")),
        mass_kg=_KG_M3 * np.pi / 2 * radius**2 * long,
        resonator=Resonator("block", wish.material, {"x": radius, "y": radius / 2, "z": long}),
        position=(0.0, 0.0, height),
    )


def log(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A log of firewood, standing on its sawn end."""
    radius, height = number(parameters, "radius"), number(parameters, "height")
    return single(
        "log",
        [
            solid(
                pillar((0, 0, 0), (0, 0, height), radius * 0.97, wish.material, "top"),
                _trunk(radius, height, rng),
            )
        ],
        (surface(wish, "tree_bark"), Surface("softwood")),
        wish,
        _KG_M3 * np.pi * radius**2 * height,
        Resonator("block", wish.material, {"x": radius, "y": radius, "z": height}),
        {"top": (0.0, 0.0, height)},
    )


def _trunk(radius: float, height: float, rng: Generator) -> Mesh:
    """A piece of a trunk: bark round it (slot 0), sawn wood at its ends (slot 1)."""
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    bent = np.ones(40)
    for waves in (2, 3, 5):
        bent += 0.03 / waves * np.sin(waves * angle + rng.uniform(0, 6.28))
    outline = radius * bent[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    bark = meshes.extrude(outline, height)
    ends = [
        meshes.moved(meshes.extrude(0.93 * outline, 0.002, 1), (0, 0, z)) for z in (height - 0.0005, -0.0005)
    ]
    return meshes.joined(bark, *ends)


def _split(radius: float, length: float) -> Mesh:
    """Half a log along z, bark (slot 0) on its round side and wood (slot 1) on the flat one."""
    angle = np.linspace(0, np.pi, 16)
    outline = radius * np.column_stack([np.cos(angle), np.sin(angle)])
    bark = meshes.moved(meshes.extrude(outline, length), (0, 0, -length / 2))
    face = slab((1.9 * radius, 0.004, length * 1.005), (0, 0, 0), 0.0, slot=1)
    ends = [
        meshes.moved(meshes.extrude(0.95 * outline, 0.002, 1), (0, 0, z))
        for z in (length / 2 - 0.0005, -length / 2 - 0.0015)
    ]
    return meshes.joined(bark, face, *ends)
