"""Who sits at a table is seen from beyond it."""

from __future__ import annotations

import numpy as np

from lichtspiel import director, motion, physics, stage
from lichtspiel.camera import plan
from lichtspiel.library.people.rig import bones_posed


def test_a_child_at_a_table_is_seen_over_it() -> None:
    world = stage.build(director.read("A child eats at the kitchen table.")[0])
    take = motion.perform(world, physics.perform(world, rehearsal=motion.rehearse(world)))
    (shot,) = plan(world, take).shots
    table = next(body for body in world.bodies if body.name == "place/table")
    assert table.part.mesh is not None
    camera, corners = shot.positions[0], table.part.mesh.vertices + table.position
    over = (corners.min(0)[:2] < camera[:2]) & (camera[:2] < corners.max(0)[:2])
    assert not over.all(), "the camera stands beyond the table, not in what stands on it"
    (figure,) = world.figures
    own = take.figures[figure.name]
    heads, _ = bones_posed(figure.physique.rig, own.root[:1], own.pose[:1])
    face = heads[0, figure.physique.rig.index("head")]
    edge = np.array([*camera[:2], corners.max(0)[2]])
    assert camera[2] > face[2] + 0.1
    assert camera[2] > edge[2] + 0.4
