"""Where people perform: theatre stage, ballroom, gymnasts' arena."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Mesh, Vec3
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import Lamp, PlaceAsset, Spot
from lichtspiel.library.places import fittings, furniture
from lichtspiel.library.places.copies import box, boxes, copies, sheet
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.grounds import floor_of
from lichtspiel.library.places.interior import panel, pendant
from lichtspiel.library.places.pieces import Piece, fixed, piece, solid
from lichtspiel.library.places.shell import Finish, Opening, Shell, furnished, shell_parts
from lichtspiel.library.places.wall_fittings import curtains, door
from lichtspiel.library.records import Parameter

QUARTER_TURN = float(np.pi / 2)
SEAT_M = 0.465


def stage(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A theatre's stage of worn planks before a dark red curtain, under a bridge of lamps."""
    shell = Shell((-8.0, -9.0), (8.0, 5.6), 7.0)
    black: Vec3 = (0.012, 0.012, 0.013)
    finish = Finish("matte_plastic", black, skirting=0.0, ceiling_colour=black, wall_material="fabric")
    look, material = floor_of(surroundings, "stage_boards", "hardwood")
    parts = shell_parts(shell, finish, look, material, rng)
    red: Vec3 = (0.16, 0.008, 0.010)
    scene = [
        piece("stage_velvet", _drape(-7.6, 7.6, 4.9, 0.0, 6.6, 0.10, 92), colour=red),
        piece(
            "stage_velvet",
            _drape(-8.0, -5.4, 1.6, 0.0, 6.6, 0.13, 26),
            _drape(5.4, 8.0, 1.6, 0.0, 6.6, 0.13, 26),
            colour=(0.10, 0.006, 0.008),
        ),
        piece("stage_velvet", _drape(-8.0, 8.0, 1.2, 5.1, 6.9, 0.10, 90), colour=(0.12, 0.006, 0.008)),
    ]
    lamps_x = np.linspace(-4.8, 4.8, 7)
    for y, aim in ((-2.6, 0.6), (2.9, -0.5)):
        scene += [
            piece(
                "painted_metal",
                meshes.moved(
                    meshes.cylinder(0.03, 12.0, 12), (0, y, 6.0), meshes.turn((0, 1, 0), QUARTER_TURN)
                ),
                colour=black,
            )
        ]
        for x in lamps_x:
            scene += placed(_profile_lamp(aim), (float(x), y, 5.9))
    parts.append(fixed("theatre", scene, [solid((-8, 4.7, 0), (8, 5.2, 6.6), "fabric", "curtain")]))
    warm: Vec3 = (1.0, 0.82, 0.60)
    always = (
        _stage_spot((-4.2, -3.6, 5.7), (-0.3, 0.2, 0.9), 900.0, warm),
        _stage_spot((4.2, -3.6, 5.7), (0.3, 0.2, 0.9), 560.0, (1.0, 0.90, 0.80)),
        _stage_spot((-2.4, 3.4, 5.8), (0.0, 0.0, 1.0), 620.0, (0.62, 0.74, 1.0)),
        _stage_spot((2.4, 3.4, 5.8), (0.0, 0.0, 1.0), 620.0, (1.0, 0.62, 0.45)),
        panel((0, 1.0, 6.5), (7.0, 4.0), 90.0, (0.80, 0.84, 1.0)),
        *(
            _stage_spot((x, 2.6, 5.9), (1.1 * x, 4.8, 1.6), 420.0, (1.0, 0.80, 0.62))
            for x in (-4.6, -1.6, 1.6, 4.6)
        ),
    )
    main = Spot((0, 0, 0), size_m=(7.0, 5.0))
    spots = {
        "main": main,
        "floor": main,
        "people": Spot((0, 0, 0), size_m=(5.0, 3.6)),
        "door": Spot((-5.0, 2.0, 0), (0.6, -0.8, 0.0)),
    }
    return furnished(shell, parts, surroundings, (), (0, 0, 1.0), spots, 0.5, always, "hall_tone")


