"""Wrinkles: they shade cloth, they do not move it, and belts and ribs have none."""

from __future__ import annotations

import bpy
import numpy as np
import pytest

from lichtspiel.library import catalogue
from lichtspiel.library import mesh as meshes
from lichtspiel.picture import meshes as blender
from lichtspiel.picture.people.wrinkles import heights, quietness, wrinkle


def _normals(data: bpy.types.Mesh) -> np.ndarray:
    found = np.empty((len(data.loops), 3), np.float32)
    data.corner_normals.foreach_get("vector", found.ravel())
    return found


@pytest.fixture
def cloth() -> bpy.types.Mesh:
    return blender.make("cloth", meshes.sphere(0.3, 96, 64), [])


def test_wrinkles_tilt_normals_and_leave_vertices(cloth: bpy.types.Mesh) -> None:
    before, places = _normals(cloth), [tuple(v.co) for v in cloth.vertices]
    wrinkle(cloth, np.ones(len(cloth.vertices)), 0.01, 0.05, 3)
    tilt = np.degrees(np.arccos((before * _normals(cloth)).sum(1).clip(-1, 1)))
    assert 4.0 < tilt.mean() < 30.0
    assert [tuple(v.co) for v in cloth.vertices] == places


def test_wrinkles_finer_than_the_mesh_are_left_out() -> None:
    coarse = blender.make("coarse", meshes.sphere(0.3, 30, 20), [])
    before = _normals(coarse)
    wrinkle(coarse, np.ones(len(coarse.vertices)), 0.01, 0.03, 3)
    tilt = np.degrees(np.arccos((before * _normals(coarse)).sum(1).clip(-1, 1)))
    assert tilt.mean() < 4.0


def test_what_is_not_cloth_stays_smooth(cloth: bpy.types.Mesh) -> None:
    before = _normals(cloth)
    upper = np.array([v.co.z > 0 for v in cloth.vertices])
    wrinkle(cloth, upper.astype(float), 0.01, 0.05, 3)
    tilted = np.abs(before - _normals(cloth)).max(1) > 0.02
    corners = np.array([loop.vertex_index for loop in cloth.loops])
    assert tilted[upper[corners]].mean() > 0.4
    assert not tilted[~upper[corners]].any()


def test_cloth_has_quiet_places_and_is_not_mirrored() -> None:
    rng = np.random.default_rng(1)
    points = rng.uniform((0.02, -0.1, 0.9), (0.2, 0.1, 1.3), (4000, 3))
    left, right = (heights(side, quietness(side, 7), 0.05, 7) for side in (points, points * [-1, 1, 1]))
    assert 0.15 < (left < 0.05).mean() < 0.8
    assert abs(np.corrcoef(left, right)[0, 1]) < 0.4


def test_raincoats_wrinkle_and_swimsuits_do_not() -> None:
    garments = catalogue.garments()
    assert garments["rain_jacket"].wrinkle_m > garments["suit_jacket"].wrinkle_m > 0
    assert garments["swimsuit"].wrinkle_m == garments["wetsuit"].wrinkle_m == 0
