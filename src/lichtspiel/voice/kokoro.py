"""The speech model Kokoro-82M in three steps: pace, melody and sound."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lichtspiel.packs import store
from lichtspiel.packs.kokoro import ALIGNMENT, AUDIO, DURATIONS, ENERGY, FEATURES, PITCH, SPEED, STYLE, TOKENS

Floats = NDArray[np.float32]

RATE_HZ = 24000
FRAME_S = 0.025
"""Phonemes last whole frames of this length; pitch and energy have two values in each."""
LONGEST = 480
"""Most symbols that are spoken in one go; the model holds 510."""
TIMBRE = slice(0, 128)
"""Share of a style that colours the sound; the rest of it gives pace and melody (StyleTTS 2)."""

Mix = Mapping[str, float]
"""Voices of the pack and their shares."""


@dataclass(frozen=True, eq=False)
class Score:
    """A sentence before it sounds. `symbols` begin and end with a pause of the model's own."""

    symbols: str
    frames: NDArray[np.int64]
    """How long each symbol lasts."""
    pitch: Floats
    """(2 · frames,) hertz."""
    energy: Floats
    """(2 · frames,) in the model's own measure, which grows with loudness in decibels."""


def style(timbre: Mix, manner: Mix, count: int) -> Floats:
    """(1, 256) style of mixtures of voices, for a sentence of so many symbols.

    Raises KeyError for a voice that the pack lacks, PackMissingError without the pack.
    """
    row = min(count, _styles().shape[1]) - 1
    mixed = [
        sum(share * _styles()[_voices()[name], row] for name, share in mix.items()) / sum(mix.values())
        for mix in (timbre, manner)
    ]
    return np.concatenate([mixed[0][TIMBRE], mixed[1][TIMBRE.stop :]])[None].astype(np.float32)


def known(sounds: str) -> str:
    """What the model can read of some symbols."""
    return "".join(symbol for symbol in sounds if symbol in _vocabulary())


def pace(symbols: str, manner: Floats) -> tuple[NDArray[np.float64], Floats]:
    """Frames that each symbol lasts, with the pauses before and after, and features for the melody."""
    inputs = {TOKENS: _tokens(symbols), STYLE: manner, SPEED: np.ones(1, np.float32)}
    frames, features = _part("pace").run([DURATIONS, FEATURES], inputs)
    return np.asarray(frames, np.float64).ravel(), features


def melody(features: Floats, frames: NDArray[np.int64], manner: Floats) -> tuple[Floats, Floats]:
    """Pitch in hertz and energy, each (2 · frames,), where symbols last so many frames."""
    inputs = {FEATURES: features, ALIGNMENT: _alignment(frames), STYLE: manner}
    pitch, energy = _part("melody").run([PITCH, ENERGY], inputs)
    return pitch.ravel(), energy.ravel()


def sound(score: Score, manner: Floats) -> Floats:
    """Samples at RATE_HZ, within about ±1."""
    inputs = {
        TOKENS: _tokens(score.symbols),
        STYLE: manner,
        ALIGNMENT: _alignment(score.frames),
        PITCH: score.pitch.reshape(1, 1, -1),
        ENERGY: score.energy.reshape(1, 1, -1),
    }
    (samples,) = _part("sound").run([AUDIO], inputs)
    return np.asarray(samples, np.float32).ravel()


def _alignment(frames: NDArray[np.int64]) -> Floats:
    return np.repeat(np.eye(len(frames), dtype=np.float32), frames, axis=1)


def _tokens(symbols: str) -> NDArray[np.int64]:
    return np.array([[0, *(_vocabulary()[symbol] for symbol in symbols), 0]], np.int64)


@cache
def _part(name: str) -> Any:
    """A part of the model, on one thread, so that every machine adds up in the same order."""
    import onnxruntime  # noqa: PLC0415 - films without speech do without it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    path = store.content("voices", f"{name}.onnx")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def _styles() -> Floats:
    loaded: Floats = np.load(store.content("voices", "styles.npy"), mmap_mode="r")
    return loaded


@cache
def _voices() -> dict[str, int]:
    names = json.loads(store.content("voices", "voices.json").read_text("utf-8"))
    return {name: index for index, name in enumerate(names)}


@cache
def _vocabulary() -> dict[str, int]:
    table: dict[str, int] = json.loads(store.content("voices", "vocabulary.json").read_text("utf-8"))["vocab"]
    return table
