"""Cloth: knitted, ribbed and twilled fabrics, and mail of rings."""

from __future__ import annotations

from lichtspiel.picture.nodes import Socket
from lichtspiel.picture.textures.swatch import SLUB_M, Drawn, Swatch

_TURN = 6.2832
_STITCH = 0.4
"""Size of a stitch against the columns' distance."""
_KNITTED, _RIBS, _WEFT = 0.594, 0.769, 0.212
"""Means over whole patterns: of the height of stitches and of ribs after their ramps, and the share of weft
that twill shows."""
_SEAM_U, _SEAM_M = 0.118, 0.009
"""Where seams run down the sides of legs, on flat cloth, and how wide cloth beside them is rubbed."""


def knit(s: Swatch) -> Drawn:
    """Stocking stitch: columns of small V's, `size_m` from column to column."""
    g = s.graph
    u, v, _ = g.split(s.flat)
    column = g.multiply(u, 1 / s.size_m)
    lean = g.math("PINGPONG", g.multiply(column, 2.0), 1.0)
    row = g.add(g.multiply(v, 1.35 / s.size_m), g.multiply(lean, 0.7))
    stitch = g.math("SINE", g.multiply(g.fraction(row), _TURN / 2))
    wale = g.math("SINE", g.multiply(g.fraction(g.multiply(column, 2.0)), _TURN / 2))
    height = g.multiply(g.ramp(stitch, 0.1, 0.8), g.math("POWER", wale, 0.6))
    fuzz = g.noise(s.place, 2 / s.size_m, detail=2)
    deep = 0.6 * s.contrast
    stitches = s.seen(g.ramp(height, 0.1, 0.7, 1 - deep, 1.0), 1 - deep * (1 - _KNITTED))
    tone = g.multiply(stitches, s.seen(g.ramp(fuzz, 0.3, 0.7, 0.92, 1.06), 0.99))
    return Drawn(g.shade(s.colour, tone), height, relief_m=_STITCH * s.size_m)


def ribbed(s: Swatch) -> Drawn:
    """Ribs along the cloth, `size_m` from rib to rib."""
    g = s.graph
    u, v, _ = g.split(s.flat)
    rib = g.math("SINE", g.multiply(g.fraction(g.multiply(u, 1 / s.size_m)), _TURN / 2))
    stitch = g.math("SINE", g.multiply(g.fraction(g.multiply(v, 1.8 / s.size_m)), _TURN / 2))
    deep = 0.7 * s.contrast
    tone = s.seen(g.ramp(rib, 0.0, 0.7, 1 - deep, 1.0), 1 - deep * (1 - _RIBS))
    return Drawn(g.shade(s.colour, tone), g.add(g.multiply(rib, 0.85), g.multiply(stitch, 0.15)))


def twill(s: Swatch) -> Drawn:
    """Diagonal lines `size_m` apart; the second colour is the weft that shows between them."""
    g = s.graph
    u, v, _ = g.split(s.flat)
    slub = g.noise(g.stretch(s.flat, (900.0, 60.0, 1.0)), 1.0, detail=1)
    line = g.math("SINE", g.multiply(g.fraction(g.multiply(g.add(u, v), 1 / s.size_m)), _TURN / 2))
    worn = g.noise(s.place, 18.0, detail=4, roughness=0.6)
    weft = g.multiply(s.seen(g.ramp(line, 0.1, 0.55, 1.0, 0.0), _WEFT), s.contrast)
    dark = 1 - 0.3 * s.contrast
    threads = s.seen(g.ramp(slub, 0.3, 0.7, dark, 1.05), (dark + 1.05) / 2, SLUB_M)
    tone = g.multiply(threads, g.ramp(worn, 0.3, 0.7, 0.94, 1.05))
    return Drawn(g.shade(g.mix(weft, s.colour, s.second), tone), line)


def denim(s: Swatch) -> Drawn:
    """Twill that has been worn: pale on thighs, knees and seat and along the seams of the legs.

    Laid out as the clothes of the library are: 0 across is the front of a leg, along is the height on a
    body of 1.67 m.
    """
    g, new = s.graph, twill(s)
    u, v, _ = g.split(s.flat)
    aside = g.math("ABSOLUTE", u)
    thigh = g.multiply(g.ramp(v, 0.36, 0.6), g.ramp(v, 0.66, 0.77, 1.0, 0.0))
    thigh = g.multiply(thigh, g.ramp(aside, 0.01, 0.085, 1.0, 0.0))
    seat = g.multiply(g.ramp(v, 0.76, 0.83), g.ramp(v, 0.86, 0.93, 1.0, 0.0))
    seat = g.multiply(seat, g.ramp(aside, 0.2, 0.34, 0.0, 0.8))
    apart = g.math("ABSOLUTE", g.subtract(aside, _SEAM_U))
    seam = g.multiply(g.ramp(apart, 0.0015, _SEAM_M, 1.0, 0.0), g.ramp(v, 0.72, 0.76, 0.8, 0.0))
    uneven = g.ramp(g.noise(s.place, 55.0, detail=2), 0.32, 0.66, 0.55, 1.0)
    rubbed = g.multiply(g.math("MAXIMUM", g.math("MAXIMUM", thigh, seat), seam), uneven)
    return Drawn(g.mix(g.multiply(rubbed, s.contrast), new.colour, s.second), new.height)


def mail(s: Swatch) -> Drawn:
    """Rings of wire, `size_m` apart, each row shifted by half a ring."""
    g = s.graph
    u, v, _ = g.split(s.flat)

    def ring(shift: float) -> Socket:
        row = g.add(g.multiply(v, 1.25 / s.size_m), shift)
        across = g.subtract(g.fraction(g.add(g.multiply(u, 1 / s.size_m), shift)), 0.5)
        up = g.multiply(g.subtract(g.fraction(row), 0.5), 0.8)
        reach = g.math("SQRT", g.add(g.multiply(across, across), g.multiply(up, up)))
        return g.ramp(g.math("ABSOLUTE", g.subtract(reach, 0.36)), 0.04, 0.13, 1.0, 0.0)

    wire = g.math("MAXIMUM", ring(0.0), ring(0.5))
    return Drawn(g.mix(wire, s.second, s.colour), wire)
