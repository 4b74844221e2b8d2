"""Things with an edge: sword and scabbard, kitchen knife, axe, saw. They lie along x, grip at -x."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.forms import (
    block,
    plate_sound,
    ribbon,
    ring,
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
LYING = meshes.turn((1.0, 0.0, 0.0), np.pi / 2)


def sword(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A knight's arming sword: fullered blade, straight cross-guard, leather grip, wheel pommel."""
    length, wide = number(parameters, "length"), number(parameters, "width")
    hilt, lift = 0.17, 0.026
    start = -length / 2 + hilt
    guard = slab((0.016, 0.20, 0.018), (start - 0.006, 0, lift), 0.006, slot=1)
    knobs = [meshes.moved(meshes.sphere(0.012, 16, 10, 1), (start - 0.006, s * 0.10, lift)) for s in (-1, 1)]
    x = np.linspace(-length / 2 + 0.045, start - 0.012, 40)
    girth = 0.0145 + 0.0008 * np.cos(np.arange(40) * np.pi) - 0.002 * np.linspace(-1, 1, 40) ** 2
    grip = meshes.sweep(np.column_stack([x, 0 * x, 0 * x + lift]), girth, 14, 2)
    pommel = meshes.moved(
        meshes.lathe(
            np.array(
                [
                    (0, -0.013),
                    (0.012, -0.013),
                    (0.024, -0.008),
                    (0.026, 0),
                    (0.024, 0.008),
                    (0.012, 0.013),
                    (0, 0.013),
                ]
            ),
            28,
            1,
        ),
        (-length / 2 + 0.026, 0, lift),
        LYING,
    )
    blade = _blade(start, length / 2, wide, 0.0052, lift)
    shapes = [
        block(
            (length - hilt, wide * 0.8, 0.005),
            wish.material,
            ((start + length / 2) / 2, 0, lift),
            label="blade",
        ),
        capsule((-length / 2 + 0.03, 0, lift), (start, 0, lift), 0.015, "leather", "grip"),
        block((0.018, 0.20, 0.02), wish.material, (start - 0.006, 0, lift), label="guard"),
        block((0.05, 0.026, 0.052), wish.material, (-length / 2 + 0.026, 0, 0.026)),
    ]
    surfaces = (surface(wish, "polished_steel"), Surface("brass"), Surface("leather", (0.06, 0.02, 0.012)))
    spots = {
        "grip": (start - 0.07, 0.0, lift),
        "tip": (length / 2, 0.0, lift),
        "top": (0.0, 0.0, lift + 0.003),
    }
    pieces = [solid(shapes, blade), seen(guard, *knobs, grip, pommel)]
    return single(
        "sword", pieces, surfaces, wish, 1.2, plate_sound(wish.material, length, wide, 0.005), spots
    )


def _blade(start: float, end: float, wide: float, thick: float, lift: float) -> Mesh:
    """A double-edged blade along x that narrows to a point, with a fuller in each side."""
    t = np.concatenate([np.linspace(0, 0.93, 24), np.linspace(0.945, 1.0, 8)])
    width = wide * (1 - 0.42 * t) * np.sqrt(np.clip(1 - np.clip((t - 0.9) / 0.1005, 0, 1) ** 2, 0.0, 1))
    depth = thick * (1 - 0.45 * t)
    fuller = np.clip((0.68 - t) / 0.05, 0, 1)
    rings = []
    for u, w, d, f in zip(t, np.maximum(width, 0.0006), depth, fuller, strict=True):
        x = start + (end - start) * u
        half = np.array([(w / 2, 0.0), (w * 0.22, d / 2), (w * 0.12, d / 2), (0.0, d / 2 * (1 - 0.75 * f))])
        upper = np.vstack([half, half[-2::-1] * [-1, 1]])
        around = np.vstack([upper, upper[-2:0:-1] * [1, -1]])
        rings.append(np.column_stack([np.full(len(around), x), around[:, 0], around[:, 1] + lift]))
    return meshes.loft(np.array(rings), 0, 0.25)


