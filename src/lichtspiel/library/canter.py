"""How a horse walks, trots and canters: where the pieces of its body are in every part of a stride.

Beats and support after Muybridge, Animals in Motion, 1899: one hind foot, the other with its diagonal fore,
the leading fore, then none. Length and speed of a stride are those of the medium canter (Clayton, Equine
Veterinary Journal Supplement 17, 1994: 2.94 m at 4.9 m/s, between 3.3 m/s collected and 6.0 m/s extended).
Each foot stands for 0.18 s; fits to galloping horses say 0.21 s for a foreleg at this speed (Parsons, Pfau
and Wilson, Journal of Experimental Biology 211, 2008, fig. 3), but these legs reach no farther. In the hind
leg stifle and hock bend by the same angle, as the reciprocal apparatus has it (Denoix, Veterinary Clinics of
North America: Equine Practice 15, 1999).

The walk is of four beats, hind before fore of each side, each foot on the ground for well over half a stride;
the trot has diagonal pairs with two moments in the air (Muybridge). Length of their strides: about 1.7 m at
1.6 m/s, and 2.5 m at 3.5 m/s (medium walk and working trot, from memory), the walk's cut to what legs reach.

Points are (ahead, up) in metres from the middle of the footprint, angles turn the nose up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array, Vec3

_AT_FULL_M_S = 1.0
"""From this speed on strides have their full length."""

SEAT = (0.03, 1.565)
"""Of the rider, on the saddle."""
NECK, TAIL = (0.46, 1.36), (-0.79, 1.43)
_TRUNK_WIDE = {"fore": 0.155, "hind": 0.15}
"""How far legs are from the middle, to either side."""
_FORE = ((0.36, 1.32), (0.40, 0.89), (0.44, 0.51), (0.44, 0.215), (0.525, 0.0))
"""Top of the shoulder blade's turn, elbow, knee, fetlock, toe of a foreleg that stands."""
_HIND = ((-0.55, 1.22), (-0.33, 0.93), (-0.71, 0.575), (-0.685, 0.225), (-0.60, 0.0))
"""Hip, stifle, hock, fetlock, toe."""
CHAINS: Mapping[str, tuple[str, ...]] = {
    "fore": ("shoulder", "forearm", "cannon", "foot"),
    "hind": ("thigh", "gaskin", "shank", "hoof"),
}
JOINTS: Mapping[str, tuple[tuple[float, float], ...]] = {"fore": _FORE, "hind": _HIND}


@dataclass(frozen=True)
class _Beat:
    lands: float
    """Share of the stride at which the foot comes down."""
    stands: float
    """For how much of it."""


@dataclass(frozen=True)
class Gait:
    """The feet's beats in a stride of so many metres, and what the trunk does meanwhile."""

    stride_m: float
    beats: Mapping[tuple[str, str], _Beat]
    times: int
    """How often in a stride the trunk rises and nods."""
    rises_m: float
    """To either side of its mean."""
    highest: float
    """Share of the stride at which it is."""
    pitch: float
    nods: float
    tail_up: float
    lift: float
    """How high feet are lifted, against the canter."""


def _beats(stands: float, **lands: float) -> dict[tuple[str, str], _Beat]:
    return {(foot[:-2], foot[-1]): _Beat(at, stands) for foot, at in lands.items()}


WALK = Gait(
    1.42,
    _beats(0.62, hind_l=0.0, fore_l=0.25, hind_r=0.5, fore_r=0.75),
    2,
    0.015,
    0.2,
    0.012,
    0.07,
    0.1,
    0.55,
)
TROT = Gait(
    2.5, _beats(0.34, hind_l=0.0, fore_r=0.0, hind_r=0.5, fore_l=0.5), 2, 0.04, 0.42, 0.012, 0.02, 0.3, 0.8
)
CANTER = Gait(
    2.94, _beats(0.3, hind_r=0.0, hind_l=0.21, fore_r=0.23, fore_l=0.45), 1, 0.05, 0.9, 0.065, 0.08, 0.5, 1.0
)
"""On the left lead; nothing is on the ground from 0.75 on."""
_GAITS = ((2.3, WALK), (4.1, TROT))
"""Up to which speed, m/s, a horse goes so."""
_SINKS_M = 0.04
"""Of a horse that goes, against one that stands: legs are bent under its load, and reach farther so."""
_NOSE_UP = 0.1
_LIFT_M = {"fore": 0.24, "hind": 0.16}
_BACK = {"fore": -0.13, "hind": 0.05}
"""By how much the middle of a foot's way on the ground is ahead of where it stands still."""
_HEEL_UP, _FOLDED, _TOE_UP = -0.75, -1.6, 0.12
"""Angle of a hoof as it leaves the ground, in the air, and before it lands."""
_HEEL_FROM = 0.62
_SHOULDER = 0.42
"""Share of a foreleg's swing that the shoulder blade takes part in."""


