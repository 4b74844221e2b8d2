"""Throws without air: the launch that takes a body from here to there."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array


def launch_velocity(start: Array, target: Array, gravity_m_s2: float, elevation_rad: float) -> Array:
    """Velocity (3,) that carries a point mass from start to target at a launch elevation.

    Solves z = x·tan θ - g·x² / (2 v² cos² θ) for v. Where the target lies too high for the
    elevation, a steeper one is taken. Without gravity the path is straight, at 2 m/s.
    """
    offset = target - start
    level = float(np.hypot(offset[0], offset[1]))
    if gravity_m_s2 < 1e-6 or level < 1e-6:
        return np.asarray(offset / np.linalg.norm(offset) * 2.0, float)
    steepest = np.arctan2(offset[2], level) + np.radians(10)
    angle = min(max(elevation_rad, float(steepest)), np.radians(85))
    drop = level * np.tan(angle) - offset[2]
    speed = np.sqrt(gravity_m_s2 * level**2 / (2 * np.cos(angle) ** 2 * drop))
    ahead = np.array([offset[0], offset[1], 0.0]) / level
    return np.asarray(speed * (np.cos(angle) * ahead + np.sin(angle) * np.array([0.0, 0.0, 1.0])), float)


def shot_velocity(start: Array, target: Array, gravity_m_s2: float, speed_m_s: float) -> Array:
    """Velocity (3,) with which something of a given speed comes from start to target, on the flatter of two
    ways; at 45° where it does not come so far.

    Solves z = x·t - g·x²·(1 + t²) / (2 v²) for t = tan θ.
    """
    offset = target - start
    level = float(np.hypot(offset[0], offset[1]))
    if gravity_m_s2 < 1e-6 or level < 1e-6:
        return np.asarray(offset / np.linalg.norm(offset) * speed_m_s, float)
    fall = gravity_m_s2 * level**2 / (2 * speed_m_s**2)
    root = level**2 - 4 * fall * (fall + float(offset[2]))
    slope = (level - np.sqrt(root)) / (2 * fall) if root >= 0 else 1.0
    way = np.array([offset[0] / level, offset[1] / level, slope])
    return np.asarray(speed_m_s * way / np.linalg.norm(way), float)


def fall_time(height_m: float, gravity_m_s2: float) -> float:
    """Seconds of a free fall from rest; a second where nothing falls."""
    return float(np.sqrt(2 * max(height_m, 0.0) / gravity_m_s2)) if gravity_m_s2 > 1e-6 else 1.0
