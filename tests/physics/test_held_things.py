"""Things are held by the end that is meant for it, in either hand."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import motion, physics, stage
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.people.rig import bones_posed
from lichtspiel.screenplay import Action, Beat, Character, Screenplay, Setting, Shot

_RIGHT, _LEFT = 11, 20
"""Seeds of a right-handed and of a left-handed person."""


@pytest.mark.parametrize("seed", [_RIGHT, _LEFT])
def test_a_sword_is_held_by_its_hilt(seed: int) -> None:
    world = stage.build(
        Screenplay(
            title="Sword",
            setting=Setting(place="lawn"),
            cast=(Character(id="knight", role="knight", seed=seed),),
            beats=(Beat(subject="knight", action=Action.PERFORM, motion="swing_sword"),),
            shots=(Shot(),),
        )
    )
    rehearsal = motion.rehearse(world)
    take = physics.perform(world, rehearsal=rehearsal)
    (grip,) = world.grips
    assert grip.part == ("hand_l" if world.figures[0].person.left_handed else "hand_r")
    performance, rig = rehearsal["knight"], world.figures[0].physique.rig
    mesh = world.body(grip.body).part.mesh
    assert mesh is not None
    length = float(np.ptp(mesh.vertices[:, 0]))
    for time_s in (0.3, 1.0, 2.0):
        heads, _ = bones_posed(rig, *performance.at(time_s))
        hand = heads[rig.index("wrist.L" if grip.part == "hand_l" else "wrist.R")]
        position, turn = take.pose(grip.body, time_s)
        a, b, c, d = turn.tolist()
        along = rotation_matrix((a, b, c, d)) @ np.array([length / 2, 0.0, 0.0])
        hilt, tip = position - along, position + along
        assert np.linalg.norm(hilt - hand) < 0.3
        assert np.linalg.norm(tip - hand) > 0.6
