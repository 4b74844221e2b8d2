"""Flute, trumpet, microphone and the sticks of conductors and drummers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.forms import bar, block, disc, ring, rod_sound, seen, single, solid, tube
from lichtspiel.library.things.joinery import capsule
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]
QUARTER = np.pi / 2


def flute(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A silver concert flute lying along x, its mouth hole near -x."""
    length, lift = number(parameters, "length"), 0.012
    tube_ = bar((-length / 2, 0, lift), (length / 2, 0, lift), 0.0095, segments=24)
    made = [
        disc(0.0102, 0.012, (x, 0, lift), (1, 0, 0))
        for x in (-length / 2 + 0.006, -length / 2 + 0.2, length / 2 - 0.12, length / 2 - 0.003)
    ]
    lip = meshes.scaled(meshes.sphere(1.0, 24, 14), (0.022, 0.013, 0.006))
    made.append(meshes.moved(lip, (-length / 2 + 0.065, 0, lift + 0.0075)))
    made.append(disc(0.004, 0.002, (-length / 2 + 0.065, 0, lift + 0.0135), slot=1))
    for k, x in enumerate(np.linspace(-length / 2 + 0.24, length / 2 - 0.03, 16)):
        made += [
            disc(0.0082 - 0.001 * (k % 3 == 1), 0.003, (float(x), 0, lift + 0.0115)),
            disc(0.005, 0.0012, (float(x), 0, lift + 0.0132)),
        ]
    made.append(
        bar(
            (-length / 2 + 0.235, -0.0085, lift + 0.009),
            (length / 2 - 0.02, -0.0085, lift + 0.009),
            0.0016,
            segments=8,
        )
    )
    shapes = [capsule((-length / 2, 0, lift), (length / 2, 0, lift), 0.011, wish.material, "grip")]
    surfaces = (surface(wish, "silver"), Surface("bakelite"))
    spots = {
        "grip": (0.1, 0.0, lift),
        "grip_2": (-0.1, 0.0, lift),
        "mouth": (-length / 2 + 0.065, 0.0, lift + 0.013),
        "tip": (length / 2, 0.0, lift),
        "top": (0.0, 0.0, 2 * lift),
    }
    return single(
        "flute",
        [solid(shapes, tube_), seen(*made)],
        surfaces,
        wish,
        0.43,
        rod_sound(wish.material, length, 0.0095),
        spots,
    )


