"""What goes down while somebody speaks, and by how much."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, uniform_filter1d
from scipy.signal import butter, lfilter, sosfilt, sosfiltfilt

from lichtspiel.sound.layout import weights_of
from lichtspiel.sound.modes import Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ

DUCK_DB = {"music": 7.0, "ambience": 3.0, "effects": 4.0}
"""What each goes down by while somebody speaks, where that is enough and not too much."""
SEPARATION_DB = 8.0
MOST_SEPARATION_DB = 9.5
"""Dialogue over everything else while it is spoken: listeners ask for 6 to 10 LU (EBU R 128 s4)."""
DEPTH_STEP = 0.125
"""Steps in which ducking gives way."""
MOST_DUCK_DB = 24.0
LEAD_S, HOLD_S, EASE_S = 0.12, 0.35, 0.18
"""Others go down before a word, wait out its pauses, and come and go in this time."""
CARVED, CARVED_HZ, CARVED_DB = ("music", "ambience"), (1000.0, 5000.0), 6.0
"""What leaves room for consonants while somebody speaks, where, and how much. Effects keep their attacks."""
PRESENCE_HZ, PRESENCE_DB, PRESENCE_Q = 3200.0, 3.0, 0.7
"""Where words are told apart is raised a little in dialogue, as in the mix of any film."""
K_WEIGHTING = np.array([
    [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
    [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
])  # fmt: skip
"""What ears weigh sound with, at 48 kHz (ITU-R BS.1770-4, tables 1 and 2)."""
SILENCE_DB = 30.0
"""Below the loudest speech by so much, nobody speaks."""


def speaking(dialogue: Array) -> Array:
    """Whether somebody speaks, (N,) from 0 to 1, opened a little before and held a little after words."""
    window = int(0.05 * SAMPLE_RATE_HZ)
    power = uniform_filter1d(np.sum(dialogue**2, axis=0), window)
    active = (power > float(power.max(initial=0.0)) * 10 ** (-SILENCE_DB / 10)) & (power > 1e-12)
    reach = int((LEAD_S + HOLD_S) * SAMPLE_RATE_HZ)
    shift = int((HOLD_S - LEAD_S) / 2 * SAMPLE_RATE_HZ)
    held = maximum_filter1d(active.astype(np.uint8), reach, origin=-shift).astype(float)
    ease = np.hanning(int(EASE_S * SAMPLE_RATE_HZ))
    half = len(ease) // 2
    smooth = np.convolve(np.pad(held, half, mode="edge"), ease / ease.sum(), "same")
    return np.asarray(np.clip(smooth[half : half + dialogue.shape[1]], 0.0, 1.0))


def present(dialogue: Array) -> Array:
    """Dialogue (C, N) with more presence: a bell after Bristow-Johnson's cookbook."""
    size = 10 ** (PRESENCE_DB / 40)
    angle = 2 * np.pi * PRESENCE_HZ / SAMPLE_RATE_HZ
    alpha, cosine = np.sin(angle) / (2 * PRESENCE_Q), np.cos(angle)
    above = np.array([1 + alpha * size, -2 * cosine, 1 - alpha * size])
    below = np.array([1 + alpha / size, -2 * cosine, 1 - alpha / size])
    return np.asarray(lfilter(above / below[0], below / below[0], dialogue, axis=1))


def carved(dialogue: Array, stems: dict[str, Array]) -> dict[str, Array]:
    """The stems, those that can without the band of consonants while somebody speaks."""
    share = speaking(dialogue) * (1 - 10 ** (-CARVED_DB / 20))
    band = butter(1, CARVED_HZ, "bandpass", fs=SAMPLE_RATE_HZ, output="sos")
    return {
        name: stem - share * sosfiltfilt(band, stem, axis=1) if name in CARVED else stem
        for name, stem in stems.items()
    }


def under_speech(dialogue: Array, stems: dict[str, Array]) -> dict[str, Array]:
    """Gains (N,) of the other stems: each its own, all more where dialogue would not stand clear of them.

    Where it would stand farther clear than listeners ask for, they go down by less.
    """
    share = speaking(dialogue)
    spoken = share > 0.9
    voice = gated(dialogue, spoken)
    others = {name: stem for name, stem in stems.items() if name in DUCK_DB}

    def clear_lu(depth: float) -> float:
        ducked = [stem * _gain(depth * DUCK_DB[name] * share) for name, stem in others.items()]
        return voice - gated(np.sum(ducked, axis=0), spoken)

    depth = 1.0
    while depth > 0 and clear_lu(depth) > MOST_SEPARATION_DB:
        depth = max(depth - DEPTH_STEP, 0.0)
    missing = SEPARATION_DB - clear_lu(depth)
    more = min(max(missing, 0.0), MOST_DUCK_DB) if np.isfinite(missing) else 0.0
    return {name: _gain((depth * DUCK_DB[name] + more) * share) for name in others}


def _gain(down_db: Array) -> Array:
    return np.asarray(10 ** (-down_db / 20))


def gated(samples: Array, when: NDArray[np.bool_]) -> float:
    """Loudness in LKFS of (C, N) samples over the moments (N,) that count, without further gates."""
    if not when.any():
        return float("-inf")
    weighted = np.asarray(sosfilt(K_WEIGHTING, samples, axis=1))
    power = float(weights_of(samples) @ np.mean(weighted[:, when] ** 2, axis=1))
    return -0.691 + 10 * np.log10(power) if power > 0 else float("-inf")
