"""What a film is heard on: two loudspeakers or five and a bass; where sounds go, and how loud they count.

Stereo is what an ORTF pair at the camera takes: two cardioids 17 cm apart, opened to 110°. Surround is panned
between neighbouring loudspeakers of ITU-R BS.775, which stand at 0°, ±30° and ±110° (Pulkki, Virtual sound
source positioning using vector base amplitude panning, J. Audio Eng. Soc. 45 (1997) 456), and stays in step
when it is played in stereo.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lichtspiel.sound.modes import SPEED_OF_SOUND, Array

HALF_SPACING_M, HALF_ANGLE_RAD = 0.085, np.radians(55)
CLOSEST_M = 0.3
"""Nearer than this, a microphone would stand in the sound source."""

Pickup = Callable[[Array, Array, Array], tuple[Array, Array]]
"""Camera (3,), its axes as columns (3, 3) and points (P, 3) → amplitudes against 1 m and delays, (C, P)."""


def ortf(camera: Array, turned: Array, points: Array) -> tuple[Array, Array]:
    """The pair's; left ear first."""
    right, forward = turned[:, 0], -turned[:, 2]
    gains, delays = [], []
    for side in (-1.0, 1.0):
        aim = forward * np.cos(HALF_ANGLE_RAD) + side * right * np.sin(HALF_ANGLE_RAD)
        towards = points - (camera + side * HALF_SPACING_M * right)
        distance = np.maximum(np.linalg.norm(towards, axis=1), CLOSEST_M)
        cosine = towards @ aim / distance
        gains.append((0.55 + 0.45 * cosine) / distance)
        delays.append(distance / SPEED_OF_SOUND)
    return np.array(gains), np.array(delays)


LEFT, RIGHT, CENTRE, BASS, REAR_LEFT, REAR_RIGHT = range(6)
"""Rows of surround sound, as files have them."""
_RING = ((REAR_LEFT, -110.0), (LEFT, -30.0), (CENTRE, 0.0), (RIGHT, 30.0), (REAR_RIGHT, 110.0))
"""Loudspeakers from the left round the front, with their degrees to the right."""


def panned(camera: Array, turned: Array, points: Array) -> tuple[Array, Array]:
    """Between the two loudspeakers about a sound's direction, at constant power."""
    towards = points - camera
    distance = np.maximum(np.linalg.norm(towards, axis=1), CLOSEST_M)
    flat = np.array([towards @ turned[:, 0], -towards @ turned[:, 2]])
    flat /= np.maximum(np.linalg.norm(flat, axis=0), 1e-9)
    gains = np.zeros((6, len(points)))
    for (one, first), (other, second) in zip(_RING, (*_RING[1:], _RING[0]), strict=True):
        angles = np.radians([first, second])
        share = np.linalg.solve(np.array([np.sin(angles), np.cos(angles)]), flat)
        between = (share >= -1e-9).all(axis=0)
        share = np.maximum(share, 0.0) / np.maximum(np.linalg.norm(share, axis=0), 1e-9)
        gains[[one, other]] = np.where(between, share, gains[[one, other]])
    return gains / distance, np.tile(distance / SPEED_OF_SOUND, (6, 1))


def centred(camera: Array, _turned: Array, points: Array) -> tuple[Array, Array]:
    """From the loudspeaker behind the screen, wherever the sound is."""
    distance = np.maximum(np.linalg.norm(points - camera, axis=1), CLOSEST_M)
    gains = np.zeros((6, len(points)))
    gains[CENTRE] = 1 / distance
    return gains, np.tile(distance / SPEED_OF_SOUND, (6, 1))


@dataclass(frozen=True)
class Layout:
    """Loudspeakers, and how sounds come to them."""

    weights: tuple[float, ...]
    """What each counts in loudness (ITU-R BS.1770-4, table 3); the bass does not."""
    direct: Pickup
    reflected: Pickup

    @property
    def channels(self) -> int:
        return len(self.weights)


_FIVE = (1.0, 1.0, 1.0, 0.0, 1.41, 1.41)
STEREO = Layout((1.0, 1.0), ortf, ortf)
SURROUND = Layout(_FIVE, panned, panned)
SURROUND_DIALOGUE = Layout(_FIVE, centred, panned)
"""Speech stays with the screen, whatever side of it the speaker is on; the room answers from all sides."""


def weights_of(samples: Array) -> Array:
    """What each channel of samples (C, N) counts in loudness, (C,)."""
    return np.array((STEREO if len(samples) == 2 else SURROUND).weights)
