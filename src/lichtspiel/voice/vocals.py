"""Sounds of the voice without words: laughter, sighs, coughs, as courses of pitch, strength and breath."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lichtspiel.screenplay import Sex, Vocal
from lichtspiel.voice import colour
from lichtspiel.voice.delivery import Manner
from lichtspiel.voice.instrument import Instrument
from lichtspiel.voice.speech import RATE_HZ, Floats, Speaker, Timed
from lichtspiel.voice.tract import Bout, Generator, sounded

_WOMAN = 1.17
"""Formants of women against those of men (Peterson and Barney, 1952)."""
_PITCH_HZ = {Sex.FEMALE: 205.0, Sex.MALE: 115.0}


@dataclass(frozen=True)
class Kind:
    """How a vocal is made, how loud it is a metre away, and how much effort it shows."""

    bouts: Callable[[Generator], list[Bout]]
    level_db: float
    effort: float


@dataclass(frozen=True, eq=False)
class Utterance:
    """A vocal: (N,) pascals a metre away, and what the mouth does."""

    samples: Floats
    phonemes: tuple[Timed, ...]
    effort: float


def utter(vocal: Vocal, speaker: Speaker, voice: Instrument, manner: Manner) -> Utterance:
    """Make a vocal. The same speaker's are alike but for the delivery; there is no chance in it."""
    kind = KINDS[vocal]
    rng = np.random.default_rng([speaker.seed, sum(map(ord, vocal.value))])
    bouts = kind.bouts(rng)
    own = voice.pitch_hz or _PITCH_HZ[speaker.sex] * voice.pitch
    size = voice.throat * (1.0 if speaker.sex is Sex.MALE and speaker.age_years > 13 else _WOMAN)
    length = max(bout.start_s + bout.length_s for bout in bouts) + 0.1
    samples = np.zeros(round(length * RATE_HZ))
    for bout in bouts:
        first = round(bout.start_s * RATE_HZ)
        made = sounded(bout, own, size, rng)
        samples[first : first + len(made)] += made[: len(samples) - first]
    level = kind.level_db + 0.4 * (manner.level_db - 62)
    heard = colour.faded(colour.levelled(samples.astype(np.float32), level), 0.01)
    phonemes = [Timed(bout.start_s, bout.start_s + bout.length_s, bout.phoneme) for bout in bouts]
    return Utterance(heard, tuple(phonemes), kind.effort)


def _laugh(rng: Generator) -> list[Bout]:
    """Ha-ha-ha: calls of voice, four to five a second, with breath between them, that fall and fade.

    The voice is high and its throat about neutral; the last calls may have no voice, and breath is
    drawn at the end (Bachorowski, Smoski and Owren, 2001, The acoustic features of human laughter;
    Kipper and Todt, 2003). How somebody laughs is their own: pitch, pace, vowel, number of calls.
    """
    vowel = str(rng.choice(["hʌə", "həə", "haʌ", "hɛə"], p=[0.4, 0.25, 0.25, 0.1]))
    height, pace = float(rng.uniform(1.7, 2.3)), float(rng.uniform(4.3, 5.2))
    count, voiceless = int(rng.integers(5, 9)), int(rng.integers(0, 3))
    bouts, clock = [Bout(0.0, 0.09, "h", breath=0.5, attack=0.6)], 0.06
    for number in range(count):
        share = number / (count - 1)
        every = (1.25 if number == 0 else 1.0) / pace * float(rng.normal(1, 0.06))
        strength = (1.0 if number else 0.85) * (1 - 0.72 * share) * float(rng.normal(1, 0.08))
        voice = strength if number < count - voiceless else 0.12 * strength
        pitch = height * (1 - 0.33 * share) * float(rng.normal(1, 0.03))
        call = 0.52 * every
        bouts.append(
            Bout(clock, call, vowel, (pitch, pitch * 0.8), voice, 0.45 * strength, 0.22, 0.12 * share, 0.16)
        )
        bouts.append(Bout(clock + 0.8 * call, every - 0.6 * call, "əh", breath=0.4 * strength, attack=0.3))
        clock += every
    return [*bouts, Bout(clock + 0.12, 0.42, "hɛ", breath=0.4, attack=0.7)]


