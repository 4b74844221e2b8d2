"""Hats that are tipped."""

from __future__ import annotations

import numpy as np

from lichtspiel import director, stage
from lichtspiel.motion import rehearse
from lichtspiel.motion.lifting import lifted


def test_a_tipped_hat_leaves_the_head_with_the_hand_and_comes_back() -> None:
    world = stage.build(director.read("A woman tips her hat.")[0])
    (figure,) = world.figures
    played = rehearse(world)[figure.name]
    (hat,) = lifted(figure, played).values()
    height = hat[..., 2].mean(1)
    assert 0.035 < height.max() - height[0] < 0.25
    assert abs(height[-1] - height[0]) < 0.01
    speed = np.linalg.norm(np.diff(hat.mean(1), axis=0), axis=-1) * played.rate_hz
    assert speed.max() < 2.5
