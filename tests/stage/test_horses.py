"""A horse that nobody rides goes by itself."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import camera, director, physics, stage
from lichtspiel.camera.framing import Format, project
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.screenplay import Status
from lichtspiel.sound import hooves


@pytest.mark.parametrize(
    "prompt", ["A horse canters along a beach.", "Ein Rappe galoppiert über eine Wiese."]
)
def test_a_riderless_horse_canters_through_the_picture_on_its_feet(prompt: str) -> None:
    world = stage.build(director.read(prompt)[0])
    take = physics.perform(world)
    trunk = next(name for name in take.names if name.endswith("/trunk"))
    feet = [name for name in take.names if name.split("/")[-1].startswith(("foot_", "hoof_"))]
    way = take.positions[:, take.index(trunk)]
    speed = np.linalg.norm(np.diff(way[:, :2], axis=0), axis=1) * take.rate_hz
    assert np.all((speed > 4.0) & (speed < 6.0))
    lifts = [np.ptp(take.positions[:, take.index(foot), 2]) for foot in feet]
    assert len(feet) == 4
    assert min(lifts) > 0.1
    # The trunk is over the feet all the time.
    middle = np.mean([take.positions[:, take.index(foot), :2] for foot in feet], 0)
    assert np.linalg.norm(middle - way[:, :2], axis=1).max() < 0.9
    assert len(hooves.falls_of(world, take)) > 12
    shot = camera.plan(world, take).shots[0]
    for share in (0.1, 0.5, 0.9):
        at = round(share * (len(shot.positions) - 1))
        place, _ = take.pose(trunk, share * world.duration_s)
        frame = rotation_matrix(shot.orientations[at]).T
        seen = project(
            place[None], shot.positions[at], frame, float(shot.focal_length_mm[at]), Format.of_aspect(9 / 16)
        )
        assert np.abs(seen).max() < 1.0


def test_a_horse_that_is_said_to_stand_stands() -> None:
    world = stage.build(director.read("A black horse stands in a meadow.")[0])
    assert not world.canters


@pytest.mark.parametrize(
    ("prompt", "least", "most"),
    [
        ("A horse trots across a meadow.", 2.8, 4.1),
        ("Ein Pferd trabt über die Wiese.", 2.8, 4.1),
        ("A horse walks across a meadow.", 1.2, 2.0),
        ("Ein Pferd läuft über die Wiese.", 4.1, 6.0),
        ("Ein Pferd läuft langsam über die Wiese.", 2.3, 4.1),
    ],
)
def test_a_horse_goes_at_the_pace_of_the_gait_that_is_told(prompt: str, least: float, most: float) -> None:
    screenplay, ledger = director.read(prompt)
    world = stage.build(screenplay)
    assert [least < told.speed_m_s < most for told in world.canters] == [True]
    assert not ledger.having(Status.NOT_REALISED)


def test_no_hooves_are_heard_of_a_horse_that_does_not_move() -> None:
    screenplay, _ = director.read("A horse stands in a meadow.")
    assert not screenplay.sounds
