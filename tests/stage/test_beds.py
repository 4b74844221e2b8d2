"""Who sleeps lies in the bed that is there, and in no second one upon it."""

from __future__ import annotations

import numpy as np

from lichtspiel import director, stage
from lichtspiel.library.people.rig import bones_posed
from lichtspiel.motion import rehearse


def test_who_sleeps_lies_on_the_bed_of_the_bedroom_with_the_head_at_its_pillow() -> None:
    world = stage.build(director.read("A girl sleeps in her bed.")[0])
    assert world.screenplay.setting.place == "bedroom"
    assert [body.name for body in world.bodies if body.prop == "bed"] == []
    (girl,) = world.figures
    assert girl.position[2] > 0.4
    root, pose = rehearse(world)[girl.name].at(1.0)
    heads = bones_posed(girl.physique.rig, root[None], pose[None])[0][0]
    head = heads[girl.physique.rig.index("head")] - heads[0]
    # The pillow lies at the far end from the camera.
    away = -float(head @ np.array(world.facing))
    assert away > 0.8 * np.linalg.norm(head[:2])


def test_two_in_one_bed_lie_beside_each_other() -> None:
    world = stage.build(director.read("Two children sleep.")[0])
    first, second = (np.array(figure.position) for figure in world.figures)
    assert 0.5 < np.linalg.norm(first - second) < 1.0


def test_who_swims_is_in_the_water_in_swimwear() -> None:
    world = stage.build(director.read("A man swims the crawl in a pool.")[0])
    (man,) = world.figures
    assert man.position[2] < 0.0
    worn = {wear.garment for wear in man.person.wears}
    assert "swim_trunks" in worn
    assert "jeans" not in worn
