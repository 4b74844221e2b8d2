"""Hands close about what they hold, by its own shape."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.library.asset import Array, Part, Shape
from lichtspiel.library.people.physique import physique
from lichtspiel.motion.actor import actor
from lichtspiel.motion.grasp import closed
from lichtspiel.screenplay import Sex
from tests.motion.people import person


def _about(radius_m: float, side: int) -> Array:
    """Bends about a rod along the thumb's axis that touches the palm."""
    who = person(Sex.MALE, 30, 1.8)
    rod = Part("rod", (Shape("capsule", (radius_m, 0.2), "wood"),))
    upright = (1.0, 0.0, 0.0, 0.0)
    return closed(actor(who, physique(who)), rod, (0.0, -radius_m - 0.018, 0.0), upright, side)


@pytest.mark.parametrize("side", [0, 1])
def test_fingers_close_further_about_what_is_thinner(side: int) -> None:
    thin, thick = _about(0.008, side), _about(0.04, side)
    assert (thin[1:] > thick[1:] + 0.1).all()
    assert (thick[1:] > 0.05).all()
    assert (thin[1:] < 1.1).all()


def test_both_hands_close_alike() -> None:
    assert _about(0.015, 0) == pytest.approx(_about(0.015, 1), abs=0.11)


def test_a_hand_that_has_nothing_to_close_about_is_half_closed() -> None:
    who = person(Sex.FEMALE, 30, 1.7)
    ball = Part("ball", (Shape("sphere", (0.05,), "rubber"),))
    far = closed(actor(who, physique(who)), ball, (0.0, -0.6, 0.0), (1.0, 0.0, 0.0, 0.0), 0)
    assert np.ptp(far) == 0
    assert 0.4 < far[0] < 0.8
