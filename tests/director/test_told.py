"""Lines come after the deeds that prompts tell before them; nothing stands there that no prompt speaks of."""

from __future__ import annotations

import pytest

from lichtspiel import stage
from lichtspiel.director import read
from lichtspiel.screenplay import Status


@pytest.mark.parametrize(
    "prompt",
    [
        'Two men talk in a bar. One says: "I think we should", the other interrupts: "No, never!"',
        'A man says: "Let me explain." A woman interrupts him: "Stop it!"',
        "Ein Mann sagt: „Ich glaube, wir sollten.“ Eine Frau unterbricht ihn: „Nein, niemals!“",
    ],
)
def test_who_interrupts_begins_before_the_other_has_ended(prompt: str) -> None:
    screenplay, ledger = read(prompt)
    assert [line.interrupts for line in screenplay.lines] == [False, True]
    assert "interrupts" not in {reading.text for reading in ledger.having(Status.NOT_REALISED)}
    first, second = stage.build(screenplay).utterances
    assert first.film_s < second.film_s < first.film_s + first.duration_s


@pytest.mark.parametrize(
    ("prompt", "accent"),
    [
        ('A British woman says: "Good morning."', "gb"),
        ('An American man says: "Good morning."', "us"),
        ('Eine britische Frau sagt: "Good morning."', "gb"),
    ],
)
def test_where_people_come_from_is_heard_in_their_english(prompt: str, accent: str) -> None:
    (speaker,) = read(prompt)[0].cast
    assert speaker.voice.accent == accent


@pytest.mark.parametrize(
    ("prompt", "after"),
    [
        ('A teacher lets go of a pendulum and says: "Watch the period."', "beats[0]"),
        ("Lehrerin im Physiksaal lässt ein Pendel los und sagt: „Achtet auf die Periode.“", "beats[0]"),
        ("Eine Frau setzt sich und sagt: „Endlich.“", "beats[0]"),
        ('A man opens the door, shakes his head and says: "No."', "beats[1]"),
        ('A man says: "Hello!" and nods.', None),
        ('A woman waves and says: "Goodbye!"', None),
    ],
)
def test_a_line_waits_for_the_deed_told_before_it(prompt: str, after: str | None) -> None:
    assert read(prompt)[0].lines[0].after == after


def test_she_lets_go_before_she_speaks() -> None:
    screenplay, _ = read("Lehrerin im Physiksaal lässt ein Pendel los und sagt: „Achtet auf die Periode.“")
    world = stage.build(screenplay)
    (said,) = world.utterances
    (deed,) = [told for figure in world.figures for told in figure.directions if told.motion == "let_swing"]
    assert said.film_s >= deed.start_s + 1.7
    assert said.film_s + said.duration_s < screenplay.duration_s


@pytest.mark.parametrize(
    ("prompt", "absent"),
    [
        ("A tennis player hits the ball over the net.", "basketball_hoop"),
        ("Ein Tennisspieler schlägt den Ball ins Netz.", "basketball_hoop"),
        ("A footballer kicks the ball against the post.", "street_lamp"),
        ("A goalkeeper dives for the ball but it hits the left post.", "street_lamp"),
        ("A woman waits at the bus stop.", "bus"),
    ],
)
def test_what_a_place_has_anyway_becomes_no_other_thing(prompt: str, absent: str) -> None:
    screenplay, _ = read(prompt)
    assert absent not in {prop.thing for prop in screenplay.props}


def test_nobody_is_made_of_a_ladder() -> None:
    screenplay, ledger = read("Two men carry a ladder.")
    assert [person.role for person in screenplay.cast] == ["man"]
    assert [prop.thing for prop in screenplay.props] == ["stepladder"]
    assert not ledger.having(Status.NOT_REALISED)


def test_bystanders_are_told_of_and_left_to_the_background() -> None:
    screenplay, ledger = read("A street musician plays the guitar at a crowded market.")
    filled = {reading.slot for reading in ledger.having(Status.FILLED_IN)}
    others = [person for person in screenplay.cast if person.id.startswith("passer_by")]
    assert sum(person.count for person in others) == 5
    assert all(f"cast.{person.id}" in filled for person in others)
    assert screenplay.shots[0].subjects == ("street_musician",)
    world = stage.build(screenplay)
    placed = {figure.name: figure.position for figure in world.figures}
    assert all(placed[name][1] > placed["street_musician"][1] + 1.5 for name in placed if "passer" in name)


def test_who_catches_a_ball_has_brought_none() -> None:
    world = stage.build(read("Two kids play ball in the park.")[0])
    assert len(world.screenplay.props) == 1
    assert {grip.figure for grip in world.grips if grip.start_s <= 0} == {"child"}


@pytest.mark.parametrize(
    ("prompt", "vessel"),
    [
        ("A woman drinks water from a glass.", "drinking_glass"),
        ("Eine Frau trinkt Wasser aus einem Glas.", "drinking_glass"),
        ("A man drinks wine out of a wine glass.", "wine_glass"),
    ],
)
def test_who_drinks_from_a_glass_has_it_in_the_hand(prompt: str, vessel: str) -> None:
    screenplay, _ = read(prompt)
    assert [prop.thing for prop in screenplay.props] == [vessel]
    assert screenplay.setting.place in ("kitchen_counter", "dining_room")
    assert {grip.body for grip in stage.build(screenplay).grips} == {screenplay.props[0].id}


