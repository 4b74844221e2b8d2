"""Wood: boards, floors and what is cut from a trunk."""

from __future__ import annotations

from lichtspiel.picture.nodes import Input, Socket
from lichtspiel.picture.textures.swatch import Drawn, Swatch


def wood(s: Swatch) -> Drawn:
    """Sawn wood, its grain along the longest edge of each piece."""
    return _wood(s, s.grain, s.colour, s.size_m)


def _wood(s: Swatch, grain: Socket, colour: Input, ring_m: float) -> Drawn:
    """Growth rings about a pith along x, cut by the surface, with fibres and pores along x."""
    g = s.graph
    # The trunk is not straight: slow wander along x, small wobble around.
    wander = g.noise(g.stretch(grain, (1.3, 6.0, 6.0)), 1.0, detail=2)
    bent = g.shift(grain, g.join(0.0, g.multiply(wander, 0.05), g.multiply(wander, 0.035)))
    _, y, z = g.split(bent)
    radius = g.math("SQRT", g.add(g.multiply(y, y), g.multiply(z, z)))
    growth = g.noise(g.join(g.multiply(radius, 0.6 / ring_m), 0.0, 0.0), 1.0, detail=1)
    phase = g.fraction(g.add(g.multiply(radius, 1 / ring_m), g.multiply(growth, 2.5)))
    late = g.math("POWER", phase, 2.2)
    closing = g.ramp(phase, 0.9, 1.0, 1.0, 0.0)
    ring = g.multiply(late, closing)
    fibre = g.noise(g.stretch(grain, (9.0, 900.0, 900.0)), 1.0, detail=2, roughness=0.7)
    pore = g.ramp(g.noise(g.stretch(grain, (30.0, 1500.0, 1500.0)), 1.0, detail=0), 0.62, 0.72)
    cloud = g.noise(g.stretch(grain, (2.0, 9.0, 9.0)), 1.0, detail=2)
    dark = g.add(g.multiply(ring, 0.9 * s.contrast + 0.1), g.ramp(fibre, 0.35, 0.75, 0.0, 0.5 * s.contrast))
    dark = g.math("ADD", dark, g.multiply(pore, 0.5 * s.contrast), clamp=True)
    tone = g.mix(dark, colour, s.second)
    shaded = g.shade(tone, g.ramp(cloud, 0.3, 0.7, 0.86, 1.12))
    height = g.subtract(fibre, g.multiply(pore, 0.7))
    return Drawn(shaded, height, g.add(g.multiply(ring, -0.08), g.ramp(fibre, 0.3, 0.7, 0.0, 0.1)))


def _boards(
    s: Swatch, u: Socket, v: Socket, width: float, length: float, seed: Input = 0.0
) -> tuple[Drawn, Socket]:
    """Boards along u, each with wood of its own. Also the mask of the gaps between them."""
    g = s.graph
    row_place = g.multiply(v, 1 / width)
    row = g.floor(row_place)
    start = g.multiply(g.random(g.join(row, seed, 3.0)), 7.0)
    column_place = g.add(g.multiply(u, 1 / length), start)
    column = g.floor(column_place)
    own = g.random(g.join(column, row, seed))
    gap = min(0.0012 / width, 0.06)
    edge_v = g.math("PINGPONG", row_place, 0.5)
    edge_u = g.math("PINGPONG", column_place, 0.5)
    solid = g.multiply(
        g.ramp(edge_v, gap * 0.4, gap), g.ramp(edge_u, gap * 0.4 * width / length, gap * width / length)
    )
    depth = g.add(g.multiply(own, 0.4), 0.08)
    grain = g.join(g.add(u, g.multiply(own, 11.0)), g.add(g.multiply(v, 1.0), g.multiply(own, 3.0)), depth)
    tone = g.shade(s.colour, g.add(g.multiply(own, 0.5 * s.contrast), 1 - 0.25 * s.contrast))
    drawn = _wood(s, grain, tone, 0.007)
    colour = g.mix(solid, g.shade(s.second, 0.15), drawn.colour)
    height = g.multiply(solid, g.add(g.multiply(drawn.height, 0.15), 0.85))
    return Drawn(colour, height, drawn.gloss), solid


def planks(s: Swatch) -> Drawn:
    """Floor boards with joints, each of a wood of its own."""
    u, v, _ = s.graph.split(s.flat)
    return _boards(s, u, v, s.size_m, 14 * s.size_m)[0]


def parquet(s: Swatch) -> Drawn:
    """Mosaic parquet: squares of five strips, turned by a right angle from square to square."""
    g = s.graph
    u, v, _ = g.split(s.flat)
    square = 5 * s.size_m
    column, row = g.floor(g.multiply(u, 1 / square)), g.floor(g.multiply(v, 1 / square))
    turned = g.math("MODULO", g.math("ABSOLUTE", g.add(column, row)), 2.0)
    upright = g.subtract(1.0, turned)
    along = g.add(g.multiply(u, upright), g.multiply(v, turned))
    across = g.add(g.multiply(v, upright), g.multiply(u, turned))
    drawn, _ = _boards(
        s, along, across, s.size_m, square, g.add(g.multiply(column, 17.0), g.multiply(row, 5.0))
    )
    return drawn
