"""How a body comes apart: its shards take over its motion and fly out from the blow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.physics.rotation import placed_pose, relative_pose, rotate
from lichtspiel.stage.world import Body

BURST = 0.35
"""Share of the energy that the blow has taken so far that goes into driving shards apart; the rest
is spent on new surface, heat and sound."""


@dataclass(frozen=True, eq=False)
class Shard:
    """Start of a shard: pose of its frame, velocity of its centre of mass, spin, in world axes."""

    name: str
    position: Array
    orientation: Array
    velocity: Array
    spin: Array


@dataclass(frozen=True, eq=False)
class Motion:
    """How the broken body moved. `centre` and `velocity` are those of its centre of mass."""

    position: Array
    orientation: Array
    centre: Array
    velocity: Array
    spin: Array


def shards_of(
    broken: Body,
    shards: list[Body],
    masses: Array,
    centres: Array,
    motion: Motion,
    blow: Array,
    energy_j: float,
) -> list[Shard]:
    """Shards in the place of a broken body.

    masses (S,) and centres (S, 3) are the shards' own, centres in their frames. Each shard starts with
    the velocity that its piece of the body had, v + ω × r. On top of it comes a burst away from the
    point of the blow, falling off with distance, that adds no momentum and the energy BURST·energy_j.
    """
    poses = []
    for shard in shards:
        offset = relative_pose(shard.position, shard.orientation, broken.position, broken.orientation)
        poses.append(placed_pose(*offset, motion.position, motion.orientation))
    middles = np.array([p + rotate(q, c) for (p, q), c in zip(poses, centres, strict=True)])
    carried = motion.velocity + np.cross(motion.spin, middles - motion.centre)
    away = middles - blow
    distance = np.linalg.norm(away, axis=1, keepdims=True)
    size = float(distance.mean())
    burst = away / np.maximum(distance, 1e-9) * np.exp(-distance / max(size, 1e-9))
    burst -= np.average(burst, axis=0, weights=masses)
    kinetic = 0.5 * float((masses[:, None] * burst**2).sum())
    # The cross term with the carried velocities belongs to the energy, too.
    cross = float((masses[:, None] * burst * (carried - motion.velocity)).sum())
    budget = BURST * max(energy_j, 0.0)
    scale = 0.0
    if kinetic > 0 and budget > 0:
        scale = (-cross + np.sqrt(cross**2 + 4 * kinetic * budget)) / (2 * kinetic)
    velocities = carried + scale * burst
    # A piece pushed off beside its middle turns.
    turning = np.cross(away, scale * burst) / np.maximum(distance, 1e-9) ** 2
    return [
        Shard(shard.name, position, orientation, velocity, motion.spin + turn)
        for shard, (position, orientation), velocity, turn in zip(
            shards, poses, velocities, turning, strict=True
        )
    ]
