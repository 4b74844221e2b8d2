"""Knees and feet go with the hip: no thigh and no ankle is wrung about its own axis."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.library.asset import Array
from lichtspiel.motion import turns
from lichtspiel.motion.anatomy import DOWN, OUTWARD, SIDES, anatomy
from lichtspiel.motion.limbs import knee_pole
from lichtspiel.motion.rehearse import rehearse
from lichtspiel.motion.strip import demonstration
from tests.motion.people import bones, everybody

_MOST_DEG = 55.0
"""A hip turns outward by 45 to 60° (Kapandji, The Physiology of the Joints, 2); shin and foot do as much
together."""


@pytest.mark.parametrize("name", ["splits", "grand_jete", "kick_ball", "sprint"])
def test_no_leg_is_wrung(name: str) -> None:
    world, _, _ = demonstration(name, None, "stand", everybody()["man"])
    figure = world.figures[0]
    body = anatomy(figure.physique)
    _, turned = bones(figure.physique, rehearse(world)[figure.name])
    of = {bone: turns.of_quaternions(turn) for bone, turn in turned.items()}
    for side, letter in enumerate(SIDES):
        thigh = of[f"upperleg01.{letter}"] @ body.thigh_neutral[side].T
        shin = of[f"lowerleg01.{letter}"] @ body.shin_neutral[side].T
        foot = of[f"foot.{letter}"] @ body.foot_neutral[side].T
        assert _twist(of["root"], thigh).max() < _MOST_DEG
        assert _twist(shin, foot).max() < _MOST_DEG


def test_a_knee_swings_round_from_far_behind_to_above_the_hip() -> None:
    swing = np.radians(np.arange(-100.0, 171.0, 5.0))[:, None] + np.zeros(2)
    pole = _front_of(swing, np.zeros(2))
    front = np.stack([np.zeros_like(swing), -np.cos(swing), np.sin(swing)], -1)
    assert np.einsum("tsi,tsi->ts", pole, front).min() > 0.99


def test_knees_point_outward_as_they_are_told() -> None:
    out = np.radians([30.0, 30.0])
    pole = _front_of(np.zeros((1, 2)), out)[0]
    assert np.allclose(np.arctan2(pole[:, 0] * OUTWARD, -pole[:, 1]), out)


def _front_of(swing: Array, out: Array) -> Array:
    """(T, 2, 3) where knees point across straight legs that are swung forward by an angle (T, 2)."""
    away = np.stack([np.zeros_like(swing), -np.sin(swing), -np.cos(swing)], -1)
    pole = knee_pole(np.eye(3), np.broadcast_to(OUTWARD * out, swing.shape), away)
    return turns.unit(pole - (pole * away).sum(-1, keepdims=True) * away)


def _twist(upper: Array, lower: Array) -> Array:
    """(T,) degrees by which a limb is turned about its own axis, beyond the shortest swing that takes it from
    hanging to where it points."""
    local = turns.back(upper) @ lower
    along = local @ DOWN
    axis = turns.cross(np.broadcast_to(DOWN, along.shape), along)
    angle = np.arctan2(np.linalg.norm(axis, axis=-1), along @ DOWN)
    swung = turns.of_vector(turns.unit(axis) * angle[:, None])
    return np.degrees(np.linalg.norm(turns.vector_of(turns.back(swung) @ local), axis=-1))
