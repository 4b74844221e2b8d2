"""Tables, desks, stools, chairs and shelves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Part, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import Box, assembled, triple, vector
from lichtspiel.library.things.joinery import (
    FIXED,
    Piece,
    aligned,
    between,
    board,
    fused,
    hull,
    rounded_rectangle,
    shown,
    turned,
)
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]

KNOB = np.array(
    [[0, 0], [0.0055, 0], [0.0055, 0.008], [0.0075, 0.010], [0.0115, 0.013], [0.0135, 0.0175],
     [0.0125, 0.0215], [0.0085, 0.0245], [0, 0.0255]]
)  # fmt: skip
"""Profile of a drawer knob, from the drawer outwards."""


def table(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A four-legged table: solid top with rounded edges, apron, tapered legs."""
    x, y, z = size = triple(parameters)
    thick, leg, inset = 0.028, 0.068, 0.045
    pieces = _top(size, thick, wish.material)
    foot = (x / 2 - inset - leg / 2, y / 2 - inset - leg / 2)
    for sx, sy in _corners():
        pieces.append(_tapered_leg((sx * foot[0], sy * foot[1]), z - thick, leg, wish.material))
    pieces += _apron(foot, leg, z - thick, wish.material)
    part = fused(
        "table",
        pieces,
        (surface(wish, str(parameters["look"])),),
        joint=FIXED,
        resonator=Resonator("plate", wish.material, {"length": x, "width": y, "thickness": thick}),
    )
    return _standing(part, size, wish)


