"""Helmets: of workers, firefighters, cyclists, knights and astronauts.

Heights count from the line of the eyes, in metres of a grown-up's head.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, IntArray, Mesh
from lichtspiel.library.people.clothes.crowns import brim, dome, skin, tilted
from lichtspiel.library.people.clothes.headfit import SIDES, HeadFit
from lichtspiel.library.people.clothes.hulls import directions, hull_radius
from lichtspiel.library.people.clothes.layers import Order

BARBUTE = (
    (-0.16, 0.020), (-0.13, 0.012), (-0.10, 0.010), (-0.07, 0.013), (-0.045, 0.016), (-0.02, 0.017),
    (0.005, 0.017), (0.03, 0.016),
)  # fmt: skip
"""Heights of a barbute's lower part and how far it stands off the head there, metres."""
_ROW_M, _RIM_M, _SMOOTHED = 0.005, 0.0028, 6
"""Between rows of a barbute's polygons; radius of its rolled edge, and how often that is smoothed."""
VENTS = (
    (0, -66, -12, 5.5), (0, 6, 58, 5.5), (24, -62, 4, 5), (-24, -62, 4, 5), (23, 18, 62, 5), (-23, 18, 62, 5),
    (49, -54, -4, 5), (-49, -54, -4, 5), (47, 10, 56, 5.5), (-47, 10, 56, 5.5), (71, -30, 30, 4.5),
    (-71, -30, 30, 4.5),
)  # fmt: skip
"""Openings of a bicycle helmet, degrees: how far to the side of the crown, from where before it to where
behind it, and half the width."""
_VENT_M, _TAIL_M = 0.015, 0.020
"""Depth of the openings, and how far the helmet stands out behind."""
_STRAP_M, _WEBBING_M = 0.015, 0.0016
"""Width and thickness of straps."""


