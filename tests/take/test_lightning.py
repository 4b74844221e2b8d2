"""Lightning strikes before its thunder is heard, by the way of sound, and rain begins when it is told to."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import stage
from lichtspiel.screenplay import Cue, Screenplay, Setting, Shot, Weather
from lichtspiel.stage.world import World
from lichtspiel.take import Take, rainfall
from lichtspiel.take.cues import timed
from lichtspiel.take.lightning import SPEED_OF_SOUND, Strike, channel, strikes


def _film(*sounds: Cue, seconds: float = 4.0, weather: Weather = Weather.RAIN) -> tuple[World, Take]:
    setting = Setting(place="corn_field", weather=weather)
    screenplay = Screenplay(title="test", setting=setting, duration_s=seconds, sounds=sounds, shots=(Shot(),))
    nothing = np.zeros((2, 0, 3))
    take = Take(24.0, (), nothing, np.zeros((2, 0, 4)), np.zeros((0, 2)))
    return stage.build(screenplay), take


STORM = (
    Cue(sound="wind"),
    Cue(sound="thunder", after="sounds[0]"),
    Cue(sound="rain_on_metal", after="sounds[1]"),
)


def test_it_flashes_in_the_film_as_long_before_the_thunder_as_sound_takes() -> None:
    world, take = _film(*STORM)
    (strike,) = strikes(world, take)
    thunder = next(item for item in timed(world, take) if item.entry.id == "thunder")
    assert 0.2 < strike.film_s < thunder.start_s
    assert strike.heard_s == pytest.approx(thunder.start_s)
    assert thunder.start_s - strike.film_s == pytest.approx(strike.distance_m / SPEED_OF_SOUND)


def test_a_distant_thunder_flashed_before_the_film_and_the_storm_flashes_again_in_it() -> None:
    heard, seen = strikes(*_film(Cue(sound="distant_thunder")))
    assert heard.distance_m == seen.distance_m == 5000.0
    assert heard.film_s < 0 <= heard.heard_s
    assert 0 < seen.film_s < 4.0 < seen.heard_s


def test_a_long_thunderstorm_strikes_several_times() -> None:
    found = strikes(*_film(Cue(sound="thunderstorm"), seconds=30.0))
    assert len(found) >= 3
    assert all(0 < one.film_s < one.heard_s < 30 for one in found)


def test_no_thunder_no_lightning() -> None:
    assert strikes(*_film(Cue(sound="wind"), Cue(sound="rain"))) == ()


def test_the_light_of_each_stroke_fades() -> None:
    strike = Strike(1.0, 300.0, 0.0, ((0.0, 1.0), (0.2, 0.5)), 1, 0, "thunder")
    bright = [strike.brightness(at, at + 0.001) for at in (0.9, 1.0, 1.1, 1.2, 1.5)]
    assert bright[0] == 0.0
    assert bright[1] == pytest.approx(1.0, abs=0.02)
    assert bright[2] < 0.15
    assert bright[3] > 0.45
    assert bright[4] < 0.01


def test_a_channel_stands_on_the_ground_where_it_strikes() -> None:
    points = channel(400.0, 7)
    assert np.linalg.norm(points[0] - [0, 400, 0]) < 10
    assert points[-1, 2] > 1000
    assert np.array_equal(points, channel(400.0, 7))


def test_it_rains_from_when_the_rain_is_told_of() -> None:
    world, take = _film(*STORM)
    rain = next(item for item in timed(world, take) if item.entry.id == "rain_on_metal")
    assert rainfall.begins_s(world, take) == rain.start_s > 2.0
    assert rainfall.begins_dry(world, take)


@pytest.mark.parametrize("cues", [(), (Cue(sound="rain"),), (Cue(sound="thunderstorm"),)])
def test_it_rains_throughout_where_nothing_says_otherwise(cues: tuple[Cue, ...]) -> None:
    assert rainfall.begins_s(*_film(*cues)) == 0.0
