"""A car that passes is seen to come, to be near and to go, from the side of the road."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import camera, director, physics, stage
from lichtspiel.camera import CameraTrack
from lichtspiel.camera.framing import Format, project
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.screenplay import Gaze, Status
from lichtspiel.take import Take


def filmed(prompt: str, aspect: float = 9 / 16) -> tuple[Take, CameraTrack]:
    world = stage.build(director.read(prompt)[0])
    take = physics.perform(world)
    return take, camera.plan(world, take, aspect)


def across(take: Take, track: CameraTrack, film_s: float, aspect: float) -> np.ndarray:
    """Where the car's rear, middle and front are in the picture's width, (3,), ±1 at its borders; NaN behind
    the camera."""
    lens = track.at(film_s)
    frame = rotation_matrix(lens.orientation).T
    position, turn = take.pose("car/body", film_s)
    points = position + np.array([[0, 2.1, 0.7], [0, 0, 0.7], [0, -2.1, 0.7]]) @ rotation_matrix(turn).T
    picture = Format.of_aspect(aspect)
    return project(points, np.array(lens.position), frame, lens.focal_length_mm, picture)[:, 0]


@pytest.mark.parametrize(
    ("prompt", "way"),
    [
        ("A car passes fast from left to right; the pitch falls as it passes.", 1),
        ("Ein Auto fährt von rechts nach links vorbei.", -1),
    ],
)
@pytest.mark.parametrize("aspect", [9 / 16, 16 / 9])
def test_a_passing_car_crosses_the_picture_the_way_it_is_asked_to(
    prompt: str, way: int, aspect: float
) -> None:
    take, track = filmed(prompt, aspect)
    times = np.linspace(0.0, 4.0, 81)
    places = np.array([across(take, track, t, aspect) for t in times]) * way
    seen = (np.abs(places) < 1.0).any(1)
    assert seen.sum() * (times[1] - times[0]) > 1.1
    rear, middle, front = places[seen].T
    # A camera that turns along may let it come a little slower than it goes back itself.
    assert (np.diff(middle[np.abs(middle) < 1]) > -0.005).all()
    assert -1 < front[0] < -0.55
    assert 0.55 < rear[-1] < 1


def test_a_passing_car_is_nearest_about_the_middle_of_the_film_to_a_camera_that_stands_still() -> None:
    take, track = filmed("A car passes fast from left to right; the pitch falls as it passes.")
    times = np.linspace(0.0, 4.0, 81)
    eyes = np.array([track.at(t).position for t in times])
    assert np.ptp(eyes, axis=0).max() < 1e-6
    away = np.array(
        [np.linalg.norm(take.pose("car/body", t)[0] - eye) for t, eye in zip(times, eyes, strict=True)]
    )
    assert times[away.argmin()] == pytest.approx(2.0, abs=0.3)
    assert away.min() < 7.0
    assert away[0] > 3 * away.min()
    assert away[-1] > 3 * away.min()


@pytest.mark.parametrize(
    ("prompt", "gaze"),
    [
        ("A car passes fast from left to right.", Gaze.RIGHT),
        ("A bus drives past from right to left.", Gaze.LEFT),
        ("Ein Auto fährt von links nach rechts.", Gaze.RIGHT),
        ("Ein roter Bus fährt von rechts nach links vorbei.", Gaze.LEFT),
        ("A taxi drives by.", Gaze.RIGHT),
        ("A car drives down a street.", None),
    ],
)
def test_the_way_that_a_vehicle_passes_is_read(prompt: str, gaze: Gaze | None) -> None:
    screenplay, ledger = director.read(prompt)
    assert [beat.gaze for beat in screenplay.beats] == [gaze]
    assert not [one.text for one in ledger.having(Status.NOT_REALISED)]


def test_the_way_of_what_rolls_by_itself_is_still_chosen_by_the_stage() -> None:
    ledger = director.read("A ball rolls from left to right.")[1]
    assert [one.text for one in ledger.having(Status.NOT_REALISED)] == ["from left to right"]


def test_a_camera_turns_with_what_drives_past_too_fast() -> None:
    take, track = filmed("A car passes fast from left to right.")
    seen = 0
    for film_s in np.linspace(0.1, 3.9, 20):
        seen += bool(np.abs(across(take, track, float(film_s), 9 / 16))[1] < 1.0)
    assert seen >= 15
