"""Stone, ceramics and building materials."""

from __future__ import annotations

from lichtspiel.picture.nodes import Socket
from lichtspiel.picture.textures.swatch import Drawn, Swatch


def concrete(s: Swatch) -> Drawn:
    """Mottled concrete or worn stone, with grit and pores."""
    g = s.graph
    patches = g.noise(s.place, 1.7, detail=4, roughness=0.6)
    mottle = g.noise(s.place, 14.0, detail=4, roughness=0.65)
    grit = g.noise(s.place, 420.0, detail=1)
    pore = g.ramp(g.cells(s.place, 45.0), 0.05, 0.1)
    tone = g.add(
        g.ramp(patches, 0.3, 0.7, 1 - 0.5 * s.contrast, 1 + 0.35 * s.contrast),
        g.ramp(mottle, 0.3, 0.7, -0.12, 0.12),
    )
    tone = g.multiply(tone, g.ramp(grit, 0.3, 0.7, 0.93, 1.06))
    tone = g.multiply(tone, g.add(g.multiply(pore, 0.35), 0.65))
    height = g.add(g.multiply(g.add(mottle, g.multiply(grit, 0.5)), 0.4), g.multiply(pore, 0.4))
    return Drawn(g.shade(s.colour, tone), height, g.ramp(patches, 0.3, 0.7, -0.08, 0.08), relief_m=1 / 45)


def asphalt(s: Swatch) -> Drawn:
    """Stones in tar: cells of a few millimetres, some of them light."""
    g = s.graph
    stone, other, _ = g.split(g.cells(s.place, 1 / s.size_m, "Color"))
    distance = g.cells(s.place, 1 / s.size_m)
    body = g.ramp(distance, 0.35, 0.62, 1.0, 0.0)
    light = g.multiply(g.math("POWER", stone, 3.0), body)
    worn = g.noise(s.place, 0.6, detail=4, roughness=0.6)
    colour = g.mix(g.multiply(light, 0.4 + s.contrast), s.colour, s.second)
    height = g.multiply(body, g.add(g.multiply(other, 0.6), 0.4))
    return Drawn(
        g.shade(colour, g.ramp(worn, 0.3, 0.7, 0.75, 1.3)), height, g.ramp(worn, 0.3, 0.7, 0.05, -0.1)
    )


def _courses(s: Swatch, width: float, height: float, stagger: float, joint_m: float) -> tuple[Socket, Socket]:
    """Random number per piece, and 0 in the joint … 1 on the piece."""
    g = s.graph
    u, v, _ = g.split(s.flat)
    row_place = g.multiply(v, 1 / height)
    row = g.floor(row_place)
    column_place = g.add(g.multiply(u, 1 / width), g.multiply(row, stagger))
    own = g.random(g.join(g.floor(column_place), row, 1.0))
    across = g.multiply(g.math("PINGPONG", column_place, 0.5), width)
    up = g.multiply(g.math("PINGPONG", row_place, 0.5), height)
    return own, g.ramp(g.math("MINIMUM", across, up), joint_m * 0.5, joint_m * 0.5 + 0.0018)


def tiles(s: Swatch) -> Drawn:
    """Square tiles with joints, laid in level rows."""
    g = s.graph
    own, piece = _courses(s, s.size_m, s.size_m, 0.0, 0.003)
    cloud = g.noise(s.place, 7.0, detail=4, roughness=0.6)
    tone = g.add(g.multiply(own, 0.25 * s.contrast), g.ramp(cloud, 0.3, 0.7, 0.93, 1.04))
    dirt = g.noise(s.place, 220.0, detail=2)
    joint = g.shade(s.second, g.ramp(dirt, 0.3, 0.7, 0.8, 1.1))
    gloss = g.add(g.subtract(0.45, g.multiply(piece, 0.45)), g.ramp(cloud, 0.3, 0.7, -0.02, 0.06))
    # A tile is never laid perfectly level; glazed ones show it in their reflections.
    height = g.multiply(piece, g.add(g.multiply(cloud, 0.08), 0.9))
    return Drawn(g.mix(piece, joint, g.shade(s.colour, tone)), height, gloss)


