"""Truth of motion: simulated against calculated. Run as `python bench/truth.py`; not a timed test."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.figures import Figure, at_most, between, write
from lichtspiel.library import catalogue
from lichtspiel.library.asset import Drag, Joint, Shape
from lichtspiel.library.surfaces import touch
from lichtspiel.physics import perform, simulate
from lichtspiel.stage.world import World
from lichtspiel.take import Take
from tests.physics.worlds import EARTH, body, box, floor, sphere, tilt_about_y, world

G = -EARTH[2]


def projectile() -> float:
    """Largest distance from the parabola, % of the path."""
    take = simulate(world(body("ball", sphere(0.05), (0, 0, 1), velocity=(4, 1, 5)), duration_s=2))
    t = np.arange(len(take.positions))[:, None] / take.rate_hz
    path = np.array([0, 0, 1]) + np.array([4, 1, 5]) * t - np.array([0, 0, G / 2]) * t**2
    length = np.linalg.norm(np.diff(path, axis=0), axis=1).sum()
    return float(100 * np.linalg.norm(take.positions[:, 0] - path, axis=1).max() / length)


def pendulum() -> float:
    """Error of the period, %."""
    joint = Joint("hinge", (0, 1, 0), (0, 0, 1.0))
    bob = body("bob", sphere(0.03), mass_kg=1, joint=joint, joint_offset=0.1)
    take = simulate(world(bob, duration_s=9))
    x = take.positions[:, 0, 0]
    down = np.flatnonzero((x[:-1] > 0) & (x[1:] <= 0))
    crossings = (down + x[down] / (x[down] - x[down + 1])) / take.rate_hz
    period = 2 * np.pi * np.sqrt((1 + 0.4 * 0.03**2) / G) * (1 + 0.1**2 / 16 + 11 * 0.1**4 / 3072)
    return float(100 * abs(np.diff(crossings).mean() / period - 1))


def momentum() -> float:
    """Change of momentum in a collision off the middle, % of what moved."""
    one = body("one", sphere(0.03, "steel"), mass_kg=0.9, velocity=(2, 0, 0))
    other = body("other", sphere(0.03, "rubber"), (0.2, 0.02, 0), mass_kg=0.3, velocity=(-1, 0, 0))
    take = simulate(world(one, other, gravity=(0, 0, 0)), until_s=0.5)
    after = (take.positions[-1] - take.positions[-11]) * take.rate_hz / 10
    change = np.linalg.norm(0.9 * after[0] + 0.3 * after[1] - [1.5, 0, 0])
    return float(100 * change / (0.9 * 2 + 0.3 * 1))


def restitution() -> float:
    """Largest error against the table, %, over pairs, masses and speeds; 2 mm/s count as rest."""
    worst = 0.0
    for first, second in [*(tuple(pair) for pair in _pairs()), ("lead", "steel"), ("snow", "rubber")]:
        for mass, speed in ((0.0027, 0.3), (0.1, 2.0), (7.0, 8.0)):
            ball = body("ball", sphere(0.05, first), (0, 0, 0.0501), mass_kg=mass, velocity=(0, 0, -speed))
            take = simulate(world(ball, floor(second), gravity=(0, 0, 0)), until_s=0.1)
            after = (take.positions[-1, 0, 2] - take.positions[-5, 0, 2]) * take.rate_hz / 4
            wanted = touch(first, second).restitution * speed
            worst = max(worst, max(abs(after - wanted) - 0.002, 0.0) / wanted)
    return 100 * worst


def _pairs() -> list[tuple[str, str]]:
    return [(entry.first, entry.second) for entry in catalogue.pairs().values()][:24]


def rolling() -> float:
    """Slip at the contact of a ball that rolls down a slope, % of its travel speed."""
    slope = np.radians(15)
    place = (float(np.sin(slope) * 0.05), 0.0, float(np.cos(slope) * 0.05))
    ball = body("ball", sphere(0.05, "hardwood"), place)
    take = simulate(world(ball, floor("hardwood", tilt_about_y(slope))))
    speed = np.linalg.norm(take.positions[-1, 0] - take.positions[-11, 0]) * take.rate_hz / 10
    turn = take.orientations[-11:, 0]
    angle = 2 * np.arccos(np.clip(np.abs(np.sum(turn[0] * turn[-1])), 0, 1)) * take.rate_hz / 10
    return float(100 * abs(angle * 0.05 / speed - 1))


def energy_gain() -> float:
    """Most energy ever gained between bounces, % of the start."""
    spin = (0.0, -30.0, 0.0)
    ball = body("ball", sphere(0.05, "superball"), (0, 0, 1), velocity=(2, 0, 0), angular_velocity=spin)
    take = simulate(world(ball, floor("concrete"), duration_s=4))
    velocity = np.diff(take.positions[:, 0], axis=0) * take.rate_hz
    turned = np.abs(np.sum(take.orientations[1:, 0] * take.orientations[:-1, 0], axis=1))
    rate = 2 * np.arccos(np.clip(turned, -1, 1)) * take.rate_hz
    height = (take.positions[1:, 0, 2] + take.positions[:-1, 0, 2]) / 2
    energy = 0.5 * (velocity**2).sum(1) + 0.5 * 0.4 * 0.05**2 * rate**2 + G * height
    free = energy[height > 0.06]
    return float(100 * max((free - np.minimum.accumulate(free)).max(), 0.0) / energy[0])


def fiba() -> float:
    """Rebound of a basketball from 1.80 m on hardwood in air, metres at its lower edge."""
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
    return float(take.positions[int(0.7 * take.rate_hz) :, 0, 2].max() - radius)


def sphere_drop(material: str, ground: str, mass_kg: float, radius: float, height: float) -> float:
    """Rebound in air of a ball dropped from a height of its lower edge, metres."""
    drag = Drag(np.pi * radius**2, 0.5, 4 / 3 * np.pi * radius**3)
    start = (0.0, 0.0, height + radius)
    ball = body("ball", Shape("sphere", (radius,), material), start, mass_kg=mass_kg, drag=drag)
    take = simulate(world(ball, floor(ground), duration_s=2, air_density=1.204))
    hit = int((take.impacts[0].time_s + 0.02) * take.rate_hz)
    return float(take.positions[hit:, 0, 2].max() - radius)


def stillness() -> float:
    """Largest speed of a stack of crates in a film, mm/s."""
    crates = [body(f"crate{i}", box(0.5, 0.5, 0.5), (0.02 * i, 0, 0.25 + 0.5 * i)) for i in range(5)]
    take = perform(world(*crates, floor(), duration_s=4))
    if not take.names:
        return 0.0
    moved = np.linalg.norm(np.diff(take.positions[::24], axis=0), axis=2).max()
    return float(1000 * moved * 20)


def cost(scene: World) -> tuple[float, Take]:
    """Processor seconds for one second of film."""
    begin = time.process_time()
    take = simulate(scene)
    return (time.process_time() - begin) / scene.duration_s, take


def main() -> None:
    """Measure everything and write benchmarks/truth.json."""
    crates = [body(f"crate{i}", box(0.5, 0.5, 0.5), (0.02 * i, 0, 0.25 + 0.5 * i)) for i in range(4)]
    ball = body("ball", sphere(0.1), (-3, 0, 1), velocity=(6, 0, 3), mass_kg=5)
    one, _ = cost(world(body("ball", sphere(0.1, "rubber"), (0, 0, 1)), floor(), duration_s=4))
    many, _ = cost(world(*crates, ball, floor(), duration_s=4))
    figures: dict[str, Figure] = {
        "projectile error": at_most(projectile(), 0.1, "%"),
        "pendulum period error": at_most(pendulum(), 0.5, "%"),
        "momentum error": at_most(momentum(), 0.5, "%"),
        "restitution error": at_most(restitution(), 3.0, "%"),
        "rolling slip": at_most(rolling(), 0.5, "%"),
        "energy gain": at_most(energy_gain(), 0.1, "%"),
        "FIBA rebound from 1.80 m": between(fiba(), 1.035, 1.085, "m"),
        "ITF rebound from 2.54 m": between(
            sphere_drop("tennis_felt", "concrete", 0.0577, 0.0335, 2.54), 1.35, 1.47, "m"
        ),
        "ITTF rebound from 0.305 m": between(
            sphere_drop("celluloid", "steel", 0.0027, 0.02, 0.305), 0.24, 0.26, "m"
        ),
        "FIFA rebound from 2 m": between(
            sphere_drop("inflated_leather", "steel", 0.43, 0.11, 2.0), 1.35, 1.55, "m"
        ),
        "stack at rest": at_most(stillness(), 1.0, "mm/s"),
        "one ball, s per film second": at_most(one, 1.0, "s"),
        "five bodies, s per film second": at_most(many, 1.0, "s"),
    }
    path = write("truth", figures)
    print(f"written to {path.relative_to(Path.cwd())}" if path.is_relative_to(Path.cwd()) else f"{path}")


if __name__ == "__main__":
    main()