def pieces() -> dict[str, Vec3]:
    """Where the pieces of a horse hang, in the frame of a thing that faces -y: each turns about its place."""
    found = {"trunk": _vec3(0.0, SEAT), "neck": _vec3(0.0, NECK), "tail": _vec3(0.0, TAIL)}
    for leg, names in CHAINS.items():
        for side, sign in (("l", 1.0), ("r", -1.0)):
            for name, joint in zip(names, JOINTS[leg], strict=False):
                found[f"{name}_{side}"] = _vec3(sign * _TRUNK_WIDE[leg], joint)
    return found


def strides(way_m: Array, rate_hz: float) -> tuple[Array, Array, Gait]:
    """(T,) share of the stride, how much of one it is, and the gait, of a horse that came so far (T,) m."""
    speed = np.gradient(way_m) * rate_hz
    share = np.clip(speed / _AT_FULL_M_S, 0.0, 1.0)
    usual = float(np.percentile(speed, 90))
    gait = next((gait for most, gait in _GAITS if usual < most), CANTER)
    return (way_m / gait.stride_m) % 1.0, share * share * (3 - 2 * share), gait


def gone(places: Array) -> Array:
    """(T,) metres on the level that somebody has come who is at these places (T, 3)."""
    steps = np.linalg.norm(np.diff(places[:, :2], axis=0), axis=1)
    return np.concatenate([[0.0], np.cumsum(steps)])


def rise(phase: Array, share: Array, gait: Gait) -> Array:
    """(T,) metres by which the back is higher than that of a horse that stands."""
    wave = np.cos(2 * np.pi * gait.times * (phase - gait.highest))
    return np.asarray(share * (gait.rises_m * wave - _SINKS_M))


def posed(phase: Array, share: Array, gait: Gait) -> dict[str, tuple[Array, Array]]:
    """Place (T, 3) and turn (T, 4) of every piece by name, in a level frame that rises with the saddle."""
    pitch = share * gait.pitch * np.cos(2 * np.pi * gait.times * (phase - _NOSE_UP))
    ground = -rise(phase, share, gait)
    found = {"trunk": (_at(SEAT, pitch), pitch)}
    nod = -share * gait.nods * np.cos(2 * np.pi * gait.times * (phase - 0.6))
    found["neck"] = (_at(NECK, pitch), pitch + nod)
    waves = 0.08 * np.sin(2 * np.pi * phase)
    found["tail"] = (_at(TAIL, pitch), pitch - share * (gait.tail_up + waves))
    sides = {"trunk": 0.0, "neck": 0.0, "tail": 0.0}
    for (leg, side), beat in gait.beats.items():
        fetlock, foot = _step(leg, gait, beat, phase, share)
        fetlock = fetlock + np.stack([np.zeros_like(ground), ground], -1)
        solve = _foreleg if leg == "fore" else _hindleg
        for name, piece in zip(CHAINS[leg], solve(pitch, fetlock, foot), strict=True):
            found[f"{name}_{side}"] = piece
            sides[f"{name}_{side}"] = _TRUNK_WIDE[leg] * (1.0 if side == "l" else -1.0)
    return {
        name: (np.stack([np.full(len(phase), sides[name]), -at[:, 0], at[:, 1]], -1), _quaternions(angle))
        for name, (at, angle) in found.items()
    }


def _step(leg: str, gait: Gait, beat: _Beat, phase: Array, share: Array) -> tuple[Array, Array]:
    """(T, 2) where a fetlock is, and the angle (T,) of the hoof below it."""
    fetlock, toe = (np.array(point) for point in JOINTS[leg][3:5])
    since = (phase - beat.lands) % 1.0
    on_m = gait.stride_m * beat.stands * share
    stands = np.clip(since / beat.stands, 0.0, 1.0)
    ahead = toe[0] + share * _BACK[leg] + on_m * (0.5 - stands)
    heel = np.clip((stands - _HEEL_FROM) / (1 - _HEEL_FROM), 0.0, 1.0)
    angle = share * _HEEL_UP * heel * heel * (3 - 2 * heel)
    standing = _turned(fetlock - toe, angle) + np.stack([ahead, np.zeros_like(ahead)], -1)
    u = np.clip((since - beat.stands) / (1 - beat.stands), 0.0, 1.0)
    first = toe[0] + share * _BACK[leg] - 0.5 * on_m
    leaves = _turned(fetlock - toe, share * _HEEL_UP) + np.stack([first, np.zeros_like(first)], -1)
    lands = (fetlock - toe) + np.stack([first + on_m, np.zeros_like(first)], -1)
    slope = -0.5 * on_m * (1 - beat.stands) / beat.stands
    swings = leaves + (u * u * (3 - 2 * u))[:, None] * (lands - leaves)
    swings[:, 0] += slope * (u * (1 - u) ** 2 - u * u * (1 - u))
    swings[:, 1] += share * gait.lift * _LIFT_M[leg] * np.sin(np.pi * u) ** 1.4
    folds = np.interp(u, [0, 0.3, 0.62, 0.88, 1], [_HEEL_UP, _FOLDED, -0.6, _TOE_UP, 0.0]) * share
    off = since >= beat.stands
    return np.where(off[:, None], swings, standing), np.where(off, folds, angle)


