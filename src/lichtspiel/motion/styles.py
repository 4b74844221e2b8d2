"""Styles: what a mood or an age does to timing, posture and amplitude.

Directions of the changes after recordings of emotional gait and knocking (Roether et al., 2009; Pollick
et al., 2001): sadness and fatigue are slow, small and bent; joy and anger quick and large; anger leans
forward, pride is upright.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion.anatomy import Anatomy
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.manner import Manner
from lichtspiel.screenplay import Style
from lichtspiel.stage.world import Direction

_LEAST = 0.55
"""Share of a movement's amplitude that is left where its intensity is nought."""
_SWAYS_HZ = (0.31, 0.23, 0.47)
"""Of a drunk: sideways, ahead, and of the head; posturography finds some tenths of a hertz."""


@dataclass(frozen=True)
class Bearing:
    """Factors on tempo, amplitude and step; offsets in radians; `unsteady` is the sway of a drunk.

    crouch: how much knees give way, in leg lengths. fist: how far fingers are closed at least.
    """

    tempo: float = 1.0
    gain: float = 1.0
    stoop: float = 0.0
    head: float = 0.0
    shoulders: float = 0.0
    drawn: float = 0.0
    arms_out: float = 0.0
    swing: float = 1.0
    bounce: float = 1.0
    unsteady: float = 0.0
    crouch: float = 0.0
    fist: float = 0.0


_BEARINGS = {
    Style.HAPPY: Bearing(1.14, 1.2, -0.05, -0.1, 0.06, -0.06, 0.05, swing=1.6, bounce=1.5),
    Style.TIRED: Bearing(0.7, 0.72, 0.28, 0.34, -0.12, 0.2, swing=0.45, bounce=0.7, crouch=0.02),
    Style.ANGRY: Bearing(1.25, 1.25, 0.15, 0.1, 0.2, 0.12, 0.16, 1.45, fist=0.85),
    Style.SAD: Bearing(0.72, 0.7, 0.22, 0.42, -0.1, 0.2, swing=0.35, bounce=0.7, crouch=0.01),
    Style.OLD: Bearing(0.64, 0.72, 0.5, -0.22, 0.06, 0.24, 0.1, 0.4, 0.6, crouch=0.045),
    Style.DRUNK: Bearing(0.8, 1.15, 0.08, 0.1, -0.06, arms_out=0.22, swing=1.2, unsteady=1.0, crouch=0.02),
    Style.PROUD: Bearing(0.92, 1.08, -0.14, -0.17, 0.05, -0.24, 0.12, 1.15),
    Style.CAREFUL: Bearing(0.7, 0.8, 0.12, 0.14, 0.05, 0.06, 0.1, swing=0.5, bounce=0.7, crouch=0.02),
}
_PLAIN = Bearing()


def bearing(style: Style | None, intensity: float = 1.0) -> Bearing:
    """What a style changes, as much of it as its intensity (0 to 1) says; nothing for None."""
    if style is None:
        return _PLAIN
    told = {f.name: (getattr(_PLAIN, f.name), getattr(_BEARINGS[style], f.name)) for f in fields(Bearing)}
    return Bearing(**{name: plain + intensity * (full - plain) for name, (plain, full) in told.items()})


def of(direction: Direction) -> Bearing:
    """What the style of a direction changes; a faint movement is smaller, with or without a style."""
    how = bearing(direction.style, direction.intensity)
    return replace(how, gain=how.gain * (_LEAST + (1 - _LEAST) * direction.intensity))


def styled(manner: Manner, how: Bearing) -> Manner:
    """The manner of somebody who moves with a bearing."""
    if how == _PLAIN:
        return manner
    stiff = min(1.0, max(how.shoulders, -how.drawn, 0.0) / 0.2)
    return replace(
        manner,
        stoop=manner.stoop + how.stoop,
        pace=manner.pace * how.tempo,
        contrapposto=manner.contrapposto * (1 - 0.7 * stiff),
        stance=manner.stance * (1 + 0.3 * how.unsteady),
    )


def borne(
    body: Anatomy, controls: Controls, how: Bearing, share: Array, clock: Array, stoop: float = 0.0
) -> Controls:
    """The posture of a bearing laid over whatever is done, by a share (T,) of it, at seconds (T,).

    stoop: radians by which backs bend whose manner does not yet know of the bearing.
    """
    if how == _PLAIN:
        return controls
    sway = [how.unsteady * np.sin(2 * np.pi * rate * clock + i) for i, rate in enumerate(_SWAYS_HZ)]
    free = share[:, None] * (1 - controls.grip)
    zero = np.zeros_like(share)

    def turned(pitch: Array, roll: Array) -> Array:
        return share[:, None] * np.stack([zero, pitch, roll], -1)

    arms = controls.arms.copy()
    arms[..., 1] += free * how.arms_out
    shoulders = controls.shoulders + share[:, None, None] * np.array([how.shoulders, how.drawn])
    yaw = controls.pelvis[:, 0]
    side = np.stack([np.cos(yaw), np.sin(yaw), zero], -1)
    moved = 0.022 * sway[0][:, None] * side - how.crouch * np.array([0.0, 0.0, 1.0])
    fist = share[:, None, None] * how.fist * (1 - controls.grip[..., None])
    return replace(
        controls,
        hips=controls.hips + body.leg * share[:, None] * moved,
        thorax=controls.thorax + turned(stoop + 0.07 * sway[1], 0.1 * sway[0]),
        head=controls.head + turned(0.5 * stoop + how.head + 0.12 * sway[2], 0.1 * sway[2] - 0.08 * sway[0]),
        shoulders=shoulders,
        arms=arms,
        fingers=np.maximum(controls.fingers, fist),
    )
