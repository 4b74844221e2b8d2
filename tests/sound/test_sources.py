"""Every sound of the library can be heard, is as long and as loud as it says, and comes out the same."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.library.catalogue import places, sounds
from lichtspiel.screenplay import Setting, TimeOfDay
from lichtspiel.sound import sounding
from lichtspiel.sound.sources import crowd

FS = 48_000
SETTING = Setting(place="street")


def spl_db(signal: np.ndarray) -> float:
    """Level of the loudest eighths of a second, dB re 20 µPa."""
    power = np.mean(np.atleast_2d(signal) ** 2, axis=0)
    blocks = power[: len(power) // 6000 * 6000].reshape(-1, 6000).mean(axis=1)
    return float(10 * np.log10(blocks.max() / 4e-10))


@pytest.mark.parametrize("name", [name for name, entry in sounds().items() if entry.builder])
def test_a_sound_is_as_long_and_as_loud_as_it_says_and_has_no_jumps(name: str) -> None:
    entry = sounds()[name]
    signal = sounding.made(entry, 1.5, np.random.default_rng(5))
    assert signal.shape[-1] == pytest.approx(1.5 * FS, abs=2)
    assert np.isfinite(signal).all()
    assert spl_db(signal) == pytest.approx(entry.level_db, abs=4.5)
    assert abs(float(signal.mean())) < 0.25 * float(np.abs(signal).max())
    again = sounding.made(entry, 1.5, np.random.default_rng(5))
    assert again.tobytes() == signal.tobytes()


def test_an_ambience_belongs_to_places_that_there_are_and_no_place_has_two() -> None:
    served = [place for entry in sounds().values() for place in entry.places]
    assert set(served) <= set(places())
    assert len(served) == len(set(served))


def test_names_say_which_sound_is_meant() -> None:
    for language in ("en", "de"):
        names = [name for entry in sounds().values() for name in getattr(entry.names, language)]
        assert len(names) == len(set(names))


def test_birds_sing_by_day_and_crickets_chirp_at_night() -> None:
    def share(low: float, high: float, time: TimeOfDay) -> float:
        setting = Setting(place="lawn", time_of_day=time)
        park = sounding.layered(sounds()["park"], setting, 4.0, np.random.default_rng(2)).mean(axis=0)
        power = np.abs(np.fft.rfft(park * np.hanning(len(park)))) ** 2
        frequency = np.fft.rfftfreq(len(park), 1 / FS)
        return float(power[(frequency > low) & (frequency < high)].sum() / power.sum())

    assert share(4000, 5300, TimeOfDay.NIGHT) > 1.5 * share(4000, 5300, TimeOfDay.NOON)
    assert share(1800, 3800, TimeOfDay.MORNING) > 1.3 * share(1800, 3800, TimeOfDay.NIGHT)


@pytest.mark.parametrize(
    "name", ["park", "street", "beach", "study_tone", "harbour_tone", "rain", "wind", "fire"]
)
def test_what_goes_on_never_repeats(name: str) -> None:
    sound = sounding.layered(sounds()[name], SETTING, 8.0, np.random.default_rng(2)).mean(axis=0)
    spectrum = np.abs(np.fft.rfft(sound, 2 * len(sound))) ** 2
    # Whitened, so that slow swells do not count as repeats.
    smooth = np.convolve(spectrum, np.full(401, 1 / 401), mode="same")
    likeness = np.fft.irfft(spectrum / np.maximum(smooth, smooth.max() * 1e-6))
    assert np.abs(likeness[FS // 2 : 7 * FS]).max() < 0.2 * likeness[0]


def test_one_layer_more_leaves_the_others_as_they_are() -> None:
    with_birds = sounding.layered(sounds()["yard_tone"], SETTING, 2.0, np.random.default_rng(1))
    at_night = sounding.layered(
        sounds()["yard_tone"],
        Setting(place="yard", time_of_day=TimeOfDay.NIGHT),
        2.0,
        np.random.default_rng(1),
    )
    low = [np.convolve(side.mean(axis=0), np.hanning(400), "valid") for side in (with_birds, at_night)]
    assert float(np.corrcoef(low[0], low[1])[0, 1]) > 0.95


def test_a_murmuring_crowd_has_the_average_spectrum_of_speech() -> None:
    # Octaves of speech against that at 500 Hz (Byrne et al., 1994).
    usual = {1000: -5.5, 2000: -8.6, 4000: -11.1}
    sound = crowd.murmur({"people": 30.0}, 3.0, np.random.default_rng(1)).mean(axis=0)
    power, hertz = np.abs(np.fft.rfft(sound)) ** 2, np.fft.rfftfreq(len(sound), 1 / FS)

    def octave_db(centre: float) -> float:
        return float(10 * np.log10(power[(hertz > centre / 2**0.5) & (hertz < centre * 2**0.5)].sum()))

    for centre, level_db in usual.items():
        assert octave_db(centre) - octave_db(500) == pytest.approx(level_db, abs=8.0)
