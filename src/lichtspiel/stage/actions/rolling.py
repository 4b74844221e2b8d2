"""Things that travel along a surface."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.mesh import turn
from lichtspiel.library.surfaces import touch
from lichtspiel.screenplay import Beat, OutcomeKind
from lichtspiel.stage.actions.driving import VEHICLE, drive
from lichtspiel.stage.actions.riding import canter_off, canters
from lichtspiel.stage.ballistics import fall_time
from lichtspiel.stage.blocking import UP, Blocking, footprint_radius, level, shift
from lichtspiel.stage.instance import Instance, as_vec3, facing_yaw, multiply, yaw
from lichtspiel.stage.resting import between, lay, reach, rolling_axis

LANE_SPEED_M_S = 7.5
"""A good amateur's bowling ball: 16 to 18 mph (USBC)."""
CROSSING_S = 1.6
"""Time in which a rolling thing crosses the picture at its usual speed."""
_LEVEL_M = 0.03
"""What falls by less from end to end is a lane."""
_TO_THE_EDGE_M = 0.06
"""A slope goes on for so much behind its start."""
_NUDGE_M_S = 0.4
ROLLING_ENERGY_SHARE = 5 / 7
"""Share of a rolling solid sphere's energy that is translation."""


def roll(blocking: Blocking, beat: Beat) -> None:
    """Down a track, along a lane, or across the ground."""
    _travel(blocking, beat, rolling=True)


def slide(blocking: Blocking, beat: Beat) -> None:
    """Along the ground without turning."""
    _travel(blocking, beat, rolling=False)


def _travel(blocking: Blocking, beat: Beat, *, rolling: bool) -> None:
    group = blocking.subjects(beat)
    track = _track_of(blocking, beat, group[0])
    for index, instance in enumerate(group):
        if track is None:
            _cross_ground(blocking, beat, instance, index, rolling=rolling)
            continue
        start, end = track.spot("start"), track.spot("end")
        assert start is not None
        assert end is not None
        if start[2] - end[2] <= _LEVEL_M:
            _along_lane(blocking, beat, instance, index, start, end, rolling=rolling)
        elif instance.is_round and track.spot("start_ahead") is not None:
            instance.position = start - index * 2.5 * footprint_radius(instance) * level(end - start)
            blocking.hold(instance, blocking.start_of(beat))
        else:
            _down(blocking, beat, instance, index, track, rolling=rolling)
    if track is not None:
        _catch_at_end(blocking, beat, track, group[0])


def _along_lane(
    blocking: Blocking, beat: Beat, instance: Instance, index: int, start: Array, end: Array, *, rolling: bool
) -> None:
    ahead = level(end - start)
    instance.position = start - index * 2.5 * footprint_radius(instance) * ahead
    _send(instance, LANE_SPEED_M_S * beat.speed * ahead, rolling=rolling)
    blocking.free(instance, "position", np.cross(UP, ahead), 0.25)
    blocking.free(instance, "velocity", np.cross(UP, ahead), 0.25)
    blocking.free(instance, "angular_velocity", ahead, 15.0)
    blocking.expect(float(np.linalg.norm(end - start)) / LANE_SPEED_M_S)


def _down(
    blocking: Blocking, beat: Beat, instance: Instance, index: int, track: Instance, *, rolling: bool
) -> None:
    """From the upper end of a slope, flat on it or on its round side; pushed if it would not go by itself."""
    start, end = track.spot("start"), track.spot("end")
    assert start is not None
    assert end is not None
    ahead_of = track.spot("start_ahead")
    way = level(end - start) if ahead_of is None else (ahead_of - start) / np.linalg.norm(ahead_of - start)
    across = np.cross(UP, level(way))
    steepness = float(np.arcsin(-way[2]))
    wheels = bool(instance.hanging_parts())
    axis = rolling_axis(instance.asset) if rolling and not wheels else None
    upright = yaw(facing_yaw(level(way))) if axis is None else between(axis, across)
    tilted = multiply(turn(as_vec3(across), steepness), upright)
    height = lay(instance, start, np.cross(way, across), tilted)
    # All of it is on the slope; who comes after it stands before it, lower down.
    lower = max(reach(instance, way) - _TO_THE_EDGE_M, 0.0) + index * 2.2 * reach(instance, way)
    instance.position = instance.position + lower * way
    start_s = blocking.start_of(beat)
    blocking.hold(instance, start_s)
    if wheels:
        return
    braked = np.cos(steepness) * touch(_sole(instance), _sole(track)).friction - np.sin(steepness)
    left_m = max(float(np.linalg.norm(end - start)) - lower, 0.1)
    pushed = np.sqrt(2 * blocking.gravity_m_s2 * left_m * max(braked, 0.0)) if axis is None else 0.0
    speed = beat.speed * (pushed + _NUDGE_M_S)
    spin = speed / height * across if axis is not None else np.zeros(3)
    blocking.kick(instance, start_s, speed * way, spin)


