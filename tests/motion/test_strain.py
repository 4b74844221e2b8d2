"""Cloth that was drawn apart goes back together, and stays where a body holds it."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.motion.cloth.strain import Fine, Strain

ROWS = 24


def _cloth() -> tuple[Array, IntArray]:
    """Half a metre square, in triangles about two centimetres wide."""
    across, down = np.meshgrid(np.linspace(0, 0.5, ROWS), np.linspace(0, 0.5, ROWS))
    points = np.stack([across.ravel(), np.zeros(ROWS * ROWS), -down.ravel()], 1)
    index = np.arange(ROWS * ROWS).reshape(ROWS, ROWS)
    a, b, c, d = (part.ravel() for part in (index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]))
    triangles = np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])
    return points, triangles.astype(np.int32)


def _drawn(points: Array, cloth: Fine, triangles: IntArray) -> float:
    """Longest thread, in its lengths."""
    edges = triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    rest, now = (np.linalg.norm(at[edges[:, 1]] - at[edges[:, 0]], axis=1) for at in (points, cloth))
    return float((now / rest).max())


def test_what_is_pushed_to_both_sides_of_a_leg_is_not_torn() -> None:
    points, triangles = _cloth()
    strain = Strain.of(triangles, points, np.ones(len(points)))
    cloth = points.astype(np.float32)
    middle = np.abs(points[:, 2] + 0.25) < 0.05
    cloth[middle, 1] += np.where(points[middle, 0] < 0.25, 0.04, -0.04)
    assert _drawn(points, cloth, triangles) > 3
    before = cloth.copy()
    strain.limit(cloth)
    assert _drawn(points, cloth, triangles) < 1.5
    far = np.abs(points[:, 2] + 0.25) > 0.2
    assert np.array_equal(cloth[far], before[far]), "what is not near to it stays where it is"
    assert cloth[middle & (points[:, 0] < 0.15), 1].mean() > 0.025, "most of it is still off the leg"


def test_what_a_body_holds_stays() -> None:
    points, triangles = _cloth()
    held = points[:, 2] > -0.03
    strain = Strain.of(triangles, points, np.where(held, 0.0, 1.0))
    cloth = points.astype(np.float32)
    cloth[~held, 2] -= 0.03
    before = cloth.copy()
    strain.limit(cloth)
    assert np.array_equal(cloth[held], before[held])
    assert _drawn(points, cloth, triangles) < 1.6
