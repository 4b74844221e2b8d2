"""What figures are to the things of their world: limbs in the way, hands that hold, and weight.

Their movement is given; things feel it and cannot change it. Everything is sampled at the rate of a take.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lichtspiel.library.asset import Array, Shape, Vec3
from lichtspiel.physics.rotation import conjugate, product, rotate
from lichtspiel.stage.world import Grip


@dataclass(frozen=True, eq=False)
class Track:
    """How a frame moves, or several frames side by side. N samples at the rate of a take."""

    positions: Array
    """(N, 3)"""
    orientations: Array
    """(N, 4) unit quaternions."""
    velocities: Array
    """(N, 3) of the frame's origin."""
    spins: Array
    """(N, 3) rad/s, world axes."""

    @cached_property
    def own_spins(self) -> Array:
        """(N, 3) rad/s, axes of the frame."""
        return rotate(conjugate(self.orientations), self.spins)

    @cached_property
    def turning(self) -> Array:
        """(N, 4) rates at which the quaternions change."""
        still = np.zeros((*self.spins.shape[:-1], 1))
        return 0.5 * product(np.concatenate([still, self.spins], axis=-1), self.orientations)


@dataclass(frozen=True, eq=False)
class Limb:
    """A segment of a figure's body."""

    name: str
    """figure/segment: `anna/hand_r`."""
    figure: str
    shapes: tuple[Shape, ...]
    """In the frame of the bone that carries it."""
    track: Track


@dataclass(frozen=True, eq=False)
class Hand:
    """A grip with the way on which it leads its body."""

    grip: Grip
    track: Track
    rides: bool = False
    """Whether the body stands on what the hand holds: then it touches nothing until both are let go."""
    throw: Vec3 | None = None
    """Velocity of the body's centre of mass when it is let go; None = that which the hand gives it."""


@dataclass(frozen=True, eq=False)
class Tread:
    """The weight of a figure on a moving body that it stands on."""

    body: str
    forces: Array
    """(N, 3) newtons on the body, world axes."""
    points: Array
    """(N, 3) where it acts, in the frame of the body."""
    usual: tuple[Vec3, Vec3] | None = None
    """Load and place that the body has as it stands at the start; the forces act less these."""


@dataclass(frozen=True, eq=False)
class Cast:
    """All that figures do to things."""

    limbs: tuple[Limb, ...] = ()
    hands: tuple[Hand, ...] = ()
    treads: tuple[Tread, ...] = ()

    @cached_property
    def ways(self) -> Track:
        """The tracks of all limbs, (N, L, ·)."""
        fields = ("positions", "orientations", "velocities", "spins")
        return Track(*(np.stack([getattr(limb.track, name) for limb in self.limbs], 1) for name in fields))


NOBODY = Cast()
