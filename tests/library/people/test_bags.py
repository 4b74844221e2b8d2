"""How bags are carried."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.library.people.clothes.bending import Bend
from lichtspiel.library.people.figures import garments_of
from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.population import complete
from lichtspiel.library.people.rig import bones_posed
from lichtspiel.motion import postures
from lichtspiel.screenplay import Character, Wear, Weather


@pytest.mark.parametrize("seed", [7, 8, 9])
def test_a_handbag_hangs_level_from_the_fingers(seed: int) -> None:
    who = complete(Character(id="person", seed=seed, wears=(Wear(garment="handbag"),)), 0, 0, Weather.CLEAR)
    body, bag = physique(who), garments_of(who)[-1]
    heads, turns = bones_posed(body.rig, *postures.standing(who, body))
    pose, wrist = Bend.of(body.rig, heads, turns), body.rig.index("wrist.R")
    at = bag.mesh.vertices @ pose.matrices[wrist].T + pose.shifts[wrist]
    top, low = at[:, 2].max(), at[:, 2].min()
    handle = at[at[:, 2] > top - 0.01].mean(0)
    belly = at[at[:, 2] < (top + low) / 2]
    finger = [heads[body.rig.index(f"finger3-{joint}.R")] for joint in (1, 2, 3)]
    assert min(np.linalg.norm(handle - at) for at in finger) < 0.03, "beside the hand"
    assert np.linalg.norm((belly.mean(0) - handle)[:2]) < 0.05, "aslant"
    assert np.ptp(belly[:, 1]) > np.ptp(belly[:, 0]), "across the way"
