"""Ties, bow ties and scarves."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.people.clothes.anatomy import IN_FRONT, OFF_ARM, Places
from lichtspiel.library.people.clothes.fitting import Fitting
from lichtspiel.library.people.clothes.layers import Cover, Layer, Order
from lichtspiel.library.people.clothes.sewing import Weights, Work, on_bone
from lichtspiel.library.people.clothes.surface import Outside

_AROUND = 20
_KNOT_Z, _BOW_Z = 1.356, 1.364
"""Heights on the canonical body at which ties are knotted: the button of a shirt's collar."""
_KNOT = (
    (0.019, 0.016, 0.004, 0.0, 0.0015),
    (0.0185, 0.0195, 0.0075, 0.0, 0.0015),
    (0.014, 0.0205, 0.0095, 0.0, 0.001),
    (0.0, 0.0178, 0.0108, 0.0005, 0.0),
    (-0.014, 0.0142, 0.0105, 0.001, -0.001),
    (-0.0185, 0.0132, 0.0085, 0.001, -0.0015),
    (-0.019, 0.011, 0.005, 0.001, -0.0015),
)
"""Rings of a knot from above: height, half width, half depth, shift to the side and slant, in metres."""


def tie(order: Order, fitting: Fitting) -> Layer:
    """A knotted tie down to `end`."""
    outside = Outside.of(fitting)

    def sew(_settled: Array, buried: Cover) -> Work:
        work, scale = Work(), fitting.scale
        z = np.linspace(_KNOT_Z, order.number("end", 1.0), 30)
        on_chest = np.column_stack([0 * z, 0 * z - 0.15, z, 0 * z + OFF_ARM, 0 * z])
        z = z[: max(2, int((buried(Places(on_chest)) > -0.02).sum()))]
        down = (_KNOT_Z - z) / (_KNOT_Z - order.number("end", 1.0))
        half = np.interp(down, (0.0, 0.1, 0.85, 0.93, 1.0), (0.014, 0.017, 0.041, 0.04, 0.002))
        places = np.stack([0 * z, np.full(len(z), IN_FRONT), z], 1)
        points, normals, weights = outside.at(places)
        points[:, 0] = points[:, 0].mean()
        bulge = np.interp(down, (0.0, 0.12, 0.2), (0.01, 0.007, 0.004))
        rows = []
        for side, out in ((-1.0, 0.0), (-0.94, 0.002), (0.0, 0.0035), (0.94, 0.002), (1.0, 0.0)):
            across = np.array([1.0, 0, 0]) * (side * half * scale)[:, None]
            rows.append(points + across + normals * ((bulge + out) * scale)[:, None])
        work.add_rows(np.stack(rows), weights, 0, closed=False)
        knot = meshes.scaled(_knot(), (scale, scale, scale))
        placed = meshes.moved(knot, points[0] + normals[0] * 0.007 * scale + [0, 0, 0.004 * scale])
        own = sparse.csr_array(sparse.vstack([weights[[0]]] * len(placed.vertices)))
        work.add_mesh(placed, own, 0)
        return work

    return Layer(order, sew)


def _knot() -> Mesh:
    """A four-in-hand about the origin, in metres: wide above, narrow where the tie comes out, a bit askew."""
    turn = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)
    # Flat in front with round sides: a superellipse of the fourth degree.
    outline = np.sign([np.cos(turn), np.sin(turn)]) * np.sqrt(np.abs([np.cos(turn), np.sin(turn)]))
    rings = [
        np.stack([half * outline[0] + lean, deep * outline[1], np.full(_AROUND, z) + slant * outline[0]], 1)
        for z, half, deep, lean, slant in _KNOT
    ]
    last = len(rings) - 1
    quads = [
        [r * _AROUND + i, (r + 1) * _AROUND + i, (r + 1) * _AROUND + j, r * _AROUND + j]
        for r in range(last)
        for i, j in zip(range(_AROUND), [*range(1, _AROUND), 0], strict=True)
    ]
    caps = [list(range(_AROUND)), list(range(last * _AROUND, (last + 1) * _AROUND))[::-1]]
    return meshes.from_polygons(np.concatenate(rings), [*quads, *caps], 0, 1.0)


