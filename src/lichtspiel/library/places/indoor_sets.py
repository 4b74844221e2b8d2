"""Rooms for people: kitchen with a table, hotel corridor, office, cabin of a spacecraft.

Each holds the spots that people use: `people` where they stand, `seat_1` … on its chairs, and
`door`, `desk`, `window` or `table` where it has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh, Shape, Vec3
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import Lamp, PlaceAsset, Sky, Spot
from lichtspiel.library.places import fittings, furniture
from lichtspiel.library.places.copies import box, boxes, sheet
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.grounds import floor_of, table_part
from lichtspiel.library.places.grounds import table_top as top_piece
from lichtspiel.library.places.interior import panel, pendant
from lichtspiel.library.places.pieces import Piece, fixed, piece, solid
from lichtspiel.library.places.shell import Doorway, Finish, Opening, Shell, furnished, shell_parts
from lichtspiel.library.places.tables import kitchen_wall
from lichtspiel.library.places.wall_fittings import curtains, door, radiator
from lichtspiel.library.records import Parameter

QUARTER_TURN = float(np.pi / 2)
CHAIR_SEAT_M = 0.465
WANDERING_RAD_S = 0.11
WANDERING_LEAD_S = 2.0
"""When the light meets the middle of the cabin."""
MUTED: tuple[Vec3, Vec3, Vec3] = ((0.10, 0.12, 0.10), (0.40, 0.34, 0.22), (0.58, 0.52, 0.40))


def kitchen(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A family's kitchen: table with chairs before a fitted wall, window to the left."""
    left = (Opening(0.3, 0.95, 1.5, 1.4), Opening(-2.4, 0.95, 1.3, 1.4))
    out = Doorway("right", -1.8) if surroundings.doorway else None
    shell = Shell((-2.7, -4.6), (3.0, 2.6), 2.65, {"left": left}, doorway=out)
    finish = Finish(wall_colour=(0.74, 0.70, 0.60))
    look, material = floor_of(surroundings, "floor_tile", "tile")
    parts = shell_parts(shell, finish, look, material, rng)
    size = (1.5, 0.85, 0.75)
    legs = furniture.table(*size, look="oak", legs="white_paint")[1:]
    cloth = piece(
        "linen", box((-0.5, -0.432, 0.7502), (0.5, 0.432, 0.7525), 0.001), colour=(0.62, 0.60, 0.54)
    )
    parts.append(
        table_part("table", (0, 0), size, ("oak", "wood"), [top_piece(*size, 0.032, "oak"), cloth, *legs])
    )
    seats = {
        "seat_1": (0.0, 0.70, 0.0),
        "seat_2": (-1.02, 0.05, QUARTER_TURN),
        "seat_3": (1.02, 0.05, -QUARTER_TURN),
    }
    chairs = [
        p
        for x, y, turn in seats.values()
        for p in placed(furniture.chair("oak", (0.34, 0.10, 0.07)), (x, y, 0), turn)
    ]
    fronts = (0.42, 0.44, 0.38)
    scene = [
        *chairs,
        *placed(kitchen_wall(fronts), (0, 2.6, 0)),
        *door(shell, "right", -1.8),
        *radiator(shell, "left", left[1]),
        *curtains(shell, "left", left[0], (0.62, 0.55, 0.42), 0.85),
        *placed(furniture.pendant_lamp(1.65, 2.65, 0.2), (0, 0.1, 0)),
        *placed(fittings.clock(), (2.99, 0.4, 1.9), -QUARTER_TURN),
        *placed(_fruit_bowl(rng), (-0.36, 0.12, 0.7525)),
        *placed(_coffee_cup(), (0.32, -0.02, 0.7525)),
    ]
    shapes = [solid((-2.7, 1.95, 0), (3.0, 2.6, 0.91), "wood", "furniture")]
    shapes += [_chair_solid(x, y) for x, y, _turn in seats.values()]
    parts.append(fixed("kitchen", scene, shapes))
    evening = (pendant((0, 0.1, 1.75), 60), pendant((0.2, 2.2, 1.42), 20, 0.03))
    spots = {
        "main": Spot((0, 0, 0.75), size_m=(1.3, 0.75)),
        "edge": Spot((0, -0.42, 0.75), size_m=(1.3, 0.2)),
        "floor": Spot((0, -1.7, 0), size_m=(2.6, 1.6)),
        "people": Spot((0, -1.2, 0), size_m=(3.0, 1.6)),
        # Between two chairs, where one reaches the table.
        "table": Spot((0.46, 0.71, 0), size_m=(0.5, 0.4)),
        "window": Spot((-1.9, 0.3, 0), (-1.0, 0.0, 0.0), (0.8, 0.8)),
        "sink": Spot((-2.38, 0.3, 0), (1.0, 0.0, 0.0), (1.2, 0.6)),
        "door": Spot((2.4, -1.8, 0), (-1.0, 0.0, 0.0), (0.8, 0.8)),
        **{name: _seat(x, y, turn) for name, (x, y, turn) in seats.items()},
    }
    return furnished(shell, parts, surroundings, evening, (0, 0.5, 1.1), spots, 0.12)


