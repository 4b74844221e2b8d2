"""Blocks, furniture, mechanisms, sports installations, tracks, soft things and instruments."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest
import yaml
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Asset, IntArray, Mesh
from lichtspiel.library.catalogue import Wish
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.things.substance import enclosed_volume

SHEETS = ("blocks", "furniture", "mechanisms", "sport", "tracks", "soft", "instruments")


def _ids() -> list[str]:
    folder = files("lichtspiel.library") / "data" / "things"
    return [
        item["id"]
        for sheet in SHEETS
        for item in yaml.safe_load((folder / f"{sheet}.yaml").read_text("utf-8"))
    ]


THINGS = _ids()


def build(thing: str, seed: int = 1, **wishes: object) -> Asset:
    material = str(wishes.pop("material", catalogue.things()[thing].material))
    return catalogue.build_thing(thing, Wish(material, **wishes), np.random.default_rng(seed))  # type: ignore[arg-type]


def meshes_of(asset: Asset) -> list[Mesh]:
    return [part.mesh for part in asset.parts if part.mesh is not None]


def edges(mesh: Mesh) -> tuple[IntArray, IntArray]:
    """Start and end vertex of every side of every polygon, in its sense."""
    following = np.arange(1, len(mesh.corners) + 1)
    ends = np.cumsum(mesh.sizes)
    following[ends - 1] = ends - mesh.sizes
    return mesh.corners, mesh.corners[following]


def pieces(mesh: Mesh) -> Array:
    """Number of the connected piece of every vertex."""
    start, end = edges(mesh)
    count = len(mesh.vertices)
    links = coo_array((np.ones(len(start)), (start, end)), (count, count))
    return np.asarray(connected_components(links, directed=False)[1])


def lowest(asset: Asset) -> float:
    return min(
        float((mesh.vertices @ rotation_matrix(part.orientation).T)[:, 2].min() + part.position[2])
        for part in asset.parts
        if (mesh := part.mesh) is not None
    )


@pytest.mark.parametrize("thing", THINGS)
def test_every_thing_is_solid_and_looks_outward(thing: str) -> None:
    for mesh in meshes_of(build(thing)):
        start, end = edges(mesh)
        there = start.astype(np.int64) * len(mesh.vertices) + end
        back = end.astype(np.int64) * len(mesh.vertices) + start
        assert len(np.unique(there)) == len(there), "a side belongs to two polygons of the same sense"
        assert np.array_equal(np.sort(there), np.sort(back)), "the surface has a hole"
        # A piece that is inside out would take volume away.
        piece = pieces(mesh)
        owner = piece[mesh.corners[np.cumsum(mesh.sizes) - 1]]
        for number in np.unique(piece):
            chosen = owner == number
            corners = np.repeat(chosen, mesh.sizes)
            centre = mesh.vertices[piece == number].mean(axis=0)
            part = Mesh(mesh.vertices - centre, mesh.corners[corners], mesh.sizes[chosen], mesh.slots[chosen])
            assert enclosed_volume(part) > 0


@pytest.mark.parametrize("thing", THINGS)
def test_every_thing_names_what_the_library_has(thing: str) -> None:
    entry, asset = catalogue.things()[thing], build(thing)
    looks = {surface.look for part in asset.parts for surface in part.surfaces}
    looks |= {surface.look for cloth in asset.cloths for surface in cloth.surfaces}
    assert looks <= set(catalogue.looks())
    materials = {shape.material for part in asset.parts for shape in part.shapes}
    materials |= {part.resonator.material for part in asset.parts if part.resonator}
    assert materials <= set(catalogue.materials())
    assert entry.names.en
    assert entry.names.de
    assert entry.home in {None, *catalogue.places()}
    assert set(entry.supports) <= set(catalogue.things())
    for part in asset.parts:
        if part.mesh is not None:
            assert part.mesh.slots.max() < len(part.surfaces)
        assert part.parent in {None, *(other.name for other in asset.parts)}


@pytest.mark.parametrize("thing", THINGS)
def test_every_thing_stands_on_the_ground(thing: str) -> None:
    asset = build(thing)
    if meshes_of(asset):
        assert lowest(asset) == pytest.approx(0, abs=0.0015)


@pytest.mark.parametrize("thing", THINGS)
def test_twice_as_large(thing: str) -> None:
    one, two = build(thing), build(thing, scale=2.0)
    assert two.size == pytest.approx([2 * s for s in one.size])
    for name, point in one.spots.items():
        assert two.spots[name] == pytest.approx([2 * c for c in point])
    for small, large in zip(one.parts, two.parts, strict=True):
        if small.mass_kg is not None:
            assert large.mass_kg == pytest.approx(8 * small.mass_kg)


@pytest.mark.parametrize("thing", ["block", "crate", "barrel", "pendulum", "table", "spiral_track", "gong"])
def test_a_wish_changes_material_look_and_colour(thing: str) -> None:
    asset = build(thing, material="steel", look="steel", colour=(0.1, 0.2, 0.3))
    assert any(
        surface.look == "steel" and surface.colour == (0.1, 0.2, 0.3)
        for part in asset.parts
        for surface in part.surfaces
    )
    assert any(shape.material == "steel" for part in asset.parts for shape in part.shapes)


def test_a_crate_of_steel_is_heavier() -> None:
    wood, steel = build("crate").parts[0].mass_kg, build("crate", material="steel").parts[0].mass_kg
    assert wood is not None
    assert steel is not None
    assert 10 < wood < 40
    assert steel > 8 * wood


@pytest.mark.parametrize("thing", THINGS)
def test_same_dice_same_bytes(thing: str) -> None:
    for one, two in zip(meshes_of(build(thing, 7)), meshes_of(build(thing, 7)), strict=True):
        assert one.vertices.tobytes() == two.vertices.tobytes()
        assert one.corners.tobytes() == two.corners.tobytes()
