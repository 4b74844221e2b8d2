"""The parts of a soundtrack as files of their own, for editors: WAV, 24 bit, as long as the film."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from lichtspiel.cut.encode import LAYOUTS, Samples

NAMES = ("dialogue", "effects", "ambience", "music")
_FULL = 2**31 - 1
_BLOCK = 4096


def path_of(film: Path, stem: str) -> Path:
    """The file of a stem beside its film: rain.mp4 → rain.dialogue.wav."""
    return film.with_suffix(f".{stem}.wav")


def write(stems: Mapping[str, Samples], film: Path, sample_rate_hz: int) -> tuple[Path, ...]:
    """Write every stem (N, 2) or (N, 6) beside a film, which need not exist yet. They add up to its sound.

    Stems of an earlier sound that this one does not have go away.
    """
    for name in NAMES:
        path_of(film, name).unlink(missing_ok=True)
    paths = []
    for name, samples in stems.items():
        paths.append(path_of(film, name))
        wav(samples, paths[-1], sample_rate_hz)
    return tuple(paths)


def wav(samples: Samples, path: Path, sample_rate_hz: int) -> None:
    """Write samples (N, C), -1 … 1, as PCM of 24 bit. Raises OSError."""
    layout = LAYOUTS[samples.shape[1]]
    whole = np.round(np.clip(np.asarray(samples, np.float64), -1, 1) * _FULL).astype(np.int32)
    with av.open(str(path), "w", format="wav", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("pcm_s24le", rate=sample_rate_hz, layout=layout, format="s32")
        for start in range(0, len(whole), _BLOCK):
            block = np.ascontiguousarray(whole[start : start + _BLOCK]).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(block, format="s32", layout=layout)
            frame.sample_rate = sample_rate_hz
            frame.pts = start
            frame.time_base = Fraction(1, sample_rate_hz)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
