"""From a few guides to a whole head of hair: fill in between, gather in locks, curl, ruffle.

What chance gives each hair comes as `luck` (N, LUCK), standard normal, so that fewer hairs are a part of
the same ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from scipy.special import ndtr

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.records import Curl, Lock

_NEAREST = 3
_ALONE_M, _ROOTED_M = 0.006, 0.004
"""A hair that runs farther from others than the first, though its root is nearer to another's than the
second, shows as a wire. Where hair is thin roots are apart as well."""
_ACCOMPANIED = 0.7
"""Share of the way beyond its first third that a hair has to run by another."""
_BESIDE = 2
"""Points of other hairs that a point in company is near."""
_OWN = 7
"""Points of its own that a curled hair has as near."""
_UNEVEN = 1.1
"""Radians that a curl runs ahead of an even one and falls behind it."""
LUCK = 16
"""Numbers of chance that a hair needs."""


@dataclass(frozen=True, eq=False)
class Guides:
    """Hairs that others follow. points: (G, K, 3). headings: (G, 3) unit directions of combing.

    lengths: (G,) metres that the points were grown to.
    """

    points: Array
    headings: Array
    lengths: Array


def fill(guides: Guides, roots: Array, headings: Array, lengths: Array) -> Array:
    """Hairs (N, K, 3) from `roots` that run like the guides near them that are combed alike."""
    alike = 0.012  # metres that a difference in combing of one counts for, so that partings stay open
    tree = cKDTree(np.hstack([guides.points[:, 0], alike * guides.headings]))
    distance, near = tree.query(np.hstack([roots, alike * headings]), _NEAREST)
    share = 1 / (distance + 5e-4) ** 2
    share /= share.sum(1, keepdims=True)
    shapes = (guides.points - guides.points[:, :1]) / guides.lengths[:, None, None]
    hairs = np.zeros((len(roots), *guides.points.shape[1:]))
    for slot in range(_NEAREST):
        hairs += share[:, slot, None, None] * shapes[near[:, slot]]
    return np.asarray(roots[:, None] + hairs * lengths[:, None, None])


def gather(hairs: Array, centres: Array, lock: Lock, luck: Array) -> tuple[Array, IntArray]:
    """Hairs drawn to the lock's middle that they stand nearest to, and which (N,) that is.

    centres: (C, K, 3) hairs in the middle of locks.
    """
    member = cKDTree(centres[:, 0]).query(hairs[:, 0])[1].astype(np.int32)
    along = np.linspace(0, 1, hairs.shape[1])[None, :, None]
    middle = centres[member]
    even = ndtr(luck[:, None, 3:4])
    if lock.rope_m:
        around = luck[:, None, :3]
        around = around * lock.rope_m * even**0.4 / np.linalg.norm(around, axis=2, keepdims=True)
        thin = np.clip((1.03 - along) / 0.12, 0.25, 1)
        share = np.clip(along / 0.12, 0, 1) ** 0.7 * lock.share
        return hairs + share * (middle + around * thin - hairs), member
    share = lock.share * (0.5 + 0.5 * even) * along**0.8
    return hairs + share * (middle - hairs), member


def curl(
    hairs: Array, lengths: Array, shape: Curl, member: IntArray, luck: Array, rng: np.random.Generator
) -> Array:
    """Hairs wound about their own way; those of a lock turn together. lengths: (N,) metres."""
    if not shape.radius_m:
        return hairs
    first, second = _frames(hairs)
    steps = hairs.shape[1]
    locks = 20_000  # more than there are, so that every lock keeps its chance
    way = np.linspace(0, 1, steps)[None, :] * lengths[:, None]
    apart = 1 - shape.likeness
    pitch = shape.pitch_m * rng.uniform(0.8, 1.25, locks)[member] * np.exp(0.3 * apart * luck[:, 4])
    turn = rng.uniform(0, 2 * np.pi, locks)[member] + 2 * np.pi * apart * ndtr(luck[:, 5])
    hand = np.where(rng.random(locks) < 0.5, -1, 1)[member]
    # No curl turns evenly: it is drawn out here and winds up there.
    spell = pitch * rng.uniform(2.0, 4.5, locks)[member]
    phase = 2 * np.pi * rng.random(locks)[member]
    uneven = _UNEVEN * np.sin(phase[:, None] + 2 * np.pi * way / spell[:, None])
    angle = hand[:, None] * (turn[:, None] + uneven + 2 * np.pi * way / pitch[:, None])
    radius = shape.radius_m * rng.uniform(0.7, 1.2, locks)[member] * np.exp(0.5 * apart * luck[:, 6])
    reach = radius[:, None] * np.clip(way / shape.begins_m, 0, 1) ** 1.3
    across = (1 - shape.flat) * reach * np.sin(angle)
    return np.asarray(hairs + (reach * np.cos(angle))[..., None] * first + across[..., None] * second)


def _frames(hairs: Array) -> tuple[Array, Array]:
    """Two directions (N, K, 3) across each hair that change smoothly along it."""
    tangent = np.gradient(hairs, axis=1)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=2, keepdims=True), 1e-12)
    # Across the mean way of the hair, which no part of it runs along.
    mean = hairs[:, -1] - hairs[:, 0]
    mean /= np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-12)
    flat = np.where(np.abs(mean[:, :1]) < 0.9, np.array([[1.0, 0, 0]]), np.array([[0, 1.0, 0]]))
    first = flat - (flat * mean).sum(1, keepdims=True) * mean
    first = np.broadcast_to(first[:, None], hairs.shape)
    first = first - (first * tangent).sum(2, keepdims=True) * tangent
    first /= np.maximum(np.linalg.norm(first, axis=2, keepdims=True), 1e-9)
    return first, np.cross(tangent, first)


def alone(hairs: Array, company: Array) -> NDArray[np.bool_]:
    """(N,) which hairs (N, K, 3) part from all but a few of `company` (C, K, 3), the first there can be."""
    outer = slice(hairs.shape[1] // 3, None)
    known, nodes = len(company), hairs[0, outer].shape[0]
    tree = cKDTree(company[:, outer].reshape(-1, 3))
    hair_of = np.append(np.repeat(np.arange(known), nodes), -1)
    accompanied = np.zeros(len(hairs))
    for part, beside in ((slice(known), _BESIDE + _OWN), (slice(known, None), _BESIDE)):
        points = hairs[part, outer].reshape(-1, 3)
        near = tree.query(points, [*range(1, beside + 1)], distance_upper_bound=_ALONE_M)[1]
        own = np.repeat(np.arange(len(hairs))[part], nodes)[:, None]
        others = (hair_of[near] >= 0) & (hair_of[near] != own)
        accompanied[part] = (others.sum(1) >= _BESIDE).reshape(-1, nodes).mean(1)
    apart = cKDTree(company[:, 0]).query(hairs[:, 0], 2)[0]
    # Its own root is at no distance.
    root = np.where(np.arange(len(hairs)) < known, apart[:, 1], apart[:, 0])
    return np.asarray((accompanied < _ACCOMPANIED) & (root < _ROOTED_M))


def flies(frizz: float, luck: Array) -> NDArray[np.bool_]:
    """(N,) which hairs fly away."""
    return np.asarray(ndtr(luck[:, 7]) < 0.02 + 0.03 * frizz)


def ruffle(hairs: Array, lengths: Array, frizz: float, luck: Array) -> Array:
    """Every hair strays on its own; a few fly away. frizz: 0 sleek to 1 frizzy."""
    way = np.linspace(0, 1, hairs.shape[1])[None, :] * lengths[:, None]
    reach = np.minimum(0.10 * frizz * way, 0.012) * np.where(flies(frizz, luck), 2.4, 1.0)[:, None]
    stray = np.zeros_like(hairs)
    for index, wave_m in enumerate((0.11, 0.035)):
        phase = 2 * np.pi * ndtr(luck[:, 8 + index])[:, None]
        size = luck[:, None, 10 + 3 * index : 13 + 3 * index] * (wave_m / 0.11) ** 0.7
        wave = np.sin(phase + 2 * np.pi * way / wave_m) - np.sin(phase)
        stray += size * (reach * wave)[..., None]
    return np.asarray(hairs + 0.5 * stray)
