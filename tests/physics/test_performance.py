"""What happens on a stage: standing, holding, kicking, breaking, and the record of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lichtspiel.library.asset import Drag, Joint, Shape, Tie
from lichtspiel.physics import SimulationError, perform, simulate
from lichtspiel.stage.world import Body, Breakable, Hold, Kick, Push, World
from tests.physics.worlds import body, box, floor, sphere, tilt_about_y, world


def _stack(count: int, gap: float = 0.0) -> list[Body]:
    return [
        body(f"crate{i}", box(0.5, 0.5, 0.5), (0.02 * i, 0, 0.25 + gap + (0.5 + gap) * i))
        for i in range(count)
    ]


def test_a_stack_stands_still_and_silent() -> None:
    take = simulate(world(*_stack(4), floor(), duration_s=4))
    assert not take.impacts
    assert not take.rubs
    later = take.positions[480:]
    assert len(take.names) == 0 or np.abs(later - later[0]).max() < 1e-4


def test_staged_gaps_do_not_rattle() -> None:
    take = perform(world(*_stack(3, gap=5e-4), floor(), duration_s=1))
    assert not take.impacts


def test_what_never_moves_is_left_out() -> None:
    take = simulate(world(body("ball", sphere(0.05), (0, 0, 2)), *_stack(1), floor()), until_s=0.2)
    assert take.names == ("ball",)


def test_a_held_body_stays_exactly_and_then_falls() -> None:
    ball = body("ball", sphere(0.05), (0, 0, 2))
    take = simulate(world(ball, controls=[Hold("ball", 0.5)]))
    until = int(0.5 * take.rate_hz)
    assert (take.positions[: until + 1, 0] == [0, 0, 2]).all()
    fallen = 2 - take.positions[-1, 0, 2]
    assert fallen == pytest.approx(9.81 / 2 * 0.5**2, rel=1e-3)


def test_holding_a_fixed_frame_holds_what_hangs_on_it() -> None:
    frame = body("frame", box(0.1, 0.1, 0.1), (0, 0, 1), moves=False)
    hinge = Joint("hinge", (0, 1, 0), (0, 0, 0.5))
    bob = body("frame/bob", sphere(0.05), (0, 0, 0.5), joint=hinge, parent="frame", joint_offset=0.4)
    take = simulate(world(frame, bob, controls=[Hold("frame", 0.5)]))
    until = int(0.5 * take.rate_hz)
    assert (take.positions[: until + 1, 0] == take.positions[0, 0]).all()
    assert take.positions[-1, 0, 0] != pytest.approx(take.positions[0, 0, 0], abs=0.02)


def test_a_kick_sets_velocity_and_spin() -> None:
    ball = body("ball", sphere(0.05), (0, 0, 2))
    kick = Kick("ball", 0.25, (1.0, 2.0, 3.0), (0.0, 0.0, 4.0))
    take = simulate(world(ball, gravity=(0, 0, 0), controls=[Hold("ball", 0.25), kick]))
    assert take.positions[-1, 0] - [0, 0, 2] == pytest.approx(np.array([1.0, 2.0, 3.0]) * 0.75, rel=1e-3)
    half_turn = 2 * np.arctan2(take.orientations[-1, 0, 3], take.orientations[-1, 0, 0])
    assert half_turn == pytest.approx(4.0 * 0.75, rel=1e-3)


def test_a_push_is_a_force_for_a_time() -> None:
    ball = body("ball", sphere(0.05), mass_kg=2.0)
    take = simulate(world(ball, gravity=(0, 0, 0), controls=[Push("ball", 0.2, 0.5, (4.0, 0, 0))]))
    speed = (take.positions[-1, 0, 0] - take.positions[-2, 0, 0]) * take.rate_hz
    assert speed == pytest.approx(4.0 / 2.0 * 0.3, rel=0.01)


def test_strings_hold_what_hangs_on_them() -> None:
    ball = body("ball", sphere(0.03), (0.3, 0, 1.6), mass_kg=0.2)
    string = Tie("string", "", "ball", first_point=(0, 0, 2))
    take = simulate(world(ball, ties=[string], duration_s=2))
    distance = np.linalg.norm(take.positions[:, 0] - [0, 0, 2], axis=1)
    assert distance.max() < 0.5 + 0.005
    assert take.positions[:, 0, 0].min() < -0.2


def _glass(height: float, bears: float) -> World:
    third = 0.1 / 3
    shards = [
        body(
            f"glass#{i}",
            box(0.1, 0.1, third, "glass"),
            (0, 0, height + (i - 1) * third),
            mass_kg=0.1,
        )
        for i in range(3)
    ]
    glass = body("glass", box(0.1, 0.1, 0.1, "glass"), (0, 0, height), mass_kg=0.3)
    breaks = Breakable("glass", bears, tuple(shard.name for shard in shards))
    return world(glass, *shards, floor("tile"), breakables=[breaks])


def test_a_glass_breaks_above_its_bound_and_not_below() -> None:
    fall = 0.3 * np.sqrt(2 * 9.81 * 0.35)
    whole = simulate(_glass(0.4, 2.5 * fall))
    assert not whole.breaks
    assert whole.names == ("glass",)
    broken = simulate(_glass(0.4, 0.5 * fall))
    (event,) = broken.breaks
    assert event.time_s == pytest.approx(np.sqrt(2 * 0.35 / 9.81), abs=0.005)
    assert not broken.is_present("glass", event.time_s)
    assert broken.is_present("glass#1", event.time_s)
    assert not broken.is_present("glass#1", event.time_s - 0.01)


def test_shards_take_over_the_motion_of_what_broke() -> None:
    take = simulate(_glass(1.0, 0.4))
    (event,) = take.breaks
    after = int(np.ceil(event.time_s * take.rate_hz)) + 1
    columns = [take.index(f"glass#{i}") for i in range(3)]
    start = take.positions[after, columns]
    assert np.ptp(start[:, 2]) == pytest.approx(2 * 0.1 / 3, abs=0.02)
    energy = 0.5 * 0.1 * (((take.positions[after + 1, columns] - start) * take.rate_hz) ** 2).sum()
    assert energy < 0.3 * 9.81 * 0.95
    assert take.positions[-1, columns, 2].max() < 0.9


def test_a_shard_that_has_come_off_lands_on_the_others() -> None:
    shards = [
        body(f"glass#{i}", box(0.4, 0.4, 0.05, "glass"), (0, 0, 0.1 + 0.3 * i), mass_kg=0.1) for i in range(2)
    ]
    glass = body("glass", box(0.1, 0.1, 0.05, "glass"), (0, 0, 0.1), mass_kg=0.2)
    breaks = Breakable("glass", 0.03, tuple(shard.name for shard in shards))
    take = simulate(world(glass, *shards, floor("tile"), breakables=[breaks], duration_s=1.5))
    assert take.breaks
    lower, upper = (take.positions[-1, take.index(shard.name)] for shard in shards)
    assert upper[2] > lower[2] + 0.045
    assert any({knock.first, knock.second} == {"glass#0", "glass#1"} for knock in take.impacts)


def test_an_impact_says_what_hit_what_how_hard() -> None:
    ball = body("ball", Shape("sphere", (0.05,), "rubber", label="skin"), (0, 0, 0.55), mass_kg=0.2)
    impact = simulate(world(ball, floor("stone"), duration_s=0.5)).impacts[0]
    assert impact.time_s == pytest.approx(np.sqrt(2 * 0.5 / 9.81), abs=2e-4)
    assert (impact.first, impact.second) == ("ball", "place/floor")
    assert (impact.first_material, impact.second_material) == ("rubber", "stone")
    assert impact.first_label == "skin"
    assert impact.normal == pytest.approx((0, 0, -1))
    speed = np.sqrt(2 * 9.81 * 0.5)
    assert impact.normal_speed == pytest.approx(speed, rel=0.002)
    assert impact.impulse_ns == pytest.approx(0.2 * speed * 1.74, rel=0.02)


def test_same_world_same_bytes() -> None:
    scene = world(
        *_stack(2), body("ball", sphere(0.1), (-2, 0, 1), velocity=(6, 0.1, 1)), floor(), duration_s=1
    )
    one, other = simulate(scene), simulate(scene)
    assert one.positions.tobytes() == other.positions.tobytes()
    assert one.impacts == other.impacts
    assert all(a.speed.tobytes() == b.speed.tobytes() for a, b in zip(one.rubs, other.rubs, strict=True))


def test_what_cannot_be_simulated_says_which_body() -> None:
    flat = Shape("hull", (), "wood", vertices=np.zeros((3, 3)))
    with pytest.raises(SimulationError, match="board"):
        simulate(world(body("board", flat)))
    lost = replace(body("arm", sphere(0.1)), parent="nobody")
    with pytest.raises(SimulationError, match="arm"):
        simulate(world(lost))


def test_a_driven_wheel_keeps_turning_about_its_hinge() -> None:
    wheel = body("wheel", Shape("cylinder", (0.2, 0.02), "wood"), joint=Joint("hinge", (0, 0, 1)))
    take = simulate(world(wheel, controls=[Kick("wheel", 0.1, joint_speed=5.0)]))
    angle = np.unwrap(2 * np.arctan2(take.orientations[:, 0, 3], take.orientations[:, 0, 0]))
    assert abs(angle[-1]) == pytest.approx(5.0 * 0.9, rel=1e-3)


def test_what_sleeps_wakes_when_hit() -> None:
    ball = body("ball", sphere(0.05), (-3, 0, 0.05), velocity=(2, 0, 0), mass_kg=100)
    take = simulate(world(ball, *_stack(2), floor(), duration_s=3))
    crate = take.positions[:, take.index("crate0"), 0]
    assert np.ptp(crate[:480]) < 1e-4
    assert crate[-1] - crate[0] > 0.01


def test_a_ball_starts_rolling_by_itself_on_a_slight_slope() -> None:
    slope = 0.01
    place = (0.05 * slope, 0.0, 0.05)
    take = simulate(
        world(body("ball", sphere(0.05, "steel"), place), floor("steel", tilt_about_y(slope)), duration_s=2)
    )
    assert take.positions[-1, 0, 0] > 0.5 * (5 / 7 * 9.81 * slope) * 2**2 * 0.8


def test_a_balloon_rests_under_the_ceiling() -> None:
    drag = Drag(0.07, 0.47, 0.014)
    ceiling = body("ceiling", box(2, 2, 0.1, position=(0, 0, 2.05)), moves=False)
    balloon = body("balloon", sphere(0.15, "rubber"), (0, 0, 1.2), mass_kg=0.006, drag=drag)
    take = simulate(world(balloon, ceiling, floor(), duration_s=4, air_density=1.2))
    assert take.positions[-1, 0, 2] == pytest.approx(1.85, abs=0.01)


def test_a_fast_ball_does_not_pass_a_thin_pane() -> None:
    pane = body("pane", box(0.006, 1, 1, "glass", (0, 0, 1)), moves=False)
    for start in np.linspace(-1.0, -0.9, 7):
        ball = body("ball", sphere(0.02), (float(start), 0, 1), velocity=(25, 0, 0))
        take = simulate(world(ball, pane, gravity=(0, 0, 0)), until_s=0.1)
        assert take.impacts[0].time_s == pytest.approx((-start - 0.023) / 25, abs=2e-4)
        assert take.positions[-1, 0, 0] < 0
