"""Stairs are climbed on their treads."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import stage
from lichtspiel.library.asset import Array
from lichtspiel.library.people.rig import bones_posed, rotate
from lichtspiel.motion import rehearse
from lichtspiel.motion.actor import actor
from lichtspiel.motion.anatomy import anatomy
from lichtspiel.screenplay import Action, Beat, Character, Screenplay, Setting, Shot


def _climbed(motion: str) -> tuple[Array, Array, float]:
    """Balls (T, 2, 3) of both feet, the middles of the treads (K, 3), and the run of a tread."""
    world = stage.build(
        Screenplay(
            title="stairs",
            duration_s=6.0,
            setting=Setting(place="stairway"),
            cast=(Character(id="anna"),),
            beats=(Beat(subject="anna", action=Action.PERFORM, motion=motion, at_s=0.3),),
            shots=(Shot(),),
        )
    )
    (figure,) = world.figures
    treads = np.array(next(d for d in figure.directions if d.motion == motion).path)
    performance = rehearse(world)["anna"]
    body, who = anatomy(figure.physique), actor(figure.person, figure.physique)
    heads, turned = bones_posed(body.rig, performance.root, performance.pose)
    balls = []
    for side, name in enumerate("LR"):
        bone = body.rig.index(f"foot.{name}")
        arm = body.foot_neutral[side].T @ who.sole.points(body, side)[1]
        balls.append(heads[:, bone] + rotate(turned[:, bone], np.broadcast_to(arm, heads[:, bone].shape)))
    return np.stack(balls, 1), treads, float(np.linalg.norm((treads[1] - treads[0])[:2]))


@pytest.mark.parametrize("motion", ["climb_stairs", "descend_stairs"])
def test_every_foot_comes_down_on_a_tread_of_its_own(motion: str) -> None:
    balls, treads, run = _climbed(motion)
    visited = []
    for side in (0, 1):
        ball = balls[60:, side]
        still = np.linalg.norm(np.gradient(ball, axis=0), axis=1) * 48 < 0.02
        assert still.mean() > 0.25
        away = np.linalg.norm(ball[still][:, None, :2] - treads[:, :2], axis=-1)
        nearest = away.argmin(1)
        on_stairs = away.min(1) < 0.5 * run + 0.01
        height = ball[still][on_stairs, 2] - treads[nearest[on_stairs], 2]
        assert np.abs(height).max() < 0.01
        visited.append(set(nearest[on_stairs].tolist()))
    assert len(visited[0] | visited[1]) >= 5
    moving = balls[60:]
    # No foot goes through a tread on its way.
    for side in (0, 1):
        over = np.linalg.norm(moving[:, side, None, :2] - treads[:, :2], axis=-1) < 0.3 * run
        low = np.where(over, moving[:, side, None, 2] - treads[:, 2], np.inf)
        assert low.min() > -0.01
