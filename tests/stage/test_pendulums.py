"""Who lets a pendulum go draws its bob aside, and it swings from the moment they let go."""

import numpy as np
import pytest

from lichtspiel import director, motion, physics, stage


def test_a_teacher_lets_a_pendulum_swing() -> None:
    screenplay, _ = director.read("Lehrerin im Physiksaal lässt ein Pendel los.")
    (beat,) = screenplay.beats
    assert (beat.motion, beat.target, beat.using) == ("let_swing", "pendulum", ())
    world = stage.build(screenplay)
    (grip,) = world.grips
    assert "pendulum/bob" in world.acting
    take = physics.perform(world, rehearsal=motion.rehearse(world))
    ways = {time: take.pose("pendulum/bob", time)[0] for time in (0.0, *np.arange(grip.end_s, 4.0, 0.05))}
    rest, drawn = ways.pop(0.0), ways[grip.end_s]
    assert np.linalg.norm(drawn - rest) > 0.2
    across = [float((at - rest) @ (drawn - rest)) for at in ways.values()]
    assert min(across) == pytest.approx(-across[0], rel=0.35)


@pytest.mark.parametrize(
    "prompt", ["Ein Mann lässt den Ball fallen.", "Eine Frau lässt eine Vase auf den Boden fallen."]
)
def test_who_lets_something_fall_does_not_let_it_swing(prompt: str) -> None:
    screenplay, _ = director.read(prompt)
    assert "let_swing" not in [beat.motion for beat in screenplay.beats]
