"""How far hands turn on their arms: the bend of a wrist, and the turn of a forearm about itself."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import turns
from lichtspiel.motion.anatomy import DOWN, OUTWARD

_FREE, _MOST = np.radians([50.0, 84.0])
"""Bend up to which a wrist follows a placed hand, and beyond which it does not go (Kapandji, The Physiology
of the Joints, 1)."""
_TURNS = np.radians(88.0)
"""By how much a forearm turns either way from the thumb at its front (Kapandji, 1: 85° to 90°)."""
_INWARD, _CHANGES = np.radians([195.0, 12.0])
"""Up to where a hand counts as turned inward and not outward, since shoulders turn further in than out; and
how near to there it goes over from one limit to the other."""
_FAR = np.radians(110.0)
"""Turn of a hand from one place to the next above which there are two ways to go."""


def twist(lower: Array, hands: Array) -> Array:
    """(..., 2) radians by which hands are turned about their forearms, positive for palms turned up or out.

    The part of the turn that is about the forearm, its bend taken off (swing and twist of a quaternion).
    lower, hands: (..., 2, 3, 3) against neutral.
    """
    turn = turns.back(lower) @ hands
    return np.asarray(
        OUTWARD * np.arctan2(turn[..., 1, 0] - turn[..., 0, 1], turn[..., 0, 0] + turn[..., 1, 1])
    )


def excess(angle: Array) -> Array:
    """What of a turn (radians, as of `twist`) a forearm cannot do."""
    ends = np.array([_CHANGES - _INWARD, -_TURNS, _TURNS, 2 * np.pi - _INWARD - _CHANGES])
    beyond = ends - np.clip(ends, -_TURNS, _TURNS)
    return np.asarray(np.interp(angle, ends, beyond, period=2 * np.pi))


def between(first: Array, second: Array, share: Array) -> Array:
    """Turns (..., 2, 3, 3) of hands against their forearms on the way from one to another, without turning a
    forearm through what it cannot. share: (..., 2) of the way."""
    ways, twists = [], []
    for turn in (first, second):
        angle = twist(np.eye(3), turn)
        ways.append(turns.vector_of(turn @ turns.about_z(-OUTWARD * angle)))
        twists.append(np.where(angle > 2 * np.pi - _INWARD, angle - 2 * np.pi, angle))
    bend = (1 - share)[..., None] * ways[0] + share[..., None] * ways[1]
    angle = (1 - share) * twists[0] + share * twists[1]
    return np.asarray(turns.of_vector(bend) @ turns.about_z(OUTWARD * angle))


def within(lower: Array, hands: Array) -> Array:
    """Hands that a placed pose would bend or turn further than wrists and forearms do, turned back."""
    hands = _bent(lower, hands)
    over = excess(twist(lower, hands))
    if not over.any():
        return hands
    return np.asarray(lower @ turns.about_z(-OUTWARD * over) @ turns.back(lower) @ hands)


def _bent(lower: Array, hands: Array) -> Array:
    forearm, along = lower @ DOWN, hands @ DOWN
    bend = np.arccos(np.clip((forearm * along).sum(-1), -1.0, 1.0))
    over = np.maximum(bend - _FREE, 0.0)
    room = _MOST - _FREE
    back = over - room * (1 - np.exp(-over / room))
    axis = turns.unit(turns.cross(along, forearm))
    return np.asarray(turns.of_vector(back[..., None] * axis) @ hands)


def half_way(lower: Array, first: Array, second: Array, sample: int, side: int) -> Array | None:
    """Hands (T, 3, 3) in the middle between two that are turned far from each other, on the way about which
    the forearm (T, 3, 3) can turn at a sample; None for two that are near.

    Half of half a turn is as well one to the left as one to the right.
    """
    quats = turns.quaternions(turns.back(first) @ second)
    axis = turns.unit(quats[:, 1:])
    angle = 2 * np.arctan2(np.linalg.norm(quats[:, 1:], axis=-1), quats[:, 0])
    if not _FAR < angle[sample] < 2 * np.pi - _FAR:
        return None
    ways = [first @ turns.of_vector((0.5 * angle + about)[:, None] * axis) for about in (0.0, -np.pi)]
    needs = [abs(_turn_of(lower[sample], way[sample], side)) for way in ways]
    lengths = [angle[sample], 2 * np.pi - angle[sample]]
    return ways[int(np.argmin(np.add(needs, lengths)))]


def _turn_of(lower: Array, hand: Array, side: int) -> float:
    return float(twist(np.stack([lower] * 2), np.stack([hand] * 2))[side])
