"""What gives open places their face: boats, firs, stands, goals, rows of houses, station signs.

Each stands about the origin unless it says otherwise.
"""

from __future__ import annotations

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh, Vec3
from lichtspiel.library.catalogue import Generator
from lichtspiel.library.places import buildings
from lichtspiel.library.places.copies import box, boxes, copies
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.pieces import Piece, piece

QUARTER_TURN = float(np.pi / 2)
UP_RIGHT = meshes.turn((1.0, 0.0, 0.0), QUARTER_TURN)


def bollard() -> list[Piece]:
    """A mooring bollard of iron."""
    shape = np.array(
        [
            [0, 0],
            [0.19, 0],
            [0.17, 0.05],
            [0.13, 0.1],
            [0.12, 0.38],
            [0.19, 0.44],
            [0.2, 0.5],
            [0.15, 0.56],
            [0, 0.58],
        ]
    )
    return [piece("wrought_iron", meshes.lathe(shape, 32))]


def coil(at: Vec3) -> Mesh:
    """A coiled rope of three layers."""
    turns = np.linspace(0, 2 * np.pi * 6, 220)
    radius = 0.26 - 0.02 * (turns / (2 * np.pi) % 3)
    path = np.column_stack(
        [radius * np.cos(turns), radius * np.sin(turns), 0.02 + 0.036 * np.floor(turns / (4 * np.pi))]
    )
    return meshes.moved(meshes.sweep(path, 0.018, 8), at)


def crates(rng: Generator) -> list[Piece]:
    """Fish crates, a few of them stacked."""
    found = []
    for x, y, z, turn in (
        (0.0, 0, 0, 0.1),
        (0.0, 0.02, 0.23, -0.05),
        (0.72, 0.05, 0.0, 0.3),
        (0.05, 0, 0.46, 0.2),
    ):
        walls = [
            box((-0.3, -0.2, 0.0), (0.3, 0.2, 0.02), 0.003),
            *(box((-0.3, s * 0.2 - 0.01, 0), (0.3, s * 0.2 + 0.01, 0.22), 0.004) for s in (-1, 1)),
            *(box((s * 0.3 - 0.01, -0.2, 0), (s * 0.3 + 0.01, 0.2, 0.22), 0.004) for s in (-1, 1)),
        ]
        colour = ((0.05, 0.16, 0.36), (0.48, 0.30, 0.04))[int(rng.integers(2))]
        found += placed([piece("matte_plastic", *walls, colour=colour)], (x, y, z), turn)
    return found


def fishing_boat(hull_colour: Vec3, cabin_colour: Vec3) -> list[Piece]:
    """A small trawler along x about the origin at the waterline, bow to +x: hull, cabin, mast, gear."""
    length, beam = 8.4, 2.7
    stations = np.linspace(0, 1, 24)
    rings = []
    for s in stations:
        half = beam / 2 * np.clip(np.sin(np.pi * (0.2 + 0.8 * s) ** 1.15) * 1.12, 0.02, 1.0)
        sheer = 0.85 + 0.75 * max(0.0, s - 0.35) ** 2 * 2.2 + 0.12 * (1 - s) ** 2
        keel = -0.75 + 0.55 * max(0.0, s - 0.8) / 0.2
        t = np.linspace(0, 1, 9)
        z = sheer + (keel - sheer) * t
        out = half * (1 - t**2.4)
        side = np.column_stack([np.full(9, -length / 2 + length * s + 0.5 * (1 - t) * s**4), out, z])
        other = side[::-1][1:] * [1, -1, 1]
        rings.append(np.vstack([side, other]))
    hull = meshes.loft(np.array(rings), smooth_angle_rad=0.9)
    inner = [ring[[0, -1]] for ring in rings]
    deck = meshes.from_polygons(
        np.vstack([np.array(i) - [0, 0, 0.28] for i in inner]),
        [(2 * k + 1, 2 * k + 3, 2 * k + 2, 2 * k) for k in range(len(inner) - 1)],
    )
    rail = [np.array([r[0] for r in rings]), np.array([r[-1] for r in rings])]
    rails = [meshes.sweep(path + [0, 0, 0.02], 0.05, 8) for path in rail]
    cabin = [
        box((-1.6, -0.85, 0.55), (0.3, 0.85, 2.55), 0.08),
        box((-1.75, -1.0, 2.5), (0.5, 1.0, 2.62), 0.04),
    ]
    panes = [
        *(
            box((x, s * 0.852 - 0.004, 1.7), (x + 0.5, s * 0.852 + 0.004, 2.25), 0.0)
            for x in (-1.4, -0.7)
            for s in (-1, 1)
        ),
        *(box((0.298, y, 1.7), (0.306, y + 0.48, 2.25)) for y in (-0.75, -0.24, 0.27)),
    ]
    mast = [
        meshes.moved(meshes.cylinder(0.06, 4.4, 14), (-1.9, 0, 2.8)),
        meshes.moved(meshes.cylinder(0.04, 3.4, 12), (-3.1, 0, 3.6), meshes.turn((0, 1.0, 0), 1.1)),
    ]
    stays = [
        meshes.sweep(np.array([[-1.9, 0, 4.95], end]), 0.012, 6)
        for end in ([4.3, 0, 1.7], [-4.1, 0.8, 1.0], [-4.1, -0.8, 1.0])
    ]
    tyres = [
        meshes.moved(meshes.sweep(_circle(0.26), 0.09, 10), (x, -1.36, 0.45), UP_RIGHT)
        for x in (-2.2, 0.2, 2.0)
    ]
    return [
        piece("painted_metal", hull, colour=hull_colour),
        piece("white_paint", *cabin, *rails, colour=cabin_colour),
        piece("wood", deck, colour=(0.24, 0.16, 0.09)),
        piece("window_glass", *panes),
        piece("painted_metal", *mast, colour=(0.32, 0.22, 0.05)),
        piece("rope", *stays),
        piece("tyre_rubber", *tyres),
    ]