def scabbard(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """The sheath of a sword: leather over wood, with a brass throat and chape and two rings."""
    length, wide = number(parameters, "length"), number(parameters, "width")
    lift = 0.012
    t = np.linspace(0, 1, 24)
    spine = np.column_stack([(t - 0.5) * length, 0 * t, 0 * t + lift])
    width = wide * (1 - 0.35 * t) * np.sqrt(1 - np.clip((t - 0.95) / 0.052, 0, 1) ** 2)
    body = ribbon(spine, width, 0.018 * (1 - 0.3 * t), (0, 1, 0))
    caps = [
        ribbon(spine[:4], width[:4] + 0.004, 0.022, (0, 1, 0), slot=1),
        ribbon(spine[-5:], width[-5:] + 0.003, 0.0165, (0, 1, 0), slot=1),
    ]
    caps += [
        ring(0.014, 0.003, (-length / 2 + d, -wide / 2 - 0.012, lift), slot=1, count=24) for d in (0.06, 0.22)
    ]
    shapes = [block((length * 0.96, wide * 0.7, 0.018), wish.material, (0, 0, lift), label="top")]
    surfaces = (surface(wish, "leather", (0.05, 0.022, 0.014)), Surface("brass"))
    spots = {
        "grip": (0.0, 0.0, lift),
        "opening": (-length / 2, 0.0, lift),
        "tip": (length / 2, 0.0, lift),
        "top": (0.0, 0.0, 2 * lift),
    }
    return single(
        "scabbard",
        [solid(shapes, body), seen(*caps)],
        surfaces,
        wish,
        0.5,
        plate_sound("wood", length, wide, 0.01),
        spots,
    )


def knife(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A chef's knife lying on its side: forged bolster, three rivets."""
    length = number(parameters, "length")
    handle, lift = 0.125, 0.011
    start = -length / 2 + handle
    reach = length / 2 - start
    t = np.linspace(0, 1, 26)
    edge = np.column_stack([start + reach * t, -0.047 * np.sqrt(np.clip(1 - t**2.6, 0, 1)) + 0.012 * t])
    back = np.column_stack([start + reach * t, 0.006 + 0.006 * t - 0.002 * t**4])
    blade = _wedge(edge, back, 0.0026, lift)
    grip = _handle(-length / 2, start - 0.004, lift)
    rivets = [
        meshes.moved(meshes.cylinder(0.004, 0.0242, 16, 0.0005, 0), (-length / 2 + d, -0.006, lift))
        for d in (0.03, 0.062, 0.094)
    ]
    bolster = slab((0.014, 0.026, 0.016), (start - 0.001, -0.006, lift), 0.005, slot=0)
    shapes = [
        block(
            (reach * 0.92, 0.04, 0.003), wish.material, (start + reach * 0.46, -0.015, lift), label="blade"
        ),
        block((handle, 0.026, 0.022), "wood", (-length / 2 + handle / 2, -0.006, lift), label="grip"),
    ]
    surfaces = (surface(wish, "brushed_steel"), Surface("bakelite"))
    spots = {
        "grip": (start - 0.05, -0.006, lift),
        "tip": (length / 2, 0.0, lift),
        "top": (0.0, 0.0, 2 * lift),
    }
    pieces = [solid(shapes, blade), seen(grip, bolster, *rivets)]
    return single(
        "knife", pieces, surfaces, wish, 0.21, plate_sound(wish.material, reach, 0.045, 0.0025), spots
    )


def _wedge(edge: Array, back: Array, thick: float, lift: float) -> Mesh:
    """A blade between its edge (N, 2) and its thicker back (N, 2), lying flat."""
    rings = []
    for low, high in zip(edge, back, strict=True):
        rings.append(
            [
                (high[0], high[1], lift - thick / 2),
                (high[0], high[1], lift + thick / 2),
                (low[0], min(low[1], high[1] - 0.0004), lift),
            ]
        )
    made = np.array(rings)
    made[:, :, 0] = edge[:, None, 0]
    return meshes.loft(made, 0, 0.2)


def _handle(start: float, end: float, lift: float) -> Mesh:
    """A riveted handle with a slight belly and a hook at its end."""
    t = np.linspace(0, 1, 18)
    spine = np.column_stack(
        [start + (end - start) * t, -0.006 - 0.003 * np.sin(np.pi * t) - 0.006 * (1 - t) ** 4, 0 * t + lift]
    )
    width = 0.025 + 0.003 * np.sin(2 * np.pi * t) + 0.006 * (1 - t) ** 4
    return ribbon(spine, width * np.sqrt(np.clip(t * 24, 0.2, 1)), 0.0235, (0, 1, 0), slot=1, rounding=0.6)


def axe(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A felling axe: curved ash haft, forged head with a ground edge."""
    length = number(parameters, "length")
    lift = 0.02
    path = smooth(
        [
            (-length / 2, -0.012, lift),
            (-length * 0.36, 0.006, lift),
            (0, -0.006, lift),
            (length / 2 - 0.01, 0, lift),
        ],
        40,
    )
    t = np.linspace(0, 1, 40)
    haft = ribbon(
        path,
        0.036 + 0.018 * np.exp(-14 * t) + 0.012 * np.exp(-12 * (1 - t)),
        0.023 + 0.006 * np.exp(-16 * t),
        (0, 1, 0),
        slot=1,
    )
    x = length / 2 - 0.075
    sections = []
    for y, half_x, half_z in (
        (0.045, 0.042, 0.014),
        (0.035, 0.044, 0.0155),
        (-0.02, 0.040, 0.017),
        (-0.04, 0.042, 0.013),
        (-0.085, 0.052, 0.006),
        (-0.128, 0.062, 0.0022),
        (-0.140, 0.064, 0.0004),
    ):
        bow = 0.012 * (y < -0.1)
        sections.append(
            np.array(
                [
                    (x - half_x, y + bow, lift - half_z),
                    (x, y, lift - half_z),
                    (x + half_x, y + bow, lift - half_z),
                    (x + half_x, y + bow, lift + half_z),
                    (x, y, lift + half_z),
                    (x - half_x, y + bow, lift + half_z),
                ]
            )
        )
    head = meshes.loft(np.array(sections), 0, 0.35)
    shapes = [
        capsule((-length / 2 + 0.03, 0, lift), (length / 2 - 0.02, 0, lift), 0.017, "wood", "grip"),
        block((0.088, 0.08, 0.032), wish.material, (x, 0.0, lift), label="head"),
        block((0.11, 0.10, 0.010), wish.material, (x, -0.09, lift), label="blade"),
    ]
    surfaces = (surface(wish, "forged_steel"), Surface("ash_handle"))
    spots = {
        "grip": (-length * 0.38, 0.0, lift),
        "grip_2": (length * 0.05, 0.0, lift),
        "tip": (x, -0.14, lift),
        "top": (0.0, 0.0, 2 * lift),
    }
    return single(
        "axe",
        [solid(shapes, head), seen(haft)],
        surfaces,
        wish,
        2.0,
        plate_sound(wish.material, 0.15, 0.1, 0.02),
        spots,
    )


def saw(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A hand saw lying on its side: tapered blade with teeth, closed wooden handle."""
    length = number(parameters, "length")
    lift, start = 0.012, -length / 2 + 0.12
    count = 90
    x = np.linspace(start, length / 2, count)
    teeth = np.where(np.arange(count) % 2, 0.0, 0.0045)
    low = np.column_stack([x, -0.065 + teeth])
    outline = np.vstack([low, [(length / 2, 0.005), (start, 0.055)]])
    blade = meshes.moved(meshes.extrude(outline, 0.0009), (0, 0, lift - 0.00045))
    loop = tube(
        [
            (start + 0.02, 0.045, lift),
            (start - 0.05, 0.055, lift),
            (start - 0.105, 0.03, lift),
            (start - 0.115, -0.03, lift),
            (start - 0.07, -0.062, lift),
            (start + 0.01, -0.06, lift),
            (start + 0.025, -0.01, lift),
        ],
        0.0115,
        slot=1,
        count=48,
        closed=True,
    )
    screws = [
        meshes.moved(meshes.cylinder(0.005, 0.025, 16, 0.001, 2), (start + 0.012, y, lift))
        for y in (0.03, -0.04)
    ]
    shapes = [
        block(
            (length - 0.14, 0.10, 0.002), wish.material, (start / 2 + length / 4, -0.01, lift), label="blade"
        ),
        block((0.13, 0.12, 0.023), "wood", (start - 0.045, -0.005, lift), label="grip"),
    ]
    surfaces = (surface(wish, "brushed_steel"), Surface("hardwood"), Surface("brass"))
    spots = {"grip": (start - 0.11, 0.0, lift), "tip": (length / 2, -0.03, lift), "top": (0.0, 0.0, 2 * lift)}
    return single(
        "saw",
        [solid(shapes, blade), seen(loop, *screws)],
        surfaces,
        wish,
        0.55,
        plate_sound(wish.material, length, 0.1, 0.001),
        spots,
    )
