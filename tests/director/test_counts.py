"""Deeds that are done so many times, and films that last until what is sent off has arrived."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import director, stage
from lichtspiel.library import catalogue
from lichtspiel.library.counted import counted
from lichtspiel.motion.rehearse import rehearsed
from lichtspiel.screenplay import Status


@pytest.mark.parametrize(
    ("prompt", "motion", "times", "beats"),
    [
        ("A woman does three pirouettes.", "pirouette", 3, 1),
        ("Ein Mann dreht drei Pirouetten.", "pirouette", 3, 1),
        ("A woman claps three times.", "applaud", 3, 1),
        ("A man nods twice.", "nod", 2, 1),
        ("A woman does two cartwheels.", "cartwheel", None, 2),
        ("Ein Kind schlägt zwei Räder.", "cartwheel", None, 2),
    ],
)
def test_deeds_are_done_as_often_as_told(prompt: str, motion: str, times: int | None, beats: int) -> None:
    screenplay, ledger = director.read(prompt)
    assert [beat.motion for beat in screenplay.beats] == [motion] * beats
    assert {beat.times for beat in screenplay.beats} == {times}
    assert not screenplay.props
    assert all(reading.status is not Status.NOT_REALISED for reading in ledger.readings)


def test_a_thing_that_only_names_a_deed_is_not_brought() -> None:
    screenplay, _ = director.read("A woman adjusts her glasses.")
    assert not screenplay.props
    (figure,) = stage.build(screenplay).figures
    assert "glasses" in [wear.garment for wear in figure.person.wears]


def test_three_pirouettes_turn_three_times() -> None:
    world = stage.build(director.read("A woman does three pirouettes.")[0])
    (part,) = rehearsed(world).values()
    yaw = np.unwrap(part.course.controls.pelvis[:, 0])
    assert (yaw[-1] - yaw[0]) / (2 * np.pi) == pytest.approx(3.0, abs=0.05)


def test_alike_deeds_follow_one_another() -> None:
    world = stage.build(director.read("A woman jumps three times.")[0])
    (part,) = rehearsed(world).values()
    times = [flight.start_s for flight in part.course.flights]
    assert len(times) == 3
    assert np.diff(times).min() > 1.0


@pytest.mark.parametrize(("motion", "times", "strikes"), [("applaud", 1, 1), ("applaud", 5, 5)])
def test_claps_are_counted(motion: str, times: int, strikes: int) -> None:
    _, score = counted(catalogue.motions()[motion], catalogue.scores()[motion], times)
    assert sum(key.strikes for key in score.keys) == strikes


def test_a_film_lasts_until_the_ball_is_at_the_pins() -> None:
    screenplay, _ = director.read("A woman bowls.")
    entry = catalogue.motions()["bowl"]
    assert screenplay.duration_s > 0.4 + entry.arrives_s(9.81) + 0.5
