"""Things that go from hand to hand, and who else is needed for a deed."""

from __future__ import annotations

import numpy as np

from lichtspiel import director, physics, stage
from lichtspiel.motion import rehearse
from lichtspiel.motion.rehearse import rehearsed


def test_a_book_is_given_from_hand_to_hand() -> None:
    world = stage.build(director.read("A woman gives a man a book.")[0])
    grips = sorted((g for g in world.grips if g.body.startswith("book")), key=lambda g: g.start_s)
    assert [grip.figure for grip in grips] == ["woman", "man"]
    assert grips[0].end_s == grips[1].start_s
    take = physics.perform(world, rehearsal=rehearse(world))
    book = take.positions[:, take.index(grips[0].body)]
    near = [np.linalg.norm((book - world.figure(n).position)[[0, -1], :2], axis=-1) for n in ("woman", "man")]
    assert near[0][0] < near[1][0]
    assert near[1][1] < near[0][1]
    assert book[:, 2].min() > 0.5


def test_who_queues_alone_is_given_company_in_one_line() -> None:
    world = stage.build(director.read("A woman queues.")[0])
    places = np.array([figure.position for figure in world.figures])
    assert len(places) == 4
    line = places - places.mean(0)
    across = np.linalg.svd(line[:, :2])[1]
    assert across[1] < 0.2 * across[0]


def test_who_jumps_down_stands_below_afterwards() -> None:
    world = stage.build(director.read("A woman jumps down.")[0])
    (part,) = rehearsed(world).values()
    hips = part.course.controls.hips[:, 2]
    (flight,) = part.course.flights
    assert 0.5 < hips[0] - hips[-1] < 0.7
    assert flight.end_s - flight.start_s > 0.5


def test_who_reaches_takes_what_stands_on_the_shelf() -> None:
    world = stage.build(director.read("A woman reaches for something.")[0])
    (grip,) = world.grips
    take = physics.perform(world, rehearsal=rehearse(world))
    place = take.positions[:, take.index(grip.body)]
    assert abs(place[0, 2] - 1.64) < 0.08, "on top of the shelf"
    assert place[-1, 2] < place[0, 2] - 0.15
