"""What stands and hangs about the house: desk lamp, wall clock, candle."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.forms import (
    bar,
    block,
    disc,
    plate,
    plate_sound,
    ring,
    rod_sound,
    seen,
    single,
    slab,
    solid,
    tube,
)
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]


def desk_lamp(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A jointed desk lamp with springs and a metal shade, its bulb lit."""
    height = number(parameters, "height")
    knee, head = (-0.07, 0.02, height * 0.56), (0.05, -0.02, height * 0.97)
    made = [
        meshes.lathe(
            np.array(
                [(0, 0), (0.085, 0), (0.088, 0.012), (0.078, 0.022), (0.02, 0.028), (0.014, 0.05), (0, 0.05)]
            ),
            48,
        )
    ]
    for s in (-0.008, 0.008):
        made += [
            bar((0, s, 0.045), (knee[0], s, knee[2]), 0.004, slot=1),
            bar((knee[0], s, knee[2]), (head[0], s, head[2]), 0.004, slot=1),
        ]
    made += [
        disc(0.012, 0.03, (x, 0, z), (0, 1, 0), slot=0, segments=24)
        for x, z in ((0, 0.05), (knee[0], knee[2]), (head[0], head[2]))
    ]
    t = np.linspace(0, 14 * 2 * np.pi, 150)
    coil = np.column_stack(
        [0.004 * np.cos(t) - 0.012 - 0.03 * t / t[-1], 0.004 * np.sin(t), 0.07 + 0.14 * t / t[-1]]
    )
    made.append(meshes.sweep(coil, 0.0008, 5, 1))
    shade = np.array(
        [
            (0.018, 0.0),
            (0.022, 0.03),
            (0.03, 0.05),
            (0.075, 0.125),
            (0.0765, 0.125),
            (0.0745, 0.122),
            (0.029, 0.048),
            (0.016, 0.02),
        ]
    )
    turn = meshes.turn((0, 1, 0), np.pi - 0.75)
    hood = meshes.loft(
        np.array(
            [
                np.column_stack(
                    [
                        r * np.cos(a := np.linspace(0, 2 * np.pi, 48, endpoint=False)),
                        r * np.sin(a),
                        np.full(48, z),
                    ]
                )
                for r, z in shade[::-1]
            ]
        ),
        0,
        0.6,
        closed=True,
    )
    made += [
        meshes.moved(hood, head, turn),
        meshes.moved(meshes.moved(meshes.sphere(0.026, 24, 16, 2), (0, 0, 0.07)), head, turn),
        meshes.moved(meshes.cylinder(0.019, 0.04, 24, 0.004, 0), head, turn),
    ]
    shapes = [
        Shape("cylinder", (0.085, 0.012), wish.material, (0, 0, 0.012), label="foot"),
        Shape(
            "cylinder",
            (0.012, height * 0.26),
            wish.material,
            (knee[0] / 2, 0, height * 0.30),
            meshes.turn((0, 1, 0), -0.28),
        ),
        Shape("sphere", (0.06,), wish.material, (head[0] + 0.05, 0, head[2] - 0.05)),
    ]
    surfaces = (
        surface(wish, "lacquered_paint", (0.03, 0.11, 0.10)),
        Surface("chrome"),
        Surface("emissive_warm"),
    )
    spots = {
        "top": (head[0], 0.0, height),
        "bulb": (head[0] + 0.05, 0.0, head[2] - 0.05),
        "grip": (0.0, 0.0, 0.03),
    }
    return single(
        "lamp",
        [solid(shapes, made[0]), seen(*made[1:])],
        surfaces,
        wish,
        1.7,
        rod_sound("steel", height, 0.004),
        spots,
    )


