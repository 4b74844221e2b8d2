"""What figures are to the things of their world: limbs in the way, hands that hold, and weight.

Their movement is given; things feel it and cannot change it. Everything is sampled at the rate of a take.
"""

from __future__ import annotations

from dataclasses import dataclass

from lichtspiel.library.asset import Array, Shape, Vec3
from lichtspiel.stage.world import Grip


@dataclass(frozen=True, eq=False)
class Track:
    """How a frame moves. N samples at the rate of a take."""

    positions: Array
    """(N, 3)"""
    orientations: Array
    """(N, 4) unit quaternions."""
    velocities: Array
    """(N, 3) of the frame's origin."""
    spins: Array
    """(N, 3) rad/s, world axes."""


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


NOBODY = Cast()
