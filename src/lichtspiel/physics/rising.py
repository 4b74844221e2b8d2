"""Getting up again: from where a body has come to lie to what it was rehearsed to do from then on."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.rig import about, multiply
from lichtspiel.library.people.segments import Segments
from lichtspiel.physics.rotation import rotate

_RISES_S = 2.2
"""Healthy adults get up from lying in 1.5 to 3 s (Ulbrich et al., J. Am. Geriatr. Soc. 48, 2000)."""
_CROUCH = {"upperleg01": -1.7, "lowerleg01": 2.1, "foot": -0.35}
_STOOP = {"spine04": 0.35, "spine02": 0.25}
"""Radians by which legs and trunk bend on the way up."""


def risen(
    body: Segments,
    root: Array,
    pose: Array,
    rehearsed: tuple[Array, Array],
    last: int,
    rate_hz: float,
    ground_m: float,
) -> tuple[Array, Array]:
    """Root (T, 3) and pose (T, B, 4) with the way up after sample `last`, on which the body lies.

    rehearsed: root and pose as they would have been without the fall. The body goes on from where it lies.
    """
    count = len(root)
    root, pose = root.copy(), pose.copy()
    later = slice(last + 1, count)
    shift = (root[last] - rehearsed[0][last]) * [1.0, 1.0, 0.0]
    share = np.clip((np.arange(last + 1, count) - last) / (_RISES_S * rate_hz), 0, 1)
    eased = share * share * (3 - 2 * share)
    bent = np.sin(np.pi * eased) ** 2
    sign = np.where((rehearsed[1][later] * pose[last]).sum(-1, keepdims=True) < 0, -1.0, 1.0)
    mixed = pose[last] + eased[:, None, None] * (sign * rehearsed[1][later] - pose[last])
    mixed /= np.linalg.norm(mixed, axis=-1, keepdims=True)
    for bone, angle in _bends(body).items():
        turns = np.array([about((1.0, 0.0, 0.0), float(angle * amount)) for amount in bent])
        mixed[:, bone] = multiply(mixed[:, bone], turns)
    wanted = rehearsed[0][later] + shift
    way = root[last] + eased[:, None] * (wanted - root[last])
    # On the ground all the way: as high as the lowest part of the body lets it be.
    sunk = ground_m - _lowest(body, way, mixed)
    way[:, 2] += np.where(share < 1, sunk + eased * _above(body, rehearsed, later, ground_m), 0.0)
    root[later], pose[later] = way, mixed
    return root, pose


def _bends(body: Segments) -> dict[int, float]:
    found = {body.rig.index(bone): angle for bone, angle in _STOOP.items()}
    for side in "LR":
        found |= {body.rig.index(f"{bone}.{side}"): angle for bone, angle in _CROUCH.items()}
    return found


def _above(body: Segments, rehearsed: tuple[Array, Array], later: slice, ground_m: float) -> Array:
    """How far the bare body is over the ground as rehearsed: soles."""
    return np.asarray(_lowest(body, rehearsed[0][later], rehearsed[1][later]) - ground_m)


def _lowest(body: Segments, root: Array, pose: Array) -> Array:
    """(T,) height of the lowest point of a body's flesh."""
    heads, turns = body.carried(root, pose)
    lowest = np.full(len(root), np.inf)
    for number, segment in enumerate(body.all):
        for capsule in segment.flesh:
            for end in (capsule.start, capsule.end):
                place = heads[:, number] + rotate(turns[:, number], end - body.rig.heads[segment.bone])
                lowest = np.minimum(lowest, place[:, 2] - capsule.radius)
    return lowest
