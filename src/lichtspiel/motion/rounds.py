"""Couples that turn as they dance and travel round the floor, in the line of dance, without letting go.

A score says what two people do in the frame that they share; the frame itself turns and goes along a circle.
Feet that stand stay where they came down and turn on their balls; they catch up with each step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import label

from lichtspiel.library.asset import Array
from lichtspiel.library.score import Couple
from lichtspiel.motion import turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import OUTWARD
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.solve import Skeleton

_SETS_OFF_S = 0.8
_TOUCH_M = 0.012
_PIVOT = 0.6
"""How far a standing foot turns along with the body, on its ball."""
_APART = 0.14
"""How far apart, in legs, two feet that stand are at least, where the dance does not have them nearer."""


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
    stands = [_stand(actor, controls, round_, clock, ground, side) for side in sides]
    aside = _beside(actor, controls.pelvis[:, 0] + turn, controls, stands)
    for side in sides:
        stand = stands[side]
        turned, _ = round_.gone(_PIVOT * clock + (1 - _PIVOT) * stand.own)
        feet[:, side, 0] += turned
        ankles[:, side] = stand.place + aside[side] - turns.turned(turns.about_z(turned), stand.arm)
    angles = {name: getattr(controls, name) + yaw for name in ("pelvis", "thorax", "head")}
    return replace(
        controls, hips=there(controls.hips), hands=hands, ankles=ankles, feet=feet, **told, **angles
    )


@dataclass(frozen=True, eq=False)
class _Stand:
    """One foot of somebody on a floor that turns beneath the couple, over time (T,)."""

    names: Array
    """(T,) numbers from 1 of the stretches in which it stands still, 0 in the air."""
    own: Array
    """(T,) the moment whose frame it stands in."""
    arm: Array
    """(T, 3) from the ankle to the ball, in the shared frame."""
    ball: Array
    """(T, 3) in the shared frame."""
    place: Array
    """(T, 3) of the ball in the world."""


def _stand(actor: Actor, controls: Controls, round_: Round, clock: Array, ground: float, side: int) -> _Stand:
    tilt = turns.euler(controls.feet[:, side])
    _, under = actor.sole.points(actor.body, side)
    arm = tilt @ under
    ball = controls.ankles[:, side] + arm
    still = np.append(np.linalg.norm(np.diff(ball[:, :2], axis=0), axis=-1) < 1e-3, True)
    names, count = label((ball[:, 2] < ground + _TOUCH_M) & still)
    own = clock.copy()
    for number in range(1, count + 1):
        stands = names == number
        # The foot that they begin on is where it was before the floor turned.
        own[stands] = clock[0] if stands[0] else clock[stands].mean()
    own = _between(own, names > 0)
    return _Stand(names, own, arm, ball, round_.carried(ball, own))


def _beside(actor: Actor, yaw: Array, controls: Controls, stands: list[_Stand]) -> Array:
    """(2, T, 3) by how much feet come down beside where the floor's turn would have them, so that legs do not
    cross: each as far out from the one that stands as the dance has it, but no farther than legs need."""
    outward = np.stack([np.cos(yaw), np.sin(yaw), np.zeros_like(yaw)], -1)
    home = controls.pelvis[:, 0]
    at_home = np.stack([np.cos(home), np.sin(home), np.zeros_like(home)], -1)
    found = np.zeros((2, len(yaw), 3))
    begins = [(int(np.argmax(s.names == n)), side, n) for side, s in enumerate(stands) for n in _numbers(s)]
    for first, side, number in sorted(begins):
        one, other = stands[side], stands[1 - side]
        here = one.names == number
        then = _last_stood(other, first)
        if then is None or first == 0:
            continue
        both = np.flatnonzero(here & (other.names == other.names[then]))
        both = both if len(both) else np.array([first])
        meant = OUTWARD[side] * ((one.ball[first] - other.ball[then]) * at_home[both]).sum(-1)
        away = one.place[first] + found[side, first] - other.place[then] - found[1 - side, then]
        lacks = np.minimum(meant, _APART * actor.body.leg) - OUTWARD[side] * (away * outward[both]).sum(-1)
        worst = int(lacks.argmax())
        found[side, here] += max(lacks[worst], 0.0) * OUTWARD[side] * outward[both[worst]]
    for side, stand in enumerate(stands):
        for axis in (0, 1):
            found[side, :, axis] = _between(found[side, :, axis], stand.names > 0)
    return found


def _last_stood(stand: _Stand, sample: int) -> int | None:
    """The last sample up to this one at which a foot stood."""
    stood = np.flatnonzero(stand.names[: sample + 1])
    return int(stood[-1]) if len(stood) else None


def _numbers(stand: _Stand) -> range:
    return range(1, int(stand.names.max(initial=0)) + 1)


def _between(values: Array, known: NDArray[np.bool_]) -> Array:
    """Values (T,) with those that are not known in line with the known ones, of which the first is one."""
    rows, known = np.arange(len(values)), known.copy()
    known[0] = True
    return np.asarray(np.interp(rows, rows[known], values[known]))
