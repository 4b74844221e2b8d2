"""What hats and helmets are made of: rings around a head, and skins, domes and brims from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.people.clothes.headfit import SIDES, HeadFit


def skin(rings: Sequence[Array], closed_top: bool = False) -> Mesh:
    """A surface through rings of equal length, outward side to the left of its way up."""
    count, sides = len(rings), len(rings[0])
    points = np.concatenate(rings)
    polygons: list[tuple[int, ...]] = []
    for row in range(count - 1):
        a, b = row * sides, (row + 1) * sides
        polygons += [(a + k, a + (k + 1) % sides, b + (k + 1) % sides, b + k) for k in range(sides)]
    if closed_top:
        last = (count - 1) * sides
        points = np.concatenate([points, rings[-1].mean(0)[None]])
        polygons += [(last + k, last + (k + 1) % sides, len(points) - 1) for k in range(sides)]
    return meshes.from_polygons(points, polygons, smooth_angle_rad=0.9)


def dome(head: HeadFit, low: float | Array, out: float, rise: float, steps: int = 10) -> list[Array]:
    """Rings that follow the skull from a height to its crown, `rise` metres above the scalp there."""
    start = np.atleast_1d(np.asarray(low, float))
    base = head.ring(start, out, len(start) if len(start) > 1 else SIDES)
    centre = np.array([head.eyes[0], float(head.middles.mean()), 0.0])
    top = head.eyes[2] + head.top_m + rise + head.hair_m
    rings = []
    for share in np.linspace(0, 1, steps, endpoint=False):
        # A quarter of a superellipse of power 2.4, the shape of a skull's vault.
        up = share
        inward = (1 - up**2.4) ** (1 / 2.4)
        ring = centre + (base - centre) * [inward, inward, 1.0]
        ring[:, 2] = base[:, 2] + (top - base[:, 2]) * up
        rings.append(ring)
    last = centre + (base - centre) * [0.12, 0.12, 0.0]
    last[:, 2] = top - 0.0005
    return [*rings, last]


def brim(rim: Array, centre: Array, width: Array, drop: Array, thickness: float, steps: int = 7) -> Mesh:
    """A brim from a rim (N, 3) outwards: width and drop of its edge (N,) metres."""
    out = rim - centre
    out[:, 2] = 0.0
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    upper, lower = [], []
    for share in np.linspace(0, 1, steps):
        ring = rim + share * width[:, None] * out
        ring[:, 2] = rim[:, 2] - drop * share**1.7
        upper.append(ring)
        lower.append(ring - [0, 0, thickness])
    # Up along the underside from the rim, around the edge and back along the top.
    return skin([*lower, *upper[::-1]])


def tilted(head: HeadFit, front: float, back: float, sides: int = SIDES) -> Array:
    """(N,) heights of a rim that is higher in front than behind, or the other way round."""
    share = (1 - np.cos(head.around(sides))) / 2
    return np.asarray((front + (back - front) * share) * head.scale)
