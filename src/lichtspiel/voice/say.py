"""Speaks lines."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass

import numpy as np

from lichtspiel.screenplay import Line, Sex, Voice
from lichtspiel.voice import clips, colour, kokoro, reading, score, vocals
from lichtspiel.voice.delivery import MANNERS
from lichtspiel.voice.instrument import Instrument, instrument
from lichtspiel.voice.speech import RATE_HZ, Floats, Speaker, Speech, Timed

LEAD_S, TAIL_S = 0.04, 0.05
"""Kept before the first phoneme and after the last one: breath and what rings on."""
_BETWEEN_S = 0.22
"""Between sentences, after the last sound of the first has died away."""
_AFTER_VOCAL_S = 0.18


@dataclass(frozen=True, eq=False)
class _Laid:
    """A line laid out in time. Times are those at which its parts begin."""

    vocal: vocals.Utterance | None
    sentences: tuple[tuple[float, score.Sentence], ...]
    duration_s: float


def duration(line: Line, speaker: Speaker, language: str) -> float:
    """Seconds that a line takes, without speaking it. `language` is used where the line names none."""
    return _laid(
        line, speaker, instrument(speaker, line.language or language), line.language or language
    ).duration_s


def speak(line: Line, speaker: Speaker, language: str) -> Speech:
    """Speak a line; the same line of the same speaker gives the same samples.

    Raises PackMissingError when there are words and the pack of voices is not installed, KeyError
    when the speaker's record names a voice that the library lacks.
    """
    return load(_clip(line, speaker, line.language or language))


def load(clip: str) -> Speech:
    """The speech that `speak` made for a clip, from the disk or made again."""
    told = json.loads(clip)
    line = Line(speaker="speaker", **told["line"])
    who = told["speaker"]
    speaker = Speaker(Sex(who["sex"]), who["age_years"], who["seed"], Voice(**who["voice"]))
    return clips.kept(clip, lambda: _spoken(line, speaker, told["language"], clip))


def _clip(line: Line, speaker: Speaker, language: str) -> str:
    """Everything that the sound of a line depends on, as compact JSON."""
    told = {
        "language": language,
        "line": line.model_dump(mode="json", include={"text", "vocal", "delivery", "pace"}),
        "speaker": {
            "sex": speaker.sex.value,
            "age_years": speaker.age_years,
            "seed": speaker.seed,
            "voice": speaker.voice.model_dump(mode="json", exclude_none=True),
        },
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _laid(line: Line, speaker: Speaker, voice: Instrument, language: str) -> _Laid:
    manner = MANNERS[line.delivery]
    clock = 0.0
    vocal = vocals.utter(line.vocal, speaker, voice, manner) if line.vocal else None
    if vocal:
        clock = len(vocal.samples) / RATE_HZ
    sentences = []
    for words in reading.sentences(line.text, language, voice.entry.accent):
        for part in _short(words):
            clock += LEAD_S if not clock else _BETWEEN_S * manner.pauses / line.pace
            told = score.sentence(part, voice, manner, line.pace)
            sentences.append((clock, told))
            clock += told.duration_s
    return _Laid(vocal, tuple(sentences), clock + (TAIL_S if sentences else 0.0))


def _short(words: list[reading.Word]) -> list[list[reading.Word]]:
    """A sentence in parts that the model can hold, divided at its pauses where possible."""
    if sum(len(word.sounds) + 2 for word in words) <= kokoro.LONGEST:
        return [words]
    middle = len(words) // 2
    marked = [place for place, word in enumerate(words[:-1], 1) if word.mark]
    cut = min(marked, key=lambda place: abs(place - middle)) if marked else middle
    return _short(words[:cut]) + _short(words[cut:])


def _spoken(line: Line, speaker: Speaker, language: str, clip: str) -> Speech:
    voice, manner = instrument(speaker, language), MANNERS[line.delivery]
    laid = _laid(line, speaker, voice, language)
    rng = np.random.default_rng(zlib.crc32(clip.encode()))
    samples = np.zeros(round(laid.duration_s * RATE_HZ), np.float32)
    words: list[Timed] = []
    phonemes: list[Timed] = []
    stressed: list[float] = []
    for start, told in laid.sentences:
        _add(samples, _sounding(told, voice, line, rng), start - LEAD_S)
        found, sounds, peaks = score.timings(told)
        words += [Timed(start + word.start_s, start + word.end_s, word.text) for word in found]
        phonemes += [Timed(start + sound.start_s, start + sound.end_s, sound.text) for sound in sounds]
        stressed += [start + peak for peak in peaks]
    samples = colour.levelled(samples, manner.level_db)
    if laid.vocal:
        _add(samples, laid.vocal.samples, 0.0)
        phonemes = [*laid.vocal.phonemes, *phonemes]
    note = voice.entry.note if words else ""
    effort = manner.effort if words or laid.vocal is None else laid.vocal.effort
    return Speech(samples, tuple(words), tuple(phonemes), tuple(stressed), effort, clip, note)


def _sounding(told: score.Sentence, voice: Instrument, line: Line, rng: np.random.Generator) -> Floats:
    """A sentence's samples from LEAD_S before its first phoneme to TAIL_S after its last one."""
    manner = MANNERS[line.delivery]
    asks = told.symbols.endswith("?") or manner.rise > 0
    sound = kokoro.sound(score.melody(told, voice, manner, asks), told.style)
    heard = colour.throat(sound, kokoro.RATE_HZ, voice.throat)
    before = told.frames[0] * told.frame_s - score.LATENCY_S / voice.throat - LEAD_S
    first = max(0, round(before * RATE_HZ))
    count = round((LEAD_S + told.duration_s + TAIL_S) * RATE_HZ)
    return colour.faded(colour.coloured(heard[first : first + count], manner, voice.age, rng), 0.02)


def _add(samples: Floats, part: Floats, start_s: float) -> None:
    first = max(0, round(start_s * RATE_HZ))
    count = min(len(part), len(samples) - first)
    samples[first : first + count] += part[:count]
