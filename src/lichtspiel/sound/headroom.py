"""Room for what coding does to peaks: a coder keeps a sound's spectrum, not the height of its waves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from lichtspiel.sound.dynamics import limiting
from lichtspiel.sound.mix import CEILING_DBTP, loudness, true_peak
from lichtspiel.sound.modes import Array
from lichtspiel.sound.soundtrack import Samples, Soundtrack

ROUNDS = 4
SPARE_DB = 0.05


def delivered(soundtrack: Soundtrack, coded: Callable[[Samples], Samples]) -> Soundtrack:
    """The soundtrack, limited as far as keeps its true peaks under the ceiling once it is coded.

    `coded` gives samples (N, C) back as a player decodes them. Stems go down with the whole.
    """
    for _ in range(ROUNDS):
        over = true_peak(_channels(coded(soundtrack.samples))) - CEILING_DBTP
        if over <= 0:
            break
        soundtrack = _lower(soundtrack, over + SPARE_DB)
    return soundtrack


def _lower(soundtrack: Soundtrack, by_db: float) -> Soundtrack:
    measured = soundtrack.measurements
    ceiling_db = measured.true_peak_dbtp - by_db
    gain = limiting(_channels(soundtrack.samples), ceiling_db)[:, None].astype(np.float32)
    samples = soundtrack.samples * gain
    return replace(
        soundtrack,
        samples=samples,
        stems={name: stem * gain for name, stem in soundtrack.stems.items()},
        measurements=replace(
            measured,
            integrated_lufs=loudness(_channels(samples)),
            true_peak_dbtp=true_peak(_channels(samples)),
            limiting_db=measured.limiting_db + by_db,
        ),
    )


def _channels(samples: Samples) -> Array:
    return np.asarray(samples.T, np.float64)
