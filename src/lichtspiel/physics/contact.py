"""The law of contact: an elastic spring that gives back e² of the energy it took up.

Force per unit of mass: κ·δ^1.5 while two bodies approach (Hertz, δ is the depth), e² times that while
they part. The energy given back is e² of the energy taken up whatever the depth, the mass or the
gravity, and the force never pulls, so restitution is e exactly. A contact at rest finds its
depth where the spring carries the weight. Friction is Coulomb's, solved by MuJoCo.
"""

from __future__ import annotations

from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array
from lichtspiel.physics.mechanism import IMPEDANCE, Mechanism
from lichtspiel.physics.rotation import cross

_STICKING = 0.9
"""Share of a slow slip that friction brings to rest within a step."""

_RESTING_M_S = 0.01
"""Approaches slower than this are damped like those of a body at rest, so that nothing trembles."""

_LEVERAGE = 3.0
"""How much lighter a corner is than the whole body when pushed there."""

THROUGH_M = 0.06
"""What a limb is deeper in than this it cannot push aside: it goes through."""

_WEIGHT = (1.0 - IMPEDANCE) / IMPEDANCE
"""From the acceleration that a contact alone would cause to MuJoCo's reference of a soft constraint."""


@dataclass(frozen=True, eq=False)
class Contacts:
    """Contacts of one step. C contacts."""

    geoms: NDArray[np.int32]
    """(C, 2)"""
    rows: NDArray[np.int32]
    """(C,) row of the normal in the solver's arrays."""
    depth: Array
    normal: Array
    """(C, 3) from the first geom to the second."""
    position: Array
    motion: Array
    """(C, 6) relative velocity: normal (parting is positive), slip 2, spin, roll 2; m/s and rad/s."""


def observe(mechanism: Mechanism, data: mujoco.MjData) -> None:
    """The first half of MuJoCo's step, with the friction of each pair of materials.

    The same stages as mj_step1; where things touch, their constraints are made a second time, since
    MuJoCo cannot be told the friction of pairs before it knows who touches whom.
    """
    model = mechanism.model
    mujoco.mj_fwdPosition(model, data)
    if data.ncon:
        contact = data.contact
        contact.friction[:] = mechanism.friction[_pairs(mechanism, contact.geom)]
        mujoco.mj_makeConstraint(model, data)
        mujoco.mj_island(model, data)
    mujoco.mj_fwdVelocity(model, data)


SHARPEST_M_S2 = 2e4
"""Flesh gives way, so that it does not shoot splinters off; a kicked football reaches a quarter of this."""


@dataclass(frozen=True, eq=False)
class Drift:
    """How bodies that MuJoCo takes as standing still are led: velocity and spin (nbody, 3), world axes."""

    velocity: Array
    spin: Array
    strength_n: Array
    """(nbody,) how hard each of them can push; 0 for all other bodies."""

    def touches(self, mechanism: Mechanism, geoms: NDArray[np.int32]) -> bool:
        """Whether one of them is in any of these contacts."""
        return bool(self.strength_n[mechanism.geom_body[geoms]].any())

    def bounded(self, mechanism: Mechanism, geoms: NDArray[np.int32], depth: Array, elastic: Array) -> Array:
        """Elastic accelerations (C,) where limbs push no harder than limbs can.

        What is caught between a limb, which nothing stops, and something firm is passed through.
        """
        bodies = mechanism.geom_body[geoms]
        strength = self.strength_n[bodies]
        led = strength > 0
        other = np.where(led[:, 0], bodies[:, 1], bodies[:, 0])
        most = strength.max(axis=1) * mechanism.model.body_invweight0[other, 0]
        most = np.minimum(most, SHARPEST_M_S2)
        pushed = np.where(depth >= THROUGH_M, 0.0, np.minimum(elastic, most))
        return np.where(led.any(axis=1), pushed, elastic)

    def motion(
        self, mechanism: Mechanism, data: mujoco.MjData, geoms: NDArray[np.int32], place: Array, frame: Array
    ) -> Array:
        """What they add to the relative velocities (C, 6) of contacts."""
        first, second = (mechanism.geom_body[geoms[:, side]] for side in (0, 1))
        slip = self._point(data, second, place) - self._point(data, first, place)
        turn = self.spin[second] - self.spin[first]
        axes = frame.reshape(-1, 3, 3)
        return np.hstack([(axes @ slip[..., None])[..., 0], (axes @ turn[..., None])[..., 0]])

    def _point(self, data: mujoco.MjData, body: NDArray[np.int64], place: Array) -> Array:
        return np.asarray(self.velocity[body] + cross(self.spin[body], place - data.xpos[body]))


