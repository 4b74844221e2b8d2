"""Water that runs out of a tap into a vessel that is heard to fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.hearing import SoundEntry
from lichtspiel.library.place import PlaceAsset
from lichtspiel.screenplay import Cue, Screenplay
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.instance import Instance, as_vec3
from lichtspiel.stage.world import Stream

_FILLS = "water:fill"
"""Builder of the sounds of vessels that are being filled."""


def seen_from_tap(screenplay: Screenplay, place: PlaceAsset) -> PlaceAsset:
    """The place, looked at toward its tap where the film is of what is filled there."""
    if _filling(screenplay) is None or screenplay.cast or "main" not in place.spots:
        return place
    kept = next((place.spots[p.thing] for p in screenplay.props if p.thing in place.spots), None)
    if kept is None:
        return place
    main = replace(place.spots["main"], facing=kept.facing)
    return replace(place, spots={**place.spots, "main": main})


def put_under_tap(screenplay: Screenplay, cast: Mapping[str, list[Instance]]) -> None:
    """Stand what is filled in the basin, its mouth right under the tap."""
    vessel, tap = _vessel(screenplay, cast), _tap(cast)
    if vessel is None or tap is None or vessel.prop.placement.target not in ("ground", tap.prop.id):
        return
    outlet, basin = tap.spot("outlet"), tap.spot("basin")
    assert outlet is not None
    assert basin is not None
    vessel.position = np.array([outlet[0], outlet[1], basin[2]])
    vessel.support = tap


def streams_of(blocking: Blocking) -> tuple[Stream, ...]:
    """What people pour, and the water that runs while the sound of filling is heard."""
    return (*blocking.streams, *_from_tap(blocking))


def _from_tap(blocking: Blocking) -> tuple[Stream, ...]:
    screenplay = blocking.screenplay
    found, vessel, tap = _filling(screenplay), _vessel(screenplay, blocking.cast), _tap(blocking.cast)
    if found is None or vessel is None or tap is None or vessel.support is not tap:
        return ()
    cue, entry = found
    outlet = tap.spot("outlet")
    assert outlet is not None
    start_s = cue.at_s or 0.0
    end_s = start_s + (cue.duration_s or entry.duration_s or screenplay.duration_s)
    flow = float(str(entry.parameters["flow"])) / 1000
    times = blocking.world_s(start_s), blocking.world_s(end_s)
    floor = vessel.asset.regions["inside"][0][2] - vessel.root.position[2]
    return (Stream(as_vec3(outlet), vessel.body(vessel.root), flow, *times, floor),)


def _filling(screenplay: Screenplay) -> tuple[Cue, SoundEntry] | None:
    cues = ((cue, catalogue.sounds()[cue.sound]) for cue in screenplay.sounds)
    return next(((cue, entry) for cue, entry in cues if entry.builder == _FILLS), None)


def _vessel(screenplay: Screenplay, cast: Mapping[str, list[Instance]]) -> Instance | None:
    """What is filled: the first thing that is open above and no tap."""
    if _filling(screenplay) is None:
        return None
    things = [group[0] for group in cast.values() if len(group) == 1]
    return next((one for one in things if one.region("inside") and not one.is_fixed), None)


def _tap(cast: Mapping[str, list[Instance]]) -> Instance | None:
    return next((group[0] for group in cast.values() if group[0].spot("outlet") is not None), None)
