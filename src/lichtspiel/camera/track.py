"""The camera's path through a film."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

SENSOR_MM = 36.0
"""Full-frame sensor, along the longer side of the picture."""

TRACK_RATE_HZ = 60.0
"""Samples of a shot's path per film second; independent of the film's frame rate."""


@dataclass(frozen=True)
class Lens:
    """What the camera is at one moment."""

    position: Array
    """(3,) metres."""
    orientation: Array
    """(4,) quaternion (w, x, y, z); the camera looks along its -z, +y is up in the picture."""
    focal_length_mm: float
    focus_distance_m: float
    f_stop: float


@dataclass(frozen=True, eq=False)
class ShotTrack:
    """One shot: arrays of N samples at TRACK_RATE_HZ from film_start_s to film_end_s."""

    film_start_s: float
    film_end_s: float
    positions: Array
    orientations: Array
    focal_length_mm: Array
    focus_distance_m: Array
    f_stop: float
    locked: bool
    """The camera does not move, turn, zoom or refocus at all."""

    def at(self, film_s: float) -> Lens:
        """The lens at a film time, which is clamped to the shot."""
        last = len(self.positions) - 1
        place = float(np.clip((film_s - self.film_start_s) * TRACK_RATE_HZ, 0.0, last))
        low = min(int(place), last)
        high = min(low + 1, last)
        share = place - low

        def blend(values: Array) -> Array:
            mixed: Array = (1 - share) * values[low] + share * values[high]
            return mixed

        turn = blend(self.orientations)
        return Lens(
            position=blend(self.positions),
            orientation=turn / np.linalg.norm(turn),
            focal_length_mm=float(blend(self.focal_length_mm)),
            focus_distance_m=float(blend(self.focus_distance_m)),
            f_stop=self.f_stop,
        )


@dataclass(frozen=True, eq=False)
class CameraTrack:
    """All shots of a film, in order and without gaps."""

    shots: tuple[ShotTrack, ...]

    def shot_at(self, film_s: float) -> ShotTrack:
        """The shot that a film time belongs to; a cut belongs to the later shot."""
        for shot in self.shots:
            if film_s < shot.film_end_s:
                return shot
        return self.shots[-1]

    def at(self, film_s: float) -> Lens:
        return self.shot_at(film_s).at(film_s)
