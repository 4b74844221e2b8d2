"""How long the picture is exposed when people stand elsewhere than where the place was metered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.place import PlaceAsset
from lichtspiel.library.places.interior import irradiance
from lichtspiel.stage.instance import as_vec3
from lichtspiel.stage.layout import main_ground
from lichtspiel.stage.world import PlacedFigure

METERED_M = 0.3
"""Above the main ground, where rooms are metered."""
FACE_SHARE = 0.9
"""Height of a face against that of the body."""
LIMITS_EV = (-0.3, 1.5)
FOLLOWS = 0.8
"""How much of the difference the exposure follows: a dim corner stays dimmer than the middle."""


def exposure_for(place: PlaceAsset, figures: Sequence[PlacedFigure]) -> float:
    """Exposure of the place in EV, opened up for faces that its lamps reach less."""
    if not figures or place.acoustics.room_m is None:
        return place.exposure_ev
    centre = main_ground(place).centre
    middle = _light(place, centre + [0.0, 0.0, METERED_M])
    faces = [_light(place, np.array(f.position) + [0.0, 0.0, FACE_SHARE * _height(f)]) for f in figures]
    lacking = float(np.log2(max(middle, 1e-6) / max(float(np.median(faces)), 1e-6)))
    return place.exposure_ev + FOLLOWS * float(np.clip(lacking, *LIMITS_EV))


def _light(place: PlaceAsset, point: Array) -> float:
    return sum(irradiance(lamp, as_vec3(point)) for lamp in place.lamps)


def _height(figure: PlacedFigure) -> float:
    sits = next((d.seat_height_m for d in figure.directions if d.seat_height_m is not None), None)
    # Seated, the head is about half the stature above the seat.
    return figure.person.height_m if sits is None else sits + 0.52 * figure.person.height_m
