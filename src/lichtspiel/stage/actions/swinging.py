"""Things that hang and swing, on their own or into others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.screenplay import Beat
from lichtspiel.stage.blocking import UP, Blocking, level, shift
from lichtspiel.stage.instance import Instance
from lichtspiel.stage.world import Kick

SWING_RAD = np.radians(24.0)
HOLD_BACK_RAD = np.radians(55.0)
"""A wrecking ball is drawn back further than a pendulum."""


def swing(blocking: Blocking, beat: Beat) -> None:
    """Drawn aside and let go. Of several alike pendulums only the first: Newton's cradle.

    What it swings at is put where it swings through.
    """
    start = min(blocking.start_of(beat), 0.15)
    target = blocking.target(beat)
    if target is not None and swing_axis(blocking.subjects(beat)[0]) is not None:
        swing_into(blocking, beat, blocking.subjects(beat)[0], target)
        return
    for instance in blocking.subjects(beat):
        parts = instance.hanging_parts()
        if not parts:
            continue
        part = parts[0]
        axis = swing_axis(instance)
        blocking.hold(instance, start)
        if axis is None:
            # A weight on a spring is given a speed along it.
            pace = 0.8 * beat.speed
            blocking.controls.append(Kick(instance.body(part), start, (pace, 0.0, 0.0), joint_speed=pace))
            continue
        side = np.cross(axis, -UP) @ blocking.ground.right
        instance.joint_offsets[part.name] = float(-np.sign(side or 1.0) * SWING_RAD * min(beat.speed, 3.0))
        blocking.free(instance, "joint_offset", axis, 0.15, instance.body(part))
    blocking.expect(start + 0.5)


def swing_axis(instance: Instance) -> Array | None:
    """World direction of the first hinge, or None where it has none."""
    for part in instance.hanging_parts():
        if part.joint.kind == "hinge" and abs(part.joint.axis[2]) < 0.9:
            return instance.direction(part.joint.axis)
    return None


def swing_into(blocking: Blocking, beat: Beat, subject: Instance, target: Instance) -> None:
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


def _half_extent(instance: Instance, direction: Array) -> float:
    sides = [abs(float(instance.direction(axis) @ direction)) for axis in np.eye(3)]
    return float(np.dot(sides, instance.size)) / 2


def _bob_radius(subject: Instance) -> float:
    part = subject.hanging_parts()[0]
    spheres = [shape.size[0] for shape in part.shapes if shape.kind == "sphere"]
    return max(spheres, default=0.1)
