"""Places where the action stands on a table: table top, kitchen, dining room, physics lab, study."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Vec3
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import PlaceAsset, Spot
from lichtspiel.library.places import fittings, furniture
from lichtspiel.library.places.copies import box, boxes, copies
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.grounds import floor_of, table_part, table_spots, top_of
from lichtspiel.library.places.grounds import table_top as top_piece
from lichtspiel.library.places.interior import pendant
from lichtspiel.library.places.pieces import Piece, fixed, piece, solid
from lichtspiel.library.places.shell import Doorway, Finish, Opening, Shell, furnished, shell_parts
from lichtspiel.library.places.wall_fittings import curtains, door, radiator
from lichtspiel.library.records import Parameter

QUARTER_TURN = float(np.pi / 2)
ARMCHAIR_TURN = 0.5
CHAIR_SEAT_M = 0.465


def table_top(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A wooden table in a light room, the background far enough to blur."""
    left = (Opening(0.25, 0.85, 1.5, 1.55), Opening(-2.4, 0.85, 1.5, 1.55))
    shell = Shell((-2.7, -4.8), (3.4, 2.9), 2.8, {"left": left})
    finish = Finish(wall_colour=(0.66, 0.62, 0.55), accent=("back",), accent_colour=(0.24, 0.30, 0.29))
    look, material = floor_of(surroundings, "parquet", "hardwood", everything=False)
    parts = shell_parts(shell, finish, look, material, rng)
    size = (1.7, 0.9, 0.74)
    top = top_of(surroundings, "oak", "wood")
    legs = furniture.table(*size, look="oak", legs="oak")[1:]
    parts.append(table_part("table", (0, 0), size, top, [top_piece(*size, 0.032, top[0]), *legs]))
    back = 2.9
    scene = [
        *placed(furniture.bookshelf(1.8, 2.1, rng, "oak"), (-1.25, back, 0)),
        *placed(furniture.cupboard(1.7, 0.78, 0.42, "oak", 3, handle="brass"), (1.15, back, 0)),
        *placed(
            furniture.picture(0.8, 0.6, ((0.12, 0.20, 0.24), (0.55, 0.42, 0.25), (0.62, 0.58, 0.50))),
            (1.15, back, 1.6),
        ),
        *placed(furniture.plant(rng, 1.25), (2.75, 2.3, 0)),
        *placed(_vases(), (1.15, back - 0.22, 0.78)),
        *curtains(shell, "left", left[0], (0.62, 0.58, 0.50)),
        *radiator(shell, "left", left[0]),
        *door(shell, "front", 1.6),
        *placed(
            furniture.picture(0.6, 0.8, ((0.30, 0.08, 0.05), (0.60, 0.50, 0.36), (0.10, 0.12, 0.18))),
            (3.4, -0.8, 1.55),
            -QUARTER_TURN,
        ),
        *placed(furniture.floor_lamp(), (2.2, 2.35, 0)),
        *placed(furniture.chair("oak"), (0.35, 0.78, 0)),
        *placed(furniture.pendant_lamp(1.72, 2.8), (0.0, 0.1, 0)),
    ]
    parts.append(fixed("furniture", scene, [solid((-2.15, 2.6, 0), (2.0, 2.9, 0.8), "wood", "furniture")]))
    evening = (pendant((0, 0.1, 1.80), 55), pendant((2.2, 2.35, 1.5), 30, 0.1))
    target = (0.0, 0.0, 0.78)
    return furnished(
        shell,
        parts,
        surroundings,
        evening,
        target,
        table_spots((0, 0), size, (2.4, 2.0), (0.0, -1.9, 0.0)),
        0.16,
    )


