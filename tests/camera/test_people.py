from dataclasses import replace

import numpy as np
import pytest

from lichtspiel import camera, director, motion, physics, stage
from lichtspiel.camera.framing import Format, axes, project
from lichtspiel.camera.people import BodyPart, eye_points, figure_points
from lichtspiel.library.asset import Array
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.people.basis import load
from lichtspiel.screenplay import Action, Beat, Character, Prop, Screenplay, Setting, Shot, ShotSize, View


def framed(size: ShotSize, aspect: float = 9 / 16, count: int = 1, motion_name: str | None = None) -> Array:
    """The body's vertices of every figure in picture coordinates, (F, V, 2)."""
    screenplay = Screenplay(
        title="Portrait",
        setting=Setting(place="studio"),
        cast=(Character(id="people", count=count, age_years=30),),
        shots=(Shot(size=size, view=View.FRONT),),
        beats=(Beat(subject="people", action=Action.PERFORM, motion=motion_name),) if motion_name else (),
    )
    world = stage.build(screenplay)
    take = motion.perform(world, physics.perform(world, rehearsal=motion.rehearse(world)))
    shot = camera.plan(world, take if motion_name else physics.perform(world), aspect).shots[0]
    frame = rotation_matrix(shot.orientations[0]).T
    assert np.allclose(frame, axes(frame[2]), atol=1e-6)
    pictures = []
    for figure in world.figures:
        turn = rotation_matrix((np.cos(figure.yaw / 2), 0.0, 0.0, np.sin(figure.yaw / 2)))
        body = figure.physique.vertices @ turn.T + figure.position
        focal = float(shot.focal_length_mm[0])
        pictures.append(project(body, shot.positions[0], frame, focal, Format.of_aspect(aspect)))
    return np.array(pictures)


def test_a_close_up_holds_the_face_and_cuts_the_chest() -> None:
    (picture,) = framed(ShotSize.CLOSE_UP)
    eyes = picture[load().group("helper-l-eye")]
    assert np.abs(eyes).max() < 0.6
    body = picture[load().group("body")]
    assert body[:, 1].max() < 1.0
    assert body[:, 1].min() < -1.5


@pytest.mark.parametrize("aspect", [9 / 16, 16 / 9])
def test_a_full_shot_holds_the_whole_person(aspect: float) -> None:
    (picture,) = framed(ShotSize.FULL, aspect)
    body = picture[load().group("body")]
    assert np.abs(body).max() < 1.0
    assert np.ptp(body[:, 1]) > 0.8


def test_a_medium_shot_cuts_between_hips_and_knees() -> None:
    (picture,) = framed(ShotSize.MEDIUM)
    body = picture[load().group("body")]
    assert body[:, 1].max() < 1.0
    assert picture[load().group("joint-l-knee")][:, 1].max() < -0.95


@pytest.mark.parametrize("motion_name", ["argue", "wave_both", "applaud"])
def test_wide_gestures_leave_the_spare_room_below(motion_name: str) -> None:
    """In a tall picture, not half of it above the head; and no picture ends at the knees."""
    (picture,) = framed(ShotSize.MEDIUM, motion_name=motion_name)
    body = picture[load().group("body")]
    lowest, knees = body[:, 1].min(), picture[load().group("joint-l-knee")][:, 1].max()
    assert lowest > -1.0 or knees < -0.95
    assert body[:, 1].max() > (0.45 if knees < -0.95 else 0.3)


def test_larger_sizes_show_more() -> None:
    sizes = [
        ShotSize.EXTREME_CLOSE_UP,
        ShotSize.CLOSE_UP,
        ShotSize.MEDIUM,
        ShotSize.FULL,
        ShotSize.EXTREME_WIDE,
    ]
    faces = []
    for size in sizes:
        (picture,) = framed(size)
        faces.append(np.ptp(picture[load().group("helper-l-eye")][:, 0]))
    assert faces == sorted(faces, reverse=True)


def test_a_group_is_framed_with_all_its_faces() -> None:
    pictures = framed(ShotSize.MEDIUM, 16 / 9, 4)
    for picture in pictures:
        assert np.abs(picture[load().group("helper-l-eye")]).max() < 1.0


