from collections import Counter
from typing import Literal

import pytest

from lichtspiel.library import catalogue
from lichtspiel.screenplay import Sex, Voice
from lichtspiel.voice import Speaker
from lichtspiel.voice.instrument import instrument

LANGUAGES = ("en", "de", "fr", "es", "it", "pt")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sex", list(Sex))
@pytest.mark.parametrize("age", [4.0, 10.0, 16.0, 30.0, 50.0, 80.0, 99.0])
def test_everybody_has_a_voice_that_suits(language: str, sex: Sex, age: float) -> None:
    for seed in range(5):
        entry = instrument(Speaker(sex, age, seed), language).entry
        assert language in entry.languages
        assert entry.sex == sex
        assert entry.ages[0] - 2 <= age <= entry.ages[1] + 2


@pytest.mark.parametrize("accent", ["us", "gb"])
@pytest.mark.parametrize("age", [8.0, 30.0, 75.0])
def test_an_accent_that_is_asked_for_is_spoken(accent: Literal["us", "gb"], age: float) -> None:
    for seed in range(5):
        for sex in Sex:
            drawn = instrument(Speaker(sex, age, seed, Voice(accent=accent)), "en").entry
            assert (drawn.accent, drawn.sex) == (accent, sex)


def test_a_voice_is_kept() -> None:
    anna = Speaker(Sex.FEMALE, 34, 77)
    assert instrument(anna, "en") == instrument(anna, "en")


def test_people_have_different_voices() -> None:
    chosen = Counter(instrument(Speaker(Sex.FEMALE, 34, seed), "en").entry.id for seed in range(200))
    assert len(chosen) >= 6
    same = [instrument(Speaker(Sex.MALE, 34, seed), "de") for seed in range(30)]
    assert len({round(each.pitch, 4) for each in same}) == 30


def test_there_are_women_men_old_people_and_children_in_english_and_german() -> None:
    for language in ("en", "de"):
        able = [entry for entry in catalogue.voices().values() if language in entry.languages]
        for sex in ("female", "male"):
            ages = [entry.ages for entry in able if entry.sex == sex]
            assert sum(low <= 30 <= high for low, high in ages) >= 2
            assert sum(low >= 55 for low, _ in ages) >= 2
            assert sum(high <= 16 for _, high in ages) >= 2


def test_the_record_decides() -> None:
    asked = Voice(voice="george", pitch=0.9, timbre=1.1, pace=1.2)
    played = instrument(Speaker(Sex.MALE, 40, 3, asked), "en")
    assert played.entry.id == "george"
    assert played.pitch == pytest.approx(0.9)
    assert played.throat == pytest.approx(1.1)
    assert played.pace == pytest.approx(1.2)
    with pytest.raises(KeyError):
        instrument(Speaker(Sex.MALE, 40, 3, Voice(voice="nobody")), "en")


def test_the_younger_the_higher_and_the_smaller() -> None:
    ages = (4.0, 8.0, 12.0)
    children = [instrument(Speaker(Sex.FEMALE, age, 5), "en") for age in ages]
    assert [each.pitch_hz for each in children] == sorted((each.pitch_hz for each in children), reverse=True)
    assert [each.throat for each in children] == sorted((each.throat for each in children), reverse=True)
    assert children[0].pitch_hz > 250
    assert instrument(Speaker(Sex.FEMALE, 30, 5), "en").pitch_hz == 0


def test_the_old_speak_more_slowly() -> None:
    young, old = (instrument(Speaker(Sex.MALE, age, 5), "en") for age in (30.0, 85.0))
    assert old.pace < 0.95 * young.pace
    assert old.age > 0.8
    assert young.age == 0
