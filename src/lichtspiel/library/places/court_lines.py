"""Painted lines and fields of basketball courts, by the FIBA Official Basketball Rules 2024, art. 2.

Coordinates: x across the court, y towards the end line at `end`; the rest of the half lies at
smaller y. Lines are 0.05 m wide; measures are to their outer or inner edges as the rules say.
"""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.places.copies import arc, box, sheet, strips

LINE_M = 0.05
WIDTH_M = 15.0
HALF_LENGTH_M = 14.0
RING_M = 1.575
"""From the end line's inner edge to the point below the ring's centre."""
FREE_THROW_M = 5.8
"""From the end line's inner edge to the free-throw line's far edge."""
KEY_M = 4.9
THREE_POINT_M = 6.75
CORNER_M = 0.9
"""The straight part of the three-point line runs this far inside the side line."""
NO_CHARGE_M = 1.25
CIRCLE_M = 1.8


def lines(end: float, height: float) -> Mesh:
    """All lines of the half court whose end line is at y = `end`, at a height above the ground."""
    side, ring = WIDTH_M / 2, end - RING_M
    centre = end - HALF_LENGTH_M
    reach = side - CORNER_M
    turn = float(np.arccos(reach / THREE_POINT_M))
    curve = arc((0, ring), THREE_POINT_M, -turn, -np.pi + turn, 64)
    throw = end - FREE_THROW_M
    half_key = (KEY_M - LINE_M) / 2
    paths: list[Array] = [
        np.array([[-side, end], [side, end], [side, centre], [-side, centre], [-side, end]]),
        np.vstack([[[reach, end]], curve, [[-reach, end]]]),
        np.array([[-half_key, end], [-half_key, throw], [half_key, throw], [half_key, end]]),
        arc((0, throw), CIRCLE_M, -np.pi, 0.0),
        np.vstack(
            [
                [[NO_CHARGE_M, ring + 0.375]],
                arc((0, ring), NO_CHARGE_M, 0.0, -np.pi),
                [[-NO_CHARGE_M, ring + 0.375]],
            ]
        ),
        arc((0, centre), CIRCLE_M, 0, 2 * np.pi, 72),
    ]
    for sign in (-1, 1):
        for away in (1.75, 3.0, 3.85, 4.7):
            x = sign * (half_key + 0.06)
            paths.append(np.array([[x, end - away], [x + sign * 0.1, end - away]]))
    return strips(paths, LINE_M, height)


def key(end: float, height: float) -> Mesh:
    """The restricted area as a painted field."""
    return sheet((-KEY_M / 2, end - FREE_THROW_M), (KEY_M / 2, end), height)


def bleacher(length: float, rows: int) -> list[Mesh]:
    """Stepped seats along x about the origin, rising towards +y."""
    return [
        box((-length / 2, 0.75 * r, 0), (length / 2, 0.75 * (r + 1), 0.42 * (r + 1)), 0.008)
        for r in range(rows)
    ]
