"""Hats and caps: rings around the head, from the rim to the crown.

Heights count from the line of the eyes, in metres of a grown-up's head; smaller heads get smaller
hats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.people.clothes.crowns import brim, dome, skin, tilted
from lichtspiel.library.people.clothes.fitting import Fitting
from lichtspiel.library.people.clothes.headfit import SIDES, HeadFit, head_of
from lichtspiel.library.people.clothes.helmets import (
    bicycle_helmet,
    hard_hat,
    knight_helmet,
    space_helmet,
)
from lichtspiel.library.people.clothes.layers import Cover, Layer, Order
from lichtspiel.library.people.clothes.sewing import Work, on_bone
from lichtspiel.library.people.figure import Strands
from lichtspiel.library.records import GarmentEntry

_PLEATS, _PLEAT = 30, 0.055
"""Pleats around a chef's hat, and how deep they are against its half width."""
_PUFF = (
    (0.0, 1.0, 0.0), (0.006, 1.03, 0.0), (0.03, 1.05, 0.05), (0.055, 1.09, 0.15), (0.075, 1.17, 0.4),
    (0.090, 1.28, 0.7), (0.105, 1.36, 0.9), (0.120, 1.37, 1.0), (0.134, 1.30, 1.0), (0.143, 1.14, 1.0),
    (0.147, 0.92, 1.0), (0.146, 0.65, 1.0), (0.140, 0.35, 1.0), (0.134, 0.06, 1.0),
)  # fmt: skip
"""A chef's hat above its band: heights in metres, widths against the band's, and how loosely it falls."""
UNDER_RIM_M = 0.006
"""Hair this close below a rim is pressed under it."""
Shape = Callable[[Order, HeadFit], list[tuple[Mesh, int]]]
"""Meshes of a hat with the slots of their surfaces."""


def hat(order: Order, fitting: Fitting) -> Layer:
    """The hat whose shape the entry's parameter `shape` names."""
    head = head_of(order.person, fitting.physique)
    pieces = SHAPES[order.text("shape")](order, head)

    def sew(_settled: Array, _buried: Cover) -> Work:
        work = Work()
        for mesh, slot in pieces:
            work.add_mesh(mesh, on_bone(len(mesh.vertices), "head"), slot)
        return work

    return Layer(order, sew)


def uncovered(strands: Sequence[Strands], entry: GarmentEntry, head: HeadFit) -> tuple[Strands, ...]:
    """The hair that a hat leaves to be seen: what grows below its rim, and all of the face's."""
    if entry.hides_hair:
        return tuple(s for s in strands if s.kind != "scalp")
    rim = entry.parameters.get("rim")
    if not isinstance(rim, tuple):
        return tuple(strands)
    return tuple(_below(s, rim[0], rim[1], head) if s.kind == "scalp" else s for s in strands)


def _below(strands: Strands, front: float, back: float, head: HeadFit) -> Strands:
    roots = strands.points[:, 0]
    length = 2 * head.half_lengths[0]
    share = np.clip((roots[:, 1] - (head.middles[0] - length / 2)) / length, 0, 1)
    limit = head.eyes[2] + (front + (back - front) * share) * head.scale - UNDER_RIM_M
    kept = roots[:, 2] < limit
    points = strands.points[kept]
    # What is left does not rise through the hat.
    points = np.concatenate(
        [points[..., :2], np.minimum(points[..., 2:], (limit[kept] + 2 * UNDER_RIM_M)[:, None, None])], -1
    )
    return replace(strands, points=points, radius=strands.radius[kept], follow=strands.follow[kept])


def band(
    head: HeadFit, low: float | Array, high: float | Array, out: float, thickness: float = 0.003
) -> Mesh:
    """A belt around the hat with its own edge."""
    a, b = head.ring(low, out), head.ring(high, out)
    return skin([a, head.ring(low, out + thickness), head.ring(high, out + thickness), b])


def visor(head: HeadFit, height: float, length: float, half_turn: float, out: float, droop: float) -> Mesh:
    """A stiff peak over the forehead that spans `half_turn` radians to both sides."""
    turns = np.linspace(-half_turn, half_turn, 41)
    steps = np.linspace(0, 1, 8)
    base = _at(head, height, turns, out)
    ends = np.cos(turns / half_turn * np.pi / 2) ** 0.7
    upper = []
    for share in steps:
        row = base.copy()
        row[:, 1] -= share * length * ends
        row[:, 2] -= droop * (share**1.3) * ends + 0.012 * (turns / half_turn) ** 2 * share * ends
        upper.append(row)
    under = [row - [0, 0, 0.003] for row in upper]
    rows = [*upper[::-1], *under]
    points = np.concatenate(rows)
    wide = len(turns)
    polygons = [
        (r * wide + k, r * wide + k + 1, (r + 1) * wide + k + 1, (r + 1) * wide + k)
        for r in range(len(rows) - 1)
        for k in range(wide - 1)
    ]
    return meshes.from_polygons(points, [p[::-1] for p in polygons], smooth_angle_rad=0.9)


