"""Daylight out of doors: where the sun stands, what colour the sky has, and how bright both are.

Angles follow `Sky`: azimuth from +x towards +y. The action faces -y, so a sun at azimuth
200° comes over the camera's left shoulder and one at 60° stands behind the action.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import atan2, cos, pi, radians, sin

import numpy as np

from lichtspiel.library.asset import Vec3
from lichtspiel.library.catalogue import Surroundings
from lichtspiel.library.place import Lamp, Sky
from lichtspiel.screenplay import Light, TimeOfDay, Weather


@dataclass(frozen=True)
class Lighting:
    """All light of a place and how long the picture is exposed to it."""

    sky: Sky
    lamps: tuple[Lamp, ...]
    exposure_ev: float


@dataclass(frozen=True)
class Hour:
    """The sun at a time of day. Exposure makes a grey card at the action render mid grey."""

    elevation_deg: float
    azimuth_deg: float
    exposure_ev: float
    horizon: Vec3 = (0.0, 0.0, 0.0)
    """Colours of the twilight sky; unused while the sun is up."""
    zenith: Vec3 = (0.0, 0.0, 0.0)


# Elevations are those of a day in late spring at 50° north; azimuths are chosen for the camera.
HOURS = {
    TimeOfDay.DAWN: Hour(-4, 60, 1.1, (0.95, 0.62, 0.48), (0.20, 0.30, 0.55)),
    TimeOfDay.SUNRISE: Hour(5, 52, 1.9),
    TimeOfDay.MORNING: Hour(27, -28, -0.15),
    TimeOfDay.NOON: Hour(58, -60, -0.75),
    TimeOfDay.AFTERNOON: Hour(40, 212, -0.5),
    TimeOfDay.GOLDEN_HOUR: Hour(11, 168, 1.2),
    TimeOfDay.SUNSET: Hour(5, 128, 1.9),
    TimeOfDay.DUSK: Hour(-5, 120, 1.1, (0.72, 0.42, 0.40), (0.10, 0.15, 0.36)),
    TimeOfDay.NIGHT: Hour(-30, 200, 1.6, (0.020, 0.030, 0.060), (0.006, 0.010, 0.030)),
}

TWILIGHT = (TimeOfDay.DAWN, TimeOfDay.DUSK)
CLOSED_SKY = (Weather.OVERCAST, Weather.FOG, Weather.RAIN, Weather.SNOW)
RAIN_LIFT_EV = 0.7
"""Wet ground is darker than dry, and a camera opens up for it."""
OVERCAST_LEVEL = {TimeOfDay.SUNRISE: 0.6, TimeOfDay.SUNSET: 0.6, TimeOfDay.GOLDEN_HOUR: 0.8}
MOON_COLOUR: Vec3 = (0.62, 0.76, 1.0)
SUN_DIAMETER_RAD = 0.0093
_LOW_SPOT_M, _HIGH_SPOT_M = 3.4, 4.5
"""Spots that hang lower over the action stand above it; from higher up they come from the front."""
_SPOT_REACH_M = 3.8
"""Distance at which a spot has 900 W."""
_POOL_M = 1.5
"""Radius of the light of a follow spot: two who dance stay in it."""


def outdoors(
    surroundings: Surroundings,
    target: Vec3 = (0.0, 0.0, 0.0),
    street_lamps: tuple[Lamp, ...] = (),
    sun_azimuth_deg: Mapping[TimeOfDay, float] | None = None,
    lift_ev: float = 0.0,
) -> Lighting:
    """Light of an open place at a time and in a weather; `target` is where the action stands.

    Street lamps burn at dusk and at night. sun_azimuth_deg: where the sun stands instead at some
    times, so that houses or trees do not hide it. lift_ev: more exposure for dark grounds.
    """
    time, weather, light = _asked(surroundings)
    hour = HOURS[time]
    hour = replace(hour, azimuth_deg=(sun_azimuth_deg or {}).get(time, hour.azimuth_deg))
    if light is Light.BACKLIGHT and time not in (*TWILIGHT, TimeOfDay.NIGHT):
        hour = replace(hour, elevation_deg=min(hour.elevation_deg, 22), azimuth_deg=62)
    lamps: tuple[Lamp, ...] = ()
    if time is TimeOfDay.NIGHT:
        sky, exposure = _night(weather), hour.exposure_ev
        lamps = (moonlight(0.32 if weather is Weather.CLEAR else 0.12), *street_lamps)
    elif time in TWILIGHT:
        sky, exposure = _twilight(hour, weather), hour.exposure_ev
        lamps = street_lamps if time is TimeOfDay.DUSK else ()
    elif weather in CLOSED_SKY:
        sky, exposure = _covered(time, weather), RAIN_LIFT_EV if weather is Weather.RAIN else 0.0
    else:
        sky, exposure = _clear(hour, weather), hour.exposure_ev
    if light is Light.SPOTLIGHT:
        lamps = (spotlight(target), *(replace(lamp, power_w=lamp.power_w * 0.3) for lamp in lamps))
    elif light is Light.CANDLE:
        lamps = (candle(target), *(replace(lamp, power_w=lamp.power_w * 0.3) for lamp in lamps))
    exposure += lift_ev + {Light.DARK: -1.3, Light.BRIGHT: 0.6, Light.BACKLIGHT: 0.8}.get(light, 0.0)
    return Lighting(sky, lamps, exposure)


def direction_from(elevation_rad: float, azimuth_rad: float) -> Vec3:
    """Unit vector in which light travels that comes from this point of the sky."""
    level = cos(elevation_rad)
    return (-level * cos(azimuth_rad), -level * sin(azimuth_rad), -sin(elevation_rad))


def moonlight(irradiance: float = 0.3) -> Lamp:
    """A full moon to the left of the camera; W/m² on the film's night scale."""
    toward = direction_from(radians(38), radians(150))
    return Lamp("sun", irradiance, MOON_COLOUR, (0, 0, 30), toward, (0.02, 0.02))


