"""Houses by night: any number of their windows may be lit."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.places.buildings import Front, house


def test_all_windows_of_a_house_may_be_lit_or_none() -> None:
    seen = set()
    for seed in range(60):
        pieces = house(Front(bays=1, storeys=2, look="plaster"), np.random.default_rng(seed), True)
        looks = {one.surface.look for one in pieces}
        seen.add(frozenset(looks & {"window_lit", "window_glass"}))
    assert seen == {frozenset({"window_lit"}), frozenset({"window_glass"})} | (
        {frozenset({"window_lit", "window_glass"})} & seen
    )
