"""Tyres."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Part, Resonator, Shape
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.joinery import hull, loft
from lichtspiel.library.things.substance import density, number, surface

RUBBER_KG = 9.2
"""A 205/55 R16 summer tyre weighs 8.5 to 9.5 kg (makers' data sheets)."""

SECTORS = 24
FACETS = 8
"""Sides of the rolling outline in each sector: 192 in all, so that it rolls without a rattle."""


def tyre(parameters: Mapping[str, Parameter], wish: Wish, _rng: Generator) -> Asset:
    """A car tyre standing on its tread, its axis along y, so that it rolls along x."""
    outer, inner, width = (number(parameters, k) for k in ("outer_radius", "inner_radius", "width"))
    carcass = _carcass(outer, inner, width)
    made = meshes.moved(carcass, (0, 0, outer), meshes.turn((1, 0, 0), np.pi / 2))
    solid = np.pi * (outer**2 - inner**2) * width * 0.42
    mass = RUBBER_KG if wish.material == "rubber" else solid * density(wish.material)
    spin = mass * (0.8 * outer**2 + 0.2 * inner**2) * 0.86
    across = spin / 2 + mass * width**2 / 12
    part = Part(
        "tyre",
        _sectors(outer, inner, width, wish.material),
        made,
        (surface(wish, "tyre_rubber"),),
        mass_kg=mass,
        inertia=(across, spin, across),
        resonator=Resonator(
            "block", wish.material, {"x": 2 * (outer - inner), "y": width, "z": 2 * (outer - inner)}
        ),
    )
    spots = {"top": (0.0, 0.0, 2 * outer), "opening": (0.0, 0.0, outer)}
    low, high = (-inner, -0.01, outer - inner), (inner, 0.01, outer + inner)
    return assembled([part], wish.scale, spots=spots, regions={"opening": (low, high)})


def _carcass(outer: float, inner: float, width: float) -> Mesh:
    """Tread with grooves and sipes, side walls with ribs, bead and hollow inside; axis z."""
    half = width / 2
    tread = _tread(outer, half)
    wall = np.array(
        [
            [outer - 0.010, half * 0.93], [outer - 0.016, half * 0.98], [outer - 0.030, half * 1.0],
            [outer - 0.034, half * 1.012], [outer - 0.038, half * 1.0], [outer - 0.055, half * 1.03],
            [outer - 0.070, half * 1.0], [inner + 0.030, half * 0.94], [inner + 0.026, half * 0.95],
            [inner + 0.022, half * 0.90], [inner + 0.010, half * 0.86], [inner + 0.002, half * 0.84],
            [inner, half * 0.80], [inner + 0.001, half * 0.70], [inner + 0.018, half * 0.68],
            [inner + 0.045, half * 0.84], [outer - 0.045, half * 0.86], [outer - 0.024, half * 0.70],
            [outer - 0.019, half * 0.35],
        ]
    )  # fmt: skip
    mirrored = (wall * [1, -1])[::-1]
    profile = np.concatenate([tread, wall, mirrored])
    pitches, fine = 64, 6
    angles = np.arange(pitches * fine) * 2 * np.pi / (pitches * fine)
    sipe = np.tile(np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0]), pitches)
    rings = []
    for radius, z in profile:
        # Blocks lie on the shoulders only; the ribs between the grooves run round.
        on_tread = radius > outer - 0.0045
        shoulder = on_tread and half * 0.52 < abs(z) < half * 0.93
        rib = on_tread and half * 0.12 < abs(z) < half * 0.4
        depth = (0.0055 if shoulder else 0.003 if rib else 0.0) * sipe
        skew = z / half * 0.05 if on_tread else 0.0
        own = radius - depth
        turn = angles + skew
        rings.append(np.stack([own * np.cos(turn), own * np.sin(turn), np.full(len(turn), z)], axis=1))
    return loft(np.array(rings), 0, 0.55, closed=True)


def _tread(outer: float, half: float) -> Array:
    """Crowned tread with four circumferential grooves, from -z to +z."""
    deep, wide = 0.0075, 0.0045
    points: list[tuple[float, float]] = [(outer - 0.006, -half * 0.92)]

    def crown(z: float) -> float:
        return outer - 0.0042 * abs(z / half) ** 3

    for groove in (-0.47, -0.06 * 2.6, 0.06 * 2.6, 0.47):
        z = groove * half
        last = points[-1][1]
        points += [
            (crown(last + s * (z - wide - last)), last + s * (z - wide - last)) for s in (0.12, 0.5, 0.97)
        ]
        points += [
            (crown(z) - 0.0012, z - wide), (outer - deep, z - wide * 0.7),
            (outer - deep, z + wide * 0.7), (crown(z) - 0.0012, z + wide),
        ]  # fmt: skip
    last = points[-1][1]
    points += [
        (crown(last + s * (half * 0.9 - last)), last + s * (half * 0.9 - last)) for s in (0.03, 0.5, 0.9, 1.0)
    ]
    return np.array(points)


def _sectors(outer: float, inner: float, width: float, material: str) -> tuple[Shape, ...]:
    """Convex sectors of the ring, round on their outside."""
    shapes = []
    for k in range(SECTORS):
        angles = np.linspace(k, k + 1, FACETS + 1) * 2 * np.pi / SECTORS
        arc = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        ends = arc[[0, -1]]
        points = []
        for s in (-1.0, 1.0):
            for circle, radius, y in (
                (arc, outer, 0.40), (arc, outer - 0.012, 0.48), (ends, outer - 0.055, 0.515), (ends, inner, 0.42),
            ):  # fmt: skip
                level = np.full(len(circle), s * y * width)
                points.append(np.column_stack([circle[:, 0] * radius, level, circle[:, 1] * radius + outer]))
        shapes.append(hull(np.concatenate(points), material))
    return tuple(shapes)
