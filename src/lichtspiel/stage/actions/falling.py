"""Things that are let go of, tip, slip or are nudged."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.screenplay import Beat, OutcomeKind
from lichtspiel.stage.ballistics import fall_time
from lichtspiel.stage.blocking import UP, Blocking, footprint_radius, level
from lichtspiel.stage.instance import Instance

DROP_HEIGHT_M = 1.5
"""Usual clear height of a drop on open ground: from a person's hand at chest height."""
DROP_HEIGHT_TABLE_M = 0.35
_LANDINGS = ("left", "right", "top")
"""Spots of a thing that something may be dropped on, such as the seats of a seesaw; the nearest counts."""
NUDGE_M_S = 0.5
TIP_RATE = 1.25
"""Start of a topple, against the rate that just carries a block over its edge."""


def drop(blocking: Blocking, beat: Beat) -> None:
    """Held still in the air, then let go."""
    start = blocking.start_of(beat)
    for index, instance in enumerate(blocking.subjects(beat)):
        over = _aim_below(blocking, beat, instance)
        height = beat.height_m or instance.prop.placement.height_m or _usual_height(blocking)
        if over is not None:
            # Several things that are dropped on one spot hang above each other.
            instance.position = over + (height + 1.1 * index * instance.size[2]) * UP
        elif instance.support is not None and instance.prop.placement.height_m is None:
            instance.position = instance.position + height * UP
        else:
            instance.position = np.array([*instance.position[:2], blocking.ground.centre[2] + height])
        blocking.hold(instance, start)
        if beat.outcomes:
            blocking.free(instance, "position", (1, 0, 0), 0.05 * height)
            blocking.free(instance, "position", (0, 1, 0), 0.05 * height)
        blocking.expect(start + fall_time(height, blocking.gravity_m_s2))


def _aim_below(blocking: Blocking, beat: Beat, instance: Instance) -> Array | None:
    """What it is dropped into or onto, where that is another thing and it does not stand on it already."""
    target = blocking.target(beat)
    if target is None or instance.support is target:
        return None
    opening = target.spot("opening")
    lands = any(o.kind in (OutcomeKind.LANDS_ON, OutcomeKind.HITS) for o in beat.wanted)
    if opening is not None or not lands:
        return opening
    spots = [spot for name in _LANDINGS if (spot := target.spot(name)) is not None]
    if not spots:
        return target.position + target.size[2] * UP
    return min(spots, key=lambda spot: float(np.linalg.norm((spot - instance.position)[:2])))


def fall(blocking: Blocking, beat: Beat) -> None:
    """Slips over the edge of what it stands on; on open ground it tips over."""
    group = blocking.subjects(beat)
    edge = _edge_under(blocking, group[0])
    if edge is None and group[0].position[2] > blocking.ground.centre[2] + 0.1:
        drop(blocking, beat)
        return
    if edge is None:
        topple(blocking, beat)
        return
    start = blocking.start_of(beat)
    outward = blocking.ground.facing
    for index, instance in enumerate(group):
        across = (index - (len(group) - 1) / 2) * 1.6 * instance.size[0]
        inset = 0.3 * instance.size[1]
        height = instance.position[2]
        instance.position = edge + across * blocking.ground.right - inset * outward
        instance.position[2] = height
        speed = NUDGE_M_S * beat.speed
        # Given at the height of its middle, a push turns a standing thing as it goes over.
        turning = np.cross(UP, outward) * speed / max(instance.size[2], 0.02)
        blocking.kick(instance, start, speed * outward, 0.6 * turning)
        blocking.free(instance, "velocity", outward, 0.35)
        blocking.free(instance, "angular_velocity", np.cross(UP, outward), 3.0)
        drop_m = float(edge[2] - blocking.place.spots["floor"].position[2])
        blocking.expect(start + 0.2 + fall_time(drop_m, blocking.gravity_m_s2))
    blocking.promise(beat, OutcomeKind.FALLS_OFF)


