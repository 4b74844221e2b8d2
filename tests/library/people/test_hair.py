"""Hair stands where it grows, falls outside the body, and is the same at every detail."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial import cKDTree

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.people import figures
from lichtspiel.library.people.clothes.fit import Surface
from lichtspiel.library.people.figure import Strands
from lichtspiel.library.people.hair import grows, spread, strands_of
from lichtspiel.library.people.hair.beards import beard_lengths
from lichtspiel.library.people.hair.head import head_of
from lichtspiel.library.people.hair.scalp import Growth, above_hairline, azimuth_deg
from lichtspiel.library.people.hair.surface import skin_surface
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique, physique
from lichtspiel.library.people.population import complete
from lichtspiel.library.people.rig import about, bones_posed, rest_pose, rotate
from lichtspiel.screenplay import Character, HairStyle, Sex, Wear, Weather

STYLES = sorted(catalogue.hair_styles())
BEARDS = sorted(catalogue.beards())
PARTED = {
    name: style.comb.parting_m
    for name, style in catalogue.hair_styles().items()
    if style.comb.parting_m is not None
}
DETAIL = 0.05


def someone(
    style: str = "short", beard: str = "none", sex: Sex = Sex.FEMALE, age: float = 30.0, height: float = 1.7
) -> Person:
    return Person(
        sex, age, height, 0.0, 0.0, (0.2, 0.3, 0.5), (), "light", "brown", style, "brown", beard, (), seed=11
    )


def hair_of(person: Person, kind: str, detail: float = DETAIL) -> Strands | None:
    found = [strands for strands in strands_of(person, physique(person), detail) if strands.kind == kind]
    return found[0] if found else None


def signed_height(body: Physique, points: Array) -> Array:
    """Metres above the skin, by the plane of its nearest vertex."""
    surface = skin_surface(body)
    used = np.unique(surface.faces)
    near = used[cKDTree(surface.points[used]).query(points)[1]]
    return np.asarray(((points - surface.points[near]) * surface.normals[near]).sum(-1))


@pytest.mark.parametrize("style", STYLES)
def test_hair_of_every_style_is_rooted_in_the_skin_and_stays_out_of_it(style: str) -> None:
    person = someone(style)
    hair = hair_of(person, "scalp")
    if style == "bald":
        assert hair is None
        return
    assert hair is not None
    assert np.isfinite(hair.points).all()
    body = physique(person)
    roots = signed_height(body, hair.points[:, 0])
    assert np.abs(roots).max() < 0.004
    lying = hair.points[:, 2:].reshape(-1, 3)
    height = signed_height(body, lying)
    # Ears are hollow: what passes over them may count as inside by their nearest vertex.
    assert np.mean(height < -0.003) < 0.03
    assert hair.points[..., 2].min() > 0.4 * body.height_m
    assert (hair.radius > 0).all()


@pytest.mark.parametrize("style", [style for style in STYLES if style not in {"bald", "afro"}])
def test_no_hair_of_the_head_hangs_before_the_eyes(style: str) -> None:
    person = someone(style)
    hair = hair_of(person, "scalp")
    assert hair is not None
    body = physique(person)
    for side in "lr":
        centre, radius = body.eye(side)
        off = hair.points - centre
        before = (off[..., 1] < 0) & (np.linalg.norm(off[..., ::2], axis=-1) < 0.8 * radius)
        assert np.mean(before.any(1)) < 0.01


@pytest.mark.parametrize("style", ["ponytail", "bun"])
def test_some_hair_at_the_temples_falls_beside_the_face_where_the_rest_is_tied(style: str) -> None:
    person = someone(style)
    hair = hair_of(person, "scalp", 0.3)
    assert hair is not None
    tips = (hair.points[:, -1] - head_of(physique(person)).eyes) / head_of(physique(person)).scale
    roots = (hair.points[:, 0] - head_of(physique(person)).eyes) / head_of(physique(person)).scale
    beside = (tips[:, 1] < 0.07) & (np.abs(tips[:, 0]) > 0.05) & (tips[:, 2] < 0.0)
    fallen = roots[beside, 2] - tips[beside, 2]
    assert 0.002 < beside.mean() < 0.08
    assert fallen.max() > 0.04


def test_grey_brows_are_darker_than_the_hair_of_the_head() -> None:
    for name in ("grey", "white"):
        person = replace(someone(), hair_colour=name)
        assert max(grows.colour(person, "brow")) < 0.6 * max(grows.colour(person, "scalp"))


def test_pale_brows_do_not_glow_on_dark_skin() -> None:
    for name in ("grey", "white"):
        person = replace(someone(age=70), hair_colour=name, skin="ebony")
        brow = max(
            strands.pale[1]
            for strands in strands_of(person, physique(person), DETAIL)
            if strands.kind == "brow"
        )
        assert max(brow, grows.colour(person, "brow")[1]) < 1.6 * catalogue.skin_tones()["ebony"].rgb[1]


def test_hair_that_is_tied_grows_on_all_of_the_forehead() -> None:
    def share_in_front(style: str) -> float:
        person = someone(style)
        hair, head = hair_of(person, "scalp"), head_of(physique(person))
        assert hair is not None
        roots = (hair.points[:, 0] - head.eyes) / head.scale
        return float((azimuth_deg(roots) < 50).mean())

    loose = share_in_front("short")
    for style in (name for name, entry in catalogue.hair_styles().items() if entry.tie):
        assert share_in_front(style) > 0.9 * loose, style


def test_a_hair_style_reads_at_a_glance() -> None:
    def reach(style: str) -> float:
        hair = hair_of(someone(style), "scalp")
        assert hair is not None
        return float(np.linalg.norm(np.diff(hair.points, axis=1), axis=2).sum(1).mean())

    assert reach("buzz") < 0.01 < reach("short") < 0.07 < reach("bob") < 0.3 < reach("long_straight")


def test_fewer_hairs_are_the_same_ones_but_thicker() -> None:
    few, more = (hair_of(someone("long_wavy"), "scalp", detail) for detail in (0.02, 0.06))
    assert few is not None
    assert more is not None
    count = len(few.points)
    assert count < len(more.points) / 2
    np.testing.assert_allclose(few.points[:, 0], more.points[:count, 0], atol=1e-4)
    assert np.linalg.norm(few.points - more.points[:count], axis=2).mean() < 0.003
    assert (few.radius > more.radius[:count]).all()


def test_hairs_drawn_for_many_stray_less() -> None:
    def wiry(detail: float) -> float:
        hair = hair_of(someone("long_straight"), "scalp", detail)
        assert hair is not None
        points = hair.points[:200, ::4]
        return float(np.linalg.norm(np.diff(points, 2, axis=1), axis=2).mean())

    assert wiry(0.015) < 0.9 * wiry(0.5)


def test_a_hair_that_runs_far_from_all_others_is_alone_however_many_are_drawn() -> None:
    rng = np.random.default_rng(3)
    roots = np.hstack([rng.uniform(0, 0.03, (300, 2)), np.zeros((300, 1))])
    hairs = roots[:, None] + np.linspace(0, 0.3, 20)[None, :, None] * np.array([0.0, 0.0, -1.0])
    wires = np.array([7, 150, 290])
    hairs[wires, :, 0] += np.linspace(0, 0.2, 20)
    hairs[wires, :, 1] += np.arange(3)[:, None] * np.linspace(0, 0.1, 20)
    for drawn in (300, 160, 20):
        lone = spread.alone(hairs[:drawn], hairs[:200])
        assert np.flatnonzero(lone).tolist() == wires[wires < drawn].tolist()
    thin = hairs[::20] * [12.0, 12.0, 1.0]
    assert not spread.alone(thin, thin).any()


def test_the_same_person_has_the_same_hair() -> None:
    first, second = (hair_of(someone("curly_short"), "scalp") for _ in range(2))
    assert first is not None
    assert second is not None
    np.testing.assert_array_equal(first.points, second.points)


def test_long_hair_goes_with_the_head_above_and_with_the_back_below() -> None:
    hair = hair_of(someone("long_straight"), "scalp")
    assert hair is not None
    tips = hair.follow[:, -1]
    assert np.median(tips) < 0.2
    assert np.median(hair.follow[:, 0]) == 1.0
    assert (np.diff(hair.follow, axis=1) < 0.35).all()


@pytest.mark.parametrize("beard", BEARDS)
def test_beards_grow_on_the_lower_face_only(beard: str) -> None:
    person = someone("short", beard, Sex.MALE, 45.0, 1.8)
    hair = hair_of(person, "beard", 0.3)
    if beard == "none":
        assert hair is None
        return
    assert hair is not None
    body = physique(person)
    eyes = (body.eye("l")[0] + body.eye("r")[0]) / 2
    assert hair.points[:, 0, 2].max() < eyes[2] + 0.002
    # The plane of the nearest vertex is no more than near the skin where that bends sharply.
    assert np.percentile(np.abs(signed_height(body, hair.points[:, 0])), 95) < 0.002


def test_a_full_beard_covers_the_chin_and_leaves_the_lips_free() -> None:
    full = catalogue.beards()["full_beard"]
    chin, lips, cheek, forehead = np.array(
        [[0.0, -0.02, -0.095], [0.0, -0.03, -0.066], [0.04, 0.02, -0.02], [0.0, -0.03, 0.05]]
    )
    assert beard_lengths(chin, full) > 0.03
    assert beard_lengths(lips, full) == 0
    assert beard_lengths(cheek, full) == 0
    assert beard_lengths(forehead, full) == 0


def test_men_have_thicker_brows_than_women_and_children_the_finest() -> None:
    def hairs(person: Person) -> int:
        brows = hair_of(person, "brow")
        assert brows is not None
        return len(brows.points)

    man, woman = hairs(someone(sex=Sex.MALE, height=1.8)), hairs(someone(sex=Sex.FEMALE))
    child = hairs(someone(sex=Sex.MALE, age=6.0, height=1.15))
    assert man > woman > child


def test_hair_of_children_begins_lower_over_the_forehead() -> None:
    forehead = np.array([0.0, -0.03, 0.068])
    style = catalogue.hair_styles()["bob"]
    child, woman = (
        grows.growth(someone("bob", age=age, height=height), style)
        for age, height in ((5.0, 1.1), (30.0, 1.7))
    )
    assert above_hairline(forehead, woman) < 0 < above_hairline(forehead, child)


def test_a_hairline_recedes_and_a_crown_thins_with_age() -> None:
    temple = np.array([0.055, -0.005, 0.075])
    assert above_hairline(temple, Growth()) > above_hairline(temple, Growth(recession=0.5))
    young, old = (someone("balding", sex=Sex.MALE, age=age, height=1.8) for age in (30.0, 70.0))
    full = hair_of(someone("short", sex=Sex.MALE, height=1.8), "scalp")
    for person in (young, old):
        thin = hair_of(person, "scalp")
        assert full is not None
        assert thin is not None
        assert len(thin.points) < 0.7 * len(full.points)


def test_hair_thins_out_towards_its_line_at_the_temples_as_well() -> None:
    # On a scalp's own slope: from the corner of the forehead straight to the side.
    across = np.stack([np.linspace(0.060, 0.078, 40), np.full(40, 0.02), np.full(40, 0.03)], -1)
    inside = above_hairline(across, Growth())
    assert np.abs(np.diff(inside)).max() < 1.3 * np.linalg.norm(np.diff(across, axis=0), axis=1).max()


def test_a_moustache_thins_out_to_its_ends_and_leaves_the_corners_of_the_mouth() -> None:
    person = someone("short", beard="moustache")
    hair = hair_of(person, "beard", 1.0)
    assert hair is not None
    head = head_of(physique(person))
    places = (hair.points - head.eyes) / head.scale
    lengths = np.linalg.norm(np.diff(places, axis=1), axis=2).sum(1)
    middle, ends = (np.abs(places[:, 0, 0]) < 0.015), (np.abs(places[:, 0, 0]) > 0.024)
    assert np.median(lengths[ends]) < 0.75 * np.median(lengths[middle])
    assert ends.sum() / 0.010 < 0.5 * middle.sum() / 0.015
    assert (places[..., 2] < -0.074).any(1).mean() < 0.02


def test_grey_comes_with_age() -> None:
    hair = HairStyle(style="short", beard="none")
    ages = (Character(id="who", seed=11, age_years=years, hair=hair) for years in (20.0, 70.0))
    young, old = (hair_of(complete(who, 1, 0, Weather.CLEAR), "scalp") for who in ages)
    assert young is not None
    assert old is not None
    assert young.grey == 0
    assert old.grey > 0.3


def test_the_head_of_a_child_is_smaller() -> None:
    child, adult = (
        head_of(physique(someone(age=age, height=height))) for age, height in ((4, 1.0), (30, 1.7))
    )
    assert 0.7 < child.scale < 0.97 * adult.scale
    assert azimuth_deg(np.array([0.0, -0.1, 0.0])) == pytest.approx(0.0)


@pytest.mark.parametrize("style", ["long_straight", "long_curly"])
def test_long_hair_does_not_meet_before_the_chest(style: str) -> None:
    person = someone(style)
    hair = hair_of(person, "scalp")
    assert hair is not None
    head = head_of(physique(person))
    tips = hair.points[:, -1]
    before = tips[(tips[:, 1] < head.eyes[1] + 0.06) & (tips[:, 2] < head.eyes[2] - 0.2)]
    aside = np.abs(before[:, 0] - head.eyes[0])
    assert len(before) > 50
    assert np.median(aside) > 0.07
    assert np.mean(aside < 0.03) < 0.1


def test_a_cropped_head_is_not_grain() -> None:
    cropped, long = (hair_of(someone(style, age=60.0), "scalp") for style in ("buzz", "long_straight"))
    assert cropped is not None
    assert long is not None
    assert cropped.dull > 0.7
    assert long.dull < 0.3


def test_an_afro_has_an_edge() -> None:
    person = someone("afro", age=30.0)
    hair = hair_of(person, "scalp", 0.2)
    assert hair is not None
    reach = np.linalg.norm(hair.points[:, -1] - hair.points[:, 0], axis=1)
    above = hair.points[:, 0, 2] > np.quantile(hair.points[:, 0, 2], 0.8)
    assert np.ptp(np.quantile(reach[above], (0.1, 0.9))) < 0.2 * np.median(reach[above])
    assert (hair.radius[:, -1] > hair.radius[:, 0]).all()


@pytest.mark.parametrize("style", sorted(PARTED))
def test_hair_lies_down_at_the_front_of_its_parting(style: str) -> None:
    person = someone(style)
    hair = hair_of(person, "scalp", 0.4)
    assert hair is not None
    body = physique(person)
    head = head_of(body)
    x, y, z = np.moveaxis((hair.points[:, 0] - head.eyes) / head.scale, -1, 0)
    front = hair.points[(np.abs(x - PARTED[style]) < 0.015) & (y < 0.045) & (z > 0.06)]
    away = np.linalg.norm(front - front[:, :1], axis=2)
    near = front[(away > 0.005) & (away < 0.02)]
    assert np.median(signed_height(body, near)) < 0.008, "no one looks under it"


def test_hairs_that_fly_away_are_thin() -> None:
    hair = hair_of(someone("long_straight"), "scalp", 0.2)
    assert hair is not None
    thin = np.mean(hair.radius[:, 0] < 0.5 * np.median(hair.radius[:, 0]))
    assert 0.005 < thin < 0.15


def test_a_braid_lies_on_the_chest_of_who_nods() -> None:
    person = someone("braid")
    body, hair = physique(person), hair_of(person, "scalp")
    assert hair is not None
    rig, pose = body.rig, rest_pose(body.rig)
    for bone in ("neck01", "neck02", "neck03", "head"):
        pose[rig.index(bone)] = about((1, 0, 0), 0.22)
    heads, turns = bones_posed(rig, np.zeros(3), pose)
    skull, follow = rig.index("head"), hair.follow[..., None]
    nodded = rotate(turns[skull], hair.points - rig.heads[skull]) + heads[skull]
    points = follow * nodded + (1 - follow) * hair.points
    chest = points[points[..., 2] < head_of(body).eyes[2] - 0.19]
    assert np.mean(signed_height(body, chest) < 0) < 0.06


@pytest.mark.parametrize("garment", ["sweater", "winter_jacket"])
def test_long_hair_lies_on_clothes_and_not_in_them(garment: str) -> None:
    person = replace(someone("long_straight"), wears=(Wear(garment=garment),))
    worn = figures.garments_of(person)
    (hair,) = (s for s in strands_of(person, physique(person), DETAIL, worn) if s.kind == "scalp")
    cloth = worn[0].mesh.vertices
    normals = Surface(worn[0].mesh).normals(cloth)
    low = hair.points[hair.points[..., 2] < head_of(physique(person)).eyes[2] - 0.22]
    near = cKDTree(cloth).query(low)[1]
    height = ((low - cloth[near]) * normals[near]).sum(1)
    assert np.mean(height < -0.002) < 0.08
