import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from lichtspiel import voice
from lichtspiel.packs import store
from lichtspiel.packs.install import is_installed
from lichtspiel.packs.pack import packs
from lichtspiel.screenplay import Delivery, Line, Sex, Vocal, Voice
from lichtspiel.voice import Speaker, Speech, kokoro

needs_voices = pytest.mark.skipif(
    not is_installed(packs()["voices"]), reason="the asset pack “voices” is not installed"
)
ANNA = Speaker(Sex.FEMALE, 30, 1, Voice(voice="heart", pitch=1.0, timbre=1.0, pace=1.0))
TEXT = "Peter has seen the map."


@pytest.fixture(autouse=True, scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache that the tests of this module share, so that each line is spoken once."""
    folder = tmp_path_factory.mktemp("cache")
    before = os.environ.get("LICHTSPIEL_CACHE")
    os.environ["LICHTSPIEL_CACHE"] = str(folder)
    yield folder
    os.environ.pop("LICHTSPIEL_CACHE")
    if before is not None:
        os.environ["LICHTSPIEL_CACHE"] = before


def spoken(delivery: Delivery = Delivery.NORMAL, who: Speaker = ANNA, text: str = TEXT) -> Speech:
    return voice.speak(Line(speaker="anna", text=text, delivery=delivery), who, "en")


def level_db(samples: NDArray[np.float32]) -> float:
    return 20 * float(np.log10(np.sqrt(np.mean(samples.astype(float) ** 2)) / 2e-5))


def band(samples: NDArray[np.float32], low: float, high: float) -> float:
    power = np.abs(np.fft.rfft(samples)) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / voice.RATE_HZ)
    return float(power[(hertz >= low) & (hertz < high)].sum())


def pitch_hz(samples: NDArray[np.float32]) -> float:
    """Median pitch of the voiced parts, by autocorrelation."""
    size, found = 2400, []
    loud = np.sqrt(np.mean(samples**2))
    for start in range(0, len(samples) - size, size):
        frame = samples[start : start + size].astype(float)
        if np.sqrt(np.mean(frame**2)) > loud:
            power = np.abs(np.fft.rfft(frame * np.hanning(size), 2 * size)) ** 2
            same = np.fft.irfft(power)[: size // 2]
            lag = 80 + int(np.argmax(same[80:800]))
            if same[lag] > 0.4 * same[0]:
                found.append(voice.RATE_HZ / lag)
    return float(np.median(found))


@needs_voices
def test_a_line_says_its_words_in_time() -> None:
    speech = spoken()
    assert [word.text for word in speech.words] == ["Peter", "has", "seen", "the", "map"]
    assert [p.text for p in speech.phonemes][:2] == ["p", "i"]
    times = [t for p in speech.phonemes for t in (p.start_s, p.end_s)]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= speech.duration_s
    assert 0.8 < speech.duration_s < 3
    assert speech.stressed
    assert all(0 < peak < speech.duration_s for peak in speech.stressed)


def lag_s(speech: Speech, phonemes: str, low: float, high: float) -> float:
    """How much later a band of the sound is than the phonemes that fill it: the lag of best match."""
    step = voice.RATE_HZ // 200
    frames = speech.samples[: len(speech.samples) // step * step].reshape(-1, step)
    power = np.abs(np.fft.rfft(frames * np.hanning(step), axis=1)) ** 2
    hertz = np.fft.rfftfreq(step, 1 / voice.RATE_HZ)
    inside = power[:, (hertz >= low) & (hertz < high)].sum(1)
    heard = np.log(inside + 1e-3 * inside.max())
    times = (np.arange(len(heard)) + 0.5) / 200
    said = np.zeros(len(heard))
    for phoneme in speech.phonemes:
        if phoneme.text[0] in phonemes:
            said[(times >= phoneme.start_s) & (times < phoneme.end_s)] = 1
    lags = range(-24, 25)
    match = [np.sum(np.roll(heard - heard.mean(), -lag) * (said - said.mean())) for lag in lags]
    return lags[int(np.argmax(match))] / 200


@needs_voices
def test_phonemes_sound_when_they_are_said_to() -> None:
    for who in (ANNA, Speaker(Sex.MALE, 40, 3)):
        speech = spoken(who=who, text="The children see sixteen ships, and a fish swims past us.")
        assert abs(lag_s(speech, "szʃ", 4500, 12000)) <= 0.03
        assert abs(lag_s(speech, "aeiouæɑɐɒɔəɛɜɪʊʌ", 200, 1500)) <= 0.03


@needs_voices
def test_the_same_line_is_the_same_sound_and_another_is_not(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = spoken()
    files = list(cache.rglob("*.npz"))
    assert files
    again = spoken()
    assert np.array_equal(first.samples, again.samples)
    assert first.words == again.words
    monkeypatch.setenv("LICHTSPIEL_CACHE", str(tmp_path))
    anew = voice.load(first.clip)
    assert np.array_equal(first.samples, anew.samples)
    assert anew.phonemes == first.phonemes


@needs_voices
def test_how_long_it_takes_is_known_before() -> None:
    for delivery in (Delivery.NORMAL, Delivery.TIRED):
        line = Line(speaker="anna", text=TEXT, delivery=delivery)
        known = voice.duration(line, ANNA, "en")
        assert known == pytest.approx(spoken(delivery).duration_s, abs=1e-3)
    slow = voice.duration(Line(speaker="anna", text=TEXT, pace=0.7), ANNA, "en")
    assert slow > 1.25 * voice.duration(Line(speaker="anna", text=TEXT), ANNA, "en")


@needs_voices
def test_deliveries_differ_as_people_hear_them() -> None:
    plain, whisper, shout = (spoken(d) for d in (Delivery.NORMAL, Delivery.WHISPER, Delivery.SHOUT))
    assert level_db(whisper.samples) < level_db(plain.samples) - 12
    assert level_db(shout.samples) > level_db(plain.samples) + 12
    assert whisper.effort < plain.effort < shout.effort
    assert pitch_hz(shout.samples) > 1.25 * pitch_hz(plain.samples)

    def brightness(samples: NDArray[np.float32]) -> float:
        return band(samples, 2000, 6000) / band(samples, 150, 1000)

    assert brightness(shout.samples) > 1.3 * brightness(plain.samples)
    assert brightness(whisper.samples) > 3 * brightness(plain.samples)
    assert spoken(Delivery.TIRED).duration_s > 1.1 * plain.duration_s
    assert spoken(Delivery.EXCITED).duration_s < plain.duration_s


@needs_voices
def test_children_speak_higher_than_women_and_men_lower() -> None:
    child = pitch_hz(spoken(who=Speaker(Sex.FEMALE, 6, 4)).samples)
    woman = pitch_hz(spoken().samples)
    man = pitch_hz(spoken(who=Speaker(Sex.MALE, 35, 4)).samples)
    assert child > 1.15 * woman
    assert man < 0.8 * woman
    assert 225 < child < 360
    assert 80 < man < 160


@needs_voices
def test_german_is_spoken_and_the_accent_is_told() -> None:
    line = Line(speaker="anna", text="Achtet auf die Kugel.", language="de")
    speech = voice.speak(line, Speaker(Sex.MALE, 40, 3), "en")
    assert "x" in [p.text for p in speech.phonemes]
    assert "accent" in speech.note
    assert 85 < pitch_hz(speech.samples) < 160


@needs_voices
def test_a_long_line_is_spoken_to_its_end() -> None:
    text = "well, " + ", and then ".join(f"we saw number {number}" for number in range(1, 22))
    line = Line(speaker="anna", text=text[:500])
    assert voice.duration(line, ANNA, "en") > 15


@pytest.fixture
def nothing_loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A machine without packs."""
    loaded = (kokoro._part, kokoro._styles, kokoro._voices, kokoro._vocabulary)
    monkeypatch.setenv("LICHTSPIEL_PACKS", str(tmp_path))
    for each in loaded:
        each.cache_clear()
    yield
    for each in loaded:
        each.cache_clear()


def test_without_its_pack_speech_says_what_to_do(nothing_loaded: None) -> None:
    line = Line(speaker="anna", text="Nobody has said this before.")
    with pytest.raises(store.PackMissingError, match="lichtspiel packs install voices"):
        voice.speak(line, ANNA, "en")
    assert voice.duration(Line(speaker="anna", vocal=Vocal.SIGH), ANNA, "en") > 0.5
