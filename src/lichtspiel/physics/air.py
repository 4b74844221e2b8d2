"""What air does to moving bodies: drag, and the side-slip of light flat things."""

from __future__ import annotations

from collections.abc import Mapping

import mujoco
import numpy as np
from numpy.typing import NDArray

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
        self._wind = np.array(world.wind)
        resistance = [0.5 * world.air_density * drag.coefficient * drag.area_m2 for _, drag in dragged]
        self._resistance = np.array(resistance)[:, None]
        self._flutter = np.array([drag.flutter for _, drag in dragged])[:, None]
        self._flutters = bool(self._flutter.any())
        weight = mechanism.model.body_mass[self._ids] * float(np.linalg.norm(world.gravity))
        self._least = (_UNFELT * weight)[:, None]
        self._span = np.sqrt(np.array([drag.area_m2 for _, drag in dragged]))[:, None]

    def wrench(self, model: mujoco.MjModel, data: mujoco.MjData) -> Array:
        """This moment's force and torque on every MuJoCo body, (B, 6), about its centre of mass.

        Drag is ½ρ·c·A·v² against the motion through the air. A body that flutters is taken as a
        plate normal to its own z: the pressure of the stream stands on the plate, acts ahead of the
        middle and rocks it, and its sideways part makes it slip to and fro (Andersen, Pesavento &
        Wang, J. Fluid Mech. 541, 2005, in its simplest form).
        """
        ids = self._ids
        total = np.zeros((model.nbody, 6))
        if not len(ids):
            return total
        spin, velocity = _velocities(data, ids, self._roots)
        stream = self._wind - velocity
        speed = _lengths(stream)
        force = self._resistance * speed * stream
        torque = None
        if self._flutters:
            normal = data.xmat[ids].reshape(-1, 3, 3)[:, :, 2]
            across = np.sum(stream * normal, axis=1, keepdims=True)
            along = stream - across * normal
            pressure = self._resistance * speed * across * normal
            force = force + self._flutter * _SWAY_LIFT * (pressure - self._resistance * speed * stream)
            # The centre of pressure lies ahead, where the stream meets the plate first.
            arm = -0.25 * self._span * along / np.maximum(speed, 1e-9)
            damping = self._resistance * self._span**2 * (speed + 0.2) * spin
            torque = self._flutter * (cross(arm, pressure) - damping)
        # What rests in a breeze that it does not feel may sleep.
        felt = _lengths(force) > self._least
        total[ids, :3] = np.where(felt, force, 0.0)
        if torque is not None:
            total[ids, 3:] = np.where(felt, torque, 0.0)
        return total


def _lengths(vectors: Array) -> Array:
    """(N, 1) of vectors (N, 3). Faster than NumPy's norm for a few."""
    return np.asarray(np.sqrt(np.add.reduce(vectors * vectors, axis=1, keepdims=True)))


def _velocities(data: mujoco.MjData, ids: NDArray[np.int64], roots: NDArray[np.int32]) -> tuple[Array, Array]:
    """Angular velocity and velocity of centres of mass in the world, (B, 3) each."""
    spatial = data.cvel[ids]
    spin = spatial[:, :3]
    # cvel is taken about the centre of mass of the whole tree.
    offset = data.xipos[ids] - data.subtree_com[roots]
    return spin, spatial[:, 3:] + cross(spin, offset)
