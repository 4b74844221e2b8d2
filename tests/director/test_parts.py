"""Close-ups of hands and feet, and what words mean of certain people."""

import pytest

from lichtspiel import director
from lichtspiel.screenplay import Action, Screenplay, ShotSize, Status


def read(prompt: str) -> Screenplay:
    return director.read(prompt)[0]


@pytest.mark.parametrize(
    ("prompt", "part"),
    [
        ("A pianist plays the piano, close-up of her hands on the keys.", "hands"),
        ("Her hands in close-up: a grandmother stirs a pot of soup.", "hands"),
        ("Großaufnahme ihrer Hände: Eine Oma rührt in einem Topf.", "hands"),
        ("Close-up of a dancer's feet as she rises on her toes.", "feet"),
        ("Nahaufnahme der Füße einer Läuferin, die durch Pfützen rennt.", "feet"),
        ("A grandmother pours tea, close-up of her smiling face.", None),
    ],
)
def test_a_close_up_is_of_the_part_that_is_named(prompt: str, part: str | None) -> None:
    play, account = director.read(prompt)
    shot = play.shots[-1]
    assert shot.size is ShotSize.CLOSE_UP
    assert shot.part == part
    assert shot.subjects[:1] == (play.cast[0].id,) or part is None
    if part is not None:
        assert any(r.slot.endswith(".part") for r in account.having(Status.REALISED))


def test_hands_that_are_shown_hand_nothing_over() -> None:
    play = read("An old man stands in a kitchen; close-up of the old man's hands.")
    assert [one.count for one in play.cast] == [1]
    assert not any(beat.motion == "give" for beat in play.beats)


def test_what_belongs_to_one_dancer_is_not_of_several() -> None:
    assert read("Close-up of a dancer's feet.").cast[0].count == 1
    assert read("Dancers wait on a stage.").cast[0].count > 1


@pytest.mark.parametrize(
    ("prompt", "garment"),
    [
        ("A surgeon in a green gown walks along a corridor.", "lab_coat"),
        ("A woman in a red gown walks along a corridor.", "evening_dress"),
    ],
)
def test_a_gown_is_what_such_people_wear(prompt: str, garment: str) -> None:
    assert [worn.garment for worn in read(prompt).cast[0].wears] == [garment]


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("Auf dem Platz vor der Kirche tanzt ein altes Paar Walzer.", "stairway"),
        ("Ein Straßenmusiker spielt Gitarre auf einem Platz.", "stairway"),
        ("Auf dem Platz wirft ein Basketballspieler auf den Korb.", "basketball_court"),
        ("Ein Basketball rollt über den Platz.", "basketball_court"),
    ],
)
def test_a_platz_is_a_court_only_with_its_game(prompt: str, place: str) -> None:
    assert read(prompt).setting.place == place


@pytest.mark.parametrize(
    ("prompt", "motion"),
    [
        ("A drummer plays in a garage.", "play_drums"),
        ("A pianist plays in an empty hall.", "play_piano"),
        ("Eine Geigerin spielt auf einer Brücke.", "play_violin"),
        ("Auf dem Platz vor der Kirche tanzt ein altes Paar Walzer.", "dance_waltz"),
        ("A chef wipes his eyes.", "rub_eyes"),
    ],
)
def test_verbs_mean_what_such_people_do(prompt: str, motion: str) -> None:
    assert [beat.motion for beat in read(prompt).beats][:1] == [motion]


@pytest.mark.parametrize(
    "prompt", ["Der Torwart fängt den Ball.", "The goalkeeper dives to the left and catches the ball."]
)
def test_a_goalkeeper_catches_a_football(prompt: str) -> None:
    play = read(prompt)
    assert [prop.thing for prop in play.props] == ["football"]
    assert any(beat.motion == "catch" for beat in play.beats)


def test_people_who_pass_by_give_nothing() -> None:
    play = read("A busker plays the violin in the snow; people pass by.")
    assert [beat.action for beat in play.beats if beat.subject == "person"] == [Action.WALK]


@pytest.mark.parametrize(
    ("prompt", "sound"),
    [
        ("Donner über einer Wiese.", "thunder"),
        ("Ein Gewitter zieht über eine Wiese.", "thunderstorm"),
        ("A thunderstorm rolls in over the sea.", "thunderstorm"),
    ],
)
def test_storms_come_and_go(prompt: str, sound: str) -> None:
    play, account = director.read(prompt)
    assert [cue.sound for cue in play.sounds] == [sound]
    assert not account.having(Status.NOT_REALISED)


def test_puddles_are_in_a_street() -> None:
    play = read("Eine Läuferin rennt durch Pfützen.")
    assert play.setting.is_wet
    assert play.setting.place == "street"


def test_a_wide_shot_of_a_valley_is_seen_from_above() -> None:
    play = read("A knight draws his sword in the snow; cut to a wide shot of the valley.")
    assert play.shots[1].size is ShotSize.EXTREME_WIDE
    assert (play.shots[1].horizon or 0.0) > 0.6
    assert read("A man sits; cut to a wide shot of the kitchen.").shots[1].horizon is None


def test_who_runs_through_a_crowd_is_seen_over_its_heads() -> None:
    play = read("A crowd of sixty waits on a platform; a woman runs through it toward the camera.")
    assert (play.shots[0].horizon or 0.0) > 0.6
    assert play.shots[0].subjects == ("woman",)


def test_a_crowd_alone_is_seen_over_its_heads() -> None:
    assert (read("A crowd of sixty waits on a platform.").shots[0].horizon or 0.0) > 0.6
    assert read("A crowd of sixty waits on a platform, low angle.").shots[0].horizon is None
    assert read("Three friends wait on a platform.").shots[0].horizon is None


@pytest.mark.parametrize(
    ("prompt", "motions"),
    [
        ("Eine Chirurgin zieht ihre Handschuhe an.", []),
        ("Ein Mann zieht seinen Mantel aus und lacht.", ["laugh"]),
        ("Ein Junge zieht einen Schlitten.", ["pull"]),
    ],
)
def test_a_verb_that_nobody_does_is_not_taken_for_a_part_of_it(prompt: str, motions: list[str]) -> None:
    play, account = director.read(prompt)
    assert [beat.motion for beat in play.beats] == motions
    assert bool(account.having(Status.NOT_REALISED)) == (motions != ["pull"])
