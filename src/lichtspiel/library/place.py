"""What a place builder makes: scenery, light and acoustics around the action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lichtspiel.library.asset import ORIGIN, Part, Vec3


@dataclass(frozen=True)
class Lamp:
    """A light that is not the sky.

    `direction` is where it shines to. power_w: radiant watts for area, point and spot lamps;
    for a sun, irradiance in W/m². size_m: edge of an area lamp (width, height), radius of a
    point or spot lamp; for a sun, size_m[0] is its angular diameter in radians.
    """

    kind: Literal["sun", "area", "point", "spot"]
    power_w: float
    colour: Vec3 = (1.0, 1.0, 1.0)
    """Linear RGB with a maximum of 1."""
    position: Vec3 = ORIGIN
    direction: Vec3 = (0.0, 0.0, -1.0)
    size_m: tuple[float, float] = (0.5, 0.5)
    cone_rad: float = 0.8
    """Full angle of a spot."""
    visible: bool = False
    """The lamp's own surface shows in the picture and in mirrors."""
    turn_rad_s: float = 0.0
    """How fast a sun's direction turns about the vertical, counter-clockwise from above: the light
    that wanders through the window of a spacecraft."""


@dataclass(frozen=True)
class Sky:
    """What surrounds the scene.

    kind: `atmosphere` is a physical sky with its sun; `gradient` mixes horizon and zenith
    colours (overcast, dusk, studio); `stars` is black with stars.
    """

    kind: Literal["atmosphere", "gradient", "stars"]
    strength: float = 1.0
    sun_elevation_rad: float = 0.7
    sun_azimuth_rad: float = 0.8
    """Direction the sun stands in, from +x towards +y."""
    sun_strength: float = 1.0
    """0 hides the sun's disc and its light."""
    haze: float = 1.0
    horizon: Vec3 = (0.8, 0.85, 0.9)
    zenith: Vec3 = (0.3, 0.45, 0.8)


@dataclass(frozen=True)
class Acoustics:
    """How a place sounds."""

    room_m: Vec3 | None
    """Length, width and height of the room; None is outdoors."""
    absorption: float = 0.2
    """Mean absorption coefficient of walls and ceiling, 0 … 1."""
    bed: str = "room_tone"
    """Ambience: room_tone, hall_tone, park, street, beach, wind, rain, studio, none (no air)."""
    bed_level_db: float = -50.0
    """RMS of the bed in the finished mix, dBFS."""


@dataclass(frozen=True)
class Spot:
    """A named place to put things: a table top, the free-throw line, the floor."""

    position: Vec3
    facing: Vec3 = (0.0, -1.0, 0.0)
    """Unit vector towards the natural camera side."""
    size_m: tuple[float, float] = (1.0, 1.0)
    """Free width (x) and depth (y) around the position."""
    edge_m: float = 0.0
    """Of a seat that is closed down to the ground: from its position to its front."""


@dataclass(frozen=True, eq=False)
class PlaceAsset:
    """A built place. Its parts are fixed; those without shapes are scenery for the eye only."""

    parts: tuple[Part, ...]
    lamps: tuple[Lamp, ...]
    sky: Sky
    acoustics: Acoustics
    spots: dict[str, Spot]
    """Always holds `floor`; where the action usually stands is `main`."""
    exposure_ev: float = 0.0
    camera_bounds: tuple[Vec3, Vec3] | None = None
    """Box (low, high) that the camera must stay in: the inside of a room."""
    doorway_look: str = "white_paint"
    """Of the door that belongs into the spot `doorway`, where there is one."""
