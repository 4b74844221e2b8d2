"""Takes a recorded movement off the body it was made on, so that any body can do it.

Where trunk, head, hands and feet are turned follows from how their bones are turned against the skeleton's
rest, so that it does not matter which way a format has bones point. A rest that does not stand upright tells
nothing; then the joints' places alone do. Hands go over as places against the shoulder in arm lengths, hips
and feet as places on the ground in leg lengths: feet that stand still go on standing still.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from lichtspiel.library.asset import Array
from lichtspiel.library.clips import Clip
from lichtspiel.motion import limbs, turns
from lichtspiel.motion.anatomy import OUTWARD
from lichtspiel.motion.joints import Joints
from lichtspiel.motion.recording import Recording, RecordingError
from lichtspiel.motion.tracks import eased

_UPRIGHT = 0.8
"""Cosine against the vertical up to which trunk and legs at rest count as standing."""
_UP = np.array([0.0, 0.0, 1.0])
_FRONT = np.array([0.0, -1.0, 0.0])
_STILL = 0.15
"""Speed of an ankle in legs per second below which its foot stands."""
_FLAT = 0.03
"""How far from there, in legs, an ankle may be whose foot is flat."""
_HEEL_RAD = 0.6
_LIFTED, _DOWN = 0.07, 0.035
"""Heights of the ankle in legs above which a foot is in the air, and below which it has come down."""
_STRAIGHT = 0.08
"""Distance of an elbow or a knee from the line of its limb, as a share of it, below which the limb has no
plane of its own."""
_SMOOTH_S = 0.06
_FIST_RAD = 3.2
"""Bends of a finger's joints in a fist, all together."""
_ALIKE = 0.13
"""Way in legs that a joint may be off in the last pose against the first one of a round."""
_GOES_ON = 0.35
"""Share of its usual speed with which a movement that goes round passes from its end to its beginning."""
_CLOSES = 0.25
"""Share of a round in which its end is led into its beginning."""
_STAYS_LEGS, _STAYS_RAD = 0.12, 0.2
"""A round that ends this near to where it began is done on the spot."""
_KNEES = np.radians(np.arange(-60.0, 61.0, 3.0))


@dataclass(frozen=True, eq=False)
class _Body:
    """A recording in the axes of a figure, its joints by their part."""

    told: Recording
    has: Joints
    stands: bool
    """Its rest stands upright."""
    leg: float
    arm: float

    def head_of(self, joint: int) -> Array:
        """(T, 3)"""
        return np.asarray(self.told.heads[:, joint])

    def turn_of(self, joint: int) -> Array:
        """(T, 3, 3) against rest."""
        return np.asarray(self.told.turns[:, joint] @ self.told.rest_turns[joint].T)


def retargeted(told: Recording, has: Joints) -> Clip:
    """The movement as a clip. Raises RecordingError for what is no standing person's skeleton."""
    body = _measured(_from_start(_upright(told, has), has), has)
    pelvis, thorax = _trunk(body)
    # A head bone that is bent against the neck at rest looks ahead all the same.
    head = body.turn_of(has.head) if body.stands else thorax
    ground, flat = _ground(body)
    start = np.array([*_between(body.told.heads, has.thighs)[0, :2], ground])
    feet = np.stack([_level(_foot(body, side), flat[:, side]) for side in (0, 1)], 1)
    ankles = (body.told.heads[:, list(has.feet)] - start) / body.leg
    hands = [_hand(body, thorax, side) for side in (0, 1)]
    wrists, elbows, along, thumb = (np.stack(part, 1) for part in zip(*hands, strict=True))
    return Clip(
        rate_hz=told.rate_hz,
        hips=(_between(body.told.heads, has.thighs) - start) / body.leg,
        pelvis=turns.quaternions(pelvis),
        thorax=turns.quaternions(thorax),
        head=turns.quaternions(head),
        shoulders=np.stack([_shoulder(body, thorax, side) for side in (0, 1)], 1),
        wrists=wrists,
        elbows=elbows,
        hand_along=along,
        hand_thumb=thumb,
        fingers=_fingers(body),
        ankles=ankles,
        feet=turns.quaternions(feet),
        toes=np.stack([_toes(body, feet[:, side], side) for side in (0, 1)], 1),
        knees=np.stack([_knee(body, pelvis, side) for side in (0, 1)], 1),
        steps_s=_steps(ankles, told.rate_hz),
    )