def _at(head: HeadFit, height: float, turns: Array, out: float) -> Array:
    ring = head.ring(height, out, 720)
    index = np.round(turns / (2 * np.pi) * 720).astype(int) % 720
    return np.asarray(ring[index])


def _cap(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    s = head.scale
    low = tilted(head, 0.052, 0.022)
    rings = [head.ring(low + 0.002, 0.001), *dome(head, low, 0.004, 0.012 * s)]
    button = meshes.moved(meshes.sphere(0.006 * s, 14, 8), rings[-1].mean(0))
    peak = visor(head, 0.052 * s, 0.072 * s, 0.95, 0.003, 0.020 * s)
    return [(skin(rings, True), 0), (peak, order.slot("peak")), (button, order.slot("peak"))]


def _beanie(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    s = head.scale
    low = tilted(head, 0.034, -0.012)
    crown = dome(head, low, 0.006, 0.022 * s)
    cuff_top = low + 0.055 * s
    cuff = [
        head.ring(low + 0.004, 0.001), head.ring(low, 0.007), head.ring(low + 0.004, 0.0125),
        head.ring((low + cuff_top) / 2, 0.0135), head.ring(cuff_top - 0.004, 0.0125),
        head.ring(cuff_top, 0.006),
    ]  # fmt: skip
    return [(skin(crown, True), 0), (skin(cuff), order.slot("cuff"))]


def _felt_hat(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    """Crown of straight sides with a pinch and a crease, brim, ribbon: fedora, cowboy and top hat."""
    s = head.scale
    low = tilted(head, 0.040, 0.028)
    tall = order.number("crown_m", 0.105) * s
    taper, crease, pinch = (order.number(name, 0.0) for name in ("taper", "crease", "pinch"))
    base = head.ring(low, 0.005)
    centre = np.array([head.eyes[0], float(head.middles.mean()), 0.0])
    turn = head.around()
    rings = [head.ring(low + 0.006, 0.001), base]
    for share in (0.25, 0.5, 0.75, 0.92, 1.0):
        shrink = 1 - taper * share - 0.03 * (share > 0.95)
        ring = centre + (base - centre) * [shrink, shrink, 1.0]
        # Two fingers pinch the front of the crown.
        fingers = np.exp(-(((turn - 0.55) / 0.3) ** 2)) + np.exp(-(((2 * np.pi - turn - 0.55) / 0.3) ** 2))
        ring += (centre - ring) * (pinch * share**2 * fingers)[:, None] * [1, 1, 0]
        ring[:, 2] = base[:, 2] + tall * share
        rings.append(ring)
    for inner in (0.72, 0.45, 0.2, 0.05):
        ring = centre + (rings[6] - centre) * [inner, inner, 0.0]
        across = (ring[:, 0] - centre[0]) / (0.06 * s)
        ring[:, 2] = (
            rings[6][:, 2]
            + 0.006 * s * (1 - inner)
            - crease * s * np.exp(-(across**2)) * min(1.0, 2.2 * (1 - inner))
        )
        rings.append(ring)
    width = order.number("brim_m", 0.06) * s * np.ones(SIDES)
    side = np.abs(np.sin(turn))
    drop = order.number("drop_m", 0.006) * s * np.cos(turn) - order.number("curl_m", 0.012) * s * side**3
    edge = brim(base.copy(), centre, width, drop, 0.003 * s)
    ribbon_high = order.number("ribbon_m", 0.035) * s
    ribbon = []
    for up, off in ((0.001, 1.0), (0.001, 1.012), (ribbon_high, 1.012), (ribbon_high, 1.0)):
        shrink = off * (1 - taper * up / tall)
        ring = centre + (base - centre) * [shrink, shrink, 1.0]
        ring[:, 2] = base[:, 2] + up
        ribbon.append(ring)
    return [(skin(rings, True), 0), (edge, 0), (skin(ribbon), order.slot("ribbon"))]


def _sou_wester(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    """A seaman's rain hat: a vault of panels, and a brim that is long behind."""
    s = head.scale
    low = tilted(head, 0.046, 0.020)
    crown = dome(head, low, 0.006, 0.016 * s)
    turn = head.around()
    seams = 1 + 0.012 * np.abs(np.cos(3 * turn))
    centre = np.array([head.eyes[0], float(head.middles.mean()), 0.0])
    crown = [centre + (ring - centre) * np.column_stack([seams, seams, np.ones(SIDES)]) for ring in crown]
    behind = (1 - np.cos(turn)) / 2
    width = (0.050 + 0.065 * behind**2) * s
    drop = (0.022 + 0.062 * behind**1.5) * s
    wave = 0.004 * s * np.sin(5 * turn + order.rng.uniform(0, 6))
    edge = brim(crown[0].copy(), centre, width, drop + wave, 0.0022 * s)
    return [(skin([head.ring(low + 0.006, 0.001), *crown], True), 0), (edge, 0)]


def _toque(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    """A chef's hat: a stiff band, pleats that widen above it, and a top that puffs out and sinks in."""
    s, sides = head.scale, 4 * SIDES
    low = tilted(head, 0.050, 0.030, sides)
    base = head.ring(low, 0.004, sides)
    centre = np.array([head.eyes[0], float(head.middles.mean()), 0.0])
    turn = head.around(sides)
    high = order.number("band_m", 0.06) * s
    top = centre + (base - centre) * [1.03, 1.03, 1.0] + [0.0, 0.0, high]
    inside = head.ring(low + 0.006, 0.001, sides)
    first, second = order.rng.uniform(0, 2 * np.pi, 2)
    lumps = np.sin(3 * turn + first) + 0.7 * np.sin(5 * turn + second)
    fold = np.abs(np.sin(_PLEATS / 2 * turn))
    puff = []
    for up, wide, loose in _PUFF:
        pleat = wide * (1 + _PLEAT * (fold - 0.6) * min(1.0, up / 0.012) + 0.035 * loose * lumps)
        ring = centre + (top - centre) * np.column_stack([pleat, pleat, np.ones(sides)])
        # It leans to one side, and its edge sags where it stands out.
        ring[:, 0] += 0.016 * s * loose * np.cos(first)
        ring[:, 2] += s * (up - 0.005 * loose * lumps * min(1.0, wide))
        puff.append(ring)
    return [(skin([inside, base, top]), order.slot("band")), (skin(puff, True), 0)]


def _peaked_cap(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    """A uniform's cap: band, flared flat crown, short shiny peak and a badge."""
    s = head.scale
    low = tilted(head, 0.044, 0.030)
    base = head.ring(low, 0.004)
    centre = np.array([head.eyes[0], float(head.middles.mean()), 0.0])
    turn = head.around()
    front = (1 + np.cos(turn)) / 2
    rings = []
    for up, wide in ((0.042, 1.005), (0.062, 1.16), (0.070, 1.24), (0.074, 1.20), (0.078, 0.7), (0.077, 0.1)):
        ring = centre + (base - centre) * [wide, wide, 1.0]
        ring[:, 2] = base[:, 2] + up * s + 0.022 * s * front * min(1.0, up / 0.07)
        rings.append(ring)
    cloth_band = band(head, low, low + 0.044 * s, 0.004, 0.0025)
    peak = visor(head, 0.046 * s, 0.045 * s, 0.85, 0.006, 0.030 * s)
    at = _at(head, 0.070 * s, np.array([0.0]), 0.012)[0] + [0, -0.010 * s, 0.006 * s]
    badge = meshes.moved(meshes.cylinder(0.014 * s, 0.004, 24, 0.001), at, meshes.turn((1.0, 0, 0), 1.25))
    return [
        (skin(rings, True), 0), (cloth_band, order.slot("band")), (peak, order.slot("peak")),
        (badge, order.slot("badge")),
    ]  # fmt: skip


def _crown(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    """A king's crown: a golden band with points and balls on them."""
    s = head.scale
    low = 0.062 * s
    turn = head.around()
    points = 0.5 + 0.5 * np.cos(8 * turn)
    high = low + (0.030 + 0.034 * points**1.5) * s
    inner, outer = head.ring(low, 0.004), head.ring(low, 0.007)
    top_in, top_out = head.ring(low, 0.006), head.ring(low, 0.009)
    top_in[:, 2], top_out[:, 2] = head.eyes[2] + high, head.eyes[2] + high
    wall = skin([top_in, inner, outer, top_out])
    tips = [k * SIDES // 8 for k in range(8)]
    balls = [meshes.moved(meshes.sphere(0.005 * s, 14, 10), top_out[k] + [0, 0, 0.004 * s]) for k in tips]
    belt = head.ring(low + 0.016 * s, 0.008)
    gems = [meshes.moved(meshes.sphere(0.006 * s, 14, 10), belt[(k + SIDES // 16) % SIDES]) for k in tips]
    return [(meshes.joined(wall, *balls), 0), (meshes.joined(*gems), order.slot("gems"))]


SHAPES: dict[str, Shape] = {
    "cap": _cap,
    "beanie": _beanie,
    "felt_hat": _felt_hat,
    "sou_wester": _sou_wester,
    "toque": _toque,
    "peaked_cap": _peaked_cap,
    "hard_hat": hard_hat,
    "bicycle_helmet": bicycle_helmet,
    "knight_helmet": knight_helmet,
    "space_helmet": space_helmet,
    "crown": _crown,
}
