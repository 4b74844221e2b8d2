"""What hands show of themselves: knuckles, tendons, veins, the lines of palms, and nails.

Everything is placed in the frames of the base mesh's hands and fingers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.person import Person
from lichtspiel.picture.people.fields import noise, step
from lichtspiel.picture.people.texels import Floats, Texels, texels
from lichtspiel.screenplay import Sex

_JOINT_M = 0.014
"""Around a joint: skin that folds there."""
_TIP_M = 0.009
_KNUCKLE_M, _JOINT_FLUSH_M = 0.009, 0.006
"""How far round knuckles and round the joints of fingers blood and colour show."""
_NAIL_RIM = 0.22
"""Half the width of the groove around a nail, in steps of the mask from 0 outside to 1."""
_GROOVE_M = 0.0004
_EDGE_M, _MOON_M = 0.0016, 0.0030
"""Free edge of a nail, and its pale moon."""
_EDGE = np.array([0.70, 0.60, 0.52])
_BED = np.array([0.35, 0.20, 0.17])
"""What light in a nail adds to the colour of the skin below it."""
_VEIN = np.array([0.20, 0.10, 0.05])
"""Absorbance of a vein that shows: less red comes back from below."""
_BACK_LINES_M = (-0.0042, -0.0016, 0.0014, 0.0040)
_PALM_LINES_M = ((-0.0012, 0.0012), (0.0,))
"""Where lines run across a finger, from its middle and from its last joint."""

Points = tuple[tuple[float, float], ...]
"""Share of the way from the wrist to the knuckles, and of the half width of the palm to the little finger."""

_PALM: tuple[tuple[Points, float], ...] = (
    (((0.80, 1.05), (0.74, 0.6), (0.76, 0.1), (0.86, -0.25), (0.98, -0.45)), 1.0),
    (((0.74, -1.05), (0.70, -0.5), (0.60, 0.1), (0.50, 0.65)), 0.9),
    (((0.76, -1.05), (0.68, -0.5), (0.48, -0.2), (0.25, -0.12), (0.06, -0.2)), 1.0),
    (((0.20, 0.05), (0.50, 0.02), (0.80, 0.05)), 0.45),
)
"""Lines of heart, head and life and the one to the middle finger (Wood Jones, 1942), and their depths."""
_VEINS: tuple[Points, ...] = (
    ((0.02, 0.35), (0.25, 0.45), (0.45, 0.30), (0.68, 0.42), (0.86, 0.38)),
    ((0.45, 0.30), (0.62, 0.08), (0.84, 0.0)),
    ((0.05, -0.5), (0.28, -0.32), (0.5, -0.42), (0.70, -0.38), (0.88, -0.42)),
    ((0.28, -0.32), (0.45, -0.1), (0.62, 0.08)),
    ((0.25, 0.45), (0.5, 0.72), (0.8, 0.78)),
)
"""Those on the back of a hand: a net that opens between the knuckles."""


@dataclass(frozen=True, eq=False)
class Finger:
    """A finger of the base mesh. joints: (4, 3) base, two joints and tip; a thumb's base lies in the palm.

    back: (3,) unit, where its nail looks. nail: where the nail begins and ends, metres beyond the last joint.
    """

    number: int
    joints: Array
    back: Array
    nail: tuple[float, float]

    def along(self, joint: int) -> Array:
        """(3,) unit direction of the bone beyond a joint."""
        way = self.joints[joint + 1] - self.joints[joint]
        return np.asarray(way / np.linalg.norm(way))


@dataclass(frozen=True, eq=False)
class Hand:
    """A hand of the base mesh. back: (3,) unit, where its back looks. side: sign of x."""

    side: float
    wrist: Array
    knuckles: Array
    """(4, 3) from the index to the little finger."""
    back: Array
    fingers: tuple[Finger, ...]

    def flat(self, places: Floats) -> Floats:
        """(N, 2) metres from the wrist towards the knuckles, and to the side of the little finger."""
        along, across = self._axes()
        return np.stack([(places - self.wrist) @ along, (places - self.wrist) @ across], -1)

    def metres(self, points: Points) -> Array:
        """(K, 2) as `flat` gives them, of points in shares."""
        ends = self.flat(self.knuckles)
        middle = float(ends[:, 1].mean())
        half = float(np.ptp(ends[:, 1]) / 2) + 0.008
        share = np.array(points)
        return np.stack([share[:, 0] * ends[:, 0].mean(), middle * share[:, 0] + share[:, 1] * half], -1)

    def _axes(self) -> tuple[Array, Array]:
        along = self.knuckles.mean(0) - self.wrist
        along = along - (along @ self.back) * self.back
        along = along / np.linalg.norm(along)
        across = np.cross(self.back, along)
        return along, across * np.sign(across @ (self.knuckles[3] - self.knuckles[0]))


@lru_cache(maxsize=1)
def hands() -> tuple[Hand, ...]:
    """Left and right."""
    return tuple(_hand(side, sign) for side, sign in (("L", 1.0), ("R", -1.0)))


def relief(person: Person, where: Texels) -> Floats:
    """(N,) height in metres against smooth skin."""
    height = np.zeros(len(where.place))
    rng = np.random.default_rng((person.seed, 808))
    old = float(np.clip((person.age_years - 30) / 50, 0, 1))
    lean = float(
        np.interp(person.age_years, (10, 20), (0.15, 1.0)) * np.clip(1 - 0.6 * person.build, 0.3, 1.4)
    )
    bends = [rng.normal(0, 0.0003, 6) for _ in range(16)]
    for hand, near in _each(where):
        back = where.normal[near] @ hand.back
        flat = hand.flat(where.place[near])
        drawn = _cords(hand, flat, (0.00030 + 0.00025 * old) * lean) * step(back, 0.1, 0.6)
        drawn += 0.00055 * _vein_share(person) * _net(hand, flat, person) * step(back, 0.2, 0.7)
        for points, deep in _PALM:
            away = _away(flat, hand.metres(points))
            drawn -= deep * (0.00034 + 0.0002 * old) * np.exp(-((away / 0.0009) ** 2)) * step(-back, 0.2, 0.6)
        height[near] += drawn
        for finger in hand.fingers:
            _fold(height, where, near, finger, 0.00036 + 0.00030 * old, bends)
    nails = _nail_mask(where)
    rim = np.exp(-(((nails - 0.5) / _NAIL_RIM) ** 2))
    return np.asarray(height * (1 - nails) - _GROOVE_M * rim * (nails > 0))


def palms(where: Texels) -> Floats:
    """(N,) 1 on palms and the inner sides of fingers."""
    return _sides(where, -1.0)


def backs(where: Texels) -> Floats:
    """(N,) 1 on the backs of hands, less towards the fingers' tips."""
    return _sides(where, 1.0)


