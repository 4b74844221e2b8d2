"""Tools of house and garden, and food one holds: broom, shovel, brush, watering can, stick, fruit, bread.

Long things lie along x, grip at -x.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Resonator, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.places.copies import copies
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.forms import (
    bar,
    block,
    disc,
    plate_sound,
    ribbon,
    rod_sound,
    seen,
    single,
    slab,
    solid,
    tube,
)
from lichtspiel.library.things.joinery import capsule
from lichtspiel.library.things.substance import density, number, surface

Parameters = Mapping[str, Parameter]
QUARTER = np.pi / 2


def broom(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A broom lying along x, its bristles at +x."""
    length, lift = number(parameters, "length"), 0.035
    stick = bar((-length / 2, 0, lift), (length / 2 - 0.10, 0, lift), 0.0125, segments=16)
    head = slab((0.045, 0.30, 0.05), (length / 2 - 0.10, 0, lift), 0.014, slot=0)
    count = 420
    feet = np.column_stack(
        [
            np.full(count, length / 2 - 0.08),
            rng.uniform(-0.14, 0.14, count),
            lift + rng.uniform(-0.016, 0.016, count),
        ]
    )
    hair = meshes.sweep(
        np.array([(0, 0, 0), (0.05, 0, 0), (0.095, 0.004, 0.0)]), np.array([0.0014, 0.0013, 0.001]), 4, 1
    )
    bristles = copies(hair, feet, rng.normal(0, 0.07, count))
    shapes = [
        capsule((-length / 2, 0, lift), (length / 2 - 0.1, 0, lift), 0.0125, wish.material, "grip"),
        block((0.15, 0.30, 0.06), wish.material, (length / 2 - 0.06, 0, lift), label="tip"),
    ]
    spots = {
        "grip": (-length * 0.34, 0.0, lift),
        "grip_2": (0.0, 0.0, lift),
        "tip": (length / 2, 0.0, lift),
        "top": (0.0, 0.0, 2 * lift),
    }
    return single(
        "broom",
        [solid(shapes, stick, head), seen(bristles)],
        (surface(wish, "beech"), Surface("hemp_strand")),
        wish,
        0.75,
        rod_sound(wish.material, length, 0.0125),
        spots,
    )


