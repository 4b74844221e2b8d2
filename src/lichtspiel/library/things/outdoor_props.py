"""What stands out of doors: bench, lamp, market stall, fountain, tree, camp fire, church."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Part, Resonator, Shape, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.places import buildings, scenery, squares
from lichtspiel.library.places.copies import copies
from lichtspiel.library.places.pieces import Piece, fixed, piece, solid
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.forms import bar, rod_sound
from lichtspiel.library.things.substance import number

Parameters = Mapping[str, Parameter]
_WALL_M = 0.4
"""Thickness of a garden wall."""


def _standing(
    name: str, pieces: list[Piece], shapes: list[Shape], sound: Resonator, wish: Wish, spots: dict[str, Vec3]
) -> Asset:
    """Scenery as a thing of its own, fixed to the ground, its first piece in the wished colour."""
    if wish.colour is not None or wish.look is not None:
        first = pieces[0]
        look = wish.look or first.surface.look
        pieces = [
            Piece(replace(first.surface, look=look, colour=wish.colour or None), first.mesh),
            *pieces[1:],
        ]
    part: Part = fixed(name, pieces, shapes, sound)
    return assembled([part], wish.scale, spots=spots)


def park_bench(_: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A park bench for two or three, facing -y."""
    shapes = [
        solid((-0.9, -0.25, 0), (0.9, 0.16, 0.468), "wood", "seat"),
        solid((-0.9, 0.16, 0.468), (0.9, 0.26, 0.87), "wood", "back"),
    ]
    spots: dict[str, Vec3] = {
        "top": (0.0, -0.05, 0.468),
        "seat_1": (-0.5, -0.05, 0.468),
        "seat_2": (0.5, -0.05, 0.468),
        "edge": (0.0, -0.24, 0.468),
    }
    return _standing(
        "bench",
        scenery.bench(),
        shapes,
        Resonator("plate", "wood", {"length": 1.8, "width": 0.085, "thickness": 0.035}),
        wish,
        spots,
    )


