"""People who stand there live: they breathe, blink, look and show what they feel, each in their own time."""

from __future__ import annotations

import time

import numpy as np

from lichtspiel import motion
from lichtspiel.library.asset import Array
from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.rig import rotate
from lichtspiel.motion.manner import manner
from lichtspiel.motion.sway import breath
from lichtspiel.screenplay import Action, Expression
from lichtspiel.stage.world import Direction
from lichtspiel.take import Performance
from tests.motion.people import NOTHING, bones, everybody, figure, performed, person, world


def _gaze(performance: Performance) -> tuple[Array, Array, Array]:
    """Places (T, 2, 3) of the eyes, where they look (T, 2, 3), and where the head faces (T, 3)."""
    body = physique(person())
    heads, turned = bones(body, performance)
    front = np.array([0.0, -1.0, 0.0])
    places = np.stack([heads["eye.L"], heads["eye.R"]], 1)
    looks = np.stack(
        [rotate(turned[f"eye.{side}"], np.broadcast_to(front, (len(heads["head"]), 3))) for side in "LR"], 1
    )
    return places, looks, rotate(turned["head"], np.broadcast_to(front, (len(heads["head"]), 3)))


def _angle(one: Array, other: Array) -> Array:
    cosine = (one * other).sum(-1) / np.linalg.norm(one, axis=-1) / np.linalg.norm(other, axis=-1)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def test_both_eyes_meet_on_what_is_looked_at() -> None:
    target = np.array([0.5, -0.6, 1.4])
    performance, _ = performed(person(), Direction(Action.LOOK, 1.0, target=(0.5, -0.6, 1.4)))
    places, looks, _ = _gaze(performance)
    off = _angle(target - places[130:], looks[130:])
    assert np.median(off) < 5
    # They squint inward at something near.
    assert _angle(looks[-1, 0], looks[-1, 1]) > 2


def test_the_eyes_lead_and_the_head_follows_part_of_the_way() -> None:
    performance, _ = performed(person(), Direction(Action.LOOK, 1.0, target=(3.0, -2.0, 1.6)))
    _, looks, faces = _gaze(performance)
    eyes = _angle(looks[:, 0], looks[46, 0])
    head = _angle(faces, faces[46])
    assert eyes[53] > 15
    assert head[53] < 6
    full = np.median(head[-60:])
    assert 0.4 * 56 < full < 0.9 * 56
    speed = np.abs(np.diff(head)) * 48
    assert speed.max() < 260


def test_who_looks_behind_does_not_break_the_neck() -> None:
    performance, _ = performed(person(), Direction(Action.LOOK, 0.5, target=(1.0, 5.0, 1.6)))
    body = physique(person())
    quat = performance.pose[:, body.rig.index("head")]
    neck = [2 * np.degrees(np.arccos(min(1.0, abs(float(q[0]))))) for q in quat]
    assert max(neck) < 50


def test_people_look_at_each_other() -> None:
    anna = figure("anna", person(), Direction(Action.LOOK, 0.0, follows="ben"))
    ben = figure("ben", person(seed=9, height_m=1.85), at=(1.5, -1.5))
    take = motion.perform(world(anna, ben), NOTHING)
    places, looks, _ = _gaze(take.figures["anna"])
    heads, _ = bones(physique(person(seed=9, height_m=1.85)), take.figures["ben"])
    goal = heads["eye.L"][:, None]
    assert np.median(_angle(goal - places, looks)) < 6


def test_faces_change_within_half_a_second_and_keep_the_change() -> None:
    performance, _ = performed(person(), Direction(Action.EXPRESS, 1.0, expression=Expression.SMILE))
    smile = performance.face["mouthSmileLeft"]
    assert smile[40] < 0.2
    assert smile[75] > smile[40] + 0.3
    assert smile[-1] > 0.8 * smile[75]
    other = performance.face["mouthSmileRight"]
    assert 0 < np.abs(smile[50:60] - other[50:60]).max() < 0.4
    assert max(weights.max() for weights in performance.face.values()) <= 1


