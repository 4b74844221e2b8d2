"""Tables of how every pair of surfaces in a world meets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array, Shape
from lichtspiel.library.surfaces import touch

ROUND = {"sphere", "cylinder", "capsule", "ellipsoid"}
"""Shapes that roll."""
_STEEPEST = 0.15
"""Most rolling resistance against the load, as of a ball on loose sand."""


@dataclass(frozen=True)
class Surface:
    """What a shape meets others with."""

    material: str
    radius_m: float
    """That it rolls on; 0 for what does not roll. A small ball ploughs no deeper than it rolls."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """For the first surface with each of all, then the second with each, and so on: P rows."""

    friction: Array
    """(P, 5) MuJoCo's coefficients: sliding twice, turning on the spot, rolling twice."""
    stiffness: Array
    """(P,) κ of the contact law."""
    returned: Array
    """(P,) share of the energy that a contact gives back, e²."""


def surface_of(shape: Shape) -> Surface:
    """The surface of a shape."""
    return Surface(shape.material, float(shape.size[0]) if shape.kind in ROUND else 0.0)


def pairs_of(surfaces: Sequence[Surface]) -> Pairs:
    """How surfaces meet each other."""
    pairs = [(one, other) for one in surfaces for other in surfaces]
    touches = [touch(one.material, other.material) for one, other in pairs]
    steepest = [_STEEPEST * max(one.radius_m, other.radius_m) + 1e-7 for one, other in pairs]
    friction = [
        # A contact patch that rolls hard also turns hard on the spot.
        (t.friction, t.friction, min(2 * t.rolling_m, most), *[min(t.rolling_m, most)] * 2)
        for t, most in zip(touches, steepest, strict=True)
    ]
    return Pairs(
        np.maximum(np.array(friction, float).reshape(-1, 5), 1e-7),
        hertz_stiffness(np.array([t.contact_s for t in touches], float)),
        np.array([t.restitution for t in touches], float) ** 2,
    )


def hertz_stiffness(contact_s: Array) -> Array:
    """κ in a = κ·δ^1.5 that makes a contact at 3 m/s last so long.

    Hertz: T = 2.943·δmax/v and δmax = (5·v²/(4·κ))^(2/5) (Landau & Lifshitz, Elasticity, §9).
    """
    speed = 3.0
    deepest = contact_s * speed / 2.943
    return np.asarray(1.25 * speed**2 / deepest**2.5)
