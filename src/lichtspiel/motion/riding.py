"""Who sits on what goes along with them: hands on the bar, feet on pedals that go round."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lichtspiel.library import canter
from lichtspiel.library.asset import Array
from lichtspiel.library.motion import HoldingPart, MotionEntry
from lichtspiel.library.people.holds import SEATED_HIP, held
from lichtspiel.motion import turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.controls import Controls, shifted
from lichtspiel.motion.feet import planted
from lichtspiel.motion.solve import solve
from lichtspiel.motion.walk import RATE_HZ

_PALM = 0.062
"""From the wrist to the middle of the palm, against body height."""
_ABOVE = 0.018
"""Of the wrist above what the palm lies on, against body height."""
_TOES_DOWN, _ANKLING = 0.22, 0.2
"""Pitch of a foot on a pedal in the middle of its round, and how much it changes on the way, radians (after
Cavanagh and Sanderson, The Biomechanics of Cycling, 1986)."""


def mounted(actor: Actor, entry: MotionEntry, controls: Controls, rounds: Array) -> Controls:
    """The same with hands and feet on what the figure sits on.

    rounds: (T,) how often the motion has gone round. What is sat on lies below the seat, or below a foot that
    stands on it, level, its front where the pelvis faces (`library.people.holds`).
    """
    if not entry.touches:
        return controls
    if entry.canters:
        stride = canter.strides(canter.gone(controls.hips), RATE_HZ)
        controls = shifted(controls, hips=canter.rise(*stride)[:, None] * np.array([0.0, 0.0, 1.0]))
    body = actor.body
    hold = entry.holds[0]
    seat = np.array(hold.of)
    yaw = controls.pelvis[:, 0]
    axes = turns.about_z(yaw)
    below = controls.hips - [0.0, 0.0, SEATED_HIP * body.height_m]
    if hold.part in ("foot_l", "foot_r"):
        standing: HoldingPart = hold.part
        if actor.person.left_handed:
            standing = "foot_r" if standing == "foot_l" else "foot_l"
        root, pose, _ = solve(body, controls)
        below, turn = held(actor.physique, standing, (0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0), root, pose)
        axes = turns.of_quaternions(turn)
    hands, grip = controls.hands.copy(), controls.grip.copy()
    ankles, feet, toes = controls.ankles.copy(), controls.feet.copy(), controls.toes.copy()
    for touch in entry.touches:
        side = "lr".index(touch.part[-1])
        angle = touch.ahead_rad - 2 * np.pi * rounds
        round_ = touch.crank_m * np.stack([0 * angle, -np.cos(angle), np.sin(angle)], -1)
        place = below + turns.turned(axes, np.array(touch.at) - seat + round_)
        if touch.part.startswith("hand"):
            along = turns.unit(controls.hand_along[:, side])
            hands[:, side] = place - body.height_m * (_PALM * along - _ABOVE * np.array([0.0, 0.0, 1.0]))
            grip[:, side] = 1.0
            continue
        pitch = _TOES_DOWN - _ANKLING * np.cos(angle) * (touch.crank_m > 0)
        course = np.concatenate([place, yaw[:, None], pitch[:, None]], 1)
        ankles[:, side], feet[:, side], toes[:, side] = planted(actor, side, course, place[:, 2] - 1.0)
    return replace(controls, hands=hands, grip=grip, ankles=ankles, feet=feet, toes=toes)
