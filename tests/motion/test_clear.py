"""Arms go round the body that they hang on."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import motion
from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.rig import rest_pose
from lichtspiel.motion.strip import demonstration
from lichtspiel.take import Performance
from tests.motion.inside import pairs_inside
from tests.motion.people import everybody, person


@pytest.mark.parametrize(("degrees", "through"), [(0, False), (100, True)])
def test_a_forearm_that_runs_through_the_chest_is_seen(degrees: float, through: bool) -> None:
    body = physique(person())
    pose = rest_pose(body.rig)
    half = np.radians(degrees) / 2
    pose[body.rig.index("upperarm01.L")] = [np.cos(half), 0.0, np.sin(half), 0.0]
    found = pairs_inside(body, Performance(48.0, np.zeros((1, 3)), pose[None]))
    assert (found["forearm_l in chest"][0] > 0.05) == through
    assert found["forearm_r in chest"][0] < 0


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("shiver", "heavy_man"), ("sweep", "grandmother"), ("kneel", "heavy_man"), ("limp", "heavy_man"),
        ("cover_ears", "heavy_man"), ("saw", "heavy_man"),
    ],
)  # fmt: skip
def test_arms_are_not_in_the_body(name: str, who: str) -> None:
    world, _, _ = demonstration(name, who=everybody()[who])
    figure = world.figures[0]
    found = pairs_inside(figure.physique, motion.rehearse(world)[figure.name])
    deep = {pair: float(np.percentile(values, 95)) for pair, values in found.items()}
    assert max(deep.values()) < 0.035, {pair: value for pair, value in deep.items() if value > 0.03}
