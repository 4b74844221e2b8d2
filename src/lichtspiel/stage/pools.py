"""Where water stands that people step into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Vec3
from lichtspiel.stage.world import PlacedFigure, World

_SHARE = 0.42
"""Radius of a puddle that somebody jumps in, against their height: both feet land well inside it."""


@dataclass(frozen=True)
class Pool:
    """A puddle: its middle on the ground, and how far its shore is from there."""

    position: Vec3
    radius_m: float

    def holds(self, point: Vec3) -> bool:
        """Whether a point of the ground is under its water."""
        across, deep, high = np.subtract(point, self.position)
        return bool(np.hypot(across, deep) < self.radius_m and abs(high) < self.radius_m)


def has_puddles(world: World) -> bool:
    """Whether water stands on the ground of a film: out of doors, where it is wet."""
    return world.acoustics.room_m is None and world.screenplay.setting.is_wet


def pools_of(world: World) -> tuple[Pool, ...]:
    """The puddles that people step into; where else water stands the picture decides."""
    if not has_puddles(world):
        return ()
    return tuple(pool for figure in world.figures for pool in _about(figure))


def _about(figure: PlacedFigure) -> Sequence[Pool]:
    motions = catalogue.motions()
    stepping = any(d.motion in motions and motions[d.motion].wet for d in figure.directions)
    return [Pool(figure.position, _SHARE * figure.person.height_m)] if stepping else []
