"""Hands at rest: how fingers curl."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import turns
from lichtspiel.motion.anatomy import SIDES, Anatomy

_FIST = np.radians([[80.0, 95.0, 65.0]])
"""Bends of the three joints of a finger in a fist."""
_EACH = np.array([0.82, 0.94, 1.06, 1.2])
"""Index to little finger: at rest the little finger is curled the most."""


def curled(body: Anatomy, curl: Array, pose: Array) -> None:
    """Write the fingers' turns into a pose (T, B, 4); curl is (T, 2)."""
    rig = body.rig
    for side, name in enumerate(SIDES):
        for finger, more in enumerate(_EACH, start=2):
            joints = [rig.index(f"finger{finger}-{joint}.{name}") for joint in (1, 2, 3)]
            bend = curl[:, side, None] * more * _FIST
            axis = _hinge(body, side, joints)
            vectors = bend[..., None] * axis
            pose[:, joints] = turns.quaternions(turns.of_vector(vectors))


def _hinge(body: Anatomy, side: int, joints: list[int]) -> Array:
    """(3,) axis at rest about which the finger bends to the palm."""
    rig = body.rig
    along = rig.tails[joints[2]] - rig.heads[joints[0]]
    across = turns.turned(turns.back(body.hand_neutral[side]), np.array([0.0, -1.0, 0.0]))
    axis = turns.unit(across - (across @ turns.unit(along)) * turns.unit(along))
    return np.asarray(-axis if side == 0 else axis)
