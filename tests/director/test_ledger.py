"""Every word with content is accounted for, once, at the right place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lichtspiel.director import PromptError, read
from lichtspiel.director.gazetteer import items
from lichtspiel.director.language import detect
from lichtspiel.director.ledger import is_empty
from lichtspiel.director.tokens import tokenise
from lichtspiel.director.vocabulary import names_of, vocabulary
from lichtspiel.screenplay import Status
from tests.director.corpus import corpus

PROMPTS = [entry["prompt"] for part in corpus().values() for entry in part]


def _missing(prompt: str) -> list[str]:
    """Words with content that no reading covers; prompts about people are cut otherwise."""
    screenplay, ledger = read(prompt)
    if screenplay.cast:
        return []
    spans = [reading.span for reading in ledger.readings if reading.span]
    language = detect(prompt)
    tokens = tokenise(prompt)
    spoken = items(tokens, vocabulary(language), vocabulary("de" if language == "en" else "en"))
    return [
        prompt[tokens[item.start].start : tokens[item.end - 1].end]
        for item in spoken
        if not is_empty(item)
        and any(
            sum(start <= token.start and token.end <= end for start, end in spans) != 1
            for token in tokens[item.start : item.end]
        )
    ]


def _spans_are_right(prompt: str) -> bool:
    _, ledger = read(prompt)
    read_spans = [reading for reading in ledger.readings if reading.span]
    ordered = all(
        first.span[1] <= second.span[0]
        for first, second in pairwise(read_spans)
        if first.span and second.span
    )
    return ordered and all(prompt[r.span[0] : r.span[1]] == r.text for r in read_spans if r.span)


@pytest.mark.parametrize("prompt", PROMPTS)
def test_every_word_of_the_corpus_is_accounted_for(prompt: str) -> None:
    assert _missing(prompt) == []
    assert _spans_are_right(prompt)


def test_content_words_are_not_taken_for_function_words() -> None:
    _, ledger = read("A red ball rolls sadly past seventeen purple dinosaurs at sunset.")
    covered = " ".join(reading.text for reading in ledger.readings if reading.span)
    for word in ("red", "ball", "rolls", "sadly", "seventeen", "purple", "dinosaurs", "sunset"):
        assert word in covered


def test_realised_readings_point_into_the_screenplay() -> None:
    for prompt in PROMPTS:
        screenplay, ledger = read(prompt)
        ids = {prop.id for prop in screenplay.props}
        for reading in ledger.having(Status.REALISED):
            root, *rest = reading.slot.split(".")
            roots = {"props", "beats", "shots", "setting", "look", "duration_s", "sounds", "music"}
            assert root in roots, (prompt, reading)
            if root == "props" and rest:
                assert rest[0] in ids, (prompt, reading)
            if root in ("beats", "shots", "sounds") and rest:
                assert int(rest[0]) < len(getattr(screenplay, root)), (prompt, reading)


def test_what_is_not_realised_says_why() -> None:
    _, ledger = read("A woman throws a basketball through the hoop in the rain, sad music, 16:9")
    refused = {reading.text: reading.note for reading in ledger.having(Status.NOT_REALISED)}
    for word in ("woman", "16:9"):
        assert refused[word]


def test_choices_of_the_director_are_admitted() -> None:
    screenplay, ledger = read("A pendulum.")
    chosen = {reading.slot for reading in ledger.having(Status.FILLED_IN)}
    assert {"setting.place", "setting.time_of_day", "setting.light", "duration_s", "beats.0.action"} <= chosen
    assert {"shots.0.size", "shots.0.focal_length_mm"} <= chosen
    assert screenplay.beats[0].action == "swing"


def _known_words(language: str) -> list[str]:
    words = vocabulary("de" if language == "de" else "en")
    names = [
        name for entry in words.library.things.values() for name in names_of(entry.names, words.language)
    ]
    spoken = [" ".join(phrase.words) for phrases in words.phrases.values() for phrase in phrases]
    return sorted({*names, *(text for text in spoken if "#" not in text)})


NONSENSE = [
    "flurb",
    "quonking",
    "Zwirbelmaus",
    "12",
    "3.5",
    "—",
    ",",
    ".",
    "and",
    "und",
    "(",
    "the",
    "eine",
    "…",
    "50%",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    language=st.sampled_from(["en", "de"]),
    data=st.data(),
)
def test_any_heap_of_words_is_read_and_accounted_for(language: str, data: st.DataObject) -> None:
    words = data.draw(
        st.lists(st.sampled_from([*_known_words(language), *NONSENSE]), min_size=1, max_size=14)
    )
    prompt = " ".join(words)
    try:
        first = read(prompt)
    except PromptError:
        return
    assert _missing(prompt) == []
    assert _spans_are_right(prompt)
    assert read(prompt) == first


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_beside_a_thing_is_read(text: str) -> None:
    prompt = f"A ball falls. {text}"
    _, ledger = read(prompt)
    assert ledger.prompt == prompt
    assert _spans_are_right(prompt)
