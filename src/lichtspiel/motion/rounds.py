"""Couples that turn as they dance and travel round the floor, in the line of dance, without letting go.

A score says what two people do in the frame that they share; the frame itself turns and goes along a circle.
Feet that stand stay where they came down and turn on their balls; they catch up with each step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import label

from lichtspiel.library.asset import Array
from lichtspiel.library.score import Couple
from lichtspiel.motion import turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.solve import Skeleton

_SETS_OFF_S = 0.8
_TOUCH_M = 0.012
_PIVOT = 0.6
"""How far a standing foot turns along with the body, on its ball."""


@dataclass(frozen=True, eq=False)
class Round:
    """Where the shared frame of a couple is, over the seconds of their dance."""

    couple: Couple
    middle: Array
    """(3,) between the two as they begin."""
    heading: float
    """Which way the one who leads faces then."""
    cycle_s: float

    def gone(self, clock: Array) -> tuple[Array, Array]:
        """Turn (T,) of the frame, radians, and place (T, 3) of its middle at times of the dance."""
        since = np.maximum(clock, 0.0)
        rounds = (since - _SETS_OFF_S * (1 - np.exp(-since / _SETS_OFF_S))) / self.cycle_s
        turn = np.radians(self.couple.turns) * rounds
        along = np.radians(self.couple.travels) * rounds
        aside = self.couple.radius_m * np.array([np.cos(self.heading), np.sin(self.heading), 0.0])
        centre = self.middle + aside
        return turn, centre - turns.turned(turns.about_z(along), np.broadcast_to(aside, (len(along), 3)))

    def carried(self, points: Array, clock: Array) -> Array:
        """Points (T, 3) of the shared frame in the world."""
        turn, place = self.gone(clock)
        return np.asarray(place + turns.turned(turns.about_z(turn), points - self.middle))


def at_home(round_: Round, found: Skeleton, clock: Array) -> Skeleton:
    """A partner that dances in the world (T), back in the shared frame."""
    turn, place = round_.gone(clock)
    back = turns.about_z(-turn)
    return Skeleton(
        {name: back @ value for name, value in found.turns.items()},
        {name: round_.middle + turns.turned(back, value - place) for name, value in found.heads.items()},
    )


def danced(actor: Actor, controls: Controls, round_: Round, clock: Array, ground: float) -> Controls:
    """What is done in the shared frame (T), done in the world."""
    turn, place = round_.gone(clock)
    frame = turns.about_z(turn)
    yaw = np.stack([turn, np.zeros_like(turn), np.zeros_like(turn)], -1)

    def there(points: Array) -> Array:
        return np.asarray(place + turns.turned(frame, points - round_.middle))

    sides = range(2)
    hands = np.stack([there(controls.hands[:, side]) for side in sides], 1)
    told = {
        name: turns.turned(frame[:, None], getattr(controls, name))
        for name in ("hand_along", "hand_thumb", "elbow_poles")
    }
    ankles, feet = controls.ankles.copy(), controls.feet.copy()
    for side in sides:
        ankles[:, side], feet[:, side, 0] = _foot(actor, controls, round_, clock, ground, side)
    angles = {name: getattr(controls, name) + yaw for name in ("pelvis", "thorax", "head")}
    return replace(
        controls, hips=there(controls.hips), hands=hands, ankles=ankles, feet=feet, **told, **angles
    )


def _foot(
    actor: Actor, controls: Controls, round_: Round, clock: Array, ground: float, side: int
) -> tuple[Array, Array]:
    """Ankle (T, 3) and yaw (T,) of a foot that stands still on a floor that turns beneath the couple."""
    tilt = turns.euler(controls.feet[:, side])
    _, under = actor.sole.points(actor.body, side)
    arm = tilt @ under
    ball = controls.ankles[:, side] + arm
    still = np.append(np.linalg.norm(np.diff(ball[:, :2], axis=0), axis=-1) < 1e-3, True)
    names, count = label((ball[:, 2] < ground + _TOUCH_M) & still)
    own = clock.copy()
    known = np.zeros(len(clock), bool)
    for number in range(1, count + 1):
        stands = names == number
        own[stands] = clock[stands].mean()
        known |= stands
    if known.any():
        own = np.interp(clock, clock[known], own[known], left=own[known][0], right=own[known][-1])
    turn, _ = round_.gone(_PIVOT * clock + (1 - _PIVOT) * own)
    place = round_.carried(ball, own)
    ankle = place - turns.turned(turns.about_z(turn), arm)
    return np.asarray(ankle), np.asarray(controls.feet[:, side, 0] + turn)
