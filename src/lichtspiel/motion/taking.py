"""Hands that take what lies there: the hand goes to the thing, wherever it lies, and comes away with it."""

from __future__ import annotations

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.people.holds import frames
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import SIDES
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.playing import brought
from lichtspiel.motion.solve import Skeleton
from lichtspiel.motion.tracks import eased
from lichtspiel.stage.world import Grip, PlacedFigure, World

_COMES_S, _STAYS_S, _LEAVES_S = 0.7, 0.1, 0.6
"""How long the hand goes to the thing, stays where that lay, and takes back to its own way."""
_AT_ONCE_S = 1e-3


def taking(world: World, figure: PlacedFigure, actor: Actor, controls: Controls, times: Array) -> Controls:
    """The same with hands led to what the figure takes where it lies."""
    for grip in world.grips:
        if grip.figure == figure.name and grip.part in ("hand_l", "hand_r") and _is_taken(figure, grip):
            controls = _led(world, actor, controls, times, grip)
    return controls


def _is_taken(figure: PlacedFigure, grip: Grip) -> bool:
    """Whether the figure takes it by a motion that takes what lies before its performer."""
    motions = catalogue.motions()
    for told in figure.directions:
        takes_s = motions[told.motion].takes_s if told.motion in motions else None
        if takes_s is not None and abs(told.start_s + takes_s / told.speed - grip.start_s) < _AT_ONCE_S:
            return True
    return False


def _led(world: World, actor: Actor, controls: Controls, times: Array, grip: Grip) -> Controls:
    side = 0 if grip.part == "hand_l" else 1
    rest = frames(actor.physique)[grip.part]
    axes = rotation_matrix((rest.axes[0], rest.axes[1], rest.axes[2], rest.axes[3]))
    place = np.array(grip.position) * ([-1, 1, 1] if side else [1, 1, 1])
    local = rest.origin - actor.body.rig.heads[rest.bone] + axes @ place
    there = np.tile(np.array(world.body(grip.body).position, float), (len(times), 1))
    comes = eased((times - grip.start_s + _COMES_S) / (_COMES_S - 0.05))
    weight = comes * (1 - eased((times - grip.start_s - _STAYS_S) / _LEAVES_S))
    name = f"wrist.{SIDES[side]}"

    def thing(found: Skeleton) -> Array:
        return np.asarray(found.heads[name] + found.turns[name] @ local)

    return brought(actor, controls, side, thing, there, weight)
