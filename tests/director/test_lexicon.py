"""The sheets of the lexicon and the names of the library fit together."""

from __future__ import annotations

from collections import Counter

import pytest

from lichtspiel.director.language import Language
from lichtspiel.director.lexicon import Cue, Part, lexicon
from lichtspiel.director.people_lexicon import people_lexicon
from lichtspiel.director.senses import ThingName
from lichtspiel.director.vocabulary import installed, names_of, vocabulary
from lichtspiel.library import catalogue
from lichtspiel.screenplay import (
    Action,
    Angle,
    CameraMove,
    Expression,
    Gaze,
    Gravity,
    Light,
    Look,
    ShotSize,
    TimeOfDay,
    View,
    Weather,
)


def test_parts_and_habits_name_things_of_the_library() -> None:
    things = installed().things
    for part in lexicon().parts:
        assert [thing for thing in part.of if thing not in things] == []
    for habit in lexicon().habits:
        assert habit.thing is None or habit.thing in things
        assert habit.thing or habit.tag


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_value_of_the_screenplay_can_be_said(language: Language) -> None:
    words = lexicon()
    cues = [cue for cue in words.cues if (cue.en if language == "en" else cue.de)]

    def said(field: str) -> set[str]:
        return {
            str(value) for cue in cues for name, value in {**cue.shot, **cue.setting}.items() if name == field
        }

    assert {*ShotSize} <= said("size")
    assert {*Angle} <= said("angle")
    assert {*View} <= said("view")
    assert {*CameraMove} <= said("move")
    assert {*TimeOfDay} <= said("time_of_day")
    assert {*Weather} <= said("weather")
    assert {*Light} <= said("light")
    assert {*Gravity} <= said("gravity")
    assert {*Look} <= {cue.look for cue in cues}
    done = {verb.action for verb in words.verbs if (verb.en if language == "en" else verb.de)}
    done |= {deed.action for deed in people_lexicon().deeds if (deed.en if language == "en" else deed.de)}
    done |= {Action.PERFORM for motion in catalogue.motions().values() if names_of(motion.names, language)}
    assert {*Action} <= done
    assert {*Expression} <= {word.expression for word in people_lexicon().qualities}
    assert {*Gaze} <= {way.gaze for way in people_lexicon().ways if (way.en if language == "en" else way.de)}


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_thing_is_found_by_its_first_name(language: Language) -> None:
    words = vocabulary(language)
    for entry in words.library.things.values():
        names = entry.names.en if language == "en" else entry.names.de
        found = {
            thing
            for phrases in words.phrases.values()
            for phrase in phrases
            if isinstance(phrase.sense, ThingName)
            for thing in phrase.sense.ids
        }
        assert names, entry.id
        assert entry.id in found


def test_a_misspelt_field_in_a_cue_is_an_error() -> None:
    with pytest.raises(ValueError, match="siez"):
        Cue(shot={"siez": "wide"}, en=("wide",))
    with pytest.raises(ValueError, match="Field required"):
        Part.model_validate({"part": "rim"})


def test_no_phrase_means_two_things_of_a_film() -> None:
    for language in ("en", "de"):
        texts = [text for cue in lexicon().cues for text in (cue.en if language == "en" else cue.de)]
        assert [text for text, number in Counter(texts).items() if number > 1] == []
