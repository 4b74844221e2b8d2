"""The grammar of shots as numbers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.screenplay import Angle, ShotSize, View

FILL: Mapping[ShotSize, float] = {
    ShotSize.EXTREME_CLOSE_UP: 1.15,
    ShotSize.CLOSE_UP: 0.82,
    ShotSize.MEDIUM_CLOSE_UP: 0.68,
    ShotSize.MEDIUM: 0.55,
    ShotSize.FULL: 0.48,
    ShotSize.WIDE: 0.4,
    ShotSize.EXTREME_WIDE: 0.16,
}
"""Share of the picture that the action takes up, along the tighter side."""

ROOM_TO_MOVE = 1.4
FULLEST = 0.9
"""Where something crosses the picture, its way may fill that much more of it, up to FULLEST."""

SUBJECT_FILL: Mapping[ShotSize, float] = {
    ShotSize.EXTREME_CLOSE_UP: 0.9,
    ShotSize.CLOSE_UP: 0.6,
    ShotSize.MEDIUM_CLOSE_UP: 0.45,
    ShotSize.MEDIUM: 0.34,
    ShotSize.FULL: 0.26,
    ShotSize.WIDE: 0.16,
    ShotSize.EXTREME_WIDE: 0.06,
}
"""Share that a subject takes up when the camera goes along with it."""

FOCAL_LENGTH_MM: Mapping[ShotSize, float] = {
    ShotSize.EXTREME_CLOSE_UP: 100.0,
    ShotSize.CLOSE_UP: 70.0,
    ShotSize.MEDIUM_CLOSE_UP: 60.0,
    ShotSize.MEDIUM: 50.0,
    ShotSize.FULL: 40.0,
    ShotSize.WIDE: 32.0,
    ShotSize.EXTREME_WIDE: 24.0,
}
"""Usual full-frame lenses; the screenplay's own focal length goes before."""

WIDEST_MM = 15.0
"""Where there is no room to step back, lenses become no wider than this."""

ELEVATION_RAD: Mapping[Angle, float] = {
    Angle.EYE_LEVEL: np.radians(10.0),
    Angle.LOW: np.radians(-9.0),
    Angle.GROUND: np.radians(-1.0),
    Angle.HIGH: np.radians(38.0),
    Angle.OVERHEAD: np.radians(87.0),
    Angle.DUTCH: np.radians(9.0),
}
"""How far the camera stands above the subject, seen from it."""

DUTCH_ROLL_RAD = np.radians(14.0)

AZIMUTH_RAD: Mapping[View, float] = {
    View.FRONT: 0.0,
    View.THREE_QUARTER: np.radians(28.0),
    View.SIDE: np.radians(90.0),
    View.BEHIND: np.pi,
    View.BEHIND_ASLANT: np.radians(118.0),
}
"""Turn of the camera about the subject, from the action's natural camera side."""
