"""Who falls off a piece of furniture falls off that one."""

from __future__ import annotations

from lichtspiel import director, motion, physics, stage
from lichtspiel.library.people.rig import bones_posed


def test_a_boy_falls_off_the_table_that_the_prompt_names() -> None:
    world = stage.build(director.read("A boy falls off a table.")[0])
    assert not any("stepladder" in body.name for body in world.bodies)
    table = next(body.name for body in world.bodies if body.prop == "boy_table")
    (boy,) = world.figures
    assert boy.ground == table
    assert 0.6 < boy.position[2] < 1.0
    take = physics.perform(world, rehearsal=motion.rehearse(world))
    assert any(one.time_s > 0.5 and "boy/" in one.first + one.second for one in take.impacts)


def test_who_falls_off_a_chair_has_sat_on_it_and_lies_beside_it() -> None:
    screenplay = director.read("A man falls off a chair.")[0]
    assert screenplay.setting.place == "living_room"
    world = stage.build(screenplay)
    (man,) = world.figures
    take = physics.perform(world, rehearsal=motion.rehearse(world))
    played = take.figures[man.name]
    root = played.root
    heads, _ = bones_posed(man.physique.rig, root, played.pose)
    head, knee = (heads[:, man.physique.rig.index(bone), 2] for bone in ("head", "lowerleg01.L"))
    assert root[0, 2] - knee[0] < 0.25
    assert head[0] > 1.0
    assert head[-1] < 0.4
    assert root[-1, 2] < 0.4
