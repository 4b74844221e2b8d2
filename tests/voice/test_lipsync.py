"""The bench's measure of lip sync tells lips that are in time from lips that are late or do not close."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bench import lipsync
from lichtspiel.motion import lips
from lichtspiel.take import Performance, Span, Utterance

RATE = 48.0
WORDS = (
    ("t", 0.08),
    ("uː", 0.14),
    ("b", 0.06),
    ("iː", 0.16),
    ("f", 0.07),
    ("ɑ", 0.15),
    ("m", 0.07),
    ("oʊ", 0.2),
)


def said() -> Utterance:
    spans, clock = [], 0.0
    for text, length in WORDS:
        spans.append(Span(clock, clock + length, text))
        clock += length
    return Utterance(1.0, 1.0, clock, "anna", 0, "", "en", (), tuple(spans), (), "")


def measured(face: dict[str, np.ndarray], utterance: Utterance) -> lipsync.Tally:
    tally = lipsync.Tally()
    frames = len(next(iter(face.values())))
    lipsync.add(tally, utterance, Performance(RATE, np.zeros((frames, 3)), np.zeros((frames, 1, 4)), face))
    return tally


def face_of(utterance: Utterance) -> dict[str, np.ndarray]:
    times = np.arange(int(3 * RATE)) / RATE
    return lips.over({}, lips.mouth([utterance], times))


def test_lips_that_move_with_what_is_said_are_in_time_and_close() -> None:
    tally = measured(face_of(said()), said())
    assert tally.visemes >= 4
    assert tally.in_time == tally.visemes
    assert tally.closed == tally.bilabials == 2


def test_lips_that_are_a_tenth_of_a_second_late_are_not_in_time() -> None:
    tally = measured(face_of(said()), replace(said(), time_s=0.9))
    assert tally.in_time < 0.5 * tally.visemes


def test_a_mouth_that_does_not_close_is_found() -> None:
    face = face_of(said())
    tally = measured(face | {"mouthClose": np.zeros(len(face["jawOpen"]))}, said())
    assert tally.closed < tally.bilabials == 2
