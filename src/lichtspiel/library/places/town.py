"""Street and building yard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Mesh, Part, Vec3
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import Acoustics, PlaceAsset, Spot
from lichtspiel.library.places import buildings, scenery
from lichtspiel.library.places.copies import box, boxes, copies, sheet
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.grounds import floor_of, open_air
from lichtspiel.library.places.pieces import Piece, fixed, floor, piece, solid
from lichtspiel.library.places.sky import outdoors
from lichtspiel.library.records import Parameter
from lichtspiel.screenplay import TimeOfDay

QUARTER_TURN = float(np.pi / 2)
ROAD_HALF_M = 3.3
KERB_M = 0.12
PAVEMENT_M = 3.0
STREET_SUN = {
    TimeOfDay.SUNRISE: -84, TimeOfDay.MORNING: -82, TimeOfDay.NOON: -70,
    TimeOfDay.AFTERNOON: 263, TimeOfDay.GOLDEN_HOUR: 266, TimeOfDay.SUNSET: 264,
}  # fmt: skip
"""Degrees; between houses the sun reaches the road only from near the street's own direction."""
YARD_SUN = {TimeOfDay.SUNRISE: -14, TimeOfDay.GOLDEN_HOUR: 194, TimeOfDay.SUNSET: 194}
"""Degrees; clear of the containers."""

FRONTS = (
    buildings.Front(4, 4, "plaster", (0.54, 0.42, 0.26)),
    buildings.Front(3, 4, "brick"),
    buildings.Front(5, 3, "plaster", (0.60, 0.55, 0.46)),
    buildings.Front(4, 5, "plaster", (0.40, 0.22, 0.16)),
    buildings.Front(3, 4, "plaster", (0.36, 0.42, 0.40)),
    buildings.Front(4, 4, "brick", (0.28, 0.12, 0.08)),
)


