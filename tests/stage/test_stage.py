"""Screenplay to world: things stand where a reader of the screenplay expects them."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.screenplay import (
    Action,
    Beat,
    Gravity,
    Outcome,
    OutcomeKind,
    Placement,
    Prop,
    Relation,
    Screenplay,
    Setting,
    Shot,
)
from lichtspiel.stage import World, build
from lichtspiel.stage.ballistics import fall_time, launch_velocity
from lichtspiel.stage.timeline import lay_out
from lichtspiel.stage.world import Hold


def film(
    *props: Prop,
    beats: tuple[Beat, ...] = (),
    place: str = "studio",
    shots: tuple[Shot, ...] = (Shot(),),
    gravity: Gravity = Gravity.EARTH,
    duration_s: float = 4.0,
) -> Screenplay:
    return Screenplay(
        title="a test",
        setting=Setting(place=place, gravity=gravity),
        props=props,
        beats=beats,
        shots=shots,
        duration_s=duration_s,
    )


def lowest(world: World, name: str) -> float:
    body = world.body(name)
    shape = body.part.shapes[0]
    assert shape.kind == "sphere"
    return body.position[2] + shape.position[2] - shape.size[0]


def test_a_dropped_ball_hangs_at_its_height_until_it_is_let_go() -> None:
    beat = Beat(subject="ball", action=Action.DROP, height_m=1.8)
    world = build(film(Prop(id="ball", thing="basketball"), beats=(beat,)))
    assert lowest(world, "ball") == pytest.approx(1.8, abs=0.01)
    assert world.controls == (Hold("ball", 0.4),)


def test_two_things_dropped_together_are_let_go_at_the_same_moment_and_height() -> None:
    beats = (Beat(subject="steel", action=Action.DROP), Beat(subject="rubber", action=Action.DROP))
    world = build(
        film(Prop(id="steel", thing="steel_ball"), Prop(id="rubber", thing="rubber_ball"), beats=beats)
    )
    assert {control.until_s for control in world.controls if isinstance(control, Hold)} == {0.4}
    assert lowest(world, "steel") == pytest.approx(lowest(world, "rubber"), abs=1e-6)
    apart = np.array(world.body("steel").position) - world.body("rubber").position
    assert np.hypot(*apart[:2]) > 0.05


def test_what_is_to_land_on_a_thing_is_dropped_above_it() -> None:
    beat = Beat(
        subject="load", action=Action.DROP, outcomes=(Outcome(kind=OutcomeKind.LANDS_ON, target="wippe"),)
    )
    world = build(film(Prop(id="load", thing="barrel"), Prop(id="wippe", thing="seesaw"), beats=(beat,)))
    load, plank = world.body("load"), world.body("wippe/plank")
    aside = plank.position[0] - load.position[0]
    assert 0.6 < aside < 1.3
    assert load.position[1] == pytest.approx(plank.position[1])
    assert load.position[2] > plank.position[2] + 1


def test_changing_a_colour_changes_nothing_but_the_colour() -> None:
    def world(colour: str) -> World:
        ball = Prop(id="ball", thing="rubber_ball", colour=colour)
        return build(film(ball, beats=(Beat(subject="ball", action=Action.THROW),)))

    red, blue = world("red"), world("blue")
    for first, second in zip(red.bodies, blue.bodies, strict=True):
        assert first.position == second.position
        assert first.velocity == second.velocity
        assert [s.size for s in first.part.shapes] == [s.size for s in second.part.shapes]
    assert red.body("ball").part.surfaces != blue.body("ball").part.surfaces


def test_the_same_screenplay_gives_the_same_world() -> None:
    screenplay = film(Prop(id="balls", thing="glass_marble", count=9, arrangement="scatter"))
    first, second = build(screenplay), build(screenplay)
    assert [b.position for b in first.bodies] == [b.position for b in second.bodies]
    assert [b.orientation for b in first.bodies] == [b.orientation for b in second.bodies]


@pytest.mark.parametrize("arrangement", ["row", "circle", "scatter"])
@pytest.mark.parametrize("count", [2, 7, 12])
def test_things_of_a_group_do_not_overlap(arrangement: str, count: int) -> None:
    prop = Prop.model_validate(
        {"id": "balls", "thing": "billiard_ball", "count": count, "arrangement": arrangement}
    )
    world = build(film(prop))
    centres = np.array([world.body(f"balls_{i + 1}").position for i in range(count)])
    radius = world.body("balls_1").part.shapes[0].size[0]
    gaps = np.linalg.norm(centres[:, None] - centres[None], axis=-1) + np.eye(count)
    assert gaps.min() > 2 * radius


def test_things_of_varied_size_have_different_sizes() -> None:
    world = build(film(Prop(id="balls", thing="billiard_ball", count=3, varied_size=True)))
    radii = {world.body(f"balls_{i}").part.shapes[0].size[0] for i in (1, 2, 3)}
    assert len(radii) == 3


def test_a_glass_on_the_table_of_a_dining_room_stands_on_that_rooms_table() -> None:
    glass = Prop(id="glass", thing="wine_glass", placement=Placement(target="table"))
    world = build(film(Prop(id="table", thing="table"), glass, place="dining_room"))
    assert not any(body.prop == "table" for body in world.bodies)
    assert world.body("glass").position[2] == pytest.approx(0.74, abs=0.05)


def test_a_glass_that_falls_stands_at_the_edge_and_must_leave_it() -> None:
    fall = Beat(subject="glass", action=Action.FALL, outcomes=(Outcome(kind=OutcomeKind.BREAKS),))
    world = build(film(Prop(id="glass", thing="wine_glass"), beats=(fall,), place="dining_room"))
    assert {goal.kind for goal in world.goals} == {OutcomeKind.BREAKS, OutcomeKind.FALLS_OFF}
    assert world.breakables
    assert world.breakables[0].body == "glass"
    assert len(world.breakables[0].shards) >= 10


def test_gravity_and_air_follow_the_world_that_is_named() -> None:
    ball = Prop(id="ball", thing="steel_ball")
    moon, earth = build(film(ball, gravity=Gravity.MOON)), build(film(ball))
    assert moon.gravity[2] == pytest.approx(-1.625)
    assert moon.air_density == 0.0
    assert earth.gravity[2] == pytest.approx(-9.80665)
    weightless = build(film(ball, gravity=Gravity.FREE_FALL))
    assert weightless.gravity == (0.0, 0.0, 0.0)


def test_beside_and_behind_are_sides_of_the_picture() -> None:
    props = (
        Prop(id="one", thing="football"),
        Prop(id="two", thing="football", placement=Placement(relation=Relation.BESIDE, target="one")),
        Prop(id="three", thing="football", placement=Placement(relation=Relation.BEHIND, target="one")),
    )
    world = build(film(*props))
    one, two, three = (np.array(world.body(name).position) for name in ("one", "two", "three"))
    facing = np.array(world.facing)
    assert abs((two - one) @ facing) < 1e-6
    assert (three - one) @ facing < -0.2


def test_left_and_right_are_those_of_the_picture() -> None:
    beside = Placement(relation=Relation.BESIDE, target="one", side="left")
    props = (
        Prop(id="one", thing="football"),
        Prop(id="two", thing="football", placement=beside),
        Prop(id="three", thing="football", placement=Placement(side="left")),
    )
    world = build(film(*props))
    right = np.array([-world.facing[1], world.facing[0], 0.0])
    one, two, three = (np.array(world.body(name).position) @ right for name in ("one", "two", "three"))
    assert two < one
    assert three < one


def test_every_action_of_a_ball_stages() -> None:
    for action in Action:
        world = build(
            film(Prop(id="ball", thing="rubber_ball"), beats=(Beat(subject="ball", action=action),))
        )
        assert np.all(np.isfinite(world.body("ball").position))


def test_slow_motion_shows_the_moment_that_matters() -> None:
    screenplay = film(Prop(id="ball", thing="steel_ball"), shots=(Shot(time_scale=0.1),))
    span = lay_out(screenplay, climax_s=1.0)[0]
    assert span.world_start_s < 1.0 < span.world_end_s


def test_film_and_world_time_agree_over_several_shots() -> None:
    shots = (Shot(duration_s=1.0), Shot(duration_s=2.0, time_scale=0.25), Shot())
    world = build(film(Prop(id="ball", thing="steel_ball"), shots=shots, duration_s=5.0))
    assert [span.film_end_s for span in world.timeline] == [1.0, 3.0, 5.0]
    for film_s in (0.3, 1.7, 4.2):
        assert world.film_times(world.world_time(film_s)) == pytest.approx((film_s,))


def test_a_launch_reaches_its_target() -> None:
    start, target = np.array([0.0, -4.0, 2.1]), np.array([0.3, 0.0, 3.05])
    velocity = launch_velocity(start, target, 9.81, np.radians(53))
    seconds = np.hypot(*(target - start)[:2]) / np.hypot(*velocity[:2])
    there = start + velocity * seconds - np.array([0, 0, 0.5 * 9.81 * seconds**2])
    assert there == pytest.approx(target, abs=1e-9)
    assert fall_time(4.905, 9.81) == pytest.approx(1.0)
