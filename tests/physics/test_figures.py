"""What figures do to things: hold, throw, catch, pass, kick and carry them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from lichtspiel.library.asset import Array, Joint
from lichtspiel.library.people.holds import held
from lichtspiel.library.people.segments import segments
from lichtspiel.physics import perform
from lichtspiel.stage.world import Body, Grip, Kick
from lichtspiel.take import Fall, Performance, Take
from tests.physics import worlds
from tests.physics.people import body, figure, moving, with_figures
from tests.physics.worlds import box, floor, sphere, world

_PALM_DOWN = (0.0, -0.06, 0.0)


def _eased(times: Array, start_s: float, end_s: float) -> Array:
    share = np.clip((times - start_s) / (end_s - start_s), 0, 1)
    return share * share * (3 - 2 * share)


def _swing(angle: float, start_s: float, end_s: float) -> Callable[[Array], Array]:
    return lambda times: angle * _eased(times, start_s, end_s)


def _ball(at: tuple[float, float, float] = (0.0, -1.0, 1.0)) -> Body:
    return worlds.body("ball", sphere(0.06, "rubber"), at, mass_kg=0.2)


def _way(take: Take, name: str = "ball") -> Array:
    return take.positions[:, take.index(name)]


def _hand(performance: Performance, part: str = "hand_r", at_s: float = 0.0) -> Array:
    places, _ = held(body(), part, _PALM_DOWN, (1, 0, 0, 0), performance.root, performance.pose)
    sample = at_s * performance.rate_hz
    low = int(sample)
    return np.asarray(places[low] + (sample - low) * (places[min(low + 1, len(places) - 1)] - places[low]))


def test_a_ball_stays_in_the_hand_until_it_is_let_go_and_flies_on_with_the_hands_speed() -> None:
    swing = moving(1.5, {"upperarm01.R": _swing(-2.5, 0.3, 0.8)})
    grips = (Grip("anna", "hand_r", "ball", 0.0, 0.5, _PALM_DOWN),)
    take = perform(
        with_figures(world(floor(), _ball(), duration_s=1.5), figure(), grips=grips),
        rehearsal={"anna": swing},
    )
    way = _way(take)
    for time_s in (0.0, 0.25, 0.4, 0.49):
        assert np.linalg.norm(way[round(time_s * 480)] - _hand(swing, at_s=time_s)) < 0.004
    hand_speed = (_hand(swing, at_s=0.5 + 1 / 48) - _hand(swing, at_s=0.5 - 1 / 48)) * 24
    ball_speed = (way[242] - way[240]) * 240
    assert np.linalg.norm(hand_speed) > 3
    assert np.linalg.norm(ball_speed - hand_speed) < 0.35
    fallen = np.diff(way[250:400, 2], 2) * 480**2
    assert np.allclose(fallen, -9.81, atol=0.05)


def test_a_kick_of_the_stage_directs_a_throw() -> None:
    swing = moving(1.0, {"upperarm01.R": _swing(-2.5, 0.1, 0.6)})
    grips = (Grip("anna", "hand_r", "ball", 0.0, 0.3, _PALM_DOWN),)
    made = world(floor(), _ball(), duration_s=0.8, controls=(Kick("ball", 0.3, (0.0, -4.0, 5.0)),))
    take = perform(with_figures(made, figure(), grips=grips), rehearsal={"anna": swing})
    assert np.allclose((_way(take)[200] - _way(take)[150]) * 480 / 50, [0.0, -4.0, 4.37], atol=0.1)


def test_glasses_on_a_tray_come_along_and_stay_on_it() -> None:
    way = moving(1.5, root=lambda t: np.column_stack([0 * t, -0.8 * _eased(t, 0.2, 1.4), 0 * t]))
    tray = worlds.body("tray", box(0.5, 0.35, 0.02, "plastic"), (3, 3, 1.0), mass_kg=0.6)
    glasses = [
        worlds.body(f"glass_{i}", box(0.06, 0.06, 0.12, "glass"), (3 + x, 3 + y, 1.071), mass_kg=0.2)
        for i, (x, y) in enumerate([(-0.15, 0.0), (0.0, 0.08), (0.15, -0.05)])
    ]
    # The palm of a rest pose faces down and in: the tray is turned level against it.
    _, turns = held(body(), "hand_l", (0, 0, 0), (1, 0, 0, 0), way.root, way.pose)
    level = tuple((turns[0] * [1, -1, -1, -1]).tolist())
    grips = (Grip("anna", "hand_l", "tray", 0.0, 9.0, (0.0, -0.05, 0.0), level),)
    made = with_figures(world(floor(), tray, *glasses, duration_s=1.5), figure(), grips=grips)
    take = perform(made, rehearsal={"anna": way})
    carried = _way(take, "tray")
    assert (
        np.linalg.norm(
            carried[0] - held(body(), "hand_l", (0, -0.05, 0), (1, 0, 0, 0), way.root, way.pose)[0][0]
        )
        < 0.01
    )
    for number in range(3):
        offset = _way(take, f"glass_{number}") - carried
        assert np.ptp(offset, axis=0).max() < 0.02
        assert offset[-1, 2] == pytest.approx(0.07, abs=0.004)
    assert not take.impacts or max(i.impulse_ns for i in take.impacts) < 0.05


def test_a_thrown_ball_is_caught_by_who_takes_it_next() -> None:
    arms = {"upperarm01.R": _swing(-1.2, 0.1, 0.5), "upperarm01.L": _swing(-1.2, 0.1, 0.5)}
    throws, takes = (
        moving(1.6, arms),
        moving(1.6, arms, root=lambda t: np.tile([0.0, -2.5, 0.0], (len(t), 1))),
    )
    grips = (
        Grip("anna", "hand_r", "ball", 0.0, 0.4, _PALM_DOWN),
        Grip("ben", "hand_l", "ball", 1.0, 9.0, _PALM_DOWN),
    )
    made = with_figures(
        world(floor(), _ball(), duration_s=1.6), figure(), figure("ben", at=(0, -2.5, 0)), grips=grips
    )
    take = perform(made, rehearsal={"anna": throws, "ben": takes})
    way = _way(take)
    goal = _hand(takes, "hand_l", 1.0)
    assert np.linalg.norm(way[479] - goal) < 0.05, "flies into the hand"
    assert np.linalg.norm(way[-1] - _hand(takes, "hand_l", 1.6)) < 0.01, "stays there"
    steps = np.linalg.norm(np.diff(way, axis=0), axis=1) * 480
    assert steps.max() < 8, "without a jump"


def test_a_dribbled_ball_bounces_back_to_the_hand() -> None:
    pump = moving(
        1.6, {"upperarm01.R": lambda t: -0.9 + 0.5 * _eased(t, 0.2, 0.4) - 0.5 * _eased(t, 0.6, 0.8)}
    )
    grips = (
        Grip("anna", "hand_r", "ball", 0.0, 0.3, _PALM_DOWN),
        Grip("anna", "hand_r", "ball", 0.95, 9.0, _PALM_DOWN),
    )
    take = perform(
        with_figures(world(floor(), _ball(), duration_s=1.6), figure(), grips=grips), rehearsal={"anna": pump}
    )
    assert [i.first for i in take.impacts if i.impulse_ns > 0.3] == ["place/floor"]
    assert np.linalg.norm(_way(take)[455] - _hand(pump, at_s=0.95)) < 0.15


def test_a_foot_kicks_a_ball_away_and_is_heard() -> None:
    kick = moving(1.2, {"upperleg01.R": lambda t: 0.5 * _eased(t, 0, 0.3) - 1.4 * _eased(t, 0.35, 0.55)})
    foot = segments(body()).all[segments(body()).index("foot_r")].centre
    ball = worlds.body(
        "ball", sphere(0.11, "inflated_leather"), (foot[0], foot[1] - 0.35, 0.11), mass_kg=0.43
    )
    take = perform(
        with_figures(world(floor("grass"), ball, duration_s=1.2), figure()), rehearsal={"anna": kick}
    )
    way = _way(take)
    assert way[-1, 1] - way[0, 1] < -1.0, "to the front"
    touch = next(i for i in take.impacts if "anna/foot_r" in (i.first, i.second))
    assert "skin" in (touch.first_material, touch.second_material)
    assert 0.35 < touch.time_s < 0.6
    assert touch.impulse_ns > 0.8


def test_a_hand_pushes_a_door_open() -> None:
    push = moving(1.5, {"upperarm01.R": _swing(-0.9, 0.2, 1.2)})
    hand = _hand(push)
    door = worlds.body(
        "door",
        box(0.9, 0.04, 2.0, position=(0.45, 0, 1.0)),
        (float(hand[0]) - 0.7, float(hand[1]) - 0.25, 0.0),
        mass_kg=20.0,
        joint=Joint("hinge", damping=2.0),
    )
    frame = worlds.body(
        "frame", box(0.05, 0.05, 2.0), (float(hand[0]) - 0.75, float(hand[1]) - 0.25, 1), moves=False
    )
    door = replace(door, parent="frame")
    take = perform(
        with_figures(world(floor(), frame, door, duration_s=1.5), figure()), rehearsal={"anna": push}
    )
    _, turn = take.pose("door", 1.5)
    assert 2 * np.arccos(abs(turn[0])) > 0.15


def test_a_door_in_the_hand_is_pulled_open_and_swings_on() -> None:
    way = moving(2.0, root=lambda t: np.column_stack([0 * t, 1.0 * _eased(t, 0.3, 1.3), 0 * t]))
    hand = _hand(way)
    door = worlds.body(
        "door",
        box(0.9, 0.04, 2.0, position=(0.45, 0, 1.0)),
        (float(hand[0]) - 0.8, float(hand[1]), 0.0),
        mass_kg=20.0,
        joint=Joint("hinge", damping=1.0),
    )
    frame = worlds.body(
        "frame", box(0.05, 0.05, 2.0), (float(hand[0]) - 0.85, float(hand[1]), 1), moves=False
    )
    door = replace(door, parent="frame")
    grips = (Grip("anna", "hand_r", "door", 0.2, 0.9),)
    made = world(floor(), frame, door, duration_s=2.0)
    take = perform(with_figures(made, figure(), grips=grips), rehearsal={"anna": way})
    angles = [2 * np.arctan2(take.pose("door", s)[1][3], take.pose("door", s)[1][0]) for s in (0.2, 0.9, 1.6)]
    gone = _hand(way, at_s=0.9)[1] - hand[1]
    assert angles[0] == pytest.approx(0.0, abs=0.01)
    assert angles[1] == pytest.approx(np.arctan2(gone, 0.8), abs=0.05), "follows the hand"
    assert angles[2] > angles[1] + 0.2, "and goes on by itself"


def test_a_ball_bounces_off_a_head_and_not_through_it() -> None:
    head = segments(body()).all[segments(body()).index("head")]
    x, y = head.flesh[0].start[:2]
    ball = worlds.body(
        "ball", sphere(0.11, "inflated_leather"), (float(x) + 0.03, float(y), 2.6), mass_kg=0.43
    )
    take = perform(
        with_figures(world(floor(), ball, duration_s=1.5), figure()), rehearsal={"anna": moving(1.5)}
    )
    first = take.impacts[0]
    assert "anna/head" in (first.first, first.second)
    assert abs(_way(take)[-1, 0]) > 0.2


def test_the_weight_of_a_jumper_presses_a_spring_down_and_lets_it_up() -> None:
    def height(times: Array) -> Array:
        flight = (times > 0.8) & (times < 1.25)
        return np.where(flight, (times - 0.8) * (1.25 - times) / 0.45**2, 0)

    jump = moving(1.6, root=lambda t: np.column_stack([0 * t, 0 * t, height(t)]))
    board = worlds.body(
        "board",
        box(1, 1, 0.05, position=(0, 0, -0.025)),
        (0, 0, 0),
        mass_kg=10.0,
        joint=Joint("slide", stiffness=20000.0, damping=900.0),
    )
    made = with_figures(world(board, duration_s=1.6), figure(ground="board"))
    low = _way(perform(made, rehearsal={"anna": jump}), "board")[:, 2]
    weight_m = segments(body()).mass_kg * 9.81 / 20000
    own_m = 10 * 9.81 / 20000
    assert low[int(0.6 * 480)] == pytest.approx(-own_m, abs=0.1 * weight_m), "stands, as staged"
    assert low[int(1.15 * 480)] > 0.5 * weight_m, "springs back while nobody stands on it"
    assert low[int(1.2 * 480) :].min() < -0.4 * weight_m, "dips under the landing"


def test_what_is_caught_under_a_foot_is_not_shot_away() -> None:
    stamp = moving(1.0, root=lambda t: np.column_stack([0 * t, 0 * t, 0.3 * (1 - _eased(t, 0.2, 0.4))]))
    foot = segments(body()).all[segments(body()).index("foot_r")].centre
    block = worlds.body("block", box(0.2, 0.3, 0.08), (foot[0], foot[1], 0.04), mass_kg=0.5)
    take = perform(with_figures(world(floor(), block, duration_s=1.0), figure()), rehearsal={"anna": stamp})
    way = _way(take, "block")
    assert np.abs(way - way[0]).max() < 0.4
    assert np.abs(np.diff(way, axis=0)).max() * 480 < 6.0


def test_who_falls_lets_go_of_the_tray() -> None:
    fall = Fall(0.3, 1.8, 0.4, (("chest", (0.0, 0.9, 0.0)),))
    grips = (Grip("anna", "hand_r", "ball", 0.0, 9.0, _PALM_DOWN),)
    made = with_figures(world(floor(), _ball(), duration_s=1.8), figure(), grips=grips)
    take = perform(made, rehearsal={"anna": moving(1.8, falls=(fall,))})
    assert any({"place/floor", "ball"} == {i.first, i.second} for i in take.impacts)
    assert np.linalg.norm(_way(take)[-1] - _hand(take.figures["anna"], at_s=1.8)) > 0.2


def test_nothing_changes_for_things_that_nobody_touches() -> None:
    made = world(
        floor(), _ball((3.5, 0, 1.0)), worlds.body("crate", box(0.4, 0.4, 0.4), (4, 0, 0.2)), duration_s=1.0
    )
    alone = perform(made)
    watched = perform(with_figures(made, figure()), rehearsal={"anna": moving(1.0)})
    assert alone.positions.tobytes() == watched.positions.tobytes()
    assert watched.figures == {}


def test_the_same_rehearsal_gives_the_same_take_to_the_bit() -> None:
    def digest() -> str:
        swing = moving(1.0, {"upperarm01.R": _swing(-2.5, 0.1, 0.6)})
        grips = (Grip("anna", "hand_r", "ball", 0.0, 0.3, _PALM_DOWN),)
        made = with_figures(world(floor(), _ball(), duration_s=1.0), figure(), grips=grips)
        return hashlib.sha256(perform(made, rehearsal={"anna": swing}).positions.tobytes()).hexdigest()

    assert digest() == digest()