def respond(mechanism: Mechanism, data: mujoco.MjData, drift: Drift | None = None) -> Contacts | None:
    """Set what MuJoCo aims at in every contact. Between `observe` and mj_step2."""
    if not data.nefc or not data.ncon:
        return None
    contact = data.contact
    rows, distance, geoms = contact.efc_address, contact.dist, contact.geom
    size, frame, place = contact.dim, contact.frame, contact.pos
    step_s = mechanism.model.opt.timestep
    first = rows[0] if len(rows) == 1 else rows.min()
    if first < 0:  # Shapes that only just touch have no row, nor has what sleeps.
        real = rows >= 0
        if not real.any():
            return None
        rows, distance, geoms = rows[real], distance[real], geoms[real]
        size, frame, place = size[real], frame[real], place[real]
        first = rows.min()
    depth = np.maximum(-distance, 0.0)
    reference, velocity = data.efc_aref, data.efc_vel
    pairs = _pairs(mechanism, geoms)
    elastic = mechanism.stiffness[pairs] * (depth * np.sqrt(depth))
    columns = np.minimum(_SIX, size[:, None] - 1)
    if drift is not None and drift.touches(mechanism, geoms):
        elastic = drift.bounded(mechanism, geoms, depth, elastic)
        added = drift.motion(mechanism, data, geoms, place, frame)
        velocity = velocity.copy()
        for column in range(6):
            felt = size > column
            velocity[rows[felt] + column] += added[felt, column]
    motion = velocity[rows[:, None] + columns]
    motion[columns < _SIX] = 0.0
    # The share of the step until the bodies stop approaching is still loading; without it the turn
    # of a fast contact would fall on a whole step, and e would be wrong by a step's share. Contacts
    # side by side stop them together.
    helpers = _helpers(mechanism, geoms) * np.where(size == 6, step_s, step_s * _LEVERAGE)
    loading = np.minimum(np.maximum(-motion[:, 0] / (elastic * helpers + _RESTING_M_S), 0.0), 1.0)
    kept = mechanism.returned[pairs]
    reference[first:] = -_STICKING / step_s * velocity[first:]
    reference[rows] = _WEIGHT * elastic * (kept + (1.0 - kept) * loading)
    return Contacts(
        geoms=geoms.copy(),
        rows=rows.copy(),
        depth=depth,
        normal=frame[:, :3].copy(),
        position=place.copy(),
        motion=motion,
    )


_SIX = np.arange(6)


def _pairs(mechanism: Mechanism, geoms: NDArray[np.int32]) -> NDArray[np.int64]:
    """(C,) rows in the mechanism's tables of pairs."""
    first: NDArray[np.int64] = mechanism.pair_row[geoms[:, 0]]
    return first + mechanism.pair_column[geoms[:, 1]]


def _helpers(mechanism: Mechanism, geoms: NDArray[np.int32]) -> NDArray[np.int64]:
    """(C,) how many contacts the two bodies of each contact have with each other."""
    if len(geoms) == 1:
        return np.ones(1, np.int64)
    first, second = mechanism.geom_body[geoms[:, 0]], mechanism.geom_body[geoms[:, 1]]
    couple = np.minimum(first, second) * mechanism.model.nbody + np.maximum(first, second)
    helpers: NDArray[np.int64] = np.bincount(couple)[couple]
    return helpers
