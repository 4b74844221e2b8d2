"""All of a cloth goes with the few places that are solved for, its folded hem too."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.motion.cloth.coarse import coarse, edges, shared

ROUND = 72
APART_M = 0.05


def _hemmed() -> tuple[Array, IntArray]:
    """A wide skirt whose hem is folded inward and up."""
    out, height = np.linspace(0.2, 0.3, 12), np.linspace(1.0, 0.5, 12)
    fold = np.linspace(0.005, 0.045, 9)
    radius, height = np.r_[out, np.full(9, 0.295)], np.r_[height, 0.5 + fold]
    angle = np.arange(ROUND) / ROUND * 2 * np.pi
    ring = np.stack([np.cos(angle), np.sin(angle)], -1)
    points = np.concatenate([np.c_[r * ring, np.full(ROUND, z)] for r, z in zip(radius, height, strict=True)])
    index = np.arange(len(points)).reshape(-1, ROUND)
    beside = np.roll(index, -1, axis=1)
    one, two, three, four = (part.ravel() for part in (index[:-1], beside[:-1], beside[1:], index[1:]))
    triangles = np.concatenate([np.stack([one, four, three], 1), np.stack([one, three, two], 1)])
    return points, triangles.astype(np.int32)


def test_it_is_where_it_was_cut_while_they_are() -> None:
    points, triangles = _hemmed()
    few = coarse(points, triangles, APART_M)
    assert len(few.vertices) < 0.5 * len(points)
    away = np.linalg.norm(few.spread(points[few.vertices]) - points, axis=1)
    assert away.max() < 0.008, f"{1e3 * away.max():.1f} mm"


def test_it_turns_with_them() -> None:
    points, triangles = _hemmed()
    few = coarse(points, triangles, APART_M)
    turn = np.array([[0.0, -1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    turned = few.spread(points[few.vertices] @ turn.T)
    assert np.allclose(turned, few.spread(points[few.vertices]) @ turn.T, atol=1e-4)


def test_each_side_is_counted_once_and_in_order() -> None:
    _, triangles = _hemmed()
    sides = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    assert np.array_equal(edges(triangles), np.unique(sides, axis=0))


def test_shares_are_the_same_for_one_axis_as_for_all() -> None:
    shares = sparse.random_array((40, 20), density=0.3, rng=np.random.default_rng(1)).tocsr()
    values = np.random.default_rng(2).normal(size=(20, 3))
    assert np.allclose(shared(shares, values), shares.toarray() @ values)
