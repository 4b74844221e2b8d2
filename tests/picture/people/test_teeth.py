from dataclasses import replace

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")

from lichtspiel.library.asset import Array  # noqa: E402
from lichtspiel.library.people import face  # noqa: E402
from lichtspiel.library.people.basis import load  # noqa: E402
from lichtspiel.library.people.person import Person  # noqa: E402
from lichtspiel.library.people.physique import Physique, physique  # noqa: E402
from lichtspiel.picture.people.teeth import add_teeth  # noqa: E402
from lichtspiel.picture.settings import new_scene  # noqa: E402
from lichtspiel.screenplay import Sex  # noqa: E402

pytestmark = pytest.mark.render

PERSON = Person(Sex.FEMALE, 25, 1.7, 0, 0, (0, 0, 1), (), "fair", "blue", "bob", "brown", "none", (), seed=3)
OPEN = 0.3
RIM_M = 0.0012
"""Half the width of the strip about a face's middle."""


def opened(body: Physique, share: float) -> Array:
    """Vertices of the basis with the jaw so far open."""
    index, deltas = face.shapes(body, ["jawOpen"])["jawOpen"]
    moved = body.vertices.copy()
    moved[index] += share * deltas
    return moved


def crowns(person: Person, body: Physique) -> dict[str, tuple[Array, np.ndarray]]:
    """Vertices (N, 3) of each jaw's teeth at rest and the vertices of the basis that they go with."""
    return {
        thing.name.split("/")[1].split()[0]: (np.array([v.co[:] for v in thing.data.vertices]), held)
        for thing, held in add_teeth(new_scene(), "anna", person, body)
        if thing.name.endswith("teeth")
    }


def shown(person: Person, share: float = OPEN) -> tuple[float, float]:
    """How much of the upper and of the lower front teeth is seen with the jaw so far open, in metres."""
    body = physique(person)
    rest, parted = body.vertices, opened(body, share)
    skin = np.unique(load().faces[load().faces_of("body")])
    teeth = crowns(person, body)
    front = teeth["upper"][0][:, 1].min()
    edge = teeth["upper"][0][np.abs(teeth["upper"][0][:, 0]) < 0.01][:, 2].min()
    lips = skin[
        (np.abs(rest[skin, 0]) < RIM_M) & (rest[skin, 1] < front) & (np.abs(rest[skin, 2] - edge) < 0.03)
    ]
    drop = (parted - rest)[lips, 2]
    above, below = parted[lips[drop > -0.002], 2].min(), parted[lips[drop < -0.004], 2].max()
    middles = {}
    for jaw, (points, held) in teeth.items():
        middles[jaw] = (points + (parted - rest)[held])[np.abs(points[:, 0]) < 0.004, 2]
    return float(above - middles["upper"].min()), float(middles["lower"].max() - below)


def test_parted_young_lips_show_more_of_the_upper_teeth_than_of_the_lower() -> None:
    upper, lower = shown(PERSON)
    assert upper > lower
    assert 0.001 < upper < 0.004


def test_old_lips_show_less_of_the_upper_teeth() -> None:
    assert shown(replace(PERSON, age_years=75))[0] < shown(PERSON)[0]


def test_teeth_have_the_size_of_teeth_in_a_wide_mouth() -> None:
    for seed in (3, 4):
        person = replace(PERSON, seed=seed, age_years=70, sex=Sex.MALE, height_m=1.9)
        points, _ = crowns(person, physique(person))["lower"]
        front = points[points[:, 0] > 0][:112]
        assert 0.0045 < np.ptp(front[:, 0]) < 0.0065


def test_an_open_mouth_is_dark_above_the_tongue() -> None:
    body = physique(PERSON)
    tongue, roof = load().group("helper-tongue"), load().group("helper-upper-teeth")
    rest, wide = body.vertices, opened(body, 1.0)
    gap = [points[roof, 2].mean() - points[tongue, 2].max() for points in (rest, wide)]
    assert gap[1] > gap[0] + 0.008


def test_a_surprised_mouth_shows_no_bar_of_lower_teeth() -> None:
    upper, lower = shown(PERSON, 0.5)
    assert upper > 0.0005
    assert -0.002 < lower < 0.001
