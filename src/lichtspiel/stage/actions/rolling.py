"""Things that travel along a surface."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.screenplay import Beat, OutcomeKind
from lichtspiel.stage.actions.driving import VEHICLE, drive
from lichtspiel.stage.ballistics import fall_time
from lichtspiel.stage.blocking import UP, Blocking, footprint_radius, level, shift
from lichtspiel.stage.instance import Instance

LANE_SPEED_M_S = 7.5
"""A good amateur's bowling ball: 16 to 18 mph (USBC)."""
CROSSING_S = 1.6
"""Time in which a rolling thing crosses the picture at its usual speed."""
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
    start_s = blocking.start_of(beat)
    track = _track_of(blocking, beat, group[0])
    for index, instance in enumerate(group):
        if track is None:
            _cross_ground(blocking, beat, instance, index, rolling=rolling)
            continue
        start, end = track.spot("start"), track.spot("end")
        assert start is not None
        assert end is not None
        ahead = level(end - start)
        behind = index * 2.5 * footprint_radius(instance)
        instance.position = start - behind * ahead
        if start[2] - end[2] > 0.03:
            blocking.hold(instance, start_s)
        else:
            _send(instance, LANE_SPEED_M_S * beat.speed * ahead, rolling=rolling)
            blocking.free(instance, "position", np.cross(UP, ahead), 0.25)
            blocking.free(instance, "velocity", np.cross(UP, ahead), 0.25)
            blocking.free(instance, "angular_velocity", ahead, 15.0)
            blocking.expect(float(np.linalg.norm(end - start)) / LANE_SPEED_M_S)
    if track is not None:
        _catch_at_end(blocking, beat, track, group[0])


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
    reach = 0.4 * blocking.table_scale_m
    target = blocking.target(beat)
    goal = target.position if target else blocking.ground.centre
    ahead = blocking.ground.right
    height = instance.position[2]
    instance.position = goal - reach * ahead - index * 2.5 * footprint_radius(instance) * ahead
    instance.position[2] = height
    speed = reach * 2 / CROSSING_S * beat.speed
    _send(instance, speed * ahead, rolling=rolling)
    blocking.free(instance, "velocity", ahead, 0.5 * speed)
    blocking.free(instance, "velocity", np.cross(UP, ahead), 0.05 * speed)
    blocking.expect(reach / speed)


def _send(instance: Instance, velocity: Array, *, rolling: bool) -> None:
    """In motion from the first moment; a rolling thing turns without slip: ω = n × v / r."""
    instance.velocity = velocity
    if rolling:
        instance.angular_velocity = np.cross(UP, velocity) / (instance.size[2] / 2)


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
