"""What a shot is focused on, and what of it has to be sharp."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lichtspiel.camera.action import ActionPoints
from lichtspiel.camera.follow import FOLLOWING, about_its_way
from lichtspiel.camera.lens import depth_along
from lichtspiel.camera.moves import Path, eased
from lichtspiel.camera.people import FACE_DEPTH_M, NEAR_SIZES
from lichtspiel.camera.track import Array
from lichtspiel.screenplay import CameraMove, Shot


def focused(shot: Shot, path: Path, frames: Sequence[Array], action: ActionPoints) -> Array:
    """Distance to keep sharp: the action's middle; from near to far when focus is racked."""
    middles = np.stack(
        [np.interp(np.linspace(0, 1, len(frames)), np.linspace(0, 1, len(action.times)), c)
         for c in action.path.T], 1
    )  # fmt: skip
    if action.eyes.size:
        middles = _nearest_eyes(action, path)
    depths = [
        float(depth_along(m[None], p, f[2])[0])
        for m, p, f in zip(middles, path.positions, frames, strict=True)
    ]
    if shot.move is CameraMove.RACK_FOCUS:
        all_depths = depth_along(action.everything, path.positions[0], frames[0][2])
        near, far = float(all_depths.min()), float(all_depths.max())
        return near + (far - near) * eased(np.clip(np.linspace(-0.4, 1.4, len(frames)), 0, 1))
    if shot.move is CameraMove.STATIC:
        return np.full(len(frames), float(np.median(depths)))
    return np.asarray(depths)


def kept_sharp(shot: Shot, action: ActionPoints, backward: Array) -> Array:
    """Points that depth of field must hold: faces in near shots of people, else all of the action.

    Focus goes along with a camera that follows, so it need hold no more than what is seen at once.
    """
    if not action.eyes.size or shot.size not in NEAR_SIZES:
        follows = shot.move in FOLLOWING and action.moving.size
        return about_its_way(action) if follows else action.everything
    eyes = action.eyes.reshape(-1, 3)
    return np.concatenate([eyes + FACE_DEPTH_M * backward, eyes - FACE_DEPTH_M * backward])


def _nearest_eyes(action: ActionPoints, path: Path) -> Array:
    """(N, 3) the eyes that are nearest to the camera at the shot's start, over its course."""
    nearest = int(np.argmin(np.linalg.norm(action.eyes[0] - path.positions[0], axis=1)))
    count = len(path.positions)
    eyes = action.eyes[:, nearest]
    when, times = np.linspace(0, 1, count), np.linspace(0, 1, len(eyes))
    return np.stack([np.interp(when, times, eyes[:, axis]) for axis in range(3)], 1)
