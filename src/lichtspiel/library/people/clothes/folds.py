"""Folds of cloth at rest: where joints press it and where it hangs."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.clothes.anatomy import Places

Generator = np.random.Generator


def folds(places: Places, kinds: str, rng: Generator) -> Array:
    """(N,) heights of folds, 0 … 1, of the named kinds: see `_KINDS`. Raises KeyError for others."""
    total = np.zeros(len(places.z))
    for kind in kinds.split():
        total = np.maximum(total, _KINDS[kind](places, rng))
    return total


def _ridges(along: Array, turn: Array, length_m: float, rng: Generator) -> Array:
    """Ridges across a limb, `length_m` apart, that lean, wander and end on the way round."""
    height = np.zeros(len(along))
    for share, shrink in ((0.6, 1.0), (0.4, 1.55)):
        phase = rng.uniform(0, 2 * np.pi, 5)
        lean = rng.uniform(0.6, 1.4) * np.sin(turn + phase[0]) + 0.5 * np.sin(2 * turn + phase[1])
        wave = np.sin(2 * np.pi * shrink * along / length_m + 1.6 * lean + phase[2])
        shown = 0.5 + 0.5 * np.sin(turn + phase[3] + 14.0 * along) * np.sin(turn + phase[4])
        height += share * np.clip(0.5 + 0.5 * wave, 0, 1) ** 1.5 * shown
    return height


def _near(value: Array, centre: float, width: float) -> Array:
    return np.asarray(np.exp(-(((value - centre) / width) ** 2)))


def _trunk_turn(at: Places) -> Array:
    return np.asarray(np.arctan2(at.x, -(at.y + 0.05)))


def _arm_turn(at: Places) -> Array:
    return np.asarray(np.arctan2(-at.y - 0.05, at.z - 1.16 + 0.5 * (np.abs(at.x) - 0.31)))


def _leg_turn(at: Places) -> Array:
    knee = np.interp(at.z, (0.07, 0.447, 0.765), (0.22, 0.158, 0.109))
    return np.asarray(np.arctan2(at.x - np.sign(at.x) * knee, -(at.y + 0.02)))


def _elbow(at: Places, rng: Generator) -> Array:
    inner = 0.35 + 0.65 * np.clip(np.cos(_arm_turn(at) - 1.2), 0, 1)
    pressed = _near(at.arm, 0.215, 0.085) * inner
    return np.asarray(at.armness * pressed * _ridges(at.arm, _arm_turn(at), 0.055, rng))


def _sleeve(at: Places, rng: Generator) -> Array:
    """Soft folds all along the arm."""
    return np.asarray(at.armness * 0.5 * _ridges(at.arm, _arm_turn(at), 0.085, rng))


def _wrist(at: Places, rng: Generator) -> Array:
    return np.asarray(at.armness * _near(at.arm, 0.39, 0.06) * _ridges(at.arm, _arm_turn(at), 0.045, rng))


def _knee(at: Places, rng: Generator) -> Array:
    back = 0.6 + 0.4 * np.clip(-np.cos(_leg_turn(at)), 0, 1)
    return np.asarray(at.trunk * _near(at.z, 0.44, 0.09) * back * _ridges(at.z, _leg_turn(at), 0.07, rng))


def _leg(at: Places, rng: Generator) -> Array:
    """Soft folds all along the leg."""
    free = np.clip((0.74 - at.z) / 0.1, 0, 1)
    return np.asarray(at.trunk * free * 0.65 * _ridges(at.z, _leg_turn(at), 0.13, rng))


def _pressed(at: Places, rng: Generator) -> Array:  # noqa: ARG001 - ironed the same on everybody
    """The creases of ironed trousers, down the middle of each leg in front and behind."""
    turn = _leg_turn(at)
    aside = np.minimum(np.abs(turn), np.pi - np.abs(turn)) * 0.07
    long = np.clip((at.z - 0.08) / 0.05, 0, 1) * np.clip((0.76 - at.z) / 0.08, 0, 1)
    return np.asarray(at.trunk * long * np.exp(-((aside / 0.007) ** 2)))


def _ankle(at: Places, rng: Generator) -> Array:
    return np.asarray(at.trunk * _near(at.z, 0.13, 0.07) * _ridges(at.z, _leg_turn(at), 0.055, rng))


def _creased(along: Array, turn: Array, length_m: float, rng: Generator) -> Array:
    """Ridges as of `_ridges` in stiff cloth: round on top with sharp valleys between them."""
    phase = rng.uniform(0, 2 * np.pi, 5)
    lean = np.sin(turn + phase[0]) + 0.6 * np.sin(2 * turn + phase[1])
    height = np.sqrt(np.abs(np.sin(np.pi * along / length_m + 1.1 * lean + phase[2])))
    finer = np.sqrt(np.abs(np.sin(1.7 * np.pi * along / length_m - 0.9 * lean + phase[3])))
    shown = 0.5 + 0.5 * np.sin(turn + phase[4] + 9.0 * along)
    return np.asarray((0.65 * height + 0.35 * finer) * (0.25 + 0.75 * shown))


def _stiff(at: Places, rng: Generator) -> Array:
    """Creases of stiff trousers: hollows behind and beside the knee, and where they break over the shoes."""
    turn = _leg_turn(at)
    hollow = 0.45 + 0.55 * np.clip(-np.cos(turn), 0, 1)
    knee = _near(at.z, 0.45, 0.1) * hollow * _creased(at.z, turn, 0.05, rng)
    ankle = _near(at.z, 0.12, 0.075) * _creased(at.z, turn, 0.042, rng)
    shin = 0.5 * _near(at.z, 0.27, 0.1) * _creased(at.z, turn, 0.075, rng)
    thigh = 0.45 * _near(at.z, 0.66, 0.1) * _creased(at.z + 0.5 * np.abs(at.x), turn, 0.07, rng)
    return np.asarray(at.trunk * np.maximum.reduce([knee, ankle, shin, thigh]))


def _crotch(at: Places, rng: Generator) -> Array:
    """Creases that fan out from the fork to the hips."""
    reach = np.hypot(np.abs(at.x) - 0.015, at.z - 0.775)
    angle = np.arctan2(at.z - 0.775, np.abs(at.x) + 0.01)
    wave = 0.5 + 0.5 * np.sin(angle * 9.0 + rng.uniform(0, 6.28) + 8 * reach)
    shown = np.exp(-((reach / 0.1) ** 2)) * np.clip(reach / 0.03, 0, 1)
    return np.asarray(at.trunk * shown * wave**1.5)


def _waist(at: Places, rng: Generator) -> Array:
    turn = _trunk_turn(at)
    sides = 0.35 + 0.65 * np.sin(turn) ** 2
    return np.asarray(at.trunk * _near(at.z, 1.02, 0.06) * sides * _ridges(at.z, turn, 0.075, rng))


def _hang(at: Places, rng: Generator) -> Array:
    """Soft folds that fall from the chest and deepen towards the hem."""
    turn = _trunk_turn(at)
    wave = np.zeros(len(turn))
    for count, share in ((4, 0.45), (7, 0.35), (11, 0.2)):
        wave += share * np.sin(count * turn + rng.uniform(0, 6.28) + rng.normal(0, 3.0) * at.z)
    deep = np.clip((1.22 - at.z) / 0.35, 0, 1)
    return np.asarray(at.trunk * deep * (0.5 + 0.5 * wave))


def _chest(at: Places, rng: Generator) -> Array:
    """Drag lines from the armpit across the chest and the shoulder blade."""
    reach = np.hypot(np.abs(at.x) - 0.15, at.z - 1.25)
    angle = np.arctan2(at.z - 1.25, 0.16 - np.abs(at.x))
    wave = 0.5 + 0.5 * np.sin(angle * 7.0 + rng.uniform(0, 6.28))
    return np.asarray(np.exp(-((reach / 0.09) ** 2)) * wave**1.5 * np.clip(reach / 0.04, 0, 1) * 0.6)


def _quilt(at: Places, rng: Generator) -> Array:  # noqa: ARG001 - seams are regular
    """Down between seams that run around trunk and arms, flat beside the front's edge and the armholes."""
    along = np.where(at.armness > 0.5, at.arm, at.z)
    puffed = 1 - (1 - np.abs(np.sin(np.pi * along / 0.058))) ** 2
    before = np.where(at.y < -0.03, np.clip((np.abs(at.x) - 0.01) / 0.025, 0, 1), 1.0)
    armhole = np.clip(np.abs(at.armness - 0.5) / 0.3, 0, 1)
    return np.asarray(puffed * np.where(at.trunk, before, 1.0) * armhole)


def _joints(at: Places, rng: Generator) -> Array:
    """Bellows at elbows, knees and shoulders."""
    elbow = at.armness * (_near(at.arm, 0.225, 0.06) + _near(at.arm, 0.03, 0.04))
    knee = at.trunk * (_near(at.z, 0.45, 0.07) + _near(at.z, 0.72, 0.04))
    along = np.where(at.armness > 0.5, at.arm, at.z)
    wave = 0.5 + 0.5 * np.sin(2 * np.pi * along / 0.036 + rng.uniform(0, 0.5))
    return np.asarray(np.clip(elbow + knee, 0, 1) * wave)


_KINDS = {
    "quilt": _quilt,
    "joints": _joints,
    "elbow": _elbow,
    "sleeve": _sleeve,
    "wrist": _wrist,
    "knee": _knee,
    "leg": _leg,
    "pressed": _pressed,
    "ankle": _ankle,
    "crotch": _crotch,
    "stiff": _stiff,
    "waist": _waist,
    "hang": _hang,
    "chest": _chest,
}
