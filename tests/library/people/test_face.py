import pytest

from lichtspiel.library import catalogue
from lichtspiel.library.people import face
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
