"""More rooms: garage, bedroom, bathroom, class room."""

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
from lichtspiel.library.places.grounds import floor_of
from lichtspiel.library.places.interior import panel, pendant
from lichtspiel.library.places.pieces import Piece, fixed, piece, solid
from lichtspiel.library.places.shell import Doorway, Finish, Opening, Shell, furnished, shell_parts
from lichtspiel.library.places.wall_fittings import curtains, door, radiator
from lichtspiel.library.records import Parameter

QUARTER_TURN = float(np.pi / 2)
SEAT_M = 0.465


def garage(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A family's garage: sectional door, shelves with boxes, tools, an amplifier, a rug to play on."""
    left = (Opening(-1.6, 1.35, 1.3, 0.8, 2),)
    out = Doorway("left", -3.9) if surroundings.doorway else None
    shell = Shell((-3.3, -5.4), (3.3, 3.2), 2.75, {"left": left}, doorway=out)
    finish = Finish(
        "painted_brick",
        (0.52, 0.51, 0.48),
        wall_material="brick",
        skirting=0.0,
        ceiling_colour=(0.56, 0.55, 0.52),
    )
    look, material = floor_of(surroundings, "concrete", "concrete")
    parts = shell_parts(shell, finish, look, material, rng)
    gate: list[Piece] = []
    ribs = [box((-2.35, 3.10, 0.02 + 0.44 * k), (2.35, 3.16, 0.44 + 0.44 * k), 0.012) for k in range(5)]
    grooves = [
        box((x, 3.085, 0.08 + 0.44 * k), (x + 0.98, 3.11, 0.38 + 0.44 * k), 0.02)
        for k in range(5)
        for x in np.arange(-2.25, 2.2, 1.13)
    ]
    rails = [box((s * 2.42 - 0.04, 3.04, 0), (s * 2.42 + 0.04, 3.14, 2.4), 0.006) for s in (-1, 1)] + [
        box((s * 2.42 - 0.03, -0.2, 2.42), (s * 2.42 + 0.03, 3.1, 2.48), 0.006) for s in (-1, 1)
    ]
    gate += [
        piece("painted_metal", *ribs, *grooves, colour=(0.62, 0.61, 0.58)),
        piece(
            "galvanised_steel",
            *rails,
            box((-0.2, -0.1, 2.45), (0.2, 0.5, 2.68), 0.03),
            box((-0.03, 0.4, 2.54), (0.03, 3.0, 2.58)),
        ),
    ]
    shelf = [
        piece(
            "galvanised_steel",
            *(
                box((2.78, y0, z), (3.28, y0 + 1.5, z + 0.03), 0.004)
                for y0 in (-1.6, 0.1)
                for z in (0.15, 0.72, 1.29, 1.86)
            ),
            *(
                box((x, y, 0), (x + 0.04, y + 0.04, 2.1), 0.004)
                for x in (2.78, 3.24)
                for y in (-1.6, -0.1, 1.56)
            ),
        )
    ]
    slots = [(y, z) for y in (-1.35, -0.85, -0.38, 0.36, 0.86, 1.36) for z in (0.18, 0.75, 1.32)]
    sizes = np.array([(0.40, float(rng.uniform(0.32, 0.45)), float(rng.uniform(0.22, 0.42))) for _ in slots])
    centres = np.array([(3.03, y, z + size[2] / 2) for (y, z), size in zip(slots, sizes, strict=True)])
    plain = rng.uniform(size=len(slots)) < 0.55
    boxes_ = [
        piece("cardboard", boxes(centres[plain], sizes[plain], 0.006)),
        piece(
            "glossy_plastic",
            boxes(centres[~plain], sizes[~plain] * [1, 1, 0.8], 0.03),
            colour=(0.04, 0.12, 0.24),
        ),
    ]
    amp = [
        piece("black_rubber", box((-2.4, 2.1, 0.02), (-1.7, 2.5, 0.72), 0.03)),
        piece("upholstery", box((-2.34, 2.085, 0.06), (-1.76, 2.10, 0.54), 0.01), colour=(0.10, 0.085, 0.06)),
        piece(
            "brushed_steel",
            box((-2.34, 2.085, 0.58), (-1.76, 2.10, 0.67), 0.005),
            *(
                meshes.moved(
                    meshes.cylinder(0.014, 0.03, 16, 0.003),
                    (-2.28 + 0.07 * k, 2.08, 0.625),
                    meshes.turn((1, 0, 0), QUARTER_TURN),
                )
                for k in range(7)
            ),
        ),
    ]
    tyre = meshes.lathe(
        np.array(
            [
                (0.20, -0.09),
                (0.26, -0.10),
                (0.31, -0.08),
                (0.315, 0.08),
                (0.26, 0.10),
                (0.20, 0.09),
                (0.19, 0.0),
                (0.20, -0.09),
            ]
        ),
        40,
    )
    scene = [
        *gate,
        *shelf,
        *boxes_,
        *amp,
        piece("tyre_rubber", *(meshes.moved(tyre, (-2.85, 2.55, 0.1 + 0.2 * k)) for k in range(4))),
        *placed(furniture.rug(3.0, 2.4, (0.20, 0.035, 0.03), (0.10, 0.07, 0.035)), (0.0, 0.5, 0.0)),
        *placed(fittings.tool_wall(1.9, 1.25, 1.0), (-3.3, 1.0, 0), QUARTER_TURN),
        *placed(fittings.workbench(1.9, 0.6, 0.9), (-3.3, 1.0, 0), QUARTER_TURN),
        *door(shell, "left", -3.9, "white_paint"),
        *(
            p
            for k, (x, z) in enumerate(((-1.5, 2.55), (0.0, 2.55), (1.5, 2.55)))
            for p in placed(fittings.luminous_panel(0.14, 1.2), (x, -0.4, z + 0.18 + 0 * k))
        ),
        *placed(
            fittings.poster(0.6, 0.85, (0.36, 0.05, 0.03), (0.70, 0.62, 0.45), 3, 2),
            (3.28, -3.0, 1.7),
            -QUARTER_TURN,
        ),
        *placed(fittings.clock(0.15), (3.28, -2.2, 2.25), -QUARTER_TURN),
    ]
    shapes = [
        solid((2.78, -1.6, 0), (3.3, 1.6, 2.1), "steel", "shelf"),
        solid((-3.3, 0.0, 0), (-2.7, 2.0, 0.9), "wood", "bench"),
        solid((-2.4, 2.1, 0), (-1.7, 2.5, 0.72), "wood", "amplifier"),
    ]
    parts.append(fixed("garage", scene, shapes))
    always = tuple(panel((x, -0.4, 2.70), (0.14, 1.2), 26.0, (1.0, 0.96, 0.88)) for x in (-1.5, 0.0, 1.5))
    main = Spot((0, 0.5, 0), size_m=(3.6, 2.8))
    spots = {
        "main": main,
        "floor": main,
        "people": Spot((0, -0.6, 0), size_m=(3.4, 2.6)),
        "door": Spot((-2.6, -3.9, 0), (1.0, 0.0, 0.0)),
    }
    return furnished(shell, parts, surroundings, (), (0, 0.4, 0.9), spots, 0.09, always)


def bedroom(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A bedroom: made bed against the back wall, bedside lamps, wardrobe, window with curtains, rug."""
    left = (Opening(0.2, 0.8, 1.6, 1.5), Opening(-2.4, 0.8, 1.6, 1.5))
    out = Doorway("right", -3.2) if surroundings.doorway else None
    shell = Shell((-2.6, -4.6), (2.9, 2.5), 2.7, {"left": left}, doorway=out)
    finish = Finish(wall_colour=(0.64, 0.61, 0.56), accent=("back",), accent_colour=(0.20, 0.26, 0.30))
    look, material = floor_of(surroundings, "parquet", "hardwood")
    parts = shell_parts(shell, finish, look, material, rng)
    bed = [
        piece(
            "oak",
            box((-0.95, 2.38, 0), (0.95, 2.46, 1.05), 0.015),
            box((-0.90, 0.30, 0.12), (0.90, 2.4, 0.34), 0.01),
            box((-0.92, 0.26, 0.05), (0.92, 0.32, 0.44), 0.01),
        ),
        piece(
            "linen",
            meshes.moved(meshes.box((1.72, 2.02, 0.20), 0.07, 4), (0, 1.36, 0.44)),
            *(
                meshes.moved(
                    meshes.box((0.72, 0.44, 0.16), 0.075, 5), (x, 2.12, 0.62), meshes.turn((1, 0, 0), 0.18)
                )
                for x in (-0.42, 0.42)
            ),
            colour=(0.74, 0.73, 0.70),
        ),
        piece(
            "fabric",
            meshes.moved(meshes.box((1.84, 1.46, 0.14), 0.06, 4), (0, 1.04, 0.52)),
            box((-0.93, 0.30, 0.26), (-0.90, 1.75, 0.52), 0.01),
            box((0.90, 0.30, 0.26), (0.93, 1.75, 0.52), 0.01),
            colour=(0.13, 0.20, 0.27),
        ),
    ]
    lamp = [
        piece(
            "brass",
            meshes.lathe(
                np.array([(0, 0), (0.07, 0), (0.07, 0.01), (0.012, 0.03), (0.012, 0.24), (0, 0.24)]), 24
            ),
        ),
        piece("lampshade", meshes.lathe(np.array([[0.13, 0.20], [0.09, 0.38]]), 28)),
    ]
    scene = [
        *bed,
        *(
            p
            for x in (-1.28, 1.28)
            for p in [
                *placed(furniture.cupboard(0.46, 0.52, 0.4, "oak", 1, 1, 0.08, handle="brass"), (x, 2.48, 0)),
                *placed(lamp, (x, 2.28, 0.52)),
            ]
        ),
        *placed(furniture.cupboard(1.9, 2.2, 0.6, "white_paint", 3, 0), (2.9, -0.4, 0), -QUARTER_TURN),
        *placed(furniture.rug(2.4, 1.7, (0.30, 0.27, 0.22), (0.20, 0.17, 0.13)), (0, -0.5, 0)),
        *placed(
            furniture.picture(1.1, 0.7, ((0.10, 0.16, 0.20), (0.48, 0.40, 0.28), (0.62, 0.58, 0.50))),
            (0, 2.5, 1.65),
        ),
        *(p for o in left for p in curtains(shell, "left", o, (0.56, 0.50, 0.40), 0.02)),
        *radiator(shell, "left", left[1]),
        *door(shell, "right", -3.2),
        *placed(furniture.pendant_lamp(2.0, 2.7, 0.2), (0, -0.6, 0)),
        *placed(furniture.plant(rng, 1.2), (-2.2, 2.1, 0)),
        *placed(furniture.chair("oak"), (-2.1, -1.2, 0), QUARTER_TURN),
    ]
    shapes = [
        solid((-0.95, 0.28, 0), (0.95, 2.45, 0.58), "fabric", "bed"),
        solid((2.3, -1.35, 0), (2.9, 0.55, 2.2), "wood", "wardrobe"),
    ]
    parts.append(fixed("bedroom", scene, shapes))
    evening = (
        pendant((-1.28, 2.28, 0.82), 14, 0.08),
        pendant((1.28, 2.28, 0.82), 14, 0.08),
        pendant((0, -0.6, 2.06), 44),
    )
    main = Spot((0, -0.8, 0), size_m=(3.2, 2.0))
    spots = {
        "main": main,
        "floor": main,
        "people": main,
        "bed": Spot((0, 1.2, 0.58), size_m=(1.4, 1.8)),
        "seat_1": Spot((-0.55, 0.5, 0.58), (0.0, -1.0, 0.0), (0.5, 0.4)),
        "seat_2": Spot((0.45, 0.5, 0.58), (0.0, -1.0, 0.0), (0.5, 0.4)),
        "door": Spot((2.3, -3.2, 0), (-1.0, 0.0, 0.0), (0.8, 0.8)),
        "window": Spot((-1.8, 0.2, 0), (-1.0, 0.0, 0.0), (0.8, 0.8)),
    }
    return furnished(shell, parts, surroundings, evening, (0, 0.2, 0.9), spots, 0.32)


def bathroom(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A tiled bathroom: wash stand with a large mirror behind, free-standing tub, towels, frosted window."""
    left = (Opening(-0.4, 1.1, 1.1, 1.1),)
    out = Doorway("right", -2.4) if surroundings.doorway else None
    shell = Shell((-1.9, -4.4), (2.1, 1.9), 2.6, {"left": left}, doorway=out)
    finish = Finish("wall_tile", None, skirting=0.0, wall_material="tile")
    look, material = floor_of(surroundings, "floor_tile", "tile")
    parts = shell_parts(shell, finish, look, material, rng)
    basin = meshes.lathe(
        np.array(
            [
                (0, 0.86),
                (0.10, 0.86),
                (0.19, 0.93),
                (0.22, 0.99),
                (0.215, 1.0),
                (0.20, 0.985),
                (0.16, 0.92),
                (0.05, 0.885),
                (0, 0.882),
            ]
        ),
        56,
    )
    tub = np.array(
        [
            (0, 0.05),
            (0.62, 0.05),
            (0.80, 0.2),
            (0.86, 0.52),
            (0.92, 0.585),
            (0.88, 0.60),
            (0.80, 0.56),
            (0.74, 0.22),
            (0.6, 0.13),
            (0, 0.12),
        ]
    )
    bath = meshes.scaled(meshes.lathe(tub, 72), (0.46, 0.95, 1.0))
    tap = [
        meshes.sweep(
            np.array([(x, 1.78, 0.88), (x, 1.78, 1.08), (x, 1.74, 1.13), (x, 1.62, 1.12), (x, 1.60, 1.08)]),
            0.013,
            12,
        )
        for x in (0.2,)
    ]
    tap += [
        meshes.sweep(
            np.array([(-1.58, 0.9, 0.0), (-1.58, 0.9, 0.95), (-1.52, 0.9, 1.02), (-1.36, 0.9, 1.0)]),
            0.016,
            12,
        ),
        meshes.moved(meshes.cylinder(0.02, 0.06, 20, 0.004), (0.36, 1.76, 0.91)),
    ]
    towels = [
        piece("carpet", box((1.98, -0.6 + 0.5 * k, 0.75), (2.05, -0.2 + 0.5 * k, 1.42), 0.02), colour=c)
        for k, c in enumerate(((0.66, 0.64, 0.60), (0.16, 0.28, 0.32)))
    ]
    bottle = meshes.lathe(
        np.array([(0, 0), (0.028, 0), (0.028, 0.12), (0.012, 0.14), (0.012, 0.17), (0, 0.17)]), 20
    )
    scene = [
        *placed(furniture.cupboard(1.3, 0.84, 0.48, "oak", 2, 1, handle="brushed_steel"), (0.2, 1.88, 0)),
        piece("marble", box((-0.5, 1.36, 0.84), (0.9, 1.9, 0.87), 0.006)),
        piece("porcelain", meshes.moved(basin, (0.2, 1.60, 0.0)), meshes.moved(bath, (-1.30, 0.4, 0.0))),
        piece(
            "chrome",
            *tap,
            meshes.moved(
                meshes.cylinder(0.012, 1.2, 16), (2.03, -0.15, 1.44), meshes.turn((1, 0, 0), QUARTER_TURN)
            ),
        ),
        piece("mirror", box((-0.45, 1.875, 1.12), (0.85, 1.89, 2.05))),
        piece(
            "oak",
            box((-0.5, 1.87, 1.07), (0.9, 1.9, 1.12), 0.005),
            box((-0.5, 1.87, 2.05), (0.9, 1.9, 2.10), 0.005),
        ),
        *towels,
        piece(
            "glossy_plastic",
            copies(bottle, np.array([[-0.30, 1.66, 0.87], [-0.22, 1.72, 0.87], [0.68, 1.70, 0.87]])),
            colour=(0.20, 0.34, 0.30),
        ),
        *door(shell, "right", -2.4),
        *placed(furniture.plant(rng, 0.8, 26), (1.7, 1.5, 0)),
        *placed(furniture.rug(1.1, 0.7, (0.52, 0.50, 0.46), (0.44, 0.42, 0.38)), (0.2, 0.75, 0)),
        *(p for x in (-0.3, 0.7) for p in placed(fittings.luminous_panel(0.3, 0.3), (x, 0.6, 2.58))),
        *radiator(shell, "left", left[0]),
        piece("frosted_glass", box((-2.06, -0.9, 1.15), (-2.05, 0.1, 2.15))),
    ]
    shapes = [
        solid((-0.5, 1.38, 0), (0.9, 1.9, 0.87), "wood", "stand"),
        solid((-1.72, -0.45, 0), (-0.88, 1.25, 0.58), "porcelain", "tub"),
    ]
    parts.append(fixed("bathroom", scene, shapes))
    always = tuple(panel((x, 0.6, 2.56), (0.3, 0.3), 30.0) for x in (-0.3, 0.7))
    main = Spot((0.4, -0.6, 0), size_m=(1.8, 1.8))
    spots = {
        "main": main,
        "floor": main,
        "people": main,
        "sink": Spot((0.2, 1.0, 0), (0.0, -1.0, 0.0), (0.8, 0.5)),
        "door": Spot((1.6, -2.4, 0), (-1.0, 0.0, 0.0), (0.7, 0.7)),
        "window": Spot((-0.9, -1.0, 0), (-1.0, 0.0, 0.0), (0.6, 0.6)),
    }
    return furnished(shell, parts, surroundings, (), (0.3, 0.4, 1.1), spots, 0.05, always)


def classroom(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A class room seen from its pupils: blackboard, teacher's desk, rows of desks, maps, windows."""
    left = tuple(Opening(y, 0.95, 1.9, 1.7, 3) for y in (1.4, -1.2, -3.8))
    out = Doorway("right", -3.4, "gym_panel") if surroundings.doorway else None
    shell = Shell((-4.0, -6.4), (4.0, 3.6), 3.2, {"left": left}, doorway=out)
    finish = Finish(wall_colour=(0.66, 0.64, 0.54), skirting=0.12, skirting_colour=(0.16, 0.12, 0.08))
    look, material = floor_of(surroundings, "linoleum", "linoleum")
    parts = shell_parts(shell, finish, look, material, rng)
    scene: list[Piece] = []
    shapes = []
    seats: dict[str, Spot] = {}
    number = 0
    for y in (-2.2, -3.9):
        for x in (-2.4, 0.0, 2.4):
            scene += placed(furniture.table(1.3, 0.55, 0.72, "beech", "painted_metal"), (x, y, 0))
            shapes.append(solid((x - 0.65, y - 0.27, 0.68), (x + 0.65, y + 0.27, 0.72), "wood", "desk"))
            for dx in (-0.33, 0.33):
                number += 1
                scene += placed(furniture.chair("beech"), (x + dx, y - 0.55, 0), 2 * QUARTER_TURN)
                seats[f"seat_{number}"] = Spot((x + dx, y - 0.55, SEAT_M), (0.0, 1.0, 0.0), (0.42, 0.42))
                shapes.append(
                    solid((x + dx - 0.2, y - 0.75, 0), (x + dx + 0.2, y - 0.35, SEAT_M), "wood", "chair")
                )
    maps: tuple[Vec3, Vec3] = ((0.20, 0.36, 0.44), (0.40, 0.42, 0.20))
    globe = [meshes.moved(meshes.sphere(0.15, 40, 20), (-1.95, 2.05, 1.02))]
    scene += [
        *placed(fittings.blackboard(4.2, 0.95, 1.25), (0, 3.6, 0)),
        *placed(furniture.table(1.6, 0.7, 0.76, "oak", "oak"), (-1.4, 2.05, 0)),
        *placed(furniture.chair("oak"), (-1.4, 2.7, 0)),
        piece("earth", *globe),
        piece(
            "brass",
            meshes.moved(
                meshes.lathe(
                    np.array([(0, 0), (0.1, 0), (0.09, 0.02), (0.015, 0.04), (0.015, 0.12), (0, 0.12)]), 24
                ),
                (-1.95, 2.05, 0.76),
            ),
        ),
        *placed(fittings.poster(1.3, 0.95, maps[0], maps[1], 3, 4), (3.98, 0.6, 1.75), -QUARTER_TURN),
        *placed(
            fittings.poster(0.7, 0.95, (0.62, 0.58, 0.46), (0.30, 0.10, 0.06), 6, 3),
            (3.98, -1.4, 1.75),
            -QUARTER_TURN,
        ),
        *placed(fittings.clock(0.2), (2.7, 3.58, 2.5)),
        *placed(furniture.cupboard(1.6, 1.1, 0.4, "beech", 3, 0), (3.0, 3.58, 0)),
        *placed(furniture.plant(rng, 0.9, 30), (3.4, 3.2, 1.1)),
        *door(shell, "right", -3.4, "gym_panel"),
        *radiator(shell, "left", left[0]),
        *radiator(shell, "left", left[1]),
        *(
            p
            for x in (-1.8, 1.8)
            for y in (1.2, -2.4)
            for p in placed(fittings.luminous_panel(0.3, 1.4), (x, y, 3.17))
        ),
    ]
    shapes += [solid((-2.2, 1.7, 0.72), (-0.6, 2.4, 0.76), "wood", "teachers_desk")]
    parts.append(fixed("classroom", scene, shapes))
    always = tuple(panel((x, y, 3.14), (0.3, 1.4), 38.0) for x in (-1.8, 1.8) for y in (1.2, -2.4))
    main = Spot((0.5, 0.9, 0), size_m=(3.4, 1.8))
    spots = {
        "main": main,
        "floor": main,
        "people": main,
        "board": Spot((0.6, 2.9, 0), size_m=(2.0, 0.6)),
        "desk": Spot((-1.4, 2.65, 0), size_m=(1.0, 0.4)),
        "door": Spot((3.3, -3.4, 0), (-1.0, 0.0, 0.0)),
        "window": Spot((-3.2, 0.6, 0), (-1.0, 0.0, 0.0)),
        **seats,
    }
    return furnished(shell, parts, surroundings, (), (0.3, 1.0, 1.1), spots, 0.14, always)
