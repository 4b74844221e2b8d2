"""What people say, from their mouths: near and clear as film microphones take it, in the room they are in."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lichtspiel.screenplay import Screenplay
from lichtspiel.sound import whereabouts
from lichtspiel.sound.modes import Array
from lichtspiel.sound.reverberation import low_passed
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ, Caption
from lichtspiel.sound.space import PATH_HZ, Space
from lichtspiel.stage.world import World
from lichtspiel.take import Take, Utterance
from lichtspiel.voice.speech import Floats

Clips = Callable[[str], Floats]
"""Samples (N,) of a clip by its key, in pascals a metre before the mouth, at the film's rate."""

SPEECH_PA = 2e-5 * 10 ** (60 / 20)
"""Talking at 1 m, RMS over the words (ISO 9921: normal effort, 60 dB)."""
EVENNESS = 0.65
"""Share of the differences in level that is evened out: 45 dB lie between a whisper and a shout."""
NEAR_M, NEARING = 0.8, 0.3
"""A boom follows the speaker: how near it comes, and the exponent by which distance still counts."""
TURNED_AWAY = 0.75
"""Share of the treble that does not come round a speaker's head."""
HEAD_HZ = 1800.0
FADE_S = 0.02
UNWORDED = 0.5
"""Talk without words is part of the scene, not what the film says."""
LOUD, SOFT = 0.7, 0.2
"""Efforts above and below which wordless talk is a quarrel, or whispering."""
SHORTEST_S, JOINED_S = 0.3, 1.0
"""Of captions of what has no words, and between two that count as one."""
NAMES = {
    "en": {
        "arguing": "arguing", "talking": "talking", "whispering": "whispering", "laugh": "laughs",
        "sigh": "sighs", "gasp": "gasps", "cough": "coughs", "hum": "hums", "scream": "screams",
        "cry": "sobs", "sneeze": "sneezes", "yawn": "yawns", "breath": "breathes heavily",
    },
    "de": {
        "arguing": "Streit", "talking": "Gespräch", "whispering": "Flüstern", "laugh": "Lachen",
        "sigh": "Seufzen", "gasp": "Keuchen", "cough": "Husten", "hum": "Summen", "scream": "Schrei",
        "cry": "Schluchzen", "sneeze": "Niesen", "yawn": "Gähnen", "breath": "schweres Atmen",
    },
}  # fmt: skip
LINE_CHARACTERS = 42
"""Most on one line of a caption; captions have two."""


def play(world: World, take: Take, space: Space, clips: Clips) -> None:
    """Sound all utterances of the take into a space of their own."""
    for utterance in take.utterances:
        signal = spoken(utterance, clips) * (1.0 if utterance.line >= 0 else UNWORDED)
        if not len(signal):
            continue
        if not utterance.figure:
            space.play_along(signal, utterance.film_s, lambda film_s, _: space.ahead(film_s, NEAR_M))
            continue
        seconds = len(signal) / SAMPLE_RATE_HZ
        path = whereabouts.of_mouth(world, take, utterance.figure, utterance.film_s, seconds)
        boom = path.followed(NEAR_M, NEARING)
        space.play_along(_towards(signal, path, space), utterance.film_s, boom)


