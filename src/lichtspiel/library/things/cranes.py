"""The wrecking ball and its crane."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Joint, Mesh, Part, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled, vector
from lichtspiel.library.things.joinery import (
    Piece,
    between,
    board,
    fused,
    prism,
    rounded_rectangle,
    shown,
    turned,
    wire,
)
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]

YELLOW = Surface("painted_metal", (0.62, 0.3, 0.012))
DARK = Surface("painted_metal", (0.022, 0.023, 0.025))
STEEL, GLASS, CABLE = Surface("iron"), Surface("tinted_glass"), Surface("steel")
SURFACES = (YELLOW, DARK, STEEL, GLASS, CABLE)


def wrecking_ball(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A forged ball on a cable from the head of a crawler crane's boom.

    The origin lies on the ground under the ball; the crane stands behind it (+y), so that the
    ball swings across the picture. Ball and cable are one part on a hinge at the boom's head.
    """
    radius, cable = number(parameters, "radius"), number(parameters, "cable")
    clearance, reach = number(parameters, "clearance"), number(parameters, "reach")
    level = clearance + radius
    head = level + cable
    ball = _ball(radius, cable, level, wish)
    crane = fused(
        "crane",
        [*_crawler(reach), *_superstructure(reach), *_boom(reach, head), *_pendants(reach, head)],
        SURFACES,
        joint=Joint("fixed"),
        resonator=Resonator("plate", "steel", {"length": 2.0, "width": 0.8, "thickness": 0.012}),
    )
    spots = {"bob": (0.0, 0.0, level), "pivot": (0.0, 0.0, head)}
    return assembled([crane, ball], wish.scale, spots=spots)


def _ball(radius: float, cable: float, level: float, wish: Wish) -> Part:
    """The ball with its lug, shackle and cable; its frame is at the ball's centre."""
    lug = (
        np.array([[0, -0.03], [0.2, -0.03], [0.16, 0.02], [0.1, 0.06], [0.09, 0.16], [0.075, 0.19], [0, 0.2]])
        * 2
        * radius
    )
    turn = np.linspace(-0.25 * np.pi, 1.25 * np.pi, 24)
    bow = np.stack([0.085 * np.cos(turn), np.zeros(24), 0.16 * np.sin(turn)], axis=1) * 2 * radius
    bow[:, 2] += radius * 1.52
    pieces = [
        Piece(meshes.sphere(radius, 72, 36), (Shape("sphere", (radius,), wish.material, label="bob"),)),
        turned(lug, (0, 0, radius), slot=1, segments=40),
        wire(bow, 0.035 * 2 * radius, slot=1, segments=12),
        wire(
            np.array([[0, 0, radius * 1.8], [0, 0, cable * 0.5], [0, 0, cable]]), 0.018, slot=2, segments=12
        ),
        turned(
            np.array([[0, 0], [0.05, 0], [0.055, 0.02], [0.03, 0.3], [0.02, 0.34], [0, 0.34]]),
            (0, 0, radius * 1.8),
            slot=1,
        ),
    ]
    return fused(
        "ball",
        pieces,
        (surface(wish, "forged_iron"), Surface("iron"), CABLE),
        position=(0.0, 0.0, level),
        parent="crane",
        joint=Joint("hinge", (0.0, 1.0, 0.0), (0.0, 0.0, cable)),
        resonator=Resonator("sphere", wish.material, {"radius": radius}),
    )


def _crawler(reach: float) -> list[Piece]:
    """Two tracks of shoes round their wheels, and the frame between them."""
    pieces = []
    length, tall, wide = 4.4, 0.95, 0.72
    for s in (-1.0, 1.0):
        x = s * 1.45
        solid = Shape("box", (wide / 2, length / 2, tall / 2), "steel", (x, reach, tall / 2))
        belt = meshes.moved(_belt(length, tall, wide), (x, reach, tall / 2))
        pieces.append(Piece(belt, (solid,)))
        for y in np.linspace(-length / 2 + tall / 2, length / 2 - tall / 2, 7):
            end = abs(y) > length / 2 - tall / 2 - 0.01
            size, z = (0.36, tall / 2) if end else (0.2, 0.3)
            wheel = np.array(
                [
                    [0, -0.3],
                    [1.0, -0.3],
                    [1.0, 0],
                    [0.9, 0],
                    [0.86, 0.05],
                    [0.36, 0.05],
                    [0.34, 0.02],
                    [0.3, 0],
                    [0, 0],
                ]
            )
            at = (x + s * wide * 0.4, reach + float(y), z)
            pieces.append(turned(wheel * size, at, slot=2, axis=(s, 0, 0), segments=40))
        pieces.append(board((0.4, length - 1.2, 0.3), "steel", (x, reach, 0.5), bevel=0.03, slot=1))
    pieces.append(board((2.6, 1.7, 0.42), "steel", (0, reach, 0.72), bevel=0.05, slot=1))
    pieces.append(
        turned(np.array([[0, 0], [0.85, 0], [0.85, 0.2], [0, 0.2]]), (0, reach, 0.92), slot=2, segments=48)
    )
    return pieces