def _sides(where: Texels, sign: float) -> Floats:
    amount = np.zeros(len(where.place))
    for hand, near in _each(where):
        on = step(hand.flat(where.place[near])[:, 0], -0.01, 0.015)
        amount[near] = on * step(sign * (where.normal[near] @ hand.back), 0.05, 0.5)
    return amount


def knuckles(where: Texels) -> Floats:
    """(N,) from 1 over the joints of the fingers, on their backs, to 0 away from them."""
    amount = np.zeros(len(where.place))
    for hand, near in _each(where):
        for finger in hand.fingers:
            for joint in range(3):
                reach = _JOINT_FLUSH_M if joint else _KNUCKLE_M
                if finger.number == 1 and not joint:
                    continue
                away = np.linalg.norm(where.place[near] - finger.joints[joint] - 0.006 * finger.back, axis=1)
                share = np.exp(-0.5 * (away / reach) ** 2) * step(where.normal[near] @ finger.back, -0.1, 0.4)
                amount[near] = np.maximum(amount[near], share * (0.6 if joint == 2 else 1.0))
    return amount


def fingertips(where: Texels) -> Floats:
    """(N,) from 1 on the ends of the fingers to 0 away from them."""
    amount = np.zeros(len(where.place))
    for hand, near in _each(where):
        for finger in hand.fingers:
            away = np.linalg.norm(where.place[near] - finger.joints[3], axis=1)
            amount[near] = np.maximum(amount[near], step(away, 2 * _TIP_M, 0.5 * _TIP_M))
    return amount


