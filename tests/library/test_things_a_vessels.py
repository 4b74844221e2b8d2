"""Vessels hold what is put into them, and break into shards that fill their place."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import ConvexHull

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Shape
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.things.substance import enclosed_volume, volume_and_centre

from .test_things_a import build, is_closed

HOLLOW = sorted(
    entry.id
    for entry in catalogue.things().values()
    if "container" in entry.tags and entry.builder.split(":")[0] in ("vessels", "cookware")
)
FRAGILE = [thing for thing in HOLLOW if "fragile" in catalogue.things()[thing].tags] + ["plate"]


def covers(shape: Shape, points: Array) -> Array:
    """Whether a shape covers points (N, 3) of its part."""
    local = (points - shape.position) @ rotation_matrix(shape.orientation)
    if shape.kind == "hull":
        assert shape.vertices is not None
        planes = ConvexHull(shape.vertices).equations
        return np.asarray((local @ planes[:, :3].T + planes[:, 3] < -1e-5).all(axis=1))
    if shape.kind == "cylinder":
        off_axis = np.linalg.norm(local[:, :2], axis=1)
        return np.asarray((off_axis < shape.size[0]) & (np.abs(local[:, 2]) < shape.size[1] - 1e-5))
    if shape.kind == "capsule":
        local[:, 2] -= np.clip(local[:, 2], -shape.size[1], shape.size[1])
        return np.asarray(np.linalg.norm(local, axis=1) < shape.size[0])
    raise AssertionError(shape.kind)


def volume_of(shape: Shape) -> tuple[float, Array]:
    """Volume and middle of a shape."""
    if shape.kind == "hull":
        assert shape.vertices is not None
        hull = ConvexHull(shape.vertices)
        corners = shape.vertices[hull.simplices] - shape.vertices.mean(axis=0)
        weights = np.abs(np.linalg.det(corners))
        return hull.volume, shape.vertices.mean(axis=0) + np.average(
            corners.sum(axis=1) / 4, axis=0, weights=weights
        )
    radius, half = shape.size
    volume = np.pi * radius**2 * 2 * half + (4 / 3 * np.pi * radius**3 if shape.kind == "capsule" else 0)
    return volume, np.array(shape.position)


@pytest.mark.parametrize("thing", HOLLOW)
def test_the_collision_shapes_leave_the_inside_free(thing: str) -> None:
    asset = build(thing)
    high = np.array(asset.regions["inside"][1])
    assert high[2] <= asset.size[2] + 1e-9
    floor = asset.spots["floor"][2]
    # The axis from just above the floor to the mouth, where a marble would lie and fall.
    axis = np.column_stack([np.zeros(40), np.zeros(40), np.linspace(floor + 0.0015, high[2], 40)])
    spread = np.random.default_rng(0).uniform(-1, 1, (200, 3))
    upper = spread * 0.55 * high
    upper[:, 2] = high[2] * (0.8 + 0.2 * spread[:, 2])
    points = axis if thing in ("bottle", "vase") else np.concatenate([axis, upper])
    filled = np.zeros(len(points), bool)
    for shape in asset.parts[0].shapes:
        filled |= covers(shape, points)
    assert not filled.any()
    # And the floor itself is there.
    below = np.array([[0.0, 0.0, floor - 0.0003]])
    assert any(covers(shape, below).any() for shape in asset.parts[0].shapes)


@pytest.mark.parametrize("thing", HOLLOW)
def test_collision_shapes_balance_where_the_mesh_does(thing: str) -> None:
    part = build(thing).parts[0]
    assert part.mesh is not None
    _, centre = volume_and_centre(part.mesh)
    weights, middles = zip(*(volume_of(shape) for shape in part.shapes), strict=True)
    balance = np.average(middles, axis=0, weights=weights)
    assert abs(balance[2] - centre[2]) < 0.09 * float(np.ptp(part.mesh.vertices[:, 2]))


@pytest.mark.parametrize("thing", FRAGILE)
def test_shards_are_closed_and_fill_the_vessel(thing: str) -> None:
    asset = build(thing)
    (fracture,) = asset.fractures
    (part,) = asset.parts
    assert fracture.part == part.name
    assert 25 <= len(fracture.shards) <= 70
    assert part.mesh is not None
    total, mass = 0.0, 0.0
    for shard in fracture.shards:
        assert shard.mesh is not None
        assert shard.mass_kg is not None
        assert is_closed(shard.mesh)
        volume, centre = volume_and_centre(shard.mesh)
        assert volume > 0
        assert np.allclose(centre, 0.0, atol=1e-6)
        total, mass = total + volume, mass + shard.mass_kg
    assert total == pytest.approx(enclosed_volume(part.mesh), rel=0.03)
    assert mass == pytest.approx(part.mass_kg, rel=0.03)


@pytest.mark.parametrize("thing", ["wine_glass", "plate"])
def test_there_are_chips_and_pieces_of_a_palm(thing: str) -> None:
    (fracture,) = build(thing).fractures
    sizes = [float(np.ptp(shard.mesh.vertices, axis=0).max()) for shard in fracture.shards if shard.mesh]
    assert min(sizes) < 0.016
    assert max(sizes) > 0.05


def test_a_wine_glass_breaks_when_it_falls_from_a_table_but_not_when_it_is_put_down() -> None:
    asset = build("wine_glass")
    mass, holds = asset.parts[0].mass_kg, asset.fractures[0].impulse_ns
    assert mass is not None
    put_down = mass * 0.2 * 1.3
    # A tumbling glass meets the floor with a third of its mass behind the point of contact.
    dropped = mass / 3 * np.sqrt(2 * 9.81 * 0.75)
    assert put_down < holds < dropped


@pytest.mark.parametrize("thing", FRAGILE)
def test_whatever_breaks_survives_being_put_down_and_not_a_fall_from_the_table(thing: str) -> None:
    asset = build(thing)
    mass, holds = asset.parts[0].mass_kg, asset.fractures[0].impulse_ns
    assert mass is not None
    assert mass * 0.2 * 1.3 < holds < mass / 2 * np.sqrt(2 * 9.81 * 0.75) * 1.3


def test_a_steel_wine_glass_does_not_break_and_a_glass_bowl_does() -> None:
    assert not build("wine_glass", material="steel", look="steel").fractures
    bowl = build("bowl", material="glass", look="glass")
    assert bowl.fractures
    assert bowl.parts[0].surfaces[0].look == "glass"
