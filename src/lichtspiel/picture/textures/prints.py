"""Prints on cloth: stripes, checks, dots, flowers and camouflage."""

from __future__ import annotations

from collections.abc import Callable

from lichtspiel.library.records import Rgb
from lichtspiel.picture.nodes import Graph, Socket

Print = Callable[[Graph, Socket, Socket, Rgb, Rgb], Socket]
"""Graph, `flat` and `place` coordinates in metres, ground and second colour → colour."""


def stripes(g: Graph, flat: Socket, _place: Socket, ground: Rgb, second: Rgb) -> Socket:
    """Level stripes, 3 cm from one to the next."""
    _, v, _ = g.split(flat)
    return g.mix(g.math("GREATER_THAN", g.fraction(g.multiply(v, 1 / 0.03)), 0.5), ground, second)


def checks(g: Graph, flat: Socket, _place: Socket, ground: Rgb, second: Rgb) -> Socket:
    """Bands that cross, darkest where two meet, 4 cm from one to the next."""
    u, v, _ = g.split(flat)

    def band(place: Socket) -> Socket:
        return g.math("GREATER_THAN", g.fraction(g.multiply(place, 1 / 0.04)), 0.55)

    return g.mix(g.multiply(g.add(band(u), band(v)), 0.45), ground, second)


def dots(g: Graph, flat: Socket, _place: Socket, ground: Rgb, second: Rgb) -> Socket:
    """Round dots in staggered rows, 2.2 cm apart."""
    u, v, _ = g.split(flat)
    row = g.multiply(v, 1 / 0.019)
    shift = g.multiply(g.math("MODULO", g.math("ABSOLUTE", g.floor(row)), 2.0), 0.5)
    across = g.subtract(g.fraction(g.add(g.multiply(u, 1 / 0.022), shift)), 0.5)
    up = g.multiply(g.subtract(g.fraction(row), 0.5), 0.87)
    reach = g.math("SQRT", g.add(g.multiply(across, across), g.multiply(up, up)))
    return g.mix(g.math("LESS_THAN", reach, 0.21), ground, second)


def floral(g: Graph, _flat: Socket, place: Socket, ground: Rgb, second: Rgb) -> Socket:
    """Scattered blossoms with leaves."""
    distance = g.cells(place, 24.0)
    wobble = g.multiply(g.noise(place, 260.0, detail=1), 0.2)
    own, _, _ = g.split(g.cells(place, 24.0, "Color"))
    petal = g.math("LESS_THAN", g.add(distance, wobble), 0.4)
    heart = g.math("LESS_THAN", distance, 0.1)
    leaf = g.multiply(g.math("GREATER_THAN", g.noise(place, 90.0, detail=1), 0.62), 0.9)
    green = g.mix(leaf, ground, (0.05, 0.14, 0.04))
    blossom = g.mix(g.multiply(own, 0.4), second, (0.6, 0.08, 0.1))
    return g.mix(heart, g.mix(petal, green, blossom), (0.75, 0.5, 0.06))


def camouflage(g: Graph, _flat: Socket, place: Socket, ground: Rgb, second: Rgb) -> Socket:
    """Blotches of four tones."""
    first = g.math("GREATER_THAN", g.noise(place, 9.0, detail=3), 0.53)
    other = g.math("GREATER_THAN", g.noise(g.shift(place, (3.1, 1.7, 0.4)), 11.0, detail=3), 0.56)
    dark = g.math("GREATER_THAN", g.noise(g.shift(place, (0.2, 5.2, 2.9)), 13.0, detail=3), 0.6)
    blotched = g.mix(other, g.mix(first, ground, second), g.shade(ground, 0.45))
    return g.mix(dark, blotched, (0.012, 0.012, 0.01))


PRINTS: dict[str, Print] = {made.__name__: made for made in (stripes, checks, dots, floral, camouflage)}


def second_colour(ground: Rgb) -> Rgb:
    """What a print shows beside its ground: light on dark, dark on light."""
    bright = 0.2126 * ground[0] + 0.7152 * ground[1] + 0.0722 * ground[2]
    if bright < 0.35:
        return (0.72, 0.71, 0.68)
    return (0.03, 0.05, 0.14)
