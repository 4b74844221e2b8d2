from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from lichtspiel import voice
from lichtspiel.screenplay import Line, Sex, Vocal
from lichtspiel.voice import Speaker, Speech

ANNA, BEN = Speaker(Sex.FEMALE, 30, 1), Speaker(Sex.MALE, 40, 2)


@pytest.fixture(autouse=True)
def cache(tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LICHTSPIEL_CACHE", str(tmp_path))


def uttered(vocal: Vocal, who: Speaker = ANNA) -> Speech:
    return voice.speak(Line(speaker="anna", vocal=vocal), who, "en")


def envelope(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Loudness in steps of a hundredth of a second, against the loudest."""
    size = voice.RATE_HZ // 100
    frames = samples[: len(samples) // size * size].reshape(-1, size).astype(float)
    level = np.sqrt((frames**2).mean(1))
    return np.asarray(level / level.max())


def tonality(samples: NDArray[np.float32]) -> float:
    """How tonal the loud parts are: 1 for a pure tone, about 0 for noise (autocorrelation's peak)."""
    size, found = 2400, []
    for start in range(0, len(samples) - size, size):
        frame = samples[start : start + size].astype(float)
        same = np.fft.irfft(np.abs(np.fft.rfft(frame * np.hanning(size), 2 * size)) ** 2)[:size]
        if same[0] > 0.1 * size * np.mean(samples.astype(float) ** 2):
            found.append(same[60:900].max() / same[0])
    return float(np.median(found))


@pytest.mark.parametrize("vocal", list(Vocal))
def test_every_vocal_sounds_and_is_the_same_again(vocal: Vocal) -> None:
    speech = uttered(vocal)
    assert 0.3 < speech.duration_s < 4
    assert np.isfinite(speech.samples).all()
    assert np.abs(speech.samples).max() > 1e-3
    assert abs(speech.samples[0]) < 1e-3 * np.abs(speech.samples).max()
    assert speech.phonemes
    assert not speech.words
    assert voice.duration(Line(speaker="anna", vocal=vocal), ANNA, "en") == pytest.approx(speech.duration_s)


def lowest_of(samples: NDArray[np.float32]) -> float:
    """Fundamental of a short piece in hertz, 0 where there is none."""
    frame = samples.astype(float) * np.hanning(len(samples))
    same = np.fft.irfft(np.abs(np.fft.rfft(frame, 4 * len(frame))) ** 2)[: len(frame)]
    lags = slice(voice.RATE_HZ // 700, voice.RATE_HZ // 90)
    peak = int(np.argmax(same[lags])) + lags.start
    return voice.RATE_HZ / peak if same[peak] > 0.5 * same[0] else 0.0


@pytest.mark.parametrize("seed", range(4))
def test_laughter_falls_in_pitch_and_strength_and_breathes_between_its_calls(seed: int) -> None:
    laugh = uttered(Vocal.LAUGH, Speaker(Sex.FEMALE, 30, seed))
    calls = [p for p in laugh.phonemes if p.text in "ʌəaɛ" and p.end_s - p.start_s < 0.16]
    pieces = [laugh.samples[int(p.start_s * 48000) : int(p.end_s * 48000)] for p in calls]
    voiced = [(lowest_of(piece), float(np.abs(piece).max())) for piece in pieces]
    voiced = [(pitch, size) for pitch, size in voiced if pitch > 0]
    assert len(voiced) >= 3
    assert 250 < voiced[0][0] < 600
    assert voiced[-1][0] < 0.9 * voiced[0][0]
    assert voiced[-1][1] < 0.7 * max(size for _, size in voiced)
    between = [
        laugh.samples[int(one.end_s * 48000) + 480 : int(other.start_s * 48000) - 480]
        for one, other in pairwise(calls)
    ]
    gaps = [gap for gap in between if len(gap) > 1500]
    assert gaps
    assert all(0 < np.abs(gap).max() < 0.4 * max(size for _, size in voiced) for gap in gaps)
    assert np.mean([lowest_of(gap) == 0.0 for gap in gaps]) > 0.7


def test_laughter_comes_in_calls_four_to_five_times_a_second() -> None:
    level = envelope(uttered(Vocal.LAUGH).samples)[:140]
    spectrum = np.abs(np.fft.rfft(level - level.mean(), 1000))
    hertz = np.fft.rfftfreq(1000, 0.01)
    within = (hertz > 2) & (hertz < 12)
    assert hertz[within][np.argmax(spectrum[within])] == pytest.approx(4.7, abs=0.8)


def test_breath_is_noise_and_humming_is_tone() -> None:
    assert tonality(uttered(Vocal.HUM).samples) > 0.8
    assert tonality(uttered(Vocal.SCREAM).samples) > 0.5
    assert tonality(uttered(Vocal.BREATH).samples) < 0.35
    assert tonality(uttered(Vocal.GASP).samples) < 0.5


def test_screams_are_loud_and_breaths_are_soft() -> None:
    def rms(vocal: Vocal) -> float:
        return float(np.sqrt(np.mean(uttered(vocal).samples.astype(float) ** 2)))

    levels = [rms(v) for v in (Vocal.SCREAM, Vocal.COUGH, Vocal.LAUGH, Vocal.SIGH, Vocal.BREATH)]
    assert all(louder > 1.5 * softer for louder, softer in pairwise(levels))


def test_the_mouth_is_shut_while_humming_and_open_while_laughing() -> None:
    assert {p.text for p in uttered(Vocal.HUM).phonemes} == {"m"}
    assert {"a", "ʌ", "ə", "ɛ"} & {p.text for p in uttered(Vocal.LAUGH).phonemes}


def test_men_hum_lower() -> None:
    def lowest(who: Speaker) -> float:
        power = np.abs(np.fft.rfft(uttered(Vocal.HUM, who).samples))
        hertz = np.fft.rfftfreq(len(uttered(Vocal.HUM, who).samples), 1 / voice.RATE_HZ)
        return float(hertz[np.argmax(power > 0.3 * power.max())])

    assert lowest(BEN) < 0.75 * lowest(ANNA)


def coughs_of(speech: Speech) -> list[int]:
    """Samples at which coughs burst: rises by 20 dB within 20 ms."""
    level = 20 * np.log10(envelope(speech.samples) + 1e-4)
    rises = [i for i in range(2, len(level) - 1) if level[i] > -14 and level[i] - level[i - 2] > 15]
    return [480 * i for n, i in enumerate(rises) if n == 0 or i - rises[n - 1] > 5]


@pytest.mark.parametrize("seed", range(4))
def test_coughs_burst_and_die_down_after_air_was_drawn_in(seed: int) -> None:
    cough = uttered(Vocal.COUGH, Speaker(Sex.MALE, 40, seed))
    bursts = coughs_of(cough)
    assert 2 <= len(bursts) <= 3
    assert 0.2 < bursts[0] / voice.RATE_HZ < 0.6
    for one, other in pairwise(bursts):
        assert 0.3 < (other - one) / voice.RATE_HZ < 0.45
    sound = cough.samples.astype(float)
    for start in bursts:
        early = sound[start : start + 2400]
        late = sound[start + 7200 : start + 9600]
        assert (early**2).mean() > 8 * (late**2).mean()
    assert 0 < np.abs(sound[: bursts[0] - 4800]).max() < 0.1 * np.abs(sound).max()


def test_a_gasp_breaks_off_at_its_loudest_and_a_yawn_takes_its_time() -> None:
    gasp, yawn = uttered(Vocal.GASP), uttered(Vocal.YAWN)
    level = envelope(gasp.samples)
    loudest = int(np.argmax(level))
    assert level[loudest + 8 : loudest + 14].min() < 0.05
    assert 2.8 < yawn.duration_s < 4
    half = envelope(yawn.samples)
    assert half[: len(half) // 3].max() < half.max()


def test_a_sneeze_bursts_after_air_was_drawn_in() -> None:
    level = envelope(uttered(Vocal.SNEEZE).samples)
    burst = int(np.argmax(level))
    assert burst > 35
    assert level[: burst - 12].max() < 0.4
