"""Hands on shafts: the other hand on a tool that takes both, and oars that turn in their locks."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.people.holds import frames
from lichtspiel.motion import turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import OUTWARD, SIDES
from lichtspiel.motion.solve import Skeleton
from lichtspiel.stage.world import Grip

_HOLLOW = 0.011
"""From the skin of the palm to the middle of a shaft that lies in the fist, against body height."""
_THUMB = np.array([0.0, 0.0, 1.0])


def clasp(actor: Actor, found: Skeleton, side: int, shaft: Array) -> tuple[Array, Array]:
    """Directions (T, 3) to knuckles and thumb of a hand that is turned no further than to have a shaft, given
    by the unit vectors (T, 3) along it to the thumb's side, across its palm."""
    return _told(side, turns.unit(shaft), _palm(actor, found, side), _THUMB)


def hollow(actor: Actor, found: Skeleton, side: int) -> Array:
    """(T, 3) middle of what the fist of a hand is closed about."""
    own = np.array([0.0, -_HOLLOW * actor.physique.height_m, 0.0])
    return _point(actor, found, side, own)


def levered(
    actor: Actor, found: Skeleton, side: int, grip: Grip, shaft: Array, way: Array
) -> tuple[Array, Array]:
    """Directions (T, 3) to knuckles and thumb of a hand that is turned no further than to have what it holds
    point along unit vectors (T, 3). shaft: (3,) in the frame of what is held."""
    turn = np.array(grip.orientation) * ([1, 1, -1, -1] if side else [1, 1, 1, 1])
    along = rotation_matrix((turn[0], turn[1], turn[2], turn[3])) @ shaft
    return _told(side, way, _palm(actor, found, side), along / np.linalg.norm(along))


def _told(side: int, goal: Array, palm: Array, own: Array) -> tuple[Array, Array]:
    now = palm @ own
    axis = turns.cross(now, goal)
    angle = np.arctan2(np.linalg.norm(axis, axis=-1), (now * goal).sum(-1))
    turned = turns.of_vector(turns.unit(axis) * angle[:, None]) @ palm
    return OUTWARD[side] * turned[..., 0], turned[..., 2]


def _palm(actor: Actor, found: Skeleton, side: int) -> Array:
    """Axes (T, 3, 3) of the frame of a palm."""
    rest = frames(actor.physique)[f"hand_{'lr'[side]}"].axes
    axes = rotation_matrix((rest[0], rest[1], rest[2], rest[3]))
    return np.asarray(found.turns[f"wrist.{SIDES[side]}"] @ axes)


def _point(actor: Actor, found: Skeleton, side: int, own: Array) -> Array:
    """(T, 3) of a point (3,) of the frame of a palm."""
    rest = frames(actor.physique)[f"hand_{'lr'[side]}"]
    bone = rest.origin - actor.body.rig.heads[rest.bone]
    name = f"wrist.{SIDES[side]}"
    return np.asarray(found.heads[name] + found.turns[name] @ bone + _palm(actor, found, side) @ own)
