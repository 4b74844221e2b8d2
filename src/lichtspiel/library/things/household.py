"""Furniture that people use in films: sofa, bed, door, sink, oven, easel."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Joint, Mesh, Part, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.forms import (
    bar,
    block,
    disc,
    pillar,
    plate_sound,
    ribbon,
    ring,
    rod_sound,
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
    return meshes.moved(meshes.Mesh(points, made.corners, made.sizes, made.slots, None, 1.2), at, turn)


def sofa(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A three-seat sofa facing -y with loose cushions and wooden feet; two people can carry it."""
    wide, deep = number(parameters, "width"), number(parameters, "depth")
    inner = wide - 0.44
    each = inner / 3
    made = [slab((wide - 0.04, deep - 0.06, 0.20), (0, 0, 0.22), 0.04), slab((wide - 0.06, 0.22, 0.50), (0, deep / 2 - 0.12, 0.55), 0.08, turn=meshes.turn((1, 0, 0), -0.10))]
    for s in (-1.0, 1.0):
        made.append(slab((0.20, deep - 0.02, 0.34), (s * (wide / 2 - 0.10), 0, 0.36), 0.06))
        made.append(bar((s * (wide / 2 - 0.10), -deep / 2 + 0.02, 0.55), (s * (wide / 2 - 0.10), deep / 2 - 0.04, 0.55), 0.115, segments=28))
        made.append(cushion((0.44, 0.16, 0.42), (s * (wide / 2 - 0.42), 0.10, 0.66), 2, meshes.turn((1, 0, 0), -0.32)))
    for k in range(3):
        x = (k - 1) * each
        made += [cushion((each - 0.01, deep - 0.30, 0.17), (x, -0.09, 0.395), 0), cushion((each - 0.02, 0.20, 0.44), (x, deep / 2 - 0.27, 0.66), 0, meshes.turn((1, 0, 0), -0.18))]
    feet = [meshes.moved(meshes.lathe(np.array([(0, 0), (0.020, 0), (0.030, 0.09), (0.034, 0.13), (0, 0.13)]), 20, 1), (sx * (wide / 2 - 0.09), sy * (deep / 2 - 0.10), 0)) for sx in (-1, 1) for sy in (-1, 1)]
    shapes = [
        block((wide, deep, 0.34), wish.material, (0, 0, 0.30), label="top"), block((wide, 0.24, 0.5), wish.material, (0, deep / 2 - 0.13, 0.62)),
        *(block((0.22, deep, 0.30), wish.material, (s * (wide / 2 - 0.11), 0, 0.50)) for s in (-1, 1)), *(pillar((sx * (wide / 2 - 0.09), sy * (deep / 2 - 0.1), 0), (sx * (wide / 2 - 0.09), sy * (deep / 2 - 0.1), 0.13), 0.025, "wood") for sx in (-1, 1) for sy in (-1, 1)),
    ]  # fmt: skip
    surfaces = (surface(wish, "upholstery", (0.05, 0.10, 0.115)), Surface("walnut"), Surface("upholstery", (0.42, 0.24, 0.06)))
    spots = {"top": (0.0, -0.12, 0.47), "seat_1": (-each, -0.12, 0.465), "seat_2": (0.0, -0.12, 0.465), "seat_3": (each, -0.12, 0.465), "grip_left": (wide / 2, 0.0, 0.25), "grip_right": (-wide / 2, 0.0, 0.25)}
    return single("sofa", [solid(shapes, *made), seen(*feet)], surfaces, wish, 46.0, plate_sound("foam", wide, deep, 0.2), spots)


