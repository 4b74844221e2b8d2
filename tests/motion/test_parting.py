"""Two who dance or embrace are beside each other and not in each other."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.library.asset import Array
from lichtspiel.motion.rehearse import rehearse
from lichtspiel.motion.strip import demonstration
from tests.motion.measures import between

_LEGS = ("thigh", "shank", "pelvis")


def _met(motion: str) -> dict[str, Array]:
    world, _, _ = demonstration(motion)
    performances = rehearse(world)
    first, second = world.figures
    return between((first.physique, performances[first.name]), (second.physique, performances[second.name]))


def test_legs_of_a_couple_pass_beside_each_other() -> None:
    found = _met("dance_tango")
    legs = [deep for pair, deep in found.items() if all(p.startswith(_LEGS) for p in pair.split(" in "))]
    assert np.percentile(np.max(legs, axis=0), 99) < 0.018


@pytest.mark.parametrize(("motion", "share"), [("dance_slow", 0.03), ("hug", 0.12), ("dance_tango", 0.04)])
def test_who_holds_another_is_not_inside_them(motion: str, share: float) -> None:
    deep = np.max(list(_met(motion).values()), axis=0)
    assert np.mean(deep > 0.01) < share