def wall_clock(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A pendulum clock on the wall: a carved case, glazed door, white dial with black numerals' bars."""
    height, hang = number(parameters, "height"), number(parameters, "hang")
    wide, deep = height * 0.36, 0.13
    low = hang - height / 2
    made = [
        slab((wide, deep, height * 0.84), (0, 0, hang), 0.006),
        slab((wide + 0.05, deep + 0.03, 0.03), (0, 0, hang + height * 0.42), 0.010),
        slab((wide + 0.05, deep + 0.03, 0.03), (0, 0, hang - height * 0.42), 0.010),
    ]
    arch = np.array(
        [
            (-wide / 2 - 0.02, 0),
            (wide / 2 + 0.02, 0),
            (wide * 0.3, 0.05),
            (0.04, 0.11),
            (0, 0.12),
            (-0.04, 0.11),
            (-wide * 0.3, 0.05),
        ]
    )
    made.append(
        meshes.moved(
            plate(arch, 0.05, 0.006), (0, 0.0, hang + height * 0.43), meshes.turn((1, 0, 0), np.pi / 2)
        )
    )
    made.append(
        meshes.moved(
            meshes.lathe(np.array([(0, 0), (0.02, 0), (0.05, 0.05), (0.06, 0.08), (0, 0.08)]), 24),
            (0, 0, low),
        )
    )
    front = -deep / 2
    dial_z = hang + height * 0.19
    r = wide * 0.40
    made += [
        disc(r, 0.006, (0, front - 0.003, dial_z), (0, 1, 0), slot=1, segments=64),
        ring(r, 0.008, (0, front - 0.006, dial_z), (0, 1, 0), slot=2, count=64),
    ]
    made.append(
        slab((wide * 0.7, 0.004, height * 0.36), (0, front - 0.001, hang - height * 0.19), 0.001, slot=3)
    )
    for k in range(12):
        a = k * np.pi / 6
        made.append(
            slab(
                (0.006, 0.002, 0.022),
                (0.8 * r * np.sin(a), front - 0.0068, dial_z + 0.8 * r * np.cos(a)),
                0.0005,
                slot=4,
                turn=meshes.turn((0, 1, 0), a),
            )
        )
    for length, a, w in ((0.52 * r, 0.42 + 5.24, 0.007), (0.76 * r, 1.05, 0.005)):
        made.append(
            slab(
                (w, 0.002, length),
                (0.4 * length * np.sin(a), front - 0.009, dial_z + 0.4 * length * np.cos(a)),
                0.0006,
                slot=4,
                turn=meshes.turn((0, 1, 0), a),
            )
        )
    made += [
        disc(0.006, 0.006, (0, front - 0.009, dial_z), (0, 1, 0), slot=2, segments=20),
        bar((0, front - 0.008, dial_z - r), (0.02, front - 0.008, hang - height * 0.26), 0.003, slot=2),
        disc(0.038, 0.008, (0.022, front - 0.010, hang - height * 0.28), (0, 1, 0), slot=2),
    ]
    shapes = [block((wide + 0.05, deep, height), wish.material, (0, 0, hang))]
    surfaces = (
        surface(wish, "dark_wood"),
        Surface("porcelain"),
        Surface("polished_brass"),
        Surface("tinted_glass"),
        Surface("ink"),
    )
    spots = {"top": (0.0, 0.0, hang + height / 2), "dial": (0.0, front, dial_z)}
    return single(
        "clock",
        [solid(shapes, made[0]), seen(*made[1:])],
        surfaces,
        wish,
        5.0,
        plate_sound("wood", height, wide, 0.01),
        spots,
        fixed=True,
        hung=True,
    )


def candle(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A burning candle in a brass chamberstick, wax run down its side."""
    height, r = number(parameters, "height"), 0.011
    dish = np.array(
        [
            (0, 0),
            (0.045, 0),
            (0.058, 0.010),
            (0.062, 0.018),
            (0.058, 0.018),
            (0.044, 0.006),
            (0.016, 0.006),
            (0.014, 0.03),
            (0.017, 0.034),
            (0.013, 0.036),
            (0, 0.036),
        ]
    )
    stick = np.array(
        [
            (0, 0.03),
            (r, 0.03),
            (r, height - 0.008),
            (r * 1.05, height - 0.004),
            (r * 0.9, height),
            (r * 0.5, height - 0.004),
            (0, height - 0.005),
        ]
    )
    made = [
        meshes.lathe(stick, 32, 1),
        *(
            tube(
                [
                    (r * np.cos(a), r * np.sin(a), height - 0.004),
                    (r * 1.04 * np.cos(a), r * 1.04 * np.sin(a), height - d),
                ],
                [0.003, 0.0042],
                slot=1,
                count=8,
            )
            for a, d in ((0.4, 0.04), (2.3, 0.06), (4.4, 0.03))
        ),
    ]
    made.append(bar((0, 0, height - 0.006), (0.002, 0, height + 0.008), 0.0011, slot=2))
    flame = np.array(
        [
            (0, -0.010),
            (0.004, -0.007),
            (0.0068, 0.0),
            (0.0058, 0.010),
            (0.003, 0.022),
            (0.001, 0.032),
            (0, 0.036),
        ]
    )
    made += [meshes.moved(meshes.lathe(flame, 24, 3, 1.5), (0.001, 0, height + 0.014))]
    made.append(
        tube(
            [(0.055, 0, 0.012), (0.085, 0, 0.02), (0.082, 0, 0.04), (0.058, 0, 0.018)],
            0.0035,
            slot=0,
            count=32,
        )
    )
    shapes = [
        Shape("cylinder", (0.058, 0.009), "brass", (0, 0, 0.009), label="foot"),
        Shape("cylinder", (r, height / 2 - 0.01), wish.material, (0, 0, height / 2 + 0.01)),
    ]
    surfaces = (Surface("brass"), surface(wish, "wax"), Surface("ink"), Surface("flame"))
    spots = {"top": (0.0, 0.0, height), "flame": (0.0, 0.0, height + 0.02), "grip": (0.08, 0.0, 0.03)}
    return single(
        "candle",
        [solid(shapes, meshes.lathe(dish, 48)), seen(*made)],
        surfaces,
        wish,
        0.32,
        rod_sound("brass", 0.1, 0.01),
        spots,
    )
