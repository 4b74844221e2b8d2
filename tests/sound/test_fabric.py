"""Cloth that lands is heard, softly."""

from __future__ import annotations

import numpy as np

from lichtspiel.sound.fabric import landing
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.stage.world import Span
from lichtspiel.take import Take

RATE_HZ = 480.0
SHOT = Span(0.0, 1.5, 0.0, 1.0)


def _falling_to(ground_m: float) -> Take:
    times = np.arange(int(1.5 * RATE_HZ) + 1) / RATE_HZ
    height = np.maximum(2.0 - 9.81 / 2 * times**2, ground_m)
    sheet = np.zeros((len(times), 25, 3))
    sheet[:, :, :2] = np.stack(np.meshgrid(np.arange(5), np.arange(5)), 2).reshape(-1, 2) * 0.1
    sheet[:, :, 2] = height[:, None]
    nothing = np.zeros((len(times), 0, 3)), np.zeros((len(times), 0, 4)), np.zeros((0, 2))
    return Take(RATE_HZ, (), *nothing, cloths={"cloth/sheet": sheet})


def test_a_cloth_is_heard_when_it_lands_and_not_before() -> None:
    rush = landing("cloth/sheet", 0.2, SHOT, _falling_to(0.5), np.random.default_rng(1))
    assert rush is not None
    lands = int(np.sqrt(2 * 1.5 / 9.81) * SAMPLE_RATE_HZ)
    loudest = int(np.argmax(np.abs(rush.signal)))
    assert abs(loudest - lands) < 0.02 * SAMPLE_RATE_HZ
    assert np.abs(rush.signal[: lands - 1500]).max() < 0.01 * np.abs(rush.signal).max()
    assert 0.002 < np.abs(rush.signal).max() < 0.2


def test_a_cloth_that_meets_nothing_is_silent() -> None:
    assert landing("cloth/sheet", 0.2, SHOT, _falling_to(-100.0), np.random.default_rng(1)) is None
