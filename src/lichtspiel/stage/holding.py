"""How people hold things: which hand, and where the thing is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, cast

import numpy as np

from lichtspiel.library.asset import Array, Joint, Quat, Vec3
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.motion import Hold, HoldingPart
from lichtspiel.stage.instance import Instance, as_vec3, multiply
from lichtspiel.stage.people import Actor
from lichtspiel.stage.world import Grip

Held = Literal["side", "rod", "hanging", "palm", "both", "shoulder"]

NEVER_S = 1e6
_SIDES = {"_l": "_r", "_r": "_l"}
_H = float(np.sqrt(0.5))
_TURNS: dict[Held, Quat] = {
    # Frame of the palm: x to the knuckles, y to the back of the hand, z to the thumb's side. The thing's own
    # axes are x right, y away, z up.
    "side": (1.0, 0.0, 0.0, 0.0),  # upright with the thumb up
    "rod": (1.0, 0.0, 0.0, 0.0),
    "hanging": (_H, 0.0, -_H, 0.0),  # its top toward the wrist, its length along the thumb's axis
    "palm": (_H, _H, 0.0, 0.0),  # its top away from the palm
    "both": (1.0, 0.0, 0.0, 0.0),
    "shoulder": (1.0, 0.0, 0.0, 0.0),
}
_PALM_DEPTH_M = 0.018
"""From the middle of the hand to its palm, of a grown-up."""
_ABOUT: Quat = (0.0, 0.0, 0.0, 1.0)
_OFF_MIDDLE = 0.1
"""Share of its width from which on a grip is to the side of a thing's middle."""
_ROD_M = 0.02
"""Radius that a fist closes round; what is thicker is held by a thinner part."""
_LONG = 4.0
"""What is so many times longer than wide is held as a rod."""
_BIG_M = 0.24
"""What is wider than a hand spans takes both."""


def way_of(thing: Instance) -> Held:
    """How a thing is held: as its entry says, else by its size and shape."""
    if thing.entry.held is not None:
        return thing.entry.held
    width, depth, height = thing.size
    if min(width, depth) > _BIG_M:
        return "both"
    if height > _LONG * max(width, depth, 0.01) or max(width, depth) > _LONG * max(height, 0.01):
        return "rod"
    return "side"


def grips(
    actor: Actor,
    things: Sequence[Instance],
    start_s: float,
    end_s: float = NEVER_S,
    holds: Sequence[Hold] = (),
) -> list[Grip]:
    """How an actor holds things: as `holds` say, of others the first in the hand they write with, the second
    in the other one."""
    told = {hold.thing for hold in holds}
    kinds = [thing.entry.id for thing in things]
    found = []
    for number, thing in enumerate(things):
        alike = kinds[:number].count(thing.entry.id)
        own = [hold for hold in holds if hold.number in (None, alike)]
        found += carried(actor, thing, own, start_s, end_s)
    things = [thing for thing in things if thing.entry.id not in told]
    left_handed = actor.person.left_handed
    hands: tuple[HoldingPart, HoldingPart] = ("hand_l", "hand_r") if left_handed else ("hand_r", "hand_l")
    for number, thing in enumerate(things):
        way = way_of(thing)
        part: HoldingPart = hands[number % 2]
        if way == "both":
            part = "hands"
        elif way == "shoulder":
            part = "shoulder_l" if left_handed else "shoulder_r"
        found.append(_grip(actor, thing, way, part, start_s, end_s))
    return found


def carried(
    actor: Actor, thing: Instance, holds: Sequence[Hold], start_s: float, end_s: float = NEVER_S
) -> list[Grip]:
    """What a motion says of how a thing, or each piece of it, lies on its performer."""
    found = []
    for hold in holds:
        if hold.thing != thing.entry.id:
            continue
        piece = next((p for p in thing.asset.parts if p.name == hold.piece), thing.root)
        turn: Quat = (1.0, 0.0, 0.0, 0.0)
        for axis, angle in zip(np.eye(3), np.radians(hold.turn_deg), strict=True):
            x, y, z = np.sin(angle / 2) * axis
            turn = multiply((float(np.cos(angle / 2)), float(x), float(y), float(z)), turn)
        at = np.array(hold.at) * actor.person.height_m
        part: HoldingPart = hold.part
        if actor.person.left_handed and part[-2:] in _SIDES:
            part = cast(HoldingPart, part[:-2] + _SIDES[part[-2:]])
            if not part.startswith("hand"):
                at, turn = at * [-1, 1, 1], (turn[0], turn[1], -turn[2], -turn[3])
        place = as_vec3(at + rotation_matrix(turn) @ (np.array(piece.position) - hold.of))
        if part == "hand_r":
            turn = multiply(turn, _ABOUT)
        if hold.drawn:
            _loosen(thing, piece.name)
        body, drawn_by = thing.body(piece), piece.name if hold.drawn else ""
        whole = multiply(turn, piece.orientation)
        found.append(Grip(actor.name, part, body, start_s, end_s, place, whole, drawn_by))
    return found


