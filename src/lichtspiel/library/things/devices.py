"""Phones, cameras, laptops and typewriters."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Mesh, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.places.copies import boxes
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.forms import (
    bar,
    block,
    disc,
    plate,
    plate_sound,
    ribbon,
    ring,
    seen,
    single,
    slab,
    solid,
    superellipse,
    tube,
)
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]


def phone(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A smartphone lying on its back along y, its screen lit."""
    x, y, z = (number(parameters, k) for k in ("width", "length", "thickness"))
    frame = plate(superellipse(x, y, 9.0, 72), z, 0.002)
    glass = meshes.moved(
        plate(superellipse(x - 0.003, y - 0.003, 9.0, 72), 0.0008, 0.0003, slot=1), (0, 0, z - 0.0002)
    )
    screen = meshes.moved(
        plate(superellipse(x - 0.008, y - 0.008, 10.0, 72), 0.0004, slot=2), (0, 0, z + 0.0004)
    )
    cards = [
        slab((x - 0.018, y * 0.2, 0.0003), (0, y * 0.24, z + 0.0009), 0.0001, slot=3),
        slab((x - 0.018, y * 0.11, 0.0003), (0, y * 0.05, z + 0.0009), 0.0001, slot=4),
    ]
    cards += [
        slab(
            (0.011, 0.011, 0.0003),
            (-x * 0.3 + x * 0.2 * (k % 4), -y * 0.14 - 0.018 * (k // 4), z + 0.0009),
            0.0001,
            slot=3 + k % 3,
        )
        for k in range(12)
    ]
    lens = [
        disc(0.007, 0.0012, (-x / 2 + 0.014, y / 2 - 0.014, 0.0004), slot=5),
        slab((0.0012, 0.014, 0.003), (x / 2 + 0.0003, y * 0.15, z / 2), 0.0004),
    ]
    shapes = [block((x, y, z), wish.material, (0, 0, z / 2), label="top")]
    surfaces = (
        surface(wish, "polished_aluminium", (0.05, 0.05, 0.055)),
        Surface("tinted_glass"),
        Surface("screen_glow", (0.10, 0.16, 0.30)),
        Surface("screen_glow", (0.80, 0.42, 0.20)),
        Surface("screen_glow", (0.30, 0.62, 0.34)),
        Surface("tinted_glass"),
    )
    spots = {
        "top": (0.0, 0.0, z),
        "grip": (0.0, -y * 0.12, z / 2),
        "tip": (0.0, y / 2, z / 2),
        "screen": (0.0, 0.0, z),
    }
    return single(
        "phone",
        [solid(shapes, frame), seen(glass, screen, *cards, *lens)],
        surfaces,
        wish,
        0.19,
        plate_sound("glass", y, x, z),
        spots,
    )


def camera(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A reflex camera standing on its base, lens towards -y."""
    x, y, z = (number(parameters, k) for k in ("width", "depth", "height"))
    body = meshes.moved(meshes.box((x, y, z * 0.72), 0.012, 4), (0, 0, z * 0.36))
    grip = meshes.moved(meshes.box((0.04, y + 0.03, z * 0.70), 0.016, 4), (-x / 2 + 0.018, -0.012, z * 0.355))
    prism = meshes.loft(
        np.array(
            [
                np.array([(-0.036, -0.028, 0), (0.036, -0.028, 0), (0.036, 0.028, 0), (-0.036, 0.028, 0)]) * s
                + [0, 0, h]
                for s, h in ((1.0, z * 0.68), (0.92, z * 0.86), (0.6, z))
            ]
        ),
        0,
        0.3,
    )
    lens: list[Mesh] = []
    profile = np.array(
        [
            (0, 0),
            (0.034, 0),
            (0.036, 0.004),
            (0.036, 0.018),
            (0.0335, 0.02),
            (0.0335, 0.024),
            (0.0375, 0.026),
            (0.0375, 0.052),
            (0.035, 0.055),
            (0.035, 0.066),
            (0.031, 0.068),
            (0.029, 0.056),
            (0, 0.053),
        ]
    )
    turn = meshes.turn((1, 0, 0), np.pi / 2)
    lens.append(meshes.moved(meshes.lathe(profile, 56, 1), (0.006, -y / 2, z * 0.36), turn))
    lens.append(
        meshes.moved(
            meshes.scaled(meshes.sphere(1.0, 32, 16, 2), (0.029, 0.029, 0.010)),
            (0.006, -y / 2 - 0.052, z * 0.36),
            turn,
        )
    )
    lens += [
        ring(0.0372, 0.0008, (0.006, -y / 2 - d, z * 0.36), (0, 1, 0), slot=0, count=56, segments=6)
        for d in (0.032, 0.038, 0.044)
    ]
    knobs = [
        disc(0.013, 0.012, (x / 2 - 0.025, 0, z * 0.74), slot=1),
        disc(0.008, 0.008, (-x / 2 + 0.02, -0.022, z * 0.735), slot=3),
        slab((0.012, 0.01, 0.006), (0, 0, z + 0.001), 0.002, slot=1),
    ]
    screen = slab((0.075, 0.003, 0.05), (-0.008, y / 2 + 0.001, z * 0.35), 0.002, slot=2)
    shapes = [
        block((x, y, z * 0.72), wish.material, (0, 0, z * 0.36), label="grip"),
        Shape(
            "cylinder", (0.036, 0.034), wish.material, (0.006, -y / 2 - 0.034, z * 0.36), turn, label="tip"
        ),
        block((0.07, 0.05, z), wish.material, (0, 0, z / 2)),
    ]
    surfaces = (
        surface(wish, "camera_body"),
        Surface("matte_plastic", (0.015, 0.015, 0.016)),
        Surface("tinted_glass"),
        Surface("brushed_steel"),
    )
    spots = {
        "top": (0.0, 0.0, z),
        "grip": (-x / 2 + 0.02, 0.0, z * 0.36),
        "tip": (0.006, -y / 2 - 0.068, z * 0.36),
    }
    return single(
        "camera",
        [solid(shapes, body), seen(grip, prism, *lens, *knobs, screen)],
        surfaces,
        wish,
        0.9,
        plate_sound("plastic", x, z, 0.003),
        spots,
    )


def laptop(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """An open laptop that faces +y, where its user sits; seen from -y is its lid."""
    x, y = number(parameters, "width"), number(parameters, "depth")
    thick = 0.0115
    base = meshes.moved(plate(superellipse(x, y, 14.0, 72), thick, 0.0025), (0, 0, 0.0015))
    keys = boxes(
        np.array(
            [
                [(c - 6.5) * 0.0192 + 0.004 * (r % 2), -0.055 + 0.0192 * r, thick + 0.0018]
                for r in range(5)
                for c in range(14)
            ]
        ),
        np.array([0.0162, 0.0162, 0.0022]),
        0.0008,
    )
    well = slab((x * 0.88, 0.102, 0.0006), (0, -0.0165, thick + 0.0012), 0.0002, slot=2)
    pad = slab((0.105, 0.066, 0.0006), (0, y / 2 - 0.045, thick + 0.0016), 0.0002, slot=4)
    lean = 0.32
    lid_turn = meshes.turn((1, 0, 0), np.pi / 2 + lean)
    hinge = (0.0, -y / 2 + 0.006, thick)
    lid = [
        meshes.moved(plate(superellipse(x, y, 14.0, 72) + [0, y / 2], 0.006, 0.002), (0, 0, -0.003)),
        meshes.moved(
            plate(superellipse(x - 0.012, y - 0.016, 20.0, 72) + [0, y / 2], 0.0006, slot=2), (0, 0, -0.0037)
        ),
        meshes.moved(
            plate(superellipse(x - 0.022, y - 0.03, 30.0, 72) + [0, y / 2 + 0.002], 0.0004, slot=3),
            (0, 0, -0.0041),
        ),
    ]
    windows = [
        meshes.moved(meshes.box((w, h, 0.0003), slot=s), (dx, y / 2 + dy, -0.0044))
        for w, h, dx, dy, s in (
            (0.15, 0.12, -0.05, 0.01, 5),
            (0.10, 0.10, 0.08, -0.02, 6),
            (0.26, 0.008, 0, -0.085, 6),
        )
    ]
    lid = [meshes.moved(m, hinge, lid_turn) for m in (*lid, *windows)]
    mark = meshes.moved(
        meshes.moved(meshes.cylinder(0.016, 0.0006, 32, 0.0002, 2), (0, y / 2, 0.0032)), hinge, lid_turn
    )
    feet = [
        disc(0.007, 0.002, (sx * x * 0.42, sy * y * 0.4, 0.001), slot=2) for sx in (-1, 1) for sy in (-1, 1)
    ]
    rod = bar((-x * 0.36, -y / 2 + 0.006, thick), (x * 0.36, -y / 2 + 0.006, thick), 0.0045, slot=2)
    lid_at = np.array(hinge) + meshes.rotation_matrix(lid_turn) @ [0, y / 2, 0]
    shapes = [
        block((x, y, thick), wish.material, (0, 0, thick / 2 + 0.001), label="keys"),
        block(
            (x, y, 0.006),
            wish.material,
            (float(lid_at[0]), float(lid_at[1]), float(lid_at[2])),
            lid_turn,
            "lid",
        ),
    ]
    surfaces = (
        surface(wish, "polished_aluminium", (0.55, 0.56, 0.58)),
        Surface("matte_plastic", (0.02, 0.02, 0.02)),
        Surface("matte_plastic", (0.012, 0.012, 0.013)),
        Surface("screen_glow", (0.16, 0.24, 0.36)),
        Surface("polished_aluminium", (0.48, 0.49, 0.51)),
        Surface("screen_glow", (0.75, 0.76, 0.74)),
        Surface("screen_glow", (0.30, 0.34, 0.42)),
    )
    spots = {
        "top": (0.0, 0.0, thick),
        "keys": (0.0, -0.02, thick + 0.004),
        "grip": (0.0, y / 2, thick / 2),
        "screen": (0.0, float(lid_at[1]), float(lid_at[2])),
    }
    return single(
        "laptop",
        [solid(shapes, base), seen(meshes.in_slot(keys, 1), well, pad, *lid, mark, rod, *feet)],
        surfaces,
        wish,
        1.4,
        plate_sound("aluminium", x, y, 0.002),
        spots,
    )


def typewriter(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A mechanical typewriter that faces +y, where its user sits: round keys, carriage, a sheet of paper."""
    x, y = number(parameters, "width"), number(parameters, "depth")
    shell = [slab((x, y, 0.05), (0, 0, 0.035), 0.02), slab((x, y * 0.55, 0.10), (0, -y * 0.22, 0.09), 0.03)]
    slope = meshes.turn((1, 0, 0), -0.34)
    shell.append(slab((x * 0.96, y * 0.5, 0.03), (0, y * 0.2, 0.075), 0.012, turn=slope))
    keys: list[Mesh] = []
    for row in range(4):
        for k in range(11 - (row == 3)):
            at = ((k - 5 + 0.25 * row) * 0.0205, y * 0.08 + 0.027 * row, 0.128 - 0.0145 * row)
            keys += [
                disc(0.0078, 0.005, at, slot=1, segments=20),
                ring(0.0078, 0.0009, (at[0], at[1], at[2] + 0.002), slot=2, count=24, segments=6),
                bar((at[0], at[1], at[2] - 0.03), at, 0.0016, slot=2, segments=6),
            ]
    keys.append(slab((0.16, 0.013, 0.008), (0, y * 0.08 + 0.112, 0.068), 0.003, slot=1))
    arms = [
        tube(
            [
                (0.05 * np.cos(a), -0.035 + 0.05 * np.sin(a), 0.125),
                (0.018 * np.cos(a), -0.05 + 0.018 * np.sin(a), 0.142),
            ],
            0.0014,
            slot=2,
            count=6,
            segments=6,
        )
        for a in np.linspace(0.2, np.pi - 0.2, 24)
    ]
    carriage = [
        bar((-x * 0.58, -y * 0.24, 0.165), (x * 0.58, -y * 0.24, 0.165), 0.019, slot=1, segments=28),
        slab((x * 1.04, 0.05, 0.018), (0, -y * 0.27, 0.14), 0.006, slot=0),
    ]
    carriage += [disc(0.022, 0.022, (s * x * 0.61, -y * 0.24, 0.165), (1, 0, 0), slot=1) for s in (-1, 1)]
    carriage.append(
        tube(
            [(x * 0.56, -y * 0.22, 0.175), (x * 0.62, -y * 0.05, 0.195), (x * 0.60, y * 0.04, 0.19)],
            0.004,
            slot=2,
        )
    )
    u = np.linspace(0, 1, 14)
    sheet = ribbon(
        np.column_stack([0 * u, -y * 0.24 + 0.020 - 0.035 * u - 0.05 * u**2, 0.172 + 0.20 * u - 0.03 * u**3]),
        0.205,
        0.0006,
        (1, 0, 0),
        slot=3,
    )
    lines = [
        slab(
            (0.16 - 0.05 * (k % 4 == 3), 0.0006, 0.0026),
            (0, -y * 0.24 + 0.0199 - 0.035 * v - 0.05 * v**2, 0.172 + 0.20 * v),
            0.0001,
            slot=1,
        )
        for k, v in enumerate(np.linspace(0.12, 0.82, 12))
    ]
    shapes = [
        block((x, y, 0.06), wish.material, (0, 0, 0.03), label="keys"),
        block((x, y * 0.55, 0.09), wish.material, (0, -y * 0.22, 0.10)),
        block((x * 1.2, 0.05, 0.05), wish.material, (0, -y * 0.24, 0.165)),
    ]
    surfaces = (
        surface(wish, "lacquered_paint", (0.014, 0.016, 0.018)),
        Surface("bakelite"),
        Surface("chrome"),
        Surface("paper"),
    )
    spots = {"top": (0.0, -y * 0.24, 0.185), "keys": (0.0, y * 0.14, 0.12)}
    return single(
        "typewriter",
        [solid(shapes, shell[0]), seen(*shell[1:], *keys, *arms, *carriage, sheet, *lines)],
        surfaces,
        wish,
        6.5,
        plate_sound("steel", x, y, 0.002),
        spots,
    )