def _belt(length: float, tall: float, wide: float) -> Mesh:
    """Track shoes around a stadium, each with a grouser."""
    r = tall / 2 - 0.045
    straight = length / 2 - tall / 2
    perimeter = 4 * straight + 2 * np.pi * r
    count = round(perimeter / 0.19)
    shoes = []
    shoe = meshes.joined(
        meshes.box((wide, 0.172, 0.03), 0.006, 1, slot=2),
        meshes.moved(meshes.box((wide * 0.98, 0.025, 0.05), 0.005, 1, slot=2), (0, 0.04, 0.02)),
    )
    for k in range(count):
        place, angle = _stadium(k * perimeter / count, straight, r)
        shoes.append(meshes.moved(shoe, (0, place[0], place[1]), meshes.turn((1, 0, 0), angle)))
    core = prism(
        rounded_rectangle(2 * straight + 2 * r - 0.06, 2 * r - 0.06, r - 0.031, 10), wide * 0.5, 0.01, 2
    )
    # The prism's outline lies in y and z of the belt, its depth along x.
    upright = meshes.moved(core, (-wide * 0.25, 0, 0), _yz())
    return meshes.joined(upright, *shoes)


def _yz() -> tuple[float, float, float, float]:
    """Turn that carries x to y, y to z and z to x."""
    return (0.5, 0.5, 0.5, 0.5)


def _stadium(s: float, straight: float, r: float) -> tuple[Vec3, float]:
    """Point (y, z, 0) on a stadium and the turn about x whose z then looks outwards."""
    if s < 2 * straight:
        return (-straight + s, -r, 0.0), np.pi
    s -= 2 * straight
    if s < np.pi * r:
        a = s / r
        return (straight + r * np.sin(a), -r * np.cos(a), 0.0), np.pi + a
    s -= np.pi * r
    if s < 2 * straight:
        return (straight - s, r, 0.0), 2 * np.pi
    a = (s - 2 * straight) / r
    return (-straight - r * np.sin(a), r * np.cos(a), 0.0), a


def _superstructure(reach: float) -> list[Piece]:
    """Machine house with louvres, counterweight, cab with windows, rails."""
    house = (2.1, 2.9, 1.35)
    z = 1.12 + house[2] / 2
    pieces = [board(house, "steel", (0.15, reach + 0.75, z), bevel=0.07)]
    pieces.append(board((2.7, 4.4, 0.16), "steel", (0, reach + 0.25, 1.16), bevel=0.03, slot=1))
    pieces.append(board((2.6, 0.75, 1.2), "iron", (0, reach + 2.55, 1.85), bevel=0.1, slot=1))
    for k in range(7):
        slit = meshes.box((0.02, 1.6, 0.06), 0.006, slot=1)
        pieces.append(shown(meshes.moved(slit, (1.205, reach + 0.85, 1.5 + 0.12 * k))))
    pieces += _cab(-0.98, reach - 1.15)
    pieces.append(board((0.12, 0.12, 0.5), "steel", (0.6, reach + 1.4, 2.7), bevel=0.05, slot=2))
    return pieces


def _cab(x: float, y: float) -> list[Piece]:
    """A cab with slanted front; the windows stand a little proud of its sheet metal."""
    outline = np.array([[-0.75, 0.0], [0.75, 0.0], [0.75, 1.75], [-0.42, 1.75], [-0.75, 0.85]])
    side = np.array([[-0.62, 0.88], [-0.05, 0.88], [-0.05, 1.6], [-0.36, 1.6]])
    wide = 0.95
    rear = np.array([[0.03, 0.88], [0.64, 0.88], [0.64, 1.6], [0.03, 1.6]])
    made = [meshes.moved(prism(outline, wide, 0.03), (x - wide / 2, y, 1.24), _yz())]
    for pane in (side, rear):
        made.append(meshes.moved(prism(pane, wide + 0.012, 0.004, 3), (x - wide / 2 - 0.006, y, 1.24), _yz()))
    slope = np.array([-0.42 + 0.75, 1.75 - 0.85])
    length = float(np.hypot(*slope))
    tilt = float(np.arctan2(slope[1], slope[0]))
    front = meshes.box((wide - 0.14, length - 0.14, 0.016), 0.004, slot=3)
    middle = (x, y - 0.585 - 0.006, 1.24 + 1.3 + 0.004)
    made.append(meshes.moved(front, middle, meshes.turn((1, 0, 0), tilt)))
    low = meshes.box((wide - 0.14, 0.016, 0.55), 0.004, slot=3)
    made.append(meshes.moved(low, (x, y - 0.752, 1.24 + 0.5)))
    solid = Shape("box", (wide / 2, 0.7, 0.87), "steel", (x, y + 0.04, 1.24 + 0.87))
    return [Piece(meshes.joined(*made), (solid,))]


