"""Who falls off a piece of furniture falls off that one."""

from __future__ import annotations

from lichtspiel import director, motion, physics, stage


def test_a_boy_falls_off_the_table_that_the_prompt_names() -> None:
    world = stage.build(director.read("A boy falls off a table.")[0])
    assert not any("stepladder" in body.name for body in world.bodies)
    table = next(body.name for body in world.bodies if body.prop == "boy_table")
    (boy,) = world.figures
    assert boy.ground == table
    assert 0.6 < boy.position[2] < 1.0
    take = physics.perform(world, rehearsal=motion.rehearse(world))
    assert any(one.time_s > 0.5 and "boy/" in one.first + one.second for one in take.impacts)
