"""Bells."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Joint, Part, Resonator, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled, vector
from lichtspiel.library.things.joinery import (
    FIXED,
    Piece,
    board,
    curve_through,
    fused,
    hull,
    rod,
    shown,
    wire,
)
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]

BELL_OUTSIDE = np.array(
    [[1.0, 0.0], [0.985, 0.035], [0.935, 0.10], [0.83, 0.21], [0.735, 0.34], [0.665, 0.49], [0.618, 0.64],
     [0.588, 0.78], [0.565, 0.87], [0.52, 0.935], [0.44, 0.975], [0.25, 0.995], [0.0, 1.0]]
)  # fmt: skip
"""Profile of a church bell from lip to crown: radius and height as shares of lip radius and height."""

BELL_WALL = np.array([0.02, 0.10, 0.13, 0.10, 0.075, 0.065, 0.06, 0.06, 0.062, 0.065, 0.07, 0.075, 0.08])
"""Its thickness as a share of the lip radius; thickest at the sound bow."""


def bell(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A cast bell on a yoke between two posts; it swings across the picture, its clapper too."""
    radius, height = number(parameters, "radius"), number(parameters, "height")
    lip = number(parameters, "lip_height")
    yoke = lip + height * 1.16
    hung = fused(
        "bell",
        [_bell_body(radius, height, wish.material), *_yoke(radius, height)],
        (surface(wish, str(parameters["look"])), Surface("dark_wood"), Surface("iron")),
        position=(0.0, 0.0, lip),
        parent="frame",
        joint=Joint("hinge", (0.0, 1.0, 0.0), (0.0, 0.0, yoke - lip), damping=0.01),
        resonator=Resonator(
            "bell", wish.material, {"radius": radius, "height": height, "thickness": 0.075 * radius}
        ),
    )
    reach = height * 0.83
    clapper = _clapper(radius, reach, lip + height * 0.9)
    frame = _bell_frame(radius, yoke)
    spots = {
        "strike": (radius * 0.96, 0.0, lip + 0.06 * height),
        "pivot": (0.0, 0.0, yoke),
        "bob": (0.0, 0.0, lip),
    }
    return assembled([frame, hung, clapper], wish.scale, spots=spots)


def _bell_body(radius: float, height: float, material: str) -> Piece:
    """The casting with mouldings, and hulls round its wall that let the clapper swing inside."""
    outside = BELL_OUTSIDE * [radius, height]
    inside = outside - np.column_stack([BELL_WALL * radius, np.zeros(13)])
    inside[-4:, 1] -= BELL_WALL[-4:] * radius
    inside = inside[:-1]
    inside = np.concatenate([inside, [[0.0, inside[-1, 1]]]])
    smooth = curve_through(outside, 48)
    for z, tall in ((0.165, 0.0045), (0.185, 0.0035), (0.76, 0.004), (0.785, 0.003), (0.80, 0.003)):
        smooth[:, 0] += radius * tall * np.exp(-(((smooth[:, 1] / height - z) / 0.006) ** 2)) * 2.5
    profile = np.concatenate([smooth, curve_through(inside, 36)[::-1], smooth[:1]])
    mesh = meshes.weld(meshes.lathe(profile, 96, smooth_angle_rad=0.7), 1e-7)
    shapes = []
    sectors = 20
    for k in range(sectors):
        angles = np.linspace(k, k + 1, 3) * 2 * np.pi / sectors
        arc = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        for low, high in ((0, 2), (2, 5), (5, 9)):
            points = [
                np.column_stack([curve[i, 0] * arc, np.full(3, curve[i, 1])])
                for i in (low, high)
                for curve in (outside, inside)
            ]
            label = "lip" if low == 0 else "wall"
            shapes.append(hull(np.concatenate(points), material, label))
    crown = Shape("cylinder", (0.5 * radius, 0.03 * height), material, (0.0, 0.0, 0.965 * height))
    return Piece(mesh, (*shapes, crown))


