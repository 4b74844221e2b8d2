"""Stems as files, and surround sound in films."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from lichtspiel.cut import stems
from lichtspiel.cut.encode import Soundtrack, encode

RATE = 48_000


def tones(channels: int, seconds: float = 1.0) -> NDArray[np.float32]:
    """A tone of its own in every channel."""
    time = np.arange(round(seconds * RATE)) / RATE
    return np.array([0.3 * np.sin(2 * np.pi * 200 * (i + 1) * time) for i in range(channels)], np.float32).T


@pytest.mark.parametrize("channels", [2, 6])
def test_a_stem_is_what_it_was_in_24_bits(channels: int, tmp_path: Path) -> None:
    (path,) = stems.write({"dialogue": tones(channels)}, tmp_path / "film.mp4", RATE)
    assert path.name == "film.dialogue.wav"
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        assert (stream.codec_context.name, stream.rate, stream.channels) == ("pcm_s24le", RATE, channels)
        blocks = [frame.to_ndarray().reshape(-1, channels) for frame in container.decode(audio=0)]
    assert np.concatenate(blocks).astype(float) / 2**31 == pytest.approx(tones(channels), abs=2**-22)


def test_surround_sound_keeps_its_channels_in_the_film(tmp_path: Path) -> None:
    frame, film = tmp_path / "0.png", tmp_path / "film.mp4"
    Image.new("RGB", (64, 64)).save(frame)
    sound = tones(6)
    sound[:, 3] *= 0
    encode([frame] * 12, 12, Soundtrack(sound), film)
    with av.open(str(film)) as container:
        assert container.streams.audio[0].layout.name == "5.1"
        decoded = np.concatenate([f.to_ndarray() for f in container.decode(audio=0)], axis=1)[:, : len(sound)]
    for channel in (0, 1, 2, 4, 5):
        loudest = np.argmax(np.abs(np.fft.rfft(decoded[channel] * np.hanning(decoded.shape[1]))))
        assert loudest == pytest.approx(200 * (channel + 1), abs=2)
    assert np.abs(decoded[3]).max() < 0.01