def bricks(s: Swatch) -> Drawn:
    """Running bond with mortar; `size_m` is the length of a brick."""
    g = s.graph
    own, piece = _courses(s, s.size_m, s.size_m * 0.312, 0.5, 0.011)
    rough = g.noise(s.place, 60.0, detail=5, roughness=0.65)
    grit = g.noise(s.place, 500.0, detail=1)
    fired = g.mix(g.ramp(own, 0.6, 1.0, 0.0, 0.55), s.colour, g.shade(s.colour, 0.45))
    brick = g.shade(fired, g.add(g.multiply(own, 0.6 * s.contrast), g.ramp(rough, 0.3, 0.7, 0.6, 1.1)))
    mortar = g.shade(s.second, g.ramp(grit, 0.3, 0.7, 0.75, 1.1))
    worn = g.multiply(piece, g.ramp(rough, 0.25, 0.4, 0.75, 1.0))
    height = g.add(g.multiply(worn, 0.8), g.multiply(rough, 0.2))
    return Drawn(g.mix(piece, mortar, brick), height, g.multiply(grit, 0.05))


def marble(s: Swatch) -> Drawn:
    """Veins that follow the folds of the stone."""
    g = s.graph
    warp = g.node("TexNoise", {"Vector": s.place, "Scale": 0.9 / s.size_m, "Detail": 4.0}, output="Color")
    bent = g.shift(s.place, g.shade(warp, 1.4 * s.size_m))

    def vein(per_metre: float, thin: float) -> Socket:
        ridge = g.math("ABSOLUTE", g.subtract(g.noise(bent, per_metre, detail=3, roughness=0.55), 0.5))
        return g.ramp(ridge, 0.0, thin, 1.0, 0.0)

    patch = g.ramp(g.noise(s.place, 0.8 / s.size_m, detail=2), 0.35, 0.65)
    veins = g.multiply(vein(0.55 / s.size_m, 0.045), g.add(g.multiply(patch, 0.8), 0.2))
    fine = g.multiply(vein(2.2 / s.size_m, 0.03), g.multiply(patch, 0.4))
    cloud = g.ramp(g.noise(bent, 0.7 / s.size_m, detail=5), 0.35, 0.75, 0.0, 0.35 * s.contrast)
    share = g.math("ADD", cloud, g.multiply(g.math("MAXIMUM", veins, fine), s.contrast), clamp=True)
    return Drawn(g.mix(share, s.colour, s.second), None, g.multiply(share, 0.04))


def granite(s: Swatch) -> Drawn:
    """Grains of three minerals."""
    g = s.graph
    first, other, third = g.split(g.cells(s.place, 1 / s.size_m, "Color"))
    jagged = g.noise(s.place, 1.6 / s.size_m, detail=3)
    dark = g.ramp(g.add(first, g.multiply(g.subtract(jagged, 0.5), 0.8)), 0.62, 0.68)
    tone = g.add(g.multiply(other, 0.6 * s.contrast), 1 - 0.3 * s.contrast)
    glitter = g.multiply(g.math("GREATER_THAN", third, 0.9), -0.15)
    return Drawn(
        g.mix(g.multiply(dark, 0.4 + 0.6 * s.contrast), g.shade(s.colour, tone), s.second),
        g.multiply(other, 1.0),
        glitter,
    )


def plaster(s: Swatch) -> Drawn:
    """Trowelled plaster or rolled wall paint."""
    g = s.graph
    trowel = g.noise(g.stretch(s.place, (1.0, 1.0, 0.6)), 1 / s.size_m, detail=4, roughness=0.6)
    patches = g.noise(s.place, 1.2, detail=3)
    tone = g.multiply(
        g.ramp(patches, 0.3, 0.7, 1 - 0.15 * s.contrast, 1 + 0.08 * s.contrast),
        g.ramp(trowel, 0.3, 0.7, 0.97, 1.02),
    )
    return Drawn(g.shade(s.colour, tone), trowel)
