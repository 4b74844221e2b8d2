"""Balls that are kicked lie there until the foot meets them."""

from __future__ import annotations

import numpy as np

from lichtspiel import physics, stage
from lichtspiel.motion.rehearse import rehearse
from lichtspiel.screenplay import Action, Beat, Character, Screenplay, Setting, Shot


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