def _foreleg(pitch: Array, fetlock: Array, foot: Array) -> list[tuple[Array, Array]]:
    top0, elbow0, knee0, fetlock0 = (np.array(point) for point in _FORE[:4])
    top = _at(_FORE[0], pitch)
    swung = _angle(fetlock - top) - _angle(fetlock0 - top0)
    blade = _SHOULDER * swung + (1 - _SHOULDER) * pitch
    elbow = top + _turned(elbow0 - top0, blade)
    upper, lower = (float(np.linalg.norm(v)) for v in (knee0 - elbow0, fetlock0 - knee0))
    away = fetlock - elbow
    length = np.clip(np.linalg.norm(away, axis=-1), abs(upper - lower) + 0.05, upper + lower - 0.0005)
    bend = np.arccos(np.clip((upper**2 + length**2 - lower**2) / (2 * upper * length), -1, 1))
    arm = _angle(away) + bend - _angle(knee0 - elbow0)
    knee = elbow + _turned(knee0 - elbow0, arm)
    cannon = _angle(fetlock - knee) - _angle(fetlock0 - knee0)
    ankle = knee + _turned(fetlock0 - knee0, cannon)
    return [(top, blade), (elbow, arm), (knee, cannon), (ankle, foot)]


def _hindleg(pitch: Array, fetlock: Array, foot: Array) -> list[tuple[Array, Array]]:
    hip0, stifle0, hock0, fetlock0 = (np.array(point) for point in _HIND[:4])
    hip = _at(_HIND[0], pitch)
    thigh0, gaskin0, shank0 = stifle0 - hip0, hock0 - stifle0, fetlock0 - hock0
    # Stifle and hock bend alike: the shank stays parallel to itself against the thigh.
    both = thigh0 + shank0
    a, b = float(np.linalg.norm(both)), float(np.linalg.norm(gaskin0))
    away = fetlock - hip
    length = np.clip(np.linalg.norm(away, axis=-1), abs(a - b) + 0.1, a + b - 0.002)
    between = float(_angle(both[None])[0] - _angle(gaskin0[None])[0])
    bends = np.arccos(np.clip((length**2 - a**2 - b**2) / (2 * a * b), -1, 1)) - between
    chain = both + _turned(gaskin0, -bends)
    thigh = _angle(away) - _angle(chain)
    stifle = hip + _turned(thigh0, thigh)
    hock = stifle + _turned(gaskin0, thigh - bends)
    ankle = hock + _turned(shank0, thigh)
    return [(hip, thigh), (stifle, thigh - bends), (hock, thigh), (ankle, foot)]


def _at(point: tuple[float, float], pitch: Array) -> Array:
    """(T, 2) of a point of the trunk, which turns about the saddle."""
    return np.asarray(np.array(SEAT) + _turned(np.subtract(point, SEAT), pitch))


def _turned(vector: Array, angle: Array) -> Array:
    cos, sin = np.cos(angle), np.sin(angle)
    return np.stack(
        [cos * vector[..., 0] - sin * vector[..., 1], sin * vector[..., 0] + cos * vector[..., 1]], -1
    )


def _angle(vectors: Array) -> Array:
    """Of vectors that point downward more or less, from straight ahead, without jumps behind."""
    angle = np.arctan2(vectors[..., 1], vectors[..., 0])
    return np.asarray(np.where(angle > np.pi / 2, angle - 2 * np.pi, angle))


def _quaternions(angle: Array) -> Array:
    nothing = np.zeros_like(angle)
    return np.stack([np.cos(angle / 2), -np.sin(angle / 2), nothing, nothing], -1)


def _vec3(aside: float, point: tuple[float, float]) -> Vec3:
    return (aside, -point[0], point[1])
