"""Errors, languages, lengths and other promises of `read`."""

from __future__ import annotations

import pytest

from lichtspiel.director import MAX_LETTERS, PromptError, read
from lichtspiel.director.capacity import MOST_BEATS, MOST_PEOPLE, MOST_THINGS, SHORTEST_SHOT_S
from lichtspiel.director.language import detect
from lichtspiel.screenplay import Action, OutcomeKind, Status
from lichtspiel.screenplay.yaml_file import dump, parse


@pytest.mark.parametrize("prompt", ["", "   ", "\n\t"])
def test_an_empty_prompt_says_what_to_do(prompt: str) -> None:
    with pytest.raises(PromptError, match="empty: say what happens"):
        read(prompt)


def test_a_prompt_that_is_too_long_says_so() -> None:
    with pytest.raises(PromptError, match=str(MAX_LETTERS)):
        read("a ball falls " * 2600)


def test_a_prompt_without_a_thing_names_similar_ones() -> None:
    with pytest.raises(PromptError, match="basketball") as error:
        read("A basketbal in the sun")
    assert "\n" not in str(error.value)


def test_a_very_long_prompt_is_read_whole_and_gives_a_film_that_can_be_made() -> None:
    sentences = (
        "A red ball rolls off a table.",
        "A man in a grey coat walks to the door and a woman waves.",
        "Cut to a close-up of a blue cup.",
    )
    prompt = " ".join(sentences[number % 3] for number in range(220))
    screenplay, ledger = read(prompt)
    assert len(prompt) > 8000
    assert len(screenplay.cast) <= MOST_PEOPLE
    assert len(screenplay.props) <= MOST_THINGS
    assert len(screenplay.beats) <= MOST_BEATS
    assert screenplay.duration_s / len(screenplay.shots) >= SHORTEST_SHOT_S
    words = {prompt[r.span[0] : r.span[1]] for r in ledger.readings if r.span}
    assert {"red", "ball", "man", "waves", "close-up", "cup"} <= words
    for sentence, word in (("waves", "waves"), ("coat", "coat"), ("cup", "cup")):
        assert sum(r.text == word for r in ledger.readings) == prompt.count(sentence)
    beyond = [r for r in ledger.having(Status.NOT_REALISED) if "a film" in r.note or "a shot" in r.note]
    assert beyond
    beats = {r.slot.split(".")[1] for r in ledger.having(Status.REALISED) if r.slot.startswith("beats.")}
    assert all(not number.isdigit() or int(number) < len(screenplay.beats) for number in beats)


@pytest.mark.parametrize(
    ("prompt", "language"),
    [
        ("A coin spins.", "en"),
        ("Eine Münze dreht sich.", "de"),
        ("Drei Dominosteine, close-up, 35mm", "de"),
        ("Newton's cradle, macro", "en"),
        ("Pendel im Physiksaal", "de"),
        ("steel ball rolls down ramp", "en"),
        ("Stahlkugel rollt Rampe hinunter", "de"),
    ],
)
def test_the_language_is_recognised(prompt: str, language: str) -> None:
    assert detect(prompt) == language


def test_seconds_beside_the_prompt_win_and_the_ledger_says_so() -> None:
    said, _ = read("A ball falls, 8 seconds")
    assert said.duration_s == 8
    forced, ledger = read("A ball falls, 8 seconds", duration_s=3)
    assert forced.duration_s == 3
    assert "8 seconds" in {reading.text for reading in ledger.having(Status.NOT_REALISED)}


def test_number_words_and_digits_mean_the_same() -> None:
    for words in ("five dominoes topple", "5 dominoes topple"):
        screenplay, _ = read(words)
        assert screenplay.props[0].count == 5
    screenplay, _ = read("zwölf Dominosteine fallen um")
    assert screenplay.props[0].count == 12


@pytest.mark.parametrize("adjective", ["roter", "rote", "rotes", "rotem", "roten", "knallroter"])
def test_german_endings_of_colours(adjective: str) -> None:
    screenplay, _ = read(f"Da liegt ein {adjective} Gummiball")
    assert screenplay.props[0].colour == "red"


@pytest.mark.parametrize(
    ("prompt", "thing", "material"),
    [
        ("Ein Glastisch", "table", "glass"),
        ("A table made of steel", "table", "steel"),
        ("Eine Schale aus Holz fällt", "bowl", "wood"),
    ],
)
def test_materials_before_and_behind_the_noun(prompt: str, thing: str, material: str) -> None:
    screenplay, _ = read(prompt)
    assert (screenplay.props[0].thing, screenplay.props[0].material) == (thing, material)


def test_it_and_the_ball_mean_the_thing_spoken_of() -> None:
    screenplay, _ = read("A steel ball rolls. It hits a bottle. The ball stops. The camera follows it.")
    assert [prop.thing for prop in screenplay.props] == ["steel_ball", "bottle"]
    assert [outcome.kind for outcome in screenplay.beats[0].outcomes] == [
        OutcomeKind.HITS,
        OutcomeKind.SETTLES,
    ]


def test_two_of_a_kind_are_told_apart_by_colour() -> None:
    screenplay, _ = read("A red ball rolls into a blue ball and the blue ball rolls away.")
    assert [(prop.thing, prop.colour) for prop in screenplay.props] == [
        ("rubber_ball", "red"),
        ("rubber_ball", "blue"),
    ]
    assert screenplay.beats[0].action is Action.ROLL


def test_a_second_framing_in_a_later_sentence_is_a_second_shot() -> None:
    screenplay, _ = read("Wide shot: a ball rolls down a ramp. Close-up of the ball.")
    assert [shot.size for shot in screenplay.shots] == ["wide", "close_up"]
    assert screenplay.shots[1].subjects == ("rubber_ball",)


def test_the_same_prompt_gives_the_same_screenplay_and_survives_yaml() -> None:
    prompt = "A wine glass falls off a table and breaks, low angle."
    screenplay, ledger = read(prompt, seed=7)
    assert read(prompt, seed=7) == (screenplay, ledger)
    assert screenplay.seed == 7
    assert parse(dump(screenplay)) == screenplay


def test_a_material_alone_is_no_thing() -> None:
    with pytest.raises(PromptError, match="names no thing"):
        read("Sunset over a glass floor")


def test_what_an_unknown_thing_does_is_not_put_on_another() -> None:
    screenplay, ledger = read("A cup stands on a table. A dragon hits it. The cup breaks.")
    assert [beat.subject for beat in screenplay.beats] == ["cup"]
    assert "dragon" in {reading.text for reading in ledger.having(Status.NOT_REALISED)}


def test_appositions_tell_things_of_a_kind_apart() -> None:
    screenplay, _ = read("Two marbles, one red and one blue, roll down a ramp.")
    assert [prop.colour for prop in screenplay.props if prop.thing == "glass_marble"] == ["red", "blue"]
    assert [beat.action for beat in screenplay.beats] == [Action.ROLL, Action.ROLL]
