"""What balls are struck with, and what is thrown: rackets, clubs, bats, baseball, frisbee.

Long things lie along x, grip at -x.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Resonator, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.forms import (
    bar,
    block,
    disc,
    plate_sound,
    ring,
    rod_sound,
    seen,
    single,
    slab,
    solid,
    tube,
)
from lichtspiel.library.things.joinery import capsule
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]
QUARTER = np.pi / 2


def tennis_racket(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A strung racket with an oval head, an open throat and a wrapped grip."""
    length, wide = number(parameters, "length"), number(parameters, "width")
    lift = 0.016
    tall = 0.345
    middle = length / 2 - tall / 2
    a, b = tall / 2 - 0.010, wide / 2 - 0.010
    angle = np.linspace(0, 2 * np.pi, 80, endpoint=False)
    oval = np.column_stack([middle + a * np.cos(angle), b * np.sin(angle), 0 * angle + lift])
    frame = meshes.sweep(oval, 0.0105, 12, 0, closed=True)
    throat = [
        tube(
            [
                (middle - a * 0.86, s * b * 0.5, lift),
                (middle - a * 1.25, s * b * 0.22, lift),
                (-length / 2 + 0.22, s * 0.010, lift),
            ],
            0.0095,
        )
        for s in (-1, 1)
    ]
    strings = []
    for k in np.linspace(-0.9, 0.9, 18):
        reach = a * np.sqrt(1 - k**2)
        strings.append(
            bar((middle - reach, k * b, lift), (middle + reach, k * b, lift), 0.0007, slot=1, segments=5)
        )
        reach = b * np.sqrt(1 - k**2)
        strings.append(
            bar((middle + k * a, -reach, lift), (middle + k * a, reach, lift), 0.0007, slot=1, segments=5)
        )
    x = np.linspace(-length / 2, -length / 2 + 0.22, 46)
    grip = meshes.sweep(
        np.column_stack([x, 0 * x, 0 * x + lift]),
        0.0150 + 0.0007 * (np.arange(46) % 4 < 3).astype(np.float64),
        8,
        2,
    )
    butt = disc(0.0172, 0.012, (-length / 2 + 0.004, 0, lift), (1, 0, 0), slot=2)
    shapes = [
        capsule((-length / 2, 0, lift), (-length / 2 + 0.3, 0, lift), 0.015, "leather", "grip"),
        block((tall * 0.9, wide * 0.86, 0.012), wish.material, (middle, 0, lift), label="strings"),
        block((0.14, 0.10, 0.02), wish.material, (middle - a * 1.2, 0, lift)),
    ]
    surfaces = (
        surface(wish, "glossy_plastic", (0.30, 0.012, 0.015)),
        Surface("nylon"),
        Surface("leather", (0.03, 0.03, 0.03)),
    )
    spots = {
        "grip": (-length / 2 + 0.09, 0.0, lift),
        "grip_2": (-length / 2 + 0.19, 0.0, lift),
        "tip": (middle, 0.0, lift),
        "top": (middle, 0.0, 2 * lift),
    }
    return single(
        "racket",
        [solid(shapes, frame), seen(*throat, *strings, grip, butt)],
        surfaces,
        wish,
        0.32,
        plate_sound("plastic", length, wide, 0.01),
        spots,
    )


