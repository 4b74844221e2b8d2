"""Apparatus of gymnasts: balance beam and trampoline."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Joint, Mesh, Part, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.forms import (
    bar,
    block,
    disc,
    ribbon,
    ring,
    seen,
    slab,
    solid,
    superellipse,
    tube,
)
from lichtspiel.library.things.joinery import FIXED, Piece, fused
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]


def balance_beam(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A beam along x on two splayed feet, padded and covered in suede; it gives a little when landed on.

    Measures of FIG Apparatus Norms WAG 3: 5 m long, 100 mm wide on top, 130 mm in its middle, 160 mm
    high, upper side 1.25 m above the floor.
    """
    length, height = number(parameters, "length"), number(parameters, "height")
    tall, wide, middle = 0.16, 0.10, 0.13
    half = np.array([(wide / 2, 0.0), (middle / 2, tall / 2), (wide / 2, tall)])
    ease = np.linspace(0, 1, 9)
    side = np.column_stack([np.interp(ease, [0, 0.5, 1], half[:, 0]), ease * tall])
    side[:, 0] += 0.012 * np.sin(np.pi * ease) * 0.5
    corner = np.array([(wide / 2 - 0.012, 0.0)]), np.array([(wide / 2 - 0.012, tall)])
    right = np.vstack([corner[0], side[1:-1] - [0, 0], corner[1]])
    outline = np.vstack([right, right[::-1] * [-1, 1]])
    rings = []
    for place, shrink in (
        (-length / 2, 0.9),
        (-length / 2 + 0.012, 1.0),
        (length / 2 - 0.012, 1.0),
        (length / 2, 0.9),
    ):
        scaled = (outline - [0, tall / 2]) * shrink + [0, tall / 2]
        rings.append(
            np.column_stack([np.full(len(outline), place), scaled[:, 0], scaled[:, 1] + height - tall])
        )
    cover = meshes.loft(np.array(rings), 0, 0.7)
    caps = [
        slab(
            (0.006, middle * 0.86, tall * 0.8),
            (s * (length / 2 + 0.003), 0, height - tall / 2),
            0.002,
            slot=1,
        )
        for s in (-1, 1)
    ]
    material = wish.material
    shapes = [block((length, wide, tall), material, (0, 0, height - tall / 2), label="top")]
    frame: list[Mesh] = []
    for s in (-1.0, 1.0):
        x = s * (length / 2 - 0.5)
        low, top = 0.03, height - tall
        for t in (-1.0, 1.0):
            leg = [(x, t * 0.04, top - 0.02), (x, t * 0.26, 0.34), (x, t * 0.52, low + 0.02)]
            frame.append(ribbon(np.array(leg), 0.07, 0.05, (1, 0, 0), slot=1, rounding=0.3))
            frame.append(disc(0.055, 0.03, (x, t * 0.52, 0.015), slot=2))
            shapes.append(block((0.08, 0.1, low), "rubber", (x, t * 0.52, low / 2)))
        frame.append(slab((0.09, 0.16, 0.24), (x, 0, top - 0.11), 0.012, slot=1))
        frame.append(disc(0.028, 0.03, (x, -0.09, top - 0.1), (0, 1, 0), slot=3))
        frame.append(bar((x, -0.30, 0.30), (x, 0.30, 0.30), 0.014, slot=3))
    surfaces = (
        surface(wish, "suede_tan"),
        Surface("painted_metal", (0.02, 0.07, 0.30)),
        Surface("black_rubber"),
        Surface("chrome"),
    )
    part = fused(
        "beam",
        [solid(shapes, cover), seen(*caps, *frame)],
        surfaces,
        joint=FIXED,
        resonator=Resonator("bar", "wood", {"length": length, "width": wide, "thickness": tall}),
    )
    spots: dict[str, Vec3] = {
        "top": (0.0, 0.0, height),
        "start": (-length / 2 + 0.3, 0.0, height),
        "end": (length / 2 - 0.3, 0.0, height),
        "edge": (0.0, -wide / 2, height),
    }
    return assembled([part], wish.scale, spots=spots)