def _stage_spot(at: Vec3, target: Vec3, power: float, colour: Vec3) -> Lamp:
    toward = np.subtract(target, at)
    unit = toward / np.linalg.norm(toward)
    return Lamp(
        "spot",
        power,
        colour,
        at,
        (float(unit[0]), float(unit[1]), float(unit[2])),
        (0.08, 0.08),
        cone_rad=0.95,
    )


def _drape(x0: float, x1: float, y: float, low: float, high: float, depth: float, folds: int) -> Mesh:
    """A curtain gathered in folds along x, its hem a little fuller than its head."""
    u = np.linspace(x0, x1, folds * 6)
    phase = np.linspace(0, 2 * np.pi * folds / 2, folds * 6)
    rows = []
    for z, fullness in ((low, 1.0), (low + 0.4 * (high - low), 0.9), (high, 0.6)):
        wave = depth * fullness * (np.sin(phase) + 0.3 * np.sin(2.3 * phase + 1.0))
        rows.append(np.column_stack([u + 0.25 * depth * np.cos(phase), y + wave, np.full(len(u), z)]))
    count = len(u)
    polygons = [
        (r * count + i, r * count + i + 1, (r + 1) * count + i + 1, (r + 1) * count + i)
        for r in range(2)
        for i in range(count - 1)
    ]
    return meshes.from_polygons(np.vstack(rows), polygons, smooth_angle_rad=2.0)


def _profile_lamp(aim: float) -> list[Piece]:
    """A theatre lantern on its clamp, pointing down and towards +y times `aim`."""
    can = meshes.lathe(
        np.array(
            [
                (0, -0.26),
                (0.09, -0.24),
                (0.10, 0.05),
                (0.08, 0.10),
                (0.08, 0.26),
                (0.12, 0.28),
                (0.12, 0.30),
                (0, 0.27),
            ]
        ),
        24,
    )
    turned = meshes.moved(can, (0, 0, -0.25), meshes.turn((1, 0, 0), np.pi - 0.85 * np.sign(aim)))
    hook = box((-0.012, -0.02, -0.25), (0.012, 0.02, 0.04), 0.004)
    return [piece("painted_metal", turned, hook, colour=(0.015, 0.015, 0.016))]


