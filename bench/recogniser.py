"""Hears what is said: Whisper base, offline, to measure how well speech is understood."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from lichtspiel.packs import store

RATE_HZ = 16000
_WINDOW, _HOP, _BANDS = 400, 160, 80
_SECONDS = 30
"""Whisper hears windows of this length."""
_HIGHEST_HZ = 8000.0
_MEL_BREAK_HZ, _MEL_STEP = 1000.0, 200 / 3
_MEL_LOG = np.log(6.4) / 27
"""Slaney's mel scale: linear to a kilohertz, logarithmic above."""

_NUMBERS = {
    "en": {"2": "two", "3": "three", "7": "seven", "20": "twenty", "100": "hundred"},
    "de": {"2": "zwei", "3": "drei", "5": "fünf", "8": "acht", "20": "zwanzig"},
}
"""Numbers of the bench's lines that the recogniser writes in figures."""


def transcript(samples: NDArray[np.floating[Any]], rate_hz: int, language: str) -> str:
    """What is said in (N,) samples of at most 30 s. Raises PackMissingError."""
    import ctranslate2  # noqa: PLC0415 - a tool of development, not a dependency

    heard = resample_poly(np.asarray(samples, np.float64), RATE_HZ, rate_hz)
    features = ctranslate2.StorageView.from_array(_features(heard)[None])
    prompt = ["<|startoftranscript|>", f"<|{language}|>", "<|transcribe|>", "<|notimestamps|>"]
    (result,) = _model().generate(features, [prompt], beam_size=5)
    return _text(result.sequences[0])


def words(text: str, language: str) -> list[str]:
    """Words without case and punctuation, numbers spelt out, as they are compared."""
    plain = re.sub(r"[^\w']+", " ", text.lower().replace("’", "'").replace("ß", "ss"))
    # Two spellings of one word.
    one = plain.replace("all right", "alright").split()
    return [_NUMBERS.get(language, {}).get(word, word) for word in one]


def errors(said: list[str], heard: list[str]) -> int:
    """Words that are wrong, missing or too many: Levenshtein's distance."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, 1):
        diagonal, row[0] = row[0], number
        for place, other in enumerate(heard, 1):
            diagonal, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, diagonal + (word != other)),
            )
    return row[-1]


def _features(samples: NDArray[np.float64]) -> NDArray[np.float32]:
    """(80, 3000) log mel spectrum, as Whisper was trained on."""
    peak = np.abs(samples).max() if len(samples) else 0.0
    padded = np.zeros(_SECONDS * RATE_HZ)
    count = min(len(samples), len(padded))
    padded[:count] = samples[:count] / max(peak, 1e-9) * 0.5
    around = np.pad(padded, _WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(around, _WINDOW)[::_HOP][:-1]
    window = np.hanning(_WINDOW + 1)[:-1]
    power = np.abs(np.fft.rfft(frames * window)) ** 2
    mel = np.log10(np.maximum(power @ _filters().T, 1e-10)).T
    mel = np.maximum(mel, mel.max() - 8.0)
    return np.ascontiguousarray((mel + 4.0) / 4.0, np.float32)


@cache
def _filters() -> NDArray[np.float64]:
    """(80, 201) triangles of equal area on the mel scale."""
    top = _MEL_BREAK_HZ / _MEL_STEP + np.log(_HIGHEST_HZ / _MEL_BREAK_HZ) / _MEL_LOG
    mels = np.linspace(0, top, _BANDS + 2)
    broken = _MEL_BREAK_HZ / _MEL_STEP
    bent = _MEL_BREAK_HZ * np.exp(_MEL_LOG * (mels - broken))
    edges = np.where(mels < broken, mels * _MEL_STEP, bent)
    bins = np.linspace(0, RATE_HZ / 2, _WINDOW // 2 + 1)
    rising = (bins - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - bins) / np.diff(edges)[1:, None]
    triangles: NDArray[np.float64] = np.maximum(0, np.minimum(rising, falling))
    return triangles * (2 / (edges[2:] - edges[:-2]))[:, None]


def _text(tokens: list[str]) -> str:
    """Text of byte-level tokens (GPT-2's alphabet of bytes)."""
    spelt = "".join(token for token in tokens if not token.startswith("<|"))
    return bytes(_bytes()[letter] for letter in spelt).decode("utf-8", "replace").strip()


@cache
def _bytes() -> dict[str, int]:
    plain = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    rest = [byte for byte in range(256) if byte not in plain]
    return {chr(byte): byte for byte in plain} | {chr(256 + place): byte for place, byte in enumerate(rest)}


@cache
def _model() -> Any:
    import ctranslate2  # noqa: PLC0415

    folder = store.content("recogniser", "model.bin").parent
    return ctranslate2.models.Whisper(str(folder), device="cpu", compute_type="int8", intra_threads=1)
