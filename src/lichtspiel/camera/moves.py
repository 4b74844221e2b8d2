"""Camera moves: paths of position, aim and focal length over a shot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import gaussian_filter1d

from lichtspiel.camera.framing import UP, direction
from lichtspiel.camera.track import TRACK_RATE_HZ, Array
from lichtspiel.screenplay import CameraMove

ZOOM_LIMITS = (0.7, 5.0)
"""How much wider and longer than at the start the lens of a panning camera may become."""


@dataclass(frozen=True, eq=False)
class Setup:
    """Where the camera would stand if it did not move, and what it follows.

    followed: (N, 3) middle of the action at every sample of the track.
    """

    centre: Array
    facing: Array
    azimuth_rad: float
    elevation_rad: float
    distance_m: float
    focal_mm: float
    followed: Array
    progress: Array
    """(N,) from 0 to 1 over the shot."""
    slack: float = 1.0
    """How many times farther than at the start the subject may go before a panning camera zooms."""

    @property
    def toward_camera(self) -> Array:
        return direction(self.facing, self.azimuth_rad, self.elevation_rad)


@dataclass(frozen=True, eq=False)
class Path:
    """positions and aims: (N, 3); focal_mm: (N,)."""

    positions: Array
    aims: Array
    focal_mm: Array


def pitched(path: Path, by_rad: Array | float) -> Path:
    """The path, looking up by so much, at every sample or as a whole; its aims stay as far away.

    It must not look straight down.
    """
    gaze = path.aims - path.positions
    level = np.hypot(gaze[:, 0], gaze[:, 1])
    pitches = np.arctan2(gaze[:, 2], level) + by_rad
    ahead = np.column_stack([gaze[:, :2] / level[:, None] * np.cos(pitches)[:, None], np.sin(pitches)])
    return replace(path, aims=path.positions + np.linalg.norm(gaze, axis=1)[:, None] * ahead)


def move(kind: CameraMove, setup: Setup, rng: np.random.Generator) -> Path:
    """The path of a camera move from its set-up."""
    if kind is CameraMove.HANDHELD:
        return _handheld(setup, rng)
    return _MOVES[kind](setup)


def eased(progress: Array) -> Array:
    """Slow start and slow end: 3p² - 2p³."""
    return np.asarray(progress**2 * (3 - 2 * progress))


def smoothed(path: Array, seconds: float = 0.3) -> Array:
    """What an operator follows of a jumpy path (N, 3), which began before the shot and goes on after it."""
    sigma = seconds * TRACK_RATE_HZ
    beyond = min(round(4 * sigma), len(path) - 1)
    longer = np.pad(path, ((beyond, beyond), (0, 0)), "reflect", reflect_type="odd")
    return np.asarray(gaussian_filter1d(longer, sigma, axis=0, mode="nearest")[beyond : beyond + len(path)])


def _still(setup: Setup) -> Path:
    count = len(setup.progress)
    position = setup.centre + setup.distance_m * setup.toward_camera
    return Path(
        np.tile(position, (count, 1)), np.tile(setup.centre, (count, 1)), np.full(count, setup.focal_mm)
    )


def _along_axis(setup: Setup, start: float, end: float) -> Path:
    base = _still(setup)
    share = (start + (end - start) * eased(setup.progress))[:, None]
    return replace(base, positions=setup.centre + share * setup.distance_m * setup.toward_camera)


def _dolly_in(setup: Setup) -> Path:
    return _along_axis(setup, 1.55, 1.0)


def _dolly_out(setup: Setup) -> Path:
    return _along_axis(setup, 1.0, 1.6)


def _zoom(setup: Setup, start: float, end: float) -> Path:
    base = _still(setup)
    # A zoom is even when its logarithm is.
    factors = start * (end / start) ** eased(setup.progress)
    return replace(base, focal_mm=setup.focal_mm * factors)


def _zoom_in(setup: Setup) -> Path:
    return _zoom(setup, 0.62, 1.0)


def _zoom_out(setup: Setup) -> Path:
    return _zoom(setup, 1.0, 0.6)


def _pan(setup: Setup) -> Path:
    """Follows the action from where it stands, and zooms after it; turns across a still subject."""
    base = _still(setup)
    aims = smoothed(setup.followed)
    if np.ptp(aims, axis=0).max() < 0.05 * setup.distance_m:
        right = np.cross(UP, setup.toward_camera)
        sweep = 0.16 * (1 - eased(setup.progress))[:, None]
        aims = setup.centre - sweep * setup.distance_m * right / np.linalg.norm(right)
    else:
        # An operator who pans follows the height more calmly than the way.
        aims = np.column_stack([aims[:, :2], smoothed(setup.followed, 0.7)[:, 2]])
    away = np.linalg.norm(aims - base.positions, axis=1) / setup.distance_m
    away = smoothed(away[:, None], 0.5)[:, 0]
    zoomed = np.where(away < 1.0, away, np.maximum(1.0, away / setup.slack)).clip(*ZOOM_LIMITS)
    return replace(base, aims=aims, focal_mm=setup.focal_mm * zoomed)


def _tilt(setup: Setup) -> Path:
    """Follows the action up and down; rises onto a still subject."""
    base = _still(setup)
    heights = smoothed(setup.followed)[:, 2]
    if np.ptp(heights) < 0.05 * setup.distance_m:
        heights = setup.centre[2] - 0.22 * setup.distance_m * (1 - eased(setup.progress))
    return replace(base, aims=np.column_stack([base.aims[:, :2], heights]))


def _truck(setup: Setup) -> Path:
    base = _still(setup)
    right = np.cross(UP, setup.toward_camera)
    shift = ((eased(setup.progress) - 0.5) * 0.5 * setup.distance_m)[:, None] * right
    return replace(base, positions=base.positions + shift, aims=base.aims + 0.25 * shift)


def _orbit(setup: Setup) -> Path:
    base = _still(setup)
    turns = setup.azimuth_rad + np.radians(50.0) * (setup.progress - 0.5)
    around = np.stack([direction(setup.facing, float(a), setup.elevation_rad) for a in turns])
    return replace(base, positions=setup.centre + setup.distance_m * around)


def _crane(setup: Setup, start: float, end: float) -> Path:
    base = _still(setup)
    rise = (start + (end - start) * eased(setup.progress)) * setup.distance_m
    return replace(base, positions=base.positions + rise[:, None] * UP)


def _crane_up(setup: Setup) -> Path:
    return _crane(setup, 0.0, 0.7)


def _crane_down(setup: Setup) -> Path:
    return _crane(setup, 0.7, 0.0)


def _tracking(setup: Setup) -> Path:
    """Goes along with the action at a constant offset."""
    base = _still(setup)
    aims = smoothed(setup.followed, 0.2)
    return replace(base, positions=aims + setup.distance_m * setup.toward_camera, aims=aims)


def _handheld(setup: Setup, rng: np.random.Generator) -> Path:
    """A person's sway: slow drift of the body and small fast tremor of the hands."""
    base = _still(setup)
    seconds = np.arange(len(setup.progress)) / TRACK_RATE_HZ

    def sway(scale: float) -> Array:
        rates = np.array([0.23, 0.41, 0.9, 1.7, 3.1])
        weights = scale * np.array([1.0, 0.7, 0.3, 0.12, 0.05])
        phases = rng.uniform(0, 2 * np.pi, (3, len(rates)))
        waves = np.sin(2 * np.pi * rates * seconds[:, None, None] + phases)
        return np.asarray(waves @ weights)

    follow = 0.35 * (smoothed(setup.followed, 0.4) - setup.centre)
    return replace(
        base,
        positions=base.positions + sway(0.012 * setup.distance_m),
        aims=base.aims + follow + sway(0.012 * setup.distance_m),
    )


_MOVES: Mapping[CameraMove, Callable[[Setup], Path]] = {
    CameraMove.STATIC: _still,
    CameraMove.RACK_FOCUS: _still,
    CameraMove.PAN: _pan,
    CameraMove.TILT: _tilt,
    CameraMove.DOLLY_IN: _dolly_in,
    CameraMove.DOLLY_OUT: _dolly_out,
    CameraMove.TRUCK: _truck,
    CameraMove.ORBIT: _orbit,
    CameraMove.CRANE_UP: _crane_up,
    CameraMove.CRANE_DOWN: _crane_down,
    CameraMove.TRACKING: _tracking,
    CameraMove.ZOOM_IN: _zoom_in,
    CameraMove.ZOOM_OUT: _zoom_out,
}
