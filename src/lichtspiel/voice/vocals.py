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


def _gasp(_: Generator) -> list[Bout]:
    return [
        Bout(0.0, 0.34, "ɛ", breath=0.9, attack=0.75),
        Bout(0.03, 0.16, "ɛ", (1.9, 2.3), 0.16, attack=0.6),
    ]


def _cough(rng: Generator) -> list[Bout]:
    """A burst, a noisy middle and a short voiced end (Korpáš, Sadloňová and Vrabec, 1996)."""
    bouts, clock = [], 0.02
    for strength in (1.0, 0.75, 0.5)[: int(rng.integers(2, 4))]:
        bouts.append(Bout(clock, 0.06, "ʃ", breath=1.6 * strength, attack=0.05))
        bouts.append(Bout(clock + 0.01, 0.2, "ə", breath=1.2 * strength, attack=0.04))
        bouts.append(Bout(clock + 0.13, 0.12, "ə", (1.25, 0.9), 0.5 * strength, 0.3, attack=0.2, rough=0.5))
        clock += 0.36 + 0.04 * float(rng.standard_normal())
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


def _sneeze(_: Generator) -> list[Bout]:
    return [
        Bout(0.0, 0.28, "ɛ", (1.2, 1.5), 0.1, 0.4, attack=0.8),
        Bout(0.34, 0.36, "ɛ", (1.4, 1.9), 0.14, 0.5, attack=0.85),
        Bout(0.74, 0.13, "ʃ", breath=2.2, attack=0.06),
        Bout(0.8, 0.24, "u", (1.5, 0.9), 1.0, 0.7, attack=0.08),
    ]


def _yawn(_: Generator) -> list[Bout]:
    return [
        Bout(0.0, 1.2, "a", breath=0.3, attack=0.7),
        Bout(1.2, 1.1, "a", (1.35, 0.95), 0.5, 0.3, attack=0.15, bend=0.15),
        Bout(2.1, 0.6, "ə", (0.95, 0.75), 0.25, 0.3, attack=0.2),
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
