"""Things that fly at something or run into it."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.screenplay import Action, Beat, OutcomeKind
from lichtspiel.stage.actions.rolling import roll
from lichtspiel.stage.actions.swinging import swing_axis, swing_into
from lichtspiel.stage.ballistics import launch_velocity
from lichtspiel.stage.blocking import UP, Blocking, footprint_radius, level
from lichtspiel.stage.instance import Instance
from lichtspiel.stage.people import Actor

SHOT_DISTANCE_M = 4.0
SHOT_ELEVATION_RAD = np.radians(53.0)
"""Free throws leave the hand at 51 to 55 degrees (Okubo and Hubbard, J. Sports Sci. 2006)."""
HAND_HEIGHT_M = 2.1
BACKSPIN_RAD_S = 12.0
THROW_ELEVATION_RAD = np.radians(35.0)
_FROM_M, _FROM_AHEAD = 5.0, 1.0
"""From where something is thrown at somebody: how far, and ahead of them for each metre aside."""
_FLIGHT_S, _SHORTEST_S = 0.8, 0.3
_CLEAR_M = 0.3
_CHEST, _HALF_CHEST_M = 0.74, 0.12
"""Height of the chest in body heights, and how far its skin is before the middle of the body."""


def throw(blocking: Blocking, beat: Beat) -> None:
    """Flies in from the left of the picture, to the target or to the middle of the ground."""
    if struck := blocking.people.get(beat.target or ""):
        throw_at(blocking, beat, struck[0])
        return
    target = blocking.target(beat)
    goal = _aim_point(target) if target else blocking.ground.centre
    reach = 0.45 * blocking.table_scale_m
    rng = blocking.rng(f"throw:{beat.subject}")
    for index, instance in enumerate(blocking.subjects(beat)):
        spread = (index - (len(blocking.subjects(beat)) - 1) / 2) * 1.6 * footprint_radius(instance)
        start = goal - reach * blocking.ground.right - spread * blocking.ground.facing
        start[2] = max(float(goal[2]), float(blocking.ground.centre[2])) + 0.35 * reach
        aim = goal - spread * blocking.ground.facing
        velocity = _aimed(blocking, start, aim, THROW_ELEVATION_RAD) * np.sqrt(beat.speed)
        instance.position = start - UP * instance.size[2] / 2
        blocking.kick(instance, 0.0, velocity, rng.normal(0.0, 8.0, 3))
        _free_launch(blocking, beat, instance, velocity)
    blocking.expect(reach / max(float(np.linalg.norm(velocity)), 0.1))


def throw_at(blocking: Blocking, beat: Beat, struck: Actor) -> None:
    """Flies at somebody from before them and aside, and is at their chest when they first act on it."""
    beats = blocking.screenplay.beats
    told = [one for one in beats if (one.subject, one.target) == (beat.target, beat.subject)]
    lands_s = max(blocking.start_of(told[0]) if told else 0.0, _SHORTEST_S)
    flies_s = min(lands_s, _FLIGHT_S)
    goal = struck.position + _CHEST * struck.person.height_m * UP + _HALF_CHEST_M * struck.ahead
    aside = np.cross(UP, struck.ahead)
    way = level(_FROM_AHEAD * struck.ahead + aside)
    for index, instance in enumerate(blocking.subjects(beat)):
        start = _inside(blocking, goal + _FROM_M * way + 2.5 * index * footprint_radius(instance) * aside)
        velocity = (goal - start) / flies_s + 0.5 * blocking.gravity_m_s2 * flies_s * UP
        instance.position = start - UP * instance.size[2] / 2
        begins_s = lands_s - flies_s
        if begins_s > 0:
            blocking.hold(instance, begins_s)
        blocking.kick(instance, begins_s, velocity, 6.0 * np.cross(velocity, UP) / np.linalg.norm(velocity))
    blocking.expect(lands_s)


def _inside(blocking: Blocking, point: Array) -> Array:
    """The nearest point that no wall is near."""
    bounds = blocking.place.camera_bounds
    if bounds is None:
        return point
    low, high = np.array(bounds)
    return np.asarray(np.clip(point, low + _CLEAR_M, high - _CLEAR_M))


def shoot(blocking: Blocking, beat: Beat) -> None:
    """A shot at a goal or hoop from in front of it; the film joins it in flight."""
    target = blocking.target(beat)
    if target is None:
        throw(blocking, beat)
        return
    goal = _aim_point(target)
    front = level(target.direction((0.0, -1.0, 0.0)))
    wanted = {outcome.kind for outcome in beat.wanted}
    for instance in blocking.subjects(beat):
        start = goal + SHOT_DISTANCE_M * front
        floor = float(target.position[2])
        start[2] = floor + (HAND_HEIGHT_M if goal[2] > floor + 1.0 else 0.12)
        aim = goal.copy()
        if OutcomeKind.ENTERS not in wanted and wanted:
            # A miss is aimed at the far side of the ring, so that it still looks like a try.
            aim = goal - 0.9 * _opening_radius(target) * front
        elevation = SHOT_ELEVATION_RAD if goal[2] > floor + 1.0 else np.radians(12.0)
        velocity = _aimed(blocking, start, aim, elevation)
        instance.position = start - UP * instance.size[2] / 2
        backspin = np.cross(UP, level(velocity)) * -BACKSPIN_RAD_S
        blocking.kick(instance, 0.0, velocity, backspin)
        _free_launch(blocking, beat, instance, velocity)
        blocking.expect(float(np.hypot(*(goal - start)[:2]) / np.hypot(*velocity[:2])))
    if not wanted:
        blocking.promise(beat, OutcomeKind.ENTERS)


def hit(blocking: Blocking, beat: Beat) -> None:
    """Runs into its target: swinging when it hangs, rolling when it is a ball on the ground."""
    target = blocking.target(beat)
    subject = blocking.subjects(beat)[0]
    blocking.promise(beat, OutcomeKind.HITS)
    if swing_axis(subject) is not None and target is not None:
        swing_into(blocking, beat, subject, target)
    elif subject.is_round and (target is None or target.position[2] < subject.size[2]):
        roll(blocking, beat)
    else:
        throw(blocking, beat)


def _aimed(blocking: Blocking, start: Array, goal: Array, elevation_rad: float) -> Array:
    return launch_velocity(start, goal, blocking.gravity_m_s2, elevation_rad)


def _free_launch(blocking: Blocking, beat: Beat, instance: Instance, velocity: Array) -> None:
    if not (beat.outcomes or beat.action is Action.SHOOT):
        return
    ahead, speed = level(velocity), float(np.linalg.norm(velocity))
    blocking.free(instance, "velocity", ahead, 0.06 * speed)
    blocking.free(instance, "velocity", UP, 0.06 * speed)
    blocking.free(instance, "velocity", np.cross(UP, ahead), 0.035 * speed)
    blocking.free(instance, "angular_velocity", np.cross(UP, ahead), 6.0)


def _aim_point(target: Instance) -> Array:
    opening = target.spot("opening")
    if opening is not None:
        return opening.copy()
    return target.position + UP * target.size[2] / 2


def _opening_radius(target: Instance) -> float:
    box = target.region("opening")
    return 0.2 if box is None else (box[1][0] - box[0][0]) / 2
