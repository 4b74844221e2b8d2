"""Jumps and flips: what a body does in the air is what mechanics lets it do."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from lichtspiel.library.asset import Array
from lichtspiel.library.people.physique import Physique, physique
from lichtspiel.library.people.rig import about, multiply, rest_pose, rotate
from lichtspiel.library.people.segments import segments
from lichtspiel.motion import flight as room
from lichtspiel.motion.flight import Flight, air_time, fly, speed_for
from lichtspiel.motion.rehearse import kinematic, rehearsed
from lichtspiel.motion.strip import demonstration
from lichtspiel.motion.walk import RATE_HZ
from tests.motion.people import everybody

_EARTH, _MOON = 9.81, 1.62
_UP = np.array([1.0, 0.0, 0.0, 0.0])


@cache
def _body(name: str = "man") -> Physique:
    return physique(everybody()[name])


def _tucked(body: Physique, times: Array, depth: float = 1.0) -> Array:
    """Poses that tuck after the take-off and open before the landing, the arms thrown up unevenly."""
    share = times / times[-1]
    tuck = depth * np.sin(np.pi * np.clip((share - 0.1) / 0.8, 0, 1)) ** 2
    poses = np.repeat(rest_pose(body.rig)[None], len(times), axis=0)
    for row, amount in enumerate(tuck):
        for side in "LR":
            poses[row, body.rig.index(f"upperleg01.{side}")] = about((1, 0, 0), -2.0 * amount)
            poses[row, body.rig.index(f"lowerleg01.{side}")] = about((1, 0, 0), 2.2 * amount)
        poses[row, body.rig.index("upperarm01.L")] = about((1, 0, 0), -1.8 * (1 - amount))
    return poses


def _flown(
    turns: tuple[float, float, float], end: Array = _UP, gravity: float = _EARTH, depth: float = 1.0
) -> Flight:
    body = _body()
    times = np.linspace(0, air_time(speed_for(0.5, _EARTH), 0.0, gravity), 120)
    return fly(
        body,
        times,
        _tucked(body, times, depth),
        (np.array([0.0, 0.0, 0.1]), _UP),
        (np.array([0.3, 0.5, 0.1]), end),
        (0.0, 0.0, -gravity),
        turns,
    )


def _momenta(body: Physique, flight: Flight) -> Array:
    """(T-2, 3) angular momentum about the centre of mass, measured on the poses by differences."""
    parts = segments(body)
    centres, turned = parts.posed(flight.root, flight.pose)
    whole = np.einsum("s,tsk->tk", parts.masses, centres) / parts.mass_kg
    arms = centres - whole[:, None]
    gap = flight.times[2:] - flight.times[:-2]
    speed = (arms[2:] - arms[:-2]) / gap[:, None, None]
    step = multiply(turned[2:], turned[:-2] * [1, -1, -1, -1])
    step = np.where(step[..., :1] < 0, -step, step)
    spin = 2 * np.arctan2(np.linalg.norm(step[..., 1:], axis=-1), step[..., 0])[..., None] * step[..., 1:]
    spin /= np.maximum(np.linalg.norm(step[..., 1:], axis=-1), 1e-12)[..., None] * gap[:, None, None]
    inner = rotate(turned[1:-1] * [1, -1, -1, -1], spin)
    own = rotate(turned[1:-1], np.einsum("sij,tsj->tsi", parts.inertias, inner))
    orbit = parts.masses[:, None] * np.cross(arms[1:-1], speed)
    return np.asarray((own + orbit).sum(1))


def test_the_centre_of_mass_flies_a_parabola_and_ends_where_it_is_to() -> None:
    flight = _flown((-2 * np.pi, 0.0, 0.0))
    measured = segments(_body()).centre_of_mass(flight.root, flight.pose)
    fallen = np.diff(measured, 2, axis=0) / np.diff(flight.times)[0] ** 2
    assert np.abs(fallen - [0, 0, -_EARTH]).max() < 1e-6
    assert np.allclose(flight.root[0], [0, 0, 0.1], atol=1e-9)
    assert np.allclose(flight.root[-1], [0.3, 0.5, 0.1], atol=1e-9)


@pytest.mark.parametrize("turns", [(0.0, 0.0, 0.0), (-2 * np.pi, 0.0, 0.0), (2 * np.pi, 0.0, 0.0)])
def test_angular_momentum_is_conserved_while_the_limbs_move(turns: tuple[float, float, float]) -> None:
    flight = _flown(turns)
    momenta = _momenta(_body(), flight)
    assert flight.forced_rad == 0.0
    # Of which the limbs on their own carry some 20.
    scale = max(float(np.linalg.norm(flight.momentum)), 20.0)
    assert np.abs(momenta - flight.momentum).max() < 0.03 * scale


def test_a_backflip_turns_backward_once_and_lands_upright() -> None:
    flight = _flown((-2 * np.pi, 0.0, 0.0))
    up = rotate(flight.pose[:, 0], np.array([0.0, 0.0, 1.0]))
    # Half way round the head is below, and before that it has gone to the back.
    assert up[:, 2].min() < -0.95
    assert up[: int(up[:, 2].argmin()), 1].max() > 0.9
    assert np.allclose(np.abs(flight.pose[-1, 0]), _UP, atol=1e-5)


@pytest.mark.parametrize("name", ["heavy_woman", "girl", "toddler"])
def test_every_body_finds_its_backflip(name: str) -> None:
    body = _body(name)
    times = np.linspace(0, 0.66, 33)
    start, end = about((1, 0, 0), 0.1), about((1, 0, 0), 0.5)
    poses, still = _tucked(body, times), np.zeros(3)
    flight = fly(body, times, poses, (still, start), (still, end), (0, 0, -_EARTH), (-2 * np.pi, 0, 0))
    assert flight.forced_rad == 0.0
    # Standing flips of gymnasts take 0.2 to 0.4 of mass times height squared per second.
    effort = np.linalg.norm(flight.momentum) / (segments(body).mass_kg * body.height_m**2)
    assert 0.15 < effort < 0.45


def test_a_deeper_tuck_needs_less_of_a_take_off() -> None:
    tight, loose = (_flown((-2 * np.pi, 0.0, 0.0), depth=depth).momentum for depth in (1.0, 0.4))
    assert np.linalg.norm(tight) < 0.8 * np.linalg.norm(loose)


def test_the_body_turns_fastest_where_it_is_tucked() -> None:
    flight = _flown((-2 * np.pi, 0.0, 0.0))
    up = rotate(flight.pose[:, 0], np.array([0.0, 0.0, 1.0]))
    speed = np.arccos(np.clip((up[1:] * up[:-1]).sum(1), -1, 1)) / np.diff(flight.times)
    assert speed[60] > 1.5 * speed[0]


def test_a_jump_with_half_a_twist_lands_facing_back() -> None:
    end = about((0, 0, 1), np.pi)
    flight = _flown((0.0, 0.0, np.pi), end)
    front = rotate(flight.pose[-1, 0], np.array([0.0, -1.0, 0.0]))
    assert front[1] > 0.999
    middle = rotate(flight.pose[60, 0], np.array([0.0, -1.0, 0.0]))
    assert middle[0] > 0.5, "over the left shoulder"


def test_the_same_jump_on_the_moon_is_six_times_as_long_and_high() -> None:
    earth, moon = (_flown((0.0, 0.0, 0.0), gravity=g) for g in (_EARTH, _MOON))
    ratio = _EARTH / _MOON
    assert moon.times[-1] == pytest.approx(ratio * earth.times[-1])
    rises = [np.ptp(f.centre[:, 2]) for f in (moon, earth)]
    assert rises[0] == pytest.approx(ratio * rises[1], rel=0.01)


def test_the_same_take_off_gives_the_same_flight_to_the_bit() -> None:
    first = _flown((-2 * np.pi, 0.0, 0.0))
    room._fly.cache_clear()
    again = _flown((-2 * np.pi, 0.0, 0.0))
    assert first.pose.tobytes() == again.pose.tobytes()
    assert first.root.tobytes() == again.root.tobytes()


def test_what_cannot_be_jumped_is_said() -> None:
    with pytest.raises(ValueError, match="does not rise"):
        air_time(2.0, 3.0, _EARTH)


@pytest.mark.parametrize("name", ["man", "heavy_woman", "girl", "toddler"])
def test_segments_weigh_what_the_body_does_and_balance_over_the_feet(name: str) -> None:
    body = _body(name)
    parts = segments(body)
    index = parts.mass_kg / body.height_m**2
    assert 11 < index < 30
    centre = parts.centre_of_mass(np.zeros(3), rest_pose(body.rig))
    # Between half the height and a bit above it; a child's is higher (Palmer, 1944: 0.55 to 0.59).
    assert 0.53 < centre[2] / body.height_m < 0.62
    assert abs(centre[0]) < 0.01
    feet = [s.centre[1] for s in parts.all if s.name.startswith("foot")]
    assert abs(centre[1] - feet[0]) < 0.08 * body.height_m
    assert (np.linalg.eigvalsh(parts.inertias) > 0).all()


def test_a_high_jumper_sinks_into_the_mat_and_comes_to_rest_on_it() -> None:
    world, _, _ = demonstration("high_jump", None, "stand", everybody()["man"])
    (jump,) = rehearsed(world).values()
    root, _ = kinematic(world, jump)
    lands = round(jump.course.flights[0].end_s * RATE_HZ)
    sink = root[lands:, 2]
    assert 0.05 < sink[-1] - sink.min() < 0.25, "the mat gives way and comes back"
    changes = np.linalg.norm(np.diff(root, n=2, axis=0), axis=-1) * RATE_HZ
    assert changes[lands - 2 :].max() < 3.0, "who falls on foam is not stopped as on stone"