def test_a_portrait_is_sharp_at_the_eyes_and_soft_behind() -> None:
    screenplay = Screenplay(
        title="Portrait",
        setting=Setting(place="harbour"),
        cast=(Character(id="man"),),
        shots=(Shot(size=ShotSize.CLOSE_UP, focal_length_mm=85.0),),
    )
    world = stage.build(screenplay)
    shot = camera.plan(world, physics.perform(world)).shots[0]
    (figure,) = world.figures
    eyes = np.add(figure.position, figure.physique.eye("l")[0])
    toward = rotation_matrix(shot.orientations[0])[:, 2]
    depth = (shot.positions[0] - eyes) @ toward
    assert shot.focus_distance_m[0] == pytest.approx(depth, abs=0.04)
    assert shot.f_stop < 8


def test_who_looks_out_of_a_window_is_seen_from_where_their_face_shows() -> None:
    beat = Beat(subject="woman", action=Action.LOOK, spot="window")
    screenplay = Screenplay(
        title="Window",
        setting=Setting(place="spaceship_cabin"),
        cast=(Character(id="woman"),),
        beats=(beat,),
        shots=(Shot(size=ShotSize.MEDIUM),),
    )
    world = stage.build(screenplay)
    shot = camera.plan(world, physics.perform(world)).shots[0]
    (figure,) = world.figures
    ahead = np.array([np.sin(figure.yaw), -np.cos(figure.yaw), 0.0])
    toward = shot.positions[0] - figure.position
    assert ahead @ toward / np.linalg.norm(toward[:2]) > 0.1


def test_a_shot_is_framed_for_what_happens_before_its_cut() -> None:
    walk = Beat(subject="man", action=Action.WALK, spot="door")
    sit = Beat(subject="man", action=Action.PERFORM, motion="sit_down", at_s=2.0)
    shots = (Shot(size=ShotSize.FULL), Shot(size=ShotSize.FULL))
    setting = Setting(place="office")
    play = Screenplay(
        title="Cut", setting=setting, cast=(Character(id="man"),), beats=(walk, sit), shots=shots
    )
    world = stage.build(play)
    take = physics.perform(world, rehearsal=(rehearsal := motion.rehearse(world)))
    take = replace(take, figures={**rehearsal, **take.figures})
    shot = camera.plan(world, take).shots[0]
    frame = rotation_matrix(shot.orientations[0]).T
    times = np.linspace(0.0, 1.9, 5)
    points = figure_points(world.figures[0], take, ShotSize.FULL, times)
    seen = project(
        points.reshape(-1, 3),
        shot.positions[0],
        frame,
        float(shot.focal_length_mm[0]),
        Format.of_aspect(9 / 16),
    )
    # The way from the door fills the picture, and not the seat that is taken after the cut.
    assert np.abs(seen).max() < 1.0
    assert abs(seen[:, 0].max() + seen[:, 0].min()) < 0.3


def test_those_who_look_on_are_taken_in() -> None:
    cast = (Character(id="waiter"), Character(id="guests", count=2))
    beats = (
        Beat(subject="waiter", action=Action.PERFORM, motion="carry_tray"),
        Beat(subject="waiter", action=Action.PERFORM, motion="slip"),
        Beat(subject="guests", action=Action.LOOK, target="waiter"),
    )
    shot = Shot(size=ShotSize.FULL, view=View.FRONT, subjects=("waiter",))
    play = Screenplay(
        title="Guests", setting=Setting(place="restaurant"), cast=cast, beats=beats, shots=(shot,)
    )
    world = stage.build(play)
    take = physics.perform(world, rehearsal=motion.rehearse(world))
    track = camera.plan(world, take).shots[0]
    frame = rotation_matrix(track.orientations[0]).T
    heads = [
        figure_points(figure, take, ShotSize.CLOSE_UP, np.zeros(1))[0]
        for figure in world.figures
        if figure.name != "waiter"
    ]
    seen = project(
        np.concatenate(heads),
        track.positions[0],
        frame,
        float(track.focal_length_mm[0]),
        Format.of_aspect(9 / 16),
    )
    assert np.abs(seen).max() < 1.0