def _boom_line(reach: float, head: float) -> tuple[Array, Array]:
    """Foot and head of the boom's middle line."""
    return np.array([0.25, reach - 1.25, 1.55]), np.array([0.0, 0.38, head + 0.25])


def _boom(reach: float, head: float) -> list[Piece]:
    """A lattice boom: four chords that taper at both ends, with zigzag bracing."""
    foot, tip = _boom_line(reach, head)
    along = tip - foot
    length = float(np.linalg.norm(along))
    along /= length
    side = np.array([1.0, 0.0, 0.0])
    up = np.cross(side, along)
    up /= np.linalg.norm(up)
    bays = max(6, round(length / 0.75))
    share = np.linspace(0, 1, bays + 1)
    half = 0.36 * np.clip(np.minimum(share / 0.16, (1 - share) / 0.22), 0.22, 1.0)
    pieces = []
    corners = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])
    nodes = foot + share[:, None] * length * along
    chord = np.array(
        [[n + h * (c[0] * side + c[1] * up) for c in corners] for n, h in zip(nodes, half, strict=True)]
    )
    for k in range(4):
        pieces.append(wire(chord[:, k], 0.042, slot=0, segments=10))
    for i in range(bays):
        for k in range(4):
            j = (k + 1) % 4
            a, b = (chord[i, k], chord[i + 1, j]) if (i + k) % 2 else (chord[i, j], chord[i + 1, k])
            pieces.append(wire(np.array([a, b]), 0.02, slot=0, segments=8))
            pieces.append(wire(np.array([chord[i, k], chord[i, j]]), 0.02, slot=0, segments=8))
    position, orientation, reach_half = between(vector(foot), vector(tip))
    solid = Shape("capsule", (0.4, reach_half - 0.4), "steel", position, orientation)
    sheave = np.array(
        [
            [0, -0.05],
            [0.2, -0.05],
            [0.36, -0.045],
            [0.38, -0.04],
            [0.34, 0.0],
            [0.38, 0.04],
            [0.36, 0.045],
            [0.2, 0.05],
            [0, 0.05],
        ]
    )
    pieces.append(turned(sheave, (0, 0.38, head), slot=1, axis=(1, 0, 0), segments=48))
    cheeks = [
        board((0.03, 0.62, 0.62), "steel", (s * 0.085, 0.4, head + 0.08), bevel=0.01) for s in (-1.0, 1.0)
    ]
    pieces += [shown(piece.mesh) for piece in cheeks]
    pieces[0] = Piece(pieces[0].mesh, (solid,))
    return pieces


def _pendants(reach: float, head: float) -> list[Piece]:
    """Gantry at the rear, the ropes that hold the boom, and the hoist rope along it."""
    foot, tip = _boom_line(reach, head)
    gantry = np.array([0.0, reach + 1.6, 3.9])
    pieces = []
    for s in (-1.0, 1.0):
        for y in (reach - 0.2, reach + 2.3):
            leg = np.array([[s * 0.55, y, 1.8], [s * 0.28, gantry[1], gantry[2]]])
            pieces.append(wire(leg, 0.05, slot=0, segments=10))
        rope = np.array([[s * 0.28, gantry[1], gantry[2]], tip + [s * 0.08, 0, 0.05]])
        pieces.append(wire(rope, 0.014, slot=4, segments=8))
    bar = np.array([[-0.4, gantry[1], gantry[2]], [0.4, gantry[1], gantry[2]]])
    pieces.append(wire(bar, 0.06, slot=1, segments=12))
    lift = np.array([foot + [0, 0.6, 0.75], [0, 0.62, head + 0.42], [0, 0.38, head + 0.37]])
    pieces.append(wire(lift, 0.014, slot=4, segments=8))
    return pieces