def golf_club(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A mid iron lying along x: rubber grip, stepped steel shaft, grooved blade."""
    length = number(parameters, "length")
    lift = 0.014
    grip = meshes.sweep(
        np.array([(-length / 2, 0, lift), (-length / 2 + 0.27, 0, lift)]), np.array([0.0135, 0.0095]), 14, 1
    )
    shaft = meshes.sweep(
        np.array([(-length / 2 + 0.26, 0, lift), (length / 2 - 0.05, 0, lift)]),
        np.array([0.0075, 0.0047]),
        12,
    )
    neck = tube(
        [(length / 2 - 0.07, 0, lift), (length / 2 - 0.02, 0, lift), (length / 2 + 0.0, -0.012, lift)], 0.0068
    )
    rings = []
    for y, half, top in (
        (0.006, 0.014, 0.018),
        (-0.012, 0.020, 0.024),
        (-0.045, 0.026, 0.026),
        (-0.075, 0.027, 0.022),
        (-0.082, 0.022, 0.016),
    ):
        x = length / 2 - 0.004
        rings.append(
            np.array(
                [
                    (x - half, y, 0.004),
                    (x + half * 0.8, y, 0.0),
                    (x + half, y, 0.005),
                    (x - half * 0.4, y, top),
                    (x - half, y, top - 0.004),
                ]
            )
        )
    head = meshes.loft(np.array(rings), 0, 0.5)
    shapes = [
        capsule((-length / 2, 0, lift), (length / 2 - 0.02, 0, lift), 0.008, wish.material, "grip"),
        block((0.045, 0.085, 0.02), wish.material, (length / 2 - 0.004, -0.038, 0.012), label="head"),
    ]
    surfaces = (surface(wish, "chrome"), Surface("black_rubber"))
    spots = {
        "grip": (-length / 2 + 0.07, 0.0, lift),
        "grip_2": (-length / 2 + 0.16, 0.0, lift),
        "tip": (length / 2, -0.04, 0.012),
        "top": (0.0, 0.0, 2 * lift),
    }
    return single(
        "club",
        [solid(shapes, head), seen(grip, shaft, neck)],
        surfaces,
        wish,
        0.41,
        rod_sound(wish.material, length, 0.005),
        spots,
    )


def baseball_bat(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A turned ash bat lying along x."""
    length, radius = number(parameters, "length"), number(parameters, "radius")
    u = np.array([0, 0.001, 0.006, 0.014, 0.022, 0.05, 0.3, 0.5, 0.68, 0.85, 0.95, 0.985, 0.998, 1.0])
    r = np.array([0, 0.5, 0.72, 0.76, 0.6, 0.40, 0.42, 0.58, 0.86, 1.0, 0.99, 0.90, 0.55, 0]) * radius
    bat = meshes.moved(
        meshes.lathe(np.column_stack([r, u * length]), 40),
        (-length / 2, 0, radius),
        meshes.turn((0, 1, 0), QUARTER),
    )
    tape = meshes.sweep(
        np.array([(-length / 2 + 0.05, 0, radius), (-length / 2 + 0.28, 0, radius)]), radius * 0.44, 20, 1
    )
    shapes = [
        capsule((-length / 2 + 0.02, 0, radius), (0, 0, radius), radius * 0.45, wish.material, "grip"),
        Shape(
            "cylinder",
            (radius, length * 0.16),
            wish.material,
            (length * 0.33, 0, radius),
            meshes.turn((0, 1, 0), QUARTER),
            label="barrel",
        ),
        Shape(
            "cylinder",
            (radius * 0.7, length * 0.1),
            wish.material,
            (length * 0.08, 0, radius),
            meshes.turn((0, 1, 0), QUARTER),
        ),
    ]
    surfaces = (surface(wish, "ash_handle"), Surface("leather", (0.02, 0.018, 0.016)))
    spots = {
        "grip": (-length / 2 + 0.10, 0.0, radius),
        "grip_2": (-length / 2 + 0.19, 0.0, radius),
        "tip": (length * 0.35, 0.0, radius),
        "top": (length * 0.33, 0.0, 2 * radius),
    }
    return single(
        "bat",
        [solid(shapes, bat), seen(tape)],
        surfaces,
        wish,
        0.9,
        rod_sound(wish.material, length, radius * 0.7),
        spots,
    )


def baseball(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A leather ball with its red seam, a curve on the sphere."""
    radius = number(parameters, "radius")
    t = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    # A curve through all octants that halves the sphere, as the seam of baseballs does.
    curve = np.column_stack(
        [
            np.cos(t) * 0.75 + 0.25 * np.cos(3 * t),
            np.sin(t) * 0.75 - 0.25 * np.sin(3 * t),
            0.866 * np.sin(2 * t),
        ]
    )
    curve = curve / np.linalg.norm(curve, axis=1, keepdims=True) * radius
    seam = meshes.sweep(curve, radius * 0.022, 6, 1, closed=True)
    ball = meshes.sphere(radius, 56, 28)
    up = (0.0, 0.0, radius)
    made = [meshes.moved(ball, up), meshes.moved(seam, up)]
    shape = Shape("sphere", (radius,), wish.material, up)
    surfaces = (surface(wish, "football_white"), Surface("lacquered_paint", (0.42, 0.02, 0.02)))
    return single(
        "ball",
        [solid(shape, made[0]), seen(made[1])],
        surfaces,
        wish,
        number(parameters, "mass"),
        Resonator("sphere", wish.material, {"radius": radius}),
        {"top": (0.0, 0.0, 2 * radius)},
    )


def hockey_stick(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """An ice hockey stick lying along x, its taped blade bent to -y."""
    length = number(parameters, "length")
    lift = 0.016
    shaft = slab((length - 0.1, 0.03, 0.02), (-0.05, 0, lift), 0.005)
    blade = slab(
        (0.075, 0.32, 0.012),
        (length / 2 - 0.11, -0.155, lift - 0.004),
        0.005,
        slot=1,
        turn=meshes.turn((0, 0, 1), 0.25),
    )
    knob = slab((0.14, 0.034, 0.024), (-length / 2 + 0.07, 0, lift), 0.007, slot=1)
    shapes = [
        block((length - 0.1, 0.03, 0.02), wish.material, (-0.05, 0, lift), label="grip"),
        block(
            (0.075, 0.32, 0.012),
            wish.material,
            (length / 2 - 0.11, -0.155, lift - 0.004),
            meshes.turn((0, 0, 1), 0.25),
            "blade",
        ),
    ]
    surfaces = (surface(wish, "matte_plastic", (0.03, 0.03, 0.035)), Surface("fabric", (0.02, 0.02, 0.02)))
    spots = {
        "grip": (-length / 2 + 0.10, 0.0, lift),
        "grip_2": (-length * 0.1, 0.0, lift),
        "tip": (length / 2 - 0.07, -0.28, lift),
        "top": (0.0, 0.0, 2 * lift),
    }
    return single(
        "stick",
        [solid(shapes, shaft), seen(blade, knob)],
        surfaces,
        wish,
        0.46,
        rod_sound("plastic", length, 0.012),
        spots,
    )


def frisbee(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A flying disc with a deep rim, open below."""
    radius = number(parameters, "radius")
    top = np.array(
        [
            (0, 0.0295),
            (0.06, 0.0292),
            (0.095, 0.0275),
            (0.118, 0.0215),
            (0.1365, 0.010),
            (0.137, 0.002),
            (0.135, 0.0),
        ]
    )
    under = np.array(
        [
            (0.131, 0.0),
            (0.1305, 0.006),
            (0.128, 0.014),
            (0.116, 0.0195),
            (0.095, 0.0253),
            (0.06, 0.027),
            (0, 0.0272),
        ]
    )
    line = np.vstack([top, under])[::-1] * [radius / 0.137, 1.0]
    made = meshes.lathe(line, 96, 0, 0.7)
    ridges = [
        ring(r, 0.0006, (0, 0, z), count=80, segments=6)
        for r, z in ((0.112, 0.0243), (0.104, 0.0262), (0.096, 0.0276))
    ]
    label = meshes.moved(meshes.cylinder(0.055, 0.0006, 56, 0.0002, 1), (0, 0, 0.0297))
    shapes = [
        Shape("cylinder", (radius * 0.8, 0.0025), wish.material, (0, 0, 0.026)),
        Shape("cylinder", (radius, 0.007), wish.material, (0, 0, 0.008), label="rim"),
    ]
    surfaces = (
        surface(wish, "glossy_plastic", (0.62, 0.16, 0.01)),
        Surface("glossy_plastic", (0.70, 0.68, 0.64)),
    )
    spots = {"grip": (-radius + 0.01, 0.0, 0.015), "tip": (radius, 0.0, 0.015), "top": (0.0, 0.0, 0.03)}
    return single(
        "disc",
        [solid(shapes, made), seen(*ridges, label)],
        surfaces,
        wish,
        0.175,
        Resonator("disc", wish.material, {"radius": radius, "thickness": 0.0025}),
        spots,
    )