def hard_hat(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    """A helmet's shell with a brim and, where the entry has them, a comb or a neck guard."""
    s = head.scale
    low = tilted(head, order.number("front", 0.048), order.number("back", 0.0))
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
    return pieces


def bicycle_helmet(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    """A thick shell with long openings from front to back, and straps before and behind the ears."""
    s, sides = head.scale, 3 * SIDES
    low = tilted(head, order.number("front", 0.052), order.number("back", 0.01), sides)
    gap = order.number("gap_m", 0.022) * s
    rings = dome(head, low, gap, gap + order.number("rise_m", 0.012) * s, 44)
    behind = (1 - np.cos(head.around(sides))) / 2
    for share, ring in zip(np.linspace(0, 1, len(rings)), rings, strict=True):
        ring[:, 1] += _TAIL_M * s * behind**3 * (1 - share**2)
    pressed = np.concatenate(_pressed(np.array(rings), s))
    inner = [head.ring(low + 0.012, 0.002, sides), head.ring(low, 0.5 * gap, sides)]
    points = np.concatenate([*inner, np.concatenate(rings)])
    depth = np.concatenate([np.zeros(2 * sides), pressed])
    centre = points.mean(0)
    points -= (points - centre) / np.linalg.norm(points - centre, axis=1)[:, None] * depth[:, None]
    shell = skin(list(points.reshape(-1, sides, 3)), True)
    ends = np.cumsum(shell.sizes)
    depth = np.append(depth, 0.0)
    floor = np.minimum.reduceat(depth[shell.corners], ends - shell.sizes) > 0.6 * _VENT_M * s
    straps = [(strap, order.slot("strap")) for strap in _straps(head, low)]
    return [(_part(shell, ~floor), 0), (_part(shell, floor), order.slot("vents")), *straps]


def _pressed(rings: Array, scale: float) -> Array:
    """(R, N) metres that the openings go in at the rings (R, N, 3) of a shell."""
    low, high = rings[0].min(0), rings[..., 2].max()
    middle = np.array([rings[0][:, 0].mean(), rings[0][:, 1].mean(), low[2]])
    half = np.array([*np.ptp(rings[0], axis=0)[:2] / 2, high - low[2]])
    unit = (rings - middle) / half
    aside = np.degrees(np.arctan2(unit[..., 0], unit[..., 2]))
    along = np.degrees(np.arcsin(np.clip(unit[..., 1] / np.linalg.norm(unit, axis=-1), -1, 1)))
    inside = np.zeros(aside.shape)
    for side, front, back, wide in VENTS:
        across, length = (aside - side) / wide, (along - (front + back) / 2) / ((back - front) / 2)
        inside = np.maximum(inside, 1 - across**2 - length**4)
    share = np.clip(inside / 0.35, 0, 1)
    return np.asarray(_VENT_M * scale * share**2 * (3 - 2 * share))


def _straps(head: HeadFit, low: Array) -> list[Mesh]:
    """Webbing under the chin, and on either side from behind the ear to it."""
    s = head.scale
    side_y, chin = head.middles[0] - 0.004 * s, head.eyes + np.array([0.0, 0.050, -0.115]) * s
    top = np.array([head.eyes[0], side_y, head.eyes[2] + float(low.mean())])
    down = (chin - top) / np.linalg.norm(chin - top)
    across = np.cross(down, [1.0, 0.0, 0.0])
    near = head.skin[np.abs((head.skin - top) @ across) < 0.008 * s] - top
    flat = np.stack([near[:, 0], near @ down - 0.075 * s], 1)
    flat = flat[flat[:, 1] < 0.075 * s]
    count = 96
    reach, facing = hull_radius(flat, count) + 0.002, directions(count)
    loop = reach[:, None] * facing
    # From one side of the rim under the chin to the other: +y of the plane points down.
    order = np.argsort((np.arctan2(facing[:, 1], facing[:, 0]) + np.pi / 2) % (2 * np.pi))
    loop = loop[order]
    loop = loop[loop[:, 1] > -0.070 * s]
    path = top + loop[:, :1] * [1.0, 0.0, 0.0] + (loop[:, 1:] + 0.075 * s) * down
    straps = [_webbing(path, path - (top + 0.075 * s * down), s)]
    for side in (-1.0, 1.0):
        joint = path[np.argmin(np.abs(path[:, 2] - head.eyes[2] + 0.062 * s) + (side * path[:, 0] < 0))]
        begin = np.array([joint[0], head.middles[0] + 0.050 * s, head.eyes[2] + 0.04 * s])
        line = begin + np.linspace(0, 1, 24)[:, None] * (joint - begin)
        aside = side * (head.skin[:, 0] - head.eyes[0])
        close = np.linalg.norm(head.skin[None, :, 1:] - line[:, None, 1:], axis=-1) < 0.010 * s
        out = np.where(close, aside[None], 0.0).max(1) + 0.002
        out = np.convolve(np.pad(out, 4, mode="edge"), np.full(9, 1 / 9), mode="valid")
        out[-6:] += np.linspace(0, 1, 6) * (side * (joint[0] - head.eyes[0]) - out[-6:])
        line[:, 0] = head.eyes[0] + side * out
        straps.append(_webbing(line, np.broadcast_to([side, 0.0, 0.0], line.shape), s))
    return straps


def _webbing(path: Array, outward: Array, scale: float) -> Mesh:
    """A flat strap along a path (N, 3) whose one face looks outward (N, 3)."""
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    across = np.cross(along, outward)
    across *= 0.5 * _STRAP_M * scale / np.linalg.norm(across, axis=1, keepdims=True)
    up = np.cross(across, along)
    up *= _WEBBING_M * scale / np.linalg.norm(up, axis=1, keepdims=True)
    rings = np.stack([path - across, path + across, path + across + up, path - across + up], 1)
    return meshes.loft(rings, smooth_angle_rad=0.7)


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


def knight_helmet(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    """A barbute: a steel skull down to the collar, open in a T before eyes, nose and mouth."""
    s, sides = head.scale, 3 * SIDES
    upper = dome(head, np.full(sides, 0.03 * s), 0.016 * s, 0.030 * s, 12)
    turn = head.around(sides)
    heights = np.arange(BARBUTE[0][0], BARBUTE[-1][0], _ROW_M)
    lower = []
    for down, off in zip(heights, np.interp(heights, *np.array(BARBUTE).T), strict=True):
        ring = head.ring(np.full(sides, 0.03 * s), off * s, sides)
        ring[:, 2] = head.eyes[2] + down * s
        # The cheek pieces stand before the mouth, the neck behind goes in.
        forward = np.clip((-0.045 - down) / 0.025, 0, 1)
        ring[:, 1] -= (0.011 * np.cos(turn) - 0.001) * s * forward
        lower.append(ring)
    shell = _with_openings(skin([*lower, *upper], True), head)
    rims = []
    for loop in _loops(shell):
        # The edge runs from corner to corner of polygons: it is cut smooth.
        for _ in range(_SMOOTHED):
            edge = shell.vertices[loop]
            shell.vertices[loop] = 0.5 * edge + 0.25 * (np.roll(edge, 1, 0) + np.roll(edge, -1, 0))
        rims.append(meshes.sweep(shell.vertices[loop], _RIM_M * s, 8, closed=True))
    return [(shell, 0), *((rim, order.slot("rim")) for rim in rims)]


def _with_openings(mesh: Mesh, head: HeadFit) -> Mesh:
    """Without the polygons before the eyes, the nose and the mouth."""
    s = head.scale
    ends = np.cumsum(mesh.sizes)
    middles = np.add.reduceat(mesh.vertices[mesh.corners], ends - mesh.sizes, axis=0) / mesh.sizes[:, None]
    x, up = np.abs(middles[:, 0] - head.eyes[0]), middles[:, 2] - head.eyes[2]
    before = middles[:, 1] < head.middles[0] - 0.3 * head.half_lengths[0]
    # The slits narrow to their ends.
    half = 0.023 * np.sqrt(np.clip(1 - (x / (0.066 * s)) ** 4, 0, 1))
    slit = np.abs(up - 0.004 * s) < half * s
    mouth = (up < 0.0) & (x < 0.021 * s)
    return _part(mesh, ~(before & (slit | mouth)))


def _part(mesh: Mesh, kept: NDArray[np.bool_]) -> Mesh:
    """The polygons of a mesh that are kept."""
    corners = mesh.corners[np.repeat(kept, mesh.sizes)]
    return Mesh(mesh.vertices, corners, mesh.sizes[kept], mesh.slots[kept], None, mesh.smooth_angle_rad)


def _loops(mesh: Mesh) -> list[IntArray]:
    """Open edges of a mesh, each chain of them that comes back to where it began."""
    ends = np.cumsum(mesh.sizes)
    following = np.arange(1, len(mesh.corners) + 1)
    following[ends - 1] = ends - mesh.sizes
    edges = list(zip(mesh.corners.tolist(), mesh.corners[following].tolist(), strict=True))
    shared = {(second, first) for first, second in edges}
    after = dict(edge for edge in edges if edge not in shared)
    loops = []
    while after:
        start, step = after.popitem()
        loop = [start]
        while step != start:
            loop.append(step)
            step = after.pop(step)
        loops.append(np.array(loop, np.int32))
    return loops


def space_helmet(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    """A round shell with a wide clear visor over a neck ring."""
    s = head.scale
    centre = np.array([head.eyes[0], float(head.middles[0]) + 0.005, head.eyes[2] + 0.005])
    ball = meshes.sphere(0.175 * s, 72, 48)
    points = ball.vertices * [0.92, 1.0, 1.0] + centre
    ends = np.cumsum(ball.sizes)
    middles = np.add.reduceat(points[ball.corners], ends - ball.sizes, axis=0) / ball.sizes[:, None] - centre
    clear = (middles[:, 1] < -0.045 * s) & (np.abs(middles[:, 2]) < 0.115 * s)
    open_below = middles[:, 2] < -0.135 * s
    ball = Mesh(points, ball.corners, ball.sizes, ball.slots, None, 1.2)
    pieces = [(_part(ball, ~clear & ~open_below), 0), (_part(ball, clear & ~open_below), order.slot("visor"))]
    turn = np.linspace(0, 2 * np.pi, 49)[:-1]
    ring = (
        np.column_stack([0.118 * s * np.cos(turn), 0.125 * s * np.sin(turn), np.full(48, -0.138 * s)])
        + centre
    )
    pieces.append((meshes.sweep(ring, 0.014 * s, 12, closed=True), order.slot("ring")))
    return pieces
