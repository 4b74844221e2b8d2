"""Before and after a flight: the body rises into it and is caught by bending, without a jump of its speed."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import turns
from lichtspiel.motion.acting import Flying
from lichtspiel.motion.airborne import samples_of
from lichtspiel.motion.controls import Controls, shifted
from lichtspiel.motion.walk import RATE_HZ

_SHORTEST_S, _LONGEST_S = 0.12, 0.4
_DEEPEST = 0.16
"""How far legs give way beyond what a score says, in leg lengths."""
_HEAD_DOWN = -0.5
"""Cosine between trunk and upright from which who comes down stands on hands, not on feet, seat or back."""
_PEAK = 4 / 27
"""Greatest value of s (1 - s)²."""


@dataclass(frozen=True, eq=False)
class Moving:
    """The root of a body over time: place (T, 3), and turn as quaternions (T, 4)."""

    place: Array
    turned: Array

    def turn(self, first: int, second: int) -> Array:
        """Turn from one sample to another as a vector (3,) of radians."""
        a, b = self.turned[first], self.turned[second]
        w = float(a @ b)
        cross = a[0] * b[1:] - b[0] * a[1:] - np.cross(b[1:], a[1:])
        return np.asarray(2 * (cross if w >= 0 else -cross))


def caught(
    controls: Controls, flights: list[Flying], course: Moving, flown: Moving, leg_m: float
) -> Controls:
    """Controls that go into and come out of flights as fast as the body moves and turns in the air.

    course: the root as the score has it. flown: the same with its flights. leg_m: length of the legs.
    """
    count = len(course.place)
    air = [(there, f.yaw) for f in flights if (there := samples_of(f, count)) is not None]
    moved, turned = np.zeros((count, 3)), np.zeros((count, 3))
    bounds = [0, *itertools.chain.from_iterable(there for there, _ in air), count - 1]
    for number, ((first, last), yaw) in enumerate(air):
        before, after = first - bounds[2 * number], bounds[2 * number + 3] - last
        sides = [(first, -1, before // 2 if number else before)]
        sides.append((last, 1, after // 2 if number + 1 < len(air) else after))
        for moment, way, room in sides:
            if not 0 < moment < count - 1:
                continue
            inside, outside = moment - way, moment + way
            change = way * (2 * flown.place[moment] - flown.place[inside] - course.place[outside])
            if _upright(flown.turned[moment]) < _HEAD_DOWN:
                # On stretched arms there is nothing that gives way.
                change = change * [1.0, 1.0, 0.0]
            twist = flown.turn(moment, inside) + course.turn(moment, outside)
            lasts = _lasts(change * RATE_HZ, room, leg_m)
            bend = _bend(lasts)
            here = slice(moment, moment + len(bend)) if way > 0 else slice(moment - len(bend) + 1, moment + 1)
            moved[here] += way * (bend[::way] * RATE_HZ)[:, None] * change
            turned[here] -= (bend[::way] * RATE_HZ)[:, None] * _angles(twist, yaw)
    return shifted(controls, hips=moved, pelvis=turned, thorax=turned, head=turned)


def _upright(turned: Array) -> float:
    """Cosine of the angle between a body's trunk, turned (4,) from upright, and the vertical."""
    _, x, y, _ = turned
    return float(1 - 2 * (x * x + y * y))


def _angles(twist: Array, yaw: float) -> Array:
    """Yaw, pitch and roll of a small turn of one who faces a yaw."""
    local = turns.about_z(-yaw) @ twist
    return np.array([local[2], local[0], local[1]])


def _lasts(change_m_s: Array, room: int, leg_m: float) -> float:
    """Seconds in which the legs take up a change of speed, with a number of samples' time for it."""
    speed = float(np.linalg.norm(change_m_s))
    usual = float(np.clip(_DEEPEST * leg_m / max(_PEAK * speed, 1e-6), _SHORTEST_S, _LONGEST_S))
    return min(usual, room / RATE_HZ)


def _bend(lasts_s: float) -> Array:
    """(N,) seconds by which what comes with a speed goes on, from the moment at which it is stopped."""
    if lasts_s * RATE_HZ < 2:
        return np.zeros(1)
    times = np.arange(int(lasts_s * RATE_HZ) + 1) / RATE_HZ
    return np.asarray(times * (1 - times / lasts_s) ** 2)
