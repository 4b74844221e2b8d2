"""Peaks and body of a sound: spread, fill and limit it, so that short sounds can be loud.

A knock is a few milliseconds of peak and a long soft body. Loudness is mostly in the body, true peak only in
the peak. Three means bring them together without flattening the blow: all-passes spread the peak over a
millisecond, the body is raised against its own attack, and a limiter takes what is left.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import lfilter, resample_poly

from lichtspiel.sound.modes import Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ

LOOK_AHEAD_S = 0.0005
FAST_RELEASE_DB_PER_S, SLOW_RELEASE_DB_PER_S = 6000.0, 150.0
CLICK_S = 0.015
"""Peaks shorter than this are let go fast, so that a click does not duck what follows it; longer ones
slowly, so that bass is not bent."""
SPREAD_HZ, SPREAD_TIMES = (150.0, 600.0, 2400.0), 4
"""Corners of the all-passes, and how often each is passed: a click loses 4 dB of its peak, and 95 % of its
energy still comes within 1 ms."""
ATTACK_DB_PER_S, EVENT_DB_PER_S = 1500.0, 80.0
"""Rates at which what counts as attack and as event fades behind a peak."""
FILLING = 0.75
"""Share of the body's distance from its attack that is filled up: a compressor's ratio of 4:1."""
FAINTEST_DB = 70.0
"""Below the loudest peak by so much, nothing is raised."""
_SMOOTH_S = 0.002
_BLOCK, _MARGIN = 256, 16
_NEAR = 0.25
"""No point between samples is four times as far out as its neighbours."""


def dispersed(samples: Array) -> Array:
    """Samples (2, N) with the same spectrum and level, and lower peaks: as broadcasters' phase rotators."""
    result = samples
    for corner in SPREAD_HZ:
        bent = np.tan(np.pi * corner / SAMPLE_RATE_HZ)
        c = (bent - 1) / (bent + 1)
        for _ in range(SPREAD_TIMES):
            result = lfilter([c, 1.0], [1.0, c], result, axis=1)
    return np.asarray(result)


def filled(samples: Array, most_db: float) -> Array:
    """Samples (2, N) with the body of every event raised against its attack, by at most `most_db`.

    Upward compression by the distance between two envelopes that fall at different rates. Events keep their
    levels against each other, since each is measured against its own peak.
    """
    if most_db <= 0 or not np.any(samples):
        return samples
    level = 20 * np.log10(np.maximum(np.abs(samples).max(axis=0), 1e-12))
    attack, event = _released(level, ATTACK_DB_PER_S), _released(level, EVENT_DB_PER_S)
    raised = np.clip(FILLING * (event - attack), 0.0, most_db)
    raised *= np.clip((attack - (level.max() - FAINTEST_DB)) / 15.0, 0.0, 1.0)
    window = np.hanning(2 * int(_SMOOTH_S * SAMPLE_RATE_HZ / 2) + 1)
    return np.asarray(samples * 10 ** (np.convolve(raised, window / window.sum(), "same") / 20))


def limit(samples: Array, ceiling_db: float) -> Array:
    """Samples (C, N) with their true peaks under the ceiling."""
    return samples * limiting(samples, ceiling_db)


def limiting(samples: Array, ceiling_db: float) -> Array:
    """Gain (N,) with which samples (C, N) keep their true peaks under the ceiling.

    It falls within half a millisecond before a peak and comes back at a constant rate in decibels;
    all channels move together, and time is not shifted.
    """
    ceiling = 10 ** ((ceiling_db - 0.1) / 20)
    need_db = 20 * np.log10(np.maximum(envelope(samples, ceiling) / ceiling, 1.0))
    if not np.any(need_db > 0):
        return np.ones(samples.shape[1])
    lasting = uniform_filter1d(need_db, int(CLICK_S * SAMPLE_RATE_HZ))
    held = np.maximum(_released(need_db, FAST_RELEASE_DB_PER_S), _released(lasting, SLOW_RELEASE_DB_PER_S))
    reach = int(LOOK_AHEAD_S * SAMPLE_RATE_HZ)
    lowest = minimum_filter1d(-held, 2 * reach + 1)
    window = np.hanning(2 * reach + 3)[1:-1]
    smooth = np.convolve(np.pad(lowest, reach, mode="edge"), window / window.sum(), mode="valid")
    gain = 10 ** (smooth / 20)
    # Fast gain moves can lift the space between samples a little; what is left is scaled away.
    excess = float(np.max(envelope(samples * gain, ceiling))) / 10 ** (ceiling_db / 20)
    return np.asarray(gain / max(excess, 1.0))


def envelope(samples: Array, least: float = 0.0) -> Array:
    """Largest size (N,) of both channels and of three points between samples.

    Where nothing comes near `least`, which takes most of the time, the samples themselves do.
    """
    size = np.abs(samples).max(axis=0)
    blocks = -(-len(size) // _BLOCK)
    padded = np.pad(samples, ((0, 0), (_MARGIN, blocks * _BLOCK - len(size) + _MARGIN)))
    peaks = np.pad(size, (0, blocks * _BLOCK - len(size))).reshape(blocks, _BLOCK)
    hot = np.flatnonzero(peaks.max(axis=1) > _NEAR * least)
    if not len(hot):
        return size
    windows = sliding_window_view(padded, _BLOCK + 2 * _MARGIN, axis=1)[:, hot * _BLOCK]
    fine = np.abs(resample_poly(windows, 4, 1, axis=2)[:, :, 4 * _MARGIN : -4 * _MARGIN]).max(axis=0)
    pairs = np.maximum(fine[:, 0::2], fine[:, 1::2])
    peaks[hot] = np.maximum(pairs[:, 0::2], pairs[:, 1::2])
    return peaks.ravel()[: len(size)]


def _released(level_db: Array, rate: float) -> Array:
    """The least curve (N,) that is nowhere below a level in dB and falls no faster than a rate in dB/s."""
    ramp = rate / SAMPLE_RATE_HZ * np.arange(len(level_db))
    result: Array = np.maximum.accumulate(level_db + ramp) - ramp
    return result
