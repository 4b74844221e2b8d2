"""Who is hit by a ball."""

from __future__ import annotations

import pytest

from lichtspiel import director, motion, physics, stage


@pytest.mark.parametrize("prompt", ["A ball hits a man.", "Eine Frau wird von einem Schneeball getroffen."])
def test_what_flies_at_somebody_meets_their_body_as_they_flinch(prompt: str) -> None:
    world = stage.build(director.read(prompt)[0])
    take = physics.perform(world, rehearsal=motion.rehearse(world))
    (figure,) = world.figures
    first = next(one for one in take.impacts if f"{figure.name}/" in one.first + "|" + one.second)
    begins_s = figure.directions[-1].start_s
    assert abs(first.time_s - begins_s) < 0.1
    assert first.normal_speed > 1.5
