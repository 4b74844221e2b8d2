"""The keys of a score on the clock: rounds laid out, mirrored for left hands, and what each key says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.score import Key, Score

_TEMPO = 0.07
"""Spread of the time that rounds take: timing of repeated movements varies by some percent (Wing, 2002)."""
_GAIN = 0.09
_LEVEL_M, _KNEELS_M = 0.06, 0.26
"""By how much shoulders must be above another's to come down, and to do so on the knees."""
_KNEE_DOWN, _BENT_DOWN = 0.5, 0.1
"""How far hips come down by that, in legs."""
_BENDS_M, _TRUNK_DEG = 0.2, 26.0
"""What is left is made up by bending the trunk: so far for so much."""
_KNEELING: tuple[tuple[tuple[float, float, float], dict[str, Any]], ...] = (
    (
        (0.0, -0.08, -0.25),
        {"right_foot": (0.12, -0.42, 0.0, 0.0, 62.0), "left_foot": (0.12, 0.06, 0.0, 5.0, 0.0)},
    ),
    (
        (0.0, -0.02, -0.52),
        {"right_foot": (0.12, -0.46, 0.0, 0.0, 88.0), "left_foot": (0.12, -0.46, 0.0, 0.0, 88.0)},
    ),
)
"""Hips and feet of who goes down on both knees, key after key."""
_SIDED = ("arm", "wrist", "shape", "foot", "leg")


@dataclass(frozen=True, eq=False)
class Moment:
    """A key at a time of the performer's clock; `gain` is how large its swings are."""

    time_s: float
    key: Key
    gain: float = 1.0


def laid_out(
    score: Score, duration_s: float, loops: bool, until_s: float, gain: float, rng: np.random.Generator
) -> list[Moment]:
    """All moments up to a time of the performer's clock, in order."""
    keys = sorted(score.keys, key=lambda key: key.at)
    found: list[Moment] = []
    if not loops:
        for key in keys:
            _add(found, key.at, key.hold, key, gain)
        return found
    start, end = score.cycle or (keys[0].at, duration_s)
    for key in keys:
        if key.at < start:
            _add(found, key.at, key.hold, key, gain)
    round_s, begin = end - start, start
    while begin < until_s + round_s:
        pace = 1 + _TEMPO * score.vary * float(np.clip(rng.standard_normal(), -2, 2))
        for key in keys:
            if start <= key.at < end - 1e-9:
                swing = 1 + _GAIN * score.vary * float(np.clip(rng.standard_normal(), -2, 2))
                _add(found, begin + (key.at - start) * pace, key.hold * pace, key, gain * swing)
        begin += round_s * pace
    return found


def settled_s(score: Score) -> float:
    """When the last key of one round has been held."""
    return max(key.at + key.hold for key in score.keys)


def _add(found: list[Moment], at: float, hold: float, key: Key, gain: float) -> None:
    found.append(Moment(at, key, gain))
    if hold > 0:
        found.append(Moment(at + hold, key, gain))


def paced(score: Score, share: float) -> Score:
    """The same with ways and steps that are so many times as long, as they are for a couple that steps as
    one."""

    def longer(key: Key) -> Key:
        changed: dict[str, object] = {}
        if key.hips is not None:
            changed["hips"] = (share * key.hips[0], share * key.hips[1], key.hips[2])
        for name in ("left_foot", "right_foot", "feet"):
            step = getattr(key, name)
            if step is not None:
                changed[name] = (share * step[0], share * step[1], *step[2:])
        return key.model_copy(update=changed)

    return score.model_copy(update={"keys": tuple(longer(key) for key in score.keys)})


def levelled(score: Score, above_m: float, leg_m: float) -> Score:
    """The same of one whose shoulders are so much above those of the other: bent, or on both knees.

    leg_m: of the one who comes down.
    """
    if above_m < _LEVEL_M:
        return score
    kneels = above_m > _KNEELS_M
    rest = above_m - (_KNEE_DOWN * leg_m if kneels else _BENT_DOWN * leg_m)
    bend = float(np.clip(rest / _BENDS_M, 0.0, 1.0))

    def lower(number: int, key: Key) -> Key:
        aside, ahead, up = key.hips or (0.0, 0.0, 0.0)
        turned, bent, leaned = key.trunk or (0.0, 0.0, 0.0)
        trunk = (turned, bent + bend * _TRUNK_DEG, leaned)
        if not kneels:
            share = min(above_m / _KNEELS_M, 1.0)
            lean = (aside, ahead - share * 0.06, up - share * _BENT_DOWN)
            pelvis = (0.0, share * 8.0, 0.0)
            return key.model_copy(update={"hips": lean, "pelvis": pelvis, "trunk": trunk})
        down, steps = _KNEELING[min(number, len(_KNEELING) - 1)]
        hips = (aside, ahead + down[1], up + down[2])
        return key.model_copy(update={"hips": hips, "trunk": trunk, "pelvis": (0.0, 0.0, 0.0)} | steps)

    return score.model_copy(update={"keys": tuple(lower(i, key) for i, key in enumerate(score.keys))})


def mirrored(score: Score) -> Score:
    """The same for a left-hander."""
    return score.model_copy(update={"keys": tuple(_mirrored(key) for key in score.keys)})


def _mirrored(key: Key) -> Key:
    changed: dict[str, object] = {"left": key.right, "right": key.left}
    for part in _SIDED:
        changed[f"left_{part}"] = getattr(key, f"right_{part}")
        changed[f"right_{part}"] = getattr(key, f"left_{part}")
    for name in ("pelvis", "trunk", "head"):
        angles = getattr(key, name)
        changed[name] = None if angles is None else (-angles[0], angles[1], -angles[2])
    changed["hips"] = None if key.hips is None else (-key.hips[0], key.hips[1], key.hips[2])
    changed["turn"] = None if key.turn is None else -key.turn
    return key.model_copy(update=changed)


def channel[V](moments: list[Moment], told: Callable[[Key], V | None]) -> list[tuple[Moment, V]]:
    """The moments whose key says something of a part, with what it says."""
    found = []
    for moment in moments:
        value = told(moment.key)
        if value is not None:
            found.append((moment, value))
    return found


def sided_channel(
    moments: list[Moment], told: Callable[[Key, int], Any], side: int
) -> list[tuple[Moment, Any]]:
    """The same of one side, 0 for the left."""
    return channel(moments, lambda key: told(key, side))


def sided(key: Key, part: str, side: int) -> Any:
    """What a key says of a part on one side (0 is left): its own word, or that for both sides."""
    both = {"arm": "arms", "wrist": "wrists", "shape": "shapes", "foot": "feet", "leg": "legs", "": "hands"}
    name = ("left", "right")[side] + (f"_{part}" if part else "")
    own = getattr(key, name)
    return own if own is not None else getattr(key, both[part])


def times_of(told: list[tuple[Moment, Any]]) -> Array:
    """(K,) strictly rising."""
    times = np.array([moment.time_s for moment, _ in told])
    return np.asarray(np.maximum.accumulate(times + 1e-6 * np.arange(len(times))))
