"""Focus and aperture."""

from __future__ import annotations

import numpy as np

from lichtspiel.camera.track import SENSOR_MM, Array

CIRCLE_OF_CONFUSION_MM = SENSOR_MM / 1000
"""Blur that still looks sharp at the sizes films are seen at here: a thousandth of the long side."""
F_STOPS = (1.4, 22.0)


def f_stop_for(focal_mm: float, focus_m: float, nearest_m: float, farthest_m: float) -> float:
    """Widest aperture that keeps everything from nearest to farthest acceptably sharp.

    Thin lens: the blur circle of a point at distance d, focused at s, is
    f² |d - s| / (N d (s - f)).
    """
    focus, focal = focus_m * 1000, focal_mm
    blurs = [
        focal**2 * abs(d - focus) / (max(d, 1.0) * max(focus - focal, 1.0))
        for d in (nearest_m * 1000, farthest_m * 1000)
    ]
    needed = max(blurs) / CIRCLE_OF_CONFUSION_MM
    return float(np.clip(needed, *F_STOPS))


def depth_along(points: Array, position: Array, backward: Array) -> Array:
    """Distance of points (N, 3) along the camera's axis, metres, never less than 5 cm."""
    return np.maximum((position - points) @ backward, 0.05)
