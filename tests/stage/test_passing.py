"""Balls that people dribble, juggle, head and hit go by themselves between hands."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import physics, stage
from lichtspiel.library.asset import Array
from lichtspiel.motion import rehearse
from lichtspiel.screenplay import Action, Beat, Character, Screenplay, Setting, Shot
from lichtspiel.stage.world import World
from lichtspiel.take import Take


def _played(motion: str, seconds: float) -> tuple[World, Take]:
    beat = Beat(subject="anna", action=Action.PERFORM, motion=motion, at_s=0.4)
    screenplay = Screenplay(
        title=motion, duration_s=seconds, setting=Setting(place="studio"), cast=(Character(id="anna"),),
        beats=(beat,), shots=(Shot(),),
    )  # fmt: skip
    world = stage.build(screenplay)
    rehearsal = rehearse(world)
    take = physics.perform(world, rehearsal=rehearsal)
    return world, take


def _heights(take: Take, body: str) -> Array:
    return np.asarray(take.positions[:, take.index(body), 2])


def test_a_dribbled_ball_goes_to_the_ground_and_back_to_the_hand() -> None:
    world, take = _played("dribble", 3.0)
    ball = next(body.name for body in world.bodies if "basketball" in body.name)
    height = _heights(take, ball)[int(1.2 * take.rate_hz) :]
    assert height.min() < 0.14
    assert height.max() > 0.6
    assert np.diff(np.sign(height - 0.4)).astype(bool).sum() >= 3


def test_juggled_balls_stay_in_the_air_or_in_hands() -> None:
    world, take = _played("juggle", 4.0)
    balls = [body.name for body in world.bodies if "rubber_ball" in body.name]
    assert len(balls) == 3
    for ball in balls:
        assert _heights(take, ball).min() > 0.6
        assert _heights(take, ball).max() > 1.6


@pytest.mark.parametrize(("motion", "thing"), [("head_ball", "football"), ("volleyball_dig", "volleyball")])
def test_a_ball_comes_flying_and_is_sent_back(motion: str, thing: str) -> None:
    world, take = _played(motion, 2.4)
    ball = next(body.name for body in world.bodies if thing in body.name)
    figure = np.array(world.figures[0].position)
    apart = np.linalg.norm((take.positions[:, take.index(ball)] - figure)[:, :2], axis=1)
    assert apart[0] > 3.0
    assert apart.min() < 0.9
    assert apart[-1] > 2.0


def test_a_sword_hangs_in_its_sheath_until_it_is_drawn() -> None:
    world, take = _played("draw_sword", 2.6)
    sword, sheath = (next(b.name for b in world.bodies if kind in b.name) for kind in ("sword", "scabbard"))
    turned = [take.pose(name, 0.2)[1] for name in (sword, sheath)]
    assert abs(float(turned[0] @ turned[1])) > 0.99
    apart = np.linalg.norm(take.pose(sword, 0.2)[0] - take.pose(sheath, 0.2)[0])
    assert apart < 0.2
    assert take.pose(sword, 2.2)[0][2] > world.figures[0].person.height_m * 0.9
    assert take.pose(sheath, 2.2)[0][2] < world.figures[0].person.height_m * 0.6


def test_a_skipping_rope_goes_round() -> None:
    world, take = _played("jump_rope", 3.0)
    rope = next(b.name for b in world.bodies if b.name.endswith("rope/rope"))
    w, x, y, z = take.orientations[int(1.0 * take.rate_hz) :, take.index(rope)].T
    up = -2 * (y * z + w * x)
    assert up.min() < -0.9
    assert up.max() > 0.9


def test_a_box_stands_on_the_floor_until_it_is_picked_up() -> None:
    world, take = _played("pick_up", 3.2)
    box = next(b.name for b in world.bodies if "cardboard_box" in b.name)
    assert take.pose(box, 1.2)[0][2] < 0.3
    assert take.pose(box, 3.0)[0][2] > 0.6
