"""Who rolls over the edge of a flight of stairs flies as gravity has it and lands below."""

from __future__ import annotations

from functools import cache

import numpy as np

from lichtspiel import stage
from lichtspiel.library.people.segments import segments
from lichtspiel.motion.rehearse import Rehearsed, rehearse, rehearsed
from lichtspiel.screenplay import Action, Beat, Character, Prop, Screenplay, Setting, Shot
from lichtspiel.stage.world import World
from lichtspiel.take import Performance


@cache
def _jumped() -> tuple[World, Performance, Rehearsed]:
    world = stage.build(
        Screenplay(
            title="ollie",
            duration_s=3.0,
            setting=Setting(place="street"),
            cast=(Character(id="anna"),),
            props=(Prop(id="staircase", thing="staircase"),),
            beats=(Beat(subject="anna", action=Action.PERFORM, motion="ollie", target="staircase"),),
            shots=(Shot(),),
        )
    )
    return world, rehearse(world)["anna"], rehearsed(world)["anna"]


def test_she_comes_from_the_top_of_the_stairs_to_their_foot() -> None:
    world, performance, _ = _jumped()
    stairs = next(body for body in world.bodies if body.name == "staircase")
    assert stairs.part.mesh is not None
    high = float(stairs.part.mesh.vertices[:, 2].max())
    fallen = performance.root[0, 2] - performance.root[-1, 2]
    assert 0.7 * high < fallen < 1.2 * high
    assert np.ptp(performance.root[:, :2], axis=0).max() > 3.5


def test_in_the_air_she_flies_a_parabola_at_the_speed_she_rolled_with() -> None:
    _, performance, part = _jumped()
    (flight,) = part.course.flights
    first, last = round(flight.start_s * 48), round(flight.end_s * 48)
    assert 0.7 < (last - first) / 48 < 1.2
    body = segments(part.figure.physique)
    centre = body.centre_of_mass(performance.root, performance.pose)
    drop = np.diff(centre[first : last + 1, 2], 2) * 48**2
    assert np.abs(drop + 9.81).max() < 0.2
    air = np.diff(centre[first : last + 1], axis=0)[:, :2].mean(0) * 48
    rolled = np.diff(centre[: first - 2], axis=0)[:, :2].mean(0) * 48
    assert np.linalg.norm(air - rolled) < 0.25 * np.linalg.norm(air)


def test_she_rolls_on_below_and_comes_to_rest() -> None:
    _, performance, part = _jumped()
    last = round(part.course.flights[0].end_s * 48)
    speed = np.linalg.norm(np.diff(performance.root[last:, :2], axis=0), axis=-1) * 48
    assert speed[2:12].mean() > 2.0
    assert speed[-1] < speed[2] - 1.0
