"""Real measures of what rules and habit have fixed, and joints that things depend on."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Asset, Part
from lichtspiel.library.catalogue import Wish
from lichtspiel.library.mesh import rotation_matrix


def build(thing: str) -> Asset:
    entry = catalogue.things()[thing]
    return catalogue.build_thing(thing, Wish(entry.material), np.random.default_rng(3))


def part(asset: Asset, name: str) -> Part:
    return next(part for part in asset.parts if part.name == name)


def test_the_hoop_is_as_the_rules_want_it() -> None:
    hoop = build("basketball_hoop")
    ring = part(hoop, "rim")
    assert ring.mesh is not None
    wire = [shape for shape in ring.shapes if shape.label == "rim"]
    inside = min(np.hypot(*shape.position[:2]) - shape.size[0] for shape in wire)
    assert 0.225 <= inside <= 0.2295
    top = ring.position[2] + max(shape.position[2] + shape.size[0] for shape in wire)
    assert top == pytest.approx(3.05, abs=0.001)
    board = next(s for s in part(hoop, "backboard").shapes if s.label == "backboard")
    assert [2 * board.size[0], 2 * board.size[2]] == pytest.approx([1.8, 1.05])
    face = part(hoop, "backboard").position[1] - board.size[1]
    assert face - (hoop.spots["opening"][1] + 0.2275) == pytest.approx(0.151, abs=0.001)
    assert part(hoop, "backboard").position[2] - board.size[2] == pytest.approx(2.90)


def test_a_ball_falls_through_the_net_untouched() -> None:
    net = part(build("basketball_hoop"), "net").mesh
    assert net is not None
    assert np.hypot(net.vertices[:, 0], net.vertices[:, 1]).min() > 0.125


def test_pins_stand_twelve_inches_apart() -> None:
    spots = build("bowling_lane").spots
    pins = np.array([spots[f"pin_{k}"] for k in range(1, 11)])
    gaps = np.linalg.norm(pins[:, None] - pins[None], axis=-1)
    assert np.min(gaps[gaps > 0]) == pytest.approx(0.3048)
    assert gaps[6, 9] == pytest.approx(0.9144)
    assert pins[0, 1] - spots["release"][1] == pytest.approx(18.288 - 0.25)


def test_the_domino_and_the_brick() -> None:
    assert build("domino").size == pytest.approx((0.024, 0.0075, 0.048))
    assert build("brick").size == pytest.approx((0.24, 0.115, 0.071))


def test_steps_rise_17_and_run_29_centimetres() -> None:
    steps = [s for s in build("staircase").parts[0].shapes if s.label == "step"]
    tops = np.array([s.position[2] + s.size[2] for s in steps])
    middles = np.array([s.position[0] for s in steps])
    assert np.diff(tops) == pytest.approx(-0.17)
    assert np.diff(middles) == pytest.approx(0.29)


def test_cradle_balls_all_but_touch() -> None:
    cradle = build("newtons_cradle")
    balls = [p for p in cradle.parts if p.name.startswith("ball_")]
    assert len(balls) == 5
    radius = balls[0].shapes[0].size[0]
    gaps = np.diff([ball.position[0] for ball in balls]) - 2 * radius
    assert (gaps > 0).all()
    assert (gaps <= 1.0001e-4).all()
    assert {ball.joint.axis for ball in balls} == {(0.0, 1.0, 0.0)}


def test_a_pendulum_is_a_metre_long() -> None:
    bob = part(build("pendulum"), "bob")
    assert bob.joint.anchor == pytest.approx((0, 0, 1.0))


def test_the_spiral_is_smooth_under_a_marble() -> None:
    """A marble's lowest path meets no step at any joint, and has no gap."""
    track = build("spiral_track")
    floor = [s for s in track.parts[0].shapes if s.label == "groove"]
    floor = [s for s in floor if rotation_matrix(s.orientation)[2, 2] > 0.9]
    turn = np.array([rotation_matrix(s.orientation) for s in floor])
    centre, half = np.array([s.position for s in floor]), np.array([s.size for s in floor])

    def gap(point: Array) -> float:
        local = np.einsum("kji,kj->ki", turn, point - centre)
        return float(np.linalg.norm(local - np.clip(local, -half, half), axis=1).min())

    tops = []
    start = track.spots["start"]
    turns, radius = 2.5, 0.13
    for share in np.linspace(0.01, 0.99, 400):
        angle = -np.pi / 2 - 2 * np.pi * turns * (1 - share)
        place = [radius * np.cos(angle), radius * np.sin(angle)]
        guess = start[2] + (0.158 - start[2]) * share
        # The height at which a marble of 16 mm comes to lie in the groove here.
        low, high = guess, guess + 0.016
        for _ in range(20):
            middle = (low + high) / 2
            free = gap(np.array([*place, middle])) > 0.008
            low, high = (low, middle) if free else (middle, high)
        tops.append(high)
    steps = np.diff(tops)
    assert np.abs(steps - steps.mean()).max() < 2e-4
    assert (steps < 5e-5).all()


def test_the_track_ends_clear_of_its_base() -> None:
    track = build("spiral_track")
    end, ahead = np.array(track.spots["end"]), np.array(track.spots["end_ahead"])
    assert np.hypot(*end[:2]) > 0.2
    assert (ahead - end)[0] == pytest.approx(0.05, abs=0.001)
    assert end[2] > 0.12


def test_links_of_a_chain_hang_in_each_other() -> None:
    links = build("chain").parts
    assert [link.parent for link in links] == [None, *(f"link_{k}" for k in range(1, len(links)))]
    for one, two in itertools.pairwise(links):
        ends = [
            np.array(link.position) + rotation_matrix(link.orientation) @ [side * 0.017, 0, 0]
            for link, side in ((one, 1), (two, -1))
        ]
        assert ends[0] == pytest.approx(ends[1], abs=1e-9)


def test_the_clapper_hangs_free_inside_the_bell() -> None:
    bell = build("bell")
    clapper, casting = part(bell, "clapper"), part(bell, "bell")
    ball = clapper.shapes[0].size[0]
    lips = np.concatenate([s.vertices for s in casting.shapes if s.label == "lip" and s.vertices is not None])
    assert np.hypot(lips[:, 0], lips[:, 1]).min() > 2 * ball


def test_the_spring_carries_its_weight_at_rest() -> None:
    spring = build("spring")
    bob = part(spring, "bob")
    assert bob.mass_kg is not None
    assert bob.joint.angle * bob.joint.stiffness == pytest.approx(bob.mass_kg * 9.80665)
    top = part(spring, "arc_1")
    moving = sum(p.mass_kg or 0 for p in spring.parts if p.name != "stand")
    assert top.joint.angle * top.joint.stiffness == pytest.approx(moving * 9.80665, rel=0.01)
