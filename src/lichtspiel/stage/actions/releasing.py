"""Things that people let go of: thrown, shot, bowled, dropped. From there on physics has them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.motion import MotionEntry
from lichtspiel.screenplay import Beat, OutcomeKind
from lichtspiel.stage.ballistics import launch_velocity
from lichtspiel.stage.blocking import UP, Blocking, level
from lichtspiel.stage.instance import Instance, as_vec3, facing_yaw
from lichtspiel.stage.people import Actor, people_ground
from lichtspiel.stage.world import Kick

_NO_TARGET_M = 7.0
"""How far something flies that is thrown at nothing."""
_RISES_M_S = 0.3
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
    # The person's own right hand, or the left one of the left-handed.
    right = -np.array([np.cos(actor.yaw), np.sin(actor.yaw), 0.0])
    side, ahead, up = release.at
    side = -side if actor.person.left_handed else side
    point = actor.position + height * (side * right + ahead * actor.ahead + up * UP)
    goal = _goal(blocking, beat, target, point, actor)
    elevation = np.radians(release.elevation_deg)
    velocity = launch_velocity(point, goal, blocking.gravity_m_s2, elevation) * np.sqrt(beat.speed)
    if thing.entry.parameters.get("gas") == "helium":
        velocity = _RISES_M_S * UP  # it goes up by itself
    spin = np.cross(level(velocity), UP) * release.backspin_rad_s
    at_s = start + release.at_s / beat.speed
    blocking.grips = [
        replace(grip, end_s=at_s) if grip.body == thing.root_body else grip for grip in blocking.grips
    ]
    blocking.controls.append(Kick(thing.root_body, at_s, as_vec3(velocity), as_vec3(spin)))
    _free(blocking, thing, velocity)
    blocking.let_go[thing.prop.id] = at_s


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