def part_of(told: Recording, from_s: float, until_s: float | None) -> Recording:
    """The stretch between two moments. Raises RecordingError where nothing is left."""
    last = len(told.heads) if until_s is None else round(until_s * told.rate_hz) + 1
    here = slice(round(from_s * told.rate_hz), last)
    if len(told.heads[here]) < 3:
        length = len(told.heads) / told.rate_hz
        raise RecordingError(f"Nothing is left of the movement of {length:.1f} s: choose other times.")
    return replace(told, heads=told.heads[here], tails=told.tails[here], turns=told.turns[here])


def goes_round(clip: Clip) -> bool:
    """Whether it ends as it began and in the midst of movement, and so is one round of something."""
    poses = np.stack([_pose(clip, sample) for sample in range(len(clip.hips))])
    speeds = np.linalg.norm(np.diff(poses, axis=0), axis=2).mean(1)
    alike = float(np.linalg.norm(poses[0] - poses[-1], axis=1).max()) < _ALIKE
    return alike and float(min(speeds[:3].mean(), speeds[-3:].mean())) > _GOES_ON * float(speeds.mean())


def closed(clip: Clip) -> Clip:
    """The same with an end that is led into its beginning, where and turned as it ends."""
    way, turn = clip.way
    stays = float(np.linalg.norm(way)) < _STAYS_LEGS and abs(turn) < _STAYS_RAD
    about = turns.about_z(0.0 if stays else turn)
    offset = np.array([0.0, 0.0, 0.0] if stays else [*way, 0.0])
    count = len(clip.hips)
    share = eased((np.arange(count) / (count - 1) - (1 - _CLOSES)) / _CLOSES)

    def led(values: Array, goal: Array) -> Array:
        weight = share.reshape(-1, *[1] * (values.ndim - 1))
        return np.asarray(values + weight * (goal - values[-1]))

    def turned(quats: Array) -> Array:
        goal = turns.quaternions((about @ turns.of_quaternions(quats[0].reshape(-1, 4)))[None])[0]
        goal = goal.reshape(quats.shape[1:])
        goal = goal * np.where((goal * quats[-1]).sum(-1, keepdims=True) < 0, -1.0, 1.0)
        found = led(quats, goal)
        return np.asarray(found / np.linalg.norm(found, axis=-1, keepdims=True))

    changed: dict[str, Any] = {}
    start = clip.hips[0] * [1.0, 1.0, 0.0]
    for name in ("hips", "ankles"):
        values = getattr(clip, name)
        changed[name] = led(values, (values[0] - start) @ about.T + start + offset)
    for name in ("pelvis", "thorax", "head", "feet"):
        changed[name] = turned(getattr(clip, name))
    for name in ("wrists", "elbows", "hand_along", "hand_thumb"):
        changed[name] = led(getattr(clip, name), getattr(clip, name)[0] @ about.T)
    for name in ("shoulders", "toes", "knees", "fingers"):
        values = getattr(clip, name)
        changed[name] = led(values, values[0]) if len(values) else values
    return replace(clip, **changed)


def _pose(clip: Clip, sample: int) -> Array:
    """(J, 3) hands and feet from the hips, facing ahead, in legs."""
    _, heading = replace(clip, pelvis=clip.pelvis[[0, sample]], hips=clip.hips[[0, sample]]).way
    points = np.concatenate([clip.ankles[sample] - clip.hips[sample], 0.8 * clip.wrists[sample]])
    points = np.concatenate([points, clip.hips[sample, 2:] * [[0.0, 0.0, 1.0]]])
    return np.asarray(points @ turns.about_z(-heading).T)


def _between(heads: Array, pair: tuple[int, int]) -> Array:
    return np.asarray(heads[:, list(pair)].mean(1))


