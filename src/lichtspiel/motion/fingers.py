"""Hands at rest: how fingers close, curl and lie side by side."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import turns
from lichtspiel.motion.anatomy import DOWN, FRONT, OUTWARD, SIDES, Anatomy

_FIST = np.radians([78.0, 98.0, 62.0])
"""Bends of the three joints of a finger in a fist."""
_THUMB = np.radians([18.0, 30.0, 50.0])
_EACH = np.array([0.8, 0.95, 1.08, 1.2])
"""Index to little finger: at rest the little finger is curled the most."""
_CLOSED = 0.75
"""Share of their spread at rest, where the modelled fingers are apart, that fingers give up."""
_THUMB_IN = 0.6
_THUMB_ALONG = np.array([0.25, -0.45, -1.0])
"""Where a thumb at rest points in a hanging left hand: down, forward, off the palm's plane."""


def curled(body: Anatomy, curl: Array, pose: Array) -> None:
    """Write the fingers' turns into a pose (T, B, 4); curl is (T, 2, 5)."""
    moves = bool(np.ptp(curl, axis=0).any())
    some = curl if moves else curl[:1]
    for side in range(2):
        columns, hinges, closing = _fingers(body, side)
        bends = some[:, side, :, None] * _bends()
        turn = turns.of_vector(bends[..., None] * hinges[:, None])
        turn[:, :, 0] = closing @ turn[:, :, 0]
        pose[:, columns] = turns.quaternions(turn).reshape(len(some), -1, 4)


def phalanges(body: Anatomy, side: int, bend: float) -> Array:
    """(5, 6, 3) points along the outer two bones of each finger of a body at rest, all bent as much."""
    columns, hinges, closing = _fingers(body, side)
    rig = body.rig
    heads, tails = rig.heads[columns].reshape(5, 3, 3), rig.tails[columns].reshape(5, 3, 3)
    found = np.empty((5, 6, 3))
    for finger in range(5):
        turn, place = closing[finger], heads[finger, 0]
        for joint in range(3):
            turn = turn @ turns.of_vector(bend * _bends()[finger, joint] * hinges[finger])
            line = turn @ (tails[finger, joint] - heads[finger, joint])
            if joint:
                steps = np.array([[0.34], [0.67], [1.0]])
                found[finger, 3 * (joint - 1) : 3 * joint] = place + steps * line
            place = place + line
    return found


def _bends() -> Array:
    """(5, 3) thumb to little finger, of each joint in a fist."""
    return np.concatenate([_THUMB[None], _EACH[:, None] * _FIST])


@lru_cache(maxsize=512)
def _fingers(body: Anatomy, side: int) -> tuple[list[int], Array, Array]:
    """Bones (15), hinges (5, 3) at rest to bend about, and turns (5, 3, 3) that lay fingers together."""
    rig = body.rig
    names = [f"finger{f}-{j}.{SIDES[side]}" for f in range(1, 6) for j in (1, 2, 3)]
    columns = [rig.index(name) for name in names]
    heads, tails = rig.heads[columns].reshape(5, 3, 3), rig.tails[columns].reshape(5, 3, 3)
    along = turns.unit(tails[:, 2] - heads[:, 0])
    home = turns.back(body.hand_neutral[side])
    thumb, palm = home @ FRONT, home @ np.array([-OUTWARD[side], 0.0, 0.0])
    # Fingers turn in the palm's plane to the middle finger; the thumb turns towards them.
    goal = np.repeat(along[2:3], 5, axis=0)
    goal += ((along - goal) @ palm)[:, None] * palm
    goal[0] = home @ (_THUMB_ALONG * [-OUTWARD[side], 1.0, 1.0])
    part = np.where(np.arange(5) == 0, _THUMB_IN, _CLOSED)
    closing = turns.share(_arc(along, turns.unit(goal)), part)
    hinges = np.repeat(OUTWARD[side] * -thumb[None], 5, axis=0)
    hinges[0] = OUTWARD[side] * turns.cross(home @ DOWN, thumb) * -OUTWARD[side]
    hinges = turns.unit(hinges - np.einsum("fi,fi->f", hinges, along)[:, None] * along)
    return columns, hinges, closing


def _arc(first: Array, second: Array) -> Array:
    """Shortest turns (..., 3, 3) from one unit vector to another."""
    axis = turns.cross(first, second)
    sine = np.linalg.norm(axis, axis=-1, keepdims=True)
    angle = np.arctan2(sine, (first * second).sum(-1, keepdims=True))
    return turns.of_vector(axis / np.maximum(sine, 1e-9) * angle)
