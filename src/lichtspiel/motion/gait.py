"""How people walk: joint angles over the cycle, and how pace, step and effort go with size and age.

The curves are those of normal walking at five speeds (Schwartz, Rozumalski and Trost, The effect of walking
speed on the gait of typically developing children, J. Biomechanics 41, 2008), thighs against the vertical.
Speeds are Froude numbers, so that they hold for all sizes. A cycle goes from the strike of a heel to the next
strike of the same heel.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.interpolate import CubicSpline

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.people.person import Person
from lichtspiel.motion.anatomy import Anatomy
from lichtspiel.motion.manner import Manner
from lichtspiel.motion.tracks import eased
from lichtspiel.screenplay import Sex

_G = 9.81
_FROUDE = 0.43
"""Usual speed against √(g · leg): what people of all sizes choose (Alexander, 1989)."""
_STEP, _STEP_GROWTH = 1.091, 0.41
"""Step against leg = 1.091 · (speed/√(g · leg))^0.41 (form after Grieve and Gear, 1966; size as the curves
themselves have it)."""
_STANCE, _STANCE_LOSS = 0.6, 0.14
"""Share of the cycle for which a foot is on the ground at the usual speed; it shrinks as the speed grows
(after Murray et al., 1984)."""
NATURAL_STEP = 0.772
"""Of the curves at the usual speed, against leg."""


@dataclass(frozen=True, eq=False)
class Cycle:
    """Joints of a leg over the cycle at one speed, as periodic curves of the phase (0 to 1, and on)."""

    joints: CubicSpline
    """Radians of thigh, knee and ankle."""

    def thigh(self, phase: Array) -> Array:
        """How far the thigh is ahead of upright.

        The hip is bent by some twelve degrees more, as the pelvis is tilted forward.
        """
        return np.asarray(self.joints(phase % 1.0)[..., 0])

    def knee(self, phase: Array) -> Array:
        """Flexion of the knee."""
        return np.asarray(self.joints(phase % 1.0)[..., 1])

    def ankle(self, phase: Array) -> Array:
        """Bend of the foot up, against a right angle to the shin."""
        return np.asarray(self.joints(phase % 1.0)[..., 2])

    def foot_pitch(self, phase: Array) -> Array:
        """How far the foot points down, against flat."""
        thigh, knee, ankle = np.moveaxis(self.joints(phase % 1.0), -1, 0)
        return np.asarray(knee - thigh - ankle)

    def foot_under_hip(self, phase: Array, thigh_m: float, shin_m: float) -> tuple[Array, Array]:
        """How far the ankle is ahead of the hip and below it, metres."""
        upper = self.thigh(phase)
        lower = upper - self.knee(phase)
        return (
            thigh_m * np.sin(upper) + shin_m * np.sin(lower),
            thigh_m * np.cos(upper) + shin_m * np.cos(lower),
        )

    def strike_ahead(self, body: Anatomy) -> float:
        """How far ahead of the hips the ankle of a foot that strikes will be once it is flat, metres."""
        reach, _ = self.foot_under_hip(np.zeros(1), float(body.thigh.mean()), float(body.shin.mean()))
        pitch = float(self.foot_pitch(np.zeros(1))[0])
        _, back, up = body.heel.mean(0)
        return float(reach[0]) + float(back * (1 - np.cos(pitch)) + up * np.sin(pitch))

    def hip_height(self, phase: Array, body: Anatomy) -> Array:
        """Of the hips above the ground, metres: as high as the leg holds them that bears the weight."""
        total, shares = np.zeros_like(phase), np.zeros_like(phase)
        for own in (phase % 1.0, (phase + 0.5) % 1.0):
            share = bears(own)
            total += share * self._held(np.where(own > 0.75, 0.0, own), body)
            shares += share
        return np.asarray(total / shares)

    def _held(self, phase: Array, body: Anatomy) -> Array:
        _, drop = self.foot_under_hip(phase, float(body.thigh.mean()), float(body.shin.mean()))
        pitch = self.foot_pitch(phase)
        points = np.stack([body.heel.mean(0), body.ball.mean(0)])
        low = points[:, 1, None] * np.sin(pitch) + points[:, 2, None] * np.cos(pitch)
        return np.asarray(drop - low.min(0))


_BOTH = 0.04
"""Half of the share of the cycle in which the weight passes from one leg to the other."""


def bears(phase: Array) -> Array:
    """How much of the weight a leg bears, 0 to 1, over its cycle."""
    begins = ((phase + 0.5) % 1.0 - 0.5 + _BOTH) / (2 * _BOTH)
    ends = (0.5 + _BOTH - phase % 1.0) / (2 * _BOTH)
    late = phase % 1.0 > 0.75
    return np.asarray(eased(np.where(late | (phase % 1.0 < 0.25), begins, ends)))


@lru_cache(maxsize=256)
def cycle(froude: float) -> Cycle:
    """The curves at a speed; beyond the slowest and the fastest measured they stay as they are."""
    walks = sorted(catalogue.walks().values(), key=lambda walk: walk.froude)
    speeds = [walk.froude for walk in walks]
    known = np.array([[walk.thigh, walk.knee, walk.ankle] for walk in walks])
    count = known.shape[-1]
    at = np.clip(froude, speeds[0], speeds[-1])
    above = int(np.clip(np.searchsorted(speeds, at), 1, len(speeds) - 1))
    share = (at - speeds[above - 1]) / (speeds[above] - speeds[above - 1])
    degrees = (1 - share) * known[above - 1] + share * known[above]
    closed = np.radians(np.concatenate([degrees, degrees[:, :1]], axis=1))
    return Cycle(CubicSpline(np.arange(count + 1) / count, closed.T, bc_type="periodic"))


@dataclass(frozen=True)
class Gait:
    """One person's walk at one speed."""

    speed_m_s: float
    step_m: float
    width_m: float
    """Between the ankles' tracks."""
    stride: float
    """Step against that of the usual speed, in leg lengths."""
    arm_swing: float
    """Radians to each side."""
    stance: float
    """Share of the cycle for which a foot is on the ground."""
    cycle: Cycle
    """How the joints of the legs go."""

    @property
    def cycles_hz(self) -> float:
        return self.speed_m_s / (2 * self.step_m)


