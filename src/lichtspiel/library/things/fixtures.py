"""What is built into a house: doors, sinks, ovens."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Joint, Mesh, Part, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.forms import (
    bar,
    block,
    disc,
    pillar,
    plate_sound,
    ring,
    seen,
    single,
    slab,
    solid,
    superellipse,
    tube,
)
from lichtspiel.library.things.joinery import FIXED, fused
from lichtspiel.library.things.substance import enclosed_volume, number, surface

Parameters = Mapping[str, Parameter]


def door(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A panelled door in its frame; the leaf hangs on hinges on its left (+x) and swings to both sides.

    The leaf rests shut at angle 0 and opens up to about 110 degrees.
    """
    wide, high, thick = number(parameters, "width"), number(parameters, "height"), 0.042
    frame = [
        slab((0.10, 0.14, high + 0.10), (s * (wide / 2 + 0.055), 0, (high + 0.10) / 2), 0.006)
        for s in (-1, 1)
    ]
    frame.append(slab((wide + 0.212, 0.136, 0.094), (0, 0, high + 0.055), 0.006))
    # The leaf has room to swing past its posts.
    stops = [
        pillar((s * (wide / 2 + 0.08), 0, 0), (s * (wide / 2 + 0.08), 0, high), 0.045, wish.material, "frame")
        for s in (-1, 1)
    ]
    stops.append(block((wide + 0.22, 0.14, 0.09), wish.material, (0, 0, high + 0.06), label="frame"))
    still = fused(
        "frame",
        [solid(stops, *frame)],
        (surface(wish, "white_paint"),),
        joint=FIXED,
        resonator=plate_sound("wood", high, 0.1, 0.05),
    )
    # The leaf's frame has its origin on the hinge line, so that it turns about it.
    leaf: list[Mesh] = [slab((wide - 0.008, thick * 0.62, high - 0.012), (-wide / 2, 0, high / 2), 0.002)]
    for x in (-0.06, -wide + 0.06):
        leaf.append(slab((0.11, thick, high - 0.012), (x, 0, high / 2), 0.004))
    for z, tall in ((0.11, 0.21), (0.98, 0.18), (high - 0.075, 0.14)):
        leaf.append(slab((wide - 0.15, thick * 0.98, tall), (-wide / 2, 0, z), 0.004))
    leaf.append(slab((0.10, thick * 0.96, high - 0.1), (-wide / 2, 0, high / 2), 0.004))
    for x in (-wide * 0.29, -wide * 0.71):
        for z, tall in ((0.55, 0.58), (1.49, 0.74)):
            leaf.append(slab((wide * 0.5 - 0.20, thick * 0.9, tall), (x, 0, z), 0.016))
    metal = [slab((0.045, thick + 0.012, 0.17), (-wide + 0.065, 0, 1.04), 0.008, slot=1)]
    for s in (-1.0, 1.0):
        metal.append(
            tube(
                [
                    (-wide + 0.065, s * 0.022, 1.05),
                    (-wide + 0.065, s * 0.062, 1.05),
                    (-wide + 0.085, s * 0.070, 1.05),
                    (-wide + 0.19, s * 0.066, 1.05),
                ],
                [0.010, 0.010, 0.0105, 0.009],
                slot=1,
                count=30,
            )
        )
    metal += [
        bar((0.0, -0.024, z - 0.05), (0.0, -0.024, z + 0.05), 0.009, slot=1) for z in (0.25, high - 0.25)
    ]
    shapes = [
        block((wide - 0.008, thick, high - 0.014), wish.material, (-wide / 2, 0, high / 2), label="leaf"),
        *(
            pillar((-wide + 0.075, s * 0.066, 1.05), (-wide + 0.19, s * 0.066, 1.05), 0.01, "brass", "handle")
            for s in (-1.0, 1.0)
        ),
    ]
    swing = Part(
        "leaf",
        tuple(shapes),
        meshes.joined(*leaf, *metal),
        (surface(wish, "white_paint"), Surface("brass")),
        mass_kg=22.0,
        position=(wide / 2, 0.0, 0.006),
        parent="frame",
        joint=Joint("hinge", (0, 0, 1), range=(-1.92, 1.92), damping=0.9),
        resonator=plate_sound("wood", high, wide, 0.03),
    )
    spots: dict[str, Vec3] = {
        "handle": (-wide / 2 + 0.14, -0.066, 1.056),
        "handle_back": (-wide / 2 + 0.14, 0.066, 1.056),
        "knock": (0.0, -0.025, 1.45),
        "top": (0.0, 0.0, high + 0.1),
        "front": (0.0, -0.6, 0.0),
        "back": (0.0, 0.6, 0.0),
    }
    return assembled([still, swing], wish.scale, spots=spots)


