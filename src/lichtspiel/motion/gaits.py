"""Ways of going on foot other than walking, as numbers: pace, contact, swing of legs and arms.

Speeds are Froude numbers v/√(g·leg), lengths shares of the leg, so that a child runs like a child. Running:
cadence and share of contact by speed after Cappellini et al. (2006, J. Neurophysiol. 95) and Novacheck
(1998, Gait Posture 7); skipping after Minetti (1998, Proc. R. Soc. B 265).
"""

from __future__ import annotations

from dataclasses import dataclass

Swing = tuple[tuple[float, float, float, float], ...]
"""Share of the swing, share of the way to the next stand, height of the ball above it, pitch in degrees."""


@dataclass(frozen=True)
class Stride:
    """One way of going. `stands` are the parts of a cycle in which the left foot is on the ground; the right
    one is `offset` of a cycle later."""

    froude: float
    stride: float
    """Way of the body in a cycle."""
    stands: tuple[tuple[float, float], ...]
    swing: Swing
    short_swing: Swing = ((0.5, 0.5, 0.1, 30),)
    """Between two stands of the same foot in one cycle."""
    offset: float = 0.5
    width: float = 0.07
    toe_out: float = 5.0
    strike: float = 0.0
    """Pitch of a foot that lands, degrees; negative on the heel."""
    push: float = 55.0
    crouch: float = 0.03
    bounce: float = 0.0
    """Amplitude of hips that never leave the ground."""
    lean: float = 6.0
    nod: float = 0.0
    pelvis: float = 8.0
    """Turn of the pelvis to each side, degrees; the thorax turns against it."""
    sway: float = 0.01
    roll: float = 3.0
    arm: float = 40.0
    """Swing of the upper arms to each side, degrees, about `arm_ahead`."""
    arm_ahead: float = -5.0
    arm_out: float = 14.0
    elbow: float = 95.0
    fist: float = 0.55
    free_foot: tuple[float, float, float] | None = None
    """Ahead, up, pitch of a right foot that stands on nothing."""
    limp: float = 0.0
    """How much the body drops onto the left leg and shuns the right one."""
    unsteady: float = 0.0
    start_s: float = 0.6


_RUN_SWING = ((0.3, 0.18, 0.42, 95), (0.55, 0.5, 0.34, 62), (0.8, 0.86, 0.15, 10), (0.93, 1.0, 0.04, -6))
_SPRINT_SWING = ((0.25, 0.12, 0.6, 110), (0.5, 0.46, 0.52, 66), (0.76, 0.84, 0.3, 22), (0.92, 1.0, 0.08, 12))
_STEP_SWING = ((0.4, 0.4, 0.08, 30), (0.75, 0.88, 0.05, -6))

STRIDES = {
    "run": Stride(1.05, 2.55, ((0.0, 0.34),), _RUN_SWING, strike=-8, push=62, lean=7),
    "sprint": Stride(
        2.05, 4.0, ((0.0, 0.25),), _SPRINT_SWING, strike=12, push=66, lean=14, arm=62, elbow=92, pelvis=11,
        fist=0.25, crouch=0.02, start_s=0.9,
    ),
    "chase": Stride(
        1.45, 3.1, ((0.0, 0.29),), _SPRINT_SWING, strike=0, push=64, lean=14, arm=50, elbow=85, fist=0.4,
    ),
    "sneak": Stride(
        0.16, 0.9, ((0.0, 0.66),), ((0.35, 0.3, 0.2, 25), (0.65, 0.75, 0.22, 10), (0.85, 0.98, 0.08, 12)),
        strike=14, push=35, crouch=0.2, bounce=0.012, lean=24, nod=-14, pelvis=3, arm=10, arm_ahead=35,
        arm_out=16, elbow=85, fist=0.2, width=0.12,
    ),
    "limp": Stride(
        0.26, 1.05, ((0.0, 0.72),), _STEP_SWING, offset=0.62, strike=-6, push=22, bounce=0.02, lean=10, nod=4,
        pelvis=4, roll=7, sway=0.05, arm=12, elbow=28, limp=1.0, width=0.1,
    ),
    "march": Stride(
        0.46, 1.5, ((0.0, 0.58),), ((0.4, 0.32, 0.34, 25), (0.7, 0.85, 0.2, 0)), strike=-4, push=34,
        bounce=0.015, lean=-2, pelvis=4, arm=44, arm_ahead=8, arm_out=8, elbow=10, fist=0.9, start_s=0.4,
    ),
    "stagger": Stride(
        0.28, 1.0, ((0.0, 0.66),), ((0.4, 0.35, 0.1, 30), (0.75, 0.9, 0.05, 0)), strike=-2, push=30,
        crouch=0.05,
        bounce=0.02, lean=8, nod=8, pelvis=7, roll=8, sway=0.07, arm=16, arm_out=28, elbow=30, fist=0.25,
        width=0.2, unsteady=1.0,
    ),
    "skip": Stride(
        0.85, 2.3, ((0.0, 0.2), (0.32, 0.5)), ((0.3, 0.15, 0.4, 55), (0.6, 0.55, 0.45, 30), (0.85, 0.92,
        0.14, 10)),
        short_swing=((0.5, 0.5, 0.16, 45),), strike=10, push=55, lean=2, pelvis=6, arm=55, elbow=35, fist=0.2,
    ),
    "hop": Stride(
        0.42, 0.62, ((0.0, 0.42),), ((0.5, 0.5, 0.2, 40),), strike=14, push=50, crouch=0.07, lean=6, pelvis=2,
        arm=8, arm_ahead=25, arm_out=40, elbow=60, fist=0.25, free_foot=(-0.28, 0.38, 70), width=0.02,
    ),
    "stairs": Stride(
        0.22, 0.66, ((0.0, 0.62),), ((0.3, 0.1, 0.26, 40), (0.62, 0.7, 0.3, 5), (0.85, 1.0, 0.1, 0)),
        strike=0,
        push=38, crouch=0.02, bounce=0.015, lean=13, nod=4, pelvis=4, arm=22, elbow=35,
    ),
    "backwards": Stride(
        -0.3, -1.0, ((0.0, 0.63),), ((0.5, 0.5, 0.08, 18),), strike=30, push=-8, bounce=0.01, lean=2,
        pelvis=4,
        arm=14, elbow=30,
    ),
    "tray": Stride(
        0.38, 1.3, ((0.0, 0.62),), _STEP_SWING, strike=-16, push=42, bounce=0.012, lean=1, pelvis=4, arm=12,
        elbow=22, fist=0.25,
    ),
    "heavy": Stride(
        0.28, 0.95, ((0.0, 0.66),), _STEP_SWING, strike=-8, push=34, crouch=0.05, bounce=0.016, lean=-5,
        pelvis=3,
        roll=5, arm=4, elbow=60, width=0.14,
    ),
    "push": Stride(
        0.22, 0.85, ((0.0, 0.68),), ((0.4, 0.4, 0.09, 40), (0.75, 0.9, 0.05, 10)), strike=12, push=55,
        crouch=0.14,
        bounce=0.008, lean=26, nod=-18, pelvis=3, arm=0, elbow=20, width=0.12,
    ),
    "pull": Stride(
        -0.18, -0.7, ((0.0, 0.68),), ((0.5, 0.5, 0.07, 15),), strike=25, push=-12, crouch=0.22, bounce=0.008,
        lean=-16, nod=10, pelvis=3, arm=0, elbow=20, width=0.13,
    ),
}  # fmt: skip
"""By the names that scores use for their gait."""
