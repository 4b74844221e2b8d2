"""Things that fly at something or run into it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.screenplay import Action, Beat, OutcomeKind
from lichtspiel.stage.actions.rolling import roll
from lichtspiel.stage.actions.turning import HOLD_BACK_RAD, swing_axis
from lichtspiel.stage.ballistics import launch_velocity
from lichtspiel.stage.blocking import UP, Blocking, footprint_radius, level, shift
from lichtspiel.stage.instance import Instance

SHOT_DISTANCE_M = 4.0
SHOT_ELEVATION_RAD = np.radians(53.0)
"""Free throws leave the hand at 51 to 55 degrees (Okubo and Hubbard, J. Sports Sci. 2006)."""
HAND_HEIGHT_M = 2.1
BACKSPIN_RAD_S = 12.0
THROW_ELEVATION_RAD = np.radians(35.0)


def throw(blocking: Blocking, beat: Beat) -> None:
    """Flies in from the left of the picture, to the target or to the middle of the ground."""
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


def shoot(blocking: Blocking, beat: Beat) -> None:
    """A shot at a goal or hoop from in front of it; the film joins it in flight."""
    target = blocking.target(beat)
    if target is None:
        throw(blocking, beat)
        return
    goal = _aim_point(target)
    front = level(target.direction((0.0, -1.0, 0.0)))
    wanted = {outcome.kind for outcome in beat.outcomes}
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
        _swing_into(blocking, beat, subject, target)
    elif subject.is_round and (target is None or target.position[2] < subject.size[2]):
        roll(blocking, beat)
    else:
        throw(blocking, beat)


def _swing_into(blocking: Blocking, beat: Beat, subject: Instance, target: Instance) -> None:
    """Draw a hanging thing back and put its target where it meets it at the lowest point."""
    part = subject.hanging_parts()[0]
    axis = swing_axis(subject)
    bob = subject.spot("bob")
    assert axis is not None
    start = blocking.start_of(beat)
    ahead = level(np.cross(axis, UP))
    ahead = ahead if ahead @ blocking.ground.right >= 0 else -ahead
    # Drawn back to -ahead, it comes back along ahead. A turn by +θ moves the bob by axis × -up.
    subject.joint_offsets[part.name] = HOLD_BACK_RAD * (1.0 if ahead @ np.cross(axis, -UP) < 0 else -1.0)
    blocking.hold(subject, start)
    if bob is not None:
        to_centre = blocking.ground.centre - bob
        to_centre[2] = 0.0
        shift([subject], to_centre)
        _put_before(bob + to_centre + _bob_radius(subject) * ahead, ahead, blocking.cast[target.prop.id])
        pivot = subject.to_world(np.array(part.position) + np.array(part.joint.anchor))
        length = max(float(np.linalg.norm(bob + to_centre - pivot)), 0.1)
        # A quarter of the period; large swings are a little slower.
        quarter = np.pi / 2 * np.sqrt(length / max(blocking.gravity_m_s2, 0.1))
        blocking.expect(start + 1.05 * quarter)
    blocking.free(subject, "joint_offset", axis, 0.25, subject.body(part))


def _put_before(front: Array, ahead: Array, group: Sequence[Instance]) -> None:
    """Move a group so that its near face stands just beyond a point."""
    middle = np.mean([i.position for i in group], axis=0)
    reach = max(abs((i.position - middle) @ ahead) + _half_extent(i, ahead) for i in group)
    offset = front + (reach + 0.02) * ahead - middle
    offset[2] = 0.0
    shift(group, offset)


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


def _half_extent(instance: Instance, direction: Array) -> float:
    sides = [abs(float(instance.direction(axis) @ direction)) for axis in np.eye(3)]
    return float(np.dot(sides, instance.size)) / 2


def _bob_radius(subject: Instance) -> float:
    part = subject.hanging_parts()[0]
    spheres = [shape.size[0] for shape in part.shapes if shape.kind == "sphere"]
    return max(spheres, default=0.1)
