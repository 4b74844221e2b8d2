import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from lichtspiel.library.asset import Array
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.person import Person
from lichtspiel.packs import install, store
from lichtspiel.packs.pack import packs
from lichtspiel.picture.people import creases, grain, hands, pigment
from lichtspiel.picture.people.fields import blob
from lichtspiel.picture.people.skinmaps import skin_maps
from lichtspiel.picture.people.texels import Texels, texels
from lichtspiel.screenplay import Sex

type Mask = NDArray[np.bool_]
SIZE = 256
WOMAN = Person(Sex.FEMALE, 30, 1.7, 0, 0, (0, 0, 1), (), "fair", "blue", "bob", "brown", "none", (), seed=3)


def luminance(colour: NDArray[np.floating[Any]]) -> Array:
    return np.asarray(colour @ np.array([0.2126, 0.7152, 0.0722]))


@pytest.fixture(scope="module")
def whole() -> Texels:
    return texels(SIZE)


@pytest.fixture(scope="module")
def cheek(whole: Texels) -> Mask:
    return np.asarray(blob(whole.face, (1.3, 0.5, -1.1), (0.3, 0.6, 0.3)) > 0.7)


def test_texels_lie_on_the_body(whole: Texels) -> None:
    vertices = load().vertices[load().group("body")]
    assert (whole.place >= vertices.min(0) - 1e-3).all()
    assert (whole.place <= vertices.max(0) + 1e-3).all()
    assert np.allclose(np.linalg.norm(whole.normal, axis=1), 1, atol=1e-3)


def test_the_head_is_a_part_of_the_whole(whole: Texels) -> None:
    head = texels(SIZE, "head")
    assert 0.1 < len(head.covered) / len(whole.covered) < 0.5
    assert head.face[:, 2].min() > -7


@pytest.mark.parametrize("tone", ["fair", "ebony"])
def test_lips_are_redder_than_cheeks_on_every_tone(whole: Texels, cheek: Mask, tone: str) -> None:
    colour = pigment.albedo(replace(WOMAN, skin=tone), whole)
    lips = whole.mask("lips") > 0.9
    redness = colour[:, 0] / colour[:, 1]
    assert np.median(redness[lips]) > 1.1 * np.median(redness[cheek])


def test_tones_keep_their_order_from_fair_to_dark(whole: Texels, cheek: Mask) -> None:
    seen = [
        luminance(pigment.albedo(replace(WOMAN, skin=tone), whole)[cheek]).mean()
        for tone in ("porcelain", "light", "tan", "brown", "ebony")
    ]
    assert seen == sorted(seen, reverse=True)


def test_palms_of_dark_hands_are_light(whole: Texels) -> None:
    colour = pigment.albedo(replace(WOMAN, skin="dark"), whole)
    palms = hands.palms(whole) > 0.9
    arms = (np.abs(whole.place[:, 0]) > 0.25) & (np.abs(whole.place[:, 0]) < 0.35)
    assert luminance(colour[palms]).mean() > 1.6 * luminance(colour[arms]).mean()


def test_lines_deepen_with_age(whole: Texels) -> None:
    face = blob(whole.face, (0.7, 0.8, -0.5), (1.2, 0.8, 2.0)) > 0.4
    rough = [creases.relief(replace(WOMAN, age_years=age), whole)[face].std() for age in (6.0, 35.0, 85.0)]
    assert rough[0] < rough[1] < rough[2]


def test_a_shaven_man_shows_where_his_beard_would_be(whole: Texels) -> None:
    jaw = pigment.beard_region(whole.face) > 0.9
    man = pigment.albedo(replace(WOMAN, sex=Sex.MALE, hair_colour="black"), whole)
    boy = pigment.albedo(replace(WOMAN, sex=Sex.MALE, hair_colour="black", age_years=9), whole)
    assert luminance(man[jaw]).mean() < 0.97 * luminance(boy[jaw]).mean()


def test_the_same_person_has_the_same_skin_and_another_has_another() -> None:
    visible = load().faces_of("body")
    first, again, other = (skin_maps(p, SIZE, visible) for p in (WOMAN, WOMAN, replace(WOMAN, seed=4)))
    assert (first.colour == again.colour).all()
    assert (first.surface == again.surface).all()
    assert (first.colour != other.colour).mean() > 0.1


def test_a_picture_of_a_face_replaces_the_drawn_skin(tmp_path: Path) -> None:
    Image.new("RGB", (64, 64), (10, 200, 30)).save(tmp_path / "face.png")
    person = replace(WOMAN, face_texture=str(tmp_path / "face.png"))
    assert (skin_maps(person, SIZE, load().faces_of("body")).colour == (10, 200, 30)).all()


def test_photographed_grain_is_on_cheeks_and_not_on_lips(
    whole: Texels, cheek: Mask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LICHTSPIEL_PACKS", str(tmp_path))
    assert grain.grained(whole).std() == 0
    assert grain.sort() == ""
    pack = packs()[grain.PACK]
    (tmp_path / pack.id).mkdir()
    mark = {"package": pack.package, "version": pack.version, "sha256": pack.sha256, "form": install.FORM}
    (tmp_path / pack.id / install.MARK).write_text(json.dumps(mark))
    pixels = np.random.default_rng(1).integers(60, 200, (SIZE, SIZE, 3)).astype(np.uint8)
    Image.fromarray(pixels).save(store.content(pack.id, install.MARK).with_name("grain.png"))
    found = grain.grained(whole)
    assert found[cheek].std() > 0.04
    assert found[whole.mask("lips") > 0.99].std() < 0.01
    assert np.abs(found - 1).max() < 0.2
    assert grain.sort() == pack.sha256


def test_nails_are_pinker_than_a_fair_hand_and_lighter_than_a_dark_one() -> None:
    hand = texels(1024, "hands")
    nails = hand.mask("fingernails") > 0.9
    back = (hands.backs(hand) > 0.9) & (hands.knuckles(hand) < 0.1) & (hands.fingertips(hand) < 0.1)
    fair, dark = (pigment.albedo(replace(WOMAN, skin=tone), hand) for tone in ("fair", "dark"))
    assert np.median(fair[nails, 0] / fair[nails, 1]) > 1.05 * np.median(fair[back, 0] / fair[back, 1])
    assert luminance(dark[nails]).mean() > 1.4 * luminance(dark[back]).mean()


def test_veins_and_tendons_of_the_old_stand_out_on_the_backs_of_their_hands() -> None:
    hand = texels(1024, "hands")
    back = (hands.backs(hand) > 0.9) & (hands.knuckles(hand) < 0.1)
    child, grown, old = (hands.relief(replace(WOMAN, age_years=age), hand)[back].std() for age in (6, 35, 80))
    assert child < 0.5 * grown < 0.5 * old


def test_the_hands_are_a_part_of_the_whole_with_all_their_nails(whole: Texels) -> None:
    hand = texels(SIZE, "hands")
    nails = np.unique(whole.faces[whole.mask("fingernails") > 0.9])
    assert np.isin(nails, hand.faces).all()
    assert 0.01 < len(hand.covered) / len(whole.covered) < 0.1
    for sign in (-1, 1):
        assert 0.4 < (sign * hand.place[:, 0] > 0.3).mean() < 0.6
