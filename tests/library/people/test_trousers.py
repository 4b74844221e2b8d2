"""How trousers hang on legs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import ConvexHull

from lichtspiel.library.people.figures import garments_of
from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.population import complete
from lichtspiel.screenplay import Character, Sex, Wear, Weather

_THIGH, _KNEE, _ANKLE = 0.43, 0.27, 0.075
"""Heights against the body's."""


def _around(points: np.ndarray, level_m: float, within_m: float) -> float:
    """Centimetres around the left leg at a height."""
    near = points[(np.abs(points[:, 2] - level_m) < within_m) & (points[:, 0] > 0)]
    hull = near[ConvexHull(near[:, :2]).vertices, :2]
    return 100 * float(np.linalg.norm(hull - np.roll(hull, 1, 0), axis=1).sum())


@pytest.mark.parametrize(("garment", "knee_cm"), [("trousers", 54), ("jeans", 51), ("suit_trousers", 54)])
def test_trousers_taper(garment: str, knee_cm: float) -> None:
    """A man of medium build wears 62 to 68 cm around the thigh and less than 50 at the knee, 175 cm tall; a
    tape lies closer than a hull over the folds."""
    character = Character(
        id="person", seed=2, sex=Sex.MALE, age_years=35.0, build=0.5, wears=(Wear(garment=garment),)
    )
    who = complete(character, 0, 0, Weather.CLEAR)
    body = physique(who)
    made = next(one for one in garments_of(who) if one.garment == garment)
    points = made.mesh.vertices * 1.75 / body.height_m
    thigh, knee, ankle = (_around(points, 1.75 * level, 0.006) for level in (_THIGH, _KNEE, _ANKLE))
    assert 1.12 * knee < thigh < 72
    assert 1.05 * ankle < knee < knee_cm
