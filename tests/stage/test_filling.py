"""A bottle that is heard to fill stands under the tap, and water runs into it."""

import numpy as np
import pytest

from lichtspiel import stage
from lichtspiel.screenplay import Cue, Prop, Screenplay, Setting, Shot


def _film(*things: str, heard: bool = True, place: str = "kitchen_counter") -> stage.World:
    return stage.build(
        Screenplay(
            title="filling",
            shots=(Shot(),),
            setting=Setting(place=place),
            props=tuple(Prop(id=thing, thing=thing) for thing in things),
            sounds=(Cue(sound="bottle_filling"),) if heard else (),
        )
    )


@pytest.mark.parametrize("place", ["kitchen_counter", "kitchen"])
def test_the_sink_stands_on_the_floor_with_its_back_to_the_wall(place: str) -> None:
    world = _film("bottle", "sink", place=place)
    sink = world.body("sink")
    assert sink.position[2] == pytest.approx(0.0, abs=0.01)
    assert world.camera_bounds is not None
    assert sink.position[0] < world.camera_bounds[0][0] + 0.6


def test_the_bottle_stands_under_the_tap_and_is_what_the_film_shows() -> None:
    world = _film("bottle", "sink")
    (stream,) = world.streams
    bottle = world.body("bottle")
    assert np.allclose(bottle.position[:2], stream.outlet[:2], atol=0.005)
    assert 0.02 < stream.outlet[2] - (bottle.position[2] + 0.3) < 0.2
    assert bottle.position[2] > 0.7
    assert world.acting == ("bottle",)


def test_no_water_runs_where_nothing_is_heard_to_fill_or_no_tap_is_there() -> None:
    assert _film("bottle", "sink", heard=False).streams == ()
    assert _film("bottle").streams == ()
