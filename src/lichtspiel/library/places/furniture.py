"""Furniture of the places: each stands on z = 0, its back at y = 0, its front facing -y.

Measures are those of common European furniture (table 0.74 m, worktop 0.91 m, seat 0.45 m).
"""

from __future__ import annotations

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Vec3
from lichtspiel.library.catalogue import Generator
from lichtspiel.library.places.copies import box, boxes, copies
from lichtspiel.library.places.pieces import Piece, piece

BOOK_COLOURS: tuple[Vec3, ...] = (
    (0.30, 0.05, 0.04),
    (0.04, 0.08, 0.20),
    (0.05, 0.15, 0.09),
    (0.36, 0.26, 0.12),
    (0.10, 0.10, 0.11),
    (0.50, 0.45, 0.36),
    (0.22, 0.10, 0.05),
)


def placed(pieces: list[Piece], position: Vec3, turn_rad: float = 0.0) -> list[Piece]:
    """The pieces turned about z, then shifted."""
    quat = meshes.turn((0.0, 0.0, 1.0), turn_rad)
    return [Piece(p.surface, meshes.moved(p.mesh, position, quat)) for p in pieces]


def bookshelf(
    width: float, height: float, rng: Generator, look: str = "walnut", depth: float = 0.3, fill: float = 0.85
) -> list[Piece]:
    """A shelf with books. `fill`: share of every board that holds books."""
    board, gap = 0.024, 0.34
    rows = max(1, round((height - 0.08) / gap))
    pitch = (height - 0.08 - board) / rows
    bays = max(1, round(width / 0.9))
    carcass = [box((-width / 2, -0.012, 0), (width / 2, 0, height))]
    for k in range(bays + 1):
        x = -width / 2 + k * (width - board) / bays
        carcass.append(box((x, -depth, 0), (x + board, -0.01, height), 0.003))
    for r in range(rows + 1):
        z = 0.08 + r * pitch
        carcass.append(box((-width / 2, -depth, z), (width / 2, -0.01, z + board), 0.003))
    carcass.append(box((-width / 2, -depth + 0.02, 0), (width / 2, -depth + 0.04, 0.08)))
    pieces = [piece(look, *carcass)]
    bay = (width - board) / bays
    for r in range(rows):
        for k in range(bays):
            start = -width / 2 + board + k * bay
            full = bay - board - 0.01
            room = full * float(np.clip(rng.normal(fill, 0.12), 0.25, 1.0))
            base = 0.08 + r * pitch + board
            pieces += books(start, start + room, base, pitch - board - 0.03, depth, rng)
    return pieces


def books(start: float, end: float, base: float, room: float, depth: float, rng: Generator) -> list[Piece]:
    """A row of upright books between two x, no taller than `room`, fronts near y = -depth."""
    count = int((end - start) / 0.018)
    widths = rng.uniform(0.014, 0.05, count)
    edges = start + np.concatenate([[0.0], np.cumsum(widths)])
    count = int(np.searchsorted(edges, end)) - 1
    if count < 1:
        return []
    widths, edges = widths[:count], edges[:count]
    runs = np.repeat(rng.integers(0, len(BOOK_COLOURS), count), rng.integers(1, 4, count))[:count]
    tall = np.minimum(rng.uniform(0.19, 0.28, count), room)
    deep = rng.uniform(0.15, min(0.21, depth - 0.04), count)
    front = -depth + rng.uniform(0.015, 0.04, count)
    centres = np.column_stack([edges + widths / 2, front + deep / 2, base + tall / 2])
    sizes = np.column_stack([widths - 0.001, deep, tall])
    made = []
    for colour in np.unique(runs):
        chosen = runs == colour
        made.append(
            piece("book_cover", boxes(centres[chosen], sizes[chosen], 0.002), colour=BOOK_COLOURS[colour])
        )
    return made