def sink(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A kitchen sink in its cabinet: steel bowl, draining board, tap; water leaves it at `outlet`."""
    wide, deep, top = number(parameters, "width"), number(parameters, "depth"), 0.91
    bowl_x, bowl_w, bowl_d, bowl_h = -wide * 0.20, wide * 0.42, deep * 0.68, 0.18
    y0 = -0.02
    made = [
        slab((wide, deep - 0.03, top - 0.15), (0, 0.015, 0.09 + (top - 0.15) / 2), 0.004, slot=1),
        slab((wide - 0.04, deep - 0.12, 0.09), (0, 0.03, 0.045), 0.002, slot=1),
    ]
    for k in range(2):
        x = (k - 0.5) * wide / 2
        made += [
            slab(
                (wide / 2 - 0.008, 0.020, top - 0.17),
                (x, -deep / 2 + 0.002, 0.10 + (top - 0.17) / 2),
                0.004,
                slot=1,
            ),
            bar(
                (x - 0.08 if k else x + 0.08, -deep / 2 - 0.032, 0.60),
                (x - 0.08 if k else x + 0.08, -deep / 2 - 0.032, 0.74),
                0.006,
                slot=2,
            ),
        ]
    edge = 0.030
    lip = [
        slab(
            (wide, (deep - bowl_d) / 2 + y0, edge),
            (0, -deep / 2 + ((deep - bowl_d) / 2 + y0) / 2, top - edge / 2),
            0.004,
        ),
        slab(
            (wide, (deep - bowl_d) / 2 - y0, edge),
            (0, deep / 2 - ((deep - bowl_d) / 2 - y0) / 2, top - edge / 2),
            0.004,
        ),
    ]
    left = bowl_x - bowl_w / 2 + wide / 2
    right = wide / 2 - (bowl_x + bowl_w / 2)
    lip += [
        slab((left, bowl_d, edge), (-wide / 2 + left / 2, y0, top - edge / 2), 0.004),
        slab((right, bowl_d, edge), (wide / 2 - right / 2, y0, top - edge / 2), 0.004),
    ]
    rings = []
    for z, share, power in (
        # A rim that covers the corners of the cut-out.
        (top + 0.0008, 1.04, 60.0),
        (top, 1.0, 9.0),
        (top - 0.02, 0.985, 8.0),
        (top - bowl_h * 0.85, 0.95, 6.0),
        (top - bowl_h, 0.86, 5.0),
    ):
        rings.append(
            np.column_stack(
                [superellipse(bowl_w * share, bowl_d * share, power, 64) + [bowl_x, y0], np.full(64, z)]
            )
        )
    inner = np.array(rings)
    outer = inner[::-1] * 1.0
    outer[:, :, :2] = (outer[:, :, :2] - [bowl_x, y0]) * 1.02 + [bowl_x, y0]
    outer[0, :, 2] -= 0.004
    outer[1, :, 2] -= 0.004
    basin = _bowl(inner, outer)
    made += [
        basin,
        disc(0.035, 0.006, (bowl_x, y0, top - bowl_h + 0.003), slot=2),
        ring(0.035, 0.003, (bowl_x, y0, top - bowl_h + 0.006), slot=2),
    ]
    made += [
        slab((0.012, bowl_d * 0.86, 0.006), (wide * 0.12 + 0.036 * k, y0, top + 0.001), 0.003)
        for k in range(9)
    ]
    ty, tz = deep / 2 - 0.075, top
    outlet = (bowl_x, y0 + 0.03, top + 0.20)
    tap = [
        disc(0.028, 0.02, (bowl_x, ty, tz + 0.01), slot=2),
        bar((bowl_x, ty, tz), (bowl_x, ty, tz + 0.10), 0.019, slot=2, segments=24),
    ]
    tap.append(
        tube(
            [
                (bowl_x, ty, tz + 0.08),
                (bowl_x, ty, tz + 0.24),
                (bowl_x, ty - 0.03, tz + 0.335),
                (bowl_x, ty - 0.095, tz + 0.36),
                (bowl_x, ty - 0.155, tz + 0.32),
                (bowl_x, outlet[1], tz + 0.25),
                outlet,
            ],
            0.0115,
            slot=2,
            count=50,
            segments=16,
        )
    )
    tap += [
        disc(0.0145, 0.03, (outlet[0], outlet[1], outlet[2] + 0.012), slot=2),
        tube(
            [
                (bowl_x + 0.015, ty, tz + 0.085),
                (bowl_x + 0.05, ty - 0.01, tz + 0.10),
                (bowl_x + 0.10, ty - 0.025, tz + 0.125),
            ],
            [0.010, 0.008, 0.0065],
            slot=2,
        ),
    ]
    wall = (left, right)
    shapes = [
        block((wide, deep, top - bowl_h + 0.008), "wood", (0, 0, (top - bowl_h + 0.008) / 2)),
        block(
            (wide, (deep - bowl_d) / 2 + y0, bowl_h),
            wish.material,
            (0, -deep / 2 + ((deep - bowl_d) / 2 + y0) / 2, top - bowl_h / 2),
            label="edge",
        ),
        block(
            (wide, (deep - bowl_d) / 2 - y0, bowl_h),
            wish.material,
            (0, deep / 2 - ((deep - bowl_d) / 2 - y0) / 2, top - bowl_h / 2),
        ),
        block((wall[0], bowl_d, bowl_h), wish.material, (-wide / 2 + wall[0] / 2, y0, top - bowl_h / 2)),
        block(
            (wall[1], bowl_d, bowl_h),
            wish.material,
            (wide / 2 - wall[1] / 2, y0, top - bowl_h / 2),
            label="top",
        ),
        pillar((bowl_x, ty, tz), (bowl_x, ty, tz + 0.3), 0.02, "brass", "tap"),
    ]
    surfaces = (surface(wish, "brushed_steel"), Surface("kitchen_front"), Surface("chrome"))
    spots: dict[str, Vec3] = {
        "outlet": outlet,
        "basin": (bowl_x, y0, top - bowl_h + 0.008),
        "top": (wide * 0.27, y0, top + 0.005),
        "lever": (bowl_x + 0.10, ty - 0.025, tz + 0.125),
        "edge": (0.0, -deep / 2, top),
        "opening": (bowl_x, y0, top),
    }
    return single(
        "sink",
        [solid(shapes, *lip), seen(*made, *tap)],
        surfaces,
        wish,
        38.0,
        plate_sound("steel", wide, deep, 0.0008),
        spots,
        fixed=True,
    )


def _bowl(inner: Array, outer: Array) -> Mesh:
    """A basin open upward: up its outside (rings from below), over the rim, down its inside to a floor."""
    rings = np.concatenate([outer, inner])
    made = meshes.loft(rings, 0, 0.6)
    return made if enclosed_volume(made) > 0 else meshes.loft(rings[:, ::-1], 0, 0.6)


def oven(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A kitchen range: glass door with a bar handle, knobs, four rings on its top; the door drops open."""
    wide, deep, high = number(parameters, "width"), number(parameters, "depth"), number(parameters, "height")
    front = -deep / 2
    made = [
        slab((wide, deep - 0.02, high - 0.08), (0, 0.01, 0.07 + (high - 0.08) / 2), 0.006),
        slab((wide - 0.04, deep - 0.10, 0.08), (0, 0.03, 0.04), 0.002, slot=1),
        slab((wide, deep, 0.014), (0, 0, high + 0.003), 0.004, slot=1),
    ]
    for x, y, r in ((-0.15, -0.12, 0.09), (0.15, -0.12, 0.075), (-0.15, 0.14, 0.075), (0.15, 0.14, 0.09)):
        made += [
            ring(r * f, 0.0012, (x, y, high + 0.0105), slot=3, count=56, segments=6)
            for f in (1.0, 0.72, 0.42)
        ]
    made.append(slab((wide - 0.004, 0.012, 0.10), (0, front - 0.001, high - 0.065), 0.004, slot=0))
    for k in range(5):
        x = (k - 2) * wide * 0.18
        made += [
            disc(0.022, 0.026, (x, front - 0.018, high - 0.065), (0, 1, 0), slot=1, bevel=0.004, segments=32),
            slab((0.003, 0.004, 0.018), (x, front - 0.032, high - 0.058), 0.001, slot=3),
        ]
    door_h = high - 0.32
    leaf = [
        slab((wide - 0.008, 0.030, door_h), (0, 0, door_h / 2), 0.006, slot=0),
        slab((wide * 0.72, 0.006, door_h * 0.56), (0, -0.015, door_h * 0.47), 0.02, slot=1),
        bar(
            (-wide * 0.40, -0.05, door_h - 0.055),
            (wide * 0.40, -0.05, door_h - 0.055),
            0.010,
            slot=2,
            segments=20,
        ),
    ]
    leaf += [
        bar(
            (s * wide * 0.36, -0.012, door_h - 0.055), (s * wide * 0.36, -0.05, door_h - 0.055), 0.008, slot=2
        )
        for s in (-1, 1)
    ]
    surfaces = (
        surface(wish, "white_enamel"),
        Surface("tinted_glass"),
        Surface("brushed_steel"),
        Surface("line_white"),
    )
    made.append(slab((wide - 0.01, 0.016, 0.10), (0, front + 0.0, 0.135), 0.004, slot=0))
    body = fused(
        "body",
        [
            solid(
                [block((wide, deep - 0.05, high), wish.material, (0, 0.025, high / 2), label="top")], made[0]
            ),
            seen(*made[1:]),
        ],
        surfaces,
        joint=FIXED,
        resonator=plate_sound("steel", high, wide, 0.001),
    )
    hatch = Part(
        "door",
        (block((wide - 0.008, 0.030, door_h), wish.material, (0, 0, door_h / 2), label="door"),),
        meshes.joined(*leaf),
        surfaces,
        mass_kg=6.0,
        position=(0.0, front - 0.012, 0.20),
        parent="body",
        joint=Joint("hinge", (1, 0, 0), range=(-0.001, 1.55), damping=1.5, stiffness=14.0),
        resonator=plate_sound("glass", door_h, wide, 0.006),
    )
    spots: dict[str, Vec3] = {
        "top": (-0.15, -0.12, high + 0.011),
        "handle": (0.0, front - 0.06, 0.20 + door_h - 0.055),
        "edge": (0.0, front, high),
    }
    return assembled([body, hatch], wish.scale, spots=spots)
