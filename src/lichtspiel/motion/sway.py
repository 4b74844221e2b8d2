"""What a living body never stops doing: it breathes and sways."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion.anatomy import Anatomy
from lichtspiel.motion.controls import Controls, shifted
from lichtspiel.motion.manner import Manner
from lichtspiel.motion.tracks import eased
from lichtspiel.take import Take

_SWAY_HZ = (0.13, 0.29, 0.47, 0.83)
_SWAY = 0.0026
"""Root mean square of the sway of the hips against body height: 4 to 5 mm in quiet stance (Winter, 1995)."""
_BREATH_IN = 0.42
"""Share of a breath that is drawn in."""
_GASP_S, _AFTER_S = 0.5, 0.7
"""How long the breath before words takes, and the way back to quiet breathing after them."""
_SPENT, _LEAST_S = 1.8, 2.6
"""Of a breath's whole way, what words take, and how long they last that take so much."""


def breath(times: Array, manner: Manner, speech: Sequence[tuple[float, float]] = ()) -> Array:
    """(T,) from -1, breathed out, to 1, breathed in.

    speech: when words begin and end. Before them air is drawn in quickly, and let out as long as they last.
    """
    place = (times * manner.breath_hz + manner.breath_phase / (2 * np.pi)) % 1.0
    rising = place < _BREATH_IN
    part = np.where(rising, place / _BREATH_IN, (place - _BREATH_IN) / (1 - _BREATH_IN))
    quiet = np.asarray(np.where(rising, -np.cos(np.pi * part), np.cos(np.pi * part)))
    return _spoken_over(quiet, times, speech)


def speech_of(take: Take, figure: str) -> list[tuple[float, float]]:
    """When the words of a figure begin and end, world seconds."""
    said = [one for one in take.utterances if one.figure == figure]
    return [(one.time_s, one.time_s + one.duration_s) for one in said]


def _spoken_over(air: Array, times: Array, speech: Sequence[tuple[float, float]]) -> Array:
    found = air
    for start, end in speech:
        # Few words take but a part of a breath (Winkworth et al., Breathing patterns during spontaneous
        # speech, 1995).
        out = 1.0 - _SPENT * np.clip((times - start) / max(end - start, _LEAST_S), 0.0, 1.0)
        share = eased((times - start + _GASP_S) / _GASP_S) * (1 - eased((times - end) / _AFTER_S))
        found = found + share * (out - found)
    return np.asarray(found)


def wander(times: Array, rng: np.random.Generator, channels: int) -> Array:
    """(T, channels) slow noise with a root mean square of one."""
    phase = rng.uniform(0, 2 * np.pi, (len(_SWAY_HZ), channels))
    rate = np.array(_SWAY_HZ)[:, None] * rng.uniform(0.85, 1.15, phase.shape)
    strength = np.sqrt(2 / np.arange(1, len(_SWAY_HZ) + 1) / (25 / 12))[:, None]
    return np.asarray((strength * np.sin(2 * np.pi * rate * times[:, None, None] + phase)).sum(1))


def alive(
    controls: Controls,
    times: Array,
    body: Anatomy,
    manner: Manner,
    rng: np.random.Generator,
    speech: Sequence[tuple[float, float]] = (),
) -> Controls:
    """The same, breathing and swaying. speech: when words begin and end, in the seconds of `times`."""
    air = breath(times, manner, speech)
    noise = wander(times, rng, 10)
    flat = np.zeros((len(times), 3))
    hips, thorax, head = flat.copy(), flat.copy(), flat.copy()
    hips[:, :2] = _SWAY * body.height_m * noise[:, :2]
    thorax[:, 1] = -0.011 * air + 0.006 * noise[:, 2]
    thorax[:, 2] = 0.006 * noise[:, 3]
    thorax[:, 0] = 0.008 * noise[:, 4]
    head[:] = noise[:, 5:8] * [0.016, 0.012, 0.01]
    shoulders = np.zeros((len(times), 2, 2))
    shoulders[..., 0] = 0.022 * air[:, None]
    arms = np.zeros((len(times), 2, 3))
    arms[..., 0] = -0.011 * air[:, None] + 0.009 * noise[:, 8:10]
    return shifted(controls, hips=hips, thorax=thorax, head=head, shoulders=shoulders, arms=arms)
