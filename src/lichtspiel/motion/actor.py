"""A figure with all that its motion depends on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique
from lichtspiel.motion import styles
from lichtspiel.motion.anatomy import Anatomy, anatomy
from lichtspiel.motion.footwear import sole_of
from lichtspiel.motion.manner import Manner, manner
from lichtspiel.motion.soles import Sole
from lichtspiel.stage.world import Direction


@dataclass(frozen=True, eq=False)
class Actor:
    person: Person
    physique: Physique
    body: Anatomy
    manner: Manner
    sole: Sole


def actor(person: Person, physique: Physique) -> Actor:
    """Measure a person; the same person moves the same way."""
    return Actor(person, physique, anatomy(physique), manner(person), sole_of(person))


def styled(actor: Actor, direction: Direction) -> Actor:
    """The same person in the style of a direction."""
    return replace(actor, manner=styles.styled(actor.manner, styles.of(direction)))