def _upright(told: Recording, has: Joints) -> Recording:
    """The same with z up, whatever axis was up in the file: the one from the feet to the head."""
    rest = told.rest_heads
    tall = rest[has.head] - rest[list(has.feet)].mean(0)
    moving = (told.heads[:, has.head] - _between(told.heads, has.feet)).mean(0)
    axis = int(np.abs(moving).argmax())
    if np.linalg.norm(tall) < 1e-6:
        raise RecordingError("The skeleton has no height: its head is at its feet.")
    if axis == 2 and moving[2] > 0:
        return told
    up = np.zeros(3)
    up[axis] = np.sign(moving[axis])
    across = turns.cross(up, _UP)
    angle = np.arctan2(np.linalg.norm(across), up @ _UP)
    across = across if np.linalg.norm(across) > 0.5 else np.array([1.0, 0.0, 0.0])
    return _turned(told, turns.of_vector(angle * turns.unit(across)))


def _turned(told: Recording, turn: Array) -> Recording:
    return replace(
        told,
        rest_heads=told.rest_heads @ turn.T,
        rest_tails=told.rest_tails @ turn.T,
        rest_turns=turn @ told.rest_turns,
        heads=told.heads @ turn.T,
        tails=told.tails @ turn.T,
        turns=turn @ told.turns,
    )


def _yaw(front: Array) -> float:
    return float(np.arctan2(front[0], -front[1]))


def _from_start(told: Recording, has: Joints) -> Recording:
    """The same with rest and first sample both facing -y."""
    left = told.rest_heads[has.thighs[0]] - told.rest_heads[has.thighs[1]]
    told = replace(
        told,
        rest_heads=told.rest_heads @ turns.about_z(-_yaw(turns.cross(left, _UP))).T,
        rest_tails=told.rest_tails @ turns.about_z(-_yaw(turns.cross(left, _UP))).T,
        rest_turns=turns.about_z(-_yaw(turns.cross(left, _UP))) @ told.rest_turns,
    )
    first = told.heads[0]
    # In a stride hips and shoulders are turned against each other; the person faces between them.
    aside = turns.unit(first[has.thighs[0]] - first[has.thighs[1]])
    aside = aside + turns.unit(first[has.arms[0]] - first[has.arms[1]])
    turn = turns.about_z(-_yaw(turns.cross(aside, _UP)))
    return replace(told, heads=told.heads @ turn.T, tails=told.tails @ turn.T, turns=turn @ told.turns)


def _measured(told: Recording, has: Joints) -> _Body:
    rest = told.rest_heads
    legs = [np.linalg.norm(rest[b] - rest[a]) for a, b in zip(has.thighs, has.shins, strict=True)]
    legs += [np.linalg.norm(rest[b] - rest[a]) for a, b in zip(has.shins, has.feet, strict=True)]
    arms = [np.linalg.norm(rest[b] - rest[a]) for a, b in zip(has.arms, has.forearms, strict=True)]
    arms += [np.linalg.norm(rest[b] - rest[a]) for a, b in zip(has.forearms, has.hands, strict=True)]
    if min(*legs, *arms) <= 0:
        raise RecordingError("The skeleton has arms or legs without length.")
    down = [rest[foot] - rest[thigh] for foot, thigh in zip(has.feet, has.thighs, strict=True)]
    up = rest[has.head] - rest[list(has.thighs)].mean(0)
    upright = [turns.unit(up)[2], *(-turns.unit(leg)[2] for leg in down)]
    return _Body(told, has, min(upright) > _UPRIGHT, float(sum(legs)) / 2, float(sum(arms)) / 2)


def _ground(body: _Body) -> tuple[float, NDArray[np.bool_]]:
    """Height of the ankle of a foot that is flat on the ground, and (T, 2) which ones are."""
    ankles = body.told.heads[:, list(body.has.feet)]
    speed = np.linalg.norm(np.gradient(ankles, 1 / body.told.rate_hz, axis=0), axis=2)
    still = speed < _STILL * body.leg
    lower = ankles[..., 2].min(1)
    standing = lower[still.any(1)]
    height = float(np.median(standing) if len(standing) > 2 else np.percentile(lower, 5))
    return height, still & (np.abs(ankles[..., 2] - height) < _FLAT * body.leg)


