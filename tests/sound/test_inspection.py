"""Faults are found where they are, and only there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from lichtspiel.screenplay import Cue
from lichtspiel.sound import Measurements, Soundtrack
from lichtspiel.sound.inspection import faults
from tests.sound.test_hearing import film, heard

FS = 48_000


def sound(samples: NDArray[np.float64]) -> Soundtrack:
    return Soundtrack(samples.astype(np.float32), Measurements(-16.0, -1.0, 0, 0, note="made by hand"))


def noise() -> NDArray[np.float64]:
    rng = np.random.default_rng(4)
    return np.asarray(
        0.05 * np.cumsum(rng.normal(size=(3 * FS, 2)), axis=0) / 200 + 1e-3 * rng.normal(size=(3 * FS, 2))
    )


def test_plain_noise_has_no_faults() -> None:
    assert faults(sound(noise())) == ()


def test_a_hole_is_dead_silence_unless_there_is_no_air() -> None:
    samples = noise()
    samples[FS : int(1.4 * FS)] = 0.0
    (fault,) = (one for one in faults(sound(samples)) if one.kind == "dead silence")
    assert fault.film_s == pytest.approx(1.0, abs=0.02)
    assert all(one.kind != "dead silence" for one in faults(sound(samples), wanted_silence=True))


def test_a_bad_edit_is_a_click() -> None:
    time = np.arange(3 * FS) / FS
    tone = 0.3 * np.sin(2 * np.pi * 110 * time)
    tone[2 * FS :] = 0.3 * np.sin(2 * np.pi * 110 * time[2 * FS :] + 1.5)
    (fault,) = (one for one in faults(sound(np.stack([tone, tone], 1))) if one.kind == "click")
    assert fault.film_s == pytest.approx(2.0, abs=0.002)


def test_flat_tops_are_clipping() -> None:
    time = np.arange(2 * FS) / FS
    tone = np.clip(1.4 * np.sin(2 * np.pi * 220 * time), -0.85, 0.85)
    assert any(one.kind == "clipping" for one in faults(sound(np.stack([tone, tone], 1))))


@pytest.mark.parametrize("cue", ["door_slams", "typing", "thunderstorm", "phone", "fire", "hooves"])
def test_sounds_of_the_library_pass(cue: str) -> None:
    assert faults(heard(*film(Cue(sound=cue), spoken=True))) == ()


def test_the_attack_of_a_blow_is_no_click() -> None:
    time = np.arange(3 * FS) / FS
    tone = 0.3 * np.sin(2 * np.pi * 110 * time)
    tone[2 * FS :] += 0.1 * np.exp(-(time[2 * FS :] - 2.0) / 0.05)
    heard_as = sound(np.stack([tone, tone], 1))
    assert [one.kind for one in faults(heard_as)] == ["click"]
    blow = replace(heard_as, arrivals_s=(2.0,), stems={"effects": heard_as.samples})
    assert faults(blow) == ()
    music = replace(blow, stems={"effects": 0 * heard_as.samples, "music": heard_as.samples})
    assert [one.kind for one in faults(music)] == ["click"], "a blow excuses no click in the music"