def topple(blocking: Blocking, beat: Beat) -> None:
    """The first of the group is tipped towards the others."""
    group = blocking.subjects(beat)
    start = blocking.start_of(beat)
    first = group[0]
    along = level(group[-1].position - first.position) if len(group) > 1 else blocking.ground.right
    depth = _extent_along(first, along)
    height = first.size[2]
    if group[-1].position[2] > first.position[2] + 0.5 * first.size[2]:
        # A stack: the push goes to its upper end.
        first = max(group, key=lambda i: float(i.position[2]))
        blocking.kick(first, start, 0.8 * beat.speed * blocking.ground.right)
        blocking.free(first, "velocity", blocking.ground.right, 0.6)
    else:
        # The rate at which a block has just the energy to stand on its edge:
        # ω² = 3 g (√(h²+d²) - h) / (h²+d²).
        gravity = max(blocking.gravity_m_s2, 0.1)
        diagonal = height**2 + depth**2
        rate = TIP_RATE * np.sqrt(3 * gravity * (np.sqrt(diagonal) - height) / diagonal) * beat.speed
        axis = np.cross(UP, along)
        # Turning about the leading lower edge moves the middle forward and up.
        lever = -along * depth / 2 + UP * height / 2
        blocking.kick(first, start, np.cross(rate * axis, lever), rate * axis)
        blocking.free(first, "angular_velocity", axis, 0.8 * rate)
    blocking.expect(start + 0.25)
    blocking.promise(beat, OutcomeKind.FALLS_OVER)


def push(blocking: Blocking, beat: Beat) -> None:
    """A nudge, towards the target or to the right of the picture."""
    target = blocking.target(beat)
    start = blocking.start_of(beat)
    for instance in blocking.subjects(beat):
        ahead = level(target.position - instance.position) if target else blocking.ground.right
        blocking.kick(instance, start, 1.0 * beat.speed * ahead)
        if beat.outcomes:
            blocking.free(instance, "velocity", ahead, 0.8)
    blocking.expect(start + 0.3)


def bounce(blocking: Blocking, beat: Beat) -> None:
    """Down a flight of steps, or on the spot."""
    start = blocking.start_of(beat)
    for index, instance in enumerate(blocking.subjects(beat)):
        way = _way_down(blocking, beat, instance)
        if way is None:
            drop(blocking, beat)
            return
        top, bottom = way
        ahead = level(bottom - top)
        radius = footprint_radius(instance)
        across = np.cross(UP, ahead) * index * 3 * radius
        instance.position = top + across + (0.35 + radius) * UP
        blocking.hold(instance, start)
        blocking.kick(instance, start, 1.25 * beat.speed * ahead, np.cross(UP, ahead) * 4.0)
        if beat.outcomes:
            blocking.free(instance, "velocity", ahead, 0.5)
        blocking.expect(start + 0.5)


def _way_down(blocking: Blocking, beat: Beat, instance: Instance) -> tuple[np.ndarray, np.ndarray] | None:
    for other in (blocking.target(beat), instance.support):
        if other is None:
            continue
        top, bottom = other.spot("start"), other.spot("end")
        if top is not None and bottom is not None and top[2] > bottom[2] + 0.05:
            return top, bottom
    return None


def _usual_height(blocking: Blocking) -> float:
    return DROP_HEIGHT_M if blocking.table_scale_m > 2.0 else DROP_HEIGHT_TABLE_M


def _edge_under(blocking: Blocking, instance: Instance) -> np.ndarray | None:
    if instance.support is not None:
        return instance.support.spot("edge")
    spot = blocking.place.spots.get("edge")
    return None if spot is None else np.array(spot.position)


def _extent_along(instance: Instance, direction: np.ndarray) -> float:
    sides = [abs(float(instance.direction(axis) @ direction)) for axis in np.eye(3)]
    return float(np.dot(sides, instance.size))
