"""Rowing boats with their oars, and fishing rods."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Joint, Mesh, Part, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.boards import WATER_N_M3
from lichtspiel.library.things.forms import (
    bar,
    block,
    disc,
    plate_sound,
    ribbon,
    ring,
    rod_sound,
    seen,
    single,
    slab,
    solid,
    tube,
)
from lichtspiel.library.things.joinery import capsule, fused
from lichtspiel.library.things.substance import enclosed_volume, number, surface

DRAG_NS_M = 45.0
"""Force against a dinghy's speed: some 80 N at 1.8 m/s."""
_BOARDS_M = -0.0775
"""Height of what feet stand on, against the water line."""
Parameters = Mapping[str, Parameter]


def rowing_boat(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A clinker dinghy along y, bow to -y, that floats: z = 0 is the water line. Its rower looks astern.

    Heave, roll and pitch are springs as stiff as the buoyancy of its water line; along its keel it is free.
    """
    length, beam = number(parameters, "length"), number(parameters, "beam")
    rings_out, rings_in = [], []
    t = np.linspace(0, 1, 34)
    planks = 7
    for u in t:
        half = beam / 2 * (1 - (1 - u) ** 2.3 * (1 - u)) * (1 - 0.30 * u**3) if u > 0 else 0.012
        half = max(half * min(1.0, (u / 0.06) ** 0.5 + 0.02), 0.012)
        sheer = 0.34 + 0.26 * (1 - u) ** 2.2 + 0.06 * u**2
        keel = -0.16 + 0.34 * np.clip((0.16 - u) / 0.16, 0, 1) ** 1.6 + 0.05 * u**3
        level = np.linspace(0, 1, planks + 1)
        profile = []
        for k in range(planks):
            for v in (level[k], level[k + 1]):
                lap = 0.006 if v == level[k + 1] else 0.012 * (k > 0)
                profile.append(
                    (
                        half * np.sin(np.pi / 2 * min(1.0, v * 1.02)) ** 0.62 + lap * 0.6,
                        keel + (sheer - keel) * v**1.25,
                    )
                )
        right = np.array(profile)
        right[0, 0] = 0.0
        # From the right gunwale down to the keel and up to the left one.
        outline = np.vstack([right[::-1], right[1:] * [-1, 1]])
        y = (u - 0.5) * length
        shrunk = outline.copy()
        shrunk[:, 0] = np.sign(outline[:, 0]) * np.maximum(np.abs(outline[:, 0]) - 0.018, 0.0)
        below = outline[:, 1] < keel + 0.9 * (sheer - keel)
        shrunk[:, 1] = np.where(below, outline[:, 1] + 0.016, outline[:, 1])
        inside = y + 0.03 if u == 0 else y - 0.03 if u == 1 else y
        rings_out.append(np.column_stack([outline[:, 0], np.full(len(outline), y), outline[:, 1]]))
        rings_in.append(np.column_stack([shrunk[:, 0], np.full(len(outline), inside), shrunk[:, 1]]))
    # Outside along the hull and back inside: a closed skin whose rim lies along the sheer.
    section = np.concatenate([np.array(rings_out), np.array(rings_in)[:, ::-1]], axis=1)
    hull = meshes.loft(section, 0, 0.35)
    if enclosed_volume(hull) < 0:
        hull = meshes.loft(section[:, ::-1], 0, 0.35)
    made: list[Mesh] = []
    for place in (-length * 0.22, length * 0.06, length * 0.34):
        share = place / length + 0.5
        half = beam / 2 * (1 - (1 - share) ** 3.3) * (1 - 0.30 * share**3) * 0.93
        made.append(slab((2 * half, 0.24, 0.024), (0, place, 0.20), 0.006, slot=1))
    made.append(slab((0.40, length * 0.46, 0.015), (0, 0.22, _BOARDS_M - 0.0075), 0.004, slot=1))
    for s in (-1, 1):
        made += [
            disc(0.02, 0.05, (s * (beam / 2 - 0.02), length * 0.14, 0.37), slot=2),
            ring(0.032, 0.007, (s * (beam / 2 - 0.02), length * 0.14, 0.41), (0, 1, 0), slot=2, count=28),
        ]
    made.append(slab((beam * 0.62, 0.03, 0.42), (0, length / 2 - 0.012, 0.20), 0.01, slot=1))
    mass, tiny = number(parameters, "mass"), (0.05, 0.05, 0.05)
    area = 0.68 * length * beam
    way = Part(
        "way", (), None, mass_kg=1.0, inertia=tiny, joint=Joint("slide", (0, -1, 0), damping=DRAG_NS_M)
    )
    heave = Part(
        "float",
        (),
        None,
        mass_kg=1.0,
        inertia=tiny,
        parent="way",
        joint=Joint("slide", (0, 0, 1), range=(-0.3, 0.5), stiffness=WATER_N_M3 * area, damping=2600.0),
    )
    roll = Part(
        "roll",
        (),
        None,
        mass_kg=1.0,
        inertia=tiny,
        parent="float",
        joint=Joint(
            "hinge", (0, 1, 0), range=(-0.5, 0.5), stiffness=WATER_N_M3 * area * beam**2 / 16, damping=260.0
        ),
    )
    shapes = [
        block((beam * 0.7, length * 0.7, 0.03), wish.material, (0, 0.1, 0.01), label="floor"),
        block((beam * 0.8, 0.24, 0.02), wish.material, (0, length * 0.06, 0.20), label="seat"),
        *(
            block(
                (0.03, length * 0.7, 0.34), wish.material, (s * (beam / 2 - 0.03), 0.15, 0.20), label="side"
            )
            for s in (-1, 1)
        ),
        block((beam * 0.6, 0.03, 0.36), wish.material, (0, length / 2 - 0.02, 0.2)),
    ]
    surfaces = (surface(wish, "boat_paint"), Surface("oiled_wood"), Surface("brass"))
    body = fused(
        "boat",
        [solid(shapes, hull), seen(*made)],
        surfaces,
        parent="roll",
        mass_kg=mass,
        joint=Joint(
            "hinge", (1, 0, 0), range=(-0.3, 0.3), stiffness=WATER_N_M3 * area * length**2 / 18, damping=900.0
        ),
        resonator=plate_sound("wood", length * 0.5, 0.3, 0.012),
    )
    spots: dict[str, Vec3] = {
        "seat": (0.0, length * 0.06, 0.215),
        "stern": (0.0, length * 0.34, 0.215),
        "boards": (0.0, length * 0.25, _BOARDS_M),
        "top": (0.0, 0.0, 0.22),
        "oarlock_left": (beam / 2 - 0.02, length * 0.14, 0.41),
        "oarlock_right": (-beam / 2 + 0.02, length * 0.14, 0.41),
        "tip": (0.0, -length / 2, 0.5),
    }
    return assembled([way, heave, roll, body], wish.scale, spots=spots)


def oar(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A wooden oar lying along x, its blade at +x."""
    length, lift = number(parameters, "length"), 0.027
    loom = meshes.sweep(
        np.array([(-length / 2 + 0.13, 0, lift), (0, 0, lift), (length / 2 - 0.5, 0, lift)]),
        np.array([0.025, 0.023, 0.018]),
        16,
    )
    grip = tube([(-length / 2, 0, lift), (-length / 2 + 0.14, 0, lift)], [0.017, 0.018])
    t = np.linspace(0, 1, 20)
    blade = ribbon(
        np.column_stack([length / 2 - 0.58 + 0.58 * t, 0 * t, lift + 0 * t]),
        0.036 + 0.11 * np.clip((t - 0.12) / 0.5, 0, 1) ** 1.2,
        0.03 * (1 - 0.72 * t),
        (0, 1, 0),
    )
    leather = bar((-length * 0.20, 0, lift), (-length * 0.12, 0, lift), 0.0265, slot=1)
    shapes = [
        capsule((-length / 2, 0, lift), (length / 2 - 0.5, 0, lift), 0.022, wish.material, "grip"),
        block((0.5, 0.13, 0.014), wish.material, (length / 2 - 0.26, 0, lift), label="blade"),
    ]
    spots = {
        "grip": (-length / 2 + 0.06, 0.0, lift),
        "tip": (length / 2, 0.0, lift),
        "top": (0.0, 0.0, 2 * lift),
    }
    return single(
        "oar",
        [solid(shapes, loom), seen(grip, blade, leather)],
        (surface(wish, "ash_handle"), Surface("leather")),
        wish,
        2.4,
        rod_sound(wish.material, length, 0.022),
        spots,
    )


def fishing_rod(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A rod lying along x with cork grip, reel, rings and line to a float."""
    length, lift = number(parameters, "length"), 0.05
    blank = meshes.sweep(
        np.array([(-length / 2 + 0.4, 0, lift), (length / 2, 0, lift)]), np.array([0.007, 0.0012]), 10
    )
    cork = tube(
        [(-length / 2, 0, lift), (-length / 2 + 0.2, 0, lift), (-length / 2 + 0.42, 0, lift)],
        [0.014, 0.012, 0.013],
        slot=1,
    )
    made = [
        cork,
        disc(0.025, 0.04, (-length / 2 + 0.3, 0, lift - 0.03), (1, 0, 0), slot=2),
        bar((-length / 2 + 0.3, 0, lift - 0.03), (-length / 2 + 0.3, 0.06, lift - 0.03), 0.003, slot=2),
        disc(0.008, 0.02, (-length / 2 + 0.3, 0.065, lift - 0.03), (0, 1, 0), slot=1),
    ]
    for u in np.linspace(0.3, 1, 6):
        made.append(
            ring(
                0.008 - 0.004 * u,
                0.001,
                (length * (u - 0.5), 0, lift - 0.011 + 0.004 * u),
                (1, 0, 0),
                slot=2,
                count=20,
                segments=6,
            )
        )
    made.append(
        meshes.sweep(
            np.array(
                [
                    (-length / 2 + 0.33, 0, lift - 0.025),
                    (0, 0, lift - 0.012),
                    (length / 2, 0, lift - 0.006),
                    (length / 2 - 0.03, 0.03, 0.012),
                    (length / 2 - 0.2, 0.12, 0.012),
                ]
            ),
            0.0005,
            5,
            3,
        )
    )
    made.append(
        meshes.moved(
            meshes.lathe(
                np.array(
                    [(0, -0.02), (0.012, -0.004), (0.013, 0.004), (0.003, 0.02), (0.002, 0.05), (0, 0.05)]
                ),
                20,
                4,
            ),
            (length / 2 - 0.2, 0.12, 0.013),
            meshes.turn((0, 1, 0), 1.4),
        )
    )
    shapes = [
        capsule((-length / 2, 0, lift), (length / 2, 0, lift), 0.006, wish.material, "grip"),
        Shape("sphere", (0.028,), "aluminium", (-length / 2 + 0.3, 0, lift - 0.022)),
        Shape("sphere", (0.006,), "plastic", (length / 2, 0, 0.006)),
    ]
    surfaces = (
        surface(wish, "matte_plastic", (0.02, 0.02, 0.022)),
        Surface("cork"),
        Surface("chrome"),
        Surface("nylon"),
        Surface("lacquered_paint"),
    )
    spots = {"grip": (-length / 2 + 0.16, 0.0, lift), "tip": (length / 2, 0.0, lift), "top": (0.0, 0.0, lift)}
    return single(
        "rod",
        [solid(shapes, blank), seen(*made)],
        surfaces,
        wish,
        0.3,
        rod_sound("plastic", length, 0.005),
        spots,
    )
