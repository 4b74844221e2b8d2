"""What the measure of clothes' fit calls above, below and out of sight."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.library.people.clothes.distance import above_surface
from lichtspiel.library.people.clothes.sight import Surroundings

SIDE = 6


def sheet() -> tuple[np.ndarray, np.ndarray]:
    """Points and triangles of a level sheet of cloth, 6 cm wide, that faces up."""
    grid = np.arange(SIDE + 1)
    x, y = np.meshgrid(grid, grid, indexing="ij")
    points = np.stack([x, y, 0 * x], -1).reshape(-1, 3) / 100
    corner = (grid[:-1, None] * (SIDE + 1) + grid[None, :-1]).ravel()
    ahead, beside = corner + SIDE + 1, corner + 1
    triangles = np.concatenate(
        [np.stack([corner, ahead, ahead + 1], 1), np.stack([corner, ahead + 1, beside], 1)]
    )
    return points, triangles.astype(np.int32)


@pytest.mark.parametrize("height_m", [0.004, -0.004])
def test_a_point_is_above_or_below_cloth_by_its_distance(height_m: float) -> None:
    points, triangles = sheet()
    over = np.array([[0.031, 0.027, height_m], [0.03, 0.03, height_m]])
    assert above_surface(over, points[triangles]) == pytest.approx([height_m, height_m])


def test_a_point_beside_an_edge_is_as_far_as_the_edge() -> None:
    points, triangles = sheet()
    assert abs(above_surface(np.array([[0.03, -0.003, 0.004]]), points[triangles])[0]) == pytest.approx(0.005)


def test_cloth_stops_looks_through_it_and_none_past_its_edge() -> None:
    points, triangles = sheet()
    starts = np.array([[0.031, 0.027, -0.01], [0.031, -0.01, -0.01]])
    up = np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
    around = Surroundings(points, triangles, 0)
    assert around.stop(starts, up).tolist() == [True, False]
    assert around.stop(starts, up, np.array([0.005, 0.005])).tolist() == [False, False]
    assert around.stop(starts[:0], up[:0]).tolist() == []
