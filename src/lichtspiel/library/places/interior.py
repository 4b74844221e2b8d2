"""Light in rooms: daylight through windows, lamps in the evening, and the exposure for both.

Exposure is metered, not guessed: the irradiance that lamps and windows bring to the action is
added up with what the room throws back, and the picture is exposed so that an 18 % grey card there renders
mid grey.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import atan2, cos, hypot, log2, pi, radians

import numpy as np

from lichtspiel.library.asset import Vec3
from lichtspiel.library.catalogue import Surroundings
from lichtspiel.library.place import Lamp, Sky
from lichtspiel.library.places.reflected import LUMINANCE, Enclosure, Window, luminance, reflected
from lichtspiel.library.places.sky import Lighting, candle, direction_from, spotlight
from lichtspiel.screenplay import Light, TimeOfDay, Weather

SUN_SHARE = 0.08
"""How much the sun's patch counts against the light of the whole room."""
DAY_LIFT_EV = 0.35
"""Daylit rooms look natural a little above the metered exposure: their walls are lighter than grey."""
EVENING_LIFT_EV = 0.15
BEFORE_WALLS_M, BEHIND_PANES_M = 0.32, 0.1
"""Where the light of windows stands, from the wall's inner face: outside of the wall, or within the panes
where drops on them would show it."""
CLOUDED = 0.3
"""Luminance of the sky in rain against a clear one, as it is seen through a window."""
HANGING_M = 2.5
"""Where a spot hangs in any room, below its ceiling."""
BRIDGE_M = 1.2
"""How far below the ceiling of a hall or theatre it hangs."""
FILL_SHARE = 0.45
"""Light from the camera's side against that of windows and lamps, as a film crew would add it."""


@dataclass(frozen=True)
class Sunlight:
    """What a window lets in at a time of day, on the scale of the film's rooms."""

    sky_w_m2: float
    """Radiant exitance of the opening by the sky alone."""
    sky_colour: Vec3
    sun_w_m2: float
    """Irradiance of the direct sun; 0 when it is down or covered."""
    sun_colour: Vec3
    elevation_deg: float
    outside: Vec3
    """What the sky looks like through the window."""


HOURS = {
    TimeOfDay.DAWN: Sunlight(7, (0.72, 0.80, 1.0), 0, (1, 1, 1), 0, (0.55, 0.50, 0.62)),
    TimeOfDay.SUNRISE: Sunlight(14, (1.0, 0.86, 0.76), 8, (1.0, 0.56, 0.26), 9, (1.5, 1.05, 0.8)),
    TimeOfDay.MORNING: Sunlight(26, (0.94, 0.97, 1.0), 15, (1.0, 0.84, 0.62), 26, (1.9, 2.1, 2.4)),
    TimeOfDay.NOON: Sunlight(34, (0.95, 0.98, 1.0), 17, (1.0, 0.95, 0.86), 52, (2.2, 2.4, 2.7)),
    TimeOfDay.AFTERNOON: Sunlight(30, (0.96, 0.98, 1.0), 16, (1.0, 0.90, 0.74), 36, (2.0, 2.2, 2.5)),
    TimeOfDay.GOLDEN_HOUR: Sunlight(18, (1.0, 0.88, 0.76), 13, (1.0, 0.66, 0.34), 14, (1.9, 1.5, 1.1)),
    TimeOfDay.SUNSET: Sunlight(11, (1.0, 0.76, 0.66), 9, (1.0, 0.46, 0.18), 8, (1.5, 0.85, 0.55)),
    TimeOfDay.DUSK: Sunlight(3.0, (0.55, 0.66, 1.0), 0, (1, 1, 1), 0, (0.22, 0.22, 0.40)),
    TimeOfDay.NIGHT: Sunlight(0.35, (0.45, 0.60, 1.0), 0, (1, 1, 1), 0, (0.010, 0.014, 0.032)),
}

TINTS: dict[Light, Vec3] = {Light.WARM: (1.0, 0.93, 0.82), Light.COLD: (0.72, 0.87, 1.0)}
DIMMED: dict[Light, dict[str, float]] = {
    Light.COLD: {"sun": 0.0},
    Light.HARD: {"area": 0.45},
    Light.DARK: {"area": 0.3, "sun": 0.3},
    Light.BACKLIGHT: {"area": 0.25, "point": 0.25, "spot": 0.25, "sun": 0.0},
}
"""What becomes of each kind of lamp; 0 takes it away."""
LAMPS_LIT = (TimeOfDay.DAWN, TimeOfDay.SUNSET, TimeOfDay.DUSK, TimeOfDay.NIGHT)
ADAPTED = 0.4
"""How far the white balance follows the light of the room, as a power: 1 makes every white neutral.

Eyes and cameras adapt to warm lamps only in part, which is why their light still looks warm.
"""
GREY_CARD_IRRADIANCE = pi
"""W/m² under which an ideal white surface has radiance 1, a grey card 0.18."""


