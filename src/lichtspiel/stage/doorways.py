"""A room's own door: who comes in opens it by its handle, and is seen from inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Asset, Surface
from lichtspiel.library.place import PlaceAsset
from lichtspiel.screenplay import Action, Beat, Prop, Screenplay
from lichtspiel.stage.instance import Instance, facing_yaw, yaw
from lichtspiel.stage.parts import first_beats

DOOR, DOORWAY = "door", "doorway"
"""The thing, and the spot of a place that it belongs into. `door` is also where people stand who enter."""
_PAINT = "white_paint"


def works_door(screenplay: Screenplay) -> bool:
    """Whether somebody enters by the door, or opens, closes or knocks at it."""
    people = {character.id for character in screenplay.cast}
    return any(
        enters(beat) or _is_at_door(beat) for beat in first_beats(screenplay) if beat.subject in people
    )


def enters(beat: Beat) -> bool:
    """Whether people come in with it."""
    return beat.action is Action.WALK and beat.spot == DOOR and beat.target is None and beat.gaze is None


def _is_at_door(beat: Beat) -> bool:
    return beat.motion is not None and catalogue.motions()[beat.motion].on == DOOR


def with_door(screenplay: Screenplay, place: PlaceAsset) -> Screenplay:
    """The screenplay with the door that belongs into an open doorway of its place."""
    if DOORWAY not in place.spots or any(prop.thing == DOOR for prop in screenplay.props):
        return screenplay
    taken = {prop.id for prop in screenplay.props} | {who.id for who in screenplay.cast}
    name = next(n for n in (DOOR, f"{DOOR}_of_room", f"{DOOR}_of_the_room") if n not in taken)
    return screenplay.model_copy(update={"props": (*screenplay.props, Prop(id=name, thing=DOOR))})


def hung(screenplay: Screenplay, place: PlaceAsset, cast: Mapping[str, list[Instance]]) -> Instance | None:
    """The door that hangs in the place's doorway; None where there is none.

    Its hinges are on the side away from the camera, so that who comes in is not hidden by the leaf; who opens
    it from inside has its front before them.
    """
    spot = place.spots.get(DOORWAY)
    doors = [group[0] for group in cast.values() if group[0].entry.id == DOOR]
    if spot is None or not doors:
        return None
    door = doors[0]
    inward = np.array(spot.facing)
    towards_camera = np.array(place.spots["main"].facing if "main" in place.spots else inward)
    # The hinges are to the left of the front.
    hinges = np.array([-inward[1], inward[0], 0.0])
    beats = first_beats(screenplay)
    inside = any(_is_at_door(beat) for beat in beats)
    turned = not inside and float(hinges @ towards_camera) > 0.0
    door.position = np.array(spot.position)
    door.orientation = yaw(facing_yaw(-inward if turned else inward))
    door.asset = _painted(door.asset, place.doorway_look)
    return door


def _painted(asset: Asset, look: str) -> Asset:
    """The same in the look of the room's other woodwork."""

    def painted(surface: Surface) -> Surface:
        return Surface(look) if surface == Surface(_PAINT) else surface

    parts = (replace(part, surfaces=tuple(map(painted, part.surfaces))) for part in asset.parts)
    return replace(asset, parts=tuple(parts))
