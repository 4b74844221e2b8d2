"""Motion against analysis."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.library.asset import Drag, Joint, Shape
from lichtspiel.library.surfaces import touch
from lichtspiel.physics import simulate
from tests.physics.worlds import body, box, floor, sphere, tilt_about_y, world

G = 9.81


def test_a_thrown_ball_follows_its_parabola() -> None:
    take = simulate(world(body("ball", sphere(0.05), (0, 0, 1), velocity=(3, 0, 4))))
    t = np.arange(len(take.positions)) / take.rate_hz
    path = np.column_stack([3 * t, 0 * t, 1 + 4 * t - G / 2 * t**2])
    assert np.abs(take.positions[:, 0] - path).max() < 1e-9


def test_a_pendulum_keeps_its_period() -> None:
    joint = Joint("hinge", (0, 1, 0), (0, 0, 1.0))
    bob = body("bob", sphere(0.03), mass_kg=1, joint=joint, joint_offset=0.1)
    take = simulate(world(bob, duration_s=7))
    x = take.positions[:, 0, 0]
    down = np.flatnonzero((x[:-1] > 0) & (x[1:] <= 0))
    crossings = (down + x[down] / (x[down] - x[down + 1])) / take.rate_hz
    period = 2 * np.pi * np.sqrt((1 + 0.4 * 0.03**2) / G) * (1 + 0.1**2 / 16)
    assert np.diff(crossings).mean() == pytest.approx(period, rel=1e-4)


def test_collisions_keep_momentum() -> None:
    one = body("one", sphere(0.03, "steel"), mass_kg=0.9, velocity=(2, 0, 0))
    other = body("other", sphere(0.03, "rubber"), (0.2, 0.02, 0), mass_kg=0.3, velocity=(-1, 0, 0))
    take = simulate(world(one, other, gravity=(0, 0, 0), duration_s=0.5))
    after = (take.positions[-1] - take.positions[-11]) * take.rate_hz / 10
    assert 0.9 * after[0] + 0.3 * after[1] == pytest.approx([1.5, 0, 0], abs=1e-6)
    assert len(take.impacts) == 1


PAIRS = [("steel", "steel"), ("inflated_rubber", "hardwood"), ("rubber", "stone"), ("lead", "steel"),
         ("glass", "wood"), ("superball", "concrete"), ("sand", "steel"), ("snow", "rubber")]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), PAIRS)
@pytest.mark.parametrize("speed", [0.3, 2.0, 8.0])
@pytest.mark.parametrize("mass", [0.0027, 7.0])
def test_restitution_is_the_table_s(first: str, second: str, speed: float, mass: float) -> None:
    ball = body("ball", sphere(0.05, first), (0, 0, 0.0501), mass_kg=mass, velocity=(0, 0, -speed))
    take = simulate(world(ball, floor(second), gravity=(0, 0, 0)), until_s=0.1)
    after = (take.positions[-1, 0, 2] - take.positions[-5, 0, 2]) * take.rate_hz / 4
    # Below e = 0.1 the last creep out of a lossy contact takes a while; 2 mm/s are still at rest.
    assert after / speed == pytest.approx(touch(first, second).restitution, rel=0.03, abs=0.006)


def test_restitution_holds_under_gravity_bounce_after_bounce() -> None:
    take = simulate(world(body("ball", sphere(0.02, "rubber"), (0, 0, 1)), floor("stone"), duration_s=2))
    speeds = [impact.normal_speed for impact in take.impacts[:4]]
    assert np.divide(speeds[1:], speeds[:-1]) == pytest.approx([0.74] * 3, rel=0.03)


def test_a_ball_rolls_down_a_ramp_without_slipping() -> None:
    slope = np.radians(15)
    up = np.array([np.sin(slope), 0, np.cos(slope)])
    place = (float(up[0] * 0.05), 0.0, float(up[2] * 0.05))
    ball = body("ball", sphere(0.05, "hardwood"), place)
    take = simulate(world(ball, floor("hardwood", tilt_about_y(slope))))
    way = float(np.linalg.norm(take.positions[-1, 0] - take.positions[0, 0]))
    lost = touch("hardwood", "hardwood").rolling_m / 0.05 * np.cos(slope)
    assert way == pytest.approx(0.5 * 5 / 7 * G * (np.sin(slope) - lost), rel=0.005)
    assert [rub.kind for rub in take.rubs] == ["roll"]


def test_a_block_slides_by_coulomb_s_law_and_stands_below_its_angle() -> None:
    for degrees, material, moves in ((30, "ice", True), (15, "wood", False)):
        slope = np.radians(degrees)
        place = (float(np.sin(slope) * 0.05), 0.0, float(np.cos(slope) * 0.05))
        turn = tilt_about_y(slope)
        block = body("block", box(0.2, 0.2, 0.1, material), place, orientation=turn)
        take = simulate(world(block, floor(material, turn)))
        way = float(np.linalg.norm(take.positions[-1, 0] - take.positions[0, 0])) if take.names else 0.0
        friction = touch(material, material).friction
        fall = 0.5 * G * (np.sin(slope) - friction * np.cos(slope)) if moves else 0.0
        assert way == pytest.approx(fall, rel=0.005, abs=5e-4)


def test_energy_never_grows() -> None:
    ball = body(
        "ball", sphere(0.05, "superball"), (0, 0, 1), velocity=(2, 0, 0), angular_velocity=(0, -30, 0)
    )
    take = simulate(world(ball, floor("concrete"), duration_s=3))
    mass, inertia = 1.0, 0.4 * 0.05**2
    velocity = np.diff(take.positions[:, 0], axis=0) * take.rate_hz
    turns = np.abs(np.sum(take.orientations[1:, 0] * take.orientations[:-1, 0], axis=1))
    spin = 2 * np.arccos(np.clip(turns, -1, 1)) * take.rate_hz
    height = (take.positions[1:, 0, 2] + take.positions[:-1, 0, 2]) / 2
    energy = 0.5 * mass * (velocity**2).sum(1) + 0.5 * inertia * spin**2 + mass * G * height
    free = height > 0.06  # in contact the floor holds some of it
    assert np.diff(np.minimum.accumulate(energy[free])).max() <= 0
    assert (energy[free] - np.minimum.accumulate(energy[free])).max() < 2e-3 * energy[0]


def test_a_cradle_passes_its_knock_to_the_last_ball() -> None:
    balls = [
        body(
            f"ball{i}",
            sphere(0.0249),
            (0.05 * i, 0, 0),
            mass_kg=0.5,
            joint=Joint("hinge", (0, 1, 0), (0, 0, 0.3)),
            joint_offset=0.5 if i == 0 else 0.0,
        )
        for i in range(5)
    ]
    take = simulate(world(*balls, duration_s=0.5))
    first = take.impacts[0]
    after = int((take.impacts[3].time_s + 0.01) * take.rate_hz)
    speeds = (take.positions[after + 1] - take.positions[after])[:, 0] * take.rate_hz
    assert speeds[4] > 0.85 * first.normal_speed
    assert np.abs(speeds[:4]).max() < 0.05 * first.normal_speed


def test_a_fiba_ball_rebounds_as_the_rules_ask() -> None:
    radius = 0.121
    ball = body(
        "ball",
        Shape("sphere", (radius,), "inflated_rubber"),
        (0, 0, 1.8 + radius),
        mass_kg=0.60,
        inertia=(0.0058,) * 3,
        drag=Drag(np.pi * radius**2, 0.47, 4 / 3 * np.pi * radius**3),
    )
    take = simulate(world(ball, floor("hardwood"), duration_s=1.4, air_density=1.204))
    after = take.positions[int(0.7 * take.rate_hz) :, 0, 2]
    assert 1.035 <= after.max() - radius <= 1.085


def test_a_hammer_and_a_feather_fall_together_only_without_air() -> None:
    hammer = body("hammer", sphere(0.03, "steel"), (0, 0, 1.5), mass_kg=0.5, drag=Drag(0.003, 0.5))
    feather = body(
        "feather",
        box(0.1, 0.02, 0.001, "feather"),
        (1, 0, 1.5),
        mass_kg=0.0005,
        drag=Drag(0.002, 1.3, 0.0, 0.8),
    )
    fall_s = []
    for air in (0.0, 1.2):
        take = simulate(world(hammer, feather, floor("wood"), duration_s=2, air_density=air))
        landed = {i.first if i.first != "place/floor" else i.second: i.time_s for i in take.impacts[::-1]}
        fall_s.append((landed["hammer"], landed.get("feather", 2.0)))
    assert fall_s[0][0] == pytest.approx(fall_s[0][1], abs=0.01)
    assert fall_s[1][1] > 1.5 * fall_s[1][0]


def test_a_coin_wobbles_faster_and_faster_until_it_lies() -> None:
    tilt = np.pi / 4 + 0.03
    coin = body(
        "coin",
        Shape("cylinder", (0.012, 0.0011), "copper"),
        (0, 0, 0.0121),
        orientation=(float(np.cos(tilt)), float(np.sin(tilt)), 0, 0),
        angular_velocity=(0, 0, 50),
    )
    take = simulate(world(coin, floor("marble"), duration_s=5))
    w, x, y, z = take.orientations[:, 0].T
    axis = np.column_stack([2 * (x * z + w * y), 2 * (y * z - w * x)])
    lean = np.hypot(*axis.T)
    turn = np.abs(np.diff(np.unwrap(np.arctan2(axis[:, 1], axis[:, 0])))) * take.rate_hz / (2 * np.pi)
    seconds = [float(np.median(turn[i : i + 60])) for i in range(480, len(turn), 240) if lean[i] > 0.05]
    assert len(seconds) >= 4
    assert np.all(np.diff(seconds) > 0)
    assert lean[-1] < 1e-3
