"""Furniture that people use in films: sofa, bed, easel."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.forms import (
    bar,
    block,
    pillar,
    plate_sound,
    ribbon,
    rod_sound,
    seen,
    single,
    slab,
    solid,
)
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]


def cushion(size: Vec3, at: Vec3, slot: int, turn: tuple[float, float, float, float] = (1, 0, 0, 0)) -> Mesh:
    """A stuffed cushion with piping: a rounded box that swells in its middle."""
    made = meshes.box(size, min(size) * 0.42, 5, slot)
    half = np.array(size) / 2
    share = made.vertices / half
    thin = int(np.argmin(size))
    others = [k for k in range(3) if k != thin]
    swell = 1 + 0.22 * np.prod([np.clip(1 - share[:, k] ** 2, 0, 1) for k in others], axis=0)
    points = made.vertices.copy()
    points[:, thin] *= swell
    return meshes.moved(Mesh(points, made.corners, made.sizes, made.slots, None, 1.2), at, turn)


def sofa(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A three-seat sofa facing -y with loose cushions and wooden feet; two people can carry it."""
    wide, deep = number(parameters, "width"), number(parameters, "depth")
    inner = wide - 0.44
    each = inner / 3
    made = [
        slab((wide - 0.04, deep - 0.06, 0.20), (0, 0, 0.22), 0.04),
        slab((wide - 0.06, 0.22, 0.50), (0, deep / 2 - 0.12, 0.55), 0.08, turn=meshes.turn((1, 0, 0), -0.10)),
    ]
    for s in (-1.0, 1.0):
        made.append(slab((0.20, deep - 0.02, 0.34), (s * (wide / 2 - 0.10), 0, 0.36), 0.06))
        made.append(
            bar(
                (s * (wide / 2 - 0.10), -deep / 2 + 0.02, 0.55),
                (s * (wide / 2 - 0.10), deep / 2 - 0.04, 0.55),
                0.115,
                segments=28,
            )
        )
        made.append(
            cushion((0.44, 0.16, 0.42), (s * (wide / 2 - 0.42), 0.10, 0.66), 2, meshes.turn((1, 0, 0), -0.32))
        )
    for k in range(3):
        x = (k - 1) * each
        made += [
            cushion((each - 0.01, deep - 0.30, 0.17), (x, -0.09, 0.395), 0),
            cushion((each - 0.02, 0.20, 0.44), (x, deep / 2 - 0.27, 0.66), 0, meshes.turn((1, 0, 0), -0.18)),
        ]
    feet = [
        meshes.moved(
            meshes.lathe(np.array([(0, 0), (0.020, 0), (0.030, 0.09), (0.034, 0.13), (0, 0.13)]), 20, 1),
            (sx * (wide / 2 - 0.09), sy * (deep / 2 - 0.10), 0),
        )
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    shapes = [
        block((wide, deep, 0.34), wish.material, (0, 0, 0.30), label="top"),
        block((wide, 0.24, 0.5), wish.material, (0, deep / 2 - 0.13, 0.62)),
        *(block((0.22, deep, 0.30), wish.material, (s * (wide / 2 - 0.11), 0, 0.50)) for s in (-1, 1)),
        *(
            pillar(
                (sx * (wide / 2 - 0.09), sy * (deep / 2 - 0.1), 0),
                (sx * (wide / 2 - 0.09), sy * (deep / 2 - 0.1), 0.13),
                0.025,
                "wood",
            )
            for sx in (-1, 1)
            for sy in (-1, 1)
        ),
    ]
    surfaces = (
        surface(wish, "upholstery", (0.05, 0.10, 0.115)),
        Surface("walnut"),
        Surface("upholstery", (0.42, 0.24, 0.06)),
    )
    spots = {
        "top": (0.0, -0.12, 0.47),
        "seat_1": (-each, -0.12, 0.465),
        "seat_2": (0.0, -0.12, 0.465),
        "seat_3": (each, -0.12, 0.465),
        "grip_left": (wide / 2, 0.0, 0.25),
        "grip_right": (-wide / 2, 0.0, 0.25),
    }
    return single(
        "sofa",
        [solid(shapes, *made), seen(*feet)],
        surfaces,
        wish,
        46.0,
        plate_sound("foam", wide, deep, 0.2),
        spots,
    )


def bed(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A double bed facing -y: slatted wooden frame, mattress, quilt turned down, two pillows."""
    wide, long_ = number(parameters, "width"), number(parameters, "length")
    made = [
        slab((wide + 0.10, 0.05, 1.0), (0, long_ / 2 + 0.03, 0.50), 0.015),
        slab((wide + 0.08, 0.045, 0.42), (0, -long_ / 2 - 0.025, 0.27), 0.012),
    ]
    made += [slab((0.035, long_, 0.20), (s * (wide / 2 + 0.025), 0, 0.30), 0.008) for s in (-1, 1)]
    made += [
        slab((wide / 3.4, 0.012, 0.5), ((k - 1) * wide / 3.1, long_ / 2 + 0.002, 0.72), 0.01)
        for k in range(3)
    ]
    soft = [cushion((wide, long_ - 0.02, 0.22), (0, 0, 0.42), 1)]
    # The quilt hangs over the sides in soft waves.
    u, v = np.linspace(-1, 1, 41), np.linspace(0, 1, 33)
    uu, vv = np.meshgrid(u, v)
    over = np.clip((np.abs(uu) - 0.86) / 0.14, 0, 1)
    x = uu * (wide / 2 + 0.055) - np.sign(uu) * 0.02 * over**2
    z = (
        0.585
        - 0.24 * over**1.3
        + 0.012 * np.sin(9 * uu + 3 * vv) * np.sin(7 * vv + uu) * (1 - over)
        + 0.02 * np.exp(-(((vv - 0.93) / 0.05) ** 2))
    )
    y = -long_ / 2 + 0.02 + vv * long_ * 0.70 + 0.012 * np.sin(14 * uu) * over
    top = np.stack([x, y, z], axis=-1)
    soft.append(_sheet(top, 0.03, 2))
    for s in (-1.0, 1.0):
        soft.append(
            cushion(
                (wide * 0.42, 0.46, 0.17),
                (s * wide * 0.235, long_ / 2 - 0.29, 0.60),
                1,
                meshes.turn((1, 0, 0), 0.16),
            )
        )
    shapes = [
        block((wide + 0.08, long_, 0.32), wish.material, (0, 0, 0.36), label="top"),
        block((wide + 0.1, 0.05, 1.0), "wood", (0, long_ / 2 + 0.03, 0.5)),
        block((wide + 0.08, 0.045, 0.48), "wood", (0, -long_ / 2 - 0.025, 0.24)),
    ]
    shapes += [
        block((0.06, 0.06, 0.3), "wood", (sx * wide / 2, sy * (long_ / 2 - 0.1), 0.15))
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    made += [
        slab((0.06, 0.06, 0.3), (sx * wide / 2, sy * (long_ / 2 - 0.1), 0.15), 0.006)
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    surfaces = (
        surface(wish, "oak"),
        Surface("linen", (0.74, 0.73, 0.70)),
        Surface("fabric", (0.10, 0.16, 0.24)),
    )
    spots = {
        "top": (0.0, -0.2, 0.56),
        "seat": (0.0, -long_ * 0.25, 0.54),
        "lie": (0.0, 0.0, 0.55),
        "pillow": (wide * 0.235, long_ / 2 - 0.29, 0.66),
    }
    return single(
        "bed",
        [solid(shapes, made[0]), seen(*made[1:]), seen(*soft)],
        surfaces,
        wish,
        85.0,
        plate_sound("wood", wide, long_, 0.03),
        spots,
        fixed=True,
    )


def _sheet(top: Array, thick: float, slot: int) -> Mesh:
    """A closed blanket from the points (R, C, 3) of its upper side."""
    rows, columns = top.shape[:2]
    low = top - [0, 0, thick]
    points = np.concatenate([top.reshape(-1, 3), low.reshape(-1, 3)])
    n = rows * columns
    quads = []
    for r in range(rows - 1):
        for c in range(columns - 1):
            a, b, d, e = (
                r * columns + c,
                r * columns + c + 1,
                (r + 1) * columns + c,
                (r + 1) * columns + c + 1,
            )
            quads += [(a, b, e, d), (n + a, n + d, n + e, n + b)]
    edge = [
        *range(columns),
        *(r * columns + columns - 1 for r in range(1, rows)),
        *(n - 1 - c for c in range(1, columns)),
        *(r * columns for r in range(rows - 2, 0, -1)),
    ]
    quads += [
        (edge[i], n + edge[i], n + edge[(i + 1) % len(edge)], edge[(i + 1) % len(edge)])
        for i in range(len(edge))
    ]
    return meshes.from_polygons(points, quads, slot, 1.2)


def easel(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A studio easel facing -y that carries a stretched canvas with the first strokes of a landscape."""
    height = number(parameters, "height")
    lean = 0.14
    made = []
    for s in (-1.0, 1.0):
        made.append(bar((s * 0.36, -0.16, 0.012), (s * 0.05, 0.09, height * 0.96), 0.019))
    made += [
        bar((0, 0.62, 0.012), (0, 0.10, height * 0.94), 0.018),
        slab((0.62, 0.09, 0.025), (0, -0.115, 0.70), 0.005),
        slab((0.62, 0.012, 0.05), (0, -0.155, 0.715), 0.004),
        slab((0.44, 0.03, 0.045), (0, 0.015, 1.30), 0.006),
        slab((0.08, 0.06, 0.05), (0, 0.03, 1.535), 0.006),
    ]
    turn = meshes.turn((1, 0, 0), -lean)
    w, h = 0.66, 0.80
    at = np.array([0.0, -0.062, 1.12])
    canvas = [slab((w, 0.020, h), (float(at[0]), float(at[1]), float(at[2])), 0.003, slot=1, turn=turn)]

    def daub(x0: float, x1: float, z0: float, z1: float, slot: int, bulge: float) -> Mesh:
        xs = np.linspace(x0, x1, 16)
        mid = (z0 + z1) / 2 + bulge * np.sin(np.pi * (xs - x0) / (x1 - x0) * 1.3)
        path = np.column_stack([xs, np.full(16, -0.0105), mid])
        stroke = ribbon(path, (z1 - z0), 0.0012, (0, 0, 1), slot=slot, rounding=0.3)
        return meshes.moved(stroke, at, turn)

    canvas += [
        daub(-w * 0.46, w * 0.46, 0.08, 0.36, 2, 0.0),
        daub(-w * 0.46, w * 0.46, -0.06, 0.09, 3, 0.03),
        daub(-w * 0.46, w * 0.46, -0.36, -0.04, 4, 0.02),
        daub(0.06, 0.16, 0.17, 0.27, 5, 0.0),
    ]
    shapes = [
        block((0.05, 0.05, height), wish.material, (0, 0.2, height / 2)),
        *(
            pillar((s * 0.36, -0.16, 0.012), (s * 0.05, 0.09, height * 0.96), 0.02, wish.material)
            for s in (-1.0, 1.0)
        ),
        Shape(
            "box",
            (w / 2, 0.01, h / 2),
            "fabric",
            (float(at[0]), float(at[1]), float(at[2])),
            turn,
            label="canvas",
        ),
    ]
    surfaces = (
        surface(wish, "beech"),
        Surface("linen", (0.76, 0.74, 0.68)),
        Surface("oil_paint", (0.16, 0.36, 0.62)),
        Surface("oil_paint", (0.10, 0.17, 0.22)),
        Surface("oil_paint", (0.22, 0.30, 0.06)),
        Surface("oil_paint", (0.86, 0.62, 0.16)),
    )
    spots = {"canvas": (0.0, -0.075, 1.12), "top": (0.0, 0.09, height), "front": (0.0, -0.75, 0.0)}
    return single(
        "easel",
        [solid(shapes, *made), seen(*canvas)],
        surfaces,
        wish,
        7.0,
        rod_sound("wood", height, 0.018),
        spots,
        fixed=True,
    )