def _sole(instance: Instance) -> str:
    """What it touches other things with."""
    return next(shape.material for part in instance.asset.parts for shape in part.shapes if shape.collides)


def _track_of(blocking: Blocking, beat: Beat, instance: Instance) -> Instance | None:
    """What the film gives it to roll on: its support, the target, or any track in the film."""
    candidates = [instance.support, *(group[0] for group in blocking.cast.values())]
    if beat.target and beat.target != "ground":
        candidates.insert(0, blocking.cast[beat.target][0])
    for other in candidates:
        if other is not None and other is not instance and {"start", "end"} <= set(other.asset.spots):
            return other
    return None


def _cross_ground(blocking: Blocking, beat: Beat, instance: Instance, index: int, *, rolling: bool) -> None:
    if VEHICLE in instance.entry.tags:
        drive(blocking, beat, instance, index)
        return
    if canters(instance):
        canter_off(blocking, beat, instance, index)
        return
    way_m = 0.4 * blocking.table_scale_m
    target = blocking.target(beat)
    goal = target.position if target else blocking.ground.centre
    ahead = blocking.ground.right
    height = instance.position[2]
    instance.position = goal - way_m * ahead - index * 2.5 * footprint_radius(instance) * ahead
    instance.position[2] = height
    axis = None if instance.is_round or not rolling else rolling_axis(instance.asset)
    if axis is not None:
        lay(instance, instance.position, UP, between(axis, np.cross(UP, ahead)))
    speed = way_m * 2 / CROSSING_S * beat.speed
    _send(instance, speed * ahead, rolling=rolling)
    blocking.free(instance, "velocity", ahead, 0.5 * speed)
    blocking.free(instance, "velocity", np.cross(UP, ahead), 0.05 * speed)
    blocking.expect(way_m / speed)


def _send(instance: Instance, velocity: Array, *, rolling: bool) -> None:
    """In motion from the first moment; a rolling thing turns without slip: ω = n × v / r."""
    instance.velocity = velocity
    if rolling:
        instance.angular_velocity = np.cross(UP, velocity) / reach(instance, UP)


def _catch_at_end(blocking: Blocking, beat: Beat, track: Instance, rolled: Instance) -> None:
    """Put a container where the thing will drop off the track's end."""
    catcher = next(
        (
            blocking.cast[outcome.target][0]
            for outcome in beat.wanted
            if outcome.kind in (OutcomeKind.ENTERS, OutcomeKind.LANDS_ON)
            and outcome.target not in (None, "ground", track.prop.id)
        ),
        None,
    )
    start, end = track.spot("start"), track.spot("end")
    if catcher is None or start is None or end is None:
        return
    ahead_point = track.spot("end_ahead")
    ahead = level(ahead_point - end) if ahead_point is not None else level(end - start)
    mouth = catcher.spot("opening")
    mouth_height = float(mouth[2]) if mouth is not None else catcher.top_m
    fall_s = fall_time(float(end[2]) - mouth_height, blocking.gravity_m_s2)
    # Rolling losses on a curved track take about a third of the energy.
    drop_m = 0.65 * float(start[2] - end[2])
    speed = np.sqrt(2 * blocking.gravity_m_s2 * drop_m * ROLLING_ENERGY_SHARE)
    landing = end + ahead * max(speed * fall_s, 0.6 * rolled.size[0])
    offset = landing - catcher.position
    offset[2] = 0.0
    shift([catcher], offset)
    blocking.free(catcher, "position", ahead, 0.5 * float(np.linalg.norm(landing - end)) + 0.02)