@pytest.mark.parametrize("prompt", ["A woman plays the piano.", "Ein Junge spielt Klavier."])
def test_nobody_takes_up_the_piano_that_they_play(prompt: str) -> None:
    world = stage.build(read(prompt)[0])
    assert not [grip for grip in world.grips if grip.body == "piano"]
    assert world.body("piano").position[2] == pytest.approx(0.0, abs=0.02)


def test_a_ball_lies_before_the_foot_and_its_wall_is_in_the_picture() -> None:
    world = stage.build(read("A boy kicks a football against a wall.")[0])
    (boy,) = world.figures
    ball = world.body("football")
    apart = sum((a - b) ** 2 for a, b in zip(ball.position, boy.position, strict=True)) ** 0.5
    assert apart < 0.7
    assert not world.grips
    bricks = [body for body in world.bodies if body.prop == "brick_wall"]
    assert all(body.name in world.acting for body in bricks)
    assert min((body.position[0] ** 2 + body.position[1] ** 2) ** 0.5 for body in bricks) < 3.0
    assert min(abs(body.position[1] - boy.position[1]) for body in bricks) > 1.0


def test_a_drummer_is_seen_from_before_the_kit_unless_told_otherwise() -> None:
    assert read("A drummer plays a fast beat in a garage.")[0].shots[0].view == "front"
    assert read("A drummer plays a fast beat in a garage, side view.")[0].shots[0].view == "side"


@pytest.mark.parametrize(
    ("prompt", "role", "motion"),
    [
        ("A striker catches a basketball.", "football_player", "catch"),
        ("A baseball batter hits the ball.", "athlete", "baseball_swing"),
        ("A batter hits the ball.", "athlete", "baseball_swing"),
        ("A pitcher throws.", "athlete", "baseball_pitch"),
    ],
)
def test_who_has_a_trade_of_the_library_is_somebody(prompt: str, role: str, motion: str) -> None:
    screenplay, _ = read(prompt)
    assert [person.role for person in screenplay.cast] == [role]
    assert [beat.motion for beat in screenplay.beats] == [motion]


@pytest.mark.parametrize(
    ("prompt", "place", "ground"),
    [
        ("A baby sits on the carpet.", "living_room", "carpet"),
        ("Ein Baby sitzt auf dem Teppich.", "living_room", "carpet"),
        ("A girl sits on the grass.", "lawn", None),
    ],
)
def test_who_sits_on_a_carpet_sits_on_a_floor_that_has_one(
    prompt: str, place: str, ground: str | None
) -> None:
    screenplay, ledger = read(prompt)
    assert (screenplay.setting.place, screenplay.setting.ground) == (place, ground)
    assert [beat.motion for beat in screenplay.beats] == ["sit_floor"]
    assert not ledger.having(Status.NOT_REALISED)


def test_a_pitcher_of_water_is_nobody() -> None:
    assert not read("A pitcher of water stands on a table.")[0].cast


@pytest.mark.parametrize(
    "prompt", ["Eine Sängerin tritt auf.", "Sänger treten auf.", "Eine Sängerin tritt auf einer Bühne auf."]
)
def test_singers_who_appear_on_stage_sing_instead_of_kicking(prompt: str) -> None:
    screenplay, ledger = read(prompt)
    assert {beat.motion for beat in screenplay.beats} == {"sing"}
    assert not ledger.having(Status.NOT_REALISED)


@pytest.mark.parametrize(
    "prompt", ["A woman listens.", "Ein Mann hört zu.", "A boy listens to his grandmother."]
)
def test_who_listens_nods(prompt: str) -> None:
    screenplay, ledger = read(prompt)
    assert [beat.motion for beat in screenplay.beats] == ["nod"]
    assert not ledger.having(Status.NOT_REALISED)


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("A nurse walks through a hospital.", "hotel_corridor"),
        ("Ein Arzt geht durch das Krankenhaus.", "hotel_corridor"),
        ("People dance in a club.", "ballroom"),
        ("Leute tanzen in der Disco.", "ballroom"),
        ("A golfer swings a club.", "lawn"),
    ],
)
def test_places_that_the_library_lacks_are_shown_as_the_nearest_that_it_has(prompt: str, place: str) -> None:
    screenplay, ledger = read(prompt)
    assert screenplay.setting.place == place
    assert screenplay.beats
    assert not ledger.having(Status.NOT_REALISED)


@pytest.mark.parametrize(
    ("prompt", "thing"), [("A painter paints a vase.", "vase"), ("Eine Malerin malt einen Apfel.", "apple")]
)
def test_what_somebody_paints_is_not_in_their_hand(prompt: str, thing: str) -> None:
    screenplay, _ = read(prompt)
    assert [prop.thing for prop in screenplay.props] == [thing]
    assert [(beat.motion, beat.using) for beat in screenplay.beats] == [("paint", ())]


def test_a_ball_that_rolls_slowly_does_so_until_it_hits_something() -> None:
    beats = read("A ball rolls slowly over the floor and hits a bottle.")[0].beats
    assert next(beat.speed for beat in beats if beat.outcomes) < 1.0