def _sigh(_: Generator) -> list[Bout]:
    return [
        Bout(0.0, 0.45, "ə", breath=0.22, attack=0.7),
        Bout(0.5, 1.1, "h", breath=0.6, attack=0.12),
        Bout(0.52, 0.8, "ə", (1.15, 0.72), 0.22, attack=0.12),
    ]


def _gasp(rng: Generator) -> list[Bout]:
    """Air drawn in through a mouth that opens, partly with voice, which is high then; it breaks off at its
    loudest, and what was drawn in goes softly (Eklund, 2008, Pulmonic ingressive phonation).
    """
    lasts, pitch = float(rng.uniform(0.3, 0.4)), float(rng.uniform(1.8, 2.3))
    return [
        Bout(0.0, lasts, "əɛɛ", breath=0.9, attack=0.85, falls_db=-9.0),
        Bout(0.04, 0.6 * lasts, "ɛ", (pitch, 1.25 * pitch), 0.16, attack=0.7),
        Bout(lasts + float(rng.uniform(0.2, 0.35)), 0.5, "əh", breath=0.16, attack=0.25, falls_db=8.0),
    ]


def _cough(rng: Generator) -> list[Bout]:
    """Air is drawn in and held; then come coughs of a burst of some 40 ms, a noise that dies down in some 200
    ms, and in most of them a short voiced end (Korpáš, Sadloňová and Vrabec, 1996, Analysis of the cough
    sound: an overview; Thorpe, Toop and Dawson, 1992, Towards a quantitative description of cough sounds).
    """
    clock = float(rng.uniform(0.22, 0.34))
    bouts = [Bout(0.0, clock, "əɛ", breath=0.07, attack=0.8)]
    clock += float(rng.uniform(0.1, 0.2))
    for number in range(int(rng.integers(2, 4))):
        strength = 0.78**number * float(rng.normal(1, 0.08))
        lasts = float(rng.uniform(0.19, 0.27)) * 0.92**number
        bouts.append(Bout(clock, 0.045, "ʌa", breath=2.6 * strength, attack=0.06, falls_db=5.0))
        bouts.append(Bout(clock + 0.012, lasts, "aʌə", breath=1.4 * strength, attack=0.03, falls_db=19.0))
        if rng.uniform() < 0.75:
            pitch, start = float(rng.uniform(1.3, 1.8)), clock + 0.45 * lasts
            voiced = float(rng.uniform(0.11, 0.17))
            bouts.append(
                Bout(
                    start, voiced, "ʌə", (pitch, 0.6 * pitch), 0.18 * strength, 0.08 * strength, 0.25, 0.55,
                    falls_db=9.0,
                )
            )  # fmt: skip
        clock += float(rng.uniform(0.32, 0.43))
    return bouts


def _hum(rng: Generator) -> list[Bout]:
    """A few notes of a tune on a closed mouth."""
    steps = (0, 2, 4, 5, 7, 9)
    bouts, clock, place = [], 0.03, int(rng.integers(0, 4))
    for _ in range(6):
        tone = 2 ** (steps[place] / 12)
        length = float(rng.choice((0.3, 0.3, 0.6)))
        bouts.append(Bout(clock, length + 0.05, "m", (tone * 0.98, tone), 1.0, 0.02, attack=0.15))
        clock += length
        place = int(np.clip(place + rng.choice((-2, -1, 1, 1, 2)), 0, len(steps) - 1))
    return bouts


def _scream(_: Generator) -> list[Bout]:
    """High, long and rough (Arnal et al., 2015, Human screams occupy a privileged niche)."""
    return [
        Bout(0.0, 0.14, "ɛa", (1.6, 3.2), 0.7, 0.4, attack=0.6),
        Bout(0.1, 1.15, "aaʌ", (3.4, 2.8), 1.0, 0.4, attack=0.06, rough=0.6, bend=0.12, tremor=0.02),
    ]


