"""What is worn and lifted with a hand: a hat goes with the hand that tips it, and back on to the head."""

from __future__ import annotations

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.people.figures import garments_of
from lichtspiel.library.people.rig import Rig, Skin
from lichtspiel.motion.carried import Bones
from lichtspiel.motion.tracks import eased
from lichtspiel.screenplay import Action
from lichtspiel.stage.world import Direction, PlacedFigure
from lichtspiel.take import Performance

_SETTLES_S = 0.16
"""How long a hat takes from the hand on to the head, where the hand has not brought it back exactly."""


def lifts(figure: PlacedFigure) -> tuple[Direction, ...]:
    """The directions with which a figure lifts something that it wears."""
    motions = catalogue.motions()
    told = (one for one in figure.directions if one.action is Action.PERFORM and one.motion in motions)
    return tuple(one for one in told if motions[one.motion].lifts is not None)


def lifted(figure: PlacedFigure, performance: Performance) -> dict[str, Array]:
    """Garment id → vertices (T, V, 3) in the world, of what the figure lifts; nothing where it wears none."""
    told = lifts(figure)
    kinds = catalogue.garments()
    times = np.arange(len(performance.root)) / performance.rate_hz
    rig = figure.physique.rig
    bones = Bones(rig, performance.root, performance.pose)
    found = {}
    for garment in garments_of(figure.person) if told else ():
        own = [one for one in told if _kind(one) == kinds[garment.garment].kind]
        if not own:
            continue
        worn = bones.carry(garment.skin, garment.mesh.vertices)
        for direction in own:
            worn = _in_hand(figure, direction, bones, rig, worn, times)
        found[garment.garment] = worn
    return found


def _kind(direction: Direction) -> str:
    lift = catalogue.motions()[direction.motion].lifts
    assert lift is not None
    return lift.kind


def _in_hand(
    figure: PlacedFigure, direction: Direction, bones: Bones, rig: Rig, worn: Array, times: Array
) -> Array:
    """The vertices, between the two moments where the hand that has taken them has them."""
    lift = catalogue.motions()[direction.motion].lifts
    assert lift is not None
    taken_s, back_s = (direction.start_s + at / direction.speed for at in (lift.from_s, lift.until_s))
    first = int(np.searchsorted(times, taken_s))
    if first >= len(times):
        return worn
    side = "L" if figure.person.left_handed else "R"
    at_rest = rig.heads[rig.index(f"wrist.{side}")]
    corners = at_rest + np.concatenate([np.zeros((1, 3)), np.eye(3)])
    one = Skin(np.full((4, 1), rig.index(f"wrist.{side}"), np.int32), np.ones((4, 1)))
    frame = bones.carry(one, corners)
    turned = (frame[:, 1:] - frame[:, :1]).swapaxes(1, 2)
    local = (worn[first] - frame[first, 0]) @ turned[first]
    carried = np.einsum("vk,tik->tvi", local, turned) + frame[:, :1]
    share = (times >= taken_s) * (1 - eased((times - back_s + _SETTLES_S) / _SETTLES_S))
    return np.asarray(worn + share[:, None, None] * (carried - worn))