def test_a_close_up_of_hands_shows_hands() -> None:
    play = Screenplay(
        title="Hands",
        setting=Setting(place="kitchen"),
        cast=(Character(id="cook"),),
        beats=(Beat(subject="cook", action=Action.PERFORM, motion="knead"),),
        shots=(Shot(size=ShotSize.CLOSE_UP, part="hands", subjects=("cook",)),),
    )
    world = stage.build(play)
    take = physics.perform(world, rehearsal=(rehearsal := motion.rehearse(world)))
    take = replace(take, figures={**rehearsal, **take.figures})
    shot = camera.plan(world, take).shots[0]
    frame = rotation_matrix(shot.orientations[0]).T

    def seen(size: ShotSize, part: BodyPart | None = None) -> Array:
        points = figure_points(world.figures[0], take, size, np.linspace(0.5, 3.5, 5), part)
        focal = float(shot.focal_length_mm[0])
        return project(points.reshape(-1, 3), shot.positions[0], frame, focal, Format.of_aspect(9 / 16))

    hands = seen(ShotSize.CLOSE_UP, "hands")
    assert np.abs(hands).max() < 1.0
    assert np.ptp(hands[:, 0]) > 0.8
    assert np.nanmax(seen(ShotSize.FULL)[:, 1]) > 1.0
    assert shot.positions[0][2] > world.figures[0].position[2] + 1.0


def test_legs_behind_a_bench_are_not_framed() -> None:
    play = Screenplay(
        title="Bench",
        setting=Setting(place="physics_lab"),
        cast=(Character(id="teacher"),),
        props=(Prop(id="pendulum", thing="pendulum"),),
        beats=(Beat(subject="teacher", action=Action.PERFORM, motion="let_swing", target="pendulum"),),
        shots=(Shot(size=ShotSize.FULL, subjects=("teacher",)),),
    )
    world = stage.build(play)
    take = physics.perform(world, rehearsal=motion.rehearse(world))
    shot = camera.plan(world, take).shots[0]
    points = figure_points(world.figures[0], take, ShotSize.FULL, np.zeros(1))[0]
    frame = rotation_matrix(shot.orientations[0]).T
    seen = project(points, shot.positions[0], frame, float(shot.focal_length_mm[0]), Format.of_aspect(9 / 16))
    assert seen[:, 1].min() < -1.0
    assert 0.0 < seen[:, 1].max() < 1.0


def test_a_medium_shot_of_who_types_has_the_hands_in_it() -> None:
    world = stage.build(director.read("A woman types.")[0])
    take = physics.perform(world, rehearsal=(rehearsal := motion.rehearse(world)))
    take = replace(take, figures={**rehearsal, **take.figures})
    shot = camera.plan(world, take).shots[0]
    frame = rotation_matrix(shot.orientations[0]).T
    hands = figure_points(world.figures[0], take, ShotSize.MEDIUM, np.array([1.0, 3.0]), "hands")
    focal = float(shot.focal_length_mm[0])
    seen = project(hands.reshape(-1, 3), shot.positions[0], frame, focal, Format.of_aspect(9 / 16))
    assert np.abs(seen).max() < 1.0


@pytest.mark.parametrize(("prompt", "above"), [("A woman nods.", False), ("A man sleeps.", True)])
def test_only_who_lies_is_looked_down_at(prompt: str, above: bool) -> None:
    world = stage.build(director.read(prompt)[0])
    take = physics.perform(world, rehearsal=(rehearsal := motion.rehearse(world)))
    take = replace(take, figures={**rehearsal, **take.figures})
    shot = camera.plan(world, take).shots[0]
    eyes = eye_points(world.figures[0], take, np.array([1.0]))[0]
    away = shot.positions[0] - eyes
    rise = np.degrees(np.arctan2(away[2], np.hypot(away[0], away[1])))
    assert bool(rise > 15.0) == above


