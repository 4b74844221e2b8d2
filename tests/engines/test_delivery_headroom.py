"""What a player decodes keeps under the ceiling for true peaks, though coding lifts peaks."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import butter, sosfilt

from lichtspiel import sound
from lichtspiel.cut.encode import decoded
from lichtspiel.sound.dynamics import limit
from lichtspiel.sound.mix import CEILING_DBTP, loudness, true_peak
from lichtspiel.sound.soundtrack import Samples


def drums(seed: int) -> sound.Soundtrack:
    """Bursts of noise up against the ceiling, in two stems."""
    rng = np.random.default_rng(seed)
    seconds = np.arange(2 * sound.SAMPLE_RATE_HZ) / sound.SAMPLE_RATE_HZ
    noise = sosfilt(
        butter(2, 6000, fs=sound.SAMPLE_RATE_HZ, output="sos"), rng.standard_normal((2, len(seconds)))
    )
    bursts = np.exp(-14 * (seconds % 0.25)) * noise
    mixed = limit(bursts, CEILING_DBTP)
    samples = np.ascontiguousarray(mixed.T, dtype=np.float32)
    measured = sound.Measurements(loudness(mixed), true_peak(mixed), 8, 0)
    return sound.Soundtrack(
        samples, measured, stems={"effects": samples * np.float32(0.25), "music": samples * np.float32(0.75)}
    )


def peak_db(samples: Samples) -> float:
    return true_peak(np.asarray(samples.T, np.float64))


@pytest.mark.parametrize("seed", [1, 2])
def test_peaks_stay_under_the_ceiling_after_coding(seed: int) -> None:
    loud = drums(seed)
    assert peak_db(decoded(loud.samples)) > CEILING_DBTP
    eased = sound.delivered(loud, decoded)
    assert peak_db(decoded(eased.samples)) <= CEILING_DBTP
    lost_lu = loud.measurements.integrated_lufs - eased.measurements.integrated_lufs
    assert 0 < lost_lu < eased.measurements.limiting_db
    assert np.allclose(sum(eased.stems.values()), eased.samples, atol=1e-6)
    assert eased.measurements.true_peak_dbtp == pytest.approx(peak_db(eased.samples))


def test_what_coding_leaves_under_the_ceiling_is_not_touched() -> None:
    loud = drums(3)
    soft = loud.samples / np.float32(4)
    quiet = sound.Soundtrack(soft, sound.Measurements(-28.0, peak_db(soft), 8, 0))
    assert sound.delivered(quiet, decoded) is quiet
