"""Who claps is heard clapping, when the hands meet."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lichtspiel.motion import rehearse
from lichtspiel.screenplay import Action
from lichtspiel.sound.claps import claps_of
from lichtspiel.stage.world import Direction, World
from lichtspiel.take import Take
from tests.sound import scenes
from tests.sound.test_people import FS, heard, raw, staged


def clapping(motion: str = "applaud") -> tuple[World, Take]:
    world = staged(scenes.floor(), scenes.ball("steel"))
    figure = replace(world.figures[0], directions=(Direction(Action.PERFORM, 0.2, motion=motion),))
    world = replace(world, figures=(figure,))
    return world, replace(scenes.take(), figures=rehearse(world))


def test_hands_that_meet_are_heard_when_they_meet() -> None:
    world, take = clapping()
    claps = claps_of(world, take)
    assert len(claps) >= 3
    assert all(one.speed_m_s > 0.3 for one in claps)
    sound = raw(world, take)
    size = np.abs(sound)
    for one in claps[:3]:
        start = int(one.time_s * FS)
        assert size[start : start + 1200].max() > 3 * size[max(0, start - 2400) : start - 300].max()
    assert any(caption.text == "[clapping]" for caption in heard(world, take).captions)


@pytest.mark.parametrize("motion", ["wave", "shrug", "chop_wood"])
def test_who_does_not_clap_is_not_heard_clapping(motion: str) -> None:
    assert claps_of(*clapping(motion)) == []