def _level(foot: Array, flat: NDArray[np.bool_]) -> Array:
    """Turns (T, 3, 3) of a foot without the pitch that it has where it is flat: that of a shoe's heel, or of
    a rest on tiptoe."""
    pitch = float(np.median(turns.angles(foot[flat])[:, 1])) if flat.sum() > 2 else 0.0
    return np.asarray(foot @ turns.about_x(-pitch)) if abs(pitch) < _HEEL_RAD else foot


def _trunk(body: _Body) -> tuple[Array, Array]:
    """Turns (T, 3, 3) of pelvis and chest against standing upright."""
    has, heads = body.has, body.told.heads
    if body.stands:
        return body.turn_of(has.pelvis), body.turn_of(has.chest)
    shoulders, hips = _between(heads, has.arms), _between(heads, has.thighs)
    return (
        _facing(heads[:, has.thighs[0]] - heads[:, has.thighs[1]], shoulders - hips),
        _facing(heads[:, has.arms[0]] - heads[:, has.arms[1]], shoulders - hips),
    )


def _facing(left: Array, up: Array) -> Array:
    """Turns (T, 3, 3) of what has these directions to its left and upward."""
    x = turns.unit(left)
    y = turns.unit(turns.cross(up, x))
    return np.stack([x, y, turns.cross(x, y)], -1)


def _shoulder(body: _Body, thorax: Array, side: int) -> Array:
    """(T, 2) how far a shoulder is raised and drawn forward."""
    collar, arm = body.has.collars[side], body.has.arms[side]
    if collar is None or not body.stands:
        return np.zeros((len(thorax), 2))
    rest = body.told.rest_heads[arm] - body.told.rest_heads[collar]
    now = turns.turned(turns.back(thorax), body.head_of(arm) - body.head_of(collar))

    def angles(bone: Array) -> Array:
        bone = turns.unit(bone)
        return np.stack(
            [np.arcsin(bone[..., 2]), np.arctan2(-bone[..., 1], OUTWARD[side] * bone[..., 0])], -1
        )

    return np.asarray(angles(now) - angles(rest[None]))


def _off_line(start: Array, hinge: Array, end: Array) -> Array:
    """(T, 3) from the line of a limb to its hinge, as a share of the limb's length."""
    line = end - start
    along = turns.unit(line)
    off = hinge - start
    off = off - (off * along).sum(-1, keepdims=True) * along
    length = np.linalg.norm(hinge - start, axis=-1) + np.linalg.norm(end - hinge, axis=-1)
    return np.asarray(off / length[:, None])


def _smooth(values: Array, rate_hz: float) -> Array:
    return np.asarray(gaussian_filter1d(values, _SMOOTH_S * rate_hz, axis=0, mode="nearest"))


def _hand(body: _Body, thorax: Array, side: int) -> tuple[Array, Array, Array, Array]:
    """Wrist from the shoulder, elbow's side, and where knuckles and thumb point; each (T, 3)."""
    has, rest = body.has, body.told.rest_heads
    shoulder, elbow, wrist = (body.head_of(j[side]) for j in (has.arms, has.forearms, has.hands))
    off = _off_line(shoulder, elbow, wrist)
    hanging = thorax @ np.array([0.3 * OUTWARD[side], 0.6, -0.4])
    pole = turns.unit(_smooth(off, body.told.rate_hz) + 0.1 * _STRAIGHT * hanging)
    forearm = turns.unit(wrist - elbow)
    if not body.stands:
        return (wrist - shoulder) / body.arm, pole, forearm, turns.unit(_across(-pole, forearm))
    turn = body.turn_of(has.hands[side])
    fingers = has.fingers[side]
    bone = rest[has.hands[side]] - rest[has.forearms[side]]
    along = rest[fingers[2][0]] - rest[has.hands[side]] if fingers else bone
    thumb = rest[fingers[0][-1]] - rest[has.hands[side]] if fingers else _FRONT
    along = turns.unit(along)
    return (
        (wrist - shoulder) / body.arm,
        pole,
        turns.turned(turn, along),
        turns.turned(turn, turns.unit(_across(thumb, along))),
    )


def _across(vectors: Array, along: Array) -> Array:
    return np.asarray(vectors - (vectors * along).sum(-1, keepdims=True) * along)


