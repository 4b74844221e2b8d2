"""Sampled instruments play what is asked for; without them, computed ones do."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from lichtspiel.packs import soundfont, store
from lichtspiel.sound.music import Players, sampled

FS = 48_000


def tone(pitch_hz: float, rate: int = 44_100, seconds: float = 0.5) -> NDArray[np.int16]:
    time = np.arange(int(seconds * rate)) / rate
    return (12_000 * np.sin(2 * np.pi * pitch_hz * time)).astype(np.int16)


def kept() -> sampled.Samples:
    """A flute at A4, looped, and a soft and a hard drum."""
    flute, soft, hard = tone(440.0), tone(100.0), tone(3000.0)
    count = len(flute)
    common = {
        "rate_hz": 44_100, "scale": 1.0, "loop": None, "attenuation_db": 0.0, "attack_s": 0.001,
        "hold_s": 0.0,
        "decay_s": 0.001, "sustain_db": 0.0, "release_s": 0.1, "count": count,
    }  # fmt: skip
    drum = {**common, "keys": [36, 36], "root": 36.0, "scale": 0.0}
    zones = {
        "flute": [
            {**common, "keys": [0, 127], "forces": [0, 127], "first": 0, "root": 69.0, "loop": [4410, 13230]}
        ],
        "drums": [
            {**drum, "forces": [0, 80], "first": count},
            {**drum, "forces": [81, 127], "first": 2 * count},
        ],
    }
    return sampled.Samples(zones, np.concatenate([flute, soft, hard]))


def pitch_hz(sound: NDArray[np.float64]) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(sound * np.hanning(len(sound))))) * FS / len(sound))


@pytest.mark.parametrize("wanted", [220.0, 440.0, 660.0])
def test_a_note_has_its_pitch_and_lasts_beyond_its_sample(wanted: float) -> None:
    note = Players(kept()).note("flute", wanted, 2.0, 0.7, np.random.default_rng(1))
    assert pitch_hz(note[FS // 2 : 2 * FS]) == pytest.approx(wanted, rel=0.01)
    assert np.abs(note[int(2.2 * FS) :]).max(initial=0.0) < 0.05 * np.abs(note).max()


def test_hard_strokes_have_samples_of_their_own() -> None:
    players = Players(kept())
    soft, hard = (players.stroke("kick", force, np.random.default_rng(1)) for force in (0.3, 1.0))
    assert pitch_hz(soft[:20_000]) < 200 < pitch_hz(hard[:20_000])


def test_who_was_not_recorded_is_computed() -> None:
    note = Players(kept()).note("synth_bass", 110.0, 0.5, 0.7, np.random.default_rng(1))
    assert note.tobytes() == Players().note("synth_bass", 110.0, 0.5, 0.7, np.random.default_rng(1)).tobytes()


def test_without_the_pack_nobody_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "root", lambda: tmp_path)
    sampled.samples.cache_clear()
    assert sampled.samples() is None
    sampled.samples.cache_clear()


def test_a_sound_font_is_taken_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundfont, "PRESETS", {"flute": (0, 73)})
    package = tmp_path / "package"
    package.mkdir()
    (package / soundfont.SOURCE).write_bytes(font(440.0))
    soundfont.convert(package, tmp_path / "made")
    monkeypatch.setattr(store, "content", lambda _pack, name: tmp_path / "made" / name)
    sampled.samples.cache_clear()
    note = Players(sampled.samples()).note("flute", 550.0, 0.3, 0.7, np.random.default_rng(1))
    sampled.samples.cache_clear()
    assert pitch_hz(note[2000:14_000]) == pytest.approx(550.0, rel=0.02)


def test_what_is_no_sound_font_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / soundfont.SOURCE).write_bytes(b"not a font at all")
    with pytest.raises(ValueError, match="no sound font"):
        soundfont.convert(tmp_path, tmp_path / "made")


def font(pitch: float) -> bytes:
    """A sound font with one instrument of one Ogg sample at A4."""
    stream = ogg(tone(pitch, FS))

    def chunk(name: bytes, content: bytes) -> bytes:
        return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)

    def preset(name: bytes, program: int, bag: int) -> bytes:
        return struct.pack("<20sHHHIII", name, program, 0, bag, 0, 0, 0)

    tables = {
        b"phdr": preset(b"Flute", 73, 0) + preset(b"EOP", 0, 1),
        b"pbag": struct.pack("<HHHH", 0, 0, 1, 0),
        b"pgen": struct.pack("<HHHH", 41, 0, 0, 0),
        b"inst": struct.pack("<20sH20sH", b"Flute", 0, b"EOI", 1),
        b"ibag": struct.pack("<HHHH", 0, 0, 2, 0),
        b"igen": struct.pack("<HHHHHH", 43, 127 << 8, 53, 0, 0, 0),
        b"shdr": struct.pack("<20sIIIIIBbHH", b"A4", 0, len(stream), 0, 0, FS, 69, 0, 0, 17)
        + struct.pack("<20sIIIIIBbHH", b"EOS", 0, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    lists = chunk(b"LIST", b"sdta" + chunk(b"smpl", stream))
    lists += chunk(b"LIST", b"pdta" + b"".join(chunk(name, content) for name, content in tables.items()))
    return chunk(b"RIFF", b"sfbk" + lists)


def ogg(samples: NDArray[np.int16]) -> bytes:
    target = io.BytesIO()
    with av.open(target, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=FS, layout="mono")
        frame = av.AudioFrame.from_ndarray((samples / 32768).astype(np.float32)[None], "fltp", "mono")
        frame.sample_rate = FS
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return target.getvalue()
