"""What a room's surfaces throw back: more where they are light, none where they are black."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Surface
from lichtspiel.library.catalogue import Surroundings
from lichtspiel.library.place import Lamp, PlaceAsset
from lichtspiel.library.places.copies import box
from lichtspiel.library.places.pieces import Piece, fixed, solid
from lichtspiel.library.places.reflected import Enclosure, Window, enclosure, reflected
from lichtspiel.screenplay import Light, TimeOfDay, Weather

SIZE = (4.0, 5.0, 2.5)
SHELL = ("floor", "ceiling", "wall_back", "wall_front", "wall_left", "wall_right")
WINDOW = Window((-2.0, 0.0, 1.5), (1.0, 0.0, 0.0), (1.5, 1.5))


def room(grey: float, windows: tuple[Window, ...] = (), furnished: bool = False) -> Enclosure:
    surface = Surface("wall_paint", (grey, grey, grey))
    parts = [fixed(name, [Piece(surface, box((0, 0, 0), (1, 1, 1)))]) for name in SHELL]
    if furnished:
        parts.append(fixed("shelf", [], [solid((0, 0, 0), (2, 0.5, 2), "wood")]))
    return enclosure(SIZE, windows, parts)


def test_light_goes_round_until_it_is_used_up() -> None:
    lamp, half = Lamp("point", 100.0), room(0.5)
    area = 2 * (4 * 5 + 4 * 2.5 + 5 * 2.5)
    # Half of it is thrown back each time: a half, a quarter, an eighth … of 100 W on the whole area.
    once = sum(100.0 / area * 0.5**n for n in range(1, 60))
    assert reflected([lamp], 0.0, (), half) == pytest.approx(once)
    assert reflected([lamp], 0.0, (), room(0.0)) == 0.0


def test_windows_let_light_in_and_out() -> None:
    assert room(0.6, (WINDOW,)).reflectance < room(0.6).reflectance
    assert reflected([], 2.0, (WINDOW,), room(0.6)) > 0.0
    sun = Lamp("sun", 20.0, direction=(1.0, 0.0, -0.5))
    assert reflected([sun], 0.0, (WINDOW,), room(0.6)) > 0.0
    outside = Lamp("sun", 20.0, direction=(-1.0, 0.0, -0.5))
    assert reflected([outside], 0.0, (WINDOW,), room(0.6)) == 0.0


def test_furniture_takes_light_out_of_a_white_room() -> None:
    lamp = Lamp("point", 100.0)
    assert reflected([lamp], 0.0, (), room(0.8, furnished=True)) < reflected([lamp], 0.0, (), room(0.8))


def _built(place: str, light: Light = Light.NATURAL) -> PlaceAsset:
    surroundings = Surroundings(TimeOfDay.AFTERNOON, Weather.CLEAR, light)
    return catalogue.build_place(place, surroundings, np.random.default_rng(0))


def test_a_panelled_study_is_exposed_longer_than_a_tiled_kitchen() -> None:
    """Dark wood throws little back, tiles and white fronts much."""
    assert _built("study").exposure_ev > _built("kitchen_counter").exposure_ev + 0.5