def _yoke(radius: float, height: float) -> list[Piece]:
    """Headstock with straps and gudgeons; the bell's canons run up into it."""
    top, deep = height * 1.16, height * 0.26
    beam = board((radius * 0.5, radius * 1.5, deep), "hardwood", (0, 0, top), bevel=0.006, slot=1)
    pieces = [beam]
    for s in (-1.0, 1.0):
        strap = board(
            (radius * 0.53, 0.028 * radius / 0.15, deep + 0.008),
            "iron",
            (0, s * radius * 0.34, top),
            bevel=0.002,
            slot=2,
        )
        pieces.append(shown(strap.mesh))
        pin = rod((0, s * radius * 0.75, top), (0, s * radius * 1.32, top), 0.045 * radius, "iron", slot=2)
        pieces.append(shown(pin.mesh))
        turn = np.linspace(0, np.pi, 13)
        bow = np.stack(
            [np.zeros(13), s * radius * (0.2 + 0.11 * np.cos(turn)), height * (0.985 + 0.1 * np.sin(turn))],
            axis=1,
        )
        pieces.append(wire(bow, 0.035 * radius, slot=0, segments=12))
    return pieces


def _clapper(radius: float, reach: float, pivot: float) -> Part:
    ball = 0.15 * radius
    profile = np.array([[0, -1.75], [0.35, -1.75], [0.42, -1.6], [0.42, -1.1], [0.7, -0.8]])
    fine = np.linspace(-0.7, 1.05, 14)
    body = np.stack([np.cos(fine), np.sin(fine)], axis=1)
    shaft = np.array([[0.32, 1.3], [0.24, 2.2], [0.22, (reach - 0.012) / ball], [0, (reach - 0.012) / ball]])
    made = meshes.lathe(np.concatenate([profile, body, shaft]) * ball, 32, smooth_angle_rad=0.9)
    loop = wire(
        np.stack(
            [
                0.012 * np.cos(t := np.linspace(0, 2 * np.pi, 20, endpoint=False)),
                np.zeros(20),
                reach + 0.012 * np.sin(t),
            ],
            axis=1,
        ),
        0.004,
        closed=True,
    )
    return fused(
        "clapper",
        [Piece(made, (Shape("sphere", (ball,), "iron", label="clapper"),)), loop],
        (Surface("iron"),),
        position=(0.0, 0.0, pivot - reach),
        parent="frame",
        joint=Joint("hinge", (0.0, 1.0, 0.0), (0.0, 0.0, reach), damping=0.0004),
        resonator=Resonator("sphere", "iron", {"radius": ball}),
    )


def _bell_frame(radius: float, yoke: float) -> Part:
    """Two oak posts with braces on sills; the gudgeons turn in iron bearings on them."""
    side = 0.2 * radius + 0.03
    out = radius * 1.18 + side / 2
    pieces = []
    for s in (-1.0, 1.0):
        pieces.append(
            board((side, side, yoke - 0.01), "hardwood", (0, s * out, (yoke - 0.01) / 2), bevel=0.005)
        )
        pieces.append(
            board((radius * 2.4, side * 1.15, side * 0.8), "hardwood", (0, s * out, side * 0.4), bevel=0.006)
        )
        for sx in (-1.0, 1.0):
            start = np.array([sx * radius * 0.98, s * out, side * 0.75])
            end = np.array([sx * side * 0.42, s * out, yoke * 0.6])
            way = end - start
            lean = float(np.arctan2(way[0], way[2]))
            size = (side * 0.55, side * 0.6, float(np.linalg.norm(way)) + side * 0.4)
            pieces.append(
                board(
                    size,
                    "hardwood",
                    vector((start + end) / 2),
                    bevel=0.004,
                    orientation=meshes.turn((0, 1, 0), lean),
                )
            )
        pieces.append(
            board((side * 0.9, side * 0.8, side * 0.5), "iron", (0, s * out, yoke), bevel=0.006, slot=1)
        )
        pieces[-1] = shown(pieces[-1].mesh)
    for z in (side * 0.4,):
        for sx in (-1.0, 1.0):
            pieces.append(
                board(
                    (side * 0.8, 2 * out - side, side * 0.7),
                    "hardwood",
                    (sx * radius * 0.85, 0, z),
                    bevel=0.005,
                )
            )
    return fused(
        "frame",
        pieces,
        (Surface("oak"), Surface("iron")),
        joint=FIXED,
        resonator=Resonator("block", "hardwood", {"x": side, "y": side, "z": yoke}),
    )
