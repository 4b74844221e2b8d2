"""How alike two faces are: the distance between their landmarks."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.basis import Basis, load
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import physique

CONFUSABLE_M = 0.0012
"""Faces closer than this, root mean square over their landmarks, may be taken for each other."""
_TARGETS = (
    "nose/nose-point-up", "nose/nose-hump-incr", "nose/nose-flaring-incr", "nose/nose-base-down",
    "nose/nose-width1-incr", "chin/chin-prominent-incr", "chin/chin-width-incr", "chin/chin-bones-incr",
    "chin/chin-height-incr", "mouth/mouth-scale-horiz-incr", "mouth/mouth-upperlip-height-incr",
    "mouth/mouth-lowerlip-height-incr", "cheek/l-cheek-bones-incr", "cheek/r-cheek-bones-incr",
    "cheek/l-cheek-volume-incr", "cheek/r-cheek-volume-incr", "eyes/l-eye-corner1-up",
    "eyes/r-eye-corner1-up", "eyes/l-eye-corner2-up", "eyes/r-eye-corner2-up", "eyes/l-eye-height2-incr",
    "eyes/r-eye-height2-incr", "eyebrows/eyebrows-angle-up", "forehead/forehead-temple-incr",
    "forehead/forehead-nubian-incr", "ears/l-ear-wing-incr", "ears/r-ear-wing-incr", "ears/l-ear-lobe-incr",
)  # fmt: skip


@lru_cache(maxsize=512)
def landmarks(person: Person) -> Array:
    """(N, 3) metres: points of the neutral face, from the middle of the eyes."""
    body = physique(person)
    middle = (body.eye("l")[0] + body.eye("r")[0]) / 2
    return np.asarray(body.vertices[_points(load())] - middle)


def distance_m(first: Person, second: Person) -> float:
    """Root mean square distance of the landmarks of two faces."""
    return float(np.sqrt(np.mean(np.sum((landmarks(first) - landmarks(second)) ** 2, axis=1))))


@lru_cache(maxsize=1)
def _points(basis: Basis) -> IntArray:
    """The vertices that the targets of features move most."""
    body = set(basis.group("body").tolist())
    points = []
    for name in _TARGETS:
        index, deltas = basis.target(name)
        order = np.argsort(-np.linalg.norm(deltas, axis=1))
        points.append(next(int(index[row]) for row in order if int(index[row]) in body))
    return np.array(points, np.int32)
