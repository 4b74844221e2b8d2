"""Cloth that hangs, waves and drapes."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array, Cloth
from lichtspiel.library.mesh import from_polygons
from lichtspiel.physics import simulate
from lichtspiel.stage.world import PlacedCloth
from tests.physics.worlds import body, sphere, world

SIDE = 9
EDGE_M = 0.05


def _sheet(upright: bool, pinned: tuple[int, ...], height: float) -> PlacedCloth:
    place = np.arange(SIDE) * EDGE_M
    across, along = np.meshgrid(place - place.mean(), place, indexing="xy")
    flat = np.stack(
        [across, 0 * across, -along] if upright else [across, along - place.mean(), 0 * across], 2
    )
    cells = [
        (r * SIDE + c, r * SIDE + c + 1, (r + 1) * SIDE + c + 1, (r + 1) * SIDE + c)
        for r in range(SIDE - 1)
        for c in range(SIDE - 1)
    ]
    mesh = from_polygons(flat.reshape(-1, 3), cells)
    cloth = Cloth("sheet", mesh, (), SIDE, SIDE, 0.03, pinned)
    return PlacedCloth("flag/sheet", "flag", cloth, (0.0, 0.0, height), (1.0, 0.0, 0.0, 0.0))


def _edges(frame: Array) -> Array:
    grid = frame.reshape(SIDE, SIDE, 3)
    return np.concatenate([np.linalg.norm(np.diff(grid, axis=a), axis=2).ravel() for a in (0, 1)])


def test_a_flag_hangs_without_wind_and_waves_in_it() -> None:
    flag = _sheet(True, tuple(range(SIDE)), 2.0)
    calm = simulate(world(cloths=[flag], air_density=1.2)).cloths["flag/sheet"]
    windy = simulate(world(cloths=[flag], air_density=1.2, wind=(0, 6, 0), duration_s=2)).cloths["flag/sheet"]
    assert np.abs(calm[-1] - calm[0]).max() < 0.02
    assert windy[-1, :, 1].max() > 0.1
    assert np.linalg.norm(windy[-1] - windy[-60], axis=1).max() > 0.01
    assert (windy[:, :SIDE] == windy[0, :SIDE]).all()
    assert np.abs(_edges(windy[-1]) / EDGE_M - 1).max() < 0.1


def test_a_cloth_drapes_over_a_ball() -> None:
    ball = body("ball", sphere(0.12, "wood"), (0, 0, 0.5), moves=False)
    cloth = simulate(world(ball, cloths=[_sheet(False, (), 0.7)], duration_s=1)).cloths["flag/sheet"]
    distance = np.linalg.norm(cloth[-1] - [0, 0, 0.5], axis=1)
    assert distance.min() > 0.12
    assert cloth[-1, :, 2].max() > 0.6
    assert cloth[-1, :, 2].min() < 0.55
