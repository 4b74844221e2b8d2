"""How people walk: joint angles over the cycle, and how pace, step and effort go with size and age.

The curves are those of adults at their natural cadence (Winter, The Biomechanics and Motor Control of Human
Gait, 1991; Perry and Burnfield, Gait Analysis, 2010), read at the percentages given, thighs
against the vertical. A cycle goes from the
strike of a heel to the next strike of the same heel.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline

from lichtspiel.library.asset import Array
from lichtspiel.library.people.person import Person
from lichtspiel.motion.anatomy import Anatomy
from lichtspiel.motion.manner import Manner
from lichtspiel.screenplay import Sex

STANCE = 0.6
"""Share of the cycle for which a foot is on the ground."""
_G = 9.81
_FROUDE = 0.43
"""Usual speed against √(g · leg): what people of all sizes choose (Alexander, 1989)."""
_STEP, _STEP_GROWTH = 1.13, 0.45
"""Step against leg = 1.13 · (speed/√(g · leg))^0.45 (after Grieve and Gear, 1966)."""
NATURAL_STEP = 0.775
"""Of the curves, against leg."""

_THIGH = (
    (0, 22), (5, 21.5), (10, 19), (15, 15), (20, 10.5), (30, 0.5), (40, -10), (50, -18.5), (54, -19),
    (60, -14), (65, -5.5), (70, 4), (75, 12), (80, 18.5), (85, 23), (90, 25), (95, 24.5), (100, 22),
)  # fmt: skip
_KNEE = (
    (0, 4), (5, 11), (10, 16.5), (15, 19), (20, 17.5), (30, 11), (40, 6), (45, 6.5), (50, 10.5), (55, 19.5),
    (60, 34), (65, 50), (70, 61.5), (73, 64), (76, 62), (80, 54), (85, 39), (90, 20), (95, 6), (98, 3),
    (100, 4),
)  # fmt: skip
_ANKLE = (
    (0, 0), (4, -3.5), (7, -5), (10, -3), (15, 1.5), (20, 4), (30, 7), (40, 9.5), (45, 9.5), (50, 5.5),
    (55, -5), (60, -17), (63, -19.5), (66, -17), (70, -9), (75, -2.5), (80, 0.5), (85, 1.5), (90, 0.5),
    (95, -0.5), (100, 0),
)  # fmt: skip


def _periodic(keys: tuple[tuple[float, float], ...]) -> CubicSpline:
    percent, degrees = np.array(keys, float).T
    return CubicSpline(percent / 100, np.radians(degrees), bc_type="periodic")


_THIGH_CURVE, _KNEE_CURVE, _ANKLE_CURVE = _periodic(_THIGH), _periodic(_KNEE), _periodic(_ANKLE)


def thigh(phase: Array) -> Array:
    """How far the thigh is ahead of upright, radians, over the cycle's phase (0 to 1, and on).

    The hip is bent by some ten degrees more, as the pelvis is tilted forward.
    """
    return np.asarray(_THIGH_CURVE(phase % 1.0))


def knee(phase: Array) -> Array:
    """Flexion of the knee."""
    return np.asarray(_KNEE_CURVE(phase % 1.0))


def ankle(phase: Array) -> Array:
    """Bend of the foot up, against a right angle to the shin."""
    return np.asarray(_ANKLE_CURVE(phase % 1.0))


def foot_pitch(phase: Array) -> Array:
    """How far the foot points down, against flat."""
    return -(thigh(phase) - knee(phase) + ankle(phase))


def foot_under_hip(phase: Array, thigh_m: float, shin_m: float, stride: float) -> tuple[Array, Array]:
    """How far the ankle is ahead of the hip and below it, metres; `stride` scales the swing of the hip."""
    upper = thigh(phase)
    middle = float(thigh(np.linspace(0, 1, 50)).mean())
    upper = middle + stride * (upper - middle)
    lower = upper - knee(phase) * np.sqrt(stride)
    return (
        thigh_m * np.sin(upper) + shin_m * np.sin(lower),
        thigh_m * np.cos(upper) + shin_m * np.cos(lower),
    )


@dataclass(frozen=True)
class Gait:
    """One person's walk at one speed."""

    speed_m_s: float
    step_m: float
    width_m: float
    """Between the ankles' tracks."""
    stride: float
    """Step against that of the curves, in leg lengths."""
    arm_swing: float
    """Radians to each side."""

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
    return Gait(froude * float(np.sqrt(_G * leg)), step, width, stride, swing)


def mass_kg(person: Person) -> float:
    """Body mass from height, build and age, by the usual body mass index of each (WHO, 2007)."""
    grown = float(np.interp(person.age_years, [1, 6, 18, 40], [17.0, 15.3, 21.5, 24.0]))
    return (grown + 6.5 * person.build + 1.5 * person.muscle) * person.height_m**2
