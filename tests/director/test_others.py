"""Prompts that leave out somebody or something that it takes."""

from __future__ import annotations

import pytest

from lichtspiel import director
from lichtspiel.screenplay import Action, CameraMove, ShotSize, Status


def test_who_chases_nobody_gets_somebody_to_chase_and_the_ledger_says_so() -> None:
    screenplay, ledger = director.read("A woman chases.")
    assert [(beat.subject, beat.motion) for beat in screenplay.beats] == [
        ("other", "run"),
        ("woman", "chase"),
    ]
    assert set(screenplay.shots[0].subjects) == {"woman", "other"}
    assert any(one.text == "other" for one in ledger.having(Status.FILLED_IN))


def test_who_chases_somebody_of_the_prompt_brings_nobody() -> None:
    for prompt in ("A man chases a woman.", "Ein Mann verfolgt eine Frau."):
        screenplay, _ = director.read(prompt)
        assert {person.id for person in screenplay.cast} == {"man", "woman"}
        assert {beat.subject: beat.motion for beat in screenplay.beats} == {"man": "chase", "woman": "run"}


@pytest.mark.parametrize(("prompt", "actions"), [
    ("A man reads at a table.", [Action.SIT, Action.PERFORM]),
    ("Eine Frau isst am Tisch.", [Action.SIT, Action.PERFORM]),
    ("A man plays cards at a table.", [Action.SIT]),
    ("A man stands at a table and reads.", [Action.STAND, Action.PERFORM]),
    ("A woman points at the table.", [Action.PERFORM]),
])  # fmt: skip
def test_who_is_at_a_table_sits_there_unless_the_prompt_says_otherwise(
    prompt: str, actions: list[Action]
) -> None:
    screenplay, _ = director.read(prompt)
    assert [beat.action for beat in screenplay.beats] == actions


def test_who_gets_hit_is_hit_by_whom_the_prompt_names() -> None:
    screenplay, _ = director.read("A woman gets hit by a man.")
    assert [(beat.subject, beat.motion) for beat in screenplay.beats] == [
        ("man", "punch"),
        ("woman", "get_hit"),
    ]
    assert len(director.read("A woman gets hit.")[0].cast) == 2


@pytest.mark.parametrize(("prompt", "colour"), [
    ("Ein Mann reitet einen Schimmel.", "white"),
    ("Eine Frau reitet auf ihrem Rappen.", "black"),
    ("A man rides a chestnut horse.", "chestnut"),
    ("A girl rides a grey pony.", "grey"),
])  # fmt: skip
def test_coats_of_horses(prompt: str, colour: str) -> None:
    screenplay, ledger = director.read(prompt)
    assert [(prop.thing, prop.colour) for prop in screenplay.props] == [("horse", colour)]
    assert screenplay.shots[0].move is CameraMove.TRACKING
    assert not ledger.having(Status.NOT_REALISED)


@pytest.mark.parametrize("prompt", ["A woman stands to attention.", "A man leans against a wall."])
def test_what_the_whole_body_tells_is_shown_from_head_to_foot(prompt: str) -> None:
    assert director.read(prompt)[0].shots[0].size is ShotSize.FULL


def test_what_is_shot_at_is_not_in_hand() -> None:
    (beat,) = director.read("An archer shoots an arrow at a target")[0].beats
    assert beat.target == "archery_target"
    assert beat.using == ("arrow", "longbow")


@pytest.mark.parametrize(
    ("prompt", "thing", "who"),
    [
        ("A ball hits a man.", "rubber_ball", "man"),
        ("A man gets hit by a ball.", "rubber_ball", "man"),
        ("Eine Frau wird von einem Schneeball getroffen.", "snowball", "woman"),
        ("Ein Schneeball trifft eine Frau.", "snowball", "woman"),
    ],
)
def test_what_hits_somebody_flies_at_them_and_they_flinch(prompt: str, thing: str, who: str) -> None:
    screenplay, ledger = director.read(prompt)
    told = [(beat.subject, beat.action, beat.motion, beat.target) for beat in screenplay.beats]
    assert told == [(thing, Action.THROW, None, who), (who, Action.PERFORM, "flinch", thing)]
    assert not ledger.having(Status.NOT_REALISED)


def test_what_another_has_done_before_is_left_out_and_the_ledger_says_so() -> None:
    for prompt in (
        "A woman reads a letter that a man has written.",
        "Eine Frau liest einen Brief, den ein Mann geschrieben hat.",
    ):
        screenplay, ledger = director.read(prompt)
        assert [person.id for person in screenplay.cast] == ["woman"]
        assert [(beat.motion, beat.target) for beat in screenplay.beats] == [("read", None)]
        left = {one.text.lower() for one in ledger.having(Status.NOT_REALISED)}
        assert left in ({"man", "written"}, {"mann", "geschrieben"})


def test_who_blows_out_a_candle_is_seen_and_the_ledger_says_that_it_burns_on() -> None:
    screenplay, ledger = director.read("A girl blows out a candle.")
    assert [person.id for person in screenplay.cast] == ["girl"]
    assert "blows out" in {one.text for one in ledger.having(Status.NOT_REALISED)}


def test_a_ball_that_hits_a_wall_hits_nobody() -> None:
    screenplay, _ = director.read("A ball hits a wall and a man watches.")
    assert all(beat.motion != "flinch" for beat in screenplay.beats)


@pytest.mark.parametrize(
    ("prompt", "motion", "told"),
    [
        ("A man plants a tree in the garden", "dig", "nothing is set into it"),
        ("Ein Mann pflanzt einen Baum", "dig", "nothing is set into it"),
        ("A man putts a golf ball", "golf_swing", "no putt"),
        ("A woman flips a coin", "throw_under", ""),
    ],
)
def test_who_does_what_the_library_lacks_does_the_nearest_and_the_ledger_says_so(
    prompt: str, motion: str, told: str
) -> None:
    screenplay, ledger = director.read(prompt)
    assert [beat.motion for beat in screenplay.beats] == [motion]
    assert "flower_pot" not in {prop.thing for prop in screenplay.props}
    assert "tree" not in screenplay.beats[0].using, "nobody holds a tree in their hands"
    (reading,) = (one for one in ledger.readings if one.slot == "beats.0.motion")
    assert told in reading.note


@pytest.mark.parametrize(
    ("prompt", "people"),
    [
        ("A woman dances like a robot.", ["woman"]),
        ("Ein Mann tanzt wie ein Roboter.", ["man"]),
        ("A girl leaps like a dancer.", ["girl"]),
        ("A man dances with a robot.", ["man", "robot"]),
    ],
)
def test_who_is_only_like_somebody_is_alone(prompt: str, people: list[str]) -> None:
    screenplay, _ = director.read(prompt)
    assert [one.id for one in screenplay.cast] == people
