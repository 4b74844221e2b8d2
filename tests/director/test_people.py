"""Prompts about people are read right, in English and German."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lichtspiel.director import PromptError, read
from lichtspiel.director.language import Language
from lichtspiel.director.people_ages import age_at
from lichtspiel.director.people_lexicon import people_lexicon
from lichtspiel.director.tokens import tokenise
from lichtspiel.director.vocabulary import names_of
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Beat, Relation, Sex, Status

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "people.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("prompt", "spot", "destination"),
    [
        ("A man runs toward the door", None, "door"),
        ("Der Mann rennt zur Tür", None, "door"),
        ("A woman limps to the window", None, "window"),
        ("A man walks from the door to the window", "door", "window"),
    ],
)
def test_gaits_lead_to_the_spot_that_is_named(prompt: str, spot: str | None, destination: str) -> None:
    screenplay, _ = read(prompt)
    assert (screenplay.beats[0].spot, screenplay.beats[0].destination) == (spot, destination)


@pytest.mark.parametrize(
    ("prompt", "far"),
    [
        ("Ein Mann liest, im Hintergrund tanzt eine Frau", "woman"),
        ("A man reads a book, a dancer dances in the background", "dancer"),
        ("A red ball bounces, a blue cube stands in the background", "block"),
        ("Ein Ball rollt, im Hintergrund steht eine Vase", "vase"),
    ],
)
def test_what_is_in_the_background_stands_behind_and_the_shot_keeps_to_the_rest(
    prompt: str, far: str
) -> None:
    screenplay, ledger = read(prompt)
    placed = {one.id: one.placement for one in screenplay.cast}
    placed |= {prop.id: prop.placement for prop in screenplay.props}
    assert placed[far].relation is Relation.IN_BACKGROUND
    assert screenplay.shots[0].subjects
    assert far not in screenplay.shots[0].subjects
    assert "ackground" not in "".join(r.text for r in ledger.having(Status.NOT_REALISED))


def test_a_close_up_hides_no_deed() -> None:
    for prompt in (
        "A grandmother pours tea into two blue cups, close-up of her smiling face",
        "Eine Oma gießt Tee in zwei blaue Tassen, Großaufnahme ihres lächelnden Gesichts",
    ):
        screenplay, _ = read(prompt)
        assert [shot.size for shot in screenplay.shots] == ["medium", "close_up"]
        assert screenplay.shots[1].subjects == ("grandmother",)
        assert screenplay.shots[0].duration_s is not None
        assert screenplay.shots[0].duration_s > screenplay.duration_s / 2
    alone, _ = read("A woman laughs, close-up")
    assert [shot.size for shot in alone.shots] == ["close_up"]


@pytest.mark.parametrize(
    "prompt", ["A boy kicks a football against a wall", "Ein Junge schießt einen Fußball gegen eine Wand"]
)
def test_who_kicks_a_ball_is_seen(prompt: str) -> None:
    screenplay, _ = read(prompt)
    assert [one.role for one in screenplay.cast] == ["boy"]
    beat = screenplay.beats[0]
    assert (beat.motion, beat.using, beat.target) == ("kick_ball", (), "brick_wall")
    # It lies before the foot, in nobody's hands.
    assert screenplay.prop("football").count == 1
    rolled, _ = read("A child rolls a ball down a ramp")
    assert not rolled.cast


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["prompt"])[:60])
def test_prompts_about_people_are_read(case: dict[str, Any]) -> None:
    screenplay, ledger = read(case["prompt"])
    assert screenplay.setting.place == case["place"]
    cast = {}
    for character in screenplay.cast:
        fields = character.model_dump(exclude_defaults=True, mode="json")
        fields.pop("id")
        if fields["role"] == character.id:
            fields.pop("role")
        cast[character.id] = fields
    assert cast.keys() == case["cast"].keys()
    for name, wanted in case["cast"].items():
        worn, asked = cast[name].pop("wears", []), wanted.get("wears", [])
        assert all(wear in worn for wear in asked)
        assert cast[name] == {field: value for field, value in wanted.items() if field != "wears"}
    assert [_words(beat) for beat in screenplay.beats] == case.get("beats", [])
    assert [shot.size.value for shot in screenplay.shots] == case["shots"]
    assert [reading.text for reading in ledger.having(Status.NOT_REALISED)] == case.get("left", [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["prompt"])[:60])
def test_every_word_not_shown_has_its_reason_and_nothing_is_said_twice(case: dict[str, Any]) -> None:
    _, ledger = read(case["prompt"])
    assert all(reading.note for reading in ledger.having(Status.NOT_REALISED))
    spans = sorted(reading.span for reading in ledger.readings if reading.span)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


def test_three_shots_are_three_shots_of_one_person() -> None:
    screenplay, _ = read(
        "The same detective (grey coat, moustache) in three shots: at the door, at the desk, "
        "close-up as he frowns."
    )
    assert len(screenplay.shots) == 3
    assert [character.id for character in screenplay.cast] == ["detective"]
    times = [beat.at_s for beat in screenplay.beats]
    assert times[0] is None
    assert times[1:] == pytest.approx([screenplay.duration_s / 3, screenplay.duration_s * 2 / 3], abs=0.01)


def _spoken(language: Language) -> list[str]:
    words = people_lexicon()
    sheets = (
        words.qualities, words.hair_shapes, words.body, words.garments, words.kinds, words.patterns,
        words.deeds, words.ways, words.spots, words.groups, words.undone, words.cues,
    )  # fmt: skip
    said = {text for sheet in sheets for one in sheet for text in names_of(one, language)}
    named = [one.names for one in catalogue.roles().values()]
    named += [one.names for one in catalogue.garments().values()]
    named += [one.names for one in catalogue.hair_styles().values()]
    return sorted(said | {text for names in named for text in names_of(names, language)})


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(language=st.sampled_from(["en", "de"]), data=st.data())
def test_any_heap_of_words_about_people_is_read(language: Language, data: st.DataObject) -> None:
    small = [
        ",",
        ".",
        ":",
        "a",
        "the",
        "ein",
        "die",
        "with",
        "mit",
        "in",
        "red",
        "rot",
        "three",
        "drei",
        "70",
        "of",
    ]
    words = data.draw(st.lists(st.sampled_from([*_spoken(language), *small]), min_size=1, max_size=12))
    prompt = " ".join(words)
    try:
        screenplay, ledger = read(prompt)
    except PromptError:
        return
    assert read(prompt) == (screenplay, ledger)
    assert all(reading.note for reading in ledger.having(Status.NOT_REALISED))
    spans = sorted(reading.span for reading in ledger.readings if reading.span)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


@pytest.mark.parametrize(
    ("words", "behind", "years"),
    [
        ("of seventy,", True, 70),
        ("of seventy five", True, 75),
        ("8-year-old", False, 8),
        ("six months old", False, 0.5),
        ("in her thirties", False, 35),
        ("in his late 60s", False, 68),
        ("of three children", True, None),
    ],
)
def test_english_ages(words: str, behind: bool, years: float | None) -> None:
    age = age_at(tokenise(words), 0, behind, "en")
    assert (age.years if age else None) == years


@pytest.mark.parametrize(
    ("words", "behind", "years"),
    [
        ("siebzigjährige", False, 70),
        ("70-jähriger", False, 70),
        ("fünfundsechzig Jahre alt", False, 65),
        ("von achtzig Jahren", True, 80),
        ("Mitte dreißig", False, 35),
    ],
)
def test_german_ages(words: str, behind: bool, years: float) -> None:
    age = age_at(tokenise(words), 0, behind, "de")
    assert age is not None
    assert age.years == years


def test_a_pronoun_tells_the_sex() -> None:
    screenplay, _ = read("An astronaut sits in a spaceship. She smiles.")
    assert screenplay.cast[0].sex is Sex.FEMALE


def test_things_that_act_keep_their_film() -> None:
    screenplay, _ = read("A man throws a basketball through the hoop.")
    assert screenplay.cast == ()
    assert screenplay.props[0].thing == "basketball"


def _words(beat: Beat) -> str:
    fields = beat.model_dump(exclude_defaults=True, mode="json")
    extra = [
        f"{name}={fields[name]}"
        for name in ("motion", "target", "spot", "gaze", "expression")
        if name in fields
    ]
    return " ".join([beat.subject, beat.action.value, *extra])