def spotlight(target: Vec3, rise_m: float = 3.4) -> Lamp:
    """A theatre spot from the upper left front onto the action, with a hard edge to its pool.

    rise_m: how far it hangs above the action; nearer ones are weaker, so that the light is the same. From
    the bridge of a theatre it comes as follow spots do, at half a right angle, for whom moves about.
    """
    lean = float(np.interp(rise_m, [_LOW_SPOT_M, _HIGH_SPOT_M], [0.5, 1.0]))
    offset = (-0.65 * lean * rise_m, -0.76 * lean * rise_m, rise_m)
    position = (target[0] + offset[0], target[1] + offset[1], target[2] + offset[2])
    length = sum(v * v for v in offset) ** 0.5
    toward = (-offset[0] / length, -offset[1] / length, -offset[2] / length)
    power = 900.0 * (length / _SPOT_REACH_M) ** 2
    cone = 0.55 if rise_m < _HIGH_SPOT_M else 2 * atan2(_POOL_M, length)
    return Lamp("spot", power, (1.0, 0.92, 0.80), position, toward, (0.05, 0.05), cone_rad=cone)


def candle(target: Vec3) -> Lamp:
    """The light of candles that stand beside the action, out of the picture."""
    position = (target[0] - 0.75, target[1] - 0.35, target[2] + 0.5)
    return Lamp("point", 60.0, (1.0, 0.52, 0.20), position, size_m=(0.05, 0.05))


def _asked(surroundings: Surroundings) -> tuple[TimeOfDay, Weather, Light]:
    """Time, weather and light, where a wished-for light is really another time or weather."""
    time, weather, light = surroundings.time_of_day, surroundings.weather, surroundings.light
    daytime = time in (TimeOfDay.MORNING, TimeOfDay.NOON, TimeOfDay.AFTERNOON)
    if light in (Light.SPOTLIGHT, Light.CANDLE):
        time = TimeOfDay.NIGHT
    elif light is Light.WARM and daytime:
        time = TimeOfDay.GOLDEN_HOUR
    elif light in (Light.SOFT, Light.COLD) and weather is Weather.CLEAR and time not in TWILIGHT:
        weather = Weather.OVERCAST if time is not TimeOfDay.NIGHT else weather
    elif light is Light.HARD:
        weather = Weather.CLEAR
    return time, weather, light


def _clear(hour: Hour, weather: Weather) -> Sky:
    cloudy = weather is Weather.CLOUDY
    return Sky(
        "atmosphere",
        sun_elevation_rad=radians(hour.elevation_deg),
        sun_azimuth_rad=radians(hour.azimuth_deg % 360),
        sun_strength=0.35 if cloudy else 1.0,
        haze=2.5 if cloudy else (1.7 if hour.elevation_deg < 8 else 1.0),
    )


def _covered(time: TimeOfDay, weather: Weather) -> Sky:
    """A closed cloud cover: three times as bright at the zenith as at the horizon (CIE)."""
    level = OVERCAST_LEVEL.get(time, 1.0)
    if weather is Weather.FOG:
        return Sky("gradient", level, 0.5, pi, 0.0, 6.0, (0.86, 0.88, 0.90), (0.95, 0.96, 0.98))
    if weather is Weather.RAIN:
        level *= 0.8
    return Sky("gradient", level, 0.5, pi, 0.0, 3.0, (0.70, 0.75, 0.82), (1.05, 1.10, 1.18))


def _twilight(hour: Hour, weather: Weather) -> Sky:
    horizon, zenith = hour.horizon, hour.zenith
    if weather is not Weather.CLEAR:
        grey = sum(horizon) / 3
        horizon = (grey * 0.9, grey * 0.95, grey * 1.1)
    return Sky("gradient", 1.0, 0.0, radians(hour.azimuth_deg % 360), 0.0, 1.5, horizon, zenith)


def _night(weather: Weather) -> Sky:
    hour = HOURS[TimeOfDay.NIGHT]
    lift = 1.0 if weather is Weather.CLEAR else 1.6
    horizon = (hour.horizon[0] * lift, hour.horizon[1] * lift, hour.horizon[2] * lift)
    return Sky("gradient", 1.0, 0.0, radians(hour.azimuth_deg % 360), 0.0, 1.0, horizon, hour.zenith)
