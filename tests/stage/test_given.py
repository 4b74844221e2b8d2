"""What a prompt names is done as it is without: bread on a board, plants under the can, people in bed."""

from __future__ import annotations

import numpy as np

from lichtspiel import director, motion, physics, stage
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.screenplay import Action


def test_bread_that_is_named_lies_on_a_board() -> None:
    world = stage.build(director.read("A woman cuts a loaf of bread.")[0])
    loaf = next(body for body in world.bodies if body.name == "loaf")
    board = next(body for body in world.bodies if "cutting_board" in body.name)
    assert np.allclose(loaf.position[:2], board.position[:2], atol=0.15)
    assert loaf.position[2] > board.position[2] + 0.005


def test_a_watering_can_is_tilted_over_the_plant_it_waters() -> None:
    world = stage.build(director.read("A woman waters the plants.")[0])
    take = physics.perform(world, rehearsal=motion.rehearse(world))
    (stream,) = world.streams
    assert stream.liquid == "water"
    pot = np.array(world.body(stream.vessel).position)
    for time_s in (1.5, 2.5, 3.5):
        assert stream.start_s < time_s < stream.end_s
        place, turn = take.pose(str(stream.source), time_s)
        axes = rotation_matrix((turn[0], turn[1], turn[2], turn[3]))
        mouth, way = place + axes @ stream.outlet, axes @ stream.along
        assert axes[2, 2] < 0.75
        drop = mouth[2] - 0.3
        falls_s = (stream.speed_m_s * way[2] + np.sqrt((stream.speed_m_s * way[2]) ** 2 + 19.6 * drop)) / 9.8
        lands = mouth + stream.speed_m_s * falls_s * way
        assert np.linalg.norm(lands[:2] - pot[:2]) < 0.17


def test_who_lies_down_on_a_bed_lies_in_it() -> None:
    for prompt in ("A woman lies down on a bed.", "Eine Frau legt sich auf das Bett."):
        screenplay, _ = director.read(prompt)
        assert [beat.action for beat in screenplay.beats] == [Action.LIE]
        world = stage.build(screenplay)
        assert world.figures[0].position[2] > 0.4
