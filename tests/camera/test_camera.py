"""The camera keeps the action in frame, whatever shot is asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lichtspiel.camera import CameraTrack, plan
from lichtspiel.camera.framing import Format, axes, fit, project, quaternion
from lichtspiel.camera.lens import f_stop_for
from lichtspiel.library.asset import Joint, Part, Shape, Vec3
from lichtspiel.library.mesh import rotation_matrix, sphere
from lichtspiel.library.place import Acoustics, Sky
from lichtspiel.screenplay import Angle, Beat, CameraMove, Prop, Screenplay, Setting, Shot, ShotSize
from lichtspiel.screenplay.model import Action
from lichtspiel.stage.world import Body, Span, World
from lichtspiel.take import Take

RADIUS = 0.12
FILM_S = 3.0


def rolling_ball(
    shot: Shot, bounds: tuple[Vec3, Vec3] | None = None, wall: Part | None = None, radius: float = RADIUS
) -> tuple[World, Take]:
    """A ball that rolls two metres to the right over a floor, and who films it."""
    screenplay = Screenplay(
        title="roll",
        duration_s=FILM_S,
        setting=Setting(place="studio"),
        props=(Prop(id="ball", thing="basketball"),),
        beats=(Beat(subject="ball", action=Action.ROLL),),
        shots=(shot,),
    )
    ball = Part("ball", (Shape("sphere", (radius,), "rubber"),), sphere(radius, 12, 6))
    floor = Part("floor", (Shape("plane", (), "concrete"),), joint=Joint("fixed"))
    bodies = [
        Body("ball", "ball", ball, (-1.0, 0.0, RADIUS), (1, 0, 0, 0), moves=True),
        Body("place/floor", "place", floor, (0, 0, 0), (1, 0, 0, 0), moves=False),
    ]
    if wall is not None:
        bodies.append(Body("place/wall", "place", wall, wall.position, (1, 0, 0, 0), moves=False))
    world = World(
        screenplay, tuple(bodies), (), (), (), (), (), (), (0, 0, -9.8), 1.2, (0, 0, 0), (),
        Sky("gradient"), 0.0, Acoustics(None), bounds, (0.0, 0.0, RADIUS), (0.0, -1.0, 0.0),
        (Span(0.0, FILM_S, 0.0, shot.time_scale),), ("ball",), {"ball": ("ball",)},
    )  # fmt: skip
    times = np.arange(int(FILM_S * 240) + 1) / 240
    positions = np.zeros((len(times), 1, 3))
    positions[:, 0] = np.stack([-1 + 2 * times / FILM_S, 0 * times, 0 * times + RADIUS], 1)
    turns = np.tile([1.0, 0.0, 0.0, 0.0], (len(times), 1, 1))
    return world, Take(240.0, ("ball",), positions, turns, np.array([[0.0, np.inf]]))


def seen_at(track: CameraTrack, point: np.ndarray, film_s: float, aspect: float = 9 / 16) -> np.ndarray:
    lens = track.at(film_s)
    frame = rotation_matrix(lens.orientation).T
    picture = Format.of_aspect(aspect)
    return np.asarray(project(point[None], lens.position, frame, lens.focal_length_mm, picture)[0])


@pytest.mark.parametrize("move", list(CameraMove))
def test_the_ball_stays_in_frame_in_every_move(move: CameraMove) -> None:
    world, take = rolling_ball(Shot(move=move))
    track = plan(world, take)
    for film_s in np.linspace(0.0, FILM_S, 13):
        where = seen_at(track, take.pose("ball", film_s)[0], float(film_s))
        assert np.all(np.abs(where) < 1.0), (film_s, where)


@pytest.mark.parametrize("aspect", [9 / 16, 16 / 9])
def test_a_drone_rises_from_the_action_and_ends_with_all_of_it_below_the_middle(aspect: float) -> None:
    world, take = rolling_ball(Shot(move=CameraMove.DRONE_PULL_BACK, angle=Angle.HIGH, size=ShotSize.WIDE))
    track = plan(world, take, aspect)
    times = np.linspace(0.0, FILM_S, 13)
    way = np.array([track.at(float(t)).position for t in times])
    assert np.all(np.diff(way[:, 2]) > 0)
    away = np.linalg.norm(way - take.pose("ball", FILM_S / 2)[0], axis=1)
    assert away[-1] > 1.7 * away[0]
    spots = np.array([seen_at(track, take.pose("ball", t)[0], float(t), aspect) for t in times])
    assert np.all(np.abs(spots[:, 0]) < 0.95)
    assert np.all(np.abs(spots[:, 1]) < 0.85)
    assert spots[-1, 1] < -0.15
    # The start and the end of the way are both seen from the last place.
    ends = [seen_at(track, take.pose("ball", t)[0], FILM_S, aspect) for t in (0.0, FILM_S)]
    assert np.abs(ends).max() < 0.95


def test_closer_sizes_show_the_action_larger() -> None:
    widths = []
    for size in (ShotSize.EXTREME_WIDE, ShotSize.WIDE, ShotSize.MEDIUM, ShotSize.CLOSE_UP):
        world, take = rolling_ball(Shot(size=size))
        track = plan(world, take)
        start, end = (seen_at(track, take.pose("ball", t)[0], t) for t in (0.0, FILM_S))
        widths.append(np.linalg.norm(end - start))
    assert widths == sorted(widths)


def test_low_looks_up_and_high_looks_down() -> None:
    tilts = {}
    for angle in (Angle.LOW, Angle.EYE_LEVEL, Angle.HIGH, Angle.OVERHEAD):
        world, take = rolling_ball(Shot(angle=angle))
        tilts[angle] = rotation_matrix(plan(world, take).at(0.0).orientation)[2, 2]
    ordered = [tilts[a] for a in (Angle.LOW, Angle.EYE_LEVEL, Angle.HIGH, Angle.OVERHEAD)]
    assert ordered == sorted(ordered)
    assert tilts[Angle.OVERHEAD] > 0.99


def test_a_static_camera_is_locked_and_a_tracking_one_goes_along() -> None:
    world, take = rolling_ball(Shot(move=CameraMove.STATIC))
    locked = plan(world, take).shots[0]
    assert locked.locked
    assert np.ptp(locked.positions, axis=0).max() == 0.0
    world, take = rolling_ball(Shot(move=CameraMove.TRACKING))
    assert np.ptp(plan(world, take).shots[0].positions, axis=0).max() > 1.0


def test_a_still_camera_follows_what_would_be_too_small_unless_it_was_asked_for() -> None:
    free = Shot(move=CameraMove.STATIC, follow=True)
    small = 0.01
    assert plan(*rolling_ball(free)).shots[0].locked
    assert not plan(*rolling_ball(free, radius=small)).shots[0].locked
    for asked in (Shot(), free.model_copy(update={"size": ShotSize.WIDE})):
        assert plan(*rolling_ball(asked, radius=small)).shots[0].locked


def test_a_following_camera_shows_small_things_large_enough() -> None:
    world, take = rolling_ball(Shot(follow=True), radius=0.01)
    track = plan(world, take)
    for film_s in (0.0, 1.5, FILM_S):
        middle = take.pose("ball", film_s)[0]
        low, high = (seen_at(track, middle + (0, 0, dz), film_s)[1] for dz in (-0.01, 0.01))
        assert (high - low) / 2 > 0.03


def test_the_camera_looks_into_a_channel_that_hides_the_ball() -> None:
    world, take = rolling_ball(Shot(), radius=0.02)
    walls = tuple(Shape("box", (1.1, 0.005, 0.04), "wood", (0.0, y, 0.04)) for y in (-0.03, 0.03))
    channel = Body(
        "channel", "channel", Part("channel", walls, joint=Joint("fixed")), (0, 0, 0.08), (1, 0, 0, 0), False
    )
    seen = plan(world, take).at(1.5).position
    hidden = plan(replace(world, bodies=(*world.bodies, channel), acting=("ball", "channel")), take)
    assert hidden.at(1.5).position[2] > seen[2] + 0.1


def test_the_camera_stays_inside_the_room_and_above_the_floor() -> None:
    bounds = ((-2.0, -1.5, 0.0), (2.0, 1.5, 2.5))
    world, take = rolling_ball(Shot(size=ShotSize.EXTREME_WIDE, angle=Angle.GROUND), bounds)
    positions = plan(world, take).shots[0].positions
    assert np.all(positions >= np.array(bounds[0]) + 0.01)
    assert np.all(positions <= np.array(bounds[1]) - 0.01)


def test_the_camera_goes_round_what_stands_in_its_way() -> None:
    free_world, take = rolling_ball(Shot())
    wanted = plan(free_world, take).at(0.0).position
    middle = (wanted + take.pose("ball", 1.5)[0]) / 2
    wall = Part(
        "wall",
        (Shape("box", (0.6, 0.05, 1.5), "brick"),),
        position=(float(middle[0]), float(middle[1]), float(middle[2])),
        joint=Joint("fixed"),
    )
    world, take = rolling_ball(Shot(), wall=wall)
    assert np.linalg.norm(plan(world, take).at(0.0).position - wanted) > 0.3


def test_focus_is_on_the_subject_and_a_named_lens_is_used() -> None:
    world, take = rolling_ball(Shot(move=CameraMove.TRACKING, focal_length_mm=85, f_stop=2.0))
    lens = plan(world, take).at(1.5)
    distance = np.linalg.norm(take.pose("ball", 1.5)[0] - lens.position)
    assert lens.focus_distance_m == pytest.approx(distance, rel=0.05)
    assert lens.focal_length_mm == 85
    assert plan(world, take).shots[0].f_stop == 2.0


def test_planning_twice_gives_the_same_track() -> None:
    world, take = rolling_ball(Shot(move=CameraMove.HANDHELD))
    first, second = plan(world, take), plan(world, take)
    assert first.shots[0].positions.tobytes() == second.shots[0].positions.tobytes()


def test_fit_fills_the_wanted_share_of_the_picture() -> None:
    rng = np.random.default_rng(3)
    points = rng.normal(0, 0.4, (50, 3))
    frame = axes(np.array([0.3, -1.0, 0.4]))
    picture = Format.of_aspect(9 / 16)
    centre, distance = fit(points, frame, 50.0, picture, 0.7)
    seen = np.abs(project(points, centre + distance * frame[2], frame, 50.0, picture))
    assert seen.max() == pytest.approx(0.7, abs=0.02)


def test_quaternions_give_back_their_axes() -> None:
    rng = np.random.default_rng(5)
    for _ in range(50):
        frame = axes(rng.normal(size=3), float(rng.uniform(-1, 1)))
        assert rotation_matrix(quaternion(frame)) == pytest.approx(frame.T, abs=1e-9)


def test_deeper_action_needs_a_smaller_aperture() -> None:
    assert f_stop_for(50, 2.0, 1.5, 3.0) > f_stop_for(50, 2.0, 1.9, 2.1)
