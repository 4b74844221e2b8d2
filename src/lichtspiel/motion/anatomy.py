"""What of a body matters to its motion: joints, lengths of limbs, soles, and how limbs hang.

Sides are 0 for the person's left and 1 for the right; arrays over both have a leading axis of 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people import basis
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import Rig
from lichtspiel.motion import turns

SIDES = ("L", "R")
OUTWARD = np.array([1.0, -1.0])
"""Sign of x on each side."""
DOWN = np.array([0.0, 0.0, -1.0])
FRONT = np.array([0.0, -1.0, 0.0])
_SOLE_M = 0.012
"""Height up to which a vertex of a foot at rest counts as sole."""


@dataclass(frozen=True, eq=False)
class Anatomy:
    """Joints (2, 3) of a body at rest, in metres, and turns (2, 3, 3) that bring limbs to neutral.

    Neutral is the anatomical position with the palms to the thighs: limbs hang straight down,
    knees, thumbs and toes point to the front.
    """

    rig: Rig
    hip: Array
    knee: Array
    ankle: Array
    shoulder: Array
    elbow: Array
    wrist: Array
    thigh_neutral: Array
    shin_neutral: Array
    foot_neutral: Array
    arm_neutral: Array
    forearm_neutral: Array
    hand_neutral: Array
    hand_twist: Array
    """(2,) radians about the forearm from where the hand is at rest to where its palm faces the thigh."""
    heel: Array
    ball: Array
    toe: Array
    """Points of the sole against the ankle, of the foot in neutral."""
    neck: Array
    """(3,) joint between neck and skull."""
    eyes: Array
    """Middles of the eyeballs."""
    thigh_radius: float
    """Half way between hip and knee."""
    back: float
    """From between the hip joints to the skin behind them."""
    arm_room: Array
    """(2,) angle by which straight arms must be lifted sideways to hang clear of the body."""
    height_m: float

    @property
    def thigh(self) -> Array:
        """(2,) metres from hip to knee."""
        return np.asarray(np.linalg.norm(self.knee - self.hip, axis=1))

    @property
    def shin(self) -> Array:
        return np.asarray(np.linalg.norm(self.ankle - self.knee, axis=1))

    @property
    def upper_arm(self) -> Array:
        return np.asarray(np.linalg.norm(self.elbow - self.shoulder, axis=1))

    @property
    def forearm(self) -> Array:
        return np.asarray(np.linalg.norm(self.wrist - self.elbow, axis=1))

    @property
    def leg(self) -> float:
        """Metres from hip to ankle, stretched."""
        return float((self.thigh + self.shin).mean())

    @property
    def hip_centre(self) -> Array:
        """(3,) between the hip joints."""
        return np.asarray(self.hip.mean(0))

    @property
    def ankle_height(self) -> float:
        """Of the bare foot on the ground."""
        return float(self.ankle[:, 2].mean())


@lru_cache(maxsize=256)
def anatomy(physique: Physique) -> Anatomy:
    """Measure a body."""
    rig = physique.rig
    hip, knee, ankle = (_heads(rig, bone) for bone in ("upperleg01", "lowerleg01", "foot"))
    shoulder, elbow, wrist = (_heads(rig, bone) for bone in ("upperarm01", "lowerarm01", "wrist"))
    thigh_neutral = _hanging(knee - hip, np.broadcast_to(FRONT, (2, 3)))
    shin_neutral = _hanging(ankle - knee, np.broadcast_to(FRONT, (2, 3)))
    # At rest the elbow is bent, so that upper arm and forearm tell where its hinge is.
    arm_neutral = _hanging(elbow - shoulder, wrist - elbow)
    bend = _angle(elbow - shoulder, wrist - elbow)
    forearm_neutral = turns.about_x(bend) @ arm_neutral
    knuckles = _heads(rig, "finger3-1")
    across = _heads(rig, "finger2-1") - _heads(rig, "finger5-1")
    hand_neutral = _hanging(knuckles - wrist, across)
    carried = turns.turned(forearm_neutral, turns.turned(turns.back(hand_neutral), FRONT[None]))
    twist = np.arctan2(-carried[:, 0], -carried[:, 1])
    heel, ball, toe, yaw = _soles(physique, ankle)
    carrier = np.take_along_axis(physique.skin.bones, physique.skin.shares.argmax(1)[:, None], axis=1)[:, 0]
    flesh = _Flesh(physique, carrier)
    return Anatomy(
        rig, hip, knee, ankle, shoulder, elbow, wrist,
        thigh_neutral, shin_neutral, turns.about_z(-yaw),
        arm_neutral, forearm_neutral, hand_neutral, twist,
        heel, ball, toe,
        rig.heads[rig.index("head")], np.array([physique.eye(side)[0] for side in "lr"]),
        flesh.thigh_radius(hip, knee), flesh.back(hip), flesh.arm_room(hip, shoulder, thigh_neutral),
        physique.height_m,
    )  # fmt: skip


def _heads(rig: Rig, bone: str) -> Array:
    return np.array([rig.heads[rig.index(f"{bone}.{side}")] for side in SIDES])


def _hanging(along: Array, front: Array) -> Array:
    """Turns that bring directions along limbs to down and what is at their front to the front."""
    return turns.frame(np.array([DOWN]), np.array([FRONT])) @ turns.back(turns.frame(along, front))


def _angle(first: Array, second: Array) -> Array:
    return np.asarray(np.arccos(np.clip((turns.unit(first) * turns.unit(second)).sum(-1), -1, 1)))


def _soles(physique: Physique, ankle: Array) -> tuple[Array, Array, Array, Array]:
    """Heel, ball and tip of the toes against the ankle with the foot to the front, and its yaw at rest."""
    body = physique.vertices[basis.load().group("body")]
    low = body[body[:, 2] < _SOLE_M]
    points = np.empty((3, 2, 3))
    yaws = np.empty(2)
    for side, outward in enumerate(OUTWARD):
        foot = low[low[:, 0] * outward > 0]
        tips = _heads(physique.rig, "toe2-1")[side]
        line = tips[:2] - ankle[side, :2]
        yaws[side] = np.arctan2(line[0], -line[1])
        local = turns.turned(turns.about_z(-yaws[side]), foot - ankle[side])
        ball_y = turns.turned(turns.about_z(-yaws[side]), tips - ankle[side])[1]
        ground = -ankle[side, 2]
        points[:, side] = [[0, y, ground] for y in (local[:, 1].max(), ball_y, local[:, 1].min())]
    return points[0], points[1], points[2], yaws


class _Flesh:
    """Measures of the skin around the bones that carry it."""

    def __init__(self, physique: Physique, carrier: IntArray) -> None:
        body = basis.load().group("body")
        self._skin = physique.vertices[body]
        self._height = physique.height_m
        names = np.array([name.split(".")[0] for name in physique.rig.names])
        self._bone = names[carrier[body]]

    def _around(self, *bones: str) -> Array:
        return np.asarray(self._skin[np.isin(self._bone, bones)])

    def thigh_radius(self, hip: Array, knee: Array) -> float:
        skin = self._around("upperleg02")
        left = skin[skin[:, 0] > 0] - hip[0]
        along = turns.unit(knee[0] - hip[0])
        place = left @ along / np.linalg.norm(knee[0] - hip[0])
        middle = left[(place > 0.4) & (place < 0.65)]
        return float(np.linalg.norm(middle - (middle @ along)[:, None] * along, axis=1).mean())

    def back(self, hip: Array) -> float:
        return float((self._around("root", "spine05", "upperleg01", "pelvis")[:, 1]).max() - hip[0, 1])

    def arm_room(self, hip: Array, shoulder: Array, thigh_neutral: Array) -> Array:
        trunk = self._around("root", "spine05", "spine04", "spine03", "spine02", "breast", "pelvis")
        legs = self._around("upperleg01", "upperleg02")
        room = np.empty(2)
        for side, outward in enumerate(OUTWARD):
            leg = legs[legs[:, 0] * outward > 0] - hip[side]
            skin = np.concatenate([trunk, hip[side] + leg @ thigh_neutral[side].T]) - shoulder[side]
            down, out, aside = -skin[:, 2], skin[:, 0] * outward, skin[:, 1]
            # From above the elbow to the fingertips; the arm itself grows thinner downward.
            beside = (
                (down > 0.1 * self._height)
                & (down < 0.4 * self._height)
                & (np.abs(aside) < 0.05 * self._height)
            )
            radius = self._height * np.interp(down[beside] / self._height, [0.1, 0.4], [0.031, 0.02])
            room[side] = np.percentile(np.arctan2(out[beside] + radius, down[beside]), 98)
        return np.clip(room, -0.05, 0.7)
