"""Hats, caps and helmets: rings around the head, from the rim to the crown.

Heights count from the line of the eyes, in metres of a grown-up's head; smaller heads get smaller
hats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.people.clothes.fitting import Fitting
from lichtspiel.library.people.clothes.headfit import SIDES, HeadFit, head_of
from lichtspiel.library.people.clothes.layers import Cover, Layer, Order
from lichtspiel.library.people.clothes.sewing import Work, on_bone
from lichtspiel.library.people.figure import Strands
from lichtspiel.library.records import GarmentEntry

UNDER_RIM_M = 0.006
"""Hair this close below a rim is pressed under it."""
BARBUTE = (
    (-0.16, 0.020), (-0.13, 0.012), (-0.10, 0.010), (-0.07, 0.013), (-0.045, 0.016), (-0.02, 0.017),
    (0.005, 0.017),
)  # fmt: skip
"""Heights of a barbute's lower rings and how far they stand off the head, metres."""
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


def skin(rings: Sequence[Array], closed_top: bool = False) -> Mesh:
    """A surface through rings of equal length, outward side to the left of its way up."""
    count, sides = len(rings), len(rings[0])
    points = np.concatenate(rings)
    polygons: list[tuple[int, ...]] = []
    for row in range(count - 1):
        a, b = row * sides, (row + 1) * sides
        polygons += [(a + k, a + (k + 1) % sides, b + (k + 1) % sides, b + k) for k in range(sides)]
    if closed_top:
        last = (count - 1) * sides
        points = np.concatenate([points, rings[-1].mean(0)[None]])
        polygons += [(last + k, last + (k + 1) % sides, len(points) - 1) for k in range(sides)]
    return meshes.from_polygons(points, polygons, smooth_angle_rad=0.9)


def dome(head: HeadFit, low: float | Array, out: float, rise: float, steps: int = 10) -> list[Array]:
    """Rings that follow the skull from a height to its crown, `rise` metres above the scalp there."""
    start = np.broadcast_to(np.asarray(low, float), (SIDES,))
    base = head.ring(start, out)
    centre = np.array([head.eyes[0], float(head.middles.mean()), 0.0])
    top = head.eyes[2] + head.top_m + rise + head.hair_m
    rings = []
    for share in np.linspace(0, 1, steps, endpoint=False):
        # A quarter of a superellipse of power 2.4, the shape of a skull's vault.
        up = share
        inward = (1 - up**2.4) ** (1 / 2.4)
        ring = centre + (base - centre) * [inward, inward, 1.0]
        ring[:, 2] = base[:, 2] + (top - base[:, 2]) * up
        rings.append(ring)
    last = centre + (base - centre) * [0.12, 0.12, 0.0]
    last[:, 2] = top - 0.0005
    return [*rings, last]


def band(
    head: HeadFit, low: float | Array, high: float | Array, out: float, thickness: float = 0.003
) -> Mesh:
    """A belt around the hat with its own edge."""
    a, b = head.ring(low, out), head.ring(high, out)
    return skin([a, head.ring(low, out + thickness), head.ring(high, out + thickness), b])


def brim(rim: Array, centre: Array, width: Array, drop: Array, thickness: float, steps: int = 7) -> Mesh:
    """A brim from a rim (N, 3) outwards: width and drop of its edge (N,) metres."""
    out = rim - centre
    out[:, 2] = 0.0
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    upper, lower = [], []
    for share in np.linspace(0, 1, steps):
        ring = rim + share * width[:, None] * out
        ring[:, 2] = rim[:, 2] - drop * share**1.7
        upper.append(ring)
        lower.append(ring - [0, 0, thickness])
    # Up along the underside from the rim, around the edge and back along the top.
    return skin([*lower, *upper[::-1]])


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


def _tilted(head: HeadFit, front: float, back: float) -> Array:
    """(N,) heights of a rim that is higher in front than behind, or the other way round."""
    share = (1 - np.cos(head.around())) / 2
    return np.asarray((front + (back - front) * share) * head.scale)


