"""The air about cloth: wind with gusts, what a body drags along, and how both push."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array, Vec3
from lichtspiel.motion import turns
from lichtspiel.motion.cloth.coarse import Coarse

_DRAG, _ALONG = 1.2, 0.05
"""Coefficients of a plate across and along a stream (Hoerner, Fluid-Dynamic Drag, 1965)."""
_GUST, _EDDY_M = 0.3, 1.1
_EDDIES = ((1.0, _EDDY_M, 0.0), (0.6, 0.53 * _EDDY_M, 1.7), (0.8, 2.3 * _EDDY_M, 4.1))
"""Strength against the wind's, size and phase of gusts."""
_LEE = 0.6
"""Share of the wind that what hangs close to a body gets: half of it is always in its lee."""
_WAKE = 0.75
"""Share of its speed at which a body drags along the air about it."""
_FADES_HZ = 24.0
"""Air cannot do more in such a time than carry the cloth along with it."""


@dataclass(frozen=True)
class Air:
    density: float
    """kg/m³"""
    wind: Vec3
    gravity: Vec3


def push(
    air: Air, place: Array, speed: Array, drift: Array, mass: Array, sheet: Coarse, time_s: float
) -> NDArray[np.float32]:
    """Acceleration (N, 3) by the air of cloth of masses (N,) at places (N, 3) that moves at speeds (N, 3).

    drift: (3,) speed of the body that it hangs on.
    """
    if air.density <= 0:
        return np.zeros(place.shape, np.float32)
    triangles = sheet.triangles
    corner = place[triangles]
    across = turns.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]) / 2
    area = np.sqrt(np.einsum("ni,ni->n", across, across))
    normal = across / np.maximum(area, 1e-12)[:, None]
    stream = _stream(air, corner.mean(1), time_s) + _WAKE * drift - speed[triangles].mean(1)
    through = np.einsum("ni,ni->n", stream, normal)
    along = stream - through[:, None] * normal
    total = np.sqrt(np.einsum("ni,ni->n", stream, stream))
    pressure = _DRAG * (np.abs(through) * through)[:, None] * normal + _ALONG * total[:, None] * along
    force = (0.5 * air.density / 3) * area[:, None] * pressure
    pulled = (sheet.around @ force) / mass[:, None]
    most = 0.5 * float(total.max()) * _FADES_HZ
    size = np.sqrt(np.einsum("ni,ni->n", pulled, pulled))
    return np.asarray(pulled * np.minimum(1.0, most / np.maximum(size, 1e-9))[:, None], np.float32)


def _stream(air: Air, points: Array, time_s: float) -> Array:
    """The wind with gusts of three sizes that it carries along (Taylor's frozen turbulence)."""
    wind = _LEE * np.asarray(air.wind, float)
    speed = float(np.linalg.norm(wind))
    if speed < 1e-6:
        return np.zeros_like(points)
    ahead = wind / speed
    side = turns.unit(np.array([-ahead[1], ahead[0], 0.0]) + 1e-9)
    drift = points @ ahead - speed * time_s
    gust = sum(
        share * np.sin(2 * np.pi * drift / size + phase + 2.1 * points[:, 2] / size)
        for share, size, phase in _EDDIES
    )
    swell = 1 + 0.5 * _GUST * np.sin(2 * np.pi * drift / (5 * _EDDY_M))
    return wind * swell[:, None] + _GUST * speed * np.asarray(gust)[:, None] * (side + [0.0, 0.0, 0.3])
