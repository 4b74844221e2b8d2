"""People walk as measured gait says, and their feet do not slide."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from lichtspiel import motion
from lichtspiel.library.asset import Array
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import physique
from lichtspiel.motion import gait
from lichtspiel.motion.anatomy import anatomy
from lichtspiel.motion.manner import manner
from lichtspiel.screenplay import Action, Sex
from lichtspiel.stage.world import Direction
from lichtspiel.take import Performance
from tests.motion.people import NOTHING, bones, everybody, figure, performed, person, world

PEOPLE = everybody()
AHEAD = Direction(Action.WALK, 0.0, path=((0.0, -9.0, 0.0),))


def _sole_points(who: Person, performance: Performance) -> tuple[Array, Array]:
    """Heel and ball (T, 2, 3) of both feet."""
    body = anatomy(physique(who))
    heads, turned = bones(physique(who), performance)
    found = []
    for local in (body.heel, body.ball):
        sides = []
        for side, name in enumerate("LR"):
            quat = turned[f"foot.{name}"]
            point = body.foot_neutral[side].T @ local[side]
            cross = np.cross(quat[:, 1:], point)
            sides.append(
                heads[f"foot.{name}"] + point + 2 * (quat[:, :1] * cross + np.cross(quat[:, 1:], cross))
            )
        found.append(np.stack(sides, 1))
    return found[0], found[1]


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_feet_on_the_ground_do_not_slide(who: str) -> None:
    performance, take = performed(PEOPLE[who], AHEAD)
    heel, ball = _sole_points(PEOPLE[who], performance)
    for point in (heel, ball):
        down = (point[1:, :, 2] < 0.001) & (point[:-1, :, 2] < 0.001)
        slide = np.linalg.norm(np.diff(point[..., :2], axis=0), axis=-1)
        assert down.sum() > 40
        assert slide[down].max() < 0.005
    assert min(heel[..., 2].min(), ball[..., 2].min()) > -0.005
    assert len(take.footfalls) >= 5


def test_footfalls_alternate_and_lie_where_the_heels_come_down() -> None:
    performance, take = performed(PEOPLE["man"], AHEAD)
    feet = [footfall.foot for footfall in take.footfalls]
    assert all(one != other for one, other in itertools.pairwise(feet))
    heel, _ = _sole_points(PEOPLE["man"], performance)
    for footfall in take.footfalls:
        sample = min(round(footfall.time_s * 48) + 1, len(heel) - 1)
        side = 0 if footfall.foot == "l" else 1
        assert heel[sample, side, 2] < 0.02
        assert abs(footfall.position[2]) < 1e-6
        assert 0.5 < footfall.impulse_ns < 6


def test_joints_follow_the_published_curves() -> None:
    who = PEOPLE["man"]
    performance, take = performed(who, AHEAD)
    heads, _ = bones(physique(who), performance)
    thigh = heads["lowerleg01.L"] - heads["upperleg01.L"]
    shin = heads["foot.L"] - heads["lowerleg01.L"]
    flexed = np.arctan2(-thigh[:, 1], -thigh[:, 2])
    bent = flexed - np.arctan2(-shin[:, 1], -shin[:, 2])
    strikes = [footfall.time_s for footfall in take.footfalls if footfall.foot == "l"]
    phase = np.linspace(0, 1, 41)
    times = strikes[0] + phase * (strikes[1] - strikes[0])
    clock = np.arange(len(bent)) / 48
    usual = gait.gait(who, anatomy(physique(who)), manner(who), 1.0).cycle
    for found, expected in ((flexed, usual.thigh(phase)), (bent, usual.knee(phase))):
        course = np.interp(times, clock, found)
        assert np.corrcoef(course, expected)[0, 1] > 0.97
        # One standard deviation of grown-ups is 5 to 8 degrees.
        assert np.degrees(np.abs(course - expected)).mean() < 5


def test_pace_and_step_go_with_the_legs() -> None:
    walks = {name: gait.gait(who, anatomy(physique(who)), manner(who), 1.0) for name, who in PEOPLE.items()}
    assert 1.05 < walks["man"].speed_m_s < 1.6
    assert 0.6 < walks["man"].step_m < 0.85
    assert 95 < walks["man"].cycles_hz * 120 < 125
    assert walks["toddler"].step_m < walks["girl"].step_m < walks["man"].step_m
    assert walks["toddler"].cycles_hz > walks["man"].cycles_hz
    assert walks["grandmother"].speed_m_s < 0.8 * walks["man"].speed_m_s


def test_a_walk_starts_from_standing_and_ends_standing_at_its_end() -> None:
    who = person(Sex.FEMALE, 30, 1.68, seed=2)
    performance, _ = performed(
        who, Direction(Action.STAND, 0.0), Direction(Action.WALK, 0.5, path=((0.0, -2.5, 0.0),)), seconds=6.0
    )
    heads, _ = bones(physique(who), performance)
    hips = heads["root"]
    speed = np.linalg.norm(np.diff(hips, axis=0), axis=1) * 48
    assert speed[:20].max() < 0.05
    assert speed[60:110].mean() > 0.8
    assert speed[-20:].max() < 0.05
    assert abs(hips[-1, 1] + 2.5) < 0.25
    feet = np.stack([heads["foot.L"], heads["foot.R"]], 1)
    assert abs(feet[-1, 0, 1] - feet[-1, 1, 1]) < 0.15


def test_a_walker_turns_into_the_way() -> None:
    who = PEOPLE["man"]
    performance, _ = performed(
        who,
        Direction(Action.STAND, 0.0),
        Direction(Action.WALK, 0.3, path=((2.0, -2.0, 0.0), (4.0, -2.0, 0.0))),
    )
    turned = performance.pose[:, 0]
    yaw = np.degrees(2 * np.arctan2(turned[:, 3], turned[:, 0]))
    assert abs(yaw[0]) < 8
    assert 70 < yaw[-1] < 110


@pytest.mark.parametrize("who", ["man", "girl", "grandmother"])
def test_nothing_jumps_between_samples(who: str) -> None:
    performance, _ = performed(PEOPLE[who], Direction(Action.STAND, 0.0), Direction(Action.WALK, 0.4))
    rig = physique(PEOPLE[who]).rig
    quat = performance.pose
    turn = 2 * np.arccos(np.clip(np.abs((quat[1:] * quat[:-1]).sum(-1)), 0, 1)) * 48
    eyes = [rig.index(f"eye.{side}") for side in "LR"]
    turn[:, eyes] = 0
    # Knees and feet turn by up to some ten radians a second in a walk.
    assert turn.max() < 14
    heads, _ = bones(physique(PEOPLE[who]), performance)
    for bone, most in (("head", 18), ("root", 18), ("wrist.L", 45), ("wrist.R", 45)):
        acceleration = np.diff(heads[bone], 2, axis=0) * 48**2
        assert np.linalg.norm(acceleration, axis=1).max() < most


def test_a_new_shot_cuts_the_performance() -> None:
    who = PEOPLE["man"]
    there = Direction(Action.STAND, 2.0, position=(5.0, 0.0, 0.0), yaw=1.0)
    scene = world(figure("anna", who, Direction(Action.WALK, 0.0), there))
    first = scene.timeline[0]
    shots = (replace(first, film_end_s=2.0), replace(first, film_start_s=2.0, world_start_s=2.0))
    performance = motion.perform(replace(scene, timeline=shots), NOTHING).figures["anna"]
    assert performance.cuts == (2.0,)
    before, _ = performance.at(1.999)
    after, _ = performance.at(2.0)
    assert before[0] < 0.3
    assert after[0] > 4.5