def hotel_corridor(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A long carpeted corridor with numbered doors, wall lamps and a mirror at its end."""
    shell = Shell((-1.05, -9.0), (1.05, 14.0), 2.6)
    finish = Finish(
        wall_colour=(0.50, 0.42, 0.30), skirting=0.14, skirting_colour=(0.16, 0.08, 0.04), accent=("back",),
        accent_colour=(0.22, 0.12, 0.08),
    )  # fmt: skip
    look, material = floor_of(surroundings, "carpet", "carpet")
    parts = shell_parts(shell, finish, "dark_floor" if look == "carpet" else look, material, rng)
    scene: list[Piece] = []
    if look == "carpet":
        borders = [sheet((x - 0.05, -9.0), (x + 0.05, 13.9), 0.008) for x in (-0.82, 0.82)]
        scene += [
            piece("carpet", sheet((-0.82, -9.0), (0.82, 13.9), 0.006), colour=(0.20, 0.022, 0.026)),
            piece("carpet", *borders, colour=(0.36, 0.24, 0.07)),
        ]  # fmt: skip
    lamps = []
    doors = np.arange(-7.6, 13.0, 3.2)
    for k, y in enumerate(doors):
        for side, sign in (("left", -1), ("right", 1)):
            scene += door(shell, side, float(y), "dark_wood")
            lamp_y = float(y) + 1.6
            scene += placed(_wall_lamp(), (sign * 1.05, lamp_y, 1.72), -sign * QUARTER_TURN)
            if k % 2 == (sign > 0):
                lamps.append(pendant((sign * 0.90, lamp_y, 1.80), 11.0, 0.06))
    scene += [
        piece("dark_wood", *(_rail(shell, side, doors) for side in ("left", "right"))),
        *placed(furniture.cupboard(1.0, 0.82, 0.36, "dark_wood", 2, 1, handle="brass"), (0, 13.98, 0)),
        *placed(
            furniture.picture(0.9, 1.1, ((0.06, 0.08, 0.12), (0.40, 0.26, 0.14), (0.62, 0.54, 0.42))),
            (0, 14.0, 1.2),
        ),
        *placed(furniture.plant(rng, 1.1), (-0.75, 13.4, 0)),
    ]
    ceiling = [(0.0, float(y), 2.56) for y in np.arange(-7.5, 13.5, 3.0)]
    scene += [p for at in ceiling for p in placed(fittings.luminous_panel(0.22, 0.22), (at[0], at[1], 2.585))]
    parts.append(fixed("corridor", scene))
    always = (*(panel(at, (0.2, 0.2), 17.0, (1.0, 0.80, 0.56)) for at in ceiling), *lamps)
    spots = {
        "main": Spot((0, 0, 0), size_m=(1.3, 9.0)),
        "floor": Spot((0, 0, 0), size_m=(1.3, 9.0)),
        "people": Spot((0, 0, 0), size_m=(1.3, 9.0)),
        "door": Spot((-0.62, -1.2, 0), (1.0, 0.0, 0.0), (0.5, 0.8)),
    }
    return furnished(shell, parts, surroundings, (), (0, -1.0, 1.3), spots, 0.34, always)


def office(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """An old-fashioned office: desk with a lamp, filing cabinets, a glazed door, blinds."""
    left = (Opening(0.2, 0.85, 1.6, 1.6), Opening(-2.4, 0.85, 1.6, 1.6))
    out = Doorway("right", -0.9, "dark_wood") if surroundings.doorway else None
    shell = Shell((-2.9, -4.8), (3.2, 2.7), 2.9, {"left": left}, doorway=out)
    finish = Finish(wall_colour=(0.40, 0.38, 0.30), skirting_colour=(0.10, 0.06, 0.04), skirting=0.16)
    look, material = floor_of(surroundings, "dark_floor", "hardwood")
    parts = shell_parts(shell, finish, look, material, rng)
    size = (1.7, 0.85, 0.76)
    pedestals = [
        p for x in (-0.58, 0.58)
        for p in placed(furniture.cupboard(0.46, 0.72, 0.75, "dark_wood", 1, 3, handle="brass"), (x, 0.38, 0))
    ]  # fmt: skip
    parts.append(
        table_part("desk", (0, 0), size, ("dark_wood", "hardwood"),
                   [top_piece(*size, 0.04, "dark_wood"), *pedestals], 0.04, shapes_below=False)
    )  # fmt: skip
    steel: Vec3 = (0.10, 0.13, 0.11)
    scene = [
        *placed(furniture.chair("dark_wood", (0.12, 0.05, 0.03)), (0.0, 0.78, 0)),
        *placed(furniture.chair("dark_wood"), (0.75, -1.0, 0), 2 * QUARTER_TURN - 0.3),
        *(p for x in (1.5, 2.0, 2.5) for p in placed(
            furniture.cupboard(0.46, 1.32, 0.6, "painted_metal", 1, 4, colour=steel), (x, 2.68, 0))),
        *placed(furniture.bookshelf(1.6, 2.1, rng, "dark_wood", fill=0.85), (-1.6, 2.7, 0)),
        *placed(_blind(left[0]), (-2.86, left[0].middle, 0), QUARTER_TURN),
        *placed(_blind(left[1]), (-2.86, left[1].middle, 0), QUARTER_TURN),
        *door(shell, "right", -0.9, "dark_wood"),
        *placed(_desk_clutter(rng), (0.0, 0.0, size[2])),
        *placed(fittings.clock(), (0.4, 2.69, 2.15)),
        *placed(furniture.picture(0.7, 0.5, MUTED), (0.4, 2.7, 1.5)),
        *placed(furniture.pendant_lamp(2.0, 2.9, 0.22), (0.0, -0.3, 0)),
        *placed(furniture.floor_lamp(1.6), (-2.4, 2.2, 0)),
    ]  # fmt: skip
    shapes = [
        solid((1.27, 2.08, 0), (2.73, 2.68, 1.32), "steel", "cabinet"),
        solid((-2.4, 2.4, 0), (-0.8, 2.7, 2.1), "wood", "shelf"),
        *(solid((x - 0.23, -0.37, 0), (x + 0.23, 0.38, 0.72), "wood", "pedestal") for x in (-0.58, 0.58)),
        _chair_solid(0.0, 0.78),
        _chair_solid(0.75, -1.0),
    ]
    parts.append(fixed("furniture", scene, shapes))
    evening = (
        pendant((0.0, -0.3, 2.06), 48),
        pendant((-0.52, 0.12, 1.12), 12, 0.03),
        pendant((-2.4, 2.2, 1.5), 24, 0.1),
    )
    spots = {
        "main": Spot((0, 0, size[2]), size_m=(1.5, 0.75)),
        "edge": Spot((0, -0.42, size[2]), size_m=(1.5, 0.2)),
        "floor": Spot((0, -1.9, 0), size_m=(3.4, 1.8)),
        "people": Spot((-0.2, -1.7, 0), size_m=(3.2, 1.8)),
        "door": Spot((2.55, -0.9, 0), (-0.6, -0.8, 0.0), (0.8, 0.8)),
        "window": Spot((-2.2, -1.0, 0), (-1.0, 0.0, 0.0), (0.8, 0.8)),
        "desk": Spot((0.0, 0.75, 0), size_m=(1.2, 0.5)),
        "seat_1": _seat(0.0, 0.78, 0.0),
        "seat_2": _seat(0.75, -1.0, 2 * QUARTER_TURN - 0.3),
    }
    return furnished(shell, parts, surroundings, evening, (0, 0.3, 1.1), spots, 0.2)


def spaceship_cabin(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """The cabin of a spacecraft: padded walls, lockers, and windows round a corner onto a planet.

    Who looks out of the one is seen before the other.
    """
    port, beside = Opening(-0.4, 1.05, 1.3, 1.0, 1), Opening(-0.9, 0.95, 1.5, 1.15, 1)
    shell = Shell((-1.9, -3.2), (2.0, 2.2), 2.35, {"left": (port,), "back": (beside,)})
    finish = Finish("matte_plastic", (0.52, 0.53, 0.54), skirting=0.0, ceiling_colour=(0.50, 0.51, 0.52),
                    wall_material="plastic", frame="aluminium")  # fmt: skip
    look, material = floor_of(surroundings, "linoleum", "linoleum")
    parts = shell_parts(shell, finish, look, material, rng)
    parts = [part for part in parts if part.name != "outside"]
    parts.append(fixed("planet", _planet()))
    white: Vec3 = (0.62, 0.63, 0.64)
    right = beside.middle + beside.width / 2
    pads = boxes(
        np.array(
            [[x, 2.14, z] for x in np.arange(-1.6, 1.9, 0.64) for z in np.arange(0.36, 2.3, 0.62)
             if x - 0.29 > right or z + 0.28 < beside.sill]
        ),
        np.array([0.58, 0.12, 0.56]), 0.05,
    )  # fmt: skip
    side = boxes(
        np.array([[1.94, y, z] for y in np.arange(-2.8, 2.0, 0.66) for z in np.arange(0.36, 2.3, 0.62)]),
        np.array([0.12, 0.60, 0.56]), 0.05,
    )  # fmt: skip
    screens = [
        piece("glow_cyan", box((1.86, y, 1.32), (1.872, y + 0.34, 1.56)), colour=(0.05, 0.22, 0.30))
        for y in (-0.9, -0.4)
    ]
    rails = [
        meshes.moved(
            meshes.cylinder(0.014, 1.5, 16), (-1.78, -0.4, 0.95), meshes.turn((1.0, 0.0, 0.0), QUARTER_TURN)
        )
    ]
    scene = [
        piece("matte_plastic", pads, side, colour=white),
        *screens,
        piece("brushed_steel", *rails),
        piece("matte_plastic", *(box((x, 2.06, 1.0), (x + 0.26, 2.1, 1.22), 0.01) for x in (0.1, 1.0)),
              colour=(0.42, 0.10, 0.02)),
        *(p for y in (-1.6, 0.6) for p in placed(fittings.luminous_panel(0.16, 1.2), (0.9, y, 2.33))),
    ]  # fmt: skip
    parts.append(fixed("cabin", scene))
    panels = tuple(panel((0.9, y, 2.3), (0.14, 1.1), 16.0, (0.86, 0.93, 1.0)) for y in (-1.6, 0.6))
    spots = {
        "main": Spot((-0.4, -0.3, 0), (0.6, -0.8, 0.0), (1.6, 1.6)),
        "floor": Spot((-0.4, -0.3, 0), size_m=(2.4, 2.4)),
        "people": Spot((-0.4, -0.3, 0), (0.28, -0.96, 0.0), (1.8, 1.8)),
        "window": Spot((-0.9, -0.4, 0), (-1.0, 0.0, 0.0), (0.6, 0.6)),
    }
    cabin = furnished(shell, parts, surroundings, (), (0.1, -0.5, 1.3), spots, 0.25, panels, "studio")
    return replace(cabin, sky=Sky("stars"), lamps=tuple(_wandering(lamp) for lamp in cabin.lamps))


def _wandering(lamp: Lamp) -> Lamp:
    """The sun as a turning spacecraft sees it: its light crosses the cabin."""
    if lamp.kind != "sun":
        return lamp
    back = meshes.rotation_matrix(meshes.turn((0.0, 0.0, 1.0), -WANDERING_RAD_S * WANDERING_LEAD_S))
    x, y, z = back @ np.array(lamp.direction)
    return replace(lamp, direction=(float(x), float(y), float(z)), turn_rad_s=WANDERING_RAD_S)


def _rail(shell: Shell, side: str, doors: Array) -> Mesh:
    """A dado rail along a wall at hip height, interrupted by its doors."""
    start, end = shell.span(side)
    stops = [start, *(y + s * 0.53 for y in doors for s in (-1, 1)), end]
    runs = zip(stops[::2], stops[1::2], strict=True)
    pieces = [shell.slab(side, (float(a), float(b)), (0.92, 0.98), (-0.025, 0.001)) for a, b in runs]
    return meshes.joined(*(box(*slab, bevel=0.006) for slab in pieces))


def _chair_solid(x: float, y: float) -> Shape:
    return solid((x - 0.22, y - 0.22, 0.0), (x + 0.22, y + 0.22, CHAIR_SEAT_M), "wood", "chair")


def _seat(x: float, y: float, turn: float, height: float = CHAIR_SEAT_M) -> Spot:
    facing = (float(np.sin(turn)), float(-np.cos(turn)), 0.0)
    return Spot((x, y, height), facing, (0.42, 0.42))


def _fruit_bowl(rng: Generator) -> list[Piece]:
    dish = np.array(
        [
            [0.0, 0.004],
            [0.05, 0.004],
            [0.12, 0.055],
            [0.125, 0.06],
            [0.118, 0.062],
            [0.045, 0.014],
            [0, 0.014],
        ]
    )
    apples = [
        meshes.moved(
            meshes.sphere(0.036, 20, 12),
            (0.055 * np.cos(a), 0.055 * np.sin(a), 0.058 + rng.uniform(0, 0.006)),
        )
        for a in np.arange(0, 6.2, 1.26)
    ]
    top = meshes.moved(meshes.sphere(0.037, 20, 12), (0.0, 0.0, 0.104))
    return [
        piece("ceramic", meshes.lathe(dish, 40), colour=(0.56, 0.55, 0.50)),
        piece("wax", *apples[:3], colour=(0.42, 0.03, 0.025)),
        piece("wax", *apples[3:], top, colour=(0.30, 0.36, 0.05)),
    ]


def _coffee_cup() -> list[Piece]:
    wall = np.array(
        [
            [0, 0.003],
            [0.028, 0.003],
            [0.04, 0.03],
            [0.041, 0.07],
            [0.038, 0.07],
            [0.036, 0.03],
            [0.02, 0.008],
            [0, 0.008],
        ]
    )
    plate = np.array([[0, 0.0], [0.04, 0.0], [0.072, 0.012], [0.072, 0.014], [0.04, 0.004], [0, 0.004]])
    return [piece("porcelain", meshes.lathe(wall, 36), meshes.lathe(plate, 36))]


def _wall_lamp() -> list[Piece]:
    """A sconce with a cloth shade, its back at y = 0, its shade about the origin's height."""
    plate = box((-0.03, -0.02, -0.12), (0.03, 0.0, 0.10), 0.006)
    arm = box((-0.008, -0.12, -0.06), (0.008, 0, -0.045), 0.003)
    shade = np.array([[0.05, -0.08], [0.085, 0.10], [0.083, 0.10], [0.048, -0.08]])
    return [
        piece("brass", plate, arm),
        piece("lampshade", meshes.moved(meshes.lathe(shade, 28), (0, -0.13, 0.02))),
    ]  # fmt: skip


def _blind(opening: Opening) -> list[Piece]:
    """Half-open slats before a window, across x about the origin, facing -y."""
    count = int(opening.height / 0.05)
    centres = np.array([[0.0, -0.03, opening.sill + 0.03 + 0.05 * k] for k in range(count)])
    slats = boxes(centres, np.array([opening.width, 0.03, 0.0022]))
    return [piece("wood", slats, colour=(0.30, 0.19, 0.09))]


def _desk_clutter(rng: Generator) -> list[Piece]:
    sheet_of_paper = ((-0.105, -0.148, 0), (0.105, 0.148, 0.0012))
    papers = [
        meshes.moved(
            box(*sheet_of_paper),
            (0.28 + 0.01 * k, -0.1, 0.0012 * k),
            meshes.turn((0.0, 0.0, 1.0), float(rng.normal(0, 0.12))),
        )
        for k in range(6)
    ]
    base = np.array([[0, 0], [0.085, 0], [0.085, 0.015], [0.012, 0.03], [0.010, 0.34], [0, 0.34]])
    shade = np.array([[0.03, 0.40], [0.10, 0.32], [0.098, 0.32], [0.028, 0.40]])
    phone = box((0.50, 0.02, 0.0), (0.70, 0.20, 0.07), 0.02)
    receiver = box((0.48, 0.04, 0.075), (0.72, 0.09, 0.11), 0.02)
    return [
        piece("page_paper", *papers),
        piece("brass", meshes.moved(meshes.lathe(base, 32), (-0.55, 0.15, 0))),
        piece(
            "painted_metal",
            meshes.moved(meshes.lathe(shade, 32), (-0.55, 0.15, 0)),
            colour=(0.02, 0.10, 0.05),
        ),
        piece("bakelite", phone, receiver),
    ]


def _planet() -> list[Piece]:
    """The limb of a cloudy blue planet, far outside the windows at -x and +y."""
    return [piece("planet", meshes.moved(meshes.sphere(80.0, 128, 96), (-27.0, 102.0, -47.0)))]
