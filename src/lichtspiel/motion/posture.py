"""Postures: how a body stands, sits and lies when nothing else is asked of it.

Each function returns one sample of controls in the figure's own frame: origin on the ground under the
hips, face to -y.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.holds import SEATED_BACK, SEATED_HIP
from lichtspiel.motion import turns
from lichtspiel.motion.anatomy import OUTWARD, Anatomy
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.manner import Manner
from lichtspiel.motion.soles import Sole

_STRETCHED = 0.999
"""Of a leg that is stood on: a knee bent by five degrees."""


def neutral(body: Anatomy) -> Controls:
    """The anatomical position on bare feet."""
    zero3, pair, pair3 = np.zeros((1, 3)), np.zeros((1, 2)), np.zeros((1, 2, 3))
    hips = np.array([[0.0, 0.0, body.ankle_height + body.leg * _STRETCHED]])
    ankles = np.stack([OUTWARD * body.hip[0, 0], np.zeros(2), np.full(2, body.ankle_height)], -1)[None]
    return Controls(
        hips=hips, pelvis=zero3, thorax=zero3, head=zero3, look=zero3,
        shoulders=np.zeros((1, 2, 2)), arms=pair3, elbows=pair, palms=pair, wrists=np.zeros((1, 2, 2)),
        fingers=np.zeros((1, 2, 5)), hands=pair3,
        hand_along=pair3 + [0.0, 0.0, -1.0], hand_thumb=pair3 + [0.0, -1.0, 0.0],
        elbow_poles=pair3 + [0.0, 1.0, 0.0], grip=pair,
        ankles=ankles, feet=pair3, toes=pair, knees=pair,
    )  # fmt: skip


def stand(body: Anatomy, manner: Manner, sole: Sole) -> Controls:
    """At ease, most of the weight on one leg."""
    start = neutral(body)
    side = manner.weight_side
    weight = OUTWARD[side]
    ease = manner.contrapposto
    foot = float(body.heel[0, 1] - body.toe[0, 1])
    half = manner.stance * 0.36 * foot
    ahead = np.zeros(2)
    ahead[1 - side] = -foot * manner.step_ahead
    out = OUTWARD * np.array(manner.toe_out) * np.where(np.arange(2) == side, 0.8, 1.25)
    feet, toes, lift = sole.flat(body)
    feet = feet[None] + np.stack([out, np.zeros(2), np.zeros(2)], -1)[None]
    ankles = np.stack([OUTWARD * half, 0.25 * foot + ahead, np.full(2, lift)], -1)[None]
    pelvis = np.array([[0.05 * weight * ease, 0.0, -0.075 * weight * ease]])
    # The trunk leans back over the leg that bears it and the shoulders tilt against the hips.
    thorax = np.array([[-0.03 * weight * ease, manner.stoop, 0.04 * weight * ease]])
    shift = np.array([weight * (half * 0.15 + 0.3 * half * ease), 0.25 * foot + 0.4 * ahead.sum(), 0.0])
    hips = shift + [0.0, 0.0, _standing(body, shift, ankles[0], pelvis[0])]
    lifted = body.arm_room + 0.03
    arms = np.stack([np.full(2, manner.arm_swing) + thorax[0, 1], lifted, np.full(2, 0.25)], -1)
    return replace(
        start,
        hips=hips[None],
        pelvis=pelvis,
        thorax=thorax,
        head=np.array([[0.0, 0.02 + 0.1 * manner.stoop, 0.02 * weight * ease]]),
        shoulders=np.full((1, 2, 2), [-0.1, 0.06 + 0.3 * manner.stoop]),
        arms=arms[None],
        elbows=np.array([manner.elbow]),
        palms=np.full((1, 2), manner.palm),
        wrists=np.full((1, 2, 2), [0.08, 0.0]),
        fingers=np.full((1, 2, 5), manner.curl),
        ankles=ankles,
        feet=feet,
        toes=toes[None],
        knees=np.array([np.abs(out) * 0.8]),
    )


def on_feet_of(body: Anatomy, standing: Controls, other: Controls) -> Controls:
    """Standing with the feet where they are in another posture."""
    offset = (other.ankles - standing.ankles).mean(1)
    hips = standing.hips + offset
    height = _standing(body, np.array([*hips[0, :2], 0.0]), other.ankles[0], standing.pelvis[0])
    hips[0, 2] = height
    return replace(
        standing, hips=hips, ankles=other.ankles, feet=other.feet, toes=other.toes, knees=other.knees
    )


def _standing(body: Anatomy, shift: Array, ankles: Array, pelvis: Array) -> float:
    """Height of the hips at which the leg that carries them is stretched and the other reaches the ground."""
    joints = shift + (body.hip - body.hip_centre) @ turns.euler(pelvis).T
    away = np.linalg.norm((joints - ankles)[:, :2], axis=1)
    stretched = _STRETCHED * (body.thigh + body.shin)
    heights = ankles[:, 2] + np.sqrt(stretched**2 - away**2) - joints[:, 2]
    return float(heights.min())


def sit(body: Anatomy, manner: Manner, sole: Sole, seat_height_m: float) -> Controls:
    """On a seat, hands on the thighs; feet that do not reach the ground dangle."""
    start = neutral(body)
    feet, toes, lift = sole.flat(body)
    hip_height = seat_height_m + SEATED_HIP * body.height_m
    back = SEATED_BACK * body.leg
    # Thighs lie on the seat when the feet hang or stand below, and rise when the seat is low.
    knee_height = lift + float(body.shin.mean())
    rise = float(np.clip((knee_height - hip_height) / body.thigh.mean(), -0.34, 0.9))
    dangles = rise <= -0.34
    rise = max(rise, -0.06) if dangles else rise
    apart = manner.knees_apart
    flat = np.sqrt(1 - rise**2)
    thigh = np.stack(
        [OUTWARD * np.sin(apart) * flat, np.full(2, -np.cos(apart) * flat), np.full(2, rise)], -1
    )
    hips = np.array([0.0, back, hip_height])
    joints = hips + (body.hip - body.hip_centre)
    knees = joints + body.thigh[:, None] * thigh
    ankles = knees.copy()
    tucked = np.array([0.05, -0.09]) if manner.weight_side else np.array([-0.09, 0.05])
    ankles[:, 1] += body.leg * (tucked * 0.6 if not dangles else 0.08)
    ankles[:, 0] += OUTWARD * 0.02 * body.leg
    sink = body.shin**2 - ((ankles - knees)[:, :2] ** 2).sum(1)
    ankles[:, 2] = knees[:, 2] - np.sqrt(sink) if dangles else lift
    out = OUTWARD * (apart + 0.5 * np.array(manner.toe_out))
    angles = np.stack([out, np.full(2, 0.45 if dangles else 0.0), np.zeros(2)], -1) + feet
    recline = -0.1 if not dangles else -0.22
    thorax_pitch = recline + 0.8 * manner.stoop
    hand, along, thumb = _on_thighs(body, manner, joints, thigh)
    return replace(
        start,
        hips=hips[None],
        pelvis=np.array([[0.0, -0.26, 0.0]]),
        thorax=np.array([[0.0, thorax_pitch, 0.0]]),
        head=np.array([[0.0, 0.03, 0.0]]),
        shoulders=np.full((1, 2, 2), [-0.08, 0.1 + 0.3 * manner.stoop]),
        arms=np.full((1, 2, 3), [0.35, 0.2, 0.35]),
        elbows=np.full((1, 2), 1.1),
        palms=np.full((1, 2), 1.3),
        fingers=np.full((1, 2, 5), 0.5 * manner.curl),
        hands=hand[None],
        hand_along=along[None],
        hand_thumb=thumb[None],
        elbow_poles=np.stack([OUTWARD * 0.65, np.full(2, 0.5), np.full(2, -0.5)], -1)[None],
        grip=np.ones((1, 2)),
        ankles=ankles[None],
        feet=angles[None],
        toes=toes[None],
        knees=np.full((1, 2), apart),
    )


def _on_thighs(body: Anatomy, manner: Manner, joints: Array, thigh: Array) -> tuple[Array, Array, Array]:
    """Wrists, directions of hands and of thumbs of hands that lie on the thighs, (2, 3) each."""
    # Hands come to lie where forearms reach with the elbows at the sides: further forward on spread knees.
    reach = np.array([0.44, 0.5]) + 0.5 * manner.knees_apart
    reach = reach if manner.weight_side else reach[::-1]
    up = turns.unit(np.array([0.0, 0.0, 1.0]) - thigh[:, 2:] * thigh)
    inward = np.stack([-OUTWARD, np.zeros(2), np.zeros(2)], -1)
    outward = -0.45 * body.thigh_radius * inward
    wrist = joints + (reach * body.thigh)[:, None] * thigh + body.thigh_radius * 1.22 * up + outward
    along = turns.unit(thigh + 0.3 * inward - 0.25 * up)
    thumb = turns.unit(inward + 0.15 * up)
    return wrist, along, thumb


def lie(body: Anatomy, manner: Manner, height_m: float) -> Controls:
    """On the back on a surface of this height, the head away from where the feet point."""
    start = neutral(body)
    leg = 0.995 * body.leg
    hips = np.array([0.0, 0.0, height_m + body.back])
    out = OUTWARD * 0.1 * leg
    heels = height_m + abs(float(body.heel[0, 1]))
    ankles = np.stack([out, np.full(2, -leg), np.full(2, heels)], -1)
    ankles[:, 1] = -np.sqrt(leg**2 - (hips[2] - heels) ** 2 - 0.02 * leg**2)
    flat_back = np.array([[0.0, -np.pi / 2, 0.0]])
    return replace(
        start,
        hips=hips[None],
        pelvis=flat_back,
        thorax=flat_back + [0.0, 0.05, 0.0],
        head=flat_back + [0.0, 0.16, 0.0],
        shoulders=np.full((1, 2, 2), [-0.05, 0.0]),
        arms=np.full((1, 2, 3), [-0.1, 0.3, 0.5]),
        elbows=np.full((1, 2), 0.35),
        palms=np.full((1, 2), 0.9),
        fingers=np.full((1, 2, 5), manner.curl),
        ankles=ankles[None],
        feet=np.stack([OUTWARD * 0.45, np.full(2, -1.0), np.zeros(2)], -1)[None],
        knees=np.full((1, 2), 0.3),
    )
