"""What is heavier, harder, larger, faster, nearer, fuller or of metal sounds so."""

from __future__ import annotations

import pytest

from bench.pairs import Pair, pairs


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.name)
def test_a_physical_difference_is_heard(pair: Pair) -> None:
    first, second = pair.measured()
    assert pair.holds(first, second), f"{first:.4g} → {second:.4g}"
