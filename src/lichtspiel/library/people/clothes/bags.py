"""Backpacks and handbags."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.people.clothes.anatomy import BEHIND, IN_FRONT
from lichtspiel.library.people.clothes.fitting import Fitting
from lichtspiel.library.people.clothes.layers import Cover, Layer, Order
from lichtspiel.library.people.clothes.sewing import Work, on_bone
from lichtspiel.library.people.clothes.surface import Outside

_DOWN, _AHEAD = (0.97, -0.16, 0.15), (0.15, 0.85, -0.50)
"""Directions in a right hand that hangs at ease, from the wrist to the knuckles, to the thumb's side and out
of the palm: downward, and the way that a bag is long, between forward and along the knuckles."""
_DEEP_M, _UP_FINGER = 0.012, 0.35
"""From the middle of a finger's bones to the middle of a handle that lies in it, and how far that is from the
joint in the middle of the finger on the way to the knuckle."""


def backpack(order: Order, fitting: Fitting) -> Layer:
    """A pack on the back with two straps over the shoulders."""
    outside = Outside.of(fitting)

    def sew(_settled: Array, _buried: Cover) -> Work:
        work, scale = Work(), fitting.scale
        points, _, _ = outside.at(np.array([[0.0, BEHIND, z] for z in (1.28, 1.2, 1.1, 1.0)]))
        behind = float(points[:, 1].max())
        middle = np.array([0.0, behind + 0.085 * scale, float(points[:, 2].mean()) + 0.02 * scale])
        pack = _rounded((0.29 * scale, 0.16 * scale, 0.44 * scale))
        pocket = _rounded((0.22 * scale, 0.07 * scale, 0.17 * scale))
        flap = _rounded((0.3 * scale, 0.17 * scale, 0.1 * scale))
        whole = meshes.joined(
            meshes.moved(pack, middle),
            meshes.moved(pocket, middle + np.array([0, 0.09, -0.1]) * scale),
            meshes.moved(flap, middle + np.array([0, 0.006, 0.185]) * scale),
        )
        work.add_mesh(whole, on_bone(len(whole.vertices), "spine02"), 0)
        for side in (-1.0, 1.0):
            _strap(order, fitting, outside, middle, side, work)
        return work

    return Layer(order, sew)


def _rounded(size: tuple[float, float, float]) -> Mesh:
    """A stuffed box: between a box and an ellipsoid."""
    ball = meshes.sphere(1.0, 40, 24)
    unit = ball.vertices / np.linalg.norm(ball.vertices, axis=1, keepdims=True)
    power = 4.5
    reach = (np.abs(unit) ** power).sum(1) ** (-1 / power)
    return meshes.scaled(
        Mesh(unit * reach[:, None], ball.corners, ball.sizes, ball.slots, None, 1.2),
        (size[0] / 2, size[1] / 2, size[2] / 2),
    )


def _strap(order: Order, fitting: Fitting, outside: Outside, middle: Array, side: float, work: Work) -> None:
    """Over the shoulder, down the chest and under the arm to the pack's foot."""
    scale = fitting.scale
    x = 0.095 * side
    places = np.array(
        [[x * 0.8, BEHIND, 1.3], [x, 0.06, 1.36], [x, -0.02, 1.42], [x, -0.08, 1.38],
         [x * 1.02, IN_FRONT, 1.3], [x * 1.1, IN_FRONT, 1.22], [x * 1.35, -0.12, 1.14],
         [x * 1.5, -0.03, 1.08], [x * 1.35, 0.04, 1.03]]
    )  # fmt: skip
    at, normals, weights = outside.at(places)
    start = middle + np.array([0.08 * side, -0.05, 0.17]) * scale
    end = middle + np.array([0.11 * side, -0.04, -0.19]) * scale
    path = np.concatenate([[start], at + normals * 0.006 * scale, [end]])
    own = sparse.csr_array(sparse.vstack([on_bone(1, "spine02"), weights, on_bone(1, "spine02")]))
    steps = np.linspace(0, len(path) - 1, 44)
    low = np.minimum(np.floor(steps).astype(int), len(path) - 2)
    share = steps - low
    line = (1 - share)[:, None] * path[low] + share[:, None] * path[low + 1]
    for _ in range(5):
        line[1:-1] = 0.25 * line[:-2] + 0.5 * line[1:-1] + 0.25 * line[2:]
    pick = sparse.csr_array(
        (np.concatenate([1 - share, share]), (np.tile(np.arange(44), 2), np.concatenate([low, low + 1]))),
        (44, len(path)),
    )
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    out = line - np.array([0.0, middle[1] * 0.3, float(line[:, 2].mean())])
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    wide = np.cross(ahead, out)
    wide /= np.linalg.norm(wide, axis=1, keepdims=True)
    up = np.cross(wide, ahead)
    half, thick = 0.024 * scale, 0.006 * scale
    ring = ((-1, 0), (-0.85, 1), (0.85, 1), (1, 0), (0.85, -0.6), (-0.85, -0.6))
    rows = np.stack([line + a * half * wide + b * thick * up for a, b in ring])
    rows = np.concatenate([rows, rows[:1]])
    work.add_rows(rows, sparse.csr_array(pick @ own), order.slot("strap"), closed=False)


def handbag(order: Order, fitting: Fitting) -> Layer:
    """A bag that hangs from the crook of the right hand's fingers."""

    def sew(_settled: Array, _buried: Cover) -> Work:
        work, scale = Work(), fitting.scale
        hold, axes = _crook(fitting)
        turn = np.linspace(0, np.pi, 21)
        pieces = [
            (meshes.moved(_rounded((0.1, 0.27, 0.19)), np.array([0.0, 0.0, -0.22])), "cloth"),
            (meshes.moved(meshes.box((0.11, 0.03, 0.022), 0.004), np.array([0.0, 0.0, -0.135])), "detail"),
        ]
        for side in (-1.0, 1.0):
            # Both handles lie beside each other in the hand.
            aside = side * (0.005 + 0.013 * (1 - np.sin(turn)))
            arc = np.stack([aside, 0.075 * np.cos(turn), 0.135 * (np.sin(turn) - 1)], 1)
            pieces.append((meshes.sweep(arc, 0.005, 8), "cloth"))
        for part, name in pieces:
            at = hold + scale * part.vertices @ axes
            rest = Mesh(at, part.corners, part.sizes, part.slots, None, 1.0)
            work.add_mesh(rest, on_bone(len(at), "wrist.R"), order.slot(name))
        return work

    return Layer(order, sew)


def _crook(fitting: Fitting) -> tuple[Array, Array]:
    """Where a handle lies in the right hand at rest (3,), and the axes (3, 3) leftward, backward and up of
    who lets that arm hang."""
    rig = fitting.physique.rig
    wrist, knuckle, finger, first, last = (
        rig.heads[rig.index(f"{bone}.R")]
        for bone in ("wrist", "finger3-1", "finger3-2", "finger2-1", "finger5-1")
    )
    along = (knuckle - wrist) / np.linalg.norm(knuckle - wrist)
    across = (first - last) - along * ((first - last) @ along)
    across /= np.linalg.norm(across)
    hand = np.stack([along, across, np.cross(across, along)])
    up = -np.asarray(_DOWN) @ hand
    up /= np.linalg.norm(up)
    back = -np.asarray(_AHEAD) @ hand
    back -= up * (up @ back)
    back /= np.linalg.norm(back)
    crook = finger + _UP_FINGER * (knuckle - finger)
    return crook + _DEEP_M * fitting.scale * hand[2], np.stack([np.cross(back, up), back, up])
