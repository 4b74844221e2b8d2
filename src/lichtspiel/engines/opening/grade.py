"""Bring a film's exposure and colours nearer to those of the picture that it begins with.

What Reinhard et al. 2001, "Color transfer between images", do with means and deviations, in OKLab
(Björn Ottosson 2020) and within limits: the picture and the film show different things, and a red
wall must not make grass red. The grade is a function of colour alone and the same in every frame.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lichtspiel.engines.opening.light import linear

Picture = NDArray[np.uint8]
Array = NDArray[np.float64]

LIGHTER, TINTED = 0.07, 0.02
"""How far lightness, 0 … 1, and the two axes of colour are moved at most."""
CONTRAST, SATURATION = (0.85, 1.2), (0.75, 1.3)
"""Factors within which both are changed."""
FOLLOWS = 0.6
"""How much of a difference is made up for."""
_COLOURLESS = 0.02
"""Chroma of a picture without colours."""

_TO_LMS = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929],
     [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]]
)  # fmt: skip
_TO_LAB = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468],
     [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]]
)  # fmt: skip
_CORNERS = 33
"""Of the table of colours, per axis; between them it is linear."""


@dataclass(frozen=True, eq=False)
class Grade:
    """A table of colours: what red, green and blue of _CORNERS steps each become."""

    table: NDArray[np.float32]

    def applied(self, picture: Picture) -> Picture:
        """A picture (H, W, 3) in these colours."""
        place = picture.astype(np.float32) * np.float32((_CORNERS - 1) / 255)
        low = np.minimum(place.astype(np.intp), _CORNERS - 2)
        share = place - low
        total = np.zeros(picture.shape, np.float32)
        for corner in range(8):
            bits = np.array([corner >> 2 & 1, corner >> 1 & 1, corner & 1])
            weight = np.prod(np.where(bits, share, 1 - share), axis=-1, keepdims=True)
            red, green, blue = np.moveaxis(low + bits, -1, 0)
            total += weight * self.table[red, green, blue]
        made: Picture = np.clip(total + 0.5, 0, 255).astype(np.uint8)
        return made


def grade_towards(wanted: Picture, film: Picture) -> Grade:
    """The grade that brings a film, of which one frame is given, nearer to a picture."""
    aim, own = _oklab(wanted), _oklab(film)
    step = np.clip(FOLLOWS * (np.median(aim[:, 0]) - np.median(own[:, 0])), -LIGHTER, LIGHTER)
    contrast = np.clip((_spread(aim) / _spread(own)) ** FOLLOWS, *CONTRAST)
    saturation = np.clip((_chroma(aim) / _chroma(own)) ** FOLLOWS, *SATURATION)
    tint = np.clip(FOLLOWS * (aim[:, 1:].mean(0) - own[:, 1:].mean(0)), -TINTED, TINTED)
    if _chroma(aim) < _COLOURLESS:
        saturation, tint = 1.0, np.zeros(2)  # the look takes the colours out
    axis = np.linspace(0, 255, _CORNERS)
    corners = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), -1)
    lab = _oklab(corners)
    middle = float(np.median(own[:, 0]))
    # Black and white stay: what is moved is moved less towards both.
    held = 4 * lab[:, 0] * (1 - lab[:, 0])
    lightness = lab[:, 0] + held * (step + (contrast - 1) * (lab[:, 0] - middle))
    colours = lab[:, 1:] * saturation + held[:, None] * tint
    table = _encoded(np.column_stack([lightness, colours])).reshape(corners.shape)
    return Grade(table.astype(np.float32))


def _spread(lab: Array) -> float:
    low, high = np.quantile(lab[:, 0], (0.1, 0.9))
    return max(float(high - low), 0.05)


def _chroma(lab: Array) -> float:
    return max(float(np.hypot(lab[:, 1], lab[:, 2]).mean()), 0.01)


def _oklab(picture: NDArray[np.generic]) -> Array:
    """(N, 3) lightness and two axes of colour of an sRGB picture of 0 … 255."""
    light = linear(np.asarray(picture, float).reshape(-1, 3) / 255.0)
    lab: Array = np.cbrt(light @ _TO_LMS.T) @ _TO_LAB.T
    return lab


def _encoded(lab: Array) -> Array:
    """sRGB of 0 … 255 of OKLab colours, clipped to what sRGB can show."""
    light = np.clip((lab @ np.linalg.inv(_TO_LAB).T) ** 3 @ np.linalg.inv(_TO_LMS).T, 0.0, 1.0)
    encoded = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return 255.0 * encoded
