"""Market square, roof over a city, tennis court and ice rink."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Part, Vec3
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import Acoustics, PlaceAsset, Spot
from lichtspiel.library.places import buildings, landmarks, scenery, squares
from lichtspiel.library.places.copies import box, boxes, sheet, strips
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.grounds import floor_of, open_air
from lichtspiel.library.places.pieces import Piece, fixed, floor, piece, solid
from lichtspiel.library.places.sky import outdoors
from lichtspiel.library.records import Parameter
from lichtspiel.screenplay import TimeOfDay

QUARTER_TURN = float(np.pi / 2)
NIGHT = (TimeOfDay.NIGHT, TimeOfDay.DUSK)
AWNINGS: tuple[tuple[Vec3, Vec3], ...] = (
    ((0.42, 0.02, 0.02), (0.70, 0.67, 0.60)),
    ((0.03, 0.14, 0.30), (0.70, 0.68, 0.62)),
    ((0.05, 0.22, 0.09), (0.70, 0.68, 0.60)),
    ((0.62, 0.38, 0.04), (0.70, 0.67, 0.58)),
)
MARKET_SUN = {
    TimeOfDay.SUNRISE: -24,
    TimeOfDay.MORNING: -42,
    TimeOfDay.GOLDEN_HOUR: 206,
    TimeOfDay.SUNSET: 206,
}


def market(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A market square: rows of stalls under awnings, a fountain, gabled houses and a church behind."""
    look, material = floor_of(surroundings, "cobbles", "stone")
    parts: list[Part] = [floor("square", [piece(look, sheet((-70, -50), (70, 90), 0.0))], material)]
    stalls: list[Piece] = []
    shapes = []
    kinds = [squares.stall(rng, AWNINGS[k], 6) for k in range(3)]
    where = (
        (-4.4, 3.4, 0.12),
        (-1.1, 4.3, 0.02),
        (2.4, 4.2, -0.05),
        (5.7, 3.3, -0.14),
        (-6.6, -0.6, 1.25),
        (7.6, -0.4, -1.3),
        (-3.2, 9.5, 3.1),
    )
    for k, (x, y, turn) in enumerate(where):
        stalls += placed(kinds[k % 3], (x, y, 0.0), turn)
        shapes.append(solid((x - 1.25, y - 0.6, 0), (x + 1.25, y + 0.6, 0.86), "wood", "stall"))
    parts.append(fixed("stalls", stalls, shapes))
    night = surroundings.time_of_day in NIGHT
    fronts = (
        buildings.Front(3, 3, "plaster", (0.58, 0.44, 0.26), 2.4, 2.9),
        buildings.Front(3, 4, "plaster", (0.62, 0.56, 0.45), 2.3, 2.8),
        buildings.Front(3, 3, "brick", None, 2.4, 2.9),
        buildings.Front(4, 3, "plaster", (0.46, 0.24, 0.16), 2.3, 2.9),
        buildings.Front(3, 4, "plaster", (0.38, 0.44, 0.40), 2.3, 2.8),
    )
    houses: list[Piece] = []
    x = -27.0
    for k in range(8):
        front = fronts[k % 5]
        if not -3.0 < x + front.width / 2 < 8.0:
            houses += placed(buildings.house(front, rng, night), (x, 20.0, 0))
        x += front.width + 0.3
    for k, y in enumerate((-6.0, 2.0, 10.0)):
        front = fronts[(k + 1) % 5]
        houses += placed(buildings.house(front, rng, night), (-16.5, y, 0), QUARTER_TURN)
        houses += placed(buildings.house(front, rng, night), (16.5, y + front.width, 0), -QUARTER_TURN)
    parts.append(fixed("houses", [*houses, *placed(squares.church(rng), (2.4, 44.0, 0.0), 0.15)]))
    scene = [
        *placed(squares.fountain(rng), (0.6, 12.5, 0)),
        *(p for a in ((-8.5, 6.5), (8.8, 6.8)) for p in placed(scenery.street_lamp(4.2), (*a, 0.0))),
    ]
    scene += scenery.grove(rng, np.array([[-11.5, 13.0], [11.8, 14.0]]), np.array([7.5, 7.0]), 1, 2800, 0.3)
    scene += [
        *placed(scenery.bench(), (-2.8, 11.6, 0), 0.3),
        scenery.hills(rng, 240, 22, (0.1, 3.04), "hedge", (0.035, 0.06, 0.03)),
    ]
    parts.append(fixed("square_furniture", scene))
    lanterns = tuple(scenery.lantern_light(a, 4.2, 260) for a in ((-8.5, 6.5), (8.8, 6.8), (0.0, -3.0)))
    light = outdoors(surroundings, (0, 0, 1.0), lanterns, MARKET_SUN, 0.2)
    place = open_air(parts, light, (9.0, 5.0), Acoustics(None, 0.25, "street", -46.0))
    spots = {
        "people": Spot((0, 0.4, 0), size_m=(8.0, 4.0)),
        "stall": Spot((-1.0, 3.1, 0), (0.0, -1.0, 0.0), (1.6, 0.6)),
        "seller": Spot((2.4, 5.4, 0), (0.0, -1.0, 0.0), (1.6, 0.5)),
    }
    return replace(place, spots={**place.spots, **spots})


