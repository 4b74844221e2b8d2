"""Glasses: rims, bridge, temples and lenses before the eyes."""

from __future__ import annotations

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.people.clothes.fitting import Fitting
from lichtspiel.library.people.clothes.headfit import HeadFit, head_of
from lichtspiel.library.people.clothes.layers import Cover, Layer, Order
from lichtspiel.library.people.clothes.sewing import Work, on_bone

VERTEX_DISTANCE_M = 0.013
"""From the cornea to the lens, as opticians fit it (12 to 14 mm)."""


def glasses(order: Order, fitting: Fitting) -> Layer:
    """A pair of glasses; parameters: width_m and height_m of a lens, roundness, wire_m."""
    head = head_of(order.person, fitting.physique)
    pieces = [*_front(order, head), *(_temple(order, head, side) for side in (-1.0, 1.0))]

    def sew(_settled: Array, _buried: Cover) -> Work:
        work = Work()
        for mesh, slot in pieces:
            work.add_mesh(mesh, on_bone(len(mesh.vertices), "head"), slot)
        return work

    return Layer(order, sew)


def _outline(order: Order, head: HeadFit, side: float) -> Array:
    """(N, 3) edge of a lens: a superellipse before the eye, wrapped a little around the face."""
    wide, high = order.number("width_m", 0.048) / 2, order.number("height_m", 0.038) / 2
    power = 2 / order.number("roundness", 2.3)
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    across = wide * np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** power
    up = high * np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** power
    x = side * (head.eye_half_distance + 0.001) + across * head.scale
    forward = head.eye_radius + VERTEX_DISTANCE_M
    y = head.eyes[1] - forward + 2.2 * np.abs(x) ** 2 + 0.12 * up
    return np.stack([head.eyes[0] + x, y, head.eyes[2] - 0.002 + up * head.scale], 1)


def _front(order: Order, head: HeadFit) -> list[tuple[Mesh, int]]:
    wire = order.number("wire_m", 0.0014)
    pieces = []
    edges = {side: _outline(order, head, side) for side in (-1.0, 1.0)}
    for edge in edges.values():
        pieces.append((meshes.sweep(edge, wire, 10, closed=True), 0))
        pieces.append((_lens(edge), order.slot("lens")))
    inner = [edges[side][np.argmin(np.abs(edges[side][:, 0] - head.eyes[0]))] for side in (-1.0, 1.0)]
    arch = (inner[0] + inner[1]) / 2 + [0.0, -0.003, 0.004]
    t = np.linspace(0, 1, 12)[:, None]
    bridge = (1 - t) ** 2 * inner[0] + 2 * t * (1 - t) * arch + t**2 * inner[1]
    return [*pieces, (meshes.sweep(bridge, wire, 10), 0)]


def _lens(edge: Array) -> Mesh:
    points = np.concatenate([edge, edge.mean(0)[None] - [[0.0, 0.001, 0.0]]])
    count = len(edge)
    polygons = [((k + 1) % count, k, count) for k in range(count)]
    return meshes.from_polygons(points, polygons, smooth_angle_rad=1.5)


def _temple(order: Order, head: HeadFit, side: float) -> tuple[Mesh, int]:
    """From the hinge back over the ear, and down behind it."""
    edge = _outline(order, head, side)
    hinge = edge[np.argmax(side * edge[:, 0])]
    ear_y = head.middles[0] + 0.02 * head.scale
    wide = head.half_widths[0] + 0.006 * head.scale
    x = head.eyes[0] + side * wide
    z = hinge[2] + 0.002
    path = np.array([
        hinge, [head.eyes[0] + side * (wide + 0.002), hinge[1] + 0.022, z], [x, (hinge[1] + ear_y) / 2, z],
        [x, ear_y, z], [x - side * 0.003, ear_y + 0.014, z - 0.012],
        [x - side * 0.006, ear_y + 0.022, z - 0.032],
    ])  # fmt: skip
    steps = np.linspace(0, len(path) - 1, 30)
    smooth = np.stack([np.interp(steps, np.arange(len(path)), path[:, axis]) for axis in range(3)], 1)
    return meshes.sweep(smooth, order.number("wire_m", 0.0014), 8), 0