def _fingers(body: _Body) -> Array:
    """(T, 2, 5) how far fingers are bent; (0, 2, 5) without any."""
    if not all(body.has.fingers):
        return np.zeros((0, 2, 5))
    sides = []
    for hand, chains in zip(body.has.hands, body.has.fingers, strict=True):
        bent = []
        for chain in chains:
            bones = [body.head_of(b) - body.head_of(a) for a, b in zip((hand, *chain), chain, strict=False)]
            bones.append(body.told.tails[:, chain[-1]] - body.head_of(chain[-1]))
            each = [_angle(a, b) for a, b in itertools.pairwise(bones)]
            bent.append(np.sum(each, axis=0) / _FIST_RAD)
        sides.append(np.stack(bent, -1))
    return np.clip(np.stack(sides, 1), 0.0, 1.0)


def _angle(first: Array, second: Array) -> Array:
    return np.asarray(np.arccos(np.clip((turns.unit(first) * turns.unit(second)).sum(-1), -1.0, 1.0)))


def _foot(body: _Body, side: int) -> Array:
    """(T, 3, 3) turns of a foot against flat with the toes to the front."""
    foot, toes = body.has.feet[side], body.has.toes[side]
    told = body.told
    rest = (told.rest_tails[foot] if toes is None else told.rest_heads[toes]) - told.rest_heads[foot]
    if body.stands:
        level = np.linalg.norm(rest[:2]) > 0.3 * np.linalg.norm(rest)
        return np.asarray(body.turn_of(foot) @ turns.about_z(_yaw(rest) if level else 0.0))
    tip = told.tails[:, foot] if toes is None else told.heads[:, toes]
    along = tip - body.head_of(foot)
    down = -np.arcsin(turns.unit(along)[:, 2])
    yaw = np.arctan2(along[:, 0], -along[:, 1])
    low = body.head_of(foot)[:, 2] <= np.percentile(body.head_of(foot)[:, 2], 50)
    return turns.euler(np.stack([yaw, down - np.median(down[low]), np.zeros_like(yaw)], -1))


def _toes(body: _Body, foot: Array, side: int) -> Array:
    """(T,) how far toes are bent up against the foot, whose turns are (T, 3, 3)."""
    toes = body.has.toes[side]
    if toes is None or not body.stands:
        return np.zeros(len(foot))
    rest = body.told.rest_heads[toes] - body.told.rest_heads[body.has.feet[side]]
    local = turns.turned(turns.back(foot) @ body.turn_of(toes) @ turns.about_z(_yaw(rest)), _FRONT)
    return np.clip(np.arctan2(local[:, 2], np.hypot(local[:, 0], local[:, 1])), -0.3, 1.0)


def _knee(body: _Body, pelvis: Array, side: int) -> Array:
    """(T,) how far a knee points outward: of some angles the one whose knee is nearest to that recorded."""
    has = body.has
    hip, knee, ankle = (body.head_of(j[side]) for j in (has.thighs, has.shins, has.feet))
    off = _off_line(hip, knee, ankle)
    along = turns.unit(ankle - hip)
    poles = limbs.knee_pole(pelvis[:, None], OUTWARD[side] * _KNEES, along[:, None])
    poles = turns.unit(poles - (poles * along[:, None]).sum(-1, keepdims=True) * along[:, None])
    found = _KNEES[np.einsum("tki,ti->tk", poles, off).argmax(1)]
    weight = np.clip(np.linalg.norm(off, axis=-1) / _STRAIGHT, 0.0, 1.0) ** 2 + 1e-3
    width = 2 * _SMOOTH_S
    smooth = _smooth(found * weight, width / _SMOOTH_S * body.told.rate_hz)
    return np.asarray(smooth / _smooth(weight, width / _SMOOTH_S * body.told.rate_hz))


def _steps(ankles: Array, rate_hz: float) -> Array:
    """(N,) moments at which a foot that was lifted comes down."""
    found = []
    for side in (0, 1):
        up = False
        for sample, height in enumerate(ankles[:, side, 2]):
            if up and height < _DOWN:
                found.append(sample / rate_hz)
            up = height > _LIFTED or (up and height >= _DOWN)
    return np.array(sorted(found))
