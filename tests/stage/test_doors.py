"""Doors open in the hand of whoever opens them, and swing shut under it."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import motion, physics, stage
from lichtspiel.director import read
from lichtspiel.stage import World


def _angle(world: World, time_s: float) -> float:
    """How far the leaf stands open, degrees."""
    take = physics.perform(world, rehearsal=motion.rehearse(world))
    leaf = next(name for name in take.names if name.endswith("leaf"))
    _, turn = take.pose(leaf, time_s)
    shut = world.body(leaf).orientation
    return float(np.degrees(2 * np.arctan2(turn[3], turn[0]) - 2 * np.arctan2(shut[3], shut[0])))


@pytest.mark.parametrize("prompt", ["A man opens the door", "Ein Mann schließt die Tür"])
def test_who_works_a_door_stands_at_its_handle_and_out_of_its_way(prompt: str) -> None:
    world = stage.build(read(prompt, seed=3)[0])
    figure, grip = world.figures[0], world.grips[0]
    assert (grip.figure, grip.part, grip.body.rsplit("/", 1)[-1]) == (figure.name, "hand_r", "leaf")
    deed = figure.directions[0]
    assert deed.start_s < grip.start_s < grip.end_s < deed.start_s + 2.4
    hinge = np.array(world.body(grip.body).position)
    away = np.linalg.norm((np.array(figure.position) - hinge)[:2])
    assert 0.9 < away < 1.5, "beyond the leaf, within reach of its handle"


def test_a_door_opens_with_the_hand() -> None:
    world = stage.build(read("A man opens the door", seed=3)[0])
    assert abs(_angle(world, 0.6)) < 1
    assert 25 < _angle(world, 2.7) < 110


def test_a_door_that_stands_open_is_closed() -> None:
    world = stage.build(read("A man closes the door", seed=3)[0])
    assert _angle(world, 0.2) > 35
    assert abs(_angle(world, 1.8)) < 12


def test_who_enters_comes_in_by_the_door_of_the_room() -> None:
    world = stage.build(read("A detective enters the office")[0])
    figure, grip = world.figures[0], world.grips[0]
    leaf = world.body(grip.body)
    assert np.linalg.norm((np.array(figure.position) - leaf.position)[:2]) < 1.2
    reached = motion.rehearse(world)
    take = physics.perform(world, rehearsal=reached)
    hinge, shut = np.array(leaf.position), np.array(leaf.orientation)

    def opened(time_s: float) -> float:
        _, turn = take.pose(leaf.name, time_s)
        return abs(float(np.degrees(2 * np.arctan2(turn[3], turn[0]) - 2 * np.arctan2(shut[3], shut[0]))))

    assert opened(0.4) < 1
    assert opened(grip.end_s) > 40
    assert opened(grip.end_s + 0.5) > 60, "it swings on from the hand"
    walked = reached[figure.name].root
    inside = walked[:, 0] < hinge[0] - 0.5
    assert not inside[0]
    assert inside[-1]


@pytest.mark.parametrize("place", ["kitchen", "living room", "bedroom", "restaurant"])
def test_rooms_have_a_door_that_opens(place: str) -> None:
    world = stage.build(read(f"A woman enters the {place}")[0])
    assert any(grip.body.endswith("/leaf") for grip in world.grips), world.notes
    assert any(body.name == "place/hallway" for body in world.bodies)


def test_the_left_handed_open_a_door_with_the_hand_at_its_handle() -> None:
    seeds = range(3, 60)
    worlds = (stage.build(read("A man opens the door", seed=seed)[0]) for seed in seeds)
    world = next(world for world in worlds if world.figures[0].person.left_handed)
    assert [grip.part for grip in world.grips] == ["hand_r"]
    assert 25 < _angle(world, 2.7) < 110
