"""Every place of the library can be built, stood in and lit."""

from __future__ import annotations

import time
from functools import cache
from itertools import cycle

import numpy as np
import pytest

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Part, Vec3
from lichtspiel.library.catalogue import Surroundings
from lichtspiel.library.place import PlaceAsset
from lichtspiel.library.places.interior import irradiance
from lichtspiel.library.places.pieces import polygons
from lichtspiel.screenplay import Light, TimeOfDay, Weather

PLACES = sorted(catalogue.places())
DAY = Surroundings(TimeOfDay.AFTERNOON, Weather.CLEAR, Light.NATURAL)


@cache
def day(place: str) -> PlaceAsset:
    return build(place)


def build(place: str, surroundings: Surroundings = DAY, seed: int = 3) -> PlaceAsset:
    return catalogue.build_place(place, surroundings, np.random.default_rng(seed))


def carries(part: Part, point: Vec3) -> bool:
    """A shape of the part has its upper side at the point."""
    for shape in part.shapes:
        middle = np.asarray(shape.position) + part.position
        if shape.kind == "plane" and abs(middle[2] - point[2]) < 1e-3:
            return True
        if shape.kind == "box":
            inside = all(abs(point[a] - middle[a]) <= shape.size[a] + 1e-6 for a in (0, 1))
            if inside and abs(middle[2] + shape.size[2] - point[2]) < 1e-3:
                return True
    return False


def test_the_places_of_the_first_library_are_there() -> None:
    assert {
        "basketball_court", "gym", "table_top", "kitchen_counter", "physics_lab", "living_room", "study",
        "workshop", "street", "lawn", "beach", "studio", "bowling_alley", "moon", "yard", "dining_room",
        "stairway",
    } <= set(PLACES)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_builds_in_every_light_within_its_budget(place: str) -> None:
    weathers, times = cycle(Weather), cycle(TimeOfDay)
    for light in Light:
        surroundings = Surroundings(next(times), next(weathers), light)
        start = time.process_time()
        asset = build(place, surroundings)
        assert time.process_time() - start < 1.5
        assert polygons(asset.parts) <= 160_000
        assert asset.lamps or asset.sky.strength > 0
        assert np.isfinite(asset.exposure_ev)
        assert -6 < asset.exposure_ev < 8


@pytest.mark.parametrize("place", PLACES)
def test_meshes_are_sound_and_their_looks_exist(place: str) -> None:
    looks, materials = catalogue.looks(), catalogue.materials()
    for part in day(place).parts:
        assert part.joint.kind == "fixed"
        assert {surface.look for surface in part.surfaces} <= set(looks)
        assert {shape.material for shape in part.shapes} <= set(materials)
        if part.mesh is not None:
            assert np.isfinite(part.mesh.vertices).all()
            assert part.mesh.corners.max() < len(part.mesh.vertices)
            assert part.mesh.sizes.sum() == len(part.mesh.corners)
            assert part.mesh.slots.max() < len(part.surfaces)


@pytest.mark.parametrize("place", PLACES)
def test_spots_lie_on_something_solid(place: str) -> None:
    asset = day(place)
    assert {"main", "floor"} <= set(asset.spots)
    for name, spot in asset.spots.items():
        assert any(carries(part, spot.position) for part in asset.parts), name
        assert np.linalg.norm(spot.facing) == pytest.approx(1.0)


@pytest.mark.parametrize("place", PLACES)
def test_the_camera_has_room_before_the_action(place: str) -> None:
    asset = day(place)
    assert (asset.camera_bounds is not None) == catalogue.places()[place].indoors
    if asset.camera_bounds is None:
        return
    low, high = (np.array(corner) for corner in asset.camera_bounds)
    main = asset.spots["main"]
    above = np.array(main.position) + (0.0, 0.0, 0.3)
    camera = above + 2.5 * np.array(main.facing)
    assert (above >= low).all()
    assert (above <= high).all()
    assert (camera >= low).all()
    assert (camera <= high).all()


@pytest.mark.parametrize("place", PLACES)
def test_the_same_seed_builds_the_same_place(place: str) -> None:
    first, second = build(place, seed=8), build(place, seed=8)
    for a, b in zip(first.parts, second.parts, strict=True):
        assert (a.mesh is None) == (b.mesh is None)
        if a.mesh is not None and b.mesh is not None:
            assert a.mesh.vertices.tobytes() == b.mesh.vertices.tobytes()
            assert a.mesh.corners.tobytes() == b.mesh.corners.tobytes()
    assert (first.lamps, first.sky, first.exposure_ev) == (second.lamps, second.sky, second.exposure_ev)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("ground", ["marble", "tile"])
