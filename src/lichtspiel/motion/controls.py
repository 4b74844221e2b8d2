"""What steers a body: where hips, feet and hands are, and how trunk, head and arms are held.

Every field is plain numbers over time, so that postures blend by weighted sums and feet that do not
move in either of two postures do not move in their blend.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import turns


@dataclass(frozen=True, eq=False)
class Controls:
    """Leading axis is time (T); axes of 2 are the person's left and right side. Metres, radians, world axes.

    Angles of pelvis, thorax, head and feet are yaw, pitch and roll against facing -y upright.
    """

    hips: Array
    """(T, 3) the point between the hip joints."""
    pelvis: Array
    """(T, 3)"""
    thorax: Array
    head: Array
    look: Array
    """(T, 3) yaw, pitch and roll by which the head turns to what is looked at, in the axes of `head`."""
    shoulders: Array
    """(T, 2, 2) raised, drawn forward."""
    arms: Array
    """(T, 2, 3) upper arm against the thorax: swung forward, lifted sideways, turned inward."""
    elbows: Array
    """(T, 2) bent from straight."""
    palms: Array
    """(T, 2) turned from facing the thigh to facing back."""
    wrists: Array
    """(T, 2, 2) bent to the palm, bent to the thumb."""
    fingers: Array
    """(T, 2, 5) thumb to little finger, from 0, flat, to 1, a fist."""
    hands: Array
    """(T, 2, 3) where a placed wrist is."""
    hand_along: Array
    """(T, 2, 3) direction of a placed hand from wrist to knuckles."""
    hand_thumb: Array
    """(T, 2, 3) direction to its thumb's side."""
    elbow_poles: Array
    """(T, 2, 3) direction from a placed hand's arm to its elbow."""
    grip: Array
    """(T, 2) from 0, the hand goes with the arm, to 1, it stays where `hands` says."""
    ankles: Array
    """(T, 2, 3)"""
    feet: Array
    """(T, 2, 3)"""
    toes: Array
    """(T, 2) bent up."""
    knees: Array
    """(T, 2) how far the knees point outward against the pelvis."""


_OF_PLACED_HANDS = ("hands", "hand_along", "hand_thumb", "elbow_poles")


def mix(first: Controls, second: Controls, weight: Array) -> Controls:
    """From `first` (weight 0) to `second` (1); weight is (T,). A hand free in one goes by the other."""
    bound = (1 - weight[:, None]) * first.grip + weight[:, None] * second.grip
    bound = np.where(bound > 0, weight[:, None] * second.grip / np.maximum(bound, 1e-9), weight[:, None])

    def blend(name: str) -> Array:
        a, b = getattr(first, name), getattr(second, name)
        share = weight.reshape(-1, *[1] * (max(a.ndim, b.ndim) - 1))
        if name in _OF_PLACED_HANDS:
            share = bound[..., None]
        return np.asarray(a + share * (b - a))

    return Controls(**{field.name: blend(field.name) for field in fields(Controls)})


def sided_mix(controls: Controls, side_fields: dict[str, Array], side: int, weight: Array) -> Controls:
    """One side's fields gone over into others (T, ...) by a weight (T,), as in `mix`."""
    grip = side_fields.get("grip", controls.grip[:, side])
    bound = (1 - weight) * controls.grip[:, side] + weight * grip
    share_bound = np.where(bound > 0, weight * grip / np.maximum(bound, 1e-9), weight)
    changed = {}
    for name, values in side_fields.items():
        before = getattr(controls, name)
        share = (share_bound if name in _OF_PLACED_HANDS else weight).reshape(-1, *[1] * (before.ndim - 2))
        after = before.copy()
        after[:, side] += share * (values - before[:, side])
        changed[name] = after
    return replace(controls, **changed)


def wound(controls: Controls, like: Controls) -> Controls:
    """The same posture, its angles counted on from how often another has turned round by its last sample."""
    rounds = 2 * np.pi * np.round((like.pelvis[-1] - controls.pelvis[-1]) / (2 * np.pi))
    return shifted(controls, pelvis=rounds, thorax=rounds, head=rounds, feet=rounds * [1.0, 0.0, 0.0])


def held(still: Controls, count: int) -> Controls:
    """A posture of one sample, held for `count` samples."""
    return Controls(
        **{field.name: np.repeat(getattr(still, field.name)[:1], count, axis=0) for field in fields(Controls)}
    )


def joined(parts: list[Controls]) -> Controls:
    """One after the other."""
    return Controls(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Controls)
        }
    )


def part(controls: Controls, samples: slice) -> Controls:
    """Some of the samples."""
    return Controls(**{field.name: getattr(controls, field.name)[samples] for field in fields(Controls)})


def placed(controls: Controls, position: Array, yaw: float) -> Controls:
    """Carried from a figure's own frame to where it stands and faces in the world."""
    turn = turns.about_z(yaw)
    heading = np.array([yaw, 0.0, 0.0])
    return replace(
        controls,
        **{name: getattr(controls, name) @ turn.T + position for name in ("hips", "ankles", "hands")},
        **{name: getattr(controls, name) @ turn.T for name in ("hand_along", "hand_thumb", "elbow_poles")},
        **{name: getattr(controls, name) + heading for name in ("pelvis", "thorax", "head", "feet")},
    )


def shifted(controls: Controls, **offsets: Any) -> Controls:
    """With offsets added to some of the fields."""
    return replace(controls, **{name: getattr(controls, name) + offset for name, offset in offsets.items()})
