"""From the words of a sentence to its score: how long each phoneme lasts, and with which melody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lichtspiel.voice import alphabet, kokoro
from lichtspiel.voice.delivery import Manner
from lichtspiel.voice.instrument import Instrument
from lichtspiel.voice.reading import Word
from lichtspiel.voice.speech import Timed

Ints = NDArray[np.int64]
Doubles = NDArray[np.float64]

LATENCY_S = 0.055
"""How much earlier the model sounds than its frames say; measured by energy at the onsets of phonemes."""
_VOICED_HZ = 20.0
_RISE_S = 0.3
_TREMOR_HZ = 5.5
_LONGEST_PAUSE = 24


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence laid out in time, before it has a melody."""

    symbols: str
    frames: Ints
    """Frames that each symbol lasts, the model's pauses at both ends included."""
    features: kokoro.Floats
    style: kokoro.Floats
    spans: tuple[tuple[int, int, str], ...]
    """First and last (exclusive) symbol of each word, and its text."""
    frame_s: float
    """Seconds that a frame lasts in the end, after the throat has been made smaller or larger."""

    @property
    def duration_s(self) -> float:
        """From the beginning of the first word to the end of the last one."""
        return float(self.frames[1 : 1 + self.spans[-1][1]].sum()) * self.frame_s


def sentence(words: list[Word], instrument: Instrument, manner: Manner, pace: float) -> Sentence:
    """Lay a sentence out in time. `pace` is the line's own."""
    symbols, spans = _symbols(words)
    style = kokoro.style(instrument.timbre, instrument.manner, len(symbols))
    lasting, features = kokoro.pace(symbols, style)
    # A smaller throat is made by playing faster, so everything has to be longer before.
    longer = instrument.throat / (instrument.pace * manner.pace * pace)
    wanted = lasting * longer
    for place, symbol in enumerate(symbols, 1):
        if symbol in alphabet.PAUSES:
            wanted[place] = min(lasting[place], _LONGEST_PAUSE) * longer * manner.pauses
        elif alphabet.is_vowel(symbol) and symbols[place - 2 : place - 1] == alphabet.STRESSES[0]:
            wanted[place] *= manner.stress
    # With shorter silences than its own before and after a sentence the model starts late.
    wanted[[0, -1]] = lasting[[0, -1]]
    return Sentence(
        symbols, _whole(wanted), features, style, spans, kokoro.FRAME_S / float(instrument.throat)
    )


def _symbols(words: list[Word]) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    symbols, spans = "", []
    for word in words:
        start = len(symbols)
        symbols += kokoro.known(word.sounds)
        if len(symbols) > start:
            spans.append((start, len(symbols), word.text))
        symbols += word.mark + " "
    return symbols.rstrip(), tuple(spans)


def _whole(wanted: Doubles) -> Ints:
    """Whole frames, at least one each, that stay as near as can be to the wanted times."""
    frames, ahead = np.ones(len(wanted), np.int64), 0.0
    for place, length in enumerate(wanted):
        frames[place] = max(1, round(length + ahead))
        ahead = float(np.clip(ahead + length - frames[place], -1, 1))
    return frames


def melody(told: Sentence, instrument: Instrument, manner: Manner, asks: bool) -> kokoro.Score:
    """Give a sentence its melody: the model's own, shaped by the voice and the delivery."""
    pitch, energy = kokoro.melody(told.features, told.frames, told.style)
    times = np.arange(len(pitch)) * told.frame_s / 2
    voiced = pitch > _VOICED_HZ
    if voiced.any():
        shaped = _shaped(pitch[voiced].astype(np.float64), instrument, manner)
        shaped *= 1 + 0.025 * instrument.age * np.sin(2 * np.pi * _TREMOR_HZ * times[voiced])
        if asks and manner.rise:
            last = times[voiced][-1]
            climb = np.clip((times[voiced] - last + _RISE_S) / _RISE_S, 0, 1)
            shaped *= 2 ** (manner.rise * climb**1.5)
        # Playing faster will raise it again.
        pitch = pitch.copy()
        pitch[voiced] = np.clip(shaped, 55, 900) / instrument.throat
    return kokoro.Score(told.symbols, told.frames, pitch.astype(np.float32), energy)


def _shaped(pitch: Doubles, instrument: Instrument, manner: Manner) -> Doubles:
    median = float(np.median(pitch))
    level = instrument.pitch_hz or median * instrument.pitch
    shaped: Doubles = level * manner.pitch * (pitch / median) ** manner.range
    return shaped


def timings(told: Sentence) -> tuple[list[Timed], list[Timed], list[float]]:
    """Words, phonemes and peaks of stressed syllables, in seconds after the sentence begins."""
    edges = (np.concatenate([[0], np.cumsum(told.frames[1:])])) * told.frame_s
    words, phonemes, stressed = [], [], []
    for first, last, text in told.spans:
        place = first
        for part in " ".join(told.symbols[first:last].split()).split(" "):
            for phoneme in alphabet.split(part):
                start, place = place, place + len(phoneme)
                begin, end = float(edges[start]), float(edges[place])
                phonemes.append(Timed(begin, end, alphabet.ipa(phoneme)))
                if phoneme[0] == alphabet.STRESSES[0] and alphabet.is_vowel(phoneme):
                    stressed.append((begin + end) / 2)
            place += 1
        words.append(Timed(float(edges[first]), float(edges[last]), text))
    return words, phonemes, stressed
