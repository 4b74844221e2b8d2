"""Doors, drawers and cranks in a hand: what hangs on a hinge or slide goes as far along as the hand does."""

from __future__ import annotations

import mujoco
import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.physics.cast import Hand
from lichtspiel.physics.mechanism import RATE_HZ, TIME_STEP_S
from lichtspiel.physics.rotation import cross

_SHORTEST_M = 0.02
"""A hand that is no farther from a hinge does not turn it."""


class Handle:
    """A hand on a body with one joint, from the moment it takes hold."""

    def __init__(self, model: mujoco.MjModel, data: mujoco.MjData, hand: Hand, now: float) -> None:
        joint = model.joint(hand.grip.body)
        self._id, self._place, self._dof = int(joint.id), int(joint.qposadr[0]), int(joint.dofadr[0])
        self._turns = bool(joint.type[0] == mujoco.mjtJoint.mjJNT_HINGE)
        self._range = tuple(joint.range) if model.jnt_limited[self._id] else (-np.inf, np.inf)
        self._path = hand.track.positions
        self._last = self._begun = float(data.qpos[self._place])
        self._start = self._at(now)
        self._turned, self._before = 0.0, self._arm(data, self._start)
        self._step = -1

    def carry(self, data: mujoco.MjData, step: int) -> None:
        """Bring the joint to where the hand is at a step."""
        hand = self._at(step * TIME_STEP_S)
        if self._turns:
            arm = self._arm(data, hand)
            axis = data.xaxis[self._id]
            if min(np.linalg.norm(arm), np.linalg.norm(self._before)) > _SHORTEST_M:
                self._turned += float(np.arctan2(cross(self._before, arm) @ axis, self._before @ arm))
            self._before = arm
            wanted = self._begun + self._turned
        else:
            wanted = self._begun + float((hand - self._start) @ data.xaxis[self._id])
        wanted = float(np.clip(wanted, *self._range))
        passed_s = (step - self._step) * TIME_STEP_S if self._step >= 0 else np.inf
        data.qvel[self._dof] = (wanted - self._last) / max(passed_s, TIME_STEP_S)
        data.qpos[self._place] = wanted
        self._last, self._step = wanted, step

    def _at(self, time_s: float) -> Array:
        low = min(int(time_s * RATE_HZ + 1e-6), len(self._path) - 1)
        share = time_s * RATE_HZ - low
        return np.asarray(
            self._path[low] + share * (self._path[min(low + 1, len(self._path) - 1)] - self._path[low])
        )

    def _arm(self, data: mujoco.MjData, hand: Array) -> Array:
        """From the hinge's axis to the hand, across the axis."""
        axis = data.xaxis[self._id]
        arm = hand - data.xanchor[self._id]
        return np.asarray(arm - (arm @ axis) * axis)
