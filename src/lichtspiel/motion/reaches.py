"""Where hands go: places on a body, in the room and on a partner, and how a hand lies there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.score import Direction, Reach
from lichtspiel.motion import turns
from lichtspiel.motion.anatomy import OUTWARD, SIDES, Anatomy
from lichtspiel.motion.solve import Skeleton

PALM_M, FINGERS_M = 0.052, 0.098
"""From wrist to the middle of the palm and to the tip of the index finger, of body height
(after Buchholz et al., 1992)."""
_WORDS = {
    "front": (0, 1, 0), "back": (0, -1, 0), "up": (0, 0, 1), "down": (0, 0, -1), "out": (1, 0, 0), "in":
    (-1, 0, 0),
}  # fmt: skip
_ON_TRUNK = {
    "chest": (0.0, 0.075, -0.055), "heart": (0.03, 0.07, -0.06), "back": (0.0, -0.075, -0.13),
    "nape": (0.0, -0.035, 0.035), "throat": (0.0, 0.04, 0.01),
}  # fmt: skip
"""Against the middle between the shoulders: out, ahead, up, in body heights."""
_ON_HEAD = {
    "eyes": (0.0, 0.022, 0.0), "eye": (0.022, 0.02, 0.0), "mouth": (0.0, 0.022, -0.042), "chin": (0.0,
    0.015, -0.064),
    "brow": (0.0, 0.02, 0.025), "temple": (0.042, -0.01, 0.02), "crown": (0.0, -0.045, 0.075),
    "ear": (0.048, -0.05, -0.008), "cheek": (0.032, 0.005, -0.03), "nose": (0.0, 0.028, -0.02),
}  # fmt: skip
"""Against the middle between the eyes."""
_ON_PELVIS = {"belly": (0.0, 0.075, 0.075), "hip": (0.055, 0.01, 0.05), "loins": (0.0, -0.07, 0.08),
              "belt": (0.055, 0.045, 0.05)}  # fmt: skip
"""Against the middle between the hip joints; `hip` and `belt` from the joint of its side."""


@dataclass(frozen=True, eq=False)
class Frame:
    """A place (T, 3) and the axes (T, 3, 3) of what it is on: left, back, up as columns."""

    point: Array
    axes: Array


@dataclass(frozen=True, eq=False)
class Room:
    """What lies about a performer: the ground it stands on, and its partner."""

    ground: Frame
    """Its origin below the performer; along its own axes."""
    partner: tuple[Anatomy, Skeleton] | None = None


@dataclass(frozen=True, eq=False)
class Placed:
    """A hand over time: wrist, directions to knuckles and thumb, pole of the elbow; each (T, 3)."""

    wrist: Array
    along: Array
    thumb: Array
    pole: Array | None
    """None = as arms are when nothing draws the elbow anywhere."""


def place(
    body: Anatomy, found: Skeleton, room: Room, reach: Reach, side: int, other: Placed | None
) -> Placed:
    """Where a reach brings the hand of a side (0 is left)."""
    at = _frame(body, found, room, reach.to, side, other)
    arm = float(body.upper_arm[side] + body.forearm[side])
    unit = body.leg if reach.to == "space" else arm
    along = _directed(at.axes, reach.fingers, side)
    palm = _directed(at.axes, reach.palm, side)
    thumb = turns.cross(palm, along) * OUTWARD[side]
    thumb = np.where(np.linalg.norm(thumb, axis=-1, keepdims=True) < 0.1, at.axes[..., 2], thumb)
    out, ahead, up = reach.by
    target = at.point + at.axes @ (np.array([out * OUTWARD[side], -ahead, up]) * unit)
    length = (FINGERS_M if reach.tip else PALM_M) * body.height_m
    pole = None if reach.elbow is None else _directed(found.turns["spine01"], reach.elbow, side)
    return Placed(target - length * along, along, turns.unit(thumb), pole)


def _frame(body: Anatomy, found: Skeleton, room: Room, to: str, side: int, other: Placed | None) -> Frame:
    if to.startswith("partner."):
        if room.partner is None:
            return _ahead(body, found)
        return _frame(*room.partner, room, to.removeprefix("partner."), side, None)
    if to == "other":
        if other is None:
            raise ValueError("both hands of a score are measured from each other")
        middle = other.wrist + PALM_M * body.height_m * other.along
        return Frame(middle, found.turns["spine01"])
    if to in ("space", "between"):
        return room.ground if to == "space" else _between(body, found, room)
    return landmark(body, found, to, side)


def _between(body: Anatomy, found: Skeleton, room: Room) -> Frame:
    """Half way between the chests of a pair, as high as both on average, along the line to the partner."""
    own = landmark(body, found, "chest", 0)
    if room.partner is None:
        return _ahead(body, found)
    other = landmark(*room.partner, "chest", 0)
    line = (other.point - own.point) * [1.0, 1.0, 0.0]
    heading = np.arctan2(line[:, 0], -line[:, 1])
    return Frame(0.5 * (own.point + other.point), turns.about_z(heading))


def _ahead(body: Anatomy, found: Skeleton) -> Frame:
    """Before the chest, where a table's edge or a partner would be."""
    trunk = found.turns["root"]
    return Frame(found.heads["root"] + trunk @ (np.array([0.0, -0.22, 0.1]) * body.height_m), trunk)


def landmark(body: Anatomy, found: Skeleton, name: str, side: int) -> Frame:
    """A named place on a body. Raises KeyError for an unknown one."""
    suffix = SIDES[side]
    if name in _ON_HEAD:
        return _carried(body, found, "head", body.eyes.mean(0), _ON_HEAD[name], side)
    if name in _ON_TRUNK:
        return _carried(body, found, "spine01", body.shoulder.mean(0), _ON_TRUNK[name], side)
    if name in _ON_PELVIS:
        start = body.hip[side] if name in ("hip", "belt") else body.hip_centre
        return _carried(body, found, "root", start, _ON_PELVIS[name], side)
    pelvis = found.turns["root"]
    hip, knee = found.heads[f"upperleg01.{suffix}"], found.heads[f"lowerleg01.{suffix}"]
    ankle = found.heads[f"foot.{suffix}"]
    points = {
        "shoulder": (found.heads[f"upperarm01.{suffix}"], found.turns["spine01"]),
        "other_shoulder": (found.heads[f"upperarm01.{SIDES[1 - side]}"], found.turns["spine01"]),
        "thigh": (0.45 * hip + 0.55 * knee, pelvis),
        "knee": (knee, pelvis),
        "shin": (0.5 * knee + 0.5 * ankle, pelvis),
        "foot": (ankle, pelvis),
    }
    point, axes = points[name]
    return Frame(point, axes)


def _carried(
    body: Anatomy, found: Skeleton, bone: str, start: Array, offset: tuple[float, float, float], side: int
) -> Frame:
    out, ahead, up = offset
    rest = start + np.array([out * OUTWARD[side], -ahead, up]) * body.height_m
    axes = found.turns[bone]
    return Frame(found.heads[bone] + axes @ (rest - body.rig.heads[body.rig.index(bone)]), axes)


def _directed(axes: Array, direction: Direction, side: int) -> Array:
    """Unit vectors (T, 3) of a direction in axes of a body."""
    if isinstance(direction, str):
        total = np.sum([_WORDS[word] for word in direction.split("+")], axis=0)
    else:
        total = np.array(direction, float)
    local = turns.unit(np.array([total[0] * OUTWARD[side], -total[1], total[2]]))
    return np.asarray(axes @ local)
