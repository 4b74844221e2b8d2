"""What things do that was added to a film: all that was there before stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from lichtspiel.screenplay import Action, Beat
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.instance import Instance, as_vec3
from lichtspiel.stage.world import Hold, Kick

_FROM_ABOVE = frozenset({Action.DROP, Action.FALL})
_ABOVE_M = 2.5
"""Height at which what falls into a picture waits above it."""


@dataclass(frozen=True)
class _Start:
    """How an instance starts."""

    instance: Instance
    fields: dict[str, Any]

    @classmethod
    def of(cls, instance: Instance) -> _Start:
        names = ("position", "orientation", "velocity", "angular_velocity", "support")
        fields = {name: getattr(instance, name) for name in names}
        return cls(instance, {**fields, "joint_offsets": dict(instance.joint_offsets)})

    def restore(self) -> None:
        for name, value in self.fields.items():
            setattr(self.instance, name, value)


def act_later(blocking: Blocking, beat: Beat, action: Callable[[Blocking, Beat], None]) -> None:
    """Let an action begin at its beat's time, with nothing moved before it and nothing of it searched for.

    Things that were there get its velocity at that time, wherever they have come to; newcomers wait for it.
    """
    start_s = blocking.start_of(beat)
    everything = [instance for group in blocking.cast.values() for instance in group]
    before = [_Start.of(instance) for instance in everything]
    controls, freedoms, climax = len(blocking.controls), len(blocking.freedoms), blocking.climax_s
    coming = [i for i in blocking.subjects(beat) if i.prop.comes_s is not None and i.support is None]
    if beat.action in _FROM_ABOVE and coming:
        _hang_over_the_picture(blocking, coming)
        beat = beat.model_copy(update={"height_m": max(beat.height_m or 0.0, _ABOVE_M)})
    action(blocking, beat)
    del blocking.freedoms[freedoms:]
    blocking.climax_s = climax
    new = blocking.controls[controls:]
    there = {start.instance.root_body for start in before if start.instance.prop.comes_s is None}
    blocking.controls[controls:] = [c for c in new if not (isinstance(c, Hold) and c.body in there)]
    for start in before:
        _send_later(blocking, start, start_s)


def _send_later(blocking: Blocking, start: _Start, start_s: float) -> None:
    instance = start.instance
    sent = instance.velocity, instance.angular_velocity
    moved = not all(
        np.array_equal(new, start.fields[name])
        for new, name in zip(sent, ("velocity", "angular_velocity"), strict=True)
    )
    if instance.prop.comes_s is None:
        start.restore()
    elif moved:
        instance.velocity, instance.angular_velocity = (
            start.fields["velocity"],
            start.fields["angular_velocity"],
        )
        blocking.hold(instance, start_s)
    if moved:
        velocity, spin = as_vec3(sent[0]), as_vec3(sent[1])
        blocking.controls.append(Kick(instance.root_body, start_s, velocity, spin))


def _hang_over_the_picture(blocking: Blocking, coming: list[Instance]) -> None:
    """What falls into the picture does so right of what stands there."""
    ground = blocking.ground
    row = [i for group in blocking.cast.values() for i in group if i.prop.comes_s is None and not i.support]
    ends = [float((i.position - ground.centre) @ ground.right) + i.size[0] / 2 for i in row]
    cursor = max(ends, default=-coming[0].size[0])
    for instance in coming:
        cursor += 1.2 * instance.size[0]
        instance.position = np.array([*ground.at(cursor, 0.0)[:2], instance.position[2]])