def _circle(radius: float) -> Array:
    angle = np.linspace(0, 2 * np.pi, 25)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle), np.zeros(25)])


def waterfront(rng: Generator, y: float, lit: bool) -> list[Piece]:
    """Houses on the far quay."""
    fronts = (
        buildings.Front(3, 3, "plaster", (0.56, 0.44, 0.28)),
        buildings.Front(2, 3, "plaster", (0.50, 0.20, 0.13)),
        buildings.Front(3, 2, "white_paint", (0.62, 0.60, 0.56)),
        buildings.Front(2, 3, "plaster", (0.28, 0.38, 0.44)),
        buildings.Front(3, 3, "brick"),
    )
    houses: list[Piece] = [
        piece("stone", box((-90, y - 1.5, -4), (90, y + 12, 0.3)), colour=(0.25, 0.24, 0.22))
    ]
    x, k = -62.0, 0
    while x < 60:
        houses += placed(buildings.house(fronts[k % len(fronts)], rng, lit), (x, y + 1.0, 0.3))
        x += fronts[k % len(fronts)].width
        k += 1
    return houses


def fir(rng: Generator, height: float, layers: int = 13) -> list[Piece]:
    """A snow-laden fir about the origin: a trunk and drooping fans of twigs, white on top."""
    green, white = [], []
    for k in range(layers):
        share = k / layers
        z, reach = height * (0.12 + 0.86 * share), 0.30 * height * (1 - share) ** 0.85 + 0.08
        count = max(5, round(11 * (1 - share)) + 3)
        for angle in np.linspace(0, 2 * np.pi, count, endpoint=False) + rng.uniform(0, 1):
            out = reach * rng.uniform(0.8, 1.1)
            drop = 0.42 * out
            wide = 0.26 * out + 0.05
            tip, side = (out, 0, -drop), (0.55 * out, wide, -0.35 * drop)
            points = np.array([(0, 0, 0), side, tip, (side[0], -wide, side[2])])
            turned = meshes.turn((0.0, 0.0, 1.0), float(angle))
            fan = meshes.from_polygons(points, [(0, 3, 2), (0, 2, 1)])
            green.append(meshes.moved(fan, (0, 0, z), turned))
            snow = meshes.from_polygons(points * [0.92, 0.8, 1.0], [(0, 3, 2), (0, 2, 1)])
            white.append(meshes.moved(snow, (0, 0, z + 0.035), turned))
    trunk = meshes.moved(meshes.cylinder(0.018 * height, height, 10), (0, 0, height / 2))
    return [
        piece("hedge", *green, colour=(0.012, 0.035, 0.016)), piece("snow", *white),
        piece("tree_bark", trunk),
    ]  # fmt: skip


