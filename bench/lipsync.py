"""Whether lips move with what is said, on the faces of a finished take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.people import basis
from lichtspiel.take import Performance, Span, Utterance

Array = NDArray[np.float64]

FRAME_S = 1 / 24
SHAPES = {
    "jawOpen": "aɑæɐ",
    "mouthPucker": "uʊwoɔyø",
    "mouthStretchLeft": "i",
    "mouthRollLower": "fv",
}
"""Shapes that are seen, and the phonemes (their first symbols) that ask for them."""
BILABIALS = "pbm"
BEFORE_S = 0.06
"""So long before a phoneme its shape may begin, or as long as the phoneme before it lasts."""
DISTINCT = 0.1
"""A shape must come up by so much to be seen to begin."""
FINE_HZ = 480.0
SHUT_M = 0.001
PAIRS = ((540, 520), (493, 474), (523, 520), (518, 515))
"""Vertices of the lower and upper lip that touch when the mouth is shut."""


@dataclass
class Tally:
    """Visemes that begin to be seen, and closures."""

    visemes: int = 0
    in_time: int = 0
    bilabials: int = 0
    closed: int = 0


def add(tally: Tally, utterance: Utterance, performance: Performance) -> None:
    """Measure an utterance on the face that speaks it."""
    offset = utterance.time_s
    for number, phoneme in enumerate(utterance.phonemes):
        before = utterance.phonemes[number - 1] if number else None
        shape = next((s for s, symbols in SHAPES.items() if phoneme.text[:1] in symbols), None)
        if shape is not None and not _same(shape, before):
            earliest = min(phoneme.start_s - BEFORE_S, before.start_s if before else np.inf)
            edges = np.array([earliest, phoneme.start_s, phoneme.end_s])
            error = _onset_error(performance, shape, offset + edges)
            if error is not None:
                tally.visemes += 1
                tally.in_time += abs(error) <= FRAME_S
        elif phoneme.text[:1] in BILABIALS:
            tally.bilabials += 1
            tally.closed += _shuts(performance, offset + phoneme.start_s, offset + phoneme.end_s)


def _same(shape: str, before: Span | None) -> bool:
    return before is not None and any(symbol in SHAPES[shape] for symbol in before.text)


def _onset_error(performance: Performance, shape: str, edges_s: Array) -> float | None:
    """When a shape has come half of its way, against its phoneme's start; None where nothing comes up.

    edges_s: when it may begin, when its phoneme begins and ends.
    """
    earliest, start_s, end_s = edges_s
    times = np.arange(earliest, end_s, 1 / FINE_HZ)
    track = _track(performance, shape, times)
    late = np.flatnonzero(times >= start_s - FRAME_S)
    peak = int(late[np.argmax(track[late])])
    low = int(np.argmin(track[: peak + 1]))
    if track[peak] - track[low] < DISTINCT:
        return None
    half = (track[peak] + track[low]) / 2
    reached = low + int(np.argmax(track[low : peak + 1] >= half))
    return float(times[reached] - start_s)


def _shuts(performance: Performance, start_s: float, end_s: float) -> bool:
    """Whether the lips meet in a frame of the film that falls on a closure, or else within a frame of it."""
    frames = np.arange(np.floor(start_s / FRAME_S), np.ceil(end_s / FRAME_S) + 1) * FRAME_S
    apart = np.zeros(len(frames))
    for shape, gap_m in _gaps().items():
        apart += gap_m * _track(performance, shape, frames)
    return bool(apart.min() < SHUT_M)


def _track(performance: Performance, shape: str, times: Array) -> Array:
    weights = performance.face.get(shape)
    if weights is None:
        return np.zeros(len(times))
    return np.interp(times * performance.rate_hz, np.arange(len(weights)), weights)


@cache
def _gaps() -> Mapping[str, float]:
    """By how many metres each shape of the face moves the lips apart."""
    body = basis.load()
    found = {}
    for name in body.target_names:
        if name.startswith("face/"):
            index, deltas = body.target(name)
            moved = dict(zip(index.tolist(), np.asarray(deltas, float)[:, 2], strict=True))
            found[name.removeprefix("face/")] = float(
                np.mean([moved.get(upper, 0.0) - moved.get(lower, 0.0) for lower, upper in PAIRS])
            )
    return found
