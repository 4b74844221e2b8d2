"""What the action stands on: floors and table tops that follow the material the film asks for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lichtspiel.library.asset import Part, Resonator, Vec3
from lichtspiel.library.catalogue import Surroundings
from lichtspiel.library.place import Acoustics, PlaceAsset, Spot
from lichtspiel.library.places.copies import box, boxes
from lichtspiel.library.places.pieces import Piece, fixed, piece, solid
from lichtspiel.library.places.sky import Lighting

FLOORINGS = frozenset(
    [
        "tile",
        "linoleum",
        "carpet",
        "concrete",
        "asphalt",
        "brick",
        "grass",
        "soil",
        "sand",
        "gravel",
        "snow",
        "ice",
        "regolith",
    ]
)
"""Materials that make a floor rather than a table."""


def floor_of(
    surroundings: Surroundings, look: str, material: str, everything: bool = True
) -> tuple[str, str]:
    """Look and material of the floor: the film's wish, or the place's own.

    everything: also materials that a table could be made of concern the floor.
    """
    ground = surroundings.ground
    if ground is not None and (everything or ground in FLOORINGS):
        return ground, ground
    return look, material


def top_of(surroundings: Surroundings, look: str, material: str) -> tuple[str, str]:
    """Look and material of a table top: the film's wish unless it speaks of the floor."""
    ground = surroundings.ground
    if ground is not None and ground not in FLOORINGS:
        return ground, ground
    return look, material


WOODS = frozenset(
    ["wood", "hardwood", "softwood", "plywood", "oak", "walnut", "pine", "dark_wood", "lacquered_wood"]
)


def table_top(
    width: float, depth: float, height: float, thickness: float, look: str, bevel: float = 0.003
) -> Piece:
    """The visible slab of a table about the z axis; wood is glued up from boards along x."""
    if look not in WOODS:
        return piece(
            look, box((-width / 2, -depth / 2, height - thickness), (width / 2, depth / 2, height), bevel)
        )
    count = max(2, round(depth / 0.13))
    each = depth / count
    centres = np.array([[0.0, -depth / 2 + each * (k + 0.5), height - thickness / 2] for k in range(count)])
    return piece(look, boxes(centres, np.array([width, each, thickness]), min(bevel, 0.0012)))


def table_part(
    name: str,
    centre: tuple[float, float],
    size: Vec3,
    top: tuple[str, str],
    pieces: list[Piece],
    thickness: float = 0.032,
    shapes_below: bool = True,
) -> Part:
    """A standing table as a fixed part: its visible pieces, its top as a solid, its four feet.

    size: width, depth and height of the top's upper side. top: look and material.
    """
    _, material = top
    width, depth, height = size
    x, y = centre
    shapes = [
        solid(
            (x - width / 2, y - depth / 2, height - thickness),
            (x + width / 2, y + depth / 2, height),
            material,
            label="top",
        )
    ]
    if shapes_below:
        for a in (-1, 1):
            for b in (-1, 1):
                px, py = x + a * (width / 2 - 0.06), y + b * (depth / 2 - 0.06)
                shapes.append(
                    solid(
                        (px - 0.03, py - 0.03, 0), (px + 0.03, py + 0.03, height - thickness), "wood", "leg"
                    )
                )
    dimensions = {"length": width, "width": depth, "thickness": thickness}
    return fixed(name, pieces, shapes, Resonator("plate", material, dimensions))


def table_spots(
    centre: tuple[float, float], size: Vec3, floor_size: tuple[float, float], clear: Vec3
) -> dict[str, Spot]:
    """`main` on the table, its front `edge`, the floor in front of it.

    clear: middle of the free floor, where a table that the film brings along stands too.
    """
    width, depth, height = size
    x, y = centre
    open_floor = Spot(clear, size_m=floor_size)
    return {
        "main": Spot((x, y, height), size_m=(width - 0.1, depth - 0.1)),
        "edge": Spot((x, y - depth / 2, height), size_m=(width - 0.1, 0.2)),
        "floor": open_floor,
        "table": open_floor,
        "desk": open_floor,
    }


def open_air(
    parts: Sequence[Part], light: Lighting, size_m: tuple[float, float], acoustics: Acoustics
) -> PlaceAsset:
    """A place under the sky whose ground, free over size_m, is where the action stands."""
    main = Spot((0, 0, 0), size_m=size_m)
    return PlaceAsset(
        tuple(parts), light.lamps, light.sky, acoustics, {"main": main, "floor": main}, light.exposure_ev
    )
