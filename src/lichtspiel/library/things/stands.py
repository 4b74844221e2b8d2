"""What hanging things hang from: a laboratory stand and an iron crook."""

from __future__ import annotations

import itertools

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh, Part, Resonator, Surface, Vec3
from lichtspiel.library.things.joinery import (
    FIXED,
    Piece,
    board,
    capsule_chain,
    fused,
    rod,
    shown,
    turned,
    wire,
)

HOOK_DROP_M = 0.016
"""How far the hook of a stand reaches below the middle of its arm."""


def laboratory_stand(height: float, reach: float, foot: tuple[float, float]) -> Part:
    """A rod on a heavy plate with a clamped arm towards -y.

    height: of the arm's hook, metres; what hangs there hangs over the middle of the plate.
    reach: from the rod to the hook. foot: width and depth of the plate.
    """
    thick, pole = 0.022, 0.0075 if height < 1.5 else 0.011
    arm, y = height + HOOK_DROP_M, reach
    pieces = [
        board((foot[0], foot[1], thick), "iron", (0, 0, 0.006 + thick / 2), bevel=0.005),
        rod((0, y, thick), (0, y, arm + 0.09), pole, "steel", slot=1, segments=32, bevel=0.002),
        rod((0, y + 0.05, arm), (0, -0.012, arm), 0.0062, "steel", slot=1, segments=28, bevel=0.0015),
        board((0.034, 0.04, 0.034), "iron", (0, y, arm), bevel=0.005, slot=2),
        shown(hook((0, 0, arm - 0.005), HOOK_DROP_M - 0.005, 0.0018, 1)),
    ]
    collar = np.array([[0, 0], [0.02, 0], [0.02, 0.012], [0.0165, 0.026], [0.0115, 0.03], [0, 0.03]])
    pieces.append(turned(collar, (0, y, thick + 0.005), slot=0))
    for sign in (-1.0, 1.0):
        pieces.append(_thumb_screw((sign * 0.017, y + 0.009 * sign, arm + 0.006 * sign), (sign, 0, 0)))
    for sx in (-1.0, 1.0):
        for sy in (-1.0, 1.0):
            pad = (sx * (foot[0] / 2 - 0.03), sy * (foot[1] / 2 - 0.03), 0.0)
            profile = np.array([[0, 0], [0.011, 0], [0.012, 0.0015], [0.012, 0.0075], [0, 0.0075]])
            pieces.append(turned(profile, pad, slot=3))
    surfaces = (
        Surface("painted_metal", (0.045, 0.052, 0.06)),
        Surface("chrome"),
        Surface("aluminium"),
        Surface("black_rubber"),
    )
    ring = Resonator("bar", "steel", {"length": arm, "width": 2 * pole, "thickness": 2 * pole})
    return fused("stand", pieces, surfaces, joint=FIXED, resonator=ring)


def crook(height: float, reach: float, thick: float = 0.008) -> Part:
    """A wrought-iron crook on a round foot; its hook hangs at `height` over the origin."""
    back, radius = reach, reach / 2
    up = height + 0.05
    turn = np.linspace(0, np.pi, 25)
    bow = np.stack([np.zeros(25), back - radius + radius * np.cos(turn), up + radius * np.sin(turn)], axis=1)
    curl = np.linspace(np.pi, 2.45 * np.pi, 22)
    small = 0.028
    tail = np.stack([np.zeros(22), small + small * np.cos(curl) * 0.9, up + small * np.sin(curl)], axis=1)
    path = np.concatenate([[[0, back, 0.012]], [[0, back, up * 0.5]], bow, tail[1:]])
    path = _dense(path, 0.09)
    foot = np.array(
        [
            [0, 0],
            [0.15, 0],
            [0.155, 0.004],
            [0.15, 0.011],
            [0.03, 0.016],
            [0.017, 0.03],
            [0.012, 0.055],
            [0, 0.055],
        ]
    )
    pieces = [
        wire(path, thick, slot=0, segments=14),
        turned(foot, (0, back * 0.55, 0), slot=0, segments=48),
    ]
    pieces[0] = Piece(pieces[0].mesh, capsule_chain(_thinned(path), thick, "iron"))
    strut = np.array([[0, back * 0.55, 0.02], [0, back, 0.014]])
    pieces.append(wire(strut, thick, slot=0))
    ring = Resonator("bar", "iron", {"length": height, "width": 2 * thick, "thickness": 2 * thick})
    return fused("stand", pieces, (Surface("wrought_iron"),), joint=FIXED, resonator=ring)


def hook(top: Vec3, drop: float, thick: float, slot: int) -> Mesh:
    """An open eye below a point: what hangs in it hangs `drop` below the point."""
    radius = drop * 0.42
    turn = np.linspace(np.pi / 2, -np.pi * 1.28, 26)
    eye = np.stack([radius * np.cos(turn), np.zeros(26), -drop + radius + radius * np.sin(turn)], axis=1)
    path = np.concatenate([[[0, 0, 0.002]], eye]) + np.array(top)
    return meshes.sweep(path, thick, 10, slot)


def _thumb_screw(position: Vec3, axis: Vec3) -> Piece:
    profile = np.array(
        [
            [0, 0],
            [0.003, 0],
            [0.003, 0.01],
            [0.0085, 0.011],
            [0.0095, 0.0125],
            [0.0095, 0.0195],
            [0.0085, 0.021],
            [0, 0.021],
        ]
    )
    return turned(profile, position, slot=2, axis=axis, segments=18)


def _dense(path: Array, step: float) -> Array:
    """The path with extra points, so that long legs bend nowhere."""
    points = [path[0]]
    for a, b in itertools.pairwise(path):
        count = max(1, int(np.linalg.norm(b - a) / step))
        points += [a + (b - a) * k / count for k in range(1, count + 1)]
    return np.array(points)


def _thinned(path: Array) -> Array:
    """Every third point of a path, and its ends: enough for collisions."""
    return np.concatenate([path[:-1:3], path[-1:]])