def _cap(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    s = head.scale
    low = _tilted(head, 0.052, 0.022)
    rings = [head.ring(low + 0.002, 0.001), *dome(head, low, 0.004, 0.012 * s)]
    button = meshes.moved(meshes.sphere(0.006 * s, 14, 8), rings[-1].mean(0))
    peak = visor(head, 0.052 * s, 0.072 * s, 0.95, 0.003, 0.020 * s)
    return [(skin(rings, True), 0), (peak, order.slot("peak")), (button, order.slot("peak"))]


def _beanie(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    s = head.scale
    low = _tilted(head, 0.034, -0.012)
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
    low = _tilted(head, 0.040, 0.028)
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
    low = _tilted(head, 0.046, 0.020)
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
    """A chef's hat: a stiff band and a puffed, pleated top."""
    s = head.scale
    low = _tilted(head, 0.050, 0.030)
    base = head.ring(low, 0.004)
    centre = np.array([head.eyes[0], float(head.middles.mean()), 0.0])
    turn = head.around()
    high = order.number("band_m", 0.085) * s
    rings = [head.ring(low + 0.006, 0.001), base]
    for share, wide in ((1.0, 1.03),):
        ring = centre + (base - centre) * [wide, wide, 1.0]
        ring[:, 2] = base[:, 2] + high * share
        rings.append(ring)
    puff = []
    for up, wide in (
        (0.0, 1.0),
        (0.03, 1.22),
        (0.065, 1.32),
        (0.095, 1.22),
        (0.115, 0.95),
        (0.122, 0.6),
        (0.118, 0.2),
    ):
        pleat = 1 + 0.035 * np.sin(24 * turn) * min(1.0, wide) + 0.05 * np.sin(3 * turn + 1.0) * (up / 0.12)
        ring = centre + (base - centre) * np.column_stack([wide * pleat, wide * pleat, np.ones(SIDES)])
        ring[:, 2] = base[:, 2] + high + up * s
        puff.append(ring)
    return [(skin(rings), order.slot("band")), (skin(puff, True), 0)]


def _peaked_cap(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    """A uniform's cap: band, flared flat crown, short shiny peak and a badge."""
    s = head.scale
    low = _tilted(head, 0.044, 0.030)
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


def _hard_hat(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    """A helmet's shell with a brim and, where the entry has them, a comb, vents or a neck guard."""
    s = head.scale
    low = _tilted(head, order.number("front", 0.048), order.number("back", 0.0))
    gap = order.number("gap_m", 0.016) * s
    crown = dome(head, low, gap, gap + order.number("rise_m", 0.012) * s, 14)
    pieces = [(skin([head.ring(low + 0.004, gap - 0.004), *crown], True), 0)]
    centre = np.array([head.eyes[0], float(head.middles.mean()), 0.0])
    behind = (1 - np.cos(head.around())) / 2
    width = (order.number("brim_m", 0.02) + order.number("guard_m", 0.0) * behind**2) * s
    pieces.append((brim(crown[0].copy(), centre, width, 0.35 * width, 0.004 * s), 0))
    comb = order.number("comb_m", 0.0) * s
    if comb:
        pieces.append((_comb(crown, comb, 0.012 * s), order.slot("comb")))
    for row in range(int(order.number("vents", 0))):
        pieces.append((_vent(crown, row, s), order.slot("vents")))
    return pieces


def _comb(crown: Sequence[Array], height: float, half_width: float) -> Mesh:
    """A ridge from the forehead over the crown to the back."""
    half = SIDES // 2
    path = np.array([*(ring[0] for ring in crown), *(ring[half] for ring in crown[::-1])])
    middle = path.mean(0)
    out = path - middle
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    rise = height * np.sin(np.linspace(0, np.pi, len(path))) ** 0.6
    side = np.array([half_width, 0, 0])
    rings = [
        np.stack([p - side, p - 0.4 * side + o * r, p + 0.4 * side + o * r, p + side])
        for p, o, r in zip(path, out, rise, strict=True)
    ]
    return meshes.loft(np.array(rings), smooth_angle_rad=0.7)


def _vent(crown: Sequence[Array], row: int, scale: float) -> Mesh:
    """A dark slot along the shell, one of several beside each other."""
    offsets = (0, 6, -6, 12, -12)
    at = (offsets[row % 5]) % SIDES
    path = np.array([ring[at] for ring in crown[2:9]])
    out = path - np.array([crown[0][:, 0].mean(), crown[0][:, 1].mean(), crown[0][:, 2].mean()])
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    return meshes.sweep(
        path + 0.0005 * out, 0.007 * scale * np.sin(np.linspace(0.3, np.pi - 0.3, len(path))), 8
    )


def _knight_helmet(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    """A barbute: a steel skull down to the collar, open in a T before eyes, nose and mouth."""
    s = head.scale
    upper = dome(head, 0.03 * s, 0.016 * s, 0.030 * s, 12)
    turn = head.around()
    lower = []
    for down, off in BARBUTE:
        ring = head.ring(0.03 * s, off * s)
        ring[:, 2] = head.eyes[2] + down * s
        # The cheek pieces stand before the mouth, the neck behind goes in.
        ring[:, 1] -= (0.011 * np.cos(turn) - 0.001) * s * (down < -0.05)
        lower.append(ring)
    rings = [*lower, *upper]
    mesh = skin(rings, True)
    return [(_with_openings(mesh, head), 0), (_rim(rings, s), order.slot("rim"))]


def _with_openings(mesh: Mesh, head: HeadFit) -> Mesh:
    """Without the polygons before the eyes, the nose and the mouth."""
    s = head.scale
    ends = np.cumsum(mesh.sizes)
    middles = np.add.reduceat(mesh.vertices[mesh.corners], ends - mesh.sizes, axis=0) / mesh.sizes[:, None]
    x, up = np.abs(middles[:, 0] - head.eyes[0]), middles[:, 2] - head.eyes[2]
    before = middles[:, 1] < head.middles[0] - 0.3 * head.half_lengths[0]
    slit = (np.abs(up - 0.004 * s) < 0.021 * s) & (x < 0.064 * s)
    mouth = (up < 0.0) & (x < 0.021 * s)
    kept = ~(before & (slit | mouth))
    owner = np.repeat(np.arange(len(mesh.sizes)), mesh.sizes)
    return Mesh(
        mesh.vertices,
        mesh.corners[kept[owner]],
        mesh.sizes[kept],
        mesh.slots[kept],
        None,
        mesh.smooth_angle_rad,
    )


def _rim(rings: Sequence[Array], scale: float) -> Mesh:
    """A rolled edge along the lower border, open in front."""
    turn = np.linspace(0, 2 * np.pi, SIDES, endpoint=False)
    path = rings[0][(turn > 0.3) & (turn < 2 * np.pi - 0.3)]
    return meshes.sweep(path, 0.004 * scale, 8)


def _space_helmet(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    """A round shell with a wide clear visor over a neck ring."""
    s = head.scale
    centre = np.array([head.eyes[0], float(head.middles[0]) + 0.005, head.eyes[2] + 0.005])
    ball = meshes.sphere(0.175 * s, 72, 48)
    points = ball.vertices * [0.92, 1.0, 1.0] + centre
    ends = np.cumsum(ball.sizes)
    middles = np.add.reduceat(points[ball.corners], ends - ball.sizes, axis=0) / ball.sizes[:, None] - centre
    clear = (middles[:, 1] < -0.045 * s) & (np.abs(middles[:, 2]) < 0.115 * s)
    open_below = middles[:, 2] < -0.135 * s
    owner = np.repeat(np.arange(len(ball.sizes)), ball.sizes)
    pieces = []
    for chosen, slot in ((~clear & ~open_below, 0), (clear & ~open_below, order.slot("visor"))):
        pieces.append((
            Mesh(points, ball.corners[chosen[owner]], ball.sizes[chosen], ball.slots[chosen], None, 1.2),
            slot,
        ))  # fmt: skip
    turn = np.linspace(0, 2 * np.pi, 49)[:-1]
    ring = (
        np.column_stack([0.118 * s * np.cos(turn), 0.125 * s * np.sin(turn), np.full(48, -0.138 * s)])
        + centre
    )
    pieces.append((meshes.sweep(ring, 0.014 * s, 12, closed=True), order.slot("ring")))
    return pieces


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
    "hard_hat": _hard_hat,
    "knight_helmet": _knight_helmet,
    "space_helmet": _space_helmet,
    "crown": _crown,
}
