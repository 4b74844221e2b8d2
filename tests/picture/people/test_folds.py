import numpy as np

from lichtspiel.library.people import face
from lichtspiel.library.people.person import Person
from lichtspiel.picture.people.folds import MAKERS, SMOOTH, folds, thrown
from lichtspiel.picture.people.texels import texels
from lichtspiel.screenplay import Expression, Sex

WOMAN = Person(Sex.FEMALE, 40, 1.7, 0, 0, (0, 0, 1), (), "fair", "blue", "bob", "brown", "none", (), seed=3)


def level(kind: str, shown: Expression) -> float:
    return float(thrown(face.weights(WOMAN, shown))[list(MAKERS).index(kind)])


def test_every_shape_that_throws_folds_is_one_of_a_face() -> None:
    for shapes in MAKERS.values():
        assert set(face.both_sides(shapes)) <= set(face.names())


def test_a_smile_folds_cheeks_and_lids_and_leaves_the_brow_smooth() -> None:
    assert level("smile", Expression.SMILE) > 0.7
    assert level("eyes", Expression.SMILE) > 0.5
    assert level("raise", Expression.SMILE) < 0.2
    assert level("smile", Expression.NEUTRAL) < 0.3


def test_surprise_lines_the_forehead_and_anger_knits_it() -> None:
    assert level("raise", Expression.SURPRISED) > 0.6 > level("frown", Expression.SURPRISED)
    assert level("frown", Expression.ANGRY) > 0.8 > level("raise", Expression.ANGRY)


def test_folds_of_the_brow_lie_above_the_eyes_and_those_of_a_smile_below() -> None:
    picture, where = folds(WOMAN, 512), texels(512, "head")
    deep = SMOOTH * 255 - picture.reshape(-1, len(MAKERS))[where.covered].astype(float) > 12
    height = where.face[:, 2]
    smile, raised = (deep[:, list(MAKERS).index(kind)] for kind in ("smile", "raise"))
    assert height[smile].max() < -0.5
    assert height[raised].min() > 0.5
    assert 0.002 < np.mean(smile) < 0.1
