"""What a camera that goes along with the action shows of it, and when a still one had better."""

from __future__ import annotations

import numpy as np

from lichtspiel.camera.action import ActionPoints
from lichtspiel.camera.framing import Format, axes, project
from lichtspiel.camera.moves import Setup
from lichtspiel.camera.track import Array
from lichtspiel.screenplay import CameraMove, ShotSize

FOLLOWING = (CameraMove.TRACKING, CameraMove.PAN)
"""Moves that go along with the action, so that its whole path need not fit the picture."""
SEEN = 0.03
"""Share of the picture's height below which a viewer looks for what moves instead of at it."""
SEEN_AFAR = 0.045
"""Share of it to which a subject may shrink as it goes away, before the lens follows it."""
DISTANT = frozenset({ShotSize.FULL, ShotSize.WIDE, ShotSize.EXTREME_WIDE})
"""Sizes that are asked for to show how small something is in its surroundings."""
WAY_SHARE = 0.15
"""Share of its way that is seen around a followed subject, so that one sees where it goes."""
WAY_SIZES, WAY_OF_PEOPLE = 2.8, 1.4
"""At most so many times the subject's own size, or it would be small again; people are shown larger."""


def too_small(action: ActionPoints, size: ShotSize, setup: Setup, picture: Format) -> bool:
    """Whether a still camera that holds the whole action shows what moves too small, most of the time."""
    if size in DISTANT or not action.moving.size:
        return False
    return float(np.median(_seen(action.moving, setup, picture))) < SEEN


def first_seen(action: ActionPoints, setup: Setup, picture: Format) -> float:
    """Share of the picture's height that what moves takes up at the start; 0 where nothing moves."""
    return float(_seen(action.moving[:1], setup, picture)[0]) if action.moving.size else 0.0


def _seen(moving: Array, setup: Setup, picture: Format) -> Array:
    position = setup.centre + setup.distance_m * setup.toward_camera
    seen = project(moving.reshape(-1, 3), position, axes(setup.toward_camera), setup.focal_mm, picture)
    heights = seen[:, 1].reshape(moving.shape[:2])
    return np.asarray(np.ptp(np.nan_to_num(heights), axis=1) / 2)


def about_its_way(action: ActionPoints) -> Array:
    """The subject as a following camera sees it, (N, 3): its size, and some of the way it goes."""
    path = action.path
    around = (action.moving - path[:, None]).reshape(-1, 3)
    size = float(np.linalg.norm(np.ptp(action.moving, axis=1), axis=1).mean()) / np.sqrt(3)
    way = path - path.mean(0)
    reach = float(np.ptp(way, axis=0).max())
    sizes = WAY_OF_PEOPLE if action.eyes.size else WAY_SIZES
    share = min(WAY_SHARE, sizes * size / reach) if reach > 0 else 0.0
    return np.asarray(np.concatenate([around, share * way]) + path[0])
