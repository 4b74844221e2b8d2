"""Where a camera must stand so that points fill a share of its picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.camera.track import SENSOR_MM, Array
from lichtspiel.library.people.rig import cross

UP = np.array([0.0, 0.0, 1.0])
WIDE_MM, BEYOND_TABLE_M = 24.0, 1.45
"""Lenses shorter than this are meant to be near; others stand beyond a table of the usual depth of 0.8 m, and
not in what stands on it."""


@dataclass(frozen=True)
class Format:
    """Half sizes of the picture on the sensor, millimetres."""

    half_width_mm: float
    half_height_mm: float

    @classmethod
    def of_aspect(cls, aspect: float) -> Format:
        """From width divided by height; the longer side is the sensor's."""
        half = SENSOR_MM / 2
        return cls(half, half / aspect) if aspect >= 1 else cls(half * aspect, half)


def axes(toward_camera: Array, roll_rad: float = 0.0) -> Array:
    """Rows right, up and backward of a camera that stands in this direction, (3, 3)."""
    back = toward_camera / np.linalg.norm(toward_camera)
    right = cross(UP, back)
    if np.linalg.norm(right) < 1e-3:
        # Straight down: the top of the picture is the far side.
        right = np.array([1.0, 0.0, 0.0])
    right = right / np.linalg.norm(right)
    up = cross(back, right)
    c, s = np.cos(roll_rad), np.sin(roll_rad)
    return np.stack([c * right + s * up, c * up - s * right, back])


def quaternion(frame: Array) -> Array:
    """Unit quaternion (w, x, y, z) of a camera with these axes (rows)."""
    m = frame.T
    trace = float(np.trace(m))
    candidates = np.array([trace, m[0, 0], m[1, 1], m[2, 2]])
    pick = int(np.argmax(candidates))
    if pick == 0:
        raw = np.array([1 + trace, m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1]])
    else:
        i, j, k = pick - 1, pick % 3, (pick + 1) % 3
        raw = np.empty(4)
        raw[0] = m[k, j] - m[j, k]
        raw[1 + i] = 1 + m[i, i] - m[j, j] - m[k, k]
        raw[1 + j] = m[j, i] + m[i, j]
        raw[1 + k] = m[k, i] + m[i, k]
    return np.asarray(raw / np.linalg.norm(raw))


def direction(facing: Array, azimuth_rad: float, elevation_rad: float) -> Array:
    """Unit vector from the subject to the camera."""
    c, s = np.cos(azimuth_rad), np.sin(azimuth_rad)
    flat = np.array([c * facing[0] - s * facing[1], s * facing[0] + c * facing[1], 0.0])
    return np.asarray(np.cos(elevation_rad) * flat + np.sin(elevation_rad) * UP)


def fit(points: Array, frame: Array, focal_mm: float, picture: Format, fill: float) -> tuple[Array, float]:
    """Point to look at and distance from it at which all points fill this share of the picture.

    points: (N, 3). frame: camera axes as rows. Perspective is taken into account: near points
    need more room than far ones.
    """
    tangents = np.array([picture.half_width_mm, picture.half_height_mm]) / focal_mm * fill
    local = points @ frame.T
    centre = (local.min(0) + local.max(0)) / 2
    distance = 0.0
    for _ in range(4):
        offset = local - centre
        distance = float(np.max(offset[:, 2:] + np.abs(offset[:, :2]) / tangents))
        depth = np.maximum(distance - offset[:, 2:], 1e-6)
        projected = offset[:, :2] / depth
        middle = (projected.min(0) + projected.max(0)) / 2
        centre[:2] += middle * distance
    return np.asarray(centre @ frame), max(distance, 1e-3)


def not_too_near(points: Array, frame: Array, focal_mm: float, picture: Format, fill: float) -> float:
    """The focal length, or the longer one that shows as much of people who sit from beyond their table."""
    if focal_mm < WIDE_MM:
        return focal_mm
    return focal_mm * max(1.0, BEYOND_TABLE_M / fit(points, frame, focal_mm, picture, fill)[1])


def project(points: Array, position: Array, frame: Array, focal_mm: float, picture: Format) -> Array:
    """Picture coordinates (N, 2), ±1 at the borders; NaN behind the camera."""
    local = (points - position) @ frame.T
    depth = np.where(local[:, 2:] < -1e-6, -local[:, 2:], np.nan)
    half = np.array([picture.half_width_mm, picture.half_height_mm]) / focal_mm
    return np.asarray(local[:, :2] / depth / half)
