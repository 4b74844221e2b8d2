"""What a horse wears to be ridden: saddle, girth, stirrups, bridle, reins; on that of `things.horses`."""

from __future__ import annotations

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Mesh, Surface
from lichtspiel.library.things.forms import ribbon, ring, tube

SURFACES = (
    Surface("polished_leather", (0.10, 0.040, 0.016)),
    Surface("polished_leather", (0.022, 0.012, 0.008)),
    Surface("polished_steel"),
    Surface("wool", (0.62, 0.60, 0.55)),
)
"""Saddle, straps, steel, saddle cloth: the slots after those of the horse."""
SADDLE, STRAP, STEEL, CLOTH = range(5, 9)
STIRRUP = (0.345, 0.09, 0.80)
"""Tread of the left one: aside, ahead, up."""


def saddle() -> list[Mesh]:
    """A general-purpose saddle on its cloth, in the frame of the horse."""
    seat_line = np.array(
        [(-0.23, 1.60), (-0.17, 1.585), (-0.05, 1.552), (0.08, 1.548), (0.19, 1.595), (0.22, 1.60)]
    )
    seat = ribbon(
        np.column_stack([np.zeros(6), -seat_line[:, 0], seat_line[:, 1]]),
        np.array([0.20, 0.27, 0.29, 0.24, 0.17, 0.12]),
        np.array([0.05, 0.07, 0.06, 0.06, 0.07, 0.05]),
        (1, 0, 0),
        slot=SADDLE,
    )
    made = [seat]
    for sign in (-1.0, 1.0):
        made.append(_side(sign, (0.02, 0.06, 0.13), (0.24, 0.31, 0.30), 0.0, 0.012, SADDLE, 1.07))
        made.append(_side(sign, (0.0, 0.02, 0.04), (0.56, 0.56, 0.54), 0.02, 0.014, CLOTH, 1.05))
        leather = [
            (0.2 * sign, -0.09, 1.46),
            (0.30 * sign, -0.09, 1.28),
            (0.325 * sign, -0.09, 1.05),
            (0.335 * sign, -0.09, 0.93),
        ]
        made.append(ribbon(np.array(leather), 0.028, 0.006, (0, 1, 0), slot=STRAP))
        x, s, z = STIRRUP[0] * sign, STIRRUP[1], STIRRUP[2]
        bow = [
            (x, -s - 0.06, z),
            (x, -s - 0.055, z + 0.06),
            (x, -s, z + 0.14),
            (x, -s + 0.055, z + 0.06),
            (x, -s + 0.06, z),
        ]
        made.append(tube(bow, 0.007, slot=STEEL, count=24, segments=8))
        made.append(
            ribbon(np.array([(x, -s - 0.06, z), (x, -s + 0.06, z)]), 0.05, 0.012, (1, 0, 0), slot=STEEL)
        )
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    girth = np.column_stack([0.262 * np.sin(angle), np.full(48, -0.2), 1.165 + 0.385 * np.cos(angle)])
    made.append(ribbon(np.vstack([girth, girth[:1]]), 0.08, 0.012, (0, 1, 0), slot=STRAP))
    return made


def _side(
    sign: float,
    ahead: tuple[float, ...],
    wide: tuple[float, ...],
    back: float,
    thick: float,
    slot: int,
    off: float,
) -> Mesh:
    """A flap over one side of the barrel, from the spine down."""
    angle = np.array([0.25, 0.9, 1.45])
    angle = np.linspace(angle[0], angle[-1], 12)
    s = np.interp(angle, [0.25, 0.9, 1.45], ahead) - back
    path = np.column_stack([sign * 0.278 * off * np.sin(angle), -s, 1.155 + 0.365 * off * np.cos(angle)])
    return ribbon(path, np.interp(angle, [0.25, 0.9, 1.45], wide), thick, (0, 1, 0), slot=slot)


def bridle() -> list[Mesh]:
    """Headpiece, browband, noseband, bit, and reins to where a rider's hands are."""
    made = [
        _band((1.085, 1.615), (0.8, -0.6), 0.092, 0.073, 0.02),
        _band((0.895, 1.875), (0.35, -0.94), 0.125, 0.083, 0.02),
    ]
    for sign in (-1.0, 1.0):
        cheek = [
            (0.088 * sign, -0.93, 1.86),
            (0.096 * sign, -1.0, 1.70),
            (0.074 * sign, -1.09, 1.58),
            (0.06 * sign, -1.15, 1.47),
        ]
        made.append(ribbon(np.array(cheek), 0.018, 0.005, (0, 1, 0.6), slot=STRAP))
        made.append(
            ring(0.032, 0.0045, (0.062 * sign, -1.155, 1.455), (1, 0, 0), slot=STEEL, count=24, segments=8)
        )
        rein = [
            (0.065 * sign, -1.14, 1.45),
            (0.15 * sign, -0.86, 1.50),
            (0.16 * sign, -0.60, 1.62),
            (0.075 * sign, -0.33, 1.79),
        ]
        made.append(tube(rein, 0.0075, slot=STRAP, count=24, segments=6))
    loop = [(0.075, -0.33, 1.79), (0.10, -0.30, 1.70), (0.17, -0.32, 1.50), (0.0, -0.36, 1.62)]
    made.append(
        tube([*loop, *[(-x, y, z) for x, y, z in loop[-2::-1]]], 0.007, slot=STRAP, count=30, segments=6)
    )
    return made


def _band(
    at: tuple[float, float], along: tuple[float, float], deep: float, wide: float, broad: float
) -> Mesh:
    """A strap round the head at a place of its middle line, across the way it points."""
    s, z = np.array(along) / np.linalg.norm(along)
    angle = np.linspace(0, 2 * np.pi, 40)
    across = deep * np.cos(angle)
    path = np.column_stack([wide * np.sin(angle), -(at[0] - z * across), at[1] + s * across])
    return meshes.in_slot(ribbon(path, broad, 0.006, (0, -s, z), slot=STRAP), STRAP)
