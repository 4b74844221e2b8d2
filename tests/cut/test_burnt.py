"""Captions in the picture: there when something is said, readable, inside the safe area."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.cut.burnt import Burnt, read_at
from lichtspiel.cut.captions import Caption

LONG = "Könntet ihr bitte das Fenster schließen, bevor es zu regnen anfängt und alles nass wird?"


@pytest.mark.parametrize("size", [(270, 480), (480, 854), (854, 480), (1080, 1920)])
def test_a_long_caption_stays_inside_the_safe_area_and_stands_out(size: tuple[int, int]) -> None:
    width, height = size
    plain = np.full((height, width, 3), 220, np.uint8)
    shown = Burnt([Caption(1.0, 2.0, LONG)], size).over(plain, 1.5)
    rows, columns = np.nonzero((shown != plain).any(axis=2))
    assert 0.05 * width <= columns.min()
    assert columns.max() <= 0.95 * width
    assert 0.5 * height <= rows.min()
    assert rows.max() <= 0.95 * height
    inside = shown[rows.min() : rows.max(), columns.min() : columns.max()].max(axis=2)
    # White letters on a dark box, even over a bright picture.
    assert inside.min() < 110
    assert inside.max() > 240


def test_a_caption_is_there_from_its_first_moment_to_its_last() -> None:
    plain = np.full((120, 160, 3), 90, np.uint8)
    burnt = Burnt([Caption(1.0, 2.0, "Achtung!")], (160, 120))
    changed = [bool((burnt.over(plain, time_s) != plain).any()) for time_s in (0.99, 1.0, 1.99, 2.0)]
    assert changed == [False, True, True, False]


def test_letters_of_all_our_languages_are_drawn() -> None:
    pictures = {
        letter: Burnt([Caption(0, 1, letter)], (160, 120)).over(np.zeros((120, 160, 3), np.uint8), 0.5)
        for letter in "äöüßéèçñãœ„“\uffff"
    }
    missing = pictures.pop("\uffff")
    assert all((picture != missing).any() for picture in pictures.values())


def test_what_is_said_is_read_before_what_sounds() -> None:
    captions = [Caption(0, 5, "[rain]"), Caption(1, 3, "Who is there?"), Caption(2, 5, "[doorbell]")]
    assert [read_at(captions, time_s) for time_s in (0.5, 1.5, 2.5, 4.0, 6.0)] == [
        "[rain]",
        "Who is there?",
        "Who is there?",
        "[doorbell]",
        "",
    ]