def _loosen(thing: Instance, piece: str) -> None:
    """Let a piece of a thing go its own way: a string that is drawn."""
    parts = (replace(p, joint=Joint(), parent=None) if p.name == piece else p for p in thing.asset.parts)
    thing.asset = replace(thing.asset, parts=tuple(parts))


def drawn(
    actor: Actor, thing: Instance, holds: Sequence[Hold], worn: Sequence[Grip], start_s: float, speed: float
) -> list[Grip]:
    """What an actor takes out of where it hangs, once the motion has come so far: it hangs until then."""
    hold = next((h for h in holds if h.thing == thing.entry.id and h.until_s is not None), None)
    if hold is None or hold.until_s is None:
        return list(worn)
    taken_s = start_s + hold.until_s / speed
    own = [g for g in worn if g.body == thing.root_body and g.figure == actor.name and g.end_s > taken_s]
    hung = [replace(grip, end_s=taken_s) for grip in own if grip.part.startswith("hip")]
    if not hung:
        return list(worn)
    return [*(g for g in worn if g not in own), *hung, *grips(actor, [thing], taken_s)]


def in_palm(actor: Actor, thing: Instance, part: HoldingPart, start_s: float, end_s: float) -> Grip:
    """A ball on the palm of a hand, or between both."""
    return _grip(actor, thing, "both" if part == "hands" else "side", part, start_s, end_s)


def _grip(actor: Actor, thing: Instance, way: Held, part: HoldingPart, start_s: float, end_s: float) -> Grip:
    turn = _lying(thing) if way == "rod" else _TURNS[way]
    root = thing.root
    own = thing.asset.spots.get("grip")
    held_at = _hold_point(thing, way) if own is None else np.array(own)
    position = _contact(thing, way) + rotation_matrix(turn) @ (np.array(root.position) - held_at)
    if part == "hand_r" and _has_ends(thing, held_at):
        # A right hand holds the mirror image of a thing whose left and right are alike. What is held by one
        # of its ends is alike in front and behind instead, so it is turned about before it is mirrored.
        turn = multiply(turn, _ABOUT)
    orientation = multiply(turn, root.orientation)
    return Grip(actor.name, part, thing.root_body, start_s, end_s, as_vec3(position), orientation)


def _has_ends(thing: Instance, held_at: Array) -> bool:
    """It is held to its left or right: a sword by its hilt, a teapot by its handle."""
    return bool(abs(held_at[0]) > max(_OFF_MIDDLE * thing.size[0], abs(held_at[1])))


def _contact(thing: Instance, way: Held) -> Array:
    """Where in the frame of the palm the point that is held comes to lie."""
    side_m = min(thing.size[0], thing.size[1]) / 2
    if "grip" in thing.asset.spots:
        # A handle of its own is as thin as a hand likes it.
        side_m = min(side_m, _ROD_M)
    reach = {"side": side_m, "rod": min(side_m, _ROD_M), "palm": 0.0}.get(way)
    return np.zeros(3) if reach is None else np.array([0.0, -(_PALM_DEPTH_M + reach), 0.0])


def _hold_point(thing: Instance, way: Held) -> Array:
    """Point of the asset's frame that the hand is at."""
    width, depth, height = thing.size
    match way:
        case "palm":
            return np.zeros(3)
        case "hanging":
            return np.array([0.0, 0.0, height])
        case "rod" if width > max(height, depth):
            return np.array([-0.35 * width, 0.0, height / 2])
        case "rod" if depth > height:
            return np.array([0.0, -0.35 * depth, height / 2])
        case "rod":
            return np.array([0.0, 0.0, 0.15 * height])
        case _:
            return np.array([0.0, 0.0, height / 2])


def _lying(thing: Instance) -> Quat:
    """Turns the long axis of a thing that lies along the thumb's axis."""
    width, depth, height = thing.size
    if height >= max(width, depth):
        return _TURNS["rod"]
    return (_H, 0.0, -_H, 0.0) if width >= depth else (_H, _H, 0.0, 0.0)


def beside(actor: Actor) -> Vec3:
    """Where a held thing is put before the hand has it: beside the hip."""
    right = np.array([np.cos(actor.yaw), np.sin(actor.yaw), 0.0])
    return as_vec3(actor.position - 0.35 * right + [0.0, 0.0, 0.5 * actor.person.height_m])
