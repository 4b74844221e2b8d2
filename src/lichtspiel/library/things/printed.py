"""Printed and packed things: open book, newspaper, pen, gift box, shopping bag, suitcase, cigarette."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Surface
from lichtspiel.library.catalogue import Generator, Wish
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
    superellipse,
    tube,
)
from lichtspiel.library.things.joinery import capsule
from lichtspiel.library.things.substance import enclosed_volume, number, surface

Parameters = Mapping[str, Parameter]


def open_book(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A book lying open: two swelling blocks of pages with lines of print, cover below."""
    width, height = number(parameters, "width"), number(parameters, "height")
    made: list[Mesh] = []
    lines: list[Mesh] = []
    u = np.linspace(0, 1, 16)
    for s in (-1.0, 1.0):
        rise = 0.020 * np.sin(np.pi * np.clip(u * 0.93 + 0.07, 0, 1)) ** 0.7 * (1 - 0.45 * u) + 0.003
        top = np.column_stack([s * u * width, rise + 0.003])
        low = np.column_stack([s * u * width, 0 * u + 0.0032])
        outline = np.vstack([low, top[::-1]]) if s > 0 else np.vstack([top, low[::-1]])
        rings = [
            np.column_stack([outline[:, 0], np.full(len(outline), y), outline[:, 1]])
            for y in (-height / 2, height / 2)
        ]
        block_ = meshes.loft(np.array(rings)[::-1], 1, 0.5)
        made.append(block_ if _volume_positive(block_) else meshes.loft(np.array(rings), 1, 0.5))
        for row in range(24):
            y = height * (0.40 - 0.033 * row)
            end = 0.86 if row % 7 != 6 else rng.uniform(0.3, 0.7)
            start, stop = (0.12, end) if s > 0 else (0.98 - end, 0.88)
            share = np.linspace(start, stop, 8)
            z = np.interp(share, u, rise) + 0.0032
            lines.append(
                ribbon(
                    np.column_stack([s * share * width, np.full(8, y), z]), 0.0032, 0.0004, (0, 1, 0), slot=2
                )
            )
    cover = [
        slab((width + 0.004, height + 0.008, 0.003), (s * (width / 2 + 0.002), 0, 0.0016), 0.001)
        for s in (-1, 1)
    ]
    shapes = [block((2 * width, height, 0.018), wish.material, (0, 0, 0.009), label="top")]
    surfaces = (surface(wish, "book_cover", (0.12, 0.02, 0.02)), Surface("page_paper"), Surface("ink"))
    spots = {
        "top": (0.0, 0.0, 0.02),
        "grip": (0.0, -height / 2, 0.008),
        "grip_left": (width, 0.0, 0.01),
        "grip_right": (-width, 0.0, 0.01),
    }
    return single(
        "book",
        [solid(shapes, *cover), seen(*made, *lines)],
        surfaces,
        wish,
        0.55,
        plate_sound("cardboard", 2 * width, height, 0.018),
        spots,
    )


def _volume_positive(mesh: Mesh) -> bool:
    return enclosed_volume(mesh) > 0