def trampoline(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A round garden trampoline; its mat hangs on a slide whose stiffness is that of all springs."""
    radius, height = number(parameters, "radius"), number(parameters, "height")
    pipe, mat = 0.024, radius * 0.84
    steel: list[Mesh] = [ring(radius, pipe, (0, 0, height), count=96, segments=12)]
    shapes: list[Shape] = []
    for k in range(4):
        angle = np.pi / 4 + k * np.pi / 2
        wide = 0.32
        ends = [(radius * np.cos(angle + d), radius * np.sin(angle + d)) for d in (-wide, wide)]
        feet = [(1.02 * x, 1.02 * y) for x, y in ends]
        bow = [
            (*ends[0], height),
            (*feet[0], 0.12),
            (*feet[0], 0.03),
            (*feet[1], 0.03),
            (*feet[1], 0.12),
            (*ends[1], height),
        ]
        steel += [bar(bow[0], bow[1], 0.02), bar(bow[5], bow[4], 0.02)]
        foot = [
            (*feet[0], 0.13),
            (*feet[0], 0.045),
            *(
                ((1 - u) * feet[0][0] + u * feet[1][0], (1 - u) * feet[0][1] + u * feet[1][1], 0.02)
                for u in (0.12, 0.5, 0.88)
            ),
            (*feet[1], 0.045),
            (*feet[1], 0.13),
        ]
        steel.append(tube(foot, 0.02, count=40))
        for x, y in feet:
            shapes.append(Shape("cylinder", (0.03, height / 2), "steel", (float(x), float(y), height / 2)))
    springs = []
    for angle in np.linspace(0, 2 * np.pi, 72, endpoint=False):
        a = (mat * np.cos(angle), mat * np.sin(angle), height)
        b = ((radius - pipe) * np.cos(angle), (radius - pipe) * np.sin(angle), height)
        springs.append(bar(a, b, 0.009, slot=1, segments=8))
    pad = _pad(radius, mat, height)
    count = 24
    for angle in np.linspace(0, 2 * np.pi, count, endpoint=False):
        middle = (radius + mat) / 2
        at = (float(middle * np.cos(angle)), float(middle * np.sin(angle)), height)
        half = ((radius - mat) / 2, float(np.pi * radius / count), 0.02)
        shapes.append(Shape("box", half, "foam", at, meshes.turn((0, 0, 1), float(angle)), label="edge"))
    frame = fused(
        "frame",
        [Piece(meshes.joined(*steel), tuple(shapes)), seen(*springs), seen(pad)],
        (Surface("galvanised_steel"), Surface("chrome"), surface(wish, "vinyl_cover")),
        joint=FIXED,
        resonator=Resonator("tube", "steel", {"radius": pipe, "length": 2 * radius, "thickness": 0.002}),
    )
    cloth = meshes.cylinder(mat, 0.006, 96, 0.002)
    bed = Part(
        "mat",
        (Shape("cylinder", (mat, 0.01), "fabric", (0.0, 0.0, -0.01), label="top"),),
        cloth,
        (Surface("trampoline_mat"),),
        mass_kg=3.0,
        position=(0.0, 0.0, height),
        parent="frame",
        joint=Joint("slide", (0.0, 0.0, 1.0), range=(-height * 0.85, 0.3), stiffness=5000.0, damping=25.0),
        resonator=Resonator("cloth", "fabric", {"area": np.pi * mat**2, "thickness": 0.002}),
    )
    spots: dict[str, Vec3] = {"top": (0.0, 0.0, height), "edge": (0.0, -radius, height)}
    return assembled([frame, bed], wish.scale, spots=spots)


def _pad(radius: float, mat: float, height: float) -> Mesh:
    """The padded collar over the springs."""
    turn = np.linspace(0, 2 * np.pi, 128, endpoint=False)
    section = superellipse(radius + 0.05 - mat, 0.034, 3.0, 24)
    rings = []
    for angle in turn:
        reach = (radius + 0.04 + mat) / 2 + section[:, 0]
        rings.append(
            np.column_stack([reach * np.cos(angle), reach * np.sin(angle), height + 0.018 + section[:, 1]])
        )
    return meshes.loft(np.array(rings)[:, ::-1], 2, 1.2, closed=True)
