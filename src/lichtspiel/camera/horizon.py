"""Put the horizon where a shot wants it, or where it leaves little empty ground."""

from __future__ import annotations

import numpy as np

from lichtspiel.camera.framing import Format, axes, project
from lichtspiel.camera.moves import Path, pitched
from lichtspiel.camera.track import Array

KEPT = 0.86
"""Picture coordinate within which pitching keeps what acts."""
EYES_AT, TOP_AT = 0.3, 0.9
"""Picture coordinates of the eyes and of the crown in a close-up: the eyes lie about a third from the top."""
LOW = 0.42
"""Share of the height below the horizon of a view along the ground: most of the picture is not ground."""
FLAT = 0.55
"""What takes up less of the picture's height leaves the lower half to the empty ground."""


def elevation_rad(share: float, focal_mm: float, picture: Format) -> float:
    """How far above its subject, seen from it, a camera stands that has both the subject in the middle
    of its picture and the horizon at this share of the picture's height."""
    return float(np.arctan((2 * share - 1) * picture.half_height_mm / focal_mm))


def settled(path: Path, picture: Format, points: Array) -> Path:
    """The path, pitched up where what is shown is flat and would stand above an empty half of ground."""
    position = path.positions[0]
    seen = project(points, position, axes(position - path.aims[0]), float(path.focal_mm[0]), picture)
    if np.isnan(seen).any() or np.ptp(seen[:, 1]) / 2 > FLAT:
        return path
    return levelled(path, LOW, picture, points)


def headed(path: Path, picture: Format, eyes: Array, points: Array) -> Path:
    """The path, pitched so that a face that fills the picture has its eyes above the middle when it begins.

    eyes, points: (N, 3) of the face; all of it stays in the picture.
    """
    focal = float(path.focal_mm[0])
    gaze = path.aims[0] - path.positions[0]
    pitch = float(np.arctan2(gaze[2], np.hypot(gaze[0], gaze[1])))

    def above(seen: Array) -> Array:
        way = seen - path.positions[0]
        return np.asarray(np.arctan2(way[:, 2], np.hypot(way[:, 0], way[:, 1])))

    wanted = float(above(eyes).mean() - np.arctan(EYES_AT * picture.half_height_mm / focal))
    lowest = float(above(points).max() - np.arctan(TOP_AT * picture.half_height_mm / focal))
    return pitched(path, max(wanted, lowest) - pitch)


def levelled(path: Path, share: float, picture: Format, points: Array) -> Path:
    """The path, pitched by one angle so that the horizon is at this share when it begins.

    points: (N, 3) what must not leave the picture for it; the angle is as large as they allow.
    """
    gaze = path.aims - path.positions
    level = np.hypot(gaze[:, 0], gaze[:, 1])
    if level.min() < 1e-3:
        return path  # straight down there is no horizon
    pitch = float(np.arctan2(gaze[0, 2], level[0]))
    wanted = -elevation_rad(share, float(path.focal_mm[0]), picture)
    reach = np.arctan(KEPT * picture.half_height_mm / float(path.focal_mm[0]))
    seen = points - path.positions[0]
    heights = np.arctan2(seen[:, 2], np.maximum(np.hypot(seen[:, 0], seen[:, 1]), 1e-6)) - pitch
    lowest, highest = min(0.0, float(heights.max() - reach)), max(0.0, float(heights.min() + reach))
    turn = float(np.clip(wanted - pitch, lowest, highest))
    return pitched(path, turn)
