"""Cloth: knitted, ribbed and twilled fabrics, and mail of rings."""

from __future__ import annotations

from lichtspiel.picture.nodes import Socket
from lichtspiel.picture.textures.swatch import Drawn, Swatch

_TURN = 6.2832


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
    tone = g.multiply(g.ramp(height, 0.1, 0.7, 1 - 0.6 * s.contrast, 1.0), g.ramp(fuzz, 0.3, 0.7, 0.92, 1.06))
    return Drawn(g.shade(s.colour, tone), height)


def ribbed(s: Swatch) -> Drawn:
    """Ribs along the cloth, `size_m` from rib to rib."""
    g = s.graph
    u, v, _ = g.split(s.flat)
    rib = g.math("SINE", g.multiply(g.fraction(g.multiply(u, 1 / s.size_m)), _TURN / 2))
    stitch = g.math("SINE", g.multiply(g.fraction(g.multiply(v, 1.8 / s.size_m)), _TURN / 2))
    tone = g.ramp(rib, 0.0, 0.7, 1 - 0.7 * s.contrast, 1.0)
    return Drawn(g.shade(s.colour, tone), g.add(g.multiply(rib, 0.85), g.multiply(stitch, 0.15)))


def twill(s: Swatch) -> Drawn:
    """Diagonal lines `size_m` apart; the second colour is the weft that shows between them."""
    g = s.graph
    u, v, _ = g.split(s.flat)
    slub = g.noise(g.stretch(s.flat, (900.0, 60.0, 1.0)), 1.0, detail=1)
    line = g.math("SINE", g.multiply(g.fraction(g.multiply(g.add(u, v), 1 / s.size_m)), _TURN / 2))
    worn = g.noise(s.place, 18.0, detail=4, roughness=0.6)
    weft = g.multiply(g.ramp(line, 0.1, 0.55, 1.0, 0.0), s.contrast)
    tone = g.multiply(g.ramp(slub, 0.3, 0.7, 1 - 0.3 * s.contrast, 1.05), g.ramp(worn, 0.3, 0.7, 0.94, 1.05))
    return Drawn(g.shade(g.mix(weft, s.colour, s.second), tone), line)


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
