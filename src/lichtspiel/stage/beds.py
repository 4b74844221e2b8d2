"""Who sleeps or lies in a bed: on its middle, head towards the pillow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.screenplay import Beat
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.instance import facing_yaw
from lichtspiel.stage.people import Actor, spot_ground

BED, LAIN_ON = "bed", "lain_on"
"""Spot of a place, and tag of things."""
ON_BACK_DEG = 180.0
"""From the way that a figure faces to where its head lies, of who lies on the back."""
_BESIDE_M = 0.75
"""Between the middles of two in one bed."""
_ELSEWHERE = ("ground", None)


def lie_in_bed(blocking: Blocking, beat: Beat, actors: Sequence[Actor], head_deg: float | None) -> None:
    """Put people who lie from the first moment on into the bed that is there, if they are told of no other
    place.

    head_deg: counter-clockwise, from the way that a figure faces to where its head lies; None of what is not
    done lying.
    """
    found = _bed(blocking, beat) if head_deg is not None else None
    free = [actor for actor in actors if not actor.directions]
    if found is None or head_deg is None or len(free) < len(actors):
        return
    middle, pillow = found
    aside = np.array([-pillow[1], pillow[0], 0.0])
    turn = -np.radians(head_deg)
    facing = np.cos(turn) * pillow + np.sin(turn) * aside
    for number, actor in enumerate(free):
        actor.position = middle + (number - (len(free) - 1) / 2) * _BESIDE_M * aside
        actor.yaw = facing_yaw(facing)


def _bed(blocking: Blocking, beat: Beat) -> tuple[Array, Array] | None:
    """Middle of the bed's surface, and the level way to its pillow; None where there is none."""
    beds = [group[0] for group in blocking.cast.values() if LAIN_ON in group[0].entry.tags]
    if beat.target in blocking.cast and blocking.cast[str(beat.target)][0] not in beds:
        return None
    if beds:
        top = beds[0].spot("top")
        assert top is not None
        return top, beds[0].direction((0.0, 1.0, 0.0))
    own = spot_ground(blocking.place, BED) if beat.target in _ELSEWHERE and beat.spot in (BED, None) else None
    return None if own is None else (own.centre, -own.facing)