def test_the_ground_follows_the_film(place: str, ground: str) -> None:
    asset = build(place, Surroundings(TimeOfDay.NOON, Weather.CLEAR, Light.NATURAL, ground))
    solids = [part for part in asset.parts if any(shape.material == ground for shape in part.shapes)]
    assert any(surface.look == ground for part in solids for surface in part.surfaces)


def test_tables_have_their_true_height() -> None:
    for place, height in (
        ("table_top", 0.74), ("dining_room", 0.74), ("study", 0.74), ("kitchen_counter", 0.91),
        ("physics_lab", 0.91),
    ):  # fmt: skip
        spots = day(place).spots
        assert spots["main"].position[2] == pytest.approx(height)
        assert spots["edge"].position[2] == pytest.approx(height)
        assert spots["edge"].position[1] < spots["main"].position[1]
        assert spots["floor"].position[2] == 0.0


def test_a_lab_with_a_floor_of_stone_plays_on_the_floor() -> None:
    asset = build("physics_lab", Surroundings(TimeOfDay.NOON, Weather.CLEAR, Light.NATURAL, "stone"))
    assert asset.spots["main"].position[2] == 0.0


@pytest.mark.parametrize("place", ["basketball_court", "gym"])
def test_free_throws_are_taken_from_the_rules_distance(place: str) -> None:
    """4.225 m between the ring's centre, 1.8 m before the post, and the line (FIBA art. 2)."""
    spots = day(place).spots
    ring = spots["hoop"].position[1] - 1.8
    assert ring - spots["free_throw"].position[1] == pytest.approx(4.225)


def test_lamps_burn_when_it_is_dark() -> None:
    for place in ("living_room", "street"):
        night = Surroundings(TimeOfDay.NIGHT, Weather.CLEAR, Light.NATURAL)
        kinds = [lamp.kind for lamp in build(place, night).lamps]
        assert "point" in kinds or "spot" in kinds
    noon = build("street", Surroundings(TimeOfDay.NOON, Weather.CLEAR, Light.NATURAL))
    assert not noon.lamps


@pytest.mark.parametrize("place", ["living_room", "physics_lab", "studio", "lawn", "street", "moon"])
def test_a_dark_film_is_darker_than_a_bright_one(place: str) -> None:
    def shown(light: Light) -> float:
        asset = build(place, Surroundings(TimeOfDay.NOON, Weather.CLEAR, light))
        target = asset.spots["main"].position
        lit = sum(irradiance(lamp, target) for lamp in asset.lamps) or asset.sky.strength
        return float(np.log2(lit)) + asset.exposure_ev

    assert shown(Light.DARK) < shown(Light.BRIGHT) - 1.0


def test_the_moon_has_no_air_and_weak_gravity() -> None:
    assert catalogue.places()["moon"].gravity == "moon"
    asset = build("moon")
    assert asset.acoustics.bed == "none"
    assert asset.sky.kind == "stars"


@pytest.mark.parametrize("place", ["study", "living_room", "physics_lab"])
def test_rain_runs_down_the_windows_of_rooms_when_it_rains(place: str) -> None:
    rainy = build(place, Surroundings(TimeOfDay.AFTERNOON, Weather.RAIN, Light.NATURAL))
    (panes,) = (part for part in rainy.parts if part.name == "panes")
    assert panes.mesh is not None
    assert [surface.look for surface in panes.surfaces] == ["rained_pane"]
    assert not panes.shapes, "panes are only seen"
    assert all(part.name != "panes" for part in build(place, DAY).parts)
    assert np.mean(rainy.sky.horizon) < np.mean(build(place, DAY).sky.horizon)


def test_who_looks_out_of_a_spacecraft_is_seen_before_another_window() -> None:
    """A camera before a face that looks out of the one window sees the wall behind it, where the other is."""
    cabin = build("spaceship_cabin")
    (windows,) = (part for part in cabin.parts if part.name == "windows")
    assert windows.mesh is not None
    at = np.array(cabin.spots["window"].position)
    before, beside = np.array(cabin.spots["window"].facing), np.array([0.0, 1.0, 0.0])
    frames = windows.mesh.vertices - at
    assert ((frames @ before > 0.8) & (np.abs(frames @ beside) < 0.9)).any(), "what she looks out of"
    assert ((frames @ beside > 2.4) & (np.abs(frames @ before) < 0.9)).any(), "what is seen behind her"
    (pads,) = (part for part in cabin.parts if part.name == "cabin")
    assert pads.mesh is not None
    hole = (np.abs(pads.mesh.vertices - [-0.9, 2.1, 1.5]) < (0.6, 0.2, 0.45)).all(1)
    assert not hole.any(), "nothing stands in it"
