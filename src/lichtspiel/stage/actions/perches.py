"""What people stand on to do something, and what they fall off: ladders and tables, chairs and benches."""

from __future__ import annotations

from lichtspiel.library.asset import Array
from lichtspiel.library.motion import MotionEntry
from lichtspiel.stage.actions.laying import hold_fast
from lichtspiel.stage.actions.people import seat_at
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.instance import Instance
from lichtspiel.stage.people import Actor
from lichtspiel.stage.seats import sat_on

STOOD_ON = "stood_on"
"""Tag of things that people stand on to do something."""


def tips_off(blocking: Blocking, motion: MotionEntry, mount: Instance | None, actor: Actor) -> bool:
    """Whether somebody falls off what they sit on; they sit on it from the first moment on."""
    seat = sat_on(blocking, mount) if mount is not None and falls_off(motion) else None
    if mount is None or seat is None:
        return False
    hold_fast(mount)
    seat_at(actor, seat, 0.0)
    return True


def standing_place(thing: Instance, motion: MotionEntry) -> Array | None:
    """Where somebody stands on a thing; None on what is not stood on, but to fall off it."""
    if falls_off(motion) and (seat := thing.spot("seat")) is not None:
        return seat
    return thing.spot("top") if falls_off(motion) or STOOD_ON in thing.entry.tags else None


def falls_off(motion: MotionEntry) -> bool:
    """Whether it is a fall from what somebody stands or sits on."""
    return motion.kind == "collapse" and motion.on is not None