def desk(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A pedestal writing desk: leather in the top, drawers with brass knobs left and right."""
    x, y, z = size = triple(parameters)
    thick, wide, plinth = 0.030, 0.40, 0.07
    material = wish.material
    pieces = _top(size, thick, material)
    pieces.append(_leather(x, y, z))
    under = z - thick
    for side in (-1.0, 1.0):
        middle = side * (x / 2 - 0.035 - wide / 2)
        pieces += _pedestal(middle, wide, y - 0.06, plinth, under, material)
    between_width = x - 2 * (0.035 + wide) - 0.002
    pieces.append(board((between_width, 0.018, 0.105), material, (0, -y / 2 + 0.045, under - 0.0525 - 0.001)))
    pieces += _drawer_front(0.0, between_width - 0.03, 0.078, -y / 2 + 0.036, under - 0.054, material)
    pieces.append(board((between_width, 0.016, 0.36), material, (0, y / 2 - 0.08, under - 0.181)))
    surfaces = (surface(wish, str(parameters["look"])), Surface("brass"), Surface("desk_leather"))
    part = fused(
        "desk",
        pieces,
        surfaces,
        joint=FIXED,
        resonator=Resonator("plate", wish.material, {"length": x, "width": y, "thickness": thick}),
    )
    return _standing(part, size, wish)


def stool(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A round stool: dished seat, four splayed turned legs, a ring of stretchers."""
    radius, height, thick = number(parameters, "radius"), number(parameters, "height"), 0.034
    seat = np.array(
        [[0, height - thick], [radius * 0.86, height - thick], [radius * 0.965, height - thick * 0.75],
         [radius, height - thick * 0.42], [radius * 0.993, height - 0.006], [radius * 0.965, height - 0.0008],
         [radius * 0.93, height], [radius * 0.8, height - 0.0022], [radius * 0.45, height - 0.005],
         [0, height - 0.006]]
    )  # fmt: skip
    disc = Shape("cylinder", (radius, thick / 2), wish.material, (0.0, 0.0, height - thick / 2), label="edge")
    pieces = [Piece(meshes.lathe(seat, 56, smooth_angle_rad=0.9), (disc,))]
    tops, feet = radius * 0.62, radius * 0.96
    ends: list[tuple[Vec3, Vec3]] = []
    for k in range(4):
        angle = np.pi / 4 + k * np.pi / 2
        across = np.array([np.cos(angle), np.sin(angle), 0.0])
        ends.append(
            (vector(across * feet + [0, 0, 0.0014]), vector(across * tops + [0, 0, height - thick + 0.01]))
        )
    pieces += [_turned_leg(low, high, wish.material) for low, high in ends]
    for k in range(4):
        share = 0.3 if k % 2 else 0.42
        a, b = (
            np.array(low) * (1 - share) + np.array(high) * share for low, high in (ends[k], ends[(k + 1) % 4])
        )
        pieces.append(_stretcher(vector(a), vector(b), wish.material))
    part = fused(
        "stool",
        pieces,
        (surface(wish, str(parameters["look"])),),
        resonator=Resonator("disc", wish.material, {"radius": radius, "thickness": thick}),
    )
    spots = {"top": (0.0, 0.0, height), "edge": (0.0, -radius, height)}
    return assembled([part], wish.scale, spots=spots)


def chair(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A kitchen chair with a slatted back, its seat towards -y."""
    width, depth, seat, high = (number(parameters, k) for k in ("width", "depth", "seat_height", "height"))
    thick, leg, material = 0.022, 0.036, wish.material
    plate = meshes.box((width, depth, thick), 0.007, 3)
    plate = _waisted(plate, depth)
    at = (0.0, 0.0, seat - thick / 2)
    half = (width / 2, depth / 2, thick / 2)
    pieces = [Piece(meshes.moved(plate, at), (Shape("box", half, material, at, label="edge"),))]
    front = (width / 2 - leg / 2 - 0.008, -depth / 2 + leg / 2 + 0.008)
    back_y = depth / 2 - leg / 2 - 0.004
    for s in (-1.0, 1.0):
        pieces.append(_tapered_leg((s * front[0], front[1]), seat - thick, leg, material, 0.024))
        pieces += _back_post(s * front[0], back_y, seat, high, leg, material)
    span = 2 * front[0] - leg
    for y in (front[1], back_y):
        pieces.append(board((span, 0.018, 0.05), material, (0, y, seat - thick - 0.026)))
    for s in (-1.0, 1.0):
        run = back_y - front[1] - leg
        middle = (s * front[0], (front[1] + back_y) / 2, seat - thick - 0.026)
        pieces.append(board((0.018, run, 0.05), material, middle))
        pieces.append(board((0.016, run, 0.022), material, (middle[0], middle[1], 0.17), bevel=0.004))
    lean = 0.17
    for z, tall in ((high - 0.045, 0.07), (seat + 0.11, 0.04)):
        y = back_y + (z - seat) * lean
        pieces.append(
            board(
                (span, 0.016, tall),
                material,
                (0, y, z),
                bevel=0.004,
                orientation=meshes.turn((1, 0, 0), -lean),
            )
        )
    for x in np.linspace(-0.36, 0.36, 5) * span:
        low, top = seat + 0.128, high - 0.078
        y = back_y + ((low + top) / 2 - seat) * lean
        slat = (0.026, 0.010, (top - low) / np.cos(lean))
        pieces.append(
            board(
                slat,
                material,
                (x, y, (low + top) / 2),
                bevel=0.003,
                orientation=meshes.turn((1, 0, 0), -lean),
            )
        )
    part = fused(
        "chair",
        pieces,
        (surface(wish, str(parameters["look"])),),
        resonator=Resonator("plate", material, {"length": width, "width": depth, "thickness": thick}),
    )
    spots = {"top": (0.0, 0.0, seat), "edge": (0.0, -depth / 2, seat)}
    return assembled([part], wish.scale, spots=spots)


def shelf(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A standing bookshelf, open to -y; `top` is its upper board, `board_1` … those inside."""
    x, y, z = size = triple(parameters)
    thick, count, plinth = 0.022, int(number(parameters, "boards")), 0.07
    material = wish.material
    pieces = [
        board((thick, y, z - thick), material, (s * (x - thick) / 2, 0, (z - thick) / 2), bevel=0.0018)
        for s in (-1.0, 1.0)
    ]
    pieces.append(
        board((x + 0.016, y + 0.008, thick), material, (0, -0.004, z - thick / 2), bevel=0.003, label="edge")
    )
    levels = np.linspace(plinth + thick, z - thick, count + 1)[:-1]
    spots: dict[str, Vec3] = {}
    for k, level in enumerate(levels):
        pieces.append(
            board((x - 2 * thick, y - 0.014, thick), material, (0, -0.003, level - thick / 2), label="edge")
        )
        spots[f"board_{k + 1}"] = (0.0, -0.003, float(level))
    pieces.append(
        board(
            (x - 2 * thick, 0.006, z - thick - 0.01), material, (0, y / 2 - 0.006, (z - thick) / 2), bevel=0
        )
    )
    pieces.append(board((x - 2 * thick, 0.014, plinth - 0.001), material, (0, -y / 2 + 0.025, plinth / 2)))
    part = fused(
        "shelf",
        pieces,
        (surface(wish, str(parameters["look"])),),
        joint=FIXED,
        resonator=Resonator("plate", material, {"length": x, "width": y, "thickness": thick}),
    )
    return _standing(part, (x, y + 0.008, size[2]), wish, spots)


def _standing(part: Part, size: Vec3, wish: Wish, more: Mapping[str, Vec3] | None = None) -> Asset:
    """The furniture with the spots and regions of its upper surface."""
    x, y, z = size
    spots = {"top": (0.0, 0.0, z), "edge": (0.0, -y / 2, z), **(more or {})}
    strip: Box = ((-x / 2, -y / 2, z - 0.02), (x / 2, -y / 2 + 0.12, z + 0.4))
    return assembled([part], wish.scale, spots=spots, regions={"edge": strip})


def _corners() -> tuple[tuple[float, float], ...]:
    return ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0))


