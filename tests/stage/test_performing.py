"""People perform: what they need is there, in their hands, and deeds follow one another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lichtspiel import director, stage
from lichtspiel.packs.install import is_installed
from lichtspiel.packs.pack import packs
from lichtspiel.screenplay import (
    Action,
    Beat,
    Character,
    Line,
    Outcome,
    OutcomeKind,
    Prop,
    Screenplay,
    Setting,
    Shot,
)
from lichtspiel.stage import World
from lichtspiel.stage.schedule import starts
from lichtspiel.stage.world import Kick

needs_voices = pytest.mark.skipif(
    not is_installed(packs()["voices"]),
    reason="the pack of voices is not installed: lichtspiel packs install voices",
)


def _screenplay(place: str, **parts: Any) -> Screenplay:
    return Screenplay(title="test", setting=Setting(place=place), shots=(Shot(),), **parts)


def _does(subject: str, motion: str, **more: Any) -> Beat:
    return Beat(subject=subject, action=Action.PERFORM, motion=motion, **more)


def _shot() -> World:
    return stage.build(
        _screenplay(
            "basketball_court",
            cast=(Character(id="player", role="man"),),
            props=(Prop(id="hoop", thing="basketball_hoop"),),
            beats=(
                _does(
                    "player",
                    "shoot_basket",
                    target="hoop",
                    outcomes=(Outcome(kind=OutcomeKind.MISSES, target="hoop"),),
                ),
                _does("player", "throw_up_hands"),
            ),
        )
    )


def test_a_player_gets_a_ball_faces_the_hoop_and_lets_go() -> None:
    world = _shot()
    (player,) = world.figures
    ball = world.body("player_basketball")
    (grip,) = world.grips
    assert (grip.figure, grip.body, grip.part) == ("player", ball.name, "hands")
    hoop = np.array(world.body("hoop/rim").position)
    ahead = np.array([np.sin(player.yaw), -np.cos(player.yaw)])
    way = hoop[:2] - np.array(player.position)[:2]
    assert ahead @ way / np.linalg.norm(way) > 0.99
    (kick,) = [control for control in world.controls if isinstance(control, Kick)]
    assert kick.at_s == grip.end_s
    assert 0.3 < kick.at_s < 2.5
    assert kick.velocity[2] > 3.0
    assert any(freedom.body == ball.name for freedom in world.freedoms)
    (goal,) = world.goals
    assert goal.subjects == (ball.name,)


def test_deeds_of_one_person_follow_one_another() -> None:
    first, second = (d for d in _shot().figures[0].directions if d.action is Action.PERFORM)
    assert first.motion == "shoot_basket"
    assert second.start_s > first.start_s + 1.0


def test_partners_face_each_other_at_arms_length() -> None:
    world = stage.build(
        _screenplay(
            "street", cast=(Character(id="friend", role="man", count=2),), beats=(_does("friend", "hug"),)
        )
    )
    first, second = world.figures
    away = np.linalg.norm(np.array(first.position) - second.position)
    assert 0.4 < away < 1.0
    assert np.cos(first.yaw - second.yaw) == pytest.approx(-1.0, abs=1e-3)
    assert {d.partner for f in world.figures for d in f.directions} == {first.name, second.name}


def test_who_has_nobody_to_hug_is_named_in_the_notes() -> None:
    world = stage.build(
        _screenplay("street", cast=(Character(id="man", role="man"),), beats=(_does("man", "hug"),))
    )
    assert any("nobody" in words for _, words in world.notes)


def test_a_prop_of_the_screenplay_is_used_before_one_is_brought() -> None:
    world = stage.build(
        _screenplay(
            "kitchen",
            cast=(Character(id="cook", role="woman"),),
            props=(Prop(id="pot", thing="teapot", colour="blue"),),
            beats=(_does("cook", "pour"),),
        )
    )
    held = {grip.body.split("/")[0] for grip in world.grips}
    assert "pot" in held
    assert not any(body.prop == "cook_teapot" for body in world.bodies)


def test_looks_of_others_answer_an_event() -> None:
    screenplay = _screenplay(
        "street",
        duration_s=6.0,
        cast=(Character(id="waiter", role="waiter"), Character(id="guest", role="woman", count=2)),
        beats=(
            _does("waiter", "slip"),
            Beat(subject="guest", action=Action.LOOK, target="waiter"),
        ),
    )
    found = starts(screenplay, 6.0)
    assert found[1] > found[0] + 0.5


@needs_voices
def test_lines_take_turns_and_listeners_look() -> None:
    world = stage.build(
        _screenplay(
            "living_room",
            duration_s=8.0,
            cast=(Character(id="he", role="man"), Character(id="she", role="woman")),
            beats=(Beat(subject="he", action=Action.STAND), Beat(subject="she", action=Action.STAND)),
            lines=(Line(speaker="he", text="Where have you been?"), Line(speaker="she", text="Outside.")),
        )
    )
    first, second = world.utterances
    assert second.film_s >= first.film_s + first.duration_s
    assert second.film_s < first.film_s + first.duration_s + 0.5
    she = world.figure("she")
    assert any(d.action is Action.LOOK and d.follows == "he" for d in she.directions)
    he = world.figure("he")
    assert any(d.motion == "talk" for d in he.directions)


@needs_voices
def test_a_line_that_does_not_fit_says_what_it_needs() -> None:
    world = stage.build(
        _screenplay(
            "living_room",
            duration_s=1.5,
            cast=(Character(id="he", role="man"),),
            beats=(Beat(subject="he", action=Action.STAND),),
            lines=(
                Line(speaker="he", text="I still remember how it was when I was young and the sea was near."),
            ),
        )
    )
    assert any(path == "lines[0]" and " s " in words for path, words in world.notes)


def test_a_bus_passes_on_the_road_beside_the_people() -> None:
    world = stage.build(
        _screenplay(
            "street",
            cast=(Character(id="child", role="child", count=3),),
            props=(Prop(id="bus", thing="bus"),),
            beats=(Beat(subject="child", action=Action.STAND), Beat(subject="bus", action=Action.ROLL)),
        )
    )
    bus = world.body("bus/body")
    speed = np.linalg.norm(bus.velocity)
    assert 5.0 < speed < 12.0
    # Its front, -y, leads.
    turned = 2 * np.arctan2(bus.orientation[3], bus.orientation[0])
    front = np.array([np.sin(turned), -np.cos(turned)])
    assert front @ np.array(bus.velocity)[:2] / speed == pytest.approx(1.0, abs=1e-6)
    gap = min(abs(figure.position[0] - bus.position[0]) for figure in world.figures)
    assert gap > 1.27 + 0.5
    wheels = [c for c in world.controls if isinstance(c, Kick) and c.joint_speed]
    assert len(wheels) == 4


def test_tea_is_poured_over_a_table_from_its_first_moment() -> None:
    world = stage.build(
        _screenplay(
            "kitchen",
            cast=(Character(id="granny", role="grandmother"),),
            props=(Prop(id="cup", thing="cup", count=2),),
            beats=(_does("granny", "pour", target="cup", spot="table"),),
        )
    )
    (granny,) = world.figures
    for name in ("cup_1", "cup_2"):
        x, y, _ = world.body(name).position
        # The table of the kitchen is 1.5 m by 0.85 m, a cup 8 cm wide.
        assert abs(x) < 0.75 - 0.04
        assert abs(y) < 0.425 - 0.04
        assert np.hypot(x - granny.position[0], y - granny.position[1]) < 0.5
    (pours,) = [direction for direction in granny.directions if direction.motion == "pour"]
    assert pours.start_s == 0.0


def test_who_enters_walks_in_and_sits_down_in_the_next_shot() -> None:
    screenplay = _screenplay(
        "office",
        cast=(Character(id="detective"),),
        beats=(
            Beat(subject="detective", action=Action.WALK, spot="door"),
            _does("detective", "sit_down", at_s=2.0),
        ),
    )
    world = stage.build(screenplay.model_copy(update={"shots": (Shot(), Shot())}))
    (detective,) = world.figures
    enters, sits = detective.directions
    # The door of the office is in its right wall, its desk in the middle.
    assert detective.position[0] > 2.0
    assert enters.path[-1][0] < detective.position[0] - 1.0
    assert sits.position == pytest.approx((0.0, 0.78, 0.0))
    assert sits.seat_height_m is not None


def test_who_sits_after_a_cut_is_there_in_its_first_frame() -> None:
    prompt = "The same detective in three shots: enters the office, sits down, close-up as he frowns."
    world = stage.build(director.read(prompt)[0])
    (detective,) = world.figures
    sits = next(told for told in detective.directions if told.seat_height_m is not None)
    assert world.timeline[1].world_start_s - 1 / 24 < sits.start_s < world.timeline[1].world_start_s - 0.01
