"""Films that speak, that have sounds of their own, and the balance between all of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import stft

from lichtspiel.camera import CameraTrack
from lichtspiel.library.asset import Resonator, Shape
from lichtspiel.library.catalogue import sounds
from lichtspiel.library.place import Acoustics
from lichtspiel.screenplay import Action, Beat, Cue, Line, Music, Prop, Setting, Vocal, Weather
from lichtspiel.sound import Soundtrack, cues, score
from lichtspiel.sound.ducking import gated, speaking
from lichtspiel.stage.world import Span, World
from lichtspiel.take import Span as Word
from lichtspiel.take import Take, Utterance
from lichtspiel.take.lightning import strikes
from tests.sound import scenes

FS = 48_000
ROOM = Acoustics((6.0, 5.0, 3.0), 0.2, "room_tone", -55.0)


def clip(_: str) -> NDArray[np.float32]:
    """Two seconds of syllables: a buzz under formants, in pascals at a metre."""
    time = np.arange(2 * FS) / FS
    buzz = sum(np.sin(2 * np.pi * 120 * k * time + k) / (1 + (120 * k / 900) ** 2) for k in range(1, 40))
    return np.asarray(0.01 * buzz * np.abs(np.sin(2 * np.pi * 2.2 * time)), np.float32)


def utterance(film_s: float = 1.0, duration_s: float = 2.0, text: str = "I still remember.") -> Utterance:
    words = tuple(Word(0.6 * i, 0.6 * i + 0.5, word) for i, word in enumerate(text.split()))
    return Utterance(film_s, film_s, duration_s, "", 0, text, "en", words, (), (), "a clip")


def film(*cues: Cue, spoken: bool = False, seconds: float = 4.0, **setting: object) -> tuple[World, Take]:
    ball, floor = scenes.ball("wood", 0.04), scenes.floor("wood", 0.03)
    world = scenes.world(ball, floor, acoustics=ROOM, seconds=seconds)
    told = world.screenplay.model_copy(
        update={"sounds": cues, "setting": Setting.model_validate({"place": "study"} | setting)}
    )
    take = replace(scenes.take(ball, floor), utterances=(utterance(),) if spoken else ())
    return replace(world, screenplay=told), take


def heard(world: World, take: Take) -> Soundtrack:
    seconds = world.timeline[-1].film_end_s
    return score(world, take, scenes.camera(2.0, seconds), clip)


def level_db(samples: NDArray[np.float32]) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(samples.astype(float) ** 2)) + 1e-12))


def test_what_is_said_is_heard_when_it_is_said_and_stands_clear_of_rain_and_clock() -> None:
    world, take = film(Cue(sound="clock"), Cue(sound="heavy_rain", level_db=6), spoken=True)
    sound = heard(world, take)
    speech = sound.stems["dialogue"].T.astype(float)
    onset = int(np.argmax(np.abs(speech).max(axis=0) > 0.02 * np.abs(speech).max())) / FS
    assert onset == pytest.approx(1.0, abs=0.02)
    rest = sum(stem.T.astype(float) for name, stem in sound.stems.items() if name != "dialogue")
    spoken = speaking(speech) > 0.9
    assert gated(speech, spoken) - gated(np.asarray(rest), spoken) >= 6.0
    assert sound.measurements.integrated_lufs == pytest.approx(-16.0, abs=0.5)
    assert sound.measurements.true_peak_dbtp <= -1.0


def test_rain_and_music_come_back_up_when_nobody_speaks() -> None:
    world, take = film(Cue(sound="heavy_rain", level_db=16), spoken=True, seconds=6.0)
    rain = heard(world, take).stems["ambience"]
    assert level_db(rain[int(4.5 * FS) :]) > level_db(rain[int(1.5 * FS) : int(2.7 * FS)]) + 2


def test_lines_are_captioned_by_their_words() -> None:
    world, take = film(spoken=True)
    captions = [caption for caption in heard(world, take).captions if caption.text.startswith("I still")]
    assert captions[0].film_start_s == pytest.approx(1.0)
    assert captions[0].text == "I still remember."
    assert captions[0].words == ((1.0, "I"), (1.6, "still"), (2.2, "remember."))


def test_a_line_that_is_interrupted_breaks_off() -> None:
    world, take = film(spoken=True)
    short = replace(take, utterances=(utterance(duration_s=0.8),))
    speech = heard(world, short).stems["dialogue"]
    assert level_db(speech[int(1.1 * FS) : int(1.7 * FS)]) > level_db(speech[int(2.4 * FS) :]) + 25


def test_a_cue_begins_when_it_is_asked_for_and_is_named_in_the_captions() -> None:
    world, take = film(Cue(sound="phone", at_s=2.0))
    sound = heard(world, take)
    effects = sound.stems["effects"]
    assert level_db(effects[: int(1.9 * FS)]) < level_db(effects[int(2.2 * FS) : int(3.5 * FS)]) - 40
    assert any(c.text == "[phone]" and c.film_start_s == pytest.approx(2.0) for c in sound.captions)


def test_a_cue_comes_after_the_line_it_follows_or_before_the_one_it_precedes() -> None:
    world, take = film(
        Cue(sound="doorbell", after="lines[0]"),
        Cue(sound="knocking", before="lines[0]"),
        spoken=True,
        seconds=8.0,
    )
    starts = {c.text: c.film_start_s for c in heard(world, take).captions}
    assert starts["[knock]"] < 0.5
    assert starts["[doorbell]"] == pytest.approx(3.25)


def test_sounds_that_follow_each_other_share_the_film() -> None:
    world, take = film(
        Cue(sound="wind"),
        Cue(sound="thunder", after="sounds[0]"),
        Cue(sound="rain_on_metal", after="sounds[1]"),
        seconds=6.0,
    )
    sound = heard(world, take)
    starts = [c.film_start_s for c in sound.captions]
    assert starts == [pytest.approx(0.0), pytest.approx(2.0), pytest.approx(4.0)]
    bed = sound.stems["ambience"]
    assert level_db(bed[int(2.2 * FS) : int(4 * FS)]) > level_db(bed[int(0.6 * FS) : int(1.9 * FS)]) + 6


def test_what_rings_until_it_is_answered_stops_with_the_line() -> None:
    world, take = film(Cue(sound="phone", before="lines[0]"), spoken=True, seconds=5.0)
    ringing = heard(world, take).stems["effects"]
    assert level_db(ringing[: int(0.9 * FS)]) > level_db(ringing[int(2.5 * FS) :]) + 20


def test_a_cue_comes_after_the_deed_it_follows() -> None:
    world, take = film(Cue(sound="whistle", after="beats[0]"), seconds=6.0)
    told = world.screenplay.model_copy(update={"beats": (Beat(subject="ball", action=Action.DROP),)})
    ball, floor = scenes.ball("wood", 0.04), scenes.floor("wood", 0.03)
    knocked = replace(take, impacts=(scenes.knock(2.0, ball, floor),))
    captions = heard(replace(world, screenplay=told), knocked).captions
    assert [c.film_start_s for c in captions if c.text == "[whistle]"] == [pytest.approx(2.25)]


def test_music_of_the_scene_goes_on_over_a_cut_to_a_farther_camera() -> None:
    world, take = film(seconds=8.0)
    told = world.screenplay.model_copy(update={"music": Music(style="piano", diegetic="ball")})
    spans = (Span(0.0, 4.0, 0.0, 1.0), Span(4.0, 8.0, 4.0, 1.0))
    near, far = (scenes.camera(distance, 4.0).shots[0] for distance in (1.5, 6.0))
    track = CameraTrack((near, replace(far, film_start_s=4.0, film_end_s=8.0)))
    music = score(replace(world, screenplay=told, timeline=spans), take, track, clip).stems["music"]
    before, after = level_db(music[2 * FS : 4 * FS]), level_db(music[4 * FS : 6 * FS])
    # Bare distance would take 12 dB.
    assert -1.0 < before - after < 8.0


def test_an_atmosphere_that_is_asked_for_fills_the_film_at_its_loudness() -> None:
    world, take = film(Cue(sound="thunderstorm"), seconds=6.0)
    world = replace(world, acoustics=replace(ROOM, room_m=None))
    sound = heard(world, take)
    assert sound.measurements.integrated_lufs == pytest.approx(-16.0, abs=0.5)
    assert not np.any(sound.stems["effects"])


def test_rain_outside_is_duller_in_a_room_than_outdoors() -> None:
    def treble(acoustics: Acoustics) -> float:
        world, take = film(Cue(sound="rain"))
        sound = heard(replace(world, acoustics=acoustics), take).stems["ambience"].mean(axis=1)
        power = np.abs(np.fft.rfft(sound)) ** 2
        return float(power[4 * 2000 :].sum() / power.sum())

    assert treble(replace(ROOM, room_m=None)) > 3 * treble(ROOM)


def test_rainy_weather_is_heard_without_being_asked_for() -> None:
    dry, wet = (heard(*film(weather=weather)) for weather in (Weather.CLEAR, Weather.RAIN))
    assert level_db(wet.stems["ambience"]) > level_db(dry.stems["ambience"]) + 6


def test_a_sound_that_goes_on_does_not_click_at_a_cut() -> None:
    world, take = film(Cue(sound="church_bells"), seconds=4.0)
    world = replace(world, timeline=(Span(0.0, 2.0, 0.0, 1.0), Span(2.0, 4.0, 2.0, 1.0)))
    effects = heard(world, take).stems["effects"].mean(axis=1).astype(float)
    jumps = np.abs(np.diff(effects, 2))
    assert jumps[int(1.99 * FS) : int(2.02 * FS)].max() < 1.5 * np.quantile(jumps, 0.9999)


def test_a_car_that_drives_past_sounds_higher_before_than_after_and_a_parked_one_is_silent() -> None:
    def effects(speed: float) -> NDArray[np.float64]:
        world, take = driving(speed)
        return np.asarray(heard(world, take).stems["effects"].mean(axis=1), float)

    passing = effects(25.0)
    assert tone_hz(passing[: int(1.2 * FS)]) > 1.05 * tone_hz(passing[int(2.8 * FS) :])
    middle = level_db(passing[int(1.7 * FS) : int(2.3 * FS)].astype(np.float32))
    assert middle > level_db(passing[: int(0.6 * FS)].astype(np.float32)) + 8
    assert not np.any(effects(0.0))


def driving(speed: float) -> tuple[World, Take]:
    """A car that drives from left to right past a camera 4 m away, and is there after two seconds."""
    body = scenes.thing(
        "car", Resonator("block", "steel", {"x": 1, "y": 1, "z": 1}), Shape("box", (2, 1, 0.7), "steel")
    )
    world = scenes.world(body, scenes.floor(), seconds=4.0, things={"car": "car"})
    take = scenes.take(body, scenes.floor())
    positions = np.zeros((401, 1, 3))
    positions[:, 0, 0] = speed * (np.arange(401) / 100 - 2)
    return world, replace(take, positions=positions)


def tone_hz(sound: NDArray[np.float64]) -> float:
    """Middle of the power between 40 and 400 Hz, on a logarithmic scale."""
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    frequency = np.fft.rfftfreq(len(sound), 1 / FS)
    inside = (frequency > 40) & (frequency < 400)
    return float(np.exp(np.sum(power[inside] * np.log(frequency[inside])) / np.sum(power[inside])))


def test_thunder_breaks_in_as_long_after_its_flash_as_sound_takes() -> None:
    world, take = film(Cue(sound="wind"), Cue(sound="thunder", after="sounds[0]"), place="meadow")
    world = replace(world, acoustics=replace(ROOM, room_m=None))
    (strike,) = strikes(world, take)
    mono = heard(world, take).samples.mean(axis=1).astype(float)
    level = np.sqrt(np.mean(mono[: len(mono) // 480 * 480].reshape(-1, 480) ** 2, axis=1))
    before = level[: round(100 * strike.heard_s) - 2]
    breaks_in = int(np.argmax(level > 4 * before.max())) / 100
    assert breaks_in - strike.film_s == pytest.approx(strike.distance_m / 343, abs=0.1)


def test_what_has_no_words_is_captioned_in_brackets_and_softer_than_lines() -> None:
    world, take = film()
    laugh = Line(speaker="anna", text="You got me!", vocal=Vocal.LAUGH)
    told = world.screenplay.model_copy(update={"lines": (laugh,)})
    words = tuple(Word(at, at + 0.2, word) for at, word in ((0.9, "You"), (1.1, "got"), (1.3, "me")))
    said = replace(utterance(2.2, 1.5, "You got me!"), words=words)
    wordless = replace(utterance(0.2, 1.5, ""), line=-1, effort=0.8)
    sound = heard(replace(world, screenplay=told), replace(take, utterances=(said, wordless)))
    captions = {caption.text: caption.film_start_s for caption in sound.captions}
    assert captions["[arguing]"] == pytest.approx(0.2)
    assert captions["[laughs]"] == pytest.approx(2.2)
    assert captions["You got me!"] == pytest.approx(3.1)
    speech = sound.stems["dialogue"]
    assert level_db(speech[FS // 5 : 2 * FS]) < level_db(speech[round(2.2 * FS) :]) - 4


def test_the_pitch_of_a_siren_falls_as_it_goes_by() -> None:
    world, take = film(Cue(sound="police_siren"), seconds=8.0)
    sound = heard(replace(world, acoustics=replace(ROOM, room_m=None)), take).samples.mean(axis=1)

    def upper_tone_hz(first_s: float) -> float:
        part = sound[round(first_s * FS) : round((first_s + 2.0) * FS)]
        frequencies, _, spectrum = stft(part, FS, nperseg=8192, nfft=32768)
        band = (frequencies > 500) & (frequencies < 680)
        return float(frequencies[band][np.abs(spectrum[band]).mean(axis=1).argmax()])

    assert upper_tone_hz(0.5) > 1.02 * upper_tone_hz(5.5)


def test_a_siren_is_on_the_car_of_the_film() -> None:
    world, _ = film(Cue(sound="police_siren"))
    car = Prop(id="patrol", thing="car")
    with_car = replace(world, screenplay=world.screenplay.model_copy(update={"props": (car,)}))
    assert cues._prop(with_car, sounds()["police_siren"]) == "patrol"
    assert cues._prop(world, sounds()["police_siren"]) is None
