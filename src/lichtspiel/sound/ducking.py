"""What goes down while somebody speaks, and by how much."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, uniform_filter1d
from scipy.signal import sosfilt

from lichtspiel.sound.modes import Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ

DUCK_DB = {"music": 7.0, "ambience": 3.0, "effects": 4.0}
"""What each goes down by at least while somebody speaks."""
SEPARATION_DB = 8.0
"""Dialogue over everything else while it is spoken: listeners ask for 6 to 10 LU (EBU R 128 s4)."""
MOST_DUCK_DB = 24.0
LEAD_S, HOLD_S, EASE_S = 0.12, 0.35, 0.18
"""Others go down before a word, wait out its pauses, and come and go in this time."""
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


def under_speech(dialogue: Array, stems: dict[str, Array]) -> dict[str, Array]:
    """The other stems ducked: each by its own, then all together until the dialogue stands clear of them."""
    share = speaking(dialogue)
    ducked = {
        name: stem * 10 ** (-DUCK_DB[name] * share / 20) for name, stem in stems.items() if name in DUCK_DB
    }
    spoken = share > 0.9
    rest = np.sum(list(ducked.values()), axis=0)
    over = gated(rest, spoken) - (gated(dialogue, spoken) - SEPARATION_DB)
    if not np.isfinite(over) or over <= 0:
        return ducked
    more = 10 ** (-min(over, MOST_DUCK_DB) * share / 20)
    return {name: stem * more for name, stem in ducked.items()}


def gated(samples: Array, when: NDArray[np.bool_]) -> float:
    """Loudness in LKFS of (2, N) samples over the moments (N,) that count, without further gates."""
    if not when.any():
        return float("-inf")
    weighted = np.asarray(sosfilt(K_WEIGHTING, samples, axis=1))
    power = float(np.sum(np.mean(weighted[:, when] ** 2, axis=1)))
    return -0.691 + 10 * np.log10(power) if power > 0 else float("-inf")
