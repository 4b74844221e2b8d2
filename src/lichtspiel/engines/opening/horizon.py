"""Finds the horizon of a picture taken out of doors.

From its upper edge down, the first straight line across the picture along which colours change, as
long as what lies above it looks like sky: smooth, and brighter or bluer than what lies below.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

Array = NDArray[np.float64]

SIDE = 128
"""Pixels of the longer side that is looked at."""
TILTS_DEG = (-4.5, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.5)
"""Cameras are held about level; steeper lines are walls and ceilings."""
LEVEL = 0.03
"""By this much per degree a change of colour must be stronger along a line that is not level."""
RIM = 0.06
"""Share of the height at each end where no horizon is looked for."""
REACH = 3
"""Pixels above and below a line whose colours are compared."""
STEP = 0.05
"""Sum of the differences of red, green and blue, 0 … 1 each, that counts as a change of colour."""
ALONG = 0.6
"""Share of the line along which colours change: trees and houses may stand before the rest."""
SMOOTH = 0.012
"""Texture of a sky: mean absolute second difference of its brightness, at most."""


@dataclass(frozen=True)
class Horizon:
    """Where sky and ground meet."""

    height: float
    """In the middle of the picture: 0 at its lower edge, 1 at its upper edge."""
    tilt_deg: float
    """How far its right end is higher than its left one."""


def horizon_of(picture: Image.Image) -> Horizon | None:
    """The horizon; None where none is plain to see, as indoors."""
    small = picture.convert("RGB")
    small.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    colours = ndimage.gaussian_filter(np.asarray(small, float) / 255.0, (0.7, 1.0, 0.0))
    found = [(line, tilt) for tilt in TILTS_DEG if (line := _first_line(_sheared(colours, tilt)))]
    if not found:
        return None
    highest = max(row for (row, _), _ in found)
    near = [one for one in found if one[0][0] >= highest - 2 * REACH] if len(found) > 1 else found
    (row, _), tilt = max(near, key=lambda one: one[0][1] - LEVEL * abs(one[1]))
    if not _is_sky(_sheared(colours, tilt), row):
        return None
    return Horizon(float(1 - row / len(colours)), tilt)


def _sheared(colours: Array, tilt_deg: float) -> Array:
    """The picture with its columns shifted so that a horizon of this tilt is level."""
    height, width = colours.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(float)
    y -= np.tan(np.radians(tilt_deg)) * (x - (width - 1) / 2)
    channels = [ndimage.map_coordinates(colours[..., c], [y, x], order=1, mode="nearest") for c in range(3)]
    return np.stack(channels, 2)


def _first_line(colours: Array) -> tuple[float, float] | None:
    """Row of the first line from above along which colours change, and by how much; None without one."""
    height = len(colours)
    sums = np.concatenate([np.zeros((1, *colours.shape[1:])), np.cumsum(colours, 0)])
    rows = np.arange(max(REACH, round(RIM * height)), height - max(REACH, round(RIM * height)))
    steps = sums[rows + REACH] - 2 * sums[rows] + sums[rows - REACH]
    changes = np.abs(steps / REACH).sum(2)
    along = (changes > STEP).mean(1)
    strength = np.quantile(changes, 1 - ALONG, axis=1)
    passed = np.flatnonzero(along >= ALONG)
    if not passed.size:
        return None
    # The change is spread over some rows: the line is where it is strongest.
    best = passed[0] + int(np.argmax(strength[passed[0] : passed[0] + 2 * REACH]))
    return float(rows[best]), float(strength[best])


def _is_sky(colours: Array, row: float) -> bool:
    edge = round(row)
    above, below = colours[: max(2, edge - REACH)], colours[edge + REACH :]
    if not len(below):
        return False
    texture = np.abs(ndimage.laplace(above.mean(2)))
    sky, ground = np.median(above.reshape(-1, 3), 0), np.median(below.reshape(-1, 3), 0)
    brighter = sky.mean() > ground.mean() + 0.05
    bluer = sky[2] - sky[0] > ground[2] - ground[0] + 0.05 and sky[2] > 0.12
    # Ceilings are smooth and bright, too, but lit by lamps.
    open_air = sky.mean() > 0.5 or sky[2] > sky[0]
    return bool((brighter or bluer) and open_air and np.median(texture) < SMOOTH)
