"""Measures the light of a picture, and names what in a screenplay is most like it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lichtspiel.screenplay import Light as Character
from lichtspiel.screenplay import Look, TimeOfDay, Weather

Array = NDArray[np.float64]
Colour = tuple[float, float, float]

SIDE = 128
"""Pixels of the longer side that is measured."""
_LUMA = np.array([0.2126, 0.7152, 0.0722])
"""Rec. 709 luminance weights."""

NIGHT_SKY, DUSK_SKY = 0.03, 0.1
"""Luminance of a sky below which it is night, and of a blue one below which the sun has set."""
SUNSET, LOW_SUN = 1.35, 0.98
"""Red against blue of a sky at sunset, and in the hour before."""
GREY_SKY, CLOSED_SKY = 0.16, 0.3
"""A sky of less saturation and more luminance than these is closed."""
WARM, COLD = 2.0, 0.8
"""Red against blue of what is lit brightly where no sky is seen."""
DARK, BRIGHT = 0.02, 0.5
"""Median luminance; a picture in good light has about 0.2."""
SIDED = 0.12
"""By how much, of their sum, one side is brighter than the other when the light comes from there."""
COLOURLESS = 0.05
"""Saturation of a picture without colours."""


@dataclass(frozen=True)
class Light:
    """What was measured, all of it in linear light."""

    brightness: float
    """Median luminance, 0 … 1."""
    warmth: float
    """Red against blue of what is lit brightly; 1 is neutral."""
    saturation: float
    """(max - min) / max of the colours, which nine tenths of the picture stay below."""
    side: float
    """-1 … 1: how much brighter the right half is than the left one, of their sum."""
    sky: Colour | None
    """Median colour above the horizon, where there is one."""

    @property
    def time_of_day(self) -> TimeOfDay | None:
        """The hour whose light is most like it. In the morning light falls from the right of the places
        where films play, in the afternoon from the left. None where no sky tells it."""
        if self.sky is None:
            return None
        luminance, glow = float(np.dot(self.sky, _LUMA)), self.sky[0] / max(self.sky[2], 1e-3)
        from_right = self.side > SIDED
        if luminance < NIGHT_SKY:
            return TimeOfDay.NIGHT
        if luminance < DUSK_SKY and self.brightness < DUSK_SKY:
            return TimeOfDay.DAWN if from_right else TimeOfDay.DUSK
        if glow > LOW_SUN and not self._closed:
            low = TimeOfDay.SUNSET if glow > SUNSET else TimeOfDay.GOLDEN_HOUR
            return TimeOfDay.SUNRISE if from_right else low
        if from_right:
            return TimeOfDay.MORNING
        return TimeOfDay.AFTERNOON if self.side < -SIDED else TimeOfDay.NOON

    @property
    def weather(self) -> Weather | None:
        """What the sky tells by day; None where none is seen, or at another time."""
        if self.sky is None or self.time_of_day not in _DAY:
            return None
        return Weather.OVERCAST if self._closed else Weather.CLEAR

    @property
    def character(self) -> Character | None:
        """What light without a sky is like; None where it is like any."""
        if self.sky is not None:
            return None
        if self.brightness < DARK:
            return Character.DARK
        if self.warmth > WARM:
            return Character.WARM
        if self.warmth < COLD:
            return Character.COLD
        return Character.BRIGHT if self.brightness > BRIGHT else None

    @property
    def look(self) -> Look | None:
        """Black and white, for a picture without colours; else None."""
        return Look.BLACK_AND_WHITE if self.saturation < COLOURLESS else None

    @property
    def is_sided(self) -> bool:
        """Whether it comes from one side plainly."""
        return abs(self.side) > SIDED

    @property
    def _closed(self) -> bool:
        assert self.sky is not None
        highest, lowest = max(self.sky), min(self.sky)
        return highest > CLOSED_SKY and (highest - lowest) / highest < GREY_SKY


_DAY = (TimeOfDay.MORNING, TimeOfDay.NOON, TimeOfDay.AFTERNOON)


def light_of(picture: Image.Image, horizon: float | None) -> Light:
    """The light of a picture; horizon: its height above the lower edge, 0 … 1, where it is known."""
    small = picture.convert("RGB")
    small.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    colours = linear(np.asarray(small, float) / 255.0)
    luminance = colours @ _LUMA
    # Of what is burnt out no colour can be told.
    plain = colours[luminance < 0.92] if (luminance < 0.92).mean() > 0.1 else colours.reshape(-1, 3)
    bright = plain[plain @ _LUMA >= np.quantile(plain @ _LUMA, 0.8)]
    red, _, blue = np.median(bright, 0)
    left, right = (float(half.mean()) for half in np.array_split(luminance, 2, axis=1))
    highest = np.maximum(plain.max(1), 1e-3)
    return Light(
        brightness=float(np.median(luminance)),
        warmth=float(red / max(blue, 1e-3)),
        saturation=float(np.quantile((highest - plain.min(1)) / highest, 0.9)),
        side=(right - left) / max(right + left, 1e-3),
        sky=None if horizon is None else _sky(colours, horizon),
    )


def _sky(colours: Array, horizon: float) -> Colour:
    rows = max(1, round((1 - horizon) * 0.9 * len(colours)))
    red, green, blue = np.median(colours[:rows].reshape(-1, 3), 0)
    return float(red), float(green), float(blue)


def linear(encoded: Array) -> Array:
    """Linear light of sRGB colours, 0 … 1 (IEC 61966-2-1)."""
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
