"""Arrows and darts stick in what is soft enough, and glance off what is not."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import motion, physics, stage
from lichtspiel.screenplay import Action, Beat, Character, Prop, Screenplay, Setting, Shot
from lichtspiel.take import Take


def _sent(motion_id: str, target: str, material: str | None = None) -> Take:
    world = stage.build(
        Screenplay(
            title="Shot",
            setting=Setting(place="meadow"),
            cast=(Character(id="archer", role="woman", seed=11),),
            props=(Prop(id="goal", thing=target, material=material),),
            beats=(Beat(subject="archer", action=Action.PERFORM, motion=motion_id, target="goal"),),
            shots=(Shot(),),
        )
    )
    return physics.perform(world, rehearsal=motion.rehearse(world))


@pytest.mark.parametrize(
    ("motion_id", "target", "pointed"),
    [("shoot_bow", "archery_target", "archer_arrow"), ("throw_dart", "dartboard", "archer_dart")],
)
def test_what_is_pointed_stays_in_its_target(motion_id: str, target: str, pointed: str) -> None:
    take = _sent(motion_id, target)
    blows = [one for one in take.impacts if {one.first, one.second} == {"goal", pointed}]
    assert len(blows) == 1, "it is heard to hit once"
    mass_kg, slowest_m_s = 0.024, 3.0
    assert blows[0].impulse_ns > mass_kg * slowest_m_s
    there = take.positions[:, take.names.index(pointed)]
    after = there[round((blows[0].time_s + 0.01) * take.rate_hz) :]
    assert np.ptp(after, axis=0).max() < 1e-6
    assert after[0, 2] > 1.0, "it has not fallen to the ground"


def test_an_arrow_does_not_stick_in_steel() -> None:
    take = _sent("shoot_bow", "archery_target", "steel")
    way = take.positions[:, take.names.index("archer_arrow")]
    assert way[-1, 1] < way[:, 1].max() - 1.0, "it has sprung back"


def test_an_arrow_is_as_fast_as_one_from_a_longbow() -> None:
    take = _sent("shoot_bow", "archery_target")
    way = take.positions[:, take.names.index("archer_arrow")]
    steps = np.linalg.norm(np.diff(way, axis=0), axis=1) * take.rate_hz
    assert 40.0 < np.median(steps[steps > 10.0]) < 55.0
    assert abs(way[-1, 2] - 1.3) < 0.3, "it hits what it was aimed at"
