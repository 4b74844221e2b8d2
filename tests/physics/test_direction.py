"""Outcomes that are found, and outcomes that honestly are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lichtspiel.physics import perform
from lichtspiel.screenplay import OutcomeKind
from lichtspiel.stage.world import Freedom, Goal, Kick, World
from tests.physics.worlds import body, box, floor, sphere, world


def _throw(goals: list[Goal], reach: float, seed: int = 0) -> World:
    ball = body("ball", sphere(0.05, "rubber"), (-2, 0, 1), mass_kg=0.1)
    block = body("block", box(0.3, 0.3, 0.6), (0, 0, 0.3), mass_kg=2.0)
    wall = body("wall", box(0.1, 2, 2, "concrete"), (1, 0, 1), moves=False)
    return world(
        ball,
        block,
        wall,
        floor(),
        duration_s=0.9,
        controls=[Kick("ball", 0.05, (5.0, 0.9, 1.0))],
        freedoms=[
            Freedom("ball", "velocity", (0, 1, 0), -reach, reach),
            Freedom("ball", "velocity", (0, 0, 1), -reach, reach),
        ],
        goals=goals,
        seed=seed,
    )


HITS = Goal(OutcomeKind.HITS, ("ball",), ("block",), words="ball hits block")


def test_a_goal_the_plain_start_misses_is_found() -> None:
    take = perform(_throw([HITS], 1.5))
    (verdict,) = take.verdicts
    assert verdict.met
    assert verdict.goal == "ball hits block"
    assert any({i.first, i.second} == {"ball", "block"} for i in take.impacts)


def test_the_order_of_goals_is_kept() -> None:
    wall_first = replace(HITS, targets=("wall",), outcome=0, words="wall")
    block_then = replace(HITS, outcome=1, words="block")
    take = perform(_throw([wall_first, block_then], 1.5), most_tries=60)
    assert all(verdict.met for verdict in take.verdicts)
    order = [
        next(n for n in (i.first, i.second) if n != "ball")
        for i in take.impacts
        if "ball" in (i.first, i.second)
    ]
    assert order.index("wall") < len(order) - order[::-1].index("block") - 1


def test_an_impossible_goal_is_said_to_be_unmet() -> None:
    take = perform(_throw([HITS], 0.05), most_tries=12)
    (verdict,) = take.verdicts
    assert not verdict.met
    assert "passes it by" in verdict.note
    assert "tries" in verdict.note


def test_direction_is_deterministic() -> None:
    one, other = perform(_throw([HITS], 1.5)), perform(_throw([HITS], 1.5))
    assert one.positions.tobytes() == other.positions.tobytes()


def _knock(speed: float) -> World:
    pins = [body(f"pin{i}", box(0.05, 0.05, 0.3), (0, 0.3 * i, 0.15), mass_kg=0.3) for i in range(2)]
    ball = body("ball", sphere(0.08, "steel"), (-0.8, 0, 0.081), velocity=(speed, 0, 0))
    goal = Goal(OutcomeKind.KNOCKS_OVER, ("ball",), ("pin0", "pin1"), count=1)
    up = Goal(OutcomeKind.STAYS_UP, ("pin1",), outcome=1)
    return world(ball, *pins, floor("wood"), duration_s=1.5, goals=[goal, up])


@pytest.mark.parametrize(("speed", "falls"), [(3.0, True), (0.0, False)])
def test_knocking_over_and_staying_up(speed: float, falls: bool) -> None:
    knocked, stays = perform(_knock(speed)).verdicts
    assert knocked.met is falls
    assert stays.met


@pytest.mark.parametrize(
    ("kind", "met"),
    [
        (OutcomeKind.LANDS_ON, True),
        (OutcomeKind.REBOUNDS_OFF, True),
        (OutcomeKind.SETTLES, False),
        (OutcomeKind.MISSES, False),
        (OutcomeKind.FALLS_OFF, True),
        (OutcomeKind.BREAKS, False),
    ],
)
def test_verdicts_on_a_dropped_ball(kind: OutcomeKind, met: bool) -> None:
    ball = body("ball", sphere(0.05, "superball"), (0, 0, 1))
    goal = Goal(kind, ("ball",), ("place/floor",))
    (verdict,) = perform(world(ball, floor(), duration_s=1.4, goals=[goal])).verdicts
    assert verdict.met is met
    assert met or verdict.note
    (denied,) = perform(world(ball, floor(), duration_s=1.4, goals=[replace(goal, never=True)])).verdicts
    assert denied.met is not met


def test_what_must_never_happen_is_searched_around() -> None:
    goal = replace(HITS, targets=("wall",), never=True, words="ball never hits wall")
    free = _throw([goal], 1.5)
    toward_wall = replace(free, controls=(Kick("ball", 0.05, (5.0, 0.9, 4.0)),))
    (verdict,) = perform(replace(toward_wall, freedoms=())).verdicts
    assert not verdict.met
    assert "it happens at" in verdict.note
    (verdict,) = perform(toward_wall).verdicts
    assert verdict.met


def test_entering_is_falling_through_or_staying_inside() -> None:
    ball = body("ball", sphere(0.05, "steel"), (0, 0, 1))
    hoop = ((-0.2, -0.2, 0.5), (0.2, 0.2, 0.56))
    beside = ((0.5, -0.2, 0.5), (0.9, 0.2, 0.56))
    pit = ((-0.2, -0.2, 0.0), (0.2, 0.2, 0.2))
    goals = [Goal(OutcomeKind.ENTERS, ("ball",), ("place/floor",), region=r) for r in (hoop, beside, pit)]
    verdicts = perform(world(ball, floor("sand"), duration_s=1, goals=goals)).verdicts
    assert [verdict.met for verdict in verdicts] == [True, False, True]


def test_progress_grows_to_the_end() -> None:
    shares: list[float] = []
    perform(world(body("ball", sphere(0.05), (0, 0, 1)), floor(), duration_s=2), progress=shares.append)
    assert len(shares) > 5
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
