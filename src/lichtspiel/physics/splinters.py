"""Shards of a break among themselves: they begin in full contact, and collide once they have come apart."""

from __future__ import annotations

from collections.abc import Iterable

import mujoco
import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.physics.mechanism import STEPS_PER_SAMPLE, Mechanism
from lichtspiel.stage.world import World

LOOK_STEPS = 8 * STEPS_PER_SAMPLE
"""Steps between two looks at who has come apart: 17 ms."""
_CLEAR_M = 3e-4
"""Shards that are farther from each other than this have come apart."""


class Splinters:
    """The shards of one mechanism. What has once been clear of all others collides with them from then on."""

    def __init__(self, world: World, mechanism: Mechanism) -> None:
        self._model = mechanism.model
        shards = {shard for breakable in world.breakables for shard in breakable.shards}
        self.names = [name for name in mechanism.names if name in shards]
        self._bodies = np.array([mechanism.body_id(name) for name in self.names], np.int64)
        self._geoms = [_geoms_of(self._model, int(body)) for body in self._bodies]
        self._radius = np.array([_radius(self._model, int(body)) for body in self._bodies])
        self._kind = int(self._model.geom_contype[self._geoms[0][0]]) if self._geoms else 0
        self.apart: set[str] = set()
        """Those that collide with the others."""

    def part(self, data: mujoco.MjData) -> None:
        """Let those collide that have come apart by now."""
        if len(self.apart) == len(self.names):
            return
        centres = data.xipos[self._bodies]
        near = np.linalg.norm(centres[:, None] - centres[None], axis=2) < (
            self._radius[:, None] + self._radius[None] + _CLEAR_M
        )
        np.fill_diagonal(near, False)
        self.free(
            name
            for row, name in enumerate(self.names)
            if name not in self.apart
            and not any(self._touch(data, row, int(other)) for other in np.flatnonzero(near[row]))
        )

    def free(self, names: Iterable[str]) -> None:
        """Let these shards collide with all others."""
        for name in names:
            self.apart.add(name)
            row = self.names.index(name)
            self._model.geom_conaffinity[self._geoms[row]] |= self._kind
            # MuJoCo looks at bodies first, with what it gathered from their geoms when it compiled them.
            self._model.body_conaffinity[self._bodies[row]] |= self._kind

    def _touch(self, data: mujoco.MjData, one: int, other: int) -> bool:
        return any(
            mujoco.mj_geomDistance(self._model, data, first, second, 2 * _CLEAR_M, None) < _CLEAR_M
            for first in self._geoms[one]
            for second in self._geoms[other]
        )


def _geoms_of(model: mujoco.MjModel, body: int) -> range:
    return range(model.body_geomadr[body], model.body_geomadr[body] + model.body_geomnum[body])


def _radius(model: mujoco.MjModel, body: int) -> float:
    """Of the sphere about the centre of mass that holds all of a body."""
    geoms = list(_geoms_of(model, body))
    reach: Array = np.linalg.norm(model.geom_pos[geoms] - model.body_ipos[body], axis=1)
    return float((reach + model.geom_rbound[geoms]).max(initial=0.0))
