"""The light that a room's surfaces throw back: every lamp's light, over and over, until it is used up.

A room is about an integrating sphere: of a flux Φ each round loses the share that its surfaces absorb, and
what they throw back falls evenly on all of their area A, E = Φ/A · ρ/(1 - ρ) with their mean reflectance ρ
(Hardy & Pineo, J. Opt. Soc. Am. 21 (1931) 502; the lumen method of lighting engineers says the same).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Part, Shape, Surface, Vec3
from lichtspiel.library.place import Lamp

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
"""Rec. 709 weights."""
FURNITURE = 0.25
"""Reflectance of what stands in rooms: wood, cloth, books."""
_SHELL = ("floor", "ceiling", "wall_back", "wall_front", "wall_left", "wall_right")


@dataclass(frozen=True)
class Window:
    """An opening through which daylight falls."""

    centre: Vec3
    inward: Vec3
    """Unit vector into the room."""
    size_m: tuple[float, float]
    """Width and height."""

    @property
    def area_m2(self) -> float:
        return self.size_m[0] * self.size_m[1]


@dataclass(frozen=True)
class Enclosure:
    """All surfaces of a furnished room together."""

    area_m2: float
    reflectance: float
    """Mean over the area; windows throw nothing back."""


def enclosure(size_m: Vec3, windows: Iterable[Window], parts: Iterable[Part]) -> Enclosure:
    """A box of this length, width and height whose parts are named as `shell.shell_parts` names them."""
    length, width, height = size_m
    areas = dict.fromkeys(_SHELL[:2], length * width)
    areas |= dict.fromkeys(_SHELL[2:4], length * height) | dict.fromkeys(_SHELL[4:], width * height)
    area, thrown_back = 0.0, 0.0
    for part in parts:
        if part.name in areas and part.surfaces:
            area += areas[part.name]
            thrown_back += areas[part.name] * _reflectance(part.surfaces[0])
        elif part.name not in _SHELL:
            stands = sum(_outside_m2(shape) for shape in part.shapes if shape.kind == "box")
            area, thrown_back = area + stands, thrown_back + FURNITURE * stands
    # Walls have the colour of walls where there is glass: as much is missing from what they throw back.
    glass = sum(window.area_m2 for window in windows)
    mean = thrown_back / max(area, 1e-6)
    return Enclosure(max(area, 1e-6), float(np.clip(mean * (1 - glass / max(area, 1e-6)), 0.0, 0.9)))


def reflected(
    lamps: Iterable[Lamp], sky_radiance: float, windows: Sequence[Window], room: Enclosure
) -> float:
    """W/m² on any surface, by all light that has been thrown back at least once, weighted by luminance."""
    flux = sum(_flux(lamp, windows) for lamp in lamps)
    flux += pi * sky_radiance * sum(window.area_m2 for window in windows)
    return flux / room.area_m2 * room.reflectance / (1 - room.reflectance)


def luminance(colour: Vec3) -> float:
    """Of linear RGB."""
    return float(LUMINANCE @ np.array(colour))


def _flux(lamp: Lamp, windows: Iterable[Window]) -> float:
    """W that a lamp gives to a room."""
    weight = luminance(lamp.colour)
    if lamp.kind == "spot":
        return weight * lamp.power_w * (1 - cos(lamp.cone_rad / 2)) / 2
    if lamp.kind != "sun":
        return weight * lamp.power_w
    toward = np.array(lamp.direction) / np.linalg.norm(lamp.direction)
    open_m2 = sum(window.area_m2 * max(float(toward @ window.inward), 0.0) for window in windows)
    return weight * lamp.power_w * open_m2


def _reflectance(surface: Surface) -> float:
    look = catalogue.looks()[surface.look]
    if surface.colour is not None:
        return luminance(surface.colour)
    texture = look.texture
    if texture is None or texture.second_colour is None:
        return luminance(look.colour)
    second = texture.contrast / 2
    return (1 - second) * luminance(look.colour) + second * luminance(texture.second_colour)


def _outside_m2(shape: Shape) -> float:
    """Top and sides of a box that stands."""
    x, y, z = (2 * half for half in shape.size)
    return x * y + 2 * (x + y) * z
