"""Two who dance or embrace are beside each other and not in each other."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.library.asset import Array
from lichtspiel.motion.rehearse import rehearse
from lichtspiel.motion.strip import demonstration
from lichtspiel.screenplay import Sex
from tests.motion.measures import between
from tests.motion.people import bones, person

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


@pytest.mark.parametrize("motion", ["dance_slow", "hug", "kiss", "dance_tango"])
def test_who_holds_another_is_not_inside_them(motion: str) -> None:
    deep = np.max(list(_met(motion).values()), axis=0)
    assert np.percentile(deep, 96) < 0.02


def test_who_hugs_a_child_comes_down_to_it() -> None:
    world, _, _ = demonstration("hug", who=person(Sex.FEMALE, 6, 1.15))
    performances = rehearse(world)
    child, grown = world.figures
    heads = {f.name: bones(f.physique, performances[f.name])[0]["head"][-1, 2] for f in (child, grown)}
    assert abs(heads[grown.name] - heads[child.name]) < 0.3
    deep = between((child.physique, performances[child.name]), (grown.physique, performances[grown.name]))
    assert np.percentile(np.max(list(deep.values()), axis=0), 96) < 0.02


def test_hands_lie_on_the_back_of_who_is_hugged() -> None:
    world, _, _ = demonstration("hug")
    performances = rehearse(world)
    one, other = world.figures
    hands = bones(one.physique, performances[one.name])[0]
    spine = bones(other.physique, performances[other.name])[0]["spine03"]
    for side in ("L", "R"):
        assert np.linalg.norm(hands[f"wrist.{side}"][-1] - spine[-1]) < 0.36
