"""A hand that opens a door on the way through it: it stays on the handle, which goes round the hinge."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lichtspiel.library.asset import Array, Part
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.people.holds import frames
from lichtspiel.motion import turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import OUTWARD, SIDES
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.playing import brought, turned_to
from lichtspiel.motion.solve import Skeleton, solve
from lichtspiel.motion.tracks import eased
from lichtspiel.screenplay import Action
from lichtspiel.stage.world import Body, Grip, PlacedFigure, World

_HANDLE = "handle"
_REACH = 0.26
"""How far ahead of the hips the hand opens the door, against body height."""
_WIDEST_RAD = np.radians(60.0)
_COMES_S, _GOES_S = 0.4, 0.35
_REST_M, _DROOPS = 0.012, 0.25
"""The palm above the middle of the handle, and how far the fingers point down on it."""
_UP = np.array([0.0, 0.0, 1.0])


def through_door(
    world: World, figure: PlacedFigure, actor: Actor, controls: Controls, times: Array
) -> Controls:
    """The same with the hand on the handle of a door that the figure walks in by."""
    for grip in world.grips:
        if grip.figure != figure.name or grip.part not in ("hand_l", "hand_r") or not _on_way(figure, grip):
            continue
        leaf = next((body for body in world.bodies if body.name == grip.body), None)
        if leaf is not None and leaf.part.joint.kind == "hinge":
            controls = _opened(figure, actor, controls, times, grip, leaf)
    return controls


def _on_way(figure: PlacedFigure, grip: Grip) -> bool:
    """Whether the figure sets out while it has hold of something."""
    return any(
        one.action is Action.WALK and one.path and grip.start_s <= one.start_s < grip.end_s
        for one in figure.directions
    )


def _opened(
    figure: PlacedFigure, actor: Actor, controls: Controls, times: Array, grip: Grip, leaf: Body
) -> Controls:
    side = 0 if grip.part == "hand_l" else 1
    inward = np.array([np.sin(figure.yaw), -np.cos(figure.yaw), 0.0])
    hinge = np.array(leaf.position)
    arm = rotation_matrix(leaf.orientation) @ _handle(leaf.part, leaf, inward)
    sense = float(np.sign(np.cross(_UP, arm) @ inward))
    length = float(np.hypot(arm[0], arm[1]))
    # The leaf is opened as far as the hand is ahead of who walks in.
    gone = (controls.hips - hinge) @ inward + _REACH * actor.body.height_m - float(arm @ inward)
    angle = np.arcsin(np.clip(gone / length, 0.0, np.sin(_WIDEST_RAD)))
    angle = np.maximum.accumulate(angle)
    around = turns.about_z(sense * angle)
    target = hinge + turns.turned(around, np.broadcast_to(arm, (len(times), 3))) + _REST_M * _UP
    weight = eased((times - grip.start_s + _COMES_S) / _COMES_S) * (1 - eased((times - grip.end_s) / _GOES_S))
    along = turns.unit(turns.turned(around, np.broadcast_to(inward - _DROOPS * _UP, (len(times), 3))))
    # Palm down: the thumb is on the inner side of either hand.
    thumb = turns.cross(along, np.broadcast_to(_UP, along.shape)) * (1.0 if side == 0 else -1.0)
    changed = turned_to(_bound(actor, controls, side, weight, inward), side, along, thumb, weight)
    rest = frames(actor.physique)[grip.part]
    local = rest.origin - actor.body.rig.heads[rest.bone]

    def palm(found: Skeleton) -> Array:
        name = f"wrist.{SIDES[side]}"
        return np.asarray(found.heads[name] + found.turns[name] @ local)

    return brought(actor, changed, side, palm, target, weight)


def _bound(actor: Actor, controls: Controls, side: int, weight: Array, inward: Array) -> Controls:
    """The same with a hand that is placed by the weight (T,), where it swung free before."""
    found = solve(actor.body, controls)[2]
    free = controls.grip[:, side, None] == 0.0
    grip, hands, poles = controls.grip.copy(), controls.hands.copy(), controls.elbow_poles.copy()
    outward = np.cross(inward, _UP) * -OUTWARD[side]
    elbow = turns.unit(0.5 * outward - 0.4 * inward - _UP)
    hands[:, side] = np.where(free, found.heads[f"wrist.{SIDES[side]}"], hands[:, side])
    poles[:, side] = np.where(free, elbow, poles[:, side])
    grip[:, side] = np.maximum(grip[:, side], weight)
    return replace(controls, grip=grip, hands=hands, elbow_poles=poles)


def _handle(part: Part, leaf: Body, inward: Array) -> Array:
    """Middle of the handle on the side that who comes in has before them, in the leaf's frame."""
    handles = [np.array(shape.position) for shape in part.shapes if shape.label == _HANDLE]
    turn = rotation_matrix(leaf.orientation)
    return np.asarray(min(handles, key=lambda at: float((turn @ at) @ inward)))