def stand(length: float, rows: int) -> list[Piece]:
    """Rows of folding seats on concrete steps along x, rising towards +y, with a roof."""
    steps = [
        box((-length / 2, 0.8 * r, 0), (length / 2, 0.8 * (r + 1), 1.0 + 0.42 * r), 0.0) for r in range(rows)
    ]
    columns = int(length / 0.55)
    xs = -length / 2 + 0.55 * (np.arange(columns) + 0.5)
    xs = xs[np.abs(xs % 12.0 - 6.0) > 0.7]
    places = np.array([[x, 0.8 * r + 0.52, 1.0 + 0.42 * r] for r in range(rows) for x in xs])
    seat = meshes.joined(
        box((-0.22, -0.2, 0.38), (0.22, 0.2, 0.43)), box((-0.22, 0.14, 0.43), (0.22, 0.2, 0.8))
    )
    deep, high = 0.8 * rows, 1.0 + 0.42 * rows
    roof = box((-length / 2, 2.0, high + 4.2), (length / 2, deep + 2.0, high + 4.6))
    posts = boxes(
        np.array([[x, deep + 0.6, (high + 4.2) / 2] for x in np.arange(-length / 2 + 2, length / 2, 10.0)]),
        np.array([0.4, 0.4, high + 4.2]), 0.02,
    )  # fmt: skip
    return [
        piece("concrete", *steps, colour=(0.36, 0.35, 0.34)),
        piece("stand_seat", copies(seat, places)),
        piece("painted_metal", roof, posts, colour=(0.42, 0.43, 0.44)),
        piece(
            "concrete",
            box((-length / 2, deep, 0), (length / 2, deep + 0.3, high + 2.0)),
            colour=(0.20, 0.21, 0.22),
        ),
    ]


def floodlight(height: float) -> list[Piece]:
    """A mast with a bank of lamps that faces -y."""
    head = [
        box((x, -0.2, height + z), (x + 0.55, 0.1, height + z + 0.55), 0.02)
        for x in np.arange(-1.8, 1.8, 0.62)
        for z in (0, 0.62, 1.24)
    ]
    mast = meshes.moved(meshes.cylinder(0.3, height, 16), (0, 0, height / 2))
    return [piece("galvanised_steel", mast), piece("lamp_panel", *head)]


def goal() -> list[Piece]:
    """Goal of 7.32 × 2.44 m (IFAB Laws of the Game, law 1) along x, opening to -y."""
    width, height = 7.32, 2.44
    post = [meshes.moved(meshes.cylinder(0.06, height, 16), (s * width / 2, 0, height / 2)) for s in (-1, 1)]
    bar = meshes.moved(
        meshes.cylinder(0.06, width + 0.12, 16), (0, 0, height), meshes.turn((0, 1.0, 0), QUARTER_TURN)
    )
    strands = [
        meshes.sweep(np.array([[x, 0.02, height], [x, 1.9, 0.0]]), 0.004, 4)
        for x in np.arange(-3.6, 3.7, 0.3)
    ]
    strands += [
        meshes.sweep(
            np.array([[-3.66, 1.9 * k, height * (1 - k)], [3.66, 1.9 * k, height * (1 - k)]]), 0.004, 4
        )
        for k in np.arange(0, 1.01, 0.1)
    ]
    return [piece("white_paint", *post, bar), piece("net_white", *strands)]


def station_sign() -> list[Piece]:
    """A blue name board that hangs from above; its lower edge at the origin."""
    board = box((-1.1, -0.03, 0.0), (1.1, 0.03, 0.42), 0.01)
    bars = [box((-0.9 + 0.28 * k, -0.036, 0.14), (-0.72 + 0.28 * k, -0.03, 0.29)) for k in range(6)]
    hooks = [box((x, -0.01, 0.42), (x + 0.02, 0.01, 1.5)) for x in (-0.9, 0.88)]
    return [
        piece("painted_metal", board, colour=(0.02, 0.05, 0.16)), piece("white_paint", *bars),
        piece("painted_metal", *hooks, colour=(0.05, 0.05, 0.05)),
    ]  # fmt: skip


def terrace(rng: Generator, y: float, lit: bool) -> list[Piece]:
    """Backs of houses and trees behind the station."""
    found: list[Piece] = [
        piece("brick", box((-70, y - 2.4, -1.2), (70, y - 2.1, 2.2)), colour=(0.26, 0.12, 0.08))
    ]
    fronts = (
        buildings.Front(4, 4, "brick", (0.26, 0.12, 0.09)),
        buildings.Front(4, 3, "plaster", (0.48, 0.42, 0.33)),
        buildings.Front(3, 4, "plaster", (0.42, 0.30, 0.22)),
    )
    x, k = -58.0, 0
    while x < 56:
        found += placed(buildings.house(fronts[k % 3], rng, lit), (x, y + 4.0, 0))
        x += fronts[k % 3].width + (6.0 if k % 4 == 3 else 0.0)
        k += 1
    return found
