from collections.abc import Sequence
from typing import Literal

import numpy as np
import pytest

from lichtspiel import stage
from lichtspiel.library.asset import Array
from lichtspiel.screenplay import (
    Action,
    Beat,
    Character,
    Expression,
    Gaze,
    Placement,
    Prop,
    Relation,
    Screenplay,
    Setting,
    Shot,
    View,
)
from lichtspiel.stage import World

TOWARD_CAMERA = np.array([0.0, -1.0, 0.0])


def film(
    cast: Sequence[Character],
    beats: Sequence[Beat] = (),
    place: str = "lawn",
    props: Sequence[Prop] = (),
    shot: Shot | None = None,
) -> Screenplay:
    return Screenplay(
        title="People",
        setting=Setting(place=place),
        cast=tuple(cast),
        props=tuple(props),
        beats=tuple(beats),
        shots=(shot or Shot(),),
    )


def feet(world: World) -> Array:
    return np.array([figure.position for figure in world.figures])


def ahead(yaw: float) -> Array:
    return np.array([np.sin(yaw), -np.cos(yaw), 0.0])


def test_a_crowd_parts_for_who_runs_through_it() -> None:
    cast = [Character(id="person", role="person", count=40), Character(id="woman", role="woman")]
    run = Beat(subject="woman", action=Action.WALK, gaze=Gaze.CAMERA)
    world = stage.build(film(cast, [run], shot=Shot(view=View.FRONT)))
    start = np.array(world.figure("woman").position)
    end = np.array(world.figure("woman").directions[0].path[-1])
    others = np.array([figure.position for figure in world.figures if figure.name != "woman"])
    way = (end - start) / np.linalg.norm(end - start)
    aside = np.linalg.norm(np.cross(others - start, way), axis=1)
    assert aside.min() > 0.45
    assert (np.abs(others[:, 0] - start[0]) < 3).any(), "and stands on both sides of the way"


@pytest.mark.parametrize(("view", "turn"), [(View.FRONT, 0.0), (View.THREE_QUARTER, np.radians(28.0))])
@pytest.mark.parametrize("side", ["left", "right"])
def test_who_is_in_the_background_is_behind_and_beside_who_acts(
    view: View, turn: float, side: Literal["left", "right"]
) -> None:
    background = Placement(relation=Relation.IN_BACKGROUND, side=side)
    cast = [Character(id="man", role="man"), Character(id="woman", role="woman", placement=background)]
    world = stage.build(film(cast, shot=Shot(view=view)))
    man, woman = (np.array(world.figure(name).position) for name in ("man", "woman"))
    toward_camera = np.array([np.sin(turn), -np.cos(turn), 0.0])
    right = np.array([np.cos(turn), np.sin(turn), 0.0])
    assert (woman - man) @ toward_camera < -0.8
    assert ((woman - man) @ right) * (1 if side == "right" else -1) > 0.6


def test_someone_alone_stands_in_the_middle_and_faces_the_camera() -> None:
    world = stage.build(film([Character(id="woman")]))
    (figure,) = world.figures
    assert figure.position == pytest.approx((0, 0, 0), abs=0.1)
    assert ahead(figure.yaw) @ TOWARD_CAMERA > 0.9
    assert world.framing["woman"] == ("woman",)
    assert "woman" in world.acting


@pytest.mark.parametrize("count", [2, 3, 7, 11, 60])
def test_nobody_stands_in_anybody(count: int) -> None:
    points = feet(stage.build(film([Character(id="people", count=count)], place="train_platform")))
    apart = np.linalg.norm(points[:, None] - points[None], axis=2) + 9 * np.eye(count)
    assert len(points) == count
    assert apart.min() > 0.35


def test_two_rows_have_the_tall_at_the_back_and_every_face_free() -> None:
    team = Character(id="team", count=11, arrangement="two_rows")
    world = stage.build(film([team], place="stadium"))
    backs = np.array([figure.position[1] for figure in world.figures])
    heights = np.array([figure.person.height_m for figure in world.figures])
    rear = backs > backs.mean()
    assert sorted({int(rear.sum()), int((~rear).sum())}) == [5, 6]
    assert heights[rear].mean() > heights[~rear].mean()
    rights = np.array([figure.position[0] for figure in world.figures])
    gaps = np.abs(rights[rear][:, None] - rights[~rear][None])
    assert gaps.min() > 0.12


def test_a_group_and_a_person_stand_side_by_side() -> None:
    world = stage.build(film([Character(id="children", count=3, age_years=8), Character(id="mother")]))
    mother = world.figure("mother").position[0]
    assert all(world.figure(f"children_{n}").position[0] < mother - 0.3 for n in (1, 2, 3))


def test_people_stand_behind_what_lies_before_them() -> None:
    world = stage.build(film([Character(id="man")], props=[Prop(id="crate", thing="crate")]))
    crate = world.body("crate").position[1]
    assert world.figure("man").position[1] > crate + 0.3


def test_someone_beside_another_stands_beside_them() -> None:
    father = Character(id="father", placement=Placement(relation=Relation.BESIDE, target="child"))
    world = stage.build(film([father, Character(id="child", age_years=6)]))
    offset = np.subtract(world.figure("father").position, world.figure("child").position)
    assert 0.4 < np.linalg.norm(offset[:2]) < 1.2


def test_who_sits_without_a_seat_is_brought_a_chair() -> None:
    world = stage.build(film([Character(id="man")], [Beat(subject="man", action=Action.SIT)]))
    chair, figure = world.body("man_chair"), world.figure("man")
    direction = figure.directions[0]
    assert direction.seat_height_m == pytest.approx(0.455, abs=0.02)
    assert np.allclose(figure.position[:2], chair.position[:2], atol=0.05)


