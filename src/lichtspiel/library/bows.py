"""How the string of a bow goes with the hand that draws it: two straight halves from both ends."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array

HALVES = {"string_up": 1.0, "string_down": -1.0}
"""Pieces of a bow, and to which side of its grip they hang."""
BRACE_M = 0.16
"""From the grip to the string at rest (brace height of a longbow: 15-18 cm)."""


def drawn(piece: str, span_m: Array, half_m: float, orientation: Array) -> Array:
    """Turns (T, 4) of half a string whose middle is at a hand so far (T,) from the grip; half_m: its length.

    orientation: (4,) at rest, in a frame whose y is from the grip to the hand, z along the bow.
    """
    angle = HALVES[piece] * np.arctan2(np.maximum(span_m - BRACE_M, 0.0), half_m)
    cos, sin = np.cos(angle / 2), np.sin(angle / 2)
    w, x, y, z = orientation
    return np.stack([cos * w - sin * x, cos * x + sin * w, cos * y - sin * z, cos * z + sin * y], -1)
