"""What the shoulders of a body do when its arms move."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.library.people.basis import load
from lichtspiel.library.people.clothes.anatomy import canonical
from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.population import complete
from lichtspiel.library.people.rig import about, bones_posed, rest_pose, skinned
from lichtspiel.screenplay import Character, Sex, Weather


@pytest.mark.parametrize("sex", list(Sex)[:2])
@pytest.mark.parametrize("angle_rad", [0.6, -1.6], ids=["hanging", "raised"])
def test_an_arm_leaves_the_skin_beside_the_neck_where_it_is(sex: Sex, angle_rad: float) -> None:
    body = physique(complete(Character(id="person", seed=3, sex=sex, age_years=35.0), 0, 0, Weather.CLEAR))
    pose = rest_pose(body.rig)
    pose[body.rig.index("upperarm01.L")] = about((0.0, 1.0, 0.0), angle_rad)
    moved = skinned(body.rig, body.skin, body.vertices, *bones_posed(body.rig, np.zeros(3), pose))
    at, skin = canonical(), load().group("body")
    beside = (at.x > 0.07) & (at.x < 0.135) & (at.z > 1.34) & (at.armness < 0.5)
    trapezius = np.intersect1d(np.flatnonzero(beside), skin)
    assert len(trapezius) > 10
    assert np.linalg.norm(moved - body.vertices, axis=1)[trapezius].max() < 0.008