def shovel(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A digging spade lying along x: steel blade, ash shaft, D grip."""
    length, lift = number(parameters, "length"), 0.03
    t = np.linspace(0, 1, 16)
    blade = ribbon(
        np.column_stack([length / 2 - 0.29 + 0.29 * t, 0 * t, lift - 0.012 - 0.012 * np.sin(np.pi * t)]),
        0.19 * (1 - 0.25 * np.clip((t - 0.7) / 0.3, 0, 1) ** 2),
        0.0035,
        (0, 1, 0),
    )
    socket = tube(
        [(length / 2 - 0.27, 0, lift - 0.01), (length / 2 - 0.40, 0, lift), (length / 2 - 0.52, 0, lift)],
        [0.022, 0.021, 0.0195],
    )
    shaft = bar((-length / 2 + 0.12, 0, lift), (length / 2 - 0.48, 0, lift), 0.0175, slot=1, segments=18)
    grip = tube(
        [
            (-length / 2 + 0.13, 0, lift),
            (-length / 2 + 0.08, 0.045, lift),
            (-length / 2, 0.055, lift),
            (-length / 2, -0.055, lift),
            (-length / 2 + 0.08, -0.045, lift),
        ],
        0.0135,
        slot=1,
        count=60,
        closed=True,
    )
    shapes = [
        capsule((-length / 2, 0, lift), (length / 2 - 0.3, 0, lift), 0.018, "wood", "grip"),
        block((0.28, 0.18, 0.012), wish.material, (length / 2 - 0.15, 0, lift - 0.018), label="blade"),
    ]
    spots = {
        "grip": (-length / 2, 0.0, lift),
        "grip_2": (0.08, 0.0, lift),
        "tip": (length / 2, 0.0, lift),
        "top": (0.0, 0.0, 2 * lift),
    }
    return single(
        "spade",
        [solid(shapes, blade), seen(socket, shaft, grip)],
        (surface(wish, "forged_steel"), Surface("ash_handle")),
        wish,
        1.9,
        plate_sound(wish.material, 0.29, 0.19, 0.002),
        spots,
    )


def paintbrush(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """An artist's brush lying along x, its hair dipped in paint."""
    length, r = number(parameters, "length"), 0.0045
    u = np.array([0, 0.004, 0.2, 0.55, 0.72, 0.78])
    w = np.array([0, 0.35, 0.55, 1.0, 0.72, 0.62]) * r
    turn = meshes.turn((0, 1, 0), QUARTER)
    handle = meshes.moved(
        meshes.lathe(np.vstack([np.column_stack([w, u * length]), [(0, 0.78 * length)]]), 20),
        (-length / 2, 0, r),
        turn,
    )
    ferrule = bar((length * 0.27, 0, r), (length * 0.40, 0, r), 0.0031, slot=1)
    hair = meshes.moved(
        meshes.lathe(
            np.array([(0, 0), (0.0029, 0), (0.0042, 0.010), (0.0030, 0.020), (0.0006, 0.029), (0, 0.030)]),
            18,
            2,
        ),
        (length * 0.40, 0, r),
        turn,
    )
    shapes = [capsule((-length / 2 + r, 0, r), (length / 2 - 0.01, 0, r), r * 0.9, wish.material, "grip")]
    surfaces = (
        surface(wish, "lacquered_paint", (0.04, 0.09, 0.16)),
        Surface("chrome"),
        Surface("oil_paint", (0.42, 0.03, 0.03)),
    )
    spots = {"grip": (length * 0.2, 0.0, r), "tip": (length / 2, 0.0, r), "top": (0.0, 0.0, 2 * r)}
    return single(
        "brush",
        [solid(shapes, handle), seen(ferrule, hair)],
        surfaces,
        wish,
        0.014,
        rod_sound("wood", length, r),
        spots,
    )


def watering_can(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A zinc watering can, spout with its rose to +x, handles over and behind."""
    radius, height = number(parameters, "radius"), number(parameters, "height")
    line = np.array(
        [
            (0, 0),
            (radius, 0),
            (radius, 0.006),
            (radius * 0.985, 0.012),
            (radius * 0.985, height * 0.3),
            (radius, height * 0.305),
            (radius * 0.985, height * 0.31),
            (radius * 0.98, height - 0.004),
            (radius, height),
            (radius * 0.97, height),
            (radius * 0.965, 0.01),
            (0, 0.008),
        ]
    )
    body = meshes.lathe(line, 72, 0, 0.5)
    cover = meshes.moved(
        meshes.extrude(
            np.vstack(
                [
                    [(0, -radius * 0.96)],
                    np.column_stack(
                        [
                            radius * 0.96 * np.cos(np.linspace(-QUARTER, QUARTER, 20)),
                            radius * 0.96 * np.sin(np.linspace(-QUARTER, QUARTER, 20)),
                        ]
                    ),
                    [(0, radius * 0.96)],
                ]
            )[1:-1],
            0.002,
        ),
        (0, 0, height - 0.012),
    )
    spout = tube(
        [
            (radius * 0.9, 0, height * 0.18),
            (radius * 1.5, 0, height * 0.55),
            (radius * 2.35, 0, height * 1.12),
        ],
        [0.022, 0.016, 0.011],
        count=30,
    )
    at, way = (radius * 2.42, 0.0, height * 1.165), (0.62, 0.0, 0.52)
    rose = [disc(0.036, 0.012, (at[0] + 0.02, 0, at[2] + 0.018), way), disc(0.024, 0.03, at, way)]
    brace = bar((radius * 0.8, 0, height), (radius * 1.75, 0, height * 0.76), 0.004)
    over = tube(
        [
            (radius * 0.55, 0, height),
            (radius * 0.3, 0, height * 1.42),
            (-radius * 0.5, 0, height * 1.5),
            (-radius * 1.15, 0, height * 1.15),
            (-radius * 0.98, 0, height * 0.35),
        ],
        0.0095,
        count=60,
    )
    shapes = [
        Shape("cylinder", (radius, height / 2), wish.material, (0, 0, height / 2), label="top"),
        capsule((radius, 0, height * 0.25), (radius * 2.35, 0, height * 1.12), 0.014, wish.material),
        capsule(
            (radius * 0.3, 0, height * 1.4), (-radius * 0.9, 0, height * 1.35), 0.012, wish.material, "grip"
        ),
    ]
    mass = 1.4
    spots = {
        "grip": (-radius * 0.5, 0.0, height * 1.5),
        "tip": (at[0] + 0.03, 0.0, at[2] + 0.02),
        "spout": (at[0] + 0.03, 0.0, at[2] + 0.02),
        "throat": (at[0] + 0.03 - way[0], 0.0, at[2] + 0.02 - way[2]),
        "top": (0.0, 0.0, height),
    }
    sound = Resonator(
        "cylindrical_shell", wish.material, {"radius": radius, "height": height, "thickness": 0.0007}
    )
    return single(
        "can",
        [solid(shapes, body), seen(cover, spout, *rose, brace, over)],
        (surface(wish, "galvanised_steel"),),
        wish,
        mass,
        sound,
        spots,
    )


def walking_stick(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A walking stick standing upright with a crook handle, silver collar and rubber ferrule."""
    height = number(parameters, "height")
    crook = tube(
        [
            (0, 0, height * 0.5),
            (0, 0, height - 0.07),
            (0.012, 0, height - 0.022),
            (0.048, 0, height - 0.012),
            (0.085, 0, height - 0.028),
            (0.098, 0, height - 0.06),
        ],
        [0.0098, 0.0118, 0.0125, 0.0125, 0.012, 0.0115],
        count=50,
    )
    shaft = meshes.sweep(np.array([(0, 0, 0.025), (0, 0, height * 0.52)]), np.array([0.0085, 0.0098]), 14)
    collar = disc(0.0128, 0.018, (0, 0, height - 0.12), slot=1)
    foot = meshes.lathe(np.array([(0, 0), (0.013, 0), (0.0135, 0.006), (0.0105, 0.034), (0, 0.034)]), 24, 2)
    shapes = [
        capsule((0, 0, 0.014), (0, 0, height - 0.03), 0.011, wish.material),
        capsule((0.0, 0, height - 0.024), (0.09, 0, height - 0.03), 0.012, wish.material, "grip"),
        Shape("cylinder", (0.013, 0.003), "rubber", (0, 0, 0.003)),
    ]
    spots = {"grip": (0.045, 0.0, height - 0.012), "tip": (0.0, 0.0, 0.0), "top": (0.04, 0.0, height)}
    return single(
        "stick",
        [solid(shapes, shaft), seen(crook, collar, foot)],
        (surface(wish, "lacquered_wood"), Surface("silver"), Surface("black_rubber")),
        wish,
        0.38,
        rod_sound(wish.material, height, 0.01),
        spots,
    )


def fruit(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """An apple or an orange (`kind`), standing on its blossom end."""
    radius, kind = number(parameters, "radius"), str(parameters["kind"])
    t = np.linspace(0, np.pi, 30)
    if kind == "apple":
        reach = radius * np.sin(t) * (1 + 0.10 * np.cos(t) * -1.0)
        rise = (
            -radius * 0.93 * np.cos(t)
            - radius * 0.34 * np.exp(-(((np.pi - t) / 0.34) ** 2))
            + radius * 0.13 * np.exp(-((t / 0.26) ** 2))
        )
    else:
        reach = radius * np.sin(t)
        rise = -radius * 0.96 * np.cos(t) - radius * 0.05 * np.exp(-(((np.pi - t) / 0.12) ** 2))
    line = np.column_stack([reach, rise])
    line[0, 0] = line[-1, 0] = 0.0
    skin = meshes.lathe(line, 56, smooth_angle_rad=2.0)
    if kind == "apple":
        turn = np.arctan2(skin.vertices[:, 1], skin.vertices[:, 0])
        low = np.clip(-skin.vertices[:, 2] / radius, 0, 1)
        skin = replace(skin, vertices=skin.vertices * (1 + 0.03 * np.cos(5 * turn) * low)[:, None])
    base = float(-skin.vertices[:, 2].min())
    skin = meshes.moved(skin, (0, 0, base))
    dent = base + float(rise[-1])
    stem = (
        tube(
            [(0, 0, dent), (0.002, 0, dent + radius * 0.25), (0.006, 0.002, dent + radius * 0.42)],
            [0.0014, 0.0012, 0.002],
            slot=1,
        )
        if kind == "apple"
        else disc(radius * 0.08, 0.002, (0, 0, dent + 0.001), slot=1)
    )
    shapes = [Shape("sphere", (radius * 0.97,), wish.material, (0, 0, radius * 0.97))]
    colour = (0.36, 0.022, 0.018) if kind == "apple" else (0.72, 0.24, 0.01)
    mass = 4 / 3 * np.pi * radius**3 * (830 if kind == "apple" else 920)
    surfaces = (
        surface(wish, "apple_skin" if kind == "apple" else "fruit_skin", colour),
        Surface("tree_bark", (0.10, 0.06, 0.03))
        if kind == "apple"
        else Surface("plant_leaf", (0.10, 0.14, 0.03)),
    )
    spots = {"top": (0.0, 0.0, 2 * radius * 0.9), "grip": (0.0, 0.0, radius * 0.9)}
    return single(
        "fruit",
        [solid(shapes, skin), seen(stem)],
        surfaces,
        wish,
        mass,
        Resonator("sphere", wish.material, {"radius": radius}),
        spots,
    )


def banana(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A banana lying on its side, five-edged and curved, with brown ends."""
    length = number(parameters, "length")
    t = np.linspace(0, 1, 34)
    bend = 0.85 * (t - 0.5) * 2
    reach = length / 1.7
    spine = np.column_stack(
        [reach * np.sin(bend) * 0.98, reach * (1 - np.cos(bend)) - 0.03, np.full(34, 0.0)]
    )
    girth = (
        0.0185
        * np.clip(np.sin(np.pi * np.clip(t * 0.93 + 0.03, 0, 1)) ** 0.42, 0.22, 1)
        * (1 - 0.62 * np.clip((t - 0.9) / 0.1, 0, 1) ** 0.6)
    )
    angle = np.linspace(0, 2 * np.pi, 30, endpoint=False)
    facet = 1 - 0.055 * np.abs(np.sin(2.5 * angle))
    ahead = np.gradient(spine, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    side = np.column_stack([-ahead[:, 1], ahead[:, 0], 0 * t])
    rings = (
        spine[:, None]
        + (girth[:, None] * facet * np.cos(angle))[..., None] * side[:, None]
        + (girth[:, None] * facet * np.sin(angle))[..., None] * np.array([0, 0, 1.0])
    )
    peel = meshes.loft(rings, 0, 0.9)
    lift = float(-peel.vertices[:, 2].min())
    tips = [
        meshes.sweep(spine[:3], girth[:3] * 1.03, 14, 1),
        meshes.sweep(
            np.vstack([spine[-3:], spine[-1] + ahead[-1] * 0.012]),
            np.array([*girth[-3:] * 1.03, 0.0045]),
            14,
            1,
        ),
    ]
    shapes = [
        capsule(tuple(spine[a] + [0, 0, lift]), tuple(spine[b] + [0, 0, lift]), 0.0175, wish.material)
        for a, b in ((3, 12), (12, 21), (21, 30))
    ]
    surfaces = (surface(wish, "fruit_skin", (0.68, 0.47, 0.035)), Surface("tree_bark", (0.07, 0.045, 0.02)))
    spots = {"top": (0.0, 0.0, 2 * lift), "grip": (0.0, -0.03, lift)}
    pieces = [
        solid(shapes, meshes.moved(peel, (0, 0, lift))),
        seen(*(meshes.moved(m, (0, 0, lift)) for m in tips)),
    ]
    return single("banana", pieces, surfaces, wish, 0.13, rod_sound(wish.material, length, 0.018), spots)


CUTS = (0.28, 0.5, 0.72)
"""Where a loaf is cut, as shares of its length."""


def _with_crumb(crust: Mesh, along: Array, angle: Array) -> Mesh:
    """The paler crumb, in slot 1, shows where the crust has opened at its cuts."""
    slots = crust.slots.copy()
    middle, top = (along[:-1] + along[1:]) / 2, np.sin(angle + np.pi / len(angle)) > 0.45
    for row in np.flatnonzero(np.abs(middle[:, None] - CUTS).min(axis=1) < 0.02):
        slots[row * len(angle) : (row + 1) * len(angle)][top] = 1
    return replace(crust, slots=slots)


def loaf(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A loaf of country bread, floured, with three cuts across its crust."""
    length, wide, high = (number(parameters, k) for k in ("length", "width", "height"))
    t = np.concatenate([[0.0, 0.01], np.linspace(0.03, 0.97, 40), [0.99, 1.0]])
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    rings = []
    for u in t:
        full = np.sqrt(np.clip(1 - np.abs(2 * u - 1) ** 2.6, 0.004, 1))
        c, s = np.cos(angle), np.sin(angle)
        x = np.sign(c) * np.abs(c) ** 0.85 * wide / 2 * full
        z = np.where(s > 0, s * high * 0.78, s * high * 0.22) * full**0.8
        cut = sum(np.exp(-(((u - k) / 0.018) ** 2)) for k in CUTS)
        z = (
            z
            - 0.010 * cut * np.clip(s - 0.45, 0, 1)
            + 0.004
            * sum(np.exp(-(((np.abs(u - k) - 0.045) / 0.02) ** 2)) for k in CUTS)
            * np.clip(s - 0.3, 0, 1)
        )
        rings.append(np.column_stack([np.full(48, (u - 0.5) * length), x, z]))
    made = np.array(rings)
    made[:, :, 1:] *= 1 + 0.012 * np.sin(
        7 * made[:, :, :1] / length * 6 + 3 * angle[None, :, None] + rng.uniform(0, 6)
    )
    crust = _with_crumb(meshes.loft(made, 0, 1.0), t, angle)
    lift = float(-crust.vertices[:, 2].min())
    shapes = [
        Shape("ellipsoid", (length / 2 * 0.98, wide / 2 * 0.98, high / 2), wish.material, (0, 0, high / 2)),
        block((length * 0.6, wide * 0.6, 0.02), wish.material, (0, 0, 0.01), label="top"),
    ]
    mass = (
        number(parameters, "mass")
        if wish.material == "foam"
        else length * wide * high * 0.6 * density(wish.material)
    )
    spots = {"top": (0.0, 0.0, high), "grip": (0.0, 0.0, high / 2)}
    return single(
        "loaf",
        [solid(shapes, meshes.moved(crust, (0, 0, lift)))],
        (surface(wish, "bread_crust"), Surface("bread_crumb")),
        wish,
        mass,
        Resonator("block", wish.material, {"x": length, "y": wide, "z": high}),
        spots,
    )
