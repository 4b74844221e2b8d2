"""Water in what is filled: its level rises as much as has run in."""

import numpy as np
import pytest

from lichtspiel.library.mesh import lathe
from lichtspiel.picture.streams import hollow_of, level_at
from lichtspiel.stage.world import Stream

R, H = 0.03, 0.2
BEAKER = lathe(
    np.array([[0, 0], [R + 0.002, 0], [R + 0.002, H], [R, H], [R, 0.003], [0, 0.003]]), segments=128
)
STREAM = Stream((0.0, 0.0, 1.0), "beaker", 1e-4, 1.0, 3.0, 0.003)


def test_the_inside_of_a_beaker_is_found() -> None:
    hollow = hollow_of(BEAKER, 0.003, H)
    assert np.allclose(hollow.radii[1:-1], R, atol=0.001)


@pytest.mark.parametrize(("time_s", "ran_s"), [(2.0, 1.0), (3.0, 2.0), (9.0, 2.0)])
def test_the_level_is_the_flow_over_the_section(time_s: float, ran_s: float) -> None:
    level = level_at(hollow_of(BEAKER, 0.003, H), STREAM, time_s)
    assert level - 0.003 == pytest.approx(ran_s * 1e-4 / (np.pi * R**2), rel=0.06)


def test_nothing_is_in_it_before_the_water_runs() -> None:
    assert level_at(hollow_of(BEAKER, 0.003, H), STREAM, 0.5) < 0.01


def test_it_runs_over_rather_than_higher_than_its_mouth() -> None:
    flood = Stream((0.0, 0.0, 1.0), "beaker", 1e-2, 0.0, 60.0, 0.003)
    assert level_at(hollow_of(BEAKER, 0.003, H), flood, 50.0) < H
