"""Who reaches for something has it from where it lay."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import director, physics, stage
from lichtspiel.library import catalogue
from lichtspiel.library.people.holds import held
from lichtspiel.motion import rehearse


@pytest.mark.parametrize(
    ("prompt", "most_m"),
    [
        ("A woman reaches for a book on a high shelf.", 0.03),
        ("A man reaches for a mug on a shelf.", 0.03),
        ("A ten-year-old boy reaches for a book on a high shelf.", 0.03),
    ],
)
def test_the_hand_goes_to_the_thing_on_its_shelf(prompt: str, most_m: float) -> None:
    film, _ = director.read(prompt)
    world = stage.build(film)
    rehearsal = rehearse(world)
    take = physics.perform(world, rehearsal=rehearsal)
    (grip,) = world.grips
    shelf = next(body for body in world.bodies if body.prop.endswith("shelf"))
    told = next(one for one in world.figures[0].directions if one.motion == "reach")
    taken_s = told.start_s + (catalogue.motions()["reach"].takes_s or 0.0)
    assert grip.start_s == pytest.approx(taken_s)
    lay, _ = take.pose(grip.body, taken_s - 0.3)
    assert shelf.part.mesh is not None
    boards = np.unique(shelf.part.mesh.vertices[:, 2].round(3)) + shelf.position[2]
    assert np.any((boards - 0.01 < lay[2]) & (lay[2] < boards + 0.2)), "it lies on a board"
    own = rehearsal[world.figures[0].name]
    body = world.figures[0].physique
    places, _ = held(body, grip.part, grip.position, grip.orientation, own.root, own.pose)
    assert np.linalg.norm(places[round(taken_s * own.rate_hz)] - lay) < most_m
    after, _ = take.pose(grip.body, taken_s + 1.2)
    assert after[2] < lay[2] - 0.1
