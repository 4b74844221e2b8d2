"""The bowling lane."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.joinery import FIXED, Piece, board, fused, shown
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]

FOOT_M = 0.3048

INCH_M = 0.0254

BOARD_M = 1.0541 / 39
"""A lane is 39 boards wide."""

ROW_M = FOOT_M * 3**0.5 / 2
"""Rows of pins lie so far apart."""


def bowling_lane(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A lane with approach, gutters, pin deck and pit, raised so that its gutters lie on the ground.

    The ball runs towards +y. The origin is on the ground under the middle between the foul line
    and the end of the pin deck.
    """
    length, width = number(parameters, "length"), number(parameters, "width")
    gutter, deck, pit = (
        number(parameters, "gutter_width"),
        number(parameters, "deck"),
        number(parameters, "pit"),
    )
    foul, head = -(length + deck) / 2, (length - deck) / 2
    end = head + deck
    bed, material, approach = number(parameters, "rise"), wish.material, number(parameters, "approach")
    solid = Shape(
        "box", (width / 2, (length + deck) / 2, bed / 2), material, (0.0, 0.0, -bed / 2), label="lane"
    )
    pieces = [Piece(_boards(width, foul, end, bed, rng), (solid,))]
    pieces.append(shown(_lane_marks(foul)))
    for s in (-1.0, 1.0):
        pieces += _gutter(s * (width + gutter) / 2, gutter, foul, end)
        wall = s * (width / 2 + gutter + 0.03)
        pieces.append(
            board(
                (0.06, end - head + pit + 0.35, 0.62),
                "plywood",
                (wall, (head - 0.35 + end + pit) / 2, 0.31 - bed),
                bevel=0.008,
                slot=3,
                label="kickback",
            )
        )
        pieces.append(
            board(
                (0.06, head - 0.35 - foul, 0.03),
                "plywood",
                (wall, (foul + head - 0.35) / 2, -0.012),
                bevel=0.006,
                slot=3,
                label="division",
            )
        )
    across = width + 2 * gutter + 0.12
    run_up = Shape(
        "box",
        (across / 2, approach / 2, bed / 2),
        material,
        (0.0, foul - approach / 2, -bed / 2),
        label="approach",
    )
    pieces.append(Piece(_boards(across, foul - approach, foul - 0.004, bed, rng), (run_up,)))
    pieces.append(
        board(
            (across, 0.06, 0.9),
            "rubber",
            (0, end + pit + 0.03, 0.45 - bed),
            bevel=0.01,
            slot=2,
            label="cushion",
        )
    )
    pieces.append(
        board((across, pit, 0.04), "carpet", (0, end + pit / 2, 0.03 - bed), bevel=0.004, slot=2, label="pit")
    )
    part = fused(
        "lane",
        pieces,
        (
            surface(wish, "lane_maple"),
            Surface("lane_mark"),
            Surface("black_rubber"),
            Surface("painted_metal", (0.05, 0.05, 0.06)),
            Surface("gutter"),
        ),
        joint=FIXED,
        position=(0.0, 0.0, bed),
        resonator=Resonator("plate", material, {"length": 1.2, "width": width, "thickness": bed}),
    )
    spots: dict[str, Vec3] = {
        "start": (0.0, foul + 0.25, bed), "release": (0.0, foul + 0.25, bed), "end": (0.0, head, bed),
        "end_ahead": (0.0, head + 0.3, bed), "top": (0.0, head + 1.5 * ROW_M, bed), "pins": (0.0, head, bed),
        **_pin_spots(head, bed),
    }  # fmt: skip
    return assembled([part], wish.scale, spots=spots)


