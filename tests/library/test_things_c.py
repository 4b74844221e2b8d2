"""What people hold, ride, play and live with: closed meshes, sound numbers, things that stand as they are."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import pytest
import yaml
from scipy.spatial import ConvexHull

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Asset, Mesh, Part, Shape
from lichtspiel.library.catalogue import Wish
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.things.substance import enclosed_volume

from .test_things_b import THINGS as OTHERS
from .test_things_b import edges, lowest, meshes_of, pieces

SHEETS = (
    "teaware", "gear", "held", "belongings", "household", "vehicles", "instruments", "workpieces", "animals"
)  # fmt: skip
SCENERY = {"bench", "street_lamp", "market_stall", "fountain", "church", "tree", "camp_fire"}
"""Made of the pieces of places, whose leaves, cloths and roofs are open sheets."""
MASSES = {
    "teapot": (0.5, 1.2),
    "tray": (0.4, 0.8),
    "kettle": (0.4, 1.5),
    "cutting_board": (1.0, 2.0),
    "car": (1300, 1700),
    "bus": (9000, 14000),
    "double_decker": (10000, 16000),
    "train_carriage": (30000, 50000),
    "bicycle": (12, 18),
    "motorcycle": (170, 240),
    "skateboard": (1.8, 2.6),
    "surfboard": (2.5, 4),
    "sword": (0.9, 1.6),
    "sofa": (30, 80),
    "door": (15, 40),
    "apple": (0.1, 0.26),
    "orange": (0.1, 0.28),
    "snowball": (0.1, 0.3),
    "suitcase": (3, 15),
}
"""Kilograms of all that moves."""
MEASURES = {
    "balance_beam": (5.0, 0.02),
    "tennis_racket": (0.685, 0.02),
    "barbell": (2.2, 0.02),
    "piano": (1.5, 0.06),
    "violin": (0.595, 0.06),
    "skis": (1.68, 0.03),
    "paddleboard": (3.2, 0.03),
    "bus": (11.9, 0.05),
    "bed": (2.0, 0.1),
}
"""Longest measure in metres, and how far the thing may differ from it."""


def _ids() -> list[str]:
    folder = files("lichtspiel.library") / "data" / "things"
    sheets = [yaml.safe_load((folder / f"{sheet}.yaml").read_text("utf-8")) for sheet in SHEETS]
    return [item["id"] for sheet in sheets for item in sheet if item["id"] not in OTHERS]


THINGS = _ids()
OF_MESH = [thing for thing in THINGS if thing not in SCENERY]
HELD_UP = {thing for thing in THINGS if "held_up" in catalogue.things()[thing].tags}
FLOATING = {thing for thing in THINGS if "floats" in catalogue.things()[thing].tags}


@cache
def build(thing: str, seed: int = 1, scale: float = 1.0) -> Asset:
    return catalogue.build_thing(
        thing, Wish(catalogue.things()[thing].material, scale=scale), np.random.default_rng(seed)
    )


@pytest.mark.parametrize("thing", OF_MESH)
def test_every_thing_is_solid_and_looks_outward(thing: str) -> None:
    for mesh in meshes_of(build(thing)):
        start, end = edges(mesh)
        there = start.astype(np.int64) * len(mesh.vertices) + end
        back = end.astype(np.int64) * len(mesh.vertices) + start
        assert len(np.unique(there)) == len(there), "a side belongs to two polygons of the same sense"
        assert np.array_equal(np.sort(there), np.sort(back)), "the surface has a hole"
        piece = pieces(mesh)
        owner = piece[mesh.corners[np.cumsum(mesh.sizes) - 1]].astype(np.int64)
        corner_owner = np.repeat(owner, mesh.sizes)
        order, corner_order = np.argsort(owner, kind="stable"), np.argsort(corner_owner, kind="stable")
        counts = np.bincount(owner)
        corner_counts = np.bincount(corner_owner)
        polygons = np.split(order, np.cumsum(counts)[:-1])
        corners = np.split(corner_order, np.cumsum(corner_counts)[:-1])
        for chosen, own in zip(polygons, corners, strict=True):
            used = np.unique(mesh.corners[own])
            local = np.searchsorted(used, mesh.corners[own]).astype(np.int32)
            points = mesh.vertices[used] - mesh.vertices[used].mean(axis=0)
            assert enclosed_volume(Mesh(points, local, mesh.sizes[chosen], mesh.slots[chosen])) > 0


@pytest.mark.parametrize("thing", THINGS)
def test_every_thing_names_what_the_library_has(thing: str) -> None:
    entry, asset = catalogue.things()[thing], build(thing)
    assert {surface.look for part in asset.parts for surface in part.surfaces} <= set(catalogue.looks())
    materials = {shape.material for part in asset.parts for shape in part.shapes}
    materials |= {part.resonator.material for part in asset.parts if part.resonator}
    assert materials <= set(catalogue.materials())
    assert entry.names.en
    assert entry.names.de
    assert entry.home in {None, *catalogue.places()}
    assert set(entry.supports) <= set(catalogue.things())
    names = [part.name for part in asset.parts]
    assert len(set(names)) == len(names)
    for part in asset.parts:
        assert part.mesh is None or part.mesh.slots.max() < len(part.surfaces)
        assert part.mesh is None or np.isfinite(part.mesh.vertices).all()
        assert part.parent in {None, *names}


@pytest.mark.parametrize("thing", THINGS)
def test_every_thing_stands_on_the_ground_or_floats(thing: str) -> None:
    low = lowest(build(thing))
    if thing in FLOATING:
        assert -0.35 < low < -0.02
    elif thing == "train_carriage":
        assert low == pytest.approx(-0.04, abs=0.005)  # Flanges hang beside the rails.
    elif thing == "wall_clock":
        assert low > 1.2
    else:
        assert low == pytest.approx(0, abs=0.004)


@pytest.mark.parametrize("thing", THINGS)
def test_moving_parts_have_sound_masses_and_solids(thing: str) -> None:
    for part in build(thing).parts:
        if part.joint.kind == "fixed":
            continue
        assert part.mass_kg is not None
        assert part.mass_kg > 0
        assert part.shapes or part.inertia is not None
        if part.mesh is not None and part.shapes:
            reach = np.ptp(part.mesh.vertices, axis=0)
            points = np.concatenate([_corners(shape) for shape in part.shapes])
            # Solids lie about the mesh: neither far beyond it nor much smaller than it.
            assert (points.min(axis=0) >= part.mesh.vertices.min(axis=0) - 0.02 - 0.15 * reach).all()
            assert (points.max(axis=0) <= part.mesh.vertices.max(axis=0) + 0.02 + 0.15 * reach).all()
            assert np.ptp(points, axis=0).max() > 0.6 * reach.max()
        if part.inertia is not None:
            x, y, z = part.inertia
            assert min(x + y - z, y + z - x, z + x - y) >= -1e-9


@pytest.mark.parametrize("thing", sorted(MASSES))
def test_masses_are_those_of_real_things(thing: str) -> None:
    low, high = MASSES[thing]
    moving = [part for part in build(thing).parts if part.joint.kind != "fixed" or part.parent]
    assert low <= sum(part.mass_kg or 0.0 for part in moving) <= high


@pytest.mark.parametrize("thing", sorted(MEASURES))
def test_lengths_are_those_of_real_things(thing: str) -> None:
    length, tolerance = MEASURES[thing]
    assert max(build(thing).size) == pytest.approx(length, rel=tolerance)


@pytest.mark.parametrize("thing", THINGS)
def test_free_things_do_not_topple(thing: str) -> None:
    """The centre of mass stands over what the thing rests on."""
    asset = build(thing)
    free = [part for part in asset.parts if part.joint.kind == "free"]
    flat = asset.size[2] < 0.3 * max(asset.size[:2])
    if flat or thing in HELD_UP or thing in FLOATING:
        return  # What lies can only settle.
    for root in free:
        # What is only seen, as cranks that turn, is light and touches nothing.
        carried = [p for p in asset.parts if p.shapes and (p is root or p.parent == root.name)]
        if thing == "tea_cup" and root.name == "cup":
            continue  # It rests on its saucer.
        points = np.concatenate([_placed_corners(part) for part in carried])
        feet = points[points[:, 2] < points[:, 2].min() + 0.004][:, :2]
        centre = _centre_of_mass(carried)[:2]
        assert _outside(feet, centre) < 0.004, f"{root.name} stands on {feet.round(3)} but weighs on {centre}"


@pytest.mark.parametrize("thing", ["teapot", "car", "violin", "sword", "door", "bicycle", "balance_beam"])
def test_twice_as_large(thing: str) -> None:
    one, two = build(thing), build(thing, scale=2.0)
    assert two.size == pytest.approx([2 * s for s in one.size], rel=0.02)
    for name, point in one.spots.items():
        assert two.spots[name] == pytest.approx([2 * c for c in point], abs=1e-6)


@pytest.mark.parametrize("thing", THINGS)
def test_same_dice_same_bytes(thing: str) -> None:
    for one, two in zip(meshes_of(build(thing, 7)), meshes_of(build.__wrapped__(thing, 7)), strict=True):
        assert one.vertices.tobytes() == two.vertices.tobytes()
        assert one.corners.tobytes() == two.corners.tobytes()


@pytest.mark.parametrize(
    "thing", ["car", "bus", "bicycle", "motorcycle", "skateboard", "scooter", "train_carriage"]
)
def test_wheels_touch_the_ground_and_turn_about_their_middle(thing: str) -> None:
    wheels = [part for part in build(thing).parts if part.name.startswith("wheel")]
    assert len(wheels) >= 2
    for wheel in wheels:
        assert wheel.joint.kind == "hinge"
        assert wheel.joint.anchor == (0.0, 0.0, 0.0)
        assert wheel.position[2] == pytest.approx(wheel.shapes[0].size[0], abs=0.002)


def test_five_glasses_find_room_on_a_tray() -> None:
    tray, glass = build("tray"), catalogue.build_thing("wine_glass", Wish("glass"), np.random.default_rng(1))
    places = np.array([tray.spots[f"place_{k}"] for k in range(1, 6)])
    gaps = np.linalg.norm(places[:, None] - places[None], axis=-1)[np.triu_indices(5, 1)]
    assert gaps.min() > glass.size[0]
    assert np.linalg.norm(places[:, :2], axis=1).max() + glass.size[0] / 2 < tray.size[0] / 2


def test_a_rider_sinks_a_paddleboard_by_a_hand_s_breadth_at_most() -> None:
    board = build("paddleboard")
    heave = next(part for part in board.parts if part.name == "float")
    assert 0.02 < 80 * 9.81 / heave.joint.stiffness < 0.10


def _corners(shape: Shape) -> Array:
    """Points of a solid's surface in the part's frame, enough to find its extent and what it stands on."""
    turn = rotation_matrix(shape.orientation)
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    match shape.kind:
        case "hull":
            assert shape.vertices is not None
            points = shape.vertices
        case "box":
            signs = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)])
            points = signs * np.array(shape.size)
        case "cylinder":
            radius, half = shape.size
            points = np.concatenate(
                [np.column_stack([circle * radius, np.full(24, s * half)]) for s in (-1, 1)]
            )
        case "capsule":
            return _capsule(shape, turn)
        case "sphere":
            points = _ball(shape.size[0])
        case _:
            points = _ball(1.0) * np.array(shape.size)
    found: Array = points @ turn.T + np.array(shape.position)
    return found


def _ball(radius: float) -> Array:
    """Points of a sphere, its poles among them."""
    angle = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    rows = [np.column_stack([np.cos(angle) * np.cos(h), np.sin(angle) * np.cos(h), np.full(16, np.sin(h))])
            for h in np.linspace(-np.pi / 2, np.pi / 2, 9)]  # fmt: skip
    return radius * np.concatenate(rows)


def _capsule(shape: Shape, turn: Array) -> Array:
    radius, half = shape.size
    axis = turn @ np.array([0.0, 0.0, half])
    ball = _ball(radius)
    found: Array = np.concatenate([ball + axis, ball - axis]) + np.array(shape.position)
    return found


def _placed_corners(part: Part) -> Array:
    points = np.concatenate([_corners(shape) for shape in part.shapes])
    placed: Array = points @ rotation_matrix(part.orientation).T + np.array(part.position)
    return placed


def _volume(shape: Shape) -> float:
    match shape.kind:
        case "box":
            return float(8 * np.prod(shape.size))
        case "cylinder":
            return float(2 * np.pi * shape.size[0] ** 2 * shape.size[1])
        case "capsule":
            radius, half = shape.size
            return float(np.pi * radius**2 * (2 * half + 4 / 3 * radius))
        case "sphere":
            return float(4 / 3 * np.pi * shape.size[0] ** 3)
        case "ellipsoid":
            return float(4 / 3 * np.pi * np.prod(shape.size))
        case _:
            return float(ConvexHull(_corners(shape)).volume)


def _centre_of_mass(parts: list[Part]) -> Array:
    """Of parts whose solids are homogeneous, as the mechanics takes them."""
    total, moment = 0.0, np.zeros(3)
    for part in parts:
        weights = np.array(
            [_volume(shape) * catalogue.materials()[shape.material].density for shape in part.shapes]
        )
        middles = np.array([_corners(shape).mean(axis=0) for shape in part.shapes])
        centre = rotation_matrix(part.orientation) @ (weights @ middles / weights.sum()) + np.array(
            part.position
        )
        mass = part.mass_kg or float(weights.sum())
        total, moment = total + mass, moment + mass * centre
    found: Array = moment / total
    return found


def _outside(feet: Array, point: Array) -> float:
    """How far a point lies outside the convex hull of points (N, 2), metres; 0 inside."""
    if np.linalg.matrix_rank(feet - feet.mean(axis=0), tol=1e-4) < 2:
        axis = np.linalg.svd(feet - feet.mean(axis=0))[2][0]
        along = (feet - point) @ axis
        across = np.abs((feet.mean(axis=0) - point) @ np.array([-axis[1], axis[0]]))
        return float(max(across, along.min(), -along.max(), 0.0))
    planes = ConvexHull(feet).equations
    return float(max((planes[:, :2] @ point + planes[:, 2]).max(), 0.0))
