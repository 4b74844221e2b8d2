"""How closely the cameras of a film look at a figure."""

from __future__ import annotations

import numpy as np

from lichtspiel.camera import CameraTrack
from lichtspiel.library.people.rig import bones_posed
from lichtspiel.picture.people.build import Detail
from lichtspiel.picture.quality import Quality
from lichtspiel.stage.world import PlacedFigure, World
from lichtspiel.take import Performance

HEAD_M = 0.24
"""Height of a head, chin to crown."""
CLOSE_PX = 150.0
NEAR_PX = 28.0
"""Heads of at least so many pixels in height are looked at closely, or nearly so."""


def seen_closely(
    placed: PlacedFigure, performance: Performance, world: World, track: CameraTrack, quality: Quality
) -> Detail:
    """The detail that the largest view of the figure's head asks for."""
    sensor_px = max(quality.width, quality.height) / 36.0
    largest = 0.0
    rig = placed.physique.rig
    column = rig.index("head")
    for shot in track.shots:
        for film_s in np.linspace(shot.film_start_s, shot.film_end_s, 5, endpoint=False):
            lens = shot.at(float(film_s))
            heads, _ = bones_posed(rig, *performance.at(world.world_time(float(film_s))))
            away = float(np.linalg.norm(heads[column] - lens.position))
            largest = max(largest, sensor_px * lens.focal_length_mm * HEAD_M / max(away, 0.1))
    if largest >= CLOSE_PX:
        return Detail.CLOSE
    return Detail.NEAR if largest >= NEAR_PX else Detail.FAR
