"""How one person holds and moves a body: what makes two people who do the same thing look different."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library.people.person import Person
from lichtspiel.screenplay import Sex

_OLD_YEARS = 60.0
_GROWN_YEARS = 16.0


@dataclass(frozen=True)
class Manner:
    """Angles in radians, sides 0 (left) and 1 (right)."""

    weight_side: int
    """The leg that bears most of the weight."""
    contrapposto: float
    """How much the hips give way to it, 0 to 1."""
    stance: float
    """Distance of the feet against the usual one."""
    toe_out: tuple[float, float]
    step_ahead: float
    """Share of a foot by which the free foot stands ahead."""
    stoop: float
    """Bend of the upper back."""
    arm_swing: float
    elbow: tuple[float, float]
    palm: float
    curl: float
    knees_apart: float
    """When sitting."""
    breath_hz: float
    breath_phase: float
    phase: float
    """Of everything else that sways, radians."""
    pace: float
    """Against the usual pace."""
    liveliness: float
    """How often eyes, head and weight move."""


def manner(person: Person) -> Manner:
    """The same person has the same manner."""
    rng = np.random.default_rng([person.seed, 0x6D61])
    old = float(np.clip((person.age_years - _OLD_YEARS) / 30, 0, 1))
    young = float(np.clip((_GROWN_YEARS - person.age_years) / _GROWN_YEARS, 0, 1))
    apart = 0.21 if person.sex is Sex.MALE else 0.06

    def about(mean: float, spread: float) -> float:
        return float(mean + spread * np.clip(rng.standard_normal(), -2, 2))

    return Manner(
        weight_side=int(rng.integers(2)),
        contrapposto=float(rng.uniform(0.35, 1.0)) * (1 - 0.6 * old),
        stance=about(1.0 + 0.15 * old + 0.2 * young, 0.12),
        toe_out=(about(0.19, 0.06), about(0.19, 0.06)),
        step_ahead=float(rng.uniform(-0.1, 0.3)),
        stoop=about(0.05 + 0.32 * old, 0.03),
        arm_swing=about(0.0, 0.05),
        elbow=(about(0.3 + 0.15 * old, 0.07), about(0.3 + 0.15 * old, 0.07)),
        palm=about(0.55, 0.15),
        curl=about(0.2, 0.04),
        knees_apart=max(0.0, about(apart + 0.08 * young, 0.05)),
        # Breaths at rest: 12 to 16 a minute in adults, about 25 at three years, 35 below one.
        breath_hz=about(14 + 18 * young**2, 1.2) / 60,
        breath_phase=float(rng.uniform(0, 2 * np.pi)),
        phase=float(rng.uniform(0, 2 * np.pi)),
        pace=about(1.0, 0.05),
        liveliness=about(1.0 + 0.8 * young - 0.3 * old, 0.15),
    )
