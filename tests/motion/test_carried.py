"""Points that bones carry."""

from __future__ import annotations

import numpy as np

from bench import draped
from lichtspiel.library.people.rig import Skin
from lichtspiel.motion.carried import Bones


def test_garments_that_hang_from_end_to_end_have_nothing_to_carry() -> None:
    _, body, moves, _ = draped.performed("cape", 9, "crouch")
    bones = Bones(body.rig, moves.root[:20], moves.pose[:20])
    nothing = Skin(np.zeros((0, 8), np.int32), np.zeros((0, 8)))
    assert bones.carry(nothing, np.zeros((0, 3))).shape == (20, 0, 3)
