"""Stubble stays stubble beside a collar."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.people import figure_of
from lichtspiel.library.people.population import complete
from lichtspiel.screenplay import Character, HairStyle, Sex, Weather


def test_no_hair_of_stubble_is_drawn_long_over_a_collar() -> None:
    shaved = Character(id="he", seed=2, sex=Sex.MALE, age_years=40, hair=HairStyle(beard="stubble"))
    figure = figure_of(complete(shaved, 0, 0, Weather.CLEAR), 0.1)
    beard = next(strands for strands in figure.hair if strands.kind == "beard")
    lengths = np.linalg.norm(np.diff(beard.points, axis=1), axis=2).sum(1)
    assert np.percentile(lengths, 99) < 0.006
