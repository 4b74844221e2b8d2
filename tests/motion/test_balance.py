"""Wobbles that come back, slips that are caught, and boards that give way under those who stand on them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from lichtspiel.library.asset import Array, Part
from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.segments import segments
from lichtspiel.motion.anatomy import Anatomy, anatomy
from lichtspiel.motion.balance import caught, ridden, wobbled
from lichtspiel.motion.controls import Controls, held, placed
from lichtspiel.motion.posture import neutral
from lichtspiel.motion.rehearse import rehearse
from lichtspiel.screenplay import Action, OutcomeKind
from lichtspiel.stage.world import Body, Direction, PlacedFigure, World
from lichtspiel.take import Take
from tests.motion.people import _empty_world, everybody

_TIMES = np.arange(240) / 48


@cache
def _body() -> Anatomy:
    return anatomy(physique(everybody()["man"]))


def _figure(*directions: Direction) -> PlacedFigure:
    person = everybody()["man"]
    return PlacedFigure("ben", "ben", person, physique(person), (0, 0, 0), 0.0, "place/floor", directions)


def _standing() -> Controls:
    return placed(held(neutral(_body()), len(_TIMES)), np.zeros(3), 0.0)


@pytest.mark.parametrize("gravity", [9.81, 3.7])
@pytest.mark.parametrize("strength", [0.4, 1.0])
def test_a_wobble_goes_to_both_sides_and_comes_to_rest(gravity: float, strength: float) -> None:
    sway = caught(_TIMES - 0.5, 1.0, gravity, strength)
    assert np.abs(sway.lean[_TIMES < 0.5]).max() == 0
    assert sway.lean.max() > 0.05 * strength
    assert sway.lean.min() < -0.03 * strength
    assert np.abs(sway.lean).max() < 0.4
    assert np.abs(sway.counter).max() < 1.3
    assert np.abs(sway.lean[-24:]).max() < 0.01
    assert np.abs(sway.counter[-24:]).max() < 0.01
    # Arms and trunk answer a moment after the lean.
    assert np.argmax(np.abs(sway.counter) > 0.05) > np.argmax(np.abs(sway.lean) > 0.02)


def test_who_almost_falls_throws_out_the_arms_and_stands_as_before_afterwards() -> None:
    wobble = _figure(Direction(Action.PERFORM, 0.5, motion="wobble"))
    before, after = _standing(), wobbled(_body(), _standing(), wobble, _TIMES, 9.81)
    assert (after.arms[..., 1] - before.arms[..., 1]).max() > 0.8
    for name in ("hips", "thorax", "arms", "ankles", "feet"):
        assert np.allclose(getattr(after, name)[-1], getattr(before, name)[-1], atol=0.02), name
        assert np.array_equal(getattr(after, name)[20], getattr(before, name)[20]), name


def test_a_slip_that_is_caught_slides_one_foot_and_keeps_the_other() -> None:
    slip = _figure(Direction(Action.PERFORM, 0.5, motion="slip", outcome=OutcomeKind.STAYS_UP))
    after = wobbled(_body(), _standing(), slip, _TIMES, 9.81)
    slid = np.linalg.norm(after.ankles - _standing().ankles, axis=-1).max(0)
    assert sorted(slid > 0.15) == [False, True]
    assert slid.min() < 1e-9
    forward = -(after.ankles - _standing().ankles)[..., 1]
    assert forward.max() > 0.15


def test_a_fall_is_not_a_wobble() -> None:
    fall = _figure(Direction(Action.PERFORM, 0.5, motion="slip"))
    assert wobbled(_body(), _standing(), fall, _TIMES, 9.81) is not None
    assert np.array_equal(wobbled(_body(), _standing(), fall, _TIMES, 9.81).hips, _standing().hips)


def test_a_wobbling_body_keeps_its_weight_over_the_feet_before_and_after() -> None:
    world = replace(_empty_world(), figures=(_figure(Direction(Action.PERFORM, 0.5, motion="wobble")),))
    performance = rehearse(world)["ben"]
    parts = segments(physique(everybody()["man"]))
    centre = parts.centre_of_mass(performance.root, performance.pose)
    centres, _ = parts.posed(performance.root, performance.pose)
    feet = centres[:, [parts.index("foot_l"), parts.index("foot_r")], 0]
    assert feet[0].min() < centre[0, 0] < feet[0].max()
    assert np.ptp(centre[:, 0]) > 0.03


def _on_board(tilt: Array, rise: Array) -> tuple[World, Take, PlacedFigure]:
    board = Body("board", "board", Part("board", ()), (0, 0, 0), (1, 0, 0, 0), True)
    figure = replace(_figure(), ground="board")
    world = replace(_empty_world(), bodies=(board,), figures=(figure,))
    positions = np.zeros((480, 1, 3))
    positions[:, 0, 2] = np.interp(np.arange(480) / 96, _TIMES, rise)
    half = np.interp(np.arange(480) / 96, _TIMES, tilt) / 2
    turns = np.zeros((480, 1, 4))
    turns[:, 0, 0], turns[:, 0, 2] = np.cos(half), np.sin(half)
    return world, Take(96.0, ("board",), positions, turns, np.array([[0, np.inf]])), figure


def test_feet_stay_on_a_board_that_dips_and_tips() -> None:
    tilt, rise = 0.15 * np.sin(2 * _TIMES), -0.1 * np.sin(3 * _TIMES)
    world, take, figure = _on_board(tilt, rise)
    carried = ridden(_standing(), world, take, figure, _TIMES)
    standing = _standing()
    for sample in (40, 100, 200):
        angle = tilt[sample]
        turn = np.array([[np.cos(angle), 0, np.sin(angle)], [0, 1, 0], [-np.sin(angle), 0, np.cos(angle)]])
        wanted = standing.ankles[sample] @ turn.T + [0, 0, rise[sample]]
        assert np.allclose(carried.ankles[sample], wanted, atol=2e-3)
        assert carried.feet[sample, 0, 2] == pytest.approx(angle, abs=0.01)
        # The trunk stays more upright than the board.
        assert abs(carried.thorax[sample, 2]) < 0.5 * abs(angle) + 0.01


def test_who_stands_on_what_keeps_still_is_left_alone() -> None:
    world, take, figure = _on_board(np.zeros(240), np.zeros(240))
    still = replace(figure, ground="place/floor")
    assert ridden(_standing(), world, take, still, _TIMES).hips is not None
    assert np.array_equal(ridden(_standing(), world, take, still, _TIMES).hips, _standing().hips)
    assert np.allclose(ridden(_standing(), world, take, figure, _TIMES).ankles, _standing().ankles)