def bed(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A double bed facing -y: slatted wooden frame, mattress, quilt turned down, two pillows."""
    wide, long_ = number(parameters, "width"), number(parameters, "length")
    made = [slab((wide + 0.10, 0.05, 1.0), (0, long_ / 2 + 0.03, 0.50), 0.015), slab((wide + 0.08, 0.045, 0.42), (0, -long_ / 2 - 0.025, 0.27), 0.012)]
    made += [slab((0.035, long_, 0.20), (s * (wide / 2 + 0.025), 0, 0.30), 0.008) for s in (-1, 1)]
    made += [slab((wide / 3.4, 0.012, 0.5), ((k - 1) * wide / 3.1, long_ / 2 + 0.002, 0.72), 0.01) for k in range(3)]
    soft = [cushion((wide, long_ - 0.02, 0.22), (0, 0, 0.42), 1)]
    # The quilt hangs over the sides in soft waves.
    u, v = np.linspace(-1, 1, 41), np.linspace(0, 1, 33)
    uu, vv = np.meshgrid(u, v)
    over = np.clip((np.abs(uu) - 0.86) / 0.14, 0, 1)
    x = uu * (wide / 2 + 0.055) - np.sign(uu) * 0.02 * over**2
    z = 0.585 - 0.24 * over**1.3 + 0.012 * np.sin(9 * uu + 3 * vv) * np.sin(7 * vv + uu) * (1 - over) + 0.02 * np.exp(-(((vv - 0.93) / 0.05) ** 2))
    y = -long_ / 2 + 0.02 + vv * long_ * 0.70 + 0.012 * np.sin(14 * uu) * over
    top = np.stack([x, y, z], axis=-1)
    soft.append(_sheet(top, 0.03, 2))
    for s in (-1.0, 1.0):
        soft.append(cushion((wide * 0.42, 0.46, 0.17), (s * wide * 0.235, long_ / 2 - 0.29, 0.60), 1, meshes.turn((1, 0, 0), 0.16)))
    shapes = [block((wide + 0.08, long_, 0.32), wish.material, (0, 0, 0.36), label="top"), block((wide + 0.1, 0.05, 1.0), "wood", (0, long_ / 2 + 0.03, 0.5)), block((wide + 0.08, 0.045, 0.48), "wood", (0, -long_ / 2 - 0.025, 0.24))]
    shapes += [block((0.06, 0.06, 0.3), "wood", (sx * wide / 2, sy * (long_ / 2 - 0.1), 0.15)) for sx in (-1, 1) for sy in (-1, 1)]
    made += [slab((0.06, 0.06, 0.3), (sx * wide / 2, sy * (long_ / 2 - 0.1), 0.15), 0.006) for sx in (-1, 1) for sy in (-1, 1)]
    surfaces = (surface(wish, "oak"), Surface("linen", (0.74, 0.73, 0.70)), Surface("fabric", (0.10, 0.16, 0.24)))
    spots = {"top": (0.0, -0.2, 0.56), "seat": (0.0, -long_ * 0.25, 0.54), "lie": (0.0, 0.0, 0.55), "pillow": (wide * 0.235, long_ / 2 - 0.29, 0.66)}
    return single("bed", [solid(shapes, made[0]), seen(*made[1:]), seen(*soft)], surfaces, wish, 85.0, plate_sound("wood", wide, long_, 0.03), spots, fixed=True)


def _sheet(top: Array, thick: float, slot: int) -> Mesh:
    """A closed blanket from the points (R, C, 3) of its upper side."""
    rows, columns = top.shape[:2]
    low = top - [0, 0, thick]
    points = np.concatenate([top.reshape(-1, 3), low.reshape(-1, 3)])
    n = rows * columns
    quads = []
    for r in range(rows - 1):
        for c in range(columns - 1):
            a, b, d, e = r * columns + c, r * columns + c + 1, (r + 1) * columns + c, (r + 1) * columns + c + 1
            quads += [(a, b, e, d), (n + a, n + d, n + e, n + b)]
    edge = [*range(columns), *(r * columns + columns - 1 for r in range(1, rows)), *(n - 1 - c for c in range(1, columns)), *(r * columns for r in range(rows - 2, 0, -1))]
    quads += [(edge[i], n + edge[i], n + edge[(i + 1) % len(edge)], edge[(i + 1) % len(edge)]) for i in range(len(edge))]
    return meshes.from_polygons(points, quads, slot, 1.2)


def door(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A panelled door in its frame; the leaf hangs on hinges on its left (+x) and swings to both sides.

    The leaf rests shut at angle 0 and opens up to about 110 degrees.
    """
    wide, high, thick = number(parameters, "width"), number(parameters, "height"), 0.042
    frame = [slab((0.10, 0.14, high + 0.10), (s * (wide / 2 + 0.055), 0, (high + 0.10) / 2), 0.006) for s in (-1, 1)]
    frame.append(slab((wide + 0.212, 0.136, 0.094), (0, 0, high + 0.055), 0.006))
    stops = [pillar((s * (wide / 2 + 0.055), 0, 0), (s * (wide / 2 + 0.055), 0, high), 0.045, wish.material, "frame") for s in (-1, 1)]
    stops.append(block((wide + 0.22, 0.14, 0.09), wish.material, (0, 0, high + 0.06), label="frame"))
    still = fused("frame", [solid(stops, *frame)], (surface(wish, "white_paint"),), joint=FIXED, resonator=plate_sound("wood", high, 0.1, 0.05))
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
        metal.append(tube([(-wide + 0.065, s * 0.022, 1.05), (-wide + 0.065, s * 0.062, 1.05), (-wide + 0.085, s * 0.070, 1.05), (-wide + 0.19, s * 0.066, 1.05)], [0.010, 0.010, 0.0105, 0.009], slot=1, count=30))
    metal += [bar((0.0, -0.024, z - 0.05), (0.0, -0.024, z + 0.05), 0.009, slot=1) for z in (0.25, high - 0.25)]
    shapes = [block((wide - 0.008, thick, high - 0.014), wish.material, (-wide / 2, 0, high / 2), label="leaf"), *(pillar((-wide + 0.075, s * 0.066, 1.05), (-wide + 0.19, s * 0.066, 1.05), 0.01, "brass", "handle") for s in (-1.0, 1.0))]
    swing = Part(
        "leaf", tuple(shapes), meshes.joined(*leaf, *metal), (surface(wish, "white_paint"), Surface("brass")), mass_kg=22.0, position=(wide / 2, 0.0, 0.006),
        parent="frame", joint=Joint("hinge", (0, 0, 1), range=(-1.92, 1.92), damping=0.9), resonator=plate_sound("wood", high, wide, 0.03),
    )  # fmt: skip
    spots: dict[str, Vec3] = {
        "handle": (-wide / 2 + 0.14, -0.066, 1.056), "handle_back": (-wide / 2 + 0.14, 0.066, 1.056), "knock": (0.0, -0.025, 1.45), "top": (0.0, 0.0, high + 0.1),
        "front": (0.0, -0.6, 0.0), "back": (0.0, 0.6, 0.0),
    }  # fmt: skip
    return assembled([still, swing], wish.scale, spots=spots)


def sink(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A kitchen sink in its cabinet: steel bowl, draining board, swan-neck tap; `outlet` is where water leaves it."""
    wide, deep, top = number(parameters, "width"), number(parameters, "depth"), 0.91
    bowl_x, bowl_w, bowl_d, bowl_h = -wide * 0.20, wide * 0.42, deep * 0.68, 0.18
    y0 = -0.02
    made = [slab((wide, deep - 0.03, top - 0.15), (0, 0.015, 0.09 + (top - 0.15) / 2), 0.004, slot=1), slab((wide - 0.04, deep - 0.12, 0.09), (0, 0.03, 0.045), 0.002, slot=1)]
    for k in range(2):
        x = (k - 0.5) * wide / 2
        made += [slab((wide / 2 - 0.008, 0.020, top - 0.17), (x, -deep / 2 + 0.002, 0.10 + (top - 0.17) / 2), 0.004, slot=1), bar((x - 0.08 if k else x + 0.08, -deep / 2 - 0.032, 0.60), (x - 0.08 if k else x + 0.08, -deep / 2 - 0.032, 0.74), 0.006, slot=2)]
    edge = 0.030
    lip = [slab((wide, (deep - bowl_d) / 2 + y0, edge), (0, -deep / 2 + ((deep - bowl_d) / 2 + y0) / 2, top - edge / 2), 0.004), slab((wide, (deep - bowl_d) / 2 - y0, edge), (0, deep / 2 - ((deep - bowl_d) / 2 - y0) / 2, top - edge / 2), 0.004)]
    left = bowl_x - bowl_w / 2 + wide / 2
    right = wide / 2 - (bowl_x + bowl_w / 2)
    lip += [slab((left, bowl_d, edge), (-wide / 2 + left / 2, y0, top - edge / 2), 0.004), slab((right, bowl_d, edge), (wide / 2 - right / 2, y0, top - edge / 2), 0.004)]
    rings = []
    for z, share, power in ((top - 0.001, 1.0, 9.0), (top - 0.02, 0.985, 8.0), (top - bowl_h * 0.85, 0.95, 6.0), (top - bowl_h, 0.86, 5.0)):
        rings.append(np.column_stack([superellipse(bowl_w * share, bowl_d * share, power, 64) + [bowl_x, y0], np.full(64, z)]))
    inner = np.array(rings)
    outer = inner[::-1] * 1.0
    outer[:, :, :2] = (outer[:, :, :2] - [bowl_x, y0]) * 1.02 + [bowl_x, y0]
    outer[0, :, 2] -= 0.004
    outer[1, :, 2] -= 0.004
    basin = _bowl(inner, outer)
    made += [basin, disc(0.035, 0.006, (bowl_x, y0, top - bowl_h + 0.003), slot=2), ring(0.035, 0.003, (bowl_x, y0, top - bowl_h + 0.006), slot=2)]
    made += [slab((0.012, bowl_d * 0.86, 0.006), (wide * 0.12 + 0.036 * k, y0, top + 0.001), 0.003) for k in range(9)]
    ty, tz = deep / 2 - 0.075, top
    outlet = (bowl_x, y0 + 0.03, top + 0.20)
    tap = [disc(0.028, 0.02, (bowl_x, ty, tz + 0.01), slot=2), bar((bowl_x, ty, tz), (bowl_x, ty, tz + 0.10), 0.019, slot=2, segments=24)]
    tap.append(tube([(bowl_x, ty, tz + 0.08), (bowl_x, ty, tz + 0.24), (bowl_x, ty - 0.03, tz + 0.335), (bowl_x, ty - 0.095, tz + 0.36), (bowl_x, ty - 0.155, tz + 0.32), (bowl_x, outlet[1], tz + 0.25), outlet], 0.0115, slot=2, count=50, segments=16))
    tap += [disc(0.0145, 0.03, (outlet[0], outlet[1], outlet[2] + 0.012), slot=2), tube([(bowl_x + 0.015, ty, tz + 0.085), (bowl_x + 0.05, ty - 0.01, tz + 0.10), (bowl_x + 0.10, ty - 0.025, tz + 0.125)], [0.010, 0.008, 0.0065], slot=2)]
    wall = (left, right)
    shapes = [
        block((wide, deep, top - bowl_h - 0.01), "wood", (0, 0, (top - bowl_h - 0.01) / 2)), block((wide, (deep - bowl_d) / 2 + y0, bowl_h), wish.material, (0, -deep / 2 + ((deep - bowl_d) / 2 + y0) / 2, top - bowl_h / 2), label="edge"),
        block((wide, (deep - bowl_d) / 2 - y0, bowl_h), wish.material, (0, deep / 2 - ((deep - bowl_d) / 2 - y0) / 2, top - bowl_h / 2)), block((wall[0], bowl_d, bowl_h), wish.material, (-wide / 2 + wall[0] / 2, y0, top - bowl_h / 2)),
        block((wall[1], bowl_d, bowl_h), wish.material, (wide / 2 - wall[1] / 2, y0, top - bowl_h / 2), label="top"), pillar((bowl_x, ty, tz), (bowl_x, ty, tz + 0.3), 0.02, "brass", "tap"),
    ]  # fmt: skip
    surfaces = (surface(wish, "brushed_steel"), Surface("kitchen_front"), Surface("chrome"))
    spots: dict[str, Vec3] = {
        "outlet": outlet, "basin": (bowl_x, y0, top - bowl_h + 0.008), "top": (wide * 0.27, y0, top + 0.005), "lever": (bowl_x + 0.10, ty - 0.025, tz + 0.125), "edge": (0.0, -deep / 2, top),
        "opening": (bowl_x, y0, top),
    }  # fmt: skip
    return single("sink", [solid(shapes, *lip), seen(*made, *tap)], surfaces, wish, 38.0, plate_sound("steel", wide, deep, 0.0008), spots, fixed=True)


def _bowl(inner: Array, outer: Array) -> Mesh:
    """A basin open upward: up its outside (rings from below), over the rim, down its inside to a floor."""
    rings = np.concatenate([outer, inner])
    made = meshes.loft(rings, 0, 0.6)
    return made if enclosed_volume(made) > 0 else meshes.loft(rings[:, ::-1], 0, 0.6)


def oven(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A kitchen range: glass door with a bar handle, knobs, four rings on its top; the door drops open."""
    wide, deep, high = number(parameters, "width"), number(parameters, "depth"), number(parameters, "height")
    front = -deep / 2
    made = [slab((wide, deep - 0.02, high - 0.08), (0, 0.01, 0.07 + (high - 0.08) / 2), 0.006), slab((wide - 0.04, deep - 0.10, 0.08), (0, 0.03, 0.04), 0.002, slot=1), slab((wide, deep, 0.014), (0, 0, high + 0.003), 0.004, slot=1)]
    for x, y, r in ((-0.15, -0.12, 0.09), (0.15, -0.12, 0.075), (-0.15, 0.14, 0.075), (0.15, 0.14, 0.09)):
        made += [ring(r * f, 0.0012, (x, y, high + 0.0105), slot=3, count=56, segments=6) for f in (1.0, 0.72, 0.42)]
    made.append(slab((wide - 0.004, 0.012, 0.10), (0, front - 0.001, high - 0.065), 0.004, slot=0))
    for k in range(5):
        x = (k - 2) * wide * 0.18
        made += [disc(0.022, 0.026, (x, front - 0.018, high - 0.065), (0, 1, 0), slot=1, bevel=0.004, segments=32), slab((0.003, 0.004, 0.018), (x, front - 0.032, high - 0.058), 0.001, slot=3)]
    door_h = high - 0.32
    leaf = [slab((wide - 0.008, 0.030, door_h), (0, 0, door_h / 2), 0.006, slot=0), slab((wide * 0.72, 0.006, door_h * 0.56), (0, -0.015, door_h * 0.47), 0.02, slot=1), bar((-wide * 0.40, -0.05, door_h - 0.055), (wide * 0.40, -0.05, door_h - 0.055), 0.010, slot=2, segments=20)]
    leaf += [bar((s * wide * 0.36, -0.012, door_h - 0.055), (s * wide * 0.36, -0.05, door_h - 0.055), 0.008, slot=2) for s in (-1, 1)]
    surfaces = (surface(wish, "white_enamel"), Surface("tinted_glass"), Surface("brushed_steel"), Surface("line_white"))
    made.append(slab((wide - 0.01, 0.016, 0.10), (0, front + 0.0, 0.135), 0.004, slot=0))
    body = fused("body", [solid([block((wide, deep - 0.05, high), wish.material, (0, 0.025, high / 2), label="top")], made[0]), seen(*made[1:])], surfaces, joint=FIXED, resonator=plate_sound("steel", high, wide, 0.001))
    hatch = Part(
        "door", (block((wide - 0.008, 0.030, door_h), wish.material, (0, 0, door_h / 2), label="door"),), meshes.joined(*leaf), surfaces, mass_kg=6.0, position=(0.0, front - 0.012, 0.20), parent="body",
        joint=Joint("hinge", (1, 0, 0), range=(-0.001, 1.55), damping=1.5, stiffness=14.0), resonator=plate_sound("glass", door_h, wide, 0.006),
    )  # fmt: skip
    spots: dict[str, Vec3] = {"top": (-0.15, -0.12, high + 0.011), "handle": (0.0, front - 0.06, 0.20 + door_h - 0.055), "edge": (0.0, front, high)}
    return assembled([body, hatch], wish.scale, spots=spots)


def easel(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A studio easel facing -y that carries a stretched canvas with the first strokes of a landscape."""
    height = number(parameters, "height")
    lean = 0.14
    made = []
    for s in (-1.0, 1.0):
        made.append(bar((s * 0.36, -0.16, 0.012), (s * 0.05, 0.09, height * 0.96), 0.019))
    made += [bar((0, 0.62, 0.012), (0, 0.10, height * 0.94), 0.018), slab((0.62, 0.09, 0.025), (0, -0.115, 0.70), 0.005), slab((0.62, 0.012, 0.05), (0, -0.155, 0.715), 0.004), slab((0.44, 0.03, 0.045), (0, 0.015, 1.30), 0.006), slab((0.08, 0.06, 0.05), (0, 0.03, 1.535), 0.006)]
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

    canvas += [daub(-w * 0.46, w * 0.46, 0.08, 0.36, 2, 0.0), daub(-w * 0.46, w * 0.46, -0.06, 0.09, 3, 0.03), daub(-w * 0.46, w * 0.46, -0.36, -0.04, 4, 0.02), daub(0.06, 0.16, 0.17, 0.27, 5, 0.0)]
    shapes = [block((0.05, 0.05, height), wish.material, (0, 0.2, height / 2)), *(pillar((s * 0.36, -0.16, 0.012), (s * 0.05, 0.09, height * 0.96), 0.02, wish.material) for s in (-1.0, 1.0)), Shape("box", (w / 2, 0.01, h / 2), "fabric", (float(at[0]), float(at[1]), float(at[2])), turn, label="canvas")]
    surfaces = (surface(wish, "beech"), Surface("linen", (0.76, 0.74, 0.68)), Surface("oil_paint", (0.16, 0.36, 0.62)), Surface("oil_paint", (0.10, 0.17, 0.22)), Surface("oil_paint", (0.22, 0.30, 0.06)), Surface("oil_paint", (0.86, 0.62, 0.16)))
    spots = {"canvas": (0.0, -0.075, 1.12), "top": (0.0, 0.09, height), "front": (0.0, -0.75, 0.0)}
    return single("easel", [solid(shapes, *made), seen(*canvas)], surfaces, wish, 7.0, rod_sound("wood", height, 0.018), spots, fixed=True)
