"""People stand, sit and lie as bodies do: on the ground, without arms in their sides."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import motion
from lichtspiel.library.people import basis
from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.rig import bones_posed
from lichtspiel.screenplay import Action
from lichtspiel.stage.seats import Seat
from lichtspiel.stage.world import Direction
from tests.motion.people import everybody, performed, person, skin

PEOPLE = everybody()


def _body_of(*starts: str) -> np.ndarray:
    body = basis.load().group("body")
    names = np.array(basis.load().bone_names)
    rows = np.asarray(basis.load().arrays["weight_bones"])[body]
    shares = np.asarray(basis.load().arrays["weight_shares"])[body]
    carrier = names[rows[np.arange(len(body)), shares.argmax(1)]]
    return np.asarray(body[[name.startswith(starts) for name in carrier]])


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_soles_are_flat_on_the_ground(who: str) -> None:
    body = physique(PEOPLE[who])
    at_rest = body.vertices
    points = skin(body, *motion.standing(PEOPLE[who], body))
    soles = _body_of("foot", "toe")
    soles = soles[at_rest[soles, 2] < 0.01]
    assert abs(float(points[soles, 2].min())) < 0.006
    assert float(points[soles, 2].max()) < 0.022


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_shins_hang_before_a_deep_sofa(who: str) -> None:
    """Those of a small grandmother had gone through its cushion."""
    body = physique(PEOPLE[who])
    sofa = Seat(np.array([0.0, 0.0, 0.5]), np.array([0.0, -1.0, 0.0]), 0.0, edge_m=0.29)
    points = skin(body, *motion.seated(PEOPLE[who], body, sofa.height_m)) + sofa.below(body)
    shins = points[_body_of("lowerleg", "foot")]
    low = shins[(shins[:, 2] > 0.13) & (shins[:, 2] < sofa.height_m - 0.08)]
    assert len(low) > 100
    assert low[:, 1].max() < -sofa.edge_m + 0.02


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_arms_hang_beside_the_body(who: str) -> None:
    body = physique(PEOPLE[who])
    points = skin(body, *motion.standing(PEOPLE[who], body))
    height = body.height_m
    for side in "LR":
        sign = 1 if side == "L" else -1
        hand = points[_body_of(f"lowerarm02.{side}", f"wrist.{side}", f"metacarpal3.{side}")]
        trunk = points[_body_of("root", "spine05", "spine04", "upperleg", "pelvis")]
        inner = np.percentile(hand[:, 0] * sign, 3)
        level = (trunk[:, 2] > hand[:, 2].min()) & (trunk[:, 2] < hand[:, 2].max())
        beside = level & (np.abs(trunk[:, 1] - hand[:, 1].mean()) < 0.02 * height)
        outer = np.percentile(trunk[beside, 0] * sign, 97) if beside.any() else 0.0
        assert inner > outer - 0.012 * height
        assert inner < outer + 0.13 * height


def test_hands_hang_before_the_seam_with_curled_fingers() -> None:
    who = PEOPLE["man"]
    body = physique(who)
    root, pose = motion.standing(who, body)
    heads, _ = bones_posed(body.rig, root, pose)
    at = {name: heads[i] for i, name in enumerate(body.rig.names)}
    for side in "LR":
        assert at[f"wrist.{side}"][2] < at[f"lowerarm01.{side}"][2] < at[f"upperarm01.{side}"][2]
        assert at[f"wrist.{side}"][1] < at[f"lowerarm01.{side}"][1]
        straight = at[f"finger3-3.{side}"] - at[f"finger3-2.{side}"]
        first = at[f"finger3-2.{side}"] - at[f"finger3-1.{side}"]
        cosine = straight @ first / np.linalg.norm(straight) / np.linalg.norm(first)
        assert 10 < np.degrees(np.arccos(cosine)) < 60


def test_heels_raise_the_heel_and_leave_the_ball_down() -> None:
    who = person(wears=("high_heels",))
    body = physique(who)
    root, pose = motion.standing(who, body)
    heads, _ = bones_posed(body.rig, root, pose)
    barefoot, _ = bones_posed(body.rig, *motion.standing(person(), body))
    ankle, toes = body.rig.index("foot.L"), body.rig.index("toe2-1.L")
    assert heads[ankle, 2] > barefoot[ankle, 2] + 0.04
    assert abs(heads[toes, 2] - barefoot[toes, 2]) < 0.015


@pytest.mark.parametrize("who", ["man", "heavy_woman", "thin_man"])
def test_sitting_feet_are_on_the_ground_and_thighs_on_the_seat(who: str) -> None:
    body = physique(PEOPLE[who])
    points = skin(body, *motion.seated(PEOPLE[who], body, 0.45))
    assert abs(float(points[_body_of("foot", "toe"), 2].min())) < 0.01
    under = points[_body_of("upperleg02.L")]
    assert 0.38 < float(np.percentile(under[:, 2], 3)) < 0.5


def test_a_childs_feet_dangle_from_a_high_seat() -> None:
    who = PEOPLE["toddler"]
    body = physique(who)
    points = skin(body, *motion.seated(who, body, 0.45))
    assert 0.1 < float(points[_body_of("foot", "toe"), 2].min()) < 0.4


def test_who_lies_lies_on_their_back() -> None:
    who = PEOPLE["man"]
    body = physique(who)
    points = skin(body, *motion.lying(who, body, 0.5))
    trunk = points[_body_of("root", "spine", "upperleg")]
    assert 0.46 < float(trunk[:, 2].min()) < 0.54
    assert float(np.ptp(points[basis.load().group("body"), 2])) < 0.55


def test_no_two_people_stand_alike() -> None:
    poses = []
    for seed in range(6):
        who = person(seed=seed)
        _, pose = motion.standing(who, physique(person()))
        poses.append(pose)
    for i in range(6):
        for j in range(i):
            assert np.abs(poses[i] - poses[j]).max() > 0.01


def test_sitting_down_and_getting_up_keeps_the_feet() -> None:
    who = PEOPLE["man"]
    performance, _ = performed(
        who,
        Direction(Action.STAND, 0.0),
        Direction(Action.SIT, 0.5, seat_height_m=0.45),
        Direction(Action.STAND, 2.5),
        seconds=5.0,
    )
    heads, _ = bones_posed(physique(who).rig, performance.root, performance.pose)
    ankles = heads[:, [physique(who).rig.index(f"foot.{side}") for side in "LR"]]
    assert float(np.ptp(heads[:, 0, 2])) > 0.3
    assert np.linalg.norm(np.diff(ankles, axis=0), axis=-1).max() * 48 < 0.12
    # Nothing jumps: no joint turns faster than people sit down.
    turn = 2 * np.arccos(np.clip(np.abs((performance.pose[1:] * performance.pose[:-1]).sum(-1)), 0, 1)) * 48
    eyes = [physique(who).rig.index(f"eye.{side}") for side in "LR"]
    turn[:, eyes] = 0
    assert turn.max() < 6