def test_a_hint_of_a_smile_is_less_than_a_smile_and_a_slow_one_comes_later() -> None:
    def smile(intensity: float = 1.0, speed: float = 1.0) -> Array:
        direction = Direction(
            Action.EXPRESS, 1.0, expression=Expression.SMILE, intensity=intensity, speed=speed
        )
        return performed(person(), direction)[0].face["mouthSmileLeft"]

    whole, hint, slow = smile(), smile(intensity=0.4), smile(speed=0.3)
    assert 0.25 * whole[90] < hint[90] < 0.65 * whole[90]
    assert slow[65] < 0.6 * whole[65]


def test_a_face_that_shows_nothing_is_never_quite_still() -> None:
    performance, _ = performed(person(), seconds=6.0)
    moved = [np.ptp(track) for name, track in performance.face.items() if not name.startswith("eye")]
    assert 0.02 < max(moved) < 0.25


def test_people_blink_now_and_then_and_not_in_step() -> None:
    people = [figure(f"p{i}", person(seed=i), at=(float(i), 0.0)) for i in range(8)]
    take = motion.perform(world(*people, seconds=20.0), NOTHING)
    shut = np.array([p.face["eyeBlinkLeft"] > 0.7 for p in take.figures.values()])
    blinks = (shut[:, 1:] & ~shut[:, :-1]).sum(1)
    assert 1 <= np.median(blinks) <= 10
    assert shut.sum(0).max() <= 4


def test_people_breathe_and_sway_a_little() -> None:
    performance, _ = performed(person(), seconds=10.0)
    heads, _ = bones(physique(person()), performance)
    moved = np.ptp(heads["head"], axis=0)
    assert 0.004 < moved.max() < 0.1
    feet = np.ptp(heads["foot.L"], axis=0)
    assert feet.max() < 0.003


def test_twins_in_a_group_do_not_move_alike() -> None:
    who = person()
    take = motion.perform(world(figure("one", who), figure("two", who, at=(1.0, 0.0))), NOTHING)
    one, two = (take.figures[name].pose for name in ("one", "two"))
    assert np.abs(one - two).max() > 0.005


def test_the_same_world_is_the_same_performance() -> None:
    scene = world(figure("anna", person(), Direction(Action.WALK, 0.5)), seconds=2.0)
    first, second = (motion.perform(scene, NOTHING).figures["anna"] for _ in range(2))
    assert (first.pose == second.pose).all()
    assert (first.root == second.root).all()


def test_a_crowd_is_cheap() -> None:
    people = list(everybody().values())
    crowd = [figure(f"p{i}", people[i % len(people)], at=(float(i % 10), float(i // 10))) for i in range(60)]
    scene = world(*crowd)
    start = time.process_time()
    take = motion.perform(scene, NOTHING)
    assert len(take.figures) == 60
    assert time.process_time() - start < 4.0


def test_who_looks_up_slowly_takes_longer() -> None:
    up = (0.0, -3.0, 4.0)
    usual, _ = performed(person(), Direction(Action.LOOK, 0.5, target=up))
    slow, _ = performed(person(), Direction(Action.LOOK, 0.5, target=up, speed=0.4))
    faces = [_gaze(performance)[2] for performance in (usual, slow)]
    turned = [_angle(face, face[20]) for face in faces]
    assert turned[0][50] > 0.8 * np.median(turned[0][-40:])
    assert turned[1][50] < 0.6 * np.median(turned[1][-40:])
    assert abs(np.median(turned[0][-40:]) - np.median(turned[1][-40:])) < 4


def test_who_speaks_draws_breath_before_and_lets_it_out_over_the_words() -> None:
    times = np.arange(0.0, 8.0, 1 / 48)
    who = manner(person())
    quiet, spoken = breath(times, who), breath(times, who, [(3.0, 5.4)])
    words = (times > 3.05) & (times < 5.4)
    assert spoken[np.searchsorted(times, 3.0)] > 0.95
    assert (np.diff(spoken[words]) < 0).all()
    assert np.allclose(quiet[times < 2.4], spoken[times < 2.4])
    assert np.allclose(quiet[times > 6.2], spoken[times > 6.2])
