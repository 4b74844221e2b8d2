"""Two who do something to each other stand face to face, at the distance that it takes."""

from __future__ import annotations

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.motion import MotionEntry
from lichtspiel.screenplay import Beat
from lichtspiel.stage.actions.people import has_acted
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.instance import facing_yaw
from lichtspiel.stage.people import Actor

_BLOW_M, _AT_FIRST_S = 0.68, 1.0
"""From who strikes to whom they hit, both of usual height; what begins so early is what they open with."""


def face(first: Actor, second: Actor, apart_m: float, *, moves: bool) -> None:
    """Turned to each other at a distance of `apart_m`, unless they do something else before that: then
    the motion itself brings and turns them."""
    if not moves and (has_acted(first) or has_acted(second)):
        return
    way = (second.position - first.position) * [1.0, 1.0, 0.0]
    length = float(np.linalg.norm(way))
    way = way / length if length > 1e-6 else np.array([1.0, 0.0, 0.0])
    # Who has done nothing yet stands where it begins; others are brought together by the motion itself.
    if moves and not (first.directions or second.directions):
        middle = (first.position + second.position) / 2
        height = 0.5 * (first.person.height_m + second.person.height_m) / 1.72
        first.position = middle - 0.5 * apart_m * height * way
        second.position = middle + 0.5 * apart_m * height * way
    first.yaw, second.yaw = facing_yaw(way), facing_yaw(-way)


def face_struck(blocking: Blocking, beat: Beat, motion: MotionEntry, start: float) -> None:
    """Who strikes somebody so that they fall stands before them, within reach."""
    struck = blocking.people.get(beat.target or "", [])
    told = [one.motion for one in blocking.screenplay.beats if one.subject == beat.target and one.motion]
    if struck and any(catalogue.motions()[name].by == motion.id for name in told):
        face(blocking.people[beat.subject][0], struck[0], _BLOW_M, moves=start <= _AT_FIRST_S)