def coloured(person: Person, where: Texels, colour: Floats, fair: float) -> Floats:
    """(N, 3) linear RGB of skin of this colour with its veins and nails."""
    result = colour.copy()
    nails = _nail_mask(where)[:, None]
    for hand, near in _each(where):
        shown = _vein_share(person) * (0.25 + 0.75 * fair) * step(where.normal[near] @ hand.back, 0.2, 0.7)
        net = shown * _net(hand, hand.flat(where.place[near]), person)
        result[near] *= np.exp(-net[:, None] * _VEIN)
    bed = 0.42 * result + _BED * (0.45 + 0.55 * fair)
    result = result * (1 - nails) + bed * nails
    for hand, near in _each(where):
        for finger in hand.fingers:
            place = (where.place[near] - finger.joints[2]) @ finger.along(2)
            close = np.linalg.norm(where.place[near] - finger.joints[3], axis=1) < 0.022
            edge = step(place, finger.nail[1] - 1.6 * _EDGE_M, finger.nail[1] - 0.6 * _EDGE_M) * 0.8
            moon = step(place, finger.nail[0] + _MOON_M, finger.nail[0] + 0.4 * _MOON_M)
            moon = moon * (0.35 if finger.number == 1 else 0.18)
            share = np.clip(edge + moon, 0, 1) * close * step(nails[near, 0], 0.4, 0.8)
            result[near] += share[:, None] * (_EDGE * (0.75 + 0.25 * fair) - result[near])
    return result


def _nail_mask(where: Texels) -> Floats:
    return np.clip(where.mask("fingernails") + where.mask("toenails"), 0, 1)


def _vein_share(person: Person) -> float:
    """How far veins show: those of lean men and of the old do."""
    grown = np.interp(person.age_years, (12, 25, 50, 80), (0.0, 0.25, 0.55, 1.0))
    lean = np.clip(1 - 0.7 * person.build, 0.2, 1.3)
    return float(grown * lean * (1.0 if person.sex is Sex.MALE else 0.65))


def _each(where: Texels) -> Iterator[tuple[Hand, IntArray]]:
    """Each hand that texels show, and which of them (H,) show it."""
    for hand in hands():
        beside = hand.side * where.place[:, 0] > hand.side * hand.wrist[0] - 0.06
        near = np.flatnonzero(beside).astype(np.int32)
        near = near[hand.flat(where.place[near])[:, 0] > -0.03]
        if len(near):
            yield hand, near


def _fold(
    height: Floats, where: Texels, near: IntArray, finger: Finger, depth_m: float, bends: list[Array]
) -> None:
    """Cut the lines across a finger's joints into the heights (N,)."""
    middle = 2 if finger.number == 1 else 1
    for joint in range(middle, 3):
        along = finger.along(joint)
        back = finger.back - (finger.back @ along) * along
        across = np.cross(along, back / np.linalg.norm(back))
        offset = where.place[near] - finger.joints[joint]
        close = np.flatnonzero((offset**2).sum(1) < _JOINT_M**2)
        chosen, offset = near[close], offset[close]
        u, v = offset @ along, offset @ across
        up = where.normal[chosen] @ finger.back
        bend = bends[3 * finger.number - 2 + (joint - 1)]
        # Over a bent joint the skin has room to spare: its lines close up around it.
        arched = np.clip(1 - (v / 0.010) ** 2, 0.2, 1) if joint == middle else 1.0
        lines = np.array(_BACK_LINES_M) if joint == middle else np.array(_BACK_LINES_M[1:3])
        grooves = np.zeros(len(chosen))
        for line, shift in zip(lines, bend, strict=False):
            wave = 0.0004 * np.sin(v * 900 + bend[4] * 1e4 + line * 2e3)
            grooves += np.exp(-(((u - line * arched - shift - wave) / 0.00065) ** 2))
        drawn = grooves * step(up, 0.15, 0.6) * (1.0 if joint == middle else 0.7)
        for line in _PALM_LINES_M[joint - middle]:
            drawn += 1.2 * np.exp(-(((u - line) / 0.0007) ** 2)) * step(-up, -0.1, 0.4)
        height[chosen] -= depth_m * drawn


