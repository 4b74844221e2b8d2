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
from lichtspiel.physics.mechanism import IMPEDANCE, TIME_STEP_S, Mechanism

_STICKING = 0.9 / TIME_STEP_S
"""Rate at which friction brings a slow slip to rest: nearly within a step."""

_RESTING_M_S = 0.01
"""Approaches slower than this are damped like those of a body at rest, so that nothing trembles."""

_STEEPEST = 0.15
"""Most rolling resistance against the load, as of a ball on loose sand."""

_LEVERAGE = 3.0
"""How much lighter a corner is than the whole body when pushed there."""

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

    The same stages as mj_step1, but contacts get their friction before constraints are made of them.
    """
    model = mechanism.model
    mujoco.mj_fwdPosition(model, data)
    if data.ncon:
        contact = data.contact
        geoms = contact.geom
        material = mechanism.geom_material[geoms]
        friction = mechanism.friction[material[:, 0], material[:, 1]]
        # A small ball ploughs no deeper than it rolls.
        radius = mechanism.geom_radius[geoms].max(axis=1)
        friction[:, 3:] = np.minimum(friction[:, 3:], (_STEEPEST * radius + 1e-7)[:, None])
        contact.friction[:] = friction
        mujoco.mj_makeConstraint(model, data)
        mujoco.mj_island(model, data)
    mujoco.mj_fwdVelocity(model, data)


def respond(mechanism: Mechanism, data: mujoco.MjData) -> Contacts | None:
    """Set what MuJoCo aims at in every contact. Between `observe` and mj_step2."""
    if not data.ncon:
        return None
    contact = data.contact
    rows, depth, geoms = contact.efc_address, -contact.dist, contact.geom
    size, frame, place = contact.dim, contact.frame, contact.pos
    if rows.min() < 0:  # Shapes that only just touch have no row yet.
        real = rows >= 0
        if not real.any():
            return None
        rows, depth, geoms = rows[real], depth[real], geoms[real]
        size, frame, place = size[real], frame[real], place[real]
    depth = np.maximum(depth, 0.0)
    reference, velocity = data.efc_aref, data.efc_vel
    material = tuple(mechanism.geom_material[geoms].T)
    start = rows.min()
    reference[start:] = -_STICKING * velocity[start:]
    approach = -velocity[rows]
    elastic = mechanism.stiffness[material] * depth * np.sqrt(depth)
    # The share of the step until the bodies stop approaching is still loading; without it the turn
    # of a fast contact would fall on a whole step, and e would be wrong by a step's share. Contacts
    # side by side stop them together.
    bodies = mechanism.geom_body[geoms]
    couple = bodies.min(axis=1) * mechanism.model.nbody + bodies.max(axis=1)
    helpers = (couple[:, None] == couple).sum(axis=1) * np.where(size == 6, 1.0, _LEVERAGE)
    loading = np.clip(approach / (elastic * TIME_STEP_S * helpers + _RESTING_M_S), 0.0, 1.0)
    kept = mechanism.restitution[material] ** 2
    reference[rows] = _WEIGHT * elastic * (kept + (1.0 - kept) * loading)
    columns = np.minimum(_SIX, size[:, None] - 1)
    motion = velocity[rows[:, None] + columns]
    motion[columns < _SIX] = 0.0
    return Contacts(
        geoms=geoms.copy(),
        rows=rows.copy(),
        depth=depth,
        normal=frame[:, :3].copy(),
        position=place.copy(),
        motion=motion,
    )


_SIX = np.arange(6)
