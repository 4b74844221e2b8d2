"""Surfaces of made things: metal, plastic, cloth, leather, paper."""

from __future__ import annotations

from lichtspiel.picture.nodes import Socket
from lichtspiel.picture.textures.swatch import SLUB_M, Drawn, Swatch

_FILLED = 0.876
"""Mean over a plain weave of how far threads fill it."""


def plain(s: Swatch) -> Drawn:
    """Even colour with the slight unevenness of anything real."""
    g = s.graph
    cloud = g.noise(s.place, 9.0, detail=3)
    fine = g.noise(s.place, 160.0, detail=1)
    return Drawn(
        g.shade(s.colour, g.ramp(cloud, 0.3, 0.7, 0.96, 1.03)), fine, g.ramp(cloud, 0.3, 0.7, -0.04, 0.05)
    )


def noise(s: Swatch) -> Drawn:
    """Clouds of two colours."""
    g = s.graph
    cloud = g.noise(s.place, 1 / s.size_m, detail=5, roughness=0.6)
    share = g.ramp(cloud, 0.5 - 0.3 * (1.05 - s.contrast), 0.5 + 0.3 * (1.05 - s.contrast))
    return Drawn(g.mix(share, s.colour, s.second), cloud, g.ramp(cloud, 0.3, 0.7, -0.06, 0.06))


def speckled(s: Swatch) -> Drawn:
    """Round spots of the second colour."""
    g = s.graph
    red, green, _ = g.split(g.cells(s.place, 1 / s.size_m, "Color"))
    distance = g.cells(s.place, 1 / s.size_m)
    radius = g.multiply(red, 0.45)
    chosen = g.math("LESS_THAN", green, 0.2 + 0.5 * s.contrast)
    spot = g.multiply(chosen, g.math("LESS_THAN", distance, radius))
    return Drawn(g.mix(spot, s.colour, s.second), g.noise(s.place, 3 / s.size_m))


def weave(s: Swatch) -> Drawn:
    """Plain weave: threads `size_m` apart pass over and under each other."""
    g = s.graph
    u, v, _ = g.split(s.flat)
    slub = g.noise(g.stretch(s.flat, (40.0, 700.0, 1.0)), 1.0, detail=1)
    across, along = g.multiply(u, 1 / s.size_m), g.multiply(v, 1 / s.size_m)
    over = g.math("MODULO", g.math("ABSOLUTE", g.add(g.floor(across), g.floor(along))), 2.0)

    def thread(place: Socket) -> Socket:
        return g.math("SINE", g.multiply(g.fraction(place), 3.1416))

    height = g.add(g.multiply(thread(across), over), g.multiply(thread(along), g.subtract(1.0, over)))
    gaps = g.math("MAXIMUM", thread(across), thread(along))
    deep = 0.6 * s.contrast
    mesh = s.seen(g.ramp(gaps, 0.2, 0.8, 1 - deep, 1.0), 1 - deep * (1 - _FILLED))
    tone = g.multiply(mesh, s.seen(g.ramp(slub, 0.3, 0.7, 0.88, 1.08), 0.98, SLUB_M))
    warp = g.multiply(s.seen(over, 0.5), s.contrast * 0.5)
    return Drawn(g.mix(warp, g.shade(s.colour, tone), g.shade(s.second, tone)), height)


def felt(s: Swatch) -> Drawn:
    """Matted fibres."""
    g = s.graph
    fuzz = g.noise(s.place, 1 / s.size_m, detail=4, roughness=0.7)
    hair = g.noise(
        g.shift(
            s.place,
            g.shade(
                g.node("TexNoise", {"Vector": s.place, "Scale": 0.4 / s.size_m}, output="Color"), 6 * s.size_m
            ),
        ),
        0.8 / s.size_m,
        detail=2,
    )
    both = g.multiply(g.add(fuzz, hair), 0.5)
    return Drawn(g.mix(g.ramp(both, 0.3, 0.7, s.contrast, 0.0), s.colour, s.second), both)


def pebbled(s: Swatch) -> Drawn:
    """Grained leather or the pebbles of a basketball."""
    g = s.graph
    distance = g.cells(s.place, 1 / s.size_m)
    pebble = g.ramp(distance, 0.1, 0.62, 1.0, 0.0)
    worn = g.noise(s.place, 16.0, detail=4, roughness=0.6)
    tone = g.add(g.ramp(worn, 0.3, 0.7, 0.88, 1.06), g.multiply(pebble, 0.12 * s.contrast))
    valley = g.mix(g.multiply(g.subtract(1.0, pebble), 0.6 * s.contrast), g.shade(s.colour, tone), s.second)
    return Drawn(valley, pebble, g.add(g.multiply(pebble, -0.06), g.ramp(worn, 0.3, 0.7, -0.05, 0.1)))


def brushed(s: Swatch) -> Drawn:
    """Fine lines along the longest edge of each piece."""
    g = s.graph
    lines = g.noise(g.stretch(s.grain, (4.0, 1 / s.size_m, 1 / s.size_m)), 1.0, detail=3, roughness=0.7)
    smudge = g.noise(s.place, 12.0, detail=3)
    gloss = g.add(
        g.ramp(lines, 0.3, 0.7, -0.3 * s.contrast, 0.3 * s.contrast), g.ramp(smudge, 0.3, 0.7, -0.03, 0.06)
    )
    return Drawn(g.shade(s.colour, g.ramp(lines, 0.3, 0.7, 0.9, 1.04)), lines, gloss)


def scratched(s: Swatch) -> Drawn:
    """Use: smudges, and fine scratches in several directions."""
    g = s.graph
    smudge = g.noise(s.place, 0.7 / s.size_m, detail=4, roughness=0.6)

    def scratches(factors: tuple[float, float, float]) -> Socket:
        ridge = g.noise(g.stretch(s.place, factors), 1 / s.size_m, detail=1)
        return g.ramp(g.math("ABSOLUTE", g.subtract(ridge, 0.5)), 0.0, 0.012, 1.0, 0.0)

    marks = g.math("MAXIMUM", scratches((0.6, 9.0, 9.0)), scratches((9.0, 0.7, 9.0)))
    shown = g.multiply(marks, g.ramp(smudge, 0.5, 0.65))
    gloss = g.add(
        g.multiply(shown, 0.3 * s.contrast), g.ramp(smudge, 0.3, 0.7, -0.15 * s.contrast, 0.25 * s.contrast)
    )
    colour = g.mix(
        g.multiply(shown, 0.4 * s.contrast), g.shade(s.colour, g.ramp(smudge, 0.3, 0.7, 0.93, 1.03)), s.second
    )
    return Drawn(colour, g.subtract(1.0, shown), gloss)


def cardboard(s: Swatch) -> Drawn:
    """Brown liner over flutes `size_m` apart, with fibres."""
    g = s.graph
    u, _, _ = g.split(s.flat)
    flute = g.ramp(g.math("SINE", g.multiply(u, 6.2832 / s.size_m)), -1.0, 1.0)
    fibre = g.noise(g.stretch(s.flat, (300.0, 900.0, 1.0)), 1.0, detail=2)
    cloud = g.noise(s.place, 20.0, detail=3)
    tone = g.multiply(
        g.ramp(fibre, 0.3, 0.7, 1 - 0.3 * s.contrast, 1 + 0.2 * s.contrast),
        g.ramp(cloud, 0.3, 0.7, 0.94, 1.04),
    )
    return Drawn(
        g.shade(s.colour, g.multiply(tone, g.add(g.multiply(flute, 0.04), 0.97))),
        g.add(g.multiply(flute, 0.6), g.multiply(fibre, 0.4)),
    )