def _cords(hand: Hand, flat: Floats, height_m: float) -> Floats:
    """(N,) metres that tendons and knuckles stand out on the back of a hand."""
    ends = hand.flat(hand.knuckles)
    height = np.zeros(len(flat))
    for end in ends:
        start = np.array([0.12 * end[0], 0.45 * end[1]])
        way = (end - start) / np.linalg.norm(end - start)
        place = (flat - start) @ way
        length = float(np.linalg.norm(end - start))
        aside = (flat - start) @ np.array([-way[1], way[0]])
        shown = step(place, 0.1 * length, 0.45 * length) * step(place, length + 0.004, length - 0.006)
        height += height_m * shown * np.exp(-((aside / 0.0024) ** 2))
        height += 1.6 * height_m * np.exp(-(((flat - end) ** 2).sum(1) / 0.0052**2))
    return height


def _net(hand: Hand, flat: Floats, person: Person) -> Floats:
    """(N,) from 1 on veins to 0 away from them. No two hands have the same."""
    rng = np.random.default_rng((person.seed, 809, int(hand.side > 0)))
    share = np.zeros(len(flat))
    for points in _VEINS:
        moved = np.array(points) + rng.normal(0, (0.03, 0.07), (len(points), 2))
        path = hand.metres(tuple((float(s), float(t)) for s, t in moved))
        away = _away(flat, path) + 0.0004 * noise(rng, np.column_stack([flat, flat[:, 0]]), 120.0)
        share = np.maximum(share, rng.uniform(0.6, 1.0) * np.exp(-((away / 0.0016) ** 2)))
    return share


def _away(flat: Floats, path: Array) -> Floats:
    """(N,) metres of points (N, 2) from a smooth line through points (K, 2)."""
    steps = np.linspace(0, len(path) - 1, 160)
    line = np.stack([np.interp(steps, np.arange(len(path)), path[:, axis]) for axis in range(2)], -1)
    width = 160 // (2 * len(path)) * 2 + 1
    padded = np.pad(line, ((width // 2, width // 2), (0, 0)), mode="reflect", reflect_type="odd")
    kernel = np.full(width, 1 / width)
    smooth = np.stack([np.convolve(padded[:, axis], kernel, "valid") for axis in range(2)], -1)
    return np.asarray(cKDTree(smooth).query(flat)[0])


def _hand(side: str, sign: float) -> Hand:
    basis = load()
    heads, tails = (basis.joint_points(end, basis.vertices) for end in ("head", "tail"))

    def bone(name: str) -> int:
        return basis.bone_names.index(f"{name}.{side}")

    whole = texels(1024, "hands")
    nailed = np.flatnonzero((whole.mask("fingernails") > 0.5) & (sign * whole.place[:, 0] > 0))
    tips = np.array([tails[bone(f"finger{number}-3")] for number in range(1, 6)])
    owner = cKDTree(tips).query(whole.place[nailed])[1]
    fingers = []
    for number in range(1, 6):
        bones = [bone(f"finger{number}-{joint}") for joint in (1, 2, 3)]
        joints = np.array([*(heads[index] for index in bones), tails[bones[-1]]])
        own = nailed[owner == number - 1]
        back = whole.normal[own].mean(0).astype(float)
        way = (joints[3] - joints[2]) / np.linalg.norm(joints[3] - joints[2])
        ends = (whole.place[own] - joints[2]) @ way
        fingers.append(
            Finger(number, joints, back / np.linalg.norm(back), (float(ends.min()), float(ends.max())))
        )
    back = np.mean([finger.back for finger in fingers[1:]], axis=0)
    knuckle = np.array([finger.joints[0] for finger in fingers[1:]])
    return Hand(sign, heads[bone("wrist")], knuckle, back / np.linalg.norm(back), tuple(fingers))