def ballroom(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A dance hall: sprung parquet, tall windows, mirrors between pilasters, chandeliers."""
    left = tuple(Opening(y, 0.5, 1.6, 3.6, 2) for y in (-4.4, -0.9, 2.6))
    shell = Shell((-6.5, -8.5), (6.5, 5.5), 5.2, {"left": left})
    finish = Finish(
        wall_colour=(0.62, 0.55, 0.42),
        skirting=0.22,
        skirting_colour=(0.74, 0.71, 0.64),
        ceiling_colour=(0.74, 0.71, 0.65),
    )
    look, material = floor_of(surroundings, "parquet", "hardwood")
    parts = shell_parts(shell, finish, look, material, rng)
    gold: Vec3 = (0.62, 0.42, 0.14)
    mirrors, frames, pilasters = [], [], []
    for x in (-4.4, -1.5, 1.5, 4.4):
        mirrors.append(box((x - 0.85, 5.46, 0.7), (x + 0.85, 5.49, 3.9)))
        frames += [box((x - 0.95, 5.42, z), (x + 0.95, 5.48, z + 0.1), 0.02) for z in (0.62, 3.88)]
        frames += [
            box((x + s * 0.9 - 0.05, 5.42, 0.7), (x + s * 0.9 + 0.05, 5.48, 3.9), 0.02) for s in (-1, 1)
        ]
    for x in (-6.0, -2.95, 0.0, 2.95, 6.0):
        pilasters += [
            box((x - 0.22, 5.34, 0.3), (x + 0.22, 5.5, 4.5), 0.03),
            box((x - 0.3, 5.28, 0), (x + 0.3, 5.5, 0.3), 0.02),
            box((x - 0.3, 5.28, 4.5), (x + 0.3, 5.5, 4.75), 0.03),
        ]
    cornice = [
        box((-6.5, 5.2, 4.75), (6.5, 5.5, 5.2), 0.06),
        box((6.2, -8.5, 4.75), (6.5, 5.5, 5.2), 0.06),
        box((-6.5, -8.5, 4.75), (-6.2, 5.5, 5.2), 0.06),
    ]
    scene = [
        piece("mirror", *mirrors),
        piece("gold", *frames),
        piece("white_paint", *pilasters, *cornice, colour=(0.76, 0.73, 0.66)),
        *(p for y in (-3.6, 1.4) for p in placed(_chandelier(), (0.0, y, 3.5))),
        *(p for o in left for p in curtains(shell, "left", o, (0.26, 0.03, 0.03), 0.02)),
        *door(shell, "right", -2.0, "white_paint"),
        *(
            p
            for y in (-6.0, -4.6, 1.0, 2.4)
            for p in placed(furniture.chair("gold", (0.28, 0.02, 0.025)), (6.1, y, 0), -QUARTER_TURN)
        ),
        piece(
            "brass",
            boxes(np.array([[6.47, y, 2.6] for y in (-5.3, 0.2, 3.8)]), np.array([0.04, 0.16, 0.3]), 0.02),
            colour=gold,
        ),
    ]
    parts.append(fixed("hall", scene))
    always = (pendant((0, -3.6, 3.3), 190, 0.35), pendant((0, 1.4, 3.3), 190, 0.35))
    main = Spot((0, 0, 0), size_m=(8.0, 6.0))
    spots = {
        "main": main,
        "floor": main,
        "people": Spot((0, 0, 0), size_m=(7.0, 5.0)),
        "door": Spot((5.8, -2.0, 0), (-1.0, 0.0, 0.0)),
        "window": Spot((-5.6, -0.9, 0), (1.0, 0.0, 0.0)),
    }
    return furnished(shell, parts, surroundings, (), (0, 0, 1.1), spots, 0.12, always, "hall_tone")


def _chandelier() -> list[Piece]:
    """Two tiers of arms with candles and cut glass, about the origin, hung from above."""
    arms, candles, flames, drops = [], [], [], []
    for count, reach, z in ((10, 0.75, -0.1), (6, 0.42, 0.28)):
        for k in range(count):
            a = 2 * np.pi * k / count
            c, s = float(np.cos(a)), float(np.sin(a))
            path = np.array(
                [
                    (0.05 * c, 0.05 * s, z),
                    (0.5 * reach * c, 0.5 * reach * s, z - 0.16),
                    (0.9 * reach * c, 0.9 * reach * s, z - 0.1),
                    (reach * c, reach * s, z),
                ]
            )
            arms.append(meshes.sweep(path, 0.012, 6))
            candles.append((reach * c, reach * s, z + 0.06))
            flames.append((reach * c, reach * s, z + 0.15))
            drops += [(reach * c, reach * s, z - 0.08), (0.6 * reach * c, 0.6 * reach * s, z - 0.24)]
    gem = meshes.lathe(np.array([(0, -0.05), (0.022, -0.01), (0.012, 0.03), (0, 0.035)]), 6)
    flame = meshes.lathe(np.array([(0, -0.03), (0.014, -0.005), (0.008, 0.03), (0, 0.05)]), 8)
    stem = meshes.lathe(
        np.array([(0, -0.35), (0.06, -0.3), (0.03, -0.1), (0.08, 0.05), (0.03, 0.3), (0.02, 1.7), (0, 1.7)]),
        16,
    )
    return [
        piece("gold", stem, *arms),
        piece("wax", copies(meshes.cylinder(0.012, 0.12, 8), np.array(candles))),
        piece("emissive_warm", copies(flame, np.array(flames))),
        piece("acrylic", copies(gem, np.array(drops))),
    ]


def gymnasium(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A gymnasts' arena: a blue podium of mats under white light, dark stands with seats behind."""
    shell = Shell((-17.0, -15.0), (17.0, 16.0), 11.0)
    dark: Vec3 = (0.035, 0.038, 0.048)
    finish = Finish("matte_plastic", dark, skirting=0.0, ceiling_colour=(0.02, 0.02, 0.024))
    look, material = floor_of(surroundings, "gym_mat", "foam")
    parts = shell_parts(shell, finish, look, material, rng)
    rows: list[Mesh] = []
    seats: list[Vec3] = []
    for k in range(9):
        y, z = 8.6 + 0.8 * k, 0.9 + 0.42 * k
        rows.append(box((-17, y, 0), (17, y + 0.8, z)))
        seats += [(float(x), y + 0.5, z) for x in np.arange(-15.6, 15.7, 0.56)]
    seat = meshes.joined(
        box((-0.22, -0.2, 0.38), (0.22, 0.2, 0.44), 0.02), box((-0.22, 0.16, 0.44), (0.22, 0.22, 0.85), 0.02)
    )
    blue: Vec3 = (0.016, 0.05, 0.22)
    borders = [sheet((-7.2, y - 0.05), (7.2, y + 0.05), 0.003) for y in (-3.4, 3.9)] + [
        sheet((x - 0.05, -3.4), (x + 0.05, 3.9), 0.003) for x in (-7.2, 7.2)
    ]
    landing = boxes(np.array([[x, 0.2, 0.0] for x in (-4.9, 4.9)]), np.array([3.8, 4.4, 0.006]), 0.001)
    hoarding = boxes(
        np.array([[x, 7.4, 0.5] for x in np.arange(-15, 15.1, 3.0)]), np.array([2.96, 0.06, 1.0]), 0.01
    )
    bars = [
        meshes.moved(meshes.cylinder(0.022, 2.4, 16), (9.6, 3.6, 2.5), meshes.turn((1, 0, 0), QUARTER_TURN)),
        meshes.moved(meshes.cylinder(0.022, 2.4, 16), (11.3, 3.6, 1.7), meshes.turn((1, 0, 0), QUARTER_TURN)),
        *(
            meshes.moved(meshes.cylinder(0.03, h, 12), (x, y, h / 2))
            for x, h in ((9.6, 2.55), (11.3, 1.75))
            for y in (2.4, 4.8)
        ),
    ]
    vault = [
        meshes.moved(meshes.box((0.95, 1.2, 0.28), 0.12, 3), (-10.6, 3.4, 1.2)),
        box((-10.8, 3.2, 0), (-10.4, 3.6, 1.1), 0.05),
    ]
    lamps_at = [(x, y) for x in (-7.5, -2.5, 2.5, 7.5) for y in (-5.5, 1.5)]
    scene = [
        piece("concrete", *rows, colour=(0.07, 0.07, 0.08)),
        piece("stand_seat", copies(seat, np.array(seats)), colour=(0.02, 0.03, 0.08)),
        piece("line_white", *borders),
        piece("gym_mat", landing, colour=(0.03, 0.10, 0.36)),
        piece("glossy_plastic", hoarding, colour=blue),
        piece(
            "glossy_plastic",
            boxes(
                np.array([[x, 7.365, 0.5] for x in np.arange(-15, 15.1, 6.0)]),
                np.array([1.7, 0.02, 0.2]),
                0.004,
            ),
            colour=(0.62, 0.62, 0.62),
        ),
        piece("ash_handle", *bars[:2]),
        piece("painted_metal", *bars[2:], colour=(0.55, 0.56, 0.58)),
        piece("suede_tan", *vault),
        *(p for x, y in lamps_at for p in placed(fittings.luminous_panel(1.2, 1.2), (x, y, 10.4))),
        piece(
            "painted_metal",
            boxes(np.array([[0, y, 10.7] for y in (-9, -5.5, -2, 1.5, 5)]), np.array([34.0, 0.3, 0.4]), 0.02),
            colour=(0.03, 0.03, 0.035),
        ),
    ]
    stands = [solid((-17, 8.6, 0), (17, 16, 1.0), "concrete", "stand")]
    parts.append(fixed("arena", scene, stands))
    always = tuple(panel((x, y, 10.3), (1.2, 1.2), 520.0, (1.0, 0.98, 0.95)) for x, y in lamps_at)
    main = Spot((0, 0, 0), size_m=(9.0, 5.0))
    spots = {"main": main, "floor": main, "people": Spot((0, -1.4, 0), size_m=(9.0, 3.0))}
    return furnished(shell, parts, surroundings, (), (0, 0, 1.6), spots, 0.2, always, "hall_tone")
