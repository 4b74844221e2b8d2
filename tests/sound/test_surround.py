"""The film in surround: who speaks is in the centre, the place is all around, low effects shake the bass."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from lichtspiel.screenplay import Cue
from lichtspiel.sound import Soundtrack, score
from lichtspiel.sound.layout import (
    BASS,
    CENTRE,
    LEFT,
    REAR_LEFT,
    REAR_RIGHT,
    RIGHT,
    STEREO,
    SURROUND,
    panned,
)
from tests.sound import scenes
from tests.sound.test_hearing import clip, film, utterance

FS = 48_000


def surround(*cues: Cue, spoken: bool = False, side_m: float = 0.0) -> Soundtrack:
    world, take = film(*cues, spoken=spoken)
    ball, floor = scenes.ball("wood", 0.04), scenes.floor("wood", 0.03)
    knock = scenes.knock(3.2, ball, floor, 0.3, 2.0, (side_m, 0.0, 0.0))
    take = replace(take, impacts=(knock,), utterances=(utterance(),) if spoken else ())
    return score(world, take, scenes.camera(2.0, 4.0), clip, SURROUND)


def power(samples: np.ndarray) -> np.ndarray:
    return np.asarray(np.mean(samples.astype(float) ** 2, axis=0))


def test_speech_is_in_the_centre_and_everything_meets_the_standard() -> None:
    sound = surround(Cue(sound="heavy_rain"), spoken=True)
    assert sound.samples.shape == (4 * FS, 6)
    said = power(sound.stems["dialogue"])
    assert said[CENTRE] > 0.7 * said.sum()
    assert sound.measurements.integrated_lufs == pytest.approx(-16.0, abs=0.5)
    assert sound.measurements.true_peak_dbtp <= -1.0
    assert sum(sound.stems.values()) == pytest.approx(sound.samples, abs=1e-6)


def test_ambience_is_all_around_and_its_channels_are_not_alike() -> None:
    rain = surround(Cue(sound="heavy_rain"), spoken=True).stems["ambience"].astype(float)
    levels = 10 * np.log10(power(rain)[[LEFT, RIGHT, REAR_LEFT, REAR_RIGHT]])
    assert np.ptp(levels) < 3.0
    assert power(rain)[BASS] == 0.0
    for one, other in itertools.combinations((LEFT, RIGHT, REAR_LEFT, REAR_RIGHT), 2):
        alike = np.corrcoef(rain[:, one], rain[:, other])[0, 1]
        assert abs(alike) < 0.35, (one, other)


def test_effects_come_from_their_side_and_the_lowest_from_the_bass_too() -> None:
    on_the_left, on_the_right = surround(side_m=-3.0), surround(side_m=3.0)
    assert power(on_the_left.stems["effects"])[LEFT] > 2 * power(on_the_left.stems["effects"])[RIGHT]
    assert power(on_the_right.stems["effects"])[RIGHT] > 2 * power(on_the_right.stems["effects"])[LEFT]
    bass = on_the_left.stems["effects"][:, BASS].astype(float)
    spectrum = np.abs(np.fft.rfft(bass)) ** 2
    assert spectrum[: 4 * 160].sum() > 0.95 * spectrum.sum() > 0


def test_a_sound_that_goes_round_the_camera_keeps_its_power() -> None:
    angles = np.radians(np.arange(0, 360, 5))
    points = 2.0 * np.array([np.sin(angles), np.zeros(len(angles)), -np.cos(angles)]).T
    gains, delays = panned(np.zeros(3), np.eye(3), points)
    assert np.sum(gains**2, axis=0) == pytest.approx(0.25)
    assert delays == pytest.approx(delays[0, 0])
    assert gains[CENTRE, 0] == pytest.approx(0.5)
    right_behind = int(135 / 5)
    assert np.argmax(gains[:, right_behind]) == REAR_RIGHT


def test_stereo_is_what_it_was_when_nothing_is_said_of_it() -> None:
    world, take = film(Cue(sound="clock"))
    plain = score(world, take, scenes.camera(2.0, 4.0), clip)
    asked = score(world, take, scenes.camera(2.0, 4.0), clip, STEREO)
    assert np.array_equal(plain.samples, asked.samples)
