"""Building blocks: block, plank, brick and a wall of bricks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Part, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled, triple, vector
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]

BRICK_TONES = (0.82, 1.12)
"""Bricks of one firing differ in tone by about so much."""


def block(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A plain block with rounded edges."""
    size = triple(parameters)
    part = _solid("block", size, number(parameters, "bevel"), wish, surface(wish, str(parameters["look"])))
    part = replace(part, resonator=Resonator("block", wish.material, dict(zip("xyz", size, strict=True))))
    return assembled([part], wish.scale, spots=_on_top(size))


def plank(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A sawn board, lying flat along x."""
    size = triple(parameters)
    part = _solid("plank", size, number(parameters, "bevel"), wish, surface(wish, str(parameters["look"])))
    ring = Resonator("bar", wish.material, {"length": size[0], "width": size[1], "thickness": size[2]})
    return assembled([replace(part, resonator=ring)], wish.scale, spots=_on_top(size))


def brick(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A fired brick, lying on its bed face."""
    size = triple(parameters)
    return assembled(
        [_brick("brick", size, 0.0, 0.0, parameters, wish, rng)], wish.scale, spots=_on_top(size)
    )


def brick_wall(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """Bricks stacked dry in stretcher bond; every brick is free."""
    length, depth, height = triple(parameters)
    columns, courses = int(number(parameters, "columns")), int(number(parameters, "courses"))
    gap, width = number(parameters, "gap"), number(parameters, "columns") * length
    parts: list[Part] = []
    for course in range(courses):
        lengths = [length] * columns
        if course % 2:
            lengths = [length / 2, *([length] * (columns - 1)), length / 2]
        cursor = -width / 2
        for column, own in enumerate(lengths):
            name = f"brick_{course + 1}_{column + 1}"
            size = (own - gap, depth, height)
            middle = cursor + own / 2
            parts.append(_brick(name, size, middle, course * height, parameters, wish, rng))
            cursor += own
    top = (0.0, 0.0, courses * height)
    return assembled(parts, wish.scale, spots={"top": top, "edge": (0.0, -depth / 2, top[2])})


def _on_top(size: Vec3) -> dict[str, Vec3]:
    return {"top": (0.0, 0.0, size[2]), "edge": (0.0, -size[1] / 2, size[2])}


def _solid(name: str, size: Vec3, bevel: float, wish: Wish, look: Surface) -> Part:
    solid = meshes.moved(meshes.box(size, bevel, 3), (0, 0, size[2] / 2))
    half = vector(np.array(size) / 2)
    return Part(name, (Shape("box", half, wish.material, (0.0, 0.0, half[2])),), solid, (look,))


def _brick(
    name: str, size: Vec3, x: float, z: float, parameters: Parameters, wish: Wish, rng: Generator
) -> Part:
    fired = wish.colour or (triple(parameters, "colour") if wish.look is None else None)
    tone = float(rng.uniform(*BRICK_TONES))
    own = None if fired is None else vector(np.clip(np.array(fired) * tone, 0, 1))
    look = Surface(wish.look or str(parameters["look"]), own)
    part = _solid(name, size, number(parameters, "bevel"), wish, look)
    ring = Resonator("block", wish.material, dict(zip("xyz", size, strict=True)))
    return replace(part, position=(x, 0.0, z), resonator=ring)
