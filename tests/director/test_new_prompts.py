"""Prompts that were written before anyone looked at the rules: who is there, where, and what they do."""

from __future__ import annotations

import pytest

from lichtspiel.director import read
from lichtspiel.screenplay import Status

PEOPLE = [
    ("A grandfather pours coffee into three red mugs while his granddaughter watches.", 2, None, ["pour"]),
    ("Ein Kellner gießt Rotwein in zwei Gläser, dann verbeugt er sich.", 1, None, ["pour", "bow"]),
    ("A nurse opens the door, walks in and smiles at the patient.", 2, None, ["open_door"]),
    (
        "Two brothers quarrel on a rooftop at night, then they shake hands.",
        2,
        "roof",
        ["argue", "shake_hands"],
    ),
    (
        "Drei Freundinnen tanzen auf einer Wiese bei Sonnenuntergang, eine stolpert und lacht.",
        3,
        "lawn",
        ["dance", "trip", "laugh"],
    ),
    ("Ein Torwart fängt den Ball und wirft ihn weit ins Feld.", 1, None, ["catch", "throw_over"]),
    (
        "A ballerina turns three pirouettes on an empty stage, low angle.",
        1,
        "stage",
        ["pirouette"],
    ),
    ("Ein Skifahrer fährt den Hang hinunter und stürzt.", 1, "snowfield", ["ski", "trip"]),
    ("A robot waves in a laboratory.", 1, "physics_lab", ["wave"]),
    ("A swimmer jumps into the pool in slow motion.", 1, "swimming_pool", ["jump"]),
    ("Ein Mann sitzt auf einer Bank auf einem leeren Platz und weint.", 1, "stairway", ["cry"]),
    (
        "A tired waitress wipes a table, sighs and sits down.",
        1,
        "restaurant",
        ["wipe_table", "sit_down"],
    ),
    ("Eine Läuferin geht in die Knie, atmet tief durch und sprintet los.", 1, None, ["kneel", "sprint"]),
    ("Twelve monks walk through a foggy forest in a line.", 12, "forest", []),
    (
        "Ein Detektiv mit Hut schleicht durch einen dunklen Flur und bleibt stehen.",
        1,
        "hotel_corridor",
        ["sneak"],
    ),
    (
        "A woman in a green dress climbs the stairs of a theatre and turns around.",
        1,
        "stage",
        ["climb_stairs", "turn"],
    ),
    ("Ein Kind rennt die Treppe hinauf.", 1, "stairway", ["climb_stairs"]),
    ("A woman dances on a square", 1, "stairway", ["dance"]),
    ("The moon over a lake, a man rows", 1, "lake", ["row"]),
]


@pytest.mark.parametrize(("prompt", "count", "place", "motions"), PEOPLE)
def test_new_prompts_are_read(prompt: str, count: int, place: str | None, motions: list[str]) -> None:
    film, _ = read(prompt)
    assert sum(one.count for one in film.cast) == count
    assert place is None or film.setting.place == place
    assert list(dict.fromkeys(beat.motion for beat in film.beats if beat.motion)) == motions


def test_what_lies_on_marble_is_not_dropped_on_one() -> None:
    film, _ = read("A perfume bottle on black marble, water drops")
    assert [prop.thing for prop in film.props] == ["bottle"]
    assert film.setting.ground == "marble"
    assert not film.beats


def test_pendulums_may_be_of_different_length() -> None:
    film, told = read("Drei Pendel unterschiedlicher Länge schwingen.")
    assert film.props[0].varied_size
    assert not any(one.status is Status.NOT_REALISED for one in told.readings)


@pytest.mark.parametrize(
    ("prompt", "place"),
    [("A wolf howls at the moon in a forest", "forest"), ("An astronaut jumps on the moon", "moon")],
)
def test_only_who_is_on_the_moon_is_there(prompt: str, place: str) -> None:
    assert read(prompt)[0].setting.place == place


def test_a_list_of_clothes_is_worn() -> None:
    film, _ = read("An eight-year-old girl in a hoodie, jeans and a red scarf waves.")
    assert [wear.garment for wear in film.cast[0].wears] == ["hoodie", "jeans", "scarf"]
    assert not film.props
    assert [beat.motion for beat in film.beats] == ["wave"]


def test_who_tees_off_plays_golf() -> None:
    film, _ = read("A man in a tee tees off.")
    assert [beat.motion for beat in film.beats] == ["golf_swing"]
    assert [wear.garment for wear in film.cast[0].wears] == ["t_shirt"]


@pytest.mark.parametrize(
    ("prompt", "fruit"),
    [
        ("A woman cuts an apple.", "apple"),
        ("A man cuts an orange.", "orange"),
        ("Eine Frau schneidet eine Orange.", "orange"),
    ],
)
def test_who_cuts_fruit_has_no_bread(prompt: str, fruit: str) -> None:
    film, _ = read(prompt)
    assert [beat.motion for beat in film.beats] == [f"cut_{fruit}"]
    assert [prop.thing for prop in film.props] == [fruit]
