"""Things that are no balls go down slopes as they would: flat, on their wheels, or on their round side."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import physics, stage
from lichtspiel.library.asset import Array
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.screenplay import Action, Beat, Prop, Screenplay, Setting, Shot
from lichtspiel.stage.world import World
from lichtspiel.take import Take


def performed(thing: str, action: Action, track: str | None, place: str = "workshop") -> tuple[World, Take]:
    props = (Prop(id="it", thing=thing), *((Prop(id="track", thing=track),) if track else ()))
    beat = Beat(subject="it", action=action, target="track" if track else None)
    screenplay = Screenplay(
        title="Slope",
        duration_s=3.0,
        setting=Setting(place=place),
        props=props,
        beats=(beat,),
        shots=(Shot(),),
    )
    world = stage.build(screenplay)
    return world, physics.perform(world)


def middles(world: World, take: Take) -> Array:
    """(T, 3) where the middle of the thing is, of a car its body's."""
    body = next(one for one in world.bodies if one.name.split("/")[0] == "it")
    assert body.part.mesh is not None
    points = body.part.mesh.vertices
    middle = (points.min(0) + points.max(0)) / 2
    column = take.index(body.name)
    turned = [rotation_matrix(one) @ middle for one in take.orientations[:, column]]
    return np.asarray(take.positions[:, column] + turned)


@pytest.mark.parametrize(
    ("thing", "action"),
    [
        ("barrel", Action.ROLL),
        ("can", Action.ROLL),
        ("coin", Action.ROLL),
        ("pencil", Action.ROLL),
        ("toy_car", Action.ROLL),
        ("crate", Action.SLIDE),
        ("book", Action.SLIDE),
        ("die", Action.SLIDE),
    ],
)
def test_it_goes_down_a_ramp_and_never_up(thing: str, action: Action) -> None:
    world, take = performed(thing, action, "ramp")
    path = middles(world, take)
    assert path[-1, 0] - path[0, 0] > 0.6, "it goes down the ramp"
    assert (path[:, 2] < path[0, 2] + 0.01).all(), "nothing throws it up"
    begins = np.linalg.norm(path - path[0], axis=1) < 0.15
    assert np.ptp(np.diff(path[begins, 2])) < 0.01, "it does not jump when it is let go"


def test_a_barrel_rolls_on_its_side_where_the_ground_is_level() -> None:
    world, take = performed("barrel", Action.ROLL, None, place="yard")
    path = middles(world, take)
    assert np.ptp(path[:, 0]) > 2.0
    assert path[0, 2] == pytest.approx(0.35, abs=0.02), "half its width above the ground"


def test_a_ball_sets_off_down_the_stairs() -> None:
    world, take = performed("rubber_ball", Action.ROLL, "staircase", place="yard")
    assert middles(world, take)[-1, 2] < middles(world, take)[0, 2] - 0.3
