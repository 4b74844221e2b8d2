"""Ambience fills the film, has its level, and never repeats."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.sound.beds import LAYERS, bed

FS = 48_000


@pytest.mark.parametrize("kind", [kind for kind in LAYERS if kind != "none"])
def test_a_bed_has_its_level_and_two_channels(kind: str) -> None:
    sound = bed(kind, -48.0, 4 * FS, np.random.default_rng(2))
    assert 20 * np.log10(np.sqrt(np.mean(sound**2))) == pytest.approx(-48.0, abs=0.01)
    assert not np.allclose(sound[0], sound[1])


@pytest.mark.parametrize("kind", ["park", "street", "beach", "room_tone"])
def test_a_bed_never_repeats(kind: str) -> None:
    mono = bed(kind, -40.0, 8 * FS, np.random.default_rng(2)).mean(axis=0)
    spectrum = np.abs(np.fft.rfft(mono, 2 * len(mono))) ** 2
    # Whitened, so that slow swells do not count as repeats.
    smooth = np.convolve(spectrum, np.full(401, 1 / 401), mode="same")
    likeness = np.fft.irfft(spectrum / np.maximum(smooth, smooth.max() * 1e-6))
    assert np.abs(likeness[FS // 2 : 7 * FS]).max() < 0.2 * likeness[0]


def test_silence_is_silent_and_unknown_places_are_named() -> None:
    assert not np.any(bed("none", -40.0, FS, np.random.default_rng(0)))
    with pytest.raises(ValueError, match="submarine"):
        bed("submarine", -40.0, FS, np.random.default_rng(0))
