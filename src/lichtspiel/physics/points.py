"""Points that stick: an arrow in straw, a dart in a board, either in a lawn."""

from __future__ import annotations

from collections.abc import Iterable

import mujoco
import numpy as np
from numpy.typing import NDArray

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.physics.contact import Contacts
from lichtspiel.physics.mechanism import Mechanism

_POINT = "point"
"""Label of the shape whose end is pointed: a capsule along its z axis."""
_SLOWEST_M_S = 2.0
"""A point that arrives slower has been laid down."""
_LEAST_HEAD_ON = 0.35
"""Cosine to the surface's normal below which a point glances off, and to its own axis below which it does not
arrive with its end."""


class Points:
    """The pointed things of one mechanism, and which of them are stuck in what does not move.

    What is entered resists with its own pressure on the point's section, so that a point of mass m and
    radius r that arrives at speed v is in ½·m·v² / (pressure·π·r²) deep when it has come to rest.
    """

    def __init__(self, mechanism: Mechanism) -> None:
        self._mechanism, model = mechanism, mechanism.model
        labels = np.array([face.label == _POINT for face in mechanism.faces], bool)
        self._pointed = labels[mechanism.geom_face] if len(labels) else np.zeros(0, bool)
        self._pointed[mechanism.flesh] = False
        free = {
            int(body)
            for body in mechanism.body_ids
            if model.body_jntnum[body]
            and model.jnt_type[model.body_jntadr[body]] == mujoco.mjtJoint.mjJNT_FREE
        }
        self._pointed &= np.isin(mechanism.geom_body, list(free))
        soft = [catalogue.materials()[face.material].pierced_pa or np.inf for face in mechanism.faces]
        self._pressure = np.array(soft, float)[mechanism.geom_face] if soft else np.zeros(0)
        self._pressure[model.body_weldid[mechanism.geom_body] != 0] = np.inf
        self._pressure[mechanism.flesh] = np.inf
        self.stuck: list[str] = []

    def enter(self, data: mujoco.MjData, contacts: Contacts) -> dict[int, float]:
        """What gets stuck by the contacts of a step about to be taken: row of the contact → impulse, Ns.

        Their bodies are put as deep as they come.
        """
        blows: dict[int, float] = {}
        model, pointed = self._mechanism.model, self._pointed[contacts.geoms]
        for row in np.flatnonzero(pointed.any(axis=1)).tolist():
            side = int(np.argmax(pointed[row]))
            point, other = int(contacts.geoms[row, side]), int(contacts.geoms[row, 1 - side])
            body = int(self._mechanism.geom_body[point])
            name = model.body(body).name
            way = self._way(data, point, contacts.normal[row], -float(contacts.motion[row, 0]))
            if way is None or name in self.stuck or not np.isfinite(self._pressure[other]):
                continue
            speed, mass = float(np.linalg.norm(way)), float(model.body_mass[body])
            radius, half = model.geom_size[point, :2]
            depth = min(0.5 * mass * speed**2 / (self._pressure[other] * np.pi * radius**2), 2 * half)
            place = model.jnt_qposadr[model.body_jntadr[body]]
            data.qpos[place : place + 3] += depth / speed * way
            blows[row] = mass * speed
            self.keep([name])
        return blows

    def keep(self, names: Iterable[str]) -> None:
        """These are stuck: they touch nothing any more."""
        model = self._mechanism.model
        for name in names:
            self.stuck.append(name)
            geoms: NDArray[np.int64] = np.flatnonzero(
                self._mechanism.geom_body == self._mechanism.body_id(name)
            )
            model.geom_contype[geoms] = model.geom_conaffinity[geoms] = 0

    def _way(self, data: mujoco.MjData, geom: int, normal: Array, approach: float) -> Array | None:
        """Velocity (3,) of a point before the blow; None where it does not come with its end foremost.

        approach: of the two surfaces, m/s.
        """
        axis = data.geom_xmat[geom].reshape(3, 3)[:, 2]
        if approach < _SLOWEST_M_S or abs(float(axis @ normal)) < _LEAST_HEAD_ON:
            return None
        velocity = np.zeros(6)
        kind = mujoco.mjtObj.mjOBJ_GEOM
        mujoco.mj_objectVelocity(self._mechanism.model, data, kind, geom, velocity, 0)
        way = velocity[3:].copy()
        head_on = min(approach, abs(float(axis @ way))) / max(float(np.linalg.norm(way)), 1e-9)
        return None if head_on < _LEAST_HEAD_ON else way
