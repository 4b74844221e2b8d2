"""Looks of the finished picture, applied to 8-bit sRGB frames after the film's own AgX colours.

Every grade is a function of a pixel's colour and place alone, so that what stands still in the
film stays still in the grade.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lichtspiel.screenplay import Look

Picture = NDArray[np.uint8]
Colours = NDArray[np.floating]

_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""Rec. 709 luminance weights."""


def graded(picture: Picture, look: Look) -> Picture:
    """A picture (H, W, 3) in this look."""
    if look not in _GRADES:
        return picture
    colours = picture.astype(np.float32) / 255.0
    shaped = _GRADES[look](colours)
    result: Picture = np.clip(shaped * 255.0 + 0.5, 0.0, 255.0).astype(np.uint8)
    return result


def _cinematic(colours: Colours) -> Colours:
    """Teal shadows, warm lights, gentle contrast, darker corners."""
    luma = (colours @ _LUMA)[..., None]
    toned = luma + (colours - luma) * np.float32(0.92)
    shadow = np.array([-0.012, 0.006, 0.02], np.float32) * (1 - luma) ** 2
    light = np.array([0.02, 0.006, -0.018], np.float32) * luma**1.5
    return _contrast(toned + shadow + light, 0.16) * _vignette(colours.shape, 0.2)


def _black_and_white(colours: Colours) -> Colours:
    """Panchromatic film with a yellow filter: skies darken, warm things stay light."""
    weights = np.array([0.34, 0.55, 0.11], np.float32)
    grey = np.repeat((colours @ weights)[..., None], 3, axis=2)
    return _contrast(grey, 0.2) * _vignette(colours.shape, 0.16)


def _vintage(colours: Colours) -> Colours:
    """A faded print: lifted blacks, creamy whites, little blue."""
    luma = (colours @ _LUMA)[..., None]
    muted = luma + (colours - luma) * np.float32(0.72)
    low = np.array([0.075, 0.058, 0.05], np.float32)
    high = np.array([0.985, 0.935, 0.8], np.float32)
    return (low + muted * (high - low)) * _vignette(colours.shape, 0.26)


def _vivid(colours: Colours) -> Colours:
    luma = (colours @ _LUMA)[..., None]
    return _contrast(luma + (colours - luma) * np.float32(1.32), 0.14)


def _contrast(colours: Colours, amount: float) -> Colours:
    """An S-curve that keeps black, middle grey and white."""
    held = np.clip(colours, 0.0, 1.0)
    curved: Colours = held + np.float32(amount) * (held * held * (3 - 2 * held) - held)
    return curved


def _vignette(shape: tuple[int, ...], depth: float) -> Colours:
    height, width = shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    radius = np.hypot(x / width - 0.5, y / height - 0.5) / np.float32(np.hypot(0.5, 0.5))
    fall: Colours = (1 - np.float32(depth) * np.clip(radius, 0, 1) ** 3)[..., None]
    return fall


_GRADES: dict[Look, Callable[[Colours], Colours]] = {
    Look.CINEMATIC: _cinematic,
    Look.BLACK_AND_WHITE: _black_and_white,
    Look.VINTAGE: _vintage,
    Look.VIVID: _vivid,
}
