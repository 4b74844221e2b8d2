"""Things that people let go of: thrown, shot, bowled, dropped. From there on physics has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lichtspiel.library import bows, catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.motion import Hold, MotionEntry
from lichtspiel.screenplay import Beat, OutcomeKind
from lichtspiel.stage.ballistics import launch_velocity, shot_velocity
from lichtspiel.stage.blocking import UP, Blocking, Sent, level
from lichtspiel.stage.holding import NEVER_S, grips
from lichtspiel.stage.instance import Instance, as_vec3, facing_yaw
from lichtspiel.stage.people import Actor, people_ground
from lichtspiel.stage.world import Grip, Kick

_NO_TARGET_M = 7.0
"""How far something flies that is thrown at nothing."""
_RISES_M_S = 0.3
_PASS_M = 3.2
"""Those who throw something to each other stand no farther apart."""
_OVER = 0.35
"""Share of the way to the release after which a ball is in the throwing hand alone."""
_MISS = 0.9
"""Of the radius of an opening that a miss is aimed beyond its middle, so that it still looks like a try."""


def let_go(
    blocking: Blocking, beat: Beat, motion: MotionEntry, actor: Actor, thing: Instance, start: float
) -> None:
    """The thing leaves the hand at the moment that the motion names, toward the beat's target.

    Who has done nothing before stands where such a throw is made from.
    """
    release = motion.release
    assert release is not None
    target = _target(blocking, beat)
    height = actor.person.height_m
    if target is not None and not actor.directions:
        front = level(target.direction((0.0, -1.0, 0.0)))
        stand = target.position + release.from_m * front
        actor.position = np.array([*stand[:2], people_ground(blocking.place).centre[2]])
        actor.yaw = facing_yaw(-front)
    catcher = _catcher(blocking, beat, actor)
    if catcher is not None and not (actor.directions or catcher.directions):
        _stand_apart(actor, catcher, min(release.from_m, _PASS_M))
    # The person's own right hand, or the left one of the left-handed.
    right = -np.array([np.cos(actor.yaw), np.sin(actor.yaw), 0.0])
    side, ahead, up = release.at
    side = -side if actor.person.left_handed else side
    point = actor.position + height * (side * right + ahead * actor.ahead + up * UP)
    goal = _goal(blocking, beat, target, point, actor) if catcher is None else _to_hands(catcher, blocking)
    elevation = np.radians(release.elevation_deg)
    velocity = launch_velocity(point, goal, blocking.gravity_m_s2, elevation) * np.sqrt(beat.speed)
    if release.speed_m_s is not None:
        velocity = shot_velocity(point, goal, blocking.gravity_m_s2, release.speed_m_s)
    if release.rolls_m_s is not None:
        velocity = release.rolls_m_s * np.sqrt(beat.speed) * level(goal - point)
    if thing.entry.parameters.get("gas") == "helium":
        velocity = _RISES_M_S * UP  # it goes up by itself
    spin = np.cross(level(velocity), UP) * release.backspin_rad_s
    at_s = start + release.at_s / beat.speed
    blocking.grips = [
        part for grip in blocking.grips for part in _until(grip, actor, thing, start, at_s, motion.holds)
    ]
    blocking.grips = [part for grip in blocking.grips for part in _springs_back(grip, actor, at_s)]
    if catcher is not None:
        flat = float(np.linalg.norm((goal - point)[:2]))
        there_s = at_s + flat / max(float(np.linalg.norm(velocity[:2])), 0.1)
        blocking.sent[catcher.name] = Sent(thing, there_s)
    blocking.controls.append(Kick(thing.root_body, at_s, as_vec3(velocity), as_vec3(spin)))
    _free(blocking, thing, velocity)
    blocking.let_go[thing.prop.id] = at_s


def _until(
    grip: Grip, actor: Actor, thing: Instance, start_s: float, at_s: float, holds: Sequence[Hold]
) -> list[Grip]:
    """A grip that ends when its holder throws; what both hands have caught goes into one first."""
    if grip.body != thing.root_body or grip.figure != actor.name or grip.end_s < at_s:
        return [grip]
    if grip.part != "hands" or grip.start_s <= 0:
        return [replace(grip, end_s=at_s)]
    over_s = start_s + _OVER * (at_s - start_s)
    return [replace(grip, end_s=over_s), *grips(actor, [thing], over_s, at_s, holds)]


def _springs_back(grip: Grip, actor: Actor, at_s: float) -> list[Grip]:
    """A string goes with the hand that draws it until that lets go."""
    if grip.gait_of not in bows.HALVES or grip.figure != actor.name or grip.end_s < at_s:
        return [grip]
    return [replace(grip, end_s=at_s), replace(grip, start_s=at_s, gait_of="")]


def _catcher(blocking: Blocking, beat: Beat, actor: Actor) -> Actor | None:
    """Who catches what is thrown to them."""
    others = blocking.people.get(beat.target or "", [])
    catches = any(
        other.subject == beat.target and other.motion and catalogue.motions()[other.motion].catches
        for other in blocking.screenplay.beats
    )
    return others[0] if catches and others and others[0] is not actor else None


def _stand_apart(first: Actor, second: Actor, apart_m: float) -> None:
    """Facing each other, so far apart, about the middle between them."""
    way = level(second.position - first.position)
    middle = (first.position + second.position) / 2
    first.position, second.position = middle - apart_m / 2 * way, middle + apart_m / 2 * way
    first.yaw, second.yaw = facing_yaw(way), facing_yaw(-way)


def _to_hands(catcher: Actor, blocking: Blocking) -> Array:
    """Where the hands of somebody are who catches."""
    told = [b.motion for b in blocking.screenplay.beats if b.subject == catcher.character.id and b.motion]
    found = next(c for motion in told if (c := catalogue.motions()[motion].catches) is not None)
    aside, ahead, up = found.at
    left = np.cross(UP, catcher.ahead)
    offset = aside * left + ahead * catcher.ahead + up * UP
    return np.asarray(catcher.position + catcher.person.height_m * offset)


def caught(blocking: Blocking, motion: MotionEntry, actor: Actor, beat: Beat, start_s: float) -> float:
    """When somebody begins to catch what is on its way to them, whose hands then close about it: at
    `start_s` where nothing comes."""
    sent = blocking.sent.pop(actor.name, None) if motion.catches is not None else None
    if sent is None or motion.catches is None:
        return start_s
    middle = as_vec3(np.array(sent.thing.root.position) - [0.0, 0.0, sent.thing.size[2] / 2])
    body = sent.thing.root_body
    blocking.grips.append(Grip(actor.name, "hands", body, sent.arrives_s, NEVER_S, middle))
    return max(sent.arrives_s - motion.catches.at_s / beat.speed, 0.0)


def _free(blocking: Blocking, thing: Instance, velocity: Array) -> None:
    ahead, speed = level(velocity), float(np.linalg.norm(velocity))
    blocking.free(thing, "velocity", ahead, 0.06 * speed)
    blocking.free(thing, "velocity", UP, 0.06 * speed)
    blocking.free(thing, "velocity", np.cross(UP, ahead), 0.035 * speed)
    blocking.free(thing, "angular_velocity", np.cross(UP, ahead), 6.0)


def _target(blocking: Blocking, beat: Beat) -> Instance | None:
    for name in (beat.target, *(outcome.target for outcome in beat.outcomes)):
        if name in blocking.cast and name not in beat.using:
            return blocking.cast[str(name)][0]
    return None


def _goal(blocking: Blocking, beat: Beat, target: Instance | None, point: Array, actor: Actor) -> Array:
    if target is None:
        others = blocking.people.get(beat.target or "", [])
        if others and others[0] is not actor:
            return np.asarray(others[0].position + 0.72 * others[0].person.height_m * UP)
        aim = point + _NO_TARGET_M * actor.ahead
        return np.array([*aim[:2], people_ground(blocking.place).centre[2]])
    opening = target.spot("opening")
    if opening is None:
        return target.position + UP * target.size[2] / 2
    wanted = {outcome.kind for outcome in beat.wanted}
    if not wanted or OutcomeKind.ENTERS in wanted:
        return opening.copy()
    box = target.region("opening")
    radius = 0.2 if box is None else (box[1][0] - box[0][0]) / 2
    return np.asarray(opening + _MISS * radius * level(opening - point))
