"""What a picture tells of a film that begins with it: drawn skies of which everything is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lichtspiel import director
from lichtspiel.engines.opening.grade import grade_towards
from lichtspiel.engines.opening.horizon import horizon_of
from lichtspiel.engines.opening.light import light_of
from lichtspiel.engines.opening.matching import matched
from lichtspiel.engines.request import FilmRequest
from lichtspiel.picture import DRAFT
from lichtspiel.screenplay import (
    Light,
    Look,
    Reading,
    Screenplay,
    Status,
    TimeOfDay,
    Understanding,
    Weather,
)

Colour = tuple[float, float, float]
BLUE_SKY, GRASS = (0.45, 0.6, 0.85), (0.3, 0.4, 0.15)


def landscape(
    sky: Colour = BLUE_SKY, ground: Colour = GRASS, horizon: float = 0.6, tilt: float = 0.0
) -> Image.Image:
    """A sky that fades towards a horizon, over grainy ground, 180x320, in sRGB of 0 … 1."""
    rng = np.random.default_rng(4)
    y, x = np.mgrid[0:320, 0:180]
    line = 320 * (1 - horizon) - np.tan(np.radians(tilt)) * (x - 90)
    faded = np.array(sky) * (0.85 + 0.15 * y / 320)[..., None]
    grain = np.array(ground) * rng.uniform(0.7, 1.3, (320, 180, 1))
    colours = np.where((y < line)[..., None], faded, grain)
    return Image.fromarray((255 * np.clip(colours, 0, 1)).astype(np.uint8))


def room(level: float = 0.4, tint: Colour = (1, 1, 1)) -> Image.Image:
    """A wall with furniture before it, lit by a lamp."""
    rng = np.random.default_rng(5)
    colours = level * np.kron(rng.uniform(0.3, 1.0, (20, 12, 1)), np.ones((16, 15, 1))) * np.array(tint)
    return Image.fromarray((255 * np.clip(colours, 0, 1)).astype(np.uint8))


@pytest.mark.parametrize("height", [0.25, 0.5, 0.8])
@pytest.mark.parametrize("tilt", [0.0, 3.0, -3.0])
def test_a_horizon_is_found_where_it_is(height: float, tilt: float) -> None:
    found = horizon_of(landscape(horizon=height, tilt=tilt))
    assert found is not None
    assert found.height == pytest.approx(height, abs=0.03)
    assert found.tilt_deg == pytest.approx(tilt, abs=1.0)


@pytest.mark.parametrize("shown", [room(), room(0.9), Image.new("RGB", (90, 160), (90, 120, 200))])
def test_no_horizon_is_made_up(shown: Image.Image) -> None:
    assert horizon_of(shown) is None


@pytest.mark.parametrize(
    ("sky", "ground", "hour"),
    [
        (BLUE_SKY, GRASS, TimeOfDay.NOON),
        ((0.98, 0.92, 0.88), (0.5, 0.4, 0.3), TimeOfDay.GOLDEN_HOUR),
        ((0.95, 0.6, 0.35), (0.25, 0.15, 0.1), TimeOfDay.SUNSET),
        ((0.25, 0.3, 0.42), (0.1, 0.1, 0.14), TimeOfDay.DUSK),
        ((0.05, 0.06, 0.12), (0.01, 0.01, 0.01), TimeOfDay.NIGHT),
    ],
)
def test_the_sky_tells_the_hour(sky: Colour, ground: Colour, hour: TimeOfDay) -> None:
    assert light_of(landscape(sky, ground), 0.6).time_of_day is hour


def test_the_sky_tells_the_weather_and_the_brighter_side_where_light_comes_from() -> None:
    assert light_of(landscape((0.78, 0.79, 0.8)), 0.6).weather is Weather.OVERCAST
    assert light_of(landscape(), 0.6).weather is Weather.CLEAR
    shade = np.linspace(1.0, 0.6, 180)[None, :, None]
    left = Image.fromarray((np.asarray(landscape()) * shade).astype(np.uint8))
    assert light_of(left, 0.6).time_of_day is TimeOfDay.AFTERNOON
    assert light_of(left.transpose(Image.Transpose.FLIP_LEFT_RIGHT), 0.6).time_of_day is TimeOfDay.MORNING


def test_indoors_the_light_has_a_character_and_no_hour() -> None:
    assert light_of(room(), None).time_of_day is None
    assert light_of(room(tint=(1.0, 0.75, 0.45)), None).character is Light.WARM
    assert light_of(room(tint=(0.7, 0.85, 1.0)), None).character is Light.COLD
    assert light_of(room(0.15), None).character is Light.DARK
    assert light_of(room(), None).look is Look.BLACK_AND_WHITE


def asked(prompt: str, shown: Image.Image, folder: Path) -> FilmRequest:
    shown.save(folder / "picture.png")
    screenplay, read = director.read(prompt, 0, 4.0)
    quality = DRAFT.with_size(180, 320)
    return FilmRequest(screenplay, read, folder / "film.mp4", quality, reference=folder / "picture.png")


def told(request: FilmRequest) -> dict[str, Reading]:
    return {one.slot: one for one in request.understanding.readings}


def test_what_the_prompt_leaves_open_follows_the_picture(tmp_path: Path) -> None:
    evening = landscape((0.95, 0.6, 0.35), (0.25, 0.15, 0.1), horizon=0.7)
    made = matched(asked("A red rubber ball bounces on a beach", evening, tmp_path))
    assert made.screenplay.setting.time_of_day is TimeOfDay.SUNSET
    assert made.screenplay.shots[0].horizon == pytest.approx(0.7, abs=0.03)
    assert "the picture" in told(made)["setting.time_of_day"].note
    assert "70%" in told(made)["shots.0.angle"].note
    unmet = {one.text for one in made.understanding.having(Status.NOT_REALISED)}
    assert unmet == {"input_reference: what it shows"}
    assert matched(made).screenplay == made.screenplay


def test_the_prompts_own_words_go_before_the_picture(tmp_path: Path) -> None:
    evening = landscape((0.95, 0.6, 0.35), (0.25, 0.15, 0.1), horizon=0.7)
    prompt = "At noon a red rubber ball bounces on a beach, low angle"
    made = matched(asked(prompt, evening, tmp_path))
    assert made.screenplay.setting.time_of_day is TimeOfDay.NOON
    assert made.screenplay.shots[0].horizon is None


def test_a_screenplay_by_hand_stays_as_it_is(tmp_path: Path) -> None:
    request = asked("A red rubber ball bounces on a beach", landscape(), tmp_path)
    sent = Reading(status=Status.FILLED_IN, text="screenplay")
    for readings in ((), (sent,)):
        by_hand = Understanding(prompt="", readings=readings)
        own: Screenplay = request.screenplay
        assert matched(FilmRequest(own, by_hand, request.output, request.quality,
                                   reference=request.reference)).screenplay == own  # fmt: skip


def test_a_grade_goes_towards_the_picture_and_leaves_black_and_white() -> None:
    film = np.asarray(landscape())
    wanted = np.asarray(landscape((0.95, 0.7, 0.5), (0.5, 0.35, 0.2)))
    grade = grade_towards(wanted, film)
    before, after = (np.abs(np.median(one.reshape(-1, 3), 0) - np.median(wanted.reshape(-1, 3), 0))
                     for one in (film, grade.applied(film)))  # fmt: skip
    assert after.sum() < before.sum()
    ends = np.array([[[0, 0, 0], [255, 255, 255]]], np.uint8)
    assert np.abs(grade.applied(ends).astype(int) - ends).max() <= 3
    assert np.abs(grade.applied(film).astype(int) - film).max() < 60, "the film is another one"


def test_a_picture_like_the_film_changes_nothing() -> None:
    film = np.asarray(landscape())
    assert np.abs(grade_towards(film, film).applied(film).astype(int) - film).max() <= 3
