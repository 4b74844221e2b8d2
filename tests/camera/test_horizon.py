"""A shot that names its horizon has it there, and does not lose what acts for it."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import camera, director, physics, stage
from lichtspiel.camera.framing import Format, axes, project
from lichtspiel.camera.horizon import headed
from lichtspiel.camera.moves import Path
from lichtspiel.screenplay import Screenplay
from lichtspiel.stage import World
from lichtspiel.take import Take

ASPECT = 9 / 16


@pytest.fixture(scope="module")
def dropped() -> tuple[World, Take]:
    screenplay, _ = director.read("A red rubber ball falls on a lawn and bounces twice.")
    world = stage.build(screenplay)
    return world, physics.perform(world)


def shot_with(world: World, **changes: float) -> World:
    played = world.screenplay.model_dump()
    played["shots"][0].update(changes)
    return stage.build(Screenplay.model_validate(played))


def frame_of(orientation: np.ndarray) -> np.ndarray:
    """Axes right, up and backward (rows) of a quaternion."""
    w, x, y, z = orientation
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    ).T


def horizon_of(track: camera.CameraTrack) -> tuple[float, float]:
    """Height of the horizon as a share of the picture, and its tilt in degrees."""
    lens = track.at(0.0)
    frame = frame_of(lens.orientation)
    ahead = -frame[2] * [1, 1, 0]
    across = np.array([ahead[1], -ahead[0], 0.0])
    far = lens.position + 1e6 * (ahead + np.outer([0.0, 0.01], across))
    spots = project(far, lens.position, frame, lens.focal_length_mm, Format.of_aspect(ASPECT))
    rise = (spots[1] - spots[0]) * [ASPECT, 1.0]
    return float((spots[0, 1] + 1) / 2), float(np.degrees(np.arctan2(rise[1], rise[0])))


@pytest.mark.parametrize("wanted", [0.42, 0.55, 0.7, 0.85])
def test_the_horizon_is_where_the_shot_wants_it(dropped: tuple[World, Take], wanted: float) -> None:
    world, take = dropped
    track = camera.plan(shot_with(world, horizon=wanted), take, ASPECT)
    assert horizon_of(track)[0] == pytest.approx(wanted, abs=0.02)
    lens = track.at(0.0)
    for time_s in np.linspace(0.0, 2.0, 9):
        ball = take.pose(world.acting[0], float(time_s))[0]
        spot = project(ball[None], lens.position, frame_of(lens.orientation), lens.focal_length_mm,
                       Format.of_aspect(ASPECT))[0]  # fmt: skip
        assert np.abs(spot).max() < 1.0, "the ball is out of the picture"


def test_what_acts_stays_in_the_picture_however_low_the_horizon(dropped: tuple[World, Take]) -> None:
    world, take = dropped
    track = camera.plan(shot_with(world, horizon=0.0), take, ASPECT)
    lens = track.at(0.0)
    ball = take.pose(world.acting[0], 2.0)[0]
    spot = project(ball[None], lens.position, frame_of(lens.orientation), lens.focal_length_mm,
                   Format.of_aspect(ASPECT))[0]  # fmt: skip
    assert np.abs(spot).max() < 1.0
    assert horizon_of(track)[0] < horizon_of(camera.plan(world, take, ASPECT))[0]


def test_it_can_be_tilted(dropped: tuple[World, Take]) -> None:
    world, take = dropped
    track = camera.plan(shot_with(world, horizon=0.6, tilt_deg=4.0), take, ASPECT)
    assert horizon_of(track)[1] == pytest.approx(4.0, abs=0.3)


def test_a_flat_group_does_not_stand_above_an_empty_half_of_ground() -> None:
    screenplay, _ = director.read("Eleven women in red coats stand on a beach, wide shot.")
    world = stage.build(screenplay)
    take = physics.perform(world)
    assert horizon_of(camera.plan(world, take, ASPECT))[0] == pytest.approx(0.42, abs=0.02)


def test_a_close_up_has_its_eyes_above_the_middle_and_its_crown_inside() -> None:
    picture = Format.of_aspect(ASPECT)
    away = np.array([0.0, -1.2, 1.6])
    path = Path(np.tile(away, (3, 1)), np.tile([0.0, 0.0, 1.6], (3, 1)), np.full(3, 65.0))
    eyes, crown = np.array([[0.0, 0.0, 1.62]]), np.array([[0.0, 0.0, 1.75], [0.0, 0.0, 1.5]])
    turned = headed(path, picture, eyes, crown)
    frame = axes(turned.positions[0] - turned.aims[0])
    seen = project(np.concatenate([eyes, crown]), turned.positions[0], frame, 65.0, picture)[:, 1]
    assert 0.15 < seen[0] < 0.5
    assert seen.max() < 0.95
