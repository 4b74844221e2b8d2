"""Sounds of the voice without words: laughter, sighs, coughs. Vocal folds and breath through a throat.

The source is a harmonic series with the vocal folds' fall of 6 dB per octave (as heard at the
mouth) and noise of the breath; the filter is the throat's resonances (Fant, 1960, Acoustic Theory
of Speech Production; formants after Peterson and Barney, 1952).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import istft, stft

from lichtspiel.screenplay import Sex, Vocal
from lichtspiel.voice import colour
from lichtspiel.voice.delivery import Manner
from lichtspiel.voice.instrument import Instrument
from lichtspiel.voice.speech import RATE_HZ, Floats, Speaker, Timed

Doubles = NDArray[np.float64]
Generator = np.random.Generator

FORMANTS = {
    "a": (730.0, 1200.0, 2500.0, 3500.0),
    "ə": (520.0, 1350.0, 2450.0, 3500.0),
    "ɛ": (550.0, 1800.0, 2500.0, 3500.0),
    "i": (280.0, 2250.0, 2950.0, 3600.0),
    "u": (320.0, 900.0, 2250.0, 3400.0),
    "m": (260.0, 1050.0, 2250.0, 3400.0),
    "ʃ": (2100.0, 2900.0, 4200.0, 5600.0),
    "h": (620.0, 1400.0, 2500.0, 3600.0),
}
"""Hertz, for a man."""
_WOMAN = 1.17
"""Formants of women against those of men (Peterson and Barney, 1952)."""
_PITCH_HZ = {Sex.FEMALE: 205.0, Sex.MALE: 115.0}
_WINDOW, _HOP = 1024, 256
_HIGHEST_HZ = 11000.0


@dataclass(frozen=True)
class Bout:
    """One piece of a vocal, in the shape of an arc."""

    start_s: float
    length_s: float
    phoneme: str
    """Of FORMANTS."""
    pitch: tuple[float, float] = (1.0, 1.0)
    """At its beginning and end, against the speaker's own."""
    voice: float = 0.0
    """Strength of the vocal folds."""
    breath: float = 0.0
    """Strength of the breath's noise; 1 is as strong as a full voice."""
    attack: float = 0.2
    """Share of its length in which it comes."""
    rough: float = 0.0
    """How much every second swing of the vocal folds is weaker, as in screams."""
    bend: float = 0.0
    """Octaves that the pitch is higher in its middle than a straight course."""


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
        made = _sounded(bout, own, size, rng)
        samples[first : first + len(made)] += made[: len(samples) - first]
    level = kind.level_db + 0.4 * (manner.level_db - 62)
    heard = colour.faded(colour.levelled(samples.astype(np.float32), level), 0.01)
    phonemes = [Timed(bout.start_s, bout.start_s + bout.length_s, bout.phoneme) for bout in bouts]
    return Utterance(heard, tuple(phonemes), kind.effort)


def _sounded(bout: Bout, own_hz: float, size: float, rng: Generator) -> Doubles:
    count = round(bout.length_s * RATE_HZ)
    course = np.linspace(0, 1, count)
    rising = np.clip(course / bout.attack, 0, 1)
    falling = np.clip((1 - course) / max(1 - bout.attack, 1e-6), 0, 1)
    arc = np.sin(np.pi / 2 * rising) * np.sin(np.pi / 2 * np.minimum(falling * 1.6, 1.0))
    source = bout.breath * rng.standard_normal(count) * 0.5
    if bout.voice:
        pitch = own_hz * bout.pitch[0] * (bout.pitch[1] / bout.pitch[0]) ** course
        pitch = pitch * 2 ** (bout.bend * np.sin(np.pi * course)) * _unsteady(count, rng)
        source += bout.voice * _folds(pitch, bout.rough)
    return _through_throat(source * arc, bout.phoneme, size)


def _unsteady(count: int, rng: Generator) -> Doubles:
    """Slow and quick wavering of the pitch, a factor."""
    knots = max(4, count // 1200)
    wavering = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, knots), rng.standard_normal(knots))
    factor: Doubles = 1 + 0.012 * wavering
    return factor


def _folds(pitch: Doubles, rough: float) -> Doubles:
    """Vocal folds that swing at a pitch (N,) in hertz: harmonics that fall by 6 dB per octave."""
    phase = 2 * np.pi * np.cumsum(pitch) / RATE_HZ
    made = np.zeros(len(pitch))
    for harmonic in range(1, int(_HIGHEST_HZ / pitch.min()) + 1):
        audible = np.clip((_HIGHEST_HZ - harmonic * pitch) / 2000, 0, 1)
        made += audible * np.sin(harmonic * phase) / harmonic
    swing: Doubles = made * (1 + rough * np.sin(phase / 2))
    return swing


def _through_throat(source: Doubles, phoneme: str, size: float) -> Doubles:
    frequencies, _, spectrum = stft(source, RATE_HZ, nperseg=_WINDOW, noverlap=_WINDOW - _HOP)
    gain = np.zeros(len(frequencies))
    for number, formant in enumerate(FORMANTS[phoneme]):
        width = 60 + 0.05 * formant
        gain += 0.62**number / np.sqrt(
            (1 - (frequencies / (formant * size)) ** 2) ** 2 + (width / formant) ** 2
        )
    if phoneme == "m":
        # Through the nose little passes above a kilohertz.
        gain *= 1 / (1 + (frequencies / 900) ** 2)
    _, made = istft(spectrum * gain[:, None], RATE_HZ, nperseg=_WINDOW, noverlap=_WINDOW - _HOP)
    return np.asarray(made[: len(source)], np.float64)


def _laugh(rng: Generator) -> list[Bout]:
    """Ha-ha-ha at five bouts a second, falling and fading (Bachorowski, Smoski and Owren, 2001)."""
    bouts, clock = [], 0.02
    count = int(rng.integers(5, 8))
    for number in range(count):
        share = number / (count - 1)
        pitch = 1.75 - 0.55 * share + 0.08 * float(rng.standard_normal())
        strength = 1.0 - 0.6 * share
        bouts.append(Bout(clock, 0.09, "h", breath=0.35 * strength, attack=0.5))
        vowel = Bout(clock + 0.06, 0.13, "a", (pitch * 1.08, pitch * 0.9), strength, 0.12 * strength, 0.25)
        bouts.append(vowel)
        clock += 0.195 + 0.02 * share + 0.012 * float(rng.standard_normal())
    return [*bouts, Bout(clock + 0.1, 0.38, "ə", breath=0.22, attack=0.6)]


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
        Bout(0.0, 0.14, "a", (1.6, 3.2), 0.7, 0.3, attack=0.6),
        Bout(0.1, 1.15, "a", (3.3, 2.9), 1.0, 0.25, attack=0.06, rough=0.45, bend=0.12),
    ]


def _cry(rng: Generator) -> list[Bout]:
    bouts, clock = [], 0.02
    for number in range(3):
        length = 0.55 + 0.12 * float(rng.uniform(-1, 1))
        top = 1.75 - 0.12 * number
        bouts.append(Bout(clock, length, "ə", (top * 0.85, top * 0.7), 0.9, 0.2, 0.2, rough=0.2, bend=0.3))
        clock += length + 0.04
        for _ in range(2):
            bouts.append(Bout(clock, 0.12, "ɛ", (1.5, 1.7), 0.08, 0.35, attack=0.7))
            clock += 0.13
        clock += 0.12
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
