"""Shapes of the spoken sound: throat, brightness, breath, whisper and laughter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import istft, resample_poly, stft

from lichtspiel.voice.delivery import Manner
from lichtspiel.voice.speech import RATE_HZ, Floats

Doubles = NDArray[np.float64]

REFERENCE_PA = 2e-5
_WINDOW, _HOP = 1536, 384
"""32 and 8 milliseconds: about three periods of a man's voice."""
_LIFTER_S = 0.0012
"""Quefrency below which a cepstrum describes the throat and not the vocal folds."""
_LAUGH_HZ = 4.8
"""Bouts of laughter repeat about five times a second (Bachorowski et al., 2001)."""


def throat(samples: Floats, rate_hz: int, size: float) -> Floats:
    """The sound at RATE_HZ, played faster by `size`: pitch and formants rise, times shrink."""
    resampled = resample_poly(samples.astype(np.float64), round(RATE_HZ / rate_hz * 100), round(100 * size))
    return np.asarray(resampled, np.float32)


def coloured(samples: Floats, manner: Manner, age: float, rng: np.random.Generator) -> Floats:
    """The sound with the brightness and breath of a delivery, and of an old voice (`age` from 0 to 1)."""
    tilt = manner.tilt_db - 0.8 * age
    breath = max(manner.breath, 0.08 * age)
    if not (tilt or breath or manner.laugh):
        return samples
    frequencies, _, spectrum = stft(samples, RATE_HZ, nperseg=_WINDOW, noverlap=_WINDOW - _HOP)
    shaped = spectrum * 10 ** (tilt * _octaves(frequencies) / 20)[:, None]
    if breath:
        shaped = np.sqrt(1 - breath**2) * shaped + breath * _breathed(spectrum, frequencies, rng)
    if manner.laugh:
        shaped = shaped * _shaking(shaped.shape[1], manner.laugh)
    _, made = istft(shaped, RATE_HZ, nperseg=_WINDOW, noverlap=_WINDOW - _HOP)
    return np.asarray(made[: len(samples)], np.float32)


def _octaves(frequencies: Doubles) -> Doubles:
    """Octaves above a kilohertz, within the range that effort changes."""
    octaves: Doubles = np.log2(np.clip(frequencies, 300, 6000) / 1000)
    return octaves


def _breathed(
    spectrum: NDArray[np.complex128], frequencies: Doubles, rng: np.random.Generator
) -> NDArray[np.complex128]:
    """Noise with the throat's resonances: what is left when the vocal folds do not swing.

    The breath of a whisper lacks the low harmonics; its first formant is damped and raised
    (Ito, Takeda and Itakura, 2005).
    """
    power = np.log(np.abs(spectrum) ** 2 + 1e-12)
    quefrency = np.fft.irfft(power, axis=0)
    kept = round(_LIFTER_S * RATE_HZ)
    quefrency[kept:-kept] = 0
    envelope = np.exp(np.fft.rfft(quefrency, axis=0).real / 2)
    noise = rng.standard_normal((2, *spectrum.shape))
    low = np.clip(frequencies / 700, 0.03, 1) ** 1.5
    bright = 10 ** (2.5 * _octaves(frequencies) / 20)
    made: NDArray[np.complex128] = (
        (noise[0] + 1j * noise[1]) * envelope * (low * bright)[:, None] / np.sqrt(2)
    )
    return made


def _shaking(count: int, depth: float) -> Doubles:
    """Gain over the frames of a voice that laughter shakes."""
    phase = 2 * np.pi * _LAUGH_HZ * np.arange(count) * _HOP / RATE_HZ
    gain: Doubles = 1 - depth * (0.5 + 0.5 * np.sin(phase)) ** 2
    return gain


def levelled(samples: Floats, level_db: float) -> Floats:
    """The sound in pascals, its loud parts together at a sound pressure level."""
    frame = RATE_HZ // 50
    whole = samples[: len(samples) // frame * frame].reshape(-1, frame)
    power = (whole.astype(np.float64) ** 2).mean(1)
    if not power.size or power.max() <= 0:
        return samples
    active = power[power > power.max() / 300].mean()
    gain = REFERENCE_PA * 10 ** (level_db / 20) / np.sqrt(active)
    return np.asarray(samples * gain, np.float32)


def faded(samples: Floats, seconds: float) -> Floats:
    """The sound with its ends brought softly from and to silence."""
    count = min(round(seconds * RATE_HZ), len(samples) // 2)
    ramp = np.sin(np.linspace(0, np.pi / 2, count, dtype=np.float32)) ** 2
    made = samples.copy()
    made[:count] *= ramp
    made[len(made) - count :] *= ramp[::-1]
    return made
