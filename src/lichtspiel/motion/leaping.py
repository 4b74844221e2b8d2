"""Leaps with a run-up: somebody who rolls, takes off at an edge and lands elsewhere, higher or lower.

What a score does on the spot is carried along a way; between its take-off and its landing time passes as fast
as gravity lets a body come from one place to the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.score import Score
from lichtspiel.motion import controls as control
from lichtspiel.motion.acting import Acted, Motion, Setting, perform, tempo
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.flight import air_time, speed_for
from lichtspiel.stage.world import Direction

_RISE = 0.5
"""Of the hips in the air over those at take-off, in leg lengths."""
_SLOWS_S = 1.5


@dataclass(frozen=True, eq=False)
class _Leap:
    """Times are seconds since the motion began, places (3,) on the ground."""

    leaves_s: float
    lands_s: float
    speed_m_s: float
    begin: Array
    edge: Array
    landing: Array
    end: Array
    keys: tuple[float, float]
    """Take-off and landing on the performer's clock."""

    def clock(self, since: Array, rate: float) -> Array:
        """(T,) performer's clock, at `rate` on the ground."""
        first, last = self.keys
        before = first + rate * (since - self.leaves_s)
        air = first + (last - first) * (since - self.leaves_s) / (self.lands_s - self.leaves_s)
        after = last + rate * (since - self.lands_s)
        return np.asarray(np.where(since < self.leaves_s, before, np.where(since < self.lands_s, air, after)))

    def since(self, clock: float, rate: float) -> float:
        """When the performer's clock shows a time."""
        first, last = self.keys
        if clock < first:
            return self.leaves_s + (clock - first) / rate
        if clock < last:
            return self.leaves_s + (clock - first) / (last - first) * (self.lands_s - self.leaves_s)
        return self.lands_s + (clock - last) / rate

    def place(self, since: Array) -> Array:
        """(T, 3) on the way."""
        ahead = (self.landing - self.edge) * [1.0, 1.0, 0.0]
        ahead /= max(float(np.linalg.norm(ahead)), 1e-9)
        rolled = np.minimum(since - self.leaves_s, 0.0) * self.speed_m_s
        found = self.edge + rolled[:, None] * ahead
        share = np.clip((since - self.leaves_s) / (self.lands_s - self.leaves_s), 0.0, 1.0)
        found = found + share[:, None] * (self.landing - self.edge)
        out_m = float(np.linalg.norm((self.end - self.landing)[:2]))
        later = np.maximum(since - self.lands_s, 0.0)
        lasts = float(np.clip(2 * out_m / max(self.speed_m_s, 1e-6), 1e-6, _SLOWS_S))
        slowed = np.minimum(later, lasts)
        # As fast as it landed, and slower until it stands.
        out = self.speed_m_s * (slowed - slowed**2 / (2 * lasts))
        return np.asarray(found + out[:, None] * ahead)


def is_leap(direction: Direction, motion: Motion) -> bool:
    """Whether a jump is told where it leaves the ground, where it lands and where it comes to."""
    return motion.entry.kind == "flight" and len(direction.path) == 3 and _air(motion.score) is not None


def lowest(direction: Direction, motion: Motion | None, position: Array) -> float:
    """Height of the lowest ground below a motion that begins at a position (3,)."""
    descends = motion is not None and (is_leap(direction, motion) or motion.entry.rises != 0)
    below = direction.path if descends else ()
    return float(min([position[2], *(point[2] for point in below)]))


def leap(
    actor: Actor, motion: Motion, direction: Direction, under: Controls, setting: Setting, gravity_m_s2: float
) -> Acted:
    """The motion carried over its way, which is as long as it takes from the figure's place to the take-off.

    The direction's path is where it leaves the ground, where it lands, and where it rolls out; the figure
    faces that way. Who stands where it leaves the ground jumps from there as the score has it. under,
    setting: as in `acting.perform`.
    """
    keys = _air(motion.score)
    assert keys is not None
    edge, landing, end = (np.array(point) for point in direction.path)
    rise = _RISE * actor.body.leg
    lasts = air_time(speed_for(rise, gravity_m_s2), float(landing[2] - edge[2]), gravity_m_s2)
    speed = float(np.linalg.norm((landing - edge)[:2])) / lasts
    run_up_m = float(np.linalg.norm((edge - setting.position)[:2]))
    leaves = run_up_m / speed if run_up_m > 0 else keys[0] / tempo(direction)
    way = _Leap(leaves, leaves + lasts, speed, setting.position, edge, landing, end, keys)
    rate = tempo(direction)
    since = setting.since_s
    there = replace(setting, since_s=way.clock(since, rate) / rate, begun=False)
    acted = perform(actor, motion, direction, under, there)
    offset = way.place(since) - setting.position
    moved = control.shifted(acted.controls, hips=offset, ankles=offset[:, None], hands=offset[:, None])
    flights = [replace(flight, start_s=way.leaves_s, end_s=way.lands_s) for flight in acted.flights[:1]]
    strikes = [way.since(strike * rate, rate) for strike in acted.strikes]
    return Acted(moved, acted.position + offset[-1], setting.yaw, flights, strikes)


def _air(score: Score) -> tuple[float, float] | None:
    """Take-off and landing of a score's first flight."""
    left = next((key.at for key in score.keys if key.leaves is not None), None)
    lands = [key.at for key in score.keys if key.lands and left is not None and key.at > left]
    return None if left is None or not lands else (left, lands[0])
