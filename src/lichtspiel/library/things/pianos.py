"""An upright piano with its stool."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Mesh, Resonator, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.places.copies import boxes
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.forms import bar, block, disc, seen, slab, solid, tube
from lichtspiel.library.things.joinery import FIXED, fused
from lichtspiel.library.things.substance import number, surface

CASE, IVORY, EBONY, BRASS, FELT, LEATHER, PAPER = range(7)
KEYS_M = 1.225
"""Width of 52 white keys."""
BLACK_AFTER = (0, 1, 3, 4, 5)
"""White keys of an octave from C that a black key follows."""


def piano(parameters: Mapping[str, Parameter], wish: Wish, _rng: Generator) -> Asset:
    """An upright piano whose keys face +y, where its player sits and looks towards -y.

    88 keys of 23.6 mm, key bed 73 cm high; a leather-topped stool before it.
    """
    wide, deep, tall = (number(parameters, k) for k in ("width", "depth", "height"))
    back, key_z = -deep / 2, 0.73
    front = back + 0.36
    made: list[Mesh] = [
        slab((wide, 0.34, tall - 0.03), (0, back + 0.17, (tall - 0.03) / 2 + 0.0), 0.006),
        slab((wide + 0.03, 0.40, 0.032), (0, back + 0.185, tall - 0.016), 0.010),
        slab((wide - 0.10, 0.012, 0.50), (0, front - 0.016, 0.36), 0.012),
        slab((wide - 0.24, 0.010, 0.36), (0, front - 0.010, 0.36), 0.008),
        slab((wide - 0.10, 0.014, tall - 0.86), (0, front - 0.014, (tall + 0.78) / 2), 0.010),
        slab((wide - 0.16, 0.014, tall - 0.22), (0, back - 0.002, tall / 2), 0.012),
        slab((wide - 0.34, 0.012, tall - 0.40), (0, back - 0.008, tall / 2), 0.010),
        slab((wide, 0.30, 0.045), (0, front + 0.13, key_z - 0.055), 0.010),
        slab((wide, 0.030, 0.05), (0, front + 0.285, key_z - 0.02), 0.010),
        slab((KEYS_M + 0.03, 0.014, 0.05), (0, front + 0.085, key_z + 0.028), 0.004),
        slab(
            (wide - 0.06, 0.025, 0.17),
            (0, front + 0.035, key_z + 0.13),
            0.008,
            turn=meshes.turn((1, 0, 0), -0.28),
        ),
    ]
    for s in (-1.0, 1.0):
        made += [
            slab((0.055, 0.34, 0.16), (s * (wide / 2 - 0.028), front + 0.14, key_z + 0.005), 0.022),
            tube(
                [
                    (s * (wide / 2 - 0.04), front + 0.24, key_z - 0.07),
                    (s * (wide / 2 - 0.04), front + 0.26, 0.52),
                    (s * (wide / 2 - 0.04), front + 0.21, 0.30),
                    (s * (wide / 2 - 0.04), front + 0.24, 0.10),
                ],
                [0.034, 0.042, 0.028, 0.036],
            ),
            slab((0.075, 0.42, 0.09), (s * (wide / 2 - 0.04), front + 0.08, 0.055), 0.02),
            disc(0.02, 0.02, (s * (wide / 2 - 0.04), front + 0.22, 0.020), (1, 0, 0), slot=BRASS),
            slab((0.11, 0.30, 0.055), (s * (KEYS_M / 2 + 0.045), front + 0.16, key_z + 0.005), 0.008),
        ]
    made += _keys(front, key_z) + _desk(front, tall) + _pedals(front)
    made += _bench(front)
    shapes = [
        block((wide, 0.36, tall), wish.material, (0, back + 0.18, tall / 2), label="top"),
        block((wide, 0.30, 0.12), wish.material, (0, front + 0.15, key_z - 0.05), label="keys"),
        *(
            block(
                (0.08, 0.08, key_z - 0.08),
                wish.material,
                (s * (wide / 2 - 0.04), front + 0.22, (key_z - 0.08) / 2),
            )
            for s in (-1, 1)
        ),
        block((0.56, 0.34, 0.05), "leather", (0, front + 0.78, 0.475), label="seat"),
        *(
            block((0.05, 0.05, 0.44), "wood", (x, front + 0.78 + y, 0.22))
            for x in (-0.24, 0.24)
            for y in (-0.13, 0.13)
        ),
    ]
    surfaces = (
        surface(wish, "piano_black"),
        Surface("billiard_resin", (0.80, 0.78, 0.72)),
        Surface("bakelite"),
        Surface("brass"),
        Surface("mallet_felt"),
        Surface("leather", (0.015, 0.013, 0.012)),
        Surface("paper"),
    )
    part = fused(
        "piano",
        [solid(shapes, made[0]), seen(*made[1:])],
        surfaces,
        joint=FIXED,
        mass_kg=number(parameters, "mass"),
        resonator=Resonator("string", "steel", {"length": 0.62, "radius": 0.0005, "tension_n": 700.0}),
    )
    spots: dict[str, Vec3] = {
        "seat": (0.0, front + 0.78, 0.50),
        "keys": (0.0, front + 0.20, key_z + 0.02),
        "top": (0.0, back + 0.17, tall),
        "pedal": (0.0, front + 0.09, 0.06),
        "edge": (0.0, front, tall),
    }
    return assembled([part], wish.scale, spots=spots)


def _keys(front: float, level: float) -> list[Mesh]:
    pitch = KEYS_M / 52
    x = -KEYS_M / 2 + pitch * (np.arange(52) + 0.5)
    # From A0 on: the player sits at +y, so that low notes lie at +x.
    white = boxes(
        np.column_stack([-x, np.full(52, front + 0.185), np.full(52, level + 0.002)]),
        np.array([pitch - 0.0009, 0.15, 0.022]),
        0.0016,
    )
    octave = (np.arange(52) + 5) % 7
    after = np.isin(octave, BLACK_AFTER) & (np.arange(52) < 51)
    black_x = x[after] + pitch / 2
    black = boxes(
        np.column_stack(
            [-black_x, np.full(len(black_x), front + 0.162), np.full(len(black_x), level + 0.017)]
        ),
        np.array([0.0105, 0.095, 0.020]),
        0.0025,
    )
    felt = slab((KEYS_M, 0.008, 0.006), (0, front + 0.108, level + 0.014), 0.002, slot=FELT)
    return [meshes.in_slot(white, IVORY), meshes.in_slot(black, EBONY), felt]


def _desk(front: float, tall: float) -> list[Mesh]:
    """The music desk with an open score on it."""
    lean = meshes.turn((1, 0, 0), -0.30)
    made = [
        slab((0.70, 0.014, 0.24), (0, front + 0.055, tall - 0.10), 0.006, turn=lean),
        slab((0.70, 0.04, 0.014), (0, front + 0.115, tall - 0.215), 0.004),
    ]
    for s in (-1.0, 1.0):
        made.append(
            slab((0.215, 0.003, 0.29), (s * 0.109, front + 0.082, tall - 0.06), 0.001, slot=PAPER, turn=lean)
        )
        for row in range(7):
            made.append(_stave(s, front, tall, row))
    return made


def _stave(s: float, front: float, tall: float, row: int) -> Mesh:
    """Five printed lines of the score."""
    lean = meshes.turn((1, 0, 0), -0.30)
    along = -0.12 + 0.036 * row
    lines = [
        slab((0.175, 0.0006, 0.0009), (0, 0.0019, along + 0.0032 * k), 0.0, slot=EBONY) for k in range(5)
    ]
    return meshes.moved(meshes.joined(*lines), (s * 0.109, front + 0.082, tall - 0.06), lean)


def _pedals(front: float) -> list[Mesh]:
    made = []
    for x in (-0.07, 0.0, 0.07):
        made.append(
            tube(
                [(x, front - 0.02, 0.075), (x, front + 0.05, 0.075), (x, front + 0.10, 0.06)],
                [0.008, 0.010, 0.016],
                slot=BRASS,
            )
        )
    return made


def _bench(front: float) -> list[Mesh]:
    """A stool with a buttoned leather seat on four turned legs."""
    made = [
        slab((0.56, 0.34, 0.055), (0, front + 0.78, 0.475), 0.025, slot=LEATHER),
        slab((0.54, 0.32, 0.05), (0, front + 0.78, 0.43), 0.006),
    ]
    made += [
        disc(0.008, 0.008, (x, front + 0.78 + y, 0.501), slot=LEATHER, segments=12)
        for x in (-0.18, 0.0, 0.18)
        for y in (-0.08, 0.08)
    ]
    for x in (-0.24, 0.24):
        for y in (-0.13, 0.13):
            made.append(bar((x, front + 0.78 + y, 0.0), (x, front + 0.78 + y, 0.42), 0.020))
            made.append(disc(0.028, 0.05, (x, front + 0.78 + y, 0.36)))
    return made
