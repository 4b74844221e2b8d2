"""Hats and helmets sit on heads as they do on people."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.library.asset import Array
from lichtspiel.library.people.figure import Garment
from lichtspiel.library.people.physique import Physique

from .test_clothes import dressed


def _part(hat: Garment, look: str) -> Array:
    """(N, 3) points of the part of a hat that has this look."""
    slot = [surface.look for surface in hat.surfaces].index(look)
    corners = np.repeat(hat.mesh.slots == slot, hat.mesh.sizes)
    return np.asarray(hat.mesh.vertices[np.unique(hat.mesh.corners[corners])])


def _worn(body: str, hat: str) -> tuple[Garment, Physique]:
    garments, physique = dressed(body, hat)
    return next(garment for garment in garments if garment.garment == hat), physique


@pytest.mark.parametrize("body", ["man", "child", "heavy", "old"])
def test_a_bicycle_helmet_is_held_by_a_strap_under_the_chin(body: str) -> None:
    helmet, physique = _worn(body, "bicycle_helmet")
    strap, shell = _part(helmet, "hat_ribbon"), _part(helmet, "glossy_plastic")
    eyes = (physique.eye("l")[0] + physique.eye("r")[0]) / 2
    crown = physique.height_m - eyes[2]
    assert strap[:, 2].max() > shell[:, 2].min(), "the strap ends below the helmet"
    assert 0.7 * crown < eyes[2] - strap[:, 2].min() < 1.3 * crown, "it goes under the chin"
    assert abs(strap[:, 0].max() + strap[:, 0].min() - 2 * eyes[0]) < 0.01, "on both sides"


def test_a_chefs_hat_is_pleated_and_widest_at_its_top() -> None:
    hat, _ = _worn("old", "chef_hat")
    puff = hat.mesh.vertices[np.unique(hat.mesh.corners)]
    low, high = puff[:, 2].min(), puff[:, 2].max()
    share = (puff[:, 2] - low) / (high - low)
    top, band = (puff[(share > a) & (share < b)] for a, b in ((0.6, 0.95), (0.0, 0.25)))
    assert np.ptp(top[:, 0]) > 1.2 * np.ptp(band[:, 0])
    ring = puff[np.abs(share - 0.5) < 0.05]
    across = ring[:, :2] - ring[:, :2].mean(0)
    bins = ((np.arctan2(across[:, 1], across[:, 0]) / (2 * np.pi) % 1) * 144).astype(int)
    out = np.bincount(bins, np.linalg.norm(across, axis=1), 144) / np.maximum(
        np.bincount(bins, minlength=144), 1
    )
    waves = np.abs(np.fft.rfft(out)) / 72
    assert waves[20:40].max() > 0.0015, "it has no pleats"


@pytest.mark.parametrize("body", ["man", "child"])
def test_a_knights_helmet_has_a_rolled_edge_wherever_it_is_open(body: str) -> None:
    helmet, physique = _worn(body, "knight_helmet")
    rim = _part(helmet, "brass")
    eyes = (physique.eye("l")[0] + physique.eye("r")[0]) / 2
    before = rim[(rim[:, 1] < eyes[1]) & (np.abs(rim[:, 0] - eyes[0]) < 0.02)]
    assert before[:, 2].max() > eyes[2] + 0.01, "no edge above the eyes"
    beside = rim[(rim[:, 1] < eyes[1]) & (rim[:, 2] < eyes[2] - 0.04) & (rim[:, 2] > eyes[2] - 0.10)]
    assert (beside[:, 0] > eyes[0]).any()
    assert (beside[:, 0] < eyes[0]).any()
    assert np.abs(beside[:, 0] - eyes[0]).min() > 0.01, "the edge runs before the mouth"
