"""Rooms in which the action stands on the floor or a bench: living room, workshop, physics lab."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Vec3
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import PlaceAsset, Spot
from lichtspiel.library.places import fittings, furniture
from lichtspiel.library.places.copies import box, boxes
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.grounds import FLOORINGS, floor_of, table_part, table_spots, table_top, top_of
from lichtspiel.library.places.interior import panel, pendant
from lichtspiel.library.places.pieces import Piece, fixed, piece, solid
from lichtspiel.library.places.shell import Doorway, Finish, Opening, Shell, furnished, shell_parts
from lichtspiel.library.places.wall_fittings import curtains, door, radiator
from lichtspiel.library.records import Parameter

QUARTER_TURN = float(np.pi / 2)
SOFA_SEAT_M = 0.47
"""Height of a cushion that someone sits on."""


def living_room(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A living room with free parquet before a sofa, a bookshelf and tall windows."""
    left = (Opening(0.9, 0.45, 1.5, 2.0), Opening(-1.7, 0.45, 1.5, 2.0))
    out = Doorway("right", -1.6) if surroundings.doorway else None
    shell = Shell((-3.3, -4.2), (3.6, 3.9), 2.8, {"left": left}, doorway=out)
    finish = Finish(wall_colour=(0.70, 0.66, 0.58), accent=("back",), accent_colour=(0.20, 0.28, 0.30))
    look, material = floor_of(surroundings, "parquet", "hardwood")
    parts = shell_parts(shell, finish, look, material, rng)
    coffee = [
        piece("walnut", box((-0.5, -0.3, 0.38), (0.5, 0.3, 0.41), 0.004)),
        piece(
            "painted_metal",
            boxes(
                np.array([[x, y, 0.19] for x in (-0.44, 0.44) for y in (-0.24, 0.24)]),
                np.array([0.03, 0.03, 0.38]),
                0.003,
            ),
            colour=(0.03, 0.03, 0.03),
        ),
    ]
    scene = [
        *placed(furniture.rug(2.6, 1.7, (0.34, 0.29, 0.22), (0.22, 0.17, 0.12)), (-0.2, 2.15, 0)),
        *placed(furniture.sofa(2.2, (0.16, 0.20, 0.21)), (-0.4, 3.75, 0)),
        *placed(coffee, (-0.3, 2.2, 0.0)),
        *placed(furniture.bookshelf(1.5, 2.15, rng, "walnut"), (2.6, 3.9, 0)),
        *placed(
            furniture.picture(1.2, 0.8, ((0.10, 0.16, 0.22), (0.55, 0.38, 0.18), (0.70, 0.64, 0.52))),
            (-0.4, 3.9, 1.65),
        ),
        *placed(furniture.floor_lamp(1.65), (1.25, 3.45, 0)),
        *placed(furniture.plant(rng, 1.5), (-2.75, 3.2, 0)),
        *placed(furniture.cupboard(1.8, 0.55, 0.42, "oak", 3), (3.6, 1.2, 0), -QUARTER_TURN),
        *placed(
            furniture.picture(0.7, 0.9, ((0.30, 0.10, 0.06), (0.62, 0.52, 0.36), (0.12, 0.14, 0.20))),
            (3.6, 1.2, 1.5),
            -QUARTER_TURN,
        ),
        *curtains(shell, "left", left[0], (0.58, 0.52, 0.42), 0.02),
        *curtains(shell, "left", left[1], (0.58, 0.52, 0.42), 0.02),
        *door(shell, "right", -1.6),
        *radiator(shell, "left", Opening(0.9, 0.62, 1.4, 1.0)),
        *placed(furniture.sofa(0.95, (0.32, 0.20, 0.10)), (-2.2, 2.1, 0), QUARTER_TURN * 1.15),
    ]
    shapes = [
        solid((-1.5, 2.85, 0), (0.7, 3.75, SOFA_SEAT_M), "fabric", "sofa"),
        solid((-1.5, 3.4, SOFA_SEAT_M), (0.7, 3.75, 0.8), "fabric", "sofa"),
        solid((-0.8, 1.9, 0), (0.2, 2.5, 0.41), "wood", "coffee_table"),
        solid((1.85, 3.6, 0), (3.35, 3.9, 2.15), "wood", "shelf"),
        solid((3.18, 0.3, 0), (3.6, 2.1, 0.55), "wood", "cupboard"),
    ]
    parts.append(fixed("furniture", scene, shapes))
    evening = (
        pendant((1.25, 3.45, 1.5), 48, 0.1),
        pendant((-2.6, 2.9, 1.4), 30, 0.1),
        pendant((0.3, -0.6, 2.5), 60, 0.15),
    )
    main = Spot((0, 0, 0), size_m=(3.4, 2.8))
    spots = {
        "main": main,
        "floor": main,
        "sofa": Spot((-0.4, 2.7, 0), size_m=(1.8, 0.3)),
        "window": Spot((-2.6, 0.9, 0), (-1.0, 0.0, 0.0), (0.8, 0.8)),
        "door": Spot((2.9, -1.6, 0), (-1.0, 0.0, 0.0), (0.8, 0.8)),
        **{
            f"seat_{k + 1}": Spot((x, 3.14, SOFA_SEAT_M), edge_m=0.29)
            for k, x in enumerate((-0.4, -1.0, 0.2))
        },
    }
    return furnished(shell, parts, surroundings, evening, (0, 0, 0.3), spots, 0.22)


