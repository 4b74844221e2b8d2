"""When a body breaks: the blow of one contact is stronger than it bears."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array
from lichtspiel.physics.contact import Contacts
from lichtspiel.physics.mechanism import TIME_STEP_S, Mechanism
from lichtspiel.stage.world import Body, World

_MEMORY_S = 0.010
"""A blow is what acts within about this time; a load that lasts longer is borne."""


@dataclass(frozen=True, eq=False)
class _InOneGrasp:
    """Two things that somebody holds from one time to another; which geoms (G,) are of each."""

    start_s: float
    end_s: float
    first: NDArray[np.bool_]
    second: NDArray[np.bool_]

    def touch(self, geoms: NDArray[np.int32]) -> NDArray[np.bool_]:
        """(N,) which of pairs of geoms (N, 2) are of both."""
        return np.asarray(self.first[geoms].any(axis=1) & self.second[geoms].any(axis=1))


class Strain:
    """Sums the normal force on every breakable body with a memory of 10 ms.

    A body at rest carries m·g·10 ms for ever, so that much is added to what it bears.
    """

    def __init__(self, world: World, bodies: Mapping[str, Body], mechanism: Mechanism) -> None:
        present = [b for b in world.breakables if b.body in bodies and b.body in mechanism.names]
        self._names = [b.body for b in present]
        mass = mechanism.model.body_mass
        gravity = float(np.linalg.norm(world.gravity))
        self._borne = np.array(
            [b.impulse_ns + 2 * mass[mechanism.body_id(b.body)] * gravity * _MEMORY_S for b in present]
        )
        column = {name: i for i, name in enumerate(self._names)}
        of_face = np.array([column.get(face.body, -1) for face in mechanism.faces], np.int64)
        self._of_geom = of_face[mechanism.geom_face] if len(of_face) else np.zeros(0, np.int64)
        self._is_flesh = np.isin(np.arange(mechanism.model.ngeom), mechanism.flesh)
        self._grasps = list(_in_one_grasp(world, set(self._names), mechanism))
        self._blow = np.zeros(len(present))
        self._last = 0
        self.position = np.zeros(3)
        """Where the last body broke."""
        self.impulse_ns = 0.0
        self.energy_j = 0.0
        """What the blow had taken from it by then."""
        self._approach = np.zeros(len(present))
        self._mass = mass[[mechanism.body_id(name) for name in self._names]]

    def feel(self, step: int, stride: int, contacts: Contacts, force: Array) -> str | None:
        """Take in the contacts of a step that lasts for `stride` of the shortest.

        Returns the name of the body that breaks, if one does.
        """
        if not self._names:
            return None
        owner = self._of_geom[contacts.geoms]
        if self._is_flesh.any():
            # Flesh gives way long before glass does.
            owner = np.where(self._is_flesh[contacts.geoms].any(axis=1)[:, None], -1, owner)
        for grasp in self._grasps:
            # Hands feel their way: a spoon is put into the bowl in the other hand, not through it.
            if grasp.start_s <= step * TIME_STEP_S < grasp.end_s:
                owner = np.where(grasp.touch(contacts.geoms)[:, None], -1, owner)
        if (owner < 0).all():
            return None
        faded = np.exp(-(step - self._last) * TIME_STEP_S / _MEMORY_S)
        self._blow *= faded
        self._approach *= faded
        self._last = step
        for side in (0, 1):
            mine = owner[:, side] >= 0
            np.add.at(self._blow, owner[mine, side], force[mine] * (stride * TIME_STEP_S))
            np.maximum.at(self._approach, owner[mine, side], -contacts.motion[mine, 0])
        worst = int(np.argmax(self._blow - self._borne))
        if self._blow[worst] < self._borne[worst]:
            return None
        hits = (owner == worst).any(axis=1)
        self.position = contacts.position[hits][int(np.argmax(force[hits]))]
        blow = self.impulse_ns = float(self._blow[worst])
        self.energy_j = max(blow * self._approach[worst] - blow**2 / (2 * self._mass[worst]), 0.0)
        return self._names[worst]


def _in_one_grasp(world: World, breakable: set[str], mechanism: Mechanism) -> Iterator[_InOneGrasp]:
    """What may break, and what the same person holds with it."""
    for one, other in itertools.combinations(world.grips, 2):
        start_s, end_s = max(one.start_s, other.start_s), min(one.end_s, other.end_s)
        bodies = {one.body, other.body}
        together = one.figure == other.figure and len(bodies) == 2 and start_s < end_s
        if together and bodies & breakable and bodies <= set(mechanism.names):
            own = (mechanism.geom_body == mechanism.body_id(body) for body in (one.body, other.body))
            yield _InOneGrasp(start_s, end_s, *own)
