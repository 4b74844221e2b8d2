"""People that the screenplay leaves open are plausible, diverse, dressed and themselves."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from scipy.spatial import ConvexHull

from lichtspiel.library import catalogue
from lichtspiel.library.people import face, faces, likeness
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.growth import height_m
from lichtspiel.library.people.hair.scalp import ear_vertices, place
from lichtspiel.library.people.kinship import families
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.population import complete, populate
from lichtspiel.screenplay import Character, HairStyle, Sex, Wear, Weather

ANYONE = Character(id="someone", role="person", count=200)


def crowd(count: int = 120, weather: Weather = Weather.CLEAR, cold: bool = False) -> list[Person]:
    return [complete(ANYONE, 7, index, weather, cold) for index in range(count)]


def test_the_same_character_is_the_same_person() -> None:
    detective = Character(id="detective", role="detective", seed=5)
    first = complete(detective, 1, 0, Weather.CLEAR)
    assert complete(detective, 99, 0, Weather.CLEAR) == first
    again = complete(detective, 1, 0, Weather.SNOW)
    assert replace(again, wears=first.wears) == first


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"skin": "tan"}, "skin"),
        ({"eyes": "green"}, "eyes"),
        ({"build": 0.8}, "build"),
        ({"hair": HairStyle(style="bob")}, "hair_style"),
        ({"hair": HairStyle(colour="red")}, "hair_colour"),
        ({"face": {"nose_hump": 0.7}}, "traits"),
        ({"height_m": 1.8}, "height_m"),
    ],
)
def test_a_field_set_by_hand_changes_no_other(change: dict[str, object], field: str) -> None:
    plain = Character(id="who", role="woman", features="european", skin="light", eyes="brown")
    plain = plain.model_copy(update={"hair": HairStyle(colour="brown", style="bun")})
    merged = change
    if isinstance(hair := change.get("hair"), HairStyle):
        merged = {"hair": plain.hair.model_copy(update=hair.model_dump(exclude_none=True))}
    before = complete(plain, 3, 0, Weather.CLEAR)
    after = complete(plain.model_copy(update=merged), 3, 0, Weather.CLEAR)
    differing = {f.name for f in fields(Person) if getattr(before, f.name) != getattr(after, f.name)}
    assert differing == {field}


def test_a_crowd_is_diverse() -> None:
    people = crowd()
    assert 0.35 < sum(person.sex is Sex.FEMALE for person in people) / len(people) < 0.65
    assert len({person.skin for person in people}) >= 7
    assert len({person.hair_style for person in people}) >= 12
    assert len({person.eyes for person in people}) >= 6
    assert max(max(person.features) for person in people) > 0.95


def test_eyes_and_hair_go_with_the_skin() -> None:
    for person in crowd():
        tones = catalogue.eye_colours()[person.eyes].tones
        assert tones.get(person.skin, 0.0) > 0
        if person.hair_colour not in ("grey", "white"):
            assert catalogue.hair_colours()[person.hair_colour].tones.get(person.skin, 0.0) > 0


def test_a_colour_of_hair_that_is_told_is_all_of_it_unless_a_share_of_grey_is_told_as_well() -> None:
    of_sixty = Character(id="who", role="woman", age_years=60)

    def grey(**hair: str | float) -> float:
        return complete(
            of_sixty.model_copy(update={"hair": HairStyle.model_validate(hair)}), 3, 0, Weather.CLEAR
        ).grey

    assert grey(style="bob") > 0.1
    assert grey(colour="black") == 0
    assert grey(colour="black", grey=0.2) == 0.2


def test_hair_greys_with_age() -> None:
    old = [complete(replace_age(80), 1, index, Weather.CLEAR) for index in range(30)]
    young = [complete(replace_age(25), 1, index, Weather.CLEAR) for index in range(30)]
    assert sum(person.hair_colour in ("grey", "white") for person in old) >= 27
    assert not any(person.hair_colour in ("grey", "white") for person in young)


def replace_age(years: float) -> Character:
    return ANYONE.model_copy(update={"age_years": years})


def test_heights_follow_the_growth_of_children_and_the_loss_of_age() -> None:
    assert height_m(Sex.MALE, 2, 0) == pytest.approx(0.871)
    assert height_m(Sex.FEMALE, 10, 0) == pytest.approx(1.386)
    assert height_m(Sex.MALE, 30, 0) == pytest.approx(1.765)
    assert height_m(Sex.FEMALE, 80, 0) < height_m(Sex.FEMALE, 30, 0) - 0.05


def test_everyone_is_dressed_whatever_is_left_out() -> None:
    characters = [
        *(Character(id="a", role=role) for role in catalogue.roles()),
        *(Character(id="a", role=role, wears_not=("top", "bottom", "whole")) for role in ("child", "woman")),
        Character(id="a", role="girl", wears=(Wear(garment="cap"),)),
        Character(id="a", role="child", wears=(Wear(garment="swim_trunks"),)),
    ]
    garments = catalogue.garments()
    for character in characters:
        for sex in Sex:
            dressed = character.model_copy(update={"sex": sex})
            worn = complete(dressed, 1, 0, Weather.CLEAR).wears
            kinds = {garments[wear.garment].kind for wear in worn}
            assert worn[0].garment == "underwear" or garments[worn[0].garment].on_bare_skin
            assert kinds & {"bottom", "whole"}
            trunks = any(wear.garment == "swim_trunks" for wear in worn)
            assert kinds & {"top", "whole"} or (trunks and sex is Sex.MALE)


def test_what_was_asked_for_is_worn_with_what_goes_with_it() -> None:
    woman = Character(id="a", role="woman", wears=(Wear(garment="evening_dress", colour="red"),))
    worn = {wear.garment: wear for wear in complete(woman, 1, 0, Weather.CLEAR).wears}
    assert worn["evening_dress"].colour == "red"
    kinds = [catalogue.garments()[name].kind for name in worn]
    assert "footwear" in kinds
    assert "top" not in kinds
    assert "bottom" not in kinds


def test_a_suit_comes_with_a_shirt() -> None:
    man = Character(id="a", role="man", wears=(Wear(garment="suit_jacket"), Wear(garment="suit_trousers")))
    worn = [wear.garment for wear in complete(man, 1, 0, Weather.CLEAR).wears]
    assert "dress_shirt" in worn
    assert worn.index("dress_shirt") < worn.index("suit_jacket")


def test_people_dress_for_the_weather() -> None:
    cold = crowd(40, cold=True)
    assert all({"winter_jacket", "coat"} & {wear.garment for wear in one.wears} for one in cold)
    wet = crowd(40, Weather.RAIN)
    assert all({"rain_jacket", "trench_coat"} & {wear.garment for wear in one.wears} for one in wet)


def test_a_team_is_dressed_alike() -> None:
    team = Character(id="team", role="football_player", count=11)
    jerseys = {
        next(wear for wear in complete(team, 4, index, Weather.CLEAR).wears if wear.garment == "jersey")
        for index in range(11)
    }
    assert len(jerseys) == 1


def test_every_role_names_what_the_library_holds() -> None:
    for role in catalogue.roles().values():
        assert {g for outfit in role.outfits for c in outfit.wears for g in c.any} <= set(
            catalogue.garments()
        )
        assert {c for o in role.outfits for w in o.wears for c in w.colours} <= set(catalogue.colours())
        assert set(role.hair) <= set(catalogue.hair_styles())
        assert set(role.beards) <= set(catalogue.beards())
        assert role.home is None or role.home in catalogue.places()


def test_every_trait_moves_the_body() -> None:
    known = set(load().target_names)
    for trait in catalogue.traits().values():
        assert {*trait.more, *trait.less} <= known


def test_no_two_people_of_a_film_are_confusable() -> None:
    people = populate([Character(id="crowd", role="baby", count=8)], 2, Weather.CLEAR)["crowd"]
    apart = [likeness.distance_m(a, b) for n, a in enumerate(people) for b in people[:n]]
    assert min(apart) >= likeness.CONFUSABLE_M
    assert np.array_equal(likeness.landmarks(people[0]), likeness.landmarks(people[0]))


def _family(seed: int) -> dict[str, Person]:
    roles = ("mother", "daughter", "grandmother", "waiter", "father")
    cast = [Character(id=role, role=role, age_years=30.0) for role in roles]
    return {role: group[0] for role, group in populate(cast, seed, Weather.CLEAR).items()}


def test_relatives_are_alike_and_strangers_are_not() -> None:
    kin = families([Character(id=role, role=role) for role in ("mother", "daughter", "father")], 3)
    alike, strange = [], []
    for seed in range(12):
        mother, daughter = (
            faces.drawn({}, Sex.FEMALE, 30.0, seed + at, kin[role])
            for at, role in ((0, "mother"), (100, "daughter"))
        )
        stranger = faces.drawn({}, Sex.FEMALE, 30.0, seed + 200)
        names = list(mother)
        alike.append(np.corrcoef([mother[n] for n in names], [daughter[n] for n in names])[0, 1])
        strange.append(np.corrcoef([mother[n] for n in names], [stranger[n] for n in names])[0, 1])
    assert np.mean(alike) > np.mean(strange) + 0.2


def test_a_family_has_one_skin_and_a_stranger_beside_it_does_not_need_to() -> None:
    films = [_family(seed) for seed in range(8)]
    assert all(film["mother"].skin == film["daughter"].skin == film["grandmother"].skin for film in films)
    assert any(film["waiter"].skin != film["mother"].skin for film in films)


def test_a_child_alone_and_a_character_with_a_seed_are_nobodys_relatives() -> None:
    assert families([Character(id="a", role="boy"), Character(id="b", role="girl")], 1) == {}
    cast = [Character(id="m", role="mother", seed=5), Character(id="b", role="baby")]
    assert set(families(cast, 1)) == {"b"}


def test_children_have_a_childs_head_and_eyes() -> None:
    def head_and_eyes(age_years: float) -> tuple[float, float]:
        found = []
        for seed in range(4):
            who = complete(Character(id="a", seed=seed, age_years=age_years), 0, 0, Weather.CLEAR)
            body = physique(who)
            centre, radius = body.eye("l")
            above = body.height_m - centre[2]
            found.append((2 * above / body.height_m, radius))
        return float(np.mean([head for head, _ in found])), float(np.mean([eye for _, eye in found]))

    (child, child_eye), (adult, adult_eye) = head_and_eyes(6.0), head_and_eyes(30.0)
    # Snyder et al., 1977: heads are a sixth of the height at six years, more than a fifth more than later.
    assert child > 1.2 * adult
    # Eyes are nearly grown by then, in a face that is not (Bach et al., 2019).
    assert 0.85 * adult_eye < child_eye < 1.06 * adult_eye


@pytest.mark.parametrize(
    ("sex", "age_years", "girth_m"),
    [
        # WHO child growth standards (2, 5), Nellhaus 1968 (10), Bushby et al. 1992 (adults): medians.
        (Sex.MALE, 2.0, 0.483),
        (Sex.FEMALE, 2.0, 0.472),
        (Sex.MALE, 5.0, 0.507),
        (Sex.FEMALE, 5.0, 0.499),
        (Sex.MALE, 10.0, 0.532),
        (Sex.FEMALE, 10.0, 0.525),
        (Sex.MALE, 30.0, 0.572),
        (Sex.FEMALE, 30.0, 0.552),
    ],
)
def test_heads_are_as_large_as_measured_ones(sex: Sex, age_years: float, girth_m: float) -> None:
    basis = load()
    body = np.setdiff1d(basis.group("body"), ear_vertices())
    head = body[place(basis.vertices[body])[:, 2] > -0.1]
    girths = []
    for seed in range(4):
        who = complete(Character(id="a", seed=seed, sex=sex, age_years=age_years), 0, 0, Weather.CLEAR)
        skin = physique(who).vertices[head]
        brow = physique(who).eye("l")[0][2]
        levels = brow + np.array([0.3, 0.4, 0.5]) * (skin[:, 2].max() - brow)
        slices = [skin[np.abs(skin[:, 2] - level) < 0.008, :2] for level in levels]
        girths.append(max(ConvexHull(part).area for part in slices))
    assert np.mean(girths) == pytest.approx(girth_m, rel=0.045)


def test_no_drawn_child_is_as_tall_as_one_years_older() -> None:
    heights = [
        complete(Character(id="a", seed=seed, role="child"), 0, 0, Weather.CLEAR).height_m
        for seed in range(60)
    ]
    # A boy of nine is 1.33 m, of eleven 1.43 m (WHO).
    assert max(heights) < 1.43


def test_old_faces_at_rest_are_not_grim() -> None:
    def drawn(age_years: float) -> dict[str, float]:
        people = [
            complete(Character(id="a", seed=seed, sex=Sex.MALE, age_years=age_years), 0, 0, Weather.CLEAR)
            for seed in range(12)
        ]
        rests = [face.resting(person) for person in people]
        return {name: float(np.mean([rest.get(name, 0.0) for rest in rests])) for name in rests[0]}

    old = drawn(80.0)
    assert old.get("mouthFrownLeft", 0.0) == 0
    assert old["browDownLeft"] < 0.03 < old["browInnerUp"]
    assert old["mouthSmileLeft"] > 0.05
