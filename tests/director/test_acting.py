"""Prompts in which people act, speak and are heard are read right, in English and German."""

from __future__ import annotations

from typing import Any

import pytest

from lichtspiel.director import read
from lichtspiel.screenplay import Status
from tests.director.acting import acting, read_checks

LEAST_RIGHT = {"reference": 0.97, "variations": 1.0}
"""Share of the checks of a part that must hold, where it is not the usual one."""
USUALLY_RIGHT = 0.97
PROMPTS = [entry["prompt"] for part in acting().values() for entry in part]


@pytest.mark.parametrize("part", acting())
def test_most_of_each_part_is_read(part: str) -> None:
    checks = [(entry["prompt"], check) for entry in acting()[part] for check in read_checks(entry)[0]]
    wrong = [f"{prompt}: {what}" for prompt, (what, holds) in checks if not holds]
    assert 1 - len(wrong) / len(checks) >= LEAST_RIGHT.get(part, USUALLY_RIGHT), wrong


@pytest.mark.parametrize("prompt", PROMPTS)
def test_every_slot_of_the_account_is_in_the_screenplay(prompt: str) -> None:
    screenplay, ledger = read(prompt)
    assert all(reading.note for reading in ledger.having(Status.NOT_REALISED))
    for reading in ledger.having(Status.REALISED):
        root, *rest = reading.slot.split(".")
        held: Any = getattr(screenplay, root)
        if root in ("beats", "lines", "sounds", "shots") and rest:
            assert int(rest[0]) < len(held), reading
        if root in ("cast", "props") and rest:
            assert rest[0] in {one.id for one in held}, reading


def test_a_tray_carries_its_glasses_and_they_break() -> None:
    screenplay, _ = read(
        "A waiter carrying a tray with five glasses slips; the glasses smash on the floor; "
        "the guests turn their heads."
    )
    tray, glasses = screenplay.prop("tray"), screenplay.prop("drinking_glass")
    assert (glasses.count, glasses.placement.target) == (5, tray.id)
    carried = next(beat for beat in screenplay.beats if beat.motion == "carry_tray")
    assert carried.using == ("tray",)
    broken = next(beat for beat in screenplay.beats if beat.subject == "drinking_glass")
    assert [outcome.kind.value for outcome in broken.wanted] == ["breaks"]


def test_one_of_two_is_a_character_of_their_own() -> None:
    screenplay, _ = read('Two friends argue, then one laughs and says: "You got me!"')
    assert [one.count for one in screenplay.cast] == [1, 1]
    argue = [(beat.subject, beat.target) for beat in screenplay.beats if beat.motion == "argue"]
    assert argue == [("friend", "friend_2"), ("friend_2", "friend")]
    line = screenplay.lines[0]
    assert (line.speaker, line.vocal, line.text) == ("friend_2", "laugh", "You got me!")


def test_what_is_said_is_not_read_as_what_is_seen() -> None:
    screenplay, _ = read('A woman says: "Three red balls roll off the table in the rain."')
    assert screenplay.props == ()
    assert screenplay.setting.weather == "clear"


def test_a_film_of_things_may_have_music_and_none() -> None:
    assert read("A red ball rolls off a table, slow piano music.")[0].music
    screenplay, ledger = read("A red ball rolls off a table, no music.")
    assert screenplay.music is None
    assert not ledger.having(Status.NOT_REALISED)


@pytest.mark.parametrize(
    ("prompt", "motion", "part"),
    [
        ("Großaufnahme der Hände eines Pianisten", "play_piano", "hands"),
        ("close-up of a pianist's hands playing", "play_piano", "hands"),
        ("Hände einer Geigerin, Nahaufnahme", "play_violin", "hands"),
        ("A guitarist by a camp fire", "play_guitar", None),
        ("Ein Maler in einem Park", "paint", None),
    ],
)
def test_musicians_and_painters_do_what_they_are_called_after(
    prompt: str, motion: str, part: str | None
) -> None:
    film, _ = read(prompt)
    assert [(one.count, one.role) for one in film.cast] == [(1, "artist")]
    assert [beat.motion for beat in film.beats] == [motion]
    assert film.shots[0].part == part


def test_musicians_who_do_something_else_do_not_play() -> None:
    film, _ = read("Zwei Pianisten streiten sich")
    assert {beat.motion for beat in film.beats} == {"argue"}


@pytest.mark.parametrize("prompt", ["A girl with a red hat laughs.", "Two men with beards laugh."])
def test_who_has_something_on_them_laughs(prompt: str) -> None:
    screenplay, understanding = read(prompt)
    assert [beat.motion for beat in screenplay.beats] == ["laugh"]
    assert not [reading.text for reading in understanding.readings if reading.status is Status.NOT_REALISED]


@pytest.mark.parametrize(
    "prompt", ["A carpenter saws a plank.", "Ein Schreiner sägt ein Brett.", "A woman cuts a banana."]
)
def test_what_is_worked_on_is_not_the_tool(prompt: str) -> None:
    assert [beat.using for beat in read(prompt)[0].beats] == [()]
