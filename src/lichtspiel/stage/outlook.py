"""Which way a place is looked at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.place import PlaceAsset, Spot
from lichtspiel.screenplay import Action, Beat, Gaze, Screenplay
from lichtspiel.stage.actions.driving import crosses, driven
from lichtspiel.stage.instance import as_vec3
from lichtspiel.stage.parts import first_beats
from lichtspiel.stage.people import CROWD

_SPOTS = ("main", "floor", "people")
_LONGER = 1.5
"""So much wider than deep, the ground of a place has a length."""


def looked_along(screenplay: Screenplay, place: PlaceAsset) -> PlaceAsset:
    """The place, looked at along its length where somebody goes through a crowd to or from the camera, and
    across its road where nothing but vehicles drives by.

    A platform is shown across its tracks; who runs toward a camera there has but a few steps to go.
    """
    if "road" in place.spots and _only_drives_by(screenplay):
        return _turned_place(place)
    ground = place.spots.get("people") or place.spots.get("main")
    crowd = any(character.count >= CROWD for character in screenplay.cast)
    if ground is None or not crowd or place.acoustics.room_m is not None:
        return place
    if ground.size_m[0] < _LONGER * ground.size_m[1]:
        return place
    if not any(_comes_or_goes(beat) for beat in first_beats(screenplay)):
        return place
    return _turned_place(place)


def _only_drives_by(screenplay: Screenplay) -> bool:
    """Whether all that happens is that vehicles cross the picture."""
    moving = [beat for beat in screenplay.beats if beat.action is not Action.REST]
    going = driven(screenplay)
    return not screenplay.cast and bool(moving) and all(b.subject in going and crosses(b) for b in moving)


def _comes_or_goes(beat: Beat) -> bool:
    motion = catalogue.motions()[beat.motion] if beat.motion is not None else None
    goes = beat.action is Action.WALK or (motion is not None and motion.kind == "locomotion")
    return goes and beat.gaze in (Gaze.CAMERA, Gaze.AWAY)


def _turned_place(place: PlaceAsset) -> PlaceAsset:
    spots = {name: _turned(spot) if name in _SPOTS else spot for name, spot in place.spots.items()}
    return replace(place, spots=spots)


def _turned(spot: Spot) -> Spot:
    x, y, _ = spot.facing
    return replace(spot, facing=as_vec3(np.array([-y, x, 0.0])), size_m=(spot.size_m[1], spot.size_m[0]))
