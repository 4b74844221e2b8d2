"""Stringed instruments: violin and cello with a bow. They lie on their backs along x, neck to +x."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Resonator, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.forms import (
    bar,
    block,
    disc,
    mirrored,
    plate,
    ribbon,
    rod_sound,
    seen,
    single,
    slab,
    smooth,
    solid,
    tube,
)
from lichtspiel.library.things.joinery import capsule
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]
BACK, TOP, EBONY, STRING, PEG, BONE = range(6)
LAID = meshes.turn((0.0, 0.0, 1.0), -np.pi / 2)
"""Outlines are drawn upright in x, y; lying, their upper end points along +x."""


@dataclass(frozen=True)
class Body:
    """Half the outline of a sound box (x, y) from its lower end to its upper one, and its depth."""

    half: tuple[tuple[float, float], ...]
    rib: float
    arch: float
    edge: float = 0.004


VIOLIN = Body(
    (
        (0.0, 0.0),
        (0.055, 0.004),
        (0.092, 0.035),
        (0.1035, 0.085),
        (0.090, 0.128),
        (0.080, 0.137),
        (0.069, 0.148),
        (0.057, 0.175),
        (0.056, 0.20),
        (0.066, 0.222),
        (0.076, 0.231),
        (0.083, 0.245),
        (0.084, 0.285),
        (0.070, 0.328),
        (0.040, 0.352),
        (0.0, 0.356),
    ),
    0.030,
    0.015,
)


def violin(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A violin: arched varnished plates, f-holes, ebony fittings, scroll."""
    return _fiddle("violin", 1.0, 0.595, number(parameters, "mass"), wish)


