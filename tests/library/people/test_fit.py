"""What the measure of clothes' fit calls above, below and out of sight."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from lichtspiel.library.asset import Mesh
from lichtspiel.library.people.clothes import fit
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


@pytest.mark.parametrize("sunk", [False, True])
def test_skin_above_cloth_shows_unless_it_has_sunk_into_the_body(sunk: bool) -> None:
    points, fan = sheet()
    middle, count = len(points) // 2, len(points)
    wide = 40 * (points - points[middle]) + [0.0, 0.0, 0.02 if sunk else -0.02]
    skin = np.concatenate([points - points[middle], wide])
    of_skin = np.concatenate([fan, fan + count])
    cloth = points - points[middle] - [0.0, 0.0, 0.004]

    def surface(at: np.ndarray, triangles: np.ndarray) -> fit.Surface:
        sizes = np.full(len(triangles), 3, np.int32)
        return fit.Surface(Mesh(at, triangles.ravel().astype(np.int32), sizes, 0 * sizes))

    one = np.array([middle], np.int32)
    dressed = fit.Dressed(
        np.concatenate([skin, cloth]),
        sparse.csr_array((3 * count, 1)),
        np.concatenate([of_skin, fan + 2 * count]).astype(np.int32),
        len(of_skin),
        ["skin", "shirt"],
        [surface(skin, of_skin), surface(cloth, fan)],
        [np.arange(2 * count, dtype=np.int32), np.arange(2 * count, 3 * count, dtype=np.int32)],
        [fit._Pair("skin under shirt", 0, one, 1, one, np.array([0.001]))],
        np.arange(2 * count, dtype=np.int32),
    )
    (found,) = dressed.shown(dressed.rest)
    assert found.shown == (0 if sunk else 1)
