"""Whoever runs, rides or glides has room for it, and is followed."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import director, motion, stage
from lichtspiel.library import catalogue
from lichtspiel.screenplay import CameraMove, Screenplay, View
from lichtspiel.stage.actions.people import WALK_M_S
from lichtspiel.stage.instance import rng_for
from lichtspiel.stage.people import people_ground
from lichtspiel.stage.ways import stretch


def _read(prompt: str) -> Screenplay:
    return director.read(prompt)[0]


@pytest.mark.parametrize("prompt", [
    "A woman runs.",
    "A woman sprints.",
    "A man skips along the beach.",
    "A woman skis.",
    "A man skates.",
    "A woman rides a horse.",
    "A woman hops.",
    "A man and a woman march.",
    "A woman carries a tray.",
])  # fmt: skip
def test_nobody_on_the_way_stands_before_the_film_ends(prompt: str) -> None:
    world = stage.build(_read(prompt))
    figure = world.figures[0]
    told = next(one for one in figure.directions if one.path)
    root = motion.rehearse(world)[figure.name]
    speed = np.linalg.norm(np.diff(root.root[:, :2], axis=0), axis=1) * root.rate_hz
    usual = catalogue.motions()[told.motion].speed_m_s or WALK_M_S
    tenths = [part.mean() for part in np.array_split(speed, 10)]
    assert min(tenths[1:]) > 0.8 * usual


def test_fast_people_in_the_open_are_followed_from_beside() -> None:
    shot = _read("A woman runs.").shots[0]
    assert (shot.move, shot.view) == (CameraMove.TRACKING, View.SIDE)


@pytest.mark.parametrize("prompt", [
    "A woman runs in a kitchen.",
    "A woman runs toward the door.",
    "A woman walks on a lawn.",
    "A woman runs, filmed with a static camera.",
])  # fmt: skip
def test_others_are_not(prompt: str) -> None:
    assert _read(prompt).shots[0].move is CameraMove.STATIC


def test_what_is_said_of_the_ground_beats_where_people_usually_run() -> None:
    assert _read("A woman runs.").setting.place == "lawn"
    assert _read("A woman runs through puddles.").setting.place == "street"
    assert _read("A woman swims in the rain.").setting.place == "sea"


def test_the_way_ends_at_what_stands_in_it() -> None:
    screenplay = _read("A woman runs on a street.")
    setting = screenplay.setting
    around = catalogue.Surroundings(
        setting.time_of_day, setting.weather, setting.light, setting.ground, False
    )
    place = catalogue.build_place("street", around, rng_for(screenplay, "place"))
    ground = people_ground(place)
    back, ahead = stretch(place, ground, ground.right)
    # Between the kerbs.
    assert -4.0 < back < -2.0
    assert 2.0 < ahead < 4.0
    back, ahead = stretch(place, ground, ground.facing)
    assert ahead - back > 40.0


def test_who_walks_in_a_room_neither_stops_nor_walks_into_the_camera() -> None:
    screenplay = _read("A woman walks.")
    world = stage.build(screenplay)
    figure = world.figures[0]
    told = next(one for one in figure.directions if one.path)
    length = np.linalg.norm(np.array(told.path[-1]) - figure.position)
    assert length > WALK_M_S * 0.9 * screenplay.duration_s
    assert world.camera_bounds is not None
    assert told.path[-1][1] - world.camera_bounds[0][1] > 2.5
