"""Balls that are kicked lie there until the foot meets them."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import motion, physics, stage
from lichtspiel.motion.rehearse import rehearse
from lichtspiel.screenplay import Action, Beat, Character, Screenplay, Setting, Shot
from tests.motion.people import bones


def test_a_football_lies_still_until_it_is_kicked_away() -> None:
    beat = Beat(subject="anna", action=Action.PERFORM, motion="kick_ball", at_s=0.3)
    cast, shots = (Character(id="anna"),), (Shot(duration_s=2.0),)
    world = stage.build(
        Screenplay(title="goal", setting=Setting(place="lawn"), cast=cast, beats=(beat,), shots=shots)
    )
    take = physics.perform(world, rehearsal=rehearse(world))
    ball = take.positions[:, take.index("anna_football")]
    fast = np.linalg.norm(np.diff(ball, axis=0), axis=1) * take.rate_hz
    struck = int(np.argmax(fast > 2.0))
    assert 0.5 < struck / take.rate_hz < 1.3
    assert np.linalg.norm(ball[struck - 8] - ball[0]) < 0.05
    ahead = np.array([np.sin(world.figures[0].yaw), -np.cos(world.figures[0].yaw), 0.0])
    gone = ball[struck + round(0.4 * take.rate_hz)] - ball[0]
    assert gone @ ahead > 1.5


@pytest.mark.parametrize("seed", [0, 2])
def test_whoever_kicks_sends_the_ball_ahead(seed: int) -> None:
    screenplay = _opened_with("kick_ball", "stadium").model_copy(update={"seed": seed})
    world = stage.build(screenplay)
    take = physics.perform(world, rehearsal=rehearse(world))
    ball = take.positions[:, take.index("woman_football")]
    struck = int(np.argmax(np.linalg.norm(np.diff(ball, axis=0), axis=1) * take.rate_hz > 2.0))
    ahead = np.array([np.sin(world.figures[0].yaw), -np.cos(world.figures[0].yaw), 0.0])
    way = (ball[struck + round(0.25 * take.rate_hz)] - ball[struck]) / 0.25
    assert way @ ahead > 6.0
    assert np.linalg.norm(way - way @ ahead * ahead) < 0.25 * (way @ ahead)


def test_a_ball_that_opens_a_film_comes_flying_and_is_set() -> None:
    world = stage.build(_opened_with("volleyball_set", "beach"))
    take = physics.perform(world, rehearsal=rehearse(world))
    ball = take.positions[:, take.index("woman_volleyball")]
    lowest = ball[round(0.3 * take.rate_hz) : round(1.9 * take.rate_hz), 2].min()
    assert lowest > 1.3
    assert ball[: round(2.5 * take.rate_hz), 2].max() > 3.0


def test_hands_come_down_when_the_ball_is_gone() -> None:
    world = stage.build(_opened_with("volleyball_set", "beach"))
    take = motion.perform(world, physics.perform(world, rehearsal=rehearse(world)))
    who = world.figures[0]
    heads, _ = bones(who.physique, take.figures[who.name])
    assert heads["wrist.R"][-1, 2] < 0.6 * who.physique.height_m


def _opened_with(name: str, place: str) -> Screenplay:
    """A film that opens with a woman who does something, at no told time."""
    return Screenplay(
        title=name,
        setting=Setting(place=place),
        cast=(Character(id="woman", role="woman"),),
        beats=(Beat(subject="woman", action=Action.PERFORM, motion=name),),
        shots=(Shot(duration_s=4.0),),
    )
