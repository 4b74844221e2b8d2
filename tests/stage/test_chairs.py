"""A chair at a table is the place's own where it has one, and a chair of one's own stands free."""

from __future__ import annotations

import numpy as np

from lichtspiel import director, stage


def _world(prompt: str) -> stage.World:
    return stage.build(director.read(prompt)[0])


def test_who_sits_on_a_chair_at_the_kitchen_table_takes_one_of_the_kitchen() -> None:
    world = _world("A woman sits on a chair at a table.")
    assert [body.name for body in world.bodies if body.prop == "chair"] == []
    (woman,) = world.figures
    assert any(direction.seat_height_m for direction in woman.directions)


def test_a_red_chair_stands_beside_those_of_the_office() -> None:
    world = _world("A woman sits down on a red chair behind the table in an office.")
    (chair,) = [body for body in world.bodies if body.prop == "chair"]
    (woman,) = world.figures
    assert np.linalg.norm(np.subtract(chair.position, woman.position)[:2]) < 0.4


def test_a_chair_that_is_carried_is_one_of_its_own() -> None:
    world = _world("A man carries a chair through the kitchen.")
    assert [body.name for body in world.bodies if body.prop == "chair"]


def test_who_stands_up_has_sat_until_then() -> None:
    world = _world("A woman stands up.")
    assert [body.name for body in world.bodies if body.prop == "woman_chair"]
    (woman,) = world.figures
    assert any(direction.seat_height_m for direction in woman.directions)
    assert not [
        body for body in _world("A man trips, falls and gets up again.").bodies if body.prop == "man_chair"
    ]


def test_who_draws_at_the_kitchen_table_needs_no_desk() -> None:
    film, _ = director.read("A man draws at the kitchen table.")
    world = stage.build(film)
    assert not any(prop.thing == "desk" for prop in world.screenplay.props)
    assert world.figures[0].directions[0].seat_height_m is not None
    pad = next(body for body in world.bodies if body.prop == "man_writing_pad")
    assert pad.position[2] > 0.7, "on the table"