def kitchen_counter(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A kitchen island before a fitted wall with wall units, shelf and cooker."""
    left = (Opening(0.2, 1.0, 1.6, 1.35), Opening(-2.4, 1.0, 1.4, 1.35))
    shell = Shell((-2.8, -4.8), (3.2, 2.5), 2.7, {"left": left})
    finish = Finish(wall_colour=(0.74, 0.73, 0.69))
    look, material = floor_of(surroundings, "tile", "tile", everything=False)
    parts = shell_parts(shell, finish, look, material, rng)
    size = (2.2, 0.95, 0.91)
    top = top_of(surroundings, "marble", "marble")
    fronts = (0.085, 0.14, 0.14)
    base = placed(
        furniture.cupboard(2.1, 0.87, 0.82, "kitchen_front", 4, 1, colour=fronts, handle="brass"),
        (0, 0.41, 0),
    )
    parts.append(
        table_part(
            "island", (0, 0), size, top, [top_piece(*size, 0.04, top[0]), *base], 0.04, shapes_below=False
        )
    )
    scene = [
        *placed(kitchen_wall(fronts), (0, 2.5, 0)),
        *door(shell, "front", -1.4),
        *radiator(shell, "left", left[1]),
        *placed(furniture.pendant_lamp(1.75, 2.7, 0.13), (-0.55, 0.0, 0)),
        *placed(furniture.pendant_lamp(1.75, 2.7, 0.13), (0.55, 0.0, 0)),
        *placed(furniture.plant(rng, 1.1), (2.8, -0.6, 0)),
        *placed(
            furniture.picture(0.6, 0.8, ((0.55, 0.30, 0.12), (0.60, 0.55, 0.40), (0.14, 0.22, 0.18))),
            (3.2, -0.6, 1.6),
            -QUARTER_TURN,
        ),
    ]
    shapes = [
        solid((-2.8, 1.88, 0), (3.2, 2.5, 0.91), "wood", "furniture"),
        solid((-1.05, -0.41, 0), (1.05, 0.41, 0.87), "wood", "front"),
    ]
    parts.append(fixed("kitchen", scene, shapes))
    evening = (
        pendant((-0.55, 0, 1.82), 38),
        pendant((0.55, 0, 1.82), 38),
        pendant((0.2, 2.1, 1.42), 16, 0.03),
    )
    return furnished(
        shell,
        parts,
        surroundings,
        evening,
        (0, 0, 0.95),
        {
            **table_spots((0, 0), size, (2.6, 1.8), (0.0, -1.9, 0.0)),
            # Under the window, with its back to the wall.
            "sink": Spot((-2.48, 0.2, 0), (1.0, 0.0, 0.0), (1.2, 0.6)),
        },
        0.08,
    )


def dining_room(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A dining table with chairs on a tiled floor."""
    left = (Opening(0.4, 0.7, 1.5, 1.75), Opening(-2.3, 0.7, 1.5, 1.75))
    out = Doorway("right", -1.2) if surroundings.doorway else None
    shell = Shell((-2.9, -5.2), (3.3, 2.8), 2.8, {"left": left}, doorway=out)
    finish = Finish(wall_colour=(0.70, 0.66, 0.58), accent=("back",), accent_colour=(0.36, 0.22, 0.16))
    woods = surroundings.ground is not None and "wood" in surroundings.ground
    look, material = floor_of(surroundings, "floor_tile", "tile", everything=not woods)
    parts = shell_parts(shell, finish, look, material, rng)
    size = (1.8, 0.9, 0.74)
    top = (surroundings.ground or "walnut",) * 2 if woods else ("walnut", "wood")
    legs = furniture.table(*size, look="walnut", legs="walnut")[1:]
    parts.append(
        table_part("table", (0, 0), size, (top[0], top[1]), [top_piece(*size, 0.032, top[0]), *legs])
    )
    chairs: list[Piece] = []
    for x, y, turn in (
        (-0.5, 0.62, 0.0),
        (0.5, 0.66, 0.06),
        (1.22, 0.05, -QUARTER_TURN),
        (-1.2, 0.0, QUARTER_TURN),
    ):
        chairs += placed(furniture.chair("walnut", (0.34, 0.31, 0.25)), (x, y, 0), turn)
    scene = [
        *chairs,
        *placed(furniture.cupboard(1.9, 0.85, 0.45, "walnut", 4, 1, handle="brass"), (0.1, 2.8, 0)),
        *placed(
            furniture.picture(1.1, 0.75, ((0.08, 0.14, 0.20), (0.50, 0.33, 0.18), (0.68, 0.62, 0.52))),
            (0.1, 2.8, 1.62),
        ),
        *placed(_vases(), (-0.35, 2.55, 0.85)),
        *placed(furniture.plant(rng, 1.5), (2.7, 2.2, 0)),
        *curtains(shell, "left", left[0], (0.55, 0.46, 0.34), 0.02),
        *radiator(shell, "left", left[1]),
        *door(shell, "right", -1.2),
        *placed(furniture.bookshelf(1.2, 1.9, rng, "walnut"), (3.3, 1.2, 0), -QUARTER_TURN),
        *placed(furniture.pendant_lamp(1.6, 2.8, 0.24), (0, 0, 0)),
    ]
    parts.append(fixed("furniture", scene, [solid((-0.85, 2.35, 0), (1.05, 2.8, 0.85), "wood", "furniture")]))
    evening = (pendant((0, 0, 1.70), 60), pendant((2.4, 2.2, 1.7), 25, 0.1))
    return furnished(
        shell,
        parts,
        surroundings,
        evening,
        (0, 0, 0.8),
        table_spots((0, 0), size, (2.8, 2.4), (0.0, -1.9, 0.0)),
        0.07,
    )


def study(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A study panelled with books; a desk with a lamp stands free before them."""
    left = (Opening(1.15, 0.8, 1.2, 1.8),)
    shell = Shell((-2.6, -4.4), (2.9, 2.4), 2.9, {"left": left})
    wall: Vec3 = (0.10, 0.13, 0.11)
    finish = Finish(wall_colour=wall, skirting_colour=(0.09, 0.05, 0.03), frame="white_paint")
    look, material = floor_of(surroundings, "dark_floor", "hardwood", everything=False)
    parts = shell_parts(shell, finish, look, material, rng)
    size = (1.7, 0.85, 0.74)
    top = top_of(surroundings, "dark_wood", "hardwood")
    pedestals = [
        p
        for x in (-0.58, 0.58)
        for p in placed(furniture.cupboard(0.46, 0.70, 0.75, "dark_wood", 1, 1, handle="brass"), (x, 0.38, 0))
    ]
    parts.append(
        table_part(
            "desk", (0, 0), size, top, [top_piece(*size, 0.04, top[0]), *pedestals], 0.04, shapes_below=False
        )
    )
    lamp = placed(_desk_lamp(), (-0.62, 0.22, 0.74), 0.5)
    scene = [
        *placed(furniture.bookshelf(4.4, 2.65, rng, "dark_wood", fill=0.95), (0.15, 2.4, 0)),
        *placed(furniture.bookshelf(1.8, 2.65, rng, "dark_wood", fill=0.95), (2.9, 0.9, 0), -QUARTER_TURN),
        *placed(furniture.rug(2.8, 2.2, (0.085, 0.018, 0.016), (0.03, 0.022, 0.03)), (0, -0.3, 0)),
        *placed(furniture.chair("dark_wood", (0.16, 0.05, 0.03)), (0.2, 0.82, 0)),
        *curtains(shell, "left", left[0], (0.16, 0.06, 0.04), 0.02),
        *door(shell, "front", 1.2, "dark_wood"),
        *placed(_book_pile(rng), (0.62, 0.2, 0.74), 0.3),
        *lamp,
        *placed(furniture.floor_lamp(), (2.1, 1.75, 0)),
        *placed(fittings.clock(0.17), (-0.8, 2.06, 1.98)),
        *placed(furniture.armchair((0.10, 0.035, 0.018)), (-1.55, -1.05, 0), ARMCHAIR_TURN),
    ]
    shapes = [solid((x - 0.23, -0.37, 0), (x + 0.23, 0.38, 0.7), "wood", "pedestal") for x in (-0.58, 0.58)]
    shapes.append(solid((-2.05, 2.1, 0), (2.35, 2.4, 2.65), "wood", "shelf"))
    shapes.append(solid((-1.9, -1.4, 0), (-1.2, -0.7, 0.46), "leather", "armchair"))
    shapes.append(solid((-0.02, 0.60, 0), (0.42, 1.04, CHAIR_SEAT_M), "wood", "chair"))
    parts.append(fixed("furniture", scene, shapes))
    evening = (pendant((-0.50, 0.13, 1.08), 14, 0.03), pendant((2.1, 1.75, 1.5), 26, 0.1))
    return furnished(
        shell,
        parts,
        surroundings,
        evening,
        (0.1, 0, 0.78),
        {
            **table_spots((0, 0), size, (2.2, 1.6), (0.0, -1.8, 0.0)),
            "people": Spot((0.3, -1.8, 0), size_m=(2.4, 1.4)),
            "window": Spot((-1.9, 1.1, 0), (-1.0, 0.0, 0.0), (0.7, 0.7)),
            "seat_1": Spot((-1.55, -1.1, 0.46), _facing(ARMCHAIR_TURN), (0.5, 0.5), 0.38),
            "seat_2": Spot((0.2, 0.82, CHAIR_SEAT_M), size_m=(0.42, 0.42)),
        },
        0.30,
    )


def _facing(turn_rad: float) -> Vec3:
    """Where furniture looks that was drawn facing -y and then turned about z."""
    return (float(np.sin(turn_rad)), float(-np.cos(turn_rad)), 0.0)


def _vases() -> list[Piece]:
    """Two vases and a bowl on a sideboard."""
    tall = meshes.lathe(
        np.array(
            [
                [0, 0],
                [0.06, 0],
                [0.085, 0.09],
                [0.05, 0.22],
                [0.035, 0.27],
                [0.045, 0.3],
                [0.035, 0.3],
                [0.03, 0.26],
            ]
        ),
        28,
    )
    low = meshes.lathe(
        np.array([[0, 0], [0.05, 0], [0.1, 0.07], [0.07, 0.14], [0.05, 0.15], [0.04, 0.15], [0.05, 0.13]]), 28
    )
    bowl = meshes.lathe(
        np.array([[0, 0], [0.05, 0], [0.06, 0.01], [0.15, 0.08], [0.14, 0.08], [0.05, 0.02], [0, 0.015]]), 28
    )
    return [
        piece("ceramic", meshes.moved(tall, (-0.45, 0, 0)), colour=(0.10, 0.16, 0.18)),
        piece("ceramic", meshes.moved(low, (-0.24, 0.03, 0)), colour=(0.60, 0.52, 0.40)),
        piece("porcelain", meshes.moved(bowl, (0.35, -0.02, 0))),
    ]


def _book_pile(rng: Generator) -> list[Piece]:
    """Four books on top of each other, about the origin."""
    pieces, z = [], 0.0
    for k in range(4):
        thick = float(rng.uniform(0.02, 0.04))
        size = np.array([0.24 - 0.015 * k, 0.17 - 0.01 * k, thick])
        turn = np.array([float(rng.normal(0, 0.12))])
        pieces.append(
            piece(
                "book_cover",
                boxes(np.array([[0, 0, z + thick / 2]]), size, 0.002, turn),
                colour=furniture.BOOK_COLOURS[(2 * k) % 7],
            )
        )
        z += thick
    return pieces


def _desk_lamp() -> list[Piece]:
    """A banker's lamp: brass foot and stem, a shade that opens downwards."""
    foot = meshes.lathe(
        np.array([[0, 0], [0.085, 0], [0.085, 0.012], [0.02, 0.03], [0.009, 0.05], [0.009, 0.36], [0, 0.36]]),
        28,
    )
    across = np.linspace(-0.13, 0.13, 9)
    angle = np.linspace(-0.1, np.pi * 0.75, 12)
    points = np.array(
        [[x, 0.075 * np.cos(a) - 0.02, 0.345 + 0.07 * np.sin(a)] for a in angle for x in across]
    )
    polygons = [
        (r * 9 + i, r * 9 + i + 1, (r + 1) * 9 + i + 1, (r + 1) * 9 + i) for r in range(11) for i in range(8)
    ]
    shade = meshes.from_polygons(points, polygons, smooth_angle_rad=1.5)
    return [piece("brass", foot), piece("glossy_plastic", shade, colour=(0.01, 0.09, 0.05))]


def kitchen_wall(fronts: Vec3) -> list[Piece]:
    """Base units, worktop, backsplash, shelf with crockery, cooker hood; back at y = 0."""
    low: list[Piece] = []
    for x in (-2.35, -1.45, 0.35, 1.25, 2.15):
        low += placed(
            furniture.cupboard(0.9, 0.87, 0.58, "kitchen_front", 2, 1, colour=fronts, handle="brass"),
            (x, 0, 0),
        )
    low += placed(
        furniture.cupboard(0.9, 0.87, 0.58, "brushed_steel", 1, 1, colour=(0.25, 0.25, 0.26)), (-0.55, 0, 0)
    )
    low += placed(
        furniture.cupboard(0.62, 2.2, 0.6, "kitchen_front", 1, 0, colour=fronts, handle="brass"), (2.88, 0, 0)
    )
    top = box((-2.8, -0.62, 0.87), (2.57, 0, 0.91), 0.003)
    splash = box((-2.8, -0.012, 0.91), (2.57, 0, 1.5))
    hob = box((-0.83, -0.53, 0.91), (-0.27, -0.07, 0.916), 0.003)
    shelf = [box((0.2, -0.24, z), (2.4, 0, z + 0.035), 0.003) for z in (1.5, 1.86)]
    hood = box((-0.85, -0.42, 1.62), (-0.25, 0, 1.7), 0.006)
    chimney = box((-0.68, -0.3, 1.7), (-0.42, 0, 2.7), 0.004)
    uppers = placed(
        furniture.cupboard(0.9, 0.75, 0.34, "kitchen_front", 2, 0, 0.0, fronts, "brass"), (-2.3, 0, 1.5)
    )
    uppers += placed(
        furniture.cupboard(0.5, 0.75, 0.34, "kitchen_front", 1, 0, 0.0, fronts, "brass"), (-1.4, 0, 1.5)
    )
    plate = meshes.lathe(
        np.array([[0, 0], [0.06, 0], [0.12, 0.02], [0.118, 0.024], [0.06, 0.006], [0, 0.006]]), 24
    )
    cup = meshes.lathe(
        np.array([[0, 0], [0.03, 0], [0.042, 0.05], [0.042, 0.09], [0.038, 0.09], [0.038, 0.05], [0, 0.006]]),
        20,
    )
    stack = copies(plate, np.array([[0.5, -0.12, 1.535 + 0.008 * i] for i in range(9)]))
    cups = copies(cup, np.array([[0.85 + 0.13 * i, -0.12, z] for i in range(6) for z in (1.535, 1.895)]))
    jars = copies(
        meshes.cylinder(0.05, 0.16, 20, 0.01), np.array([[1.75 + 0.14 * i, -0.12, 1.615] for i in range(4)])
    )
    return [
        *low,
        piece("oak", *shelf),
        piece("granite", top),
        piece("wall_tile", splash),
        *uppers,
        piece("glossy_plastic", hob, colour=(0.01, 0.01, 0.012)),
        piece("brushed_steel", hood, chimney),
        piece("porcelain", stack, cups),
        piece("ceramic", jars, colour=(0.45, 0.30, 0.18)),
    ]
