"""Vocal folds and breath through a throat that moves.

The source is a harmonic series whose fall follows the strength of the voice, and noise of the breath that
the folds let through in puffs; the filter is the throat's resonances (Fant, 1960, Acoustic Theory of Speech
Production; formants after Peterson and Barney, 1952).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import istft, stft

from lichtspiel.voice.speech import RATE_HZ

Doubles = NDArray[np.float64]
Generator = np.random.Generator

FORMANTS = {
    "a": (730.0, 1200.0, 2500.0, 3500.0),
    "ʌ": (640.0, 1190.0, 2390.0, 3450.0),
    "ə": (520.0, 1350.0, 2450.0, 3500.0),
    "ɛ": (550.0, 1800.0, 2500.0, 3500.0),
    "i": (280.0, 2250.0, 2950.0, 3600.0),
    "u": (320.0, 900.0, 2250.0, 3400.0),
    "m": (260.0, 1050.0, 2250.0, 3400.0),
    "ʃ": (2100.0, 2900.0, 4200.0, 5600.0),
    "h": (620.0, 1400.0, 2500.0, 3600.0),
}
"""Hertz, for a man."""
JITTER, SHIMMER = 0.009, 0.06
"""How much the folds' periods and their strengths vary from one to the next: twice as much as in a calm voice
(Titze, 1994, Principles of Voice Production), since nobody laughs or cries calmly."""
FALL, SOFT_FALL = 1.0, 1.1
"""Exponent with which harmonics fall in a full voice as heard at the mouth, and what a faint one adds."""
PUFFS = 0.6
"""Share of the breath that comes in puffs while the folds swing."""
OPEN_WIDER = 1.5
"""How much wider formants are over open folds."""
_WINDOW, _HOP = 1024, 256
_HIGHEST_HZ = 11000.0


@dataclass(frozen=True)
class Bout:
    """One piece of a vocal, in the shape of an arc."""

    start_s: float
    length_s: float
    shape: str
    """Shapes of the throat that it goes through at even distances: symbols of FORMANTS."""
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
    tremor: float = 0.0
    """Share by which the pitch trembles, as crying lets it."""
    falls_db: float = 0.0
    """What it loses from its beginning to its end beside its arc, as air does that bursts out."""

    @property
    def phoneme(self) -> str:
        """What the mouth shows of it."""
        return self.shape[len(self.shape) // 2]


def sounded(bout: Bout, own_hz: float, size: float, rng: Generator) -> Doubles:
    """Samples (N,) of a bout; `size` raises the formants above a man's."""
    count = round(bout.length_s * RATE_HZ)
    course = np.linspace(0, 1, count)
    rising = np.clip(course / bout.attack, 0, 1)
    falling = np.clip((1 - course) / max(1 - bout.attack, 1e-6), 0, 1)
    arc = np.sin(np.pi / 2 * rising) * np.sin(np.pi / 2 * np.minimum(falling * 1.6, 1.0))
    arc *= 10 ** (-bout.falls_db * course / 20)
    breath = bout.breath * rng.standard_normal(count) * 0.5
    if not bout.voice:
        return _through(breath * arc, bout.shape, size, 1.0)
    pitch = own_hz * bout.pitch[0] * (bout.pitch[1] / bout.pitch[0]) ** course
    pitch = pitch * 2 ** (bout.bend * np.sin(np.pi * course)) * _unsteady(count, rng)
    pitch *= 1 + bout.tremor * np.sin(2 * np.pi * rng.uniform(7, 10) * course * bout.length_s)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE_HZ
    puffs = 1 - PUFFS + PUFFS * (1 + np.cos(phase)) / 2
    source = breath * puffs + bout.voice * _folds(phase, pitch, arc, bout.rough, rng)
    return _through(source * arc, bout.shape, size, bout.breath / (bout.breath + 2 * bout.voice))


def _unsteady(count: int, rng: Generator) -> Doubles:
    """Slow wavering and jitter of the pitch, a factor."""
    slow = np.interp(
        np.linspace(0, 1, count),
        np.linspace(0, 1, max(4, count // 1200)),
        rng.standard_normal(max(4, count // 1200)),
    )
    factor: Doubles = 1 + 0.012 * slow + JITTER * _by_period(count, rng)
    return factor


def _by_period(count: int, rng: Generator) -> Doubles:
    """Noise (count,) of about unit size that changes from one period of a voice to the next."""
    knots = max(4, count // 200)
    drawn: Doubles = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, knots), rng.standard_normal(knots))
    return drawn


def _folds(phase: Doubles, pitch: Doubles, strength: Doubles, rough: float, rng: Generator) -> Doubles:
    """Vocal folds that swing with a phase (N,): the fainter the voice, the fewer its overtones."""
    fall = -(FALL + SOFT_FALL * (1 - strength))
    made = np.zeros(len(phase))
    for harmonic in range(1, int(_HIGHEST_HZ / pitch.min()) + 1):
        audible = np.clip((_HIGHEST_HZ - harmonic * pitch) / 2000, 0, 1)
        made += audible * np.sin(harmonic * phase) * harmonic**fall
    swing: Doubles = made * (1 + rough * np.sin(phase / 2)) * (1 + SHIMMER * _by_period(len(phase), rng))
    return swing


def _through(source: Doubles, shape: str, size: float, open_share: float) -> Doubles:
    """A source (N,) through a throat that goes from shape to shape.

    open_share: how open the folds are between 0, in a full voice, and 1, in breath; the lungs behind them
    damp the resonances then.
    """
    frequencies, times, spectrum = stft(source, RATE_HZ, nperseg=_WINDOW, noverlap=_WINDOW - _HOP)
    gain = np.zeros(spectrum.shape)
    places = np.linspace(0, 1, max(len(shape), 2))
    at = np.clip(times * RATE_HZ / max(len(source), 1), 0, 1)
    shapes = shape if len(shape) > 1 else shape * 2
    for number in range(4):
        formant = np.interp(at, places, [FORMANTS[symbol][number] for symbol in shapes])
        width = (60 + 0.05 * formant) * (1 + OPEN_WIDER * open_share)
        ratio = frequencies[:, None] / (formant * size)
        gain += 0.62**number / np.sqrt((1 - ratio**2) ** 2 + (width / formant) ** 2)
    # Through the nose little passes above a kilohertz.
    nasal = np.interp(at, places, [float(symbol == "m") for symbol in shapes])
    gain *= 1 / (1 + nasal * (frequencies[:, None] / 900) ** 2)
    _, made = istft(spectrum * gain, RATE_HZ, nperseg=_WINDOW, noverlap=_WINDOW - _HOP)
    return np.asarray(made[: len(source)], np.float64)