def cupboard(
    width: float,
    height: float,
    depth: float,
    look: str,
    doors: int = 2,
    drawers: int = 0,
    plinth: float = 0.09,
    colour: Vec3 | None = None,
    handle: str = "brushed_steel",
) -> list[Piece]:
    """A carcass with door and drawer fronts (drawers on top) and bar handles."""
    body = [box((-width / 2, -depth + 0.02, plinth), (width / 2, 0, height), 0.004)]
    if plinth > 0:
        body.append(box((-width / 2 + 0.02, -depth + 0.08, 0), (width / 2 - 0.02, 0, plinth)))
    each = width / doors
    split = height - 0.2 if drawers else height
    fronts, handles = [], []
    for k in range(doors):
        left = -width / 2 + k * each
        fronts.append(
            box(
                (left + 0.003, -depth, plinth + 0.01),
                (left + each - 0.003, -depth + 0.02, split - 0.01),
                0.003,
            )
        )
        grip = left + each - 0.06 if k % 2 == 0 else left + 0.06
        middle = (plinth + split) / 2 + (0.2 if plinth else -0.15) * min(1.0, split)
        handles.append(
            box(
                (grip - 0.006, -depth - 0.032, middle - 0.08),
                (grip + 0.006, -depth - 0.02, middle + 0.08),
                0.003,
            )
        )
        if drawers:
            fronts.append(
                box(
                    (left + 0.003, -depth, split), (left + each - 0.003, -depth + 0.02, height - 0.006), 0.003
                )
            )
            handles.append(
                box(
                    (left + each / 2 - 0.08, -depth - 0.032, split + 0.09),
                    (left + each / 2 + 0.08, -depth - 0.02, split + 0.102),
                    0.003,
                )
            )
    return [piece(look, *body, *fronts, colour=colour), piece(handle, *handles)]


def table(
    width: float, depth: float, height: float, look: str, legs: str, thickness: float = 0.032
) -> list[Piece]:
    """A table about the origin: top, apron and four square legs."""
    top = box((-width / 2, -depth / 2, height - thickness), (width / 2, depth / 2, height), 0.004)
    foot, inset = 0.06, 0.03
    x, y = width / 2 - inset - foot / 2, depth / 2 - inset - foot / 2
    under = height - thickness
    posts = boxes(
        np.array([[a, b, under / 2] for a in (-x, x) for b in (-y, y)]), np.array([foot, foot, under]), 0.004
    )
    apron = [box((-x, s * y - 0.011, under - 0.09), (x, s * y + 0.011, under), 0.002) for s in (-1, 1)] + [
        box((s * x - 0.011, -y, under - 0.09), (s * x + 0.011, y, under), 0.002) for s in (-1, 1)
    ]
    return [piece(look, top), piece(legs, posts, *apron)]


def chair(look: str, seat: Vec3 | None = None) -> list[Piece]:
    """A wooden chair about the origin that faces -y, with a seat of cloth where a colour is given."""
    legs = boxes(
        np.array([[x, y, 0.22] for x in (-0.19, 0.19) for y in (-0.19, 0.19)]),
        np.array([0.035, 0.035, 0.44]),
        0.004,
    )
    posts = boxes(np.array([[x, 0.2, 0.66] for x in (-0.19, 0.19)]), np.array([0.035, 0.03, 0.48]), 0.004)
    rails = boxes(np.array([[0, 0.2, z] for z in (0.62, 0.74, 0.86)]), np.array([0.38, 0.018, 0.06]), 0.004)
    frame = boxes(np.array([[0, y, 0.4] for y in (-0.19, 0.19)]), np.array([0.38, 0.02, 0.05]), 0.003)
    board = box((-0.22, -0.22, 0.435), (0.22, 0.21, 0.465), 0.008)
    wood = [legs, posts, rails, frame]
    if seat is None:
        return [piece(look, *wood, board)]
    return [piece(look, *wood), piece("upholstery", board, colour=seat)]


