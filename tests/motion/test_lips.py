from dataclasses import replace

import numpy as np
import pytest

from lichtspiel.library.asset import Array
from lichtspiel.library.people import basis, face
from lichtspiel.motion import lips
from lichtspiel.screenplay import Expression
from lichtspiel.take import Span, Utterance

RATE = 48.0
PAIRS = ((540, 520), (493, 474), (523, 520), (518, 515))
"""Vertices of the lower and upper lip that touch when the mouth is shut."""


def utterance(*phonemes: tuple[str, float], start: float = 0.5, effort: float = 0.5) -> Utterance:
    spans, clock = [], 0.0
    for text, length in phonemes:
        spans.append(Span(clock, clock + length, text))
        clock += length
    return Utterance(start, start, clock, "anna", 0, "", "en", (), tuple(spans), (), "", effort)


def spoken(line: Utterance, expression: Expression = Expression.NEUTRAL) -> tuple[Array, dict[str, Array]]:
    times = np.arange(round((line.film_s + line.duration_s + 1) * RATE)) / RATE
    shown = {name: np.full(len(times), weight) for name, weight in face.expression(expression).items()}
    return times, lips.over(shown, lips.mouth([line], times))


def gap_m(weights: dict[str, Array], sample: int) -> float:
    """How much farther apart the lips are than in a shut mouth; negative when pressed."""
    body = basis.load()
    moved = body.vertices.astype(float).copy()
    for name, track in weights.items():
        index, deltas = body.target(f"face/{name}")
        moved[index] += track[sample] * deltas
    apart = [moved[upper, 2] - moved[lower, 2] for lower, upper in PAIRS]
    rest = [body.vertices[upper, 2] - body.vertices[lower, 2] for lower, upper in PAIRS]
    return float(np.mean(np.subtract(apart, rest)))


def sample_at(times: Array, second: float) -> int:
    return int(np.argmin(np.abs(times - second)))


WORD = (("ɑ", 0.14), ("p", 0.06), ("ɑ", 0.14), ("m", 0.05), ("oʊ", 0.2), ("b", 0.03), ("iː", 0.2))


@pytest.mark.parametrize("expression", [Expression.NEUTRAL, Expression.LAUGH, Expression.SURPRISED])
def test_lips_meet_at_every_bilabial_whatever_the_face_shows(expression: Expression) -> None:
    line = utterance(*WORD)
    times, weights = spoken(line, expression)
    for phoneme in line.phonemes:
        start = line.film_s + phoneme.start_s
        if phoneme.text in "pbm":
            closest = min(gap_m(weights, s) for s in range(len(times)) if start <= times[s] <= start + 0.05)
            assert closest < 0.001, phoneme
    assert gap_m(weights, sample_at(times, 0.57)) > 0.005


def test_a_closure_is_seen_at_24_frames_a_second_whenever_it_falls() -> None:
    for late in np.linspace(0, 1 / 24, 7):
        line = utterance(("ɑ", 0.2), ("b", 0.02), ("ɑ", 0.2), start=0.5 + float(late))
        times = np.arange(48) / 24
        said = lips.mouth([line], times)
        assert said.closed.max() > 0.99


def test_rounding_comes_early_and_an_s_takes_the_shape_of_its_neighbours() -> None:
    times, before_u = spoken(utterance(("s", 0.12), ("uː", 0.2)))
    _, before_i = spoken(utterance(("s", 0.12), ("iː", 0.2)))
    at = sample_at(times, 0.58)
    assert before_u["mouthPucker"][at] > before_i["mouthPucker"][at] + 0.15
    assert before_i["mouthStretchLeft"][at] > before_u["mouthStretchLeft"][at]


@pytest.mark.parametrize(
    ("vowel", "shape"),
    [("uː", "mouthPucker"), ("ɑ", "jawOpen"), ("iː", "mouthStretchLeft"), ("f", "mouthRollLower")],
)
def test_visemes_come_within_a_frame_of_their_phonemes(vowel: str, shape: str) -> None:
    # Half of the way to the peak is reached within a frame of 24 a second about the onset.
    line = utterance(("k", 0.1), ("ə", 0.1), (vowel, 0.18), ("k", 0.1), start=1.0)
    times = np.arange(960) / 480
    course = lips.over({}, lips.mouth([line], times))[shape]
    onset = line.film_s + line.phonemes[2].start_s
    window = (times > onset - 0.2) & (times < onset + 0.18)
    low, high = course[window].min(), course[window].max()
    reached = times[window][np.argmax(course[window] > (low + high) / 2)]
    assert abs(reached - onset) <= 1 / 24, reached - onset


def test_the_mouth_rests_before_after_and_between_lines() -> None:
    times, weights = spoken(utterance(*WORD, start=1.0))
    quiet = (times < 0.7) | (times > 1.0 + 0.82 + 0.25)
    assert weights["jawOpen"][quiet].max() < 1e-6
    assert weights["mouthPucker"][quiet].max() < 1e-6


def test_shouts_open_wider_than_whispers() -> None:
    _, loud = spoken(utterance(("ɑ", 0.2), effort=1.0))
    _, soft = spoken(utterance(("ɑ", 0.2), effort=0.05))
    assert loud["jawOpen"].max() > 1.3 * soft["jawOpen"].max()


def test_what_is_not_speech_stays() -> None:
    _, weights = spoken(utterance(*WORD), Expression.ANGRY)
    assert weights["browDownLeft"].min() == pytest.approx(face.expression(Expression.ANGRY)["browDownLeft"])
    assert all(track.min() >= 0 and track.max() <= 1 for track in weights.values())


def test_brows_go_along_with_what_is_stressed() -> None:
    line = replace(utterance(*WORD), stressed=(0.3,))
    times, weights = spoken(line)
    brow = weights["browOuterUpLeft"]
    assert brow[sample_at(times, 0.8)] > brow[sample_at(times, 0.4)] + 0.1
