"""Single postures of a person, for pictures of them without a take."""

from __future__ import annotations

from lichtspiel.library.asset import Array
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique
from lichtspiel.motion import posture
from lichtspiel.motion.anatomy import anatomy
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.footwear import sole_of
from lichtspiel.motion.manner import manner
from lichtspiel.motion.solve import solve


def standing(person: Person, physique: Physique) -> tuple[Array, Array]:
    """Root offset (3,) and pose (B, 4) of this person at ease, soles on z = 0."""
    return _pose(physique, posture.stand(anatomy(physique), manner(person), sole_of(person)))


def seated(person: Person, physique: Physique, seat_height_m: float) -> tuple[Array, Array]:
    """Root offset and pose on a seat above the origin, hands on the thighs."""
    return _pose(physique, posture.sit(anatomy(physique), manner(person), sole_of(person), seat_height_m))


def lying(person: Person, physique: Physique, height_m: float) -> tuple[Array, Array]:
    """Root offset and pose on the back on a surface of this height, head to +y."""
    return _pose(physique, posture.lie(anatomy(physique), manner(person), height_m))


def _pose(physique: Physique, controls: Controls) -> tuple[Array, Array]:
    root, pose, _ = solve(anatomy(physique), controls)
    return root[0], pose[0]
