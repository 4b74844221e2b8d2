"""Single sounds are heard where the prompt tells of them."""

from __future__ import annotations

import pytest

from lichtspiel import director
from lichtspiel.screenplay import Action


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (
            'A phone rings and a woman says: "Hello?" Then a dog barks and she says: "Be quiet!"',
            [("phone", None, "lines[0]"), ("dog", "lines[0]", "lines[1]")],
        ),
        ("Ein Mann sagt: „Wer ist da?“ Draußen bellt ein Hund.", [("dog", "lines[0]", None)]),
        ("A glass falls from the table and shatters. A dog barks.", [("dog", "beats[0]", None)]),
        ('A woman says: "Listen!" A clock ticks.', [("clock", None, None)]),
        ("Es klopft an der Tür. Ein Mann sagt: „Herein!“", [("knocking", None, "lines[0]")]),
        (
            "Ein Gewitter zieht über ein Kornfeld; erst Wind, dann Donner, dann Regen auf Blech.",
            [("wind", None, None), ("thunder", "sounds[0]", None), ("rain_on_metal", "sounds[1]", None)],
        ),
    ],
)
def test_a_sound_stands_between_what_is_told_before_and_after_it(
    prompt: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    screenplay, _ = director.read(prompt)
    assert [(cue.sound, cue.after, cue.before) for cue in screenplay.sounds] == expected


@pytest.mark.parametrize(
    ("prompt", "sound"),
    [
        ("A lion roars in the savannah.", "lion"),
        ("A helicopter flies over the city.", "helicopter"),
        ("A motorboat crosses the lake.", "motorboat"),
        ("Ein Hubschrauber fliegt über das Feld.", "helicopter"),
    ],
)
def test_what_cannot_be_shown_is_heard_at_least(prompt: str, sound: str) -> None:
    screenplay, _ = director.read(prompt)
    assert [cue.sound for cue in screenplay.sounds] == [sound]


def test_sounds_told_one_after_another_have_time_each() -> None:
    row = "Ein Gewitter zieht über ein Kornfeld; erst Wind, dann Donner, dann Regen auf Blech."
    assert director.read(row)[0].duration_s == 7.5
    assert director.read(row, duration_s=4.0)[0].duration_s == 4.0


def test_a_car_that_passes_drives_and_is_no_traffic() -> None:
    screenplay, _ = director.read("A car passes fast.")
    assert [beat.action for beat in screenplay.beats] == [Action.ROLL]
    assert screenplay.sounds == ()


def test_a_film_is_long_enough_for_what_its_lines_wait_for() -> None:
    said = 'a woman says: "Hello, who is there? I can not hear you." A man says: "It is me, your brother."'
    calm, _ = director.read(said)
    called, _ = director.read("A phone rings and " + said)
    assert called.duration_s >= calm.duration_s + 1.5


@pytest.mark.parametrize(
    "prompt",
    [
        "A woman sits in a living room and listens. A radio plays jazz music.",
        "The old radio in the kitchen plays jazz.",
        "Im Radio läuft Jazz, eine Kugel rollt über den Tisch.",
        "Ein Mann steht in der Küche; im Radio läuft leise Jazzmusik.",
    ],
)
def test_music_comes_from_the_radio_that_plays_it(prompt: str) -> None:
    screenplay, _ = director.read(prompt)
    assert screenplay.music is not None
    assert screenplay.music.style == "jazz"
    assert screenplay.music.diegetic == next(prop.id for prop in screenplay.props if prop.thing == "radio")


@pytest.mark.parametrize(
    "prompt", ["Thunder over a meadow at night in the rain.", "The thunder over the sea; a ball falls."]
)
def test_weather_that_a_place_follows_is_heard(prompt: str) -> None:
    assert [cue.sound for cue in director.read(prompt)[0].sounds] == ["thunder"]