def sofa(width: float, colour: Vec3) -> list[Piece]:
    """A sofa with two or three cushions, back at y = 0."""
    cushion_count = 3 if width > 1.9 else 2
    inner = width - 0.4
    each = inner / cushion_count
    base = [
        meshes.moved(meshes.box((width, 0.9, 0.22), 0.04, 2), (0, -0.45, 0.24)),
        meshes.moved(meshes.box((width - 0.04, 0.24, 0.5), 0.06, 3), (0, -0.13, 0.56)),
    ]
    for s in (-1, 1):
        base.append(meshes.moved(meshes.box((0.2, 0.9, 0.46), 0.06, 3), (s * (width - 0.2) / 2, -0.45, 0.40)))
    soft = meshes.box((each - 0.015, 0.64, 0.16), 0.055, 3)
    back = meshes.box((each - 0.02, 0.17, 0.4), 0.07, 3)
    xs = -inner / 2 + each * (np.arange(cushion_count) + 0.5)
    seats = copies(soft, np.column_stack([xs, np.full(cushion_count, -0.56), np.full(cushion_count, 0.42)]))
    backs = copies(back, np.column_stack([xs, np.full(cushion_count, -0.30), np.full(cushion_count, 0.68)]))
    feet = boxes(
        np.array([[x, y, 0.065] for x in (-width / 2 + 0.1, width / 2 - 0.1) for y in (-0.82, -0.08)]),
        np.array([0.05, 0.05, 0.13]),
        0.004,
    )
    return [piece("upholstery", *base, seats, backs, colour=colour), piece("walnut", feet)]


def armchair(colour: Vec3) -> list[Piece]:
    """A leather club chair about the origin that faces -y, its seat 0.45 m high."""
    soft = [
        meshes.moved(meshes.box((0.80, 0.76, 0.20), 0.05, 3), (0, 0.0, 0.24)),
        meshes.moved(meshes.box((0.50, 0.60, 0.15), 0.06, 4), (0, -0.08, 0.385)),
        meshes.moved(meshes.box((0.66, 0.20, 0.62), 0.09, 4), (0, 0.32, 0.62), meshes.turn((1, 0, 0), -0.16)),
        meshes.moved(meshes.box((0.48, 0.13, 0.40), 0.06, 4), (0, 0.22, 0.64), meshes.turn((1, 0, 0), -0.16)),
    ]
    for s in (-1, 1):
        soft.append(meshes.moved(meshes.box((0.17, 0.72, 0.34), 0.08, 4), (s * 0.335, -0.02, 0.45)))
    feet = boxes(
        np.array([[x, y, 0.07] for x in (-0.34, 0.34) for y in (-0.32, 0.32)]),
        np.array([0.05, 0.05, 0.14]),
        0.006,
    )
    return [piece("leather", *soft, colour=colour), piece("walnut", feet)]


def plant(rng: Generator, height: float = 1.1, leaves: int = 46) -> list[Piece]:
    """A pot plant with arching leaves, about the origin."""
    pot = meshes.lathe(
        np.array(
            [
                [0, 0],
                [0.13, 0],
                [0.17, 0.3],
                [0.185, 0.32],
                [0.185, 0.34],
                [0.165, 0.34],
                [0.16, 0.28],
                [0, 0.28],
            ]
        ),
        24,
    )
    t = np.linspace(0, 1, 6)
    width = 0.055 * np.sin(np.pi * np.clip(t * 0.9 + 0.1, 0, 1)) ** 0.7
    blades = []
    for _ in range(leaves):
        length = rng.uniform(0.45, 1.0) * (height - 0.3)
        lean, turn = rng.uniform(0.15, 0.9), rng.uniform(0, 2 * np.pi)
        out, up = length * lean * t**1.5, length * (t - 0.45 * lean * t**2.2)
        side = np.array([-np.sin(turn), np.cos(turn), 0.0])
        ahead = np.array([np.cos(turn), np.sin(turn), 0.0])
        spine = ahead * out[:, None] + np.array([0, 0, 1.0]) * (0.28 + up)[:, None]
        points = np.vstack([spine - side * width[:, None], spine + side * width[:, None]])
        blades.append(
            meshes.from_polygons(points, [(i, 6 + i, 7 + i, i + 1) for i in range(5)], smooth_angle_rad=1.5)
        )
    return [
        piece("ceramic", pot, colour=(0.42, 0.40, 0.37)),
        piece("plant_leaf", *blades),
        piece("soil", meshes.moved(meshes.cylinder(0.15, 0.02, 20), (0, 0, 0.28))),
    ]


