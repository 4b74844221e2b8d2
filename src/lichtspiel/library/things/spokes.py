"""Wire spokes of wheels."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Mesh
from lichtspiel.library.things.forms import bar


def spokes(count: int, hub: float, half: float, rim: float, lead: float, thick: float) -> list[Mesh]:
    """Crossed spokes of a wheel about the x axis at the origin, in slot 1.

    hub, rim: radii that they run between, m; half: half the hub's width, m; lead: how far round the
    hub a spoke begins before or behind its end at the rim, radians; thick: a spoke's radius, m.
    """
    made = []
    for k in range(count):
        side = half if k % 2 else -half
        end = 2 * np.pi * k / count
        begin = end + (lead if k % 4 < 2 else -lead)
        made.append(
            bar(
                (side, hub * np.cos(begin), hub * np.sin(begin)),
                (0.0, rim * np.cos(end), rim * np.sin(end)),
                thick,
                slot=1,
                segments=4,
            )
        )
    return made
