"""What is wrong with a finished soundtrack: clicks, clipping, dead silence, a missed loudness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import maximum_filter1d, uniform_filter1d

from lichtspiel.sound.mix import CEILING_DBTP, TARGET_LUFS, loudness, true_peak
from lichtspiel.sound.modes import Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ, Samples, Soundtrack

TOLERANCE_LU = 0.5
DEAD_DBFS, DEAD_S = -84.0, 0.3
"""What lasts longer below this than that is dead silence: even quiet rooms have air."""
CLIPPED_RUN = 4
"""Samples in a row at the same extreme that no wave has of itself."""
JUMP_TIMES, JUMP_FLOOR = 14.0, 2e-3
"""A click: a jump so many times the largest about it, and at least so high against full scale."""
ABOUT_S = 0.01
BLOW_S = 0.012
"""After a blow's arrival, its own attack explains a jump."""
OWN_SHARE = 0.5
"""Of a jump that must be the blow's: one in speech, music or ambience beside it is an error all the same."""


@dataclass(frozen=True)
class Fault:
    """Something that a listener would hear as an error."""

    kind: str
    """clipping, click, dead silence, loudness, true peak."""
    film_s: float
    words: str


def faults(soundtrack: Soundtrack, wanted_silence: bool = False) -> tuple[Fault, ...]:
    """All faults of a soundtrack, none for a good one. Where there is no air, silence is as it should be."""
    samples = soundtrack.samples
    found = [*_clipping(samples), *(c for c in _clicks(samples) if not _explained(c.film_s, soundtrack))]
    if not wanted_silence:
        found += _silences(samples)
    stereo = np.asarray(samples, float).T
    peak, level = true_peak(stereo), loudness(stereo)
    if peak > CEILING_DBTP + 0.05:
        found.append(Fault("true peak", 0.0, f"true peak {peak:.2f} dBTP, over {CEILING_DBTP:.0f}"))
    if not soundtrack.measurements.note and abs(level - TARGET_LUFS) > TOLERANCE_LU:
        found.append(Fault("loudness", 0.0, f"{level:.1f} LUFS instead of {TARGET_LUFS:.0f}"))
    return tuple(found)


def _clipping(samples: Samples) -> list[Fault]:
    """Runs of samples that stand still at an extreme."""
    found = []
    for channel in np.asarray(samples, float).T:
        top = float(np.abs(channel).max(initial=0.0))
        if top < 0.5:
            continue
        flat = (np.abs(channel) >= 0.9995 * top) & (np.abs(np.diff(channel, prepend=np.inf)) < 1e-6)
        runs = _runs(flat, CLIPPED_RUN - 1)
        found += [Fault("clipping", s / SAMPLE_RATE_HZ, f"{n + 1} samples cut off flat") for s, n in runs[:1]]
    return found


def _clicks(samples: Samples) -> list[Fault]:
    """Single jumps out of smooth surroundings: edits without a fade, or blows that do not ring on."""
    mono = np.asarray(samples, float).mean(axis=1)
    jump = np.abs(np.diff(mono, 3, prepend=np.zeros(3)))
    reach = int(ABOUT_S * SAMPLE_RATE_HZ)
    before = np.concatenate([np.zeros(8), maximum_filter1d(jump, reach, origin=reach // 2 - 1)[:-8]])
    after = np.concatenate([maximum_filter1d(jump, reach, origin=-(reach // 2))[8:], np.zeros(8)])
    alone = (jump > JUMP_FLOOR) & (jump > JUMP_TIMES * np.maximum(before, after))
    places = np.flatnonzero(alone)
    firsts = places[np.diff(places, prepend=-reach) >= reach]
    inner = firsts[(firsts > reach) & (firsts < len(mono) - reach)]
    return [Fault("click", float(p) / SAMPLE_RATE_HZ, "a jump that nothing explains") for p in inner[:5]]


def _explained(film_s: float, soundtrack: Soundtrack) -> bool:
    """Whether a jump is the attack of a blow: just after it arrives, and mostly in the sound of effects."""
    if not any(-BLOW_S / 4 < film_s - blow < BLOW_S for blow in soundtrack.arrivals_s):
        return False
    place = round(film_s * SAMPLE_RATE_HZ)
    own = _jump(soundtrack.stems["effects"], place)
    return own > OWN_SHARE * sum(_jump(stem, place) for stem in soundtrack.stems.values())


def _jump(samples: Samples, place: int) -> float:
    """The largest jump within a few samples of a place."""
    mono = np.asarray(samples[max(0, place - 8) : place + 9], float).mean(axis=1)
    return float(np.abs(np.diff(mono, 3)).max(initial=0.0))


def _silences(samples: Samples) -> list[Fault]:
    power = uniform_filter1d(np.mean(np.asarray(samples, float) ** 2, axis=1), 480)
    runs = _runs(power < 10 ** (DEAD_DBFS / 10), int(DEAD_S * SAMPLE_RATE_HZ))
    return [
        Fault("dead silence", start / SAMPLE_RATE_HZ, f"{count / SAMPLE_RATE_HZ:.2f} s without any sound")
        for start, count in runs
    ]


def _runs(when: Array, longer_than: int) -> list[tuple[int, int]]:
    """Beginnings and lengths of stretches that hold for more than so many samples."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], when.astype(np.int8), [0]])))
    starts, ends = edges[::2], edges[1::2]
    return [(int(s), int(e - s)) for s, e in zip(starts, ends, strict=True) if e - s > longer_than]
