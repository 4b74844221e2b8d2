"""What cloth lies on is found where it is, also once the body has bent."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array
from lichtspiel.motion.cloth.nearest import Nearest, spread_over

_FAR_M = 0.15


def _leg(bent: float) -> Array:
    """Points a centimetre or so apart on a leg, its knee bent by an angle."""
    along, angle = (part.ravel() for part in np.mgrid[0:0.8:0.012, 0 : 2 * np.pi : 0.2])
    radius = 0.09 - 0.05 * along
    leg = np.stack([radius * np.cos(angle), radius * np.sin(angle), 0.4 - along], 1)
    turn = bent / (1 + np.exp(leg[:, 2] / 0.02))
    x, z = leg[:, 0].copy(), leg[:, 2].copy()
    leg[:, 0], leg[:, 2] = x * np.cos(turn) - z * np.sin(turn), x * np.sin(turn) + z * np.cos(turn)
    return leg


@pytest.mark.parametrize("bent", [0.0, 0.7, 1.5])
def test_it_finds_what_a_full_search_does(bent: float) -> None:
    search, leg = Nearest.of(_leg(0.0)), _leg(bent)
    rng = np.random.default_rng(2)
    cloth = leg[rng.integers(0, len(leg), 2000)] + rng.normal(0, 0.03, (2000, 3))
    found, far = search.to(search.tree(leg), leg, cloth, _FAR_M)
    best, right = cKDTree(leg).query(cloth)
    assert np.allclose(far, np.linalg.norm(cloth - leg[found], axis=1))
    assert (far - best).max() < 0.02
    assert (found == right).mean() > 0.9


def test_it_stays_with_what_moves_on() -> None:
    leg = _leg(0.0)
    search = Nearest.of(leg)
    cloth = leg[::7] * [1.2, 1.2, 1.0]
    found, _ = search.to(search.tree(leg), leg, cloth, _FAR_M)
    moved = _leg(0.1)
    _, far = search.nearer(moved, cloth, found)
    best, _ = cKDTree(moved).query(cloth)
    assert (far - best).max() < 0.01


def test_what_is_far_off_is_near_to_nothing() -> None:
    leg = _leg(0.0)
    search = Nearest.of(leg)
    _, far = search.to(search.tree(leg), leg, np.array([[2.0, 0.0, 0.0]]), _FAR_M)
    assert np.isinf(far).all()


def test_nothing_is_spread_over_nothing() -> None:
    """Who wears no more than a cape over skin has no cloth below the waist for it to lie on."""
    assert len(spread_over(np.zeros((0, 3)), 0.02)) == 0
