"""Eyelashes, from the strips of the basis that mark where they grow."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people import basis
from lichtspiel.library.people.hair.surface import body_faces
from lichtspiel.library.people.physique import Physique

_POINTS = 6
_STRIPS = {"upper": "2", "lower": "1"}
_COUNT = {"upper": 130, "lower": 60}
"""Hairs on each lid; people have 90 to 160 above and 75 to 80 below."""


def lash_hairs(physique: Physique, length: float, rng: np.random.Generator) -> Array:
    """Curves (N, K, 3) of both eyes' lashes. length: 1 is an adult's."""
    vertices = physique.vertices
    hairs = []
    for side in "lr":
        centre, _ = physique.eye(side)
        for lid, strip in _STRIPS.items():
            quads = _strip(f"helper-{side}-eyelashes-{strip}")
            hairs.append(_lid(vertices[quads], centre, lid, length, rng))
    return np.concatenate(hairs)


@lru_cache(maxsize=2)
def lash_roots(lid: str) -> Array:
    """(N, 3) points of the basis along the rims of both eyes' lids, `upper` or `lower`."""
    vertices = basis.load().vertices
    quads = np.concatenate([_strip(f"helper-{side}-eyelashes-{_STRIPS[lid]}") for side in "lr"])
    first, second = vertices[quads[:, 0]], vertices[quads[:, 1]]
    share = np.linspace(0, 1, 6)[:, None, None]
    return np.asarray((first + share * (second - first)).reshape(-1, 3))


@lru_cache(maxsize=8)
def _strip(group: str) -> IntArray:
    """(Q, 4) vertices of a strip's quads: two at the lid, then the two tips over them, in turn."""
    base = basis.load()
    tree = cKDTree(base.vertices[np.unique(body_faces())])
    quads = []
    for face in base.faces[base.faces_of(group)]:
        distance = tree.query(base.vertices[face])[0]
        edge = int(np.argmin(distance + np.roll(distance, -1)))
        quads.append(np.roll(face, -edge)[[0, 1, 3, 2]])
    return np.asarray(quads, np.int32)


def _lid(corners: Array, centre: Array, lid: str, length: float, rng: np.random.Generator) -> Array:
    """Lashes of one lid; corners: (Q, 4, 3) metres."""
    width = np.linalg.norm(corners[:, 1] - corners[:, 0], axis=1)
    count = _COUNT[lid]
    quad = rng.choice(len(corners), count, p=width / width.sum())
    along = rng.random((count, 1))
    low, following, tip, following_tip = np.moveaxis(corners[quad], 1, 0)
    root = low + along * (following - low)
    reach = tip + along * (following_tip - tip) - root
    reach /= np.maximum(np.linalg.norm(reach, axis=1, keepdims=True), 1e-9)
    # Lashes stand in small groups whose tips meet, longest at the outer third.
    outward = np.clip((np.abs(root[:, 0]) - abs(centre[0])) / 0.014, -1, 1)
    size = length * (0.0072 if lid == "upper" else 0.0042) * (0.85 + 0.25 * outward)
    size = size * rng.uniform(0.7, 1.1, count)
    side = np.sign(root[:, 0])
    fan = np.stack([side * 0.45 * outward, np.zeros(count), np.zeros(count)], -1)
    group = rng.normal(0, 0.13, (40, 3))[(along[:, 0] * 3 + quad * 3).astype(int) % 40]
    heading = reach + fan + group + rng.normal(0, 0.05, (count, 3))
    heading /= np.linalg.norm(heading, axis=1, keepdims=True)
    curl = (0.55 if lid == "upper" else -0.35) * np.array([0.0, 0.0, 1.0])
    share = np.linspace(0, 1, _POINTS)[None, :, None]
    droop = -0.18 * np.array([0.0, 0.0, 1.0]) * share * (1 - share) * (2 if lid == "upper" else 0)
    way = heading[:, None] * share + curl * share**2 + droop
    return np.asarray(root[:, None] + size[:, None, None] * way)