def street(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A street of town houses that runs away from the camera, with trees, lamps and kerbs."""
    look, material = floor_of(surroundings, "asphalt_road", "asphalt")
    edge = ROAD_HALF_M
    dashes = [
        sheet((-0.06, y), (0.06, y + 3.0), 0.0006) for y in np.arange(-30.0, 62.0, 9.0) if abs(y + 1.5) > 4.0
    ]
    parts: list[Part] = [
        floor("road", [piece(look, sheet((-60, -60), (60, 90), 0.0)), piece("line_white", *dashes)], material)
    ]
    count = 95
    ys = -30.0 + np.arange(count) + 0.5
    kerbs = [
        boxes(
            np.column_stack([np.full(count, s * (edge + 0.06)), ys, np.full(count, KERB_M / 2)]),
            np.array([0.12, 0.992, KERB_M]),
            0.012,
        )
        for s in (-1, 1)
    ]
    walks = [
        box(
            (s * (edge + 0.12), -30, 0) if s > 0 else (s * (edge + 0.12 + PAVEMENT_M), -30, 0),
            (s * (edge + 0.12 + PAVEMENT_M), 65, KERB_M) if s > 0 else (s * (edge + 0.12), 65, KERB_M),
        )
        for s in (-1, 1)
    ]
    outer = edge + 0.12 + PAVEMENT_M
    curb_shapes = [
        solid((edge, -30, 0), (outer, 65, KERB_M), "concrete", "kerb"),
        solid((-outer, -30, 0), (-edge, 65, KERB_M), "concrete", "kerb"),
    ]
    parts.append(
        fixed(
            "pavement",
            [piece("stone", *kerbs, colour=(0.36, 0.35, 0.34)), piece("paving", *walks)],
            curb_shapes,
        )
    )
    night = surroundings.time_of_day in (TimeOfDay.NIGHT, TimeOfDay.DUSK)
    houses: list[Piece] = []
    for side in (-1, 1):
        along, k = -26.0, 0 if side < 0 else 3
        while along < 60:
            front = FRONTS[k % len(FRONTS)]
            # A house drawn along x, facing -y, turned to face the road.
            if side > 0:
                houses += placed(
                    buildings.house(front, rng, night), (outer, along + front.width, 0), -QUARTER_TURN
                )
            else:
                houses += placed(buildings.house(front, rng, night), (-outer, along, 0), QUARTER_TURN)
            along += front.width
            k += 1
    x = -14.0
    for front in (FRONTS[2], FRONTS[5], FRONTS[0]):
        houses += placed(buildings.house(front, rng, night), (x, 72.0, 0))
        x += front.width
    parts.append(
        fixed(
            "houses",
            houses,
            [
                solid((outer, -26, 0), (outer + 1, 60, 12), "brick", "wall"),
                solid((-outer - 1, -26, 0), (-outer, 60, 12), "brick", "wall"),
            ],
        )
    )
    tree_x = edge + 0.75
    trees = np.array(
        [
            [s * tree_x, y]
            for y, s in (
                (9.0, 1),
                (14.0, -1),
                (21.0, 1),
                (27.0, -1),
                (34.0, 1),
                (42.0, -1),
            )
        ]
    )
    parts.append(fixed("trees", scenery.grove(rng, trees, rng.uniform(5.6, 7.0, len(trees)), 2, 3000, 0.26)))
    lamp_at = [
        (-tree_x, 5.5),
        (tree_x, 16.5),
        (-tree_x, 21.0),
        (tree_x, 30.0),
        (-tree_x, 36.0),
        (tree_x, -5.0),
    ]
    scene = [p for a in lamp_at for p in placed(scenery.street_lamp(), (a[0], a[1], KERB_M))]
    bollard = meshes.lathe(
        np.array([[0, 0], [0.055, 0], [0.055, 0.75], [0.07, 0.78], [0.07, 0.84], [0.04, 0.9], [0, 0.9]]), 16
    )
    scene.append(scenery.hills(rng, 260, 12, (3.6, 5.8), "hedge", (0.035, 0.06, 0.03)))
    posts = copies(
        bollard, np.array([[s * (edge + 0.35), y, KERB_M] for s in (-1, 1) for y in (1.6, 3.4, -2.0, -3.8)])
    )
    cover = meshes.moved(meshes.cylinder(0.32, 0.006, 40, 0.002), (1.5, 4.6, 0.002))
    bins = meshes.moved(meshes.cylinder(0.24, 0.85, 24, 0.03), (outer - 0.4, 6.2, KERB_M + 0.43))
    scene += [
        piece("painted_metal", posts, bins, colour=(0.03, 0.035, 0.035)),
        piece("iron", cover),
        *placed(scenery.bench(), (outer - 0.5, 11.6, KERB_M), -QUARTER_TURN),
    ]
    parts.append(fixed("furniture", scene))
    lanterns = tuple(scenery.lantern_light(a, 5.3, 420) for a in lamp_at[:3]) + (
        scenery.lantern_light((tree_x, -5.0), 5.3, 420),
    )
    light = outdoors(surroundings, (0, 0, 0.5), lanterns, STREET_SUN, 0.35)
    place = open_air(parts, light, (6.0, 10.0), Acoustics(None, 0.15, "street", -46.0))
    road = Spot((0.0, 0.0, 0.0), (0.0, -1.0, 0.0), (2 * edge, 80.0))
    return replace(place, spots={**place.spots, "road": road})


def yard(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A building site's yard: concrete slab on gravel, containers, a shell of concrete, a fence."""
    look, material = floor_of(surroundings, "concrete", "concrete")
    slab = [
        piece("lawn", sheet((-260, -260), (260, 260), -0.06), colour=(0.12, 0.135, 0.05)),
        piece("gravel", sheet((-19, -18), (19, 38), -0.03)),
        piece(look, box((-11, -13, -0.05), (11, 9, 0.0))),
    ]
    joints = [sheet((x - 0.006, -13), (x + 0.006, 9), 0.0004) for x in (-5.5, 0.0, 5.5)] + [
        sheet((-11, y - 0.006), (11, y + 0.006), 0.0004) for y in (-8.5, -4.0, 0.5, 5.0)
    ]
    slab.append(piece("asphalt", *joints))
    parts: list[Part] = [floor("slab", slab, material)]
    colours: tuple[Vec3, ...] = (
        (0.025, 0.10, 0.24),
        (0.36, 0.07, 0.02),
        (0.10, 0.20, 0.12),
        (0.42, 0.28, 0.04),
    )
    stacks = [
        (-6.6, 11.2, 0.0, 0),
        (-6.4, 11.25, 2.6, 1),
        (-12.8, 10.4, 0.0, 2),
        (9.4, 12.8, 0.0, 3),
        (13.6, 4.0, 0.0, 1),
    ]
    boxes_seen: list[Piece] = []
    for x, y, z, c in stacks:
        turn = 1.35 if x > 13 else (0.03 if z == 0 else 0.0)
        boxes_seen += placed(buildings.container(colours[c]), (x, y, z), turn)
    shapes = [
        solid((x - 3, y - 1.2, z), (x + 3, y + 1.2, z + 2.59), "steel", "container")
        for x, y, z, _ in stacks[:4]
    ]
    parts.append(fixed("containers", boxes_seen, shapes))
    parts.append(fixed("shell", placed(_concrete_shell(), (6.0, 26.0, 0))))
    pallets = [
        p for x, y in ((2.2, 10.6), (3.7, 10.9), (5.2, 10.5)) for p in placed(_brick_pallet(), (x, y, 0))
    ]
    pipes = meshes.moved(meshes.cylinder(0.3, 3.0, 24), (0, 0, 0), meshes.turn((0.0, 1.0, 0.0), QUARTER_TURN))
    pile = copies(
        pipes,
        np.array(
            [
                [-12.6, 3.4, 0.27],
                [-12.6, 4.05, 0.27],
                [-12.6, 4.7, 0.27],
                [-12.6, 3.72, 0.83],
                [-12.6, 4.37, 0.83],
            ]
        ),
    )
    mound_y, mound_x = np.mgrid[0:1:41j, 0:1:41j]
    from_middle = np.hypot(mound_x - 0.5, mound_y - 0.5) * 2
    mound = scenery.relief(
        (-5.5, 15.5),
        (4.5, 22.0),
        2.3
        * np.clip(1 - from_middle**1.3, 0, 1)
        * (1 + 0.16 * scenery.rolling(rng, mound_x, mound_y, 0.3, 4))
        - 0.08,
    )
    fence = [
        *placed(scenery.board_fence(34.0, 2.0, rng), (-17, 38.0, 0)),
        *placed(scenery.chain_link(24, 2.2, 0.12), (-17.0, -8.0, 0), QUARTER_TURN),
        *placed(scenery.chain_link(24, 2.2, 0.12), (17.0, -8.0, 0), QUARTER_TURN),
    ]
    scene = [
        scenery.hills(rng, 160, 16, (0.1, 3.05), "hedge", (0.035, 0.06, 0.03)),
        scenery.hills(rng, 230, 11, (3.0, 6.4), "hedge", (0.035, 0.06, 0.03)),
        *pallets,
        piece("concrete", pile),
        piece("soil", mound),
        *fence,
        *placed(_crane(), (-9.0, 44.0, 0), 0.5),
    ]
    parts.append(fixed("site", scene))
    far = np.column_stack([np.linspace(-70, 70, 16), 68 + rng.normal(0, 4, 16)])
    side = np.array([[-30.0, y] for y in (-20, 4, 14, 26)] + [[30.0, y] for y in (-20, 4, 14, 26)])
    parts.append(
        fixed("trees", scenery.grove(rng, np.vstack([far, side]), rng.uniform(9, 13, 24), 2, 1200, 0.4))
    )
    lanterns = tuple(scenery.lantern_light(p, 6.0, 900) for p in ((-7, -3), (7, 6), (-7, 8)))
    light = outdoors(surroundings, (0, 0, 1.0), lanterns, YARD_SUN)
    return open_air(parts, light, (16.0, 14.0), Acoustics(None, 0.2, "street", -52.0))


def _concrete_shell() -> list[Piece]:
    """Four storeys of a building without walls yet: slabs, columns, a stair core."""
    slabs = [box((-9, -4.5, z), (9, 4.5, z + 0.28), 0.01) for z in (3.0, 6.2, 9.4, 12.6)]
    columns = boxes(
        np.array([[x, y, 6.3] for x in (-8.4, -4.2, 0, 4.2, 8.4) for y in (-4.0, 4.0)]),
        np.array([0.4, 0.4, 12.6]),
        0.01,
    )
    core = box((-2.6, -0.6, 0), (2.0, 3.6, 14.8), 0.01)
    props = boxes(np.array([[x, -3.4, 11.0] for x in np.arange(-7.8, 8, 1.1)]), np.array([0.07, 0.07, 3.1]))
    guard = [
        box((-9, -4.5, z + h), (9, -4.46, z + h + 0.1), 0.004)
        for z in (3.28, 6.48, 9.68, 12.88)
        for h in (0.5, 1.0)
    ]
    bars = boxes(
        np.array([[x, y, 13.3] for x in (-8.4, -4.2, 4.2, 8.4) for y in (-4.0, 4.0)]),
        np.array([0.22, 0.22, 0.9]),
    )
    return [
        piece("concrete", *slabs, columns, core),
        piece("painted_metal", props, colour=(0.40, 0.10, 0.02)),
        piece("pine", *guard),
        piece("rusty_iron", bars),
    ]


def _brick_pallet() -> list[Piece]:
    """Bricks stacked in courses on a wooden pallet, about the origin."""
    bricks = [box((-0.5, -0.4, 0.16 + 0.3 * k), (0.5, 0.4, 0.455 + 0.3 * k), 0.006) for k in range(3)]
    planks = boxes(
        np.array([[0, y, 0.145] for y in (-0.36, -0.18, 0, 0.18, 0.36)]), np.array([1.1, 0.1, 0.022]), 0.002
    )
    blocks = boxes(
        np.array([[x, y, 0.067] for x in (-0.48, 0, 0.48) for y in (-0.36, 0, 0.36)]),
        np.array([0.1, 0.1, 0.134]),
        0.002,
    )
    return [piece("brick", *bricks), piece("pine", planks, blocks, colour=(0.35, 0.26, 0.16))]


def _crane() -> list[Piece]:
    """A tower crane's mast and jib as lattices of bars."""
    bars: list[Mesh] = []

    def lattice(start: Vec3, end: Vec3, half: float, count: int) -> None:
        a, b = np.array(start, float), np.array(end, float)
        side = np.array([1.0, 0, 0]) if abs(b[2] - a[2]) > 1 else np.array([0, 0, 1.0])
        other = np.cross((b - a) / np.linalg.norm(b - a), side)
        corners = [half * (p * side + q * other) for p, q in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        bars.extend(meshes.sweep(np.array([a + c, b + c]), 0.07, 4) for c in corners)
        for k in range(count):
            low, high = a + (b - a) * k / count, a + (b - a) * (k + 1) / count
            bars.extend(
                meshes.sweep(np.array([low + corners[i], high + corners[(i + 1) % 4]]), 0.04, 4)
                for i in range(4)
            )

    lattice((0, 0, 0), (0, 0, 34), 0.8, 17)
    lattice((-12, 0, 34.8), (36, 0, 34.8), 0.6, 24)
    cabin = box((0.9, -0.7, 32.2), (2.5, 0.7, 34.2), 0.03)
    weight = box((-11.6, -0.8, 32.6), (-9.0, 0.8, 34.4), 0.02)
    ropes = [meshes.sweep(np.array([(0, 0, 40.0), tip]), 0.035, 4) for tip in ((26, 0, 35.4), (-11, 0, 35.4))]
    mast = meshes.sweep(np.array([(0, 0, 34), (0, 0, 40.0)]), 0.16, 6)
    return [
        piece("painted_metal", *bars, cabin, *ropes, mast, colour=(0.50, 0.28, 0.02)),
        piece("concrete", weight),
    ]
