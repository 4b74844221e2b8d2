"""Breath steams where it is cold, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import motion, stage
from lichtspiel.picture.breath import add_breath
from lichtspiel.picture.settings import new_scene
from lichtspiel.screenplay import Character, Screenplay, Setting, Shot
from tests.motion.people import NOTHING


@pytest.mark.render
@pytest.mark.parametrize(("place", "steams"), [("snowfield", True), ("meadow", False)])
def test_breath_is_seen_in_the_cold_and_leaves_the_mouth(place: str, steams: bool) -> None:
    screenplay = Screenplay(
        title="cold",
        setting=Setting(place=place),
        cast=(Character(id="anna"),),
        shots=(Shot(duration_s=4.0),),
    )
    world = stage.build(screenplay)
    take = motion.perform(world, NOTHING)
    scene = new_scene()
    times = np.repeat(np.arange(48) / 12, 2)
    puffs = add_breath(scene, world, take, 48, times)
    assert bool(puffs) is steams
    if not steams:
        return
    (figure,) = world.figures
    found = 0
    for frame in range(0, 48, 4):
        scene.frame_set(frame)
        for puff in puffs:
            if puff.hide_render:
                continue
            found += 1
            away = np.array(puff.location) - figure.position
            assert 0.75 < away[2] / figure.person.height_m < 1.05
            assert np.hypot(*away[:2]) < 1.0
    assert found > 5
