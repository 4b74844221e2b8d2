"""What of people is worth showing at the size at which they are seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("bpy")

from lichtspiel.library.people.basis import load
from lichtspiel.library.people.person import Person
from lichtspiel.picture.people.closeness import CLOSE, FAR, NEAR, Closeness
from lichtspiel.picture.people.texels import texels
from lichtspiel.picture.people.undergrowth import grown_over
from lichtspiel.screenplay import Sex

SIZE = 256


def man(beard: str, hair: str = "short") -> Person:
    return Person(Sex.MALE, 40, 1.8, 0, 0, (0, 0, 1), (), "fair", "blue", hair, "black", beard, (), seed=3)


def test_nobody_gets_more_than_their_size_in_the_picture_shows() -> None:
    for near, far in ((CLOSE, NEAR), (NEAR, FAR)):
        assert near.texels > far.texels
        assert near.subdivisions >= far.subdivisions
        assert near.hair_share > 2 * far.hair_share
    assert CLOSE.lashes
    assert CLOSE.scatters
    assert not FAR.lashes
    assert not FAR.face_moves


def test_small_changes_of_size_grow_the_same_hair() -> None:
    assert Closeness(200.0).hair_share == Closeness(203.0).hair_share


def test_skin_below_beard_hair_and_brows_is_dark_and_elsewhere_it_stays() -> None:
    skin = texels(SIZE).part(np.isin(texels(SIZE).faces, load().faces_of("body")))
    bare = np.full((len(skin.covered), 3), 0.5)
    bearded = grown_over(man("full_beard"), skin, bare)[:, 1]
    shaven = grown_over(man("none", "bald"), skin, bare)[:, 1]

    def at(x: float, z: float) -> np.ndarray:
        front = (np.abs(np.abs(skin.face[:, 0]) - x) < 0.15) & (np.abs(skin.face[:, 2] - z) < 0.15)
        return front & (skin.face[:, 1] > 0)

    chin, forehead, brow = at(0.1, -3.0), at(0.2, 1.5), at(1.0, 0.62)
    assert np.median(bearded[chin]) < 0.25
    np.testing.assert_allclose(shaven[chin], 0.5)
    np.testing.assert_allclose(bearded[forehead], 0.5)
    assert shaven[brow].min() < 0.42


def test_the_scalp_that_a_parting_shows_greys_with_its_hair() -> None:
    skin = texels(SIZE).part(np.isin(texels(SIZE).faces, load().faces_of("body")))
    bare = np.full((len(skin.covered), 3), 0.5)
    young, old = (grown_over(replace(man("none"), grey=grey), skin, bare)[:, 1].min() for grey in (0.0, 0.5))
    assert young < 0.03
    assert old > 0.1


def test_pores_smaller_than_a_pixel_are_not_drawn_as_grain() -> None:
    head_to_foot, near, portrait = (Closeness(px).pores for px in (100.0, 300.0, 480.0))
    assert head_to_foot == 0.0
    assert head_to_foot < near < portrait
    assert portrait > 0.7
