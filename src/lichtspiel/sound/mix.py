"""Effects and ambience to a finished track: loudness, true peak, clean ends.

The rule of loudness: effects are raised or lowered until the film measures -16 LUFS, within
limits. A film's loudest moments are never raised above what a listener one metre from a full
scale of LOUDEST_PA would hear, so that a feather's landing stays quiet; and the limiter never
takes more than MOST_LIMITING_DB from a peak, so that one lone click is not flattened to make
numbers. Where a limit binds, the film stays quieter, and the measurements say why. The bed
always keeps the level that its place gives it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyloudnorm
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import butter, resample_poly, sosfilt

from lichtspiel.sound.modes import Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ

TARGET_LUFS = -16.0
CEILING_DBTP = -1.0
MOST_GAIN = 1 / 0.004
"""Full scale per pascal: a peak of 0.004 Pa (46 dB) may become full scale, no softer one."""
MOST_LIMITING_DB = 24.0
RUMBLE_HZ = 35.0
"""Below this no loudspeaker that people have answers; it would only eat headroom."""
LOOK_AHEAD_S = 0.0005
AIRLESS_PEAK_DB = -30.0
"""Peak of what comes through the ground alone: audible, but far below any film with air."""
FAST_RELEASE_DB_PER_S, SLOW_RELEASE_DB_PER_S = 1500.0, 150.0
CLICK_S = 0.015
"""Peaks shorter than this are let go fast, so that a click does not duck what follows it; longer ones
slowly, so that bass is not bent."""
SHORT = "its sounds are too short to reach -16 LUFS without being flattened"
SOFT = "its sounds are too soft to be raised to -16 LUFS"
FADE_IN_S, FADE_OUT_S = 0.002, 0.03


@dataclass(frozen=True, eq=False)
class Mix:
    """A finished mix: (2, N) samples and stems, and what was measured on it."""

    samples: Array
    effects: Array
    ambience: Array
    integrated_lufs: float
    true_peak_dbtp: float
    limiting_db: float
    gain: float
    """Full scale per pascal that the effects were given."""
    note: str


def mixed(effects_pa: Array, ambience: Array, airless: bool = False) -> Mix:
    """Mix effects (2, N) in pascal with ambience (2, N) in full scale."""
    ends = _ends(effects_pa.shape[1])
    highpass = butter(2, RUMBLE_HZ, "highpass", fs=SAMPLE_RATE_HZ, output="sos")
    effects_pa = sosfilt(highpass, effects_pa, axis=1) * ends
    ambience = ambience * ends
    peak = float(np.max(np.abs(effects_pa), initial=0.0))
    if peak <= 1e-9:
        return _measured(effects_pa, ambience, 0.0, "nothing sounds but the ambience")
    if airless:
        gain = min(10 ** (AIRLESS_PEAK_DB / 20) / peak, MOST_GAIN * 100)
        return _measured(
            effects_pa, ambience, gain, "no air carries sound here; only the ground does, faintly"
        )
    crest = 10 ** ((CEILING_DBTP + MOST_LIMITING_DB) / 20) / peak
    gain, reached = _gain_for_target(effects_pa, ambience, min(MOST_GAIN, crest))
    note = "" if reached else SHORT if crest <= MOST_GAIN else SOFT
    return _measured(effects_pa, ambience, gain, note)


def loudness(samples: Array) -> float:
    """Integrated loudness of (2, N) samples in LUFS, ITU-R BS.1770-4."""
    if samples.shape[1] < 0.4 * SAMPLE_RATE_HZ + 1 or not np.any(samples):
        return float("-inf")
    return float(pyloudnorm.Meter(SAMPLE_RATE_HZ).integrated_loudness(samples.T))


def true_peak(samples: Array) -> float:
    """Peak of (2, N) samples oversampled four times, dBTP."""
    peak = float(np.max(_envelope(samples), initial=0.0))
    return float(20 * np.log10(peak)) if peak > 0 else float("-inf")


def limit(samples: Array, ceiling_db: float = CEILING_DBTP) -> tuple[Array, float]:
    """Samples (2, N) with their true peaks under the ceiling, and the most reduction in dB.

    The gain falls within half a millisecond before a peak and comes back at a constant rate in
    decibels; both channels move together, and time is not shifted.
    """
    ceiling = 10 ** ((ceiling_db - 0.1) / 20)
    need_db = 20 * np.log10(np.maximum(_envelope(samples) / ceiling, 1.0))
    if not np.any(need_db > 0):
        return samples, 0.0
    lasting = uniform_filter1d(need_db, int(CLICK_S * SAMPLE_RATE_HZ))
    held = np.maximum(_released(need_db, FAST_RELEASE_DB_PER_S), _released(lasting, SLOW_RELEASE_DB_PER_S))
    reach = int(LOOK_AHEAD_S * SAMPLE_RATE_HZ)
    lowest = minimum_filter1d(-held, 2 * reach + 1)
    window = np.hanning(2 * reach + 3)[1:-1]
    smooth = np.convolve(np.pad(lowest, reach, mode="edge"), window / window.sum(), mode="valid")
    limited = samples * 10 ** (smooth / 20)
    # Fast gain moves can lift the space between samples a little; what is left is scaled away.
    excess = float(np.max(_envelope(limited))) / 10 ** (ceiling_db / 20)
    return limited / max(excess, 1.0), float(-smooth.min())


def _released(need_db: Array, rate: float) -> Array:
    """The least reduction (N,) that meets the need and falls no faster than a rate in dB/s."""
    ramp = rate / SAMPLE_RATE_HZ * np.arange(len(need_db))
    result: Array = np.maximum.accumulate(need_db + ramp) - ramp
    return result


def _gain_for_target(effects: Array, ambience: Array, most: float) -> tuple[float, bool]:
    """Gain with which effects over ambience reach the target after limiting, and whether they do."""
    alone = loudness(effects)
    if not np.isfinite(alone):
        return most, False
    gain = min(most, 10 ** ((TARGET_LUFS - alone) / 20))
    for _ in range(8):
        measured = loudness(limit(effects * gain + ambience)[0])
        if abs(measured - TARGET_LUFS) < 0.1:
            return gain, True
        wanted = gain * 10 ** ((TARGET_LUFS - measured) / 20 * (1.3 if measured < TARGET_LUFS else 1.0))
        if wanted >= most and gain >= most * 0.999:
            return most, False
        gain = min(wanted, most)
    return gain, True


def _measured(effects_pa: Array, ambience: Array, gain: float, note: str) -> Mix:
    effects = effects_pa * gain
    samples, reduction = limit(effects + ambience)
    return Mix(samples, effects, ambience, loudness(samples), true_peak(samples), reduction, gain, note)


def _envelope(samples: Array) -> Array:
    """Largest size (N,) of both channels and of three points between samples."""
    fine = np.abs(resample_poly(samples, 4, 1, axis=1))
    return np.asarray(fine.reshape(2, -1, 4).max(axis=(0, 2)))


def _ends(samples: int) -> Array:
    """Fades at both ends of the film that keep it from clicking."""
    shape = np.ones(samples)
    rise, fall = int(FADE_IN_S * SAMPLE_RATE_HZ), int(FADE_OUT_S * SAMPLE_RATE_HZ)
    rise, fall = min(rise, samples // 2), min(fall, samples // 2)
    shape[:rise] = 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / max(rise, 1))
    shape[samples - fall :] = 0.5 + 0.5 * np.cos(np.pi * (np.arange(fall) + 1) / max(fall, 1))
    return shape