def gait(person: Person, body: Anatomy, manner: Manner, speed: float) -> Gait:
    """The walk of this person at `speed` times their usual speed."""
    leg = body.leg + body.ankle_height
    old = float(np.clip((person.age_years - 60) / 30, 0, 1))
    # Small children have not found their economic pace: short quick steps on a wide base (Sutherland, 1980).
    small = float(np.clip((5 - person.age_years) / 4, 0, 1))
    froude = _FROUDE * manner.pace * speed * (1 - 0.35 * old) * (1 - 0.3 * small)
    step = leg * _STEP * froude**_STEP_GROWTH * (1 - 0.1 * old) * (1 - 0.15 * small)
    width = leg * (0.1 + 0.05 * old + 0.14 * small) * (0.85 if person.sex is Sex.FEMALE else 1.0)
    stride = step / leg / NATURAL_STEP
    swing = 0.3 * stride * (1 - 0.5 * old)
    stance = float(np.clip(_STANCE - _STANCE_LOSS * (froude - _FROUDE), 0.55, 0.66))
    curves = cycle(round(froude, 3))
    return Gait(froude * float(np.sqrt(_G * leg)), step, width, stride, swing, stance, curves)


def mass_kg(person: Person) -> float:
    """Body mass from height, build and age, by the usual body mass index of each (WHO, 2007)."""
    grown = float(np.interp(person.age_years, [1, 6, 18, 40], [17.0, 15.3, 21.5, 24.0]))
    return (grown + 6.5 * person.build + 1.5 * person.muscle) * person.height_m**2