def indoors(
    surroundings: Surroundings,
    windows: tuple[Window, ...],
    evening_lamps: tuple[Lamp, ...],
    target: Vec3,
    room: Enclosure,
    always_lit: tuple[Lamp, ...] = (),
    height_m: float = 2.8,
) -> Lighting:
    """Light of a room of this height with its action at `target`.

    evening_lamps burn when it is dark outside, always_lit at any time (halls, labs).
    """
    light = surroundings.light
    hour = HOURS[surroundings.time_of_day]
    if surroundings.weather is not Weather.CLEAR or light is Light.SOFT:
        hour = replace(hour, sun_w_m2=0.0, sky_w_m2=hour.sky_w_m2 * 0.8)
    if surroundings.weather is Weather.RAIN:
        hour = replace(hour, outside=_scaled(hour.outside, (CLOUDED, CLOUDED, CLOUDED)))
    deep_m = BEHIND_PANES_M if surroundings.weather is Weather.RAIN else BEFORE_WALLS_M
    portals = tuple(_portal(window, hour, deep_m) for window in windows)
    sun = _sun(windows, hour, target)
    burning = surroundings.time_of_day in LAMPS_LIT or light in (Light.WARM, Light.DARK)
    lit = (*portals, *always_lit, *(evening_lamps if burning or not windows else ()))
    lamps = (*lit, *sun, _fill(lit, target))
    lamps = _characterised(lamps, light, target, height_m)
    gains = _white_balance(lamps, target)
    lamps = tuple(_balanced(lamp, gains) for lamp in lamps)
    dimmed = 0.05 if light in (Light.SPOTLIGHT, Light.CANDLE) else 1.0
    outside = _scaled(hour.outside, gains)
    around = reflected(lamps, dimmed * luminance(outside), windows, room)
    metered = around + sum(irradiance(lamp, target) for lamp in lamps)
    exposure = log2(GREY_CARD_IRRADIANCE / max(metered, 1e-4))
    exposure += {Light.DARK: -0.5, Light.BRIGHT: 0.55, Light.CANDLE: -0.5, Light.SPOTLIGHT: 0.5}.get(light, 0)
    exposure += DAY_LIFT_EV if surroundings.time_of_day not in LAMPS_LIT else EVENING_LIFT_EV
    sky = Sky("gradient", dimmed, 0.5, pi, 0.0, 1.0, outside, outside)
    return Lighting(sky, lamps, exposure)


def irradiance(lamp: Lamp, target: Vec3) -> float:
    """W/m² that a lamp brings to a card at `target` that is turned halfway towards it.

    Inverse square law; area lamps emit by Lambert's law. Sunlight counts little, as it reaches
    only what stands in its patch.
    """
    if lamp.kind == "sun":
        return SUN_SHARE * lamp.power_w * luminance(lamp.colour)
    to_target = np.subtract(target, lamp.position)
    distance = float(np.linalg.norm(to_target))
    along = float(to_target @ np.asarray(lamp.direction)) / (distance * float(np.linalg.norm(lamp.direction)))
    if lamp.kind == "point":
        flux = lamp.power_w / (4 * pi * distance**2)
    elif lamp.kind == "spot":
        flux = lamp.power_w / (4 * pi * distance**2) if along > cos(lamp.cone_rad / 2) else 0.0
    else:
        spread = distance**2 + lamp.size_m[0] * lamp.size_m[1] / pi
        flux = lamp.power_w * max(along, 0.0) / (pi * spread)
    return 0.75 * flux * luminance(lamp.colour)


def pendant(position: Vec3, power_w: float = 60.0, radius: float = 0.06) -> Lamp:
    """A warm bulb."""
    return Lamp("point", power_w, (1.0, 0.74, 0.48), position, size_m=(radius, radius))


def panel(
    position: Vec3, size_m: tuple[float, float], power_w: float, colour: Vec3 = (1, 0.97, 0.92)
) -> Lamp:
    """A luminous panel that shines straight down."""
    return Lamp("area", power_w, colour, position, (0.0, 0.0, -1.0), size_m)


def _portal(window: Window, hour: Sunlight, deep_m: float) -> Lamp:
    """The sky seen by a window, as an area lamp so far behind the wall's inner face."""
    outside = np.asarray(window.centre) - deep_m * np.asarray(window.inward)
    power = hour.sky_w_m2 * window.size_m[0] * window.size_m[1]
    position = (float(outside[0]), float(outside[1]), float(outside[2]))
    return Lamp("area", power, hour.sky_colour, position, window.inward, window.size_m)


