"""The sky of a thunderstorm, over whom thunder is heard in the rain."""

from __future__ import annotations

from dataclasses import replace

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Vec3
from lichtspiel.library.place import PlaceAsset
from lichtspiel.screenplay import Screenplay, Weather

THUNDER = "thunder:thunder"
"""Builder of the sounds of thunder."""
_ZENITH: Vec3 = (0.215, 0.24, 0.275)
_HORIZON: Vec3 = (0.185, 0.21, 0.235)
"""A fifth of an overcast sky: the tower of a thundercloud lets next to no light through."""
_DAYLIT = 0.6
"""A sky whose zenith is brighter than this is that of a day."""
_OPENS_EV = 0.85
"""How much a camera follows; the rest is seen as darkness."""


def under_thunder(screenplay: Screenplay, place: PlaceAsset) -> PlaceAsset:
    """The place by day under a thundercloud; as it is where no thunder is heard, indoors and at night."""
    rains = screenplay.setting.weather is Weather.RAIN
    by_day = place.sky.kind == "gradient" and min(place.sky.zenith) > _DAYLIT
    if not (rains and by_day and place.acoustics.room_m is None and _thunders(screenplay)):
        return place
    sky = replace(place.sky, horizon=_HORIZON, zenith=_ZENITH)
    return replace(place, sky=sky, exposure_ev=place.exposure_ev + _OPENS_EV)


def _thunders(screenplay: Screenplay) -> bool:
    known = catalogue.sounds()
    heard = {cue.sound for cue in screenplay.sounds}
    heard |= {layer.sound for sound in heard for layer in known[sound].layers}
    return any(known[sound].builder == THUNDER for sound in heard)
