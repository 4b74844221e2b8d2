"""How two materials meet: friction, restitution, rolling friction and time of contact.

What `pairs.yaml` says of a pair holds. Where it is silent, the materials combine:

* restitution: work-equivalent composite (Coaplen, Stronge & Ravani, Int. J. Impact Eng. 30, 2004).
  The softer body takes up more of the energy, so its own losses weigh more:
  e² = (e1²·E2 + e2²·E1) / (E1 + E2), where a body takes up energy in proportion to 1/E.
* friction: geometric mean. A slippery partner makes a slippery pair.
* rolling friction: the larger of the two, since the lossier body sets the loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from lichtspiel.library import catalogue

HARD_CONTACT_S = 0.002
"""Time of contact of hard bodies that meet at 3 m/s. Steel spheres really part after 0.1 ms; this is
long enough for the time step and shorter than the shutter of any film."""

SOFT_CONTACT_S = 0.008
"""The same for the softest bodies, about that of a basketball (Cross, Am. J. Phys. 67, 222, 1999)."""

_HARD_MODULUS_PA = 1e9
_SOFTENING = 0.22
"""Exponent that leads from the hard to the soft contact time as the modulus falls from 1e9 to 2e6 Pa."""


@dataclass(frozen=True)
class Touch:
    """Two materials against each other."""

    friction: float
    restitution: float
    rolling_m: float
    contact_s: float
    """Time of contact at an approach of 3 m/s."""


@cache
def touch(first: str, second: str) -> Touch:
    """How two materials of the library meet. Raises KeyError for an unknown id."""
    one, other = catalogue.materials()[first], catalogue.materials()[second]
    moduli = one.youngs_modulus, other.youngs_modulus
    restitution = (
        (one.restitution**2 * moduli[1] + other.restitution**2 * moduli[0]) / (moduli[0] + moduli[1])
    ) ** 0.5
    friction = (one.friction * other.friction) ** 0.5
    rolling_m = max(one.rolling_m, other.rolling_m)
    known = catalogue.pairs().get(frozenset((first, second)))
    if known is not None:
        restitution = known.restitution if known.restitution is not None else restitution
        friction = known.friction if known.friction is not None else friction
        rolling_m = known.rolling_m if known.rolling_m is not None else rolling_m
    softness = (_HARD_MODULUS_PA / min(moduli)) ** _SOFTENING
    contact_s = float(np.clip(HARD_CONTACT_S * softness, HARD_CONTACT_S, SOFT_CONTACT_S))
    return Touch(friction, restitution, rolling_m, contact_s)
