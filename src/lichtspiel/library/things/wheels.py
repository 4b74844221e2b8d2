"""Tyres."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Part, Resonator, Shape
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.substance import density, number, surface

RUBBER_KG = 9.2
"""A 205/55 R16 summer tyre weighs 8.5 to 9.5 kg (makers' data sheets)."""


def tyre(parameters: Mapping[str, Parameter], wish: Wish, _rng: Generator) -> Asset:
    """A car tyre standing on its tread, its axis along y, so that it rolls along x.

    In collisions its middle is full: a ring of flat facets would rattle as it rolls.
    """
    outer, inner, width = (number(parameters, k) for k in ("outer_radius", "inner_radius", "width"))
    carcass = _carcass(outer, inner, width)
    upright = meshes.turn((1, 0, 0), np.pi / 2)
    made = meshes.moved(carcass, (0, 0, outer), upright)
    solid = np.pi * (outer**2 - inner**2) * width * 0.42
    mass = RUBBER_KG if wish.material == "rubber" else solid * density(wish.material)
    spin = mass * (0.8 * outer**2 + 0.2 * inner**2) * 0.86
    across = spin / 2 + mass * width**2 / 12
    part = Part(
        "tyre",
        (Shape("cylinder", (outer, 0.45 * width), wish.material, (0.0, 0.0, outer), upright),),
        made,
        (surface(wish, "tyre_rubber"),),
        mass_kg=mass,
        inertia=(across, spin, across),
        resonator=Resonator(
            "block", wish.material, {"x": 2 * (outer - inner), "y": width, "z": 2 * (outer - inner)}
        ),
    )
    return assembled([part], wish.scale, spots={"top": (0.0, 0.0, 2 * outer)})


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
    return meshes.loft(np.array(rings), 0, 0.55, closed=True)


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
