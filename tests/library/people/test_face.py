from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy.spatial import cKDTree

from lichtspiel.library import catalogue
from lichtspiel.library.people import face
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import physique
from lichtspiel.screenplay import Expression, Sex

PERSON = Person(
    Sex.FEMALE, 30, 1.68, 0, 0, (0, 0, 1), (), "light", "brown", "bob", "brown", "none", (), seed=7
)
TODDLER = Person(Sex.MALE, 2, 0.86, 0, 0, (0, 0, 1), (), "light", "brown", "bob", "brown", "none", (), seed=8)


def test_every_expression_is_told_in_shapes_that_exist() -> None:
    assert set(catalogue.expressions()) == {kind.value for kind in Expression}
    for kind in Expression:
        assert set(face.expression(kind)) <= set(face.names())


def test_expressions_differ_from_each_other() -> None:
    seen = {tuple(sorted(face.expression(kind).items())) for kind in Expression}
    assert len(seen) == len(Expression)


def test_expressions_can_be_told_apart_at_a_glance() -> None:
    faces = {kind: face.expression(kind) for kind in Expression}
    names = sorted({name for weights in faces.values() for name in weights})
    for one, other in combinations(Expression, 2):
        apart = np.linalg.norm([faces[one].get(name, 0.0) - faces[other].get(name, 0.0) for name in names])
        assert apart > 0.6, (one, other)


def test_a_mouth_opens_as_far_on_the_left_as_on_the_right() -> None:
    vertices = load().vertices
    other = cKDTree(vertices).query(vertices * [-1, 1, 1])[1]
    body = replace(physique(PERSON), vertices=vertices)
    for name in ("jawOpen", "mouthFunnel"):
        index, deltas = face.shapes(body, [name])[name]
        moved = np.zeros_like(vertices)
        moved[index] = deltas
        assert np.abs(moved - moved[other] * [-1, 1, 1]).max() < 1e-4, name


def test_a_face_at_rest_is_the_persons_own_and_not_symmetric() -> None:
    rest = face.resting(PERSON)
    assert rest == face.resting(PERSON)
    assert rest["eyeBlinkLeft"] != rest["eyeBlinkRight"]
    shown = face.weights(PERSON, Expression.NEUTRAL)
    assert all(shown.get(name, 0.0) == pytest.approx(weight, abs=2e-3) for name, weight in rest.items())


def test_surprise_opens_the_eyes_that_rest_half_shut() -> None:
    surprised = face.weights(PERSON, Expression.SURPRISED)
    assert surprised.get("eyeBlinkLeft", 0.0) < face.resting(PERSON)["eyeBlinkLeft"]


def test_shapes_are_in_the_size_of_the_face() -> None:
    (_, grown), (_, small) = (
        face.shapes(physique(person), ["jawOpen"])["jawOpen"] for person in (PERSON, TODDLER)
    )
    assert abs(small).max() < 0.85 * abs(grown).max()


def test_lids_follow_the_gaze() -> None:
    assert face.gaze(0.0, -0.4)["eyeLookDownLeft"] > 0.5
    assert set(face.gaze(0.3, 0.0)) == {"eyeLookOutLeft", "eyeLookInRight"}
