"""Falls: faints, slips and pushes as mechanics has them, from the rehearsed pose on."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from lichtspiel.library.asset import Array
from lichtspiel.library.people.segments import segments
from lichtspiel.physics import perform
from lichtspiel.physics.ragdoll import build, limit, qpos_of
from lichtspiel.physics.rotation import rotate
from lichtspiel.take import Fall, Performance, Take
from tests.physics import worlds
from tests.physics.people import body, figure, moving, with_figures
from tests.physics.worlds import box, floor, sphere, world

_FAINT = Fall(0.3, 2.4, 0.02, (("thigh_l", (0.05, -0.16, 0.0)), ("thigh_r", (0.0, -0.1, 0.0))))
_BACK = Fall(0.3, 2.4, 0.4, (("chest", (0.0, 0.9, 0.0)),))
_FORWARD = Fall(0.3, 2.4, 0.4, (("chest", (0.0, -0.9, 0.0)),))


@cache
def _fallen(fall: Fall, walking: float = 0.0) -> tuple[Performance, Take]:
    made = with_figures(world(floor("hardwood"), duration_s=2.6), figure())
    way = moving(2.6, root=lambda t: np.column_stack([0 * t, -walking * t, 0 * t]), falls=(fall,))
    take = perform(made, rehearsal={"anna": way})
    return take.figures["anna"], take


def _centres(performance: Performance) -> Array:
    return segments(body()).posed(performance.root, performance.pose)[0]


def _head(performance: Performance) -> Array:
    return np.asarray(_centres(performance)[:, segments(body()).index("head")])


@pytest.mark.parametrize("fall", [_FAINT, _BACK, _FORWARD])
def test_who_falls_ends_up_lying_still_on_the_ground(fall: Fall) -> None:
    performance, _ = _fallen(fall)
    assert _head(performance)[0, 2] > 1.5
    lying = _centres(performance)[-1]
    assert lying[:, 2].max() < 0.5
    speed = np.abs(np.diff(_centres(performance)[-20:-12], axis=0)).max() * 48
    assert speed < 0.25


@pytest.mark.parametrize("fall", [_FAINT, _BACK, _FORWARD])
def test_nobody_sinks_into_the_floor(fall: Fall) -> None:
    performance, _ = _fallen(fall)
    parts = segments(body())
    heads, turns = parts.carried(performance.root, performance.pose)

    for number, segment in enumerate(parts.all):
        for capsule in segment.flesh:
            for end in (capsule.start, capsule.end):
                place = heads[:, number] + rotate(turns[:, number], end - parts.rig.heads[segment.bone])
                assert place[:, 2].min() - capsule.radius > -0.02, segment.name


def test_a_push_from_the_front_makes_one_fall_on_ones_back() -> None:
    back, forward = (_head(_fallen(fall)[0])[-1] for fall in (_BACK, _FORWARD))
    assert back[1] > 0.6
    assert forward[1] < -0.6


def test_a_fall_goes_on_from_the_rehearsed_pose_and_speed_without_a_jump() -> None:
    performance, _ = _fallen(Fall(0.3, 2.4, 0.4), walking=1.2)
    steps = np.diff(performance.root[:20], axis=0) * 48
    assert np.allclose(steps[:13, 1], -1.2, atol=1e-6)
    assert np.abs(np.diff(steps[12:18], axis=0)).max() < 0.35
    turns = np.abs((performance.pose[1:] * performance.pose[:-1]).sum(-1))
    assert np.arccos(np.clip(turns, 0, 1)).max() < 0.25, "no joint turns by more than 30 degrees in a sample"


def test_who_is_braced_falls_otherwise_than_who_faints() -> None:
    limp, braced = (_fallen(Fall(0.3, 2.4, tone, (("chest", (0.0, -0.9, 0.0)),)))[0] for tone in (0.02, 0.5))
    hands = [segments(body()).index(f"hand_{side}") for side in "lr"]
    reach = [_centres(p)[:, hands, 2].mean(1) < 0.25 for p in (limp, braced)]
    heads = [_head(p)[:, 2] < 0.25 for p in (limp, braced)]
    # Braced, the hands are on the ground before the head comes near it.
    assert np.argmax(reach[1]) < (np.argmax(heads[1]) or 10**6)
    assert not np.allclose(limp.pose[60], braced.pose[60], atol=0.05)


def test_a_fall_is_heard_where_the_body_comes_down() -> None:
    performance, take = _fallen(_BACK)
    knocks = [i for i in take.impacts if i.second.startswith("anna/")]
    hardest = max(knocks, key=lambda knock: knock.impulse_ns)
    assert hardest.second in ("anna/pelvis", "anna/chest", "anna/thigh_l", "anna/thigh_r", "anna/waist")
    assert (hardest.first_material, hardest.second_material) == ("hardwood", "skin")
    assert 0.5 < hardest.time_s < 1.4
    # All together not more than the body brings down from a metre and a half.
    assert 100 < sum(k.impulse_ns for k in knocks) < 900
    lowest = _centres(performance)[round(hardest.time_s * 48), :, 2].min()
    assert lowest < 0.3


def test_on_ice_the_feet_slide_away() -> None:
    blows = (("foot_l", (0.0, -0.2, 0.05)), ("foot_r", (0.0, -0.12, 0.0)), ("chest", (0.0, 0.35, 0.0)))
    foot = segments(body()).index("foot_l")
    held, slid = (
        _centres(_fallen(Fall(0.3, 2.4, 0.4, blows, hold))[0])[:40, foot, 1].min() for hold in (1.0, 0.05)
    )
    assert slid < held - 0.15


def test_who_falls_on_a_crate_stays_above_it() -> None:
    crate = worlds.body("crate", box(0.8, 0.5, 0.4), (0, 0.75, 0.2), moves=False)
    made = with_figures(world(floor(), crate, duration_s=2.4), figure())
    performance = perform(made, rehearsal={"anna": moving(2.4, falls=(_BACK,))}).figures["anna"]
    over = _centres(performance)[-1]
    above = (np.abs(over[:, 0]) < 0.35) & (np.abs(over[:, 1] - 0.75) < 0.2)
    assert above.any()
    assert over[above, 2].min() > 0.4


def test_a_falling_body_knocks_over_what_is_light() -> None:
    bottle = worlds.body("bottle", box(0.08, 0.08, 0.3, "glass"), (0, 0.9, 0.15), mass_kg=0.5)
    made = with_figures(world(floor(), bottle, duration_s=2.0), figure())
    take = perform(made, rehearsal={"anna": moving(2.0, falls=(_BACK,))})
    way = take.positions[:, take.index("bottle")]
    assert np.linalg.norm(way[-1] - way[0]) > 0.1


def test_a_heavy_thing_knocks_over_whom_it_runs_into_and_a_light_one_does_not() -> None:
    def after(mass_kg: float) -> Take:
        ball = worlds.body(
            "ball", sphere(0.25, "rubber"), (0, -2.0, 1.2), velocity=(0, 6, 1.5), mass_kg=mass_kg
        )
        made = with_figures(world(floor(), ball, duration_s=2.4), figure())
        return perform(made, rehearsal={"anna": moving(2.4)})

    assert after(0.5).figures == {}
    felled = after(25.0).figures["anna"]
    assert _head(felled)[-1, 2] < 0.5
    assert _head(felled)[-1, 1] > 0.4, "the way that the ball went"
    assert 0.15 < felled.falls[0].start_s < 0.5


def test_who_fell_gets_up_where_they_lay() -> None:
    made = with_figures(world(floor(), duration_s=5.0), figure())
    fall = Fall(0.3, 2.2, 0.4, (("chest", (0.0, 0.9, 0.0)),))
    performance = perform(made, rehearsal={"anna": moving(5.0, falls=(fall,))}).figures["anna"]
    head = _head(performance)
    assert head[105, 2] < 0.5
    assert head[-1, 2] > 1.55
    lying = _centres(performance)[105, 0]
    assert np.linalg.norm(_centres(performance)[-1, 0, :2] - lying[:2]) < 0.25
    steps = np.abs(np.diff(_centres(performance)[106:], axis=0)).max() * 48
    assert steps < 3.0
    low = _centres(performance)[106:, :, 2].min(1)
    assert low.min() > 0.0
    assert low.max() < 0.12


def test_joints_keep_to_what_people_can_bend() -> None:
    performance, _ = _fallen(_FAINT)
    parts = segments(body())
    heads, turns = parts.carried(performance.root, performance.pose)
    doll = build(parts, heads[14], turns[14], [floor()], (0, 0, -9.81), 0.1, 1.0, 0.0)
    for sample in range(20, 110, 10):
        qpos = qpos_of(doll, heads[sample], turns[sample])
        assert np.abs(qpos - limit(doll, qpos)).max() < 0.2


def test_the_same_fall_comes_out_the_same_to_the_bit() -> None:
    first = _fallen(_BACK)[0]
    _fallen.cache_clear()
    assert first.pose.tobytes() == _fallen(_BACK)[0].pose.tobytes()
