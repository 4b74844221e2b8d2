"""Effects and ambience to a finished track: loudness, true peak, clean ends.

The rule of loudness: effects are raised or lowered until the film measures -16 LUFS. Where their peaks
are too high for that, the bodies of the sounds are filled up first, by no more than the limiter needs to
stay gentle. No sound is raised by more than MOST_GAIN, so that a feather's landing stays quiet; and the
limiter never takes more than MOST_LIMITING_DB from a peak. Where a bound holds, the film stays quieter,
and the measurements say why. The bed always keeps the level that its place gives it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyloudnorm
from scipy.signal import butter, sosfilt

from lichtspiel.sound.dynamics import dispersed, envelope, filled, limit
from lichtspiel.sound.modes import Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ

TARGET_LUFS = -16.0
CEILING_DBTP = -1.0
MOST_GAIN = 1 / 0.006
"""Full scale per pascal: a peak of 0.006 Pa (50 dB) may become full scale, no softer one."""
FILLINGS_DB = (0.0, 6.0, 12.0, 18.0)
"""How far the bodies of sounds may be raised against their attacks; the least that does is taken."""
GENTLE_LIMITING_DB, MOST_LIMITING_DB = 6.0, 12.0
"""What the limiter may take from a peak unheard; and what it may take when the fullest sounds need it."""
RUMBLE_HZ = 35.0
"""Below this no loudspeaker that people have answers; it would only eat headroom."""
AIRLESS_PEAK_DB = -30.0
"""Peak of what comes through the ground alone: audible, but far below any film with air."""
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
    effects_pa = dispersed(sosfilt(highpass, effects_pa, axis=1)) * ends
    ambience = ambience * ends
    peak = float(np.max(np.abs(effects_pa), initial=0.0))
    if peak <= 1e-9:
        return _measured(effects_pa, ambience, 0.0, "nothing sounds but the ambience")
    if airless:
        gain = min(10 ** (AIRLESS_PEAK_DB / 20) / peak, MOST_GAIN * 100)
        return _measured(
            effects_pa, ambience, gain, "no air carries sound here; only the ground does, faintly"
        )
    for filling_db in FILLINGS_DB:
        full = filled(effects_pa, filling_db)
        allowed_db = MOST_LIMITING_DB if filling_db == FILLINGS_DB[-1] else GENTLE_LIMITING_DB
        crest = 10 ** ((CEILING_DBTP + allowed_db) / 20) / float(np.max(np.abs(full)))
        most = MOST_GAIN / 10 ** (filling_db / 20)
        gain, reached = _gain_for_target(full, ambience, min(most, crest))
        if reached or most < crest:
            break
    note = "" if reached else SOFT if most < crest else SHORT
    return _measured(full, ambience, gain, note)


def loudness(samples: Array) -> float:
    """Integrated loudness of (2, N) samples in LUFS, ITU-R BS.1770-4."""
    if samples.shape[1] < 0.4 * SAMPLE_RATE_HZ + 1 or not np.any(samples):
        return float("-inf")
    return float(pyloudnorm.Meter(SAMPLE_RATE_HZ).integrated_loudness(samples.T))


def true_peak(samples: Array) -> float:
    """Peak of (2, N) samples oversampled four times, dBTP."""
    peak = float(np.max(envelope(samples, float(np.max(np.abs(samples), initial=0.0))), initial=0.0))
    return float(20 * np.log10(peak)) if peak > 0 else float("-inf")


def _gain_for_target(effects: Array, ambience: Array, most: float) -> tuple[float, bool]:
    """Gain with which effects over ambience reach the target after limiting, and whether they do."""
    alone = loudness(effects)
    if not np.isfinite(alone):
        return most, False
    gain = min(most, 10 ** ((TARGET_LUFS - alone) / 20))
    for _ in range(8):
        measured = loudness(limit(effects * gain + ambience, CEILING_DBTP)[0])
        if abs(measured - TARGET_LUFS) < 0.1:
            return gain, True
        wanted = gain * 10 ** ((TARGET_LUFS - measured) / 20 * (1.3 if measured < TARGET_LUFS else 1.0))
        if wanted >= most and gain >= most * 0.999:
            return most, False
        gain = min(wanted, most)
    return gain, True


def _measured(effects_pa: Array, ambience: Array, gain: float, note: str) -> Mix:
    effects = effects_pa * gain
    samples, reduction = limit(effects + ambience, CEILING_DBTP)
    return Mix(samples, effects, ambience, loudness(samples), true_peak(samples), reduction, gain, note)


def _ends(samples: int) -> Array:
    """Fades at both ends of the film that keep it from clicking."""
    shape = np.ones(samples)
    rise, fall = int(FADE_IN_S * SAMPLE_RATE_HZ), int(FADE_OUT_S * SAMPLE_RATE_HZ)
    rise, fall = min(rise, samples // 2), min(fall, samples // 2)
    shape[:rise] = 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / max(rise, 1))
    shape[samples - fall :] = 0.5 + 0.5 * np.cos(np.pi * (np.arange(fall) + 1) / max(fall, 1))
    return shape