def newspaper(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A folded newspaper: sheets that fan at the open edge, a headline, a picture and columns of print."""
    width, height = number(parameters, "width"), number(parameters, "height")
    made: list[Mesh] = []
    for k in range(6):
        fan = 0.0016 * k
        x = np.linspace(-width / 2, width / 2 - 0.003 * (k % 3), 14)
        lift = 0.0008 + 0.0014 * k + fan * np.clip((x / width) + 0.3, 0, 1) ** 2
        made.append(
            ribbon(
                np.column_stack([x, 0.001 * (k % 2) + 0 * x, lift]),
                height - 0.004 * (k % 2),
                0.0009,
                (0, 1, 0),
            )
        )
    top = 0.0014 * 5 + 0.0012

    def level(x: float) -> float:
        return top + 0.008 * float(np.clip(x / width + 0.3, 0, 1)) ** 2 + 0.0004

    def block_of(x0: float, x1: float, y0: float, y1: float, slot: int) -> Mesh:
        xs = np.linspace(x0, x1, 6)
        path = np.column_stack([xs, np.full(6, (y0 + y1) / 2), [level(float(v)) for v in xs]])
        return ribbon(path, y1 - y0, 0.0003, (0, 1, 0), slot=slot, rounding=0.2)

    ink = [
        block_of(-width * 0.30, width * 0.30, height * 0.40, height * 0.455, 1),
        block_of(-width * 0.46, width * 0.46, height * 0.385, height * 0.388, 1),
    ]
    ink += [
        block_of(-width * 0.46, width * 0.2, height * 0.31, height * 0.355, 1),
        block_of(-width * 0.46, width * 0.08, height * 0.25, height * 0.285, 1),
    ]
    ink.append(block_of(-width * 0.46, width * 0.08, -height * 0.12, height * 0.22, 2))
    for column, (x0, x1) in enumerate(((-0.46, -0.20), (-0.18, 0.08), (0.11, 0.46))):
        y = height * (-0.15 if column < 2 else 0.29)
        while y > -height * 0.46:
            end = x1 if rng.uniform() > 0.15 else x0 + 0.6 * (x1 - x0)
            ink.append(block_of(width * x0, width * end, y, y + 0.0022, 1))
            y -= 0.0058
    shapes = [block((width, height, 0.012), wish.material, (0, 0, 0.006), label="top")]
    surfaces = (surface(wish, "newsprint"), Surface("ink"), Surface("page_paper", (0.24, 0.24, 0.23)))
    spots = {
        "top": (0.0, 0.0, 0.012),
        "grip": (-width * 0.3, -height * 0.4, 0.006),
        "grip_left": (width / 2, 0.0, 0.01),
        "grip_right": (-width / 2, 0.0, 0.01),
    }
    return single(
        "newspaper",
        [solid(shapes, made[0]), seen(*made[1:], *ink)],
        surfaces,
        wish,
        0.18,
        plate_sound("paper", width, height, 0.004),
        spots,
    )


def pen(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A fountain pen lying along x, its gold nib at +x."""
    length, r = number(parameters, "length"), 0.0062
    u = np.array([0, 0.004, 0.02, 0.3, 0.62, 0.68, 0.69, 0.80, 0.83, 0.832])
    w = np.array([0, 0.45, 0.72, 0.98, 1.0, 1.0, 0.8, 0.66, 0.72, 0]) * r
    turn = meshes.turn((0, 1, 0), np.pi / 2)
    barrel = meshes.moved(meshes.lathe(np.column_stack([w, u * length]), 28), (-length / 2, 0, r), turn)
    nib = ribbon(
        np.array([(length * 0.32, 0, r + 0.001), (length * 0.41, 0, r), (length / 2, 0, r - 0.003)]),
        np.array([0.0065, 0.0075, 0.0006]),
        0.0012,
        (0, 1, 0),
        slot=1,
    )
    bands = [
        disc(r * 1.06, 0.003, (x, 0, r), (1, 0, 0), slot=1)
        for x in (length * 0.12, length * 0.18, -length * 0.44)
    ]
    clip = tube(
        [
            (length * 0.10, 0, 2 * r + 0.0015),
            (-length * 0.1, 0, 2 * r + 0.002),
            (-length * 0.2, 0, 2 * r + 0.0004),
        ],
        0.0012,
        slot=1,
    )
    shapes = [
        capsule((-length / 2 + r, 0, r), (length * 0.3, 0, r), r, wish.material, "grip"),
        capsule((length * 0.3, 0, r), (length / 2, 0, r - 0.002), 0.002, "steel", "tip"),
    ]
    surfaces = (surface(wish, "piano_black"), Surface("gold"))
    spots = {"grip": (length * 0.27, 0.0, r), "tip": (length / 2, 0.0, r - 0.003), "top": (0.0, 0.0, 2 * r)}
    return single(
        "pen",
        [solid(shapes, barrel), seen(nib, clip, *bands)],
        surfaces,
        wish,
        0.022,
        rod_sound("plastic", length, r),
        spots,
    )


def gift_box(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A present: a wrapped box with its lid, ribbon all round and a bow."""
    x, y, z = (number(parameters, k) for k in ("width", "depth", "height"))
    made = [
        slab((x, y, z - 0.02), (0, 0, (z - 0.02) / 2), 0.003),
        slab((x + 0.012, y + 0.012, z * 0.26), (0, 0, z - z * 0.13), 0.003),
    ]
    band = [
        slab((0.032, y + 0.016, 0.002), (0, 0, z + 0.0005), 0.0006, slot=1),
        slab((x + 0.016, 0.032, 0.002), (0, 0, z + 0.0012), 0.0006, slot=1),
    ]
    for s in (-1, 1):
        band += [
            slab((0.032, 0.002, z), (0, s * (y / 2 + 0.0068), z / 2), 0.0006, slot=1),
            slab((0.002, 0.032, z), (s * (x / 2 + 0.0068), 0, z / 2), 0.0006, slot=1),
        ]
        t = np.linspace(0, 2 * np.pi, 28, endpoint=False)
        loop = np.column_stack(
            [
                s * (0.035 - 0.035 * np.cos(t)),
                0.016 * np.sin(t) * 0.25,
                z + 0.006 + 0.022 * np.sin(t) ** 1.0 * (1 - np.cos(t)) / 2 + 0.012 * (1 - np.cos(t)) / 2,
            ]
        )
        band.append(ribbon(loop, 0.030, 0.0014, (0, 1, 0), slot=1))
        band.append(
            ribbon(
                np.array(
                    [(0, 0, z + 0.004), (s * 0.03, 0.03 * s, z + 0.010), (s * 0.06, 0.055 * s, z + 0.003)]
                ),
                0.026,
                0.0014,
                (0.68, -0.74, 0),
                slot=1,
            )
        )
    band.append(meshes.moved(meshes.box((0.022, 0.030, 0.018), 0.007, 3, 1), (0, 0, z + 0.010)))
    shapes = [block((x, y, z), wish.material, (0, 0, z / 2), label="top")]
    surfaces = (surface(wish, "gift_wrap"), Surface("gift_ribbon"))
    spots = {"top": (0.0, 0.0, z + 0.03), "edge": (0.0, -y / 2, z)}
    return single(
        "box",
        [solid(shapes, made[0]), seen(made[1], *band)],
        surfaces,
        wish,
        0.6,
        plate_sound("cardboard", x, y, 0.002),
        spots,
    )


def shopping_bag(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A paper carrier bag standing open, with cord handles, filled with wrapped things."""
    x, y, z = (number(parameters, k) for k in ("width", "depth", "height"))
    rings = []
    for level, share in ((0.0, 1.0), (0.4, 0.985), (0.75, 0.965), (1.0, 0.98)):
        pinch = 0.05 * level
        outline = np.array(
            [(-0.5, -0.5), (0.5, -0.5), (0.5 - pinch, 0.0), (0.5, 0.5), (-0.5, 0.5), (-0.5 + pinch, 0.0)]
        ) * [x * share, y * share]
        rings.append(np.column_stack([outline, np.full(6, level * z)]))
    outer = np.array(rings)
    middle = outer.mean(axis=1, keepdims=True)
    inner = middle + (outer - middle) * [0.985, 0.97, 1.0]
    inner[0, :, 2] = z * 0.55
    bag = meshes.loft(np.concatenate([outer, inner[:0:-1], inner[:1]]), 0, 0.3)
    cords = []
    for s in (-1, 1):
        cords.append(
            tube(
                [
                    (-x * 0.2, s * y * 0.49, z * 0.94),
                    (-x * 0.17, s * y * 0.46, z * 1.12),
                    (0, s * y * 0.40, z * 1.22),
                    (x * 0.17, s * y * 0.46, z * 1.12),
                    (x * 0.2, s * y * 0.49, z * 0.94),
                ],
                0.0035,
                slot=1,
                count=40,
            )
        )
    shapes = [block((x * 0.96, y * 0.94, z), wish.material, (0, 0, z / 2), label="top")]
    surfaces = (surface(wish, "kraft_paper"), Surface("rope"))
    spots = {"grip": (0.0, 0.0, z * 1.21), "top": (0.0, 0.0, z)}
    return single(
        "bag",
        [solid(shapes, bag), seen(*cords)],
        surfaces,
        wish,
        1.4,
        plate_sound("paper", x, z, 0.001),
        spots,
    )


def suitcase(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """An old leather suitcase standing upright: corners, straps with buckles, a handle on top."""
    x, y, z = (number(parameters, k) for k in ("width", "depth", "height"))
    shell = meshes.moved(meshes.box((x, y, z), 0.035, 5), (0, 0, z / 2 + 0.008))
    made: list[Mesh] = [slab((x + 0.004, 0.010, z + 0.004), (0, 0, z / 2 + 0.008), 0.004, slot=1)]
    for s in (-1.0, 1.0):
        outline = superellipse(z + 0.010, y + 0.010, 9.0, 64)
        strap = np.column_stack([np.full(64, s * x * 0.28), outline[:, 1], outline[:, 0] + z / 2 + 0.008])
        made.append(ribbon(np.vstack([strap, strap[:1]]), 0.035, 0.004, (1, 0, 0), slot=1))
        made.append(slab((0.045, 0.006, 0.036), (s * x * 0.28, -y / 2 - 0.007, z * 0.72), 0.004, slot=2))
        made.append(slab((0.028, 0.008, 0.022), (s * x * 0.28, -y / 2 - 0.0075, z * 0.72), 0.003, slot=1))
        made.append(slab((0.05, 0.02, 0.03), (s * x * 0.16, 0.0, z + 0.012), 0.005, slot=2))
        for t in (-1.0, 1.0):
            for w in (0.0, 1.0):
                corner = meshes.scaled(meshes.sphere(1.0, 20, 12, 1), (0.045, 0.040, 0.045))
                made.append(
                    meshes.moved(
                        corner, (s * (x / 2 - 0.041), t * (y / 2 - 0.036), 0.008 + 0.041 + w * (z - 0.082))
                    )
                )
            made.append(disc(0.012, 0.010, (s * x * 0.36, t * y * 0.28, 0.005), slot=2))
    handle = tube(
        [
            (-0.065, 0, z + 0.010),
            (-0.062, 0, z + 0.038),
            (0, 0, z + 0.048),
            (0.062, 0, z + 0.038),
            (0.065, 0, z + 0.010),
        ],
        [0.008, 0.010, 0.012, 0.010, 0.008],
        slot=1,
        count=40,
    )
    shapes = [
        block((x, y, z), wish.material, (0, 0, z / 2 + 0.008), label="top"),
        block((0.8 * x, 0.7 * y, 0.01), "steel", (0, 0, 0.005)),
    ]
    surfaces = (
        surface(wish, "leather", (0.22, 0.09, 0.035)),
        Surface("leather", (0.07, 0.028, 0.014)),
        Surface("brass"),
    )
    spots = {"grip": (0.0, 0.0, z + 0.048), "top": (0.0, 0.0, z + 0.008), "edge": (0.0, -y / 2, z)}
    return single(
        "suitcase",
        [solid(shapes, shell), seen(*made, handle)],
        surfaces,
        wish,
        7.5,
        plate_sound("cardboard", x, z, 0.004),
        spots,
    )


def cigarette(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A lit cigarette lying along x, its ember at +x."""
    length, r = number(parameters, "length"), 0.004
    paper = bar((-length / 2 + 0.022, 0, r), (length / 2 - 0.004, 0, r), r, segments=20)
    filter_ = bar((-length / 2, 0, r), (-length / 2 + 0.022, 0, r), r * 1.01, slot=1, segments=20)
    ember = meshes.moved(
        meshes.scaled(meshes.sphere(1.0, 16, 10, 2), (0.006, r * 0.96, r * 0.96)), (length / 2 - 0.003, 0, r)
    )
    shapes = [capsule((-length / 2 + r, 0, r), (length / 2 - r, 0, r), r, wish.material, "grip")]
    surfaces = (surface(wish, "paper"), Surface("cork"), Surface("ember"))
    spots = {"grip": (-length * 0.25, 0.0, r), "tip": (length / 2, 0.0, r), "top": (0.0, 0.0, 2 * r)}
    return single(
        "cigarette",
        [solid(shapes, paper), seen(filter_, ember)],
        surfaces,
        wish,
        0.001,
        rod_sound("paper", length, r),
        spots,
    )


def umbrella_outline(count: int, ribs: int, sag: float) -> Array:
    """Radius shares round an umbrella: full at its ribs, drawn in between them."""
    between = np.linspace(0, ribs, count, endpoint=False) % 1.0
    return np.asarray(1 - sag * 4 * between * (1 - between))


def umbrella(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """An open umbrella standing on its crook handle's end, canopy of eight panels, ribs and stretchers."""
    radius, height = number(parameters, "radius"), number(parameters, "height")
    ribs, count = 8, 96
    rise = 0.30 * radius
    brim = height - rise - 0.05
    share = umbrella_outline(count, ribs, 0.10)
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    rings = []
    for u in np.linspace(0.02, 1, 12):
        scallop = 1 - (1 - share) * u**2
        reach = radius * u * scallop
        z = brim + rise * (1 - u**1.9) + 0.035 * (1 - scallop) * radius
        rings.append(np.column_stack([reach * np.cos(angle), reach * np.sin(angle), z]))
    outer = np.array(rings)
    canopy = meshes.loft(np.concatenate([outer[::-1] + [0, 0, 0.0012], outer]), 0, 1.2)
    if not _volume_positive(canopy):
        canopy = meshes.loft(np.concatenate([outer, outer[::-1] + [0, 0, 0.0012]]), 0, 1.2)
    made = [
        bar((0, 0, 0.12), (0, 0, height), 0.0055, slot=1, segments=14),
        bar((0, 0, height - 0.03), (0, 0, height + 0.03), 0.004, slot=1),
    ]
    runner = brim - 0.02
    made.append(disc(0.013, 0.05, (0, 0, runner), slot=2))
    for k in range(ribs):
        a = 2 * np.pi * k / ribs
        c, s = float(np.cos(a)), float(np.sin(a))
        out = np.linspace(0.03, 1, 8)
        path = np.column_stack([radius * out * c, radius * out * s, brim + rise * (1 - out**1.9) - 0.004])
        made.append(meshes.sweep(path, 0.0022, 6, 1))
        middle = path[4]
        made.append(
            bar(
                (0.012 * c, 0.012 * s, runner),
                (float(middle[0]), float(middle[1]), float(middle[2])),
                0.0018,
                slot=1,
                segments=6,
            )
        )
    crook = tube(
        [
            (0, 0, 0.16),
            (0, 0, 0.05),
            (0.018, 0, 0.018),
            (0.045, 0, 0.012),
            (0.068, 0, 0.03),
            (0.072, 0, 0.055),
        ],
        0.012,
        slot=3,
        count=40,
    )
    shapes = [
        capsule((0, 0, 0.03), (0, 0, height), 0.012, "steel", "grip"),
        block((1.2 * radius, 1.2 * radius, 0.08), wish.material, (0, 0, brim + 0.6 * rise), label="canopy"),
    ]
    surfaces = (
        surface(wish, "umbrella_cloth"),
        Surface("chrome"),
        Surface("matte_plastic", (0.02, 0.02, 0.02)),
        Surface("lacquered_wood"),
    )
    spots = {"grip": (0.0, 0.0, 0.11), "tip": (0.0, 0.0, height + 0.03), "top": (0.0, 0.0, brim + rise)}
    return single(
        "umbrella",
        [solid(shapes, canopy), seen(*made, crook)],
        surfaces,
        wish,
        0.48,
        plate_sound("fabric", radius, radius, 0.001),
        spots,
    )