def street_lamp(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A street lamp with a glowing lantern."""
    height = number(parameters, "height")
    shapes = [Shape("cylinder", (0.06, height / 2), "steel", (0.0, 0.0, height / 2), label="post")]
    spots: dict[str, Vec3] = {"top": (0.0, 0.0, height + 0.2), "bulb": (0.0, 0.0, height)}
    return _standing(
        "lamp", scenery.street_lamp(height), shapes, rod_sound("steel", height, 0.05), wish, spots
    )


def garden_wall(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A wall with coping stones, its face to -y."""
    length, height = number(parameters, "length"), number(parameters, "height")
    pieces = [
        Piece(part.surface, meshes.moved(part.mesh, (-length / 2, -_WALL_M / 2, 0.0)))
        for part in buildings.garden_wall(length, height, "brick")
    ]
    shapes = [solid((-length / 2, -_WALL_M / 2, 0), (length / 2, _WALL_M / 2, height + 0.1), "brick", "wall")]
    sound = Resonator("block", "brick", {"x": length, "y": _WALL_M, "z": height})
    return _standing("wall", pieces, shapes, sound, wish, {"top": (0.0, 0.0, height + 0.1)})


def market_stall(_: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A market stall with a striped awning, crates of fruit and a scale; its seller stands at +y."""
    shapes = [
        solid((-1.25, -0.55, 0), (1.25, 0.45, 0.86), "wood", "table"),
        *(
            solid((x - 0.03, y - 0.03, 0), (x + 0.03, y + 0.03, 2.3), "wood", "post")
            for x in (-1.3, 1.3)
            for y in (-0.62, 0.62)
        ),
    ]
    spots: dict[str, Vec3] = {"top": (0.0, 0.1, 0.9), "seller": (0.0, 0.9, 0.0), "front": (0.0, -1.1, 0.0)}
    return _standing(
        "stall",
        squares.stall(rng, ((0.42, 0.02, 0.02), (0.70, 0.67, 0.60))),
        shapes,
        Resonator("plate", "wood", {"length": 2.5, "width": 1.0, "thickness": 0.03}),
        wish,
        spots,
    )


def fountain(_: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A round stone fountain of two basins with falling water."""
    shapes = [
        Shape("cylinder", (1.72, 0.29), "stone", (0, 0, 0.29), label="basin"),
        Shape("cylinder", (0.2, 0.7), "stone", (0, 0, 0.9)),
        Shape("cylinder", (0.75, 0.08), "stone", (0, 0, 1.42)),
    ]
    spots: dict[str, Vec3] = {"top": (0.0, 0.0, 1.95), "edge": (0.0, -1.65, 0.58), "seat": (0.0, -1.6, 0.58)}
    return _standing(
        "fountain",
        squares.fountain(rng),
        shapes,
        Resonator("block", "stone", {"x": 3.4, "y": 3.4, "z": 0.6}),
        wish,
        spots,
    )


def church(_: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A village church with a steeple, clock and nave, its door to -y."""
    shapes = [
        solid((-2.6, -2.6, 0), (2.6, 2.6, 17), "stone", "tower"),
        solid((-4.8, 2.6, 0), (4.8, 20.0, 9), "stone", "nave"),
    ]
    spots: dict[str, Vec3] = {"top": (0.0, 0.0, 29.0), "door": (0.0, -3.6, 0.0)}
    return _standing(
        "church",
        squares.church(rng),
        shapes,
        Resonator("block", "stone", {"x": 5.0, "y": 5.0, "z": 17.0}),
        wish,
        spots,
    )


def tree(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A broad-leaved tree."""
    height = number(parameters, "height")
    wood, crown = scenery.tree(rng, height, 6500, 0.26)
    shapes = [
        Shape("cylinder", (height * 0.03, height * 0.3), "wood", (0.0, 0.0, height * 0.3), label="trunk")
    ]
    pieces = [piece("tree_bark", wood), piece("tree_leaves", crown)]
    part = fixed("tree", pieces, shapes, rod_sound("wood", height * 0.6, height * 0.028))
    return assembled(
        [part], wish.scale, spots={"top": (0.0, 0.0, height), "trunk": (0.0, -height * 0.035, 1.0)}
    )


def camp_fire(_: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A camp fire: a ring of stones, crossed logs, embers and flames."""
    angle = np.linspace(0, 2 * np.pi, 13, endpoint=False) + rng.normal(0, 0.06, 13)
    at = np.column_stack([0.46 * np.cos(angle), 0.46 * np.sin(angle), np.full(13, 0.04)])
    stones = scenery.stones(rng, at, rng.uniform(0.17, 0.26, 13), "stone", (0.20, 0.19, 0.18))
    logs = [
        bar(
            (0.36 * np.cos(a), 0.36 * np.sin(a), 0.03),
            (-0.10 * np.cos(a), -0.10 * np.sin(a), 0.27),
            0.045,
            segments=12,
        )
        for a in np.linspace(0, 2 * np.pi, 6, endpoint=False)
    ]
    flames = []
    for k in range(15):
        a, reach = rng.uniform(0, 6.3), rng.uniform(0.0, 0.17)
        tall = rng.uniform(0.34, 0.72) * (1 - 1.6 * reach)
        u = np.linspace(0, 1, 12)
        sway = 0.05 * np.sin(5 * u + k) * u
        path = np.column_stack(
            [reach * np.cos(a) + sway, reach * np.sin(a) + 0.04 * np.cos(4 * u + k) * u, 0.08 + tall * u]
        )
        girth = 0.072 * np.sin(np.pi * np.clip(0.12 + 0.88 * u, 0, 1)) ** 0.9 * (1 - 0.55 * u) + 0.0015
        flames.append(meshes.sweep(path, girth, 10))
    coal = meshes.sphere(0.03, 10, 6)
    coals = copies(
        coal,
        np.column_stack([rng.normal(0, 0.13, 60), rng.normal(0, 0.13, 60), rng.uniform(0.0, 0.05, 60)]),
        rng.uniform(0, 6.3, 60),
        rng.uniform(0.6, 1.4, 60),
    )
    pieces = [piece("tree_bark", *logs), piece("ember", coals), piece("flame_veil", *flames), stones]
    shapes = [
        Shape("cylinder", (0.5, 0.07), "stone", (0, 0, 0.07)),
        Shape("cylinder", (0.16, 0.12), "wood", (0, 0, 0.2)),
    ]
    part = fixed("fire", pieces, shapes, rod_sound("wood", 0.5, 0.045))
    low = float(part.mesh.vertices[:, 2].min()) if part.mesh is not None else 0.0
    raised = replace(part, mesh=None if part.mesh is None else meshes.moved(part.mesh, (0, 0, -low)))
    return assembled([raised], wish.scale, spots={"top": (0.0, 0.0, 0.8), "flame": (0.0, 0.0, 0.4)})
