import numpy as np
import pytest

from lichtspiel.picture.grade import graded
from lichtspiel.screenplay import Look

PICTURE = np.random.default_rng(1).integers(0, 256, (24, 16, 3)).astype(np.uint8)


def test_natural_leaves_the_picture_as_it_is() -> None:
    assert graded(PICTURE, Look.NATURAL) is PICTURE


@pytest.mark.parametrize("look", list(Look))
def test_every_look_gives_a_picture_of_the_same_size(look: Look) -> None:
    result = graded(PICTURE, look)
    assert result.shape == PICTURE.shape
    assert result.dtype == np.uint8


def test_black_and_white_has_no_colour() -> None:
    result = graded(PICTURE, Look.BLACK_AND_WHITE)
    assert (result[..., 0] == result[..., 1]).all()
    assert (result[..., 1] == result[..., 2]).all()


def test_vivid_has_more_colour_and_vintage_less() -> None:
    def colourfulness(picture: np.ndarray) -> float:
        return float((picture.max(axis=2).astype(float) - picture.min(axis=2)).mean())

    muted = (PICTURE // 4 + 96).astype(np.uint8)
    assert colourfulness(graded(muted, Look.VIVID)) > colourfulness(muted)
    assert colourfulness(graded(muted, Look.VINTAGE)) < colourfulness(muted)


def test_what_stands_still_stays_still() -> None:
    moved = PICTURE.copy()
    moved[:4] = 255 - moved[:4]
    for look in Look:
        assert (graded(PICTURE, look)[4:] == graded(moved, look)[4:]).all()