def trumpet(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A B-flat trumpet standing on its bell rim's edge in the plane x, z: mouthpiece at -x, bell at +x."""
    length = number(parameters, "length")
    lift = 0.075
    half = length / 2
    bell = np.array(
        [
            (0.0058, 0.0),
            (0.0062, 0.12),
            (0.0085, 0.19),
            (0.014, 0.235),
            (0.026, 0.262),
            (0.045, 0.277),
            (0.0605, 0.283),
            (0.0615, 0.2845),
            (0.0600, 0.2850),
            (0.044, 0.279),
            (0.0245, 0.263),
            (0.0125, 0.235),
            (0.006, 0.19),
            (0.004, 0.0),
        ]
    )
    horn = meshes.loft(
        np.array(
            [
                np.column_stack(
                    [
                        r * np.cos(a := np.linspace(0, 2 * np.pi, 48, endpoint=False)),
                        r * np.sin(a),
                        np.full(48, z),
                    ]
                )
                for r, z in bell
            ]
        ),
        0,
        0.8,
        closed=True,
    )
    made = [meshes.moved(horn, (half - 0.285, 0, lift), meshes.turn((0, 1, 0), QUARTER))]
    made.append(
        tube(
            [
                (half - 0.28, 0, lift),
                (-half + 0.12, 0, lift),
                (-half + 0.075, 0, lift - 0.02),
                (-half + 0.065, 0, lift - 0.045),
                (-half + 0.10, 0, lift - 0.065),
                (0.0, 0, lift - 0.065),
            ],
            0.0058,
            count=60,
        )
    )
    made.append(
        tube(
            [
                (-half + 0.03, 0.018, lift),
                (half - 0.16, 0.018, lift),
                (half - 0.125, 0.018, lift - 0.02),
                (half - 0.125, 0.018, lift - 0.045),
                (half - 0.16, 0.018, lift - 0.065),
                (0.02, 0.018, lift - 0.065),
            ],
            0.0062,
            count=60,
        )
    )
    cup = np.array(
        [
            (0, 0.012),
            (0.008, 0.002),
            (0.0135, 0.0),
            (0.0135, 0.003),
            (0.011, 0.018),
            (0.006, 0.03),
            (0.0045, 0.085),
            (0, 0.085),
        ]
    )
    made.append(
        meshes.moved(meshes.lathe(cup, 32), (-half - 0.045, 0.018, lift), meshes.turn((0, 1, 0), QUARTER))
    )
    for k in range(3):
        x = -0.045 + 0.032 * k
        made += [
            bar((x, 0.009, lift - 0.10), (x, 0.009, lift + 0.035), 0.0105, segments=24),
            bar((x, 0.009, lift + 0.03), (x, 0.009, lift + 0.058), 0.003),
            disc(0.009, 0.004, (x, 0.009, lift + 0.059), slot=1),
        ]
    made.append(ring(0.014, 0.0022, (0.085, 0.009, lift + 0.012), (0, 1, 0), count=28))
    shapes = [
        capsule((-half, 0.009, lift), (half - 0.1, 0.009, lift), 0.012, wish.material),
        block((0.10, 0.03, 0.15), wish.material, (-0.013, 0.009, lift - 0.02), label="grip"),
        Shape(
            "cylinder",
            (0.045, 0.02),
            wish.material,
            (half - 0.03, 0, lift),
            meshes.turn((0, 1, 0), QUARTER),
            label="bell",
        ),
    ]
    surfaces = (surface(wish, "polished_brass"), Surface("billiard_resin", (0.75, 0.72, 0.65)))
    spots = {
        "grip": (-0.013, 0.009, lift - 0.03),
        "mouth": (-half - 0.045, 0.018, lift),
        "tip": (half, 0.0, lift),
        "top": (0.0, 0.0, lift + 0.06),
    }
    return single(
        "trumpet",
        [solid(shapes, made[0]), seen(*made[1:])],
        surfaces,
        wish,
        1.05,
        rod_sound(wish.material, 0.4, 0.006),
        spots,
    )


def microphone(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A hand-held stage microphone lying along x, its basket at +x."""
    length, radius = number(parameters, "length"), 0.0255
    profile = np.array(
        [
            (0, 0),
            (0.010, 0.001),
            (0.0115, 0.006),
            (0.0125, 0.02),
            (0.0165, 0.105),
            (0.018, 0.113),
            (0.0185, 0.118),
            (0, 0.118),
        ]
    )
    body = meshes.moved(meshes.lathe(profile, 40), (-length / 2, 0, radius), meshes.turn((0, 1, 0), QUARTER))
    ball = meshes.moved(
        meshes.scaled(meshes.sphere(1.0, 40, 24, 1), (0.028, 0.0255, 0.0255)),
        (-length / 2 + 0.137, 0, radius),
    )
    band = disc(0.0262, 0.006, (-length / 2 + 0.137, 0, radius), (1, 0, 0), slot=2)
    shapes = [
        capsule(
            (-length / 2 + 0.014, 0, radius), (-length / 2 + 0.11, 0, radius), 0.0145, wish.material, "grip"
        ),
        Shape("sphere", (radius,), "steel", (-length / 2 + 0.138, 0, radius)),
    ]
    surfaces = (
        surface(wish, "matte_plastic", (0.02, 0.02, 0.022)),
        Surface("mic_mesh"),
        Surface("aluminium"),
    )
    spots = {
        "grip": (-length / 2 + 0.06, 0.0, radius),
        "tip": (length / 2, 0.0, radius),
        "top": (0.0, 0.0, 2 * radius),
    }
    return single(
        "microphone",
        [solid(shapes, body), seen(ball, band)],
        surfaces,
        wish,
        0.3,
        rod_sound("aluminium", length, 0.015),
        spots,
    )


def baton(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A conductor's baton: white tapered stick, cork bulb at -x."""
    length = number(parameters, "length")
    profile = np.array(
        [(0, 0), (0.006, 0.001), (0.010, 0.010), (0.011, 0.022), (0.007, 0.045), (0.0035, 0.055), (0, 0.056)]
    )
    bulb = meshes.moved(
        meshes.lathe(profile, 28, 1), (-length / 2, 0, 0.011), meshes.turn((0, 1, 0), QUARTER)
    )
    stick = meshes.sweep(
        np.array([(-length / 2 + 0.05, 0, 0.011), (length / 2, 0, 0.011)]), np.array([0.0028, 0.0011]), 10
    )
    shapes = [
        capsule((-length / 2 + 0.01, 0, 0.011), (-length / 2 + 0.04, 0, 0.011), 0.010, "cork", "grip"),
        capsule((-length / 2 + 0.05, 0, 0.011), (length / 2, 0, 0.011), 0.002, wish.material),
    ]
    surfaces = (surface(wish, "white_paint"), Surface("cork"))
    spots = {
        "grip": (-length / 2 + 0.03, 0.0, 0.011),
        "tip": (length / 2, 0.0, 0.011),
        "top": (0.0, 0.0, 0.022),
    }
    return single(
        "baton",
        [solid(shapes, stick), seen(bulb)],
        surfaces,
        wish,
        0.012,
        rod_sound(wish.material, length, 0.002),
        spots,
    )


def drumstick(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A hickory drumstick along x, its bead at +x."""
    length, r = number(parameters, "length"), 0.0072
    u = np.array([0, 0.002, 0.01, 0.6, 0.82, 0.945, 0.955, 0.97, 0.985, 0.997, 1.0])
    w = np.array([0, 0.8, 1.0, 1.0, 0.75, 0.42, 0.5, 0.68, 0.66, 0.4, 0]) * r
    made = meshes.moved(
        meshes.lathe(np.column_stack([w, u * length]), 24),
        (-length / 2, 0, r),
        meshes.turn((0, 1, 0), QUARTER),
    )
    shapes = [
        capsule((-length / 2 + r, 0, r), (length * 0.3, 0, r), r, wish.material, "grip"),
        capsule((length * 0.3, 0, r), (length / 2 - 0.008, 0, r), 0.0045, wish.material, "tip"),
    ]
    spots = {"grip": (-length * 0.2, 0.0, r), "tip": (length / 2, 0.0, r), "top": (0.0, 0.0, 2 * r)}
    return single(
        "stick",
        [solid(shapes, made)],
        (surface(wish, "ash_handle"),),
        wish,
        0.052,
        rod_sound(wish.material, length, r),
        spots,
    )
