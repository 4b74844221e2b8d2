"""Shapes of the hand: how far each finger is bent, thumb to little finger, 0 flat to 1 a fist."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array

_SHAPES = {
    "flat": (0.05, 0.03, 0.02, 0.03, 0.05),
    "rest": (0.2, 0.2, 0.22, 0.24, 0.26),
    "fist": (1.0, 1.0, 1.0, 1.0, 1.0),
    "point": (0.9, 0.04, 0.92, 0.95, 0.95),
    "two": (0.9, 0.04, 0.04, 0.95, 0.95),
    "thumb": (-0.35, 0.98, 1.0, 1.0, 1.0),
    "hold": (0.55, 0.5, 0.52, 0.54, 0.56),
    "grasp": (0.75, 0.72, 0.74, 0.76, 0.78),
    "pinch": (0.6, 0.5, 0.42, 0.3, 0.25),
    "claw": (0.25, 0.35, 0.35, 0.35, 0.35),
}


def shape(name: str) -> Array:
    """(5,) bends of a named shape. Raises KeyError."""
    return np.array(_SHAPES[name])
