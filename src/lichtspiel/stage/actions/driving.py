"""Vehicles that drive through the picture on their own wheels."""

from __future__ import annotations

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Vec3
from lichtspiel.library.place import Spot
from lichtspiel.library.things.cycles import CRANKS, DEVELOPMENT_M
from lichtspiel.screenplay import Action, Beat, Gaze, Screenplay
from lichtspiel.stage.blocking import UP, Blocking
from lichtspiel.stage.instance import Instance, as_vec3, facing_yaw, yaw
from lichtspiel.stage.layout import CLEARANCE_M
from lichtspiel.stage.people import Actor, people_ground
from lichtspiel.stage.world import Kick

VEHICLE = "vehicle"
"""Tag of things that drive."""
TOWN_M_S = 8.3
"""30 km/h."""
MIDDLE = 0.5
"""Share of the film at which a vehicle is in the middle of the picture."""
ASIDE_M = 1.2
"""How far from the middle of the road people stand on which something drives."""
_BESIDE_M = 0.6
"""Between people on a road and what passes them."""
_ACROSS = 0.7
"""Cosine from which on a road leads across the picture."""
_BETWEEN_M = 1.5
"""Clear way between people and what drives past behind them, and between two vehicles."""


def crosses(beat: Beat) -> bool:
    """Whether a vehicle shall drive from one side of the picture to the other."""
    return beat.gaze in (Gaze.LEFT, Gaze.RIGHT)


def drive(blocking: Blocking, beat: Beat, vehicle: Instance, index: int) -> None:
    """Through the picture at town speed: along the place's own road, on the right-hand side of it, toward the
    camera or away from it, or across where the place is looked at so; where there is none, across behind the
    people, from left to right or back."""
    heading, middle = _lane(blocking, beat, vehicle)
    speed = TOWN_M_S * beat.speed
    before_s = blocking.start_of(beat) if beat.at_s is not None else 0.0
    passes_s = before_s + MIDDLE * (blocking.until_s(beat) - before_s)
    behind_m = index * (vehicle.size[1] + _BETWEEN_M)
    vehicle.position = middle - (speed * passes_s + behind_m) * heading
    vehicle.orientation = yaw(facing_yaw(heading))
    vehicle.velocity = speed * heading
    spin_wheels(blocking, vehicle, speed)
    blocking.expect(passes_s)


def steered(
    blocking: Blocking, beat: Beat, vehicle: Instance, actor: Actor, speed_m_s: float
) -> tuple[Vec3, ...]:
    """The way of who drives a vehicle along the place's road; they begin where it leads through the picture's
    middle half way."""
    heading, middle = _lane(blocking, beat, vehicle)
    reach = 0.5 * speed_m_s * blocking.until_s(beat) * heading
    level = middle * [1.0, 1.0, 0.0] + actor.position * [0.0, 0.0, 1.0]
    actor.position, actor.yaw = level - reach, facing_yaw(heading)
    return (as_vec3(level + reach),)


def spin_wheels(blocking: Blocking, vehicle: Instance, speed_m_s: float) -> None:
    """Wheels, and cranks that drive them, turn as fast as the vehicle goes from the first moment on."""
    for wheel in vehicle.hanging_parts():
        if wheel.name == CRANKS:
            turns = speed_m_s / DEVELOPMENT_M
            blocking.controls.append(Kick(vehicle.body(wheel), 0.0, joint_speed=2 * np.pi * turns))
            continue
        radius = max((shape.size[0] for shape in wheel.shapes), default=0.0)
        if wheel.joint.kind == "hinge" and radius > 0:
            blocking.controls.append(Kick(vehicle.body(wheel), 0.0, joint_speed=speed_m_s / radius))


def driven(screenplay: Screenplay) -> frozenset[str]:
    """Ids of props that drive through the picture, for which nobody makes room."""
    things = catalogue.things()
    moving = {beat.subject for beat in screenplay.beats if beat.action in (Action.ROLL, Action.SLIDE)}
    return frozenset(
        prop.id for prop in screenplay.props if prop.id in moving and VEHICLE in things[prop.thing].tags
    )


def make_way(blocking: Blocking) -> None:
    """People who stand on the road that vehicles will use go to its other side."""
    road = blocking.place.spots.get("road")
    moving = driven(blocking.screenplay)
    beats = [beat for beat in blocking.screenplay.beats if beat.subject in moving]
    if road is None or not beats:
        return
    right = np.cross(_along(road, beats[0]), UP)
    for actors in blocking.people.values():
        for actor in actors:
            actor.position = actor.position - ASIDE_M * right


def _along(road: Spot, beat: Beat) -> Array:
    """Which way a vehicle goes on a road: toward the camera unless the beat says otherwise."""
    return np.array(road.facing, float) * (-1.0 if beat.gaze in (Gaze.AWAY, Gaze.LEFT) else 1.0)


def _lane(blocking: Blocking, beat: Beat, vehicle: Instance) -> tuple[Array, Array]:
    """Where a vehicle heads, and where it passes the middle of the picture."""
    people = np.array([actor.position for actors in blocking.people.values() for actor in actors])
    half = vehicle.size[0] / 2
    road = blocking.place.spots.get("road")
    if road is not None:
        heading = _along(road, beat)
        across = blocking.ground.right
        if crosses(beat) and abs(float(heading @ across)) > _ACROSS:
            heading = across * (-1.0 if beat.gaze is Gaze.LEFT else 1.0)
        elif crosses(beat):
            index = blocking.number_of(beat)
            blocking.notes.append(
                (f"beats[{index}].gaze", "drives along the road, which leads to the camera")
            )
        right = np.cross(heading, UP)
        aside = max((float((p - road.position) @ right) for p in people), default=-np.inf)
        widest = road.size_m[0] / 2 - half
        lane = min(max(road.size_m[0] / 4, aside + _BESIDE_M + half), widest)
        return heading, np.array(road.position, float) + lane * right + CLEARANCE_M * UP
    ground = people_ground(blocking.place)
    heading = ground.right * (-1.0 if beat.gaze is Gaze.LEFT else 1.0)
    back = max((float((p - ground.centre) @ -ground.facing) for p in people), default=-np.inf)
    depth = back + _BETWEEN_M + half if np.isfinite(back) else 0.0
    return heading, ground.at(0.0, depth, CLEARANCE_M)
