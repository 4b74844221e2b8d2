"""Clothes fit everybody, cover what they should, and hide nothing that is seen."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from scipy.spatial import cKDTree

from lichtspiel.library import catalogue
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.clothes import collars, fit, garments_of, pressed
from lichtspiel.library.people.clothes.anatomy import canonical
from lichtspiel.library.people.clothes.cloth import clipped, shell
from lichtspiel.library.people.clothes.sheet import Sheet
from lichtspiel.library.people.figure import Garment
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique, physique
from lichtspiel.library.people.rig import about, multiply, rest_pose
from lichtspiel.screenplay import Sex, Wear

BODIES = {
    "man": (Sex.MALE, 30.0, 1.8, 0.0),
    "child": (Sex.FEMALE, 7.0, 1.22, 0.0),
    "heavy": (Sex.FEMALE, 50.0, 1.62, 0.95),
    "baby": (Sex.MALE, 1.0, 0.76, 0.0),
    "old": (Sex.FEMALE, 85.0, 1.55, -0.6),
}


def dressed(body: str, *wears: Wear | str, seed: int = 1) -> tuple[tuple[Garment, ...], Physique]:
    sex, age_years, height_m, build = BODIES[body]
    person = Person(
        sex=sex, age_years=age_years, height_m=height_m, build=build, muscle=0.0,
        features=(0.0, 0.0, 1.0), traits=(), skin="fair", eyes="blue", hair_style="short",
        hair_colour="brown", beard="none", seed=seed,
        wears=tuple(w if isinstance(w, Wear) else Wear(garment=w) for w in wears),
    )  # fmt: skip
    found = physique(person)
    return garments_of(person, found), found


def test_every_outfit_of_every_role_can_be_worn() -> None:
    worn = {
        garment
        for role in catalogue.roles().values()
        for outfit in role.outfits
        for choice in outfit.wears
        for garment in choice.any
    }
    assert worn <= set(catalogue.garments())


def test_there_are_more_than_forty_garments_with_known_looks_and_names() -> None:
    garments = catalogue.garments()
    assert len(garments) >= 60
    for entry in garments.values():
        assert entry.names.en, entry.id
        assert entry.names.de, entry.id
        for part in entry.parts.values():
            assert part.look in catalogue.looks(), (entry.id, part.look)
            assert part.colour is None or part.colour in catalogue.colours(), (entry.id, part.colour)


@pytest.mark.parametrize("garment", sorted(catalogue.garments()))
def test_a_garment_is_sound(garment: str) -> None:
    made, body = dressed("man", garment)
    (piece,) = made
    points = piece.mesh.vertices
    assert np.isfinite(points).all()
    assert piece.mesh.sizes.sum() == len(piece.mesh.corners)
    assert piece.mesh.corners.max() < len(points)
    assert piece.mesh.slots.max() < len(piece.surfaces)
    assert len(piece.skin.shares) == len(points)
    np.testing.assert_allclose(piece.skin.shares.sum(1), 1.0, atol=1e-6)
    low, high = body.vertices.min(0) - 1.2, body.vertices.max(0) + 1.2
    assert (points > low).all()
    assert (points < high).all()
    if piece.hang is not None:
        assert len(piece.hang.pinned) == len(points)


@pytest.mark.parametrize("body", [body for body in BODIES if body != "man"])
def test_clothes_fit_every_body(body: str) -> None:
    made, found = dressed(body, "underwear", "trousers", "shirt", "leather_shoes")
    still = fit.measure(made, found, [rest_pose(found.rig)])
    assert still.share == 0.0
    moving = fit.measure(made, found, fit.poses(found.rig, np.random.default_rng(3), 3))
    # Three poses at the joints' limits; the hem over bent hips is the worst place.
    assert moving.share < 0.015, moving
    assert moving.deepest_m < 0.006, moving
    assert moving.farthest_m < found.height_m


def test_briefs_lie_on_the_body_where_what_hangs_from_a_hem_covers_them() -> None:
    made, body = dressed("baby", "underwear", "toga")
    briefs = made[0].mesh.vertices
    between_thighs = briefs[briefs[:, 2] < 0.41 * body.height_m]
    skin = body.vertices[load().group("body")]
    away, _ = cKDTree(skin).query(between_thighs)
    assert away.max() < 0.012


@pytest.mark.parametrize("trousers", ["jeans", "trousers"])
def test_trousers_cover_shoes_of_feet_that_are_drawn_up_to_crouch(trousers: str) -> None:
    made, body = dressed("man", "socks", "sneakers", trousers)
    pose = rest_pose(body.rig)
    for side in ("L", "R"):
        pose[body.rig.index(f"foot.{side}")] = about((1, 0, 0), -0.9)
    assert fit.measure(made, body, [pose]).deepest_m < 0.005


def test_a_dress_stays_at_the_armpit_under_a_vest() -> None:
    made, body = dressed("old", "underwear", "dress", "vest")
    moving = fit.measure(made, body, list(fit.poses(body.rig, np.random.default_rng(11), 5))[4:])
    assert moving.deepest_m < 0.005, moving


@pytest.mark.parametrize(
    ("body", "worn"),
    [
        ("heavy", ("underwear", "evening_dress", "cardigan")),
        ("man", ("underwear", "dress", "sweater")),
    ],
)
def test_a_skirt_under_a_top_covers_the_belly_of_who_does_the_splits(
    body: str, worn: tuple[str, ...]
) -> None:
    made, found = dressed(body, *worn)
    pose = rest_pose(found.rig)
    for side, pitch_rad in (("L", -2.0), ("R", 1.3)):
        pose[found.rig.index(f"upperleg01.{side}")] = about((1, 0, 0), pitch_rad)
    assert fit.measure(made, found, [pose]).deepest_m < 0.005


def test_sleeves_leave_a_vest_by_its_armhole_when_arms_swing() -> None:
    made, found = dressed("baby", "t_shirt", "vest")
    pose = rest_pose(found.rig)
    for side, mirror in (("L", 1.0), ("R", -1.0)):
        swung = multiply(about((0, 0, 1), mirror * -1.2), about((0, 1, 0), mirror * 0.8))
        pose[found.rig.index(f"upperarm01.{side}")] = swung
    assert fit.measure(made, found, [pose]).deepest_m < 0.003


@pytest.mark.parametrize("shirt", ["shirt", "dress_shirt"])
def test_hands_bent_to_comfort_somebody_stay_in_their_cuffs(shirt: str) -> None:
    made, found = dressed("child", shirt)
    pose = rest_pose(found.rig)
    for bone, turn in (("lowerarm02.L", (0.72, 0.35, -0.5, -0.33)), ("wrist.L", (0.64, 0.46, -0.57, 0.21))):
        pose[found.rig.index(bone)] = np.array(turn) / np.linalg.norm(turn)
    assert fit.measure(made, found, [pose]).deepest_m < 0.005


@pytest.mark.parametrize("pitch_rad", [1.3, -1.1])
@pytest.mark.parametrize("trousers", ["jeans", "trousers"])
def test_trousers_cover_shoes_of_feet_that_are_pointed_or_drawn_up(trousers: str, pitch_rad: float) -> None:
    made, body = dressed("man", "socks", "sneakers", trousers)
    pose = rest_pose(body.rig)
    for side in ("L", "R"):
        pose[body.rig.index(f"foot.{side}")] = about((1, 0, 0), pitch_rad)
    assert fit.measure(made, body, [pose]).deepest_m < 0.005


def test_a_sleeve_in_the_side_of_a_vest_is_not_what_the_vest_covers() -> None:
    made, found = dressed("baby", "t_shirt", "vest")
    inner = [pair for pair in fit.Dressed.of(made, found).pairs if pair.name == "t_shirt under vest"]
    (points,) = (pair.points for pair in inner)
    shirt = made[0]
    arms = [
        i for i, name in enumerate(found.rig.names) if name.startswith("lowerarm") or "upperarm02" in name
    ]
    on_arm = np.where(np.isin(shirt.skin.bones, arms), shirt.skin.shares, 0.0).sum(1)
    assert points.size
    assert on_arm[points].max() < 0.95


def test_skin_gives_way_below_a_shirt_and_nowhere_else() -> None:
    made, body = dressed("man", "t_shirt")
    sunk = np.linalg.norm(pressed(body, made) - body.vertices, axis=1)
    at = canonical()
    chest = at.trunk & (np.abs(at.z - 1.15) < 0.1)
    bare = (at.z > 1.5) | (at.arm > 0.2) | (at.trunk & (at.z < 0.6))
    skin = np.isin(np.arange(len(sunk)), load().group("body"))
    assert (sunk[skin & bare] == 0).all()
    assert sunk[skin & chest].min() > 0.004
    assert sunk.max() < 0.008


def test_the_same_person_wears_the_same_clothes_and_another_seed_other_folds() -> None:
    first, _ = dressed("man", "t_shirt")
    again, _ = dressed("man", "t_shirt")
    other, _ = dressed("man", "t_shirt", seed=2)
    assert np.array_equal(first[0].mesh.vertices, again[0].mesh.vertices)
    assert not np.array_equal(first[0].mesh.vertices, other[0].mesh.vertices)


def test_a_jacket_lies_over_the_shirt_below_it() -> None:
    made, _ = dressed("man", "shirt", "suit_jacket")
    shirt, jacket = made
    alone, _ = dressed("man", "shirt")
    assert len(shirt.mesh.sizes) < 0.5 * len(alone[0].mesh.sizes), "covered cloth is left out"
    assert np.ptp(jacket.mesh.vertices[:, 1]) > np.ptp(alone[0].mesh.vertices[:, 1])


def test_colour_and_cloth_are_as_wished() -> None:
    made, _ = dressed("man", Wear(garment="t_shirt", colour="red", material="silk"))
    assert made[0].surfaces[0].look == "silk"
    assert made[0].surfaces[0].colour == catalogue.colours()["red"].rgb


def test_skirts_hang_and_end_above_the_ground() -> None:
    made, _ = dressed("old", "underwear", "evening_dress")
    dress = made[-1]
    assert dress.hang is not None
    assert dress.hang.pinned.min() == 0.0
    assert dress.hang.pinned.max() == 1.0
    assert dress.mesh.vertices[:, 2].min() > -0.02


def test_girls_and_women_are_covered_by_underwear_alone() -> None:
    made, _ = dressed("child", "underwear")
    z = made[0].mesh.vertices[:, 2]
    assert z.max() > 0.72 * 1.22


def test_cutting_leaves_only_what_is_inside() -> None:
    whole = shell("helper-tights", 1)
    cut = clipped(whole, whole.places.z - 1.0)
    assert cut.places.z.max() == pytest.approx(1.0, abs=1e-4)
    assert len(cut.loops) == 1, "the waist"


@pytest.mark.parametrize("garment", ["hoodie", "rain_jacket", "winter_jacket"])
@pytest.mark.parametrize("body", ["man", "child", "heavy"])
def test_a_hood_hangs_at_the_nape_and_lies_flat_in_front(garment: str, body: str) -> None:
    made, found = dressed(body, garment)
    piece = made[-1]
    slot = list(catalogue.garments()[garment].parts).index("collar")
    faces = np.repeat(piece.mesh.slots, piece.mesh.sizes) == slot
    hood = piece.mesh.vertices[np.unique(piece.mesh.corners[faces])] / found.height_m
    behind = hood[hood[:, 1] > np.quantile(hood[:, 1], 0.9)]
    before = hood[hood[:, 1] < np.quantile(hood[:, 1], 0.05)]
    assert np.ptp(behind[:, 2]) > 0.05
    assert np.ptp(before[:, 2]) < 0.05
    assert before[:, 2].max() < hood[:, 2].max() - 0.02, "a ring round the neck"


def test_the_points_of_a_collar_lie_under_the_sweater_that_is_worn_over_it() -> None:
    piece, up = shell("body", 0), np.array([0.0, 0.0, 1.0])
    points = np.array([[0.02 * i, 0.02 * j, 1.0] for i in range(-3, 4) for j in range(4)])
    covered = points[:, 0] < 0
    normals, no_bones = np.tile(up, (len(points), 1)), sparse.csr_array((len(points), 1))
    sheet = Sheet(piece, (), points, normals, no_bones, np.where(covered, -0.02, 0.02))
    leaf = (points + 0.005 * up)[None]
    laid = collars._under_covers(leaf, sheet)[0]
    assert (laid[covered, 2] < 1.0).all()
    np.testing.assert_array_equal(laid[~covered], leaf[0, ~covered])


def test_an_apron_hangs_from_the_neck() -> None:
    (apron,), _ = dressed("man", "apron")
    (bare,), _ = dressed("man", "suit_trousers")
    points = apron.mesh.vertices
    nape = points[(np.abs(points[:, 0]) < 0.03) & (points[:, 1] > 0.02), 2]
    assert nape.max() > bare.mesh.vertices[:, 2].max() + 0.3


def test_rubber_boots_do_not_gape_round_the_calf() -> None:
    (boots,), _ = dressed("man", "rubber_boots")
    left = boots.mesh.vertices[boots.mesh.vertices[:, 0] > 0]
    heights_m = left[:, 2].max() - np.array([0.02, 0.12])
    edge_m, shaft_m = (np.ptp(left[np.abs(left[:, 2] - z) < 0.012, 1]) for z in heights_m)
    assert edge_m < shaft_m + 0.01