def roof(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A flat roof high over a city: parapet, vents, water tank, towers all round to the horizon."""
    look, material = floor_of(surroundings, "concrete", "concrete")
    night = surroundings.time_of_day in NIGHT
    deck = [
        piece(look, sheet((-9, -8), (9, 7), 0.0)),
        piece("concrete", box((-9, -8, -60), (9, 7, -0.02)), colour=(0.26, 0.25, 0.24)),
    ]
    parts: list[Part] = [floor("roof", deck, material)]
    rails = [
        box((-9, 6.7, 0), (9, 7.0, 0.95), 0.02),
        box((-9, -8, 0), (-8.7, 7, 0.95), 0.02),
        box((8.7, -8, 0), (9, 7, 0.95), 0.02),
        box((-9.05, 6.62, 0.95), (9.05, 7.08, 1.02), 0.02),
    ]
    vents = [
        box((-7.4, 3.4, 0), (-5.6, 5.4, 1.5), 0.03),
        box((5.2, 4.4, 0), (6.4, 5.4, 0.9), 0.03),
        box((-7.6, -2.0, 0), (-5.2, 0.8, 2.5), 0.03),
    ]
    fans = [
        meshes.moved(meshes.cylinder(0.5, 0.12, 36, 0.02), (-6.5, 4.4, 1.56)),
        meshes.moved(meshes.cylinder(0.09, 1.1, 20, 0.01), (2.8, 5.9, 0.55)),
        meshes.moved(meshes.cylinder(0.14, 0.12, 20, 0.02), (2.8, 5.9, 1.14)),
    ]
    tank = meshes.lathe(np.array([(0, 2.4), (1.2, 2.4), (1.25, 4.6), (1.4, 4.62), (0.1, 5.5), (0, 5.5)]), 32)
    legs = boxes(
        np.array([[6.6 + a, 1.6 + b, 1.2] for a in (-0.8, 0.8) for b in (-0.8, 0.8)]),
        np.array([0.14, 0.14, 2.4]),
        0.01,
    )
    scene: list[Piece] = [
        piece("plaster", *rails, colour=(0.42, 0.40, 0.37)),
        piece("galvanised_steel", *vents[:2], *fans),
        piece("brick", vents[2]),
        piece("pine", meshes.moved(tank, (6.6, 1.6, 0)), legs, colour=(0.24, 0.16, 0.10)),
        piece("painted_metal", box((-5.21, -1.2, 0.05), (-5.17, -0.2, 2.1), 0.01), colour=(0.10, 0.13, 0.12)),
    ]
    solids = [
        solid((-9, 6.7, 0), (9, 7.0, 1.0), "concrete", "parapet"),
        solid((-9, -8, 0), (-8.7, 7, 1.0), "concrete", "parapet"),
        solid((8.7, -8, 0), (9, 7, 1.0), "concrete", "parapet"),
        solid((-7.6, -2, 0), (-5.2, 0.8, 2.5), "brick", "stairs"),
    ]
    parts.append(fixed("roof_top", scene, solids))
    parts.append(fixed("city", _city(rng, night)))
    lamps = tuple(scenery.lantern_light(a, 3.0, 160) for a in ((-4.4, -0.4), (3.0, 4.0))) if night else ()
    light = outdoors(surroundings, (0, 0, 1.0), lamps, lift_ev=0.0)
    place = open_air(parts, light, (8.0, 7.0), Acoustics(None, 0.7, "street", -52.0))
    return replace(
        place,
        spots={
            **place.spots,
            "people": Spot((0, 0.5, 0), size_m=(7.0, 6.0)),
            "door": Spot((-4.6, -0.7, 0), (1.0, 0.0, 0.0)),
            "edge_of_roof": Spot((0, 6.2, 0), (0.0, 1.0, 0.0), (8.0, 0.6)),
        },
    )


def _city(rng: Generator, lit: bool) -> list[Piece]:
    """Towers with rows of windows out to two kilometres, their streets far below."""
    walls: dict[int, list[Array]] = {0: [], 1: [], 2: []}
    dark: list[tuple[Vec3, Vec3]] = []
    bright: list[tuple[Vec3, Vec3]] = []
    for ring_, (near, far, count) in enumerate(((48, 110, 30), (110, 320, 80), (320, 1300, 150))):
        for _k in range(count):
            reach, bearing = (
                float(np.exp(rng.uniform(np.log(near), np.log(far)))),
                float(rng.uniform(-0.55, np.pi + 0.55)),
            )
            x, y = reach * np.cos(bearing), reach * np.sin(bearing)
            if abs(x) < 17 and y < 17:
                continue
            w, d = rng.uniform(12, 24) * (1 + 0.5 * ring_), rng.uniform(12, 24) * (1 + 0.5 * ring_)
            top = float(
                rng.uniform(-32, 2)
                + (rng.uniform() < 0.3) * rng.uniform(5, 60) * min(1.0, (reach / 160) ** 1.5)
            )
            walls[int(rng.integers(0, 3))].append(np.array([x, y, (top - 62) / 2, w, d, top + 62]))
            if ring_ < 2:
                storeys = np.arange(top - 2.6, max(top - 46, -60), -3.3)
                for side in ((0, -1), (-1, 0), (1, 0)):
                    span = w if side[0] == 0 else d
                    for z in storeys:
                        row = (x + side[0] * (w / 2 + 0.03), y + side[1] * (d / 2 + 0.03), float(z))
                        size = (span * 0.86, 0.06, 1.5) if side[0] == 0 else (0.06, span * 0.86, 1.5)
                        if lit and rng.uniform() < 0.55:
                            part_ = rng.uniform(0.06, 0.3)
                            shift = rng.uniform(-0.32, 0.32) * span
                            spot = (
                                row[0] + (shift if side[0] == 0 else 0),
                                row[1] + (0 if side[0] == 0 else shift),
                                row[2],
                            )
                            bright.append(
                                (
                                    spot,
                                    (
                                        size[0] * part_ if side[0] == 0 else 0.1,
                                        0.1 if side[0] == 0 else size[1] * part_,
                                        1.3,
                                    ),
                                )
                            )
                        dark.append((row, size))
    pieces = []
    for kind, colour in enumerate(((0.34, 0.31, 0.27), (0.22, 0.23, 0.25), (0.30, 0.20, 0.15))):
        if walls[kind]:
            table = np.array(walls[kind])
            pieces.append(piece("concrete", boxes(table[:, :3], table[:, 3:]), colour=colour))
    pieces.append(
        piece("window_glass", boxes(np.array([at for at, _ in dark]), np.array([size for _, size in dark])))
    )
    if bright:
        pieces.append(
            piece(
                "window_lit",
                boxes(np.array([at for at, _ in bright]), np.array([size for _, size in bright])),
            )
        )
    return [*pieces, piece("asphalt", sheet((-1500, -900), (1500, 1500), -62.0))]


def tennis_court(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A clay tennis court seen along its length: lines, net, umpire's chair, green fence and trees."""
    look, material = floor_of(surroundings, "clay_court", "sand")
    half, single, length = 5.485, 4.115, 11.885
    parts: list[Part] = [floor("court", [piece(look, sheet((-60, -40), (60, 60), 0.0))], material)]
    net_y = 7.0
    low, high = net_y - length, net_y + length
    lines = [
        np.array([[-half, low], [half, low], [half, high], [-half, high], [-half, low]]),
        *(np.array([[s * single, low], [s * single, high]]) for s in (-1, 1)),
        *(np.array([[-single, net_y + s * 6.4], [single, net_y + s * 6.4]]) for s in (-1, 1)),
        np.array([[0, net_y - 6.4], [0, net_y + 6.4]]),
    ]
    u = np.linspace(-half - 0.9, half + 0.9, 60)
    top = 0.914 + (1.07 - 0.914) * (np.abs(u) / (half + 0.9)) ** 2
    tape = [meshes.sweep(np.column_stack([u, np.full(60, net_y), top]), 0.03, 8)]
    strands = [
        meshes.sweep(np.column_stack([u, np.full(60, net_y), top * k]), 0.003, 4)
        for k in np.linspace(0.05, 0.95, 18)
    ]
    strands += [
        meshes.sweep(np.array([(x, net_y, 0.02), (x, net_y, float(np.interp(x, u, top)))]), 0.003, 4)
        for x in np.arange(-half - 0.85, half + 0.9, 0.09)
    ]
    posts = [
        meshes.moved(meshes.cylinder(0.05, 1.1, 20, 0.01), (s * (half + 0.91), net_y, 0.55)) for s in (-1, 1)
    ]
    chair = [
        box((half + 1.5, net_y - 0.3, 1.7), (half + 2.1, net_y + 0.3, 1.76), 0.02),
        box((half + 2.05, net_y - 0.3, 1.76), (half + 2.12, net_y + 0.3, 2.4), 0.02),
    ]
    chair += [
        meshes.sweep(
            np.array([(half + 1.8 + a, net_y + b, 0), (half + 1.8 + a * 0.7, net_y + b * 0.6, 1.72)]),
            0.022,
            8,
        )
        for a in (-0.4, 0.4)
        for b in (-0.5, 0.5)
    ]
    far = np.column_stack([np.linspace(-34, 34, 13) + rng.normal(0, 1.5, 13), 31 + rng.normal(0, 2, 13)])
    side = np.array([[s * (22 + 2 * (k % 2)), -8.0 + 8 * k] for s in (-1, 1) for k in range(4)])
    scene = [
        piece("line_white", strips(lines, 0.05, 0.004)),
        piece("net_white", *tape),
        piece("net_white", *strands, colour=(0.02, 0.03, 0.02)),
        piece("painted_metal", *posts, colour=(0.03, 0.10, 0.06)),
        piece("painted_metal", *chair, colour=(0.05, 0.16, 0.10)),
        piece("flag_cloth", box((-13, 25.4, 0), (13, 25.44, 2.2)), colour=(0.015, 0.07, 0.035)),
        *placed(scenery.chain_link(26.0, 3.6, 0.14), (-13.0, 25.5, 0)),
        *placed(scenery.bench(), (-half - 2.0, net_y + 2.0, 0), QUARTER_TURN),
        *scenery.grove(rng, np.vstack([far, side]), rng.uniform(7, 11, 21), 2, 1500, 0.4),
        scenery.hills(rng, 190, 14, (0.1, 3.04), "hedge", (0.03, 0.06, 0.025)),
    ]
    parts.append(
        fixed(
            "tennis",
            scene,
            [solid((-half - 0.9, net_y - 0.01, 0), (half + 0.9, net_y + 0.01, 0.92), "fabric", "net")],
        )
    )
    light = outdoors(
        surroundings,
        (0, 0, 0.9),
        tuple(scenery.lantern_light((x, 2.0), 9.0, 1500) for x in (-7.0, 7.0)),
        lift_ev=0.05,
    )
    place = open_air(parts, light, (8.0, 8.0), Acoustics(None, 0.5, "park", -50.0))
    return replace(
        place,
        spots={
            **place.spots,
            "people": Spot((0, 0, 0), size_m=(7.0, 6.0)),
            "baseline": Spot((0, low + 0.4, 0), (0.0, 1.0, 0.0), (6.0, 0.6)),
        },
    )


def ice_rink(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A frozen open-air rink: scratched ice, boards with advertising, snow banks, strings of lights, firs."""
    look, material = floor_of(surroundings, "rink_ice", "ice")
    parts: list[Part] = [
        floor(
            "ice",
            [
                piece(look, sheet((-17, -14), (17, 16), 0.0)),
                piece(
                    "snow",
                    sheet((-120, 16), (120, 120), 0.05),
                    sheet((-120, -80), (-17, 16), 0.05),
                    sheet((17, -80), (120, 16), 0.05),
                ),
            ],
            material,
        )
    ]
    t = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    c, s = np.cos(t), np.sin(t)
    edge = np.column_stack(
        [15.0 * np.sign(c) * np.abs(c) ** 0.45, 1.0 + 12.0 * np.sign(s) * np.abs(s) ** 0.45]
    )
    back = edge[edge[:, 1] > -6]
    bearing = (np.arctan2(back[:, 1] - 1, back[:, 0]) + np.pi / 2) % (2 * np.pi)
    order = back[np.argsort(-bearing)]
    low = np.column_stack([order, np.zeros(len(order))])
    board = meshes.from_polygons(
        np.vstack([low, low + [0, 0, 1.1]]),
        [(i, len(low) + i, len(low) + i + 1, i + 1) for i in range(len(low) - 1)],
        smooth_angle_rad=0.8,
    )
    rail = meshes.sweep(low + [0, 0, 1.12], 0.05, 8)
    kick = meshes.sweep(low + [0, 0, 0.10], 0.09, 6)
    bulbs = []
    for k in range(3):
        u = np.linspace(0, 1, 24)
        bulbs += [
            (x, y, z)
            for x, y, z in zip(
                -13 + 26 * u,
                np.full(24, 3.0 + 4.5 * k),
                4.6 - 1.1 * np.sin(np.pi * ((u * 3) % 1)),
                strict=True,
            )
        ]
    firs: list[Piece] = []
    small = landmarks.fir(rng, 8.0, 10)
    for x in np.linspace(-26, 26, 11):
        firs += placed(small, (float(x), 20.0 + float(rng.uniform(0, 6)), 0.0), float(rng.uniform(0, 6)))
    bulb = boxes(np.array(bulbs), np.array([0.07, 0.07, 0.09]), 0.02)
    scene = [
        piece("glossy_plastic", board, colour=(0.70, 0.70, 0.69)),
        piece("glossy_plastic", rail, colour=(0.03, 0.10, 0.32)),
        piece("glossy_plastic", kick, colour=(0.62, 0.44, 0.03)),
        piece("emissive_warm", bulb),
        *firs,
        scenery.hills(rng, 200, 30, (0.1, 3.04), "snow_far", (0.70, 0.75, 0.83)),
    ]
    parts.append(fixed("rink", scene, [solid((-15, 12.9, 0), (15, 13.1, 1.1), "plastic", "boards")]))
    lamps = tuple(scenery.lantern_light((x, y), 5.0, 420) for x in (-6.0, 6.0) for y in (0.0, 6.0))
    light = outdoors(surroundings, (0, 0, 1.0), lamps, lift_ev=-0.35)
    return open_air(parts, light, (11.0, 9.0), Acoustics(None, 0.6, "wind", -52.0))
