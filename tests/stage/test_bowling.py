"""Who bowls stands before the lane, sees pins at its end, and rolls the ball at them."""

from __future__ import annotations

import numpy as np

from lichtspiel import stage
from lichtspiel.screenplay import Action, Beat, Character, Screenplay, Setting, Shot
from lichtspiel.stage.world import Kick


def _world(motion: str, place: str) -> stage.World:
    return stage.build(
        Screenplay(
            title="x", setting=Setting(place=place), cast=(Character(id="anna"),), shots=(Shot(),),
            beats=(Beat(subject="anna", action=Action.PERFORM, motion=motion),), duration_s=4.0,
        )
    )  # fmt: skip


def test_ten_pins_stand_before_the_bowler() -> None:
    world = _world("bowl", "bowling_alley")
    pins = [body for body in world.bodies if "pin" in body.name and body.prop != "place"]
    assert len(pins) == 10
    (bowler,) = world.figures
    head = min(np.linalg.norm(np.subtract(pin.position, bowler.position)[:2]) for pin in pins)
    assert 18.0 < head < 20.0
    (kick,) = [control for control in world.controls if isinstance(control, Kick)]
    sent = np.array(kick.velocity)
    assert 6.0 < np.linalg.norm(sent) < 10.0
    assert sent[2] == 0.0


def test_who_drives_goes_along_the_road() -> None:
    (driver,) = _world("drive", "street").figures
    ((end,),) = [told.path for told in driver.directions if told.path]
    way = np.subtract(end, driver.position)
    assert np.linalg.norm(way) > 20.0
    assert abs(way[0]) < 0.01 * abs(way[1])
