from dataclasses import replace

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")

from lichtspiel import physics, stage  # noqa: E402
from lichtspiel.library import catalogue  # noqa: E402
from lichtspiel.library.asset import Tie  # noqa: E402
from lichtspiel.picture import animate, ties  # noqa: E402
from lichtspiel.picture.materials import Materials  # noqa: E402
from lichtspiel.picture.settings import new_scene  # noqa: E402
from tests.picture.test_render import SCREENPLAY  # noqa: E402

pytestmark = pytest.mark.render

DOWN = np.array((0.0, 0.0, -9.81))


def _length(course: np.ndarray) -> float:
    return float(np.linalg.norm(np.diff(course, axis=0), axis=1).sum())


@pytest.mark.parametrize("way", [(1.0, 0.0, 0.0), (0.8, 0.3, -0.6), (0.3, -0.2, 0.7), (0.0, 0.0, -0.5)])
def test_a_slack_string_keeps_its_length_and_hangs(way: tuple[float, float, float]) -> None:
    first = np.array((0.2, 0.1, 2.0))
    course = ties.course(first, first + way, 1.5, DOWN)
    assert course[0] == pytest.approx(first)
    assert course[-1] == pytest.approx(first + way)
    assert _length(course) == pytest.approx(1.5, rel=0.03)
    assert course[:, 2].min() < min(course[0, 2], course[-1, 2]) - 0.05


def test_a_taut_string_is_straight() -> None:
    course = ties.course(np.zeros(3), np.array((1.0, 2.0, 2.0)), 3.0, DOWN)
    assert course == pytest.approx(np.linspace(0, 1, len(course))[:, None] * (1.0, 2.0, 2.0))


def test_a_string_follows_the_ball_that_hangs_on_it() -> None:
    world = stage.build(SCREENPLAY)
    take = physics.perform(world)
    tied = replace(world, ties=(Tie("string", "", "ball", (0.0, 0.0, 1.5), (0.0, 0.0, 0.0), 1.6),))
    scene = new_scene()
    times = animate.world_times(world, 8, 8)
    (string,) = ties.add_ties(scene, tied, take, 8, times, Materials(catalogue.looks()))
    for frame in (0, 3, 7):
        scene.frame_set(frame)
        made = string.evaluated_get(bpy.context.evaluated_depsgraph_get()).data
        points = np.array([vertex.co[:] for vertex in made.vertices])
        ball, _ = take.pose("ball", frame / 8)
        assert np.linalg.norm(points - ball, axis=1).min() < 0.03
        assert np.linalg.norm(points - (0.0, 0.0, 1.5), axis=1).min() < 0.03