def _fill(lamps: tuple[Lamp, ...], target: Vec3) -> Lamp:
    """A large soft lamp over the camera that opens the shadows."""
    offset = (1.1, -2.1, 1.7 if target[2] > 0.5 else 2.1)
    position = (target[0] + offset[0], target[1] + offset[1], target[2] + offset[2])
    toward = (-offset[0], -offset[1], target[2] - position[2])
    length = sum(v * v for v in toward) ** 0.5
    unit = (toward[0] / length, toward[1] / length, toward[2] / length)
    weights = [irradiance(lamp, target) for lamp in lamps]
    total = max(sum(weights), 1e-6)
    mixed = [
        sum(w * lamp.colour[i] for w, lamp in zip(weights, lamps, strict=True)) / total for i in range(3)
    ]
    top = max(*mixed, 1e-6)
    colour = (mixed[0] / top, mixed[1] / top, mixed[2] / top)
    one = Lamp("area", 1.0, colour, position, unit, (2.2, 1.6))
    return replace(one, power_w=FILL_SHARE * total / max(irradiance(one, target), 1e-6))


def _sun(windows: tuple[Window, ...], hour: Sunlight, target: Vec3) -> tuple[Lamp, ...]:
    """The sun, standing so that its beam through the nearest window passes by the action."""
    if not windows or hour.sun_w_m2 <= 0:
        return ()
    nearest = min(windows, key=lambda w: float(np.linalg.norm(np.subtract(w.centre, target))))
    across = np.subtract(nearest.centre, target)
    level = hypot(across[0], across[1])
    sill, head = across[2] - nearest.size_m[1] / 2, across[2] + nearest.size_m[1] / 2
    low, high = atan2(sill + 0.15, level), atan2(head - 0.15, level)
    elevation = float(np.clip(radians(hour.elevation_deg), max(low, radians(4)), max(high, radians(5))))
    azimuth = atan2(across[1], across[0])
    toward = direction_from(elevation, azimuth)
    return (Lamp("sun", hour.sun_w_m2, hour.sun_colour, (0, 0, 20), toward, (0.012, 0.012)),)


def _characterised(lamps: tuple[Lamp, ...], light: Light, target: Vec3, height_m: float) -> tuple[Lamp, ...]:
    """The lamps as a wished-for light changes them."""
    if light in (Light.SPOTLIGHT, Light.CANDLE):
        rise = max(HANGING_M, height_m - BRIDGE_M) - target[2]
        lone = spotlight(target, rise) if light is Light.SPOTLIGHT else candle(target)
        return (lone, *(_dimmed(lamp, 0.05) for lamp in lamps if lamp.kind != "sun"))
    factors = DIMMED.get(light, {})
    changed = tuple(
        _tinted(_dimmed(lamp, factors.get(lamp.kind, 1.0)), TINTS.get(light, (1.0, 1.0, 1.0)))
        for lamp in lamps
        if factors.get(lamp.kind, 1.0) > 0
    )
    return (_rim(target), *changed) if light is Light.BACKLIGHT else changed


def _rim(target: Vec3) -> Lamp:
    """A bright lamp high behind the action."""
    offset = (0.5, 1.6, 1.35)
    length = sum(v * v for v in offset) ** 0.5
    position = (target[0] + offset[0], target[1] + offset[1], target[2] + offset[2])
    toward = (-offset[0] / length, -offset[1] / length, -offset[2] / length)
    return Lamp("area", 110.0, (1.0, 0.95, 0.88), position, toward, (0.9, 0.5))


def _dimmed(lamp: Lamp, factor: float) -> Lamp:
    return replace(lamp, power_w=lamp.power_w * factor)


def _tinted(lamp: Lamp, tint: Vec3) -> Lamp:
    mixed = [a * b for a, b in zip(lamp.colour, tint, strict=True)]
    top = max(mixed)
    return replace(lamp, colour=(mixed[0] / top, mixed[1] / top, mixed[2] / top))


def _white_balance(lamps: tuple[Lamp, ...], target: Vec3) -> Vec3:
    """Gains of red, green and blue that take the colour of the light at the action partly away.

    A grey card there keeps its luminance.
    """
    light = np.zeros(3)
    for lamp in lamps:
        light += irradiance(lamp, target) / luminance(lamp.colour) * np.array(lamp.colour)
    if light.min() <= 0:
        return (1.0, 1.0, 1.0)
    gains = light**-ADAPTED
    gains *= LUMINANCE @ light / (LUMINANCE @ (gains * light))
    return (float(gains[0]), float(gains[1]), float(gains[2]))


def _balanced(lamp: Lamp, gains: Vec3) -> Lamp:
    colour = _scaled(lamp.colour, gains)
    top = max(colour)
    scaled = (colour[0] / top, colour[1] / top, colour[2] / top)
    return replace(lamp, colour=scaled, power_w=lamp.power_w * top)


def _scaled(colour: Vec3, gains: Vec3) -> Vec3:
    return (colour[0] * gains[0], colour[1] * gains[1], colour[2] * gains[2])