def _top(size: Vec3, thick: float, material: str) -> list[Piece]:
    """Boards glued side by side, as one solid for collisions."""
    x, y, z = size
    staves = max(3, round(y / 0.14))
    wide = y / staves
    at = (0.0, 0.0, z - thick / 2)
    solid = Shape("box", (x / 2, y / 2, thick / 2), material, at, label="edge")
    pieces = []
    for k in range(staves):
        middle = (k + 0.5) * wide - y / 2
        pieces.append(
            shown(meshes.moved(meshes.box((x, wide - 0.0001, thick), 0.0005, 1), (0, middle, at[2])))
        )
    # Rounded edges all round need one outline; the outer staves carry them at front and back.
    first = _eased_board(x, wide, thick)
    pieces[0] = shown(meshes.moved(first, (0, -y / 2 + wide / 2, at[2])))
    back = meshes.moved(first, (0, 0, 0), meshes.turn((0, 0, 1), np.pi))
    pieces[-1] = shown(meshes.moved(back, (0, y / 2 - wide / 2, at[2])))
    return [Piece(pieces[0].mesh, (solid,)), *pieces[1:]]


def _eased_board(x: float, wide: float, thick: float) -> Mesh:
    """A board along x whose edge towards -y is rounded."""
    ease, steps = 0.006, 5
    turn = np.linspace(0, np.pi / 2, steps)
    low = np.stack([-wide / 2 + ease - ease * np.sin(turn), -thick / 2 + ease - ease * np.cos(turn)], axis=1)
    high = (low * [1, -1])[::-1]
    outline = np.concatenate([[[wide / 2, -thick / 2]], low, high, [[wide / 2, thick / 2]]])[::-1]
    rings = []
    for inset, at in ((0.0012, -x / 2), (0.0, -x / 2 + 0.0012), (0.0, x / 2 - 0.0012), (0.0012, x / 2)):
        shrunk = outline * (1 - inset / np.abs(outline).max(axis=0))
        rings.append(np.column_stack([np.full(len(outline), at), shrunk]))
    return meshes.loft(np.array(rings)[::-1, ::-1], 0, 0.5)


def _tapered_leg(
    foot: tuple[float, float], height: float, side: float, material: str, toe: float | None = None
) -> Piece:
    """A square leg that narrows on its inner sides below the apron."""
    toe = 0.62 * side if toe is None else toe
    x, y = foot
    inward = np.array([-np.sign(x), -np.sign(y)])
    rings = []
    for z, wide in ((0.0, toe - 0.004), (0.002, toe), (height - 0.13, side), (height, side)):
        square = _eased_square(wide, 0.004)
        # The outer faces stay plumb: the middle shifts outwards as the leg gets thinner.
        middle = np.array([x, y]) - inward * (side - wide) / 2
        rings.append(np.column_stack([square + middle, np.full(len(square), z)]))
    points = np.array(rings)
    corners = np.concatenate([points[1], points[2], points[3]])
    return Piece(meshes.loft(points, 0, 0.5), (hull(corners, material),))


def _eased_square(side: float, ease: float) -> Array:
    return rounded_rectangle(side, side, ease, 3)


def _apron(foot: tuple[float, float], leg: float, top: float, material: str) -> list[Piece]:
    tall, thick = 0.085, 0.02
    pieces = []
    for s in (-1.0, 1.0):
        long, short = 2 * foot[0] - leg, 2 * foot[1] - leg
        pieces.append(board((long, thick, tall), material, (0, s * foot[1], top - tall / 2)))
        pieces.append(board((thick, short, tall), material, (s * foot[0], 0, top - tall / 2)))
    return pieces


def _leather(x: float, y: float, z: float) -> Piece:
    """The writing surface with a gilt line around it."""
    wide, deep = x - 0.22, y - 0.2
    sheet = meshes.moved(meshes.box((wide, deep, 0.0008), 0.0003, 1, slot=2), (0, 0, z + 0.0001))
    lines = []
    for s in (-1.0, 1.0):
        lines.append(
            meshes.moved(
                meshes.box((wide - 0.03, 0.0022, 0.0002), slot=1), (0, s * (deep / 2 - 0.015), z + 0.00052)
            )
        )
        lines.append(
            meshes.moved(
                meshes.box((0.0022, deep - 0.034, 0.0002), slot=1), (s * (wide / 2 - 0.015), 0, z + 0.00052)
            )
        )
    return shown(meshes.joined(sheet, *lines))