def test_a_runner_is_followed_on_the_near_side_of_the_place_and_fills_half_the_height() -> None:
    screenplay, _ = director.read("A woman sprints.")
    screenplay = screenplay.model_copy(update={"duration_s": 2.0})
    world = stage.build(screenplay)
    take = motion.perform(world, physics.perform(world, rehearsal=motion.rehearse(world)))
    shot = camera.plan(world, take).shots[0]
    runner = world.figures[0]
    for share in (0.0, 0.5, 0.95):
        at = round(share * (len(shot.positions) - 1))
        points = figure_points(runner, take, ShotSize.FULL, np.array([2.0 * share, 2.0 * share + 1e-3]))[0]
        frame = rotation_matrix(shot.orientations[at]).T
        seen = project(
            points, shot.positions[at], frame, float(shot.focal_length_mm[at]), Format.of_aspect(9 / 16)
        )
        assert np.abs(seen).max() < 1.0
        assert np.ptp(seen[:, 1]) / 2 > 0.3
    way = take.figures[runner.name].at(1.9)[0] - take.figures[runner.name].at(0.1)[0]
    aside = shot.positions[0] - take.figures[runner.name].at(0.0)[0]
    assert abs(aside[:2] @ way[:2]) < 0.3 * np.linalg.norm(aside[:2]) * np.linalg.norm(way[:2])


def test_a_driver_is_seen_from_outside_of_the_car() -> None:
    screenplay, _ = director.read("A woman drives.")
    screenplay = screenplay.model_copy(update={"duration_s": 1.5})
    world = stage.build(screenplay)
    take = motion.perform(world, physics.perform(world, rehearsal=motion.rehearse(world)))
    shot = camera.plan(world, take).shots[0]
    name = next(name for name in take.names if name.endswith("/body"))
    for share in (0.05, 0.5, 0.95):
        at = round(share * (len(shot.positions) - 1))
        place, turn = take.pose(name, 1.5 * share)
        local = rotation_matrix((turn[0], turn[1], turn[2], turn[3])).T @ (shot.positions[at] - place)
        # Beside a car that is 1.8 m wide.
        assert abs(local[0]) > 1.5
        eyes = eye_points(world.figures[0], take, np.array([1.5 * share, 1.5 * share + 1e-3]))[:1]
        frame = rotation_matrix(shot.orientations[at]).T
        seen = project(
            eyes, shot.positions[at], frame, float(shot.focal_length_mm[at]), Format.of_aspect(9 / 16)
        )
        assert np.abs(seen).max() < 0.7


def test_who_kicks_a_ball_is_seen_and_not_the_whole_way_of_the_ball() -> None:
    world = stage.build(director.read("A woman kicks a ball.", 0, 3.0)[0])
    take = motion.perform(world, physics.perform(world, rehearsal=motion.rehearse(world)))
    shot = camera.plan(world, take, 9 / 16).shots[0]
    away = np.linalg.norm(shot.positions[0] - np.array(world.figures[0].position))
    assert away * 18.0 / shot.focal_length_mm[0] < 3.0


def test_balls_that_are_juggled_stay_in_the_picture() -> None:
    world = stage.build(director.read("A woman juggles.", 0, 3.0)[0])
    take = motion.perform(world, physics.perform(world, rehearsal=motion.rehearse(world)))
    shot = camera.plan(world, take, 9 / 16).shots[0]
    frame = rotation_matrix(shot.orientations[0]).T
    focal, picture = float(shot.focal_length_mm[0]), Format.of_aspect(9 / 16)
    balls = [index for index, name in enumerate(take.names) if "ball" in name]
    assert balls
    highest = take.positions[:, balls].reshape(-1, 3)
    assert project(highest, shot.positions[0], frame, focal, picture)[:, 1].max() < 1.0


@pytest.mark.parametrize("who", ["girl", "woman"])
def test_who_eats_at_a_table_is_seen_from_above_it(who: str) -> None:
    screenplay, _ = director.read(f"A {who} eats soup at the kitchen table.")
    world = stage.build(screenplay)
    take = motion.perform(world, physics.perform(world, rehearsal=motion.rehearse(world)))
    track = camera.plan(world, take, 9 / 16)
    top = 0.75
    assert track.shots[0].positions[:, 2].min() > top + 0.01
    assert not take.breaks


def test_a_crowd_is_seen_from_where_most_of_its_faces_show() -> None:
    screenplay, _ = director.read("A crowd of thirty waits on a train platform.")
    world = stage.build(screenplay)
    take = physics.perform(world, rehearsal=motion.rehearse(world))
    eye = camera.plan(world, take).shots[0].positions[0]
    heads = np.array([(f.position[0], f.position[1]) for f in world.figures])
    ways = np.array([(np.sin(f.yaw), -np.cos(f.yaw)) for f in world.figures])
    assert np.mean((ways * (eye[:2] - heads)).sum(1) > 0) > 0.65
