"""What hanging cloth covers gives way to it, and nothing else does."""

from __future__ import annotations

import numpy as np
import pytest

from bench import draped
from lichtspiel.library.people.figures import garments_of
from lichtspiel.motion.cloth.hanging import Hung, hang

GARMENT, WEARER, CLIP = "tunic", 9, "crouch"
type Worn = tuple[Hung, draped.Draped, draped.Draped]


@pytest.fixture(scope="module")
def worn() -> Worn:
    """What hangs, and what is measured with what gives way and without."""
    who, body, moves, frames = draped.performed(GARMENT, WEARER, CLIP)
    hung = hang(who, body, moves, draped._STILL_AIR, 0.0)
    (given,), (firm,) = (
        draped.measured(who, body, moves, one, frames, CLIP, WEARER)
        for one in (hung, Hung(hung.garments, {}))
    )
    return hung, given, firm


def test_no_trousers_come_through_a_tunic_in_a_deep_crouch(worn: Worn) -> None:
    _, given, firm = worn
    assert firm.deepest_m > 0.01, "without, there is something to see"
    assert given.deepest_m <= 0.005
    assert given.shown <= firm.shown


def test_no_thread_of_it_is_torn(worn: Worn) -> None:
    assert worn[1].drawn < 1.7


def test_only_what_is_covered_gives_way(worn: Worn) -> None:
    hung, _, _ = worn
    who = draped.wearing(GARMENT, WEARER)
    meshes = {garment.garment: garment.mesh.vertices for garment in garments_of(who)}
    cloth = meshes[GARMENT]
    for name, dents in hung.dents.items():
        # Six centimetres twice, and some where a fold at rest is wider than bent.
        assert np.linalg.norm(dents.ways, axis=2).max() < 0.14
        if name in meshes:
            # Nothing far below the hem of what covers it.
            assert meshes[name][dents.vertices, 2].min() > cloth[:, 2].min() - 0.03
    assert "leather_shoes" not in hung.dents


def test_nothing_gives_way_while_nobody_moves(worn: Worn) -> None:
    hung, _, _ = worn
    for dents in hung.dents.values():
        # The tunic hangs there as it was cut.
        assert np.linalg.norm(dents.ways[:3], axis=2).max() < 0.01
