"""Who goes up or down stairs: the treads that they step on, from below or from the landing."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array, Vec3
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.stage.instance import Instance, as_vec3, facing_yaw
from lichtspiel.stage.people import Actor

_ABREAST_M = 0.62
"""Room that each of several has beside the others, where the stairs are wide enough."""
_STEPS = ("step", "landing")
"""Labels of the shapes that are stepped on."""


def up_or_down(stairs: Instance, actor: Actor, rises: int, place: tuple[int, int]) -> tuple[Vec3, ...]:
    """Put somebody before the first step, facing the stairs; the points of the treads that they step on.

    rises: 1 up, -1 down. place: which of how many side by side. Raises ValueError for a thing without steps.
    """
    treads = _treads(stairs)
    if len(treads) < 2:
        raise ValueError(f"{stairs.entry.id} has no steps")
    run = (treads[1] - treads[0]) * [1.0, 1.0, 0.0]
    treads[-1] = np.array([*(treads[-2] + run)[:2], treads[-1][2]])
    below = treads[0] - run
    below[2] = float(stairs.position[2])
    way = [below, *treads]
    number, count = place
    between = min(_ABREAST_M, (stairs.size[1] - _ABREAST_M) / max(count - 1, 1))
    aside = (number - (count - 1) / 2) * between * np.cross([0.0, 0.0, 1.0], run) / np.linalg.norm(run)
    way = [point + aside for point in way]
    way = way if rises > 0 else way[::-1]
    actor.position = way[0]
    ahead = (way[1] - way[0]) * [1.0, 1.0, 0.0]
    actor.yaw = facing_yaw(ahead / np.linalg.norm(ahead))
    return tuple(as_vec3(point) for point in way[1:])


def _treads(stairs: Instance) -> list[Array]:
    """Middles of the tops of all steps, the lowest first."""
    turn = rotation_matrix(stairs.orientation)
    found = []
    for part in stairs.asset.parts:
        for shape in part.shapes:
            if shape.label in _STEPS:
                top = np.array(part.position) + shape.position + [0.0, 0.0, shape.size[2]]
                found.append(np.asarray(stairs.position) + turn @ top)
    return sorted(found, key=lambda top: float(top[2]))
