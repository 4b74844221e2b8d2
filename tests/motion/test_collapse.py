"""Where a figure is told to fall, physics takes over, the way that the words say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.rig import about, rest_pose
from lichtspiel.motion.collapse import falls_of
from lichtspiel.screenplay import Action, OutcomeKind
from lichtspiel.stage.world import Direction, PlacedFigure
from lichtspiel.take import Fall, Performance
from tests.motion.people import everybody


def _figure(*directions: Direction) -> PlacedFigure:
    person = everybody()["man"]
    body = physique(person)
    return PlacedFigure("ben", "ben", person, body, (0, 0, 0), 0.0, "place/floor", directions)


def _walked(speed: float = 0.0, yaw: float = 0.0) -> Performance:
    times = np.arange(240) / 48
    rig = physique(everybody()["man"]).rig
    pose = np.repeat(rest_pose(rig)[None], 240, axis=0)
    pose[:, 0] = about((0, 0, 1), yaw)
    front = np.array([np.sin(yaw), -np.cos(yaw), 0.0])
    return Performance(48.0, times[:, None] * speed * front, pose)


def _upper(fall: Fall) -> np.ndarray:
    return np.sum([push for part, push in fall.blows if part in ("chest", "pelvis", "head")], axis=0)


def test_a_faint_is_limp_and_a_trip_is_braced() -> None:
    faint, trip = (
        falls_of(_figure(Direction(Action.PERFORM, 1.0, motion=m)), _walked())[0] for m in ("faint", "trip")
    )
    assert faint.tone < 0.1 < trip.tone
    assert faint.start_s == trip.start_s == 1.0
    assert trip.end_s == pytest.approx(239 / 48)


@pytest.mark.parametrize("yaw", [0.0, np.pi / 2, 2.5])
def test_falls_go_by_where_one_faces(yaw: float) -> None:
    front = np.array([np.sin(yaw), -np.cos(yaw), 0.0])
    trip, back = (
        falls_of(_figure(Direction(Action.PERFORM, 1.0, motion=m)), _walked(yaw=yaw))[0]
        for m in ("trip", "fall_backward")
    )
    assert _upper(trip) @ front > 0.3
    assert _upper(back) @ front < -0.3


def test_who_slips_loses_hold_and_who_stands_is_sent_on_the_way_first() -> None:
    slip = Direction(Action.PERFORM, 1.0, motion="slip")
    standing, walking = (falls_of(_figure(slip), _walked(speed))[0] for speed in (0.0, 1.3))
    assert walking.hold < 0.2
    assert len(standing.blows) > len(walking.blows)


def test_another_posture_ends_the_fall_but_not_before_one_has_lain() -> None:
    trip = Direction(Action.PERFORM, 1.0, motion="trip")
    soon, late = (
        falls_of(_figure(trip, Direction(Action.STAND, start)), _walked())[0].end_s for start in (1.3, 4.0)
    )
    assert soon == pytest.approx(2.6)
    assert late == pytest.approx(4.0)


def test_who_slips_and_falls_falls_once() -> None:
    both = (Direction(Action.PERFORM, 0.5, motion="slip"), Direction(Action.PERFORM, 2.6, motion="trip"))
    falls = falls_of(_figure(*both), _walked())
    assert [fall.start_s for fall in falls] == [0.5]


def test_outcomes_decide_whether_a_motion_ends_with_a_fall() -> None:
    balance = Direction(Action.PERFORM, 0.5, motion="pirouette")
    keeps, falls = (
        falls_of(_figure(replace(balance, outcome=o)), _walked())
        for o in (OutcomeKind.STAYS_UP, OutcomeKind.FALLS_OVER)
    )
    assert keeps == ()
    assert falls[0].start_s > 0.5
    assert falls_of(_figure(replace(balance, motion="slip", outcome=OutcomeKind.STAYS_UP)), _walked()) == ()
