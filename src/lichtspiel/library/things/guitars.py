"""Guitars, lying on their backs along x, neck to +x."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Resonator, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.fiddles import Body, outline_of
from lichtspiel.library.things.forms import (
    bar,
    block,
    mirrored,
    plate,
    seen,
    single,
    slab,
    solid,
)
from lichtspiel.library.things.joinery import capsule
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]

BACK, TOP, EBONY, STRING, PEG, BONE = range(6)

LAID = meshes.turn((0.0, 0.0, 1.0), -np.pi / 2)

GUITAR = Body(
    (
        (0.0, 0.0),
        (0.09, 0.004),
        (0.165, 0.045),
        (0.19, 0.115),
        (0.172, 0.19),
        (0.130, 0.255),
        (0.122, 0.29),
        (0.135, 0.345),
        (0.143, 0.40),
        (0.125, 0.455),
        (0.075, 0.484),
        (0.0, 0.488),
    ),
    0.1,
    0.0,
)


def guitar(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A six-string acoustic guitar: spruce top with rosette, rosewood back, fretted neck, machine heads."""
    length = number(parameters, "length")
    outline = outline_of(GUITAR, 90)
    deep = GUITAR.rib
    back = length / 2
    box = meshes.joined(
        plate(outline, deep - 0.003, 0.003, slot=BACK),
        meshes.moved(plate(outline * 1.004, 0.004, 0.0015, slot=TOP), (0, 0, deep - 0.0035)),
    )
    top = deep + 0.0005
    made = [
        meshes.moved(meshes.cylinder(0.050, 0.0008, 56, 0.0002, EBONY), (0, 0.325, top)),
        *(_hoop(r, (0, 0.325, top + 0.0006), BONE) for r in (0.054, 0.059)),
        slab((0.185, 0.032, 0.010), (0, 0.118, top + 0.004), 0.004, slot=EBONY),
        slab((0.075, 0.003, 0.007), (0, 0.122, top + 0.011), 0.001, slot=BONE),
        plate_neck(0.43, 0.845, 0.056, 0.044, deep),
    ]
    neck = _neck_back(0.44, 0.85, 0.056, 0.044, deep - 0.004, 0.021)
    head = meshes.moved(
        plate(
            mirrored([(0.0, 0.0), (0.020, 0.0), (0.036, 0.035), (0.038, 0.16), (0.030, 0.178), (0.0, 0.172)]),
            0.014,
            0.003,
            slot=BACK,
        ),
        (0, 0.846, deep - 0.016),
        meshes.turn((1, 0, 0), -0.22),
    )
    made += [neck, head, slab((0.046, 0.005, 0.009), (0, 0.846, deep + 0.006), 0.0015, slot=BONE)]
    for fret in range(1, 20):
        y = 0.846 - 0.65 * (1 - 2 ** (-fret / 12))
        wide = np.interp(y, [0.43, 0.846], [0.056, 0.044])
        made.append(slab((float(wide), 0.0018, 0.0014), (0, y, deep + 0.0068), 0.0004, slot=PEG))
    for k in range(6):
        x0, x1 = 0.055 * (k / 5 - 0.5), 0.036 * (k / 5 - 0.5)
        made.append(
            bar(
                (x0, 0.122, top + 0.0145),
                (x1, 0.846, deep + 0.0108),
                0.0004 + 0.0001 * (5 - k),
                slot=STRING,
                segments=5,
            )
        )
        s = -1.0 if k < 3 else 1.0
        y, z = 0.888 + 0.042 * (k if k < 3 else 5 - k), deep - 0.006 - 0.0085 * (1 + (k if k < 3 else 5 - k))
        made.append(
            bar((x1, 0.846, deep + 0.0108), (s * 0.022, y, z + 0.012), 0.0005, slot=STRING, segments=5)
        )
        made += [
            bar((s * 0.022, y, z - 0.012), (s * 0.022, y, z + 0.016), 0.003, slot=PEG),
            bar((s * 0.022, y, z - 0.008), (s * 0.056, y, z - 0.008), 0.0025, slot=PEG),
            slab((0.012, 0.02, 0.008), (s * 0.06, y, z - 0.008), 0.003, slot=BONE),
        ]
    whole = [meshes.moved(meshes.moved(m, (0, -back, 0)), orientation=LAID) for m in (box, *made)]
    shapes = [
        block((0.27, 0.37, deep), wish.material, (0.135 - back, 0, deep / 2), label="top"),
        block((0.24, 0.28, deep), wish.material, (0.37 - back, 0, deep / 2)),
        capsule((0.49 - back, 0, deep - 0.012), (0.85 - back, 0, deep - 0.012), 0.024, wish.material, "neck"),
        block((0.18, 0.075, 0.016), wish.material, (0.93 - back, 0, deep - 0.035)),
    ]
    surfaces = (
        Surface("rosewood"),
        surface(wish, "spruce_top"),
        Surface("dark_wood"),
        Surface("brushed_steel"),
        Surface("chrome"),
        Surface("billiard_resin"),
    )
    spots: dict[str, Vec3] = {
        "grip": (0.80 - back, 0.0, deep),
        "strings": (0.27 - back, 0.0, deep + 0.014),
        "tip": (length / 2, 0.0, deep),
        "top": (0.2 - back, 0.0, deep + 0.014),
    }
    return single(
        "guitar",
        [solid(shapes, whole[0]), seen(*whole[1:])],
        surfaces,
        wish,
        1.9,
        Resonator("string", "steel", {"length": 0.65, "radius": 0.0004, "tension_n": 75.0}),
        spots,
    )


def plate_neck(start: float, end: float, wide: float, narrow: float, level: float) -> Mesh:
    """A finger board from its wide end to the nut."""
    outline = np.array([(-wide / 2, start), (wide / 2, start), (narrow / 2, end), (-narrow / 2, end)])
    return meshes.moved(plate(_dense(outline), 0.0065, 0.001, slot=EBONY), (0, 0, level))


def _dense(outline: Array) -> Array:
    return np.vstack(
        [
            np.linspace(a, b, 6, endpoint=False)
            for a, b in zip(outline, np.roll(outline, -1, axis=0), strict=True)
        ]
    )


def _neck_back(start: float, end: float, wide: float, narrow: float, level: float, deep: float) -> Mesh:
    """The rounded back of a neck, with its heel."""
    t = np.linspace(0, 1, 20)
    angle = np.linspace(np.pi, 2 * np.pi, 13)
    rings = []
    for u in t:
        half = (wide + (narrow - wide) * u) / 2
        depth = deep + 0.055 * np.exp(-((u / 0.06) ** 2))
        rings.append(
            np.column_stack(
                [
                    half * np.cos(angle),
                    np.full(13, start + (end - start) * u),
                    level + 0.004 + depth * np.sin(angle),
                ]
            )
        )
    return meshes.loft(np.array(rings)[:, ::-1], BACK, 0.8)


def _hoop(radius: float, at: Vec3, slot: int) -> Mesh:
    angle = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    circle = np.column_stack([radius * np.cos(angle), radius * np.sin(angle), 0 * angle]) + np.array(at)
    return meshes.sweep(circle, 0.0012, 6, slot, closed=True)