def floor_lamp(height: float = 1.6) -> list[Piece]:
    """A standing lamp with a cloth shade that glows softly, about the origin."""
    stand = meshes.lathe(
        np.array([[0, 0], [0.14, 0], [0.14, 0.015], [0.012, 0.03], [0.012, height - 0.1], [0, height - 0.1]]),
        20,
    )
    shade = meshes.lathe(np.array([[0.2, height - 0.28], [0.14, height]]), 28)
    return [piece("painted_metal", stand, colour=(0.03, 0.03, 0.03)), piece("lampshade", shade)]


def pendant_lamp(bottom: float, ceiling: float, radius: float = 0.18) -> list[Piece]:
    """A hanging metal shade on a cable, about the z axis."""
    profile = np.array(
        [[radius, 0], [radius * 0.93, 0.05], [radius * 0.6, 0.15], [radius * 0.18, 0.2], [0, 0.21]]
    )
    shade = meshes.moved(meshes.lathe(profile, 28), (0, 0, bottom))
    cable = meshes.moved(
        meshes.cylinder(0.004, ceiling - bottom - 0.2, 8), (0, 0, (ceiling + bottom + 0.2) / 2)
    )
    return [piece("painted_metal", shade, cable, colour=(0.035, 0.035, 0.04))]


def picture(width: float, height: float, colours: tuple[Vec3, Vec3, Vec3]) -> list[Piece]:
    """A framed picture of three bands of colour with its middle at the origin, back at y = 0."""
    rail = 0.025
    frame = [
        box(
            (-width / 2, -0.02, s * (height / 2 - rail / 2) - rail / 2),
            (width / 2, 0, s * (height / 2 - rail / 2) + rail / 2),
            0.003,
        )
        for s in (-1, 1)
    ] + [
        box(
            (s * (width / 2 - rail / 2) - rail / 2, -0.02, -height / 2),
            (s * (width / 2 - rail / 2) + rail / 2, 0, height / 2),
            0.003,
        )
        for s in (-1, 1)
    ]
    mat = box((-width / 2, -0.006, -height / 2), (width / 2, 0, height / 2))
    bands, bounds = [], (-0.36, -0.12, 0.06, 0.36)
    for k, colour in enumerate(colours):
        low, high = bounds[k] * height, bounds[k + 1] * height
        bands.append(
            piece(
                "page_paper", box((-width * 0.34, -0.008, low), (width * 0.34, -0.005, high)), colour=colour
            )
        )
    return [piece("dark_wood", *frame), piece("page_paper", mat, colour=(0.80, 0.78, 0.73)), *bands]


def rug(width: float, depth: float, colour: Vec3, border: Vec3) -> list[Piece]:
    """A thin rug about the origin."""
    outer = box((-width / 2, -depth / 2, 0.0), (width / 2, depth / 2, 0.008), 0.003)
    inner = box(
        (-width / 2 + 0.12, -depth / 2 + 0.12, 0.0), (width / 2 - 0.12, depth / 2 - 0.12, 0.0095), 0.001
    )
    return [piece("carpet", outer, colour=border), piece("carpet", inner, colour=colour)]
