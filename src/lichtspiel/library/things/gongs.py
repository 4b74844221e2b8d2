"""Gongs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Joint, Part, Resonator, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.joinery import (
    FIXED,
    Piece,
    board,
    curve_through,
    fused,
    rod,
    shown,
    turned,
    wire,
)
from lichtspiel.library.things.substance import density, number, surface

Parameters = Mapping[str, Parameter]

GONG_PROFILE = np.array(
    [[0, 0.030], [0.10, 0.030], [0.16, 0.024], [0.20, 0.006], [0.24, 0.0], [0.6, 0.0], [0.86, -0.004],
     [0.95, -0.010], [0.985, -0.025], [1.0, -0.06], [1.0, -0.14]]
)  # fmt: skip
"""A bossed gong: radius and depth towards its front as shares of its radius."""


def gong(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A bossed gong in a wooden frame, its mallet on a pivot before it."""
    radius, thick = number(parameters, "radius"), number(parameters, "thickness")
    low = number(parameters, "clearance")
    centre = low + radius
    bar = centre + radius * 1.32
    outline = GONG_PROFILE * radius
    # Its axis points to the viewer, so the boss does.
    plate = meshes.moved(
        meshes.lathe(_closed(outline, thick), 120), (0, 0, 0), meshes.turn((1, 0, 0), np.pi / 2)
    )
    disc = Shape(
        "cylinder",
        (radius, 0.012),
        wish.material,
        (0.0, 0.012, 0.0),
        meshes.turn((1, 0, 0), np.pi / 2),
        label="plate",
    )
    boss = Shape(
        "cylinder",
        (0.13 * radius, 0.016),
        wish.material,
        (0.0, -0.03 * radius + 0.016, 0.0),
        meshes.turn((1, 0, 0), np.pi / 2),
        label="boss",
    )
    cords = [
        wire(
            np.array(
                [
                    [s * 0.56 * radius, 0.06 * radius, 0.8 * radius],
                    [s * 0.56 * radius, 0.02, 1.1 * radius],
                    [s * 0.56 * radius, 0, bar - centre],
                ]
            ),
            0.004,
            slot=1,
        )
        for s in (-1.0, 1.0)
    ]
    mass = float(np.pi * radius**2 * 1.25 * thick) * density(wish.material)
    hung = fused(
        "gong",
        [Piece(plate, (disc, boss)), *cords],
        (surface(wish, str(parameters["look"])), Surface("rope_hemp")),
        mass_kg=mass,
        inertia=(mass * radius**2 / 4, mass * radius**2 / 2, mass * radius**2 / 4),
        position=(0.0, 0.0, centre),
        parent="frame",
        joint=Joint("hinge", (1.0, 0.0, 0.0), (0.0, 0.0, bar - centre), damping=0.12),
        resonator=Resonator("disc", wish.material, {"radius": radius, "thickness": thick}),
    )
    mallet = _mallet(radius, centre, bar)
    spots = {"strike": (0.0, -0.03 * radius, centre), "pivot": (0.0, 0.0, bar), "bob": (0.0, 0.0, centre)}
    return assembled([_gong_frame(radius, bar), hung, mallet], wish.scale, spots=spots)


def _closed(outline: Array, thick: float) -> Array:
    """A sheet's profile out along its back and back along its front, for a lathe about z."""
    normal = np.gradient(outline, axis=0)
    normal = np.stack([normal[:, 1], -normal[:, 0]], axis=1) / np.linalg.norm(normal, axis=1, keepdims=True)
    normal[0] = (0.0, -1.0)
    return np.concatenate([outline + normal * thick, outline[::-1]])


def _gong_frame(radius: float, bar: float) -> Part:
    """Two round posts with turned feet under a beam with upturned ends."""
    out, thick = radius * 1.32, 0.032
    pieces = []
    for s in (-1.0, 1.0):
        pieces.append(
            rod((s * out, 0, 0.05), (s * out, 0, bar + 0.03), thick * 0.75, "hardwood", segments=32)
        )
        pieces.append(board((0.07, radius * 1.25, 0.055), "hardwood", (s * out, 0, 0.0275), bevel=0.014))
        ball = np.array(
            [[0, 0], [0.018, 0.0], [0.026, 0.006], [0.03, 0.02], [0.026, 0.036], [0.012, 0.046], [0, 0.048]]
        )
        pieces.append(turned(ball, (s * out, 0, bar + 0.03), slot=1, segments=32))
    bow = np.linspace(-1, 1, 33)
    path = np.stack([bow * out * 1.2, np.zeros(33), bar + 0.012 + 0.06 * np.abs(bow) ** 6], axis=1)
    pieces.append(Piece(meshes.sweep(path, 0.022, 24), ()))
    beam = rod((-out * 1.15, 0, bar + 0.012), (out * 1.15, 0, bar + 0.012), 0.022, "hardwood")
    pieces.append(Piece(pieces.pop().mesh, beam.shapes))
    low = rod((-out, 0, 0.12), (out, 0, 0.12), 0.016, "hardwood", segments=24)
    pieces.append(low)
    return fused(
        "frame",
        pieces,
        (Surface("dark_wood"), Surface("brass")),
        joint=FIXED,
        resonator=Resonator("bar", "hardwood", {"length": bar, "width": 2 * thick, "thickness": 2 * thick}),
    )


def _mallet(radius: float, centre: float, bar: float) -> Part:
    """A felt-headed mallet that hangs from the beam just before the boss.

    Drawn back by a positive angle it moves away from the gong.
    """
    head, gap = 0.14 * radius, 0.006
    length = bar - 0.03 - centre
    y = -0.03 * radius - head - gap
    profile = (
        np.array(
            [
                [0, -0.95],
                [0.45, -0.95],
                [0.75, -0.8],
                [0.97, -0.35],
                [1.0, 0.0],
                [0.97, 0.35],
                [0.75, 0.8],
                [0.45, 0.95],
                [0, 0.95],
            ]
        )
        * head
    )
    made = meshes.lathe(curve_through(profile, 28), 40, smooth_angle_rad=1.2)
    shaft = rod((0, 0, head * 0.5), (0, 0, length - 0.012), 0.009, "hardwood", slot=1)
    eye = wire(
        np.stack(
            [
                np.zeros(18),
                0.012 * np.cos(t := np.linspace(0, 2 * np.pi, 18, endpoint=False)),
                length + 0.012 * np.sin(t),
            ],
            axis=1,
        ),
        0.003,
        slot=2,
        closed=True,
    )
    return fused(
        "striker",
        [Piece(made, (Shape("sphere", (head,), "tennis_felt", label="head"),)), shown(shaft.mesh), eye],
        (Surface("mallet_felt"), Surface("dark_wood"), Surface("brass")),
        mass_kg=0.35 * (radius / 0.3) ** 3,
        position=(0.0, y, centre),
        parent="frame",
        joint=Joint("hinge", (-1.0, 0.0, 0.0), (0.0, 0.0, length), damping=0.03, range=(-0.3, 1.2)),
        resonator=Resonator("sphere", "tennis_felt", {"radius": head}),
    )