def cello(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A violoncello lying on its back, with its end pin drawn out."""
    return _fiddle("cello", 2.13, 1.23, number(parameters, "mass"), wish, rib=0.115)


def _fiddle(
    name: str, size: float, length: float, mass: float, wish: Wish, rib: float | None = None
) -> Asset:
    body = VIOLIN
    outline = outline_of(body, 120) * size
    rib = body.rib if rib is None else rib
    arch = body.arch * size
    back = length / 2
    ribs = plate(outline * 0.965 + [0, 0.006 * size], rib, 0.0, slot=BACK)
    box = [
        meshes.moved(ribs, (0, 0, arch)),
        _arched(outline, arch, arch, -1, BACK),
        _arched(outline, arch, arch + rib, 1, TOP),
    ]
    top = rib + 2 * arch
    s = size
    bridge_y = 0.195 * s
    made = [
        meshes.moved(
            plate(_bridge(s), 0.005 * s, 0.0008 * s, slot=BONE),
            (0, bridge_y + 0.0025 * s, top - 0.004 * s),
            meshes.turn((1, 0, 0), np.pi / 2),
        ),
        ribbon(
            np.array(
                [
                    (0, 0.01 * s, top - 0.004 * s),
                    (0, 0.06 * s, top + 0.010 * s),
                    (0, 0.115 * s, top + 0.016 * s),
                ]
            ),
            np.array([0.018, 0.034, 0.042]) * s,
            0.008 * s,
            (1, 0, 0),
            slot=EBONY,
        ),
        ribbon(
            np.array(
                [
                    (0, 0.245 * s, top + 0.017 * s),
                    (0, 0.37 * s, top + 0.009 * s),
                    (0, 0.485 * s, top + 0.001 * s),
                ]
            ),
            np.array([0.043, 0.034, 0.024]) * s,
            0.0075 * s,
            (1, 0, 0),
            slot=EBONY,
        ),
        _fiddle_neck(s, top),
        _scroll(s, top),
        ribbon(
            np.array(
                [
                    (-0.055 * s, 0.02 * s, top + 0.006 * s),
                    (-0.045 * s, 0.05 * s, top + 0.014 * s),
                    (-0.04 * s, 0.085 * s, top + 0.008 * s),
                ]
            ),
            np.array([0.03, 0.055, 0.04]) * s,
            0.007 * s,
            (1, 0, 0),
            slot=EBONY,
        ),
    ]
    made += [_f_hole(sign, s, top) for sign in (-1.0, 1.0)]
    for k in range(4):
        x = (k - 1.5) * 0.0113 * s
        made.append(
            bar(
                (0.7 * x, 0.11 * s, top + 0.02 * s),
                (x, bridge_y, top + 0.030 * s),
                0.0005 * s,
                slot=STRING,
                segments=5,
            )
        )
        made.append(
            bar(
                (x, bridge_y, top + 0.030 * s),
                (0.45 * x, 0.487 * s, top + 0.006 * s),
                0.0005 * s,
                slot=STRING,
                segments=5,
            )
        )
        sign = -1.0 if k % 2 else 1.0
        y = (0.505 + 0.016 * k) * s
        made.append(
            tube(
                [
                    (-sign * 0.014 * s, y, top - 0.006 * s),
                    (sign * 0.022 * s, y, top - 0.006 * s),
                    (sign * 0.034 * s, y, top - 0.006 * s),
                ],
                [0.003 * s, 0.0032 * s, 0.0062 * s],
                slot=EBONY,
            )
        )
    if size > 1.5:
        made.append(bar((0, 0.0, rib / 2 + arch), (0, -0.12, rib / 2 + arch), 0.005, slot=STRING))
        made.pop(5)
    whole = [meshes.moved(meshes.moved(m, (0, -back, 0)), orientation=LAID) for m in (*box, *made)]
    material = wish.material
    shapes = [
        block((0.13 * s, 0.19 * s, top), material, (0.075 * s - back, 0, top / 2), label="top"),
        block((0.09 * s, 0.11 * s, top), material, (0.185 * s - back, 0, top / 2)),
        block((0.12 * s, 0.155 * s, top), material, (0.29 * s - back, 0, top / 2)),
        capsule(
            (0.36 * s - back, 0, top - 0.008 * s),
            (0.56 * s - back, 0, top - 0.012 * s),
            0.013 * s,
            material,
            "neck",
        ),
    ]
    surfaces = (
        surface(wish, "violin_varnish"),
        surface(wish, "violin_varnish", (0.30, 0.105, 0.026)),
        Surface("bakelite"),
        Surface("brushed_steel"),
        Surface("bakelite"),
        Surface("beech"),
    )
    spots: dict[str, Vec3] = {
        "grip": (0.46 * s - back, 0.0, top),
        "strings": (bridge_y + 0.03 * s - back, 0.0, top + 0.03 * s),
        "chin": (0.05 * s - back, 0.04 * s, top),
        "tip": (length / 2, 0.0, top),
        "top": (0.2 * s - back, 0.0, top + 0.03 * s),
    }
    sound = Resonator("string", "steel", {"length": 0.325 * s, "radius": 0.0003 * s, "tension_n": 60.0})
    return single(name, [solid(shapes, *whole[:3]), seen(*whole[3:])], surfaces, wish, mass, sound, spots)


def outline_of(body: Body, count: int) -> Array:
    """The closed outline (N, 2) of a sound box, counter-clockwise, its lower end at y = 0."""
    half = smooth(body.half, count)
    half[0, 0] = half[-1, 0] = 0.0
    half[:, 0] = np.maximum(half[:, 0], 0.0)
    return mirrored(half)


def _arched(outline: Array, arch: float, level: float, up: int, slot: int) -> Mesh:
    """A plate that bulges from its overhanging edge towards its middle; `up` is -1 for the back."""
    middle = outline.mean(axis=0)
    rings = [np.column_stack([outline, np.full(len(outline), level - up * 0.0035)])]
    for shrink, rise in (
        (1.0, 0.0),
        (0.985, 0.0012),
        (0.93, 0.0014),
        (0.8, 0.30),
        (0.62, 0.62),
        (0.42, 0.85),
        (0.2, 0.97),
        (0.05, 1.0),
    ):
        height = rise if rise < 0.01 else rise * arch
        # The outline shrinks towards the spine, not a point: the waist keeps its shape.
        shrunk = np.column_stack(
            [outline[:, 0] * shrink, middle[1] + (outline[:, 1] - middle[1]) * (1 - (1 - shrink) * 0.75)]
        )
        rings.append(np.column_stack([shrunk, np.full(len(outline), level + up * height)]))
    made = np.array(rings)
    return meshes.loft(made if up > 0 else made[:, ::-1], slot, 0.7)


def _bridge(s: float) -> Array:
    return (
        mirrored(
            [
                (0.0, 0.004),
                (0.006, 0.004),
                (0.010, 0.0),
                (0.0205, 0.0),
                (0.019, 0.008),
                (0.015, 0.013),
                (0.020, 0.020),
                (0.019, 0.027),
                (0.010, 0.033),
                (0.0, 0.0345),
            ]
        )
        * s
    )


def _fiddle_neck(s: float, top: float) -> Mesh:
    y = np.linspace(0.345, 0.50, 10) * s
    width = np.interp(y / s, [0.345, 0.50], [0.032, 0.023]) * s
    spine = np.column_stack([0 * y, y, top - 0.010 * s + 0 * y])
    return ribbon(spine, width, 0.020 * s, (1, 0, 0), slot=BACK)


def _scroll(s: float, top: float) -> Mesh:
    """Peg box and volute as one bent bar."""
    t = np.linspace(0, 1, 60)
    turns = 1.6 * 2 * np.pi * np.clip((t - 0.45) / 0.55, 0, 1)
    reach = (0.0195 - 0.0150 * np.clip((t - 0.45) / 0.55, 0, 1)) * s
    box = np.clip(t / 0.45, 0, 1)
    y = 0.49 * s + 0.085 * s * box + np.where(t > 0.45, reach * np.sin(turns), 0.0)
    z = top - 0.004 * s - 0.012 * s * box - np.where(t > 0.45, 0.0195 * s - reach * np.cos(turns), 0.0)
    spine = np.column_stack([0 * t, y, z])
    return ribbon(
        spine,
        (0.025 - 0.010 * box + 0.012 * np.clip((t - 0.6) / 0.4, 0, 1)) * s,
        (0.018 - 0.008 * t) * s,
        (1, 0, 0),
        slot=BACK,
    )


def _f_hole(sign: float, s: float, top: float) -> Mesh:
    """The dark S of a sound hole."""
    t = np.linspace(-1, 1, 30)
    x = sign * (0.034 + 0.010 * np.sin(t * 2.6) * -1.0 - 0.004 * t) * s
    y = (0.187 + 0.038 * t) * s
    bulge = 0.0155 * s * (1 - ((np.abs(x) / (0.075 * s)) ** 2))
    spine = np.column_stack([x, y, top - 0.0155 * s + bulge - 0.0018 * s])
    return ribbon(
        spine,
        (0.0055 - 0.003 * np.abs(t) ** 2 + 0.004 * np.exp(-(((np.abs(t) - 1) / 0.12) ** 2))) * s,
        0.0045 * s,
        (1, 0, 0),
        slot=EBONY,
    )


def bow(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A violin bow lying along x: cambered stick, white hair, ebony frog at -x."""
    length = number(parameters, "length")
    lift = 0.030
    t = np.linspace(0, 1, 40)
    stick = np.column_stack([(t - 0.5) * length, 0 * t, lift - 0.014 * np.sin(np.pi * t) ** 1.0 + 0.003 * t])
    wood = meshes.sweep(stick, 0.0043 - 0.0014 * t, 8)
    start, end = -length / 2 + 0.055, length / 2 - 0.006
    hair = ribbon(
        np.array([(start, 0, 0.0115), (0, 0, 0.0113), (end, 0, 0.0115)]), 0.0095, 0.0012, (0, 1, 0), slot=1
    )
    frog = slab((0.046, 0.0125, 0.020), (start - 0.006, 0, 0.020), 0.004, slot=2)
    head = tube(
        [(length / 2 - 0.004, 0, lift), (length / 2, 0, 0.022), (length / 2 - 0.010, 0, 0.012)],
        [0.0035, 0.005, 0.0055],
    )
    wrap = bar((start + 0.02, 0, lift - 0.0028), (start + 0.09, 0, lift - 0.006), 0.0052, slot=3)
    button = disc(0.0045, 0.012, (-length / 2 - 0.004, 0, lift), (1, 0, 0), slot=3)
    shapes = [
        capsule((-length / 2, 0, lift - 0.004), (length / 2, 0, lift - 0.004), 0.004, wish.material, "grip"),
        block((0.65, 0.009, 0.002), "fabric", (0.02, 0, 0.0115)),
        block((0.046, 0.012, 0.024), wish.material, (start - 0.006, 0, 0.0125)),
    ]
    surfaces = (
        surface(wish, "lacquered_wood"),
        Surface("linen", (0.72, 0.68, 0.58)),
        Surface("bakelite"),
        Surface("silver"),
    )
    spots: dict[str, Vec3] = {
        "grip": (start + 0.01, 0.0, lift),
        "tip": (length / 2, 0.0, 0.012),
        "hair": (0.0, 0.0, 0.0113),
        "top": (0.0, 0.0, lift),
    }
    return single(
        "bow",
        [solid(shapes, wood), seen(hair, frog, head, wrap, button)],
        surfaces,
        wish,
        0.061,
        rod_sound("wood", length, 0.004),
        spots,
    )
