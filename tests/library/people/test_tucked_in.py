"""Which shirts' hems are seen."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.library.people.figures import garments_of
from lichtspiel.library.people.population import complete
from lichtspiel.screenplay import Character, Sex, Wear, Weather


def _lowest(*garments: str) -> dict[str, float]:
    """Where the garments end, metres."""
    wears = tuple(Wear(garment=garment) for garment in garments)
    character = Character(id="person", seed=3, sex=Sex.MALE, age_years=48.0, wears=wears)
    made = garments_of(complete(character, 0, 0, Weather.CLEAR))
    return {one.garment: float(np.min(one.mesh.vertices[:, 2])) for one in made}


@pytest.mark.parametrize("knitwear", ["sweater", "cardigan", "vest"])
def test_a_shirt_ends_under_the_knitwear_over_it(knitwear: str) -> None:
    ends = _lowest("trousers", "shirt", knitwear)
    assert ends["shirt"] > ends[knitwear] + 0.01


def test_a_shirt_alone_hangs_out() -> None:
    assert _lowest("trousers", "shirt")["shirt"] < _lowest("trousers", "shirt", "sweater")["shirt"] - 0.02