def _pedestal(x: float, wide: float, deep: float, plinth: float, top: float, material: str) -> list[Piece]:
    """A box on a plinth with three drawers."""
    tall = top - plinth
    pieces = [board((wide, deep, tall - 0.001), material, (x, 0, plinth + tall / 2), bevel=0.003)]
    pieces.append(board((wide + 0.018, deep + 0.018, plinth), material, (x, 0, plinth / 2), bevel=0.006))
    heights = np.array([0.28, 0.34, 0.38]) * (tall - 0.05)
    level = top - 0.02
    for height in heights:
        pieces += _drawer_front(
            x, wide - 0.05, float(height) - 0.012, -deep / 2 - 0.008, level - height / 2, material
        )
        level -= float(height)
    return pieces


def _drawer_front(x: float, wide: float, tall: float, y: float, z: float, material: str) -> list[Piece]:
    """A panelled front, standing proud by its bevel, with one or two knobs."""
    proud = meshes.box((wide, 0.018, tall), 0.005, 3)
    pieces = [shown(meshes.moved(proud, (x, y, z)))]
    panel = board((wide - 0.05, 0.006, tall - 0.045), material, (x, y - 0.0085, z), bevel=0.0028)
    pieces.append(shown(panel.mesh))
    spread = (-0.26 * wide, 0.26 * wide) if wide > 0.3 else (0.0,)
    for aside in spread:
        pieces.append(turned(KNOB, (x + aside, y - 0.0105, z), slot=1, axis=(0, -1, 0)))
    return pieces


def _turned_leg(low: Vec3, high: Vec3, material: str) -> Piece:
    position, orientation, half = between(low, high)
    share = np.array([0.0, 0.004, 0.02, 0.25, 0.36, 0.38, 0.4, 0.42, 0.6, 0.9, 1.0])
    thick = np.array([0.85, 0.95, 1.0, 1.35, 1.5, 1.32, 1.55, 1.35, 1.4, 1.0, 0.9]) * 0.0115
    profile = np.column_stack([thick, (2 * share - 1) * half])
    profile = np.concatenate([[[0, -half]], profile, [[0, half]]])
    bar = meshes.moved(meshes.lathe(profile, 24), position, orientation)
    return Piece(bar, (Shape("cylinder", (0.0145, half), material, position, orientation),))


def _stretcher(start: Vec3, end: Vec3, material: str) -> Piece:
    position, orientation, half = between(start, end)
    share = np.linspace(0, 1, 9)
    thick = 0.0065 + 0.0035 * np.sin(np.pi * share) ** 0.8
    profile = np.concatenate([[[0, -half]], np.column_stack([thick, (2 * share - 1) * half]), [[0, half]]])
    bar = meshes.moved(
        meshes.lathe(profile, 18, smooth_angle_rad=0.9), position, aligned(vector(np.array(end) - start))
    )
    return Piece(bar, (Shape("cylinder", (0.0085, half), material, position, orientation),))


def _waisted(plate: Mesh, depth: float) -> Mesh:
    """The seat a little narrower towards its back."""
    points = plate.vertices.copy()
    front = np.clip(-points[:, 1] / depth * 2, -1, 1)
    points[:, 0] *= 0.94 + 0.06 * (front + 1) / 2
    return replace(plate, vertices=points)


def _back_post(x: float, y: float, seat: float, high: float, side: float, material: str) -> list[Piece]:
    """A rear leg that leans back above the seat and a little below it."""
    stations = [(0.0, 0.045, 0.7), (0.003, 0.045, 0.75), (seat * 0.9, 0.0, 1.0), (seat + 0.03, 0.003, 1.0)]
    for share in (0.3, 0.6, 0.95, 1.0):
        z = seat + 0.03 + share * (high - seat - 0.03)
        stations.append((z, 0.17 * (z - seat), 1.0 - 0.28 * share - (0.12 if share == 1.0 else 0.0)))
    rings = []
    for z, lean, wide in stations:
        square = _eased_square(side * wide, 0.0045 * wide)
        rings.append(np.column_stack([square + [x, y + lean], np.full(len(square), z)]))
    points = np.array(rings)
    lower = hull(np.concatenate(points[1:4]), material)
    upper = hull(np.concatenate(points[3:]), material)
    return [Piece(meshes.loft(points, 0, 0.6), (lower, upper))]
