"""What something is done to lies or stands before whoever does it: a cup, a loaf on its board, a trestle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Joint
from lichtspiel.library.motion import MotionEntry
from lichtspiel.screenplay import Beat
from lichtspiel.stage.blocking import UP, Blocking, level, shift
from lichtspiel.stage.holding import grips
from lichtspiel.stage.instance import Instance, as_vec3, facing_yaw, yaw
from lichtspiel.stage.layout import CLEARANCE_M
from lichtspiel.stage.people import Actor, people_ground
from lichtspiel.stage.world import Direction, Hold, Kick

_KICK_M, _ASLANT = 2.2, -0.8
"""Distance from which something is kicked at a wall, and how far to the side of its front."""
_ON_IT_M = 0.2
"""What is no higher above a table than this stands on it."""
_NEAR_M = 1.6
"""What stands farther away than this stays there."""
_REACH = 1.18
"""Height to which somebody grasps on flat feet, in body heights (Pheasant and Haslegrave, Bodyspace)."""
_THROUGH_S = 0.1
"""So long before a blow has come to its end the blade is in the wood."""
_APART_M_S, _TOPPLE_RAD_S = 1.4, 3.0
"""How fast halves of a log leave each other, and turn outward."""
_WORKED = ("bow", "strike", "stir", "knead")
"""What hands and tools do to something that the other hand holds fast meanwhile."""


def lay_before(blocking: Blocking, beat: Beat, motion: MotionEntry, actor: Actor) -> None:
    """What something is done to stands before whoever does it, within reach: the cup that is poured into."""
    aimed = blocking.cast.get(beat.target or "", [])
    kinds = motion.before[:1]
    if aimed and aimed[0].entry.id in motion.before[1:]:
        # It lies on what is before it.
        aimed = []
    things = [group for group in blocking.cast.values() if group[0].entry.id in kinds]
    held = {grip.body for grip in blocking.grips}
    # What is kicked lies before the foot, whatever it is kicked at.
    first = next(iter(things), [])
    laid = first if first and not (aimed and aimed[0].entry.id in motion.before) else aimed
    group = [thing for thing in laid if thing.root_body not in held]
    brought = bool(group) and group[0].entry.id in motion.before
    if not group or (group[0].is_fixed and not brought):
        return
    if group[0].is_fixed:
        # A shelf is open to who takes something from it; at a bench one works from behind.
        group[0].orientation = yaw(actor.yaw + (np.pi if motion.takes_s is not None else 0.0))
    at_it = bool(aimed) and laid is not aimed
    if at_it and not actor.directions:
        _stand_off(blocking, actor, aimed[0])
    aside, ahead = motion.before_at
    left = np.cross(UP, actor.ahead) * (-1.0 if actor.person.left_handed else 1.0)
    place = actor.position + actor.person.height_m * (ahead * actor.ahead + aside * left)
    place = _on_top(blocking, group[0], place)
    # Of what is filled one after the other the middle lies there.
    lies = np.mean([thing.position for thing in group], 0) if motion.pours else group[0].position
    offset = (place - lies) * [1.0, 1.0, 0.0]
    if at_it or group[0].is_fixed or float(np.linalg.norm(offset)) < _NEAR_M:
        shift([*group, *(rider for thing in group for rider in on_top_of(blocking, thing))], offset)
    if brought:
        _piled(blocking, motion, group[0])


def _on_top(blocking: Blocking, thing: Instance, place: Array) -> Array:
    """The place, of what lies on the main surface with all of the thing on it."""
    top = blocking.ground
    if abs(float(thing.position[2] - top.centre[2])) > _ON_IT_M or top.centre[2] < _ON_IT_M:
        return place
    offset = place - top.centre
    room = np.maximum((np.array(top.size_m) - np.abs(thing.size[:2])) / 2, 0.0)
    right = float(np.clip(offset @ top.right, -room[0], room[0]))
    back = float(np.clip(-(offset @ top.facing), -room[1], room[1]))
    return top.at(right, back, float(offset[2]))


def _stand_off(blocking: Blocking, actor: Actor, target: Instance) -> None:
    """Some way before what something is kicked at, aslant, so that a camera before it sees both."""
    away = level(target.direction((0.0, -1.0, 0.0)) + _ASLANT * blocking.ground.right)
    stand = target.position + (_KICK_M + target.size[1] / 2) * away
    actor.position = np.array([*stand[:2], people_ground(blocking.place).centre[2]])
    actor.yaw = facing_yaw(-away)


def on_top_of(blocking: Blocking, thing: Instance) -> list[Instance]:
    """What stands on a thing: the glasses on a tray."""
    return [other for group in blocking.cast.values() for other in group if other.support is thing]


def worked_on(blocking: Blocking) -> tuple[str, ...]:
    """Bodies of what people are at work on or play, which has to be seen as well as they."""
    told = [
        beat.motion for beat in blocking.screenplay.beats if beat.subject in blocking.people and beat.motion
    ]
    motions = [catalogue.motions()[name] for name in told]
    kinds = {kind for motion in motions if not motion.passes for kind in motion.before}
    kinds |= {motion.on for motion in motions if motion.on is not None and _is_played(motion.on)}
    groups = [group for group in blocking.cast.values() if group[0].entry.id in kinds]
    # What flies apart is seen where it was.
    apart = {name for motion in motions for name in motion.splits}
    things = [thing for group in groups for thing in group]
    return tuple(t.body(part) for t in things for part in t.asset.parts if part.name not in apart)


def _is_played(thing: str) -> bool:
    """Whether it is an instrument; of a piano, hands and keys are enough."""
    entry = catalogue.things().get(thing)
    return entry is not None and "instrument" in entry.tags and "furniture" not in entry.tags


def taken(
    blocking: Blocking, motion: MotionEntry, actor: Actor, things: Sequence[Instance], told: Direction
) -> None:
    """What somebody uses lies on what is before them until the motion has it in their hand."""
    if motion.takes_s is None:
        return
    nearest = min(_bases(blocking, motion), key=lambda base: _away_m(actor, base), default=None)
    if nearest is None or _away_m(actor, nearest) > _NEAR_M:
        blocking.grips += grips(actor, things, 0.0)
        return
    for thing in things:
        top, edge = nearest.spot("top"), nearest.spot("edge")
        # At the edge it is in reach, and in sight.
        inward = 0.0 if top is None or edge is None else 1 - thing.size[1] / 2 / np.linalg.norm(top - edge)
        place = _in_reach(nearest, actor)
        place = place if edge is None or top is None else place + np.clip(inward, 0.0, 1.0) * (edge - top)
        thing.position = place + CLEARANCE_M * UP
        thing.orientation, thing.support = yaw(actor.yaw), nearest
    blocking.grips += grips(actor, things, told.start_s + motion.takes_s / told.speed)


def _in_reach(base: Instance, actor: Actor) -> Array:
    """The middle of the highest board that somebody reaches; of a thing that is too low for that, its top."""
    top = base.spot("top")
    place = np.array([*base.position[:2], base.top_m]) if top is None else top
    highest = actor.position[2] + _REACH * actor.person.height_m
    names = [name for name in base.asset.spots if name.startswith("board_")]
    boards = [board for name in names if (board := base.spot(name)) is not None and board[2] <= highest]
    if place[2] <= highest or not boards:
        return place
    return max(boards, key=lambda board: float(board[2]))


def _bases(blocking: Blocking, motion: MotionEntry) -> list[Instance]:
    return [thing for group in blocking.cast.values() for thing in group if thing.entry.id in motion.before]


def _away_m(actor: Actor, thing: Instance) -> float:
    return float(np.linalg.norm((thing.position - actor.position)[:2]))


def _piled(blocking: Blocking, motion: MotionEntry, base: Instance) -> None:
    """Put each further thing that a motion is done to on the one before it."""
    held = {grip.body for grip in blocking.grips}
    worked = {play.thing for play in motion.plays if play.how in _WORKED}
    pile = [base]
    for kind in motion.before[motion.before.index(base.entry.id) + 1 :]:
        free = [
            thing
            for group in blocking.cast.values()
            for thing in group
            if thing.entry.id == kind and thing.root_body not in held
        ]
        if not free:
            continue
        top = base.spot("top")
        thing = free[0]
        thing.position = base.position.copy() if top is None else top
        thing.position[2] = max(thing.position[2], base.top_m if top is None else top[2]) + CLEARANCE_M
        thing.orientation, thing.support = base.orientation, base
        base = thing
        pile.append(thing)
    if any(thing.entry.id in worked for thing in pile):
        for thing in pile:
            hold_fast(thing)


def split(blocking: Blocking, motion: MotionEntry, told: Direction) -> None:
    """Pieces of what is worked on hang together until the first blow, then fall away from each other."""
    score = catalogue.scores().get(motion.id)
    group = next((g for g in blocking.cast.values() if g[0].entry.id in motion.before), None)
    blows = [key.at for key in score.keys if key.strikes] if score is not None else []
    if not motion.splits or group is None or not blows or score is None:
        return
    # Who is at it from the beginning is in the midst of a round.
    begun_s = score.cycle[0] if score.cycle is not None and told.start_s <= 0 else 0.0
    at_s = told.start_s + (blows[0] - begun_s) / told.speed - _THROUGH_S
    thing = group[0]
    parts = [part for part in thing.asset.parts if part.name in motion.splits and part.mesh is not None]
    middles = [part.mesh.vertices.mean(0) for part in parts if part.mesh is not None]
    for part, middle in zip(parts, middles, strict=True):
        away = level(thing.direction(middle - np.mean(middles, 0)))
        blocking.controls.append(Hold(thing.body(part), at_s))
        spin = _TOPPLE_RAD_S * np.cross(UP, away)
        blocking.controls.append(Kick(thing.body(part), at_s, as_vec3(_APART_M_S * away), as_vec3(spin)))


def hold_fast(thing: Instance) -> None:
    """Neither a knife nor a fist nor a fall shoves it away."""
    parts = tuple(
        replace(part, joint=Joint("fixed")) if part.parent is None else part for part in thing.asset.parts
    )
    thing.asset = replace(thing.asset, parts=parts)
