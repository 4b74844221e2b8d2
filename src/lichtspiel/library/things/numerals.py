"""Digits as strokes, to be cut into balls, coins and the like."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.things.relief import Field

ADVANCE = 0.72
"""Width of a digit with the space after it, against its height."""


def _arc(x: float, y: float, across: float, up: float, start_deg: float, end_deg: float) -> list[list[float]]:
    turns = np.radians(np.linspace(start_deg, end_deg, 24))
    return [[float(x + across * np.cos(a)), float(y + up * np.sin(a))] for a in turns]


# Height 1 about the origin, width about 0.5; a sans-serif in the manner of engraved numerals.
_DIGITS: dict[str, list[list[list[float]]]] = {
    "0": [_arc(0, 0, 0.26, 0.5, 0, 360)],
    "1": [[[-0.16, 0.3], [0.05, 0.5], [0.05, -0.5]]],
    "2": [_arc(0, 0.24, 0.25, 0.26, 160, -38) + [[-0.26, -0.5], [0.27, -0.5]]],
    "3": [_arc(-0.01, 0.25, 0.23, 0.25, 150, -90), _arc(-0.01, -0.25, 0.27, 0.25, 90, -150)],
    "4": [[[0.12, -0.5], [0.12, 0.5], [-0.28, -0.2], [0.28, -0.2]]],
    "5": [[[0.22, 0.5], [-0.18, 0.5], [-0.21, 0.05]] + _arc(-0.02, -0.18, 0.27, 0.32, 130, -140)],
    "6": [_arc(0, -0.2, 0.26, 0.3, 0, 360), _arc(0.12, 0.0, 0.38, 0.5, 90, 212)],
    "7": [[[-0.26, 0.5], [0.26, 0.5], [-0.08, -0.5]]],
    "8": [_arc(0, 0.26, 0.21, 0.24, 0, 360), _arc(0, -0.24, 0.26, 0.26, 0, 360)],
    "9": [_arc(0, 0.2, 0.26, 0.3, 0, 360), _arc(-0.12, 0.0, 0.38, 0.5, -90, 32)],
}


def strokes(digits: str, height: float) -> Array:
    """Line pieces (N, 2, 2) that draw a number of this height about the origin."""
    start = -(len(digits) - 1) / 2 * ADVANCE
    pieces = []
    for place, digit in enumerate(digits):
        for line in _DIGITS[digit]:
            points = (np.array(line) + [start + place * ADVANCE, 0.0]) * height
            pieces.append(np.stack([points[:-1], points[1:]], axis=1))
    return np.concatenate(pieces)


def stroke_distance(pieces: Array) -> Field:
    """Distance of plane points (N, 2) from the nearest of line pieces (M, 2, 2)."""

    def distance(points: Array) -> Array:
        nearest = np.full(len(points), np.inf)
        for start, end in pieces:
            along = end - start
            share = np.clip((points - start) @ along / (along @ along), 0, 1)
            nearest = np.minimum(nearest, np.linalg.norm(points - start - share[:, None] * along, axis=1))
        return nearest

    return distance
