"""Who rows sits in the boat, with an oar in each hand, and the boat goes along."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import director, motion, physics, stage
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.people.rig import bones_posed
from lichtspiel.stage import World
from lichtspiel.take import Take


def rowed(prompt: str) -> tuple[World, Take]:
    world = stage.build(director.read(prompt)[0])
    take = physics.perform(world, rehearsal=motion.rehearse(world))
    return world, motion.perform(world, take)


@pytest.mark.parametrize(
    "prompt",
    ["A woman rows a boat on a lake", "Ein Mann rudert auf einem See", "A man rows a boat with two oars."],
)
def test_a_rower_sits_in_the_boat_and_takes_it_along(prompt: str) -> None:
    world, take = rowed(prompt)
    boat = next(name for name in take.names if name.endswith("/boat"))
    seat = np.array([0.0, 0.228, 0.215])
    figure = world.figures[0]
    rower, rest = take.figures[figure.name], figure.physique.rig.heads[0]
    places = []
    for time_s in (0.0, 1.0, 2.0, 3.0, 4.0):
        position, turn = take.pose(boat, time_s)
        hips = rest + rower.at(time_s)[0]
        off = rotation_matrix(turn).T @ (hips - position) - seat
        assert np.linalg.norm(off[:2]) < 0.3
        assert 0.05 < off[2] < 0.3
        heads, _ = bones_posed(figure.physique.rig, *rower.at(time_s))
        for side in "LR":
            ankle = heads[figure.physique.rig.index(f"foot.{side}")]
            above_boards = (rotation_matrix(turn).T @ (ankle - position))[2] + 0.0775
            assert 0.02 < above_boards < 0.2
        places.append(position)
    bow = rotation_matrix(take.pose(boat, 0.0)[1]) @ [0.0, -1.0, 0.0]
    assert (places[-1] - places[0]) @ bow > 4.0
    oars = {grip.body: grip.part for grip in world.grips if "oar" in grip.body}
    assert sorted(oars.values()) == ["hand_l", "hand_r"]
    for name in oars:
        assert np.linalg.norm(take.pose(name, 4.0)[0] - places[-1]) < 2.5
