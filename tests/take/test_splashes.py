"""Feet that come down in puddles splash, and no others."""

from __future__ import annotations

import numpy as np

from lichtspiel import stage
from lichtspiel.screenplay import Action, Beat, Character, Screenplay, Setting, Shot, Weather
from lichtspiel.stage.pools import pools_of
from lichtspiel.stage.world import World
from lichtspiel.take import Footfall, Take
from lichtspiel.take.splashes import splashes_of


def _world(setting: Setting, motion: str = "jump_puddle") -> World:
    return stage.build(
        Screenplay(
            title="test",
            setting=setting,
            cast=(Character(id="child", role="child", count=2),),
            beats=(Beat(subject="child", action=Action.PERFORM, motion=motion),),
            shots=(Shot(),),
        )
    )


def _take(*steps: tuple[float, str, tuple[float, float, float]]) -> Take:
    falls = tuple(
        Footfall(at, who, "l", place, "place/street", "soft_rubber", 1.0) for at, who, place in steps
    )
    nothing = np.zeros((2, 0, 3))
    return Take(24.0, (), nothing, np.zeros((2, 0, 4)), np.zeros((0, 2)), footfalls=falls)


def test_who_jumps_in_puddles_lands_in_one_and_it_splashes() -> None:
    world = _world(Setting(place="street", wet=True))
    first, second = world.figures
    here = first.position
    aside = (here[0], here[1] + 3.0, here[2])
    take = _take((1.4, first.name, here), (0.9, second.name, second.position), (2.0, first.name, aside))
    assert [(s.figure, s.time_s) for s in splashes_of(world, take)] == [(second.name, 0.9), (first.name, 1.4)]


def test_rain_fills_puddles_and_a_dry_street_has_none() -> None:
    assert len(pools_of(_world(Setting(place="street", weather=Weather.RAIN)))) == 2
    assert not pools_of(_world(Setting(place="street")))
    assert not pools_of(_world(Setting(place="street", weather=Weather.RAIN, wet=False)))
    assert not pools_of(_world(Setting(place="kitchen", wet=True)))
    assert not pools_of(_world(Setting(place="street", wet=True), motion="jump"))


def test_who_jumps_about_has_room_for_it() -> None:
    wide, narrow = (_world(Setting(place="street"), motion).figures for motion in ("jump", "wave"))
    apart = [np.linalg.norm(np.subtract(a.position, b.position)) for a, b in (wide, narrow)]
    assert apart[0] > 0.75 > apart[1]