def workshop(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A joiner's workshop: bench and tools along a brick wall, concrete floor."""
    left = (Opening(0.6, 1.15, 2.0, 1.4, 4), Opening(-2.2, 1.15, 2.0, 1.4, 4))
    shell = Shell((-3.5, -4.4), (3.7, 3.4), 3.2, {"left": left})
    finish = Finish(
        "painted_brick",
        None,
        wall_material="brick",
        ceiling_colour=(0.55, 0.54, 0.52),
        skirting=0.0,
        frame="painted_metal",
    )
    look, material = floor_of(surroundings, "concrete", "concrete")
    parts = shell_parts(shell, finish, look, material, rng)
    lumber: list[Piece] = []
    for k in range(7):
        lean = meshes.turn((1.0, 0.0, 0.0), -0.16)
        board = meshes.moved(
            meshes.box((0.12 + 0.03 * (k % 3), 0.025, 2.4 - 0.12 * (k % 4)), 0.002),
            (2.1 + 0.19 * k, 3.13 - 0.02 * (k % 3), 1.19 - 0.06 * (k % 4)),
            lean,
        )
        lumber.append(piece(("pine", "oak", "plywood")[k % 3], board))
    cartons = [
        piece(
            "cardboard",
            boxes(
                np.array([[3.45, -0.4 + 0.5 * i, z] for i in range(4) for z in (0.72, 1.22, 1.72)]),
                np.array([0.34, 0.36, 0.26]),
                0.003,
            ),
        )
    ]
    rack = [
        piece(
            "painted_metal",
            *(box((3.2, -0.8, z), (3.7, 1.5, z + 0.025), 0.003) for z in (0.12, 0.56, 1.06, 1.56, 2.06)),
            *(
                box((x, y, 0), (x + 0.04, y + 0.04, 2.1), 0.003)
                for x in (3.2, 3.64)
                for y in (-0.8, 0.33, 1.46)
            ),
            colour=(0.05, 0.08, 0.10),
        )
    ]
    cans = [
        piece(
            "painted_metal",
            *(
                meshes.moved(meshes.cylinder(0.09, 0.2, 20, 0.006), (3.42, -0.5 + 0.27 * i, 0.685 - 0.435))
                for i in range(6)
            ),
            colour=(0.30, 0.16, 0.03),
        )
    ]
    scene = [
        *placed(fittings.workbench(3.4, 0.75, 0.9), (-0.7, 3.4, 0)),
        *placed(fittings.tool_wall(2.6, 1.3, 1.1), (-0.8, 3.4, 0)),
        *placed(
            furniture.cupboard(0.7, 0.85, 0.5, "painted_metal", 1, 1, colour=(0.38, 0.03, 0.02)),
            (1.5, 3.35, 0),
        ),
        *lumber,
        *rack,
        *cartons,
        *cans,
        *placed(fittings.apparatus(rng, 1.1, 0.9, 0.5), (0.2, 3.4, 0)),
        *door(shell, "front", 1.6, "painted_metal", (0.10, 0.16, 0.14)),
        *radiator(shell, "left", left[1]),
        *placed(furniture.pendant_lamp(2.1, 3.2, 0.24), (0, 0.2, 0)),
        *placed(furniture.pendant_lamp(2.1, 3.2, 0.24), (-0.8, 2.6, 0)),
        *placed(fittings.clock(), (1.9, 3.4, 2.3)),
    ]
    shapes = [
        solid((-2.4, 2.65, 0), (1.0, 3.4, 0.9), "wood", "bench"),
        solid((3.2, -0.8, 0), (3.7, 1.5, 2.1), "steel", "rack"),
    ]
    parts.append(fixed("furniture", scene, shapes))
    evening = (pendant((0, 0.2, 2.16), 75), pendant((-0.8, 2.6, 2.16), 60))
    main = Spot((0, 0, 0), size_m=(4.0, 3.4))
    return furnished(shell, parts, surroundings, evening, (0, 0, 0.3), {"main": main, "floor": main}, 0.08)


def physics_lab(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A school's physics room: demonstration bench before the blackboard, apparatus in shelves.

    A film that asks for a floor's material plays on the free floor before the bench.
    """
    left = (
        Opening(1.0, 1.0, 1.8, 1.7, 3),
        Opening(-1.6, 1.0, 1.8, 1.7, 3),
        Opening(-4.2, 1.0, 1.8, 1.7, 3),
        Opening(-6.8, 1.0, 1.8, 1.7, 3),
    )
    shell = Shell((-4.2, -9.6), (4.2, 2.9), 3.3, {"left": left})
    finish = Finish(wall_colour=(0.68, 0.67, 0.60), skirting_colour=(0.22, 0.23, 0.22))
    on_floor = surroundings.ground in FLOORINGS | {"stone", "marble"}
    look, material = floor_of(surroundings, "linoleum", "linoleum", everything=on_floor)
    parts = shell_parts(shell, finish, look, material, rng)
    size = (2.8, 0.8, 0.91)
    top = ("lab_top", "phenolic") if on_floor else top_of(surroundings, "lab_top", "phenolic")
    body = placed(furniture.cupboard(2.6, 0.87, 0.68, "lab_front", 5, 0, 0.1), (0, 0.34, 0))
    parts.append(
        table_part(
            "bench", (0, 0), size, top, [table_top(*size, 0.04, top[0]), *body], 0.04, shapes_below=False
        )
    )
    students: list[Piece] = []
    for x in (-2.4, 0.0, 2.4):
        students += placed(furniture.table(1.8, 0.6, 0.76, "lab_front", "painted_metal"), (x, -8.1, 0))
        for s in (-0.45, 0.45):
            students += placed(furniture.chair("oak"), (x + s, -8.6, 0), 2 * QUARTER_TURN)
    shelf_x, shelf_width = 4.2, 2.6
    case = furniture.bookshelf(shelf_width, 2.1, rng, "lab_front", 0.4, fill=0.0)[:1]
    load = [
        p
        for r in range(6)
        for p in fittings.apparatus(rng, shelf_width - 0.1, 0.104 + r * (2.1 - 0.104) / 6, 0.4)
    ]
    scene = [
        *placed(fittings.blackboard(3.6, 0.95, 1.25), (-0.2, 2.9, 0)),
        *students,
        *placed([*case, *load], (shelf_x, 0.6, 0), -QUARTER_TURN),
        *placed(furniture.cupboard(1.3, 2.1, 0.45, "lab_front", 2), (-3.4, 2.9, 0)),
        *placed(fittings.poster(1.1, 0.8, (0.72, 0.70, 0.62), (0.10, 0.22, 0.34), 7, 18), (2.6, 2.9, 1.75)),
        *placed(fittings.clock(), (2.6, 2.9, 2.6)),
        *placed(
            fittings.poster(0.8, 1.1, (0.62, 0.60, 0.52), (0.40, 0.12, 0.06), 6, 4),
            (4.2, -1.9, 1.6),
            -QUARTER_TURN,
        ),
        *placed(furniture.cupboard(1.5, 0.9, 0.5, "lab_front", 3), (2.7, 2.9, 0)),
        *placed(fittings.apparatus(rng, 1.4, 0.9, 0.5), (2.7, 2.9, 0)),
        *door(shell, "right", -4.4, "lab_front"),
        *radiator(shell, "left", left[0]),
        *radiator(shell, "left", left[1]),
        *(
            p
            for x in (-1.9, 1.9)
            for y in (0.6, -2.6)
            for p in placed(fittings.luminous_panel(0.3, 1.5), (x, y, 3.2))
        ),
    ]
    shapes = [
        solid((-1.3, -0.34, 0), (1.3, 0.34, 0.87), "wood", "front"),
        solid((3.8, -0.7, 0), (4.2, 1.9, 2.1), "wood", "shelf"),
    ]
    parts.append(fixed("furniture", scene, shapes))
    panels = tuple(panel((x, y, 3.18), (0.26, 1.4), 28.0) for x in (-1.9, 1.9) for y in (0.6, -2.6))
    spots = table_spots((0, 0), size, (4.0, 2.4), (0.0, -2.2, 0.0))
    if on_floor:
        spots["main"] = spots["floor"]
    x, y, z = spots["main"].position
    target: Vec3 = (x, y, z + 0.2)
    return furnished(shell, parts, surroundings, (), target, spots, 0.12, panels)
