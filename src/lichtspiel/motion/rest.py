"""What a body rests on: its lowest points, by which it is carried when it lies or stands on its hands."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import rotate
from lichtspiel.library.people.segments import segments
from lichtspiel.motion import solve, turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.controls import Controls

_GIVES = 0.3
"""Share of its radius by which flesh gives way to what the body lies on."""


def sunk(actor: Actor, controls: Controls, ground: Array) -> Array:
    """(T,) by how much a body is above the ground (T,); hands that are placed do not count."""
    root, pose, _ = solve.solve(actor.body, controls)
    return np.asarray(_lowest(actor, controls, root, pose) - ground)


def _lowest(actor: Actor, controls: Controls, root: Array, pose: Array) -> Array:
    parts = segments(actor.physique)
    heads, turned = parts.carried(root, pose)
    rows, points, radii, hands = _points(actor.physique)
    heights = (
        heads[:, rows, 2]
        + rotate(turned[:, rows], np.broadcast_to(points, (len(root), *points.shape)))[..., 2]
    )
    heights -= radii
    for side in (0, 1):
        placed = controls.grip[:, side] > 0.5
        heights = np.where(placed[:, None] & (hands == side), np.inf, heights)
    lowest = [heights.min(1)]
    for side in (0, 1):
        foot = turns.euler(controls.feet[:, side])
        for point in (*actor.sole.points(actor.body, side), actor.body.toe[side]):
            lowest.append((controls.ankles[:, side] + foot @ point)[:, 2])
    return np.asarray(np.min(lowest, axis=0))


@lru_cache(maxsize=64)
def _points(physique: Physique) -> tuple[Array, Array, Array, Array]:
    """Ends of the flesh of a body but its feet: segments (P,), points (P, 3) against the segments' bones,
    radii (P,) that bear, and which side's hand or forearm each is of, or -1."""
    parts = segments(physique)
    rows, points, radii, hands = [], [], [], []
    for row, segment in enumerate(parts.all):
        if segment.name.startswith("foot"):
            continue
        arm = segment.name.startswith(("hand", "forearm"))
        for capsule in segment.flesh:
            for end in (capsule.start, capsule.end):
                rows.append(row)
                points.append(end - physique.rig.heads[parts.bones[row]])
                radii.append((1 - _GIVES) * capsule.radius)
                hands.append(("l", "r").index(segment.name[-1]) if arm else -1)
    return np.array(rows), np.array(points), np.array(radii), np.array(hands)
