"""Seams that are raised from cloth."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.people.figures import garments_of
from lichtspiel.library.people.population import complete
from lichtspiel.screenplay import Character, Wear, Weather

_SPECK_M = 0.05


def _extents(mesh: Mesh) -> Array:
    """(N,) how large each of the parts of a mesh is that hang together, metres."""
    ends = np.cumsum(mesh.sizes)
    ahead = np.arange(1, ends[-1] + 1)
    ahead[ends - 1] = ends - mesh.sizes
    pairs = (np.ones(ends[-1]), (mesh.corners, mesh.corners[ahead]))
    joined = sparse.csr_array(pairs, (len(mesh.vertices), len(mesh.vertices)))
    count, part = connected_components(joined, directed=False)
    points = [mesh.vertices[part == one] for one in range(count)]
    return np.array([np.ptp(one, axis=0).max() for one in points])


@pytest.mark.parametrize("garment", ["t_shirt", "sweater"])
def test_the_seams_of_sleeves_do_not_fall_apart_into_specks(garment: str) -> None:
    wears = (Wear(garment=garment),)
    who = complete(Character(id="person", seed=5, wears=wears), 0, 0, Weather.CLEAR)
    made = next(one for one in garments_of(who) if one.garment == garment)
    extents = _extents(made.mesh)
    assert extents.min() > _SPECK_M
    assert (extents < 0.5).sum() >= 2, "both sleeves are set in with a seam"