def _boards(width: float, foul: float, end: float, bed: float, rng: Generator) -> Mesh:
    """Boards side by side, each of two lengths, sanded to one plane: the oil mirrors without seams."""
    count = round(width / BOARD_M)
    wide = width / count
    boards = []
    for k in range(count):
        x = (k + 0.5) * wide - width / 2
        cut = float(rng.uniform(0.3, 0.7)) * (end - foul) + foul
        for a, b in ((foul, cut), (cut, end)):
            plank = meshes.box((wide, b - a, bed))
            boards.append(meshes.moved(plank, (x, (a + b) / 2, -bed / 2)))
    return meshes.joined(*boards)


def _lane_marks(foul: float) -> Mesh:
    """Seven arrows 12 to 16 feet behind the foul line, and the guide dots before them."""
    inlay = []
    arrow = np.array([[-0.5, 0.0], [0.0, 0.2], [0.5, 0.0], [0.0, 1.0]]) * [0.027, 0.15]
    left, right = arrow[[0, 1, 3]], arrow[[1, 2, 3]]
    for k in range(-3, 4):
        at = (k * 5 * 0.0270, foul + (15.5 - 0.95 * abs(k)) * FOOT_M, 0.0)
        for half in (left, right):
            inlay.append(meshes.moved(meshes.extrude(half, 0.0004, 1), (at[0], at[1], -0.0002)))
    for k in (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5):
        dot = meshes.cylinder(0.0095, 0.0004, 20, slot=1)
        inlay.append(meshes.moved(dot, (k * 0.081, foul + 7 * FOOT_M, 0.0)))
    line = meshes.box((1.0541, 0.01, 0.0004), slot=1)
    inlay.append(meshes.moved(line, (0, foul + 0.005, 0)))
    return meshes.joined(*inlay)


def _gutter(x: float, width: float, foul: float, end: float) -> list[Piece]:
    """A round channel beside the lane; flat facets stand for it in collisions."""
    deep = 1.875 * INCH_M
    turn = np.linspace(-np.pi, 0, 13)
    curve = np.stack([width / 2 * np.cos(turn), deep * np.sin(turn)], axis=1)
    middle = (foul + end) / 2
    shapes = []
    for p, q in zip(curve[:-2:2], curve[2::2], strict=True):
        along = (q - p) / np.linalg.norm(q - p)
        normal = np.array([-along[1], along[0]])
        centre = (p + q) / 2 - normal * 0.006
        tilt = float(np.arctan2(-along[1], along[0]))
        half = (float(np.linalg.norm(q - p)) / 2, (end - foul) / 2, 0.006)
        at = (x + float(centre[0]), middle, float(centre[1]))
        shapes.append(Shape("box", half, "polyethylene", at, meshes.turn((0, 1, 0), tilt), label="gutter"))
    return [Piece(meshes.moved(_trough(curve, end - foul), (x, middle, 0)), tuple(shapes))]


def _trough(curve: Array, length: float) -> Mesh:
    """A thin-walled channel along y under a curve in x and z."""
    count, wall = len(curve), 0.004
    under = curve - [0, wall]
    section = np.concatenate([curve, under[::-1]])
    rings = [
        np.column_stack([section[:, 0], np.full(2 * count, y), section[:, 1]])
        for y in (length / 2, -length / 2)
    ]
    total = 2 * count
    faces: list[list[int]] = []
    for i in range(total):
        j = (i + 1) % total
        faces.append([i, total + i, total + j, j])
    for i in range(count - 1):
        k = total - 1 - i
        faces.append([i, i + 1, k - 1, k])
        faces.append([total + k, total + k - 1, total + i + 1, total + i])
    return meshes.from_polygons(np.concatenate(rings), faces, 4, 0.8)


def _pin_spots(head: float, bed: float) -> dict[str, Vec3]:
    """The ten pins' places: a triangle 12 inches apart, number 1 nearest the foul line."""
    spots: dict[str, Vec3] = {}
    for row in range(4):
        for column in range(row + 1):
            name = f"pin_{len(spots) + 1}"
            spots[name] = ((column - row / 2) * FOOT_M, head + row * ROW_M, bed)
    return spots
