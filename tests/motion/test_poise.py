"""Who keeps still stands over the feet, whatever the body."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.motion.rehearse import rehearse
from lichtspiel.motion.strip import demonstration
from tests.motion.measures import unsupported
from tests.motion.people import everybody


@pytest.mark.parametrize("name", ["yoga_warrior", "kick", "fish"])
@pytest.mark.parametrize("who", ["thin_man", "heavy_woman", "toddler"])
def test_weight_is_over_the_feet_of_who_keeps_still(name: str, who: str) -> None:
    world, _, _ = demonstration(name, None, "stand", everybody()[who])
    (figure,) = world.figures
    beside = unsupported(figure.physique, rehearse(world)[figure.name])
    assert np.percentile(beside, 97) < 0.02