def bow_tie(order: Order, fitting: Fitting) -> Layer:
    """A bow in front of the collar."""
    outside = Outside.of(fitting)

    def sew(_settled: Array, _buried: Cover) -> Work:
        work, scale = Work(), fitting.scale
        points, normals, weights = outside.at(np.array([[0.0, IN_FRONT, _BOW_Z]]))
        middle = points[0] + normals[0] * 0.014 * scale
        knot = meshes.scaled(meshes.sphere(1.0, 14, 8), (0.008 * scale, 0.008 * scale, 0.011 * scale))
        parts = [meshes.moved(knot, middle)]
        for side in (-1.0, 1.0):
            x = np.linspace(0.004, 0.058, 9) * scale
            half = np.interp(x / scale, (0.004, 0.02, 0.05, 0.058), (0.007, 0.016, 0.027, 0.024)) * scale
            turn = np.linspace(0, 2 * np.pi, 14, endpoint=False)
            flat = np.stack([0.006 * scale * np.sin(turn), np.cos(turn)], 1)
            rings = [
                np.column_stack([np.full(14, side * a), flat[:, 0], flat[:, 1] * h]) + middle
                for a, h in zip(x, half, strict=True)
            ]
            quads = [
                [r * 14 + i, r * 14 + (i + 1) % 14, (r + 1) * 14 + (i + 1) % 14, (r + 1) * 14 + i][
                    :: int(side)
                ]
                for r in range(8)
                for i in range(14)
            ]
            cap = [list(range(8 * 14, 9 * 14))[:: int(side)]]
            parts.append(meshes.from_polygons(np.concatenate(rings), [*quads, *cap], 0, 1.0))
        bow = meshes.joined(*parts)
        work.add_mesh(bow, sparse.csr_array(sparse.vstack([weights[[0]]] * len(bow.vertices))), 0)
        return work

    return Layer(order, sew)


def scarf(order: Order, fitting: Fitting) -> Layer:
    """Wound round the neck, with both ends in front."""
    outside = Outside.of(fitting)

    def sew(_settled: Array, _buried: Cover) -> Work:
        work, scale = Work(), fitting.scale
        around = np.linspace(0, 2 * np.pi, 48, endpoint=False)
        circle = np.stack([0.07 * np.sin(around), -0.02 - 0.075 * np.cos(around)], 1)
        places = np.column_stack([circle, 1.37 + 0.018 * (1 - np.cos(around)) / 2 * 2])
        at, _, _ = outside.at(places)
        # It lies on the shoulders, and the neck turns in it.
        _, _, weights = outside.at(places - [0.0, 0.0, 0.025])
        centre = at.mean(0)
        out = (at - centre) * [1, 1, 0]
        out /= np.linalg.norm(out, axis=1, keepdims=True)
        for lift, size in ((0.0, 0.024), (0.03, 0.021)):
            lean = 0.4 * np.sin(around + lift * 60)
            middle = (
                at + (0.014 * scale) * out + np.array([0, 0, 1.0]) * ((lift + 0.006 * lean) * scale)[:, None]
            )
            tube = meshes.sweep(middle, size * scale * (1 + 0.1 * np.sin(5 * around)), 14, closed=True)
            own = sparse.csr_array(sparse.vstack([weights[[k]] for k in range(48) for _ in range(14)]))
            work.add_mesh(tube, _resting(tube, own, middle, outside), 0)
        for side in (-1.0, 1.0):
            _end(order, fitting, outside, side, work)
        return work

    return Layer(order, sew)


def _resting(tube: Mesh, own: Weights, middle: Array, outside: Outside) -> Weights:
    """Shares of a winding (N, B): the lower it is the more it goes with the shoulders it rests on, which
    lift it with the arms, and with a hood that lies between."""
    points = tube.vertices
    _, near = cKDTree(outside.points).query(points)
    below = np.repeat(middle[:, 2], len(points) // len(middle)) - points[:, 2]
    lies = sparse.diags_array(np.clip(0.5 + 0.5 * below / below.max(), 0, 1))
    return sparse.csr_array(lies @ outside.weights[near] + (sparse.eye_array(len(points)) - lies) @ own)


def _end(order: Order, fitting: Fitting, outside: Outside, side: float, work: Work) -> None:
    """One end that hangs on the chest."""
    scale = fitting.scale
    z = np.linspace(1.36, order.number("end", 1.0) + 0.04 * side, 26)
    places = np.stack([np.full(len(z), 0.045 * side), np.full(len(z), IN_FRONT), z], 1)
    points, normals, weights = outside.at(places)
    # It falls from the highest point of the chest.
    points[:, 1] = np.minimum.accumulate(points[:, 1] + normals[:, 1] * 0.016 * scale)
    half = 0.042 * scale
    rows = []
    for across, out in (
        (-1, 0.0),
        (-0.96, 0.008),
        (-0.4, 0.012),
        (0.3, 0.009),
        (0.96, 0.009),
        (1, 0.0),
        (0, 0.0),
    ):
        rows.append(points + [across * half, -out * scale, 0])
    down = np.linspace(0, 1, len(z))
    free = np.clip((down - 0.25) / 0.4, 0, 1)
    chest = on_bone(len(z), "spine01")
    # What rests on the shoulders goes with them; what hangs goes as one with the chest.
    keep = sparse.diags_array(np.clip(1.6 - 2.5 * down, 0, 1))
    own = sparse.csr_array(keep @ weights + (sparse.eye_array(len(z)) - keep) @ chest)
    pinned = np.tile(1 - free * free * (3 - 2 * free), len(rows))
    work.add_rows(np.stack(rows), own, 0, closed=False, pinned=pinned)