def spoken(utterance: Utterance, clips: Clips) -> Array:
    """Samples (N,) of an utterance in pascal at 1 m, cut off where it is interrupted."""
    samples = np.asarray(clips(utterance.clip), float)
    count = min(len(samples), round(utterance.duration_s * SAMPLE_RATE_HZ))
    samples = samples[:count].copy()
    fade = min(int(FADE_S * SAMPLE_RATE_HZ), count // 4)
    samples[:fade] *= np.linspace(0, 1, fade)
    samples[count - fade :] *= np.linspace(1, 0, fade)
    power = samples**2
    loud = power[power > 0.01 * float(power.max(initial=0.0))]
    size = float(np.sqrt(loud.mean())) if len(loud) else 0.0
    return samples * (SPEECH_PA / size) ** EVENNESS if size > 0 else samples


def captions(take: Take, screenplay: Screenplay, end_s: float) -> tuple[Caption, ...]:
    """What is said, by the words' own times, two lines at most, and what is uttered without words.

    Speakers are named where they change.
    """
    found: list[Caption] = _wordless(take, screenplay, end_s)
    told = sorted((one for one in take.utterances if one.line >= 0), key=lambda one: one.film_s)
    speakers = {utterance.figure for utterance in told}
    last = ""
    for utterance in told:
        name = ""
        if len(speakers) > 1 and utterance.figure != last:
            name = screenplay.lines[utterance.line].speaker.replace("_", " ").title() + ": "
        last = utterance.figure
        found += [
            Caption(start, min(end, end_s), name * (i == 0) + text, words)
            for i, (start, end, text, words) in enumerate(_chunks(utterance))
            if start < end_s
        ]
    return tuple(found)


def _wordless(take: Take, screenplay: Screenplay, end_s: float) -> list[Caption]:
    """Captions in brackets of laughter, sighs and the like, and of talk without words."""
    found: list[Caption] = []
    for one in sorted(take.utterances, key=lambda one: one.film_s):
        end = min(one.film_s + (one.words[0].start_s if one.words else one.duration_s), end_s)
        if end - one.film_s < SHORTEST_S or not (name := _named(one, screenplay)):
            continue
        text = f"[{name}]"
        if found and found[-1].text == text and one.film_s - found[-1].film_end_s < JOINED_S:
            found[-1] = Caption(found[-1].film_start_s, end, text)
        else:
            found.append(Caption(one.film_s, end, text))
    return found


def _named(one: Utterance, screenplay: Screenplay) -> str:
    """What an utterance without words is called, or what precedes the words of one; "" for nothing."""
    words = NAMES[screenplay.language]
    if one.line < 0:
        return words["arguing" if one.effort > LOUD else "whispering" if one.effort < SOFT else "talking"]
    vocal = screenplay.lines[one.line].vocal
    return "" if vocal is None else words[vocal.value]


def _chunks(utterance: Utterance) -> list[tuple[float, float, str, tuple[tuple[float, str], ...]]]:
    """The utterance in pieces that fit a caption, with their film times and those of their words."""
    start = utterance.film_s
    if not utterance.words:
        return [(start, start + utterance.duration_s, utterance.text, ())] if utterance.text.strip() else []
    pieces: list[list[int]] = [[]]
    length = 0
    for index, word in enumerate(utterance.words):
        if length + len(word.text) + 1 > 2 * LINE_CHARACTERS:
            pieces.append([])
            length = 0
        pieces[-1].append(index)
        length += len(word.text) + 1
    words = utterance.words
    # Where words and text agree, the text's own punctuation is kept.
    written = utterance.text.split()
    texts = written if len(written) == len(words) else [word.text for word in words]
    spans = []
    for number, piece in enumerate(pieces):
        until = words[pieces[number + 1][0]].start_s if number + 1 < len(pieces) else utterance.duration_s
        said = tuple((round(start + words[i].start_s, 3), texts[i]) for i in piece)
        text = " ".join(word for _, word in said)
        spans.append((start + words[piece[0]].start_s, start + until, text, said))
    return spans


def _towards(signal: Array, path: whereabouts.Path, space: Space) -> Array:
    """A voice as it reaches the camera's side of the head: duller the farther it turns away."""
    times = path.start_s + np.arange(len(path.positions)) / PATH_HZ
    towards = np.array([space.ears(time) for time in times]) - path.positions
    cosine = np.sum(towards * path.facing, axis=1) / np.maximum(np.linalg.norm(towards, axis=1), 1e-6)
    away = TURNED_AWAY * np.clip((0.3 - cosine) / 1.3, 0, 1)
    share = np.interp(np.arange(len(signal)) / SAMPLE_RATE_HZ, times - path.start_s, away)
    return np.asarray(signal * (1 - share) + low_passed(signal, HEAD_HZ) * share)
