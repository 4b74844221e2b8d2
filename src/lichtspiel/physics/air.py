"""What air does to moving bodies: drag, and the side-slip of light flat things."""

from __future__ import annotations

from collections.abc import Mapping

import mujoco
import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.physics.mechanism import Mechanism
from lichtspiel.physics.rotation import cross
from lichtspiel.stage.world import Body, World

_SWAY_LIFT = 1.2
"""Share of the drag that turns sideways on a plate that flutters fully."""
_UNFELT = 1e-4
"""Drag of less than this share of the weight is none."""


class Air:
    """Forces of the world's air on the bodies of one mechanism."""

    def __init__(self, world: World, bodies: Mapping[str, Body], mechanism: Mechanism) -> None:
        dragged = [
            (i, drag)
            for i, name in enumerate(mechanism.names)
            if (drag := bodies[name].part.drag) is not None and world.air_density > 0
        ]
        self.is_still = not dragged
        self._ids = mechanism.body_ids[[i for i, _ in dragged]] if dragged else np.zeros(0, np.int64)
        self._roots = mechanism.model.body_rootid[self._ids]
        alone = np.bincount(mechanism.model.body_rootid)[self._roots] == 1
        self._alone = bool(alone.all())
        self._total = np.zeros((mechanism.model.nbody, 6))
        self._wind = np.array(world.wind)
        resistance = [0.5 * world.air_density * drag.coefficient * drag.area_m2 for _, drag in dragged]
        self._resistance = np.array(resistance)[:, None]
        self._flutter = np.array([drag.flutter for _, drag in dragged])[:, None]
        self._flutters = bool(self._flutter.any())
        weight = mechanism.model.body_mass[self._ids] * float(np.linalg.norm(world.gravity))
        self._least = (_UNFELT * weight)[:, None]
        self._span = np.sqrt(np.array([drag.area_m2 for _, drag in dragged]))[:, None]

    def wrench(self, data: mujoco.MjData) -> Array:
        """This moment's force and torque on every MuJoCo body, (B, 6), about its centre of mass; the
        array is filled anew each time.

        Drag is ½ρ·c·A·v² against the motion through the air. A body that flutters is taken as a
        plate normal to its own z: the pressure of the stream stands on the plate, acts ahead of the
        middle and rocks it, and its sideways part makes it slip to and fro (Andersen, Pesavento &
        Wang, J. Fluid Mech. 541, 2005, in its simplest form).
        """
        ids, total = self._ids, self._total
        if not len(ids):
            return total
        spin, velocity = self._velocities(data)
        stream = self._wind - velocity
        speed = _lengths(stream)
        pull = self._resistance * speed
        if not self._flutters:
            # What rests in a breeze that it does not feel may sleep.
            total[ids, :3] = stream * (pull * (pull * speed > self._least))
            return total
        normal = data.xmat[ids].reshape(-1, 3, 3)[:, :, 2]
        across = np.sum(stream * normal, axis=1, keepdims=True)
        along = stream - across * normal
        pressure = pull * across * normal
        force = pull * stream + self._flutter * _SWAY_LIFT * (pressure - pull * stream)
        # The centre of pressure lies ahead, where the stream meets the plate first.
        arm = -0.25 * self._span * along / np.maximum(speed, 1e-9)
        damping = self._resistance * self._span**2 * (speed + 0.2) * spin
        torque = self._flutter * (cross(arm, pressure) - damping)
        felt = _lengths(force) > self._least
        total[ids, :3] = np.where(felt, force, 0.0)
        total[ids, 3:] = np.where(felt, torque, 0.0)
        return total

    def _velocities(self, data: mujoco.MjData) -> tuple[Array, Array]:
        """Angular velocity and velocity of centres of mass in the world, (B, 3) each."""
        spatial = data.cvel[self._ids]
        spin, velocity = spatial[:, :3], spatial[:, 3:]
        if self._alone:
            return spin, velocity
        # cvel is taken about the centre of mass of the whole tree.
        offset = data.xipos[self._ids] - data.subtree_com[self._roots]
        return spin, velocity + cross(spin, offset)


def _lengths(vectors: Array) -> Array:
    """(N, 1) of vectors (N, 3). Faster than NumPy's norm for a few."""
    return np.asarray(np.sqrt(np.add.reduce(vectors * vectors, axis=1, keepdims=True)))
