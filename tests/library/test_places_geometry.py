"""Copies, boxes, strips and light of the places behave as their docstrings say."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.place import Lamp
from lichtspiel.library.places import copies
from lichtspiel.library.places.interior import irradiance
from lichtspiel.library.places.sky import direction_from


def volume(mesh: Mesh) -> float:
    """Enclosed volume, positive when polygons are counter-clockwise seen from outside."""
    total, start = 0.0, 0
    for size in mesh.sizes:
        corners: Array = mesh.vertices[mesh.corners[start : start + size]]
        start += int(size)
        for i in range(1, size - 1):
            total += float(corners[0] @ np.cross(corners[i], corners[i + 1])) / 6
    return total


def test_chamfered_boxes_are_closed_and_as_large_as_asked() -> None:
    mesh = copies.boxes(np.array([[1.0, 2.0, 3.0]]), np.array([0.4, 0.6, 1.0]), 0.01)
    assert np.ptp(mesh.vertices, axis=0) == pytest.approx([0.4, 0.6, 1.0])
    assert mesh.vertices.mean(axis=0) == pytest.approx([1.0, 2.0, 3.0])
    assert volume(mesh) == pytest.approx(0.24, rel=0.01)


def test_boxes_turn_about_their_own_middle() -> None:
    mesh = copies.boxes(np.array([[5.0, 0.0, 0.0]]), np.array([1.0, 0.2, 0.2]), 0.0, np.array([np.pi / 2]))
    assert np.ptp(mesh.vertices, axis=0) == pytest.approx([0.2, 1.0, 0.2])
    assert mesh.vertices.mean(axis=0) == pytest.approx([5.0, 0.0, 0.0])


def test_copies_keep_every_polygon() -> None:
    one = copies.box((0, 0, 0), (1, 1, 1))
    many = copies.copies(one, np.arange(12.0).reshape(4, 3), scales=np.array([1.0, 2.0, 3.0, 4.0]))
    assert len(many.sizes) == 4 * len(one.sizes)
    assert volume(many) == pytest.approx(1 + 8 + 27 + 64)


def test_painted_lines_have_their_width_and_face_upwards() -> None:
    square = np.array([[0, 0], [4, 0], [4, 3], [0, 3], [0, 0]], float)
    mesh = copies.strips([square], 0.05, 0.001)
    assert np.ptp(mesh.vertices[:, 0]) == pytest.approx(4.05)
    assert np.ptp(mesh.vertices[:, 1]) == pytest.approx(3.05)
    first = mesh.vertices[mesh.corners[:4]]
    assert np.cross(first[1] - first[0], first[2] - first[1])[2] > 0


def test_light_weakens_with_the_square_of_the_distance() -> None:
    lamp = Lamp("point", 100.0)
    near, far = irradiance(lamp, (0.0, 0.0, 1.0)), irradiance(lamp, (0.0, 0.0, 2.0))
    assert near == pytest.approx(4 * far)


def test_an_area_lamp_does_not_shine_backwards() -> None:
    lamp = Lamp("area", 100.0, direction=(0.0, 0.0, -1.0))
    assert irradiance(lamp, (0.0, 0.0, 1.0)) == 0.0
    assert irradiance(lamp, (0.0, 0.0, -1.0)) > 0.0


def test_light_of_the_zenith_falls_straight_down() -> None:
    assert direction_from(np.pi / 2, 0.3) == pytest.approx((0.0, 0.0, -1.0))
