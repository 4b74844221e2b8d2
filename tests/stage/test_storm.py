"""Where it thunders in the rain, the sky is dark."""

from lichtspiel import stage
from lichtspiel.screenplay import Cue, Prop, Screenplay, Setting, Shot, TimeOfDay, Weather


def _film(*sounds: str, **setting: object) -> stage.World:
    return stage.build(
        Screenplay(
            title="storm",
            shots=(Shot(),),
            setting=Setting.model_validate({"place": "corn_field", "weather": Weather.RAIN, **setting}),
            props=(Prop(id="bucket", thing="bucket"),),
            sounds=tuple(Cue(sound=sound) for sound in sounds),
        )
    )


def test_a_thundercloud_is_much_darker_than_rain() -> None:
    storm, rain = _film("wind", "thunder").sky, _film("wind").sky
    assert max(storm.zenith) < 0.3 * min(rain.zenith)
    assert max(storm.horizon) < 0.4 * min(rain.horizon)
    assert _film("thunderstorm").sky == storm


def test_the_sky_stays_as_it_is_indoors_at_night_and_without_rain() -> None:
    dark: tuple[dict[str, object], ...] = (
        {"time_of_day": TimeOfDay.NIGHT},
        {"time_of_day": TimeOfDay.DUSK},
        {"weather": Weather.CLEAR},
    )
    for fields in dark:
        assert _film("thunder", **fields).sky == _film("wind", **fields).sky
    assert _film("thunder", place="kitchen").sky == _film("wind", place="kitchen").sky