def _cry(rng: Generator) -> list[Bout]:
    """Sobs: air drawn in by jerks, partly with voice, then a wail that trembles and breaks into pieces.

    After Wood, Martin and Provine: crying has longer notes than laughter, and its pitch trembles.
    """
    bouts, clock = [], 0.02
    for number in range(2):
        for _ in range(int(rng.integers(2, 4))):
            pitch = float(rng.uniform(1.8, 2.3))
            bouts.append(Bout(clock, 0.11, "hɛ", (pitch * 0.85, pitch), 0.1, 0.55, attack=0.75))
            clock += 0.13 + 0.02 * float(rng.uniform())
        clock += 0.05
        top, pieces = 2.0 - 0.2 * number, int(rng.integers(3, 5))
        for piece in range(pieces):
            share = piece / (pieces - 1)
            length = (0.42 if piece == 0 else 0.2) * float(rng.normal(1, 0.1))
            pitch, strength = top * (1 - 0.28 * share), 1 - 0.55 * share
            shape = "ʌəm" if piece == pieces - 1 else "həə"
            bouts.append(
                Bout(
                    clock, length, shape, (pitch * 1.05, pitch * 0.84), strength, 0.35 * strength, 0.16,
                    0.35 * share, 0.12, 0.03,
                )
            )  # fmt: skip
            bouts.append(Bout(clock + 0.85 * length, 0.1, "h", breath=0.35 * strength, attack=0.3))
            clock += length + 0.045
        clock += 0.16
    return bouts


def _sneeze(rng: Generator) -> list[Bout]:
    """Air is drawn in once or twice with a faint voice that rises, and held; then it bursts out through teeth
    and nose, and the voice falls after it (Songu and Cingi, 2009, Sneeze reflex: facts and fiction).
    """
    bouts, clock = [], 0.0
    for number in range(int(rng.integers(1, 3))):
        lasts, pitch = float(rng.uniform(0.3, 0.48)), 1.2 + 0.2 * number
        voice = float(rng.uniform(0.02, 0.14))
        bouts.append(Bout(clock, lasts, "əɛ", (pitch, 1.35 * pitch), voice, 0.4 + 0.1 * number, attack=0.85))
        clock += lasts + float(rng.uniform(0.03, 0.09))
    clock += 0.06
    vowel = str(rng.choice(["u", "ə", "ʌ"]))
    return [
        *bouts,
        Bout(clock, 0.24, "ʃʃh", breath=2.4, attack=0.03, falls_db=14.0),
        Bout(clock + 0.05, 0.3, vowel + "ə", (1.8, 0.85), 0.8, 0.5, attack=0.1, rough=0.25, falls_db=10.0),
        Bout(clock + 0.3, 0.3, "h", breath=0.35, attack=0.1, falls_db=16.0),
    ]


def _yawn(rng: Generator) -> list[Bout]:
    """A long breath drawn in while the throat widens, a moment at its peak, and a sigh whose voice falls
    (Provine, 1986, Yawning as a stereotyped action pattern: some six seconds; films have the shorter ones).
    """
    drawn, out = float(rng.uniform(1.5, 1.9)), float(rng.uniform(1.0, 1.3))
    pitch, start = float(rng.uniform(1.3, 1.55)), drawn + 0.12
    return [
        Bout(0.0, drawn, "əɛaa", breath=0.2, attack=0.85, falls_db=-4.0),
        Bout(
            start, out, "aaʌ", (pitch, 0.68 * pitch), 0.5, 0.28, 0.12, bend=0.12, tremor=0.008, falls_db=6.0
        ),
        Bout(start + 0.8 * out, 0.75, "ʌəh", breath=0.3, attack=0.2, falls_db=14.0),
    ]


def _breath(_: Generator) -> list[Bout]:
    return [Bout(0.0, 0.7, "ɛ", breath=0.5, attack=0.6), Bout(0.85, 0.95, "h", breath=0.7, attack=0.2)]


KINDS = {
    Vocal.LAUGH: Kind(_laugh, 68, 0.6),
    Vocal.SIGH: Kind(_sigh, 50, 0.2),
    Vocal.GASP: Kind(_gasp, 56, 0.5),
    Vocal.COUGH: Kind(_cough, 75, 0.8),
    Vocal.HUM: Kind(_hum, 55, 0.3),
    Vocal.SCREAM: Kind(_scream, 90, 1.0),
    Vocal.CRY: Kind(_cry, 66, 0.6),
    Vocal.SNEEZE: Kind(_sneeze, 80, 0.9),
    Vocal.YAWN: Kind(_yawn, 54, 0.3),
    Vocal.BREATH: Kind(_breath, 42, 0.1),
}
