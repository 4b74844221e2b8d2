"""In which frames a figure moves too little while the shutter is open for its blur to be seen.

What is blurred is posed three times a frame and found by slower searches along every ray; somebody who
stands and breathes looks the same without.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array
from lichtspiel.library.people.rig import Rig, bones_posed
from lichtspiel.picture import animate
from lichtspiel.picture.people.closeness import HEAD_M, Closeness
from lichtspiel.take import Performance

_SHARP_PX = 0.6
"""Travel that is not seen as blur."""


def blurred(performance: Performance, rig: Rig, times: Array, seen: Closeness) -> NDArray[np.bool_]:
    """(count,) whether the figure is blurred in each frame; times: (2 * count,) world seconds."""
    samples = [performance.at(float(time)) for time in times]
    heads, _ = bones_posed(
        rig, np.array([root for root, _ in samples]), np.array([pose for _, pose in samples])
    )
    travel = np.linalg.norm(heads[1::2] - heads[::2], axis=-1).max(-1)
    for name in performance.garments:
        for frame, pair in enumerate(times.reshape(-1, 2).tolist()):
            opened, closed = (performance.garment_at(name, time) for time in pair)
            travel[frame] = max(travel[frame], np.linalg.norm(closed - opened, axis=-1).max())
    return np.asarray(travel * seen.px / HEAD_M > _SHARP_PX)


def key_blur(things: Iterable[Any], frames: NDArray[np.bool_]) -> None:
    """Blur objects in these frames (count,) bool alone."""
    for thing in things:
        thing.cycles.use_motion_blur = bool(frames[0])
        if frames.any() and not frames.all():
            curves = animate.curves_of(thing, "OBJECT")
            at = np.arange(len(frames)) - 0.5
            animate.key(curves, "cycles.use_motion_blur", at, frames[:, None].astype(float), "CONSTANT")