def test_a_sofa_holds_three_and_a_fourth_stands() -> None:
    beat = Beat(subject="family", action=Action.SIT, spot="sofa")
    world = stage.build(film([Character(id="family", count=3)], [beat], "living_room"))
    assert {f.directions[0].action for f in world.figures} == {Action.SIT}
    points = feet(world)
    assert len({round(float(x), 2) for x in points[:, 0]}) == 3


def test_who_sits_at_the_kitchen_table_takes_a_chair_of_the_kitchen() -> None:
    beat = Beat(subject="granny", action=Action.SIT, target="ground")
    world = stage.build(film([Character(id="granny", age_years=78)], [beat], "kitchen"))
    assert world.figures[0].position[1] > 0.4
    assert not any(body.prop == "granny_chair" for body in world.bodies)


def test_a_walk_toward_the_camera_starts_far_and_ends_near() -> None:
    beat = Beat(subject="woman", action=Action.WALK, target="camera")
    world = stage.build(film([Character(id="woman")], [beat], "hotel_corridor"))
    (figure,) = world.figures
    (walk,) = figure.directions
    way = np.subtract(walk.path[-1], figure.position)
    assert way @ TOWARD_CAMERA / np.linalg.norm(way) > 0.99
    assert 3.0 < np.linalg.norm(way) < 7.0
    assert ahead(figure.yaw) @ TOWARD_CAMERA > 0.99


def test_a_walk_seen_from_the_side_crosses_the_picture() -> None:
    beat = Beat(subject="man", action=Action.WALK)
    world = stage.build(film([Character(id="man")], [beat], shot=Shot(view=View.SIDE)))
    way = np.subtract(world.figures[0].directions[0].path[-1], world.figures[0].position)
    assert abs(way @ TOWARD_CAMERA) < 0.1 * float(np.linalg.norm(way))


@pytest.mark.parametrize(
    ("gaze", "axis", "sign"),
    [(Gaze.UP, 2, 1), (Gaze.DOWN, 2, -1), (Gaze.LEFT, 0, -1), (Gaze.RIGHT, 0, 1)],
)
def test_a_gaze_goes_where_it_is_said(gaze: Gaze, axis: int, sign: int) -> None:
    world = stage.build(film([Character(id="man")], [Beat(subject="man", action=Action.LOOK, gaze=gaze)]))
    (figure,) = world.figures
    target = figure.directions[0].target
    assert target is not None
    eyes = np.add(figure.position, (0.0, 0.0, figure.physique.eye("l")[0][2]))
    assert sign * np.subtract(target, eyes)[axis] > 1.0


def test_two_who_look_at_each_other_follow_each_other() -> None:
    beats = [
        Beat(subject="ann", action=Action.LOOK, target="bob"),
        Beat(subject="bob", action=Action.LOOK, target="ann"),
    ]
    world = stage.build(film([Character(id="ann"), Character(id="bob")], beats))
    assert world.figure("ann").directions[0].follows == "bob"
    assert world.figure("bob").directions[0].follows == "ann"


def test_a_face_starts_with_its_mood_and_changes_it_later() -> None:
    character = Character(id="man", expression=Expression.SAD)
    beat = Beat(subject="man", action=Action.EXPRESS, expression=Expression.SMILE)
    moods = stage.build(film([character], [beat])).figures[0].directions
    assert [mood.expression for mood in moods] == [Expression.SAD, Expression.SMILE]
    assert moods[0].start_s == 0.0 < moods[1].start_s


def test_after_a_cut_someone_is_elsewhere() -> None:
    beat = Beat(subject="detective", action=Action.STAND, spot="door", at_s=2.0)
    screenplay = film([Character(id="detective")], [beat], "office")
    screenplay = screenplay.model_copy(update={"shots": (Shot(duration_s=2.0), Shot())})
    directions = stage.build(screenplay).figures[0].directions
    there = [direction for direction in directions if direction.position is not None]
    assert there
    assert there[0].start_s == pytest.approx(2.0)
    assert there[0].position is not None
    assert there[0].position[0] > 2.0


def test_an_unknown_spot_is_said_and_not_hidden() -> None:
    beat = Beat(subject="man", action=Action.STAND, spot="window")
    world = stage.build(film([Character(id="man")], [beat], "lawn"))
    assert any("window" in note for _, note in world.notes)


def test_the_same_screenplay_stages_the_same_people() -> None:
    screenplay = film([Character(id="people", count=14)], place="stadium")
    first, second = stage.build(screenplay), stage.build(screenplay)
    for one, other in zip(first.figures, second.figures, strict=True):
        assert one.person == other.person
        assert one.position == other.position
        assert one.physique.vertices.tobytes() == other.physique.vertices.tobytes()


def test_who_runs_through_a_crowd_has_a_platform_s_length_to_run() -> None:
    crowd = Character(id="crowd", role="person", count=14, arrangement="crowd")
    runs = Beat(subject="woman", action=Action.PERFORM, motion="run", gaze=Gaze.CAMERA)
    stands = Beat(subject="woman", action=Action.STAND)
    way, across = (
        stage.build(film([crowd, Character(id="woman")], [beat], place="train_platform"))
        for beat in (runs, stands)
    )
    woman = way.figure("woman")
    end = np.array(next(d.path for d in woman.directions if d.path)[-1])
    assert np.linalg.norm(end - woman.position) > 8
    assert (end - woman.position) @ way.facing > 8
    # The crowd parts for her, and she comes out before it.
    ahead = max(np.array(f.position) @ way.facing for f in way.figures if f.character == "crowd")
    assert end @ np.array(way.facing) > ahead - 1.0
    assert across.facing == (0.0, -1.0, 0.0)
